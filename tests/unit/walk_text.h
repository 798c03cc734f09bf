/* SPDX-License-Identifier: Apache-2.0 */
/* walk_text.h - a walk as text, so that a test compares one string. */
#ifndef JET_UNIT_WALK_TEXT_H
#define JET_UNIT_WALK_TEXT_H

#include "base/buf.h"
#include "jettison.h"

/** struct walk_case - which walk. */
struct walk_case {
	const char *root;  /* NULL: the current directory */
	const char *rules; /* the ignore file; NULL: no ruleset at all */
	enum jet_builder builder;
	uint32_t flags; /* enum jet_walk_flag */
	const char *only, *dockerfile, *ignore_file;
	const struct jet_archive *archive;
};

/**
 * walk_text() - appends the entries of a walk, as a scratch_fn.
 * @arg: struct walk_case
 *
 * Each is "TYPE[FLAGS] PATH[ SIZE][ -> TARGET][ = FIRST NAME][ !ERRNO]" and ";":
 * type f, d, l, p, s or ?; flags e emptied, i implied, - ignored, p pruned,
 * r removed.  A failure is "stop CODE FILE[:LINE];".
 */
void walk_text(struct jet_buf *out, void *arg);

/** walk_list() - the same as a string that the caller frees. */
char *walk_list(const struct walk_case *c);

/** walk_open() - a walk that is asserted to open.  @rules as in struct walk_case;
 *  *@rs is to be freed after the walk. */
struct jet_walk *walk_open(const char *rules, uint32_t flags, struct jet_ruleset **rs);

/** walk_to() - goes on to the entry with this path, which has to come. */
const struct jet_entry *walk_to(struct jet_walk *walk, const char *path);

#endif
