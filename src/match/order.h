/* SPDX-License-Identifier: Apache-2.0 */
/*
 * order.h - from the rules that match to a verdict.
 *
 * A rule can match a path itself ("own"), or have matched one of the
 * directories it is in and still count ("inherited").  What counts below a
 * directory is the difference between the orders:
 *
 *   ORP   all that matched the directory or one above
 *   WALK  only those that were asked there: the trap of MatchesUsingParentResults
 *   OLD   those that matched at the depth of their own number of components
 *   SELF  none: every rule covers its subtree by itself
 */
#ifndef JET_MATCH_ORDER_H
#define JET_MATCH_ORDER_H

#include "match/program.h"

/** struct jet_hits - ascending rule numbers. */
struct jet_hits {
	const uint32_t *rules;
	size_t n;
};

/** struct jet_question - one path, and what is known of it. */
struct jet_question {
	enum jet_order order; /* not JET_ORDER_BUILDER */
	bool asks_all;        /* see struct jet_dialect */
	const struct jet_rule *rules;
	const uint32_t *parts; /* components of each rule, for OLD */
	struct jet_hits own, inherited, faulty;
	size_t depth;         /* components of the path */
};

/* No enumerator: those are ints. */
#define JET_NO_RULE UINT32_MAX

/** struct jet_findings - the answer.  Arrays have room for own.n + inherited.n
 *  (+ 1 in flips), or are NULL. */
struct jet_findings {
	enum jet_answer answer;
	uint32_t rule;     /* that flipped the answer last, or failed; JET_NO_RULE */
	uint32_t *passed;  /* what counts below, if the path is a directory */
	size_t npassed;
	uint32_t *flips;   /* every rule that flipped the answer, or failed */
	size_t nflips;
};

/** jet_order_decide() - puts the rules together.  Cannot fail. */
void jet_order_decide(const struct jet_question *q, struct jet_findings *f);

#endif
