/* SPDX-License-Identifier: Apache-2.0 */
/*
 * glob.h - one pattern: from its text to something that can be compiled.
 *
 * A pattern is rewritten to a regexp, and classified on the way.
 */
#ifndef JET_MATCH_GLOB_H
#define JET_MATCH_GLOB_H

#include "base/buf.h"
#include "base/str.h"
#include "match/dialect.h"

enum jet_glob_kind {
	JET_GLOB_EXACT,  /* the path is these bytes */
	JET_GLOB_PREFIX, /* the path begins with these bytes */
	JET_GLOB_SUFFIX, /* it ends with them; or is them without a leading "/" */
	JET_GLOB_REGEX   /* a regexp */
};

struct jet_glob {
	enum jet_glob_kind kind;
	struct jet_str text; /* EXACT, PREFIX, SUFFIX: the bytes, borrowed from the
	                        pattern */
};

/**
 * jet_glob_check() - the syntax check builders do when they read the list.
 *
 * Go's filepath.Match of the pattern against ".", asked only for its error: it
 * does not look at the whole pattern.
 *
 * Return: true when the pattern is let through.
 */
bool jet_glob_check(const char *pattern, size_t len);

/** jet_glob_valid() - is all of it well-formed?  Go's path.Match fails if not, whatever
 *  the name is; filepath.Match reads only as far as it has to. */
bool jet_glob_valid(struct jet_str pattern);

/** jet_glob_match() - Go's filepath.Match: "*", "?" and classes take no "/".  A
 *  malformed pattern matches nothing. */
bool jet_glob_match(struct jet_str pattern, struct jet_str name);

/**
 * jet_glob_translate() - classifies a pattern and writes its regexp.
 * @pattern, @len: a cleaned pattern; must live as long as @glob->text is used
 * @dialect: which translation
 * @glob: filled on success
 * @regexp: the regexp is appended when glob->kind is JET_GLOB_REGEX; what is
 *          appended otherwise means nothing.  Valid UTF-8.
 *
 * Return: 0, or -1 when out of memory.
 */
int jet_glob_translate(const char *pattern, size_t len, const struct jet_dialect *dialect,
                       struct jet_glob *glob, struct jet_buf *regexp);

#endif
