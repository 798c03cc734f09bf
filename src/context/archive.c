/* SPDX-License-Identifier: Apache-2.0 */
#include "context/archive_private.h"

#include "base/error.h"
#include "base/path.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* As the kernel has it, in which builders unpack. */
enum { MAX_LINKS = 40 };

/* ---- names -------------------------------------------------------------- */

/* The seed is another one in every archive: so nobody can make names that all meet. */
static size_t hash_of(const struct jet_archive *a, uint32_t dir, struct jet_str text)
{
	uint64_t h = a->seed ^ dir;

	for (size_t i = 0; i < text.len; i++) {
		h = (h ^ (unsigned char)text.data[i]) * 0x9E3779B97F4A7C15U;
		h ^= h >> 29;
	}
	return (size_t)(h ^ h >> 32);
}

size_t jet_archive_slot(const struct jet_archive *a, uint32_t dir, struct jet_str text)
{
	size_t i = hash_of(a, dir, text) & (a->nslots - 1);

	for (; a->slots[i]; i = (i + 1) & (a->nslots - 1)) {
		const struct jet_archive_name *name = &a->names[a->slots[i]];

		if (name->parent == dir && name->len == text.len &&
		    memcmp(name->text, text.data, text.len) == 0)
			break;
	}
	return i;
}

uint32_t jet_archive_find(const struct jet_archive *a, uint32_t dir, struct jet_str text)
{
	const uint32_t name = a->slots[jet_archive_slot(a, dir, text)];

	return name && a->names[name].inode != JET_ARCHIVE_NONE ? name : JET_ARCHIVE_NONE;
}

/* ---- paths -------------------------------------------------------------- */

/* A path on its way. */
struct way {
	const struct jet_archive *a;
	uint32_t at;
	struct jet_str rest;    /* still to come */
	struct jet_buf text[2]; /* rest lies in one of them, or in the path as given */
	int used;               /* which one */
	unsigned *links;
};

static bool is_last(struct jet_str rest)
{
	return !jet_path_take(&rest).len;
}

/* The link @name: its target comes before the rest. */
static int follow_link(struct way *w, uint32_t name)
{
	const char *target = jet_archive_inode_of(w->a, name)->target;
	struct jet_buf *text = &w->text[!w->used];

	if (++*w->links > MAX_LINKS)
		return -ELOOP;
	text->len = 0;
	if (jet_buf_text(text, target) < 0 || jet_buf_byte(text, '/') < 0 ||
	    jet_buf_append(text, w->rest.data, w->rest.len) < 0)
		return -ENOMEM;
	w->used = !w->used;
	w->rest = (struct jet_str){ text->data, text->len };
	w->at = target[0] == '/' ? 0 : w->a->names[name].parent;
	return 0;
}

static int step(struct way *w, struct jet_str component, bool follow)
{
	uint32_t name;
	int type;

	if (jet_archive_inode_of(w->a, w->at)->type != JET_TYPE_DIR)
		return -ENOTDIR;
	if (jet_str_is(component, "."))
		return 0;
	if (jet_str_is(component, "..")) {
		w->at = w->a->names[w->at].parent;
		return 0;
	}
	name = jet_archive_find(w->a, w->at, component);
	if (name == JET_ARCHIVE_NONE)
		return -ENOENT;
	type = jet_archive_inode_of(w->a, name)->type;
	if (type == JET_TYPE_SYMLINK && (follow || !is_last(w->rest)))
		return follow_link(w, name);
	w->at = name;
	return 0;
}

int jet_archive_resolve(const struct jet_archive *a, uint32_t from, struct jet_str path,
                        bool follow, unsigned *links, uint32_t *name)
{
	struct way w = { .a = a, .at = path.len && path.data[0] == '/' ? 0 : from, .rest = path,
		         .links = links };
	struct jet_str component;
	int rc = 0;

	while (rc == 0 && (component = jet_path_take(&w.rest)).len)
		rc = step(&w, component, follow);
	*name = w.at;
	jet_buf_clear(&w.text[0]);
	jet_buf_clear(&w.text[1]);
	return rc;
}

static int resolve(const struct jet_archive *a, const char *path, bool follow, uint32_t *name)
{
	unsigned links = 0;

	return jet_archive_resolve(a, 0, (struct jet_str){ path, strlen(path) }, follow, &links, name);
}

/* ---- as a directory tree ------------------------------------------------ */

static void put_stat(const struct jet_archive *a, uint32_t name, struct jet_os_stat *st)
{
	const struct jet_archive_inode *inode = jet_archive_inode_of(a, name);

	*st = (struct jet_os_stat){
		.type = (enum jet_type)inode->type,
		.mode = inode->mode,
		.nlink = inode->nlink,
		.mtime_sec = inode->mtime_sec,
		.mtime_nsec = inode->mtime_nsec,
		.size = inode->size,
		.dev = a->dev,
		.ino = a->names[name].inode,
		.rdev_major = inode->major,
		.rdev_minor = inode->minor,
	};
}

/* A single component.  JET_ARCHIVE_NONE: there is none. */
static uint32_t child(const struct jet_archive *a, int dir, const char *name)
{
	return jet_archive_find(a, (uint32_t)dir, (struct jet_str){ name, strlen(name) });
}

int jet_archive_stat(const struct jet_archive *a, int dir, const char *name,
                     struct jet_os_stat *st)
{
	const uint32_t found = child(a, dir, name);

	if (found == JET_ARCHIVE_NONE)
		return -ENOENT;
	put_stat(a, found, st);
	return 0;
}

void jet_archive_fstat(const struct jet_archive *a, int dir, struct jet_os_stat *st)
{
	put_stat(a, (uint32_t)dir, st);
}

int jet_archive_open_dir(const struct jet_archive *a, int dir, const char *name)
{
	uint32_t found;

	if (strcmp(name, ".") == 0)
		return dir;
	if (strcmp(name, "..") == 0)
		return (int)a->names[dir].parent;
	found = child(a, dir, name);
	if (found == JET_ARCHIVE_NONE)
		return -ENOENT;
	return jet_archive_inode_of(a, found)->type == JET_TYPE_DIR ? (int)found : -ENOTDIR;
}

int jet_archive_read_link(const struct jet_archive *a, int dir, const char *name,
                          struct jet_buf *target)
{
	const uint32_t found = child(a, dir, name);

	if (found == JET_ARCHIVE_NONE)
		return -ENOENT;
	if (jet_archive_inode_of(a, found)->type != JET_TYPE_SYMLINK)
		return -EINVAL;
	return jet_buf_text(target, jet_archive_inode_of(a, found)->target) < 0 ? -ENOMEM : 0;
}

uint32_t jet_archive_first(const struct jet_archive *a, int dir)
{
	return a->names[dir].first;
}

int jet_archive_next(const struct jet_archive *a, uint32_t *at, struct jet_os_name *name)
{
	while (*at != JET_ARCHIVE_NONE) {
		const struct jet_archive_name *n = &a->names[*at];

		*at = n->next;
		if (n->inode == JET_ARCHIVE_NONE)
			continue;
		*name = (struct jet_os_name){ n->text, n->len, (enum jet_type)a->inodes[n->inode].type };
		return 1;
	}
	return 0;
}

int jet_archive_look(const struct jet_archive *a, const char *path, bool follow,
                     struct jet_os_stat *st)
{
	uint32_t name;
	const int rc = resolve(a, path, follow, &name);

	if (rc == 0)
		put_stat(a, name, st);
	return rc;
}

int jet_archive_open_root(const struct jet_archive *a, const char *path)
{
	uint32_t name;
	const int rc = resolve(a, path, true, &name);

	if (rc < 0)
		return rc;
	return jet_archive_inode_of(a, name)->type == JET_TYPE_DIR ? (int)name : -ENOTDIR;
}

char *jet_archive_realpath(const struct jet_archive *a, const char *path)
{
	uint32_t name;
	size_t len = 0;
	const int rc = resolve(a, path, true, &name);
	char *text;

	if (rc < 0) {
		errno = -rc;
		return NULL;
	}
	for (uint32_t n = name; n; n = a->names[n].parent)
		len += a->names[n].len + 1;
	text = malloc(len + 2);
	if (!text)
		return NULL;
	text[0] = '/';
	text[len ? len : 1] = '\0';
	for (uint32_t n = name; n; n = a->names[n].parent) {
		len -= a->names[n].len;
		memcpy(text + len, a->names[n].text, a->names[n].len);
		text[--len] = '/';
	}
	return text;
}

/* ---- contents ----------------------------------------------------------- */

int jet_archive_content(const struct jet_archive *a, int dir, const char *name, int *fd,
                        uint64_t *offset)
{
	const uint32_t found = child(a, dir, name);

	if (found == JET_ARCHIVE_NONE)
		return -ENOENT;
	*fd = fcntl(a->spool, F_DUPFD_CLOEXEC, 0);
	*offset = jet_archive_inode_of(a, found)->offset;
	return *fd < 0 ? -errno : 0;
}

int jet_archive_xattrs(const struct jet_archive *a, uint64_t ino, struct jet_xattrs *x)
{
	int rc = 0;

	x->n = x->bytes.len = 0;
	for (const struct jet_archive_xattr *at = a->inodes[ino].xattrs; rc == 0 && at; at = at->next)
		rc = jet_xattrs_add(x, at->name, at->value, at->len);
	if (rc == 0)
		jet_xattrs_sort(x);
	return rc;
}

static int read_all(const struct jet_archive *a, const struct jet_archive_inode *inode,
                    struct jet_buf *data)
{
	uint64_t at = inode->offset;
	size_t left = (size_t)inode->size;

	if (jet_buf_reserve(data, left) < 0)
		return -ENOMEM;
	while (left) {
		const ssize_t n = pread(a->spool, data->data + data->len, left, (off_t)at);

		if (n < 0 && errno == EINTR)
			continue;
		if (n <= 0)
			return n < 0 ? -errno : -EIO;
		data->len += (size_t)n;
		left -= (size_t)n;
		at += (uint64_t)n;
	}
	return 0;
}

int jet_archive_load(const struct jet_archive *a, const char *path, const char *what, size_t max,
                     struct jet_buf *data, struct jet_error *err)
{
	const struct jet_archive_inode *inode;
	char text[80];
	uint32_t name;
	int rc = resolve(a, path, true, &name);

	snprintf(text, sizeof(text), "cannot read %s", what);
	if (rc < 0)
		return rc == -ENOMEM ? jet_fail_nomem(err)
		                     : jet_fail_errno(err, JET_E_IO, -rc, path, text);
	inode = jet_archive_inode_of(a, name);
	if (inode->type == JET_TYPE_DIR)
		return jet_fail_errno(err, JET_E_IO, EISDIR, path, text);
	if (inode->type != JET_TYPE_FILE)
		return jet_fail(err, JET_E_IO, path, "cannot read %s: it is no regular file", what);
	if (inode->size > max)
		return jet_fail(err, JET_E_IO, path, "more than %zu MiB: this is not %s", max >> 20, what);
	rc = read_all(a, inode, data);
	if (rc == -ENOMEM)
		return jet_fail_nomem(err);
	return rc < 0 ? jet_fail_errno(err, JET_E_IO, -rc, path, text) : 0;
}

int jet_archive_file(const struct jet_archive *a, const char *path, const char *what, size_t max,
                     void **bytes, size_t *len, struct jet_error *err)
{
	struct jet_buf data = { 0 };
	/* Never NULL, so that nobody takes nothing for a failure. */
	int rc = jet_buf_reserve(&data, 1) < 0 ? jet_fail_nomem(err)
	                                       : jet_archive_load(a, path, what, max, &data, err);

	*bytes = NULL;
	*len = 0;
	if (rc < 0) {
		jet_buf_clear(&data);
		return rc;
	}
	*bytes = data.data;
	*len = data.len;
	return 0;
}
