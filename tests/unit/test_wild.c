/* SPDX-License-Identifier: Apache-2.0 */
#include "unit/plan_text.h"
#include "unit/scratch.h"

#include "base/buf.h"

#include <criterion/criterion.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

TestSuite(wild, .init = scratch_enter, .fini = scratch_leave);

static void expect(const char *instructions, enum jet_builder builder, const char *want)
{
	char text[512], *got;

	snprintf(text, sizeof(text), "FROM scratch\n%s\n", instructions);
	got = plan_walk(&(struct plan_case){ text, NULL, builder, { 0 } });
	cr_expect_str_eq(got, want, "%s gives %s", instructions, got);
	free(got);
}

/* Names are searched by how the pattern begins; what comes before and behind them in
 * the order of bytes is none of them. */
Test(wild, the_beginning_of_a_pattern_is_found_among_the_names)
{
	static const char *const rows[][2] = {
		{ "a*", "a:2 a!:2 a.b:2 aa:2 ab/:2 ab/ab:2 ab/b:2 a\xC3\xA9:2 " },
		{ "aa*", "aa:2 " }, { "ab?", "" }, { "a?", "a!:2 aa:2 ab/:2 ab/ab:2 ab/b:2 a\xC3\xA9:2 " },
		{ "a[a-b]", "aa:2 ab/:2 ab/ab:2 ab/b:2 " }, { "b*", "b:2 " }, { "c*", "" }, { "A*", "A:2 " },
		{ "*b", "a.b:2 ab/:2 ab/ab:2 ab/b:2 b:2 " }, { "*b/b", "ab/b:2 " },
		{ "*b/*b", "ab/ab:2 ab/b:2 " },
		{ "ab/*", "ab/ab:2 ab/b:2 " }, { "*/none", "" }, { "a.[b]", "a.b:2 " },
		{ "a\\\\.[b]", "a.b:2 " },
		{ "\xC3\xA9*", "\xC3\xA9:2 " },
	};
	char text[64];

	scratch_tree("A a a! a.b aa ab/ab ab/b a\xC3\xA9 b \xC3\xA9");
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		snprintf(text, sizeof(text), "COPY [\"%s\", \"/\"]", rows[i][0]);
		expect(text, JET_BUILDER_BUILDKIT, rows[i][1]);
	}
}

#define BAD(pattern) \
	"pattern 2 : syntax error in pattern: " pattern "; [[] stands for the bracket itself"

/* Where all is sent nobody has looked at the pattern before. */
Test(wild, a_malformed_pattern_fails_at_the_first_name)
{
	static const struct {
		const char *instructions, *want;
		enum jet_builder builder;
	} rows[] = {
		{ "COPY [a /x/\nCOPY . /y/", BAD("[a"), JET_BUILDER_BUILDKIT },
		{ "COPY *[b /x/\nCOPY . /y/", BAD("*[b"), JET_BUILDER_BUILDKIT },
		{ "COPY d/[a- /x/\nCOPY . /y/", BAD("d/[a-"), JET_BUILDER_BUILDKIT },
		{ "COPY x*/[] /x/\nCOPY . /y/", BAD("x*/[]"), JET_BUILDER_BUILDKIT },
		{ "COPY --parents d[/./x /x/\nCOPY . /y/", BAD("d[/x"), JET_BUILDER_BUILDKIT },
		/* there is no name in it */
		{ "COPY e/[a /x/\nCOPY e /y/\nRUN --mount=type=tmpfs,target=/t x", "e/:2,3 ",
		  JET_BUILDER_BUILDKIT },
		{ "COPY f/[a /x/\nCOPY f /y/\nRUN --mount=type=tmpfs,target=/t x", "f:2,3 ",
		  JET_BUILDER_BUILDKIT },
		/* to the others it matches nothing */
		{ "COPY [a f /x/", "f:2 ", JET_BUILDER_CLASSIC_20_10 },
		{ "COPY [a f /x/", "f:2 ", JET_BUILDER_BUILDAH },
	};

	scratch_tree("d/a e/ f");
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		expect(rows[i].instructions, rows[i].builder, rows[i].want);
}

Test(wild, links_are_followed_where_the_builder_does)
{
	scratch_tree("r/f r/s/g d>r q/l>../r q/f>../r/f x/l>none");
	expect("COPY q/* /", 0, "q/f:2 q/l:2 r/:2 r/f:2 r/s/:2 r/s/g:2 ");
	expect("COPY d/* /", 0, "d:2 r/f:2 r/s/:2 r/s/g:2 ");
	expect("COPY q/*/f /", JET_BUILDER_BUILDAH, "q/f:2 q/l:2 r/f:2 ");
	expect("COPY q/*/f r/f /", JET_BUILDER_CLASSIC, "q/:2 r/f:2 ");
	expect("COPY d/* r/f /", JET_BUILDER_CLASSIC, "d:2 r/f:2 ");
	expect("COPY */l r/f /", JET_BUILDER_BUILDAH,
	       "not-found 2 /x/l: \"/x/l\": not found: the link x/l to none leads nowhere");
}

Test(wild, a_class_with_a_slash_is_compared_with_whole_paths)
{
	scratch_tree("a/b a/c/d aXb");
	expect("COPY . /x\nCOPY a[/X]b /", 0, "a/:2 a/b:2,3 a/c/:2 a/c/d:2 aXb:2,3 ");
	expect("COPY . /x\nCOPY a/[c/]* /", 0, "a/:2 a/b:2 a/c/:2,3 a/c/d:2,3 aXb:2 ");
}

/* Patterns and trees may be thousands of levels deep. */
Test(wild, depth_is_no_limit)
{
	enum { LEVELS = 3000 };
	const int here = open(".", O_RDONLY | O_DIRECTORY);
	struct jet_buf text = { 0 };
	char *got;

	for (int i = 0; i < LEVELS; i++)
		cr_assert(mkdir("d", 0755) == 0 && chdir("d") == 0);
	scratch_tree("f");
	cr_assert(fchdir(here) == 0 && close(here) == 0);
	cr_assert_eq(jet_buf_text(&text, "FROM scratch\nCOPY "), 0);
	for (int i = 0; i < LEVELS; i++)
		cr_assert_eq(jet_buf_text(&text, "*/"), 0);
	cr_assert(jet_buf_text(&text, "[f] /\n") == 0 && jet_buf_terminate(&text) == 0);
	got = plan_walk(&(struct plan_case){ text.data, NULL, JET_BUILDER_BUILDAH, { 0 } });
	cr_expect_eq(strlen(got), 2 * LEVELS + strlen("f:2 "));
	cr_expect_eq(strncmp(got, "d/d/d/", 6), 0, "%.200s", got);
	free(got);
	/* The same from above: everything below is gone through. */
	got = plan_walk(&(struct plan_case){ "FROM scratch\nCOPY --parents **/f /\n", NULL, 0, { 0 } });
	/* All directories, "d/:2 " and so on, and the file. */
	cr_expect_eq(strlen(got), (size_t)LEVELS * (LEVELS + 1) + LEVELS * strlen(":2 ") +
	                                  2 * LEVELS + strlen("f:2 "));
	free(got);
	jet_buf_clear(&text);
}
