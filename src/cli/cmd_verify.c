/* SPDX-License-Identifier: Apache-2.0 */
/* jettison verify - does a manifest still hold? */
#include "cli/difference.h"
#include "cli/output.h"
#include "cli/side.h"
#include "cli/trouble.h"

#include "base/error.h"

#include <stddef.h>
#include <string.h>

struct verify_options {
	struct jet_cache_option cache;
	bool normalize, mtime, size_only, json;
};

#define FIELD(name) offsetof(struct verify_options, name)

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
	const struct verify_options *o;
	const struct jet_line *line;
	struct jet_side a, b;
	struct jet_output out;
	struct jet_tally tally;
	struct jet_error err;
};

static int put(struct verification *v, struct jet_buf *line, int bad)
{
	int rc = bad ? jet_fail_nomem(&v->err) : 0;

	if (rc == 0 && jet_output_write(&v->out, line->data, line->len) < 0)
		rc = JET_E_WRITE;
	line->len = 0;
	return rc;
}

static int show(struct verification *v, struct jet_comparison *c, struct jet_buf *line)
{
	const bool json = v->o->json;
	struct jet_difference d;
	int rc = 0;

	while (rc == 0 && jet_compare_next(c, &d)) {
		jet_tally_add(&v->tally, &d);
		rc = put(v, line, json ? jet_difference_json(line, &d, "missing")
		                       : jet_difference_text(line, &d, "missing"));
	}
	if (rc == 0 && json && c->blind)
		rc = put(v, line, jet_uncompared_json(line, c));
	return rc;
}

static int compare(struct verification *v)
{
	struct jet_comparison c = {
		.a = &v->a.inventory,
		.b = &v->b.inventory,
		.flags = (v->o->normalize ? JET_COMPARE_NORMALIZE : 0U) |
		         (v->o->mtime ? JET_COMPARE_MTIME : 0U) |
		         (v->o->size_only ? JET_COMPARE_SIZE_ONLY : 0U),
	};
	struct jet_buf line = { 0 };
	int rc = show(v, &c, &line);

	jet_buf_clear(&line);
	if (rc == 0 && jet_output_flush(&v->out) < 0)
		rc = JET_E_WRITE;
	return rc < 0 ? rc : jet_side_judge(&v->a, &v->b, &c, v->tally.differences,
	                                    v->line->context.quiet, &v->err);
}

static int verify(struct verification *v)
{
	const char *manifest = v->line->operands[0];
	const char *other = jet_line_operand(v->line, 1, ".");
	int rc;

	v->b.cache = v->o->cache;
	v->b.other = &v->a;
	rc = jet_side_open(&v->a, manifest, &v->err);
	if (rc == 0 && v->a.is_context)
		return jet_fail(&v->err, JET_E_ARG, manifest, "is a directory: a manifest comes first");
	if (rc == 0)
		rc = jet_side_open(&v->b, other, &v->err);
	if (rc == 0 && jet_side_is_nothing(&v->b))
		return jet_fail(&v->err, JET_E_FORMAT, v->b.input.name,
		                "is empty, and no tar archive: what was to write it may have failed");
	if (rc == 0 && jet_side_is_manifest(&v->b))
		return jet_fail(&v->err, JET_E_ARG, v->b.input.name,
		                "is a manifest, too: verify compares with a context or an archive, diff "
		                "with anything");
	if (rc == 0)
		rc = jet_side_read(&v->a, v->line, v->o->size_only ? 0 : JET_HASH_XXH128, &v->err);
	if (rc == 0)
		rc = jet_side_read(&v->b, v->line, v->o->size_only ? 0 : v->a.inventory.kinds, &v->err);
	if (rc == 0)
		rc = jet_output_open(&v->out, NULL, &v->err);
	if (rc < 0)
		return rc;
	jet_side_drop_own_files(&v->a, &v->b, v->line);
	/* It may be one of a context that ships nothing. */
	if (jet_side_is_nothing(&v->a) && v->b.inventory.n)
		return jet_fail(&v->err, JET_E_FORMAT, v->a.input.name,
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
	struct verify_options o = { 0 };
	struct jet_line line = {
		.command = command, .options = table, .fields = &o, .json = &o.json, .help = &help,
		.max = 2, .takes = "a manifest, and a context or an archive", .check = check,
	};
	struct verification v = { .o = &o, .line = &line };
	int rc, code;

	if (!jet_line_read(&line, argc, argv))
		return line.code;
	rc = verify(&v);
	code = jet_trouble_end(&v.out, rc, &v.err, o.json);
	if (code == JET_EXIT_DONE && v.tally.differences)
		code = JET_EXIT_NO;
	jet_side_close(&v.a);
	jet_side_close(&v.b);
	return jet_line_end(&line, code);
}
