/* SPDX-License-Identifier: Apache-2.0 */
/* rest.h - a build that fails at a source: what all its others would read. */
#ifndef JET_REPORT_REST_H
#define JET_REPORT_REST_H

#include "jettison.h"

/** typedef jet_rest_fn - is told where the build would fail: 0, or a negative enum
 *  jet_code to stop with. */
typedef int (*jet_rest_fn)(void *ctx, const struct jet_error *err);

/**
 * jet_rest_plan() - plans anew, from the main context alone, without what fails.
 * @needs: those that jet_needs_open() gives when it fails; jet_needs_apply() and
 *         jet_outline_make() take them after that
 * @err: as jet_needs_open() has left it; filled where nothing is planned
 *
 * Of an instruction the sources that are there count, and the failure is that of the
 * first one that is not.  All that the rules keep is taken for sent, and at most some
 * hundred sources are looked at again: behind that nothing is planned.
 *
 * Return: 1: of all; 0: there are too many; a negative enum jet_code: not even the
 * Dockerfile can be read as a whole, or no memory, or what @fn says.
 */
int jet_rest_plan(struct jet_needs *needs, jet_rest_fn fn, void *ctx, struct jet_error *err);

#endif
