/* SPDX-License-Identifier: Apache-2.0 */
#include "dockerfile/check.h"
#include "unit/stages_text.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct row {
	const char *line;
	const char *want; /* NULL: it is good; the line is always 2 */
};

static void check(const struct row *rows, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		struct jet_dockerfile *df;
		struct jet_error err = { 0 };
		struct jet_buf text = { 0 }, got = { 0 };
		int rc;

		cr_assert_eq(jet_buf_printf(&text, "FROM x\n%s\n", rows[i].line), 0);
		rc = jet_dockerfile_parse(text.data, text.len, "D", JET_BUILDER_BUILDKIT, &df, &err);
		if (rc < 0)
			put_failure(&got, rc, &err);
		cr_assert_eq(jet_buf_terminate(&got), 0);
		cr_expect_str_eq(got.data, rows[i].want ? rows[i].want : "", "%s gives %s", rows[i].line,
		                 got.data);
		jet_dockerfile_free(df);
		jet_buf_clear(&text);
		jet_buf_clear(&got);
	}
}

#define CHECK(rows) check(rows, sizeof(rows) / sizeof((rows)[0]))

Test(check, names_of_instructions)
{
	static const struct row rows[] = {
		{ "rUn x", NULL }, { "FOO x", "parse 2:1: unknown instruction: FOO (did you mean FROM?)" },
		{ "XYZZY x", "parse 2:1: unknown instruction: XYZZY" },
		{ "COPPY a b", "parse 2:1: unknown instruction: COPPY (did you mean COPY?)" },
		{ "  wrokdir /", "parse 2:3: unknown instruction: wrokdir (did you mean WORKDIR?)" },
		{ "\\", "parse 2:1: unknown instruction: " },
	};

	CHECK(rows);
}

Test(check, numbers_of_arguments)
{
	static const char two[] = "requires at least two arguments, but only one was provided. "
	                          "Destination could not be determined";
	char copy[200], add[200];
	const struct row rows[] = {
		{ "COPY a", copy }, { "COPY", copy }, { "ADD --link a", add }, { "COPY a b", NULL },
		{ "COPY [\"a\"]", copy },
		{ "COPY a <<E\nE", "parse 2:8: COPY cannot accept a heredoc as a destination" },
		{ "FROM", "parse 2:1: FROM requires either one or three arguments" },
		{ "FROM a b", "parse 2:1: FROM requires either one or three arguments" },
		{ "FROM a b c", "parse 2:1: FROM requires either one or three arguments" },
		{ "FROM a as b", NULL },
		{ "FROM a AS 1b", "parse 2:11: invalid name for build stage: \"1b\", name can't start with "
		  "a number or contain symbols" },
		{ "FROM a AS b/c", "parse 2:11: invalid name for build stage: \"b/c\", name can't start "
		  "with a number or contain symbols" },
		{ "FROM a AS B-1_.", NULL },
		{ "USER", "parse 2:1: USER requires exactly one argument" },
		{ "WORKDIR", "parse 2:1: WORKDIR requires exactly one argument" },
		{ "STOPSIGNAL", "parse 2:1: STOPSIGNAL requires exactly one argument" },
		{ "MAINTAINER", "parse 2:1: MAINTAINER requires exactly one argument" }, { "USER a b", NULL },
		{ "ARG", "parse 2:1: ARG requires at least one argument" },
		{ "EXPOSE", "parse 2:1: EXPOSE requires at least one argument" },
		{ "VOLUME", "parse 2:1: VOLUME requires at least one argument" },
		{ "VOLUME []", "parse 2:1: VOLUME requires at least one argument" },
		{ "VOLUME [\" \"]", "parse 2:9: VOLUME specified can not be an empty string" },
		{ "ENV", "parse 2:1: ENV requires at least one argument" },
		{ "LABEL", "parse 2:1: LABEL requires at least one argument" },
		{ "ENV =a", "parse 2:5: ENV names can not be blank" },
		{ "ENV a=b =c", "parse 2:9: ENV names can not be blank" },
		{ "LABEL =a", "parse 2:7: LABEL names can not be blank" },
		{ "ARG =a", "parse 2:5: ARG names can not be blank" },
		{ "ARG a =b", "parse 2:7: ARG names can not be blank" },
		{ "SHELL", "parse 2:1: SHELL requires at least one argument" },
		{ "SHELL a", "parse 2:1: SHELL requires the arguments to be in JSON form" },
		{ "SHELL []", "parse 2:1: SHELL requires at least one argument" }, { "CMD", NULL },
		{ "ENTRYPOINT", NULL }, { "RUN", NULL },
	};

	strcat(strcpy(copy, "parse 2:1: COPY "), two);
	strcat(strcpy(add, "parse 2:1: ADD "), two);
	CHECK(rows);
}

Test(check, flags)
{
	static const struct row rows[] = {
		{ "COPY --from=a --chown=b --chmod=c --link --exclude=d --exclude=e --parents a b", NULL },
		{ "ADD --chown=a --chmod=b --link=true --keep-git-dir=FALSE --checksum=c --unpack "
		  "--exclude=d a b", NULL },
		{ "RUN --mount=a=b --mount=c=d --network=none --security=sandbox --device=z "
		  "--device=z x", NULL },
		{ "HEALTHCHECK --interval=1s --timeout=1s --start-period=1s --start-interval=1s --retries=1 "
		  "CMD x", NULL },
		{ "FROM --platform=x y", NULL }, { "STOPSIGNAL --x 9", NULL }, { "ARG --x a", NULL },
		{ "COPY --chwon=a a b", "parse 2:6: unknown flag: --chwon (did you mean chown?)" },
		{ "COPY --x=1 a b", "parse 2:6: unknown flag: --x" },
		{ "COPY --Chown=a a b", "parse 2:6: unknown flag: --Chown (did you mean chown?)" },
		{ "ADD --from=a b c", "parse 2:5: unknown flag: --from" },
		{ "ADD --parents b c", "parse 2:5: unknown flag: --parents" },
		{ "COPY --= a b", "parse 2:6: unknown flag: --" },
		{ "COPY --link --chown=a --link a b", "parse 2:23: duplicate flag specified: --link" },
		{ "COPY --chown=a --chown=a a b", "parse 2:16: duplicate flag specified: --chown" },
		{ "COPY --chown a b", "parse 2:6: missing a value on flag: --chown" },
		{ "COPY --exclude a b", "parse 2:6: missing a value on flag: --exclude" },
		{ "COPY --chown= a b", NULL },
		{ "COPY --link= a b", "parse 2:6: missing a value on flag: --link" },
		{ "COPY --link=1 a b", "parse 2:6: expecting boolean value for flag --link, not: 1" },
		{ "COPY --link=TrUe a b", NULL },
		{ "USER --x a", "parse 2:6: unknown flag: --x" },
		{ "WORKDIR --x a", "parse 2:9: unknown flag: --x" },
		{ "CMD --x a", "parse 2:5: unknown flag: --x" },
		{ "ENTRYPOINT --x a", "parse 2:12: unknown flag: --x" },
		{ "EXPOSE --x 1", "parse 2:8: unknown flag: --x" },
		{ "ENV --x a=b", "parse 2:5: unknown flag: --x" },
		{ "ONBUILD --x RUN a", "parse 2:9: unknown flag: --x" },
		{ "SHELL --x [\"a\"]", "parse 2:7: unknown flag: --x" },
		{ "RUN --mount=\"type=bind,a\"\"b\" x", NULL },
		{ "RUN --mount= x", "parse 2:5: failed to parse csv mounts: there is nothing" },
		{ "RUN --mount='a\"b' x",
		  "parse 2:5: failed to parse csv mounts: a quote where none may be" },
		{ "RUN --mount=target=/a \\\n --mount=from=$x x", "parse 2:1: 'from' doesn't support "
		  "variable expansion, define alias stage instead (in line 3)" },
		{ "RUN --mount=from=$x,target=/t x",
		  "parse 2:5: 'from' doesn't support variable expansion, define alias stage instead" },
	};

	CHECK(rows);
}

/* As time.ParseDuration and strconv.ParseInt have it. */
Test(check, values_of_flags)
{
	static const char no[] = "is no duration: write 30s, 1m30s or the like";
	static const char less[] = "cannot be less than 1ms";
	static const char bits[] = "is no number of 32 bits";
	static const struct {
		const char *value, *fault; /* NULL: it is good */
	} durations[] = {
		{ "1s", NULL }, { "1ms", NULL }, { "1h2m3.5s", NULL }, { ".5s", NULL }, { "1.s", NULL },
		{ "+5s", NULL }, { "0", NULL }, { "-0", NULL }, { "+0", NULL }, { "0s", NULL },
		{ "0.0s", NULL }, { "", NULL }, { "1s1s", NULL }, { "00001s", NULL }, { "1000000ns", NULL },
		{ "0h1ms", NULL }, { "9223372036854775807ns", NULL },
		{ "2562047h47m16.854775807s", NULL }, { "1.00000000000000000000000000000000001s", NULL },
		{ "5", no }, { "1.5", no }, { ".s", no }, { "s", no }, { "1d", no }, { "1e3s", no },
		{ "1S", no }, { "-", no }, { "+", no }, { "--1s", no }, { "$X", no },
		{ "1\xC2\xB5s", no }, { "9223372036854775808ns", no }, { "2562048h", no },
		{ "2562047h47m16.854775808s", no }, { "99999999999999999999.5ns", no },
		{ "-1s", less }, { "1us", less }, { "0.5ms", less }, { "999999ns", less },
		{ "0.000999999999s", less }, { "-9223372036854775808ns", less },
	}, retries[] = {
		{ "0", NULL }, { "3", NULL }, { "+1", NULL }, { "-0", NULL }, { "01", NULL }, { "", NULL },
		{ "2147483647", NULL }, { "x", bits }, { "1_0", bits }, { "0x1", bits },
		{ "2147483648", bits }, { "99999999999999999999", bits }, { "-", "is no number" },
		{ "-1", "cannot be negative" },
	};
	static const struct row rows[] = {
		{ "HEALTHCHECK --timeout=5 CMD x",
		  "parse 2:13: --timeout is no duration: write 30s, 1m30s or the like" },
		{ "HEALTHCHECK --start-period=5 CMD x",
		  "parse 2:13: --start-period is no duration: write 30s, 1m30s or the like" },
		{ "HEALTHCHECK --start-interval=5 CMD x",
		  "parse 2:13: --start-interval is no duration: write 30s, 1m30s or the like" },
		{ "HEALTHCHECK --interval=5 NONE", NULL },
		{ "RUN --network=default x", NULL }, { "RUN --network=host x", NULL },
		{ "RUN --network= x", "parse 2:5: --network must be default, none or host, and no variable" },
		{ "RUN --network=$X x",
		  "parse 2:5: --network must be default, none or host, and no variable" },
		{ "RUN --security=insecure x", NULL },
		{ "RUN --security=Sandbox x",
		  "parse 2:5: --security must be insecure or sandbox, and no variable" },
	};
	char line[100], want[120];

	for (size_t i = 0; i < sizeof(durations) / sizeof(durations[0]); i++) {
		snprintf(line, sizeof(line), "HEALTHCHECK --interval=%s CMD x", durations[i].value);
		snprintf(want, sizeof(want), "parse 2:13: --interval %s", durations[i].fault);
		check(&(struct row){ line, durations[i].fault ? want : NULL }, 1);
	}
	for (size_t i = 0; i < sizeof(retries) / sizeof(retries[0]); i++) {
		snprintf(line, sizeof(line), "HEALTHCHECK --retries=%s CMD x", retries[i].value);
		snprintf(want, sizeof(want), "parse 2:13: --retries %s", retries[i].fault);
		check(&(struct row){ line, retries[i].fault ? want : NULL }, 1);
	}
	CHECK(rows);
}

Test(check, onbuild_and_healthcheck)
{
	static const struct row rows[] = {
		{ "ONBUILD", "parse 2:1: ONBUILD requires at least one argument" }, { "ONBUILD RUN x", NULL },
		/* what it runs is not looked at yet */
		{ "ONBUILD COPY a", NULL }, { "ONBUILD FOO", NULL },
		{ "ONBUILD ONBUILD RUN x",
		  "parse 2:9: chaining ONBUILD via `ONBUILD ONBUILD` isn't allowed" },
		{ "ONBUILD FROM x", "parse 2:9: FROM isn't allowed as an ONBUILD trigger" },
		{ "ONBUILD maintainer x", "parse 2:9: MAINTAINER isn't allowed as an ONBUILD trigger" },
		{ "HEALTHCHECK", "parse 2:1: HEALTHCHECK requires at least one argument" },
		{ "HEALTHCHECK none", NULL },
		{ "HEALTHCHECK NONE x", "parse 2:1: HEALTHCHECK NONE takes no arguments" },
		{ "HEALTHCHECK CMD", "parse 2:1: missing command after HEALTHCHECK CMD" },
		{ "HEALTHCHECK cmd x", NULL },
		{ "HEALTHCHECK \\\n RUN x",
		  "parse 2:1: unknown type \"RUN\" in HEALTHCHECK (try CMD) (in line 3)" },
		{ "HEALTHCHECK RUN x", "parse 2:13: unknown type \"RUN\" in HEALTHCHECK (try CMD)" },
	};

	CHECK(rows);
}

Test(check, every_stage_counts_and_only_arg_comes_before)
{
	static const struct {
		const char *text, *want;
	} rows[] = {
		{ "ARG a\nFROM x\n", "" },
		{ "RUN x\nFROM y\n", "parse 1:1: no build stage in current context: only ARG may come "
		  "before the first FROM" },
		{ "ARG a\n", "parse: dockerfile contains no stages to build" },
		{ "FROM x\nFOO\nFROM y\n", "parse 2:1: unknown instruction: FOO (did you mean FROM?)" },
		/* whatever is wrong with the line itself comes first */
		{ "COPY a\nFROM x\n",
		  "parse 1:1: COPY requires at least two arguments, but only one was provided. Destination "
		  "could not be determined" },
		/* reading comes before checking */
		{ "FOO\nENV a\n", "parse 2:1: ENV must have two arguments" },
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct jet_dockerfile *df;
		struct jet_error err = { 0 };
		struct jet_buf got = { 0 };
		int rc = jet_dockerfile_parse(rows[i].text, strlen(rows[i].text), "D", JET_BUILDER_BUILDKIT,
		                              &df, &err);

		if (rc < 0)
			put_failure(&got, rc, &err);
		cr_assert_eq(jet_buf_terminate(&got), 0);
		cr_expect_str_eq(got.data, rows[i].want, "%s gives %s", rows[i].text, got.data);
		jet_dockerfile_free(df);
		jet_buf_clear(&got);
	}
}
