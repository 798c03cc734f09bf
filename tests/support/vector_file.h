/* SPDX-License-Identifier: Apache-2.0 */
/*
 * vector_file.h - files of test vectors: one JSON object per line, .gz or not,
 * with bytes as base64.
 */
#ifndef JET_TESTS_VECTOR_FILE_H
#define JET_TESTS_VECTOR_FILE_H

#include <jansson.h>
#include <stdbool.h>
#include <stddef.h>

/** struct vector_bytes - decoded base64; data is NUL-ended too, malloc()ed. */
struct vector_bytes {
	char *data;
	size_t len;
};

/**
 * typedef vector_fn - takes one line of a file.
 *
 * Return: 0 to go on, else vector_file_each() stops with this value.
 */
typedef int (*vector_fn)(void *ctx, json_t *object);

/**
 * vector_file_each() - calls @fn for every object of a file.
 *
 * A file that cannot be read, has no line or a line that is no JSON object is
 * reported on stderr.
 *
 * Return: 0, what @fn returned, or -1.
 */
int vector_file_each(const char *path, vector_fn fn, void *ctx);

/** vector_decode() - base64 of a JSON string; false when it is none. */
bool vector_decode(const json_t *value, struct vector_bytes *out);

/** vector_show() - bytes for a person, escaped, cut to @size; gives @buf. */
const char *vector_show(const char *data, size_t len, char *buf, size_t size);

/** vector_name() - "name" or "id" of a case, as text in @buf. */
const char *vector_name(const json_t *object, char *buf, size_t size);

/** vector_has_only() - is every member of @object in @names (NULL-ended)?
 *  @odd is set to the one that is not. */
bool vector_has_only(json_t *object, const char *const *names, const char **odd);

#endif
