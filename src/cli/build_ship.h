/* SPDX-License-Identifier: Apache-2.0 */
/* build_ship.h - runs a builder with what it needs. */
#ifndef JET_CLI_BUILD_SHIP_H
#define JET_CLI_BUILD_SHIP_H

#include "cli/build_args.h"
#include "cli/line.h"
#include "cli/tool.h"

/** struct jet_build - which builder, and with what words. */
struct jet_build {
	const struct jet_tool *tool; /* settled */
	const struct jet_build_args *args;
	const struct jet_texts *globals; /* before the builder's command */
	bool dry_run;                    /* only print the command */
};

/**
 * jet_build_ship() - prunes, and builds.
 * @line: read, with the builder whose rules count
 * @root: the context
 *
 * Return: the builder's exit code, or one of jettison's: all trouble has been told.
 */
int jet_build_ship(const struct jet_build *build, const struct jet_line *line, const char *root);

#endif
