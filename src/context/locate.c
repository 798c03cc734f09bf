/* SPDX-License-Identifier: Apache-2.0 */
/* Which Dockerfile, and which ignore file.  The names are in the
 * dialect; here is what they have in common. */
#include "base/error.h"
#include "base/path.h"
#include "base/str.h"
#include "context/resolve.h"
#include "match/dialect.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

struct search {
	const struct jet_archive *archive; /* NULL: on disk */
	const char *root;
	const struct jet_dialect *dialect;
	bool given; /* the Dockerfile was named */
	struct jet_located *out;
	struct jet_error *err;
};

/* What messages show too: no "./" in front where it says nothing. */
static char *join(const char *dir, const char *name)
{
	return strcmp(dir, ".") == 0 ? strdup(name) : jet_concat(dir, "/", name);
}

/* The directory that @path is in. */
static char *directory_of(const char *path)
{
	const char *slash = strrchr(path, '/');

	if (!slash)
		return strdup(".");
	return slash == path ? strdup("/") : strndup(path, (size_t)(slash - path));
}

/* @path below the context, with all links resolved, "" for the context itself;
 * NULL: it is outside, or there is no such file. */
static char *entry_of(const struct search *s, const char *path)
{
	char *real = jet_store_realpath(s->archive, path);
	char *real_root = jet_store_realpath(s->archive, s->root);
	char *entry = NULL;

	if (real && real_root) {
		size_t n = strcmp(real_root, "/") == 0 ? 0 : strlen(real_root);

		if (strcmp(real, real_root) == 0)
			entry = strdup("");
		else if (strncmp(real, real_root, n) == 0 && real[n] == '/')
			entry = strdup(real + n + 1);
	}
	free(real);
	free(real_root);
	return entry;
}

/* @path below the context by the name it is asked for: only links to its directory
 * are resolved.  NULL as entry_of(). */
static char *name_of(const struct search *s, const char *path)
{
	const char *slash = strrchr(path, '/');
	const char *name = slash ? slash + 1 : path;
	char *dir = directory_of(path);
	char *parent = dir ? entry_of(s, dir) : NULL;
	char *entry = NULL;

	if (parent)
		entry = parent[0] ? join(parent, name) : strdup(name);

	free(dir);
	free(parent);
	return entry;
}

/* Is there anything of that name, if only a link? */
static bool is_there(const struct search *s, const char *path)
{
	struct jet_os_stat in_archive;
	struct stat st;

	return s->archive ? jet_archive_look(s->archive, path, false, &in_archive) == 0
	                  : lstat(path, &st) == 0;
}

/* ---- Dockerfile --------------------------------------------------------- */

static int find_dockerfile(struct search *s, const char *given)
{
	if (given) {
		if (strcmp(given, "-") == 0)
			return 0;
		s->out->dockerfile = strdup(given);
		return s->out->dockerfile ? 0 : jet_fail_nomem(s->err);
	}
	for (int i = 0; i < JET_DIALECT_NAMES && s->dialect->dockerfiles[i]; i++) {
		char *path = join(s->root, s->dialect->dockerfiles[i]);

		if (!path)
			return jet_fail_nomem(s->err);
		if (is_there(s, path)) {
			s->out->dockerfile = path;
			return 0;
		}
		free(path);
	}
	return 0;
}

/* ---- the ignore file ---------------------------------------------------- */

/* Where @name is a link to anywhere, as the classic client opens it. */
static int try_anywhere(struct search *s, const char *path)
{
	struct stat st;

	if (stat(path, &st) < 0)
		return errno == ENOENT ? 0
		                       : jet_fail_errno(s->err, JET_E_IO, errno, path,
		                                        "the builder cannot read the ignore file");
	s->out->ignore_file = strdup(path);
	return s->out->ignore_file ? 1 : jet_fail_nomem(s->err);
}

/* What the builder takes for no ignore file at all; anything else is a fault of this
 * machine, and to go on without the rules would ship what they leave out. */
static bool is_absent(int error)
{
	return error == ENOENT || error == ENOTDIR || error == ELOOP || error == EACCES ||
	       error == ENAMETOOLONG;
}

/* Where links lead no further than @dir. */
static int try_inside(struct search *s, const char *dir, const char *name)
{
	struct jet_buf real = { 0 };
	struct jet_resolver r = { 0 };
	struct jet_tree_node *node;
	int rc = jet_tree_open(s->archive, dir, &r.tree);

	if (rc == 0)
		rc = jet_resolve(&r, (struct jet_str){ name, strlen(name) }, &node);
	if (rc == 0 && node->type == JET_TYPE_DIR && s->dialect->absent_if_odd)
		rc = -ENOENT;
	if (rc == 0 && (jet_tree_node_path(node, &real) < 0 || jet_buf_terminate(&real) < 0))
		rc = -ENOMEM;
	if (rc == 0)
		s->out->ignore_file = join(dir, real.data);
	if (rc == -ENOMEM || (rc == 0 && !s->out->ignore_file))
		rc = jet_fail_nomem(s->err);
	else if (rc < 0 && !is_absent(-rc))
		rc = jet_fail_errno(s->err, JET_E_IO, -rc, dir, "cannot look up the ignore file in");
	else
		rc = rc == 0;
	jet_tree_close(r.tree);
	jet_buf_clear(&real);
	return rc;
}

/* 1 found, 0 absent, or a negative enum jet_code. */
static int try(struct search *s, const char *dir, const char *name)
{
	char *path = join(dir, name);
	int rc;

	if (!path)
		return jet_fail_nomem(s->err);
	/* Nothing leads out of an archive. */
	rc = s->dialect->follows_out && !s->archive ? try_anywhere(s, path) : try_inside(s, dir, name);
	/* The name that is looked up, not what a link there leads to. */
	if (rc == 1)
		s->out->ignore_entry = name_of(s, path);
	free(path);
	return rc;
}

/* buildah reads "-f ctx/sub/D ctx" from the current directory, but looks for the
 * ignore file in ctx/ctx/sub. */
static char *directory_beside(const struct search *s, const char *path)
{
	char *dir = directory_of(path), *in_root;

	if (!dir || !s->given || !s->dialect->beside_from_root || path[0] == '/')
		return dir;
	in_root = strcmp(dir, ".") == 0 ? strdup(s->root) : join(s->root, dir);
	free(dir);
	return in_root;
}

static int try_beside(struct search *s)
{
	const char *path = s->out->dockerfile;
	const char *slash = path ? strrchr(path, '/') : NULL;
	char *dir;
	int rc = 0;

	if (!path)
		return 0;
	dir = directory_beside(s, path);
	if (!dir)
		return jet_fail_nomem(s->err);
	for (int i = 0; rc == 0 && i < JET_DIALECT_NAMES && s->dialect->beside[i]; i++) {
		struct jet_buf name = { 0 };

		if (jet_buf_text(&name, slash ? slash + 1 : path) < 0 ||
		    jet_buf_text(&name, s->dialect->beside[i]) < 0 || jet_buf_terminate(&name) < 0)
			rc = jet_fail_nomem(s->err);
		else
			rc = try(s, dir, name.data);
		jet_buf_clear(&name);
	}
	free(dir);
	return rc;
}

static int find_ignore_file(struct search *s)
{
	int rc = try_beside(s);

	for (int i = 0; rc == 0 && i < JET_DIALECT_NAMES && s->dialect->ignore_files[i]; i++)
		rc = try(s, s->root, s->dialect->ignore_files[i]);
	return rc < 0 ? rc : 0;
}

static int locate(const struct jet_archive *archive, const char *root, const char *dockerfile,
                  enum jet_builder builder, struct jet_located *out, struct jet_error *err)
{
	struct search s = { archive, root, NULL, dockerfile != NULL, out, err };
	int rc = jet_dialect_check(builder, err);

	memset(out, 0, sizeof(*out));
	if (rc < 0)
		return rc;
	s.dialect = jet_dialect_of(builder);
	rc = find_dockerfile(&s, dockerfile);
	if (rc == 0 && out->dockerfile) {
		out->dockerfile_entry = entry_of(&s, out->dockerfile);
		if (out->dockerfile_entry)
			out->dockerfile_name = name_of(&s, out->dockerfile);
	}
	if (rc == 0)
		rc = find_ignore_file(&s);
	if (rc < 0)
		jet_located_clear(out);
	return rc;
}

int jet_locate(const char *root, const char *dockerfile, enum jet_builder builder,
               struct jet_located *out, struct jet_error *err)
{
	return locate(NULL, root, dockerfile, builder, out, err);
}

int jet_archive_locate(const struct jet_archive *archive, const char *dockerfile,
                       enum jet_builder builder, struct jet_located *out, struct jet_error *err)
{
	return locate(archive, ".", dockerfile, builder, out, err);
}

void jet_located_clear(struct jet_located *l)
{
	if (!l)
		return;
	free(l->dockerfile);
	free(l->dockerfile_entry);
	free(l->dockerfile_name);
	free(l->ignore_file);
	free(l->ignore_entry);
	memset(l, 0, sizeof(*l));
}
