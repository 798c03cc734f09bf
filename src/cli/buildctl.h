/* SPDX-License-Identifier: Apache-2.0 */
/* buildctl.h - docker's options in the words of buildctl. */
#ifndef JET_CLI_BUILDCTL_H
#define JET_CLI_BUILDCTL_H

#include "cli/build_command.h"
#include "cli/build_words.h"

/**
 * jet_buildctl_put() - "build", and all behind it.
 * @words: where it is put
 *
 * What docker calls differently is translated, what buildctl has itself goes on as it is.
 * What it has no word for is refused and not left out: a build without a limit, a host
 * or a file that was asked for is another one.  An option that nobody knows goes on, too:
 * buildctl says what it thinks of it.
 *
 * Return: 0; JET_E_ARG in @err, which names the option and what to use.
 */
int jet_buildctl_put(struct jet_words *words, const struct jet_build_command *command,
                     struct jet_error *err);

/** jet_buildctl_flag() - a flag that may be "--name=false".  1, 0, or -1: no truth value. */
int jet_buildctl_flag(const struct jet_build_word *word);

/** jet_buildctl_is() - is that the option? */
bool jet_buildctl_is(const struct jet_build_word *word, const char *name);

/**
 * jet_buildctl_put_outputs() - --output, --tag, --push and --load, which are one there.
 *
 * Return: 0, or JET_E_ARG in @err.
 */
int jet_buildctl_put_outputs(struct jet_words *words, const struct jet_build_args *args,
                             struct jet_error *err);

#endif
