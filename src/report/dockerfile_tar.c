/* SPDX-License-Identifier: Apache-2.0 */
#include "report/dockerfile_tar.h"

#include "base/buf.h"
#include "base/file.h"
#include "base/error.h"
#include "context/guide.h"
#include "context/needs.h"
#include "match/dialect.h"
#include "match/glob.h"
#include "report/explain.h"

#include <string.h>

/* Larger ones are no Dockerfiles, and no ignore files that anybody wrote. */
enum { MAX_BYTES = 16 << 20 };

/* A rule that matches @path and nothing else, in every dialect. */
static int put_rule(struct jet_buf *rules, const char *path)
{
	for (const char *c = path; *c; c++) {
		const bool first = c == path && (*c == '!' || *c == '#');

		if ((first || strchr("*?[]\\{}|^+()", *c)) && jet_buf_byte(rules, '\\') < 0)
			return -1;
		if (jet_buf_byte(rules, *c) < 0)
			return -1;
	}
	return jet_buf_byte(rules, '\n');
}

/* Where both files are left out, an ignore file that says just that.  Where the
 * ignore file ships, its own rules hide the Dockerfile already. */
static int hide(struct jet_tar *tar, struct jet_explainer *ex, const char *dockerfile,
                struct jet_error *err)
{
	static const char name[] = ".dockerignore";
	struct jet_buf rules = { 0 };
	struct jet_explanation x;
	int rc = jet_explain(ex, name, &x, err);

	if (rc < 0 || x.fate == JET_FATE_SHIPPED)
		return rc;
	if (put_rule(&rules, dockerfile) < 0 || put_rule(&rules, name) < 0)
		rc = JET_E_NOMEM;
	else
		rc = jet_tar_text(tar, name, sizeof(name) - 1, rules.data, rules.len);
	jet_buf_clear(&rules);
	return rc;
}

static int add_file(struct jet_tar *tar, const char *entry, const char *path, const char *what,
                    struct jet_error *err)
{
	struct jet_buf data = { 0 };
	int rc = jet_file_load(path, JET_FILE_FOUND, what, MAX_BYTES, &data, err);

	if (rc == 0)
		rc = jet_tar_text(tar, entry, strlen(entry), data.data ? data.data : "", data.len);
	jet_buf_clear(&data);
	return rc;
}

/* buildah filters a tar again, by the first name of its search order that is in
 * there.  That has to be the file whose rules these are: where they leave it out
 * it is added, and they hide it, the Dockerfile and their parents once more. */
static int add_rules(struct jet_tar *tar, struct jet_explainer *ex, const char *entry,
                     const char *path, struct jet_error *err)
{
	struct jet_explanation x;
	int rc = jet_explain(ex, entry, &x, err);

	if (rc < 0 || x.fate == JET_FATE_SHIPPED)
		return rc;
	return add_file(tar, entry, path, "the ignore file", err);
}

/* ---- who would see it --------------------------------------------------- */

static size_t first_component(struct jet_str s)
{
	const char *slash = s.len ? memchr(s.data, '/', s.len) : NULL;

	return slash ? (size_t)(slash - s.data) : s.len;
}

/* A wildcard that was looked up without it would find it in the tar, or a directory
 * that is there only for its sake. */
static bool matches(const struct jet_source *s, struct jet_str name)
{
	const struct jet_str first = { s->path.data, first_component(s->path) };

	if (s->context || s->kind == JET_SOURCE_BIND)
		return false;
	/* What flags leave of a directory was found without it, too. */
	if ((s->parents || s->nexcludes) &&
	    (!first.len || jet_glob_match(first, (struct jet_str){ name.data, first_component(name) })))
		return true;
	for (size_t i = 1; i <= name.len; i++) {
		if ((i == name.len || name.data[i] == '/') &&
		    jet_glob_match(s->path, (struct jet_str){ name.data, i }))
			return true;
	}
	return false;
}

static bool any_matches(const struct jet_needs *needs, struct jet_str name)
{
	for (size_t p = 0; p < needs->nplatforms; p++) {
		const struct jet_sources *s = needs->platforms[p].sources;

		for (size_t i = 0; i < s->n; i++) {
			if (matches(&s->list[i], name))
				return true;
		}
	}
	return false;
}

/* Would an instruction read a file of that name?  Without needs all of them might. */
static int is_read(const struct jet_needs *needs, const char *name, bool *read,
                   struct jet_error *err)
{
	const struct jet_str text = { name, strlen(name) };
	struct jet_guidance g = { 0 };
	struct jet_guide *guide;
	int rc;

	*read = true;
	if (!needs || any_matches(needs, text))
		return 0;
	if (jet_guide_open(needs->plan, &guide) < 0)
		return jet_fail_nomem(err);
	rc = jet_guide_ask(guide, name, text.len, &g);
	*read = g.by != 0;
	jet_guide_close(guide);
	return rc < 0 ? jet_fail_nomem(err) : 0;
}

/* ---- a Dockerfile of the context ---------------------------------------- */

static int add(struct jet_tar *tar, struct jet_explainer *ex,
               const struct jet_walk_options *options, const struct jet_needs *needs,
               const struct jet_located *located, enum jet_dockerfile_tar *made,
               struct jet_error *err)
{
	const struct jet_dialect *dialect = jet_dialect_of(options->builder);
	const bool again = dialect->applies_to_tar && options->rs && options->ignore_file;
	/* Where it is a link, a builder asks for the link. */
	const char *entry = located->dockerfile_name ? located->dockerfile_name : options->dockerfile;
	struct jet_explanation x;
	bool read = false;
	int rc = jet_explain(ex, entry, &x, err);

	*made = JET_DOCKERFILE_SHIPS;
	if (rc == 0 && x.fate != JET_FATE_SHIPPED) {
		/* What nothing copies need not be hidden. */
		if (x.fate != JET_FATE_NOT_NEEDED)
			rc = is_read(needs, entry, &read, err);
		if (read)
			*made = dialect->metadata_limits ? JET_DOCKERFILE_VISIBLE : JET_DOCKERFILE_HIDDEN;
		if (rc == 0)
			rc = add_file(tar, entry, located->dockerfile, "the Dockerfile", err);
	}
	if (rc == 0 && again)
		return add_rules(tar, ex, options->ignore_file, located->ignore_file, err);
	if (rc == 0 && *made == JET_DOCKERFILE_HIDDEN)
		return hide(tar, ex, entry, err);
	return rc;
}

int jet_dockerfile_tar(struct jet_tar *tar, const char *root,
                       const struct jet_walk_options *options, const struct jet_needs *needs,
                       const struct jet_located *located, enum jet_dockerfile_tar *made,
                       struct jet_error *err)
{
	struct jet_explainer *ex;
	int rc = jet_explainer_open(root, options, &ex, err);

	if (rc == 0)
		rc = add(tar, ex, options, needs, located, made, err);
	jet_explainer_close(ex);
	return rc;
}

/* ---- a Dockerfile from elsewhere ---------------------------------------- */

/* The name that is looked for, and one that nobody else uses. */
static const char *const names[] = { "Dockerfile", "Dockerfile.jettison" };

/* Is there such a name among the entries, if only as a directory on the way? */
static int ships(struct jet_explainer *ex, const char *name, bool *answer, struct jet_error *err)
{
	struct jet_explanation x;
	int rc = jet_explain(ex, name, &x, err);

	*answer = rc == 0 && (x.fate == JET_FATE_SHIPPED || x.reason == JET_REASON_IMPLIED);
	return rc;
}

static int rules_name(const struct jet_dialect *dialect, const char *name, struct jet_buf *out)
{
	out->len = 0;
	return jet_buf_text(out, name) | jet_buf_text(out, dialect->beside[0]) | jet_buf_terminate(out);
}

/* Would a builder take another file than ours under this name? */
static int is_taken(struct jet_explainer *ex, const struct jet_dialect *dialect, const char *name,
                    bool *taken, struct jet_error *err)
{
	struct jet_buf beside = { 0 };
	int rc = ships(ex, name, taken, err);

	/* What it looks for first. */
	for (int i = 0; rc == 0 && !*taken && name == names[0] && i < JET_DIALECT_NAMES; i++) {
		if (!dialect->dockerfiles[i] || strcmp(dialect->dockerfiles[i], name) == 0)
			break;
		rc = ships(ex, dialect->dockerfiles[i], taken, err);
	}
	if (rc == 0 && !*taken && dialect->applies_to_tar)
		rc = rules_name(dialect, name, &beside) < 0 ? jet_fail_nomem(err)
		                                            : ships(ex, beside.data, taken, err);
	jet_buf_clear(&beside);
	return rc;
}

/* buildah takes this ignore file before any other: the rules once more, and then what
 * hides the two files. */
static int add_own_rules(struct jet_tar *tar, const struct jet_dialect *dialect, const char *name,
                         const struct jet_dockerfile_outside *d, struct jet_error *err)
{
	struct jet_buf rules = { 0 }, beside = { 0 };
	int rc = 0;

	if (d->rules)
		rc = jet_buf_append(&rules, d->rules, d->rules_len) < 0 ? jet_fail_nomem(err) : 0;
	else if (d->options->rs && d->ignore_file)
		rc = jet_file_load(d->ignore_file, JET_FILE_FOUND, "the ignore file", MAX_BYTES, &rules, err);
	if (rc == 0 && rules.len && rules.data[rules.len - 1] != '\n' && jet_buf_byte(&rules, '\n') < 0)
		rc = jet_fail_nomem(err);
	if (rc < 0 || put_rule(&rules, name) < 0 ||
	    rules_name(dialect, name, &beside) < 0 || put_rule(&rules, beside.data) < 0)
		rc = rc < 0 ? rc : jet_fail_nomem(err);
	else
		rc = jet_tar_text(tar, beside.data, beside.len, rules.data, rules.len);
	jet_buf_clear(&rules);
	jet_buf_clear(&beside);
	return rc;
}

/* The classic daemon hides what an ignore file in the tar leaves out. */
static int hide_own(struct jet_tar *tar, struct jet_explainer *ex, const char *name,
                    enum jet_dockerfile_tar *made, struct jet_error *err)
{
	struct jet_explanation x;
	bool has_rules;
	int rc = ships(ex, ".dockerignore", &has_rules, err);

	*made = JET_DOCKERFILE_HIDDEN;
	if (rc == 0 && !has_rules)
		return hide(tar, ex, name, err);
	if (rc == 0)
		rc = jet_explain(ex, name, &x, err);
	if (rc == 0 && x.verdict.answer == JET_KEPT)
		*made = JET_DOCKERFILE_VISIBLE;
	return rc;
}

static int add_outside(struct jet_tar *tar, struct jet_explainer *ex,
                       const struct jet_dockerfile_outside *d, enum jet_dockerfile_tar *made,
                       const char **name, struct jet_error *err)
{
	const struct jet_dialect *dialect = jet_dialect_of(d->options->builder);
	const size_t n = sizeof(names) / sizeof(names[0]);
	bool taken = true, read = false;
	size_t i;
	int rc = 0;

	for (i = 0; rc == 0 && i < n; i++) {
		rc = is_taken(ex, dialect, names[i], &taken, err);
		if (!taken)
			break;
	}
	if (rc < 0)
		return rc;
	if (taken)
		return jet_fail(err, JET_E_ARG, NULL, "the context ships %s and %s, so there is no name for "
		                "this Dockerfile in the archive", names[0], names[1]);
	*name = names[i];
	*made = JET_DOCKERFILE_SHIPS;
	rc = is_read(d->needs, *name, &read, err);
	if (rc == 0)
		rc = jet_tar_text(tar, *name, strlen(*name), d->text ? d->text : "", d->len);
	if (rc < 0 || (!read && !(dialect->applies_to_tar && d->options->rs)))
		return rc;
	if (dialect->applies_to_tar) {
		*made = read ? JET_DOCKERFILE_HIDDEN : JET_DOCKERFILE_SHIPS;
		return add_own_rules(tar, dialect, *name, d, err);
	}
	*made = JET_DOCKERFILE_VISIBLE;
	return dialect->metadata_limits ? 0 : hide_own(tar, ex, *name, made, err);
}

int jet_dockerfile_tar_outside(struct jet_tar *tar, const struct jet_dockerfile_outside *d,
                               enum jet_dockerfile_tar *made, const char **name,
                               struct jet_error *err)
{
	struct jet_explainer *ex;
	int rc = jet_explainer_open(d->root, d->options, &ex, err);

	if (rc == 0)
		rc = add_outside(tar, ex, d, made, name, err);
	jet_explainer_close(ex);
	return rc;
}
