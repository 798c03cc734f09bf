/* SPDX-License-Identifier: Apache-2.0 */
#include "report/dockerfile_tar.h"

#include "base/buf.h"
#include "base/file.h"
#include "base/error.h"
#include "match/dialect.h"
#include "report/explain.h"

#include <string.h>
#include <unistd.h>

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
	int fd = jet_file_open(path, what, err), rc = fd;

	if (fd >= 0) {
		rc = jet_file_read(fd, path, what, MAX_BYTES, &data, err);
		close(fd);
	}
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

static int add(struct jet_tar *tar, struct jet_explainer *ex,
               const struct jet_walk_options *options, const struct jet_located *located,
               enum jet_dockerfile_tar *made, struct jet_error *err)
{
	const struct jet_dialect *dialect = jet_dialect_of(options->builder);
	const bool again = dialect->applies_to_tar && options->rs && options->ignore_file;
	/* Where it is a link, a builder asks for the link. */
	const char *entry = located->dockerfile_name ? located->dockerfile_name : options->dockerfile;
	struct jet_explanation x;
	int rc = jet_explain(ex, entry, &x, err);

	*made = JET_DOCKERFILE_SHIPS;
	if (rc == 0 && x.fate != JET_FATE_SHIPPED) {
		/* What nothing copies need not be hidden. */
		*made = x.fate == JET_FATE_NOT_NEEDED ? JET_DOCKERFILE_SHIPS
		        : dialect->metadata_limits    ? JET_DOCKERFILE_VISIBLE
		                                      : JET_DOCKERFILE_HIDDEN;
		rc = add_file(tar, entry, located->dockerfile, "the Dockerfile", err);
	}
	if (rc == 0 && again)
		return add_rules(tar, ex, options->ignore_file, located->ignore_file, err);
	if (rc == 0 && *made == JET_DOCKERFILE_HIDDEN)
		return hide(tar, ex, entry, err);
	return rc;
}

int jet_dockerfile_tar(struct jet_tar *tar, const char *root,
                       const struct jet_walk_options *options, const struct jet_located *located,
                       enum jet_dockerfile_tar *made, struct jet_error *err)
{
	struct jet_explainer *ex;
	int rc = jet_explainer_open(root, options, &ex, err);

	if (rc == 0)
		rc = add(tar, ex, options, located, made, err);
	jet_explainer_close(ex);
	return rc;
}
