/* SPDX-License-Identifier: Apache-2.0 */
/* dockerfile_tar.h - the Dockerfile in a tar whose entries do not include it. */
#ifndef JET_REPORT_DOCKERFILE_TAR_H
#define JET_REPORT_DOCKERFILE_TAR_H

#include "jettison.h"

enum jet_dockerfile_tar {
	JET_DOCKERFILE_SHIPS,  /* it is among the entries: nothing was added */
	JET_DOCKERFILE_HIDDEN, /* added, together with rules that hide it from COPY */
	JET_DOCKERFILE_VISIBLE /* added; this builder cannot hide it */
};

/**
 * jet_dockerfile_tar() - adds what a builder needs to build from a tar.
 * @tar: nothing has been added yet
 * @root: context directory
 * @options: as for jet_walk_open(), with the Dockerfile's path in the context
 * @path: where the Dockerfile can be opened
 * @made: set on success
 *
 * docker 20.10 and later take the Dockerfile of a tar context from the tar
 * itself (needs.md 8).  The classic daemon and buildah read an ignore file that
 * is in the tar; BuildKit does not.
 *
 * Return: 0 or a negative enum jet_code.
 */
int jet_dockerfile_tar(struct jet_tar *tar, const char *root,
                       const struct jet_walk_options *options, const char *path,
                       enum jet_dockerfile_tar *made, struct jet_error *err);

#endif
