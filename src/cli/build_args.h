/* SPDX-License-Identifier: Apache-2.0 */
/* build_args.h - the words of `jettison build`: whose are they? */
#ifndef JET_CLI_BUILD_ARGS_H
#define JET_CLI_BUILD_ARGS_H

#include "base/arena.h"
#include "jettison.h"

/* The programs that build.  Their options differ in what a word means, not in which of
 * them take a value: nowhere is one a flag here and an option with a value there. */
enum jet_tool_kind {
	JET_TOOL_DOCKER, /* docker build */
	JET_TOOL_BUILDX, /* docker buildx build */
	JET_TOOL_PODMAN,
	JET_TOOL_BUILDAH,
	JET_TOOL_BUILDCTL
};

/** struct jet_build_word - an option that the builder gets. */
struct jet_build_word {
	const char *text;  /* as it was written, or "-x" out of "-xy" */
	const char *name;  /* its long name without "--"; NULL: not known */
	const char *value; /* NULL: none */
	bool joined;       /* the value is in the text */
};

/** struct jet_build_args - words, sorted.  The texts are borrowed or in the arena. */
struct jet_build_args {
	struct jet_arena arena;
	char **ours; /* for jet_line_read(), operands last */
	int nours;
	struct jet_build_word *theirs;
	size_t ntheirs;
	const char *with;   /* the value of --with, or NULL */
	bool builder_given; /* --builder with the name of one of jettison's builders */
	size_t nfiles;      /* how many -f there were */
	/* For messages. */
	struct jet_build_word before; /* an option that belongs before the command; text NULL: none */
	const char *unknown;          /* an option that is not known, before an operand; or NULL */
	const char *unknown_value;    /* that operand, which was perhaps meant as its value; or NULL */
};

/**
 * jet_build_args() - sorts the words.
 * @args: zeroed; jet_build_args_clear() it in any case
 * @argc, @argv: the words behind "build"
 * @kind: whose options they are: --env is jettison's, but not where it is buildah's
 *
 * What both need is in both lists; -f is not in the builder's, because the file may
 * have another name there.  An option that is not known has no value, and goes to the
 * builder.
 *
 * Return: 0 or JET_E_NOMEM.
 */
int jet_build_args(struct jet_build_args *args, int argc, char **argv, enum jet_tool_kind kind);

/** jet_build_args_clear() - frees what it holds. */
void jet_build_args_clear(struct jet_build_args *args);

#endif
