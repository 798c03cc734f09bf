/* SPDX-License-Identifier: Apache-2.0 */
/* place.h - where in the context lies the path that a user names? */
#ifndef JET_CLI_PLACE_H
#define JET_CLI_PLACE_H

#include "base/buf.h"
#include "jettison.h"

enum jet_place_from { JET_PLACE_CONTEXT, JET_PLACE_CURRENT };

/**
 * jet_place() - a path as the library wants it: plain, below the context root.
 * @root: the context directory; NULL: an archive, where all paths begin at its root
 * @name, @len: as the user wrote it: relative to @from, or absolute; "." and
 *              ".." are resolved as text
 * @path: filled, NUL-ended behind len; empty for the root itself
 * @err: JET_E_PATH when it lies outside, JET_E_IO when @root does not resolve
 *
 * The path itself need not exist.  An absolute path may reach the context
 * through symbolic links above it.
 *
 * Return: 0 or a negative enum jet_code.
 */
int jet_place(const char *root, enum jet_place_from from, const char *name, size_t len,
              struct jet_buf *path, struct jet_error *err);

#endif
