/* SPDX-License-Identifier: Apache-2.0 */
#include "fuzz.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

bool fuzz_split(const uint8_t *data, size_t size, struct fuzz_input *in)
{
	static const char mark[] = "\n--\n";

	if (!size)
		return false;
	in->choice = data[0];
	in->list = (const char *)data + 1;
	in->list_len = size - 1;
	in->rest_len = 0;
	in->rest = in->list + in->list_len;
	for (size_t i = 0; i + 4 <= in->list_len; i++) {
		if (memcmp(in->list + i, mark, 4) != 0)
			continue;
		in->rest = in->list + i + 4;
		in->rest_len = in->list_len - i - 4;
		in->list_len = i;
		break;
	}
	return true;
}

bool fuzz_next(struct fuzz_input *in, const char **s, size_t *len)
{
	const char *end;

	if (!in->rest_len)
		return false;
	end = memchr(in->rest, '\0', in->rest_len);
	*s = in->rest;
	*len = end ? (size_t)(end - in->rest) : in->rest_len;
	in->rest += *len + (end != NULL);
	in->rest_len -= *len + (end != NULL);
	return true;
}

void fuzz_fail(const char *format, ...)
{
	va_list ap;

	va_start(ap, format);
	vfprintf(stderr, format, ap);
	va_end(ap);
	fputc('\n', stderr);
	abort();
}
