/* SPDX-License-Identifier: Apache-2.0 */
#include "dockerfile/check.h"
#include "unit/stages_text.h"

#include <criterion/criterion.h>
#include <stdlib.h>
#include <string.h>

static void put_words(struct jet_buf *out, const struct jet_word *words, size_t n)
{
	for (size_t i = 0; i < n; i++)
		jet_buf_printf(out, " %.*s@%u:%u", (int)words[i].text.len, words[i].text.data,
		               (unsigned)words[i].at.line, (unsigned)words[i].at.column);
}

/* "NAME@LINE:COLUMN-END [json]{flags} words <doc=body> (nested);" */
static void put_instruction(struct jet_buf *out, const struct jet_instruction *in)
{
	jet_buf_printf(out, "%s@%u:%u-%u", jet_keyword_name(in->keyword), (unsigned)in->at.line,
	               (unsigned)in->at.column, (unsigned)in->end_line);
	if (in->json)
		jet_buf_text(out, " json");
	if (in->nflags) {
		jet_buf_text(out, " {");
		put_words(out, in->flags, in->nflags);
		jet_buf_text(out, " }");
	}
	put_words(out, in->words, in->nwords);
	for (size_t i = 0; i < in->nheredocs; i++)
		jet_buf_printf(out, " <%.*s=%.*s>", (int)in->heredocs[i].name.len, in->heredocs[i].name.data,
		               (int)in->heredocs[i].body.len, in->heredocs[i].body.data);
	if (in->nested) {
		jet_buf_text(out, " (");
		put_instruction(out, in->nested);
		jet_buf_text(out, ")");
	} else {
		jet_buf_byte(out, ';');
	}
}

static char *parse(const char *text, size_t len)
{
	struct jet_dockerfile *df;
	struct jet_error err = { 0 };
	struct jet_buf out = { 0 };
	char *exact = malloc(len ? len : 1);
	int rc;

	cr_assert(exact);
	memcpy(exact, text, len);
	rc = jet_dockerfile_read(exact, len, "D", jet_df_dialect_of(JET_BUILDER_BUILDKIT), &df, &err);
	free(exact);
	if (rc < 0)
		put_failure(&out, rc, &err);
	for (size_t i = 0; rc == 0 && i < df->n; i++)
		put_instruction(&out, &df->list[i]);
	jet_dockerfile_free(df);
	cr_assert_eq(jet_buf_terminate(&out), 0);
	return out.data;
}

struct row {
	const char *text, *want;
};

static void check(const struct row *rows, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		char *got = parse(rows[i].text, strlen(rows[i].text));

		cr_expect_str_eq(got, rows[i].want, "%s gives %s", rows[i].text, got);
		free(got);
	}
}

#define CHECK(rows) check(rows, sizeof(rows) / sizeof((rows)[0]))

Test(parse, every_instruction_has_its_form)
{
	static const struct row rows[] = {
		{ "ADD a 'b c' /", "ADD@1:1-1 a@1:5 'b@1:7 c'@1:10 /@1:13;" },
		{ "ADD [\"a b\", \"/\"]", "ADD@1:1-1 json a b@1:6 /@1:13;" },
		{ "COPY [\"a\", b]", "COPY@1:1-1 [\"a\",@1:6 b]@1:12;" },
		{ "copy a b", "COPY@1:1-1 a@1:6 b@1:8;" },
		{ "VOLUME /a /b", "VOLUME@1:1-1 /a@1:8 /b@1:11;" },
		{ "VOLUME [\"/a\"]", "VOLUME@1:1-1 json /a@1:9;" },
		{ "CMD a  b", "CMD@1:1-1 a  b@1:5;" },
		{ "CMD [\"a\", \"b\"]", "CMD@1:1-1 json a@1:6 b@1:11;" }, { "CMD", "CMD@1:1-1;" },
		{ "ENTRYPOINT a b", "ENTRYPOINT@1:1-1 a b@1:12;" }, { "RUN a  'b", "RUN@1:1-1 a  'b@1:5;" },
		{ "SHELL [\"a\"]", "SHELL@1:1-1 json a@1:8;" }, { "SHELL a b", "SHELL@1:1-1 a b@1:7;" },
		{ "HEALTHCHECK NONE", "HEALTHCHECK@1:1-1 NONE@1:13;" },
		{ "HEALTHCHECK --interval=1s CMD a b",
		  "HEALTHCHECK@1:1-1 { --interval=1s@1:13 } CMD@1:27 a b@1:31;" },
		{ "HEALTHCHECK CMD [\"a\"]", "HEALTHCHECK@1:1-1 json CMD@1:13 a@1:18;" },
		{ "FROM a  AS\tb", "FROM@1:1-1 a@1:6 AS@1:9 b@1:12;" },
		{ "EXPOSE 80 81/udp", "EXPOSE@1:1-1 80@1:8 81/udp@1:11;" },
		{ "ARG a b='c d' e", "ARG@1:1-1 a@1:5 b='c d'@1:7 e@1:15;" },
		{ "ENV a=b c='d e'", "ENV@1:1-1 a@1:5 b@1:7 c@1:9 'd e'@1:11;" },
		{ "ENV a  b c ", "ENV@1:1-1 a@1:5 b c@1:8;" },
		{ "ENV a=b=c", "ENV@1:1-1 a@1:5 b=c@1:7;" },
		{ "LABEL a=\"b\\\" c\" d=", "LABEL@1:1-1 a@1:7 \"b\\\" c\"@1:9 d@1:17 @1:19;" },
		{ "ENV", "ENV@1:1-1;" }, { "MAINTAINER a b", "MAINTAINER@1:1-1 a b@1:12;" },
		{ "STOPSIGNAL 9", "STOPSIGNAL@1:1-1 9@1:12;" },
		{ "USER a b", "USER@1:1-1 a b@1:6;" }, { "WORKDIR /a b", "WORKDIR@1:1-1 /a b@1:9;" },
		{ "ONBUILD COPY --from=x a b",
		  "ONBUILD@1:1-1 (COPY@1:9-1 { --from=x@1:14 } a@1:23 b@1:25;)" },
		{ "FOO a b", "?@1:1-1;" }, { "FROM", "FROM@1:1-1;" },
		{ "COPY --a\\ b='c' --d e", "COPY@1:1-1 { --a b=c@1:6 --d@1:17 } e@1:21;" },
		{ "COPY -- --a b", "COPY@1:1-1 --a@1:9 b@1:13;" },
	};

	CHECK(rows);
}

Test(parse, spans_survive_continuations)
{
	static const struct row rows[] = {
		{ "# c\n  COPY a \\\n    b \\\n# d\n\n  --c\nRUN x\n",
		  "COPY@2:3-6 a@2:8 b@3:5 --c@6:3;RUN@7:1-7 x@7:5;" },
		{ "COPY --chown=a \\\n --link \\\n a b",
		  "COPY@1:1-3 { --chown=a@1:6 --link@2:2 } a@3:2 b@3:4;" },
		{ "COPY ab\\\ncd e", "COPY@1:1-2 abcd@1:6 e@2:4;" },
		{ "# escape=`\nCOPY a `\n b\\\n", "COPY@2:1-3 a@2:6 b\\@3:2;" },
		{ "ENV a=1 \\\n  b=2", "ENV@1:1-2 a@1:5 1@1:7 b@2:3 2@2:5;" },
		{ "ENV a \\\n  b", "ENV@1:1-2 a@1:5 b@2:3;" },
		{ "COPY [\"a\", \\\n \"b\"]", "COPY@1:1-2 json a@1:7 b@2:2;" },
		{ "\xEF\xBB\xBF" "FROM x", "FROM@1:4-1 x@1:9;" },
		{ "\\\nFROM x", "FROM@1:1-2 x@2:6;" },
	};

	CHECK(rows);
}

Test(parse, heredocs_follow_their_line)
{
	static const struct row rows[] = {
		{ "RUN <<A\nx \\\n# y\nA\nRUN z\n", "RUN@1:1-4 <<A@1:5 <A=x \\\n# y\n>;RUN@5:1-5 z@5:5;" },
		{ "COPY <<A <<B /x/\na\nA\nb\nB\n", "COPY@1:1-5 <<A@1:6 <<B@1:10 /x/@1:14 <A=a\n> <B=b\n>;" },
		{ "RUN <<-A\n\tx\n\t\tA\n", "RUN@1:1-3 <<-A@1:5 <A=\tx\n>;" },
		{ "RUN <<A\n\tA\nA", "RUN@1:1-3 <<A@1:5 <A=\tA\n>;" },
		{ "RUN <<A\nA\r\n", "RUN@1:1-2 <<A@1:5 <A=>;" },
		{ "RUN cat <<A; cat <<B\nA;\nB\n", "RUN@1:1-3 cat <<A; cat <<B@1:5 <A;=> <B=>;" },
		{ "RUN a \\\n <<A\nb\nA\n", "RUN@1:1-4 a  <<A@1:5 <A=b\n>;" },
		{ "ONBUILD RUN <<A\nb\nA\n", "ONBUILD@1:1-3 <A=b\n> (RUN@1:9-3 <<A@1:13;)" },
		{ "# escape=`\nRUN \\<<A\n", "RUN@2:1-2 \\<<A@2:5;" },
		/* none where none may be */
		{ "RUN [\"<<A\"]\n", "RUN@1:1-1 json <<A@1:6;" },
		{ "COPY [\"<<A\", \"/\"]\n", "COPY@1:1-1 json <<A@1:7 /@1:14;" },
		{ "CMD <<A\n", "CMD@1:1-1 <<A@1:5;" }, { "RUN echo '<<A'\n", "RUN@1:1-1 echo '<<A'@1:5;" },
		{ "RUN a <<<b\n", "RUN@1:1-1 a <<<b@1:5;" },
		{ "RUN echo $((1<<2))\n", "RUN@1:1-1 echo $((1<<2))@1:5;" },
		/* a line that the lexer does not take has none, and what follows is instructions */
		{ "RUN echo ${x^^} <<A\nhi\nA\n", "RUN@1:1-1 echo ${x^^} <<A@1:5;?@2:1-2;?@3:1-3;" },
		{ "RUN \"${x^^}\" <<A\n", "RUN@1:1-1 \"${x^^}\" <<A@1:5;" },
		{ "RUN echo ${} <<A\n", "RUN@1:1-1 echo ${} <<A@1:5;" },
		{ "RUN it's <<A\n", "RUN@1:1-1 it's <<A@1:5;" },
		{ "RUN echo '${x^^}' $x ${y} ${z:0:1} <<A\nA\n",
		  "RUN@1:1-2 echo '${x^^}' $x ${y} ${z:0:1} <<A@1:5 <A=>;" },
		/* nothing is set, so "?" does not fail; "{:}" ends at the next brace */
		{ "RUN ${x:?no} ${y:} <<A }<<B\nA\n",
		  "RUN@1:1-2 ${x:?no} ${y:} <<A }<<B@1:5 <A=>;" },
		/* what stands before such a variable in its word is lost */
		{ "RUN <<A${x:-}\n", "RUN@1:1-1 <<A${x:-}@1:5;" },
		{ "RUN <<$A ${x}<<B\n$A\n", "RUN@1:1-2 <<$A ${x}<<B@1:5 <$A=>;" },
		{ "RUN ${x:-\"a <<A\"} b\n", "parse 1:1: the name of a here-document does not end" },
		/* an escape at the end is none of the name */
		{ "# escape=`\nRUN <<-E\\\nE\n", "RUN@2:1-3 <<-E\\@2:5 <E=>;" },
		{ "RUN <<\"A B\" <<C\\ D\nA B\nC D\n", "RUN@1:1-3 <<\"A B\" <<C\\ D@1:5 <A B=> <C D=>;" },
		{ "RUN <<A\nb\n", "parse 1:1: unterminated heredoc: there is no line \"A\"" },
		{ "FROM x\n  RUN <<A <<B\nA\n", "parse 2:3: unterminated heredoc: there is no line \"B\"" },
	};

	CHECK(rows);
}

Test(parse, what_cannot_be_read_fails_first)
{
	static const struct row rows[] = {
		{ "", "parse: the Dockerfile cannot be empty" },
		{ "\n# c\n\n", "parse 3: file with no instructions" },
		{ "#", "parse 1: file with no instructions" },
		{ "FROM x\nENV a\n", "parse 2:1: ENV must have two arguments" },
		{ "LABEL a", "parse 1:1: LABEL must have two arguments" },
		{ "ENV a=1 \\\n b",
		  "parse 1:1: can't find = in \"b\": must be of the form name=value (in line 2)" },
		/* the line is where the builder's instruction begins, also in ONBUILD */
		{ "ENV \\\n a", "parse 1:1: ENV must have two arguments" },
		{ "ONBUILD \\\n ENV a", "parse 1:1: ENV must have two arguments (in line 2)" },
		{ "ONBUILD ENV a=1 \\\n b",
		  "parse 1:1: can't find = in \"b\": must be of the form name=value (in line 2)" },
		{ "COPY \\\n [\"a\", 1]", "parse 1:1: when using JSON array syntax, arrays must be comprised "
		  "of strings only (in line 2)" },
		{ "COPY [1, 2]", "parse 1:6: when using JSON array syntax, arrays must be comprised of "
		  "strings only" },
		{ "FOO\nCMD [{}]", "parse 2:5: when using JSON array syntax, arrays must be comprised of "
		  "strings only" },
		{ "# escape=q\nFROM x",
		  "parse: invalid escape token 'q' does not match ` or \\ (in line 1)" },
	};

	CHECK(rows);
}

Test(parse, a_long_line_is_told_when_all_before_it_is_done)
{
	static const struct {
		const char *before;
		size_t len;
		const char *want;
	} rows[] = {
		/* in the last line that was read */
		{ "FROM x\n", 70000,
		  "parse 1: line is too long: builders take up to 65535 bytes (in line 2)" },
		{ "FROM x\nCOPY a \\\n", 70000,
		  "parse 2: line is too long: builders take up to 65535 bytes (in line 3)" },
		{ "# c\n", 70000, "parse 1: file with no instructions: line is too long: builders take up to "
		  "65535 bytes (in line 2)" },
		{ "", 70000, "parse: file with no instructions: line is too long: builders take up to 65535 "
		  "bytes (in line 1)" },
		{ "FROM x\nENV a\n", 70000, "parse 2:1: ENV must have two arguments" },
		{ "RUN <<A\n", 70000, "parse 1:1: unterminated heredoc: there is no line \"A\"" },
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		const size_t before = strlen(rows[i].before);
		char *text = malloc(before + rows[i].len), *got;

		cr_assert(text);
		memcpy(text, rows[i].before, before);
		memset(text + before, 'a', rows[i].len);
		got = parse(text, before + rows[i].len);
		cr_expect_str_eq(got, rows[i].want, "%s gives %s", rows[i].before, got);
		free(got);
		free(text);
	}
}

static void put_span(struct jet_buf *out, struct jet_str text, struct jet_spot at, struct jet_spot end)
{
	jet_buf_printf(out, " %.*s %u:%u-%u:%u", (int)text.len, text.data, (unsigned)at.line,
	               (unsigned)at.column, (unsigned)end.line, (unsigned)end.column);
}

static void put_spans(struct jet_buf *out, const struct jet_instruction *in)
{
	put_span(out, in->name, in->at, in->end);
	for (size_t i = 0; i < in->nflags; i++)
		put_span(out, in->flags[i].text, in->flags[i].at, in->flags[i].end);
	for (size_t i = 0; i < in->nwords; i++)
		put_span(out, in->words[i].text, in->words[i].at, in->words[i].end);
	for (size_t i = 0; i < in->nheredocs; i++) {
		put_span(out, in->heredocs[i].name, in->heredocs[i].at, in->heredocs[i].end);
		jet_buf_printf(out, "(%u)", (unsigned)in->heredocs[i].end_line);
	}
	if (in->nested)
		put_spans(out, in->nested);
}

Test(parse, everything_has_a_span)
{
	static const struct row rows[] = {
		{ "COPY a bc /x", " COPY 1:1-1:13 a 1:6-1:7 bc 1:8-1:10 /x 1:11-1:13" },
		{ "  COPY  a  /x  ", " COPY 1:3-1:14 a 1:9-1:10 /x 1:12-1:14" },
		/* flags and JSON strings as they are written */
		{ "COPY --chown='a b' c d", " COPY 1:1-1:23 --chown=a b 1:6-1:19 c 1:20-1:21 d 1:22-1:23" },
		{ "COPY [\"\\u0061\", \"b\"]", " COPY 1:1-1:21 a 1:7-1:15 b 1:17-1:20" },
		/* on their own lines */
		{ "COPY \\\n --link \\\n # no\n  a \\\n /x\n",
		  " COPY 1:1-5:4 --link 2:2-2:8 a 4:3-4:4 /x 5:2-5:4" },
		{ "COPY a\\\nb\\\nc /x", " COPY 1:1-3:5 abc 1:6-3:2 /x 3:3-3:5" },
		{ "COPY a\\\n b /x", " COPY 1:1-2:6 a 1:6-1:7 b 2:2-2:3 /x 2:4-2:6" },
		{ "ENV a=b\\\n c=\\\nd", " ENV 1:1-3:2 a 1:5-1:6 b 1:7-1:8 c 2:2-2:3 d 3:1-3:2" },
		{ "ENV a=", " ENV 1:1-1:7 a 1:5-1:6  1:7-1:7" },
		{ "COPY <<A \\\n <<-'B' /x\na\nA\n\tB\nRUN y",
		  " COPY 1:1-2:11 <<A 1:6-1:9 <<-'B' 2:2-2:8 /x 2:9-2:11 A 1:6-1:9(4) B 2:2-2:8(5)"
		  " RUN 6:1-6:6 y 6:5-6:6" },
		{ "ONBUILD \\\n COPY --link a \\\n /x",
		  " ONBUILD 1:1-3:4 COPY 2:2-3:4 --link 2:7-2:13 a 2:14-2:15 /x 3:2-3:4" },
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct jet_dockerfile *df;
		struct jet_buf out = { 0 };

		cr_assert_eq(jet_dockerfile_read(rows[i].text, strlen(rows[i].text), "D",
		                                 jet_df_dialect_of(JET_BUILDER_BUILDKIT), &df, NULL), 0);
		for (size_t k = 0; k < df->n; k++)
			put_spans(&out, &df->list[k]);
		cr_assert_eq(jet_buf_terminate(&out), 0);
		cr_expect_str_eq(out.data, rows[i].want, "%s gives %s", rows[i].text, out.data);
		jet_buf_clear(&out);
		jet_dockerfile_free(df);
	}
}
