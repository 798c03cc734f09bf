/* SPDX-License-Identifier: Apache-2.0 */
/* focus.h - asks a walk about one path after the other. */
#ifndef JET_CONTEXT_FOCUS_H
#define JET_CONTEXT_FOCUS_H

#include "jettison.h"

/**
 * jet_walk_focus() - begins anew, as if opened with another jet_walk_options.only.
 * @path: plain; borrowed until the next call or jet_walk_close()
 *
 * Not for walks with JET_WALK_IGNORED.
 *
 * Return: 0 or a negative enum jet_code.
 */
int jet_walk_focus(struct jet_walk *walk, const char *path, struct jet_error *err);

/** jet_walk_removes() - as jet_judge_removes(). */
bool jet_walk_removes(const struct jet_walk *walk, const char *path, size_t len);

#endif
