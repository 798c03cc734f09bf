/* SPDX-License-Identifier: Apache-2.0 */
#include "cli/why_text.h"

#include <criterion/criterion.h>
#include <string.h>

static const struct jet_rule ignores = {
	.text = "*.log", .text_len = 5, .pattern = "*.log", .pattern_len = 5, .index = 0, .line = 3,
};
static const struct jet_rule keeps = {
	.text = "!a", .text_len = 2, .pattern = "a", .pattern_len = 1, .index = 1, .line = 4, .negated = true,
};
static const struct jet_rule appended = {
	.text = "!D", .text_len = 2, .pattern = "D", .pattern_len = 1, .index = 2, .line = 0, .negated = true,
};
static const struct jet_rule odd = {
	.text = "a\xFF\n", .text_len = 3, .pattern = "a", .pattern_len = 1, .index = 3, .line = 9,
};

static const struct jet_trace trace[] = { { &ignores, 1 }, { &keeps, 3 } };

typedef int (*put_fn)(struct jet_buf *, struct jet_str, const struct jet_explanation *,
                      const struct jet_why_style *);

static void expect(put_fn put, const char *path, const struct jet_explanation *x,
                   const struct jet_why_style *style, const char *want, size_t want_len)
{
	struct jet_buf line = { 0 };

	cr_assert_eq(put(&line, (struct jet_str){ path, strlen(path) }, x, style), 0);
	want_len = want_len ? want_len : strlen(want);
	cr_expect(line.len == want_len && (!want_len || memcmp(line.data, want, want_len) == 0),
	          "gives \"%.*s\"", (int)line.len, line.data ? line.data : "");
	jet_buf_clear(&line);
}

#define BY(r, a) { .answer = a, .rule = r }

Test(why_text, words_say_what_decided)
{
	static const struct jet_why_style style = { .file = "c/.dockerignore" };
	static const struct {
		const char *path;
		struct jet_explanation x;
		const char *want;
	} rows[] = {
		{ "a", { .fate = JET_FATE_SHIPPED }, "a: shipped: no rule matches\n" },
		{ "a", { .fate = JET_FATE_SHIPPED, .verdict = BY(&keeps, JET_KEPT) },
		  "a: shipped by c/.dockerignore:4 `!a`\n" },
		{ "x.log", { .fate = JET_FATE_LEFT_OUT, .verdict = BY(&ignores, JET_IGNORED) },
		  "x.log: left out by c/.dockerignore:3 `*.log`\n" },
		{ "a\nb", { .fate = JET_FATE_LEFT_OUT, .verdict = BY(&odd, JET_IGNORED) },
		  "\"a\\nb\": left out by c/.dockerignore:9 `\"a\xFF\\n\"`\n" },
		{ "D", { .fate = JET_FATE_SHIPPED, .verdict = BY(&appended, JET_KEPT) },
		  "D: shipped by c/.dockerignore `!D`\n" },
		{ "x.log", { .fate = JET_FATE_MISSING, .verdict = BY(&ignores, JET_IGNORED) },
		  "x.log: missing, would be left out by c/.dockerignore:3 `*.log`\n" },
		{ "a", { .fate = JET_FATE_MISSING, .verdict = BY(&keeps, JET_KEPT) },
		  "a: missing, would ship by c/.dockerignore:4 `!a`\n" },
		{ "d", { .fate = JET_FATE_SHIPPED, .reason = JET_REASON_IMPLIED,
		         .verdict = BY(&ignores, JET_IGNORED) },
		  "d: shipped, for something below it ships; itself left out by c/.dockerignore:3 "
		  "`*.log`\n" },
		{ "a", { .fate = JET_FATE_SHIPPED, .reason = JET_REASON_EMPTIED,
		         .verdict = BY(&keeps, JET_KEPT) },
		  "a: shipped with no content by c/.dockerignore:4 `!a`\n" },
		{ "d/e/f", { .fate = JET_FATE_LEFT_OUT, .reason = JET_REASON_PRUNED,
		             .verdict = BY(&keeps, JET_KEPT), .pruned_len = 3, .pruned_rule = &ignores },
		  "d/e/f: left out: the rules keep it, but the builder does not look into d/e/, left out by "
		  "c/.dockerignore:3 `*.log`\n" },
		{ "D", { .fate = JET_FATE_LEFT_OUT, .reason = JET_REASON_REMOVED },
		  "D: left out: the daemon removes it after reading it\n" },
		{ "f", { .fate = JET_FATE_SHIPPED, .reason = JET_REASON_UNREADABLE },
		  "f: shipped with no content: the builder cannot read it\n" },
		{ "f", { .fate = JET_FATE_LEFT_OUT, .reason = JET_REASON_UNREADABLE },
		  "f: left out: the builder cannot read it\n" },
		{ "s", { .fate = JET_FATE_LEFT_OUT, .reason = JET_REASON_SOCKET },
		  "s: left out: this builder drops sockets\n" },
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		expect(jet_why_text, rows[i].path, &rows[i].x, &style, rows[i].want, 0);
}

Test(why_text, a_failure_is_shown_where_it_is_about_the_path)
{
	static const struct jet_error err = {
		.code = JET_E_NOT_FOUND, .line = 7, .file = "D", .path = "/u", .message = "\"/u\": gone",
	};
	static const struct jet_why_style style = {
		.failure = &err, .failure_line = { "COPY u /", 8 }, .nearest = { "v", 1 },
	};
	static const struct jet_explanation undecided = { .fate = JET_FATE_UNDECIDED };
	static const struct jet_explanation missing = { .fate = JET_FATE_MISSING };

	expect(jet_why_text, "a", &undecided, &style,
	       "a: undecided: no rule leaves it out, but the build fails: D:7 `COPY u /`\n", 0);
	expect(jet_why_text, "u", &missing, &style,
	       "u: missing: D:7 `COPY u /` would fail: \"/u\": gone; did you mean v?\n", 0);
	expect(jet_why_json, "u", &missing, &style,
	       "{\"path\":\"u\",\"status\":\"missing\",\"failure\":{\"class\":\"not-found\","
	       "\"message\":\"\\\"/u\\\": gone\",\"file\":\"D\",\"line\":7,"
	       "\"instruction\":\"COPY u /\"},\"nearest\":\"v\"}\n", 0);
}

Test(why_text, without_an_ignore_file_there_is_none_to_blame)
{
	static const struct jet_why_style style = { .file = NULL };
	const struct jet_explanation x = { .fate = JET_FATE_SHIPPED };

	expect(jet_why_text, "a", &x, &style, "a: shipped: there is no ignore file\n", 0);
}

Test(why_text, a_trace_has_every_flip_and_what_it_matched)
{
	const struct jet_why_style style = { .file = "f", .trace = true };
	const struct jet_explanation x = {
		.fate = JET_FATE_SHIPPED, .verdict = BY(&keeps, JET_KEPT), .trace = trace, .ntrace = 2,
	};

	expect(jet_why_text, "a/b", &x, &style,
	       "a/b: shipped by f:4 `!a`\n"
	       "    left out by f:3 `*.log`, which matches a/\n"
	       "    brought back by f:4 `!a`\n", 0);
}

Test(why_text, colour_is_on_the_fate_and_nul_ends_a_record)
{
	const struct jet_why_style color = { .file = "f", .color = true };
	const struct jet_why_style nul = { .file = "f", .nul = true };
	const struct jet_explanation x = { .fate = JET_FATE_LEFT_OUT, .verdict = BY(&ignores, JET_IGNORED) };

	expect(jet_why_text, "a", &x, &color, "a: \033[31mleft out\033[0m by f:3 `*.log`\n", 0);
	expect(jet_why_text, "a\nb", &x, &nul, "a\nb: left out by f:3 `*.log`\0", 29);
}

Test(why_text, rules_are_shown_as_git_shows_them)
{
	const struct jet_why_style plain = { .file = "f" }, all = { .file = "f", .unmatched = true };
	const struct jet_why_style nul = { .file = "f", .unmatched = true, .nul = true };
	const struct jet_explanation hit = { .verdict = BY(&ignores, JET_IGNORED) }, miss = { .ntrace = 0 };

	expect(jet_why_rule, "x.log", &hit, &plain, "f:3:*.log\tx.log\n", 0);
	expect(jet_why_rule, "a", &miss, &plain, "", 0);
	expect(jet_why_rule, "a\tb", &miss, &all, "::\t\"a\\tb\"\n", 0);
	expect(jet_why_rule, "a\tb", &hit, &nul, "f\0" "3\0*.log\0a\tb\0", 14);
	expect(jet_why_rule, "a", &miss, &nul, "\0\0\0a\0", 5);
}

Test(why_text, json_has_an_object_a_line)
{
	const struct jet_why_style style = { .file = "f" }, traced = { .file = "f", .trace = true };
	const struct jet_explanation none = { .fate = JET_FATE_SHIPPED };
	const struct jet_explanation hit = {
		.fate = JET_FATE_LEFT_OUT, .verdict = BY(&odd, JET_IGNORED), .reason = JET_REASON_REMOVED,
	};
	const struct jet_explanation flips = {
		.fate = JET_FATE_SHIPPED, .verdict = BY(&keeps, JET_KEPT), .trace = trace, .ntrace = 2,
	};

	expect(jet_why_json, "a\"", &none, &style, "{\"path\":\"a\\\"\",\"status\":\"shipped\"}\n", 0);
	expect(jet_why_json, "\xFF", &hit, &style,
	       "{\"path_b64\":\"/w==\",\"status\":\"left out\",\"by\":{\"file\":\"f\",\"line\":9,"
	       "\"rule_b64\":\"Yf8K\",\"negated\":false},\"note\":\"the daemon removes it\"}\n", 0);
	expect(jet_why_json, "a/b", &flips, &traced,
	       "{\"path\":\"a/b\",\"status\":\"shipped\",\"by\":{\"file\":\"f\",\"line\":4,\"rule\":\"!a\","
	       "\"negated\":true},\"trace\":["
	       "{\"file\":\"f\",\"line\":3,\"rule\":\"*.log\",\"negated\":false,\"matched\":\"a\"},"
	       "{\"file\":\"f\",\"line\":4,\"rule\":\"!a\",\"negated\":true,\"matched\":\"a/b\"}]}\n", 0);
}
