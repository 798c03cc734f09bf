/* SPDX-License-Identifier: Apache-2.0 */
/* look_private.h - the inside of struct jet_look, for look.c and look_why.c. */
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
	struct jet_error *err;
};

#endif
