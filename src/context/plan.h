/* SPDX-License-Identifier: Apache-2.0 */
/*
 * plan.h - which entries of a context the sources of a Dockerfile read.
 *
 *   jet_plan_open(root, walk options)
 *   jet_plan_add(plan, stages, sources)     once for every platform
 *   jet_plan_finish(plan)
 *   walk with options.plan = plan, or struct jet_guide by hand
 *   jet_plan_free()
 *
 * A plan is a sorted list of roots: paths that are needed themselves, and
 * directories that are needed with what is below, in whole or but for what
 * patterns leave out.  The walk goes where a root is and nowhere else.
 */
#ifndef JET_CONTEXT_PLAN_H
#define JET_CONTEXT_PLAN_H

#include "context/rulesets.h"
#include "context/tree.h"
#include "dockerfile/source.h"
#include "jettison.h"

/** struct jet_need - an instruction that reads something. */
struct jet_need {
	const char *file;  /* the Dockerfile */
	const struct jet_instruction *in; /* valid as long as the Dockerfile is */
	struct jet_spot at; /* where errors are told: of a trigger the FROM that runs it */
	size_t stage;
	uint32_t number;   /* in the order in which they were added */
};

/** struct jet_cover - which of what is below a directory is read: all but what
 *  patterns leave out, and what is below that.  Equal ones once. */
struct jet_cover {
	struct jet_ruleset *exclude; /* no negated patterns; NULL: none at all */
	size_t base_len; /* of the part of the path that patterns do not see; or
	                    JET_OWN_BASE: all of it */
};

#define JET_OWN_BASE SIZE_MAX
#define JET_NO_COVER UINT32_MAX

/** struct jet_plan_root - a path that is needed. */
struct jet_plan_root {
	struct jet_str path;  /* plain; "" is the context root */
	uint32_t need;        /* index of a struct jet_need */
	uint32_t cover;       /* what is below is needed too; JET_NO_COVER: it is not */
	enum jet_type type;
	bool alone;           /* a directory: only if nothing below it is needed */
};

struct jet_plan {
	struct jet_arena arena;
	const char *root;
	struct jet_tree *tree;  /* NULL when finished */
	struct jet_walk_options options;
	struct jet_plan_root *roots;
	size_t nroots, root_capacity;
	struct jet_need *needs;
	size_t nneeds, need_capacity;
	struct jet_cover *covers;
	size_t ncovers, cover_capacity;
	struct jet_numbers cover_numbers;
	struct jet_rulesets rulesets; /* of --exclude and --parents */
	struct jet_ruleset *include;  /* what BuildKit sends at all; NULL: everything */
	unsigned nadded;
};

/**
 * jet_plan_open() - an empty plan.
 * @root: context directory; borrowed
 * @options: rules and builder, as for the walk; borrowed parts must outlive the plan
 *
 * Return: 0; JET_E_IO; JET_E_NOMEM.
 */
int jet_plan_open(const char *root, const struct jet_walk_options *options, struct jet_plan **plan,
                  struct jet_error *err);

/**
 * jet_plan_add() - what these sources read.
 * @df, @sources: must outlive the plan
 * @context: the sources of this named context; NULL: those of the main one
 *
 * Return: 0; JET_E_NOT_FOUND with err->path, JET_E_LINK_LOOP, JET_E_PATTERN, all
 * as the builder fails; JET_E_IO; JET_E_NOMEM.
 */
int jet_plan_add(struct jet_plan *plan, const struct jet_dockerfile *df,
                 const struct jet_sources *sources, const struct jet_pair *context,
                 struct jet_error *err);

/** jet_plan_finish() - sorts roots and needs and closes the context; nothing may be
 *  added any more.  0 or JET_E_NOMEM. */
int jet_plan_finish(struct jet_plan *plan);

/** jet_plan_free() - accepts NULL. */
void jet_plan_free(struct jet_plan *plan);

#endif
