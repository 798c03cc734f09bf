/* SPDX-License-Identifier: Apache-2.0 */
/* needs.h - the inside of struct jet_needs: a Dockerfile and its plans. */
#ifndef JET_CONTEXT_NEEDS_H
#define JET_CONTEXT_NEEDS_H

#include "context/plan.h"
#include "dockerfile/undeclared.h"

/** struct jet_needs_platform - the Dockerfile for one platform. */
struct jet_needs_platform {
	struct jet_build_options build;
	struct jet_stages *stages;
	struct jet_sources *sources;
};

/** struct jet_needs_tree - a named context that is a directory. */
struct jet_needs_tree {
	const struct jet_pair *pair;
	char *root;
	struct jet_located located;
	struct jet_ruleset *rules; /* NULL: none */
	struct jet_plan *plan;
};

struct jet_needs {
	struct jet_arena arena;
	struct jet_dockerfile *df;
	struct jet_pair *args, *env, *contexts;
	size_t nargs, nenv, ncontexts;
	struct jet_undeclared_arg *undeclared; /* of args */
	size_t nundeclared;
	struct jet_needs_platform *platforms;
	size_t nplatforms;
	bool several;              /* platforms were asked for */
	const struct jet_unset_var **unset; /* of all platforms */
	size_t nunset;
	struct jet_plan *plan;     /* of the main context */
	struct jet_needs_tree *trees;
	size_t ntrees;
};

#endif
