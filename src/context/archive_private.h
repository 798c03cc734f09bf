/* SPDX-License-Identifier: Apache-2.0 */
/* archive_private.h - the inside of struct jet_archive: archive.c looks things up,
 * archive_add.c puts members in, archive_open.c reads them. */
#ifndef JET_CONTEXT_ARCHIVE_PRIVATE_H
#define JET_CONTEXT_ARCHIVE_PRIVATE_H

#include "base/arena.h"
#include "base/untar.h"
#include "context/archive.h"

/* No name, or no inode. */
#define JET_ARCHIVE_NONE UINT32_MAX

/** struct jet_archive_name - a name in a directory. */
struct jet_archive_name {
	const char *text;     /* NUL-ended */
	uint32_t len;
	uint32_t parent;      /* the root is its own */
	uint32_t first, next; /* of the names in it; beside it */
	uint32_t inode;       /* JET_ARCHIVE_NONE: it is gone, and so is all below it */
};

/** struct jet_archive_xattr - an extended attribute. */
struct jet_archive_xattr {
	struct jet_archive_xattr *next;
	const char *name; /* NUL-ended */
	const char *value;
	size_t len;
};

/** struct jet_archive_inode - what a name stands for; several may. */
struct jet_archive_inode {
	uint64_t size, offset; /* of a file: where in the spool */
	int64_t mtime_sec;
	const char *target;    /* of a link */
	struct jet_archive_xattr *xattrs; /* those that a build keeps */
	uint32_t mtime_nsec;
	uint32_t nlink;
	uint32_t major, minor;
	uint16_t mode;
	uint8_t type;
};

struct jet_archive {
	struct jet_arena arena; /* texts */
	struct jet_archive_name *names; /* [0] is the root; parents before what is in them */
	uint32_t nnames;
	size_t name_capacity;
	struct jet_archive_inode *inodes; /* [0] is the root's */
	uint32_t ninodes;
	size_t inode_capacity;
	uint32_t *slots;  /* open hash of (parent, text): number of the name; 0: empty */
	size_t nslots;
	uint64_t seed;    /* of the hash */
	uint64_t dev;     /* for struct jet_os_stat: no other archive's, and no disk's */
	int spool;        /* contents, one behind the other */
	uint64_t spooled; /* bytes */
};

/** jet_archive_find() - the name @text in directory @dir, or JET_ARCHIVE_NONE. */
uint32_t jet_archive_find(const struct jet_archive *a, uint32_t dir, struct jet_str text);

/** jet_archive_slot() - where in a->slots it stands, also if it is gone, or would be put. */
size_t jet_archive_slot(const struct jet_archive *a, uint32_t dir, struct jet_str text);

/** jet_archive_inode_of() - what a name stands for. */
static inline struct jet_archive_inode *jet_archive_inode_of(const struct jet_archive *a,
                                                             uint32_t name)
{
	return &a->inodes[a->names[name].inode];
}

/**
 * jet_archive_resolve() - where does a path lead?
 * @from: the directory that it is relative to
 * @path: of any form
 * @follow: a link in the last place, too
 * @links: how many were followed on the way to @from; counted on
 * @name: set on success
 *
 * Return: 0, -ENOENT, -ENOTDIR, -ELOOP or -ENOMEM.
 */
int jet_archive_resolve(const struct jet_archive *a, uint32_t from, struct jet_str path,
                        bool follow, unsigned *links, uint32_t *name);

/** jet_archive_begin() - makes the root, of a zeroed archive.  0 or -ENOMEM. */
int jet_archive_begin(struct jet_archive *a);

/**
 * jet_archive_add() - puts a member in, as a builder would unpack it behind those before.
 * @u: it was just read from there, and its content was not
 * @inode: set to what was made for it, if it is a file with a content that is to be put in
 *         the spool; else to NULL
 *
 * Return: 0, JET_E_FORMAT or JET_E_NOMEM.
 */
int jet_archive_add(struct jet_archive *a, struct jet_untar *u, const struct jet_member *m,
                    struct jet_archive_inode **inode, struct jet_error *err);

/**
 * jet_archive_read() - as jet_archive_open(), from what is open already.
 * @dir: never NULL
 */
int jet_archive_read(struct jet_input *in, const char *dir, struct jet_archive **archive,
                     struct jet_error *err);

/** jet_archive_finish() - all members are in: what is gone is out of reach, and links are
 *  counted. */
void jet_archive_finish(struct jet_archive *a);

#endif
