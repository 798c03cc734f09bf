/* SPDX-License-Identifier: Apache-2.0 */
/* numbers.h - runs of bytes, numbered from 0 in the order in which they come. */
#ifndef JET_CONTEXT_NUMBERS_H
#define JET_CONTEXT_NUMBERS_H

#include "dockerfile/env.h"

/** struct jet_numbers - zero it; jet_numbers_clear() it. */
struct jet_numbers {
	struct jet_arena arena;
	struct jet_env known; /* a number is the value's bytes */
	uint32_t n;
};

/** jet_numbers_get() - the number of @key: 1 if it is new, 0 if it is not, or -1 when
 *  out of memory. */
int jet_numbers_get(struct jet_numbers *numbers, struct jet_str key, uint32_t *number);

/** jet_numbers_clear() - frees all of it. */
void jet_numbers_clear(struct jet_numbers *numbers);

#endif
