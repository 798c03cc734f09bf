/* SPDX-License-Identifier: Apache-2.0 */
#include "match/regex.h"

#include "base/buf.h"

#include <criterion/criterion.h>
#include <string.h>

/* Whether Go's regexp would take the text. */
static bool accepted(const char *text, size_t len, bool loose)
{
	struct jet_arena arena = { 0 };
	struct jet_set_table sets;
	struct jet_re_parser p = {
		.arena = &arena, .sets = &sets, .loose_names = loose, .text = text, .len = len,
	};
	bool ok;

	cr_assert_eq(jet_set_table_init(&sets, &arena), 0);
	ok = jet_re_parse(&p) != NULL;
	cr_assert_not(p.nomem);
	cr_assert(ok || p.fault, "\"%s\" is refused without a reason", text);
	jet_set_table_clear(&sets);
	jet_arena_clear(&arena);
	return ok;
}

/* Spec (c), notes. */
static const char *const good[] = {
	"", "^$", "a|b", "|a", "a|", "^^a$", "a^b$", "[^/]*", "(.*/)?", ".*", "[^/]", "^a{2}$", "a{2,}",
	"a{2,3}", "a{0}", "a{0,0}", "a{1000}", "a{,2}", "a{2", "a{", "a{ 2}", "a{02}", "a{2,03}", "a{x}",
	"}", "{", "^{2}a", "\\b{2}", "a}",
	"[a]", "[^a]", "[]b]", "[^]b]", "[a-z]", "[a-]", "[-a]", "[a-b-]", "[a-b-c]", "[\\d-z]", "[.]",
	"[[:alpha:]]", "[[:^alpha:]]", "[[:word:]]", "[[.a.]]", "[[=a=]]", "[[:a]", "[\\x41-\\x5A]",
	"[\\pL]", "[\\p{Greek}]", "[\\n\\t]", "[\\]]", "[a\\-z]",
	"\\d\\D\\s\\S\\w\\W", "\\b\\B", "\\A\\z", "\\a\\f\\n\\r\\t\\v", "\\x41", "\\x{10FFFF}", "\\x{0}",
	"\\0", "\\01", "\\012", "\\12", "\\123", "\\pL", "\\PL", "\\p{Lu}", "\\p{^Lu}", "\\P{^Greek}", "\\pN",
	"\\Qa*b\\E", "\\Qa[b", "\\Q\\E", "\\Q\\E\\Qx", "\\*", "\\_", "\\ ", "\\/", "\\[", "\\\x01", "\\\x7F",
};

static const char *const bad[] = {
	"a{2,1}", "a{1001}", "a{1,1001}", "a{1001,}", "a*{2}", "(.*/)?{2}", "a{2}{3}", "|{2}", "x|{2}",
	"a{500}{3}",
	"[a", "[", "[]", "[^]", "[z-a]", "[a-\\d]", "[[:foo:]]", "[[:a]b:]", "[\\A]", "[\\z]", "[\\b]",
	"[\\B]",
	"[\\Q]", "[\\E]", "[a-\\", "[\\",
	"\\", "\\E", "\\C", "\\G", "\\K", "\\N", "\\R", "\\Z", "\\1", "\\7", "\\18", "\\8", "\\9",
	"\\c", "\\e",
	"\\g", "\\h", "\\i", "\\y", "\\\xC3\xA9", "\\x", "\\x4", "\\xg0", "\\x{}", "\\x{110000}",
	"\\x{4", "\\x{g}",
	"\\p", "\\p{", "\\p{Lu", "\\p{}", "\\p{Nope}", "\\pa", "\\p{Old Italic", "a**", "(", ")",
};

Test(regex, what_go_takes_is_taken)
{
	for (size_t i = 0; i < sizeof(good) / sizeof(good[0]); i++)
		cr_expect(accepted(good[i], strlen(good[i]), true), "\"%s\"", good[i]);
	cr_expect(accepted("\\\0", 2, true), "an escaped NUL");
}

Test(regex, what_go_refuses_is_refused)
{
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++)
		cr_expect_not(accepted(bad[i], strlen(bad[i]), true), "\"%s\"", bad[i]);
}

Test(regex, some_names_are_newer_than_docker_20_10)
{
	static const char *const names[] = {
		"\\p{ASCII}", "\\p{Assigned}", "\\p{LC}", "\\p{Cn}", "\\p{Letter}", "\\p{lu}",
		"\\p{greek}", "\\pc",
	};

	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		cr_expect(accepted(names[i], strlen(names[i]), true), "\"%s\"", names[i]);
		cr_expect_not(accepted(names[i], strlen(names[i]), false), "\"%s\"", names[i]);
	}
	cr_expect(accepted("\\p{Greek}\\pC\\p{Any}", 19, false));
}

Test(regex, what_expands_too_far_is_refused)
{
	/* Measured with Go: 3,355 times "?{1000}" compiles, 3,356 does not. */
	static const struct {
		size_t n;
		bool ok;
	} rows[] = { { 3355, true }, { 3356, false } };

	for (size_t i = 0; i < 2; i++) {
		struct jet_buf text = { 0 };

		cr_assert_eq(jet_buf_byte(&text, '^'), 0);
		for (size_t k = 0; k < rows[i].n; k++)
			cr_assert_eq(jet_buf_text(&text, "[^/]{1000}"), 0);
		cr_assert_eq(jet_buf_byte(&text, '$'), 0);
		cr_expect_eq(accepted(text.data, text.len, true), rows[i].ok, "%zu times", rows[i].n);
		jet_buf_clear(&text);
	}
}
