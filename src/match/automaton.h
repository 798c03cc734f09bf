/* SPDX-License-Identifier: Apache-2.0 */
/*
 * automaton.h - the trie of a ruleset, stepped along paths.
 *
 * A state is the set of trie nodes that a path's symbols have led to; states
 * and their transitions are built when they are first needed.  ASCII bytes are
 * looked up in a row of the state, wider symbols in a hash.
 *
 * Memory is bounded: when the caches have grown past their limit they are
 * dropped and built again.  What the evaluation at hand needs is kept in the
 * registers; a number of a state or list from before the flush means nothing
 * afterwards (compare `generation`).
 */
#ifndef JET_MATCH_AUTOMATON_H
#define JET_MATCH_AUTOMATON_H

#include "match/lists.h"
#include "match/program.h"

/* State numbers. */
enum {
	JET_STATE_NONE = 0, /* in a row: not built yet */
	JET_STATE_DEAD = 1, /* no rule can match any more */
	JET_STATE_START = 2
};

enum { JET_REGISTER_LISTS = 2 };

/** struct jet_registers - the evaluation at hand; survives a flush. */
struct jet_registers {
	uint32_t state;
	uint32_t lists[JET_REGISTER_LISTS]; /* inherited rules: order.h */
};

struct jet_state {
	size_t items;     /* first in the pool */
	uint32_t nitems;
	uint32_t hash;
	uint32_t accepts; /* list of the rules that match here */
	uint32_t negated; /* 1 + highest negated rule that may match here or later */
};

struct jet_automaton {
	const struct jet_program *prog;
	struct jet_lists lists;
	struct jet_registers now;
	uint32_t generation; /* counts flushes */
	size_t limit;        /* bytes of cache */

	uint32_t *rows;      /* nclasses numbers per state */
	struct jet_state *states;
	uint32_t *items;     /* pool: node * 2, + 1 inside a PATHS loop */
	uint32_t *buckets;   /* state number, open hash */
	uint64_t *wide_keys; /* state << 32 | symbol + 1, open hash */
	uint32_t *wide_states;
	size_t nstates, state_capacity, nitems, item_capacity, nbuckets, nwide, wide_capacity;

	uint32_t *marks;     /* per item: the step that last reached it */
	uint32_t mark;
	uint32_t *reached;   /* items of the state being built */
	size_t nreached, reached_capacity;
	uint32_t *accepted;  /* its rules */
	size_t naccepted, accepted_capacity;
	uint8_t class_of[256]; /* 0xFF for bytes above 0x7F */
};

/** jet_automaton_init() - an automaton for @prog, at JET_STATE_START.  0 or -1,
 *  to be cleared in both cases. */
int jet_automaton_init(struct jet_automaton *a, const struct jet_program *prog, size_t limit);

/**
 * jet_automaton_run() - steps now.state along @len bytes.
 *
 * May flush.  A row of runs has to split the path between runes, which '/'
 * always does.  Return: 0, or -1 when out of memory.
 */
int jet_automaton_run(struct jet_automaton *a, const char *data, size_t len);

/** jet_automaton_full() - have the caches (and @more bytes) reached the limit? */
bool jet_automaton_full(const struct jet_automaton *a, size_t more);

/** jet_automaton_flush() - drops all but the registers.  0 or -1. */
int jet_automaton_flush(struct jet_automaton *a);

/** jet_automaton_clear() - frees the automaton. */
void jet_automaton_clear(struct jet_automaton *a);

#endif
