/* SPDX-License-Identifier: Apache-2.0 */
/* check.h - the parts of jet_dockerfile_parse(): reading, flags, arguments. */
#ifndef JET_DOCKERFILE_CHECK_H
#define JET_DOCKERFILE_CHECK_H

#include "dockerfile/dockerfile.h"

/** jet_dockerfile_read() - jet_dockerfile_parse() without the checks. */
int jet_dockerfile_read(const void *data, size_t len, const char *name,
                        const struct jet_df_dialect *dialect, struct jet_dockerfile **df,
                        struct jet_error *err);

/** jet_dockerfile_new() - one without instructions, for jet_dockerfile_append().
 *  @name: copied.  0 or JET_E_NOMEM. */
int jet_dockerfile_new(const char *name, const struct jet_df_dialect *dialect,
                       struct jet_dockerfile **df, struct jet_error *err);

/** jet_dockerfile_append() - reads another text behind what there is, as if it were a file
 *  of its own.  Moves df->list.  As jet_dockerfile_read(); on failure @df may hold a part. */
int jet_dockerfile_append(struct jet_dockerfile *df, const void *data, size_t len,
                          struct jet_error *err);

/** jet_dockerfile_check() - every instruction, if the dialect does so, and that there
 *  is a stage for it. */
int jet_dockerfile_check(const struct jet_dockerfile *df, struct jet_error *err);

/** struct jet_checker - an instruction being checked. */
struct jet_checker {
	const struct jet_dockerfile *df;
	const struct jet_instruction *in;
	struct jet_error *err;
};

/** jet_flags_check() - does this instruction take its flags, and with these values?
 *  0 or JET_E_PARSE. */
int jet_flags_check(struct jet_checker *c);

/** jet_flags_check_values() - and with values that mean something?  Those of HEALTHCHECK,
 *  and --network and --security of RUN.  0 or JET_E_PARSE. */
int jet_flags_check_values(struct jet_checker *c);

/** jet_flag_name() - "name" of "--name=value". */
struct jet_str jet_flag_name(struct jet_str flag);

/** jet_same_ignoring_case() - @lower is in lower case. */
bool jet_same_ignoring_case(struct jet_str s, const char *lower);

/** jet_instruction_check() - one instruction: arguments and flags.
 *  Return: 0 or JET_E_PARSE. */
int jet_instruction_check(const struct jet_dockerfile *df, const struct jet_instruction *in,
                          struct jet_error *err);

#endif
