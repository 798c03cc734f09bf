/* SPDX-License-Identifier: Apache-2.0 */
/* matcher.h - the inside of struct jet_matcher, for the engine and the tests. */
#ifndef JET_MATCH_MATCHER_H
#define JET_MATCH_MATCHER_H

#include "base/buf.h"
#include "match/automaton.h"
#include "match/order.h"
#include "match/ruleset.h"
#include "match/slow.h"

/* What is known of a (rules of its own, inherited rules) pair. */
struct jet_outcome {
	enum jet_answer answer;
	uint32_t rule;   /* or JET_NO_RULE */
	uint32_t passed; /* list that counts below, or JET_NOT_PASSED */
};

#define JET_NOT_PASSED UINT32_MAX

/* Decisions are remembered: a tree asks for the same few again and again. */
struct jet_decision {
	uint32_t own, inherited;
	uint32_t key; /* order and depth, never 0 */
	struct jet_outcome outcome;
};

/* Register lists: what is inherited in the order asked for, and, where BuildKit
 * asks again before it opens a file, what is inherited there. */
enum { JET_MAIN, JET_OPEN };

/* A directory the walk is in. */
struct jet_frame {
	struct jet_registers at;   /* behind "dir/" */
	uint32_t generation;       /* of those */
	uint32_t depth;            /* components; 0 is the root */
	size_t path_len;           /* in jet_matcher.path, without "/" */
	struct jet_verdict plain;  /* of an entry that no rule matches by itself */
	struct jet_verdict self;   /* of the directory */
};

struct jet_matcher {
	const struct jet_ruleset *rs;
	struct jet_automaton automaton;
	struct jet_buf path; /* of the current directory */
	struct jet_frame *frames;
	size_t nframes, frame_capacity;
	struct jet_slow_path slow;
	struct jet_decision *decisions; /* open hash */
	size_t ndecisions, decision_capacity;
	uint32_t decision_generation;
	uint32_t *scratch; /* room for two lists of rules and one more */
	size_t scratch_capacity;
};

/** jet_matcher_set_limit() - bounds the caches, in bytes.  For tests: with a
 *  small limit every few steps flush. */
void jet_matcher_set_limit(struct jet_matcher *m, size_t bytes);

/** jet_matcher_any_path() - jet_matcher_path() for bytes that need not be a plain
 *  path: every "/" ends a component, empty or not.  0 or JET_E_NOMEM. */
int jet_matcher_any_path(struct jet_matcher *m, enum jet_order order, const char *path, size_t len,
                         struct jet_verdict *v);

/** jet_matcher_idle() - can no rule match anything below the current directory,
 *  and does none that matched it count there?  False promises nothing. */
bool jet_matcher_idle(const struct jet_matcher *m);

/* One evaluation: which order, and is BuildKit's second question wanted? */
struct jet_asking {
	enum jet_order order;
	bool open;
};

/**
 * jet_decide() - the outcome for the path whose own rules are list @own.
 * @slot: JET_MAIN or JET_OPEN: whose inherited list
 * @passed: is outcome->passed wanted?
 *
 * Return: 0, or -1 when out of memory.
 */
int jet_decide(struct jet_matcher *m, enum jet_order order, int slot, uint32_t own,
               size_t depth, bool passed, struct jet_outcome *outcome);

/** jet_scratch() - room for @n rule numbers; NULL when out of memory. */
uint32_t *jet_scratch(struct jet_matcher *m, size_t n);

/** jet_own_rules() - list of the rules that match @path by themselves, whose
 *  last component the automaton has just run over.  0 or -1. */
int jet_own_rules(struct jet_matcher *m, const char *path, size_t len, uint32_t *own);

/** jet_start() - puts the automaton at the root.  0 or -1. */
int jet_start(struct jet_matcher *m);

#endif
