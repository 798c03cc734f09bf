/* SPDX-License-Identifier: Apache-2.0 */
/* follow.h - what BuildKit asks its client for: docs/DESIGN.md, "two looks at links". */
#ifndef JET_CONTEXT_FOLLOW_H
#define JET_CONTEXT_FOLLOW_H

#include "base/arena.h"
#include "context/tree.h"

/** struct jet_follow - include patterns from the paths of all sources. */
struct jet_follow {
	struct jet_tree *tree;
	const struct jet_str *paths; /* clean, with a leading "/" */
	size_t npaths;
	struct jet_arena *arena;     /* where the patterns live */

	struct jet_str *patterns;    /* set on success; NULL: everything is sent */
	size_t n;
	size_t bad;                  /* set on failure: number of the path at hand */
};

/**
 * jet_follow() - fills in the patterns.
 *
 * Links are followed in the tree as it is, ignored or not.
 *
 * Return: 0 or a negative errno; -ELOOP: more than 255 links, or links that branch
 * without end; for others see jet_tree_culprit().
 */
int jet_follow(struct jet_follow *follow);

#endif
