/* SPDX-License-Identifier: Apache-2.0 */
/*
 * program.h - all rules of a list as one trie of tokens, and what does not fit.
 *
 * A rule becomes one or more rows of tokens; equal beginnings of rows are
 * shared.  Read from the root, the nodes reached by a path's symbols are an NFA
 * without cycles other than self-loops:
 *
 *     rule 0: lib*.c     l - i - b - LOOP(not '/') - '.' - c
 *     rule 1: lib?.h             \ - SET(not '/')  - '.' - h
 *     rule 2: **''/x*    PATHS - x - LOOP(not '/')
 *
 * Rules that need more (word edges, \p, big counts, groups) are kept beside it
 * and asked one by one: slow.h.
 */
#ifndef JET_MATCH_PROGRAM_H
#define JET_MATCH_PROGRAM_H

#include "base/arena.h"
#include "match/dialect.h"
#include "match/regex.h"
#include "match/set.h"

/* Tokens sort in the order of these groups: literals first. */
enum {
	JET_TOKEN_SET = 0x200000,       /* + id: one symbol of the set */
	JET_TOKEN_LOOP = 0x400000,      /* + id: any number of symbols of the set */
	JET_TOKEN_PATHS = 0x600000,     /* (.*''/)?: nothing, or up to a "/" */
	JET_TOKEN_PATHS_ANY = 0x600001, /* the same, newlines included */
	JET_TOKEN_MAX_SETS = 0x200000
};

/* Nodes are in preorder: the children of node i begin at i + 1, and behind
 * child c comes child nodes[c].end, up to nodes[i].end. */
struct jet_node {
	uint32_t token;
	uint32_t end;     /* first node that is not below this one */
	uint32_t accept;  /* cell of the rules that end here; 0: none */
	uint32_t negated; /* 1 + highest negated rule that ends here or below; 0: none */
};

/* Rules that end at one node: a list. */
struct jet_accept {
	uint32_t rule, next;
};

enum jet_slow_kind {
	JET_SLOW_REGEX,
	JET_SLOW_PREFIX, /* bytes that are no whole runes, so no symbols */
	JET_SLOW_SUFFIX
};

/** struct jet_slow - a rule that the trie cannot hold. */
struct jet_slow {
	uint32_t rule;
	enum jet_slow_kind kind;
	const struct jet_re *re; /* REGEX */
	struct jet_str text;     /* PREFIX, SUFFIX */
};

struct jet_program {
	struct jet_set_table sets;
	struct jet_node *nodes; /* [0] is the root */
	struct jet_accept *accepts; /* [0] is unused */
	struct jet_slow *slow;  /* by rule */
	uint32_t *faulty;       /* rules whose evaluation fails, ascending */
	uint32_t nnodes, naccepts, nslow, nfaulty;
	uint32_t slow_negated;  /* 1 + highest negated rule in slow; 0: none */
	uint32_t nclasses;      /* of ASCII symbols that no token tells apart */
	uint8_t class_of[128];
	uint8_t symbol_of[128]; /* one symbol of each class */
};

/**
 * jet_program_build() - compiles rules.
 * @prog: zero-initialised; jet_program_clear() it, also after a failure
 * @arena: where trees and sets of slow rules live
 * @rules, @n: sets rule->fault of those that cannot be compiled
 * @dialect: whose translation
 *
 * Return: 0, or -1 when out of memory.
 */
int jet_program_build(struct jet_program *prog, struct jet_arena *arena,
                      struct jet_rule *rules, size_t n, const struct jet_dialect *dialect);

/** jet_program_clear() - frees what is not in the arena. */
void jet_program_clear(struct jet_program *prog);

/* ---- between the parts of the compiler ---------------------------------- */

struct jet_row {
	size_t start; /* first token in struct jet_rows */
	uint32_t len;
	uint32_t rule;
};

struct jet_rows {
	uint32_t *tokens;
	struct jet_row *rows;
	size_t ntokens, token_capacity, nrows, row_capacity;
	size_t open; /* first token of the row being written */
	bool nomem;
};

/** jet_rows_put() - one token more in the open row. */
void jet_rows_put(struct jet_rows *rows, uint32_t token);

/** jet_rows_end() - closes the open row: it belongs to @rule. */
void jet_rows_end(struct jet_rows *rows, uint32_t rule);

/** jet_rows_again() - opens a row that begins with the tokens of the last. */
void jet_rows_again(struct jet_rows *rows);

/** jet_rows_drop() - forgets the rows behind the first @nrows. */
void jet_rows_drop(struct jet_rows *rows, size_t nrows);

/** jet_rows_sort() - by tokens, a row before those it is the beginning of. */
void jet_rows_sort(struct jet_rows *rows);

/**
 * jet_rows_from_re() - a regexp as rows, where it is simple enough.
 * @rows: rows are added on success, none on failure
 *
 * Return: whether it could be done.
 */
bool jet_rows_from_re(struct jet_rows *rows, const struct jet_re *re, uint32_t rule);

/** jet_trie_build() - nodes and accepts of @prog from sorted rows.  0 or -1. */
int jet_trie_build(struct jet_program *prog, const struct jet_rows *rows,
                   const struct jet_rule *rules);

#endif
