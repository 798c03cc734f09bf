/* SPDX-License-Identifier: Apache-2.0 */
/* build_options.h - the options of the builders: which take a value, and whose they are. */
#ifndef JET_CLI_BUILD_OPTIONS_H
#define JET_CLI_BUILD_OPTIONS_H

#include "cli/build_args.h"

/* What is known of an option. */
enum {
	JET_OPTION_VALUE = 1 << 0, /* takes one */
	JET_OPTION_OURS = 1 << 1,  /* jettison reads it */
	JET_OPTION_ALONE = 1 << 2, /* and the builder does not get it */
	JET_OPTION_BEFORE = 1 << 3 /* the builder wants it before its command */
};

struct jet_build_option {
	const char *name;    /* without "--" */
	char letter;         /* 0: none */
	unsigned char flags; /* JET_OPTION_... */
};

/**
 * jet_build_option_find() - by its long name, or where that is NULL by its letter.
 * @kind: whose options are meant, where the builders differ
 * @len: of @name
 *
 * Return: NULL: not known; taken for a flag of the builder.
 */
const struct jet_build_option *jet_build_option_find(enum jet_tool_kind kind, const char *name,
                                                     size_t len, char letter);

#endif
