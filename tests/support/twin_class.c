/* SPDX-License-Identifier: Apache-2.0 */
/* Go's bracket classes and escapes, for the twin. */
#include "twin_regexp.h"

#include <stdlib.h>
#include <string.h>

enum { RUNE_MAX = 0x10FFFF };

/* Ranges as pairs of ASCII characters. */
struct named_class {
	const char *name;
	const char *pairs;
};

static const struct named_class perl_classes[] = {
	{ "d", "09" },
	{ "s", "\t\n\f\r  " },
	{ "w", "09AZ__az" },
};

static const struct named_class posix_classes[] = {
	{ "alnum", "09AZaz" },
	{ "alpha", "AZaz" },
	{ "blank", "\t\t  " },
	{ "digit", "09" },
	{ "graph", "!~" },
	{ "lower", "az" },
	{ "print", " ~" },
	{ "punct", "!/:@[`{~" },
	{ "space", "\t\r  " },
	{ "upper", "AZ" },
	{ "word", "09AZ__az" },
	{ "xdigit", "09AFaf" },
};

void twin_set_add(struct twin_set *set, uint32_t lo, uint32_t hi)
{
	if (set->n == set->capacity) {
		set->capacity = set->capacity ? set->capacity * 2 : 8;
		set->ranges = twin_alloc(set->ranges, set->capacity * sizeof(*set->ranges));
	}
	set->ranges[set->n].lo = lo;
	set->ranges[set->n++].hi = hi;
}

static void add_pairs(struct twin_set *set, const char *pairs, bool negated)
{
	uint32_t next = 0;

	for (; *pairs; pairs += 2) {
		uint32_t lo = (unsigned char)pairs[0], hi = (unsigned char)pairs[1];

		if (!negated)
			twin_set_add(set, lo, hi);
		else if (lo > next)
			twin_set_add(set, next, lo - 1);
		next = hi + 1;
	}
	if (negated)
		twin_set_add(set, next, RUNE_MAX);
}

/* PCRE2 will not hear of surrogates, and no subject has one. */
static void emit_range(struct jet_buf *out, uint32_t lo, uint32_t hi)
{
	if (lo >= 0xD800 && lo <= 0xDFFF)
		lo = 0xE000;
	if (hi >= 0xD800 && hi <= 0xDFFF)
		hi = 0xD7FF;
	if (lo <= hi)
		jet_buf_printf(out, "\\x{%x}-\\x{%x}", (unsigned)lo, (unsigned)hi);
}

void twin_set_emit(struct twin_parser *p, struct twin_set *set, bool negated)
{
	struct jet_buf members = { 0 };

	for (size_t i = 0; i < set->n; i++)
		emit_range(&members, set->ranges[i].lo, set->ranges[i].hi);
	jet_buf_append(&members, set->names.data, set->names.len);
	if (!members.len) {
		negated = !negated;
		emit_range(&members, 0, RUNE_MAX);
	}
	jet_buf_text(&p->out, negated ? "[^" : "[");
	jet_buf_append(&p->out, members.data, members.len);
	jet_buf_text(&p->out, "]");
	jet_buf_clear(&members);
	jet_buf_clear(&set->names);
	free(set->ranges);
}

/* \pX or \p{name}; @p stands on the "\". */
static void property(struct twin_parser *p, struct twin_set *set)
{
	bool negated = twin_peek(p, 1) == 'P';
	char name[64] = "";
	size_t n = 0, i = 2, end = 3;
	const char *pcre;

	if (twin_peek(p, 2) == '{') {
		for (i = end = 3; end < p->len && p->t[end] != '}'; end++)
			;
		if (end == p->len)
			p->bad = true;
		if (twin_peek(p, i) == '^' && i < end) {
			negated = !negated;
			i++;
		}
	} else if (twin_peek(p, 2) == '^') {
		p->bad = true;
	}
	for (; i < end && i < p->len && n < sizeof(name) - 1; i++)
		name[n++] = p->t[i] < 0x80 && p->t[i] ? (char)p->t[i] : '?';
	pcre = twin_property(name, p->old);
	if (!pcre)
		p->bad = true;
	if (p->bad)
		return;
	if (pcre[0] == '!')
		negated = !negated;
	if (p->old && !strcmp(pcre, "C"))
		jet_buf_text(&set->names, negated ? "\\p{L}\\p{M}\\p{N}\\p{P}\\p{S}\\p{Z}\\p{Cn}"
		                                  : "\\p{Cc}\\p{Cf}\\p{Co}\\p{Cs}");
	else
		jet_buf_printf(&set->names, "\\%c{%s}", negated ? 'P' : 'p',
		               pcre + (pcre[0] == '!'));
	twin_skip(p, twin_peek(p, 2) == '{' ? end + 1 : end);
}

bool twin_escape_set(struct twin_parser *p, struct twin_set *set)
{
	uint32_t c = twin_peek(p, 1);

	if (c == 'p' || c == 'P') {
		property(p, set);
		return true;
	}
	for (size_t i = 0; i < sizeof(perl_classes) / sizeof(perl_classes[0]); i++) {
		uint32_t lower = (uint32_t)perl_classes[i].name[0];

		if (c != lower && c != lower - 'a' + 'A')
			continue;
		add_pairs(set, perl_classes[i].pairs, c != lower);
		twin_skip(p, 2);
		return true;
	}
	return false;
}

static int hex(uint32_t c)
{
	if (c >= '0' && c <= '9')
		return (int)c - '0';
	if (c >= 'a' && c <= 'f')
		return (int)c - 'a' + 10;
	if (c >= 'A' && c <= 'F')
		return (int)c - 'A' + 10;
	return -1;
}

/* Behind "\x". */
static uint32_t hex_escape(struct twin_parser *p)
{
	uint32_t r = 0;
	size_t n = 0;

	if (twin_peek(p, 0) != '{') {
		int high = hex(twin_peek(p, 0)), low = hex(twin_peek(p, 1));

		if (high < 0 || low < 0)
			p->bad = true;
		else
			twin_skip(p, 2);
		return p->bad ? 0 : (uint32_t)(high * 16 + low);
	}
	twin_skip(p, 1);
	for (; hex(twin_peek(p, 0)) >= 0 && r <= RUNE_MAX; n++) {
		r = r * 16 + (uint32_t)hex(twin_peek(p, 0));
		twin_skip(p, 1);
	}
	if (!n || r > RUNE_MAX || twin_peek(p, 0) != '}')
		p->bad = true;
	else
		twin_skip(p, 1);
	return r;
}

static bool is_octal(uint32_t c)
{
	return c >= '0' && c <= '7';
}

static uint32_t octal_escape(struct twin_parser *p)
{
	uint32_t r = 0;

	if (twin_peek(p, 0) != '0' && !is_octal(twin_peek(p, 1)))
		p->bad = true;
	for (int i = 0; i < 3 && is_octal(twin_peek(p, 0)); i++) {
		r = r * 8 + twin_peek(p, 0) - '0';
		twin_skip(p, 1);
	}
	return r;
}

uint32_t twin_escape_rune(struct twin_parser *p)
{
	static const char letters[] = "afnrtv", codes[] = "\a\f\n\r\t\v";
	uint32_t c = twin_peek(p, 1);
	const char *letter = c && c < 0x80 ? strchr(letters, (int)c) : NULL;

	twin_skip(p, p->len ? 1 : 0);
	if (is_octal(c))
		return octal_escape(p);
	if (!p->len || c >= 0x80) {
		p->bad = true;
		return 0;
	}
	twin_skip(p, 1);
	if (c == 'x')
		return hex_escape(p);
	if (letter)
		return (unsigned char)codes[letter - letters];
	if ((c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z'))
		p->bad = true;
	return c;
}

/* [:name:] inside a class; false: these are ordinary characters. */
static bool posix(struct twin_parser *p, struct twin_set *set)
{
	char name[32] = "";
	size_t end = 2, n = 0;
	bool negated;

	if (twin_peek(p, 0) != '[' || twin_peek(p, 1) != ':')
		return false;
	while (end < p->len && !(p->t[end] == ':' && twin_peek(p, end + 1) == ']'))
		end++;
	if (end >= p->len)
		return false;
	negated = twin_peek(p, 2) == '^';
	for (size_t i = negated ? 3 : 2; i < end && n < sizeof(name) - 1; i++)
		name[n++] = p->t[i] < 0x80 && p->t[i] ? (char)p->t[i] : '?';
	twin_skip(p, end + 2);
	if (!strcmp(name, "ascii") || !strcmp(name, "cntrl")) {
		/* Their ranges begin with NUL, which the table cannot hold. */
		uint32_t last = name[0] == 'a' ? 0x7F : 0x1F;

		if (negated)
			twin_set_add(set, last + 1, last == 0x7F ? RUNE_MAX : 0x7E);
		else
			twin_set_add(set, 0, last);
		if (last == 0x1F)
			twin_set_add(set, negated ? 0x80 : 0x7F, negated ? RUNE_MAX : 0x7F);
		return true;
	}
	for (size_t i = 0; i < sizeof(posix_classes) / sizeof(posix_classes[0]); i++)
		if (!strcmp(name, posix_classes[i].name)) {
			add_pairs(set, posix_classes[i].pairs, negated);
			return true;
		}
	p->bad = true;
	return true;
}

static uint32_t member(struct twin_parser *p)
{
	uint32_t r = twin_peek(p, 0);

	if (!p->len) {
		p->bad = true;
		return 0;
	}
	if (r == '\\')
		return twin_escape_rune(p);
	twin_skip(p, 1);
	return r;
}

static void member_or_range(struct twin_parser *p, struct twin_set *set)
{
	uint32_t lo = member(p), hi = lo;

	if (p->len >= 2 && twin_peek(p, 0) == '-' && twin_peek(p, 1) != ']') {
		twin_skip(p, 1);
		hi = member(p);
	}
	if (hi < lo)
		p->bad = true;
	twin_set_add(set, lo, hi);
}

void twin_class(struct twin_parser *p)
{
	struct twin_set set = { 0 };
	bool negated;

	twin_skip(p, 1);
	negated = twin_peek(p, 0) == '^';
	if (negated)
		twin_skip(p, 1);
	for (bool first = true; !p->bad && (first || twin_peek(p, 0) != ']'); first = false) {
		if (posix(p, &set))
			continue;
		if (twin_peek(p, 0) == '\\' && twin_escape_set(p, &set))
			continue;
		member_or_range(p, &set);
	}
	if (p->len)
		twin_skip(p, 1);
	twin_set_emit(p, &set, negated);
}
