/* SPDX-License-Identifier: Apache-2.0 */
/* str.h - spans of bytes, UTF-8 as Go reads it, white space as Go trims it. */
#ifndef JET_BASE_STR_H
#define JET_BASE_STR_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/** struct jet_str - borrowed bytes, not NUL-ended. */
struct jet_str {
	const char *data;
	size_t len;
};

enum { JET_RUNE_ERROR = 0xFFFD, JET_RUNE_MAX = 0x10FFFF };

/**
 * jet_rune_decode() - the first rune of @len > 0 bytes.
 * @rune: set to the code point, or to JET_RUNE_ERROR for an invalid byte
 *
 * As Go's utf8.DecodeRune: overlong forms, surrogates and values above 10FFFF
 * are invalid, and an invalid sequence is one byte long.
 *
 * Return: bytes of the rune, 1 to 4; 1 with JET_RUNE_ERROR is an invalid byte
 * (a real U+FFFD is 3 bytes long).
 */
size_t jet_rune_decode(const char *data, size_t len, uint32_t *rune);

/** jet_rune_encode() - writes @rune as UTF-8 to @out; 1 to 4 bytes. */
size_t jet_rune_encode(uint32_t rune, char out[4]);

/** jet_utf8_valid() - is all of it valid UTF-8? */
bool jet_utf8_valid(const char *data, size_t len);

/** jet_str_fit() - how many of the bytes fit @room, whole UTF-8 characters only: what is
 *  invalid is cut anywhere. */
size_t jet_str_fit(struct jet_str s, size_t room);

/** jet_str_trim() - without Unicode white space at both ends, as Go's
 *  strings.TrimSpace: only valid UTF-8 counts. */
struct jet_str jet_str_trim(struct jet_str s);

/** jet_str_trim_left() - the same at the beginning only. */
struct jet_str jet_str_trim_left(struct jet_str s);

/** jet_str_from() - without its first @n bytes, which it has. */
struct jet_str jet_str_from(struct jet_str s, size_t n);

/** jet_str_is() - the same bytes as a NUL-ended text? */
bool jet_str_is(struct jet_str s, const char *text);

/** jet_rune_is_space() - unicode.IsSpace. */
bool jet_rune_is_space(uint32_t rune);

/** jet_str_cmp() - byte order, a prefix first: < 0, 0, > 0. */
int jet_str_cmp(struct jet_str a, struct jet_str b);

/** jet_concat() - three texts as one; free() it.  NULL: no memory. */
char *jet_concat(const char *a, const char *b, const char *c);

/** jet_time_text() - a time as a decimal number with nine places, as stat(1) prints
 *  it: half a second before 1970 is -1 and 500,000,000 ns, and "-0.500000000".
 *  @size: 32 is enough. */
void jet_time_text(char *text, size_t size, int64_t sec, uint32_t nsec);

#endif
