/* SPDX-License-Identifier: Apache-2.0 */
/* Which path was probably meant by one that is not there. */
#include "base/nearest.h"
#include "context/look_private.h"
#include "context/resolve.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

enum { LONGEST = 200 }; /* longer paths are no slips of the finger */

/* A path that is made, name by name, of what is there. */
struct made {
	struct jet_look *look;
	struct jet_buf path;       /* so far */
	struct jet_tree_node *dir; /* what it leads to */
	bool other;                /* than the one that is missing */
};

/* The same in other case, or the nearest; NULL entries are passed over. */
static const char *nearest_of(const char *name, const char *const *list, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		if (list[i] && strcasecmp(list[i], name) == 0)
			return list[i];
	}
	return jet_nearest(name, list, n);
}

/* @inside: something has to be in it. */
static const char *nearest_name(struct made *m, struct jet_str name, bool inside)
{
	const struct jet_names *names;
	const char **list, *found = NULL;
	char *word;

	if (jet_tree_names(m->look->tree, m->dir, &names) < 0 || !names->n)
		return NULL;
	word = strndup(name.data, name.len);
	list = calloc(names->n, sizeof(*list));
	for (size_t i = 0; list && i < names->n; i++) {
		const enum jet_type type = names->list[i].type;

		if (!inside || type == JET_TYPE_DIR || type == JET_TYPE_SYMLINK ||
		    type == JET_TYPE_UNKNOWN)
			list[i] = names->list[i].text.data;
	}
	if (word && list)
		found = nearest_of(word, list, names->n);
	free(word);
	free(list);
	return found;
}

/* One name more, if the path then leads to something.  1, 0, or -1. */
static int append(struct made *m, const char *name, size_t len)
{
	const struct jet_resolver r = { .tree = m->look->tree };
	const size_t before = m->path.len;
	struct jet_tree_node *node;

	if ((before && jet_buf_byte(&m->path, '/') < 0) || jet_buf_append(&m->path, name, len) < 0)
		return -1;
	if (jet_resolve(&r, (struct jet_str){ m->path.data, m->path.len }, &node) < 0) {
		m->path.len = before;
		return 0;
	}
	m->dir = node;
	return 1;
}

static int make(struct made *m, struct jet_str path)
{
	int rc = 1;

	for (size_t base = 0, end; rc == 1 && base < path.len; base = end + 1) {
		const char *slash = memchr(path.data + base, '/', path.len - base);
		const char *nearest;

		end = slash ? (size_t)(slash - path.data) : path.len;
		rc = append(m, path.data + base, end - base);
		if (rc)
			continue;
		nearest = nearest_name(m, (struct jet_str){ path.data + base, end - base }, slash != NULL);
		rc = nearest ? append(m, nearest, strlen(nearest)) : 0;
		m->other = true;
	}
	return rc;
}

int jet_look_nearest(struct jet_look *look, struct jet_str path, struct jet_buf *text)
{
	struct made m = { .look = look, .dir = jet_tree_root(look->tree) };
	int rc;

	if (!path.len || path.len >= LONGEST)
		return 0;
	/* A word of a Dockerfile may hold a NUL, a name cannot. */
	path.len = strnlen(path.data, path.len);
	rc = make(&m, path);
	if (rc == 1 && m.other)
		rc = jet_buf_append(text, m.path.data, m.path.len);
	jet_buf_clear(&m.path);
	return rc < 0 ? -1 : 0;
}

/* "gz" of "a.gz", "" where there is none. */
static const char *extension_of(const char *name)
{
	const char *dot = strrchr(name, '.');

	return dot ? dot + 1 : "";
}

/* A name as the pattern that matches it alone. */
static int put_as_pattern(struct jet_buf *text, const char *name)
{
	int bad = 0;

	for (; *name; name++) {
		if (strchr("*?[", *name))
			bad |= jet_buf_printf(text, "[%c]", *name);
		else
			bad |= jet_buf_byte(text, *name);
	}
	return bad;
}

int jet_look_nearest_pattern(struct jet_look *look, struct jet_tree_node *dir, struct jet_str pattern,
                             struct jet_buf *text)
{
	/* "*.gzz": what is compared is how names end. */
	const size_t skip = pattern.len > 2 && memcmp(pattern.data, "*.", 2) == 0 ? 2 : 0;
	const struct jet_names *names;
	const char **list, *nearest = NULL;
	char *word;
	int rc = 0;

	if (jet_tree_names(look->tree, dir, &names) < 0 || !names->n)
		return 0;
	word = strndup(pattern.data + skip, pattern.len - skip);
	list = calloc(names->n, sizeof(*list));
	for (size_t i = 0; list && i < names->n; i++) {
		const struct jet_str name = names->list[i].text;

		/* What a backslash becomes hangs on the form of the instruction. */
		if (!memchr(name.data, '\\', name.len) &&
		    !jet_look_rule(look, dir, name)) /* else it would match nothing again */
			list[i] = skip ? extension_of(name.data) : name.data;
	}
	if (word && list)
		nearest = nearest_of(word, list, names->n);
	if (nearest)
		rc = jet_buf_append(text, pattern.data, skip) | put_as_pattern(text, nearest);
	free(word);
	free(list);
	return rc;
}
