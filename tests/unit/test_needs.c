/* SPDX-License-Identifier: Apache-2.0 */
#include "context/needs.h"

#include "unit/plan_text.h"
#include "unit/scratch.h"

#include <criterion/criterion.h>
#include <stdlib.h>
#include <string.h>

TestSuite(needs, .init = scratch_enter, .fini = scratch_leave);

static const struct jet_walk_options buildkit = { .builder = JET_BUILDER_BUILDKIT };

static struct jet_needs *open_needs(const char *text, const struct jet_needs_options *options)
{
	struct jet_needs *needs;
	struct jet_error err = { 0 };

	cr_assert_eq(jet_needs_open(".", text, strlen(text), options, &buildkit, &needs, &err), 0, "%s",
		     err.message);
	return needs;
}

Test(needs, uses_are_instructions_in_order)
{
	static const struct {
		uint32_t line;
		const char *text;
	} want[] = { { 2, "COPY a   /x" }, { 5, "ADD a b /x/" }, { 6, "RUN --mount=source=b,target=/t y" } };
	struct jet_needs *needs;

	scratch_tree("a b");
	needs = open_needs("FROM scratch\nCOPY a \\\n  /x\nRUN z\nADD a b /x/\n"
	                   "RUN --mount=source=b,target=/t y\nCOPY --from=i a /\n",
	                   &(struct jet_needs_options){ .name = "my/D" });
	cr_assert_eq(jet_needs_count(needs), 3);
	for (size_t i = 0; i < 3; i++) {
		const struct jet_use use = jet_needs_use(needs, i);

		cr_expect_eq(use.line, want[i].line, "%zu: line %u", i, (unsigned)use.line);
		cr_expect_str_eq(use.file, "my/D");
		cr_expect(use.text_len == strlen(want[i].text) && !memcmp(use.text, want[i].text,
									  use.text_len),
		          "%zu: %.*s", i, (int)use.text_len, use.text);
	}
	jet_needs_close(needs);
}

Test(needs, unset_variables_are_given)
{
	struct jet_needs *needs;
	struct jet_unset u;

	scratch_tree("a");
	needs = open_needs("FROM img:1\nCOPY a$V /x\n", &(struct jet_needs_options){ 0 });
	cr_assert_eq(jet_needs_nunset(needs), 1);
	u = jet_needs_unset(needs, 0);
	cr_expect(u.line == 2 && u.name_len == 1 && u.name[0] == 'V' && u.image_len == 5 &&
	          !memcmp(u.image, "img:1", 5));
	cr_expect_str_eq(u.file, "Dockerfile");
	jet_needs_close(needs);
	needs = open_needs("FROM img:1\nCOPY a$V /x\n",
	                   &(struct jet_needs_options){ .env = (const char *const[]){ "V=" }, .nenv = 1 });
	cr_expect_eq(jet_needs_nunset(needs), 0);
	jet_needs_close(needs);
	jet_needs_close(NULL);
}

Test(needs, options_are_name_and_value)
{
	static const struct {
		const char *arg;
		int rc;
	} rows[] = {
		{ "A=b", 0 }, { "A=", 0 }, { "A=b=c", 0 }, { "A", JET_E_ARG }, { "=b", JET_E_ARG },
		{ "", JET_E_ARG },
	};
	static const char text[] = "FROM scratch\n";

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		const struct jet_needs_options all[] = {
			{ .args = &rows[i].arg, .nargs = 1 }, { .env = &rows[i].arg, .nenv = 1 },
			{ .contexts = &rows[i].arg, .ncontexts = 1 },
		};

		for (size_t k = 0; k < 3; k++) {
			struct jet_error err = { 0 };

			cr_expect_eq(jet_needs_check(text, sizeof(text) - 1, &all[k], JET_BUILDER_BUILDAH,
						     &err), rows[i].rc,
			             "%s as number %zu", rows[i].arg, k);
		}
	}
}

/* docs/SEMANTICS.md: the earlier phase wins. */
Test(needs, the_earlier_phase_tells_its_error)
{
	static const struct {
		const char *dockerfile, *target, *want;
	} rows[] = {
		/* the Dockerfile, its FROM lines, the graph, the target: before the context */
		{ "FROM scratch\nCOPY none /\nFOO\n", NULL,
		  "parse 3 : unknown instruction: FOO (did you mean FROM?)" },
		{ "FROM $x\nCOPY none /\n", NULL, "expand 1 : base name ($x) should not be blank" },
		{ "FROM scratch\nCOPY none /\n", "t", "stage 0 : target stage \"t\" could not be found" },
		{ "FROM scratch AS a\nCOPY --from=a none /\nFROM $x\n", NULL,
		  "expand 3 : base name ($x) should not be blank" },
		{ "FROM scratch\nCOPY --from=7 x /\n", "t",
		  "stage 0 : target stage \"t\" could not be found" },
		/* expansion and options of all stages before any look at the context */
		{ "FROM scratch\nCOPY none /\nCOPY ${x:?no} /\n", NULL,
		  "expand 3 : failed to process \"${x:?no}\": x: no" },
		{ "FROM scratch\nCOPY none /\nCOPY --chmod=9 x /\n", NULL,
		  "option 3 : invalid chmod parameter: '9': it should be an octal string between 0 and "
		  "07777" },
		/* what the client is asked for before what is read */
		{ "FROM scratch\nCOPY none /\nCOPY [a /\n", NULL,
		  "pattern 0 : invalid includepatterns: syntax error in pattern: [a; "
		  "[[] stands for the bracket itself" },
		/* then in the order of the lines */
		{ "FROM scratch\nCOPY none /\nCOPY loop /\n", NULL,
		  "not-found 2 /none: \"/none\": not found" },
		{ "FROM scratch\nCOPY loop /\nCOPY none /\n", NULL,
		  "link-loop 2 : \"/loop\": too many links" },
	};

	scratch_tree("a loop>loop");
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		char *got = plan_walk(&(struct plan_case){ rows[i].dockerfile, NULL, 0,
							   { .target = rows[i].target } });

		cr_expect_str_eq(got, rows[i].want, "%s gives %s", rows[i].dockerfile, got);
		free(got);
	}
}

/* So that a caller can tell of the Dockerfile before the ignore file. */
Test(needs, check_is_what_comes_before_the_ignore_file)
{
	static const struct {
		const char *text;
		int rc;
	} rows[] = {
		{ "FROM scratch\n", 0 }, { "", JET_E_PARSE }, { "FROM scratch\nFOO", JET_E_PARSE },
		{ "FROM $x", JET_E_EXPAND },
		{ "FROM scratch\nCOPY --from=1 a /", JET_E_STAGE },
		{ "FROM --platform=a/b/c/d x", JET_E_PLATFORM },
		/* these come later */
		{ "FROM scratch\nCOPY none /", 0 }, { "FROM scratch\nCOPY ${x:?} /", 0 },
		{ "FROM scratch\nCOPY [a /", 0 },
		{ "FROM scratch\nCOPY http://x /", 0 },
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct jet_error err = { 0 };
		int rc = jet_needs_check(rows[i].text, strlen(rows[i].text), &(struct jet_needs_options){ 0 },
		                         JET_BUILDER_BUILDKIT, &err);

		cr_expect_eq(rc, rows[i].rc, "%s: %d", rows[i].text, rc);
		cr_expect_eq(err.code, rc, "%s", rows[i].text);
	}
}

Test(needs, named_contexts_are_checked_with_their_own_ignore_file)
{
	static const struct {
		const char *dockerfile, *context, *want;
	} rows[] = {
		{ "FROM scratch\nCOPY --from=c f /\nCOPY a /\n", "c=ctx", "a:3 " },
		{ "FROM scratch\nCOPY --from=c none /\n", "c=ctx",
		  "not-found 2 /none: context \"c\" (ctx): \"/none\": not found" },
		{ "FROM scratch\nCOPY --from=c out /\n", "c=ctx",
		  "not-found 2 /out: context \"c\" (ctx): \"/out\": left out by "
		  "ctx/.dockerignore:1 `out`" },
		{ "FROM scratch\nCOPY --from=c none /\n", "c=docker-image://x", "" },
		{ "FROM scratch\nRUN --mount=from=c,source=none,target=/t x\n", "c=ctx",
		  "not-found 2 /none: context \"c\" (ctx): \"/none\": not found" },
		/* also one that nothing reads, and before anything else */
		{ "NONSENSE\n", "c=none",
		  "io none:0 : context \"c\" (none): cannot open the context: no such file or "
		  "directory" },
		{ "FROM scratch\nCOPY a /\n", "c=a",
		  "io a:0 : context \"c\" (a): cannot open the context: not a directory" },
		{ "FROM scratch\nCOPY a /\n", "C=ctx",
		  "option :0 : invalid context name \"C\": invalid reference format: repository name must be "
		  "lowercase" },
		{ "FROM scratch\nCOPY --from=c a /\n", "c=none",
		  "io none:0 : context \"c\" (none): cannot open the context: no such file or "
		  "directory" },
		/* in place of a stage */
		{ "FROM x AS c\nCOPY none /\nFROM scratch\nCOPY --from=c f /\nCOPY a /\n", "c=ctx", "a:5 " },
	};

	scratch_tree("a ctx/f ctx/out ctx/.dockerignore=out");
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		char *got = plan_walk(&(struct plan_case){
			rows[i].dockerfile, NULL, 0, { .contexts = &rows[i].context, .ncontexts = 1 } });

		cr_expect_str_eq(got, rows[i].want, "%s gives %s", rows[i].dockerfile, got);
		free(got);
	}
}

Test(needs, a_root_that_is_none_fails)
{
	static const char text[] = "FROM scratch\n";
	struct jet_needs *needs;
	struct jet_error err = { 0 };

	cr_expect_eq(jet_needs_open("none", text, sizeof(text) - 1, &(struct jet_needs_options){ 0 },
				    &buildkit, &needs, &err), JET_E_IO);
	cr_expect(strcmp(err.file, "none") == 0);
	jet_needs_close(needs);
}

Test(needs, unset_variables_are_told_when_the_build_fails)
{
	static const char text[] = "FROM img:1\nARG A\nCOPY $A/x $B/y /\n";
	struct jet_needs *needs;
	struct jet_error err = { 0 };
	struct jet_unset u;

	scratch_tree("a");
	cr_expect_eq(jet_needs_open(".", text, sizeof(text) - 1, &(struct jet_needs_options){ 0 },
	                            &buildkit, &needs, &err), JET_E_NOT_FOUND);
	cr_assert_eq(jet_needs_nunset(needs), 2);
	u = jet_needs_unset(needs, 0);
	cr_expect(u.line == 3 && u.column == 6 && u.declared && !u.fallback && *u.name == 'A');
	u = jet_needs_unset(needs, 1);
	cr_expect(u.line == 3 && u.column == 11 && !u.declared && *u.name == 'B' && u.image_len == 5);
	jet_needs_close(needs);
	/* and there are none when it fails before */
	cr_expect_eq(jet_needs_open(".", "FOO", 3, &(struct jet_needs_options){ 0 }, &buildkit, &needs,
	                            &err), JET_E_PARSE);
	cr_expect_eq(jet_needs_nunset(needs), 0);
	jet_needs_close(needs);
}

Test(needs, platforms_come_in_lists)
{
	static const char text[] = "FROM scratch\nARG TARGETARCH\nCOPY $TARGETARCH /\n";
	static const struct {
		const char *platforms;
		size_t want; /* roots; 0: it is refused */
	} rows[] = {
		{ "linux/amd64,linux/arm64", 2 }, { "linux/arm64", 1 }, { "linux/amd64,linux/amd64", 1 },
		{ "linux/amd64,", 0 }, { ",", 0 }, { "", 0 },
	};

	scratch_tree("amd64 arm64");
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		const struct jet_needs_options options = { .platforms = &rows[i].platforms, .nplatforms = 1 };
		struct jet_needs *needs;
		struct jet_error err = { 0 };
		int rc = jet_needs_open(".", text, sizeof(text) - 1, &options, &buildkit, &needs, &err);

		if (rows[i].want)
			cr_expect(rc == 0 && needs->plan->nroots == rows[i].want, "%s", rows[i].platforms);
		else
			cr_expect_eq(rc, JET_E_PLATFORM, "%s: %d", rows[i].platforms, rc);
		jet_needs_close(needs);
	}
}
