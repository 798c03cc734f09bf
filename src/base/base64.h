/* SPDX-License-Identifier: Apache-2.0 */
/* base64.h - bytes from base64 (RFC 4648, padded); json.h writes it. */
#ifndef JET_BASE_BASE64_H
#define JET_BASE_BASE64_H

#include "base/buf.h"

/**
 * jet_base64_get() - appends the bytes that a text stands for.
 *
 * Only the one way in which bytes are written is taken: padded, without blanks, the
 * unused bits zero.
 *
 * Return: 1; 0 when it is no such text; -1 when out of memory.
 */
int jet_base64_get(struct jet_buf *buf, const char *text, size_t len);

#endif
