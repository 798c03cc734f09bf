/* SPDX-License-Identifier: Apache-2.0 */
/* Bytes, runes and paths as Go's library sees them, for the twin. */
#include "twin_private.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void *twin_alloc(void *old, size_t size)
{
	void *p = realloc(old, size ? size : 1);

	if (!p) {
		fprintf(stderr, "twin: out of memory\n");
		abort();
	}
	return p;
}

void twin_put(struct twin_text *text, uint32_t rune)
{
	if (text->len == text->capacity) {
		text->capacity = text->capacity ? text->capacity * 2 : 64;
		text->runes = twin_alloc(text->runes, text->capacity * sizeof(*text->runes));
	}
	text->runes[text->len++] = rune;
}

/* One row per length of a sequence: bits of the first byte, lowest value. */
static const struct {
	unsigned char mask, lead;
	uint32_t least;
} forms[] = {
	{ 0x80, 0x00, 0 },
	{ 0xE0, 0xC0, 0x80 },
	{ 0xF0, 0xE0, 0x800 },
	{ 0xF8, 0xF0, 0x10000 },
};

size_t twin_decode(const char *s, size_t len, uint32_t *rune, bool *bad)
{
	const unsigned char *u = (const unsigned char *)s;

	for (size_t n = 1; n <= 4 && n <= len; n++) {
		uint32_t r = u[0] & (unsigned char)~forms[n - 1].mask;
		size_t i = 1;

		if ((u[0] & forms[n - 1].mask) != forms[n - 1].lead)
			continue;
		for (; i < n && (u[i] & 0xC0) == 0x80; i++)
			r = r << 6 | (u[i] & 0x3F);
		if (i < n || r < forms[n - 1].least || r > 0x10FFFF ||
		    (r >= 0xD800 && r <= 0xDFFF))
			break;
		*rune = r;
		*bad = false;
		return n;
	}
	*rune = 0xFFFD;
	*bad = true;
	return 1;
}

/* filepath.Clean by keeping a list of components. */
size_t twin_clean(const char *path, size_t len, char *out)
{
	struct part {
		const char *s;
		size_t len;
	} *parts = twin_alloc(NULL, (len + 1) * sizeof(*parts));
	bool rooted = len && path[0] == '/';
	size_t n = 0, w = 0;

	for (size_t start = 0, i = 0; i <= len; i++) {
		struct part p = { path + start, i - start };

		if (i < len && path[i] != '/')
			continue;
		start = i + 1;
		if (!p.len || (p.len == 1 && p.s[0] == '.'))
			continue;
		if (p.len != 2 || memcmp(p.s, "..", 2) != 0)
			parts[n++] = p;
		else if (n && !(parts[n - 1].len == 2 && !memcmp(parts[n - 1].s, "..", 2)))
			n--;
		else if (!rooted)
			parts[n++] = p;
	}
	if (rooted)
		out[w++] = '/';
	for (size_t i = 0; i < n; i++) {
		if (i)
			out[w++] = '/';
		/* @out may be @path: nothing moves to the right. */
		memmove(out + w, parts[i].s, parts[i].len);
		w += parts[i].len;
	}
	if (!w)
		out[w++] = '.';
	free(parts);
	return w;
}

static bool is_space(uint32_t r)
{
	static const uint32_t spaces[] = { 0x20,   0x85,   0xA0,   0x1680, 0x2028,
		                           0x2029, 0x202F, 0x205F, 0x3000 };

	for (size_t i = 0; i < sizeof(spaces) / sizeof(spaces[0]); i++)
		if (r == spaces[i])
			return true;
	return (r >= 0x09 && r <= 0x0D) || (r >= 0x2000 && r <= 0x200A);
}

void twin_trim(const char **s, size_t *len)
{
	size_t first = *len, last = 0, i = 0;

	/* Forwards over everything: no rune is ever decoded from its middle. */
	while (i < *len) {
		uint32_t r;
		bool bad;
		size_t n = twin_decode(*s + i, *len - i, &r, &bad);

		if (bad || !is_space(r)) {
			if (first > i)
				first = i;
			last = i + n;
		}
		i += n;
	}
	*s += first;
	*len = last > first ? last - first : 0;
}
