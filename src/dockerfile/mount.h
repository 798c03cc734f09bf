/* SPDX-License-Identifier: Apache-2.0 */
/* mount.h - the value of RUN --mount. */
#ifndef JET_DOCKERFILE_MOUNT_H
#define JET_DOCKERFILE_MOUNT_H

#include "dockerfile/dockerfile.h"
#include "dockerfile/expand.h"

enum jet_mount_type { JET_MOUNT_BIND, JET_MOUNT_CACHE, JET_MOUNT_TMPFS, JET_MOUNT_SECRET, JET_MOUNT_SSH };

struct jet_mount {
	enum jet_mount_type type;
	struct jet_str from, source, target; /* data NULL: not given */
	bool target_varies;                  /* it is made of a variable */
};

/** jet_mount_precheck() - what is checked of a mount before anything runs: it
 *  is CSV, and "from" has no variable.  0, JET_E_PARSE or JET_E_NOMEM. */
int jet_mount_precheck(const struct jet_dockerfile *df, struct jet_spot told,
                       const struct jet_word *flag, struct jet_error *err);

/** jet_mount_from() - the value of "from", unexpanded, in @arena; data NULL: none.
 *  0 or -1. */
int jet_mount_from(struct jet_arena *arena, struct jet_str flag, struct jet_str *from);

/**
 * jet_mount_parse() - the mount, expanded.
 * @told: where errors are told
 * @flag: "--mount=..."
 * @x: how to expand; also the arena
 *
 * Return: 0; JET_E_OPTION (unknown key, bad value); JET_E_EXPAND; JET_E_NOMEM.
 */
int jet_mount_parse(const struct jet_dockerfile *df, struct jet_spot told,
                    const struct jet_word *flag, struct jet_expander *x, struct jet_mount *mount,
                    struct jet_error *err);

#endif
