/* SPDX-License-Identifier: Apache-2.0 */
/* plan_text.h - an outline of a build in words, as JSON, as a graph. */
#ifndef JET_CLI_PLAN_TEXT_H
#define JET_CLI_PLAN_TEXT_H

#include "base/buf.h"
#include "report/outline.h"

/** jet_plan_unset() - what a variable was taken for, and how to set it.  0 or -1. */
int jet_plan_unset(struct jet_buf *out, const struct jet_unset *unset);

/** jet_plan_text() - for people; @width columns.  0 or -1. */
int jet_plan_text(struct jet_buf *out, const struct jet_outline *o, size_t width);

/** jet_plan_json() - one object.  0 or -1. */
int jet_plan_json(struct jet_buf *out, const struct jet_outline *o);

/** jet_plan_dot() - for Graphviz, bytes as edge labels.  0 or -1. */
int jet_plan_dot(struct jet_buf *out, const struct jet_outline *o);

#endif
