/* SPDX-License-Identifier: Apache-2.0 */
#include "cli/build_ship.h"

#include "base/error.h"
#include "base/remove.h"
#include "cli/build_command.h"
#include "cli/child.h"
#include "cli/shipment.h"
#include "cli/term.h"
#include "cli/trouble.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/** struct shipping - one build as it goes on. */
struct shipping {
	const struct jet_build *build;
	struct jet_run run;
	struct jet_arena arena;
	struct jet_ship_extras extras;
	bool is_dir;            /* by way of a directory; else as an archive */
	const char *dockerfile; /* what -f has to say, or NULL */
	const char *ignore_file; /* what --ignorefile has to say, or NULL */
	const char *place;      /* directory: a private one, with the context in it */
	const char *context;    /* that context, or "-" */
	char **words;
};

/* Out of memory: NULL, and the error is set. */
static const char *join(struct shipping *s, const char *a, const char *b, const char *c)
{
	struct jet_buf text = { 0 };
	char *joined = NULL;

	if (jet_buf_text(&text, a) == 0 && jet_buf_text(&text, b) == 0 && jet_buf_text(&text, c) == 0)
		joined = jet_arena_dup(&s->arena, text.data ? text.data : "", text.len);
	jet_buf_clear(&text);
	if (!joined)
		jet_note_nomem(&s->run.err);
	return joined;
}

/* ---- an archive or a directory ------------------------------------------ */

/* An archive if that gives the same image. */
static int choose_form(struct shipping *s)
{
	const struct jet_tool *tool = s->build->tool;
	int rc = 0;

	s->is_dir = tool->kind == JET_TOOL_BUILDCTL;
	if (!s->is_dir) {
		rc = jet_ship_look(&s->run, false, &s->extras);
		if (rc < 0)
			return rc;
		s->is_dir = s->extras.made == JET_EXTRAS_VISIBLE;
	}
	if (s->is_dir)
		rc = jet_ship_look(&s->run, true, &s->extras);
	if (rc < 0 || s->extras.made != JET_EXTRAS_RULES)
		return rc;
	/* The builder would find another ignore file, or none: say which one it is. */
	if (jet_tool_is_buildah(tool)) {
		s->ignore_file = s->run.located.ignore_file;
		return 0;
	}
	return jet_fail(&s->run.err, JET_E_ARG, s->run.located.ignore_file,
	                "the builder would not find these rules, for another file or a link ships in their "
	                "place: make that a file with these rules");
}

/* The Dockerfile's name in the context that is shipped. */
static const char *entry_of(const struct shipping *s)
{
	const struct jet_located *l = &s->run.located;

	return l->dockerfile_name ? l->dockerfile_name : l->dockerfile_entry;
}

/* buildah looks in the current directory before it looks in the archive.  A name through
 * a directory that is not there is found only in the archive, where it is made shorter
 * before it is looked up. */
static int detour(struct shipping *s)
{
	const char *way = ".jettison";

	if (access(s->dockerfile, F_OK) != 0)
		return 0;
	while (way && access(way, F_OK) == 0)
		way = join(s, way, "-", "");
	if (way)
		s->dockerfile = join(s, way, "/../", s->dockerfile);
	return way && s->dockerfile ? 0 : JET_E_NOMEM;
}

static int name_in_archive(struct shipping *s)
{
	s->context = "-";
	if (s->extras.name)
		s->dockerfile = s->extras.name;
	else if (s->run.options->file)
		s->dockerfile = entry_of(s);
	return s->dockerfile && jet_tool_is_buildah(s->build->tool) ? detour(s) : 0;
}

/* One from standard input lies beside the context. */
static int name_in_directory(struct shipping *s, const char *name)
{
	const struct jet_located *l = &s->run.located;

	s->context = join(s, s->place, "/", name);
	if (!s->context)
		return JET_E_NOMEM;
	if (l->dockerfile_entry)
		s->dockerfile = join(s, s->context, "/", entry_of(s));
	else if (l->dockerfile)
		s->dockerfile = l->dockerfile;
	else if (s->run.options->file)
		s->dockerfile = join(s, s->place, "/", "Dockerfile");
	else
		return 0;
	return s->dockerfile ? 0 : JET_E_NOMEM;
}

static int make_command(struct shipping *s)
{
	const struct jet_build *b = s->build;
	const struct jet_build_command command = {
		.tool = b->tool, .args = b->args, .globals = b->globals,
		.dockerfile = s->dockerfile, .ignore_file = s->ignore_file, .context = s->context,
	};

	return jet_build_command_words(&command, &s->arena, &s->words, &s->run.err);
}

/* docker must take the builder whose rules these are. */
static int set_environment(struct shipping *s)
{
	const char *value = s->build->tool->buildkit;

	if (value && setenv("DOCKER_BUILDKIT", value, 1) != 0)
		return jet_fail_nomem(&s->run.err);
	return 0;
}

/* ---- what is said and printed ------------------------------------------- */

/* Counts a context as a walk with these options sees it. */
static int count(const struct shipping *s, const struct jet_walk_options *options,
                 struct jet_walk_counts *counts)
{
	const struct jet_entry *entry;
	struct jet_error err;
	struct jet_walk *walk = NULL;
	int rc = jet_walk_open(s->run.root, options, &walk, &err);

	while (rc == 0 && (rc = jet_walk_next(walk, &entry, &err)) == 1)
		rc = 0;
	if (rc == 0)
		*counts = jet_walk_counts(walk);
	jet_walk_close(walk);
	return rc;
}

static bool add_counts(struct jet_buf *line, const struct jet_walk_counts *c)
{
	return jet_human_count(line, c->files) == 0 &&
	       jet_buf_text(line, c->files == 1 ? " file, " : " files, ") == 0 &&
	       jet_human_size(line, c->bytes) == 0;
}

/* How much less it is.  Whatever is wrong is told when the files are sent. */
static void say_what_ships(const struct shipping *s)
{
	const struct jet_walk_options ships = jet_run_walk_options(&s->run, JET_WALK_STAT);
	const struct jet_walk_options tree = {
		.flags = JET_WALK_STAT | JET_WALK_EVERYTHING, .builder = s->run.options->builder,
	};
	struct jet_walk_counts some, all;
	struct jet_buf line = { 0 };
	bool good;

	if (count(s, &ships, &some) != 0)
		return;
	good = jet_buf_text(&line, "shipping ") == 0 && add_counts(&line, &some);
	if (good && count(s, &tree, &all) == 0)
		good = jet_buf_text(&line, " (of ") == 0 && add_counts(&line, &all) &&
		       jet_buf_byte(&line, ')') == 0;
	if (good && jet_buf_terminate(&line) == 0)
		jet_say("%s", line.data);
	jet_buf_clear(&line);
}

/* The command as a shell would take it. */
static int print_command(struct shipping *s)
{
	const char *want = s->build->tool->buildkit, *is = getenv("DOCKER_BUILDKIT");
	struct jet_buf line = { 0 };
	int bad = 0, rc = jet_output_open(&s->run.out, NULL, &s->run.err);

	if (rc < 0)
		return rc;
	if (want && (!is || strcmp(want, is) != 0))
		bad = jet_buf_printf(&line, "DOCKER_BUILDKIT=%s ", want);
	for (char **word = s->words; *word && !bad; word++)
		bad = (word > s->words && jet_buf_byte(&line, ' ') < 0) || jet_shell_word(&line, *word) < 0;
	if (bad || jet_buf_byte(&line, '\n') < 0)
		rc = jet_fail_nomem(&s->run.err);
	else if (jet_output_write(&s->run.out, line.data, line.len) < 0)
		rc = JET_E_WRITE;
	jet_buf_clear(&line);
	return rc;
}

static int dry_run(struct shipping *s)
{
	int rc;

	s->place = "DIR";
	rc = s->is_dir ? name_in_directory(s, "context") : name_in_archive(s);
	if (rc == 0)
		rc = make_command(s);
	if (rc == 0 && s->is_dir)
		jet_run_note(&s->run, "DIR is a directory that is made for the build and removed afterwards");
	return jet_run_finish(&s->run, rc < 0 ? rc : print_command(s));
}

/* ---- building ----------------------------------------------------------- */

/* What the user did counts before what the builder made of it. */
static int code_of(int code)
{
	return code && jet_output_signal() ? 128 + jet_output_signal() : code;
}

static int start(struct shipping *s, bool fed, struct jet_child *child)
{
	int rc = make_command(s);

	if (rc == 0)
		rc = set_environment(s);
	if (rc == 0)
		rc = jet_child_start(child, s->build->tool->file, s->words, fed, &s->run.err);
	return rc;
}

static int send_archive(struct shipping *s)
{
	const struct jet_compression plain = { 0 };
	const struct jet_sink_options options = { 0 };
	int rc = jet_run_walk(&s->run, JET_WALK_HARDLINKS);

	if (rc == 0)
		rc = jet_ship_tar(&s->run, &options, &plain, NULL);
	if (rc == 0 && jet_output_flush(&s->run.out) < 0)
		rc = JET_E_WRITE;
	return rc;
}

/* A builder that has gone, or wants no more, says itself why. */
static int build_archive(struct shipping *s)
{
	struct jet_child child = { -1, -1 };
	int rc = name_in_archive(s), code;

	if (rc == 0)
		rc = start(s, true, &child);
	if (rc < 0)
		return jet_run_finish(&s->run, rc);
	rc = jet_output_to(&s->run.out, child.input, s->build->tool->name, &s->run.err);
	s->run.out.stops = true;
	if (rc == 0)
		rc = send_archive(s);
	/* An archive of which a part is missing may look whole: no end of it is seen. */
	if (rc < 0 && (!s->run.out.closed || jet_output_signal())) {
		jet_child_stop(&child, jet_output_signal());
		code = jet_run_finish(&s->run, rc);
		return jet_output_signal() ? 128 + jet_output_signal() : code;
	}
	jet_run_finish(&s->run, rc);
	return code_of(jet_child_wait(&child));
}

/* A directory that nobody else can look into.  Its name is also that of the context in
 * it: BuildKit takes two contexts of the same name for the same, and files of the same
 * size and mtime in them, too. */
static int make_place(struct shipping *s, const char **name)
{
	const char *dir = getenv("TMPDIR");
	const char *path = join(s, dir && dir[0] ? dir : "/tmp", "/jettison-", "XXXXXX");
	char *made = path ? jet_arena_dup(&s->arena, path, strlen(path)) : NULL;

	if (!made)
		return jet_fail_nomem(&s->run.err);
	if (!mkdtemp(made))
		return jet_fail_errno(&s->run.err, JET_E_IO, errno, dir && dir[0] ? dir : "/tmp",
		                      "cannot make a directory there");
	s->place = made;
	*name = strrchr(made, '/') + 1;
	return 0;
}

static int write_dockerfile(struct shipping *s)
{
	const struct jet_run *run = &s->run;
	struct jet_output out;
	int rc;

	if (run->located.dockerfile || !run->options->file)
		return 0;
	rc = jet_output_open(&out, s->dockerfile, &s->run.err);
	if (rc < 0)
		return rc;
	jet_output_write(&out, run->dockerfile.data ? run->dockerfile.data : "", run->dockerfile.len);
	rc = jet_output_commit(&out);
	if (rc < 0)
		s->run.err = out.err;
	return rc;
}

static int fill_directory(struct shipping *s)
{
	const struct jet_sink_options options = { 0 };
	const struct jet_ship_dir where = { .name = s->context };
	int rc = jet_run_walk(&s->run, JET_WALK_HARDLINKS);

	if (rc == 0)
		rc = jet_ship_dir(&s->run, &options, &where, NULL);
	return rc < 0 ? rc : write_dockerfile(s);
}

static void remove_place(const struct shipping *s)
{
	int rc = s->place ? jet_remove_tree(s->place) : 0;
	struct jet_error err;

	if (rc < 0) {
		jet_fail_errno(&err, JET_E_IO, -rc, NULL, "cannot remove it");
		jet_warn(s->place, err.message);
	}
}

static int build_directory(struct shipping *s)
{
	const char *name = NULL;
	struct jet_child child;
	int rc, code;

	jet_output_defer_signals();
	rc = make_place(s, &name);
	if (rc == 0)
		rc = name_in_directory(s, name);
	if (rc == 0)
		rc = fill_directory(s);
	if (rc == 0 && !jet_output_signal())
		rc = start(s, false, &child);
	else if (rc == 0)
		rc = JET_E_WRITE;
	if (rc == 0) {
		code = code_of(jet_child_wait(&child));
		jet_run_finish(&s->run, 0);
	} else if (jet_output_signal()) {
		/* As when the builder is interrupted: by the number. */
		jet_run_finish(&s->run, 0);
		code = 128 + jet_output_signal();
	} else {
		code = jet_run_finish(&s->run, rc);
	}
	remove_place(s);
	return code;
}

int jet_build_ship(const struct jet_build *build, const struct jet_line *line, const char *root)
{
	struct shipping s = { .build = build, .run = { .builds = true, .wants_outside = true } };
	bool tells;
	int code, rc = jet_run_open(&s.run, line, root);

	/* There is no summary at the end: the last word is the builder's. */
	tells = s.run.summary && !build->dry_run;
	s.run.summary = false;
	if (rc == 0)
		rc = choose_form(&s);
	if (rc == 0 && tells)
		say_what_ships(&s);
	if (rc < 0)
		code = jet_run_finish(&s.run, rc);
	else if (build->dry_run)
		code = dry_run(&s);
	else
		code = s.is_dir ? build_directory(&s) : build_archive(&s);
	jet_arena_clear(&s.arena);
	return code;
}
