/* SPDX-License-Identifier: Apache-2.0 */
/* outline_private.h - what the parts of an outline share: outline_stages.c unites the
 * stages of all platforms, outline.c puts what is read beside them. */
#ifndef JET_REPORT_OUTLINE_PRIVATE_H
#define JET_REPORT_OUTLINE_PRIVATE_H

#include "report/outline.h"

/** jet_outline_fill_stages() - contexts, stages and images of o->needs.  0, or -1: no
 *  memory, and jet_outline_clear() frees what there is. */
int jet_outline_fill_stages(struct jet_outline *o);

#endif
