/* SPDX-License-Identifier: Apache-2.0 */
/* build_command.h - the command line of the builder. */
#ifndef JET_CLI_BUILD_COMMAND_H
#define JET_CLI_BUILD_COMMAND_H

#include "base/buf.h"
#include "cli/opts.h"
#include "cli/tool.h"

/** struct jet_build_command - what it is made of. */
struct jet_build_command {
	const struct jet_tool *tool;
	const struct jet_build_args *args;
	const struct jet_texts *globals; /* before its command: --global */
	const char *dockerfile;  /* what -f says; NULL: nothing */
	const char *ignore_file; /* podman, buildah: --ignorefile; else NULL */
	const char *context;     /* a directory, or "-" */
};

/**
 * jet_build_command_words() - argv, ended by NULL.
 * @arena: where they live
 * @words: set on success
 *
 * buildctl has other options than docker, see buildctl.h.
 *
 * Return: 0; JET_E_ARG in @err for what buildctl cannot do; JET_E_NOMEM.
 */
int jet_build_command_words(const struct jet_build_command *command, struct jet_arena *arena,
                            char ***words, struct jet_error *err);

/** jet_shell_word() - appends a word so that a shell reads it as it is.  0 or -1. */
int jet_shell_word(struct jet_buf *buf, const char *word);

#endif
