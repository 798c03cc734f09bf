/* SPDX-License-Identifier: Apache-2.0 */
#include "cli/run_private.h"

#include "base/error.h"
#include "cli/term.h"
#include "cli/trouble.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* ---- opening ------------------------------------------------------------ */

static int open_needs(struct jet_run *run)
{
	int rc = jet_run_open_needs(run);

	if (rc == 0 || rc == JET_E_NOMEM || !run->needs_may_fail)
		return rc;
	run->needs_err = run->err;
	memset(&run->err, 0, sizeof(run->err));
	return 0;
}

static int open_files(struct jet_run *run)
{
	const bool needed = run->options->scope == JET_SCOPE_NEEDED && !run->rules_only;
	int rc = jet_run_find_files(run);

	if (rc == 0 && (needed || (run->wants_outside && run->options->scope == JET_SCOPE_CONTEXT &&
	                           jet_run_is_outside(run))))
		rc = jet_run_read_dockerfile(run);
	if (rc == 0 && run->located.ignore_file && run->options->scope != JET_SCOPE_TREE)
		rc = jet_run_load_rules(run);
	if (rc == 0 && needed)
		rc = open_needs(run);
	return rc;
}

/* The context is in an archive, and then its root is, too. */
static int open_archive(struct jet_run *run)
{
	int rc;

	run->root = ".";
	run->name = "standard input";
	if (run->options->file && strcmp(run->options->file, "-") == 0)
		return jet_fail(&run->err, JET_E_ARG, NULL,
		                "the context and the Dockerfile cannot both come from standard input");
	if (isatty(STDIN_FILENO))
		return jet_fail(&run->err, JET_E_ARG, NULL, "standard input is a terminal, and the context "
		                "is to be an archive there: - < FILE, or a pipe");
	rc = jet_archive_open("-", getenv("TMPDIR"), &run->archive, &run->err);
	/* Without a Dockerfile it is an error, which says so. */
	if (rc == 0 && run->options->scope != JET_SCOPE_NEEDED && jet_archive_is_empty(run->archive))
		jet_run_note(run, "standard input is an archive with nothing in it");
	return rc;
}

int jet_run_open(struct jet_run *run, const struct jet_line *line, const char *root)
{
	const struct jet_context_options *options = &line->context;
	const bool loud = options->verbose && !options->quiet;
	int rc;

	run->options = options;
	run->root = run->name = root;
	run->json = *line->json;
	run->summary = !run->no_summary && (loud || (!options->quiet && isatty(STDERR_FILENO)));
	clock_gettime(CLOCK_MONOTONIC, &run->started);
	if (!root[0])
		return jet_fail(&run->err, JET_E_ARG, NULL,
		                "the context needs a name: . is the current directory");
	rc = strcmp(root, "-") == 0 ? open_archive(run) : 0;
	if (rc == 0)
		rc = open_files(run);
	if (rc == 0 && loud)
		jet_run_say_files(run);
	return rc;
}

int jet_run_start(struct jet_run *run, const struct jet_line *line, const char *root,
                  const char *output, uint32_t flags)
{
	int rc = jet_run_open(run, line, root);

	if (rc == 0)
		rc = jet_output_open(&run->out, output, &run->err);
	return rc < 0 ? rc : jet_run_walk(run, flags);
}

void jet_run_note(const struct jet_run *run, const char *format, ...)
{
	char text[600];
	va_list ap;

	if (run->options->quiet)
		return;
	va_start(ap, format);
	vsnprintf(text, sizeof(text), format, ap);
	va_end(ap);
	jet_say("note: %s", text);
}

/* ---- walking ------------------------------------------------------------ */

struct jet_walk_options jet_run_walk_options(const struct jet_run *run, uint32_t flags)
{
	struct jet_walk_options options = {
		.flags = flags,
		.builder = run->options->builder,
		.rs = run->rules,
		.dockerfile = run->located.dockerfile_entry,
		.ignore_file = run->located.ignore_entry,
		.archive = run->archive,
	};

	if (run->options->scope == JET_SCOPE_TREE)
		options.flags |= JET_WALK_EVERYTHING;
	if (run->needs)
		jet_needs_apply(run->needs, &options);
	return options;
}

int jet_run_walk(struct jet_run *run, uint32_t flags)
{
	struct jet_walk_options options;

	if (run->kinds) {
		/* First, so that what the cache makes is there in every run, or in none. */
		const int rc = jet_hashing_open(&run->hashing, run->kinds, run->cache,
		                                run->archive ? NULL : run->root, run->options->quiet,
		                                &run->err);

		if (rc < 0)
			return rc;
	}
	if (run->summary)
		flags |= JET_WALK_STAT; /* bytes are part of it */
	options = jet_run_walk_options(run, flags);
	return jet_walk_open(run->root, &options, &run->walk, &run->err);
}

static void warn_of(const struct jet_entry *entry)
{
	const uint32_t out = JET_ENTRY_IGNORED | JET_ENTRY_PRUNED | JET_ENTRY_REMOVED |
	                     JET_ENTRY_UNNEEDED;
	const bool emptied = entry->flags & JET_ENTRY_EMPTIED && !(entry->flags & out);
	struct jet_error err;

	if (entry->error) {
		jet_fail_errno(&err, JET_E_IO, entry->error, NULL,
		               emptied ? "the builder cannot read it and ships it with no content"
		                       : "cannot read");
		jet_warn(entry->path, err.message);
	} else if (emptied) {
		jet_warn(entry->path, "the builder ships it with no content");
	}
}

int jet_run_next(struct jet_run *run, const struct jet_entry **entry)
{
	int rc = jet_walk_next(run->walk, entry, &run->err);

	if (rc == 1)
		warn_of(*entry);
	return rc;
}

/* What is being written is not what ships. */
static bool is_output(const struct jet_run *run, const struct jet_output *out,
                      const struct jet_entry *e)
{
	/* Members of an archive have no place on disk. */
	if (run->archive || !jet_output_is(out, e->dev, e->ino))
		return false;
	if (!jet_output_is_temp(out, e->dev, e->ino))
		jet_run_note(run, "%s is what is being written: left out", e->path);
	return true;
}

/* Nor is what remembers the hashes: it changes with every run. */
static bool is_cache(struct jet_run *run, const struct jet_entry *e)
{
	if (!jet_hashing_owns(&run->hashing, e->path, e->path_len))
		return false;
	if (!run->said_cache)
		jet_run_note(run, "%s is the cache: left out", run->hashing.inside);
	run->said_cache = true;
	return true;
}

void jet_run_leave_out(struct jet_run *run, const struct jet_entry *e)
{
	if (e->type == JET_TYPE_DIR)
		return;
	run->aside_files++;
	run->aside_bytes += e->size;
}

struct jet_walk_counts jet_run_counts(const struct jet_run *run)
{
	struct jet_walk_counts counts = jet_walk_counts(run->walk);

	counts.files -= run->aside_files;
	counts.bytes -= run->aside_bytes;
	return counts;
}

int jet_run_next_whole(struct jet_run *run, const struct jet_entry **entry)
{
	int rc;

	while ((rc = jet_walk_next(run->walk, entry, &run->err)) == 1) {
		const struct jet_entry *e = *entry;

		if (is_output(run, &run->out, e) || is_output(run, &run->also, e) || is_cache(run, e)) {
			jet_run_leave_out(run, e);
			continue;
		}
		if (e->error && !(e->flags & JET_ENTRY_EMPTIED))
			return jet_fail_errno(&run->err, JET_E_IO, e->error, e->path, "cannot read");
		warn_of(e);
		return 1;
	}
	return rc;
}

int jet_run_next_hashed(struct jet_run *run, const struct jet_entry **entry,
                        struct jet_hashes *hashes)
{
	const int rc = jet_run_next_whole(run, entry);
	int failed = 0;

	*hashes = (struct jet_hashes){ 0 };
	if (rc == 1 && run->kinds && (*entry)->type == JET_TYPE_FILE)
		failed = jet_hash_entry(run->hashing.hasher, run->walk, *entry, hashes, &run->err);
	return failed < 0 ? failed : rc;
}

/* ---- the end ------------------------------------------------------------ */

static double seconds_since(const struct timespec *start)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (double)(now.tv_sec - start->tv_sec) +
	       (double)(now.tv_nsec - start->tv_nsec) / 1e9;
}

static int count(struct jet_buf *line, uint64_t n, const char *one, const char *many)
{
	return jet_human_count(line, n) | jet_buf_printf(line, " %s", n == 1 ? one : many);
}

static void say_summary(const struct jet_run *run)
{
	struct jet_walk_counts c = jet_run_counts(run);
	struct jet_buf line = { 0 };
	int bad = count(&line, c.files, "file, ", "files, ");

	bad |= jet_human_size(&line, c.bytes);
	/* Along a plan most of the tree is never seen, so there is nothing to count. */
	if (!run->needs) {
		bad |= jet_buf_text(&line, "; left out: ");
		bad |= count(&line, c.ignored, "entry", "entries");
	} else {
		bad |= jet_buf_text(&line, " needed");
	}
	if (c.pruned_dirs && !run->needs) {
		bad |= jet_buf_text(&line, ", of them ");
		bad |= count(&line, c.pruned_dirs, "directory not even read",
		             "directories not even read");
	}
	bad |= jet_buf_printf(&line, "; %.2f s", seconds_since(&run->started));
	if (!bad && jet_buf_terminate(&line) == 0)
		jet_say("%s", line.data);
	jet_buf_clear(&line);
}

void jet_run_close(struct jet_run *run)
{
	jet_walk_close(run->walk);
	jet_hashing_close(&run->hashing);
	jet_needs_close(run->needs);
	jet_ruleset_free(run->rules);
	jet_located_clear(&run->located);
	jet_buf_clear(&run->dockerfile);
	jet_buf_clear(&run->given_rules);
	jet_buf_clear(&run->values);
	jet_archive_close(run->archive);
}

/* The second file appears when the first is complete but for its name. */
static int place_second(struct jet_run *run, int rc, bool *placed)
{
	*placed = false;
	if (rc < 0 || !run->also.buffer || jet_output_flush(&run->out) < 0)
		return rc;
	rc = jet_output_place(&run->also);
	if (rc < 0)
		run->err = run->also.err;
	*placed = rc == 0;
	return rc;
}

/* And stays if the first one has got its name. */
static void end_second(struct jet_run *run, bool stays)
{
	if (stays)
		jet_output_commit(&run->also);
	else
		jet_output_discard(&run->also);
}

int jet_run_finish(struct jet_run *run, int rc)
{
	const bool closed = run->out.closed;
	bool placed;
	int code;

	rc = place_second(run, rc, &placed);
	code = jet_trouble_end(&run->out, rc, &run->err, run->json);
	end_second(run, placed && code == JET_EXIT_DONE);
	if (code == JET_EXIT_DONE && rc == 0 && !closed && run->walk && run->summary)
		say_summary(run);
	jet_run_close(run);
	return code;
}
