/* SPDX-License-Identifier: Apache-2.0 */
/* remote.h - is a source of COPY or ADD a URL, a git repository, or local? */
#ifndef JET_DOCKERFILE_REMOTE_H
#define JET_DOCKERFILE_REMOTE_H

#include "base/str.h"

enum jet_remote { JET_REMOTE_NONE, JET_REMOTE_URL, JET_REMOTE_GIT };

/** jet_remote_kind() - as BuildKit tells them apart: "github.com/o/r" and "x.git"
 *  are local paths. */
enum jet_remote jet_remote_kind(struct jet_str source);

#endif
