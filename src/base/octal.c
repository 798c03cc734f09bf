/* SPDX-License-Identifier: Apache-2.0 */
#include "base/octal.h"

#include <string.h>

int jet_octal_put(struct jet_buf *buf, const char *data, size_t len, const char *also)
{
	for (size_t i = 0; i < len; i++) {
		const unsigned char c = (unsigned char)data[i];
		int bad;

		if (c <= ' ' || c >= 0x7F || c == '\\' || strchr(also, c))
			bad = jet_buf_printf(buf, "\\%03o", c);
		else
			bad = jet_buf_byte(buf, (char)c);
		if (bad)
			return -1;
	}
	return 0;
}
