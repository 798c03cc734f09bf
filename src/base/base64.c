/* SPDX-License-Identifier: Apache-2.0 */
#include "base/base64.h"

static int value_of(char c)
{
	if (c >= 'A' && c <= 'Z')
		return c - 'A';
	if (c >= 'a' && c <= 'z')
		return c - 'a' + 26;
	if (c >= '0' && c <= '9')
		return c - '0' + 52;
	return c == '+' ? 62 : c == '/' ? 63 : -1;
}

/* Four characters, of which the last may be padding if @end. */
static int get_group(struct jet_buf *buf, const char *text, int end)
{
	const int pad = end && text[3] == '=' ? text[2] == '=' ? 2 : 1 : 0;
	unsigned bits = 0;

	for (int i = 0; i < 4 - pad; i++) {
		const int value = value_of(text[i]);

		if (value < 0)
			return 0;
		bits |= (unsigned)value << (18 - 6 * i);
	}
	if (bits & (pad == 2 ? 0xFFFFU : pad == 1 ? 0xFFU : 0U))
		return 0;
	for (int i = 0; i < 3 - pad; i++) {
		if (jet_buf_byte(buf, (char)(bits >> (16 - 8 * i) & 0xFF)) < 0)
			return -1;
	}
	return 1;
}

int jet_base64_get(struct jet_buf *buf, const char *text, size_t len)
{
	int rc = 1;

	if (len % 4)
		return 0;
	for (size_t i = 0; i < len && rc == 1; i += 4)
		rc = get_group(buf, text + i, i + 4 == len);
	return rc;
}
