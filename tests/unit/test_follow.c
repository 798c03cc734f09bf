/* SPDX-License-Identifier: Apache-2.0 */
#include "context/follow.h"

#include "unit/scratch.h"

#include <criterion/criterion.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

TestSuite(follow, .init = scratch_enter, .fini = scratch_leave);

/* "PATTERN " each; "all", or the errno and the number of the path. */
static void put_patterns(struct jet_buf *out, void *paths)
{
	struct jet_arena arena = { 0 };
	struct jet_str list[8];
	struct jet_follow f = { .paths = list, .arena = &arena };
	int rc;

	cr_assert_eq(jet_tree_open(NULL, ".", &f.tree), 0);
	for (const char *p = paths; *p; f.npaths++) {
		list[f.npaths] = (struct jet_str){ p, strcspn(p, " ") };
		p += list[f.npaths].len + (p[list[f.npaths].len] == ' ');
	}
	rc = jet_follow(&f);
	if (rc < 0)
		jet_buf_printf(out, "%s %zu", rc == -ELOOP ? "ELOOP" : rc == -EACCES ? "EACCES" : "fails",
		               f.bad);
	else if (!f.patterns)
		jet_buf_text(out, "all");
	for (size_t i = 0; i < f.n; i++)
		jet_buf_printf(out, "%.*s ", (int)f.patterns[i].len, f.patterns[i].data);
	jet_arena_clear(&arena);
	jet_tree_close(f.tree);
}

static void check(const char *paths, const char *want)
{
	struct jet_buf out = { 0 };
	char *copy = strdup(paths);

	put_patterns(&out, copy);
	cr_assert_eq(jet_buf_terminate(&out), 0);
	cr_expect_str_eq(out.data, want, "%s gives %s", paths, out.data);
	jet_buf_clear(&out);
	free(copy);
}

struct row {
	const char *paths, *want;
};

#define CHECK(rows) \
	for (size_t i = 0; i < sizeof(rows) / sizeof((rows)[0]); i++) \
		check((rows)[i].paths, (rows)[i].want)

/* docs/SEMANTICS.md */
Test(follow, links_on_the_way_become_patterns)
{
	static const struct row rows[] = {
		{ "", "" }, { "/a", "a " }, { "/none/x", "none/x " }, { "/", "all" }, { "/a /", "all" },
		{ "/lf", "a lf " }, { "/ld/x", "d/x ld " }, { "/ld", "d ld " },
		{ "/two/x", "d/sub/x ld two " }, { "/abs/x", "abs d/x " },
		{ "/up", "a up " }, { "/d/in/x", "d/in d/sub/x " }, { "/d/out", "a d/out " },
		{ "/dang/x", "dang none/x " },
		{ "/root", "all" }, { "/d/self/sub", "d/self d/sub " }, { "/a/x", "a/x " },
		/* ends, however the links turn */
		{ "/loop", "loop " }, { "/loop/x/y", "loop " }, { "/p1", "p1 p2 " }, { "/grow/x", "grow " },
	};

	scratch_tree("a d/x d/sub/x lf>a ld>d two>ld/sub abs>/d up>../../a d/in>sub d/out>../a dang>none "
		     "root>. d/self>. loop>loop p1>p2 p2>p1 grow>grow/grow");
	CHECK(rows);
}

Test(follow, wildcards_follow_the_links_they_match)
{
	static const struct row rows[] = {
		/* the example of the specification: "*" covers "*" + "/link" */
		{ "/*/link", "* f/link real/link t " },
		{ "/l*/link", "f/link l* real/link t " },
		{ "/r*/link", "r*/link " },
		{ "/real/*", "real/* t " },
		{ "/real/n*", "real/n* " },
		{ "/l*", "f l* real " },
		{ "/none*/x", "none*/x " },
		/* a directory with a star in its name does not exist: nothing is resolved below */
		{ "/*l/ln", "*l/ln " },
		{ "/[l]d/x", "[l]d real/x " },
		{ "/\\*/x", "\\*/x " },
	};

	scratch_tree("f real/link>../t real/name t ld>real");
	cr_assert_eq(symlink("f", "lf"), 0);
	{
		static const struct row first[] = { { "/ld/link", "ld real/link t " } };

		CHECK(first);
	}
	CHECK(rows);
}

Test(follow, what_another_one_covers_is_dropped)
{
	static const struct row rows[] = {
		{ "/a/b /a /a/c/d", "a " }, { "/a /ab /a/b", "a ab " }, { "/b /a", "a b " },
		{ "/a /a", "a " }, { "/a/b /a/b/c /a/bc", "a/b a/bc " },
		/* "-" sorts before "/": not the neighbour, still covered or not, as the client has it */
		{ "/a /a-b", "a a-b " },
	};

	scratch_tree("a/b/c a/bc ab b a-b/");
	CHECK(rows);
}

Test(follow, a_chain_of_links_has_an_end)
{
	struct jet_buf want = { 0 };
	char name[16], target[16];

	for (int i = 100; i < 400; i++) {
		snprintf(name, sizeof(name), "c%d", i);
		snprintf(target, sizeof(target), "c%d", i + 1);
		cr_assert_eq(symlink(target, name), 0);
		if (i >= 200)
			jet_buf_printf(&want, "%s ", name);
	}
	cr_assert(jet_buf_text(&want, "c400 ") == 0 && jet_buf_terminate(&want) == 0);
	check("/c200", want.data);
	/* c145 is the first of 255 links, c144 of one too many. */
	want.len = 0;
	for (int i = 145; i <= 400; i++)
		jet_buf_printf(&want, "c%d ", i);
	cr_assert_eq(jet_buf_terminate(&want), 0);
	check("/c145", want.data);
	jet_buf_clear(&want);
	check("/none /c144", "ELOOP 1");
}

/* Every way through the links would be another one. */
Test(follow, links_that_branch_without_end_are_given_up)
{
	char name[8], target[16];

	for (int i = 0; i < 4; i++) {
		snprintf(name, sizeof(name), "l%d", i);
		snprintf(target, sizeof(target), "*/*/x%d", i);
		cr_assert_eq(symlink(target, name), 0);
	}
	check("/*/x", "ELOOP 0");
}

Test(follow, what_cannot_be_read_is_not_absent)
{
	static char paths[2][20] = { "/a /no/deep/x", "/a /no/*" };

	scratch_tree("a no/deep/x");
	cr_assert_eq(chmod("no", 0), 0);
	for (int i = 0; i < 2; i++) {
		char *got = scratch_as_nobody(put_patterns, paths[i]);

		cr_expect_str_eq(got, "EACCES 1", "%s gives %s", paths[i], got);
		free(got);
	}
}
