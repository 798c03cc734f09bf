/* SPDX-License-Identifier: Apache-2.0 */
/* plan_text.h - what a Dockerfile needs of the current directory, as text. */
#ifndef JET_UNIT_PLAN_TEXT_H
#define JET_UNIT_PLAN_TEXT_H

#include "jettison.h"

/** struct plan_case - a Dockerfile and all that belongs to the build. */
struct plan_case {
	const char *dockerfile;
	const char *rules;         /* the ignore file; NULL: none */
	enum jet_builder builder;
	struct jet_needs_options options;
};

/**
 * plan_walk() - the entries that are needed: "PATH" and the lines that read it,
 * "a/b:2,3 ", directories with "/" behind their name.
 *
 * Return: the text, or the failure as "CLASS [FILE:]LINE PATH: MESSAGE"; the caller
 * frees it.
 */
char *plan_walk(const struct plan_case *c);

#endif
