/* SPDX-License-Identifier: Apache-2.0 */
/*
 * compare.h - the engine against its slow twin, for one ignore file.
 *
 * Everything that can be asked about a path is asked, in every order, of an
 * engine with room and of one that has to flush its caches all the time.
 */
#ifndef JET_TESTS_COMPARE_H
#define JET_TESTS_COMPARE_H

#include "jettison.h"

struct compare_path {
	const char *s; /* a plain path, not empty */
	size_t len;    /* at most COMPARE_MAX_PATH */
};

enum { COMPARE_MAX_PATH = 1024, COMPARE_MAX_PATHS = 32 };

struct compare_case {
	const char *list; /* the ignore file */
	size_t len;
	struct compare_path paths[COMPARE_MAX_PATHS];
	size_t npaths;
	size_t limit; /* of the engine that has little room, in bytes */
};

/** struct compare_stats - what was seen; added to. */
struct compare_stats {
	uint64_t comparisons; /* of a path, in a dialect and an order */
	uint64_t answers[3];  /* by enum jet_answer */
	uint64_t emptied, flips, refused, slow, flushes;
	uint64_t dead;       /* paths asked below a directory that is called dead */
	uint64_t orders_differ; /* paths for which ORP and WALK have other answers */
};

/**
 * compare_case() - compares everything, in one dialect.
 * @what: on a difference, what it is
 *
 * Return: whether engine and twin agree.
 */
bool compare_case(const struct compare_case *c, enum jet_builder builder,
                  struct compare_stats *stats, char *what, size_t size);

/** compare_order_name() - for messages. */
const char *compare_order_name(enum jet_order order);

#endif
