/* SPDX-License-Identifier: Apache-2.0 */
#include "report/dockerfile_tar.h"

#include "base/buf.h"
#include "base/error.h"
#include "match/dialect.h"
#include "report/explain.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* Larger ones are no Dockerfiles, and no ignore files that anybody wrote. */
enum { MAX_BYTES = 16 << 20, BLOCK = 64 * 1024 };

static int read_file(const char *path, struct jet_buf *data, struct jet_error *err)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
	struct stat st;
	ssize_t n = 1;

	if (fd < 0)
		return jet_fail_errno(err, JET_E_IO, errno, path, "cannot read");
	if (fstat(fd, &st) < 0 || !S_ISREG(st.st_mode)) {
		close(fd);
		return jet_fail(err, JET_E_IO, path, "no regular file");
	}
	while (n && data->len <= MAX_BYTES) {
		if (jet_buf_reserve(data, BLOCK) < 0) {
			close(fd);
			return jet_fail_nomem(err);
		}
		n = read(fd, data->data + data->len, BLOCK);
		if (n < 0 && errno != EINTR)
			break;
		data->len += n > 0 ? (size_t)n : 0;
	}
	close(fd);
	if (n < 0)
		return jet_fail_errno(err, JET_E_IO, errno, path, "cannot read");
	if (data->len > MAX_BYTES)
		return jet_fail(err, JET_E_IO, path, "more than 16 MiB: no Dockerfile or ignore file");
	return 0;
}

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

static int add_file(struct jet_tar *tar, const char *entry, const char *path,
                    struct jet_error *err)
{
	struct jet_buf data = { 0 };
	int rc = read_file(path, &data, err);

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
	return add_file(tar, entry, path, err);
}

static int add(struct jet_tar *tar, struct jet_explainer *ex,
               const struct jet_walk_options *options, const struct jet_located *located,
               enum jet_dockerfile_tar *made, struct jet_error *err)
{
	const struct jet_dialect *dialect = jet_dialect_of(options->builder);
	const bool again = dialect->applies_to_tar && options->rs && options->ignore_file;
	const char *entry = options->dockerfile;
	struct jet_explanation x;
	int rc = jet_explain(ex, entry, &x, err);

	*made = JET_DOCKERFILE_SHIPS;
	if (rc == 0 && x.fate != JET_FATE_SHIPPED) {
		*made = dialect->metadata_limits ? JET_DOCKERFILE_VISIBLE : JET_DOCKERFILE_HIDDEN;
		rc = add_file(tar, entry, located->dockerfile, err);
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
