/* SPDX-License-Identifier: Apache-2.0 */
#include "dockerfile/expand.h"

#include <criterion/criterion.h>
#include <stdlib.h>
#include <string.h>

static struct jet_arena arena;
static struct jet_env env;
static struct jet_buf unset;

static void set(const char *name, const char *value)
{
	cr_assert_eq(jet_env_set(&env, (struct jet_str){ name, strlen(name) },
	                         (struct jet_str){ value, strlen(value) }, false), 0);
}

/* x is set, e empty, u not set; p is a path, s a text with specials. */
static void enter(void)
{
	env = (struct jet_env){ .arena = &arena };
	set("x", "val");
	set("e", "");
	set("p", "a/b/c.tar.gz");
	set("s", "a*b\\c d");
	set("1", "one");
	set("12", "twelve");
	set("@", "at");
	set("_y9", "under");
	set("w", "*");
}

static void leave(void)
{
	jet_arena_clear(&arena);
	jet_buf_clear(&unset);
}

TestSuite(expand, .init = enter, .fini = leave);

static void note(void *ctx, struct jet_str name, const struct jet_var *var, bool fallback)
{
	(void)ctx;
	jet_buf_append(&unset, name.data, name.len);
	jet_buf_text(&unset, var && var->value.data ? "!" : var ? "." : "");
	jet_buf_text(&unset, fallback ? "-" : "");
	jet_buf_byte(&unset, ' ');
}

static struct jet_expander expander(char escape)
{
	return (struct jet_expander){ .env = &env, .arena = &arena, .escape = escape };
}

struct row {
	const char *word;
	const char *want; /* "!..." is the message it fails with */
};

static void check(struct jet_expander *x, const struct row *rows, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		const char *word = rows[i].word, *want = rows[i].want;
		struct jet_str out = { "", 0 };
		/* Exactly as long as the word, so that reads behind it are seen. */
		char *exact = malloc(strlen(word) ? strlen(word) : 1);
		enum jet_expanded rc;

		cr_assert(exact);
		memcpy(exact, word, strlen(word));
		rc = jet_expand(x, (struct jet_str){ exact, strlen(word) }, &out);
		free(exact);
		if (want[0] == '!') {
			cr_expect_eq(rc, JET_EXPAND_BAD, "%s gives %.*s", word, (int)out.len, out.data);
			cr_expect_str_eq(x->message, want + 1, "%s: %s", word, x->message);
			continue;
		}
		cr_expect_eq(rc, JET_EXPAND_OK, "%s: %s", word, x->message);
		cr_expect(jet_str_is(out, want), "%s gives %.*s, not %s", word, (int)out.len, out.data, want);
	}
}

#define CHECK(x, rows) check(x, rows, sizeof(rows) / sizeof((rows)[0]))

Test(expand, names_end_where_the_shell_ends_them)
{
	static const struct row rows[] = {
		{ "", "" }, { "abc", "abc" }, { "$x", "val" }, { "a$x-b", "aval-b" }, { "$x$x", "valval" },
		{ "${x}y", "valy" }, { "$xy", "" }, { "$u", "" }, { "$e", "" }, { "a/$u", "a/" },
		{ "$_y9", "under" }, { "$_y9.z", "under.z" },
		/* a digit first: digits only; specials are one byte long */
		{ "$1x", "onex" }, { "$12x", "twelvex" }, { "${12}", "twelve" }, { "$@x", "atx" },
		{ "${@}", "at" },
		{ "$?", "" }, { "$-x", "x" }, { "$$x", "x" }, { "$!$#$*", "" },
		/* nothing that could be a name */
		{ "$", "$" }, { "a$", "a$" }, { "$.", "$." }, { "$ x", "$ x" }, { "$/", "$/" },
		{ "$\"x\"", "$x" },
		/* a value is not read again, nor split */
		{ "$s", "a*b\\c d" }, { "$w", "*" },
		{ "\xC3\xA9$x", "\xC3\xA9val" }, { "\xFF$x", "\xFFval" },
	};
	struct jet_expander x = expander('\\');

	CHECK(&x, rows);
}

Test(expand, conditions_know_unset_from_empty)
{
	static const struct row rows[] = {
		{ "${x:-w}", "val" }, { "${e:-w}", "w" }, { "${u:-w}", "w" }, { "${u:-}", "" },
		{ "${x-w}", "val" }, { "${e-w}", "" }, { "${u-w}", "w" },
		{ "${x:+w}", "w" }, { "${e:+w}", "" }, { "${u:+w}", "" },
		{ "${x+w}", "w" }, { "${e+w}", "w" }, { "${u+w}", "" },
		{ "${x:?w}", "val" }, { "${e:?w}", "!e: w" }, { "${u:?w}", "!u: w" },
		{ "${x?w}", "val" }, { "${e?w}", "" }, { "${u?w}", "!u: w" },
		{ "${u:?}", "!u: is not allowed to be unset" }, { "${u?}", "!u: is not allowed to be unset" },
		{ "${e:?}", "!e: is not allowed to be empty" },
		/* the word is expanded itself */
		{ "${u:-$x}", "val" }, { "${u:-${u:-$x}}", "val" }, { "${u:-a${e:-b}c}", "abc" },
		{ "${u:-'}'}", "}" }, { "${u:-\"a b\"}", "a b" }, { "${u:-a b}", "a b" },
		{ "${u:-\\}}", "}" },
		{ "${u:-'$x'}", "$x" }, { "\"${u:-a}\"", "a" },
		{ "${x:-${u:?no}}", "!u: no" },
	};
	struct jet_expander x = expander('\\');

	CHECK(&x, rows);
}

Test(expand, what_is_no_substitution_is_refused)
{
	static const struct row rows[] = {
		{ "${", "!syntax error: missing '}'" }, { "${}", "!syntax error: bad substitution" },
		{ "${{x}", "!syntax error: bad substitution" },
		{ "${:x}", "!syntax error: bad substitution" },
		{ "${x:-a", "!syntax error: missing '}'" }, { "${u:-${x}", "!syntax error: missing '}'" },
		{ "${x!y}", "!unsupported modifier (!) in substitution" },
		{ "${x:!y}", "!unsupported modifier (:!) in substitution" },
		{ "${x:#y}", "!unsupported modifier (:#) in substitution" },
		{ "${x:/y/z}", "!unsupported modifier (:/) in substitution" },
		{ "${x^}", "!unsupported modifier (^) in substitution" },
		{ "${x/a}", "!syntax error: missing '/' in ${}" },
		{ "${x/a/b", "!syntax error: missing '}'" },
		{ "${x#a", "!syntax error: missing '}'" },
	};
	struct jet_expander x = expander('\\');

	CHECK(&x, rows);
}

Test(expand, quotes_and_escapes)
{
	static const struct row rows[] = {
		{ "'a b'", "a b" }, { "'$x'", "$x" }, { "'a\\b'", "a\\b" }, { "'\"'", "\"" },
		{ "\"$x\"", "val" }, { "\"'$x'\"", "'val'" }, { "\"a\\\"b\"", "a\"b" }, { "\"\\$x\"", "$x" },
		{ "\"\\\\\"", "\\" }, { "\"a\\b\"", "a\\b" }, { "\"`\"", "`" },
		{ "\\$x", "$x" }, { "a\\b", "ab" }, { "\\\\", "\\" }, { "\\'", "'" }, { "\\ ", " " },
		{ "a\\", "a" },
		{ "a'b'\"c\"d", "abcd" }, { "''", "" }, { "\\\xC3\xA9", "\xC3\xA9" },
		{ "'a", "!unexpected end of statement while looking for matching single-quote" },
		{ "\"a", "!unexpected end of statement while looking for matching double-quote" },
		{ "a'", "!unexpected end of statement while looking for matching single-quote" },
		{ "\"a\\\"", "!unexpected end of statement while looking for matching double-quote" },
	};
	static const struct row backtick[] = {
		{ "`$x", "$x" }, { "a\\b", "a\\b" }, { "\\$x", "\\val" }, { "\"`$x`\"\"", "$x\"" },
		{ "\"\\\\\"", "\\\\" }, { "c:\\$x", "c:\\val" }, { "``", "`" }, { "a`", "a" },
		{ "${u:-`}}", "}" },
	};
	struct jet_expander x = expander('\\');

	CHECK(&x, rows);
	x = expander('`');
	CHECK(&x, backtick);
}

Test(expand, patterns_are_cut_and_replaced)
{
	static const struct row rows[] = {
		{ "${p#*/}", "b/c.tar.gz" }, { "${p##*/}", "c.tar.gz" }, { "${p%.*}", "a/b/c.tar" },
		{ "${p%%.*}", "a/b/c" }, { "${p#x}", "a/b/c.tar.gz" }, { "${u#a}", "" }, { "${e%a}", "" },
		{ "${p#a?}", "b/c.tar.gz" }, { "${s#a\\*}", "b\\c d" }, { "${s%c d}", "a*b\\" },
		{ "${p/\\//-}", "a-b/c.tar.gz" }, { "${p//\\//-}", "a-b-c.tar.gz" },
		{ "${p//[b]/-}", "a/b/c.tar.gz" },
		{ "${x/a/}", "vl" }, { "${x/a/$e}", "vl" }, { "${x/$u/X}", "Xval" },
		{ "${x//a/${p%%/*}}", "val" },
		{ "${u/a/b}", "" }, { "${x/l/\\}}", "va\\}" }, { "${x#$e}", "val" }, { "${x#'v'}", "al" },
	};
	struct jet_expander x = expander('\\');

	CHECK(&x, rows);
}

/* docs/SEMANTICS.md: docker 20.10, buildah 1.28. */
Test(expand, old_builders_know_few_forms)
{
	static const struct row rows[] = {
		{ "${x:-w}", "val" }, { "${u:+w}", "" }, { "${u:?w}", "!u: w" },
		{ "${u-w}", "!unsupported modifier (-) in substitution" },
		{ "${x+w}", "!unsupported modifier (+) in substitution" },
		{ "${x?w}", "!unsupported modifier (?) in substitution" },
		{ "${x#v}", "!unsupported modifier (#) in substitution" },
		{ "${x%l}", "!unsupported modifier (%) in substitution" },
		{ "${x/a/b}", "!unsupported modifier (/) in substitution" },
	};
	struct jet_expander x = expander('\\');

	x.few_forms = true;
	CHECK(&x, rows);
}

Test(expand, in_a_heredoc_quotes_mean_nothing)
{
	static const struct row rows[] = {
		{ "'$x'", "'val'" }, { "\"$x", "\"val" }, { "it's", "it's" }, { "\\$x", "$x" },
		{ "a\nb$x\n", "a\nbval\n" },
		{ "${u:?gone}", "!u: gone" },
	};
	struct jet_expander x = expander('\\');

	x.text = true;
	CHECK(&x, rows);
}

Test(expand, unset_variables_are_told)
{
	static const struct row rows[] = {
		{ "$u$x${v}${e}", "val" }, { "${q:-a}${r#a}${t/a/b}", "a" }, { "$d${d+x}$odd", "1" },
	};
	struct jet_expander x = expander('\\');
	char doubt;

	/* declared, but not set; and set, but in doubt */
	jet_env_put(&env, (struct jet_var){ .name = { "d", 1 }, .arg = true });
	jet_env_put(&env, (struct jet_var){ .name = { "odd", 3 }, .value = { "1", 1 },
	                                    .doubt = (struct jet_doubt *)&doubt });
	x.doubt = note;
	CHECK(&x, rows);
	cr_assert_eq(jet_buf_terminate(&unset), 0);
	cr_expect_str_eq(unset.data, "u v q- r t d. d. odd! ");
	x = expander('\\');
	x.env = NULL;
	check(&x, &(struct row){ "a${x}b", "ab" }, 1);
}

/* ---- limits ------------------------------------------------------------- */

static char *repeated(const char *first, const char *text, size_t n, const char *last)
{
	struct jet_buf buf = { 0 };

	cr_assert_eq(jet_buf_text(&buf, first), 0);
	while (n--)
		cr_assert_eq(jet_buf_text(&buf, text), 0);
	cr_assert(jet_buf_text(&buf, last) == 0 && jet_buf_terminate(&buf) == 0);
	return buf.data;
}

static void nest(size_t n, const char *want)
{
	struct jet_expander x = expander('\\');
	char *open = repeated("", "${u:-", n, "z"), *all = repeated(open, "}", n, "");

	check(&x, &(struct row){ all, want }, 1);
	free(open);
	free(all);
}

Test(expand, nesting_is_limited)
{
	nest(500, "z");
	nest(501, "!substitutions nest too deeply");
	nest(100000, "!substitutions nest too deeply");
}

Test(expand, a_value_has_at_most_one_mebibyte)
{
	struct jet_expander x = expander('\\');
	char *big = repeated("", "0123456789abcdef", 1 << 15, "");
	struct jet_str out;

	set("half", big);
	cr_expect_eq(jet_expand(&x, (struct jet_str){ "$half$half", 10 }, &out), JET_EXPAND_OK);
	cr_expect_eq(out.len, 1U << 20);
	check(&x, &(struct row){ "$half${half}1", "!the value grows beyond 1 MiB" }, 1);
	check(&x, &(struct row){ "${u:-$half$half$half}", "!the value grows beyond 1 MiB" }, 1);
	free(big);
}

Test(expand, all_values_together_are_limited)
{
	uint64_t work = 0;
	char *big = repeated("", "0123456789abcdef", 1 << 15, "");
	enum jet_expanded rc = JET_EXPAND_OK;
	size_t n = 0;

	set("half", big);
	for (; rc == JET_EXPAND_OK && n < 1000; n++) {
		struct jet_expander x = expander('\\');
		struct jet_str out;

		x.work = &work;
		rc = jet_expand(&x, (struct jet_str){ "$half", 5 }, &out);
	}
	cr_expect(rc == JET_EXPAND_BAD && n == 129, "it ends with %d after %zu", rc, n);
	free(big);
}
