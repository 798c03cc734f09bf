/* SPDX-License-Identifier: Apache-2.0 */
/* difference.h - differences between two inventories in words, as JSON, as git shows
 * them with --stat. */
#ifndef JET_CLI_DIFFERENCE_H
#define JET_CLI_DIFFERENCE_H

#include "base/buf.h"
#include "inventory/compare.h"

/** struct jet_tally - files that are no directories, and their bytes. */
struct jet_tally {
	uint64_t added, added_bytes;
	uint64_t removed, removed_bytes;
	uint64_t changed, before_bytes, after_bytes;
	uint64_t differences; /* directories included */
	bool sizeless;        /* the size of one or more is not known: bytes say nothing */
};

/** jet_tally_add() - counts one. */
void jet_tally_add(struct jet_tally *tally, const struct jet_difference *d);

/**
 * jet_difference_text() - one line: "changed PATH: mode 0644 -> 0755".
 * @gone: the word for what only the first has: "missing", "removed"
 *
 * Return: 0, or -1 when out of memory; as all here.
 */
int jet_difference_text(struct jet_buf *out, const struct jet_difference *d, const char *gone);

/** jet_difference_json() - the same as an object and LF. */
int jet_difference_json(struct jet_buf *out, const struct jet_difference *d, const char *gone);

/** jet_tally_text() - "1 file added, 3 B; ..." and LF; nothing when there is none. */
int jet_tally_text(struct jet_buf *out, const struct jet_tally *tally);

/** jet_tally_json() - the numbers as an object and LF. */
int jet_tally_json(struct jet_buf *out, const struct jet_tally *tally);

/** jet_uncompared_json() - how many contents could not be compared, and the path of the first,
 *  as an object and LF. */
int jet_uncompared_json(struct jet_buf *out, const struct jet_comparison *c);

/** jet_stat_table() - a line per file with its bytes as a bar, at most @width columns,
 *  and a sum.  @c is gone through from its beginning. */
int jet_stat_table(struct jet_buf *out, struct jet_comparison *c, size_t width);

#endif
