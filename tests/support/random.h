/* SPDX-License-Identifier: Apache-2.0 */
/*
 * random.h - random ignore files, and paths that they are likely to match.
 *
 * random_init(), then random_list() and random_path() as often as wanted.  The
 * same seed gives the same lists on every machine.
 */
#ifndef JET_TESTS_RANDOM_H
#define JET_TESTS_RANDOM_H

#include "base/buf.h"

#include <stdbool.h>
#include <stdint.h>

enum random_flavour {
	RANDOM_ALL,   /* everything that a rule can say */
	RANDOM_COMMON /* mostly \p names that Go 1.19 has, too */
};

struct random {
	uint64_t state;
	enum random_flavour flavour;
	unsigned wildness;   /* 0..3: of the list at hand */
	bool ascii;          /* the list at hand has no other rune */
	bool tight;          /* ... and nothing but "a", "b" and stars */
	struct jet_buf list; /* the ignore file at hand */
};

/** random_init() - the generator for @seed. */
void random_init(struct random *r, uint64_t seed, enum random_flavour flavour);

/** random_below() - a number below @n, which is not 0. */
uint32_t random_below(struct random *r, uint32_t n);

/** random_list() - makes r->list another ignore file. */
void random_list(struct random *r);

/**
 * random_path() - a plain path that has something to do with r->list.
 * @out: set to the path, at least one byte
 */
void random_path(struct random *r, struct jet_buf *out);

/** random_plain() - makes any bytes a plain path, in place: no NUL, no empty
 *  part, no "." and no "..".  Return: its length, perhaps 0. */
size_t random_plain(char *path, size_t len);

/** random_clear() - frees what the generator holds. */
void random_clear(struct random *r);

#endif
