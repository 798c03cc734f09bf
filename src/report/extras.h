/* SPDX-License-Identifier: Apache-2.0 */
/* extras.h - Dockerfile and ignore file, where a builder needs them besides what
 * ships. */
#ifndef JET_REPORT_EXTRAS_H
#define JET_REPORT_EXTRAS_H

#include "sink/sink.h"

/** struct jet_extras - what is to be built from. */
struct jet_extras {
	const char *root; /* context directory */
	const struct jet_walk_options *walk; /* with the Dockerfile's path in the context */
	const struct jet_located *located;   /* where both files can be opened */
	const struct jet_needs *needs; /* what the walk goes along, or NULL */
	const void *own_rules; /* the ignore file is not the one that a builder finds there:
	                          its text; else NULL */
	size_t own_rules_len;
	bool is_dir;    /* for a directory; else a tar on standard input */
};

enum jet_extras_made {
	JET_EXTRAS_DONE,    /* the builder sees what it would see in the context */
	JET_EXTRAS_VISIBLE, /* but for the Dockerfile: left out by the rules, needed here,
	                       and nothing hides it from COPY */
	JET_EXTRAS_RULES    /* but for the rules: another ignore file ships, or a link that
	                       leads nowhere there, in the place where this one would
	                       have to be */
};

/**
 * jet_extras_add() - adds them to a sink that nothing has been added to.
 * @made: set on success
 *
 * docker 20.10 and later take the Dockerfile of a tar context from the tar itself.
 * The classic daemon lets an ignore file in there hide the two files; buildah
 * filters all of the tar by it; BuildKit does not read it.  In a directory every
 * builder reads both and filters again, so both are always in there: a tree that was
 * filtered passes its own filter, and what only had to be added is left out once more.
 *
 * Return: 0 or a negative enum jet_code.
 */
int jet_extras_add(const struct jet_extras *extras, const struct jet_sink *sink,
                   enum jet_extras_made *made, struct jet_error *err);

/** struct jet_extras_outside - a Dockerfile from standard input or from elsewhere. */
struct jet_extras_outside {
	const void *text;
	size_t len;
};

/**
 * jet_extras_add_outside() - the same for a tar, with a Dockerfile that is not in the
 * context.
 * @name: set to its name in the tar; static.  "Dockerfile", or another one where a
 *        builder would take an entry for it
 *
 * For buildah an ignore file beside it says once more what the rules say.
 *
 * Return: 0; JET_E_ARG when both names are entries; another negative enum jet_code.
 */
int jet_extras_add_outside(const struct jet_extras *extras,
                           const struct jet_extras_outside *dockerfile,
                           const struct jet_sink *sink, enum jet_extras_made *made,
                           const char **name, struct jet_error *err);

#endif
