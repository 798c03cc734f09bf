/* SPDX-License-Identifier: Apache-2.0 */
/* jettison manifest - what ships, with hashes. */
#include "cli/kinds.h"
#include "cli/run.h"

#include "base/error.h"

#include <stddef.h>

struct manifest_options {
	const char *output;
	enum jet_manifest_format format;
	unsigned kinds; /* as asked for; then, once checked, as computed */
	bool json;      /* errors as objects */
	struct jet_cache_option cache;
};

#define FIELD(name) offsetof(struct manifest_options, name)

static const struct jet_option table[] = {
	{ 'o', "output", "FILE", FIELD(output), jet_set_text,
	  "write FILE, which appears when it is complete; - is standard output [-]" },
	{ 0, "format", "FORMAT", FIELD(format), jet_set_manifest_format,
	  "ndjson, mtree, xxh128sum, sha256sum or csv [ndjson]" },
	{ 0, "hash", "HASH", FIELD(kinds), jet_set_kinds,
	  "xxh128, sha256, or both with a comma between, in one reading "
	  "[sha256 for sha256sum, else xxh128]" },
	{ 0, "cache", JET_CACHE_ARG, FIELD(cache), jet_set_cache, JET_CACHE_HELP },
	{ 0, "json", NULL, FIELD(json), jet_set_flag, "errors as JSON objects too" },
	{ 0 },
};

static const struct jet_example examples[] = {
	{ "jettison manifest -o ctx.ndjson", "everything that ships, with a hash of every file" },
	{ "jettison manifest | jq -s 'max_by(.size).path'", "the biggest file that ships" },
	{ "jettison manifest --format sha256sum | sha256sum -c", "is it all there?" },
	{ "jettison manifest --format mtree | bsdtar -tvf -", "for libarchive" },
	{ NULL, NULL },
};

static const struct jet_help help = {
	"Writes an entry per file, directory, link and special file that ships, in the order of the "
	"walk. Every file is read once; one that changes meanwhile ends the run with exit 2.\n\n"
	"ndjson is one JSON object per line: path (or path_b64 when it is not UTF-8), type, mode, "
	"size, mtime, target of a symbolic link, xxh128 and sha256 of a file's content, hardlink "
	"when it is another name of a file before it, and emptied when the builder ships it without "
	"its content. csv has the same as columns, bytes as they are. mtree is for bsdtar and other "
	"readers of mtree(5); XXH3 stands there in comments. xxh128sum and sha256sum list files "
	"only, for xxhsum -c and sha256sum -c, and show a file that is shipped without its content "
	"as empty.",
	examples,
};

static int write_entries(struct jet_run *run, struct jet_manifest *manifest)
{
	const struct jet_entry *e;
	struct jet_hashes hashes;
	int rc;

	while ((rc = jet_run_next_hashed(run, &e, &hashes)) == 1) {
		rc = jet_manifest_entry(manifest, e, &hashes);
		if (rc < 0)
			return rc;
	}
	return rc;
}

static int write_all(struct jet_run *run, const struct manifest_options *o)
{
	struct jet_manifest *manifest = NULL;
	int rc = jet_manifest_open(o->format, o->kinds, run->needs, jet_output_write, &run->out,
	                           &manifest);

	if (rc == 0)
		rc = write_entries(run, manifest);
	jet_manifest_close(manifest);
	return rc;
}

static int check(const struct jet_line *line, struct jet_error *err)
{
	struct manifest_options *o = line->fields;

	o->kinds = jet_manifest_kinds(o->format, o->kinds, err);
	return o->kinds ? 0 : JET_E_ARG;
}

int jet_cmd_manifest(const struct jet_command *command, int argc, char **argv)
{
	struct manifest_options o = { 0 };
	struct jet_line line = {
		.command = command, .options = table, .fields = &o, .json = &o.json, .help = &help,
		.max = 1, .takes = "one context", .check = check,
	};
	struct jet_run run = { 0 };
	int rc;

	if (!jet_line_read(&line, argc, argv))
		return line.code;
	run.kinds = o.kinds;
	run.cache = &o.cache;
	rc = jet_run_start(&run, &line, jet_line_operand(&line, 0, "."), o.output, JET_WALK_HARDLINKS);
	if (rc == 0)
		rc = write_all(&run, &o);
	return jet_line_end(&line, jet_run_finish(&run, rc));
}
