/* SPDX-License-Identifier: Apache-2.0 */
/*
 * line.h - how every command about a context begins: its command line.
 *
 *   struct jet_line line = { .command = command, .options = table, ... };
 *
 *   if (!jet_line_read(&line, argc, argv))
 *           return line.code;
 *   ...
 *   return jet_line_end(&line, code);
 */
#ifndef JET_CLI_LINE_H
#define JET_CLI_LINE_H

#include "cli/cli.h"

struct jet_line {
	/* Filled in by the command. */
	const struct jet_command *command;
	const struct jet_option *options; /* its own */
	void *fields;                     /* what they fill in */
	const bool *json;                 /* of these: errors as objects too */
	const struct jet_help *help;
	int max;           /* operands; 0: any number */
	const char *takes; /* these operands in words: "one context" */
	/* NULL, or what else must hold: 0, or a negative enum jet_code. */
	int (*check)(const struct jet_line *line, struct jet_error *err);

	/* Filled in by jet_line_read(). */
	struct jet_context_options context;
	int noperands;
	char **operands;
	int code; /* the exit code, where the command line was all there was to do */
};

/**
 * jet_line_read() - reads options and operands, shows help.
 * @argc, @argv: the words behind the command's name; reordered
 *
 * Return: true; false: there is nothing left to do, line->code says how it ended
 * and jet_line_end() is not needed.
 */
bool jet_line_read(struct jet_line *line, int argc, char **argv);

/** jet_line_operand() - number @index, or @otherwise where there is none. */
const char *jet_line_operand(const struct jet_line *line, int index, const char *otherwise);

/** jet_line_end() - frees what the line holds.  Return: @code. */
int jet_line_end(struct jet_line *line, int code);

/** jet_wants_json() - do the words of a command line ask for JSON?  For errors in
 *  the command line itself. */
bool jet_wants_json(int argc, char **argv);

#endif
