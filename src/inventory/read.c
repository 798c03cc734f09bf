/* SPDX-License-Identifier: Apache-2.0 */
#include "inventory/read.h"

#include "base/error.h"

#include <string.h>

/* Enough for a header of CSV or a line of sha256sum. */
enum { LOOK_BYTES = 512 };

static bool begins(struct jet_str s, const char *text)
{
	const size_t len = strlen(text);

	return s.len >= len && memcmp(s.data, text, len) == 0;
}

/* A header with a column "path". */
static bool looks_like_csv(struct jet_str s)
{
	const char *newline = memchr(s.data, '\n', s.len);
	size_t i = 0;

	if (!newline)
		return false;
	s.len = (size_t)(newline - s.data);
	while (i < s.len) {
		size_t end = i;

		while (end < s.len && s.data[end] != ',' && s.data[end] != '\r')
			end++;
		if (end - i == 4 && memcmp(s.data + i, "path", 4) == 0)
			return true;
		i = end + 1;
	}
	return false;
}

int jet_source_guess(struct jet_input *in, enum jet_source *source, struct jet_error *err)
{
	struct jet_str s;
	int rc = jet_input_fill(in, LOOK_BYTES, err);

	if (rc < 0)
		return rc;
	s = (struct jet_str){ in->data + in->at, in->len - in->at };
	*source = !s.len                   ? JET_SOURCE_NOTHING
	          : s.data[0] == '{'       ? JET_SOURCE_NDJSON
	          : begins(s, "#mtree")    ? JET_SOURCE_MTREE
	          : jet_looks_like_sums(s) ? JET_SOURCE_SUMS
	          : looks_like_csv(s)      ? JET_SOURCE_CSV
	                                   : JET_SOURCE_ARCHIVE;
	return 0;
}

int jet_inventory_read(struct jet_inventory *inv, struct jet_input *in, enum jet_source source,
                       unsigned kinds, struct jet_error *err)
{
	static int (*const readers[])(struct jet_inventory *, struct jet_input *, struct jet_error *) = {
		[JET_SOURCE_NOTHING] = jet_read_ndjson,
		[JET_SOURCE_NDJSON] = jet_read_ndjson,
		[JET_SOURCE_MTREE] = jet_read_mtree,
		[JET_SOURCE_SUMS] = jet_read_sums,
		[JET_SOURCE_CSV] = jet_read_csv,
	};
	int rc;

	inv->name = in->name;
	inv->types = source == JET_SOURCE_SUMS ? 1U << JET_TYPE_FILE : JET_INVENTORY_ALL;
	if (source == JET_SOURCE_ARCHIVE) {
		rc = jet_read_archive(inv, in, kinds, err);
		if (rc == 0)
			rc = jet_inventory_sort_archive(inv);
	} else {
		rc = readers[source](inv, in, err);
		if (rc == 0)
			rc = jet_inventory_sort(inv, err);
	}
	return rc == JET_E_NOMEM ? jet_fail_nomem(err) : rc;
}
