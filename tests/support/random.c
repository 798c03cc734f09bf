/* SPDX-License-Identifier: Apache-2.0 */
/* Random ignore files: rules from a grammar, and real ones with damage done. */
#include "random.h"

#include <stdlib.h>
#include <string.h>

enum { MAX_RULES = 9, MAX_PATH = 300, LINE_LIMIT = 65536 };

/* A piece of text that may hold a NUL. */
struct piece {
	const char *s;
	size_t len;
};

#define P(text) { text, sizeof(text) - 1 }

/* What a list usually is made of, so that rules and paths meet. */
static const struct piece names[] = {
	P("a"), P("b"), P("ab"), P("c"), P("aa"), P("foo"), P(".a"), P("a.b"), P("x"), P("-"),
};

static const struct piece odd_names[] = {
	P("\xC3\xA9"), P("\xE4\xB8\xAD"), P("\xF0\x9F\x98\x80"), P("\xFF"), P("\xC3"),
	P("\xE4\xB8"), P("\xEF\xBF\xBD"), P("\xEF\xBB\xBF"), P("\t"), P(" "), P("\r"), P("\x01"),
	P("\x7F"), P("_"), P("\xCE\xB1"), P("\xD0\x96"), P("$"), P("+"), P("("), P(")"), P("!"),
	P("#"), P("\xC2\x85"), P("\xC2\xA0"), P("]"), P("}"), P(","), P(":"), P("E"), P("0"), P("7"),
	P("9"), P("A"), P("Z"), P("1"), P("\xED\xA0\x80"), P("\xF4\x90\x80\x80"), P("\x00"),
};

static const struct piece globs[] = {
	P("*"), P("*"), P("?"), P("*"), P("**"), P("***"), P("?*"), P("*?"),
};

static const struct piece classes[] = {
	P("[a]"), P("[^a]"), P("[!a]"), P("[a-c]"), P("[c-a]"), P("[]a]"), P("[^]a]"), P("[a-]"),
	P("[-a]"), P("[a-b-c]"), P("[*]"), P("[?]"), P("[a?b]"), P("[a**b]"), P("[.]"), P("[+$()]"),
	P("[{}|^]"), P("[\\d]"), P("[\\d-z]"), P("[a-\\d]"), P("[\\w.]"), P("[\\W]"), P("[\\S]"),
	P("[^\\s]"), P("[\\pL]"), P("[^\\pL]"), P("[\\PL-a]"), P("[[:alpha:]]"), P("[[:^alpha:]]"),
	P("[^[:digit:]_]"), P("[[:word:]]"), P("[[:space:]]"), P("[[:cntrl:]]"), P("[[:^cntrl:]]"),
	P("[[:ascii:]]"), P("[[:^ascii:]]"), P("[[:punct:]]"), P("[[:graph:][:blank:]]"),
	P("[[:foo:]]"), P("[[:a]"), P("[[:a]b:]"), P("[[.a.]]"), P("[[=a=]]"), P("[\xC3\xA9]"),
	P("[^\xC3\xA9]"), P("[a-\xE4\xB8\xAD]"), P("[\xFF]"), P("[^\xEF\xBF\xBD]"), P("[\\x61-\\x63]"),
	P("[\\141]"), P("[\\n]"), P("[^\\n]"), P("[\\b]"), P("[\\Qa\\E]"), P("[\\A]"), P("[\\]a]"),
	P("[\\-a]"), P("[a\\]"), P("[a"), P("["), P("[]"), P("[^]"), P("]"), P("[^/]"), P("[^a-b]"),
	P("[\\x{61}-\\x{7a}]"), P("[a\\-c]"), P("[^-a]"), P("[^^a]"), P("[a^]"), P("[[a]]"),
	P("[[:upper:][:lower:]]"), P("[[:xdigit:]]"), P("[[:print:]]"), P("[[:alnum:]-z]"),
	P("[\\0]"), P("[\\07]"), P("[\\pN\\d]"), P("[^\\D]"), P("[a-a]"), P("[a-\\x62]"),
	P("[\xEF\xBF\xBD]"), P("[^\\x00-\\x7f]"), P("[\\x{0}-\\x{10FFFF}]"), P("[^\\x{0}-\\x{10FFFF}]"),
};

static const struct piece escapes[] = {
	P("\\d"), P("\\D"), P("\\s"), P("\\S"), P("\\w"), P("\\W"), P("\\b"), P("\\B"), P("\\A"),
	P("\\z"), P("\\a"), P("\\f"), P("\\n"), P("\\r"), P("\\t"), P("\\v"), P("\\x61"), P("\\x6"),
	P("\\x{61}"), P("\\x{}"), P("\\x{110000}"), P("\\x{10FFFF}"), P("\\x{d800}"), P("\\x{FFFD}"),
	P("\\0"), P("\\07"), P("\\141"), P("\\1"), P("\\1410"), P("\\8"), P("\\Q"), P("\\E"),
	P("\\Qa*b\\E"), P("\\Qa"), P("\\Q\\E"), P("\\*"), P("\\?"), P("\\["), P("\\]"), P("\\!"),
	P("\\-"), P("\\_"), P("\\ "), P("\\\\"), P("\\C"), P("\\G"), P("\\K"), P("\\N"), P("\\R"),
	P("\\Z"), P("\\c"), P("\\e"), P("\\g"), P("\\h"), P("\\X"), P("\\\xC3\xA9"), P("\\\xFF"),
	P("\\|"), P("\\{"), P("\\}"), P("\\^"), P("\\+"), P("\\("), P("\\$"), P("\\/"), P("\\x{ 61}"),
	P("\\x00"), P("\\xe9"), P("\\x{e9}"), P("\\x{4e2d}"), P("\\377"), P("\\\x00"),
	P("\\#"), P("\\\x01"),
};

/* Of these Go 1.19 has another idea, or none. */
static const struct piece new_properties[] = {
	P("\\pC"), P("\\PC"), P("\\p{C}"), P("\\p{Cn}"), P("\\p{LC}"), P("\\p{ASCII}"), P("\\p{^ascii}"),
	P("\\p{Assigned}"), P("\\p{Letter}"), P("\\p{lowercase letter}"), P("\\pl"), P("\\p{greek}"),
	P("\\p{Upper-case_Letter}"), P("\\p{Cs}"), P("\\p{Co}"), P("\\p{Other}"), P("\\p{any}"),
	P("\\p{Old_Italic}"), P("\\p{olditalic}"), P("\\p{unassigned}"), P("\\p{Toto}"), P("\\pc"),
	P("\\p{lc}"),
};

static const struct piece properties[] = {
	P("\\pL"), P("\\PL"), P("\\p{Lu}"), P("\\p{^Lu}"), P("\\P{Lu}"), P("\\P{^Lu}"), P("\\pN"),
	P("\\p{Nd}"), P("\\p{Greek}"), P("\\p{Latin}"), P("\\P{Han}"), P("\\p{Any}"), P("\\P{Any}"),
	P("\\pZ"), P("\\pS"), P("\\pP"), P("\\pM"), P("\\p{Common}"), P("\\p{Cyrillic}"), P("\\p{Cc}"),
	P("\\pa"), P("\\p"), P("\\p{"), P("\\p{L"), P("\\p{}"), P("\\p{Foo}"), P("\\p^L"), P("\\p{^^L}"),
	P("\\p{Ll}"), P("\\p{So}"), P("\\p{Cf}"), P("\\p{Sm}"), P("\\p\xC3\xA9"),
};

/* The operators that moby meant to escape. */
static const struct piece live[] = {
	P("|"), P("^"), P("{2}"), P("{0}"), P("{1}"), P("{,2}"), P("{2,}"), P("{0,1}"), P("{2,1}"),
	P("{1001}"), P("{1000}"), P("{02}"), P("{ 2}"), P("{"), P("}"), P("{}"), P("{a}"), P("+"),
	P("("), P(")"), P("$"), P("(a|b)"), P("(a)"), P("a|b"), P("{0,}"), P("{1,3}"), P("||"), P("()"),
	P("(a+)"), P("(a{2}){2}"), P("(|a)"), P("(^a)"), P("(b$)"), P("{3,3}"), P("{0,0}"), P("+?"),
	P("(a{1000}){2}"), P("((a){20}){50}"), P("((a){20}){51}"), P("{99999999999999999999}"),
	P("(?:a)"), P("(?i)a"), P("(?"), P("a+"), P("(.)"), P("?{1000}"), P("?{40}"), P("({2})"),
};

static const char *const real[] = {
	"*", "!package.json", "!package-lock.json", "!src", "!src/**", "**/node_modules", "node_modules",
	"**/*.log", "*.md", "!README.md", "**/.git", ".git", ".gitignore", "Dockerfile*", ".dockerignore",
	"**/*.pyc", "**/__pycache__", "build/", "/dist", "./tmp", "**/target/**", "target",
	"!target/release/app", "**/.DS_Store", "docs/**/*.png", "!docs/logo.png", "vendor/*/*.go",
	"[Bb]in/", "[Oo]bj/", "**/[Bb]in/", "*.sw?", "*~", "\\#*\\#", "#comment", "*.{js,ts}", ".env*",
	"!.env.example", "test[0-9]", "**/*_test.go", "a/**/b/*.c", "!**/keep", "logs/*/**", "!logs/*/x",
	"temp?", "*/temp*", "*/*/temp*", "!*.md", "README-secret.md", "**", "!**/*.go", ".", "..", "!.",
	"c:\\dir\\file", "$HOME", "file(1).txt", "a+b", "**/foo**", "foo**/bar", "**/**/x", "x/**/**",
};

enum { NREAL = sizeof(real) / sizeof(real[0]) };

/* ---- numbers ------------------------------------------------------------ */

/* splitmix64 */
static uint64_t next(struct random *r)
{
	uint64_t z = r->state += UINT64_C(0x9E3779B97F4A7C15);

	z = (z ^ z >> 30) * UINT64_C(0xBF58476D1CE4E5B9);
	z = (z ^ z >> 27) * UINT64_C(0x94D049BB133111EB);
	return z ^ z >> 31;
}

void random_init(struct random *r, uint64_t seed, enum random_flavour flavour)
{
	memset(r, 0, sizeof(*r));
	/* Mixed once: a seed next to another one must not begin the same row
	 * of numbers a little later. */
	r->state = seed;
	r->state = next(r);
	r->flavour = flavour;
}

uint32_t random_below(struct random *r, uint32_t n)
{
	return (uint32_t)((next(r) >> 32) * n >> 32);
}

static bool chance(struct random *r, uint32_t percent)
{
	return random_below(r, 100) < percent;
}

static void put(struct jet_buf *out, const char *s, size_t len)
{
	if (jet_buf_append(out, s, len) < 0)
		abort();
}

static void put_byte(struct jet_buf *out, char c)
{
	put(out, &c, 1);
}

static void put_one(struct random *r, struct jet_buf *out, const struct piece *pieces, size_t n)
{
	const struct piece *p = &pieces[random_below(r, (uint32_t)n)];

	put(out, p->s, p->len);
}

#define PUT_ONE(r, out, table) put_one(r, out, table, sizeof(table) / sizeof((table)[0]))

/* ---- rules -------------------------------------------------------------- */

static void put_property(struct random *r, struct jet_buf *out)
{
	/* A few also in RANDOM_COMMON, so that the reference test has to say
	 * what it does with them. */
	if (chance(r, r->flavour == RANDOM_COMMON ? 3 : 35))
		PUT_ONE(r, out, new_properties);
	else
		PUT_ONE(r, out, properties);
}

static void put_name(struct random *r, struct jet_buf *out)
{
	if (r->tight)
		put_byte(out, (char)('a' + random_below(r, 2)));
	else if (!r->ascii && chance(r, 6 + 4 * r->wildness))
		PUT_ONE(r, out, odd_names);
	else
		PUT_ONE(r, out, names);
}

static void put_piece(struct random *r, struct jet_buf *out)
{
	static const uint32_t wild_percent[] = { 0, 8, 30, 65 };
	uint32_t kind = random_below(r, 100);

	if (!chance(r, wild_percent[r->wildness])) {
		if (kind < 58)
			put_name(r, out);
		else
			PUT_ONE(r, out, globs);
	} else if (kind < 30) {
		PUT_ONE(r, out, classes);
	} else if (kind < 50) {
		PUT_ONE(r, out, escapes);
	} else if (kind < 60) {
		put_property(r, out);
	} else if (kind < 95) {
		PUT_ONE(r, out, live);
	} else {
		put_byte(out, (char)(1 + random_below(r, 255)));
	}
}

static void put_component(struct random *r, struct jet_buf *out)
{
	static const struct piece few[] = {
		P("a"), P("b"), P("a"), P("b"), P("*"), P("**"), P("?"), P("a*"), P("[a]"),
	};
	uint32_t n = random_below(r, 10);

	if (r->tight) {
		PUT_ONE(r, out, few);
		return;
	}
	if (n < 2) {
		put(out, "**", 2);
		return;
	}
	if (n == 9 && chance(r, 20)) {
		put(out, "..", 1 + random_below(r, 2));
		return;
	}
	put_piece(r, out);
	while (chance(r, 25 + 10 * r->wildness))
		put_piece(r, out);
}

/* Copies a part of a rule that is there already. */
static void put_echo(struct random *r, struct jet_buf *out)
{
	size_t start, len;

	if (!out->len)
		return;
	start = random_below(r, (uint32_t)out->len);
	len = random_below(r, (uint32_t)(out->len - start) + 1);
	len = len > 40 ? 40 : len;
	for (size_t i = 0; i < len; i++) {
		char c = out->data[start + i];

		if (c != '\n')
			put_byte(out, c);
	}
}

/* A rule about what is below a rule that is there already, or above it: such
 * are the lists where the orders differ. */
static void put_relative(struct random *r, struct jet_buf *out)
{
	size_t start, end;

	start = out->len ? random_below(r, (uint32_t)out->len) : 0;
	while (start && out->data[start - 1] != '\n')
		start--;
	start += start < out->len && out->data[start] == '!';
	for (end = start; end < out->len && end - start < 60 && out->data[end] != '\n'; end++) {
		if (out->data[end] == '/' && chance(r, 40))
			break;
	}
	for (size_t i = start; i < end; i++)
		put_byte(out, out->data[i]);
	if (end == start) {
		put_component(r, out);
	} else if (chance(r, 50)) {
		put_byte(out, '/');
		put_component(r, out);
	}
}

static void damage(struct random *r, char *s, size_t len)
{
	static const char bytes[] = "*?[]\\!/{}|^+()$.-#,:=\xFF\xC3 ab";

	while (len && chance(r, 45))
		s[random_below(r, (uint32_t)len)] = bytes[random_below(r, sizeof(bytes) - 1)];
}

static void put_real(struct random *r, struct jet_buf *out)
{
	const char *rule = real[random_below(r, NREAL)];
	const size_t start = out->len;

	put(out, rule, strlen(rule));
	if (chance(r, 15 * r->wildness))
		damage(r, out->data + start, out->len - start);
}

static void put_pattern(struct random *r, struct jet_buf *out)
{
	const uint32_t kind = random_below(r, 100);

	if (kind < 12) {
		put_real(r, out);
		return;
	}
	if (kind >= 50 && kind < 85) {
		put_relative(r, out);
		return;
	}
	if (kind < 18)
		put_echo(r, out);
	if (kind > 96)
		put_byte(out, '/');
	put_component(r, out);
	while (chance(r, 45)) {
		put_byte(out, '/');
		put_component(r, out);
	}
	if (kind > 90)
		put(out, kind > 93 ? "/**" : "/", kind > 93 ? 3 : 1);
	/* Gets past the partial check, and makes the "$" a text. */
	if (r->wildness > 1 && kind < 24)
		put(out, "*\\", 2);
}

static void put_rule(struct random *r, struct jet_buf *out, uint32_t negated_percent)
{
	static const struct piece before[] = {
		P(" "), P("\t"), P("/"), P("./"), P("//"), P("../"), P("\xEF\xBB\xBF"), P("!"), P("\xC2\xA0"),
		P("#"), P("/ "), P("/\t"), P("/!"), P("a/../"), P("\xE2\x80\x83"), P("\x0B"), P("\\!"),
	};
	static const struct piece behind[] = {
		P(" "), P("/"), P("\r"), P("/."), P("/.."), P("\xC2\x85"), P("\t"), P("\\"), P("**"), P("/*"),
	};

	if (chance(r, negated_percent))
		put_byte(out, '!');
	if (chance(r, 5))
		PUT_ONE(r, out, before);
	put_pattern(r, out);
	if (chance(r, 5))
		PUT_ONE(r, out, behind);
}

/* A line about as long as one may be. */
static void put_long(struct random *r, struct jet_buf *out)
{
	const size_t len = LINE_LIMIT - 3 + random_below(r, 4);

	if (chance(r, 30))
		put_byte(out, '#');
	for (size_t i = 0; i < len; i++)
		put_byte(out, i % 200 == 199 ? '/' : 'a');
}

void random_list(struct random *r)
{
	uint32_t n = 1 + random_below(r, MAX_RULES), negated = random_below(r, 4) * 20;
	struct jet_buf *out = &r->list;

	out->len = 0;
	r->wildness = random_below(r, 6);
	r->wildness = r->wildness < 4 ? r->wildness / 2 : r->wildness - 2;
	r->ascii = chance(r, 50);
	r->tight = r->wildness == 0 && chance(r, 60);
	if (chance(r, 2))
		put(out, "\xEF\xBB\xBF", 3);
	for (uint32_t i = 0; i < n; i++) {
		if (random_below(r, 8000) == 0)
			put_long(r, out);
		else
			put_rule(r, out, negated);
		if (chance(r, 3))
			put_byte(out, '\r');
		put_byte(out, '\n');
	}
	if (chance(r, 20))
		out->len--;
}

/* ---- paths -------------------------------------------------------------- */

static void put_random_name(struct random *r, struct jet_buf *out)
{
	do {
		put_name(r, out);
	} while (chance(r, 20));
	if (chance(r, 3))
		put_byte(out, '\n');
}

static void put_random_path(struct random *r, struct jet_buf *out)
{
	put_random_name(r, out);
	while (chance(r, 50)) {
		put_byte(out, '/');
		put_random_name(r, out);
	}
}

static size_t put_from_class(struct random *r, struct jet_buf *out, const char *s, size_t len)
{
	size_t end = 1;

	while (end < len && s[end] != ']' && s[end] != '/')
		end++;
	if (end > 2 && chance(r, 70))
		put_byte(out, s[1 + random_below(r, (uint32_t)end - 1)]);
	else
		put_name(r, out);
	return end < len ? end + 1 : len;
}

static size_t put_from_escape(struct random *r, struct jet_buf *out, const char *s, size_t len)
{
	if (len < 2)
		return len;
	switch (s[1]) {
	case 'd':
		put_byte(out, (char)('0' + random_below(r, 10)));
		return 2;
	case 'n':
		put_byte(out, '\n');
		return 2;
	case 'x':
	case '1':
		put_byte(out, 'a');
		return len < 4 ? len : 4;
	case 'w':
	case 'S':
	case 'D':
	case 'p':
	case 'P':
		put_name(r, out);
		return 2;
	case 'Q':
	case 'E':
	case 'b':
	case 'B':
	case 'A':
	case 'z':
		return 2;
	default:
		put_byte(out, s[1]);
		return 2;
	}
}

static size_t put_from_stars(struct random *r, struct jet_buf *out, const char *s, size_t len)
{
	if (len < 2 || s[1] != '*') {
		while (chance(r, 45))
			put_name(r, out);
		return 1;
	}
	if (chance(r, 60)) {
		put_random_path(r, out);
		if (chance(r, 80))
			put_byte(out, '/');
	}
	return len > 2 && s[2] == '/' ? 3 : 2;
}

/* Something that the rule may match. */
static void put_from_rule(struct random *r, struct jet_buf *out, const char *s, size_t len)
{
	for (size_t i = 0; i < len && out->len < MAX_PATH;) {
		switch (s[i]) {
		case '*':
			i += put_from_stars(r, out, s + i, len - i);
			break;
		case '[':
			i += put_from_class(r, out, s + i, len - i);
			break;
		case '\\':
			i += put_from_escape(r, out, s + i, len - i);
			break;
		case '?':
			put_name(r, out);
			i++;
			break;
		case '{':
			/* A repeat, perhaps: twice what stands before it. */
			if (out->len && chance(r, 60)) {
				put_byte(out, out->data[out->len - 1]);
				while (i < len && s[i] != '}' && s[i] != '/')
					i++;
			} else {
				put_byte(out, s[i]);
			}
			i++;
			break;
		case '|':
			if (chance(r, 40))
				return;
			if (chance(r, 50))
				out->len = 0;
			i++;
			break;
		case '^':
		case '(':
		case ')':
		case '+':
			if (chance(r, 40))
				put_byte(out, s[i]);
			i++;
			break;
		default:
			put_byte(out, s[i++]);
		}
	}
}

/* A rule of the list, as it stands there. */
static struct piece pick_line(struct random *r)
{
	const struct jet_buf *list = &r->list;
	size_t at = list->len ? random_below(r, (uint32_t)list->len) : 0, end = at;

	while (at && list->data[at - 1] != '\n')
		at--;
	while (end < list->len && list->data[end] != '\n' && end - at < MAX_PATH)
		end++;
	if (at < end && list->data[at] == '!')
		at++;
	return (struct piece){ list->len ? list->data + at : "", end - at };
}

size_t random_plain(char *path, size_t len)
{
	size_t w = 0, start = 0;

	for (size_t i = 0; i <= len; i++) {
		size_t n = i - start, from = start;

		if (i < len && path[i] != '/')
			continue;
		start = i + 1;
		while (n && !path[from]) {
			from++;
			n--;
		}
		if (!n || (path[from] == '.' && (n == 1 || (n == 2 && path[from + 1] == '.'))))
			continue;
		if (w)
			path[w++] = '/';
		for (size_t k = 0; k < n; k++) {
			if (path[from + k])
				path[w++] = path[from + k];
		}
	}
	return w;
}

void random_path(struct random *r, struct jet_buf *out)
{
	size_t again;

	out->len = 0;
	if (chance(r, 85)) {
		struct piece line = pick_line(r);

		put_from_rule(r, out, line.s, line.len);
	} else {
		put_random_path(r, out);
	}
	if (out->len && chance(r, 12))
		out->data[random_below(r, (uint32_t)out->len)] = "a/\n\xFF.b"[random_below(r, 6)];
	if (chance(r, 30)) {
		put_byte(out, '/');
		put_random_path(r, out);
	}
	if (out->len && chance(r, 6))
		out->len = random_below(r, (uint32_t)out->len) + 1;
	/* Dropping a NUL can make ".." of ".\0.": until nothing changes. */
	do {
		again = out->len;
		out->len = random_plain(out->data, out->len);
	} while (out->len != again);
	if (!out->len)
		put_byte(out, 'a');
}

void random_clear(struct random *r)
{
	jet_buf_clear(&r->list);
}
