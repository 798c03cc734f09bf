/* SPDX-License-Identifier: Apache-2.0 */
/* guide.h - leads a walk along a plan: what to look at in a directory, and which
 * instructions need it. */
#ifndef JET_CONTEXT_GUIDE_H
#define JET_CONTEXT_GUIDE_H

#include "context/plan.h"

struct jet_guide;

/** struct jet_guidance - what the plan says of a name. */
struct jet_guidance {
	uint32_t by;  /* list of needs, for jet_guide_by(); 0: nobody reads it */
	bool enter;   /* a directory: something below may be needed */
	bool exact;   /* the plan has been at it: it is there for the builder */
	bool failed;  /* a pattern that was asked does not compile: by is whose it is */
};

/** jet_guide_open() - begins at the root.  0 or JET_E_NOMEM. */
int jet_guide_open(const struct jet_plan *plan, struct jet_guide **guide);

/** jet_guide_close() - accepts NULL. */
void jet_guide_close(struct jet_guide *guide);

/** jet_guide_reads_all() - must all names of the current directory be asked about,
 *  or only those that jet_guide_next_name() gives? */
bool jet_guide_reads_all(const struct jet_guide *guide);

/** jet_guide_knows_names() - are there such, and no others to be asked about?  Then
 *  the plan has been in the directory. */
bool jet_guide_knows_names(const struct jet_guide *guide);

/** jet_guide_next_name() - the names that lead on, sorted.  @at: 0 at first.
 *  @type: what the plan found there.  False at the end. */
bool jet_guide_next_name(const struct jet_guide *guide, size_t *at, struct jet_str *name,
                         enum jet_type *type);

/** jet_guide_ask() - about a name in the current directory.  0 or JET_E_NOMEM. */
int jet_guide_ask(struct jet_guide *guide, const char *name, size_t len, struct jet_guidance *g);

/** jet_guide_fail() - the error for a name that failed; @by of its guidance.  Return:
 *  JET_E_PATTERN. */
int jet_guide_fail(const struct jet_guide *guide, uint32_t by, struct jet_error *err);

/** jet_guide_push() - into a directory.  0 or JET_E_NOMEM. */
int jet_guide_push(struct jet_guide *guide, const char *name, size_t len);

/** jet_guide_pop() - back to its parent. */
void jet_guide_pop(struct jet_guide *guide);

/** jet_guide_by() - the needs in a list: indexes into the plan's; valid until the
 *  next jet_guide_ask(). */
const uint32_t *jet_guide_by(const struct jet_guide *guide, uint32_t by, size_t *n);

#endif
