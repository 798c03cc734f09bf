/* SPDX-License-Identifier: Apache-2.0 */
#include "base/buf.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

int jet_buf_reserve(struct jet_buf *buf, size_t more)
{
	size_t need, capacity = buf->capacity ? buf->capacity : 64;
	char *data;

	if (more > SIZE_MAX / 2 - buf->len)
		return -1;
	need = buf->len + more;
	if (need <= buf->capacity)
		return 0;
	while (capacity < need)
		capacity *= 2;
	data = realloc(buf->data, capacity);
	if (!data)
		return -1;
	buf->data = data;
	buf->capacity = capacity;
	return 0;
}

int jet_buf_append(struct jet_buf *buf, const void *data, size_t len)
{
	if (!len)
		return 0;
	if (jet_buf_reserve(buf, len) < 0)
		return -1;
	memcpy(buf->data + buf->len, data, len);
	buf->len += len;
	return 0;
}

int jet_buf_byte(struct jet_buf *buf, char c)
{
	return jet_buf_append(buf, &c, 1);
}

int jet_buf_text(struct jet_buf *buf, const char *text)
{
	return jet_buf_append(buf, text, strlen(text));
}

int jet_buf_printf(struct jet_buf *buf, const char *format, ...)
{
	va_list ap;
	int len;

	va_start(ap, format);
	len = vsnprintf(NULL, 0, format, ap);
	va_end(ap);
	if (len < 0 || jet_buf_reserve(buf, (size_t)len + 1) < 0)
		return -1;
	va_start(ap, format);
	vsnprintf(buf->data + buf->len, (size_t)len + 1, format, ap);
	va_end(ap);
	buf->len += (size_t)len;
	return 0;
}

int jet_buf_terminate(struct jet_buf *buf)
{
	if (jet_buf_reserve(buf, 1) < 0)
		return -1;
	buf->data[buf->len] = '\0';
	return 0;
}

void jet_buf_clear(struct jet_buf *buf)
{
	free(buf->data);
	memset(buf, 0, sizeof(*buf));
}

void *jet_grow(void *array, size_t n, size_t *capacity, size_t size)
{
	size_t more = *capacity ? *capacity * 2 : 16;
	void *grown;

	if (n < *capacity)
		return array;
	if (more > SIZE_MAX / 2 / size)
		return NULL;
	grown = realloc(array, more * size);
	if (grown)
		*capacity = more;
	return grown;
}
