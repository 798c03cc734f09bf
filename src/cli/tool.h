/* SPDX-License-Identifier: Apache-2.0 */
/* tool.h - the program that builds: where it is, and whose rules it has. */
#ifndef JET_CLI_TOOL_H
#define JET_CLI_TOOL_H

#include "cli/build_args.h"

struct jet_tool {
	enum jet_tool_kind kind;
	const char *name; /* as it was asked for; borrowed or static */
	char *file;       /* its path */
	enum jet_builder builder; /* by jet_tool_settle() */
	const char *buildkit;     /* what DOCKER_BUILDKIT has to be; NULL: does not matter */
};

/**
 * jet_tool_find() - where it is.
 * @with: docker, buildx, podman, buildah or buildctl, or a path that ends so; NULL: the
 *        first one in PATH
 * @tool: set also on failure, as far as it is known; jet_tool_clear() it
 *
 * Return: 0, or JET_E_ARG or JET_E_NOMEM in @err.
 */
int jet_tool_find(struct jet_tool *tool, const char *with, struct jet_error *err);

/**
 * jet_tool_settle() - whose rules it has.
 * @wanted: NULL, or the builder that somebody asked for
 *
 * docker has two builders, and which one it takes depends on its version,
 * DOCKER_BUILDKIT and on whether buildx is there, so it is asked.  That they are the same
 * in the end is what tool->buildkit is for.  A docker that is podman is found out.
 *
 * Return: 0; JET_E_ARG in @err when the program has no such builder; JET_E_IO.
 */
int jet_tool_settle(struct jet_tool *tool, const enum jet_builder *wanted, struct jet_error *err);

/** jet_tool_is_buildah() - podman or buildah. */
bool jet_tool_is_buildah(const struct jet_tool *tool);

/** jet_truth() - a truth value as Go reads it: 1, 0, or -1 for none. */
int jet_truth(const char *text);

/** jet_tool_clear() - frees what it holds. */
void jet_tool_clear(struct jet_tool *tool);

#endif
