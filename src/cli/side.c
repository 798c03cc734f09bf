/* SPDX-License-Identifier: Apache-2.0 */
#include "cli/side.h"

#include "cli/run.h"

#include "base/error.h"
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
	int rc;

	side->name = name;
	side->is_context = is_context(name);
	if (side->is_context)
		return 0;
	rc = jet_input_open(&side->input, name, "it", err);
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

static int add_entries(struct jet_side *side, struct jet_run *run, struct jet_hasher *hasher)
{
	const struct jet_entry *e;
	int rc;

	while ((rc = jet_run_next_whole(run, &e)) == 1) {
		struct jet_hashes hashes = { 0 };

		rc = hasher && e->type == JET_TYPE_FILE
		             ? jet_hash_entry(hasher, run->walk, e, &hashes, &run->err) : 0;
		if (rc == 0)
			rc = jet_inventory_entry(&side->inventory, e, &hashes);
		if (rc < 0)
			return rc;
	}
	return rc;
}

static int read_context(struct jet_side *side, const struct jet_line *line, unsigned kinds,
                        struct jet_error *err)
{
	struct jet_run run = { .no_summary = true };
	struct jet_hashing hashing = { 0 };
	int rc = 0;

	if (kinds)
		rc = jet_hashing_open(&hashing, kinds, &side->cache, line->context.quiet, &run.err);
	side->inventory.name = side->name;
	side->inventory.types = JET_INVENTORY_ALL;
	if (rc == 0)
		rc = jet_run_open(&run, line, side->name);
	if (rc == 0 && run.located.dockerfile_entry) {
		side->dockerfile = strdup(run.located.dockerfile_entry);
		rc = side->dockerfile ? 0 : jet_fail_nomem(&run.err);
	}
	if (rc == 0)
		rc = jet_run_walk(&run, JET_WALK_HARDLINKS);
	if (rc == 0)
		rc = add_entries(side, &run, hashing.hasher);
	if (rc == JET_E_NOMEM && !run.err.code)
		jet_fail_nomem(&run.err);
	if (rc < 0)
		*err = run.err;
	jet_run_close(&run);
	jet_hashing_close(&hashing);
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

void jet_side_close(struct jet_side *side)
{
	jet_input_close(&side->input);
	jet_inventory_clear(&side->inventory);
	free(side->dockerfile);
}
