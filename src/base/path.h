/* SPDX-License-Identifier: Apache-2.0 */
/* path.h - paths as text; nothing here looks at a disk. */
#ifndef JET_BASE_PATH_H
#define JET_BASE_PATH_H

#include "base/str.h"

/**
 * jet_path_clean() - Go's filepath.Clean for '/'.
 * @path, @len: any bytes
 * @out: at least @len + 1 bytes; may be @path itself
 *
 * Squeezes "//", drops ".", resolves "x/.." as text, keeps a leading ".." of a
 * relative path; nothing left is ".".
 *
 * Return: bytes written to @out, at least 1, no NUL added.
 */
size_t jet_path_clean(const char *path, size_t len, char *out);

/**
 * jet_path_is_plain() - is it a path below a root?
 *
 * True for "" and for components separated by single '/' of which none is
 * empty, "." or "..", without NUL.
 */
bool jet_path_is_plain(const char *path, size_t len);

/** jet_path_base() - offset of the last component of a plain path. */
size_t jet_path_base(const char *path, size_t len);

/** jet_path_name() - the last component of a NUL-ended path; "" behind a final "/". */
const char *jet_path_name(const char *path);

/** jet_path_take() - takes the next component off the front of @rest, with the "/"
 *  before it; empty behind the last. */
struct jet_str jet_path_take(struct jet_str *rest);

/** jet_has_wildcard() - an unescaped "*", "?" or "[" in @s? */
bool jet_has_wildcard(struct jet_str s);

/** jet_path_order() - the order of a walk: component by component in byte
 *  order, a directory before its contents.  < 0, 0, > 0. */
int jet_path_order(const char *a, size_t alen, const char *b, size_t blen);

#endif
