/* SPDX-License-Identifier: Apache-2.0 */
/* resolve.h - symbolic links as seen from inside a directory. */
#ifndef JET_CONTEXT_RESOLVE_H
#define JET_CONTEXT_RESOLVE_H

#include "context/tree.h"

/** struct jet_resolver - where links lead in a tree, and who wants to know. */
struct jet_resolver {
	struct jet_tree *tree;
	/* NULL, or told of all that is passed through: 0, or -ENOENT and other negative
	 * errnos for what is to be taken as not there.  @last: it is left, or the end. */
	int (*pass)(void *ctx, struct jet_tree_node *node, bool last);
	/* NULL, or told of every link that is followed: 0 or a negative errno. */
	int (*link)(void *ctx, struct jet_tree_node *link);
	void *ctx;
};

/**
 * jet_resolve() - where does a path lead, if the root of the tree is that of everything?
 * @path: relative; links in it are followed inside the root: an absolute target
 *        starts there, ".." does not leave it
 * @node: what is there; never a link
 *
 * Return: 0, -ENOENT, -ELOOP (more than 255 links), -EACCES, -ENOMEM ...
 */
int jet_resolve(const struct jet_resolver *r, struct jet_str path, struct jet_tree_node **node);

#endif
