/* SPDX-License-Identifier: Apache-2.0 */
/* look_private.h - the inside of struct jet_look, for look.c, look_why.c and
 * look_nearest.c. */
#ifndef JET_CONTEXT_LOOK_PRIVATE_H
#define JET_CONTEXT_LOOK_PRIVATE_H

#include "context/judge.h"
#include "context/look.h"

struct jet_look {
	const char *root;
	struct jet_tree *tree;
	struct jet_walk_options options;
	struct jet_judge judge;
	struct jet_tree_node *at;      /* the directory that the judge is in */
	unsigned char *states;    /* by the nodes' indexes */
	size_t nstates;
	struct jet_tree_node **way;    /* for moving the judge */
	size_t way_capacity;
	struct jet_walk *walk;    /* NULL before the first question that needs it */
	struct jet_buf path;      /* of the question at hand, NUL-ended */
	int code;                 /* why a resolver was stopped; 0: by itself */
	bool reads_all;           /* no permission stops this user */
	struct jet_matcher *rules; /* for explanations; NULL before the first */
	struct jet_error *err;
};

/** jet_look_rule() - in look_why.c: the rule that leaves out this name of a directory, or
 *  the directory for good; NULL: none. */
const struct jet_rule *jet_look_rule(struct jet_look *look, const struct jet_tree_node *dir,
                                     struct jet_str name);

/** jet_look_nearest_pattern() - in look_nearest.c: appends a name of a directory or a
 *  pattern like "*.gz" that was probably meant by @pattern, and that something that ships
 *  matches.  Nothing when none is near.  0 or -1. */
int jet_look_nearest_pattern(struct jet_look *look, struct jet_tree_node *dir, struct jet_str pattern,
                             struct jet_buf *text);

#endif
