/* SPDX-License-Identifier: Apache-2.0 */
/* resolve.h - symbolic links as seen from inside a directory. */
#ifndef JET_CONTEXT_RESOLVE_H
#define JET_CONTEXT_RESOLVE_H

#include "base/os.h"

/**
 * jet_resolve() - where does a path lead, if @root is the root of everything?
 * @root: open directory
 * @path: relative; links in it are followed inside @root: an absolute target
 *        starts there, ".." does not leave it
 * @out: filled with the plain path of what is there, NUL-ended behind len
 * @st: what it is; never a link
 *
 * Return: 0, -ENOENT, -ELOOP (more than 255 links), -ENOTDIR, -EACCES, -ENOMEM ...
 */
int jet_resolve(int root, const char *path, struct jet_buf *out, struct jet_os_stat *st);

#endif
