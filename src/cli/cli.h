/* SPDX-License-Identifier: Apache-2.0 */
/* cli.h - the commands of the program and what they share: help texts. */
#ifndef JET_CLI_CLI_H
#define JET_CLI_CLI_H

#include "cli/opts.h"

/* Exit codes. */
enum { JET_EXIT_DONE = 0, JET_EXIT_NO = 1, JET_EXIT_TROUBLE = 2 };

/** struct jet_command - one row of the command table in main.c. */
struct jet_command {
	const char *name;
	/* Gets the words behind the command's name; may reorder them.  Returns an
	 * exit code. */
	int (*run)(const struct jet_command *command, int argc, char **argv);
	const char *summary; /* lower case, no full stop */
	const char *usage;   /* what follows "jettison NAME"; NULL: not there yet */
};

/** struct jet_example - a command line worth copying. */
struct jet_example {
	const char *line; /* NULL ends a list */
	const char *does;
};

/** struct jet_help - the long help of a command. */
struct jet_help {
	const char *text; /* paragraphs, separated by "\n\n"; wrapped when shown */
	const struct jet_example *examples;
};

/**
 * jet_help_show() - prints the help of a command to standard output.
 * @wanted: short: usage and options; long: text and examples too
 *
 * Return: an exit code.
 */
int jet_help_show(const struct jet_command *command, const struct jet_option_table *tables,
                  const struct jet_help *help, enum jet_help_wanted wanted);

/**
 * jet_help_global() - prints the help of the program itself.
 * @commands: the command table; ended by one without name
 */
int jet_help_global(const struct jet_command *commands, enum jet_help_wanted wanted);

int jet_cmd_list(const struct jet_command *command, int argc, char **argv);
int jet_cmd_why(const struct jet_command *command, int argc, char **argv);
int jet_cmd_plan(const struct jet_command *command, int argc, char **argv);
int jet_cmd_build(const struct jet_command *command, int argc, char **argv);
int jet_cmd_pack(const struct jet_command *command, int argc, char **argv);
int jet_cmd_digest(const struct jet_command *command, int argc, char **argv);
int jet_cmd_cache(const struct jet_command *command, int argc, char **argv);
int jet_cmd_diff(const struct jet_command *command, int argc, char **argv);
int jet_cmd_verify(const struct jet_command *command, int argc, char **argv);
int jet_cmd_manifest(const struct jet_command *command, int argc, char **argv);

#endif
