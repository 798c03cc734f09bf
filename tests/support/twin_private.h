/* SPDX-License-Identifier: Apache-2.0 */
/* twin_private.h - what the files of the twin share. */
#ifndef JET_TESTS_TWIN_PRIVATE_H
#define JET_TESTS_TWIN_PRIVATE_H

#include "twin.h"

/* A regular expression as a list of code points, as Go would see it. */
struct twin_text {
	uint32_t *runes;
	size_t len, capacity;
};

/* What the dialects make of a rule; see the table in twin_rule.c. */
struct twin_dialect {
	bool reader;       /* comments, BOM, line limit as in ignorefile.ReadAll */
	bool types;        /* exact, prefix and suffix rules; "+()" are text */
	bool subtree;      /* the rule covers what is below by itself */
	bool skips;        /* a rule that cannot change the answer is not asked */
	bool old_go;       /* made with Go 1.19: other names in \p{..} */
	bool transport;    /* the rules must get through gRPC */
	bool json;         /* they pass through JSON: invalid bytes become U+FFFD */
	enum jet_order order;
};

/** twin_dialect() - the row of @builder. */
const struct twin_dialect *twin_dialect(enum jet_builder builder);

/** twin_alloc() - malloc() or realloc() that ends the program on failure. */
void *twin_alloc(void *old, size_t size);

/** twin_decode() - one rune as Go's utf8.DecodeRune; @bad: an invalid byte. */
size_t twin_decode(const char *s, size_t len, uint32_t *rune, bool *bad);

/** twin_clean() - filepath.Clean; @out has room for @len + 1 bytes, and may
 *  be @path. */
size_t twin_clean(const char *path, size_t len, char *out);

/** twin_trim() - strings.TrimSpace: moves @s and @len. */
void twin_trim(const char **s, size_t *len);

/** twin_put() - appends a code point. */
void twin_put(struct twin_text *text, uint32_t rune);

/** twin_check() - false when filepath.Match(pattern, ".") gives an error. */
bool twin_check(const char *pattern, size_t len);

/** twin_translate() - sets type, parts and program, or bad. */
void twin_translate(struct twin_rule *rule, const struct twin_dialect *dialect);

/** twin_compile() - a Go regular expression as a PCRE2 program; NULL: refused.
 *  @old: it is Go 1.19. */
void *twin_compile(const struct twin_text *go, bool old);

/** twin_search() - does the program find anything in these bytes? */
bool twin_search(void *program, const char *s, size_t len);

/** twin_release() - frees a program; NULL is fine. */
void twin_release(void *program);

#endif
