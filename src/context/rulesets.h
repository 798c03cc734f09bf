/* SPDX-License-Identifier: Apache-2.0 */
/* rulesets.h - lists of patterns, as --exclude and --parents have them, each compiled
 * once however often it occurs. */
#ifndef JET_CONTEXT_RULESETS_H
#define JET_CONTEXT_RULESETS_H

#include "base/buf.h"
#include "context/numbers.h"
#include "match/ruleset.h"

/* How BuildKit calls a list that has a fault: what COPY and its client look for, what
 * --exclude leaves out. */
#define JET_INCLUDE_PATTERNS "invalid includepatterns: "
#define JET_EXCLUDE_PATTERNS "invalid excludepatterns: "

/** struct jet_rulesets - zero it; jet_rulesets_clear() it. */
struct jet_rulesets {
	struct jet_ruleset **list;
	size_t n, capacity;
	struct jet_numbers known; /* their patterns -> number in list */
	struct jet_buf key;
};

/**
 * jet_rulesets_get() - the rules of these patterns, as moby/patternmatcher takes them.
 * @patterns: have to outlive the rulesets
 * @rs: set on success; belongs to @sets
 *
 * Nothing may be asked for after a failure.
 *
 * Return: 0; JET_E_SYNTAX; JET_E_NOMEM.
 */
int jet_rulesets_get(struct jet_rulesets *sets, const struct jet_str *patterns, size_t n,
                     struct jet_ruleset **rs, struct jet_error *err);

/** jet_rulesets_fault() - the first pattern of @rs that does not compile; "" if all do. */
struct jet_str jet_rulesets_fault(const struct jet_ruleset *rs);

/** jet_rulesets_hint() - the way out that an error ends with which shows a pattern, or "". */
const char *jet_rulesets_hint(const char *shown);

/** jet_rulesets_clear() - frees all of them. */
void jet_rulesets_clear(struct jet_rulesets *sets);

#endif
