/* SPDX-License-Identifier: Apache-2.0 */
/* remote.h - is a source of COPY or ADD, or a named context, a URL, a git repository, or local? */
#ifndef JET_DOCKERFILE_REMOTE_H
#define JET_DOCKERFILE_REMOTE_H

#include "base/str.h"

enum jet_remote { JET_REMOTE_NONE, JET_REMOTE_URL, JET_REMOTE_GIT };

/** jet_remote_kind() - as BuildKit tells them apart: "github.com/o/r" and "x.git"
 *  are local paths. */
enum jet_remote jet_remote_kind(struct jet_str source);

/** Where the value of --build-context leads. */
enum jet_context_kind { JET_CONTEXT_DIRECTORY, JET_CONTEXT_IMAGE, JET_CONTEXT_REMOTE };

/** jet_context_kind() - by its text: "docker-image://", "oci-layout://", a URL, git. */
enum jet_context_kind jet_context_kind(struct jet_str value);

/** jet_context_image() - the name of the image it leads to, or all of it where that has no
 *  name of its own; data NULL: it leads to files. */
struct jet_str jet_context_image(struct jet_str value);

#endif
