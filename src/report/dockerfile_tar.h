/* SPDX-License-Identifier: Apache-2.0 */
/* dockerfile_tar.h - Dockerfile and ignore file in a tar whose entries lack them. */
#ifndef JET_REPORT_DOCKERFILE_TAR_H
#define JET_REPORT_DOCKERFILE_TAR_H

#include "jettison.h"

enum jet_dockerfile_tar {
	JET_DOCKERFILE_SHIPS,  /* it is among the entries, or no instruction sees it */
	JET_DOCKERFILE_HIDDEN, /* added, together with rules that hide it from COPY */
	JET_DOCKERFILE_VISIBLE /* added; this builder cannot hide it */
};

/**
 * jet_dockerfile_tar() - adds what a builder needs to build from a tar.
 * @tar: nothing has been added yet
 * @root: context directory
 * @options: as for jet_walk_open(), with the Dockerfile's path in the context
 * @needs: what the options walk along, or NULL
 * @located: where the Dockerfile and the ignore file can be opened
 * @made: set on success
 *
 * docker 20.10 and later take the Dockerfile of a tar context from the tar
 * itself.  The classic daemon lets an ignore file in the tar hide the
 * two files; buildah filters all of the tar by it, so there it is always among the
 * entries; BuildKit does not read it.
 *
 * Return: 0 or a negative enum jet_code.
 */
int jet_dockerfile_tar(struct jet_tar *tar, const char *root,
                       const struct jet_walk_options *options, const struct jet_needs *needs,
                       const struct jet_located *located, enum jet_dockerfile_tar *made,
                       struct jet_error *err);

/** struct jet_dockerfile_outside - one from standard input or from elsewhere. */
struct jet_dockerfile_outside {
	const char *root;                       /* context directory */
	const struct jet_walk_options *options; /* as for jet_dockerfile_tar() */
	const struct jet_needs *needs;          /* what the options walk along, or NULL */
	const void *text;
	size_t len;
	const char *ignore_file;                /* where the rules can be opened, or NULL */
	const void *rules;                      /* their text, if they can be read only once */
	size_t rules_len;
};

/**
 * jet_dockerfile_tar_outside() - adds a Dockerfile that is not in the context.
 * @tar: nothing has been added yet
 * @made: JET_DOCKERFILE_SHIPS where no instruction sees it
 * @name: set to its name in the tar; static.  "Dockerfile", or another one where a
 *        builder would take an entry for it
 *
 * For buildah an ignore file beside it says once more what the rules say.
 *
 * Return: 0; JET_E_ARG when both names are entries; another negative enum jet_code.
 */
int jet_dockerfile_tar_outside(struct jet_tar *tar, const struct jet_dockerfile_outside *dockerfile,
                               enum jet_dockerfile_tar *made, const char **name,
                               struct jet_error *err);

#endif
