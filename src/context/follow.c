/* SPDX-License-Identifier: Apache-2.0 */
#include "context/follow.h"

#include "base/path.h"
#include "dockerfile/env.h"
#include "match/glob.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

/* A hostile tree of links may branch without end: so many patterns, paths behind each
 * other (255 links and the last one's target), and bytes of paths to follow. */
enum { MAX_PATTERNS = 1 << 20, MAX_DEPTH = 256, MAX_BYTES = 1 << 26 };

struct follower {
	struct jet_tree *tree;
	struct jet_arena *arena; /* of what is found */
	struct jet_arena scratch;
	struct jet_str *found; /* plain paths and patterns, without "/" */
	size_t n, capacity;
	struct jet_env set;    /* the same, to look them up */
	struct jet_env done;   /* paths that were followed before links were in them */
	size_t nbytes;         /* of those that links made */
	unsigned depth;
	bool everything;
};

static struct jet_str str(const struct jet_buf *buf)
{
	return (struct jet_str){ buf->data, buf->len };
}

static bool is_found(const struct follower *f, struct jet_str s)
{
	return jet_env_get(&f->set, s) != NULL;
}

static int put(struct jet_env *set, struct jet_str s, struct jet_str *copy)
{
	copy->data = jet_arena_dup(set->arena, s.data, s.len);
	copy->len = s.len;
	if (!copy->data || jet_env_set(set, *copy, (struct jet_str){ "", 0 }, false) < 0)
		return -ENOMEM;
	return 0;
}

static int add(struct follower *f, struct jet_str s)
{
	struct jet_str *grown;

	if (is_found(f, s))
		return 0;
	grown = jet_grow(f->found, f->n, &f->capacity, sizeof(*grown));
	if (!grown)
		return -ENOMEM;
	f->found = grown;
	if (f->n >= MAX_PATTERNS)
		return -ELOOP;
	return put(&f->set, s, &f->found[f->n++]);
}

/* ---- links -------------------------------------------------------------- */

static int follow(struct follower *f, struct jet_str path);

/* Where a link leads, and the rest behind it. */
static int follow_link(struct follower *f, struct jet_tree_node *link, struct jet_str rest)
{
	struct jet_buf path = { 0 };
	int bad, rc = jet_tree_target(f->tree, link);

	if (rc < 0)
		return rc == -ENOENT ? 0 : rc;
	bad = jet_buf_byte(&path, '/');
	if (link->target[0] != '/')
		bad |= jet_tree_node_path(link->parent, &path) | jet_buf_byte(&path, '/');
	bad |= jet_buf_append(&path, link->target, link->target_len) | jet_buf_byte(&path, '/') |
	       jet_buf_append(&path, rest.data, rest.len) | jet_buf_reserve(&path, 1);
	if (bad) {
		jet_buf_clear(&path);
		return -ENOMEM;
	}
	path.len = jet_path_clean(path.data, path.len, path.data);
	rc = follow(f, str(&path));
	jet_buf_clear(&path);
	return rc;
}

static int follow_match(struct follower *f, struct jet_tree_node *link, struct jet_str current,
                        struct jet_str rest, bool *any)
{
	int rc = *any ? 0 : add(f, current);

	*any = true;
	return rc < 0 ? rc : follow_link(f, link, rest);
}

/* A component with wildcards, the last of @current: the links among what it matches
 * are followed.  1 if there are any, 0 or a negative errno. */
static int follow_pattern(struct follower *f, struct jet_tree_node *dir, struct jet_str current,
                          struct jet_str pattern, struct jet_str rest)
{
	const struct jet_names *names;
	struct jet_tree_node *link;
	bool any = false;
	int rc = jet_tree_names(f->tree, dir, &names);

	for (size_t i = 0; rc == 0 && i < names->n; i++) {
		const struct jet_name *name = &names->list[i];

		if ((name->type != JET_TYPE_SYMLINK && name->type != JET_TYPE_UNKNOWN) ||
		    !jet_glob_match(pattern, name->text))
			continue;
		rc = jet_tree_child(f->tree, dir, name, &link);
		if (rc == -ENOENT)
			rc = 0; /* has vanished */
		else if (rc == 0 && link->type == JET_TYPE_SYMLINK)
			rc = follow_match(f, link, current, rest, &any);
	}
	return rc < 0 ? rc : any;
}

/* ---- paths -------------------------------------------------------------- */

/* What one component more means: GO_ON to the next one; DONE, it was a link; ABSENT,
 * and so is all behind it. */
enum { GO_ON, DONE, ABSENT };

/* One component more in @current, @base is where it begins; @node is moved to it. */
static int step(struct follower *f, struct jet_tree_node **node, struct jet_str current, size_t base,
                struct jet_str rest)
{
	const struct jet_str name = { current.data + base, current.len - base };
	int rc = 0;

	if (jet_has_wildcard(name)) {
		if (!rest.len && is_found(f, current))
			return DONE;
		rc = follow_pattern(f, *node, current, name, rest);
		if (rc > 0 || !rest.len)
			return rc == -ENOENT ? ABSENT : rc > 0 ? DONE : rc;
		/* Below, the pattern is taken for a name: mostly there is none. */
	}
	if (rc == 0)
		rc = jet_tree_find(f->tree, *node, name, node);
	if (rc < 0)
		return rc == -ENOENT ? ABSENT : rc;
	if ((*node)->type != JET_TYPE_SYMLINK)
		return GO_ON;
	if (is_found(f, current))
		return DONE;
	rc = add(f, current);
	if (rc == 0)
		rc = follow_link(f, *node, rest);
	return rc < 0 ? rc : DONE;
}

/* @path without its "/" at the beginning. */
static int follow_steps(struct follower *f, struct jet_str path)
{
	struct jet_tree_node *node = jet_tree_root(f->tree);
	size_t end = 0;
	int rc = GO_ON;

	while (rc == GO_ON && end < path.len) {
		const size_t base = end + (end > 0);
		const char *slash = memchr(path.data + base, '/', path.len - base);
		struct jet_str rest = { path.data + path.len, 0 };

		end = slash ? (size_t)(slash - path.data) : path.len;
		if (slash)
			rest = (struct jet_str){ slash + 1, path.len - end - 1 };
		rc = step(f, &node, (struct jet_str){ path.data, end }, base, rest);
	}
	return rc == GO_ON || rc == ABSENT ? add(f, path) : rc < 0 ? rc : 0;
}

static int follow(struct follower *f, struct jet_str path)
{
	struct jet_str copy;
	int rc;

	if (path.len <= 1) {
		f->everything = true;
		return 0;
	}
	if (f->depth == MAX_DEPTH || (f->depth && path.len > MAX_BYTES - f->nbytes))
		return -ELOOP;
	if (jet_env_get(&f->done, path))
		return 0;
	if (put(&f->done, path, &copy) < 0)
		return -ENOMEM;
	f->nbytes += f->depth++ ? path.len : 0;
	rc = follow_steps(f, (struct jet_str){ copy.data + 1, copy.len - 1 });
	f->depth--;
	return rc;
}

/* ---- all of them -------------------------------------------------------- */

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

static int hand_over(struct follower *f, struct jet_follow *out)
{
	if (f->n)
		qsort(f->found, f->n, sizeof(*f->found), compare);
	out->n = drop_covered(f->found, f->n);
	out->patterns = jet_arena_array(f->arena, out->n + 1, sizeof(*out->patterns));
	if (!out->patterns)
		return -ENOMEM;
	if (f->found && out->n)
		memcpy(out->patterns, f->found, out->n * sizeof(*out->patterns));
	return 0;
}

int jet_follow(struct jet_follow *out)
{
	struct follower f = { .tree = out->tree, .arena = out->arena, .set = { .arena = out->arena } };
	int rc = 0;

	f.done.arena = &f.scratch;
	out->patterns = NULL;
	out->n = 0;
	for (size_t i = 0; rc == 0 && i < out->npaths; i++) {
		out->bad = i;
		rc = follow(&f, out->paths[i]);
		jet_tree_trim(f.tree, 0);
	}
	if (rc == 0 && !f.everything)
		rc = hand_over(&f, out);
	jet_arena_clear(&f.scratch);
	free(f.found);
	return rc;
}
