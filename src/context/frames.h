/* SPDX-License-Identifier: Apache-2.0 */
/*
 * frames.h - the directories a walk is in, from the root down.
 *
 * Names and records of all of them lie in two growing stacks, so entering a
 * directory allocates nothing once the stacks are large enough, and memory is
 * that of one directory and its ancestors.  Only the innermost descriptors are
 * kept open; a closed one is opened again through the ".." of its child and has
 * to be the same directory.  A directory whose names are known is opened when
 * somebody wants its descriptor, and perhaps nobody does.
 */
#ifndef JET_CONTEXT_FRAMES_H
#define JET_CONTEXT_FRAMES_H

#include "context/store.h"

/** struct jet_record - a name that the walk still has to look at. */
struct jet_record {
	uint64_t key;  /* first eight bytes, big-endian: sorts most names */
	size_t name;   /* offset in names, NUL-ended there */
	uint32_t len;
	uint32_t rule; /* deciding rule, or JET_NO_RULE */
	uint32_t by;   /* list of the guide's, 0: none */
	uint8_t type;  /* enum jet_type */
	uint8_t state; /* of the walk's own */
	bool left;     /* a directory: not sent or not needed itself */
	bool wanted;   /* a directory that has to be there, whatever is in it */
};

struct jet_frame_dir {
	int fd; /* -1: closed for a while, or not opened yet */
	size_t first, next, end; /* records */
	size_t names;            /* where its names begin */
	size_t path_len;
	uint32_t rule, by;
	bool kept;               /* ships of its own accord */
	bool quiet;              /* is no entry, even if something below it ships */
	bool has_st;
	struct jet_os_stat st;   /* if has_st */
};

struct jet_frames {
	const struct jet_archive *archive; /* in which they are; NULL: on disk */
	struct jet_frame_dir *dirs; /* [0] is the root */
	size_t n, capacity;
	size_t nlater; /* not opened yet: the innermost ones */
	size_t nopen;  /* descriptors: those of the dirs before them */
	struct jet_record *records;
	size_t nrecords, record_capacity;
	struct jet_buf names;
};

/** jet_frames_top() - the innermost directory. */
static inline struct jet_frame_dir *jet_frames_top(const struct jet_frames *f)
{
	return &f->dirs[f->n - 1];
}

/** jet_frames_push() - a directory with no names yet; owns @fd, also when it
 *  fails; -1: it is opened later, by the name of the last record taken from its parent.
 *  0, -ENOMEM or why an ancestor could not be looked at. */
int jet_frames_push(struct jet_frames *f, int fd, size_t path_len);

/** jet_frames_add() - one name in the innermost directory.  The record, or NULL. */
struct jet_record *jet_frames_add(struct jet_frames *f, const char *name, size_t len);

/** jet_frames_sort() - brings its names into byte order. */
void jet_frames_sort(struct jet_frames *f);

/**
 * jet_frames_pop() - back to the parent.
 *
 * Return: 0, -ESTALE when the parent is not what it was, or a negative errno
 * when it cannot be opened again.
 */
int jet_frames_pop(struct jet_frames *f);

/** jet_frames_fd() - the descriptor of the innermost directory, which stays the
 *  frames'; opens it if need be.  Or a negative errno. */
int jet_frames_fd(struct jet_frames *f);

/** jet_frames_stat() - of directory @index of the stack; remembered.  0 or a negative
 *  errno. */
int jet_frames_stat(struct jet_frames *f, size_t index);

/** jet_frames_clear() - closes and frees everything. */
void jet_frames_clear(struct jet_frames *f);

#endif
