/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Members of an archive become a tree as they do when a builder unpacks them one after
 * the other (docker's pkg/archive, which BuildKit and buildah share): what comes later
 * takes the place of what was there, directories keep what is in them, names lead through
 * links that were unpacked before, and never out.
 */
#include "context/archive_private.h"

#include "base/error.h"
#include "base/path.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

enum {
	MAX_TARGET = 4095,   /* of a link, in any file system */
	IMPLIED_MODE = 0755, /* of a directory that has no member of its own */
	LINK_MODE = 0777,    /* of every link, whatever its header says */
	FIRST_SLOTS = 1024
};

/* Of all texts and tables. */
static const size_t max_bytes = (size_t)2 << 30;

/* ---- room --------------------------------------------------------------- */

static size_t bytes_of(const struct jet_archive *a)
{
	return a->arena.total + a->name_capacity * sizeof(*a->names) +
	       a->inode_capacity * sizeof(*a->inodes) + a->nslots * sizeof(*a->slots);
}

static int grow_slots(struct jet_archive *a)
{
	const size_t n = a->nslots ? a->nslots * 2 : FIRST_SLOTS;
	uint32_t *old = a->slots;
	const size_t nold = a->nslots;

	a->slots = calloc(n, sizeof(*a->slots));
	if (!a->slots) {
		a->slots = old;
		return -ENOMEM;
	}
	a->nslots = n;
	for (size_t i = 0; i < nold; i++) {
		const struct jet_archive_name *name = &a->names[old[i]];
		const struct jet_str text = { name->text, name->len };

		if (old[i])
			a->slots[jet_archive_slot(a, name->parent, text)] = old[i];
	}
	free(old);
	return 0;
}

static struct jet_archive_inode *add_inode(struct jet_archive *a)
{
	struct jet_archive_inode *grown = jet_grow(a->inodes, a->ninodes, &a->inode_capacity,
	                                           sizeof(*grown));

	if (!grown || a->ninodes == JET_ARCHIVE_NONE)
		return NULL;
	a->inodes = grown;
	grown += a->ninodes++;
	*grown = (struct jet_archive_inode){ 0 };
	return grown;
}

static struct jet_archive_name *add_name(struct jet_archive *a)
{
	struct jet_archive_name *grown = jet_grow(a->names, a->nnames, &a->name_capacity,
	                                          sizeof(*grown));

	/* Numbers of names pass for descriptors. */
	if (!grown || a->nnames > INT32_MAX)
		return NULL;
	a->names = grown;
	grown += a->nnames++;
	*grown = (struct jet_archive_name){ .first = JET_ARCHIVE_NONE, .next = JET_ARCHIVE_NONE };
	return grown;
}

/* ---- names -------------------------------------------------------------- */

/* A name for inode @inode.  One that is gone comes back, but a directory without what was
 * in it: that is a new name, under which nothing will be found. */
static uint32_t put_name(struct jet_archive *a, uint32_t dir, struct jet_str text, uint32_t inode)
{
	struct jet_archive_name *name;
	size_t slot;

	if ((size_t)a->nnames * 2 >= a->nslots && grow_slots(a) < 0)
		return JET_ARCHIVE_NONE;
	slot = jet_archive_slot(a, dir, text);
	if (a->slots[slot] && a->names[a->slots[slot]].first == JET_ARCHIVE_NONE) {
		a->names[a->slots[slot]].inode = inode;
		return a->slots[slot];
	}
	name = add_name(a);
	if (!name)
		return JET_ARCHIVE_NONE;
	name->text = jet_arena_dup(&a->arena, text.data, text.len);
	if (!name->text)
		return JET_ARCHIVE_NONE;
	name->len = (uint32_t)text.len;
	name->parent = dir;
	name->inode = inode;
	name->next = a->names[dir].first;
	a->names[dir].first = a->slots[slot] = a->nnames - 1;
	return a->nnames - 1;
}

static uint32_t imply(struct jet_archive *a, uint32_t dir, struct jet_str text)
{
	struct jet_archive_inode *inode = add_inode(a);

	if (!inode)
		return JET_ARCHIVE_NONE;
	inode->type = JET_TYPE_DIR;
	inode->mode = IMPLIED_MODE;
	return put_name(a, dir, text, a->ninodes - 1);
}

/* The directory in which a member lies; made where it is missing.  0, -ENOMEM, or why
 * there can be none. */
static int find_parent(struct jet_archive *a, struct jet_str path, uint32_t *dir)
{
	unsigned links = 0;
	int rc = 0;

	for (*dir = 0; rc == 0 && path.len;) {
		const char *slash = memchr(path.data, '/', path.len);
		const struct jet_str text = { path.data, slash ? (size_t)(slash - path.data) : path.len };
		uint32_t next = jet_archive_find(a, *dir, text);

		if (next == JET_ARCHIVE_NONE)
			next = imply(a, *dir, text);
		else
			rc = jet_archive_resolve(a, *dir, text, true, &links, &next);
		if (rc == 0 && next == JET_ARCHIVE_NONE)
			return -ENOMEM;
		if (rc == 0 && jet_archive_inode_of(a, next)->type != JET_TYPE_DIR)
			return -ENOTDIR;
		*dir = next;
		path.data += text.len + (slash != NULL);
		path.len -= text.len + (slash != NULL);
	}
	return rc;
}

/* ---- what a member is --------------------------------------------------- */

static int put_xattrs(struct jet_archive *a, struct jet_untar *u, struct jet_archive_inode *inode,
                      struct jet_error *err)
{
	struct jet_archive_xattr **end = &inode->xattrs;
	struct jet_member_xattr found;
	size_t bytes = 0;

	inode->xattrs = NULL;
	while (jet_untar_xattr(u, &found)) {
		struct jet_archive_xattr *x;

		if (!jet_xattr_is_kept(found.name))
			continue;
		bytes += strlen(found.name) + 1 + found.len;
		if (bytes > JET_XATTRS_MAX)
			return jet_untar_fail(u, err, ": its extended attributes are larger than %d KiB",
			                      JET_XATTRS_MAX >> 10);
		x = jet_arena_alloc(&a->arena, sizeof(*x));
		if (!x)
			return jet_fail_nomem(err);
		x->name = jet_arena_dup(&a->arena, found.name, strlen(found.name));
		x->value = jet_arena_dup(&a->arena, found.value, found.len);
		x->len = found.len;
		if (!x->name || !x->value)
			return jet_fail_nomem(err);
		*end = x;
		end = &x->next;
	}
	return 0;
}

static void put_meta(struct jet_archive_inode *inode, const struct jet_member *m)
{
	inode->mode = (uint16_t)m->mode;
	inode->mtime_sec = m->mtime_sec;
	inode->mtime_nsec = m->mtime_nsec;
}

static int put_target(struct jet_archive *a, struct jet_untar *u, struct jet_archive_inode *inode,
                      const char *target, struct jet_error *err)
{
	if (!target || !target[0])
		return jet_untar_fail(u, err, " is a link to nothing: no builder takes it");
	if (strlen(target) > MAX_TARGET)
		return jet_untar_fail(u, err, " is a link to more than %d bytes: no builder takes it",
		                      MAX_TARGET);
	inode->mode = LINK_MODE;
	inode->target = jet_arena_dup(&a->arena, target, strlen(target));
	return inode->target ? 0 : jet_fail_nomem(err);
}

static int fill(struct jet_archive *a, struct jet_untar *u, const struct jet_member *m,
                struct jet_archive_inode *inode, struct jet_error *err)
{
	inode->type = (uint8_t)m->type;
	inode->major = m->major;
	inode->minor = m->minor;
	put_meta(inode, m);
	if (m->type == JET_TYPE_SYMLINK)
		return put_target(a, u, inode, m->target, err);
	return m->type == JET_TYPE_FILE || m->type == JET_TYPE_DIR ? put_xattrs(a, u, inode, err) : 0;
}

/* A directory that is there already keeps what is in it. */
static int update_dir(struct jet_archive *a, struct jet_untar *u, const struct jet_member *m,
                      uint32_t name, struct jet_error *err)
{
	struct jet_archive_inode *inode = jet_archive_inode_of(a, name);

	put_meta(inode, m);
	return put_xattrs(a, u, inode, err);
}

/* ---- members ------------------------------------------------------------ */

/* Another name of a file.  What its header says goes for both. */
static int add_hardlink(struct jet_archive *a, struct jet_untar *u, const struct jet_member *m,
                        uint32_t dir, struct jet_str base, struct jet_error *err)
{
	const struct jet_str path = { m->hardlink, m->hardlink_len };
	struct jet_archive_inode *inode;
	unsigned links = 0;
	uint32_t name;
	const int rc = jet_archive_resolve(a, 0, path, false, &links, &name);

	if (rc == -ENOMEM)
		return jet_fail_nomem(err);
	if (rc < 0)
		return jet_untar_fail(u, err, ": a hard link to \"%.100s\", which is not there before it",
		                      m->hardlink);
	inode = jet_archive_inode_of(a, name);
	if (inode->type == JET_TYPE_DIR)
		return jet_untar_fail(u, err, ": a hard link to the directory \"%.100s\"", m->hardlink);
	if (inode->type != JET_TYPE_SYMLINK)
		put_meta(inode, m);
	return put_name(a, dir, base, a->names[name].inode) == JET_ARCHIVE_NONE ? jet_fail_nomem(err)
	                                                                       : 0;
}

static int add_new(struct jet_archive *a, struct jet_untar *u, const struct jet_member *m,
                   uint32_t dir, struct jet_str base, struct jet_archive_inode **out,
                   struct jet_error *err)
{
	struct jet_archive_inode *inode = add_inode(a);
	int rc;

	if (!inode || put_name(a, dir, base, a->ninodes - 1) == JET_ARCHIVE_NONE)
		return jet_fail_nomem(err);
	rc = fill(a, u, m, inode, err);
	if (m->type == JET_TYPE_FILE)
		*out = inode;
	return rc;
}

static int add_at(struct jet_archive *a, struct jet_untar *u, const struct jet_member *m,
                  uint32_t dir, struct jet_str base, struct jet_archive_inode **out,
                  struct jet_error *err)
{
	const uint32_t old = jet_archive_find(a, dir, base);

	if (old != JET_ARCHIVE_NONE) {
		if (m->type == JET_TYPE_DIR && jet_archive_inode_of(a, old)->type == JET_TYPE_DIR)
			return update_dir(a, u, m, old, err);
		a->names[old].inode = JET_ARCHIVE_NONE;
	}
	return m->hardlink ? add_hardlink(a, u, m, dir, base, err)
	                   : add_new(a, u, m, dir, base, out, err);
}

int jet_archive_add(struct jet_archive *a, struct jet_untar *u, const struct jet_member *m,
                    struct jet_archive_inode **inode, struct jet_error *err)
{
	struct jet_str parent = m->path, base = m->path;
	uint32_t dir;
	int rc;

	*inode = NULL;
	if (m->type == JET_TYPE_SOCKET || m->type == JET_TYPE_UNKNOWN)
		return jet_untar_fail(u, err, " is of a kind that no builder takes");
	if (!m->path.len)
		return m->type == JET_TYPE_DIR
		               ? update_dir(a, u, m, 0, err)
		               : jet_untar_fail(u, err, " has the name of the root and is no directory");
	parent.len = jet_path_base(m->path.data, m->path.len);
	base.data += parent.len;
	base.len -= parent.len;
	parent.len -= parent.len > 0;
	rc = find_parent(a, parent, &dir);
	if (rc == -ENOMEM)
		return jet_fail_nomem(err);
	if (rc < 0)
		return jet_untar_fail(u, err, ": \"%.100s\" is to be in what is no directory",
		                      m->path.data);
	rc = add_at(a, u, m, dir, base, inode, err);
	if (rc == 0 && bytes_of(a) > max_bytes)
		return jet_untar_fail(u, err, ": more than %d GiB of names", (int)(max_bytes >> 30));
	return rc;
}

/* ---- the whole ---------------------------------------------------------- */

int jet_archive_begin(struct jet_archive *a)
{
	struct jet_archive_inode *inode = add_inode(a);
	struct jet_archive_name *root = add_name(a);

	a->seed = jet_os_seed();
	a->dev = jet_os_seed();
	if (!inode || !root || grow_slots(a) < 0)
		return -ENOMEM;
	inode->type = JET_TYPE_DIR;
	inode->mode = IMPLIED_MODE;
	root->text = "";
	return 0;
}

void jet_archive_finish(struct jet_archive *a)
{
	/* Parents come before what is in them. */
	for (uint32_t i = 0; i < a->nnames; i++) {
		struct jet_archive_name *name = &a->names[i];

		if (a->names[name->parent].inode == JET_ARCHIVE_NONE)
			name->inode = JET_ARCHIVE_NONE;
		if (name->inode != JET_ARCHIVE_NONE)
			a->inodes[name->inode].nlink++;
	}
}
