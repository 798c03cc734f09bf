/* SPDX-License-Identifier: Apache-2.0 */
/* outline.h - a build at a glance, for all its platforms: stages, bases, what else they
 * copy from, and how much of the context each instruction reads. */
#ifndef JET_REPORT_OUTLINE_H
#define JET_REPORT_OUTLINE_H

#include "base/str.h"
#include "jettison.h"

enum jet_outline_base {
	JET_OUTLINE_SCRATCH, JET_OUTLINE_STAGE, JET_OUTLINE_IMAGE, JET_OUTLINE_CONTEXT
};

/* How exactly an image is named. */
enum jet_outline_pin { JET_OUTLINE_NO_TAG, JET_OUTLINE_TAG, JET_OUTLINE_DIGEST };

/* Where a named context is. */
enum jet_outline_place { JET_OUTLINE_DIRECTORY, JET_OUTLINE_REGISTRY, JET_OUTLINE_REMOTE };

/** struct jet_outline_link - a stage needs another. */
struct jet_outline_link {
	size_t from;       /* the stage that is needed */
	uint32_t line;     /* of the instruction, or of the FROM that runs it */
	uint32_t onbuild;  /* its own line then; else 0 */
	bool base;         /* as its base, not by COPY or a mount */
};

/** struct jet_outline_outside - --from, or a mount's from, that is no stage. */
struct jet_outline_outside {
	struct jet_str name;
	enum jet_outline_base kind; /* JET_OUTLINE_IMAGE, _CONTEXT or, by that name, _SCRATCH */
	enum jet_outline_pin pin;   /* JET_OUTLINE_IMAGE */
	size_t context;             /* JET_OUTLINE_CONTEXT: number in the outline's contexts */
	size_t image;               /* JET_OUTLINE_IMAGE: the same for the same name */
	const char *nearest;        /* NULL, or the stage that may be meant */
	uint32_t line;              /* of the instruction, or of the FROM that runs it */
	uint32_t onbuild;           /* its own line then; else 0 */
};

/** struct jet_outline_context - a named context. */
struct jet_outline_context {
	struct jet_str name, value;
	enum jet_outline_place place;
	bool used;                  /* by a stage that is needed */
};

/** struct jet_outline_from - what a stage is built on, for some of the platforms. */
struct jet_outline_from {
	struct jet_str base;    /* expanded */
	struct jet_str platform; /* of FROM --platform; data NULL: none */
	enum jet_outline_base kind;
	size_t base_stage;      /* JET_OUTLINE_STAGE */
	size_t context;         /* JET_OUTLINE_CONTEXT: number in the outline's contexts */
	bool replaced;          /* by that context: the whole stage, not only its base */
	enum jet_outline_pin pin; /* JET_OUTLINE_IMAGE */
	const char *nearest;    /* NULL, or the stage that may be meant */
	bool reachable;
	const char **platforms; /* for which, as they were given */
	size_t nplatforms;      /* 0: none was given */
};

struct jet_outline_stage {
	struct jet_str name;    /* data NULL: none */
	struct jet_outline_from *froms;
	size_t nfroms;          /* 1, unless platforms differ */
	uint32_t line;          /* of FROM */
	bool reachable;         /* for any platform */
	struct jet_outline_link *links;
	size_t nlinks;
	struct jet_outline_outside *outside;
	size_t noutside;
	const size_t *uses;     /* its own, as numbers of the outline's uses */
	size_t nuses;
};

/** struct jet_outline_use - an instruction that reads from the main context. */
struct jet_outline_use {
	struct jet_use use;
	size_t stage;
	uint64_t files, bytes;  /* what it reads; shared files count for each */
	uint64_t own_files, own_bytes; /* what nobody else reads */
};

/** struct jet_outline - borrowed from its needs. */
struct jet_outline {
	struct jet_outline_stage *stages;
	struct jet_outline_use *uses;
	struct jet_outline_context *contexts;
	const struct jet_needs *needs;
	size_t nstages, nuses, ncontexts, target;
	size_t nimages;         /* different ones outside */
	struct jet_str syntax;  /* frontend image asked for; data NULL: none */
	uint64_t files, bytes;  /* all that is needed */
	size_t *by_stage;       /* numbers of uses, those of a stage together */
};

/**
 * jet_outline_make() - from needs, without looking at the tree: counts are 0.
 * Return: 0 or JET_E_NOMEM.
 */
int jet_outline_make(const struct jet_needs *needs, struct jet_outline *outline);

/** jet_outline_count() - adds an entry of a walk along the needs. */
void jet_outline_count(struct jet_outline *outline, const struct jet_entry *entry);

/** jet_outline_clear() - frees it. */
void jet_outline_clear(struct jet_outline *outline);

#endif
