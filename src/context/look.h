/* SPDX-License-Identifier: Apache-2.0 */
/*
 * look.h - single paths of a context as a build step sees them: what is ignored
 * or not sent does not exist.
 */
#ifndef JET_CONTEXT_LOOK_H
#define JET_CONTEXT_LOOK_H

#include "context/tree.h"
#include "jettison.h"

/* Answers; failures are negative: enum jet_code, with the error filled in. */
enum jet_look_answer { JET_LOOK_FOUND = 0, JET_LOOK_MISSING = 1, JET_LOOK_LOOP = 2 };

struct jet_look;

/**
 * jet_look_open() - gets ready.
 * @root, @tree: the context, by name and as far as it has been looked at; both
 *               outlive the look
 * @options: rules, builder and what is sent
 * @err: where failures of all calls are put; outlives the look
 */
int jet_look_open(const char *root, struct jet_tree *tree, const struct jet_walk_options *options,
                  struct jet_look **look, struct jet_error *err);

/** jet_look_close() - accepts NULL. */
void jet_look_close(struct jet_look *look);

/** jet_look_pass() - can there be such an entry, or one below it?  Cheaper than
 *  jet_look_see() for a directory that is ignored itself. */
int jet_look_pass(struct jet_look *look, struct jet_tree_node *node);

/** jet_look_see() - is there such an entry?  Links are not followed. */
int jet_look_see(struct jet_look *look, struct jet_tree_node *node);

/** jet_look_up() - the same by its plain path; @node is set if it is found. */
int jet_look_up(struct jet_look *look, struct jet_str path, struct jet_tree_node **node);

/** jet_look_child() - the node of one name of a directory, whoever sees it. */
int jet_look_child(struct jet_look *look, struct jet_tree_node *dir, const struct jet_name *name,
                   struct jet_tree_node **node);

/** jet_look_find() - the same for a single component; JET_LOOK_MISSING. */
int jet_look_find(struct jet_look *look, struct jet_tree_node *dir, struct jet_str name,
                  struct jet_tree_node **node);

/** jet_look_names() - all names on disk; not a directory: none. */
int jet_look_names(struct jet_look *look, struct jet_tree_node *dir, const struct jet_names **names);

/** typedef jet_link_fn - is told of every link that was followed; 0 or JET_E_NOMEM. */
typedef int (*jet_link_fn)(void *ctx, struct jet_tree_node *link);

/**
 * jet_look_resolve() - what a path leads to, all links followed inside the root.
 * @node: set to what is there; never a link.  It can be read
 */
int jet_look_resolve(struct jet_look *look, struct jet_str path, jet_link_fn fn, void *ctx,
                     struct jet_tree_node **node);

/** jet_look_trim() - jet_tree_trim(). */
void jet_look_trim(struct jet_look *look, uint32_t mark);

/** jet_look_fail() - the failure at a path that the builder cannot read either.
 *  @path: NUL-ended.  Return: JET_E_UNREADABLE or JET_E_IO. */
int jet_look_fail(struct jet_error *err, const struct jet_buf *path, int error, const char *what);

/** jet_look_nearest() - appends the path that was probably meant by the missing
 *  @path: the nearest names in place of those that are not there.  It leads to
 *  something, through links if need be.  Nothing when no name is near.  0 or -1. */
int jet_look_nearest(struct jet_look *look, struct jet_str path, struct jet_buf *text);

/** struct jet_missing - what a build step does not find. */
struct jet_missing {
	struct jet_str path;    /* as it is written, but clean */
	struct jet_str pattern; /* what nothing matches in it; empty: it is @path itself */
	bool plain;             /* no link on the way is followed */
};

/** jet_look_explain() - appends why it is missing, and the way out: "left out by
 *  .dockerignore:3 `x`", or "not found, did you mean y?".  0 or -1. */
int jet_look_explain(struct jet_look *look, const struct jet_missing *missing, struct jet_buf *text);

#endif
