/* SPDX-License-Identifier: Apache-2.0 */
/* jettison plan - the stages of a target, and what each reads of the context. */
#include "cli/plan_text.h"
#include "cli/run.h"
#include "cli/term.h"

#include "base/error.h"

#include <stddef.h>
#include <unistd.h>

struct plan_options {
	bool json, dot;
};

#define FIELD(name) offsetof(struct plan_options, name)

static const struct jet_option table[] = {
	{ 0, "json", NULL, FIELD(json), jet_set_flag, "one JSON object" },
	{ 0, "dot", NULL, FIELD(dot), jet_set_flag, "a graph for Graphviz, with bytes on the edges" },
	{ 0 },
};

static const struct jet_example examples[] = {
	{ "jettison plan", "stages, bases, and which COPY reads how much" },
	{ "jettison plan --target test", "the same for another target" },
	{ "jettison plan --dot | dot -Tsvg >build.svg", "as a picture" },
	{ NULL, NULL },
};

static const struct jet_help help = {
	"Shows the stages of the Dockerfile: what each is built on and whether that is pinned, "
	"whether the target needs it, and how many files and bytes of the context each COPY, ADD "
	"and RUN bind mount reads. A file that several read counts for each of them.\n\n"
	"Variables that only an external base image could set, and a frontend that the Dockerfile "
	"asks for, are named at the end.",
	examples,
};

static int count(struct jet_run *run, struct jet_outline *o)
{
	const struct jet_entry *e;
	int rc;

	while ((rc = jet_run_next(run, &e)) == 1)
		jet_outline_count(o, e);
	return rc;
}

static int put(struct jet_buf *text, const struct jet_outline *outline, const struct plan_options *options)
{
	if (options->json)
		return jet_plan_json(text, outline);
	if (options->dot)
		return jet_plan_dot(text, outline);
	return jet_plan_text(text, outline, jet_term_width(STDOUT_FILENO), jet_term_wraps(STDOUT_FILENO));
}

static int show(struct jet_run *run, const struct plan_options *options)
{
	struct jet_outline outline;
	struct jet_buf text = { 0 };
	int rc = jet_outline_make(run->needs, &outline);

	if (rc < 0)
		return jet_fail_nomem(&run->err);
	rc = count(run, &outline);
	if (rc == 0) {
		const int bad = put(&text, &outline, options);

		rc = bad ? jet_fail_nomem(&run->err)
		         : jet_output_write(&run->out, text.data, text.len) < 0 ? JET_E_WRITE : 0;
	}
	jet_outline_clear(&outline);
	jet_buf_clear(&text);
	return rc;
}

static int check(const struct jet_line *line, struct jet_error *err)
{
	const struct plan_options *o = line->fields;

	if (o->json && o->dot)
		return jet_fail(err, JET_E_ARG, NULL, "options --json and --dot exclude each other");
	if (line->context.scope != JET_SCOPE_NEEDED)
		return jet_fail(err, JET_E_ARG, NULL, "a plan is what is needed: it takes no other --scope");
	return 0;
}

int jet_cmd_plan(const struct jet_command *command, int argc, char **argv)
{
	struct plan_options o = { 0 };
	struct jet_line line = {
		.command = command, .options = table, .fields = &o, .json = &o.json, .help = &help,
		.max = 1, .takes = "one context", .check = check,
	};
	struct jet_run run = { .no_summary = true };
	int rc;

	if (!jet_line_read(&line, argc, argv))
		return line.code;
	run.has_notes = !o.dot;
	rc = jet_run_start(&run, &line, jet_line_operand(&line, 0, "."), NULL, JET_WALK_STAT);
	if (rc == 0)
		rc = show(&run, &o);
	return jet_line_end(&line, jet_run_finish(&run, rc));
}
