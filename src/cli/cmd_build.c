/* SPDX-License-Identifier: Apache-2.0 */
/* jettison build - prunes the context, then builds from what is left. */
#include "cli/build_command.h"
#include "cli/build_ship.h"
#include "cli/line.h"
#include "cli/run.h"
#include "cli/trouble.h"

#include "base/error.h"

#include <stddef.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

struct build_options {
	const char *with;
	struct jet_texts globals;
	bool dry_run, json;
};

#define FIELD(name) offsetof(struct build_options, name)

static const struct jet_option table[] = {
	{ 0, "with", "BUILDER", FIELD(with), jet_set_text,
	  "docker, buildx, podman, buildah or buildctl, or a path that ends so [what is there]" },
	{ 0, "dry-run", NULL, FIELD(dry_run), jet_set_flag,
	  "print the builder's command line instead of running it" },
	{ 0, "global", "WORD", FIELD(globals), jet_set_more,
	  "repeatable: a word that stands before the builder's command, as --global=--debug" },
	{ 0 },
};

static const struct jet_example examples[] = {
	{ "jettison build -t app .", "docker build -t app . without what it does not need" },
	{ "jettison build --with buildah --target test ../app", "the same with buildah" },
	{ "DOCKER_BUILDKIT=0 jettison build .", "with docker's classic builder" },
	{ "jettison build --dry-run -t app .", "which command would that be?" },
	{ "docker jettison build -t app .", "as a plugin of docker" },
	{ NULL, NULL },
};

static const struct jet_help help = {
	"Runs docker build, podman build, buildah bud or buildctl build with the files that the build "
	"needs. All their options can be given. Those below are read by jettison; --target, "
	"--build-arg, --build-context, --platform and --quiet by both; what jettison does not know "
	"goes to the builder as it is.\n\n"
	"The builder's rules are used: those of docker's version, and of the one of its two builders "
	"that DOCKER_BUILDKIT or --builder asks for. A --builder of another name is an instance of "
	"buildx. --env says what an external base image sets; with podman and buildah that option is "
	"their own, so there it is --base-env.\n\n"
	"The files go to the builder's standard input as an archive while they are read. Where an "
	"archive could not give the same image (BuildKit, a Dockerfile that the rules leave out, and "
	"COPY . .), and always for buildctl, they are copied to a directory in TMPDIR, which is removed "
	"afterwards.\n\n"
	"The exit code is that of the builder; 2 is trouble before or while the files are sent, and "
	"130, 143 an interrupt, which the builder gets too. If a file cannot be read the builder is "
	"ended, so that nothing is built from a part of the context.",
	examples,
};

/* ---- the command line --------------------------------------------------- */

static int check_context(const char *context, struct jet_error *err)
{
	if (strcmp(context, "-") == 0)
		return jet_fail(err, JET_E_ARG, NULL, "build reads no context from standard input: prune it "
		                "with jettison pack -, and give that to the builder itself");
	if (strstr(context, "://") || strncmp(context, "git@", 4) == 0)
		return jet_fail(err, JET_E_ARG, NULL, "%.150s is not here to be pruned: give it to the "
		                "builder itself, or name a directory", context);
	return 0;
}

static int check(const struct jet_line *line, struct jet_error *err)
{
	if (line->context.scope == JET_SCOPE_TREE)
		return jet_fail(err, JET_E_ARG, NULL, "the scope of a build is needed or context: builders "
		                "apply the ignore file in any case");
	return 0;
}

/** struct build - everything of one call. */
struct build {
	struct build_options options;
	struct jet_build_args args;
	struct jet_tool tool;
	struct jet_line line;
};

static bool is_directory(const char *path)
{
	struct stat st;

	return stat(path, &st) == 0 && S_ISDIR(st.st_mode);
}

/* A letter cannot have a value behind "=": nobody would know that it is one. */
static int unknown_option(const struct jet_build_args *a, struct jet_error *err)
{
	if (a->unknown[1] != '-')
		return jet_fail(err, JET_E_ARG, NULL, "option %.60s is not known to jettison, so "
		                "\"%.100s\" is taken for the context: if that is its value, write its long "
		                "name and =%.100s", a->unknown, a->unknown_value, a->unknown_value);
	return jet_fail(err, JET_E_ARG, NULL, "option %.60s is not known to jettison, so "
	                "\"%.100s\" is taken for the context: if that is its value, write %.60s=%.100s",
	                a->unknown, a->unknown_value, a->unknown, a->unknown_value);
}

static int misplaced(const struct build *b, struct jet_error *err)
{
	const struct jet_build_word *w = &b->args.before;
	const bool apart = w->value && !w->joined;

	return jet_fail(err, JET_E_ARG, NULL, "%.100s stands before the builder's command, "
	                "not behind it: use --global=%.100s%s%.100s", w->text, w->text,
	                apart ? " --global=" : "", apart ? w->value : "");
}

/* Are these the words that were meant?  Here it is known which options are whose. */
static int check_words(const struct build *b, struct jet_error *err)
{
	const struct jet_line *line = &b->line;
	const char *context = jet_line_operand(line, 0, ".");

	if (b->args.before.text)
		return misplaced(b, err);
	if (b->args.unknown_value && (line->noperands > 1 || !is_directory(context)))
		return unknown_option(&b->args, err);
	if (line->noperands > 1)
		return jet_fail(err, JET_E_ARG, NULL, "one word too many: \"%.100s\" "
		                "(this takes one context)", line->operands[1]);
	return check_context(context, err);
}

/* Finds the builder only after help was shown, which needs none. */
static bool read_line(struct build *b, int argc, char **argv)
{
	const struct jet_command *command = b->line.command;
	struct jet_error err;

	if (jet_build_args(&b->args, argc, argv, b->tool.kind) < 0) {
		jet_fail_nomem(&err);
		b->line.code = jet_trouble(&err, false);
		return false;
	}
	b->line = (struct jet_line){
		.command = command, .options = table, .fields = &b->options, .json = &b->options.json,
		.help = &help, .check = check,
	};
	return jet_line_read(&b->line, b->args.nours, b->args.ours);
}

static void forget_line(struct build *b)
{
	jet_line_end(&b->line, 0);
	free(b->options.globals.items);
	b->options = (struct build_options){ 0 };
	jet_build_args_clear(&b->args);
}

static int settle(struct build *b, struct jet_error *err)
{
	const struct jet_context_options *o = &b->line.context;
	int rc = check_words(b, err);

	if (rc == 0)
		rc = jet_tool_settle(&b->tool, b->args.builder_given ? &o->builder : NULL, err);
	if (rc == 0 && b->args.nfiles > 1 && jet_tool_is_buildah(&b->tool))
		return jet_fail(err, JET_E_ARG, NULL, "%.100s would join several -f, but jettison reads one",
		                b->tool.name);
	b->line.context.builder = b->tool.builder;
	return rc;
}

/* Everything but the files.  Return: false: b->line.code says how it ended. */
static bool prepare(struct build *b, int argc, char **argv)
{
	struct jet_error err = { 0 }, found = { 0 };
	enum jet_tool_kind kind;
	int rc;

	/* Which options are whose depends on the builder, and that is an option. */
	if (jet_build_args(&b->args, argc, argv, JET_TOOL_DOCKER) == 0)
		jet_tool_find(&b->tool, b->args.with, &found);
	jet_build_args_clear(&b->args);
	if (!read_line(b, argc, argv))
		return false;
	kind = b->tool.kind;
	if (found.code)
		rc = (err = found).code;
	else
		rc = settle(b, &err);
	if (rc == 0 && b->tool.kind != kind) {
		/* A docker that is podman. */
		forget_line(b);
		if (!read_line(b, argc, argv))
			return false;
		rc = settle(b, &err);
	}
	if (rc < 0)
		b->line.code = jet_line_end(&b->line, jet_trouble(&err, false));
	return rc == 0;
}

/* ---- the command -------------------------------------------------------- */

int jet_cmd_build(const struct jet_command *command, int argc, char **argv)
{
	struct build b = { .line = { .command = command } };
	int code;

	if (prepare(&b, argc, argv)) {
		const struct jet_build build = {
			.tool = &b.tool, .args = &b.args, .globals = &b.options.globals,
			.dry_run = b.options.dry_run,
		};

		code = jet_build_ship(&build, &b.line, jet_line_operand(&b.line, 0, "."));
		jet_line_end(&b.line, code);
	} else {
		code = b.line.code;
	}
	free(b.options.globals.items);
	jet_build_args_clear(&b.args);
	jet_tool_clear(&b.tool);
	return code;
}
