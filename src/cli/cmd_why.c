/* SPDX-License-Identifier: Apache-2.0 */
/* jettison why - which rule or instruction decided about a path. */
#include "cli/place.h"
#include "cli/run.h"
#include "cli/term.h"
#include "cli/trouble.h"
#include "cli/why_outside.h"
#include "cli/why_text.h"

#include "base/error.h"

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
	{ 'C', "context", "DIR", FIELD(context), jet_set_text,
	  "the context directory; - is an archive on standard input [.]" },
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
	"Paths are relative to the context directory, or absolute. One that goes through a link "
	"is that of the entry it comes to. A missing path is answered as "
	"well: what the builder would say of the instruction that names it, or else what the "
	"rules would do with it.\n\n"
	"Where the build fails, because a source is missing or the Dockerfile has a mistake, the "
	"error is shown and the rules are asked all the same: what they do not leave out is "
	"undecided. --scope context asks them only, and so does -v.\n\n"
	"With -q the exit code is the answer: 0 when every path ships, 1 when one does not. A path "
	"that has no answer, because it is outside the context, is an error; the others are "
	"answered. After any error, and where the build fails, the exit code is 2.",
	examples,
};

struct why {
	const struct why_options *options;
	struct jet_run *run;
	struct jet_explainer *explainer;
	struct jet_why_outside outside;
	struct jet_outline own;         /* of the target */
	bool has_own;
	struct jet_buf line, path, real, nearest;
	unsigned nnearest;              /* how many were looked for */
	bool quiet, color, some_left_out, some_failed;
};

/* A whole directory is read for a name that was meant: nothing for long lists. */
enum { MAX_NEAREST = 20 };

/* Seen from the context, as the paths are. */
static const char *name_of_rules(const struct jet_run *run)
{
	if (!run->rules)
		return NULL;
	return run->located.ignore_entry ? run->located.ignore_entry : jet_ruleset_name(run->rules);
}

/* ---- what to say beside the answer -------------------------------------- */

static int find_target(struct why *w, struct jet_why_style *style)
{
	if (!w->has_own && jet_outline_make(w->run->needs, &w->own) < 0)
		return jet_fail_nomem(&w->run->err);
	w->has_own = true;
	style->target = w->own.stages[w->own.target].name;
	return 0;
}

/* The line of the Dockerfile that @number counts, without blanks around it. */
static struct jet_str line_of(const struct jet_buf *text, uint32_t number)
{
	struct jet_str rest = { text->data, text->len };

	while (number && rest.len) {
		const char *end = memchr(rest.data, '\n', rest.len);
		const size_t len = end ? (size_t)(end - rest.data) : rest.len;

		if (!--number)
			return jet_str_trim((struct jet_str){ rest.data, len });
		rest.data += len + (end != NULL);
		rest.len -= len + (end != NULL);
	}
	return (struct jet_str){ "", 0 };
}

static void set_failure(struct why *w, struct jet_why_style *style, const struct jet_error *err)
{
	style->failure = err;
	style->failure_line = line_of(&w->run->dockerfile, err->line);
}

/* The instruction that names a missing path, and what was meant. */
static int find_missing(struct why *w, struct jet_why_style *style)
{
	const struct jet_error *err = w->run->needs_err.code ? &w->run->needs_err : NULL;

	if (!err && w->run->needs) {
		err = jet_why_outside_failure(&w->outside, w->path.data);
		style->failure_outside = true;
	}
	if (err && jet_why_is_about(err, w->path.data))
		set_failure(w, style, err);
	w->nearest.len = 0;
	if (!w->options->from_stdin && w->nnearest++ < MAX_NEAREST &&
	    jet_explain_nearest(w->explainer, w->path.data, &w->nearest, &w->run->err) < 0)
		return w->run->err.code;
	style->nearest = (struct jet_str){ w->nearest.data, w->nearest.len };
	return 0;
}

static int fill_style(struct why *w, const struct jet_explanation *x, struct jet_why_style *style)
{
	struct jet_why_reader reader;

	*style = (struct jet_why_style){
		.needs = w->run->needs,
		.file = name_of_rules(w->run),
		.nul = w->options->nul,
		.trace = w->options->trace,
		.unmatched = w->options->unmatched,
		.color = w->color,
		.real = { w->real.data, w->real.len },
	};
	/* Only the rule is shown. */
	if (w->options->rules)
		return 0;
	if (x->fate == JET_FATE_MISSING)
		return find_missing(w, style);
	if (x->fate == JET_FATE_UNDECIDED)
		set_failure(w, style, &w->run->needs_err);
	if (x->fate != JET_FATE_NOT_NEEDED)
		return 0;
	reader = jet_why_outside_reader(&w->outside, w->path.data);
	style->knows_outside = reader.known;
	style->outside = reader.use;
	style->outside_name = reader.stage;
	return find_target(w, style);
}

/* ---- one path ----------------------------------------------------------- */

static int put_answer(struct why *w, const char *shown, size_t len,
                      const struct jet_explanation *x)
{
	const struct jet_str name = { shown, len };
	struct jet_why_style style;
	int rc = fill_style(w, x, &style);

	if (rc < 0)
		return rc;
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

/* An error that is not the end; behind the answers before it. */
static int say_failure(struct why *w, const struct jet_error *err)
{
	w->some_failed = true;
	if (jet_output_flush(&w->run->out) < 0)
		return JET_E_WRITE;
	jet_trouble(err, w->run->json);
	return 0;
}

/* Instructions read through links what no walk comes to by that name; in the context
 * it is an entry by its real one, which the rules are asked about. */
static int explain_real(struct why *w, struct jet_explanation *x, struct jet_error *err)
{
	int rc = jet_explain_real(w->explainer, w->path.data, &w->real, err);

	if (rc < 0 || !w->real.len)
		return rc;
	w->path.len = 0;
	if (jet_buf_append(&w->path, w->real.data, w->real.len) < 0 || jet_buf_terminate(&w->path) < 0)
		return jet_fail_nomem(err);
	return jet_explain(w->explainer, w->path.data, x, err);
}

static int explain(struct why *w, const char *name, size_t len, struct jet_explanation *x,
                   struct jet_error *err)
{
	const char *root = w->run->archive ? NULL : w->run->root;
	int rc = jet_place(root, JET_PLACE_CONTEXT, name, len, &w->path, err);

	w->real.len = 0;
	if (rc == 0)
		rc = jet_explain(w->explainer, w->path.data, x, err);
	if (rc == 0 && x->fate == JET_FATE_MISSING)
		rc = explain_real(w, x, err);
	if (rc == 0 && x->fate == JET_FATE_SHIPPED && w->run->needs_err.code)
		x->fate = JET_FATE_UNDECIDED;
	return rc;
}

/* @line: of standard input; 0: it comes from the command line. */
static int answer(struct why *w, const char *name, size_t len, uint32_t line)
{
	struct jet_explanation x = { 0 };
	struct jet_error err = { 0 };
	int rc = explain(w, name, len, &x, &err);

	if (rc == JET_E_NOMEM)
		return jet_fail_nomem(&w->run->err);
	/* The other paths have an answer all the same. */
	if (rc < 0) {
		if (line && !err.file[0]) {
			snprintf(err.file, sizeof(err.file), "standard input");
			err.line = line;
		}
		return say_failure(w, &err);
	}
	if (x.fate != JET_FATE_SHIPPED)
		w->some_left_out = true;
	return w->quiet ? 0 : put_answer(w, name, len, &x);
}

/* ---- where paths come from ---------------------------------------------- */

static int answer_stdin(struct why *w)
{
	const int end = w->options->nul ? '\0' : '\n';
	size_t capacity = 0;
	uint32_t line = 0;
	char *name = NULL;
	ssize_t n;
	int rc = 0;

	while (rc == 0 && (n = getdelim(&name, &capacity, end, stdin)) > 0) {
		size_t len = (size_t)n;

		len -= name[len - 1] == (char)end;
		/* As git does: what looks quoted was quoted by whoever wrote it. */
		if (!w->options->nul)
			jet_unquote(name, &len);
		line += line < UINT32_MAX;
		rc = answer(w, name, len, line);
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

	if (w->run->needs_err.code) {
		rc = say_failure(w, &w->run->needs_err);
		jet_run_note(w->run, "what is needed is not known: only the rules are asked, as with "
		                     "--scope context");
	}
	for (int i = 0; rc == 0 && i < n; i++)
		rc = answer(w, names[i], strlen(names[i]), 0);
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
	if (o->from_stdin && o->context && strcmp(o->context, "-") == 0)
		return jet_fail(err, JET_E_ARG, NULL,
		                "paths and the context cannot both come from standard input");
	if (o->unmatched && !o->rules)
		return jet_fail(err, JET_E_ARG, NULL, "option -n needs -v");
	if (o->json && o->rules)
		return jet_fail(err, JET_E_ARG, NULL, "options -v and --json exclude each other");
	return 0;
}

static int answer_line(struct why *w, const struct jet_line *line)
{
	struct jet_run *run = w->run;
	struct jet_walk_options walk;
	int rc = jet_run_open(run, line, w->options->context ? w->options->context : ".");

	if (rc == 0)
		rc = jet_output_open(&run->out, NULL, &run->err);
	if (rc < 0)
		return rc;
	walk = jet_run_walk_options(run, 0);
	rc = jet_explainer_open(run->root, &walk, &w->explainer, &run->err);
	return rc < 0 ? rc : answer_all(w, line->noperands, line->operands);
}

static void clear(struct why *w)
{
	jet_explainer_close(w->explainer);
	jet_why_outside_clear(&w->outside);
	jet_outline_clear(&w->own);
	jet_buf_clear(&w->line);
	jet_buf_clear(&w->path);
	jet_buf_clear(&w->real);
	jet_buf_clear(&w->nearest);
}

int jet_cmd_why(const struct jet_command *command, int argc, char **argv)
{
	struct why_options o = { 0 };
	struct jet_line line = {
		.command = command, .options = table, .fields = &o, .json = &o.json, .help = &help,
		.check = check,
	};
	struct jet_run run = { .needs_may_fail = true };
	struct why w = { .options = &o, .run = &run, .outside.run = &run };
	int code;

	if (!jet_line_read(&line, argc, argv))
		return line.code;
	w.quiet = line.context.quiet;
	w.color = jet_term_color(STDOUT_FILENO, line.context.color);
	run.rules_only = o.rules && !w.quiet;
	code = answer_line(&w, &line);
	clear(&w);
	code = jet_line_end(&line, jet_run_finish(&run, code));
	if (code == JET_EXIT_DONE && w.some_failed)
		return JET_EXIT_TROUBLE;
	return code == JET_EXIT_DONE && w.quiet && w.some_left_out ? JET_EXIT_NO : code;
}
