/* SPDX-License-Identifier: Apache-2.0 */
#include "context/follow.h"

#include "base/buf.h"
#include "base/os.h"
#include "base/path.h"
#include "dockerfile/env.h"
#include "match/glob.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* A hostile tree of links may branch without end. */
enum { MAX_PATTERNS = 1 << 20, MAX_DEPTH = 255 };

struct follower {
	int root;
	struct jet_arena *arena;
	struct jet_str *found; /* plain paths and patterns, without "/" */
	size_t n, capacity;
	struct jet_env set;    /* the same, to look them up */
	unsigned depth;
	bool everything;
};

bool jet_has_wildcard(struct jet_str s)
{
	for (size_t i = 0; i < s.len; i++) {
		if (s.data[i] == '\\')
			i++;
		else if (s.data[i] == '*' || s.data[i] == '?' || s.data[i] == '[')
			return true;
	}
	return false;
}

static bool is_found(const struct follower *f, struct jet_str s)
{
	return jet_env_get(&f->set, s) != NULL;
}

static int add(struct follower *f, struct jet_str s)
{
	struct jet_str *grown = jet_grow(f->found, f->n, &f->capacity, sizeof(*grown));
	char *copy;

	if (!grown)
		return -ENOMEM;
	f->found = grown;
	if (f->n >= MAX_PATTERNS)
		return -ELOOP;
	copy = jet_arena_dup(f->arena, s.data, s.len);
	if (!copy)
		return -ENOMEM;
	f->found[f->n] = (struct jet_str){ copy, s.len };
	return jet_env_set(&f->set, f->found[f->n++], (struct jet_str){ "", 0 }, false) < 0 ? -ENOMEM : 0;
}

static int follow(struct follower *f, struct jet_str path);

/* Where the link at @current leads, and the rest behind it. */
static int follow_link(struct follower *f, const char *current, struct jet_str rest)
{
	const char *slash = strrchr(current, '/');
	struct jet_buf target = { 0 }, path = { 0 };
	int rc = jet_os_read_link(f->root, current, &target);

	if (rc < 0) {
		jet_buf_clear(&target);
		return rc == -ENOMEM ? rc : 0;
	}
	rc = jet_buf_byte(&path, '/');
	if (target.len && target.data[0] != '/' && slash) {
		rc |= jet_buf_append(&path, current, (size_t)(slash - current));
		rc |= jet_buf_byte(&path, '/');
	}
	rc |= jet_buf_append(&path, target.data, target.len) | jet_buf_byte(&path, '/') |
	      jet_buf_append(&path, rest.data, rest.len) | jet_buf_reserve(&path, 1);
	if (rc == 0) {
		path.len = jet_path_clean(path.data, path.len, path.data);
		rc = follow(f, (struct jet_str){ path.data, path.len });
	} else {
		rc = -ENOMEM;
	}
	jet_buf_clear(&target);
	jet_buf_clear(&path);
	return rc;
}

/* What one component more means: GO_ON to the next one; DONE, it was a link; ABSENT,
 * and so is all behind it. */
enum { GO_ON, DONE, ABSENT };

static int names_in(struct follower *f, const char *dir, struct jet_str pattern, struct jet_buf *links)
{
	struct jet_os_dir *reader = jet_os_dir_create();
	struct jet_os_name name;
	struct jet_os_stat st;
	int fd = jet_os_open_below(f->root, dir), rc;

	if (!reader || fd < 0) {
		jet_os_dir_free(reader);
		if (fd >= 0)
			close(fd);
		return !reader ? -ENOMEM : ABSENT;
	}
	rc = jet_os_dir_start(reader, fd);
	while (rc >= 0 && (rc = jet_os_dir_next(reader, &name)) == 1) {
		if (!jet_glob_match(pattern, (struct jet_str){ name.text, name.len }))
			continue;
		if (name.type == JET_TYPE_UNKNOWN && jet_os_stat(fd, name.text, &st) == 0)
			name.type = st.type;
		if (name.type == JET_TYPE_SYMLINK &&
		    jet_buf_append(links, name.text, name.len + 1) < 0)
			rc = -ENOMEM;
	}
	close(fd);
	jet_os_dir_free(reader);
	return rc == -ENOMEM ? rc : 0;
}

/* A component with wildcards: the links among what it matches are followed.
 * @current: the pattern so far. */
static int follow_pattern(struct follower *f, struct jet_buf *current, size_t base, struct jet_str rest)
{
	struct jet_buf dir = { 0 }, links = { 0 }, path = { 0 };
	const size_t dir_len = base ? base - 1 : 0;
	int rc = jet_buf_append(&dir, current->data, dir_len) < 0 || jet_buf_terminate(&dir) < 0
	                 ? -ENOMEM
	                 : 0;

	if (rc == 0)
		rc = names_in(f, dir.data, (struct jet_str){ current->data + base, current->len - base },
		              &links);
	if (rc == 0 && links.len && !is_found(f, (struct jet_str){ current->data, current->len }))
		rc = add(f, (struct jet_str){ current->data, current->len });
	for (size_t i = 0; rc == 0 && i < links.len; i += strlen(links.data + i) + 1) {
		path.len = 0;
		if (jet_buf_append(&path, dir.data, dir_len) < 0 ||
		    (dir_len && jet_buf_byte(&path, '/') < 0) ||
		    jet_buf_text(&path, links.data + i) < 0 || jet_buf_terminate(&path) < 0)
			rc = -ENOMEM;
		else
			rc = follow_link(f, path.data, rest);
	}
	if (rc == 0 && links.len)
		rc = DONE;
	jet_buf_clear(&dir);
	jet_buf_clear(&links);
	jet_buf_clear(&path);
	return rc;
}

/* One component more in @current, which is NUL-ended. */
static int step(struct follower *f, struct jet_buf *current, size_t base, struct jet_str rest)
{
	const struct jet_str all = { current->data, current->len };
	struct jet_os_stat st;
	int rc;

	if (jet_has_wildcard((struct jet_str){ current->data + base, current->len - base })) {
		if (!rest.len && is_found(f, all))
			return DONE;
		return follow_pattern(f, current, base, rest);
	}
	rc = jet_os_stat_below(f->root, current->data, &st);
	if (rc < 0 && rc != -ENOENT && rc != -ENAMETOOLONG)
		return rc;
	if (rc < 0)
		return ABSENT;
	if (st.type != JET_TYPE_SYMLINK)
		return GO_ON;
	if (is_found(f, all))
		return DONE;
	rc = add(f, all);
	if (rc == 0)
		rc = follow_link(f, current->data, rest);
	return rc < 0 ? rc : DONE;
}

static int follow(struct follower *f, struct jet_str path)
{
	struct jet_buf current = { 0 };
	int rc = 0;

	if (path.len <= 1) {
		f->everything = true;
		return 0;
	}
	if (++f->depth > MAX_DEPTH)
		return -ELOOP;
	path.data++;
	path.len--;
	while (rc == GO_ON && path.len) {
		const char *slash = memchr(path.data, '/', path.len);
		const size_t n = slash ? (size_t)(slash - path.data) : path.len;
		size_t base;

		if (current.len && jet_buf_byte(&current, '/') < 0)
			rc = -ENOMEM;
		base = current.len;
		if (rc == 0 && (jet_buf_append(&current, path.data, n) < 0 ||
		                jet_buf_terminate(&current) < 0))
			rc = -ENOMEM;
		path.data += n + (slash != NULL);
		path.len -= n + (slash != NULL);
		if (rc == 0)
			rc = step(f, &current, base, path);
		if (rc == ABSENT) {
			rc = path.len && (jet_buf_byte(&current, '/') < 0 ||
			                  jet_buf_append(&current, path.data, path.len) < 0)
			             ? -ENOMEM
			             : GO_ON;
			path.len = 0;
		}
		if (rc == GO_ON && !path.len && !is_found(f, (struct jet_str){ current.data, current.len }))
			rc = add(f, (struct jet_str){ current.data, current.len });
	}
	jet_buf_clear(&current);
	f->depth--;
	return rc < 0 ? rc : 0;
}

static int compare(const void *a, const void *b)
{
	return jet_str_cmp(*(const struct jet_str *)a, *(const struct jet_str *)b);
}

/* Drops what lies below another one. */
static size_t drop_covered(struct jet_str *list, size_t n)
{
	size_t kept = 0;

	for (size_t i = 0; i < n; i++) {
		const struct jet_str last = kept ? list[kept - 1] : (struct jet_str){ NULL, 0 };

		if (kept && list[i].len > last.len && list[i].data[last.len] == '/' &&
		    memcmp(list[i].data, last.data, last.len) == 0)
			continue;
		list[kept++] = list[i];
	}
	return kept;
}

int jet_follow(int root, const struct jet_str *paths, size_t n, struct jet_arena *arena,
               struct jet_str **patterns, size_t *count)
{
	struct follower f = { .root = root, .arena = arena, .set = { .arena = arena } };
	int rc = 0;

	*patterns = NULL;
	*count = 0;
	for (size_t i = 0; rc == 0 && i < n; i++)
		rc = follow(&f, paths[i]);
	if (rc == 0 && !f.everything) {
		if (f.n)
			qsort(f.found, f.n, sizeof(*f.found), compare);
		*count = drop_covered(f.found, f.n);
		*patterns = jet_arena_array(arena, *count + 1, sizeof(**patterns));
		if (!*patterns)
			rc = -ENOMEM;
		else if (f.found && *count)
			memcpy(*patterns, f.found, *count * sizeof(**patterns));
	}
	free(f.found);
	return rc;
}
