/* SPDX-License-Identifier: Apache-2.0 */
/*
 * tree.h - a directory tree as far as it has been looked at.
 *
 *   jet_tree_open(archive, root)
 *   jet_tree_find(), jet_tree_names() ...   each component is asked of the disk once
 *   jet_tree_trim()                         now and then, so that memory stays bounded
 *   jet_tree_close()
 *
 * A name that was found is a node, and stays what it was when it was first seen.  A
 * node is reached through the descriptor of its parent and never through a link.
 * Few descriptors are kept open; one that was closed is opened again from its
 * nearest ancestor.  Functions return 0 or a negative errno; -ENOENT means that
 * there is no such thing, also where a link or a file is on the way.
 */
#ifndef JET_CONTEXT_TREE_H
#define JET_CONTEXT_TREE_H

#include "base/buf.h"
#include "base/str.h"
#include "context/store.h"

/** struct jet_name - a name in a directory. */
struct jet_name {
	struct jet_str text; /* NUL-ended too */
	enum jet_type type;  /* JET_TYPE_UNKNOWN: not told by the directory */
};

/** struct jet_names - all of them, in byte order. */
struct jet_names {
	struct jet_name *list;
	size_t n;
	struct jet_buf text;
};

/** struct jet_tree_node - something that is there. */
struct jet_tree_node {
	struct jet_tree_node *parent; /* NULL: the root */
	struct jet_names *names; /* NULL: not read */
	char *target;            /* of a link, NUL-ended; NULL: not read */
	size_t target_len;
	const char *needed;      /* its path, once the plan has a copy of it; else NULL */
	size_t needed_len;
	uint32_t index;          /* in the order in which they were found; the root is 0 */
	uint32_t depth;          /* components */
	int fd;                  /* -1: not open */
	enum jet_type type;
	bool was_read;           /* its descriptor is no longer at its beginning */
	uint32_t len;
	char name[];             /* NUL-ended */
};

struct jet_tree;

/** jet_tree_open() - @root: a directory by any path; links in it are followed.
 *  @archive: where it is; outlives the tree; NULL: the disk */
int jet_tree_open(const struct jet_archive *archive, const char *root, struct jet_tree **tree);

/** jet_tree_close() - frees all nodes, accepts NULL. */
void jet_tree_close(struct jet_tree *tree);

/** jet_tree_root() - the node of the root. */
struct jet_tree_node *jet_tree_root(const struct jet_tree *tree);

/**
 * jet_tree_find() - a name in a directory.
 * @name: a single component, neither "." nor ".."; with a NUL in it there is none
 */
int jet_tree_find(struct jet_tree *tree, struct jet_tree_node *dir, struct jet_str name,
                  struct jet_tree_node **node);

/** jet_tree_path() - the same component by component, for a plain path. */
int jet_tree_path(struct jet_tree *tree, struct jet_str path, struct jet_tree_node **node);

/** jet_tree_names() - all names of a directory; they stay until it is trimmed. */
int jet_tree_names(struct jet_tree *tree, struct jet_tree_node *dir, const struct jet_names **names);

/** jet_tree_child() - the node of one of these names. */
int jet_tree_child(struct jet_tree *tree, struct jet_tree_node *dir, const struct jet_name *name,
                   struct jet_tree_node **node);

/** jet_tree_target() - sets the target of a link.  -EINVAL: it is none. */
int jet_tree_target(struct jet_tree *tree, struct jet_tree_node *link);

/** jet_tree_can_read() - 0 or why not, for the effective user. */
int jet_tree_can_read(struct jet_tree *tree, struct jet_tree_node *node);

/** jet_tree_culprit() - what the last failure was about: a node, or the directory in
 *  which a name could not be looked up. */
struct jet_tree_node *jet_tree_culprit(const struct jet_tree *tree);

/** jet_tree_count() - how many nodes there are: the next one's index. */
uint32_t jet_tree_count(const struct jet_tree *tree);

/** jet_tree_set_limit() - of memory in bytes, before jet_tree_trim() does anything.
 *  For tests; it is 64 MiB. */
void jet_tree_set_limit(struct jet_tree *tree, size_t bytes);

/** jet_tree_forget() - all but the root: what is asked now is looked up anew. */
void jet_tree_forget(struct jet_tree *tree);

/** jet_tree_is_full() - would jet_tree_trim() do anything? */
bool jet_tree_is_full(const struct jet_tree *tree);

/**
 * jet_tree_trim() - forgets nodes, if they have become too many.
 * @mark: from jet_tree_count(): those found since then; 0: all but the root
 */
void jet_tree_trim(struct jet_tree *tree, uint32_t mark);

/** jet_tree_node_path() - appends the path below the root, "" for the root.  0 or -1. */
int jet_tree_node_path(const struct jet_tree_node *node, struct jet_buf *path);

#endif
