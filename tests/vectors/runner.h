/* SPDX-License-Identifier: Apache-2.0 */
/* runner.h - counts cases and shows the first mismatches. */
#ifndef JET_VECTORS_RUNNER_H
#define JET_VECTORS_RUNNER_H

#include "support/vector_file.h"

struct runner {
	unsigned long passed, failed;
	char name[128]; /* of the case at hand */
	bool bad;       /* it has failed */
};

/** runner_begin() - a case begins. */
void runner_begin(struct runner *run, json_t *object);

/** runner_end() - counts it.  0, for the end of a vector_fn. */
int runner_end(struct runner *run);

/** runner_fail() - the case fails; the first 20 cases say why. */
void runner_fail(struct runner *run, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* The kinds: each is a vector_fn over a struct runner. */
int vectors_ignore(void *run, json_t *object);
int vectors_trees(void *run, json_t *object);
int vectors_needs(void *run, json_t *object);

#endif
