/* SPDX-License-Identifier: Apache-2.0 */
#include "unit/stages_text.h"

#include <criterion/criterion.h>
#include <stdlib.h>

struct row {
	const char *dockerfile, *want;
	struct stages_case c;
};

static void check(const struct row *rows, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		char *got = stages_text(rows[i].dockerfile, &rows[i].c);

		cr_expect_str_eq(got, rows[i].want, "%s gives %s", rows[i].dockerfile, got);
		free(got);
	}
}

#define CHECK(rows) check(rows, sizeof(rows) / sizeof((rows)[0]))

Test(stage, a_base_is_an_earlier_stage_or_an_image)
{
	static const struct row rows[] = {
		{ "FROM scratch\n", "*<-scratch;", { 0 } },
		{ "FROM a\nFROM b\n", "<-a;*<-b;", { 0 } },
		{ "FROM x AS a\nFROM a\n", "*a<-x;*<-#0;", { 0 } },
		{ "FROM x AS B1._-\nFROM b1._-\n", "*b1._-<-x;*<-#0;", { 0 } },
		/* the word itself is compared as written */
		{ "FROM x AS S.B\nFROM S.B/c\n", "s.b<-x;*<-S.B/c;", { 0 } },
		{ "FROM x AS S\nFROM S\n",
		  "stage 2:6: failed to parse stage name \"S\": invalid reference format: repository name "
		  "must be lowercase", { 0 } },
		{ "FROM x\nFROM 0\n", "<-x;*<-0;", { 0 } },
		{ "FROM a\nFROM x AS a\n", "<-a;*a<-x;", { 0 } },
		{ "FROM a AS a\n", "*a<-a;", { 0 } },
		/* a later one of the same name shadows it for what follows */
		{ "FROM x AS a\nFROM a AS b\nFROM y AS a\nFROM a\n", "a<-x;b<-#0;*a<-y;*<-#2;", { 0 } },
		{ "FROM x AS a\nFROM a AS a\nFROM a\n", "*a<-x;*a<-#0;*<-#1;", { 0 } },
		{ "FROM x AS scratch\nFROM scratch\n", "*scratch<-x;*<-#0;", { 0 } },
	};

	CHECK(rows);
}

Test(stage, words_of_from_are_expanded_in_the_global_scope)
{
	static const struct row rows[] = {
		{ "ARG v=1\nARG i=img:$v\nFROM $i\n", "*<-img:1;", { 0 } },
		{ "ARG v=1\nARG i=img:$v\nFROM $i\n", "*<-img:2;", { .args = "v=2" } },
		{ "ARG v\nFROM x$v\n", "*<-x;", { 0 } },
		{ "ARG v\nFROM x$v\n", "*<-x3;", { .args = "v=3" } },
		{ "FROM x$v\n", "*<-x;", { .args = "v=3" } },
		/* ARG of a stage is not global */
		{ "FROM a\nARG v=1\nFROM b$v\n", "<-a;*<-b;", { 0 } },
		{ "ARG n=a\nFROM x AS a\nFROM ${n}\n", "*a<-x;*<-#0;", { 0 } },
		{ "FROM --platform=$BUILDPLATFORM x\n", "*<-x@linux/amd64;", { 0 } },
		{ "FROM --platform=$TARGETPLATFORM x-$TARGETARCH$TARGETVARIANT\n", "*<-x-armv7@linux/arm/v7;",
		  { .build.platform = "linux/arm" } },
		{ "FROM --platform= x\n", "*<-x;", { 0 } },
		{ "FROM x AS a\nFROM $TARGETSTAGE\n", "a<-x;*<-default;", { 0 } },
		{ "FROM $TARGETSTAGE AS b\n", "*b<-b;", { 0 } },
		{ "FROM x:$TARGETSTAGE AS b\n", "*b<-x:B;", { .build.target = "B" } },
		{ "FROM x:$TARGETSTAGE AS B\n", "*b<-x:b;", { 0 } },
		{ "FROM $v\n", "expand 1:6: base name ($v) should not be blank", { 0 } },
		{ "FROM x\nFROM \"\" AS b\nFROM y\n", "expand 2:6: base name (\"\") should not be blank",
		  { 0 } },
		{ "FROM --platform=$v x\n", "expand 1:6: empty platform value from expression $v", { 0 } },
		{ "FROM --platform=a/b/c/d x\n", "platform 1:6: failed to parse platform a/b/c/d", { 0 } },
		{ "FROM ${v:?no}\n", "expand 1:6: failed to process \"${v:?no}\": v: no", { 0 } },
		{ "ARG a='\nFROM x\n",
		  "expand 1:7: failed to process \"'\": unexpected end of statement while "
		  "looking for matching single-quote", { 0 } },
		{ "FROM x\n", "platform: \"nope\" is no platform: OS/ARCH, as in linux/arm64",
		  { .build.platform = "nope" } },
		/* classic: no platform variables */
		{ "FROM x$TARGETARCH\n", "*<-x;", { .build.builder = JET_BUILDER_CLASSIC_20_10 } },
	};

	CHECK(rows);
}

Test(stage, copies_and_mounts_depend_on_stages)
{
	static const struct row rows[] = {
		{ "FROM x AS a\nFROM y\nCOPY --from=a /f /\n", "*a<-x;*<-y 0;", { 0 } },
		{ "FROM x AS a\nFROM y\nCOPY --from=A /f /\n", "*a<-x;*<-y 0;", { 0 } },
		{ "FROM x\nFROM y\nCOPY --from=0 /f /\n", "*<-x;*<-y 0;", { 0 } },
		{ "FROM x\nFROM y\nCOPY --from=+0 /f /\n", "*<-x;*<-y 0;", { 0 } },
		{ "FROM x\nFROM y\nCOPY --from=img /f /\n", "<-x;*<-y;", { 0 } },
		{ "FROM x AS a\nFROM y\nRUN --mount=from=a,target=/t x\n", "*a<-x;*<-y 0;", { 0 } },
		{ "FROM x AS a\nFROM y\nRUN --mount=type=cache,from=A,target=/t x\n", "*a<-x;*<-y 0;",
		  { 0 } },
		/* a mount takes names only */
		{ "FROM x\nFROM y\nRUN --mount=from=0,target=/t x\n", "<-x;*<-y;", { 0 } },
		{ "FROM x AS a\nFROM y\nADD --chown=a a /\n", "a<-x;*<-y;", { 0 } },
		{ "FROM x AS a\nFROM y AS b\nFROM z AS c\nCOPY --from=b /f /\nFROM a\nCOPY --from=c /f /\n",
		  "*a<-x;*b<-y;*c<-z 1;*<-#0 2;", { 0 } },
		{ "FROM x AS a\nFROM y AS b\nFROM z AS c\n", "a<-x;b<-y;*c<-z;", { 0 } },
		/* the name table of the whole file */
		{ "FROM x AS a\nFROM y AS a\nFROM z\nCOPY --from=a /f /\n", "a<-x;*a<-y;*<-z 1;", { 0 } },
	};

	CHECK(rows);
}

Test(stage, bad_references_fail_wherever_they_are)
{
	static const struct row rows[] = {
		{ "FROM x\nCOPY --from=1 a /\n", "stage: invalid stage index 1 (in line 2)", { 0 } },
		{ "FROM x\nCOPY --from=-1 a /\nFROM y\n", "stage: invalid stage index -1 (in line 2)",
		  { 0 } },
		/* images have indexes, too, behind the stages */
		{ "FROM x\nRUN --mount=type=cache,target=/t y\nCOPY --from=1 a /\n", "*<-x;", { 0 } },
		{ "FROM x\nCOPY --from=1 a /\nRUN --mount=type=cache,target=/t y\n",
		  "stage: invalid stage index 1 (in line 2)", { 0 } },
		{ "FROM x\nCOPY --from=i a /\nCOPY --from=1 b /\n", "*<-x;", { 0 } },
		{ "FROM x\nCOPY --from=i a /\nCOPY --from=2 b /\n",
		  "stage: invalid stage index 2 (in line 3)", { 0 } },
		{ "FROM x AS a\nFROM y\nRUN --mount=from=a,target=/t z\nCOPY --from=2 b /\n",
		  "stage: invalid stage index 2 (in line 4)", { 0 } },
		/* a mount without from is from scratch, even if that is a stage */
		{ "FROM x AS scratch\nFROM y\nRUN --mount=target=/t z\n", "*scratch<-x;*<-y 0;", { 0 } },
		{ "FROM x\nCOPY --from=0 a /\n", "stage 2:1: circular dependency detected on stage: ?",
		  { 0 } },
		{ "FROM x AS a\nCOPY --from=a a /\n", "stage 2:1: circular dependency detected on stage: a",
		  { 0 } },
		{ "FROM x AS a\nCOPY --from=b a /\nFROM y AS b\nCOPY --from=a a /\n",
		  "stage 2:1: circular dependency detected on stage: a", { 0 } },
		/* bases close no circle, and of several lines the last one counts */
		{ "FROM x AS a\nCOPY --from=b a /\nFROM a AS b\n", "*a<-x 1;*b<-#0;", { 0 } },
		{ "FROM x AS a\nCOPY --from=b a /\nFROM a AS b\nFROM y\n", "a<-x 1;b<-#0;*<-y;", { 0 } },
		{ "FROM x AS a\nCOPY --from=b a /\nRUN --mount=from=b,target=/t y\nFROM y AS b\n"
		  "COPY --from=a a /\n", "stage 3:1: circular dependency detected on stage: a", { 0 } },
		/* a cycle that the target does not need */
		{ "FROM x AS a\nCOPY --from=a a /\nFROM y\n",
		  "stage 2:1: circular dependency detected on stage: a", { 0 } },
		{ "FROM x AS a\nFROM y\nCOPY --from=$v a /\n",
		  "expand: variable expansion is not supported for --from, define a new stage with FROM "
		  "using ARG from global scope as a workaround (in line 3)", { 0 } },
		/* none of these has a line */
		{ "FROM x AS a\nCOPY --from=${X:?no} a /\n",
		  "expand: failed to process \"${X:?no}\": X: no (in line 2)", { 0 } },
		{ "FROM x AS a\nCOPY --from=${} a /\n",
		  "expand: failed to process \"${}\": syntax error: bad substitution (in line 2)", { 0 } },
		{ "FROM x AS a\nCOPY --from=\\' a /\n",
		  "expand: failed to process \"'\": unexpected end of statement while looking for matching "
		  "single-quote (in line 2)", { 0 } },
		/* that of a trigger is the line of FROM */
		{ "FROM x AS a\nONBUILD COPY --from=$v a /\nFROM a\n",
		  "expand 3:1: variable expansion is not supported for --from, define a new stage with FROM "
		  "using ARG from global scope as a workaround (in line 2)", { 0 } },
		{ "FROM x AS a\nONBUILD COPY --from=7 a /\nFROM a\n",
		  "stage 3:1: invalid stage index 7 (in line 2)", { 0 } },
		{ "FROM x AS a\nONBUILD COPY --from=B a /\nFROM a\n",
		  "stage 3:1: failed to parse stage name \"B\": invalid reference format: repository name "
		  "must be lowercase (in line 2)", { 0 } },
	};

	CHECK(rows);
}

Test(stage, the_target_decides_what_is_reachable)
{
	static const char three[] = "FROM x AS one\nFROM y AS two\nCOPY --from=one a /\nFROM z AS three\n";
	const struct row rows[] = {
		{ three, "one<-x;two<-y 0;*three<-z;", { 0 } },
		{ three, "*one<-x;*two<-y 0;three<-z;", { .build.target = "two" } },
		{ three, "*one<-x;*two<-y 0;three<-z;", { .build.target = "TWO" } },
		{ three, "one<-x;two<-y 0;*three<-z;", { .build.target = "" } },
		{ three, "*one<-x;*two<-y 0;*three<-z;", { .build.all_stages = true } },
		{ three, "stage: target stage \"tow\" could not be found (did you mean two?)",
		  { .build.target = "tow" } },
		{ three, "stage: target stage \"1\" could not be found", { .build.target = "1" } },
		/* classic builds whatever comes before */
		{ three, "*one<-x;*two<-y 0;*three<-z;", { .build.builder = JET_BUILDER_CLASSIC } },
		{ three, "*one<-x;*two<-y 0;three<-z;",
		  { .build = { .builder = JET_BUILDER_CLASSIC_20_10, .target = "two" } } },
		{ three, "one<-x;two<-y 0;*three<-z;", { .build.builder = JET_BUILDER_BUILDAH } },
	};

	CHECK(rows);
}

Test(stage, a_named_context_takes_the_place_of_a_stage)
{
	static const struct row rows[] = {
		{ "FROM x AS a\nCOPY --from=b f /\nFROM y AS b\nFROM a\nCOPY --from=b f /\n",
		  "*a<-(a) 1;*b<-y;*<-#0 1;", { .contexts = "a=dir" } },
		/* what it would do is looked at all the same */
		{ "FROM x AS a\nCOPY --from=9 f /\nFROM a\n", "stage: invalid stage index 9 (in line 2)",
		  { .contexts = "a=dir" } },
		{ "FROM x AS a\nONBUILD COPY f /\nFROM a\n", "*a<-(a);*<-#0 +1;", { .contexts = "a=dir" } },
		{ "FROM x\nCOPY --from=scratch f /\n", "*<-x;", { .contexts = "scratch=dir" } },
		{ "FROM x AS a\nFROM y\nCOPY --from=a f /\n", "*a<-(A);*<-y 0;", { .contexts = "A=dir" } },
		{ "FROM x AS a\nFROM y\nCOPY --from=c f /\n", "a<-x;*<-y;", { .contexts = "c=dir" } },
	};

	CHECK(rows);
}

Test(stage, triggers_run_in_children_only)
{
	static const struct row rows[] = {
		{ "FROM x AS a\nONBUILD RUN y\n", "*a<-x;", { 0 } },
		{ "FROM x AS a\nONBUILD RUN y\nONBUILD COPY f /\nFROM a\n", "*a<-x;*<-#0 +2;", { 0 } },
		{ "FROM x AS a\nONBUILD RUN y\nFROM a AS b\nFROM b\n", "*a<-x;*b<-#0 +1;*<-#1;", { 0 } },
		/* not looked at where nothing needs them */
		{ "FROM x AS a\nONBUILD RUN --nope y\nFROM a AS b\nFROM z\n", "a<-x;b<-#0;*<-z;", { 0 } },
		{ "FROM x AS a\nONBUILD RUN --nope y\nFROM a AS b\n",
		  "parse 3:1: unknown flag: --nope (in line 2)", { 0 } },
		{ "FROM x AS a\nONBUILD COPY f\nFROM a AS b\n",
		  "parse 3:1: COPY requires at least two arguments, but only one was provided. Destination "
		  "could "
		  "not be determined (in line 2)", { 0 } },
		/* they bring dependencies */
		{ "FROM x AS d\nFROM x AS a\nONBUILD COPY --from=d f /\nFROM a\n",
		  "*d<-x;*a<-x;*<-#1 0 +1;", { 0 } },
		{ "FROM x AS e\nONBUILD COPY f /\nFROM e AS d\nFROM x AS a\nONBUILD COPY --from=d f "
		  "/\nFROM a\n",
		  "*e<-x;*d<-#0 +1;*a<-x;*<-#2 1 +1;", { 0 } },
		{ "FROM x AS a\nONBUILD RUN <<E\nb\nE\nFROM a\n", "*a<-x;*<-#0 +1;", { 0 } },
		{ "FROM x AS a\nONBUILD COPY <<E <<F /\nb\nE\nc\nF\nONBUILD RUN z\nFROM a\n",
		  "*a<-x;*<-#0 +2;", { 0 } },
		{ "FROM x AS a\nONBUILD RUN <<-E\n\tb\n\tE\nFROM a\n", "*a<-x;*<-#0 +1;", { 0 } },
		{ "# escape=`\nFROM x AS a\nONBUILD COPY f `\n g /\nFROM a\n", "*a<-x;*<-#0 +1;", { 0 } },
		{ "FROM x AS a\nONBUILD RUN y\nFROM a\n", "*a<-x;*<-#0;",
		  { .build.builder = JET_BUILDER_BUILDAH } },
	};

	CHECK(rows);
}

/* Checked with docker 20.10's classic builder and its BuildKit, and buildah 1.28. */
Test(stage, builders_stumble_over_what_they_build)
{
	static const char bad[] = "stage 3:6: failed to parse stage name \"B:::\": invalid reference "
	                          "format: repository name must be lowercase";
	static const struct jet_build_options
		classic = { .builder = JET_BUILDER_CLASSIC_20_10, .target = "x" },
		buildah = { .builder = JET_BUILDER_BUILDAH, .target = "x" };
	static const char blank[] = "FROM scratch AS x\nCOPY a /\nFROM $v\n";
	static const char image[] = "FROM scratch AS x\nCOPY a /\nFROM B:::\n";
	static const char copied[] = "FROM scratch AS x\nFROM scratch\nCOPY --from=B::: a /\n";
	static const char mounted[] = "FROM scratch AS x\nFROM scratch\nRUN --mount=from=B:::,target=/t y\n";
	static const char named[] = "FROM scratch AS x\nFROM scratch\nCOPY --from=9 a /\n";
	static const char flag[] = "FROM scratch AS x\nFROM scratch\nCOPY --nope a /\n";
	static const char link[] = "FROM scratch AS x\nFROM scratch\nCOPY --link a /\n";
	static const char two[] = "FROM scratch AS x\nFROM scratch AS y\nFROM scratch AS Y\n";
	const struct row rows[] = {
		{ blank, "expand 3:6: base name ($v) should not be blank", { .build.target = "x" } },
		{ blank, "*x<-scratch;<-;", { .build = classic } },
		{ blank, "*x<-scratch;<-;", { .build = buildah } },
		{ blank, "expand 3:6: base name ($v) should not be blank",
		  { .build.builder = JET_BUILDER_CLASSIC } },
		{ blank, "expand 3:6: base name ($v) should not be blank",
		  { .build.builder = JET_BUILDER_BUILDAH } },
		{ image, bad, { .build.target = "x" } },
		{ image, "*x<-scratch;<-B:::;", { .build = classic } },
		{ image, "*x<-scratch;<-B:::;", { .build = buildah } },
		{ image, bad, { .build.builder = JET_BUILDER_BUILDAH } },
		{ copied, bad, { .build.target = "x" } },
		{ copied, "*x<-scratch;<-scratch;", { .build = classic } },
		{ copied, bad, { .build.builder = JET_BUILDER_CLASSIC } },
		{ mounted, "stage: failed to parse stage name \"B:::\": invalid reference format: "
		  "repository name must be lowercase (in line 3)", { .build.target = "x" } },
		{ named, "stage: invalid stage index 9 (in line 3)", { .build.target = "x" } },
		{ named, "*x<-scratch;<-scratch;", { .build = classic } },
		{ named, "stage: invalid stage index 9 (in line 3)",
		  { .build.builder = JET_BUILDER_CLASSIC } },
		/* flags: classic looks at all of them, buildah never at those */
		{ flag, "parse 3:6: unknown flag: --nope", { .build.target = "x" } },
		{ flag, "parse 3:6: unknown flag: --nope", { .build = classic } },
		{ flag, "*x<-scratch;<-scratch;", { .build = buildah } },
		{ link, "*x<-scratch;<-scratch;", { .build.target = "x" } },
		{ link, "parse 3:6: the classic builder does not know --link: build with BuildKit",
		  { .build = classic } },
		{ link, "*x<-scratch;<-scratch;", { .build = buildah } },
		/* one name twice */
		{ two, "x<-scratch;y<-scratch;*y<-scratch;", { 0 } },
		{ two, "*x<-scratch;y<-scratch;y<-scratch;", { .build = classic } },
		{ two, "*x<-scratch;*y<-scratch;y<-scratch;",
		  { .build = { .builder = JET_BUILDER_CLASSIC, .target = "Y" } } },
		{ two, "stage 3:17: duplicate name y", { .build.builder = JET_BUILDER_CLASSIC } },
		{ two, "x<-scratch;y<-scratch;*Y<-scratch;", { .build.builder = JET_BUILDER_BUILDAH } },
		/* classic: --from names what comes before, else an image */
		{ "FROM scratch AS a\nCOPY --from=a x /\n", "*a<-scratch;",
		  { .build.builder = JET_BUILDER_CLASSIC } },
		{ "FROM scratch AS a\nCOPY --from=0 x /\n", "stage: invalid stage index 0 (in line 2)",
		  { .build.builder = JET_BUILDER_CLASSIC } },
		/* buildah: a base is a stage only without the defaults of ARG; and it knows other images */
		{ "ARG E=x\nFROM scratch AS b-x\nFROM b-${E}\n", "*b-x<-scratch;*<-#0;", { 0 } },
		{ "ARG E=x\nFROM scratch AS b-x\nFROM b-${E}\n", "b-x<-scratch;*<-b-x;",
		  { .build.builder = JET_BUILDER_BUILDAH } },
		{ "ARG E=x\nFROM scratch AS b-x\nFROM b-${E}\n", "*b-x<-scratch;*<-#0;",
		  { .build.builder = JET_BUILDER_BUILDAH, .args = "E=x" } },
		{ "FROM scratch AS b\nFROM ${E:-b}\n", "*b<-scratch;*<-#0;",
		  { .build.builder = JET_BUILDER_BUILDAH } },
		{ "ARG E=x\nFROM scratch AS b\nFROM ${E:-b}\n", "b<-scratch;*<-x;",
		  { .build.builder = JET_BUILDER_BUILDAH } },
		{ "FROM scratch AS b\nFROM \"b\"\n", "*b<-scratch;*<-#0;",
		  { .build.builder = JET_BUILDER_BUILDAH } },
		{ "FROM scratch AS b\nFROM b\n", "*b<-scratch;*<-#0;",
		  { .build.builder = JET_BUILDER_BUILDAH } },
		{ "FROM oci:some/DIR\n", "*<-oci:some/DIR;", { .build.builder = JET_BUILDER_BUILDAH } },
		{ "FROM a b\nFROM scratch\n", "<-;*<-scratch;", { .build.builder = JET_BUILDER_BUILDAH } },
		{ "FROM a b\n", "parse 1:1: FROM requires either one or three arguments",
		  { .build.builder = JET_BUILDER_BUILDAH } },
		{ "FROM scratch AS 1x\n", "*1x<-scratch;", { .build.builder = JET_BUILDER_BUILDAH } },
	};

	CHECK(rows);
}

Test(stage, a_named_context_takes_the_place_of_an_image)
{
	static const struct row rows[] = {
		{ "FROM img\n", "*<-img=dir;", { .contexts = "img=dir" } },
		{ "FROM img:latest\n", "*<-img:latest=dir;", { .contexts = "img=dir" } },
		{ "FROM docker.io/library/img\n",
		  "*<-docker.io/library/img=dir;", { .contexts = "img=dir" } },
		{ "FROM img:1\n", "*<-img:1;", { .contexts = "img=dir" } },
		{ "FROM scratch\n", "*<-scratch;", { .contexts = "scratch=dir" } },
		{ "FROM x AS img\nFROM img\n", "*img<-(img);*<-#0;", { .contexts = "img=dir" } },
	};

	CHECK(rows);
}
