/* SPDX-License-Identifier: Apache-2.0 */
/*
 * run.h - what every command about a context does.
 *
 * jet_run_open() finds the files and reads the rules; jet_run_walk() and
 * jet_run_next() go through the entries and warn of what a user should know;
 * jet_run_end() sums up, prints the error if there was one, and frees it all.
 */
#ifndef JET_CLI_RUN_H
#define JET_CLI_RUN_H

#include "base/buf.h"
#include "cli/cli.h"
#include "cli/output.h"

#include <time.h>

struct jet_run {
	struct jet_context_options *options; /* cleared at the end */
	const char *root;
	bool json;    /* errors are shown as objects on standard output too */
	bool summary; /* to be shown at the end: entries are looked at for it */
	bool hint;    /* standard error is a terminal and not to be quiet */
	bool has_notes; /* the output says itself which variables are not set */
	struct jet_located located;
	struct jet_ruleset *rules; /* NULL: no ignore file, or scope tree */
	struct jet_needs *needs;   /* NULL: not scope needed */
	struct jet_buf dockerfile; /* its text, with scope needed */
	struct jet_buf values;     /* of --build-arg, from the environment */
	struct jet_walk *walk;     /* NULL before jet_run_walk() */
	struct timespec started;
	struct jet_error err; /* what went wrong */
};

/**
 * jet_run_open() - which files count, and what the ignore file says.
 * @run: zeroed
 * @options: parsed; must outlive @run
 * @root: the context directory; must outlive @run
 *
 * Return: 0, or a negative enum jet_code in run->err; jet_run_end() in any case.
 */
int jet_run_open(struct jet_run *run, struct jet_context_options *options, const char *root,
                 bool json);

/**
 * jet_run_needs_of() - what another target or all stages would need.
 * @all: every stage, whatever the target
 *
 * Return: 0 and @needs, or a negative enum jet_code in @err.
 */
int jet_run_needs_of(struct jet_run *run, bool all, struct jet_needs **needs, struct jet_error *err);

/** jet_run_walk_options() - how the context of @run is walked. */
struct jet_walk_options jet_run_walk_options(const struct jet_run *run, uint32_t flags);

/**
 * jet_run_walk() - starts the walk.
 * @flags: enum jet_walk_flag; the scope and the summary add theirs
 */
int jet_run_walk(struct jet_run *run, uint32_t flags);

/**
 * jet_run_next() - the next entry, with a warning where one is due.
 *
 * Return: 1, 0 at the end, or a negative enum jet_code in run->err.
 */
int jet_run_next(struct jet_run *run, const struct jet_entry **entry);

/**
 * jet_run_next_whole() - the same for commands that need every entry whole.
 *
 * Passes over the file that @out writes, and fails at an entry that could not be
 * read, unless the builder ships it all the same.
 */
int jet_run_next_whole(struct jet_run *run, const struct jet_output *out,
                       const struct jet_entry **entry);

/**
 * jet_run_finish() - the end of a command that writes.
 * @rc: 0, or the failure that ended it: in run->err, or JET_E_WRITE: in out->err
 *
 * Commits or discards @out, prints the summary or the error, frees @run.
 *
 * Return: an exit code.
 */
int jet_run_finish(struct jet_run *run, struct jet_output *out, int rc);

/** jet_run_note() - a note on standard error, "note: " before it, unless quiet. */
void jet_run_note(const struct jet_run *run, const char *format, ...)
	__attribute__((format(printf, 2, 3)));

/** jet_run_warn() - a warning about a path: it is shown, cut if very long. */
void jet_run_warn(const char *path, const char *message);

/**
 * jet_run_fail() - prints an error.
 * @json: as an object on standard output too
 *
 * Return: JET_EXIT_TROUBLE.
 */
int jet_run_fail(const struct jet_error *err, bool json);

/** jet_run_done() - for commands that end before jet_run_open(): clears the
 *  options and gives @code back. */
int jet_run_done(struct jet_context_options *options, int code);

/** jet_run_fail_operand() - complains of a word too many; @takes: "one context". */
int jet_run_fail_operand(const char *word, const char *takes, bool json);

/** jet_run_wants_json() - do the words of a command line ask for JSON?  For
 *  errors in the command line itself. */
bool jet_run_wants_json(int argc, char **argv);

#endif
