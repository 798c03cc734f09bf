/* SPDX-License-Identifier: Apache-2.0 */
/* lines.h - physical lines to logical ones: continuations, comments, directives. */
#ifndef JET_DOCKERFILE_LINES_H
#define JET_DOCKERFILE_LINES_H

#include "base/buf.h"
#include "dockerfile/dockerfile.h"

/** struct jet_piece - where a part of a logical line comes from. */
struct jet_piece {
	size_t offset; /* in the logical line */
	struct jet_spot at;
};

/** struct jet_lines - a Dockerfile being read; fill in the first five. */
struct jet_lines {
	const char *name;
	const char *at;
	size_t left;
	char escape;           /* '\\' at first */
	struct jet_error *err;

	struct jet_str syntax; /* the directive's value */
	struct jet_spot syntax_at;
	uint32_t line;         /* lines read so far */
	unsigned seen;         /* directives */
	bool directives_over;
	bool too_long;         /* a line is: told when all before it is done */

	struct jet_buf text;   /* the logical line */
	struct jet_piece *pieces;
	size_t npieces, capacity;
	uint32_t first;        /* its first line */
};

/** jet_lines_next() - the next logical line, in text.  1, 0 at the end, or a
 *  negative enum jet_code. */
int jet_lines_next(struct jet_lines *l);

/** jet_lines_raw() - the next physical line as it is, "\n" included.  1 or 0. */
int jet_lines_raw(struct jet_lines *l, struct jet_str *raw);

/** jet_lines_spot() - where byte @offset of the logical line stands. */
struct jet_spot jet_lines_spot(const struct jet_lines *l, size_t offset);

/** jet_lines_end() - where a text that ends before byte @offset ends: behind its last
 *  byte, on the line of that byte. */
struct jet_spot jet_lines_end(const struct jet_lines *l, size_t offset);

/** jet_lines_clear() - frees what reading needed. */
void jet_lines_clear(struct jet_lines *l);

#endif
