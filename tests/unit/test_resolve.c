/* SPDX-License-Identifier: Apache-2.0 */
#include "context/resolve.h"

#include "unit/scratch.h"

#include <criterion/criterion.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

TestSuite(resolve, .init = scratch_enter, .fini = scratch_leave);

/* Where @path leads in directory "root", or NULL and *@rc. */
static char *resolve(const char *path, int *rc, enum jet_type *type)
{
	struct jet_resolver r = { 0 };
	struct jet_tree_node *node;
	struct jet_buf out = { 0 };

	cr_assert_eq(jet_tree_open(NULL, "root", &r.tree), 0);
	*rc = jet_resolve(&r, (struct jet_str){ path, strlen(path) }, &node);
	if (*rc == 0) {
		*type = node->type;
		cr_assert_eq(jet_tree_node_path(node, &out) | jet_buf_terminate(&out), 0);
	}
	jet_tree_close(r.tree);
	return out.data;
}

Test(resolve, links_lead_to_what_is_inside_the_root)
{
	static const struct {
		const char *path, *want;
		enum jet_type type;
	} rows[] = {
		{ "a/b/f", "a/b/f", JET_TYPE_FILE },
		{ "a", "a", JET_TYPE_DIR },
		{ ".", "", JET_TYPE_DIR },
		{ "a/./b//f", "a/b/f", JET_TYPE_FILE },
		{ "a/b/", "a/b", JET_TYPE_DIR },
		{ "a/b/../g", "a/g", JET_TYPE_FILE },
		{ "to-f", "a/b/f", JET_TYPE_FILE },
		{ "to-a/b/f", "a/b/f", JET_TYPE_FILE },
		{ "a/up/g2", "g2", JET_TYPE_FILE },
		{ "a/b/side", "a/g", JET_TYPE_FILE },
		{ "twice", "a/b/f", JET_TYPE_FILE },
		{ "dots", "a/g", JET_TYPE_FILE },
		/* an absolute target starts at the root of the context */
		{ "abs", "a/b/f", JET_TYPE_FILE },
		{ "a/abs-dir/f", "a/b/f", JET_TYPE_FILE },
		{ "slash", "", JET_TYPE_DIR },
		/* ".." does not leave it */
		{ "out", "g2", JET_TYPE_FILE },
		{ "../../g2", "g2", JET_TYPE_FILE },
		{ "a/far", "g2", JET_TYPE_FILE },
		/* ".." goes up from where a link led, not from where it stood */
		{ "to-b/../g", "a/g", JET_TYPE_FILE },
	};

	scratch_tree("secret root/a/b/f root/a/g root/g2 root/to-f>a/b/f root/to-a>a root/a/up>.. "
	             "root/a/b/side>../g root/twice>to-f root/dots>./a/../a/./g root/abs>/a/b/f "
	             "root/a/abs-dir>/a/b root/slash>/ root/out>../g2 root/a/far>../../../../g2 "
	             "root/to-b>a/b");
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		enum jet_type type;
		int rc;
		char *got = resolve(rows[i].path, &rc, &type);

		cr_expect_eq(rc, 0, "%s: %d", rows[i].path, rc);
		if (!got)
			continue;
		cr_expect_str_eq(got, rows[i].want, "%s leads to \"%s\"", rows[i].path, got);
		cr_expect_eq(type, rows[i].type, "%s", rows[i].path);
		free(got);
	}
}

Test(resolve, what_is_not_there_is_absent)
{
	static const char *const paths[] = {
		"none", "a/none", "none/../a", "dangling", "a/f/x", "to-secret", "abs-secret", "dangling/x",
	};

	scratch_tree("secret root/a/f root/dangling>none root/to-secret>../secret root/abs-secret>/secret");
	for (size_t i = 0; i < sizeof(paths) / sizeof(paths[0]); i++) {
		enum jet_type type;
		int rc;

		cr_expect_null(resolve(paths[i], &rc, &type), "%s", paths[i]);
		cr_expect_eq(rc, -ENOENT, "%s: %d", paths[i], rc);
	}
}

Test(resolve, loops_end)
{
	static const char *const paths[] = { "self", "ping", "deep/x", "abs" };

	scratch_tree("root/self>self root/ping>pong root/pong>ping root/deep>deep/y root/abs>/abs");
	for (size_t i = 0; i < sizeof(paths) / sizeof(paths[0]); i++) {
		enum jet_type type;
		int rc;

		cr_expect_null(resolve(paths[i], &rc, &type), "%s", paths[i]);
		cr_expect_eq(rc, -ELOOP, "%s: %d", paths[i], rc);
	}
}

Test(resolve, as_many_as_255_links_are_followed)
{
	enum jet_type type;
	char *got;
	int rc;

	scratch_tree("root/l0");
	for (int i = 1; i <= 256; i++) {
		char name[32], target[32];

		snprintf(name, sizeof(name), "root/l%d", i);
		snprintf(target, sizeof(target), "l%d", i - 1);
		cr_assert_eq(symlink(target, name), 0);
	}
	got = resolve("l255", &rc, &type);
	cr_assert(got);
	cr_expect_str_eq(got, "l0");
	free(got);
	cr_expect_null(resolve("l256", &rc, &type));
	cr_expect_eq(rc, -ELOOP);
}
