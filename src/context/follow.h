/* SPDX-License-Identifier: Apache-2.0 */
/* follow.h - what BuildKit asks its client for: docs/DESIGN.md, "two looks at links". */
#ifndef JET_CONTEXT_FOLLOW_H
#define JET_CONTEXT_FOLLOW_H

#include "base/arena.h"
#include "base/str.h"

/**
 * jet_follow() - include patterns from the paths of all sources.
 * @root: open directory
 * @paths, @n: clean, with a leading "/"
 * @arena: where the patterns live
 * @patterns, @count: set on success; *patterns NULL: everything is sent
 *
 * Links are followed in the tree as it is, ignored or not.
 *
 * Return: 0 or a negative errno.
 */
int jet_follow(int root, const struct jet_str *paths, size_t n, struct jet_arena *arena,
               struct jet_str **patterns, size_t *count);

/** jet_has_wildcard() - an unescaped "*", "?" or "[" in @s? */
bool jet_has_wildcard(struct jet_str s);

#endif
