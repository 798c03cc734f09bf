/* SPDX-License-Identifier: Apache-2.0 */
/* jettison manifest - what ships, with hashes. */
#include "cli/run.h"

#include "base/error.h"

#include <stddef.h>
#include <string.h>

struct manifest_options {
	const char *output;
	bool json; /* the only format, so --json changes nothing but the errors */
};

#define FIELD(name) offsetof(struct manifest_options, name)

static int set_format(void *field, const char *value, struct jet_error *err)
{
	(void)field;
	if (strcmp(value, "ndjson") == 0)
		return 0;
	return jet_fail(err, JET_E_ARG, NULL, "knows no \"%.60s\": use ndjson", value);
}

static int set_hash(void *field, const char *value, struct jet_error *err)
{
	(void)field;
	if (strcmp(value, "xxh128") == 0)
		return 0;
	return jet_fail(err, JET_E_ARG, NULL, "knows no \"%.60s\": use xxh128", value);
}

static const struct jet_option table[] = {
	{ 'o', "output", "FILE", FIELD(output), jet_set_text,
	  "write FILE, which appears when it is complete; - is standard output [-]" },
	{ 0, "format", "FORMAT", 0, set_format, "ndjson, one object per line [ndjson]" },
	{ 0, "hash", "HASH", 0, set_hash, "xxh128, XXH3 with 128 bits [xxh128]" },
	{ 0, "json", NULL, FIELD(json), jet_set_flag, "errors as JSON objects too" },
	{ 0 },
};

static const struct jet_example examples[] = {
	{ "jettison manifest -o ctx.ndjson", "everything that ships, with a hash of every file" },
	{ "jettison manifest | jq -s 'max_by(.size).path'", "the biggest file that ships" },
	{ NULL, NULL },
};

static const struct jet_help help = {
	"Writes one JSON object per entry: path (or path_b64 when it is not UTF-8), type, mode, "
	"size, mtime, target of a symbolic link, xxh128 of a file's content, hardlink when it is "
	"another name of a file before it, and emptied when the builder ships it without its "
	"content. Every file is read once; one that changes meanwhile ends the run with exit 2.",
	examples,
};

static int write_all(struct jet_run *run)
{
	const struct jet_entry *e;
	int rc;

	while ((rc = jet_run_next_whole(run, &e)) == 1) {
		struct jet_hash hash;
		const bool file = e->type == JET_TYPE_FILE;

		rc = file ? jet_hash_entry(run->walk, e, &hash, &run->err) : 0;
		if (rc == 0)
			rc = jet_manifest_json(e, file ? &hash : NULL, run->needs, jet_output_write,
			                       &run->out);
		if (rc < 0)
			return rc;
	}
	return rc;
}

int jet_cmd_manifest(const struct jet_command *command, int argc, char **argv)
{
	struct manifest_options o = { 0 };
	struct jet_line line = {
		.command = command, .options = table, .fields = &o, .json = &o.json, .help = &help,
		.max = 1, .takes = "one context",
	};
	struct jet_run run = { 0 };
	int rc;

	if (!jet_line_read(&line, argc, argv))
		return line.code;
	rc = jet_run_start(&run, &line, jet_line_operand(&line, 0, "."), o.output, JET_WALK_HARDLINKS);
	if (rc == 0)
		rc = write_all(&run);
	return jet_line_end(&line, jet_run_finish(&run, rc));
}
