/* SPDX-License-Identifier: Apache-2.0 */
#include "cli/side.h"

#include "cli/run.h"

#include "base/error.h"
#include "report/own_files.h"

#include <string.h>
#include <sys/stat.h>

int jet_side_open(struct jet_side *side, const char *name, struct jet_error *err)
{
	struct stat st;
	int rc;

	side->name = name;
	side->is_context = strcmp(name, "-") != 0 && stat(name, &st) == 0 && S_ISDIR(st.st_mode);
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

void jet_side_drop_own_files(struct jet_side *a, struct jet_side *b, const struct jet_line *line)
{
	if (line->context.scope == JET_SCOPE_TREE || jet_side_is_archive(a) == jet_side_is_archive(b))
		return;
	if (jet_side_is_archive(a))
		jet_drop_own_files(&a->inventory, &b->inventory, line->context.file);
	else
		jet_drop_own_files(&b->inventory, &a->inventory, line->context.file);
}

void jet_side_close(struct jet_side *side)
{
	jet_input_close(&side->input);
	jet_inventory_clear(&side->inventory);
}
