/* SPDX-License-Identifier: Apache-2.0 */
/*
 * source.h - what the instructions of reachable stages read of a context:
 * as text; nothing here looks at a disk.
 */
#ifndef JET_DOCKERFILE_SOURCE_H
#define JET_DOCKERFILE_SOURCE_H

#include "dockerfile/stage.h"

/* What dialects say that want it; "%s": their name. */
#define JET_MANY_WANT_SLASH "with more than one source file %s wants a destination that ends with \"/\""

enum jet_source_kind { JET_SOURCE_COPY, JET_SOURCE_ADD, JET_SOURCE_BIND };

/** struct jet_source - one source of one instruction. */
struct jet_source {
	enum jet_source_kind kind;
	const struct jet_instruction *in;
	struct jet_spot at;        /* where errors are told: the line of the instruction, and
	                              the column of the word if it stands there */
	struct jet_word word;      /* as it is written; of a mount the whole flag */
	size_t stage;
	const struct jet_pair *context; /* NULL: the main one; else --build-context */
	struct jet_str text;       /* expanded */
	struct jet_str path;       /* clean, without the leading "/"; "" is the root */
	bool parents;
	bool one_file;             /* the instruction may copy no more than one: its
	                              destination is no directory to the dialect */
	size_t nremote;            /* what it copies that is a URL */
	const struct jet_str *excludes;
	size_t nexcludes;
};

/** struct jet_unset_var - a variable that is not set, where the base image may set
 *  it, and a source hangs on it. */
struct jet_unset_var {
	struct jet_str name;
	struct jet_spot at;        /* where it is used: in the source, or in an ENV or ARG
	                              that the source uses */
	struct jet_str image;
	bool declared;             /* by ARG */
	bool fallback;             /* what "${name:-word}" has instead was taken */
};

struct jet_sources {
	struct jet_arena arena;
	struct jet_source *list;   /* in the order of the file */
	size_t n, capacity;
	struct jet_str *paths;     /* clean, with "/": what BuildKit asks its client for */
	size_t npaths, path_capacity;
	struct jet_unset_var *unset;
	size_t nunset, unset_capacity;
};

/**
 * jet_sources_find() - expands the instructions and collects their sources.
 * @sources: set on success and, unless there is no memory, on failure: then with what
 *           was found until then.  jet_sources_free() it
 *
 * Return: 0; JET_E_EXPAND, JET_E_OPTION, JET_E_STAGE, all with a line; JET_E_PARSE
 * where the dialect checks instructions when they run; JET_E_NOMEM.
 */
int jet_sources_find(struct jet_stages *stages, struct jet_sources **sources, struct jet_error *err);

/** jet_sources_free() - accepts NULL. */
void jet_sources_free(struct jet_sources *sources);

#endif
