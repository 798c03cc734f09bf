/* SPDX-License-Identifier: Apache-2.0 */
/* What a Dockerfile needs: ok, needed, dirs, error class, line and path. */
#include "runner.h"

#include "disk_tree.h"

#include "base/buf.h"
#include "jettison.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char *const members[] = {
	"id", "group", "note", "tree", "dockerfile", "dockerfile_at", "target", "args", "platform",
	"named_contexts", "expected", "checked", "others", NULL,
};

static const char *const expected_members[] = {
	"ok", "needed", "dirs", "via", "symlinks", "unpacked", "transferred", "error_class", "error",
	"line", "path", "build_error", NULL,
};

/* ---- the case ----------------------------------------------------------- */

struct needed {
	json_t *files, *dirs;
};

static int walk(const char *root, const struct jet_walk_options *options, struct needed *found,
                struct jet_error *err)
{
	const struct jet_entry *e;
	struct jet_walk *w;
	int rc = jet_walk_open(root, options, &w, err);

	while (rc >= 0 && (rc = jet_walk_next(w, &e, err)) == 1)
		json_array_append_new(e->type == JET_TYPE_DIR ? found->dirs : found->files,
		                      json_stringn(e->path, e->path_len));
	jet_walk_close(w);
	return rc;
}

/* Everything that one case runs through, freed together. */
struct state {
	struct jet_buf text;
	struct jet_needs *needs;
	struct jet_ruleset *rs;
	struct jet_located located;
	struct jet_buf args; /* "K=V", each NUL-ended */
	const char **list;
};

static int read_dockerfile(const char *path, struct jet_buf *text)
{
	FILE *file = fopen(path, "rb");
	int c, bad = 0;

	if (!file)
		return -1;
	while ((c = getc(file)) != EOF)
		bad |= jet_buf_byte(text, (char)c);
	fclose(file);
	return bad;
}

static int put_args(struct state *s, json_t *args, struct jet_needs_options *options)
{
	const char *key;
	json_t *value;
	int bad = 0;

	json_object_foreach(args, key, value) {
		bad |= jet_buf_text(&s->args, key) | jet_buf_byte(&s->args, '=') |
		       jet_buf_append(&s->args, json_string_value(value), json_string_length(value)) |
		       jet_buf_byte(&s->args, '\0');
		options->nargs++;
	}
	s->list = calloc(options->nargs + 1, sizeof(*s->list));
	for (size_t i = 0, at = 0; !bad && s->list && i < options->nargs; i++) {
		s->list[i] = s->args.data + at;
		at += strlen(s->list[i]) + 1;
	}
	options->args = s->list;
	return bad || !s->list ? -1 : 0;
}

static int run(struct state *s, json_t *o, const char *root, const char *dockerfile,
               struct needed *found, struct jet_error *err)
{
	struct jet_walk_options walk_options = { .builder = JET_BUILDER_BUILDKIT };
	const char *platform = json_string_value(json_object_get(o, "platform"));
	struct jet_needs_options options = {
		.target = json_string_value(json_object_get(o, "target")),
		.platforms = &platform,
		.nplatforms = platform != NULL,
	};
	struct jet_error first_err;
	int rc;

	if (put_args(s, json_object_get(o, "args"), &options) < 0 ||
	    read_dockerfile(dockerfile, &s->text))
		return JET_E_NOMEM;
	rc = jet_locate(root, dockerfile, JET_BUILDER_BUILDKIT, &s->located, err);
	if (rc == 0 && s->located.ignore_file)
		rc = jet_ruleset_load(s->located.ignore_file, JET_BUILDER_BUILDKIT, &s->rs, err);
	walk_options.rs = s->rs;
	/* A builder looks at the Dockerfile before it reads the ignore file. */
	if (rc < 0) {
		int first = jet_needs_check(s->text.data ? s->text.data : "", s->text.len, &options,
		                            JET_BUILDER_BUILDKIT, &first_err);

		if (first < 0)
			*err = first_err;
		return first < 0 ? first : rc;
	}
	rc = jet_needs_open(root, s->text.data ? s->text.data : "", s->text.len, &options, &walk_options,
	                    &s->needs, err);
	if (rc < 0)
		return rc;
	jet_needs_apply(s->needs, &walk_options);
	return walk(root, &walk_options, found, err);
}

static void release(struct state *s)
{
	jet_needs_close(s->needs);
	jet_ruleset_free(s->rs);
	jet_located_clear(&s->located);
	jet_buf_clear(&s->text);
	jet_buf_clear(&s->args);
	free(s->list);
}

/* ---- comparison --------------------------------------------------------- */

static int by_text(const void *a, const void *b)
{
	return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* One line per list: paths hold no newline here, and order is not compared. */
static char *joined(json_t *list)
{
	const size_t n = json_array_size(list);
	const char **texts = calloc(n + 1, sizeof(*texts));
	struct jet_buf out = { 0 };

	for (size_t i = 0; texts && i < n; i++)
		texts[i] = json_string_value(json_array_get(list, i));
	if (texts && n)
		qsort(texts, n, sizeof(*texts), by_text);
	for (size_t i = 0; texts && i < n; i++) {
		jet_buf_text(&out, texts[i]);
		jet_buf_byte(&out, ' ');
	}
	free(texts);
	jet_buf_byte(&out, '\0');
	return out.data;
}

static void compare(struct runner *run, const char *what, json_t *want, json_t *got)
{
	char *w = joined(want), *g = joined(got);

	if (strcmp(w, g) != 0)
		runner_fail(run, "%s: %s, not %s", what, g, w);
	free(w);
	free(g);
}

static void check_error(struct runner *run, json_t *expected, int rc, const struct jet_error *err)
{
	const char *class = json_string_value(json_object_get(expected, "error_class"));
	const char *path = json_string_value(json_object_get(expected, "path"));
	const json_int_t line = json_integer_value(json_object_get(expected, "line"));

	/* The vectors' lines are those of the Dockerfile, not of the ignore file. */
	const json_int_t got = strcmp(err->file, "Dockerfile") == 0 ? err->line : 0;

	if (rc >= 0)
		runner_fail(run, "does not fail: expected %s", class);
	else if (strcmp(class, jet_error_class(rc)) != 0 || got != line ||
	    (path && strcmp(path, err->path) != 0))
		runner_fail(run, "%s, line %u, path %s (%s), not %s, line %d, path %s", jet_error_class(rc),
		            (unsigned)err->line, err->path, err->message, class, (int)line,
		            path ? path : "none");
}

static void check(struct runner *run_state, json_t *o, const char *root, const char *dockerfile)
{
	json_t *expected = json_object_get(o, "expected");
	struct needed found = { json_array(), json_array() };
	struct jet_error err = { 0 };
	struct state s = { 0 };
	int rc = run(&s, o, root, dockerfile, &found, &err);

	if (!json_is_true(json_object_get(expected, "ok"))) {
		check_error(run_state, expected, rc, &err);
	} else if (rc < 0) {
		runner_fail(run_state, "fails: %s, line %u: %s", jet_error_class(rc),
		            (unsigned)err.line, err.message);
	} else {
		compare(run_state, "needed", json_object_get(expected, "needed"), found.files);
		compare(run_state, "dirs", json_object_get(expected, "dirs"), found.dirs);
	}
	release(&s);
	json_decref(found.files);
	json_decref(found.dirs);
}

int vectors_needs(void *ctx, json_t *o)
{
	struct runner *run_state = ctx;
	const char *at = json_string_value(json_object_get(o, "dockerfile_at"));
	char dockerfile[4096];
	const char *odd;
	char *root = NULL;

	runner_begin(run_state, o);
	if (!vector_has_only(o, members, &odd) ||
	    !vector_has_only(json_object_get(o, "expected"), expected_members, &odd))
		runner_fail(run_state, "unknown member \"%s\"", odd);
	else if (!at || !(root = disk_tree_make_needs(json_object_get(o, "tree"), at,
	                                              json_object_get(o, "dockerfile"))))
		runner_fail(run_state, "the tree cannot be made");
	if (root) {
		snprintf(dockerfile, sizeof(dockerfile), "%s/%s", root, at);
		check(run_state, o, root, dockerfile);
	}
	disk_tree_remove(root);
	return runner_end(run_state);
}
