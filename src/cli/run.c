/* SPDX-License-Identifier: Apache-2.0 */
#include "cli/run.h"

#include "base/buf.h"
#include "base/error.h"
#include "base/file.h"
#include "base/json.h"
#include "base/os.h"
#include "cli/place.h"
#include "cli/plan_text.h"
#include "cli/term.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/utsname.h>
#include <unistd.h>

/* ---- errors ------------------------------------------------------------- */

/* Is it about what stands in the file, or about the path as such?  Some faults in
 * a Dockerfile have no line. */
static bool is_of_text(const struct jet_error *err)
{
	switch (err->code) {
	case JET_E_PARSE:
	case JET_E_EXPAND:
	case JET_E_PLATFORM:
	case JET_E_STAGE:
	case JET_E_SYNTAX:
	case JET_E_PATTERN:
	case JET_E_LINK_LOOP:
	case JET_E_OPTION:
		return true;
	default:
		return err->line || err->path[0];
	}
}

static void print_error_object(const struct jet_error *err)
{
	const bool in_file = is_of_text(err);
	struct jet_buf buf = { 0 };
	struct jet_json w = { .out = &buf };
	struct jet_output out;

	jet_json_open(&w, '{');
	jet_json_key(&w, "error");
	jet_json_open(&w, '{');
	jet_json_key(&w, "class");
	jet_json_text(&w, jet_error_class(err->code));
	jet_json_key(&w, "message");
	jet_json_text(&w, err->message);
	if (err->file[0])
		jet_json_bytes(&w, in_file ? "file" : "path", err->file, strlen(err->file));
	if (err->line) {
		jet_json_key(&w, "line");
		jet_json_uint(&w, err->line);
	}
	if (err->column) {
		jet_json_key(&w, "column");
		jet_json_uint(&w, err->column);
	}
	if (err->path[0])
		jet_json_bytes(&w, "path", err->path, strlen(err->path));
	jet_json_close(&w, '}');
	jet_json_close(&w, '}');
	if (jet_json_end(&w) == 0 && jet_buf_byte(&buf, '\n') == 0 &&
	    jet_output_open(&out, NULL, NULL) == 0) {
		/* A failure here has nowhere to be told but where it is told already. */
		jet_output_write(&out, buf.data, buf.len);
		jet_output_commit(&out);
	}
	jet_buf_clear(&buf);
}

int jet_run_fail(const struct jet_error *err, bool json)
{
	if (json)
		print_error_object(err);
	jet_say_error(err);
	return JET_EXIT_TROUBLE;
}

int jet_run_fail_operand(const char *word, const char *takes, bool json)
{
	struct jet_error err;

	jet_fail(&err, JET_E_ARG, NULL, "one word too many: \"%.100s\" (this takes %s)", word, takes);
	return jet_run_fail(&err, json);
}

bool jet_run_wants_json(int argc, char **argv)
{
	for (int i = 0; i < argc && strcmp(argv[i], "--") != 0; i++) {
		if (strcmp(argv[i], "--json") == 0)
			return true;
	}
	return false;
}

void jet_run_note(const struct jet_run *run, const char *format, ...)
{
	char text[600];
	va_list ap;

	if (run->options->quiet)
		return;
	va_start(ap, format);
	vsnprintf(text, sizeof(text), format, ap);
	va_end(ap);
	jet_say("note: %s", text);
}

void jet_run_warn(const char *path, const char *message)
{
	char text[sizeof(struct jet_error)];
	struct jet_error err;

	jet_fail(&err, 0, path, "%s", message);
	jet_say("warning: %s", jet_error_format(&err, text, sizeof(text)));
}

/* ---- opening ------------------------------------------------------------ */

/* --ignore-file takes the place of what the builder would find. */
static int override_ignore_file(struct jet_run *run)
{
	const char *name = run->options->ignore_file;
	struct jet_buf entry = { 0 };
	int rc = 0;

	free(run->located.ignore_file);
	free(run->located.ignore_entry);
	run->located.ignore_entry = NULL;
	run->located.ignore_file = strdup(name);
	if (!run->located.ignore_file)
		return jet_fail_nomem(&run->err);
	/* Asked for by name: that it cannot be read is worth an error, although
	 * BuildKit itself would go on as if it were empty. */
	if (access(name, R_OK) != 0)
		return jet_fail_errno(&run->err, JET_E_IO, errno, name, "cannot read the ignore file");
	if (jet_place(run->root, JET_PLACE_CURRENT, name, strlen(name), &entry, NULL) == 0) {
		run->located.ignore_entry = strdup(entry.data);
		if (!run->located.ignore_entry)
			rc = jet_fail_nomem(&run->err);
	}
	jet_buf_clear(&entry);
	return rc;
}

static int check_dockerfile(struct jet_run *run)
{
	const char *name = run->options->file;

	if (!name || strcmp(name, "-") == 0)
		return 0;
	if (run->located.dockerfile && access(run->located.dockerfile, F_OK) == 0)
		return 0;
	return jet_fail_errno(&run->err, JET_E_IO, errno, name, "cannot find the Dockerfile");
}

static void say_files(const struct jet_run *run)
{
	const struct jet_located *l = &run->located;

	jet_say("builder: %s", jet_builder_name(run->options->builder));
	/* One that was asked for and has no name is standard input. */
	jet_say("Dockerfile: %s", l->dockerfile          ? l->dockerfile
	                          : run->options->file ? "standard input"
	                                               : "none");
	jet_say("ignore file: %s", run->rules ? l->ignore_file : "none");
}

/* ---- what the Dockerfile needs ------------------------------------------ */

enum { MAX_DOCKERFILE = 16 << 20 };

static int read_dockerfile(struct jet_run *run)
{
	static const char what[] = "the Dockerfile";
	const char *path = run->located.dockerfile;
	const bool is_stdin = run->options->file && strcmp(run->options->file, "-") == 0;
	int fd, rc;

	/* That there is no context is worth more than that it has no Dockerfile. */
	fd = jet_os_open_root(run->root);
	if (fd < 0)
		return jet_fail_errno(&run->err, JET_E_IO, -fd, run->root, "cannot open the context");
	close(fd);
	if (is_stdin)
		return jet_file_read(STDIN_FILENO, "standard input", what, MAX_DOCKERFILE,
		                     &run->dockerfile, &run->err);
	if (!path)
		return jet_fail(&run->err, JET_E_IO, run->root,
		                "no Dockerfile here: name one with -f, or take all that the ignore file "
		                "lets through with --scope context");
	fd = jet_file_open(path, what, &run->err);
	if (fd < 0)
		return fd;
	rc = jet_file_read(fd, path, what, MAX_DOCKERFILE, &run->dockerfile, &run->err);
	close(fd);
	return rc;
}

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

static int needs_of(struct jet_run *run, bool all, bool only_check, struct jet_needs **needs,
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
		.all_stages = all,
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

int jet_run_needs_of(struct jet_run *run, bool all, struct jet_needs **needs, struct jet_error *err)
{
	return needs_of(run, all, false, needs, err);
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

static int open_needs(struct jet_run *run)
{
	int rc = needs_of(run, false, false, &run->needs, &run->err);

	/* When the build fails they may say why. */
	if (run->needs && (rc < 0 || !run->has_notes))
		note_unset(run);
	return rc;
}

/* The ignore file; a builder that would stumble over the Dockerfile too tells of
 * that one first. */
static int load_rules(struct jet_run *run)
{
	struct jet_error first = { 0 };
	int rc = jet_ruleset_load(run->located.ignore_file, run->options->builder, &run->rules,
	                          &run->err);

	if (rc == 0 || run->options->scope != JET_SCOPE_NEEDED)
		return rc;
	if (needs_of(run, false, true, NULL, &first) == 0)
		return rc;
	run->err = first;
	return first.code;
}

int jet_run_open(struct jet_run *run, struct jet_context_options *options, const char *root,
                 bool json)
{
	const bool needed = options->scope == JET_SCOPE_NEEDED;
	int rc;

	run->options = options;
	run->root = root;
	run->json = json;
	run->hint = !options->quiet && isatty(STDERR_FILENO);
	run->summary = run->hint || (options->verbose && !options->quiet);
	clock_gettime(CLOCK_MONOTONIC, &run->started);
	if (!root[0])
		return jet_fail(&run->err, JET_E_ARG, NULL,
		                "the context needs a name: . is the current directory");
	rc = jet_locate(root, options->file, options->builder, &run->located, &run->err);
	if (rc == 0)
		rc = check_dockerfile(run);
	if (rc == 0 && options->ignore_file)
		rc = override_ignore_file(run);
	if (rc == 0 && needed)
		rc = read_dockerfile(run);
	if (rc == 0 && run->located.ignore_file && options->scope != JET_SCOPE_TREE)
		rc = load_rules(run);
	if (rc == 0 && needed)
		rc = open_needs(run);
	if (rc == 0 && options->verbose && !options->quiet)
		say_files(run);
	return rc;
}

/* ---- walking ------------------------------------------------------------ */

struct jet_walk_options jet_run_walk_options(const struct jet_run *run, uint32_t flags)
{
	struct jet_walk_options options = {
		.flags = flags,
		.builder = run->options->builder,
		.rs = run->rules,
		.dockerfile = run->located.dockerfile_entry,
		.ignore_file = run->located.ignore_entry,
	};

	if (run->options->scope == JET_SCOPE_TREE)
		options.flags |= JET_WALK_EVERYTHING;
	if (run->needs)
		jet_needs_apply(run->needs, &options);
	return options;
}

int jet_run_walk(struct jet_run *run, uint32_t flags)
{
	struct jet_walk_options options;

	if (run->summary)
		flags |= JET_WALK_STAT; /* bytes are part of it */
	options = jet_run_walk_options(run, flags);
	return jet_walk_open(run->root, &options, &run->walk, &run->err);
}

static void warn_of(const struct jet_entry *entry)
{
	const uint32_t out = JET_ENTRY_IGNORED | JET_ENTRY_PRUNED | JET_ENTRY_REMOVED |
	                     JET_ENTRY_UNNEEDED;
	const bool emptied = entry->flags & JET_ENTRY_EMPTIED && !(entry->flags & out);
	struct jet_error err;

	if (entry->error) {
		jet_fail_errno(&err, JET_E_IO, entry->error, NULL,
		               emptied ? "the builder cannot read it and ships it with no content"
		                       : "cannot read");
		jet_run_warn(entry->path, err.message);
	} else if (emptied) {
		jet_run_warn(entry->path, "the builder ships it with no content");
	}
}

int jet_run_next(struct jet_run *run, const struct jet_entry **entry)
{
	int rc = jet_walk_next(run->walk, entry, &run->err);

	if (rc == 1)
		warn_of(*entry);
	return rc;
}

int jet_run_next_whole(struct jet_run *run, const struct jet_output *out,
                       const struct jet_entry **entry)
{
	int rc;

	while ((rc = jet_run_next(run, entry)) == 1) {
		const struct jet_entry *e = *entry;

		if (jet_output_is(out, e->dev, e->ino)) {
			if (!jet_output_is_temp(out, e->dev, e->ino))
				jet_run_note(run, "%s is what is being written: left out", e->path);
			continue;
		}
		if (e->error && !(e->flags & JET_ENTRY_EMPTIED))
			return jet_fail_errno(&run->err, JET_E_IO, e->error, e->path, "cannot read");
		return 1;
	}
	return rc;
}

/* ---- the end ------------------------------------------------------------ */

static double seconds_since(const struct timespec *start)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (double)(now.tv_sec - start->tv_sec) +
	       (double)(now.tv_nsec - start->tv_nsec) / 1e9;
}

static int count(struct jet_buf *line, uint64_t n, const char *one, const char *many)
{
	return jet_human_count(line, n) | jet_buf_printf(line, " %s", n == 1 ? one : many);
}

static void say_summary(const struct jet_run *run)
{
	struct jet_walk_counts c = jet_walk_counts(run->walk);
	struct jet_buf line = { 0 };
	int bad = count(&line, c.files, "file, ", "files, ");

	bad |= jet_human_size(&line, c.bytes);
	/* Along a plan most of the tree is never seen, so there is nothing to count. */
	if (!run->needs) {
		bad |= jet_buf_text(&line, "; left out: ");
		bad |= count(&line, c.ignored, "entry", "entries");
	} else {
		bad |= jet_buf_text(&line, " needed");
	}
	if (c.pruned_dirs && !run->needs) {
		bad |= jet_buf_text(&line, ", of them ");
		bad |= count(&line, c.pruned_dirs, "directory not even read",
		             "directories not even read");
	}
	bad |= jet_buf_printf(&line, "; %.2f s", seconds_since(&run->started));
	if (!bad && jet_buf_terminate(&line) == 0)
		jet_say("%s", line.data);
	jet_buf_clear(&line);
}

static void close_run(struct jet_run *run)
{
	jet_walk_close(run->walk);
	jet_needs_close(run->needs);
	jet_ruleset_free(run->rules);
	jet_located_clear(&run->located);
	jet_buf_clear(&run->dockerfile);
	jet_buf_clear(&run->values);
	jet_context_options_clear(run->options);
}

int jet_run_done(struct jet_context_options *options, int code)
{
	jet_context_options_clear(options);
	return code;
}

int jet_run_finish(struct jet_run *run, struct jet_output *out, int rc)
{
	int code = JET_EXIT_DONE;
	bool closed = out->closed;

	if (rc == JET_E_NOMEM && !run->err.code)
		jet_fail_nomem(&run->err);
	if (rc == 0) {
		rc = jet_output_commit(out);
	} else {
		if (rc == JET_E_WRITE && out->err.code)
			run->err = out->err;
		jet_output_discard(out);
	}
	/* Whoever closed the pipe has seen enough: no error, and no summary. */
	if (rc < 0 && !closed)
		code = jet_run_fail(out->err.code ? &out->err : &run->err, run->json);
	else if (rc == 0 && !closed && run->walk && run->summary)
		say_summary(run);
	close_run(run);
	return code;
}
