/* SPDX-License-Identifier: Apache-2.0 */
#include "base/error.h"
#include "context/guide.h"
#include "context/needs.h"
#include "match/dialect.h"
#include "match/glob.h"
#include "report/extras_private.h"

#include <string.h>

/* The name that is looked for, and one that nobody else uses. */
static const char *const names[] = { "Dockerfile", "Dockerfile.jettison" };

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
	int rc = jet_extras_ships(ex, name, taken, err);

	/* What it looks for first. */
	for (int i = 0; rc == 0 && !*taken && name == names[0] && i < JET_DIALECT_NAMES; i++) {
		if (!dialect->dockerfiles[i] || strcmp(dialect->dockerfiles[i], name) == 0)
			break;
		rc = jet_extras_ships(ex, dialect->dockerfiles[i], taken, err);
	}
	if (rc == 0 && !*taken && dialect->applies_to_tar)
		rc = rules_name(dialect, name, &beside) < 0 ? jet_fail_nomem(err)
		                                            : jet_extras_ships(ex, beside.data, taken, err);
	jet_buf_clear(&beside);
	return rc;
}

/* A wildcard that was looked up without it would find it in the tar. */
static bool matches(const struct jet_needs *needs, struct jet_str name)
{
	for (size_t p = 0; p < needs->nplatforms; p++) {
		const struct jet_sources *s = needs->platforms[p].sources;

		for (size_t i = 0; i < s->n; i++) {
			if (!s->list[i].context && s->list[i].kind != JET_SOURCE_BIND &&
			    jet_glob_match(s->list[i].path, name))
				return true;
		}
	}
	return false;
}

/* Would an instruction read a file of that name in the root? */
static int is_read(const struct jet_needs *needs, const char *name, bool *read,
                   struct jet_error *err)
{
	const struct jet_str text = { name, strlen(name) };
	struct jet_guidance g = { 0 };
	struct jet_guide *guide;
	int rc;

	*read = true;
	if (!needs || matches(needs, text))
		return 0;
	if (jet_guide_open(needs->plan, &guide) < 0)
		return jet_fail_nomem(err);
	rc = jet_guide_ask(guide, name, text.len, &g);
	*read = g.by != 0;
	jet_guide_close(guide);
	return rc < 0 ? jet_fail_nomem(err) : 0;
}

/* buildah takes this ignore file before any other: the rules once more, and then what
 * hides the two files. */
static int add_own_rules(const struct jet_extras *extras, const struct jet_sink *sink,
                         const struct jet_dialect *dialect, const char *name,
                         struct jet_error *err)
{
	struct jet_buf beside = { 0 };
	int rc = rules_name(dialect, name, &beside);

	rc = rc < 0 ? jet_fail_nomem(err)
	            : jet_extras_put_rules(extras, sink, beside.data, name, err);
	jet_buf_clear(&beside);
	return rc;
}

/* The classic daemon hides what an ignore file in the tar leaves out. */
static int hide_own(const struct jet_sink *sink, struct jet_explainer *ex, const char *name,
                    enum jet_extras_made *made, struct jet_error *err)
{
	struct jet_explanation x;
	bool has_rules;
	int rc = jet_extras_ships(ex, ".dockerignore", &has_rules, err);

	*made = JET_EXTRAS_DONE;
	if (rc == 0 && !has_rules)
		return jet_extras_hide(sink, name, err);
	if (rc == 0)
		rc = jet_explain(ex, name, &x, err);
	if (rc == 0 && x.verdict.answer == JET_KEPT)
		*made = JET_EXTRAS_VISIBLE;
	return rc;
}

/* The first name that is free. */
static int choose(struct jet_explainer *ex, const struct jet_dialect *dialect, const char **name,
                  struct jet_error *err)
{
	const size_t n = sizeof(names) / sizeof(names[0]);

	for (size_t i = 0; i < n; i++) {
		bool taken;
		int rc = is_taken(ex, dialect, names[i], &taken, err);

		if (rc < 0)
			return rc;
		*name = names[i];
		if (!taken)
			return 0;
	}
	return jet_fail(err, JET_E_ARG, NULL, "the context ships %s and %s, so there is no name for "
	                "this Dockerfile in the archive", names[0], names[1]);
}

static int add(const struct jet_extras *extras, const struct jet_extras_outside *d,
               const struct jet_sink *sink, struct jet_explainer *ex, enum jet_extras_made *made,
               const char **name, struct jet_error *err)
{
	const struct jet_dialect *dialect = jet_dialect_of(extras->walk->builder);
	const bool filtered = dialect->applies_to_tar && extras->walk->rs;
	bool read = false;
	int rc = choose(ex, dialect, name, err);

	*made = JET_EXTRAS_DONE;
	if (rc == 0)
		rc = is_read(d->needs, *name, &read, err);
	if (rc == 0)
		rc = sink->text(sink->self, *name, strlen(*name), d->text ? d->text : "", d->len, err);
	if (rc < 0 || (!read && !filtered))
		return rc;
	if (dialect->applies_to_tar)
		return add_own_rules(extras, sink, dialect, *name, err);
	*made = JET_EXTRAS_VISIBLE;
	return dialect->metadata_limits ? 0 : hide_own(sink, ex, *name, made, err);
}

int jet_extras_add_outside(const struct jet_extras *extras, const struct jet_extras_outside *d,
                           const struct jet_sink *sink, enum jet_extras_made *made,
                           const char **name, struct jet_error *err)
{
	struct jet_explainer *ex;
	int rc = jet_explainer_open(extras->root, extras->walk, &ex, err);

	if (rc == 0)
		rc = add(extras, d, sink, ex, made, name, err);
	jet_explainer_close(ex);
	return rc;
}
