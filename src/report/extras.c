/* SPDX-License-Identifier: Apache-2.0 */
#include "base/error.h"
#include "context/store.h"
#include "match/dialect.h"
#include "report/extras_private.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

int jet_extras_rule(struct jet_buf *rules, const char *path)
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

static int put_file(const struct jet_extras *extras, const struct jet_sink *sink,
                    const char *entry, const char *path, const char *what, struct jet_error *err)
{
	struct jet_buf data = { 0 };
	int rc = jet_store_load(extras->walk->archive, path, what, JET_EXTRAS_MAX, &data, err);

	if (rc == 0)
		rc = sink->text(sink->self, entry, strlen(entry), data.data ? data.data : "", data.len, err);
	jet_buf_clear(&data);
	return rc;
}

int jet_extras_ships(struct jet_explainer *ex, const char *path, bool *yes, struct jet_error *err)
{
	struct jet_explanation x;
	int rc = jet_explain(ex, path, &x, err);

	*yes = rc == 0 && (x.fate == JET_FATE_SHIPPED || x.reason == JET_REASON_IMPLIED);
	return rc;
}

/* ---- rules that the builder does not apply ------------------------------ */

int jet_extras_hide(const struct jet_sink *sink, const char *dockerfile, struct jet_error *err)
{
	static const char name[] = ".dockerignore";
	struct jet_buf rules = { 0 };
	int rc;

	if (jet_extras_rule(&rules, dockerfile) < 0 || jet_extras_rule(&rules, name) < 0)
		rc = jet_fail_nomem(err);
	else
		rc = sink->text(sink->self, name, sizeof(name) - 1, rules.data, rules.len, err);
	jet_buf_clear(&rules);
	return rc;
}

/* Where the ignore file ships, its own rules hide the Dockerfile already, if they are
 * these. */
static int hide(const struct jet_extras *extras, const struct jet_sink *sink,
                struct jet_explainer *ex, const char *dockerfile, enum jet_extras_made *made,
                struct jet_error *err)
{
	bool yes;
	int rc = jet_extras_ships(ex, ".dockerignore", &yes, err);

	if (rc < 0)
		return rc;
	if (!yes)
		return jet_extras_hide(sink, dockerfile, err);
	*made = extras->own_rules ? JET_EXTRAS_VISIBLE : JET_EXTRAS_DONE;
	return 0;
}

/* ---- rules that the builder applies once more --------------------------- */

/* Name number @index in the order in which the builder looks; empty behind the last.
 * Beside the Dockerfile only where that is in the context. */
static int candidate(const struct jet_extras *extras, const struct jet_dialect *dialect,
                     size_t index, struct jet_buf *name)
{
	const char *dockerfile = extras->located->dockerfile_entry;
	size_t beside = 0;
	int bad = 0;

	while (dockerfile && beside < JET_DIALECT_NAMES && dialect->beside[beside])
		beside++;
	name->len = 0;
	if (index < beside)
		bad = jet_buf_text(name, dockerfile) | jet_buf_text(name, dialect->beside[index]);
	else if (index - beside < JET_DIALECT_NAMES && dialect->ignore_files[index - beside])
		bad = jet_buf_text(name, dialect->ignore_files[index - beside]);
	return bad ? bad : jet_buf_terminate(name);
}

/* Would the builder find one among what ships?  Its first name is left in @name, and
 * whether that one ships in @first. */
static int finds_one(const struct jet_extras *extras, struct jet_explainer *ex,
                     const struct jet_dialect *dialect, struct jet_buf *name, bool *any,
                     bool *first, struct jet_error *err)
{
	int rc = 0;

	*any = *first = false;
	for (size_t i = 0; rc == 0; i++) {
		bool yes;

		if (candidate(extras, dialect, i, name) < 0)
			return jet_fail_nomem(err);
		if (!name->len)
			break;
		rc = jet_extras_ships(ex, name->data, &yes, err);
		*any = *any || yes;
		*first = *first || (yes && i == 0);
	}
	if (rc == 0 && candidate(extras, dialect, 0, name) < 0)
		rc = jet_fail_nomem(err);
	return rc;
}

/* What a pipe had in it can be read only once. */
static int rules_text(const struct jet_extras *extras, struct jet_buf *rules, struct jet_error *err)
{
	if (!extras->walk->rs)
		return 0;
	if (!extras->own_rules)
		return jet_store_load(extras->walk->archive, extras->located->ignore_file,
		                      "the ignore file", JET_EXTRAS_MAX, rules, err);
	return jet_buf_append(rules, extras->own_rules, extras->own_rules_len) < 0 ? jet_fail_nomem(err)
	                                                                           : 0;
}

int jet_extras_put_rules(const struct jet_extras *extras, const struct jet_sink *sink,
                         const char *name, const char *dockerfile, struct jet_error *err)
{
	struct jet_buf rules = { 0 };
	int rc = rules_text(extras, &rules, err);

	if (rc == 0 && rules.len && rules.data[rules.len - 1] != '\n' && jet_buf_byte(&rules, '\n') < 0)
		rc = jet_fail_nomem(err);
	if (rc == 0 && dockerfile && jet_extras_rule(&rules, dockerfile) < 0)
		rc = jet_fail_nomem(err);
	if (rc == 0 && jet_extras_rule(&rules, name) < 0)
		rc = jet_fail_nomem(err);
	if (rc == 0)
		rc = sink->text(sink->self, name, strlen(name), rules.data, rules.len, err);
	jet_buf_clear(&rules);
	return rc;
}

/* Rules from elsewhere go where the builder looks first.  Nothing has to be said where
 * there is nothing to hide and the builder would find no rules at all. */
static int put_own_rules(const struct jet_extras *extras, const struct jet_sink *sink,
                         struct jet_explainer *ex, const struct jet_dialect *dialect,
                         enum jet_fate dockerfile, enum jet_extras_made *made,
                         struct jet_error *err)
{
	struct jet_buf name = { 0 };
	bool any, first;
	int rc = finds_one(extras, ex, dialect, &name, &any, &first, err);

	if (rc == 0 && first)
		*made = JET_EXTRAS_RULES;
	else if (rc == 0 && (any || dockerfile == JET_FATE_LEFT_OUT))
		rc = jet_extras_put_rules(extras, sink, name.data, NULL, err);
	jet_buf_clear(&name);
	return rc;
}

static bool is_link(const struct jet_archive *archive, const char *path)
{
	struct jet_os_stat in_archive;
	struct stat st;

	if (archive)
		return jet_archive_look(archive, path, false, &in_archive) == 0 &&
		       in_archive.type == JET_TYPE_SYMLINK;
	return lstat(path, &st) == 0 && S_ISLNK(st.st_mode);
}

/* The ignore file ships: can it be read there?  A link leads to what need not ship. */
static int is_whole(const struct jet_extras *extras, struct jet_explainer *ex, bool *yes,
                    struct jet_error *err)
{
	const char *path = extras->located->ignore_file;
	char *root, *target;
	size_t len;
	int rc = 0;

	*yes = !is_link(extras->walk->archive, path);
	if (*yes)
		return 0;
	root = jet_store_realpath(extras->walk->archive, extras->root);
	target = jet_store_realpath(extras->walk->archive, path);
	/* "/" ends in one already. */
	len = root && strcmp(root, "/") != 0 ? strlen(root) : 0;
	if (root && target && strncmp(root, target, len) == 0 && target[len] == '/')
		rc = jet_extras_ships(ex, target + len + 1, yes, err);
	free(root);
	free(target);
	return rc;
}

/* The file whose rules these are: where they leave it out it is added, and they hide
 * it, the Dockerfile and their parents once more. */
static int put_rules(const struct jet_extras *extras, const struct jet_sink *sink,
                     struct jet_explainer *ex, const struct jet_dialect *dialect,
                     enum jet_fate dockerfile, enum jet_extras_made *made, struct jet_error *err)
{
	const char *entry = extras->located->ignore_entry;
	bool yes, whole = true;
	int rc;

	/* Beside a Dockerfile that is not in the context either: found there again. */
	if (!entry)
		return 0;
	rc = jet_extras_ships(ex, entry, &yes, err);
	if (rc == 0 && yes)
		rc = is_whole(extras, ex, &whole, err);
	if (rc == 0 && !whole)
		return put_own_rules(extras, sink, ex, dialect, dockerfile, made, err);
	if (rc == 0 && !yes)
		rc = put_file(extras, sink, entry, extras->located->ignore_file, "the ignore file", err);
	return rc;
}

/* ---- both --------------------------------------------------------------- */

/* @fate: set to that of the Dockerfile. */
static int put_dockerfile(const struct jet_extras *extras, const struct jet_sink *sink,
                          struct jet_explainer *ex, const char *entry, enum jet_fate *fate,
                          struct jet_error *err)
{
	struct jet_explanation x;
	int rc = jet_explain(ex, entry, &x, err);

	*fate = x.fate;
	if (rc == 0 && x.fate != JET_FATE_SHIPPED)
		rc = put_file(extras, sink, entry, extras->located->dockerfile, "the Dockerfile", err);
	return rc;
}

static int add(const struct jet_extras *extras, const struct jet_sink *sink,
               struct jet_explainer *ex, enum jet_extras_made *made, struct jet_error *err)
{
	const struct jet_located *located = extras->located;
	const struct jet_dialect *dialect = jet_dialect_of(extras->walk->builder);
	/* Where it is a link, a builder asks for the link. */
	const char *dockerfile = located->dockerfile_name ? located->dockerfile_name
	                                                  : located->dockerfile_entry;
	enum jet_fate fate = JET_FATE_SHIPPED;
	bool seen;
	int rc = 0;

	*made = JET_EXTRAS_DONE;
	if (dockerfile)
		rc = put_dockerfile(extras, sink, ex, dockerfile, &fate, err);
	if (rc < 0 || !extras->walk->rs)
		return rc;
	if (extras->is_dir || (dialect->applies_to_tar && dockerfile))
		return extras->own_rules ? put_own_rules(extras, sink, ex, dialect, fate, made, err)
		                         : put_rules(extras, sink, ex, dialect, fate, made, err);
	/* What nothing copies need not be hidden. */
	if (fate == JET_FATE_SHIPPED || fate == JET_FATE_NOT_NEEDED)
		return 0;
	rc = jet_extras_is_seen(extras->needs, dockerfile, &seen, err);
	if (rc < 0 || !seen)
		return rc;
	if (!dialect->metadata_limits)
		return hide(extras, sink, ex, dockerfile, made, err);
	*made = JET_EXTRAS_VISIBLE;
	return 0;
}

int jet_extras_add(const struct jet_extras *extras, const struct jet_sink *sink,
                   enum jet_extras_made *made, struct jet_error *err)
{
	struct jet_explainer *ex;
	int rc = jet_explainer_open(extras->root, extras->walk, &ex, err);

	if (rc == 0)
		rc = add(extras, sink, ex, made, err);
	jet_explainer_close(ex);
	return rc;
}
