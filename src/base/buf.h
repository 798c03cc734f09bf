/* SPDX-License-Identifier: Apache-2.0 */
/*
 * buf.h - a growing run of bytes, and a growing array of any element.
 *
 * Zero-initialise, append, jet_buf_clear().  A failed append leaves the buffer
 * as it was.
 */
#ifndef JET_BASE_BUF_H
#define JET_BASE_BUF_H

#include <stdarg.h>
#include <stddef.h>

struct jet_buf {
	char *data; /* NULL while capacity is 0; not NUL-ended */
	size_t len, capacity;
};

/** jet_buf_reserve() - room for @more bytes behind data + len.  0 or -1. */
int jet_buf_reserve(struct jet_buf *buf, size_t more);

/** jet_buf_append() - appends @len bytes.  0, or -1 when out of memory. */
int jet_buf_append(struct jet_buf *buf, const void *data, size_t len);

/** jet_buf_byte() - appends one byte.  0, or -1 when out of memory. */
int jet_buf_byte(struct jet_buf *buf, char c);

/** jet_buf_text() - appends a NUL-ended string without its NUL.  0 or -1. */
int jet_buf_text(struct jet_buf *buf, const char *text);

/** jet_buf_printf() - appends formatted text.  0, or -1 when out of memory. */
int jet_buf_printf(struct jet_buf *buf, const char *format, ...)
	__attribute__((format(printf, 2, 3)));

/** jet_buf_terminate() - puts a NUL behind the data, not counted in len. */
int jet_buf_terminate(struct jet_buf *buf);

/** jet_buf_clear() - frees the memory; the buffer can be used again. */
void jet_buf_clear(struct jet_buf *buf);

/**
 * jet_grow() - makes an array ready for one more element.
 * @array: NULL or from malloc()
 * @n: elements in use
 * @capacity: elements there is room for; updated
 * @size: bytes per element
 *
 * Return: the array, perhaps moved; NULL when out of memory, @array is then
 * still valid.
 */
void *jet_grow(void *array, size_t n, size_t *capacity, size_t size);

#endif
