/* SPDX-License-Identifier: Apache-2.0 */
/* jettison why - which rule or instruction decided about a path. */
#include "cli/place.h"
#include "cli/run.h"
#include "cli/term.h"
#include "cli/why_text.h"

#include "base/error.h"
#include "report/explain.h"
#include "report/outline.h"

#include <errno.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

struct why_options {
	const char *context;
	bool from_stdin, nul, rules, unmatched, trace, json;
};

#define FIELD(name) offsetof(struct why_options, name)

static const struct jet_option table[] = {
	{ 'C', "context", "DIR", FIELD(context), jet_set_text, "the context directory [.]" },
	{ 'v', "verbose", NULL, FIELD(rules), jet_set_flag,
	  "FILE:LINE:PATTERN<TAB>PATH for paths that a rule decided, as git check-ignore -v" },
	{ 'n', "non-matching", NULL, FIELD(unmatched), jet_set_flag,
	  "with -v: also paths that no rule matches, as ::<TAB>PATH" },
	{ 0, "stdin", NULL, FIELD(from_stdin), jet_set_flag, "read paths from standard input, one per line" },
	{ '0', "null", NULL, FIELD(nul), jet_set_flag, "paths are read and written NUL-ended, unquoted" },
	{ 0, "trace", NULL, FIELD(trace), jet_set_flag, "every rule that flipped the answer, in order" },
	{ 0, "json", NULL, FIELD(json), jet_set_flag, "one JSON object per path" },
	{ 0 },
};

static const struct jet_example examples[] = {
	{ "jettison why src/main.c", "does it ship, and who says so" },
	{ "jettison why --trace -C app dist/app.js", "how the rules changed their mind about it" },
	{ "jettison why -q .env && echo \"the secret ships\"", "only the exit code" },
	{ "git ls-files -z | jettison why --stdin -0 -v -n", "the rule behind every file" },
	{ NULL, NULL },
};

static const struct jet_help help = {
	"Says of every PATH whether it ships, is left out, is not needed or is missing, and which "
	"instruction reads it or which rule decided. "
	"Paths are relative to the context directory, or absolute. A missing path is answered as "
	"well: the rules say what would become of it.\n\n"
	"With -q the exit code is the answer: 0 when every path ships, 1 when one does not.",
	examples,
};

struct why {
	const struct why_options *options;
	struct jet_run *run;
	struct jet_explainer *explainer;
	struct jet_needs *all;          /* of all stages; NULL before it was asked for */
	struct jet_outline outline;     /* of them */
	struct jet_explainer *outside;  /* along them */
	bool no_outside;                /* they do not build */
	struct jet_buf line, path;
	bool quiet, color, some_left_out;
};

/* Seen from the context, as the paths are. */
static const char *name_of_rules(const struct jet_run *run)
{
	if (!run->rules)
		return NULL;
	return run->located.ignore_entry ? run->located.ignore_entry : jet_ruleset_name(run->rules);
}

/* ---- one path ----------------------------------------------------------- */

/* Which instruction outside the target reads the path?  Other stages may not build
 * at all; then there is nothing to say. */
static void find_outside(struct why *w, struct jet_why_style *style)
{
	struct jet_walk_options walk = jet_run_walk_options(w->run, 0);
	struct jet_explanation x;
	struct jet_error err;

	if (!w->outside && !w->no_outside) {
		w->no_outside = jet_run_needs_of(w->run, true, &w->all, &err) < 0 ||
		                jet_outline_make(w->all, &w->outline) < 0;
		if (!w->no_outside) {
			jet_needs_apply(w->all, &walk);
			w->no_outside = jet_explainer_open(w->run->root, &walk, &w->outside, &err) < 0;
		}
	}
	style->knows_outside = !w->no_outside && jet_explain(w->outside, w->path.data, &x, &err) == 0;
	if (!style->knows_outside || !x.nby)
		return;
	style->outside = &w->outline.uses[x.by[0]];
	style->outside_name = w->outline.stages[style->outside->stage].name;
}

static int put_answer(struct why *w, const char *shown, size_t len,
                      const struct jet_explanation *x)
{
	struct jet_why_style style = {
		.needs = w->run->needs,
		.target = w->run->options->target,
		.file = name_of_rules(w->run),
		.nul = w->options->nul,
		.trace = w->options->trace,
		.unmatched = w->options->unmatched,
		.color = w->color,
	};
	const struct jet_str name = { shown, len };
	int rc;

	if (x->fate == JET_FATE_NOT_NEEDED)
		find_outside(w, &style);
	w->line.len = 0;
	if (w->options->json)
		rc = jet_why_json(&w->line, name, x, &style);
	else if (w->options->rules)
		rc = jet_why_rule(&w->line, name, x, &style);
	else
		rc = jet_why_text(&w->line, name, x, &style);
	if (rc < 0)
		return jet_fail_nomem(&w->run->err);
	return jet_output_write(&w->run->out, w->line.data, w->line.len) < 0 ? JET_E_WRITE : 0;
}

static int answer(struct why *w, const char *name, size_t len)
{
	struct jet_explanation x = { 0 };
	int rc = jet_place(w->run->root, JET_PLACE_CONTEXT, name, len, &w->path, &w->run->err);

	if (rc == 0)
		rc = jet_explain(w->explainer, w->path.data, &x, &w->run->err);
	if (rc < 0)
		return rc;
	if (x.fate != JET_FATE_SHIPPED)
		w->some_left_out = true;
	return w->quiet ? 0 : put_answer(w, name, len, &x);
}

/* ---- where paths come from ---------------------------------------------- */

static int answer_stdin(struct why *w)
{
	const int end = w->options->nul ? '\0' : '\n';
	size_t capacity = 0;
	char *name = NULL;
	ssize_t n;
	int rc = 0;

	while (rc == 0 && (n = getdelim(&name, &capacity, end, stdin)) > 0) {
		size_t len = (size_t)n;

		len -= name[len - 1] == (char)end;
		/* As git does: what looks quoted was quoted by whoever wrote it. */
		if (!w->options->nul)
			jet_unquote(name, &len);
		rc = answer(w, name, len);
		/* Whoever asks path by path waits for the answer. */
		if (rc == 0 && !w->quiet && jet_output_flush(&w->run->out) < 0)
			rc = JET_E_WRITE;
	}
	if (rc == 0 && ferror(stdin))
		rc = jet_fail_errno(&w->run->err, JET_E_IO, errno, "standard input", "cannot read");
	free(name);
	return rc;
}

static int answer_all(struct why *w, int n, char **names)
{
	int rc = 0;

	for (int i = 0; rc == 0 && i < n; i++)
		rc = answer(w, names[i], strlen(names[i]));
	if (rc == 0 && w->options->from_stdin)
		rc = answer_stdin(w);
	return rc;
}

static int check(const struct jet_line *line, struct jet_error *err)
{
	const struct jet_context_options *context = &line->context;
	const struct why_options *o = line->fields;

	if (!line->noperands && !o->from_stdin)
		return jet_fail(err, JET_E_ARG, NULL, "a path is missing: jettison why PATH...");
	if (line->noperands && o->from_stdin)
		return jet_fail(err, JET_E_ARG, NULL, "give paths, or --stdin, not both");
	if (o->from_stdin && context->scope == JET_SCOPE_NEEDED && context->file &&
	    strcmp(context->file, "-") == 0)
		return jet_fail(err, JET_E_ARG, NULL,
		                "paths and the Dockerfile cannot both come from standard input");
	if (o->unmatched && !o->rules)
		return jet_fail(err, JET_E_ARG, NULL, "option -n needs -v");
	if (o->json && o->rules)
		return jet_fail(err, JET_E_ARG, NULL, "options -v and --json exclude each other");
	return 0;
}

static int answer_line(struct why *w, const struct jet_line *line)
{
	struct jet_run *run = w->run;
	int rc = jet_run_open(run, line, w->options->context ? w->options->context : ".");
	const struct jet_walk_options walk = jet_run_walk_options(run, 0);

	if (rc == 0)
		rc = jet_output_open(&run->out, NULL, &run->err);
	if (rc == 0)
		rc = jet_explainer_open(run->root, &walk, &w->explainer, &run->err);
	return rc < 0 ? rc : answer_all(w, line->noperands, line->operands);
}

int jet_cmd_why(const struct jet_command *command, int argc, char **argv)
{
	struct why_options o = { 0 };
	struct jet_line line = {
		.command = command, .options = table, .fields = &o, .json = &o.json, .help = &help,
		.check = check,
	};
	struct jet_run run = { 0 };
	struct why w = { .options = &o, .run = &run };
	int rc;

	if (!jet_line_read(&line, argc, argv))
		return line.code;
	w.quiet = line.context.quiet;
	w.color = jet_term_color(STDOUT_FILENO, line.context.color);
	rc = answer_line(&w, &line);
	jet_explainer_close(w.explainer);
	jet_explainer_close(w.outside);
	jet_outline_clear(&w.outline);
	jet_needs_close(w.all);
	jet_buf_clear(&w.line);
	jet_buf_clear(&w.path);
	rc = jet_line_end(&line, jet_run_finish(&run, rc));
	return rc == JET_EXIT_DONE && w.quiet && w.some_left_out ? JET_EXIT_NO : rc;
}
