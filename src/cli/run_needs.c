/* SPDX-License-Identifier: Apache-2.0 */
/* What the Dockerfile needs, with the options of the command line. */
#include "cli/run_private.h"

#include "base/error.h"
#include "cli/plan_text.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/utsname.h>

/* --build-arg NAME takes its value from the environment; what is not set there is
 * not passed on, as docker does it. */
static int fill_args(struct jet_run *run, const char ***list, size_t *n)
{
	const struct jet_texts *args = &run->options->args;
	size_t at = 0;

	run->values.len = 0;
	*n = 0;
	*list = calloc(args->n + 1, sizeof(**list));
	if (!*list)
		return jet_fail_nomem(&run->err);
	/* First all texts, which may move the buffer, then where they are. */
	for (size_t i = 0; i < args->n; i++) {
		const char *value = strchr(args->items[i], '=') ? "" : getenv(args->items[i]);
		const bool whole = strchr(args->items[i], '=') != NULL;

		if (!value)
			continue;
		if (jet_buf_text(&run->values, args->items[i]) < 0 ||
		    (!whole && jet_buf_byte(&run->values, '=') < 0) ||
		    jet_buf_text(&run->values, value) < 0 || jet_buf_byte(&run->values, '\0') < 0)
			return jet_fail_nomem(&run->err);
		++*n;
	}
	for (size_t i = 0; i < *n; i++) {
		(*list)[i] = run->values.data + at;
		at += strlen((*list)[i]) + 1;
	}
	return 0;
}

/* The platform that the builder here would build for. */
static void own_platform(char *text, size_t size)
{
	struct utsname name;

	snprintf(text, size, "linux/amd64");
	if (uname(&name) == 0)
		snprintf(text, size, "linux/%.40s", name.machine);
}

/* @stage: as for jet_run_needs_of(); 0: the target. */
static int needs_of(struct jet_run *run, size_t stage, bool only_check, struct jet_needs **needs,
                    struct jet_error *err)
{
	const struct jet_context_options *o = run->options;
	const struct jet_walk_options walk = jet_run_walk_options(run, 0);
	char platform[64];
	const char *own = platform;
	struct jet_needs_options options = {
		.name = run->located.dockerfile ? run->located.dockerfile : "Dockerfile",
		.target = o->target,
		.platforms = o->platforms.n ? o->platforms.items : &own,
		.nplatforms = o->platforms.n ? o->platforms.n : 1,
		.env = o->env.items, .nenv = o->env.n,
		.contexts = o->contexts.items, .ncontexts = o->contexts.n,
		.stage = stage == JET_RUN_ALL_STAGES ? 0 : stage,
		.all_stages = stage == JET_RUN_ALL_STAGES,
	};
	const char *text = run->dockerfile.data ? run->dockerfile.data : "";
	const char **args = NULL;
	int rc = fill_args(run, &args, &options.nargs);

	own_platform(platform, sizeof(platform));
	options.args = args;
	if (rc == 0 && only_check)
		rc = jet_needs_check(text, run->dockerfile.len, &options, o->builder, err);
	else if (rc == 0)
		rc = jet_needs_open(run->root, text, run->dockerfile.len, &options, &walk, needs, err);
	free(args);
	return rc;
}

int jet_run_needs_of(struct jet_run *run, size_t stage, struct jet_needs **needs, struct jet_error *err)
{
	return needs_of(run, stage, false, needs, err);
}

int jet_run_check_needs(struct jet_run *run, struct jet_error *err)
{
	return needs_of(run, 0, true, NULL, err);
}

static void note_unset(const struct jet_run *run)
{
	const struct jet_needs *needs = run->needs;

	for (size_t i = 0; i < jet_needs_nunset(needs); i++) {
		const struct jet_unset u = jet_needs_unset(needs, i);
		struct jet_buf text = { 0 };

		if (jet_plan_unset(&text, &u) == 0 && jet_buf_terminate(&text) == 0)
			jet_run_note(run, "%s:%u:%u: %s", u.file, (unsigned)u.line, (unsigned)u.column,
			             text.data);
		jet_buf_clear(&text);
	}
}

static void note_undeclared(const struct jet_run *run)
{
	for (size_t i = 0; i < jet_needs_nundeclared(run->needs); i++) {
		const struct jet_undeclared u = jet_needs_undeclared(run->needs, i);

		jet_run_note(run, "--build-arg %.*s: no ARG in %s declares it%s%s%s",
		             u.name_len < 80 ? (int)u.name_len : 80, u.name, run->located.dockerfile
		                     ? run->located.dockerfile : "the Dockerfile",
		             u.nearest ? ", did you mean " : "", u.nearest ? u.nearest : "",
		             u.nearest ? "?" : "");
	}
}

int jet_run_open_needs(struct jet_run *run)
{
	int rc = needs_of(run, 0, false, &run->needs, &run->err);

	if (run->needs)
		note_undeclared(run);
	/* When the build fails they may say why. */
	if (run->needs && (rc < 0 || !run->has_notes))
		note_unset(run);
	if (rc < 0) {
		jet_needs_close(run->needs);
		run->needs = NULL;
	}
	return rc;
}
