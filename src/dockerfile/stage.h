/* SPDX-License-Identifier: Apache-2.0 */
/* stage.h - stages, what each depends on, and which the target needs. */
#ifndef JET_DOCKERFILE_STAGE_H
#define JET_DOCKERFILE_STAGE_H

#include "dockerfile/dockerfile.h"
#include "dockerfile/expand.h"
#include "dockerfile/reference.h" /* what bases are, */
#include "dockerfile/remote.h"    /* and named contexts */

/** struct jet_pair - NAME=VALUE from the command line. */
struct jet_pair {
	struct jet_str name, value;
};

/** struct jet_build_options - what the user asks for. */
struct jet_build_options {
	enum jet_builder builder;
	const char *target;              /* NULL: the last stage */
	const char *platform;            /* NULL: the builder's own, taken for linux/amd64 */
	const struct jet_pair *args;     /* --build-arg */
	const struct jet_pair *env;      /* what an external base image sets, if known */
	const struct jet_pair *contexts; /* --build-context */
	size_t nargs, nenv, ncontexts;
	size_t stage;                    /* the target by its number, from 1; 0: by target */
	bool all_stages;                 /* also those that the target does not need */
};

/** struct jet_dependency - a stage needs another. */
struct jet_dependency {
	size_t stage;
	const struct jet_instruction *in; /* NULL: its base */
};

/** struct jet_outside - --from or a mount's from that names no stage. */
struct jet_outside {
	struct jet_str name;
	const struct jet_pair *context;   /* NULL: an image */
	const struct jet_instruction *in;
	struct jet_spot told;             /* where errors about it are told; line 0: nowhere */
	struct jet_spot at;               /* of the flag */
};

/* Where a stage's files come from. */
enum jet_base_kind { JET_BASE_SCRATCH, JET_BASE_STAGE, JET_BASE_IMAGE, JET_BASE_CONTEXT };

struct jet_stage {
	size_t index;
	struct jet_str name;       /* lower case; data NULL: none */
	struct jet_str base;       /* expanded */
	struct jet_str platform;   /* expanded; data NULL: none */
	enum jet_base_kind kind;
	size_t base_stage;         /* JET_BASE_STAGE */
	const struct jet_pair *context; /* JET_BASE_CONTEXT: the named context in its place;
	                                   JET_BASE_IMAGE: that in place of its base, or NULL */
	const struct jet_instruction *from;
	const struct jet_instruction *list; /* its instructions, without FROM */
	size_t n;
	const struct jet_instruction *triggers; /* ONBUILD of its base, run first; shared */
	size_t ntriggers;
	size_t next_twin;          /* a later stage of the same name; 0: none */
	bool has_triggers;         /* they have been looked for */
	bool onbuild_known;        /* the next two are: the first stage on it asks for them */
	struct jet_dockerfile *onbuild; /* its own, parsed once for all that run them; NULL: none */
	size_t onbuild_len;        /* bytes of their text */
	struct jet_dependency *deps;
	size_t ndeps, dep_capacity;
	struct jet_outside *outside;
	size_t noutside, outside_capacity;
	const struct jet_error *fault; /* NULL, or why it cannot be built */
	bool reachable;
};

struct jet_stages {
	const struct jet_dockerfile *df;
	const struct jet_df_dialect *dialect;
	const struct jet_build_options *options;
	struct jet_arena arena;
	struct jet_env global;     /* ARG before the first FROM, platform variables */
	struct jet_env given;      /* the former without their defaults */
	struct jet_env names;      /* stage names so far; value.len is the index */
	struct jet_stage *list;
	size_t n;
	size_t nlisted;            /* images that BuildKit has put behind them: --from takes
	                              their indexes, too, and copies from the image */
	size_t target;
	uint64_t work;             /* jet_expander.work */
	uint64_t triggered;        /* bytes of ONBUILD instructions, once for each stage that
	                              runs them */
};

/** What COPY --from or a mount's from means. */
enum jet_from_kind { JET_FROM_STAGE, JET_FROM_CONTEXT, JET_FROM_IMAGE };

/**
 * jet_stages_build() - the stages of a Dockerfile for one target and platform.
 * @options: borrowed, as @df is, until jet_stages_free()
 *
 * Return: 0; JET_E_EXPAND, JET_E_PLATFORM, JET_E_STAGE, JET_E_PARSE (in a
 * trigger); JET_E_NOMEM.
 */
int jet_stages_build(const struct jet_dockerfile *df, const struct jet_build_options *options,
                     struct jet_stages **stages, struct jet_error *err);

/** jet_stages_free() - accepts NULL. */
void jet_stages_free(struct jet_stages *stages);

/** struct jet_from - the answer, and which. */
struct jet_from {
	enum jet_from_kind kind;
	size_t stage;                   /* JET_FROM_STAGE, and perhaps beyond the last one if
	                                   it is a number; JET_FROM_CONTEXT: the one whose
	                                   place it takes; else SIZE_MAX */
	const struct jet_pair *context; /* JET_FROM_CONTEXT */
};

/** jet_stages_resolve() - what a name (or, in COPY, a number) after from means.
 *  @by: the stage that asks
 *  @number: may be an index */
struct jet_from jet_stages_resolve(struct jet_stages *stages, const struct jet_stage *by,
                                   struct jet_str name, bool number);

/** struct jet_arg - one word of ARG. */
struct jet_arg {
	struct jet_str name;
	struct jet_word text;    /* of its default; text.data NULL: none */
	struct jet_str value;    /* --build-arg, or what is inherited; data NULL: none */
};

/** jet_stages_arg() - splits a word of ARG.
 *  @global: what is inherited from; NULL: this is the global scope itself */
struct jet_arg jet_stages_arg(const struct jet_stages *stages, const struct jet_word *word,
                              const struct jet_env *global);

/** jet_stages_expander() - an expander as the builder has it, all else zero. */
struct jet_expander jet_stages_expander(struct jet_stages *stages);

/** jet_stage_in() - instruction @i of a stage, triggers first; NULL behind the last. */
const struct jet_instruction *jet_stage_in(const struct jet_stage *stage, size_t i);

/** jet_stage_spot() - the place that errors of instruction @i name: a trigger's is
 *  that of the FROM it runs for. */
struct jet_spot jet_stage_spot(const struct jet_stage *stage, size_t i);

#endif
