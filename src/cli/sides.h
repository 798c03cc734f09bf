/* SPDX-License-Identifier: Apache-2.0 */
/*
 * sides.h - two sides, compared, as verify and diff do it.
 *
 *   jet_side_open(), jet_side_read() of both
 *   jet_output_open(&sides.out, ...)
 *   c = jet_sides_comparison(&sides, &options)
 *   jet_sides_list(&sides, &c, ...)
 *   jet_sides_judge(&sides, &c, quiet)
 *   jet_sides_end(&sides, ...)            in any case
 */
#ifndef JET_CLI_SIDES_H
#define JET_CLI_SIDES_H

#include "cli/difference.h"
#include "cli/output.h"
#include "cli/side.h"

/* What both commands are told. */
struct jet_sides_options {
	struct jet_cache_option cache;
	bool normalize, mtime, size_only, json;
};

/** struct jet_sides - zero it. */
struct jet_sides {
	struct jet_side a, b;
	struct jet_output out;
	struct jet_tally tally;
	struct jet_error err;
};

/** jet_sides_comparison() - of both, at its beginning. */
struct jet_comparison jet_sides_comparison(const struct jet_sides *sides,
                                           const struct jet_sides_options *options);

/**
 * jet_sides_put() - writes @text, and empties it.
 * @bad: it could not be made, for want of memory
 *
 * Return: 0; JET_E_WRITE; JET_E_NOMEM; as the others below, with sides->err.
 */
int jet_sides_put(struct jet_sides *sides, struct jet_buf *text, int bad);

/**
 * jet_sides_list() - all differences, a line or an object each, counted in sides->tally;
 * and in JSON the contents that could not be compared.
 * @gone: what one is called that only the first side has
 * @text: room for a line
 */
int jet_sides_list(struct jet_sides *sides, struct jet_comparison *c, bool json, const char *gone,
                   struct jet_buf *text);

/** jet_sides_judge() - the end: writes what is buffered, then as jet_side_judge(). */
int jet_sides_judge(struct jet_sides *sides, const struct jet_comparison *c, bool quiet);

/** jet_sides_end() - says what went wrong and frees all.  @rc: 0 or a negative enum
 *  jet_code.  Return: the exit code. */
int jet_sides_end(struct jet_sides *sides, int rc, bool json);

#endif
