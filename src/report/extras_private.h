/* SPDX-License-Identifier: Apache-2.0 */
/* extras_private.h - between extras.c, for a Dockerfile in the context, and
 * extras_outside.c, for one from elsewhere. */
#ifndef JET_REPORT_EXTRAS_PRIVATE_H
#define JET_REPORT_EXTRAS_PRIVATE_H

#include "base/buf.h"
#include "report/explain.h"
#include "report/extras.h"

/* Larger ones are no Dockerfiles, and no ignore files that anybody wrote. */
enum { JET_EXTRAS_MAX = 16 << 20 };

/** jet_extras_rule() - appends a rule that matches @path and nothing else, in every
 *  dialect.  0, or -1 when out of memory. */
int jet_extras_rule(struct jet_buf *rules, const char *path);

/** jet_extras_ships() - is there such a name among the entries, if only as a directory
 *  on the way?  0 or a negative enum jet_code. */
int jet_extras_ships(struct jet_explainer *ex, const char *path, bool *yes, struct jet_error *err);

/** jet_extras_hide() - an ignore file for the classic daemon that leaves out @dockerfile
 *  and itself.  0 or a negative enum jet_code. */
int jet_extras_hide(const struct jet_sink *sink, const char *dockerfile, struct jet_error *err);

/**
 * jet_extras_put_rules() - an ignore file that says what another one says, and leaves out
 * itself.
 * @name: of the new one; it says what that of @extras says, if its rules count
 * @dockerfile: NULL, or left out too
 *
 * Return: 0 or a negative enum jet_code.
 */
int jet_extras_put_rules(const struct jet_extras *extras, const struct jet_sink *sink,
                         const char *name, const char *dockerfile, struct jet_error *err);

#endif
