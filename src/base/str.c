/* SPDX-License-Identifier: Apache-2.0 */
#include "base/str.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static bool continues(const char *data, size_t len, size_t i)
{
	return i < len && ((unsigned char)data[i] & 0xC0) == 0x80;
}

static uint32_t low6(const char *data, size_t i)
{
	return (unsigned char)data[i] & 0x3F;
}

size_t jet_rune_decode(const char *data, size_t len, uint32_t *rune)
{
	unsigned char first = (unsigned char)data[0];
	uint32_t r;

	if (first < 0x80) {
		*rune = first;
		return 1;
	}
	if (first >= 0xC2 && first <= 0xDF && continues(data, len, 1)) {
		*rune = (uint32_t)(first & 0x1F) << 6 | low6(data, 1);
		return 2;
	}
	if ((first & 0xF0) == 0xE0 && continues(data, len, 1) && continues(data, len, 2)) {
		r = (uint32_t)(first & 0x0F) << 12 | low6(data, 1) << 6 | low6(data, 2);
		if (r >= 0x800 && (r < 0xD800 || r > 0xDFFF)) {
			*rune = r;
			return 3;
		}
	}
	if (first >= 0xF0 && first <= 0xF4 && continues(data, len, 1) &&
	    continues(data, len, 2) && continues(data, len, 3)) {
		r = (uint32_t)(first & 0x07) << 18 | low6(data, 1) << 12 |
		    low6(data, 2) << 6 | low6(data, 3);
		if (r >= 0x10000 && r <= JET_RUNE_MAX) {
			*rune = r;
			return 4;
		}
	}
	*rune = JET_RUNE_ERROR;
	return 1;
}

size_t jet_rune_encode(uint32_t rune, char out[4])
{
	if (rune < 0x80) {
		out[0] = (char)rune;
		return 1;
	}
	if (rune < 0x800) {
		out[0] = (char)(0xC0 | rune >> 6);
		out[1] = (char)(0x80 | (rune & 0x3F));
		return 2;
	}
	if (rune < 0x10000) {
		out[0] = (char)(0xE0 | rune >> 12);
		out[1] = (char)(0x80 | (rune >> 6 & 0x3F));
		out[2] = (char)(0x80 | (rune & 0x3F));
		return 3;
	}
	out[0] = (char)(0xF0 | rune >> 18);
	out[1] = (char)(0x80 | (rune >> 12 & 0x3F));
	out[2] = (char)(0x80 | (rune >> 6 & 0x3F));
	out[3] = (char)(0x80 | (rune & 0x3F));
	return 4;
}

bool jet_utf8_valid(const char *data, size_t len)
{
	while (len) {
		uint32_t rune;
		size_t n = jet_rune_decode(data, len, &rune);

		if (rune == JET_RUNE_ERROR && n == 1)
			return false;
		data += n;
		len -= n;
	}
	return true;
}

/* unicode.IsSpace: White_Space of Unicode, which has not changed since 6.3. */
size_t jet_str_fit(struct jet_str s, size_t room)
{
	size_t start = room;
	uint32_t rune;

	if (s.len <= room)
		return s.len;
	while (start && room - start < 3 && ((unsigned char)s.data[start] & 0xC0) == 0x80)
		start--;
	return start + jet_rune_decode(s.data + start, s.len - start, &rune) > room ? start : room;
}

bool jet_rune_is_space(uint32_t r)
{
	return (r >= 0x09 && r <= 0x0D) || r == 0x20 || r == 0x85 || r == 0xA0 ||
	       r == 0x1680 || (r >= 0x2000 && r <= 0x200A) || r == 0x2028 ||
	       r == 0x2029 || r == 0x202F || r == 0x205F || r == 0x3000;
}

/* Bytes of the space at the end, or 0.  All spaces have 1, 2 or 3 bytes. */
static size_t space_at_end(struct jet_str s)
{
	for (size_t n = 1; n <= 3 && n <= s.len; n++) {
		uint32_t r;

		if (jet_rune_decode(s.data + s.len - n, n, &r) == n && jet_rune_is_space(r))
			return n;
	}
	return 0;
}

struct jet_str jet_str_trim_left(struct jet_str s)
{
	while (s.len) {
		uint32_t r;
		size_t n = jet_rune_decode(s.data, s.len, &r);

		if (!jet_rune_is_space(r))
			break;
		s.data += n;
		s.len -= n;
	}
	return s;
}

struct jet_str jet_str_trim(struct jet_str s)
{
	size_t n;

	s = jet_str_trim_left(s);
	while ((n = space_at_end(s)) > 0)
		s.len -= n;
	return s;
}

int jet_str_cmp(struct jet_str a, struct jet_str b)
{
	size_t n = a.len < b.len ? a.len : b.len;
	int order = n ? memcmp(a.data, b.data, n) : 0;

	return order ? order : (a.len > b.len) - (a.len < b.len);
}

struct jet_str jet_str_from(struct jet_str s, size_t n)
{
	return (struct jet_str){ s.data + n, s.len - n };
}

bool jet_str_is(struct jet_str s, const char *text)
{
	return s.len == strlen(text) && memcmp(s.data, text, s.len) == 0;
}

char *jet_concat(const char *a, const char *b, const char *c)
{
	const size_t n = strlen(a), m = strlen(b), k = strlen(c);
	char *text = malloc(n + m + k + 1);

	if (text) {
		memcpy(text, a, n);
		memcpy(text + n, b, m);
		memcpy(text + n + m, c, k + 1);
	}
	return text;
}

void jet_time_text(char *text, size_t size, int64_t sec, uint32_t nsec)
{
	/* The nanoseconds count upwards, also before 1970. */
	const bool down = sec < 0 && nsec;
	const int64_t whole = down ? sec + 1 : sec;

	snprintf(text, size, "%s%lld.%09u", down && whole == 0 ? "-" : "", (long long)whole,
	         (unsigned)(down ? 1000000000 - nsec : nsec));
}
