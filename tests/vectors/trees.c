/* SPDX-License-Identifier: Apache-2.0 */
/* Small trees: what each builder made of them.  The tree is made on disk. */
#include "runner.h"

#include "disk_tree.h"

#include "base/path.h"
#include "jettison.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char *const members[] = {
	"name", "ignore", "entries", "buildkit", "classic", "buildah_1_28", "observed_error",
	"verified", NULL,
};

static const char *const answer_members[] = { "error", "entries", NULL };
static const char *const entry_members[] = { "path", "type", "link", "emptied", NULL };

/* An entry, expected or found. */
struct item {
	char *path;
	size_t len;
	char *link;
	size_t link_len;
	char type; /* f d l */
	bool emptied;
};

struct items {
	struct item *items;
	size_t n, capacity;
};

static void clear(struct items *list)
{
	for (size_t i = 0; i < list->n; i++) {
		free(list->items[i].path);
		free(list->items[i].link);
	}
	free(list->items);
	memset(list, 0, sizeof(*list));
}

static char *copy(const char *data, size_t len)
{
	char *p = malloc(len + 1);

	if (!p)
		abort();
	if (len)
		memcpy(p, data, len);
	p[len] = '\0';
	return p;
}

static struct item *add(struct items *list, const char *path, size_t len, char type)
{
	struct item *item;

	if (list->n == list->capacity) {
		list->capacity = list->capacity ? list->capacity * 2 : 64;
		list->items = realloc(list->items, list->capacity * sizeof(*list->items));
		if (!list->items)
			abort();
	}
	item = &list->items[list->n++];
	*item = (struct item){ .path = copy(path, len), .len = len, .type = type };
	return item;
}

/* ---- expected ----------------------------------------------------------- */

static bool read_expected(struct runner *run, json_t *entries, struct items *list)
{
	json_t *e;
	size_t i;

	json_array_foreach(entries, i, e) {
		const char *type = json_string_value(json_object_get(e, "type"));
		json_t *link = json_object_get(e, "link");
		struct vector_bytes b;
		struct item *item;
		const char *odd;

		if (!vector_has_only(e, entry_members, &odd) || !type ||
		    !vector_decode(json_object_get(e, "path"), &b)) {
			runner_fail(run, "expected entry %zu is malformed", i);
			return false;
		}
		item = add(list, b.data, b.len, type[0]);
		free(b.data);
		item->emptied = json_is_true(json_object_get(e, "emptied"));
		if (link && vector_decode(link, &b)) {
			item->link = b.data;
			item->link_len = b.len;
		}
	}
	return true;
}

/* ---- found -------------------------------------------------------------- */

static char type_of(const struct jet_entry *e)
{
	switch (e->type) {
	case JET_TYPE_FILE:
		return 'f';
	case JET_TYPE_DIR:
		return 'd';
	case JET_TYPE_SYMLINK:
		return 'l';
	default:
		return '?';
	}
}

static int walk_all(struct jet_walk *walk, struct items *list, struct jet_error *err)
{
	const struct jet_entry *e;
	int rc;

	while ((rc = jet_walk_next(walk, &e, err)) == 1) {
		struct item *item = add(list, e->path, e->path_len, type_of(e));

		item->emptied = e->flags & JET_ENTRY_EMPTIED;
		if (e->target) {
			item->link = copy(e->target, e->target_len);
			item->link_len = e->target_len;
		}
	}
	return rc;
}

static int find_entries(const char *root, enum jet_builder builder, struct items *list,
                        struct jet_error *err)
{
	struct jet_walk_options options = { .flags = JET_WALK_STAT, .builder = builder };
	struct jet_located located;
	struct jet_ruleset *rs = NULL;
	struct jet_walk *walk = NULL;
	int rc = jet_locate(root, NULL, builder, &located, err);

	if (rc == 0 && located.ignore_file)
		rc = jet_ruleset_load(located.ignore_file, builder, &rs, err);
	options.rs = rs;
	options.dockerfile = located.dockerfile_entry;
	options.ignore_file = located.ignore_entry;
	if (rc == 0)
		rc = jet_walk_open(root, &options, &walk, err);
	if (rc == 0)
		rc = walk_all(walk, list, err);
	jet_walk_close(walk);
	jet_ruleset_free(rs);
	jet_located_clear(&located);
	return rc;
}

/* ---- an image: sorted, with parents ------------------------------------- */

static int compare(const void *a, const void *b)
{
	const struct item *x = a, *y = b;

	return jet_path_order(x->path, x->len, y->path, y->len);
}

static bool holds(const struct items *list, const char *path, size_t len)
{
	for (size_t i = 0; i < list->n; i++) {
		if (list->items[i].len == len && memcmp(list->items[i].path, path, len) == 0)
			return true;
	}
	return false;
}

static void as_image(struct items *list)
{
	for (size_t i = 0; i < list->n; i++) {
		const char *path = list->items[i].path;

		for (size_t n = 1; n < list->items[i].len; n++) {
			if (path[n] == '/' && !holds(list, path, n)) {
				add(list, path, n, 'd');
				path = list->items[i].path; /* same text, whatever moved */
			}
		}
	}
	if (list->n)
		qsort(list->items, list->n, sizeof(*list->items), compare);
}

/* ---- comparison --------------------------------------------------------- */

static void check_items(struct runner *run, const char *builder, const struct items *want,
                        const struct items *got)
{
	char a[200], b[200];

	for (size_t i = 0; i < want->n || i < got->n; i++) {
		const struct item *w = i < want->n ? &want->items[i] : NULL;
		const struct item *g = i < got->n ? &got->items[i] : NULL;

		if (w && g && w->len == g->len && memcmp(w->path, g->path, w->len) == 0 &&
		    w->type == g->type && w->emptied == g->emptied && w->link_len == g->link_len &&
		    (!w->link_len || memcmp(w->link, g->link, w->link_len) == 0))
			continue;
		runner_fail(run, "%s: entry %zu is \"%s\" %c%s, not \"%s\" %c%s", builder, i,
		            g ? vector_show(g->path, g->len, a, sizeof(a)) : "missing",
		            g ? g->type : ' ', g && g->emptied ? " emptied" : "",
		            w ? vector_show(w->path, w->len, b, sizeof(b)) : "the end",
		            w ? w->type : ' ', w && w->emptied ? " emptied" : "");
		return;
	}
}

static void check_builder(struct runner *run, json_t *o, const char *root, const char *member,
                          enum jet_builder builder)
{
	json_t *answer = json_object_get(o, member);
	struct items want = { 0 }, got = { 0 };
	struct jet_error err = { 0 };
	const char *odd;
	int rc;

	if (!answer || !vector_has_only(answer, answer_members, &odd) || json_object_size(answer) != 1) {
		runner_fail(run, "%s: no answer to compare with", member);
		return;
	}
	rc = find_entries(root, builder, &got, &err);
	if (json_object_get(answer, "error")) {
		if (rc != JET_E_SYNTAX && rc != JET_E_PATTERN)
			runner_fail(run, "%s: does not fail for its rules (%d %s)", member, rc, err.message);
	} else if (rc < 0) {
		runner_fail(run, "%s: fails: %s: %s", member, err.file, err.message);
	} else if (read_expected(run, json_object_get(answer, "entries"), &want)) {
		if (builder == JET_BUILDER_BUILDAH) {
			as_image(&got);
			as_image(&want);
		}
		check_items(run, member, &want, &got);
	}
	clear(&want);
	clear(&got);
}

int vectors_trees(void *ctx, json_t *o)
{
	struct runner *run = ctx;
	char *root = NULL;
	const char *odd;

	runner_begin(run, o);
	if (!vector_has_only(o, members, &odd))
		runner_fail(run, "unknown member \"%s\"", odd);
	else if (!(root = disk_tree_make(json_object_get(o, "entries"))))
		runner_fail(run, "the tree cannot be made");
	if (root) {
		check_builder(run, o, root, "buildkit", JET_BUILDER_BUILDKIT);
		check_builder(run, o, root, "classic", JET_BUILDER_CLASSIC);
		check_builder(run, o, root, "buildah_1_28", JET_BUILDER_BUILDAH);
	}
	disk_tree_remove(root);
	return runner_end(run);
}
