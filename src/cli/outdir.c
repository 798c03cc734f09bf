/* SPDX-License-Identifier: Apache-2.0 */
#include "cli/outdir.h"

#include "base/error.h"
#include "base/remove.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* ---- where -------------------------------------------------------------- */

static int fail(const struct jet_outdir *out, int sys_errno, const char *what,
                struct jet_error *err)
{
	if (sys_errno == ENOMEM)
		return jet_fail_nomem(err);
	return jet_fail_errno(err, JET_E_IO, sys_errno, out->name, what);
}

/* Is there anything in the directory? */
static int look_inside(struct jet_outdir *out, struct jet_error *err)
{
	struct jet_os_dir *reader = jet_os_dir_create();
	struct jet_os_name name;
	int fd = jet_os_open_root(out->path), rc = fd;

	if (rc >= 0)
		rc = reader ? jet_os_dir_start(reader, fd) : -ENOMEM;
	if (rc == 0)
		rc = jet_os_dir_next(reader, &name);
	out->has_old = rc == 1;
	if (fd >= 0)
		close(fd);
	jet_os_dir_free(reader);
	return rc < 0 ? fail(out, -rc, "cannot read", err) : 0;
}

/* The name of what is not there yet, in a directory that is. */
static char *join(const char *name, struct jet_error *err)
{
	struct jet_buf path = { 0 };
	size_t len = strlen(name), start;
	char *parent, *real;

	while (len > 1 && name[len - 1] == '/')
		len--;
	for (start = len; start && name[start - 1] != '/'; start--)
		;
	parent = start ? strndup(name, start) : strdup(".");
	real = parent ? realpath(parent, NULL) : NULL;
	if (!parent || (!real && errno == ENOMEM)) {
		jet_note_nomem(err);
	} else if (!real) {
		jet_fail_errno(err, JET_E_IO, errno, name, "cannot look up");
	} else if (jet_buf_printf(&path, "%s%s%.*s", real, strcmp(real, "/") == 0 ? "" : "/",
	                          (int)(len - start), name + start) < 0 ||
	           jet_buf_terminate(&path) < 0) {
		jet_buf_clear(&path);
		jet_note_nomem(err);
	}
	free(parent);
	free(real);
	return path.data;
}

/* The final name, through all links: other names are made of it. */
static int find_path(struct jet_outdir *out, struct jet_error *err)
{
	out->path = realpath(out->name, NULL);
	if (out->path)
		return look_inside(out, err);
	if (errno != ENOENT)
		return fail(out, errno, "cannot look up", err);
	out->path = join(out->name, err);
	return out->path ? 0 : JET_E_IO;
}

/* Does directory @dir hold @path, or is it that?  Both as realpath() gives them. */
static bool holds(const char *dir, const char *path)
{
	const size_t len = strlen(dir);

	/* "/" ends in one already. */
	return strncmp(dir, path, len) == 0 &&
	       (!path[len] || path[len] == '/' || dir[len - 1] == '/');
}

bool jet_outdir_takes(const char *path, const char *file)
{
	char *dir = realpath(path, NULL), *whole = dir ? join(file, NULL) : NULL;
	const bool yes = whole && holds(dir, whole);

	free(dir);
	free(whole);
	return yes;
}

static int check(struct jet_outdir *out, const char *root, bool replace, struct jet_error *err)
{
	char *context = root ? realpath(root, NULL) : NULL;
	int rc = 0;

	if (root && !context)
		return jet_fail_errno(err, JET_E_IO, errno, root, "cannot look up");
	if (context && holds(out->path, context))
		rc = jet_fail(err, JET_E_ARG, out->name, "holds the context: take another directory");
	else if (out->has_old && !replace)
		rc = jet_fail(err, JET_E_ARG, out->name,
		              "is not empty: --replace puts the new directory in its place");
	else if (context && holds(context, out->path))
		out->inside = strcmp(context, "/") == 0 ? 1 : strlen(context) + 1;
	free(context);
	return rc;
}

static int make(struct jet_outdir *out, struct jet_error *err)
{
	struct jet_buf name = { 0 };
	int rc = -EEXIST;

	for (unsigned i = 0; rc == -EEXIST && i < 100; i++) {
		name.len = 0;
		if (jet_buf_printf(&name, "%s.%ld-%u.partial", out->path, (long)getpid(), i) < 0 ||
		    jet_buf_terminate(&name) < 0)
			rc = -ENOMEM;
		else
			rc = mkdir(name.data, 0700) == 0 ? 0 : -errno;
	}
	if (rc < 0) {
		jet_buf_clear(&name);
		return fail(out, -rc, "cannot create a directory beside it", err);
	}
	out->temp = name.data;
	out->fd = jet_os_open_dir(AT_FDCWD, out->temp);
	return out->fd < 0 ? fail(out, -out->fd, "cannot open", err) : 0;
}

int jet_outdir_open(struct jet_outdir *out, const char *path, const char *root, bool replace,
                    struct jet_error *err)
{
	int rc;

	*out = (struct jet_outdir){ .name = path, .fd = -1 };
	rc = find_path(out, err);
	if (rc == 0)
		rc = check(out, root, replace, err);
	if (rc == 0)
		rc = make(out, err);
	if (rc < 0)
		jet_outdir_discard(out);
	return rc;
}

static bool is_in(const char *dir, const char *path, size_t len)
{
	const size_t n = strlen(dir);

	return len >= n && memcmp(dir, path, n) == 0 && (len == n || path[n] == '/');
}

bool jet_outdir_holds(const struct jet_outdir *out, const char *path, size_t len)
{
	return out->inside && (is_in(out->path + out->inside, path, len) ||
	                       is_in(out->temp + out->inside, path, len));
}

/* ---- the end ------------------------------------------------------------ */

static int move(const char *from, const char *to)
{
	return rename(from, to) == 0 ? 0 : -errno;
}

/* In steps, where the system has no way of doing it in one. */
static int exchange_slowly(const struct jet_outdir *out)
{
	struct jet_buf aside = { 0 };
	int rc = jet_buf_printf(&aside, "%s.old", out->temp) | jet_buf_terminate(&aside);

	rc = rc < 0 ? -ENOMEM : move(out->path, aside.data);
	if (rc == 0) {
		rc = move(out->temp, out->path);
		/* Either the old one back where it was, or out of the way. */
		if (rc < 0)
			move(aside.data, out->path);
		else
			rc = move(aside.data, out->temp);
	}
	jet_buf_clear(&aside);
	return rc;
}

static int put_in_place(const struct jet_outdir *out)
{
	int rc;

	/* An empty directory of that name gives way, one with things in it does not. */
	if (!out->has_old)
		return move(out->temp, out->path);
	rc = jet_os_exchange(out->temp, out->path);
	if (rc == -ENOSYS || rc == -EINVAL)
		rc = exchange_slowly(out);
	return rc;
}

static void release(struct jet_outdir *out)
{
	if (out->fd >= 0)
		close(out->fd);
	free(out->path);
	free(out->temp);
	*out = (struct jet_outdir){ .fd = -1 };
}

int jet_outdir_commit(struct jet_outdir *out, struct jet_error *err)
{
	int rc = put_in_place(out);

	if (rc < 0) {
		rc = fail(out, -rc, "cannot put the directory in its place", err);
		jet_outdir_discard(out);
		return rc;
	}
	/* Now the other name is that of the old one. */
	if (out->has_old) {
		rc = jet_remove_tree(out->temp);
		if (rc < 0)
			rc = jet_fail_errno(err, JET_E_IO, -rc, out->temp,
			                    "the new directory is in place, but the old one cannot be "
			                    "removed");
	}
	release(out);
	return rc;
}

void jet_outdir_discard(struct jet_outdir *out)
{
	if (!out->path)
		return;
	if (out->temp)
		jet_remove_tree(out->temp);
	release(out);
}
