/* SPDX-License-Identifier: Apache-2.0 */
/*
 * run.h - what every command about a context does once its command line is read.
 *
 *   struct jet_run run = { 0 };
 *   int rc = jet_run_start(&run, &line, root, output, flags);
 *
 *   while (rc == 0 && (rc = jet_run_next(&run, &entry)) == 1)
 *           ... jet_output_write(&run.out, ...)
 *   return jet_line_end(&line, jet_run_finish(&run, rc));
 */
#ifndef JET_CLI_RUN_H
#define JET_CLI_RUN_H

#include "base/buf.h"
#include "cli/hashing.h"
#include "cli/line.h"
#include "cli/output.h"

#include <time.h>

struct jet_run {
	/* Filled in by the command; the rest is zero at first. */
	bool has_notes;  /* the output says itself which variables are not set */
	bool no_summary; /* the output is one */
	bool rules_only; /* what is needed does not matter */
	bool needs_may_fail; /* there are answers all the same */
	bool builds; /* runs the builder itself: nobody needs to be told how to */
	bool wants_outside;  /* a Dockerfile that is not in the context, in scope context too */
	unsigned kinds;      /* enum jet_hash_kind: what is made of contents; 0: nothing */
	const struct jet_cache_option *cache; /* where hashes are kept; NULL: nowhere */

	const struct jet_context_options *options;
	const char *root;
	const char *name; /* of the context, for messages */
	struct jet_archive *archive; /* the context comes from standard input; else NULL */
	bool json;    /* errors are shown as objects on standard output too */
	bool summary; /* to be shown at the end: entries are looked at for it */
	struct jet_located located;
	struct jet_ruleset *rules; /* NULL: no ignore file, or scope tree */
	struct jet_needs *needs;   /* NULL: not scope needed, or they failed */
	struct jet_error needs_err; /* needs_may_fail: why; code 0: they did not */
	struct jet_buf dockerfile; /* its text, with scope needed or where it is wanted */
	struct jet_buf given_rules; /* text of the file that --ignore-file names */
	struct jet_buf values;     /* of --build-arg, from the environment */
	struct jet_output out;
	struct jet_output also;    /* a second file, opened by the command; zeroed: none */
	struct jet_hashing hashing; /* with kinds, from jet_run_walk() on */
	struct jet_walk *walk;     /* NULL before jet_run_walk() */
	uint64_t aside_files, aside_bytes; /* of the walk, but jettison's own */
	bool said_cache;
	struct timespec started;
	struct jet_error err; /* what went wrong */
};

/**
 * jet_run_start() - jet_run_open(), run->out, jet_run_walk().
 * @output: the file to write; NULL or "-" is standard output.  Must outlive @run
 * @flags: as for jet_run_walk()
 *
 * Return: 0, or a negative enum jet_code in run->err; jet_run_finish() in any case.
 */
int jet_run_start(struct jet_run *run, const struct jet_line *line, const char *root,
                  const char *output, uint32_t flags);

/**
 * jet_run_open() - which files count, what the ignore file says and what the
 * Dockerfile needs.
 * @line: read; must outlive @run
 * @root: the context directory; must outlive @run.  "-" is an archive on standard input,
 *        which is read to its end
 *
 * Return: as jet_run_start().
 */
int jet_run_open(struct jet_run *run, const struct jet_line *line, const char *root);

#define JET_RUN_ALL_STAGES SIZE_MAX

/**
 * jet_run_needs_of() - what another stage or all of them would need.
 * @stage: number of the stage, from 1; JET_RUN_ALL_STAGES
 *
 * Return: 0 and @needs, or a negative enum jet_code in @err.
 */
int jet_run_needs_of(struct jet_run *run, size_t stage, struct jet_needs **needs, struct jet_error *err);

/** jet_run_is_outside() - is there a Dockerfile that is not in the context: elsewhere, or
 *  on standard input? */
bool jet_run_is_outside(const struct jet_run *run);

/** jet_run_walk_options() - how the context of @run is walked. */
struct jet_walk_options jet_run_walk_options(const struct jet_run *run, uint32_t flags);

/**
 * jet_run_walk() - opens the hashes, where the command wants any, and starts the walk.
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
 * Passes over the files that are being written and the cache, and fails at an entry that
 * could not be read, unless the builder ships it all the same.
 */
int jet_run_next_whole(struct jet_run *run, const struct jet_entry **entry);

/**
 * jet_run_next_hashed() - the same, with what the content of a file hashes to.
 * @hashes: set; none of what is no file, nor without run->kinds
 */
int jet_run_next_hashed(struct jet_run *run, const struct jet_entry **entry,
                        struct jet_hashes *hashes);

/** jet_run_leave_out() - counts an entry that has come as one that does not ship. */
void jet_run_leave_out(struct jet_run *run, const struct jet_entry *entry);

/** jet_run_counts() - what has shipped so far. */
struct jet_walk_counts jet_run_counts(const struct jet_run *run);

/**
 * jet_run_finish() - the end of it.
 * @rc: 0, or the failure that ended it: in run->err, or JET_E_WRITE: in run->out.err
 *
 * Commits or discards what was written, prints the summary or the error, frees
 * @run.
 *
 * Return: an exit code.
 */
int jet_run_finish(struct jet_run *run, int rc);

/** jet_run_close() - frees @run without a word: for what is only a part of a command. */
void jet_run_close(struct jet_run *run);

/** jet_run_note() - a note on standard error, "note: " before it, unless quiet. */
void jet_run_note(const struct jet_run *run, const char *format, ...)
	__attribute__((format(printf, 2, 3)));

#endif
