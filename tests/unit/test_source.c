/* SPDX-License-Identifier: Apache-2.0 */
#include "unit/stages_text.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct row {
	const char *dockerfile, *want;
	struct stages_case c;
};

static void check(const struct row *rows, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		char *got = sources_text(rows[i].dockerfile, &rows[i].c);

		cr_expect_str_eq(got, rows[i].want, "%s gives %s", rows[i].dockerfile, got);
		free(got);
	}
}

#define CHECK(rows) check(rows, sizeof(rows) / sizeof((rows)[0]))
#define S "FROM scratch\n"

Test(source, words_become_clean_paths)
{
	static const struct row rows[] = {
		{ S "COPY a b/ /x/\n", "/a@2;/b@2;", { 0 } },
		{ S "COPY ../a b/../c ./d //e/. / . /x/\n", "/a@2;/c@2;/d@2;/e@2;/@2;/@2;", { 0 } },
		{ S "COPY [\"a b\", \"/x/\"]\n", "/a b@2;", { 0 } },
		/* an empty word is everything */
		{ S "COPY $none /x\n", "/@2;", { 0 } },
		{ S "COPY docs/$none /x\n", "/docs@2;", { 0 } },
		/* nothing is split after expansion */
		{ S "ENV v=\"a b\"\nCOPY $v /x\n", "/a b@3;", { 0 } },
		{ S "COPY ${none:-a b} /x\n",
		  "expand 2:6: failed to process \"${none:-a\": syntax error: missing '}'", { 0 } },
		{ S "COPY [\"${none:-a b}\", \"/x\"]\n", "/a b@2;", { 0 } },
		{ S "COPY a ${none:?no}\n", "expand 2:8: failed to process \"${none:?no}\": none: no",
		  { 0 } },
		/* here-documents are no sources, also in JSON form */
		{ S "COPY <<E a /x/\nb\nE\n", "/a@2;", { 0 } },
		{ S "COPY [\"<<E\", \"a\", \"/x/\"]\n", "/a@2;", { 0 } },
		{ S "COPY <<E /x/\n${none:?no}\nE\n",
		  "expand 2:6: failed to process \"${none:?no}\n\": none: no", { 0 } },
		{ S "COPY <<'E' /x/\n${none:?no}\nE\n", "", { 0 } },
		{ S "COPY --exclude=a* --exclude=!b $none /x\n", "/ -a* -!b@2;", { 0 } },
		{ S "COPY --exclude=$none a /x\n", "/a -$none@2;", { 0 } },
		{ S "COPY --parents a/./b /x\n", "^/a/b@2;", { 0 } },
		{ S "COPY --parents=false a /x\n", "/a@2;", { 0 } },
		{ S "COPY --parents=TRUE a /x\n", "^/a@2;", { 0 } },
		{ S "RUN x\n", "", { 0 } },
		/* a name ends where letters do; in a flag each byte is one of Latin-1 */
		{ S "ENV v=a\nCOPY $v\xE2\x80\x9D /x\n", "/a\xE2\x80\x9D@3;", { 0 } },
		{ S "ENV v=a v\xC3\xA9=b\nCOPY $v\xC3\xA9 /x\n", "/b@3;", { 0 } },
		{ S "ENV v=a\nCOPY $v\xFF /x\n", "/a\xFF@3;", { 0 } },
		{ S "RUN --mount=target=/t,source=$v\xC3\xA9 x\n", "b/\xC2\xA9@2;", { 0 } },
	};

	CHECK(rows);
}

Test(source, scopes_of_arg_and_env)
{
	static const struct row rows[] = {
		{ S "ENV a=1\nENV a=2 b=$a\nCOPY $a$b /x\n", "/21@4;", { 0 } },
		{ S "ARG a=1 b=$a\nCOPY $a$b /x\n", "/11@3;", { 0 } },
		{ S "ARG a=1\nCOPY $a /x\n", "/2@3;", { .args = "a=2" } },
		{ S "COPY x$a /x\n", "/x@2;", { .args = "a=2" } },
		{ "ARG a=1\n" S "COPY x$a /x\n", "/x@3;", { 0 } },
		{ "ARG a=1\n" S "ARG a\nCOPY x$a /x\n", "/x1@4;", { 0 } },
		{ "ARG a=1\n" S "ARG a=2\nCOPY x$a /x\n", "/x2@4;", { 0 } },
		{ "ARG a=1\n" S "ARG a\nCOPY x$a /x\n", "/x3@4;", { .args = "a=3" } },
		/* the latest wins, whichever it is */
		{ S "ENV a=1\nARG a=2\nCOPY $a /x\n", "/2@4;", { 0 } },
		{ S "ARG a=2\nENV a=1\nCOPY $a /x\n", "/1@4;", { 0 } },
		{ S "ENV a=1\nARG a\nCOPY $a /x\n", "/1@4;", { 0 } },
		{ S "ENV a=1\nARG a=2\nCOPY $a /x\n", "/1@4;",
		  { .build.builder = JET_BUILDER_CLASSIC_20_10 } },
		{ S "ARG a\nCOPY x${a-unset} /x\n", "/xunset@3;", { 0 } },
		{ S "ENV k old form\nCOPY [\"$k\",\"/x\"]\n", "/old form@3;", { 0 } },
		{ S "ENV $none=1 a$none=2\nCOPY $a /x\n", "/2@3;", { 0 } },
		{ S "LABEL a=$\nCOPY $a /x\n", "/@3;", { 0 } },
		{ S "COPY ${PATH%%:*} /x\n", "/usr/local/sbin@2;", { 0 } },
		{ S "ENV a='\nCOPY b /x\n",
		  "expand 2:7: failed to process \"'\": unexpected end of statement while looking for "
		  "matching "
		  "single-quote", { 0 } },
		{ S "ARG a='\nCOPY b /x\n",
		  "expand 2:7: failed to process \"'\": unexpected end of statement while looking for "
		  "matching "
		  "single-quote", { 0 } },
		/* other instructions are expanded, too */
		{ S "USER ${a:?u}\n", "expand 2:6: failed to process \"${a:?u}\": a: u", { 0 } },
		{ S "RUN ${a:?u}\n", "", { 0 } },
		{ S "CMD ${a:?u}\n", "", { 0 } },
		{ S "EXPOSE ${a:?u}\n", "expand 2:8: failed to process \"${a:?u}\": a: u", { 0 } },
		{ S "VOLUME [\"${a:?u}\"]\n", "expand 2:9: failed to process \"${a:?u}\": a: u", { 0 } },
		{ "# escape=`\n" S "ENV a=`$b\nCOPY $a\\c /x\n", "/$b\\c@4;", { 0 } },
	};

	CHECK(rows);
}

Test(source, a_stage_goes_on_where_its_base_ended)
{
	static const struct row rows[] = {
		{ "FROM scratch AS s\nENV a=1\nARG b=2\nFROM s\nCOPY $a$b /x\n", "/12@5;", { 0 } },
		{ "FROM scratch AS s\nENV a=1\nARG b=2\nFROM s\nCOPY $a$b /x\n", "/1@5;",
		  { .build.builder = JET_BUILDER_BUILDAH } },
		{ "FROM scratch AS s\nENV a=1\nFROM s AS t\nENV a=2\nFROM s\nCOPY $a /x\n", "/1@6;", { 0 } },
		{ "FROM scratch AS s\nENV a=1\nFROM scratch\nCOPY x$a /x\n", "/x@4;", { 0 } },
		/* stages that are not needed are not expanded */
		{ "FROM scratch AS s\nCOPY ${a:?no} /x\nFROM scratch\nCOPY b /x\n", "/b@4;", { 0 } },
		{ "FROM scratch AS s\nCOPY ${a:?no} /x\nFROM scratch\nCOPY b /x\n",
		  "expand 2:6: failed to process \"${a:?no}\": a: no", { .build.all_stages = true } },
		/* triggers run first, with the base's environment, and tell the FROM line */
		{ "FROM scratch AS s\nENV a=1\nONBUILD COPY $a /x\nENV a=2\nFROM s\nENV a=3\nCOPY b /x\n",
		  "/2@5;/b@7;", { 0 } },
		{ "FROM scratch AS s\nONBUILD ENV a=1\nFROM s\nCOPY $a /x\n", "/1@4;", { 0 } },
		{ "FROM scratch AS s\nONBUILD COPY <<E ${a:?no} /x/\nE\nFROM s\n",
		  "expand 4:1: failed to process \"${a:?no}\": a: no (in line 2)", { 0 } },
		{ "FROM scratch AS s\nONBUILD COPY <<E a /x/\n$b\nE\nFROM s\n", "/a@5;", { 0 } },
		/* a circle that a trigger closes */
		{ "FROM x AS a\nONBUILD COPY --from=c f /\nFROM a AS b\nFROM b AS c\n",
		  "stage 3:1: cannot copy from stage \"c\", it needs to be defined before current stage "
		  "\"b\" (in line 2)", { 0 } },
	};

	CHECK(rows);
}

Test(source, platform_variables_need_arg)
{
	static const struct row rows[] = {
		{ S "COPY x$TARGETARCH /x\n", "/x@2;", { 0 } },
		{ S "ARG TARGETARCH\nARG TARGETOS\nCOPY x$TARGETOS$TARGETARCH /x\n", "/xlinuxamd64@4;",
		  { 0 } },
		{ S "ARG TARGETPLATFORM BUILDPLATFORM TARGETVARIANT\nCOPY "
		  "$TARGETPLATFORM-$BUILDPLATFORM-$TARGETVARIANT /x\n",
		  "/linux/arm/v7-linux/amd64-v7@3;", { .build.platform = "linux/armhf" } },
		{ S "ARG TARGETARCH\nCOPY $TARGETARCH /x\n", "/mine@3;", { .args = "TARGETARCH=mine" } },
		{ S "ARG TARGETSTAGE\nCOPY $TARGETSTAGE /x\n", "/default@3;", { 0 } },
		{ S "ARG TARGETARCH\nCOPY x$TARGETARCH /x\n", "/x@3;",
		  { .build.builder = JET_BUILDER_CLASSIC } },
	};

	CHECK(rows);
}

Test(source, words_of_add_may_be_remote)
{
	static const struct row rows[] = {
		{ S "ADD a http://h/f https://h/f.git git@h:p git://h ssh://h github.com/o/r x.git /x/\n",
		  "+/a@2;+/github.com/o/r@2;+/x.git@2;", { 0 } },
		{ S "COPY http://h/f /x/\n", "option 2:6: source can't be a URL for COPY", { 0 } },
		{ S "COPY https://h/f.git /x/\n", "option 2:6: source can't be a git ref for COPY", { 0 } },
		{ S "ENV u=http://h/f\nCOPY $u /x/\n", "option 3:6: source can't be a URL for COPY", { 0 } },
		{ S "ADD --checksum=sha256:0 https://h/f.git /x\n", "", { 0 } },
		{ S "ADD --checksum=sha256:0 a /x\n",
		  "option 2:5: checksum requires HTTP(S) or Git sources", { 0 } },
		{ S "ADD --checksum=$none a /x\n", "+/a@2;", { 0 } },
		{ S "ADD --checksum=x http://h/f http://h/g /x/\n",
		  "option 2:5: checksum can't be specified for multiple sources", { 0 } },
		{ S "ADD --unpack=false --keep-git-dir a /x\n", "+/a@2;", { 0 } },
		/* only in reachable stages */
		{ S "COPY http://h/f /x/\nFROM scratch\n", "", { 0 } },
	};

	CHECK(rows);
}

Test(source, chmod_is_octal_or_symbolic)
{
	static const char bad[] = "option 2:6: invalid chmod parameter: '%s': it should be an octal "
	                          "string between 0 and 07777";
	static const struct {
		const char *mode;
		bool good;
	} rows[] = {
		{ "0", true }, { "644", true }, { "07777", true }, { "0000007777", true },
		{ "u+rwX,go=", true },
		{ "a-w", true }, { "$none", true }, { "17777", false }, { "10000", false }, { "8", false },
		{ "0x1", false }, { "rwx", false }, { "-", true }, { "u+q", false },
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		char text[80], want[160], *got;

		snprintf(text, sizeof(text), S "COPY --chmod=%s a /x\n", rows[i].mode);
		snprintf(want, sizeof(want), bad, rows[i].mode);
		got = sources_text(text, &(struct stages_case){ 0 });
		cr_expect_str_eq(got, rows[i].good ? "/a@2;" : want, "%s gives %s", rows[i].mode, got);
		free(got);
	}
}

Test(source, from_is_another_tree)
{
	static const struct row rows[] = {
		{ "FROM x AS s\n" S "COPY --from=s a /x\nCOPY b /x\n", "/b@4;", { 0 } },
		{ S "COPY --from=img a /x\n", "", { 0 } },
		{ S "COPY --from=c a /x\n", "(c)/a@2;", { .contexts = "c=dir" } },
		{ S "COPY --from=C a /x\n", "(c)/a@2;", { .contexts = "c=dir" } },
		{ S "COPY --from=c a /x\n", "(c)/a@2;", { .contexts = "c=one c=two" } },
		{ S "RUN --mount=from=c,source=a,target=/t x\n", "b(c)/a@2;", { .contexts = "c=dir" } },
		{ "FROM x AS s\nCOPY a /x\n" S "COPY --from=s b /x\n", "(s)/b@4;", { .contexts = "s=dir" } },
		{ S "COPY --from= a /x\n", "/a@2;", { 0 } },
		{ "FROM x AS a\nRUN --mount=from=b,target=/t x\nFROM y AS b\nFROM a\n",
		  "stage 2:5: cannot copy from stage \"b\", it needs to be defined before current stage "
		  "\"a\"", { 0 } },
		{ S "COPY --from=s http://h/f /x\n", "", { 0 } },
		{ S "COPY --from=i a /x\nCOPY --from=1 b /x\n", "", { 0 } },
		/* a circle through a base, where it is built */
		{ "FROM x AS a\nCOPY --from=b a /\nFROM a AS b\n",
		  "stage 2:6: cannot copy from stage \"b\", it needs to be defined before current stage "
		  "\"a\"", { 0 } },
		/* a trigger may copy from its own stage */
		{ "FROM x AS a\nONBUILD COPY --from=b c /\nFROM a AS b\nCOPY d /\n", "/d@4;", { 0 } },
		{ "FROM x AS a\nCOPY c /\nFROM a\n", "/c@2;", { 0 } },
		{ "FROM x AS a\nCOPY c /\nFROM a\n", "", { .contexts = "a=dir" } },
	};

	CHECK(rows);
}

Test(source, bind_mounts_read_and_tmpfs_asks_for_all)
{
	static const struct row rows[] = {
		{ S "RUN --mount=source=a,target=/t x\n", "b/a@2;", { 0 } },
		{ S "RUN --mount=target=/t x\n", "b/@2;", { 0 } },
		{ S "RUN --mount=type=bind,src=a/../b,dst=t,ro x\n", "b/b@2;", { 0 } },
		{ S "ENV v=a\nRUN --mount=source=$v,target=/t x\n", "b/a@3;", { 0 } },
		{ S "RUN --mount=from=,source=a,target=/t x\n", "b/a@2;", { 0 } },
		{ S "RUN --mount=type=cache,source=a,target=/t x\n", "", { 0 } },
		{ S "RUN --mount=type=secret,id=a x\n", "", { 0 } },
		{ S "RUN --mount=type=tmpfs,target=/t x\n", "ask /;", { 0 } },
		{ S "RUN --mount=source=a,target=/t --mount=source=b,target=/u x\n", "b/a@2;b/b@2;", { 0 } },
		{ S "RUN --mount=foo=a,target=/t x\n",
		  "option 2:5: unexpected key 'foo' in 'foo=a' (did you mean from?)", { 0 } },
		{ S "RUN --mount=source=${a:?no},target=/t x\n",
		  "expand 2:5: failed to process \"${a:?no}\": a: no", { 0 } },
		{ S "RUN --mount=source=a,target=/t x\n",
		  "option 2:5: the classic builder does not know --mount: build with BuildKit",
		  { .build.builder = JET_BUILDER_CLASSIC } },
		{ S "RUN --mount=source=a,target=/t x\n", "b/a@2;",
		  { .build.builder = JET_BUILDER_BUILDAH } },
	};

	CHECK(rows);
}

Test(source, a_mount_lies_below_the_working_directory)
{
	static const char bad[] = "option %u:5: invalid mount target \"/\"";
	static const struct {
		const char *before, *target;
		unsigned line; /* 0: it is good */
	} rows[] = {
		{ S, "target=/t", 0 }, { S, "target=/", 2 }, { S, "target=.", 2 }, { S, "source=a", 2 },
		{ S, "target=/t/..", 0 }, { S, "target=..", 2 }, { S "WORKDIR /w\n", "source=a", 0 },
		{ S "WORKDIR /w\n", "target=..", 3 }, { S "WORKDIR w\nWORKDIR v\n", "target=..", 0 },
		{ S "WORKDIR w\nWORKDIR v\n", "target=../..", 4 },
		{ S "WORKDIR /w\nWORKDIR /\n", "source=a", 4 },
		{ S "ENV d=/w\nWORKDIR $d\n", "source=a", 0 }, { S "WORKDIR $d/w\n", "target=..", 3 },
		{ "FROM scratch AS s\nWORKDIR /w\nFROM s\n", "source=a", 0 },
		{ "FROM img\nWORKDIR w\n", "target=/t", 0 },
		/* an image may have any; only of bare systems it is known */
		{ "FROM img\n", "target=.", 0 }, { "FROM img\n", "source=a", 0 },
		{ "FROM img\n", "target=/", 2 }, { "FROM img\nWORKDIR w\n", "target=.", 0 },
		{ "FROM img\nWORKDIR w/\n", "target=..", 0 }, { "FROM img\nWORKDIR $d\n", "target=.", 0 },
		{ "FROM img\nWORKDIR /\n", "target=.", 3 }, { "FROM img\nWORKDIR /w\n", "target=..", 3 },
		{ "FROM img\nWORKDIR /w\nWORKDIR $d\n", "target=..", 0 },
		{ "FROM img\nWORKDIR /$d\n", "target=.", 0 },
		{ "FROM img\nWORKDIR $d\nWORKDIR /\n", "target=.", 4 },
		{ "FROM img AS s\nFROM s\n", "target=.", 0 },
		{ "FROM o/busybox\n", "target=.", 0 }, { "FROM busybox:1\n", "target=.", 2 },
		{ "FROM docker.io/library/debian\n", "target=.", 2 },
		{ "FROM alpine AS s\nWORKDIR w\nFROM s\n", "target=.", 0 },
		{ "FROM alpine AS s\nWORKDIR w\nFROM s\n", "target=..", 4 },
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		char text[160], want[80], *got;

		snprintf(text, sizeof(text), "%sRUN --mount=type=cache,%s x\n", rows[i].before,
			 rows[i].target);
		snprintf(want, sizeof(want), bad, rows[i].line);
		got = sources_text(text, &(struct stages_case){ 0 });
		cr_expect_str_eq(got, rows[i].line ? want : "", "%s gives %s", text, got);
		free(got);
	}
}

/* Ports, signals and the like that BuildKit refuses. */
Test(source, values_mean_something)
{
	static const char digest[] = "sha256:"
	                             "0123456789012345678901234567890123456789012345678901234567890123";
	static const char *const good[] = {
		"EXPOSE 80 8000-8010/udp 53/UDP 1/sctp 0 65535 +80 8080:80 1.2.3.4:8080:80 [::1]:80:80 80/",
		"EXPOSE 1-1 80-90:443 80-90:1080-1090 $none", "EXPOSE ${none:-80}/tcp", "EXPOSE \"80\"",
		"ENV p=\"80 81\"\nEXPOSE $p", "STOPSIGNAL SIGTERM", "STOPSIGNAL term", "STOPSIGNAL 9",
		"STOPSIGNAL SigRtMin+15", "STOPSIGNAL RTMAX-14", "STOPSIGNAL \"KILL\"", "STOPSIGNAL -1",
		"VOLUME /a", "RUN --mount=type=tmpfs,target=/t,size=64m x",
		"RUN --mount=type=tmpfs,target=/t,size=1.5GiB x",
		"RUN --mount=type=tmpfs,target=/t,size=10 x",
		"RUN --mount=\"type=tmpfs,target=/t,size=64 MB\" x",
	};
	static const struct {
		const char *line, *want;
	} bad[] = {
		{ "EXPOSE abc", "2:8: EXPOSE wants ports, as in 80 or 8000-8010/udp, not \"abc\"" },
		{ "EXPOSE 1 65536", "2:10: EXPOSE wants ports, as in 80 or 8000-8010/udp, not \"65536\"" },
		{ "EXPOSE 80/foo", "2:8: EXPOSE wants ports, as in 80 or 8000-8010/udp, not \"80/foo\"" },
		{ "EXPOSE 9-8", "2:8: EXPOSE wants ports, as in 80 or 8000-8010/udp, not \"9-8\"" },
		{ "EXPOSE 9-", "2:8: EXPOSE wants ports, as in 80 or 8000-8010/udp, not \"9-\"" },
		{ "EXPOSE -9", "2:8: EXPOSE wants ports, as in 80 or 8000-8010/udp, not \"-9\"" },
		{ "EXPOSE /tcp", "2:8: EXPOSE wants ports, as in 80 or 8000-8010/udp, not \"/tcp\"" },
		{ "EXPOSE 80,81", "2:8: EXPOSE wants ports, as in 80 or 8000-8010/udp, not \"80,81\"" },
		{ "EXPOSE 1-3:5-6", "2:8: EXPOSE wants ports, as in 80 or 8000-8010/udp, not \"1-3:5-6\"" },
		{ "STOPSIGNAL FOO", "2:12: invalid signal: FOO" },
		{ "STOPSIGNAL 0", "2:12: invalid signal: 0" },
		{ "STOPSIGNAL $none", "2:12: invalid signal: " },
		{ "STOPSIGNAL RTMIN+16", "2:12: invalid signal: RTMIN+16" },
		{ "STOPSIGNAL RTMAX-15", "2:12: invalid signal: RTMAX-15" },
		{ "VOLUME /a $none", "2:11: VOLUME specified can not be an empty string" },
		{ "RUN --mount=type=tmpfs,target=/t,size=x y", "2:5: invalid value for size: x" },
		{ "RUN --mount=type=tmpfs,target=/t,size=1mm y", "2:5: invalid value for size: 1mm" },
		{ "RUN --mount=type=tmpfs,target=/t,size=1bb y", "2:5: invalid value for size: 1bb" },
		{ "RUN --mount=type=tmpfs,target=/t,size=1x y", "2:5: invalid value for size: 1x" },
		{ "RUN --mount=type=tmpfs,target=/t,size= y", "2:5: invalid value for size: " },
		{ "RUN --mount=type=tmpfs,target=/t,size=. y", "2:5: invalid value for size: ." },
		{ "ADD --checksum=foo http://h/f /", "2:5: invalid reference format: write sha256:HEX" },
		{ "ADD --checksum=sha256:0123 http://h/f /",
		  "2:5: invalid reference format: write sha256:HEX" },
		{ "ADD --checksum=$none http://h/f /", NULL },
		{ "ADD --checksum=foo https://h/f.git /", NULL },
	};
	char text[300], want[200], *got;

	for (size_t i = 0; i < sizeof(good) / sizeof(good[0]); i++) {
		snprintf(text, sizeof(text), S "%s\n", good[i]);
		got = sources_text(text, &(struct stages_case){ 0 });
		cr_expect(!got[0] || strcmp(got, "ask /;") == 0, "%s gives %s", text, got);
		free(got);
	}
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
		snprintf(text, sizeof(text), S "%s\n", bad[i].line);
		snprintf(want, sizeof(want), "option %s", bad[i].want);
		got = sources_text(text, &(struct stages_case){ 0 });
		cr_expect_str_eq(got, bad[i].want ? want : "", "%s gives %s", text, got);
		free(got);
		/* the others are not known to look */
		got = sources_text(text, &(struct stages_case){ .build.builder = JET_BUILDER_CLASSIC_20_10 });
		cr_expect(!got[0] || bad[i].line[0] == 'R' || bad[i].line[0] == 'A', "%s gives %s", text,
		          got);
		free(got);
	}
	snprintf(text, sizeof(text), S "ADD --checksum=%s http://h/f /\n", digest);
	got = sources_text(text, &(struct stages_case){ 0 });
	cr_expect_str_eq(got, "", "%s gives %s", text, got);
	free(got);
}

Test(source, a_doubtful_value_is_not_refused)
{
	static const struct row rows[] = {
		{ "FROM img\nEXPOSE $A/tcp\nSTOPSIGNAL $A\nVOLUME $A\n", "", { 0 } },
		{ "FROM img\nENV p=$A\nSTOPSIGNAL $p\n", "", { 0 } },
		/* one that cannot be expanded fails first */
		{ S "EXPOSE abc ${a:?no}\n", "expand 2:12: failed to process \"${a:?no}\": a: no", { 0 } },
	};

	CHECK(rows);
}

Test(source, a_word_on_another_line_is_named)
{
	static const struct row rows[] = {
		{ S "COPY \\\n --chmod=9 \\\n a /\n",
		  "option 2:1: invalid chmod parameter: '9': it should be an octal string between 0 and "
		  "07777 (in line 3)", { 0 } },
		{ S "COPY a \\\n http://x \\\n /x/\n",
		  "option 2:1: source can't be a URL for COPY (in line 3)", { 0 } },
		{ S "RUN \\\n --mount=tpye=bind x\n",
		  "option 2:1: unexpected key 'tpye' in 'tpye=bind' (did you mean type?) (in line 3)",
		  { 0 } },
		{ S "COPY a \\\n ${b:?no} /\n",
		  "expand 2:1: failed to process \"${b:?no}\": b: no (in line 3)", { 0 } },
		{ S "COPY --nope a /\n", "parse 2:6: unknown flag: --nope", { 0 } },
		{ S "COPY \\\n --nope a /\n", "parse 2:1: unknown flag: --nope (in line 3)", { 0 } },
	};

	CHECK(rows);
}

Test(source, what_only_the_image_knows_is_noted)
{
	static const struct row rows[] = {
		{ "FROM img\nCOPY $A/$A/$B /x\nCOPY $A /x\n",
		  "/@2;/@3;unset A@2:6 img;unset B@2:12 img;unset A@3:6 img;", { 0 } },
		{ "FROM img\nCOPY $A /x\n", "/v@2;", { .env = "A=v" } },
		{ "FROM img\nENV A=w\nCOPY $A /x\n", "/w@3;", { .env = "A=v" } },
		{ "FROM img\nARG A=w\nCOPY $A /x\n", "/w@3;", { .env = "A=v" } },
		{ "FROM scratch\nCOPY x$A /x\n", "/x@2;", { .env = "A=v" } },
		{ "FROM img:1 AS s\nFROM s\nCOPY $A /x\n", "/@3;unset A@3:6 img:1;", { 0 } },
		{ "FROM img\nCOPY $PATH /x\n",
		  "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin@2;", { 0 } },
		/* where it stands: in the word if that is as written */
		{ "FROM img\nCOPY \\\n b/${A} /x\n", "/b@2;unset A@3:4 img;", { 0 } },
		{ "FROM img\nCOPY [\"\\u0061$A\",\"/x\"]\n", "/a@2;unset A@2:7 img;", { 0 } },
		{ "FROM img\nCOPY [\"a$A\",\"/x\"]\n", "/a@2;unset A@2:9 img;", { 0 } },
		{ "FROM img\nRUN --mount=source=$A,target=/t x\n", "b/@2;unset A@2:5 img;", { 0 } },
		{ "FROM img\nRUN --mount=type=cache,target=/$A x\n", "unset A@2:5 img;", { 0 } },
		{ "FROM img\nRUN --mount=source=$A,target=/ x\n",
		  "option 2:5: invalid mount target \"/\";unset A@2:5 img;", { 0 } },
		{ "FROM img AS s\nONBUILD COPY $A /\nFROM s\n", "/@3;unset A@2:14 img;", { 0 } },
		/* a default that the image could undo, and a declared one that --build-arg sets */
		{ "FROM img\nCOPY ${A:-b} /x\n", "/b@2;unset A-@2:6 img;", { 0 } },
		{ "FROM img\nARG A\nCOPY x$A /x\n", "/x@3;unset A.@3:7 img;", { 0 } },
		{ "FROM img\nARG A\nCOPY ${A:-b} /x\n", "/b@3;unset A.-@3:6 img;", { 0 } },
		{ "FROM img\nARG A\nCOPY $A /x\n", "/v@3;", { .args = "A=v" } },
		{ "FROM img\nARG A\nCOPY $A /x\n", "/v@3;", { .env = "A=v" } },
		{ "FROM img\nARG A\nENV A=v\nCOPY $A /x\n", "/v@4;", { 0 } },
		{ "ARG A=v\nFROM img\nARG A\nCOPY $A /x\n", "/v@4;", { 0 } },
		{ "FROM img AS s\nARG A\nFROM s\nCOPY x$A /x\n", "/x@4;unset A.@4:7 img;", { 0 } },
		/* only what a source hangs on */
		{ "FROM img\nLABEL a=$A\nUSER $A\nWORKDIR $A\nENV B=$A\nCOPY --chown=$A b /$A\n", "/b@6;",
		  { 0 } },
		{ "FROM img\nENV B=x$A\nENV C=$B\nCOPY b /\nCOPY $C /\n", "/b@4;/x@5;unset A@2:8 img;",
		  { 0 } },
		{ "FROM img\nARG B=$A\nCOPY x$B /\n", "/x@3;unset A@2:7 img;", { 0 } },
		{ "FROM img\nENV B=x$A\nENV B=y\nCOPY $B /\n", "/y@4;", { 0 } },
		/* also when it ends in an error */
		{ "FROM img\nCOPY $A http://x /x/\n",
		  "option 2:9: source can't be a URL for COPY;unset A@2:6 img;", { 0 } },
		{ "FROM img\nUSER ${A:?no}\n",
		  "expand 2:6: failed to process \"${A:?no}\": A: no;unset A@2:6 img;", { 0 } },
		/* a directory sets no variables, an image does */
		{ "FROM img\nCOPY x$A /\n", "/x@2;", { .contexts = "img=dir" } },
		{ "FROM img\nCOPY x$A /\n", "/x@2;unset A@2:7 y:1;",
		  { .contexts = "img=docker-image://y:1" } },
		{ "FROM img\nCOPY x$A /\n", "/x@2;", { .contexts = "img=docker-image://scratch" } },
		{ "FROM img\nCOPY x$A /\n", "/x@2;unset A@2:7 oci-layout://d;",
		  { .contexts = "img=oci-layout://d" } },
		{ "FROM img\nCOPY x$A /\n", "/x@2;", { .contexts = "img=https://h/x.git" } },
		{ "FROM img\nCOPY x$A /\n", "/x@2;", { .contexts = "img=https://h/x.tar" } },
		/* one that takes a stage's place */
		{ "FROM img AS s\nFROM s\nCOPY x$A /\n", "/x@3;unset A@3:7 y;",
		  { .contexts = "s=docker-image://y" } },
		{ "FROM img AS s\nFROM s\nCOPY x$A /\n", "/x@3;", { .contexts = "s=dir" } },
		/* and one that begins at "/" */
		{ "FROM img\nRUN --mount=target=. x\n", "option 2:5: invalid mount target \"/\"",
		  { .contexts = "img=docker-image://alpine" } },
	};

	CHECK(rows);
}

/* Checked with buildah 1.28. */
Test(source, buildah_checks_what_it_runs)
{
	static const struct stages_case buildah = { .build.builder = JET_BUILDER_BUILDAH };
	static const char a[] = "/a@3;";
	const struct row rows[] = {
		{ "FROM scratch AS q\nFOO x\nFROM scratch\nCOPY a /\n", "/a@4;", buildah },
		{ S "FOO x\n", "parse 2:1: unknown instruction: FOO (did you mean FROM?)", buildah },
		{ "RUN x\n" S "COPY a /\n", a, buildah },
		{ S "COPY a\n", "parse 2:1: COPY requires at least two arguments, but only one was provided. "
		  "Destination could not be determined", buildah },
		{ S "ADD --link a /\n",
		  "parse 2:5: buildah does not know --link: build with BuildKit", buildah },
		{ S "RUN --network=none x\n",
		  "parse 2:5: buildah does not know --network: build with BuildKit", buildah },
		{ S "RUN --nope x\n", "parse 2:5: unknown flag: --nope", buildah },
		{ S "WORKDIR\n", "parse 2:1: WORKDIR requires exactly one argument", buildah },
		{ S "ONBUILD FROM x\n", "parse 2:9: FROM isn't allowed as an ONBUILD trigger", buildah },
		/* which it takes */
		{ S "ONBUILD FOO\nCOPY a /\n", a, buildah }, { S "ENV =b\nCOPY a /\n", a, buildah },
		{ S "ARG =b\nCOPY a /\n", a, buildah }, { S "LABEL =b\nCOPY a /\n", a, buildah },
		{ S "CMD --x y\nCOPY a /\n", a, buildah }, { S "LABEL --x a=b\nCOPY a /\n", a, buildah },
		{ S "USER --x a\nCOPY a /\n", a, buildah },
		{ S "MAINTAINER x y\nCOPY --chown=1 --chown=2 --chmod=644 a /\n", a, buildah },
		/* no here-documents: the lines behind are instructions */
		{ S "COPY <<E /x\nCOPY a /\n", "/<<E@2;/a@3;", buildah },
		{ S "COPY <<E /x\nE\n", "parse 3:1: unknown instruction: E (buildah knows no here-documents, "
		  "as in line 2: build with BuildKit)", buildah },
		{ "FROM scratch AS q\nRUN <<E\nx\nE\nFROM scratch\nCOPY a /\n", "/a@6;", buildah },
		{ "FROM scratch AS q\nRUN <<E\nx\nE\nFROM scratch\n",
		  "parse 3:1: unknown instruction: x (the classic builder knows no here-documents, as in "
		  "line 2: build with BuildKit)", { .build.builder = JET_BUILDER_CLASSIC } },
		/* what classic reads, but does not do */
		{ S "COPY --chmod=644 a /\n",
		  "option 2:6: the classic builder does not know --chmod: build with BuildKit",
		  { .build.builder = JET_BUILDER_CLASSIC } },
		{ "FROM scratch AS x\n" S "COPY --chmod=644 a /\nRUN --mount=target=/t y\n", "",
		  { .build = { .builder = JET_BUILDER_CLASSIC, .target = "x" } } },
	};

	CHECK(rows);
}
