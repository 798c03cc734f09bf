/* SPDX-License-Identifier: Apache-2.0 */
#include "context/plan.h"
#include "unit/plan_text.h"
#include "unit/scratch.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

TestSuite(plan, .init = scratch_enter, .fini = scratch_leave);

/* Each row is what comes behind "FROM scratch\n". */
struct row {
	const char *text, *want, *rules;
	enum jet_builder builder;
};

static void check(const struct row *rows, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		char text[512], *got;

		snprintf(text, sizeof(text), "FROM scratch\n%s\n", rows[i].text);
		got = plan_walk(&(struct plan_case){ text, rows[i].rules, rows[i].builder, { 0 } });
		cr_expect_str_eq(got, rows[i].want, "%s with %s gives %s", rows[i].text,
		                 rows[i].rules ? rows[i].rules : "no rules", got);
		free(got);
	}
}

#define CHECK(rows) check(rows, sizeof(rows) / sizeof((rows)[0]))

static const char tree[] = "a.txt b.txt c.md src/main.c src/sub/deep.c src/sub/x.md empty/ docs/img/x.png "
			   "docs/index.md .hidden";

Test(plan, a_literal_is_a_file_or_a_whole_directory)
{
	static const struct row rows[] = {
		{ "COPY a.txt /", "a.txt:2 ", NULL, 0 },
		{ "COPY src /", "src/:2 src/main.c:2 src/sub/:2 src/sub/deep.c:2 src/sub/x.md:2 ", NULL, 0 },
		{ "COPY src/sub/ src/../a.txt /", "a.txt:2 src/sub/:2 src/sub/deep.c:2 src/sub/x.md:2 ",
		  NULL, 0 },
		{ "COPY a.txt/ /", "a.txt:2 ", NULL, 0 },
		{ "COPY ../../a.txt /", "a.txt:2 ", NULL, 0 },
		{ "COPY empty /", "empty/:2 ", NULL, 0 },
		{ "COPY . /",
		  ".hidden:2 a.txt:2 b.txt:2 c.md:2 docs/:2 docs/img/:2 docs/img/x.png:2 docs/index.md:2 "
		  "empty/:2 src/:2 src/main.c:2 src/sub/:2 src/sub/deep.c:2 src/sub/x.md:2 ", NULL, 0 },
		{ "COPY src/sub/deep.c /", "src/sub/deep.c:2 ", NULL, 0 },
		{ "ADD docs/img /", "docs/img/:2 docs/img/x.png:2 ", NULL, 0 },
		{ "RUN --mount=source=docs/img,target=/t x", "docs/img/:2 docs/img/x.png:2 ", NULL, 0 },
		{ "RUN --mount=source=a.txt,target=/t x", "a.txt:2 ", NULL, 0 },
		{ "RUN x", "", NULL, 0 },
		{ "COPY nope /", "not-found 2 /nope: \"/nope\": not found", NULL, 0 },
		{ "COPY a.tx /", "not-found 2 /a.tx: \"/a.tx\": not found, did you mean a.txt?", NULL, 0 },
		{ "COPY src/man.c /", "not-found 2 /src/man.c: \"/src/man.c\": not found, did you mean "
		  "src/main.c?", NULL, 0 },
		{ "COPY a.txt/x /", "not-found 2 /a.txt/x: \"/a.txt/x\": not found", NULL, 0 },
		{ "COPY a.txt nope/../b.txt /", "a.txt:2 b.txt:2 ", NULL, 0 },
		{ "RUN --mount=source=*.txt,target=/t x",
		  "not-found 2 /*.txt: \"/*.txt\": not found, did you mean a.txt?", NULL,
		  0 },
	};

	scratch_tree(tree);
	CHECK(rows);
}

Test(plan, ignored_entries_do_not_exist)
{
	static const struct row rows[] = {
		{ "COPY a.txt /", "not-found 2 /a.txt: \"/a.txt\": left out by .dockerignore:1 `*.txt`",
		  "*.txt", 0 },
		{ "COPY *.* /", ".hidden:2 c.md:2 ", "*.txt", 0 },
		{ "COPY src /", "src/:2 src/main.c:2 ", "src/sub", 0 },
		{ "COPY src /", "src/:2 src/sub/:2 src/sub/deep.c:2 ", "src\n!src/sub/deep.c", 0 },
		{ "COPY src/sub /", "not-found 2 /src/sub: \"/src/sub\": left out by .dockerignore:1 `src`",
		  "src", 0 },
		{ "COPY docs /", "docs/:2 docs/img/:2 ", "**/*.png\ndocs/index.md", 0 },
		{ "RUN --mount=source=a.txt,target=/t x",
		  "not-found 2 /a.txt: \"/a.txt\": left out by .dockerignore:1 `*`", "*", 0 },
		{ "RUN --mount=target=/t x", "", "*", 0 },
		/* what fails is none of the ignore file's rules */
		{ "COPY a.txt b.txt *x*[ /",
		  "pattern 0 : invalid includepatterns: syntax error in pattern: *x*[; [[] stands for the "
		  "bracket itself", "none", 0 },
		{ "COPY a.txt /", "a.txt:2 ", "*\n!a.txt", 0 },
		{ "COPY . /", "a.txt:2 ", "*\n!a.txt", 0 },
	};

	scratch_tree(tree);
	CHECK(rows);
}

Test(plan, wildcards_match_one_component_each)
{
	static const struct row rows[] = {
		{ "COPY *.txt /", "a.txt:2 b.txt:2 ", NULL, 0 },
		{ "COPY [ab].txt /", "a.txt:2 b.txt:2 ", NULL, 0 },
		{ "COPY [^a].txt /", "b.txt:2 ", NULL, 0 },
		{ "COPY ?.?? /", "c.md:2 ", NULL, 0 },
		{ "COPY .* /", ".hidden:2 ", NULL, 0 },
		{ "COPY src/* /", "src/main.c:2 src/sub/:2 src/sub/deep.c:2 src/sub/x.md:2 ", NULL, 0 },
		{ "COPY */*.md /", "docs/index.md:2 ", NULL, 0 },
		{ "COPY **/*.md /", "docs/index.md:2 ", NULL, 0 },
		{ "COPY */*/*.md /", "src/sub/x.md:2 ", NULL, 0 },
		{ "COPY *mpt? /", "empty/:2 ", NULL, 0 },
		{ "COPY *.none /", "", NULL, 0 },
		{ "COPY nope/*.c /", "not-found 2 /nope: \"/nope\": not found", NULL, 0 },
		/* a directory is not sent for a pattern that matches nothing */
		{ "COPY src/*.zip /",
		  "not-found 2 /src: \"/src\": not found: nothing that ships matches src/*.zip, so "
		  "BuildKit's client does not send src at all: another source can bring it, or a tar as "
		  "context", NULL, 0 },
		{ "COPY src/*.md /",
		  "not-found 2 /src: \"/src\": not found: nothing that ships matches src/*.md, so "
		  "BuildKit's client does not send src at all: another source can bring it, or a tar as "
		  "context", NULL, 0 },
		{ "COPY docs/img/*.pgn /",
		  "not-found 2 /docs/img: \"/docs/img\": not found: nothing that ships matches "
		  "docs/img/*.pgn, so BuildKit's client does not send docs/img at all: another source can "
		  "bring it, or a tar as context; did you mean docs/img/*.png?", NULL, 0 },
		{ "COPY src/mian*.c /",
		  "not-found 2 /src: \"/src\": not found: nothing that ships matches src/mian*.c, so "
		  "BuildKit's client does not send src at all: another source can bring it, or a tar as "
		  "context; did you mean src/main.c?", NULL, 0 },
		{ "COPY src/*.c /",
		  "not-found 2 /src: \"/src\": not found: nothing that ships matches src/*.c (src/main.c "
		  "is left out by .dockerignore:1 `**/*.c`), so BuildKit's client does not send src at "
		  "all: another source can bring it, or a tar as context", "**/*.c", 0 },
		{ "COPY s*/s?b/*.c /", "", "**/*.c", 0 },
		{ "COPY src/s?b/*.c /",
		  "not-found 2 /src: \"/src\": not found: nothing that ships matches src/s?b/*.c "
		  "(src/sub/deep.c is left out by .dockerignore:1 `**/*.c`), so BuildKit's client does "
		  "not send src at all: another source can bring it, or a tar as context", "**/*.c", 0 },
		{ "COPY src/*.zip src/main.c /", "src/main.c:2 ", NULL, 0 },
		{ "COPY *.none /", "not-found 2 /*.none: \"/*.none\": not found: nothing that ships "
		  "matches *.none", NULL, JET_BUILDER_CLASSIC },
		{ "COPY [a.txt /", "pattern 0 : invalid includepatterns: syntax error in pattern: [a.txt; "
		  "[[] stands for the bracket itself",
		  NULL, 0 },
	};

	scratch_tree(tree);
	CHECK(rows);
}

Test(plan, excludes_are_relative_to_the_source)
{
	static const struct row rows[] = {
		{ "COPY --exclude=*.md . /",
		  ".hidden:2 a.txt:2 b.txt:2 docs/:2 docs/img/:2 docs/img/x.png:2 docs/index.md:2 "
		  "empty/:2 src/:2 src/main.c:2 src/sub/:2 src/sub/deep.c:2 src/sub/x.md:2 ", NULL, 0 },
		{ "COPY --exclude=sub src /", "src/:2 src/main.c:2 ", NULL, 0 },
		{ "COPY --exclude=src src /",
		  "src/:2 src/main.c:2 src/sub/:2 src/sub/deep.c:2 src/sub/x.md:2 ", NULL, 0 },
		{ "COPY --exclude=**/*.md src /", "src/:2 src/main.c:2 src/sub/:2 src/sub/deep.c:2 ", NULL,
		  0 },
		{ "COPY --exclude=sub --exclude=!sub/x.md src /",
		  "src/:2 src/main.c:2 src/sub/:2 src/sub/x.md:2 ", NULL, 0 },
		{ "COPY --exclude=* --exclude=!sub src /",
		  "src/:2 src/sub/:2 src/sub/deep.c:2 src/sub/x.md:2 ", NULL, 0 },
		{ "COPY --exclude=* src /", "src/:2 ", NULL, 0 },
		{ "COPY --exclude=./sub/ src /", "src/:2 src/main.c:2 ", NULL, 0 },
		/* a file is copied whatever the excludes say */
		{ "COPY --exclude=* a.txt /", "a.txt:2 ", NULL, 0 },
		{ "COPY --exclude=deep.c src/* /", "src/main.c:2 src/sub/:2 src/sub/x.md:2 ", NULL, 0 },
		{ "ADD --exclude=sub src /", "src/:2 src/main.c:2 ", NULL, 0 },
		{ "COPY --exclude=[a src /",
		  "pattern 2 : invalid excludepatterns: syntax error in pattern: [a; [[] stands for the "
		  "bracket itself", NULL, 0 },
		/* the directory is left out, but what is in it is not: it has to be there */
		{ "COPY --exclude=* --exclude=!none src /", "src/:2 ", NULL, 0 },
		{ "COPY --exclude=main.c src /x/\nCOPY a.txt /", "a.txt:3 src/:2 ",
		  "src\n!src/main.c\n", 0 },
		{ "COPY --parents --exclude=src --exclude=!src/main.c src /",
		  "src/:2 src/main.c:2 ", NULL, 0 },
		{ "COPY --parents --exclude=src --exclude=!src/none src /",
		  "not-found 2 /src: \"/src\": not found: --exclude has it, or the name is "
		  "taken for a pattern", NULL, 0 },
		/* one that only compiling refuses is met at the first name, here by the walk */
		{ "COPY a.txt /\nCOPY --exclude=a --exclude=[b-a] src /",
		  "pattern 3 : invalid excludepatterns: syntax error in pattern: [b-a]; [[] stands for "
		  "the bracket itself", NULL, 0 },
		{ "COPY --exclude=[b-a] --exclude=!a src /",
		  "pattern 2 : invalid excludepatterns: syntax error in pattern: [b-a]; [[] stands for "
		  "the bracket itself", NULL, 0 },
		{ "COPY --exclude=a nope /", "not-found 2 /nope: \"/nope\": not found", NULL, 0 },
	};

	scratch_tree(tree);
	CHECK(rows);
}

Test(plan, parents_select_by_pattern)
{
	static const struct row rows[] = {
		{ "COPY --parents a.txt /", "a.txt:2 ", NULL, 0 },
		{ "COPY --parents src/sub/deep.c /", "src/:2 src/sub/:2 src/sub/deep.c:2 ", NULL, 0 },
		{ "COPY --parents **/*.md /",
		  "c.md:2 docs/:2 docs/index.md:2 src/:2 src/sub/:2 src/sub/x.md:2 ", NULL, 0 },
		{ "COPY --parents src/./sub /", "src/:2 src/sub/:2 src/sub/deep.c:2 src/sub/x.md:2 ", NULL,
		  0 },
		{ "COPY --parents src/./**/*.c /", "src/:2 src/main.c:2 src/sub/:2 src/sub/deep.c:2 ", NULL,
		  0 },
		{ "COPY --parents --exclude=sub src/./**/*.c /", "src/:2 src/main.c:2 ", NULL, 0 },
		{ "COPY --parents s*/./main.c /", "src/:2 src/main.c:2 ", NULL, 0 },
		{ "COPY --parents *.none /", "", NULL, 0 },
		{ "COPY --parents src/*.none /", "", NULL, 0 },
		{ "COPY --parents src/./*.none src/main.c /", "src/:2 src/main.c:2 ", NULL, 0 },
		{ "COPY --parents . /", "not-found 2 /: \"/\": not found: the context root cannot be "
		  "copied this way", NULL, 0 },
		{ "COPY --parents src/./ /",
		  "not-found 2 /src: \"/src\": not found: nothing is named behind the /./", NULL, 0 },
		{ "COPY --parents src/./nope /", "not-found 2 /src/nope: \"/src/nope\": not "
		  "found", NULL, 0 },
		{ "COPY --parents --exclude=a.txt a.txt /",
		  "not-found 2 /a.txt: \"/a.txt\": not found: --exclude has it, or the name is taken for "
		  "a pattern", NULL, 0 },
		{ "COPY --parents src/../a.txt /", "a.txt:2 ", NULL, 0 },
		{ "COPY --parents docs /", "docs/:2 docs/img/:2 docs/img/x.png:2 docs/index.md:2 ", NULL, 0 },
		{ "COPY --parents docs /", "docs/:2 docs/index.md:2 ", "docs/img", 0 },
	};

	scratch_tree(tree);
	CHECK(rows);
}

Test(plan, links_are_followed_and_needed)
{
	static const struct row rows[] = {
		{ "COPY lf /", "lf:2 real/f:2 ", NULL, 0 },
		{ "COPY ld /", "ld:2 real/:2 real/f:2 real/in:2 real/sub/:2 real/sub/h:2 ", NULL, 0 },
		{ "COPY ld/sub /", "ld:2 real/sub/:2 real/sub/h:2 ", NULL, 0 },
		{ "COPY two /", "ld:2 real/sub/:2 real/sub/h:2 two:2 ", NULL, 0 },
		{ "COPY abs /", "abs:2 real/f:2 ", NULL, 0 },
		{ "COPY out /", "out:2 real/f:2 ", NULL, 0 },
		{ "COPY ld/../a /", "a:2 ", NULL, 0 },
		{ "COPY real /", "real/:2 real/f:2 real/in:2 real/sub/:2 real/sub/h:2 ", NULL, 0 },
		{ "COPY l[f] /", "lf:2 real/f:2 ", NULL, 0 },
		{ "COPY ld/* /", "ld:2 real/f:2 real/in:2 real/sub/:2 real/sub/h:2 ", NULL, 0 },
		{ "COPY dang /", "not-found 2 /dang: \"/dang\": not found: the link dang to none leads "
		  "nowhere", NULL, 0 },
		{ "COPY loop /", "link-loop 2 : \"/loop\": too many links", NULL, 0 },
		{ "COPY lf /", "not-found 2 /lf: \"/lf\": the link lf leads to real, left out by "
		  ".dockerignore:1 `real`", "real", 0 },
		{ "RUN --mount=source=ld,target=/t x",
		  "ld:2 real/:2 real/f:2 real/in:2 real/sub/:2 real/sub/h:2 ", NULL, 0 },
		{ "COPY --parents ld /", "ld:2 real/:2 ", NULL, 0 },
		{ "COPY --parents ld/f /", "not-found 2 /ld/f: \"/ld/f\": not found: COPY --parents goes "
		  "through no link, and ld is one: name real/f instead", NULL, 0 },
		{ "COPY --parents ld/./sub/h /", "not-found 2 /ld/sub/h: \"/ld/sub/h\": not found: COPY "
		  "--parents goes through no link, and ld is one: name real/sub/h instead", NULL, 0 },
		{ "COPY --parents ld/./*/h /", "ld:2 real/:2 real/sub/:2 real/sub/h:2 ", NULL, 0 },
		/* a top-level link that is selected keeps what it leads to */
		{ "COPY --parents l* /", "link-loop 2 : \"/loop\": too many links", NULL, 0 },
		{ "COPY --parents lf a /", "a:2 lf:2 real/f:2 ", NULL, 0 },
		{ "COPY --exclude=[dlt]* --exclude=real . /", "a:2 abs:2 out:2 real/f:2 ", NULL, 0 },
		{ "COPY --exclude=loop . /",
		  "not-found 2 /dang: \"/dang\": not found: the link dang to none leads nowhere", NULL, 0 },
	};

	scratch_tree("a real/f real/sub/h real/in>f lf>real/f ld>real two>ld/sub abs>/real/f "
		     "out>../../real/f dang>none loop>loop");
	CHECK(rows);
}

Test(plan, names_with_specials)
{
	static const struct row rows[] = {
		/* BuildKit's client makes something else of a star in brackets */
		{ "COPY [*] /", "", NULL, 0 },
		{ "COPY [*] . /", "!bang:2 *:2 [v].txt:2 a\\b:2 ", NULL, 0 },
		{ "COPY [[]v].txt /", "[v].txt:2 ", NULL, 0 },
		{ "COPY !bang /",
		  "not-found 2 /!bang: \"/!bang\": not found: BuildKit takes the name for a pattern and "
		  "asks its client for something else: rename it, or use a tar as context", NULL, 0 },
		{ "COPY !bang . /", "!bang:2 *:2 [v].txt:2 a\\b:2 ", NULL, 0 },
		{ "COPY [\"a\\\\\\\\b\", \"/\"]",
		  "not-found 2 /a\\b: \"/a\\b\": not found: BuildKit takes the name for a pattern and "
		  "asks its client for something else: rename it, or use a tar as context", NULL, 0 },
		{ "COPY !bang /", "!bang:2 ", NULL, JET_BUILDER_BUILDAH },
	};

	scratch_tree("* [v].txt !bang a\\b");
	CHECK(rows);
}

Test(plan, classic_stays_inside)
{
	static const struct row rows[] = {
		/* docker 20.10, asked: one "/" is taken away, then it asks where the rest leads */
		{ "COPY /../a.txt /", "not-found 2 : forbidden path outside the build context: /../a.txt",
		  NULL, JET_BUILDER_CLASSIC },
		/* a pattern is compared as it is written, and no path is written so */
		{ "COPY ../b* a.txt /o/", "a.txt:2 ", NULL, JET_BUILDER_CLASSIC },
		{ "COPY src//m* a.txt /o/", "a.txt:2 ", NULL, JET_BUILDER_CLASSIC },
		{ "COPY ./src/./m* a.txt /o/", "a.txt:2 ", NULL, JET_BUILDER_CLASSIC },
		{ "COPY //b* a.txt /o/", "a.txt:2 ", NULL, JET_BUILDER_CLASSIC },
		{ "COPY /./b* /b.* a.txt /o/", "a.txt:2 b.txt:2 ", NULL, JET_BUILDER_CLASSIC },
		{ "COPY ../a.txt /", "not-found 2 : forbidden path outside the build context: ../a.txt", NULL,
		  JET_BUILDER_CLASSIC_20_10 },
		{ "COPY //a.txt /", "a.txt:2 ", NULL, JET_BUILDER_CLASSIC },
		{ "COPY x/../a.txt /", "a.txt:2 ", NULL, JET_BUILDER_CLASSIC },
		{ "COPY ../a.txt /", "a.txt:2 ", NULL, JET_BUILDER_BUILDAH },
	};

	scratch_tree("a.txt b.txt src/main.c");
	CHECK(rows);
}

/* docker 20.10, asked: a destination without "/" takes one file, and what counts is what a
 * wildcard matches. */
Test(plan, classic_counts_files_for_a_destination)
{
#define SLASH "with more than one source file the classic builder wants a destination that ends with \"/\""
	static const struct row rows[] = {
		{ "COPY w/* /x", "option 2 : " SLASH, NULL, JET_BUILDER_CLASSIC_20_10 },
		{ "COPY w/* /x/", "w/one:2 w/two:2 ", NULL, JET_BUILDER_CLASSIC_20_10 },
		{ "COPY w/* /x", "w/one:2 w/two:2 ", NULL, JET_BUILDER_BUILDKIT },
		{ "COPY w/* /x", "w/one:2 w/two:2 ", NULL, JET_BUILDER_BUILDAH },
		{ "COPY w/* /x", "w/one:2 ", "w/two", JET_BUILDER_CLASSIC },
		{ "COPY *.md w/one /x", "w/one:2 ", NULL, JET_BUILDER_CLASSIC },
		{ "COPY *.md e/* /x", "e/only:2 ", NULL, JET_BUILDER_CLASSIC_20_10 },
		{ "COPY e/* /x", "e/only:2 ", NULL, JET_BUILDER_CLASSIC_20_10 },
		{ "COPY w /x", "w/:2 w/one:2 w/two:2 ", NULL, JET_BUILDER_CLASSIC },
		{ "ADD e/* w/on? /x", "option 2 : " SLASH, NULL, JET_BUILDER_CLASSIC_20_10 },
		{ "COPY w/one w/one /x", "option 2 : " SLASH, NULL, JET_BUILDER_CLASSIC_20_10 },
		{ "COPY w/one w/two .", "option 2 : " SLASH, NULL, JET_BUILDER_CLASSIC_20_10 },
		{ "ADD http://h/f w/o* /x", "option 2 : " SLASH, NULL, JET_BUILDER_CLASSIC },
		{ "ADD http://h/f http://h/g /x", "option 2 : " SLASH, NULL, JET_BUILDER_CLASSIC },
		{ "ADD http://h/f x* w/one /x/", "w/one:2 ", NULL, JET_BUILDER_CLASSIC },
		/* it looks for all of them first */
		{ "COPY w/one no /x", "not-found 2 /no: \"/no\": not found", NULL,
		  JET_BUILDER_CLASSIC_20_10 },
		{ "COPY *.md /x",
		  "not-found 2 /*.md: \"/*.md\": not found: nothing that ships matches *.md", NULL,
		  JET_BUILDER_CLASSIC_20_10 },
		/* the first instruction that fails counts */
		{ "COPY no /x\nCOPY w/one e/only /x", "not-found 2 /no: \"/no\": not found", NULL,
		  JET_BUILDER_CLASSIC },
		/* of a stage nothing is known, but that each name is a file */
		{ "FROM x\nCOPY --from=0 w/* f* /x", "", NULL, JET_BUILDER_CLASSIC },
		{ "FROM x\nCOPY --from=0 w f /x", "option 3 : " SLASH, NULL, JET_BUILDER_CLASSIC },
	};
#undef SLASH

	scratch_tree("w/one w/two e/only");
	CHECK(rows);
}

Test(plan, everyone_who_reads_an_entry_is_named)
{
	static const struct row rows[] = {
		{ "COPY a.txt a.txt /\nCOPY a.txt b.txt /\nADD b.txt /", "a.txt:2,3 b.txt:3,4 ", NULL, 0 },
		{ "COPY . /\nCOPY src/sub /x\nCOPY src/sub/deep.c /y",
		  "a.txt:2 b.txt:2 src/:2 src/main.c:2 src/sub/:2,3 src/sub/deep.c:2,3,4 ", NULL, 0 },
		{ "COPY src/sub/deep.c /y\nCOPY src /x",
		  "src/:3 src/main.c:3 src/sub/:3 src/sub/deep.c:2,3 ", NULL, 0 },
		{ "COPY --exclude=sub src /x\nCOPY src /y",
		  "src/:2,3 src/main.c:2,3 src/sub/:3 src/sub/deep.c:3 ", NULL, 0 },
		/* directories above a match are read by whoever has one there */
		{ "COPY --parents **/*.c /x\nCOPY src /y",
		  "src/:2,3 src/main.c:2,3 src/sub/:2,3 src/sub/deep.c:2,3 ", NULL, 0 },
		{ "COPY --parents **/*.c /x\nCOPY src/main.c /y",
		  "src/:2 src/main.c:2,3 src/sub/:2 src/sub/deep.c:2 ", NULL, 0 },
		{ "COPY --parents src/sub/*.none /x\nCOPY src/main.c /y", "src/main.c:3 ", NULL, 0 },
		{ "COPY --parents **/m*.c /x\nCOPY --parents src/sub/*.c /y",
		  "src/:2,3 src/main.c:2 src/sub/:3 src/sub/deep.c:3 ", NULL, 0 },
		{ "COPY --parents **/*.c /x\nCOPY src /y", "src/:2,3 src/main.c:2,3 ", "src/sub", 0 },
		{ "COPY --parents **/*.c /x\nCOPY --parents src/sub/./*.c /y\nCOPY --parents **/*.h /z",
		  "src/:2 src/main.c:2 src/sub/:2,3 src/sub/deep.c:2,3 ", NULL, 0 },
		{ "COPY --exclude=sub --exclude=!sub/d* src /x\nCOPY src/sub/deep.c /y",
		  "src/:2 src/main.c:2 src/sub/:2 src/sub/deep.c:2,3 ", NULL, 0 },
		{ "COPY --parents src/*.c /x\nCOPY src/sub /y",
		  "src/:2 src/main.c:2 src/sub/:3 src/sub/deep.c:3 ", NULL, 0 },
		{ "COPY *.txt /x\nCOPY [a].txt /y\nRUN --mount=source=a.txt,target=/t x",
		  "a.txt:2,3,4 b.txt:2 ", NULL, 0 },
	};

	scratch_tree("a.txt b.txt src/main.c src/sub/deep.c");
	CHECK(rows);
}

Test(plan, several_platforms_are_united)
{
	static const char *const platforms[] = { "linux/amd64", "linux/arm64" };
	static const struct {
		const char *dockerfile, *want;
	} rows[] = {
		{ "FROM scratch\nARG TARGETARCH\nCOPY bin-$TARGETARCH /\nCOPY a /\n",
		  "a:4 bin-amd64:3 bin-arm64:3 " },
		{ "FROM scratch AS amd64\nCOPY a /\nFROM scratch AS arm64\nCOPY b /\nFROM "
		  "$TARGETARCH\nCOPY c /\n",
		  "a:2 b:4 c:6 " },
		/* a trigger is one instruction, however many platforms run it */
		{ "FROM scratch AS s\nONBUILD COPY a /\nONBUILD COPY b /\nFROM s\nCOPY a /\n", "a:4,5 b:4 " },
		{ "FROM scratch\nARG TARGETARCH\nCOPY bin-$TARGETARCH /\nRUN "
		  "--mount=source=none-$TARGETARCH,target=/t x",
		  "not-found 4 /none-amd64: \"/none-amd64\": not found, did you mean bin-amd64? (for "
		  "linux/amd64)" },
	};

	scratch_tree("a b c bin-amd64 bin-arm64");
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		char *got = plan_walk(&(struct plan_case){
			rows[i].dockerfile, NULL, 0, { .platforms = platforms, .nplatforms = 2 } });

		cr_expect_str_eq(got, rows[i].want, "%s gives %s", rows[i].dockerfile, got);
		free(got);
	}
}

/* ---- only what leads to a source is read -------------------------------- */

static void walk_as_nobody(struct jet_buf *out, void *arg)
{
	char *got = plan_walk(arg);

	jet_buf_text(out, got);
	free(got);
}

/* "locked" and what is in it cannot be read, so whoever looks there stumbles. */
Test(plan, nothing_beside_the_sources_is_read)
{
	static const struct {
		const char *text, *want;
	} rows[] = {
		{ "COPY src/main.c /", "src/main.c:2 " },
		{ "COPY src /", "src/:2 src/main.c:2 " },
		{ "COPY src/*.c /", "src/main.c:2 " },
		{ "COPY --parents src/./*.c /", "src/:2 src/main.c:2 " },
		{ "COPY --exclude=x src /", "src/:2 src/main.c:2 " },
		{ "COPY *.c a /", "a:2 " },
		{ "RUN --mount=source=src,target=/t x", "src/:2 src/main.c:2 " },
		{ "COPY --parents s*/main.c /", "src/:2 src/main.c:2 " },
	};

	scratch_tree("a locked/x src/main.c");
	cr_assert_eq(chmod("locked", 0), 0);
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		char text[160], *got;
		struct plan_case c = { text, NULL, 0, { 0 } };

		snprintf(text, sizeof(text), "FROM scratch\n%s\n", rows[i].text);
		got = scratch_as_nobody(walk_as_nobody, &c);
		cr_expect_str_eq(got, rows[i].want, "%s gives %s", rows[i].text, got);
		free(got);
	}
}

Test(plan, an_unreadable_source_stops_the_builder)
{
	struct plan_case c = { "FROM scratch\nCOPY . /\n", NULL, 0, { 0 } };
	char *got;

	scratch_tree("a locked/x src/main.c");
	cr_assert_eq(chmod("locked", 0), 0);
	got = scratch_as_nobody(walk_as_nobody, &c);
	cr_expect_str_eq(got,
	                 "io locked:0 : the builder cannot read this directory and stops: permission denied",
	                 "%s", got);
	free(got);
}

/* ---- memory ------------------------------------------------------------- */

/* The roots of a plan that may keep @limit bytes of what it has looked at. */
static void put_roots(struct jet_buf *out, const char *text, enum jet_builder builder, size_t limit)
{
	const struct jet_build_options build = { .builder = builder };
	const struct jet_walk_options walk = { .builder = builder };
	struct jet_dockerfile *df;
	struct jet_stages *stages;
	struct jet_sources *sources;
	struct jet_plan *plan;

	cr_assert_eq(jet_dockerfile_parse(text, strlen(text), "Dockerfile", JET_BUILDER_BUILDKIT, &df,
	                                  NULL), 0);
	cr_assert_eq(jet_stages_build(df, &build, &stages, NULL), 0);
	cr_assert_eq(jet_sources_find(stages, &sources, NULL), 0);
	cr_assert_eq(jet_plan_open(".", &walk, &plan, NULL), 0);
	jet_tree_set_limit(plan->tree, limit);
	cr_assert_eq(jet_plan_add(plan, df, sources, NULL, NULL), 0);
	jet_plan_finish(plan);
	for (size_t i = 0; i < plan->nroots; i++) {
		const struct jet_plan_root *r = &plan->roots[i];

		jet_buf_printf(out, "%.*s %u %d %d\n", (int)r->path.len, r->path.data, (unsigned)r->need,
		               (int)r->cover, (int)r->type);
	}
	jet_plan_free(plan);
	jet_sources_free(sources);
	jet_stages_free(stages);
	jet_dockerfile_free(df);
	cr_assert_eq(jet_buf_terminate(out), 0);
}

/* What is forgotten is looked up again, and nothing is still pointed to. */
Test(plan, forgetting_changes_nothing)
{
	static const char text[] = "FROM scratch\n"
	                           "COPY */* d/*/f l*/f */d/[/f]* ld/e/* two /x\n"
	                           "COPY --parents **/f d/./*/g d/e/f /y\n"
	                           "COPY --exclude=*/e --exclude=!**/f --exclude=*lo* . /z\n"
	                           "COPY --exclude=e d ld/. /z\n"
	                           "RUN --mount=source=two,target=/t x\n";
	static const char old[] = "FROM scratch\nCOPY */* d/*/f */d/[/f]* /x/\nCOPY d/e l*/f /y/\n";

	scratch_tree("a d/e/f d/e/g d/h/f d/h/g d/i/f d/d/f e/d/f e/f/f e/g ld>d two>ld/h lo>a");
	for (int i = 0; i < 2; i++) {
		const char *used = i ? old : text;
		const enum jet_builder builder = i ? JET_BUILDER_BUILDAH : JET_BUILDER_BUILDKIT;
		struct jet_buf much = { 0 }, little = { 0 };

		put_roots(&much, used, builder, 1 << 20);
		put_roots(&little, used, builder, 1);
		cr_expect(much.len > 100);
		cr_expect_str_eq(little.data, much.data, "%s\nand\n%s", little.data, much.data);
		jet_buf_clear(&much);
		jet_buf_clear(&little);
	}
}

/* BuildKit sorts the paths that it asks its client for; the client goes through a link
 * for one of them only. */
Test(plan, of_sources_through_a_link_the_first_path_counts)
{
	static const struct row rows[] = {
		{ "COPY l/a /\nCOPY l/ /l/",
		  "l:2,3 real/:3 real/a:2,3 real/b:3 real/c.j:3 real/d/:3 real/d/x:3 ", NULL, 0 },
		{ "COPY l/ /l/\nCOPY l/a /",
		  "l:2,3 real/:2 real/a:2,3 real/b:2 real/c.j:2 real/d/:2 real/d/x:2 ", NULL, 0 },
		{ "COPY l/b /\nCOPY l/a /",
		  "not-found 2 /l/b: \"/l/b\": not found: BuildKit's client follows the link l "
		  "for the first of the sources that go through it: name real/b instead", NULL, 0 },
		{ "COPY l/d /d/\nCOPY l/*.j /",
		  "not-found 2 /l/d: \"/l/d\": not found: BuildKit's client follows the link l "
		  "for the first of the sources that go through it: name real/d instead", NULL, 0 },
		{ "COPY l/b l/a /x/",
		  "l:2 real/a:2 real/b:2 ", NULL, JET_BUILDER_CLASSIC },
		{ "COPY l/b l/a /x/",
		  "l:2 real/a:2 real/b:2 ", NULL, JET_BUILDER_BUILDAH },
		/* for buildah a base that is missing is a pattern that matches nothing */
		{ "COPY top nope/* /x/",
		  "top:2 ", NULL, JET_BUILDER_BUILDAH },
		{ "COPY nope/* top /x/",
		  "top:2 ", NULL, JET_BUILDER_CLASSIC },
		{ "COPY nope/* /x/",
		  "not-found 2 /nope/*: \"/nope/*\": not found, did you mean top?", NULL,
		  JET_BUILDER_BUILDAH },
	};

	scratch_tree("real/a real/b real/c.j real/d/x top l>real");
	CHECK(rows);
}
