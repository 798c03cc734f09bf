/* SPDX-License-Identifier: Apache-2.0 */
/*
 * regex.h - the syntax of Go's regexp, as far as ignore rules can reach it.
 *
 * Rules become regexps by a rewriting that leaves much of the regexp language
 * alive.  So the text is read as Go's regexp/syntax reads it, with
 * the same errors.  "(?" cannot occur, there are no captures to report, and
 * greediness does not matter: only whether there is a match.
 */
#ifndef JET_MATCH_REGEX_H
#define JET_MATCH_REGEX_H

#include "match/set.h"

enum jet_re_kind {
	JET_RE_EMPTY,  /* matches the empty string */
	JET_RE_SET,    /* one symbol out of set */
	JET_RE_BEGIN,  /* ^ and \A */
	JET_RE_END,    /* $ and \z */
	JET_RE_EDGE,   /* \b */
	JET_RE_NOEDGE, /* \B */
	JET_RE_CAT,    /* sub, then its next, ... */
	JET_RE_ALT,    /* sub, or its next, ... */
	JET_RE_REPEAT  /* sub, min to max times */
};

enum { JET_RE_UNBOUNDED = -1 };

struct jet_re {
	enum jet_re_kind kind;
	int min, max;              /* REPEAT; max may be JET_RE_UNBOUNDED */
	uint32_t height;           /* of the tree below, at least 1 */
	uint64_t size;             /* Go's estimate of instructions, saturated */
	const struct jet_set *set; /* SET */
	struct jet_re *sub, *next; /* first child; next sibling */
};

/** struct jet_re_parser - what parsing needs; fill in the first three. */
struct jet_re_parser {
	struct jet_arena *arena;     /* the tree lives here */
	struct jet_set_table *sets;  /* and its sets here */
	bool loose_names;            /* see jet_unicode_find() */
	const char *text;            /* rest of the regexp; valid UTF-8 */
	size_t len;
	const char *fault;           /* why it is refused; static */
	bool nomem;
	unsigned depth;              /* open parentheses */
};

/**
 * jet_re_parse() - the tree of a regexp.
 * @p: filled in; @text and @len are the regexp
 *
 * Return: the tree; NULL when Go refuses the regexp (p->fault says why) or
 * when out of memory (p->nomem).
 */
struct jet_re *jet_re_parse(struct jet_re_parser *p);

/* One symbol or class after "\" or inside "[ ]": regex_class.c. */

/** jet_re_escape() - reads "\x", "\123" ... into @rune.  Whether it is valid. */
bool jet_re_escape(struct jet_re_parser *p, uint32_t *rune);

/** jet_re_escape_class() - reads \d, \pL ... if one is next.
 *  Return: 1 read, 0 something else is next, -1 p->fault is set. */
int jet_re_escape_class(struct jet_re_parser *p, struct jet_set_builder *b);

/** jet_re_bracket() - reads "[...]" into @b.  Whether it is valid. */
bool jet_re_bracket(struct jet_re_parser *p, struct jet_set_builder *b);

/** jet_re_next() - takes the next rune off the text, which is not empty. */
uint32_t jet_re_next(struct jet_re_parser *p);

/** jet_re_starts() - does the rest of the text begin with @prefix? */
bool jet_re_starts(const struct jet_re_parser *p, const char *prefix);

#endif
