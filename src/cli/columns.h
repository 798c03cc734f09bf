/* SPDX-License-Identifier: Apache-2.0 */
/* columns.h - how wide text is on a terminal, whatever the locale. */
#ifndef JET_CLI_COLUMNS_H
#define JET_CLI_COLUMNS_H

#include <stddef.h>
#include <stdint.h>

/** jet_columns_of() - columns of the first character of @len > 0 bytes: 0 for what stands on
 *  another one, 2 for wide ones of East Asia and pictures, else 1, also for a byte that is no
 *  UTF-8.  @bytes: set to how many bytes it has. */
size_t jet_columns_of(const char *text, size_t len, size_t *bytes);

/** jet_columns() - columns of a text without control characters. */
size_t jet_columns(const char *text, size_t len);

/* columns_data.c: ascending, apart from each other. */
struct jet_column_range {
	uint32_t first, last;
};
extern const struct jet_column_range jet_columns_none[], jet_columns_two[];
extern const size_t jet_columns_none_len, jet_columns_two_len;

#endif
