/* SPDX-License-Identifier: Apache-2.0 */
/*
 * twin.h - the slow twin of src/match: one rule at a time, no state kept.
 *
 * It reads an ignore file, turns every rule into a regular expression as
 * moby/patternmatcher does, gives that to PCRE2 and evaluates a list rule by
 * rule, in the words of docs/SEMANTICS.md.  It shares no code with src/match,
 * so that a mistake has to be made twice to go unnoticed.  Speed is no aim.
 *
 *   twin_parse(), twin_path() any number of times, twin_free()
 */
#ifndef JET_TESTS_TWIN_H
#define JET_TESTS_TWIN_H

#include "jettison.h"

enum twin_type { TWIN_EXACT, TWIN_PREFIX, TWIN_SUFFIX, TWIN_REGEXP };

struct twin_rule {
	char *pattern; /* cleaned, without "!"; owned; NUL-ended too */
	size_t pattern_len;
	uint32_t line; /* 1-based line of the file */
	bool negated;
	bool bad; /* evaluating it is an error */
	enum twin_type type;
	size_t parts;  /* '/'-separated parts of pattern */
	void *program; /* pcre2_code of a TWIN_REGEXP rule that is not bad */
};

struct twin {
	enum jet_builder builder;
	struct twin_rule *rules;
	size_t count, capacity;
};

/** struct twin_flip - a rule that changed the answer. */
struct twin_flip {
	size_t rule;        /* index */
	size_t matched_len; /* bytes of the path, or of its ancestor, that it matched */
};

struct twin_verdict {
	enum jet_answer answer;
	bool emptied;
	size_t failed_rule; /* with JET_FAILED: the rule that is bad */
	struct twin_flip *flips; /* room for twin.count, the caller's */
	size_t nflips;
};

/**
 * twin_parse() - reads an ignore file in one dialect.
 *
 * Return: 0, JET_E_SYNTAX or JET_E_TRANSPORT; @twin is usable only after 0.
 * Ends the program when memory runs out or PCRE2 cannot take a rule.
 */
int twin_parse(const void *data, size_t len, enum jet_builder builder, struct twin *twin);

/** twin_free() - frees what twin_parse() made. */
void twin_free(struct twin *twin);

/** twin_path() - evaluates the list for one path; v->flips is the caller's. */
void twin_path(const struct twin *twin, enum jet_order order, const char *path, size_t len,
               struct twin_verdict *v);

#endif
