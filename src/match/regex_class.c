/* SPDX-License-Identifier: Apache-2.0 */
#include "match/regex.h"

#include <string.h>

uint32_t jet_re_next(struct jet_re_parser *p)
{
	uint32_t rune;
	size_t n = jet_rune_decode(p->text, p->len, &rune);

	p->text += n;
	p->len -= n;
	return rune;
}

bool jet_re_starts(const struct jet_re_parser *p, const char *prefix)
{
	size_t n = strlen(prefix);

	return p->len >= n && memcmp(p->text, prefix, n) == 0;
}

static void skip(struct jet_re_parser *p, size_t n)
{
	p->text += n;
	p->len -= n;
}

static bool refuse(struct jet_re_parser *p, const char *fault)
{
	p->fault = fault;
	return false;
}

/* ---- escapes ------------------------------------------------------------ */

static bool is_octal(const struct jet_re_parser *p)
{
	return p->len && p->text[0] >= '0' && p->text[0] <= '7';
}

static int hex_value(uint32_t c)
{
	if (c >= '0' && c <= '9')
		return (int)c - '0';
	if (c >= 'a' && c <= 'f')
		return (int)c - 'a' + 10;
	if (c >= 'A' && c <= 'F')
		return (int)c - 'A' + 10;
	return -1;
}

static bool is_alnum(uint32_t c)
{
	return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

/* \x{H...}, behind the "{". */
static bool hex_braces(struct jet_re_parser *p, uint32_t *rune)
{
	unsigned digits = 0;

	*rune = 0;
	while (p->len) {
		uint32_t c = jet_re_next(p);
		int v = hex_value(c);

		if (c == '}')
			return digits > 0;
		if (v < 0)
			return false;
		*rune = *rune * 16 + (uint32_t)v;
		if (*rune > JET_RUNE_MAX)
			return false;
		digits = 1;
	}
	return false;
}

static bool hex_escape(struct jet_re_parser *p, uint32_t *rune)
{
	int high, low;

	if (!p->len)
		return false;
	high = hex_value((unsigned char)p->text[0]);
	if (p->text[0] == '{') {
		skip(p, 1);
		return hex_braces(p, rune);
	}
	skip(p, 1);
	if (high < 0 || !p->len)
		return false;
	low = hex_value((unsigned char)p->text[0]);
	skip(p, 1);
	*rune = (uint32_t)(high * 16 + low);
	return low >= 0;
}

static void octal_escape(struct jet_re_parser *p, uint32_t first, uint32_t *rune)
{
	*rune = first - '0';
	for (int i = 1; i < 3 && is_octal(p); i++)
		*rune = *rune * 8 + (jet_re_next(p) - '0');
}

bool jet_re_escape(struct jet_re_parser *p, uint32_t *rune)
{
	static const char letters[] = "afnrtv", meaning[] = "\a\f\n\r\t\v";
	const char *letter;
	uint32_t c;

	skip(p, 1);
	if (!p->len)
		return refuse(p, "trailing backslash");
	c = jet_re_next(p);
	if (c < 0x80 && !is_alnum(c)) {
		*rune = c;
		return true;
	}
	if (c == '0' || (c >= '1' && c <= '7' && is_octal(p))) {
		octal_escape(p, c, rune);
		return true;
	}
	if (c == 'x' && hex_escape(p, rune))
		return true;
	letter = c && c < 0x80 ? strchr(letters, (int)c) : NULL;
	if (!letter)
		return refuse(p, "invalid escape sequence");
	*rune = (unsigned char)meaning[letter - letters];
	return true;
}

/* ---- named classes ------------------------------------------------------ */

/* Pairs of first and last byte; "\d" and its kin have the name of one letter. */
struct ascii_class {
	const char *name, *pairs;
};

static const struct ascii_class perl[] = {
	{ "d", "09" },
	{ "s", "\t\n\f\r  " },
	{ "w", "09AZ__az" },
};

static const struct ascii_class posix[] = {
	{ "alnum", "09AZaz" },
	{ "alpha", "AZaz" },
	{ "ascii", "" }, /* NUL cannot stand in a string: see add_ascii() */
	{ "blank", "\t\t  " },
	{ "cntrl", "" },
	{ "digit", "09" },
	{ "graph", "!~" },
	{ "lower", "az" },
	{ "print", " ~" },
	{ "punct", "!/:@[`{~" },
	{ "space", "\t\r  " },
	{ "upper", "AZ" },
	{ "word", "09AZaz__" },
	{ "xdigit", "09AFaf" },
};

enum { MAX_PAIRS = 4 };

/* The ranges of a class, in ascending order, because a negated class adds the
 * gaps between them. */
static size_t class_ranges(const struct ascii_class *c, struct jet_range *out)
{
	size_t n = strlen(c->pairs) / 2;

	if (strcmp(c->name, "ascii") == 0) {
		out[0] = (struct jet_range){ 0, 0x7F };
		return 1;
	}
	if (strcmp(c->name, "cntrl") == 0) {
		out[0] = (struct jet_range){ 0, 0x1F };
		out[1] = (struct jet_range){ 0x7F, 0x7F };
		return 2;
	}
	for (size_t i = 0; i < n; i++) {
		out[i].low = (unsigned char)c->pairs[2 * i];
		out[i].high = (unsigned char)c->pairs[2 * i + 1];
	}
	return n;
}

static void sort_ranges(struct jet_range *r, size_t n)
{
	for (size_t i = 1; i < n; i++) {
		for (size_t k = i; k && r[k].low < r[k - 1].low; k--) {
			struct jet_range t = r[k];

			r[k] = r[k - 1];
			r[k - 1] = t;
		}
	}
}

static void add_ascii(struct jet_set_builder *b, const struct ascii_class *c, bool negated)
{
	struct jet_range r[MAX_PAIRS];
	size_t n = class_ranges(c, r);
	uint32_t next = 0;

	sort_ranges(r, n);
	for (size_t i = 0; i < n; i++) {
		if (!negated)
			jet_set_add_range(b, r[i].low, r[i].high);
		else if (r[i].low > next)
			jet_set_add_range(b, next, r[i].low - 1);
		next = r[i].high + 1;
	}
	if (negated)
		jet_set_add_range(b, next, JET_RUNE_MAX);
}

static const struct ascii_class *find_class(const struct ascii_class *table, size_t n,
                                            const char *name, size_t len)
{
	for (size_t i = 0; i < n; i++) {
		if (strlen(table[i].name) == len && memcmp(table[i].name, name, len) == 0)
			return &table[i];
	}
	return NULL;
}

/* \pL, \p{Greek}, \P{^Lu}: behind the "p". */
static int unicode_class(struct jet_re_parser *p, struct jet_set_builder *b, bool negated)
{
	const char *name = p->text;
	struct jet_unicode_class found;
	size_t len;

	if (!p->len)
		return refuse(p, "invalid character class range") - 1;
	if (jet_re_next(p) != '{') {
		len = (size_t)(p->text - name);
	} else {
		const char *end = memchr(p->text, '}', p->len);

		if (!end)
			return refuse(p, "invalid character class range") - 1;
		name = p->text;
		len = (size_t)(end - name);
		skip(p, len + 1);
	}
	if (len && name[0] == '^') {
		negated = !negated;
		name++;
		len--;
	}
	if (!jet_unicode_find(name, len, p->loose_names, &found))
		return refuse(p, "invalid character class range") - 1;
	jet_set_add_class(b, found, negated);
	return 1;
}

int jet_re_escape_class(struct jet_re_parser *p, struct jet_set_builder *b)
{
	const struct ascii_class *c;
	char letter;

	if (p->len < 2 || p->text[0] != '\\')
		return 0;
	letter = p->text[1];
	if (letter == 'p' || letter == 'P') {
		skip(p, 2);
		return unicode_class(p, b, letter == 'P');
	}
	c = find_class(perl, sizeof(perl) / sizeof(perl[0]), &letter, 1);
	if (c) {
		skip(p, 2);
		add_ascii(b, c, false);
		return 1;
	}
	letter = letter >= 'A' && letter <= 'Z' ? (char)(letter - 'A' + 'a') : '\0';
	c = find_class(perl, sizeof(perl) / sizeof(perl[0]), &letter, 1);
	if (!c)
		return 0;
	skip(p, 2);
	add_ascii(b, c, true);
	return 1;
}

/* [:alpha:], at "[:".  Up to the next ":]", wherever that is: 0 if nowhere. */
static int posix_class(struct jet_re_parser *p, struct jet_set_builder *b)
{
	const struct ascii_class *c;
	size_t end = 2, start = 2;
	bool negated;

	while (end + 1 < p->len && !(p->text[end] == ':' && p->text[end + 1] == ']'))
		end++;
	if (end + 1 >= p->len)
		return 0;
	negated = p->text[start] == '^';
	start += negated;
	c = find_class(posix, sizeof(posix) / sizeof(posix[0]), p->text + start, end - start);
	if (!c)
		return refuse(p, "invalid character class range") - 1;
	add_ascii(b, c, negated);
	skip(p, end + 2);
	return 1;
}

/* ---- brackets ----------------------------------------------------------- */

static bool class_rune(struct jet_re_parser *p, uint32_t *rune)
{
	if (!p->len)
		return refuse(p, "missing closing ]");
	if (p->text[0] == '\\')
		return jet_re_escape(p, rune);
	*rune = jet_re_next(p);
	return true;
}

static bool class_range(struct jet_re_parser *p, struct jet_set_builder *b)
{
	uint32_t low, high;

	if (!class_rune(p, &low))
		return false;
	high = low;
	if (p->len >= 2 && p->text[0] == '-' && p->text[1] != ']') {
		skip(p, 1);
		if (!class_rune(p, &high))
			return false;
		if (high < low)
			return refuse(p, "invalid character class range");
	}
	jet_set_add_range(b, low, high);
	return true;
}

/* "\" at the end is the escape's error, "[" without end the class's. */
static bool class_member(struct jet_re_parser *p, struct jet_set_builder *b)
{
	int done = 0;

	if (p->len > 2 && jet_re_starts(p, "[:"))
		done = posix_class(p, b);
	if (!done)
		done = jet_re_escape_class(p, b);
	if (!done)
		return class_range(p, b);
	return done > 0;
}

bool jet_re_bracket(struct jet_re_parser *p, struct jet_set_builder *b)
{
	bool first = true;

	skip(p, 1);
	if (p->len && p->text[0] == '^') {
		b->negated = true;
		skip(p, 1);
	}
	while (!p->len || p->text[0] != ']' || first) {
		first = false;
		if (!class_member(p, b))
			return false;
	}
	skip(p, 1);
	return true;
}
