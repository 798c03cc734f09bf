/* SPDX-License-Identifier: Apache-2.0 */
/* parse_private.h - between the files that read a Dockerfile. */
#ifndef JET_DOCKERFILE_PARSE_PRIVATE_H
#define JET_DOCKERFILE_PARSE_PRIVATE_H

#include "dockerfile/lines.h"

/** struct jet_parser - one jet_dockerfile_append(). */
struct jet_parser {
	struct jet_dockerfile *df;
	struct jet_lines lines;
	size_t first;           /* of its instructions in df->list */
	struct jet_error *err;
};

/**
 * jet_parse_instruction() - keyword, flags, words.
 * @line: part of the logical line at @base
 * @depth: in how many ONBUILD
 * @in: filled, but for here-documents; zeroed before
 *
 * Return: 0, JET_E_PARSE or JET_E_NOMEM.
 */
int jet_parse_instruction(struct jet_parser *p, struct jet_str line, const char *base, unsigned depth,
                          struct jet_instruction *in);

#endif
