/* SPDX-License-Identifier: Apache-2.0 */
/* prune.h - which ignored directories a builder does not read. */
#ifndef JET_MATCH_PRUNE_H
#define JET_MATCH_PRUNE_H

#include "base/arena.h"
#include "base/str.h"
#include "match/dialect.h"

/** struct jet_pruner - the texts of negated rules, as the builder uses them. */
struct jet_pruner {
	struct jet_str *texts; /* sorted; each ends in "/" */
	size_t n;
	bool slash;            /* directories are compared with a "/" behind them */
	bool never;            /* no directory is skipped */
};

/** jet_pruner_init() - from the rules of a list.  0 or -1. */
int jet_pruner_init(struct jet_pruner *p, struct jet_arena *arena,
                    const struct jet_rule *rules, size_t n, enum jet_pruning pruning);

/** jet_pruner_skips() - would the builder skip ignored directory @dir? */
bool jet_pruner_skips(const struct jet_pruner *p, struct jet_str dir);

#endif
