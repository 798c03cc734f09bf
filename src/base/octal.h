/* SPDX-License-Identifier: Apache-2.0 */
/* octal.h - bytes as visible ASCII: "\040" for what is not. */
#ifndef JET_BASE_OCTAL_H
#define JET_BASE_OCTAL_H

#include "base/buf.h"

/**
 * jet_octal_put() - appends bytes, escaped.
 * @also: escaped too, besides the backslash and what is outside '!' to '~'
 *
 * Return: 0, or -1 when out of memory.
 */
int jet_octal_put(struct jet_buf *buf, const char *data, size_t len, const char *also);

#endif
