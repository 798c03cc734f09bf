/* SPDX-License-Identifier: Apache-2.0 */
/* undeclared.h - which --build-arg no ARG declares, so that it does nothing. */
#ifndef JET_DOCKERFILE_UNDECLARED_H
#define JET_DOCKERFILE_UNDECLARED_H

#include "dockerfile/stage.h"

/** struct jet_undeclared_arg - one of them. */
struct jet_undeclared_arg {
	struct jet_str name;
	const char *nearest; /* NULL, or an ARG that may be meant */
};

/**
 * jet_undeclared_find() - all of them, in the order in which they are given.
 * @arena: where the outcome lives
 *
 * Every ARG of the file counts, whatever stage it is in, and those of ONBUILD; what
 * builders know without one is not told.
 *
 * Return: 0, or -1 when out of memory.
 */
int jet_undeclared_find(const struct jet_dockerfile *df, const struct jet_pair *args, size_t nargs,
                        struct jet_arena *arena, struct jet_undeclared_arg **out, size_t *n);

#endif
