/* SPDX-License-Identifier: Apache-2.0 */
#include "context/look.h"

#include "base/os.h"
#include "unit/scratch.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static struct jet_tree *tree;
static struct jet_ruleset *rules;
static struct jet_look *look;
static struct jet_error err;

static void open_look(const char *ignore)
{
	struct jet_walk_options options = { .builder = JET_BUILDER_BUILDKIT };

	cr_assert_eq(jet_tree_open(NULL, ".", &tree), 0);
	rules = NULL;
	if (ignore)
		cr_assert_eq(jet_ruleset_parse(ignore, strlen(ignore), NULL, JET_BUILDER_BUILDKIT, &rules,
					       &err), 0);
	options.rs = rules;
	cr_assert_eq(jet_look_open(".", tree, &options, &look, &err), 0);
}

static void close_look(void)
{
	jet_look_close(look);
	jet_ruleset_free(rules);
	jet_tree_close(tree);
}

TestSuite(look, .init = scratch_enter, .fini = scratch_leave);

static struct jet_str str(const char *s)
{
	return (struct jet_str){ s, strlen(s) };
}

static int note_link(void *ctx, struct jet_tree_node *link)
{
	return jet_tree_node_path(link, ctx) | jet_buf_byte(ctx, '>') ? JET_E_NOMEM : 0;
}

/* "LINK>LINK>TYPE REAL", "missing" or "loop". */
static void resolve(const char *path, const char *want)
{
	struct jet_buf out = { 0 };
	struct jet_tree_node *node;
	char *exact = strdup(path);
	int rc = jet_look_resolve(look, str(exact), note_link, &out, &node);

	if (rc == JET_LOOK_FOUND)
		cr_assert_eq(jet_buf_printf(&out, "%c ", "fdlp"[node->type]) |
		                     jet_tree_node_path(node, &out), 0);
	else
		jet_buf_text(&out,
			     rc == JET_LOOK_MISSING ? "missing" : rc == JET_LOOK_LOOP ? "loop" : err.message);
	cr_assert_eq(jet_buf_terminate(&out), 0);
	cr_expect_str_eq(out.data, want, "%s gives %s", path, out.data);
	jet_buf_clear(&out);
	free(exact);
}

struct row {
	const char *path, *want;
};

Test(look, links_are_resolved_inside_the_root)
{
	static const struct row rows[] = {
		{ "", "d " }, { "a", "f a" }, { "d", "d d" }, { "d/x", "f d/x" }, { "p", "p p" },
		{ "none", "missing" }, { "a/x", "missing" },
		{ "lf", "lf>f a" }, { "ld", "ld>d d" }, { "ld/x", "ld>f d/x" },
		{ "ld/sub/y", "ld>f d/sub/y" }, { "two/y", "two>ld>f d/sub/y" },
		{ "abs", "abs>f d/x" }, { "up", "up>f a" }, { "d/in", "d/in>d d/sub" },
		{ "d/in/y", "d/in>f d/sub/y" }, { "d/out", "d/out>f a" },
		{ "d/abs", "d/abs>f a" }, { "dot", "dot>d " }, { "dot/a", "dot>f a" },
		{ "dots/a", "dots>f a" },
		{ "slash/d/x", "slash>f d/x" },
		{ "dang", "dang>missing" }, { "dang/x", "dang>missing" }, { "lf/x", "lf>missing" },
		{ "through", "through>d d" },
		{ "trail", "trail>d d" },
	};

	scratch_tree("a p| d/x d/sub/y lf>a ld>d two>ld/sub abs>/d/x up>../../../a "
		     "d/in>sub d/out>../a d/abs>/a dot>. dots>../.. slash>/ "
		     "dang>none through>a/../d trail>d//./");
	open_look(NULL);
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		resolve(rows[i].path, rows[i].want);
	close_look();
}

Test(look, at_most_255_links_are_followed)
{
	struct jet_buf out = { 0 };
	char name[16], target[16];
	struct jet_tree_node *node;

	scratch_tree("c300 self>self p>q q>p");
	for (int i = 0; i < 300; i++) {
		snprintf(name, sizeof(name), "c%d", i);
		snprintf(target, sizeof(target), "c%d", i + 1);
		cr_assert_eq(symlink(target, name), 0);
	}
	open_look(NULL);
	cr_expect_eq(jet_look_resolve(look, str("c45"), note_link, &out, &node), JET_LOOK_FOUND);
	cr_expect_eq(jet_look_resolve(look, str("c44"), note_link, &out, &node), JET_LOOK_LOOP);
	cr_expect_eq(jet_look_resolve(look, str("self"), note_link, &out, &node), JET_LOOK_LOOP);
	cr_expect_eq(jet_look_resolve(look, str("p/x"), note_link, &out, &node), JET_LOOK_LOOP);
	jet_buf_clear(&out);
	close_look();
}

Test(look, what_is_ignored_does_not_exist)
{
	static const struct row rows[] = {
		{ "a", "missing" }, { "d/x", "missing" }, { "d", "d d" }, { "d/sub/y", "f d/sub/y" },
		{ "lf", "lf>missing" }, { "gone", "missing" },
		{ "dir/keep", "f dir/keep" }, { "dir", "d dir" }, { "dir/no", "missing" },
		{ "ld/y", "ld>f d/sub/y" },
	};

	scratch_tree("a d/x d/sub/y lf>a gone>d dir/keep dir/no ld>d/sub");
	open_look("a\nd/x\ngone\ndir\n!dir/keep");
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		resolve(rows[i].path, rows[i].want);
	close_look();
}

Test(look, up_finds_what_is_there)
{
	struct jet_tree_node *node;

	scratch_tree("a d/ l>d/../a");
	open_look(NULL);
	cr_expect(jet_look_up(look, str(""), &node) == JET_LOOK_FOUND && node->type == JET_TYPE_DIR);
	cr_expect(jet_look_up(look, str("l"), &node) == JET_LOOK_FOUND && node->type == JET_TYPE_SYMLINK);
	/* What is no plain path names nothing. */
	cr_expect_eq(jet_look_up(look, str("d/../a"), &node), JET_LOOK_MISSING);
	cr_expect_eq(jet_look_up(look, str("/a"), &node), JET_LOOK_MISSING);
	cr_expect_eq(jet_look_up(look, (struct jet_str){ "a\0b", 3 }, &node), JET_LOOK_MISSING);
	close_look();
}

Test(look, explains_why_something_is_missing)
{
	static const struct row rows[] = {
		{ "log", "left out by .dockerignore:2 `*log`" },
		{ "d/x", "left out by .dockerignore:3 `/d/`" },
		{ "d/none", "left out by .dockerignore:3 `/d/`" },
		{ "main.x", "not found, did you mean main.c?" },
		{ "src/utli.c", "not found, did you mean src/util.c?" }, { "zzzzz", "not found" },
		{ "none/x", "not found" },
		{ "dang", "not found: the link dang to none leads nowhere" },
		{ "dang/x", "not found: the link dang to none leads nowhere" },
		{ "ways/dang", "not found: the link ways/dang to ../d/none leads nowhere" },
		{ "main.c", "not found: nothing is named behind the /./" },
		{ "", "not found: the context root cannot be copied this way" },
		{ "d/keep", "not found: nothing is named behind the /./" },
		/* One name after the other, and nothing that is not there. */
		{ "scr/utli.c", "not found, did you mean src/util.c?" },
		{ "scr/zzzz.c", "not found" }, { "lb/package.json", "not found" },
		{ "lkn/utli.c", "not found, did you mean lnk/util.c?" },
		{ "lnk/utli.c", "not found, did you mean lnk/util.c?" },
		{ "last", "the link last leads to log, left out by .dockerignore:2 `*log`" },
		{ "ld/x", "the link ld leads to d/x, left out by .dockerignore:3 `/d/`" },
		{ "chain", "the link last leads to log, left out by .dockerignore:2 `*log`" },
	};

	scratch_tree("log d/x d/keep main.c src/util.c dang>none ways/ ways/dang>../d/none la lnk>src "
	             "last>log ld>d chain>last");
	open_look("# c\n*log\n/d/\n!d/keep");
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		const struct jet_missing missing = { .path = str(rows[i].path) };
		struct jet_buf out = { 0 };

		cr_assert_eq(jet_look_explain(look, &missing, &out), 0);
		cr_assert_eq(jet_buf_terminate(&out), 0);
		cr_expect_str_eq(out.data, rows[i].want, "%s gives %s", rows[i].path, out.data);
		jet_buf_clear(&out);
	}
	close_look();
}

/* A name in JSON may hold one: "src/utli.c\u0000x" is a typo like any other. */
Test(look, explains_a_name_with_a_nul)
{
	const struct jet_str path = { "src/utli.c\0/xxxxxxxxxxxxxxxxxxxx", 32 };
	struct jet_buf out = { 0 };

	scratch_tree("src/util.c");
	open_look(NULL);
	cr_assert_eq(jet_look_explain(look, &(struct jet_missing){ .path = path }, &out), 0);
	cr_assert_eq(jet_buf_terminate(&out), 0);
	cr_expect_str_eq(out.data, "not found, did you mean src/util.c?", "%s", out.data);
	jet_buf_clear(&out);
	close_look();
}
