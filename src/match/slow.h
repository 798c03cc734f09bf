/* SPDX-License-Identifier: Apache-2.0 */
/*
 * slow.h - rules that are asked one by one.
 *
 * A regexp is run over all positions of the path at once: a set of positions
 * goes into every node of the tree, and those where its match can end come out.
 * There is no backtracking, so time is bounded by the size of the tree (counts
 * of single symbols cost nothing extra) times the length of the path.
 */
#ifndef JET_MATCH_SLOW_H
#define JET_MATCH_SLOW_H

#include "match/program.h"

/** struct jet_slow_path - a path made ready, and room to work.  Zero it first. */
struct jet_slow_path {
	const char *path;
	size_t len;
	uint32_t *symbols;
	size_t nsymbols, symbol_capacity;
	uint64_t *words; /* stack of position sets */
	size_t nwords, word_capacity; /* nwords: of one set */
};

/** jet_slow_prepare() - the path to ask about, borrowed.  0, or -1. */
int jet_slow_prepare(struct jet_slow_path *sp, const char *path, size_t len);

/** jet_slow_match() - does the rule match?  1, 0, or -1 when out of memory. */
int jet_slow_match(struct jet_slow_path *sp, const struct jet_slow *slow);

/** jet_slow_clear() - frees the room. */
void jet_slow_clear(struct jet_slow_path *sp);

#endif
