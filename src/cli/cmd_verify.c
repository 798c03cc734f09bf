/* SPDX-License-Identifier: Apache-2.0 */
/* jettison verify - does a manifest still hold? */
#include "cli/sides.h"

#include "base/error.h"

#include <stddef.h>
#include <string.h>

#define FIELD(name) offsetof(struct jet_sides_options, name)

static const struct jet_option table[] = {
	{ 0, "normalize", NULL, FIELD(normalize), jet_set_flag,
	  "of modes only the executable bit counts" },
	{ 0, "mtime", NULL, FIELD(mtime), jet_set_flag, "times count, too" },
	{ 0, "size-only", NULL, FIELD(size_only), jet_set_flag,
	  "of contents only the sizes count; nothing is read" },
	{ 0, "cache", JET_CACHE_ARG, FIELD(cache), jet_set_cache, JET_CACHE_HELP },
	{ 0, "json", NULL, FIELD(json), jet_set_flag, "an object per difference" },
	{ 0 },
};

static const struct jet_example examples[] = {
	{ "jettison verify ctx.ndjson", "is the context what it was?" },
	{ "jettison verify ctx.ndjson ctx.tar.gz", "is that in the archive?" },
	{ "jettison pack | jettison verify ctx.ndjson -", "the same, of a stream" },
	{ NULL, NULL },
};

static const struct jet_help help = {
	"Compares what a manifest says with what a context ships or an archive holds, and prints one "
	"line per difference: added, missing, or changed with what changed. Exit 1 when there is "
	"any. MANIFEST, which may lie in the context, is what jettison manifest writes in any format, "
	"or the like of other tools; its first bytes say which it is. Either may be -, standard "
	"input.\n\n"
	"Contents are compared by the hashes that the manifest has. If it has none of a file that "
	"is there and of that size, and nothing else differs, that is an error: it cannot be said to "
	"hold. Then --size-only is what can be had. What a format does not tell (directories in a "
	"list of sha256sum) is not compared, and times are only with --mtime. An archive may hold a "
	"Dockerfile and ignore files that the manifest does not have: the builder needs them there.",
	examples,
};

struct verification {
	const struct jet_sides_options *o;
	const struct jet_line *line;
	struct jet_sides s;
};

static int compare(struct verification *v)
{
	struct jet_comparison c = jet_sides_comparison(&v->s, v->o);
	struct jet_buf line = { 0 };
	int rc = jet_sides_list(&v->s, &c, v->o->json, "missing", &line);

	jet_buf_clear(&line);
	return rc < 0 ? rc : jet_sides_judge(&v->s, &c, v->line->context.quiet);
}

static int verify(struct verification *v)
{
	const char *manifest = v->line->operands[0];
	const char *other = jet_line_operand(v->line, 1, ".");
	struct jet_side *a = &v->s.a, *b = &v->s.b;
	struct jet_error *err = &v->s.err;
	int rc;

	b->cache = v->o->cache;
	b->other = a;
	rc = jet_side_open(a, manifest, err);
	if (rc == 0 && a->is_context)
		return jet_fail(err, JET_E_ARG, manifest, "is a directory: a manifest comes first");
	if (rc == 0)
		rc = jet_side_open(b, other, err);
	if (rc == 0 && jet_side_is_nothing(b))
		return jet_fail(err, JET_E_FORMAT, b->input.name,
		                "is empty, and no tar archive: what was to write it may have failed");
	if (rc == 0 && jet_side_is_manifest(b))
		return jet_fail(err, JET_E_ARG, b->input.name,
		                "is a manifest, too: verify compares with a context or an archive, diff "
		                "with anything");
	if (rc == 0)
		rc = jet_side_read(a, v->line, v->o->size_only ? 0 : JET_HASH_XXH128, err);
	if (rc == 0)
		rc = jet_side_read(b, v->line, v->o->size_only ? 0 : a->inventory.kinds, err);
	if (rc == 0)
		rc = jet_output_open(&v->s.out, NULL, err);
	if (rc < 0)
		return rc;
	jet_side_drop_own_files(a, b, v->line);
	/* It may be one of a context that ships nothing. */
	if (jet_side_is_nothing(a) && b->inventory.n)
		return jet_fail(err, JET_E_FORMAT, a->input.name,
		                "is empty, which is a manifest of nothing, but there is something: jettison "
		                "manifest -o FILE makes it anew");
	return compare(v);
}

static int check(const struct jet_line *line, struct jet_error *err)
{
	if (line->noperands < 1)
		return jet_fail(err, JET_E_ARG, NULL, "a manifest is missing: verify MANIFEST [CONTEXT|TAR]");
	return jet_side_check_stdin(line, line->noperands == 1, 1, err);
}

int jet_cmd_verify(const struct jet_command *command, int argc, char **argv)
{
	struct jet_sides_options o = { 0 };
	struct jet_line line = {
		.command = command, .options = table, .fields = &o, .json = &o.json, .help = &help,
		.max = 2, .takes = "a manifest, and a context or an archive", .check = check,
	};
	struct verification v = { .o = &o, .line = &line };

	if (!jet_line_read(&line, argc, argv))
		return line.code;
	return jet_line_end(&line, jet_sides_end(&v.s, verify(&v), o.json));
}
