/* SPDX-License-Identifier: Apache-2.0 */
/* why_text.h - an explanation in words, as git check-ignore -v, as JSON. */
#ifndef JET_CLI_WHY_TEXT_H
#define JET_CLI_WHY_TEXT_H

#include "base/buf.h"
#include "base/str.h"
#include "report/explain.h"
#include "report/outline.h"

struct jet_why_style {
	const char *file; /* name of the ignore file; NULL: there is none */
	bool nul;         /* paths unquoted, records end in NUL */
	bool trace;       /* every rule that flipped the answer */
	bool unmatched;   /* jet_why_rule(): paths that no rule matches, too */
	bool color;
	const struct jet_needs *needs; /* NULL: only rules are asked */
	struct jet_str target; /* name of the target stage; data NULL: it has none */
	/* JET_FATE_NOT_NEEDED: an instruction outside the target that would read it,
	 * and the name of its stage; NULL: none, or not knows_outside. */
	const struct jet_outline_use *outside;
	struct jet_str outside_name;
	bool knows_outside;
	/* JET_FATE_MISSING: what the builder would say of the instruction that names
	 * it, the line that this begins on, and whether only a stage outside the target
	 * has it.  JET_FATE_UNDECIDED: why it is.  NULL: nothing. */
	const struct jet_error *failure;
	struct jet_str failure_line;
	bool failure_outside;
	struct jet_str real;    /* the entry that a path through a link comes to, and what
	                           the explanation is about; empty: the path itself */
	struct jet_str nearest; /* JET_FATE_MISSING: what was probably meant, or empty */
};

/** jet_why_fate() - "left out": the same word in both.  Static. */
const char *jet_why_fate(enum jet_fate fate);

/** jet_why_text() - "PATH: left out by FILE:LINE `RULE`".  0 or -1. */
int jet_why_text(struct jet_buf *line, struct jet_str path, const struct jet_explanation *x,
                     const struct jet_why_style *style);

/** jet_why_rule() - "FILE:LINE:RULE<TAB>PATH", or nothing.  0 or -1. */
int jet_why_rule(struct jet_buf *line, struct jet_str path, const struct jet_explanation *x,
                     const struct jet_why_style *style);

/** jet_why_json() - in why_json.c: an object and "\n".  0 or -1. */
int jet_why_json(struct jet_buf *line, struct jet_str path, const struct jet_explanation *x,
                     const struct jet_why_style *style);

#endif
