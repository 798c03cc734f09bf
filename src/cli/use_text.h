/* SPDX-License-Identifier: Apache-2.0 */
/* use_text.h - an instruction that reads something, as all commands show it. */
#ifndef JET_CLI_USE_TEXT_H
#define JET_CLI_USE_TEXT_H

#include "base/buf.h"
#include "base/json.h"
#include "jettison.h"

/**
 * jet_use_text() - appends "COPY a /" or, for what a FROM runs of its base,
 * "FROM b (ONBUILD COPY a / at line 2)".
 * @quote: put around each instruction: "" or "`"
 * @width: columns of an instruction
 *
 * Return: 0, or -1 when out of memory.
 */
int jet_use_text(struct jet_buf *out, const struct jet_use *use, const char *quote, size_t width);

/** jet_use_json() - the members line, instruction and, where it is one, onbuild. */
void jet_use_json(struct jet_json *w, const struct jet_use *use);

#endif
