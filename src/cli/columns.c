/* SPDX-License-Identifier: Apache-2.0 */
#include "cli/columns.h"

#include "base/str.h"

#include <stdbool.h>

static bool holds(const struct jet_column_range *table, size_t n, uint32_t rune)
{
	size_t low = 0;

	while (low < n) {
		const size_t mid = low + (n - low) / 2;

		if (rune > table[mid].last)
			low = mid + 1;
		else if (rune < table[mid].first)
			n = mid;
		else
			return true;
	}
	return false;
}

size_t jet_columns_of(const char *text, size_t len, size_t *bytes)
{
	uint32_t rune;

	*bytes = jet_rune_decode(text, len, &rune);
	if (*bytes == 1 || holds(jet_columns_none, jet_columns_none_len, rune))
		return *bytes == 1;
	return holds(jet_columns_two, jet_columns_two_len, rune) ? 2 : 1;
}

size_t jet_columns(const char *text, size_t len)
{
	size_t columns = 0, bytes;

	for (size_t i = 0; i < len; i += bytes)
		columns += jet_columns_of(text + i, len - i, &bytes);
	return columns;
}
