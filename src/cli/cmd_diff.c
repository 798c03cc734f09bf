/* SPDX-License-Identifier: Apache-2.0 */
/* jettison diff - what ships in one and not in the other. */
#include "cli/kinds.h"
#include "cli/sides.h"
#include "cli/term.h"

#include "base/error.h"

#include <stddef.h>
#include <string.h>
#include <unistd.h>

struct diff_options {
	const char *against;
	unsigned kinds;
	struct jet_sides_options sides;
	bool stat;
};

#define FIELD(name) offsetof(struct diff_options, name)

static const struct jet_option table[] = {
	{ 0, "against", "FILE", FIELD(against), jet_set_text,
	  "one context with two ignore files: with the builder's or that of --ignore-file, and with "
	  "this one" },
	{ 0, "stat", NULL, FIELD(stat), jet_set_flag, "a line and a bar per file, as git does" },
	{ 0, "hash", "HASH", FIELD(kinds), jet_set_kinds,
	  "how contents of contexts and archives are compared [what the other has, else xxh128]" },
	{ 0, "normalize", NULL, FIELD(sides.normalize), jet_set_flag,
	  "of modes only the executable bit counts" },
	{ 0, "mtime", NULL, FIELD(sides.mtime), jet_set_flag, "times count, too" },
	{ 0, "size-only", NULL, FIELD(sides.size_only), jet_set_flag,
	  "of contents only the sizes count; nothing is read" },
	{ 0, "cache", JET_CACHE_ARG, FIELD(sides.cache), jet_set_cache, JET_CACHE_HELP },
	{ 0, "json", NULL, FIELD(sides.json), jet_set_flag, "an object per difference, and one with sums" },
	{ 0 },
};

static const struct jet_example examples[] = {
	{ "jettison diff before.ndjson .", "what has changed since then?" },
	{ "jettison diff --stat old.tar new.tar", "what makes the archive bigger?" },
	{ "jettison diff --scope context --against new.ignore",
	  "what would another ignore file let through?" },
	{ NULL, NULL },
};

static const struct jet_help help = {
	"Prints what only the second ships (added), what only the first ships (removed) and what is "
	"different in both (changed), with what changed, and then files and bytes. A and B are "
	"contexts (directories), archives or manifests in any combination; one may be -, standard "
	"input. Exit 1 when there is a difference. Where there is none, but contents that have no "
	"hash in common could not be compared, that is an error; --size-only does without.\n\n"
	"With --against one context is compared with itself under another ignore file. Contents are "
	"the same then and not read.",
	examples,
};

struct difference {
	struct diff_options *o;
	struct jet_line *line;
	struct jet_sides s;
};

/* ---- showing ------------------------------------------------------------ */

static int show_list(struct difference *d, struct jet_comparison *c, struct jet_buf *text)
{
	const bool json = d->o->sides.json;
	int rc = jet_sides_list(&d->s, c, json, "removed", text);

	if (rc < 0)
		return rc;
	return jet_sides_put(&d->s, text, json ? jet_tally_json(text, &d->s.tally)
	                                       : jet_tally_text(text, &d->s.tally));
}

static int show_stat(struct difference *d, struct jet_comparison *c, struct jet_buf *text)
{
	struct jet_comparison counted = *c;
	struct jet_difference one;

	while (jet_compare_next(&counted, &one))
		jet_tally_add(&d->s.tally, &one);
	return jet_sides_put(&d->s, text, jet_stat_table(text, c, jet_term_width(STDOUT_FILENO)));
}

static int show(struct difference *d)
{
	struct jet_comparison c = jet_sides_comparison(&d->s, &d->o->sides);
	struct jet_buf text = { 0 };
	int rc = jet_output_open(&d->s.out, NULL, &d->s.err);

	if (rc == 0)
		rc = d->o->stat ? show_stat(d, &c, &text) : show_list(d, &c, &text);
	jet_buf_clear(&text);
	return rc < 0 ? rc : jet_sides_judge(&d->s, &c, d->line->context.quiet);
}

/* ---- reading ------------------------------------------------------------ */

/* Those of one sort. */
static int read_those(struct difference *d, bool (*are)(const struct jet_side *side),
                      unsigned kinds)
{
	int rc = are(&d->s.a) ? jet_side_read(&d->s.a, d->line, kinds, &d->s.err) : 0;

	if (rc == 0 && are(&d->s.b))
		rc = jet_side_read(&d->s.b, d->line, kinds, &d->s.err);
	return rc;
}

static bool is_context(const struct jet_side *side)
{
	return side->is_context;
}

/* Manifests first: what they know decides what is hashed of the rest.  Contexts last: they
 * may hold what they are compared with. */
static int read_sides(struct difference *d)
{
	unsigned kinds = d->o->kinds;
	int rc = read_those(d, jet_side_is_manifest, 0);

	if (!kinds)
		kinds = d->s.a.inventory.kinds | d->s.b.inventory.kinds;
	if (!kinds)
		kinds = JET_HASH_XXH128;
	if (d->o->sides.size_only)
		kinds = 0;
	if (rc == 0)
		rc = read_those(d, jet_side_is_archive, kinds);
	return rc < 0 ? rc : read_those(d, is_context, kinds);
}

static int compare_two(struct difference *d)
{
	int rc;

	d->s.a.cache = d->s.b.cache = d->o->sides.cache;
	d->s.a.other = &d->s.b;
	d->s.b.other = &d->s.a;
	rc = jet_side_open(&d->s.a, d->line->operands[0], &d->s.err);
	if (rc == 0)
		rc = jet_side_open(&d->s.b, d->line->operands[1], &d->s.err);
	if (rc == 0)
		rc = read_sides(d);
	if (rc < 0)
		return rc;
	jet_side_drop_own_files(&d->s.a, &d->s.b, d->line);
	return show(d);
}

static const char no_context[] = "is no directory: --against is about a context";

/* One context, two ignore files. */
static int compare_rules(struct difference *d)
{
	const char *root = jet_line_operand(d->line, 0, ".");
	int rc = jet_side_open(&d->s.a, root, &d->s.err);

	if (rc == 0)
		rc = jet_side_open(&d->s.b, root, &d->s.err);
	if (rc == 0 && !d->s.a.is_context)
		rc = jet_fail(&d->s.err, JET_E_ARG, root, "%s", no_context);
	if (rc == 0)
		rc = jet_side_read(&d->s.a, d->line, 0, &d->s.err);
	if (rc < 0)
		return rc;
	d->line->context.ignore_file = d->o->against;
	/* One file, twice: contents are the same. */
	d->o->sides.size_only = true;
	rc = jet_side_read(&d->s.b, d->line, 0, &d->s.err);
	return rc < 0 ? rc : show(d);
}

static int check(const struct jet_line *line, struct jet_error *err)
{
	const struct diff_options *o = line->fields;

	if (o->stat && o->sides.json)
		return jet_fail(err, JET_E_ARG, NULL, "options --json and --stat exclude each other");
	if (o->sides.size_only && o->kinds)
		return jet_fail(err, JET_E_ARG, NULL, "options --hash and --size-only exclude each other");
	if (o->against && line->noperands > 1)
		return jet_fail(err, JET_E_ARG, NULL, "option --against takes one context");
	if (!o->against && line->noperands < 2)
		return jet_fail(err, JET_E_ARG, NULL,
		                "two contexts, archives or manifests are wanted, or --against FILE");
	if (o->against && strcmp(jet_line_operand(line, 0, "."), "-") == 0)
		return jet_fail(err, JET_E_ARG, "-", "%s", no_context);
	return jet_side_check_stdin(line, !line->noperands, o->against ? 2 : 1, err);
}

int jet_cmd_diff(const struct jet_command *command, int argc, char **argv)
{
	struct diff_options o = { 0 };
	struct jet_line line = {
		.command = command, .options = table, .fields = &o, .json = &o.sides.json, .help = &help,
		.max = 2, .takes = "two contexts, archives or manifests", .check = check,
	};
	struct difference d = { .o = &o, .line = &line };
	int rc;

	if (!jet_line_read(&line, argc, argv))
		return line.code;
	rc = o.against ? compare_rules(&d) : compare_two(&d);
	return jet_line_end(&line, jet_sides_end(&d.s, rc, o.sides.json));
}
