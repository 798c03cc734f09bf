/* SPDX-License-Identifier: Apache-2.0 */
/* ruleset.h - the inside of struct jet_ruleset, for the engine and the tests. */
#ifndef JET_MATCH_RULESET_H
#define JET_MATCH_RULESET_H

#include "base/buf.h"
#include "match/prune.h"
#include "match/program.h"

struct jet_ruleset {
	struct jet_arena arena;
	const char *name;
	enum jet_builder builder;
	const struct jet_dialect *dialect;
	struct jet_rule *rules;
	uint32_t *parts; /* components of each pattern */
	size_t n, capacity;
	bool has_negated;
	struct jet_program program;
	struct jet_pruner pruner;
};

/** struct jet_line - one line of a list, borrowed. */
struct jet_line {
	struct jet_str rule; /* as read and cleaned, "!" included */
	struct jet_str text; /* as it stands in the file, trimmed */
	uint32_t number;     /* 1-based */
	uint32_t column;     /* of text, 1-based */
};

/** typedef jet_read_fn - takes one line.  Anything but 0 stops the reading. */
typedef int (*jet_read_fn)(void *ctx, const struct jet_line *line);

/**
 * jet_ruleset_read() - bytes of an ignore file to lines.
 * @name: what errors call the file
 *
 * Return: 0; JET_E_SYNTAX for a line that is too long; JET_E_NOMEM; or what
 * @fn gave back.
 */
int jet_ruleset_read(const void *data, size_t len, const char *name,
                     const struct jet_dialect *dialect, jet_read_fn fn, void *ctx,
                     struct jet_error *err);

/* The same for those who want the lines alone. */
typedef int (*jet_line_fn)(void *ctx, const char *line, size_t len);

/** jet_ruleset_read_lines() - jet_ruleset_read() for a builder, lines only. */
int jet_ruleset_read_lines(const void *data, size_t len, const char *name,
                           enum jet_builder builder, jet_line_fn fn, void *ctx,
                           struct jet_error *err);

/**
 * jet_ruleset_extend() - the same rules and some more behind them.
 * @old: has to outlive the new one, which borrows its texts; NULL: no rules, in
 *       BuildKit's dialect, as for --exclude and what BuildKit asks its client for
 * @lines: "!" and patterns, as the classic client appends them: cleaned, but not
 *         read as lines of a file; they have to outlive the new one too
 * @out: set on success; jet_ruleset_free() it
 *
 * Return: 0; JET_E_SYNTAX; JET_E_ARG; JET_E_NOMEM.
 */
int jet_ruleset_extend(const struct jet_ruleset *old, const struct jet_str *lines, size_t n,
                       struct jet_ruleset **out, struct jet_error *err);

/* What gRPC lets BuildKit send as metadata. */
enum { JET_TRANSPORT_BYTES = 1048896 };

/**
 * jet_transport_check() - can BuildKit send these lines to its daemon?
 * @name: what errors call the file
 *
 * The lines as they were read, "!" included, travel as gRPC metadata (what
 * parsing trims off is still there: "/\ta"): printable ASCII, unless some line has
 * a wider rune (then all are percent-encoded), and no more than 1,048,896 bytes.
 *
 * Return: 0 or JET_E_TRANSPORT.
 */
int jet_transport_check(const struct jet_line *lines, size_t n, const char *name,
                        struct jet_error *err);

#endif
