/* SPDX-License-Identifier: Apache-2.0 */
/*
 * opts.h - the option parser: tables in, filled structs out.
 *
 * A command lays out its options as a struct, describes them in a table of
 * struct jet_option and calls jet_opts_parse() once.  Operands are what is
 * left, in order, options and operands may be mixed, "--" ends the options.
 */
#ifndef JET_CLI_OPTS_H
#define JET_CLI_OPTS_H

#include "jettison.h"

/**
 * typedef jet_option_fn - stores the value of one option.
 * @field: the field the option's offset names
 * @value: text behind the option; NULL when it takes none, or none was given
 * @err: file and code are set by the parser, the message by this function
 *
 * Return: 0, or -1 with a message.
 */
typedef int (*jet_option_fn)(void *field, const char *value, struct jet_error *err);

/** struct jet_option - one option.  The last of a table is all zero. */
struct jet_option {
	char letter;      /* short form, or 0 */
	const char *name; /* long form without "--", or NULL */
	const char *arg;  /* what the help calls its value; NULL: takes none; "[=DIR]":
	                     may be left out, and comes behind = only */
	size_t offset;    /* of the field in the struct of its table */
	jet_option_fn set;
	const char *help; /* lower case, no full stop; NULL: not shown */
};

/** struct jet_option_table - options and the struct they fill. */
struct jet_option_table {
	const char *title; /* heading in the help; NULL ends a list of tables */
	const struct jet_option *options;
	void *fields;
};

enum jet_color { JET_COLOR_AUTO, JET_COLOR_ALWAYS, JET_COLOR_NEVER };

enum jet_scope { JET_SCOPE_NEEDED, JET_SCOPE_CONTEXT, JET_SCOPE_TREE };

enum jet_help_wanted { JET_HELP_NONE, JET_HELP_SHORT, JET_HELP_LONG };

/** struct jet_texts - the values of an option that may be repeated, in order. */
struct jet_texts {
	const char **items; /* from malloc(); the texts are borrowed */
	size_t n, capacity;
};

/** struct jet_context_options - which context, and how to talk about it. */
struct jet_context_options {
	const char *file;        /* -f, or NULL */
	const char *ignore_file; /* --ignore-file, or NULL */
	enum jet_builder builder;
	enum jet_scope scope;
	enum jet_color color;
	enum jet_help_wanted help;
	unsigned jobs; /* accepted; 0: not given */
	bool quiet, verbose;
	const char *target;      /* --target, or NULL */
	struct jet_texts platforms, args, contexts, env;
};

/** jet_context_options_clear() - frees the lists. */
void jet_context_options_clear(struct jet_context_options *options);

/** The options that every command about a context takes.  Fills a struct
 *  jet_context_options. */
extern const struct jet_option jet_context_table[];

/** The options for help alone, for commands about no context.  Fills an enum
 *  jet_help_wanted. */
extern const struct jet_option jet_help_table[];

/**
 * jet_opts_parse() - reads the options of one command.
 * @tables: searched in order; ended by one without title
 * @argc, @argv: without the program and the command; operands are moved to the
 *               front of @argv
 * @operands: set to the number of operands
 * @err: code JET_E_ARG and the message on failure
 *
 * Understands -x, -xyz (flags in one word), -oVALUE, -o VALUE, --name,
 * --name=VALUE, --name VALUE and "--".  "-" alone is an operand.  An unknown
 * option is answered with the nearest known one.
 *
 * Return: 0 or JET_E_ARG.
 */
int jet_opts_parse(const struct jet_option_table *tables, int argc, char **argv,
                   int *operands, struct jet_error *err);

/* Setters for the tables.  @field is a bool, a const char * or what they say. */
int jet_set_flag(void *field, const char *value, struct jet_error *err);
int jet_set_text(void *field, const char *value, struct jet_error *err);
/** jet_set_more() - appends to a struct jet_texts. */
int jet_set_more(void *field, const char *value, struct jet_error *err);

#endif
