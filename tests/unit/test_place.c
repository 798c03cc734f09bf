/* SPDX-License-Identifier: Apache-2.0 */
#include "cli/place.h"

#include "unit/scratch.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

TestSuite(place, .init = scratch_enter, .fini = scratch_leave);

/* @name may begin with "@", which stands for the scratch directory. */
static char *expand(const char *name)
{
	char *here = realpath(".", NULL), *full;

	cr_assert(here);
	full = malloc(strlen(here) + strlen(name) + 1);
	cr_assert(full);
	sprintf(full, "%s%s", name[0] == '@' ? here : "", name[0] == '@' ? name + 1 : name);
	free(here);
	return full;
}

struct row {
	enum jet_place_from from;
	const char *root, *name, *want; /* NULL: outside */
};

static void check(const struct row *rows, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		char *name = expand(rows[i].name), *root = expand(rows[i].root);
		struct jet_buf path = { 0 };
		struct jet_error err = { 0 };
		int rc = jet_place(root, rows[i].from, name, strlen(name), &path, &err);

		cr_expect_eq(rc, rows[i].want ? 0 : JET_E_PATH, "row %zu: %s: %d", i, rows[i].name, rc);
		if (rc == 0 && rows[i].want)
			cr_expect(path.len == strlen(rows[i].want) && strcmp(path.data, rows[i].want) == 0,
			          "row %zu: %s gives %s", i, rows[i].name, path.data);
		jet_buf_clear(&path);
		free(name);
		free(root);
	}
}

Test(place, paths_are_made_relative_to_the_context)
{
	static const struct row rows[] = {
		{ JET_PLACE_CONTEXT, "ctx", "a", "a" },
		{ JET_PLACE_CONTEXT, "ctx", "a/b/c", "a/b/c" },
		{ JET_PLACE_CONTEXT, "ctx", "./a//b/", "a/b" },
		{ JET_PLACE_CONTEXT, "ctx", "a/../b", "b" },
		{ JET_PLACE_CONTEXT, "ctx", ".", "" },
		{ JET_PLACE_CONTEXT, "ctx", "a/..", "" },
		{ JET_PLACE_CONTEXT, "ctx", "none/at all", "none/at all" },
		{ JET_PLACE_CONTEXT, "ctx", "..", NULL },
		{ JET_PLACE_CONTEXT, "ctx", "../ctx2", NULL },
		{ JET_PLACE_CONTEXT, "ctx", "../ctx/a", "a" },
		{ JET_PLACE_CURRENT, "ctx", "ctx/a", "a" },
		{ JET_PLACE_CURRENT, "ctx", "ctx", "" },
		{ JET_PLACE_CURRENT, "ctx", "a", NULL },
		{ JET_PLACE_CURRENT, "ctx", ".", NULL },
		{ JET_PLACE_CURRENT, "ctx", "ctx2", NULL }, /* begins alike, lies elsewhere */
		{ JET_PLACE_CURRENT, "ctx", "ctx2/a", NULL },
		{ JET_PLACE_CURRENT, ".", "ctx/a", "ctx/a" },
		{ JET_PLACE_CONTEXT, ".", "ctx", "ctx" },
		{ JET_PLACE_CONTEXT, "/", "etc/passwd", "etc/passwd" },
		{ JET_PLACE_CURRENT, "/", "/etc", "etc" },
		{ JET_PLACE_CURRENT, "/", "/", "" },
	};

	scratch_tree("ctx/a/b ctx2/");
	check(rows, sizeof(rows) / sizeof(rows[0]));
}

Test(place, absolute_paths_may_go_through_links_above_the_context)
{
	static const struct row rows[] = {
		{ JET_PLACE_CONTEXT, "ctx", "@/ctx/a", "a" },
		{ JET_PLACE_CURRENT, "ctx", "@/ctx/a", "a" },
		{ JET_PLACE_CONTEXT, "ctx", "@/ctx", "" },
		{ JET_PLACE_CONTEXT, "ctx", "@/ctx2/a", NULL },
		{ JET_PLACE_CONTEXT, "ctx", "/", NULL },
		{ JET_PLACE_CONTEXT, "ctx", "@/link/a", "a" },
		{ JET_PLACE_CONTEXT, "ctx", "@/link/none", "none" },
		{ JET_PLACE_CONTEXT, "link", "@/ctx/a", "a" },
		{ JET_PLACE_CONTEXT, "@/link", "@/link/a/b", "a/b" },
		/* a link inside is an entry of its own */
		{ JET_PLACE_CONTEXT, "ctx", "l/b", "l/b" },
		{ JET_PLACE_CONTEXT, "ctx", "@/ctx/l", "l" },
		{ JET_PLACE_CURRENT, "ctx", "ctx/l", "l" },
	};

	scratch_tree("ctx/a/b ctx/l>a ctx2/ link>ctx");
	check(rows, sizeof(rows) / sizeof(rows[0]));
}

Test(place, no_path_is_no_place)
{
	struct jet_buf path = { 0 };
	struct jet_error err = { 0 };

	scratch_tree("ctx/a");
	cr_expect_eq(jet_place("ctx", JET_PLACE_CONTEXT, "", 0, &path, &err), JET_E_PATH);
	cr_expect_eq(jet_place("ctx", JET_PLACE_CONTEXT, "a\0b", 3, &path, &err), JET_E_PATH);
	cr_expect_eq(jet_place("none", JET_PLACE_CONTEXT, "a", 1, &path, &err), JET_E_IO);
	cr_expect_str_eq(err.file, "none");
	jet_buf_clear(&path);
}

Test(place, only_the_given_bytes_are_the_name)
{
	struct jet_buf path = { 0 };

	scratch_tree("ctx/");
	cr_assert_eq(jet_place("ctx", JET_PLACE_CONTEXT, "abc/def", 3, &path, NULL), 0);
	cr_expect_str_eq(path.data, "abc");
	jet_buf_clear(&path);
}
