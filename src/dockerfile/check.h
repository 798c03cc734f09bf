/* SPDX-License-Identifier: Apache-2.0 */
/* check.h - the two halves of jet_dockerfile_parse(). */
#ifndef JET_DOCKERFILE_CHECK_H
#define JET_DOCKERFILE_CHECK_H

#include "dockerfile/dockerfile.h"

/** jet_dockerfile_read() - jet_dockerfile_parse() without the checks. */
int jet_dockerfile_read(const void *data, size_t len, const char *name,
                        struct jet_dockerfile **df, struct jet_error *err);

/** jet_dockerfile_check() - every instruction, and that there is a stage for it. */
int jet_dockerfile_check(const struct jet_dockerfile *df, struct jet_error *err);

/** jet_instruction_check() - one instruction: arguments and flags.
 *  Return: 0 or JET_E_PARSE. */
int jet_instruction_check(const struct jet_dockerfile *df, const struct jet_instruction *in,
                          struct jet_error *err);

#endif
