/* SPDX-License-Identifier: Apache-2.0 */
/* why_outside.h - what stages outside the target would read. */
#ifndef JET_CLI_WHY_OUTSIDE_H
#define JET_CLI_WHY_OUTSIDE_H

#include "cli/run.h"
#include "report/explain.h"
#include "report/outline.h"

/** struct jet_why_stages - one stage or all, with what they are built on. */
struct jet_why_stages {
	struct jet_needs *needs;         /* NULL: it does not build */
	struct jet_outline outline;
	struct jet_explainer *explainer; /* NULL: the same */
};

/** struct jet_why_outside - the stages of the Dockerfile.  Zeroed at first; looked into
 *  when it is first asked: all at once, or where one has a mistake one by one. */
struct jet_why_outside {
	struct jet_run *run;
	bool asked;
	bool cut; /* there are more than were looked into */
	struct jet_why_stages *list;
	size_t n;
	struct jet_error *failures; /* what the stages would fail at */
	size_t nfailures, capacity;
};

/** struct jet_why_reader - an instruction that would read a path. */
struct jet_why_reader {
	bool known;                         /* all stages could be asked */
	const struct jet_outline_use *use;  /* NULL: nobody would */
	struct jet_str stage;               /* data NULL: it has no name */
};

/** jet_why_outside_reader() - who would read @path, which the target does not need? */
struct jet_why_reader jet_why_outside_reader(struct jet_why_outside *outside, const char *path);

/** jet_why_outside_failure() - why a stage does not build, if it is about @path, or
 *  something that is in it or that it is in; else NULL. */
const struct jet_error *jet_why_outside_failure(struct jet_why_outside *outside, const char *path);

/** jet_why_is_about() - is the path of a failure @path, or one of them in the other? */
bool jet_why_is_about(const struct jet_error *err, const char *path);

/** jet_why_outside_clear() - frees it. */
void jet_why_outside_clear(struct jet_why_outside *outside);

#endif
