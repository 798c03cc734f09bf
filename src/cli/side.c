/* SPDX-License-Identifier: Apache-2.0 */
#include "cli/side.h"

#include "cli/run.h"

#include "base/error.h"
#include "base/str.h"
#include "cli/term.h"
#include "report/own_files.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

static bool is_stdin(const char *name)
{
	return name && strcmp(name, "-") == 0;
}

static bool is_context(const char *name)
{
	struct stat st;

	return !is_stdin(name) && stat(name, &st) == 0 && S_ISDIR(st.st_mode);
}

int jet_side_check_stdin(const struct jet_line *line, bool here, int nreads, struct jet_error *err)
{
	/* A Dockerfile is read with every context. */
	const bool dockerfile = line->context.scope == JET_SCOPE_NEEDED && is_stdin(line->context.file);
	int readers = here && dockerfile;

	for (int i = 0; i < line->noperands; i++)
		readers += is_stdin(line->operands[i]) || (dockerfile && is_context(line->operands[i]));
	if (readers * nreads <= 1)
		return 0;
	return jet_fail(err, JET_E_ARG, NULL,
	                dockerfile ? "standard input can be read only once: name a file with -f"
	                           : "only one of the two can be standard input");
}

int jet_side_open(struct jet_side *side, const char *name, struct jet_error *err)
{
	struct stat st;
	int rc;

	side->name = name;
	side->is_context = is_context(name);
	if (side->is_context)
		return 0;
	rc = jet_input_open(&side->input, name, "it", err);
	if (rc == 0 && fstat(side->input.fd, &st) == 0 && S_ISREG(st.st_mode)) {
		side->dev = st.st_dev;
		side->ino = st.st_ino;
	}
	return rc < 0 ? rc : jet_source_guess(&side->input, &side->source, err);
}

bool jet_side_is_archive(const struct jet_side *side)
{
	return !side->is_context && side->source == JET_SOURCE_ARCHIVE;
}

bool jet_side_is_manifest(const struct jet_side *side)
{
	return !side->is_context && side->source != JET_SOURCE_ARCHIVE;
}

/* Is it what the context is compared with, and not in there itself? */
static bool is_other(const struct jet_side *side, const struct jet_run *run,
                     const struct jet_entry *e)
{
	const struct jet_side *other = side->other;

	if (!other || !other->ino || e->ino != other->ino || e->dev != other->dev ||
	    jet_inventory_find(&other->inventory, e->path, e->path_len))
		return false;
	jet_run_note(run, "%s is what the context is compared with: left out", e->path);
	return true;
}

bool jet_side_is_nothing(const struct jet_side *side)
{
	return !side->is_context && side->source == JET_SOURCE_NOTHING;
}

/* A list of sums has no sockets, also where a builder makes files of them. */
static bool is_unlisted_socket(const struct jet_side *side, const struct jet_entry *e)
{
	const struct jet_side *other = side->other;

	return e->flags & JET_ENTRY_SOCKET && other && jet_side_is_manifest(other) &&
	       other->source == JET_SOURCE_SUMS &&
	       !jet_inventory_find(&other->inventory, e->path, e->path_len);
}

static int add_entries(struct jet_side *side, struct jet_run *run)
{
	const struct jet_entry *e;
	struct jet_hashes hashes;
	int rc;

	while ((rc = jet_run_next_hashed(run, &e, &hashes)) == 1) {
		if (is_other(side, run, e) || is_unlisted_socket(side, e))
			continue;
		rc = jet_inventory_entry(&side->inventory, e, &hashes);
		if (rc < 0)
			return rc;
	}
	return rc;
}

static int read_context(struct jet_side *side, const struct jet_line *line, unsigned kinds,
                        struct jet_error *err)
{
	struct jet_run run = { .no_summary = true, .kinds = kinds, .cache = &side->cache };
	int rc = jet_run_open(&run, line, side->name);

	side->inventory.name = side->name;
	side->inventory.types = JET_INVENTORY_ALL;
	if (rc == 0 && run.located.dockerfile_entry) {
		side->dockerfile = strdup(run.located.dockerfile_entry);
		rc = side->dockerfile ? 0 : jet_fail_nomem(&run.err);
	}
	if (rc == 0)
		rc = jet_run_walk(&run, JET_WALK_HARDLINKS);
	if (rc == 0)
		rc = add_entries(side, &run);
	if (rc == JET_E_NOMEM && !run.err.code)
		jet_fail_nomem(&run.err);
	if (rc < 0)
		*err = run.err;
	jet_run_close(&run);
	return rc;
}

int jet_side_read(struct jet_side *side, const struct jet_line *line, unsigned kinds,
                  struct jet_error *err)
{
	if (side->is_context)
		return read_context(side, line, kinds, err);
	return jet_inventory_read(&side->inventory, &side->input, side->source, kinds, err);
}

/* A manifest does not say where the Dockerfile is; the options may. */
static void drop_own_files(struct jet_side *archive, const struct jet_side *other,
                           const struct jet_line *line)
{
	const char *named = is_stdin(line->context.file) ? NULL : line->context.file;

	jet_drop_own_files(&archive->inventory, &other->inventory,
	                   other->is_context ? other->dockerfile : named);
}

void jet_side_drop_own_files(struct jet_side *a, struct jet_side *b, const struct jet_line *line)
{
	if (line->context.scope == JET_SCOPE_TREE || jet_side_is_archive(a) == jet_side_is_archive(b))
		return;
	if (jet_side_is_archive(a))
		drop_own_files(a, b, line);
	else
		drop_own_files(b, a, line);
}

/* md5sum's hashes are as long as those of XXH128, and no content has the same of both. */
static void hint_at_md5(const struct jet_side *side, const struct jet_comparison *c)
{
	if (jet_side_is_manifest(side) && side->source == JET_SOURCE_SUMS && c->other && !c->same)
		jet_say("note: not one content is what %s says: it is taken for a list of xxhsum -H2, but "
		        "if it is one of md5sum, only md5sum -c can tell", side->input.name);
}

static void hint_at_nothing(const struct jet_side *side)
{
	if (jet_side_is_nothing(side))
		jet_say("note: %s is empty, which is a manifest of nothing", side->input.name);
	else if (jet_side_is_archive(side) && !side->inventory.n)
		jet_say("note: %s is an archive with nothing in it", side->input.name);
}

int jet_side_judge(const struct jet_side *a, const struct jet_side *b,
                   const struct jet_comparison *c, uint64_t differences, bool quiet,
                   struct jet_error *err)
{
	const char *files = c->blind == 1 ? "file" : "files";

	if (!quiet) {
		hint_at_md5(a, c);
		hint_at_md5(b, c);
	}
	if (!quiet && differences) {
		hint_at_nothing(a);
		hint_at_nothing(b);
	}
	if (!c->blind)
		return 0;
	if (!differences)
		return jet_fail(err, JET_E_ARG, NULL,
		                "nothing differs, but the contents of %llu %s could not be compared, "
		                "\"%s\" first: there is no hash that both have, xxh128 or sha256 "
		                "(--size-only does without)", (unsigned long long)c->blind, files,
		                JET_SHOW(((struct jet_str){ c->first_blind->path,
		                                            c->first_blind->path_len })));
	if (!quiet)
		jet_say("note: the contents of %llu more %s could not be compared: there is no hash that "
		        "both have, xxh128 or sha256", (unsigned long long)c->blind, files);
	return 0;
}

void jet_side_close(struct jet_side *side)
{
	jet_input_close(&side->input);
	jet_inventory_clear(&side->inventory);
	free(side->dockerfile);
}
