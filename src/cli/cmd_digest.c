/* SPDX-License-Identifier: Apache-2.0 */
/* jettison digest - one digest of what ships. */
#include "cli/kinds.h"
#include "cli/run.h"

#include "base/error.h"
#include "base/json.h"
#include "report/instructions.h"

#include <stddef.h>
#include <string.h>

struct digest_options {
	unsigned kind;
	struct jet_cache_option cache;
	bool normalize, with_dockerfile, explain, json;
};

#define FIELD(name) offsetof(struct digest_options, name)

static const struct jet_option table[] = {
	{ 0, "hash", "HASH", FIELD(kind), jet_set_kinds, "xxh128 or sha256 [xxh128]" },
	{ 0, "normalize", NULL, FIELD(normalize), jet_set_flag,
	  "only the executable bit of modes counts, so that every machine has the same digest" },
	{ 0, "with-dockerfile", NULL, FIELD(with_dockerfile), jet_set_flag,
	  "the instructions that the target is built from count, too" },
	{ 0, "explain", NULL, FIELD(explain), jet_set_flag,
	  "instead of the digest: the text that is hashed, a line per entry" },
	{ 0, "cache", JET_CACHE_ARG, FIELD(cache), jet_set_cache, JET_CACHE_HELP },
	{ 0, "json", NULL, FIELD(json), jet_set_flag, "an object with the digest, files and bytes" },
	{ 0 },
};

static const struct jet_example examples[] = {
	{ "jettison digest app", "has anything that ships changed?" },
	{ "jettison digest --normalize --with-dockerfile", "a key for a cache of images" },
	{ "jettison digest --cache", "in no time, if nothing has changed" },
	{ "jettison digest --explain >here.txt", "to be compared with there.txt" },
	{ "jettison digest --explain | xxhsum -H2", "the digest again" },
	{ NULL, NULL },
};

static const struct jet_help help = {
	"Prints xxh128: or sha256: and a hash over paths, types, modes, sizes, contents, link "
	"targets and hard links of all that ships. Times, owners, the order in which directories "
	"are read, and what does not ship have no part in it, and neither have the ignore file and "
	"the Dockerfile unless they ship themselves.\n\n"
	"The digest is the hash of exactly the bytes that --explain prints. They are described in "
	"docs/SEMANTICS.md and change only with the number in their first line.",
	examples,
};

static int add_entries(struct jet_run *run, struct jet_digest *digest)
{
	const struct jet_entry *e;
	struct jet_hashes hashes;
	int rc;

	while ((rc = jet_run_next_hashed(run, &e, &hashes)) == 1) {
		rc = jet_digest_entry(digest, e, &hashes);
		if (rc < 0)
			return rc;
	}
	return rc;
}

static int put_json(struct jet_run *run, const char *text)
{
	const struct jet_walk_counts counts = jet_run_counts(run);
	struct jet_buf line = { 0 };
	struct jet_json w = { .out = &line };
	int rc = JET_E_NOMEM;

	jet_json_open(&w, '{');
	jet_json_key(&w, "digest");
	jet_json_text(&w, text);
	jet_json_key(&w, "files");
	jet_json_uint(&w, counts.files);
	jet_json_key(&w, "bytes");
	jet_json_uint(&w, counts.bytes);
	jet_json_close(&w, '}');
	if (jet_json_end(&w) == 0 && jet_buf_byte(&line, '\n') == 0)
		rc = jet_output_write(&run->out, line.data, line.len) == 0 ? 0 : JET_E_WRITE;
	jet_buf_clear(&line);
	return rc;
}

static int put_digest(struct jet_run *run, struct jet_digest *digest, bool json)
{
	char text[JET_DIGEST_TEXT];
	int rc = jet_digest_finish(digest, text, &run->err);

	if (rc < 0)
		return rc;
	if (json)
		return put_json(run, text);
	if (jet_output_write(&run->out, text, strlen(text)) < 0 ||
	    jet_output_write(&run->out, "\n", 1) < 0)
		return JET_E_WRITE;
	return 0;
}

static int digest_of(struct jet_run *run, const struct digest_options *o)
{
	struct jet_digest *digest = NULL;
	int rc = jet_digest_open(o->kind, o->normalize ? JET_DIGEST_NORMALIZE : 0,
	                         o->explain ? jet_output_write : NULL, &run->out, &digest, &run->err);

	if (rc == 0)
		rc = add_entries(run, digest);
	if (rc == 0 && o->with_dockerfile)
		rc = jet_instructions_digest(run->needs, digest);
	if (rc == 0 && !o->explain)
		rc = put_digest(run, digest, o->json);
	jet_digest_close(digest);
	return rc;
}

static int check(const struct jet_line *line, struct jet_error *err)
{
	struct digest_options *o = line->fields;

	if (!o->kind)
		o->kind = JET_HASH_XXH128;
	if (o->kind != JET_HASH_XXH128 && o->kind != JET_HASH_SHA256)
		return jet_fail(err, JET_E_ARG, NULL, "a digest is made with one hash, not with two");
	if (o->with_dockerfile && line->context.scope != JET_SCOPE_NEEDED)
		return jet_fail(err, JET_E_ARG, NULL,
		                "option --with-dockerfile goes with --scope needed only");
	return 0;
}

int jet_cmd_digest(const struct jet_command *command, int argc, char **argv)
{
	struct digest_options o = { 0 };
	struct jet_line line = {
		.command = command, .options = table, .fields = &o, .json = &o.json, .help = &help,
		.max = 1, .takes = "one context", .check = check,
	};
	struct jet_run run = { 0 };
	int rc;

	if (!jet_line_read(&line, argc, argv))
		return line.code;
	run.kinds = o.kind;
	run.cache = &o.cache;
	rc = jet_run_start(&run, &line, jet_line_operand(&line, 0, "."), NULL, JET_WALK_HARDLINKS);
	if (rc == 0)
		rc = digest_of(&run, &o);
	return jet_line_end(&line, jet_run_finish(&run, rc));
}
