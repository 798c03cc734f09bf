/* SPDX-License-Identifier: Apache-2.0 */
/* plan_text.h - an outline of a build: plan_text.c in words, plan_json.c as JSON,
 * plan_dot.c as a graph. */
#ifndef JET_CLI_PLAN_TEXT_H
#define JET_CLI_PLAN_TEXT_H

#include "base/buf.h"
#include "report/outline.h"

/** jet_plan_unset() - what a variable was taken for, and how to set it.  0 or -1. */
int jet_plan_unset(struct jet_buf *out, const struct jet_unset *unset);

/** jet_plan_text() - for people.
 *  @width: of an instruction, in columns
 *  @wraps: of everything else, too: lines that are wider are broken
 *  0 or -1. */
int jet_plan_text(struct jet_buf *out, const struct jet_outline *o, size_t width, bool wraps);

/** jet_plan_json() - one object.  0 or -1. */
int jet_plan_json(struct jet_buf *out, const struct jet_outline *o);

/** jet_plan_dot() - for Graphviz, bytes as edge labels.  0 or -1. */
int jet_plan_dot(struct jet_buf *out, const struct jet_outline *o);

/* ---- between the files of the plan -------------------------------------- */

/** jet_plan_put_name() - the name of a stage, or "stage 2".  0 or -1. */
int jet_plan_put_name(struct jet_buf *out, const struct jet_outline *o, size_t index);

/** jet_plan_put_amount() - "12 files, 3 KiB".  0 or -1. */
int jet_plan_put_amount(struct jet_buf *out, uint64_t files, uint64_t bytes);

#endif
