/* SPDX-License-Identifier: Apache-2.0 */
#include "dockerfile/check.h"
#include "unit/stages_text.h"

#include <criterion/criterion.h>
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
		{ "RUN --mount=a=b --mount=c=d --network=x --security=y --device=z --device=z x", NULL },
		{ "HEALTHCHECK --interval=1 --timeout=1 --start-period=1 --start-interval=1 --retries=1 "
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
		{ "RUN --mount='a\"b' x",
		  "parse 2:5: failed to parse csv mounts: a quote where none may be" },
		{ "RUN --mount=target=/a \\\n --mount=from=$x x", "parse 2:1: 'from' doesn't support "
		  "variable expansion, define alias stage instead (in line 3)" },
		{ "RUN --mount=from=$x,target=/t x",
		  "parse 2:5: 'from' doesn't support variable expansion, define alias stage instead" },
	};

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
