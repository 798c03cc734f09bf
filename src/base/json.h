/* SPDX-License-Identifier: Apache-2.0 */
/*
 * json.h - the one way of writing JSON: compact, into a struct jet_buf.
 *
 *   struct jet_json w = { .out = &buf };
 *   jet_json_open(&w, '{');
 *   jet_json_key(&w, "path");
 *   jet_json_string(&w, path, len);
 *   jet_json_close(&w, '}');
 *   if (jet_json_end(&w) < 0) ... out of memory
 *
 * Commas are put where they belong.  A failed append makes every later call do
 * nothing, so only jet_json_end() needs checking.  That brackets balance and
 * that every key gets a value is up to the caller.
 */
#ifndef JET_BASE_JSON_H
#define JET_BASE_JSON_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"

struct jet_json {
	struct jet_buf *out; /* appended to; belongs to the caller */
	bool comma;          /* a value stands before the next one */
	bool failed;         /* out of memory: out ends somewhere in the middle */
};

/** jet_json_open() - begins an object with '{' or an array with '['. */
void jet_json_open(struct jet_json *w, char bracket);

/** jet_json_close() - ends it with '}' or ']'. */
void jet_json_close(struct jet_json *w, char bracket);

/** jet_json_key() - a member's name; its value has to follow.  Plain ASCII
 *  without anything that needs escaping. */
void jet_json_key(struct jet_json *w, const char *key);

/**
 * jet_json_string() - a string value.
 *
 * Valid UTF-8 stays as it is but for the quote, the backslash and control
 * characters.  Every invalid byte becomes U+FFFD, so what is written is JSON
 * whatever came in: where bytes must survive use jet_json_bytes().
 */
void jet_json_string(struct jet_json *w, const char *data, size_t len);

/** jet_json_text() - jet_json_string() of a NUL-ended text. */
void jet_json_text(struct jet_json *w, const char *text);

/** jet_json_base64() - a string value: the bytes in base64 (RFC 4648, padded). */
void jet_json_base64(struct jet_json *w, const void *data, size_t len);

/** jet_json_hex() - a string value: the bytes in lower-case hexadecimal. */
void jet_json_hex(struct jet_json *w, const void *data, size_t len);

/** jet_json_uint() - a number. */
void jet_json_uint(struct jet_json *w, uint64_t value);

/** jet_json_bool() - true or false. */
void jet_json_bool(struct jet_json *w, bool value);

/**
 * jet_json_bytes() - a whole member for bytes that need not be UTF-8.
 * @key: "path" gives "path":"..." for valid UTF-8, else "path_b64":"..."
 */
void jet_json_bytes(struct jet_json *w, const char *key, const char *data, size_t len);

/** jet_json_end() - did everything fit?  0, or -1 when out of memory. */
int jet_json_end(const struct jet_json *w);

#endif
