/* SPDX-License-Identifier: Apache-2.0 */
#include "dockerfile/expand.h"

#include <criterion/criterion.h>
#include <stdlib.h>
#include <string.h>

static struct jet_arena arena;

static void leave(void)
{
	jet_arena_clear(&arena);
}

TestSuite(subst, .fini = leave);

static struct jet_str str(const char *s)
{
	return (struct jet_str){ s, strlen(s) };
}

Test(subst, cuts_the_shortest_or_the_longest)
{
	static const struct {
		const char *value, *op, *pattern, *want; /* want NULL: refused */
	} rows[] = {
		{ "abcabc", "#", "a*c", "abc" }, { "abcabc", "##", "a*c", "" },
		{ "abcabc", "%", "b*", "abca" },
		{ "abcabc", "%%", "b*", "a" }, { "abc", "#", "", "abc" }, { "abc", "%", "", "abc" },
		{ "abc", "#", "*", "abc" }, { "abc", "##", "*", "" }, { "abc", "%", "*", "abc" },
		{ "abc", "%%", "*", "" },
		{ "", "#", "*", "" }, { "", "##", "a", "" }, { "abc", "#", "b", "abc" },
		{ "abc", "%", "b", "abc" },
		/* "*" takes a slash, "?" one rune, brackets mean nothing */
		{ "a/b/c", "#", "*/", "b/c" }, { "a/b/c", "##", "*/", "c" }, { "a/b/c", "%", "/*", "a/b" },
		{ "\xC3\xA9" "a", "#", "?", "a" }, { "a\xC3\xA9", "%", "?", "a" },
		{ "[ab]c", "#", "[ab]", "c" },
		{ "ac", "#", "[ab]", "ac" }, { "a\nb", "##", "*", "\nb" }, { "a\nb", "#", "a?b", "a\nb" },
		{ "abab", "##", "*b", "" }, { "abab", "#", "*b", "ab" }, { "aXbXc", "##", "*X", "c" },
		{ "aXbXc", "%%", "X*", "a" }, { "abc", "#", "a?c", "" }, { "abc", "#", "???", "" },
		{ "abc", "#", "????", "abc" },
		{ "abc", "##", "**", "" }, { "abc", "%%", "*?", "" }, { "aaa", "##", "a*a*a", "" },
		{ "aa", "##", "a*a*a", "aa" },
		/* escapes */
		{ "*a", "#", "\\*", "a" }, { "xa", "#", "\\*", "xa" }, { "?a", "#", "\\?", "a" },
		{ "\\a", "#", "\\\\", "a" },
		{ "/a", "#", "\\/", "a" }, { "}a", "#", "\\}", "a" }, { "a*", "%", "\\*", "a" },
		{ "a", "#", "\\x", NULL },
		{ "a", "#", "\\", NULL }, { "a\xFF", "%", "\xFF", "a" },
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct jet_expander x = { .arena = &arena, .escape = '\\' };
		struct jet_str out;
		enum jet_expanded rc;

		rc = jet_subst_trim(&x, str(rows[i].pattern), str(rows[i].value), rows[i].op[0] == '%',
		                    rows[i].op[1] != '\0', &out);
		cr_expect_eq(rc, rows[i].want ? JET_EXPAND_OK : JET_EXPAND_BAD, "%s%s%s: %d", rows[i].value,
		             rows[i].op, rows[i].pattern, rc);
		if (rows[i].want && rc == JET_EXPAND_OK)
			cr_expect(jet_str_is(out, rows[i].want), "%s%s%s gives %.*s", rows[i].value,
			          rows[i].op, rows[i].pattern, (int)out.len, out.data);
	}
}

Test(subst, replaces_the_leftmost_longest)
{
	static const struct {
		const char *value, *pattern, *by;
		bool all;
		const char *want;
	} rows[] = {
		{ "abcabc", "b", "X", false, "aXcabc" }, { "abcabc", "b", "X", true, "aXcaXc" },
		{ "abcabc", "b*", "X", false, "aX" }, { "abcabc", "z", "X", true, "abcabc" },
		{ "abcabc", "a?", "", true, "cc" }, { "aaa", "a", "aa", true, "aaaaaa" },
		{ "aaaa", "aa", "b", true, "bb" },
		{ "abab", "*b", "X", false, "X" }, { "xaya", "a*", "-", true, "x-" },
		/* an empty pattern */
		{ "abc", "", "X", false, "Xabc" }, { "abc", "", "-", true, "-a-b-c-" },
		{ "", "", "X", false, "X" },
		{ "", "a", "X", true, "" }, { "", "*", "X", false, "X" }, { "abc", "*", "X", true, "X" },
		/* only when all are replaced is the text a template */
		{ "abc", "b", "$0$0", false, "a$0$0c" }, { "abc", "b", "<$0>", true, "a<b>c" },
		{ "abc", "b", "$$", true, "a$c" }, { "abc", "b", "$1x", true, "ac" },
		{ "abc", "b", "${0}x", true, "abxc" },
		{ "abc", "b", "$", true, "a$c" }, { "abc", "b", "${", true, "a${c" },
		{ "abc", "b", "$-", true, "a$-c" },
		{ "a/b/c", "\\/", "-", true, "a-b-c" }, { "a}b", "\\}", "-", true, "a-b" },
		{ "\xC3\xA9x\xC3\xA9", "x", "-", true, "\xC3\xA9-\xC3\xA9" },
		{ "a\nb", "*", "-", false, "-\nb" },
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct jet_expander x = { .arena = &arena, .escape = '\\' };
		struct jet_str out;

		cr_assert_eq(jet_subst_replace(&x, str(rows[i].pattern), str(rows[i].value), str(rows[i].by),
		                               rows[i].all, &out), JET_EXPAND_OK);
		cr_expect(jet_str_is(out, rows[i].want), "%s/%s/%s gives %.*s", rows[i].value,
		          rows[i].pattern, rows[i].by, (int)out.len, out.data);
	}
}

/* A slow twin for the cuts: all ends, tried one after the other. */
static bool matches(const char *p, const char *v, size_t n)
{
	if (!*p)
		return n == 0;
	if (*p == '*')
		return matches(p + 1, v, n) || (n && *v != '\n' && matches(p, v + 1, n - 1));
	return n && (*p == '?' ? *v != '\n' : *p == *v) && matches(p + 1, v + 1, n - 1);
}

static struct jet_str slow_trim(const char *p, const char *v, bool at_end, bool longest)
{
	const size_t len = strlen(v);

	for (size_t i = 0; i <= len; i++) {
		const size_t n = longest ? len - i : i;

		if (matches(p, at_end ? v + len - n : v, n))
			return at_end ? (struct jet_str){ v, len - n } : (struct jet_str){ v + n, len - n };
	}
	return str(v);
}

/* The same for what replaces: all beginnings, and from each the longest first. */
static struct jet_str slow_replace(const char *p, const char *v, bool all, char *out)
{
	const size_t len = strlen(v);
	size_t used = 0, n = 0;
	bool behind = false; /* a match: no empty one there */

	for (size_t i = 0; i <= len;) {
		size_t end = len + 1;

		while (end-- > i && !matches(p, v + i, end - i))
			;
		if (end + 1 > i && matches(p, v + i, end - i) && (end > i || !behind) && (all || !used)) {
			out[n++] = '-';
			used++;
			behind = end > i;
			if (behind) {
				i = end;
				continue;
			}
		}
		behind = false;
		if (i < len)
			out[n++] = v[i];
		i++;
	}
	return (struct jet_str){ out, n };
}

struct pair {
	char p[8], v[12];
};

static uint32_t next_random(uint32_t *state)
{
	return (*state = *state * 1664525 + 1013904223) >> 16;
}

static void make_pair(uint32_t *state, struct pair *pair)
{
	const size_t np = next_random(state) & 7, nv = next_random(state) & 7;

	memset(pair, 0, sizeof(*pair));
	for (size_t k = 0; k < np; k++)
		pair->p[k] = "ab*?a*b\n"[next_random(state) >> 4 & 7];
	for (size_t k = 0; k < nv; k++)
		pair->v[k] = "aaab\nbba"[next_random(state) >> 4 & 7];
}

Test(subst, replaces_as_a_slow_twin)
{
	uint32_t state = 7;

	for (int i = 0; i < 100000; i++) {
		struct jet_expander x = { .arena = &arena, .escape = '\\' };
		struct jet_str got, want;
		struct pair pair;
		char room[32];

		make_pair(&state, &pair);
		cr_assert_eq(jet_subst_replace(&x, str(pair.p), str(pair.v), str("-"), i & 1, &got),
		             JET_EXPAND_OK);
		want = slow_replace(pair.p, pair.v, i & 1, room);
		cr_assert(jet_str_cmp(got, want) == 0, "%s in %s, %d: %.*s, not %.*s", pair.p, pair.v,
		          i & 1, (int)got.len, got.data, (int)want.len, want.data);
	}
}

Test(subst, cuts_as_a_slow_twin)
{
	uint32_t state = 1;

	for (int i = 0; i < 100000; i++) {
		struct jet_expander x = { .arena = &arena, .escape = '\\' };
		struct jet_str got, want;
		struct pair pair;
		const char *p = pair.p, *v = pair.v;

		make_pair(&state, &pair);
		cr_assert_eq(jet_subst_trim(&x, str(p), str(v), i & 1, i & 2, &got), JET_EXPAND_OK);
		want = slow_trim(p, v, i & 1, i & 2);
		cr_assert(jet_str_cmp(got, want) == 0, "%s of %s, %d: %.*s, not %.*s", p, v, i & 3,
		          (int)got.len, got.data, (int)want.len, want.data);
	}
}

Test(subst, time_is_linear_and_limited)
{
	struct jet_expander x = { .arena = &arena, .escape = '\\' };
	const size_t n = 1 << 18;
	char *text = malloc(n), *pattern = malloc(2048);
	const struct jet_str value = { text, n };
	struct jet_str out;

	cr_assert(text && pattern);
	memset(text, 'a', n);
	memset(pattern, 'a', 2048);
	for (size_t i = 0; i < 2048; i += 2)
		pattern[i] = '*';
	cr_expect_eq(jet_subst_trim(&x, (struct jet_str){ pattern, 2048 }, value, false, true, &out),
	             JET_EXPAND_BAD);
	cr_expect_str_eq(x.message, "the pattern of a substitution would take too long");
	x.own_work = 0;
	cr_expect_eq(jet_subst_replace(&x, str("a"), value, str("b"), true, &out), JET_EXPAND_OK);
	cr_expect(out.len == n && !memchr(out.data, 'a', n));
	cr_expect_eq(jet_subst_replace(&x, str("*a*b"), value, str("x"), true, &out), JET_EXPAND_OK);
	cr_expect_eq(jet_str_cmp(out, value), 0);
	cr_expect_eq(jet_subst_replace(&x, str("a*"), value, str("x"), true, &out), JET_EXPAND_OK);
	cr_expect(jet_str_is(out, "x"));
	cr_expect_eq(jet_subst_replace(&x, str(""), value, str(""), true, &out), JET_EXPAND_OK);
	x.own_work = 0;
	cr_expect_eq(jet_subst_replace(&x, str("a"), value, str("bbbbb"), true, &out), JET_EXPAND_BAD);
	cr_expect_str_eq(x.message, "the value grows beyond 1 MiB");
	x.own_work = 0;
	/* what it leaves is nothing, but it has to be read */
	for (size_t i = 0; i < 2048; i++)
		pattern[i] = "$1"[i % 2];
	cr_expect_eq(jet_subst_replace(&x, str("a"), value, (struct jet_str){ pattern, 2048 }, true, &out),
	             JET_EXPAND_BAD);
	cr_expect_str_eq(x.message, "the pattern of a substitution would take too long");
	free(text);
	free(pattern);
}
