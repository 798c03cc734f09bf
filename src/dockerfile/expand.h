/* SPDX-License-Identifier: Apache-2.0 */
/* expand.h - variables, quotes and escapes in a word. */
#ifndef JET_DOCKERFILE_EXPAND_H
#define JET_DOCKERFILE_EXPAND_H

#include "base/buf.h"
#include "dockerfile/env.h"

/**
 * typedef jet_doubt_fn - is told of a variable that is not set, or whose value has a
 * doubt.
 * @name: part of the word that is expanded
 * @var: NULL, or with value.data NULL: not set
 * @fallback: "${name:-word}": the word is taken if it is not
 */
typedef void (*jet_doubt_fn)(void *ctx, struct jet_str name, const struct jet_var *var, bool fallback);

/** struct jet_expander - how to expand; fill in what is needed. */
struct jet_expander {
	const struct jet_env *env;  /* NULL: nothing is set */
	struct jet_arena *arena;    /* where results live */
	char escape;
	bool text;                  /* quotes mean nothing: bodies of here-documents */
	bool few_forms;             /* docker 20.10, buildah 1.28: only ":-", ":+", ":?" */
	bool bare_question;         /* and, in docker 20.10, "?" */
	uint64_t *work;             /* NULL, or what all expansions took together so far */
	uint64_t own_work;          /* where that is NULL */
	jet_doubt_fn doubt;         /* NULL, or called for such variables */
	void *ctx;
	char message[200];          /* why it failed */
};

/* The largest value, in bytes. */
enum { JET_EXPAND_MAX_RESULT = 1 << 20 };

/** What jet_expand() gives back. */
enum jet_expanded { JET_EXPAND_OK = 0, JET_EXPAND_NOMEM = -1, JET_EXPAND_BAD = 1 };

/**
 * jet_expand() - expands one word.
 * @out: set on success; lives in the arena
 *
 * Nothing is split: a value with blanks stays one word.  A result is bounded (1
 * MiB), and so are all results (64 MiB) and the steps of all patterns (32 Mi).
 *
 * Return: enum jet_expanded; JET_EXPAND_BAD with x->message.
 */
enum jet_expanded jet_expand(struct jet_expander *x, struct jet_str word, struct jet_str *out);

/** jet_name_len() - bytes of the variable's name at the start of what follows "$" or
 *  "${"; 0: there is none. */
size_t jet_name_len(struct jet_str s);

/* ---- subst.c ------------------------------------------------------------ */

/** jet_subst_trim() - @value without the part at its start (or end) that
 *  @pattern matches, the shortest or the longest.  enum jet_expanded. */
enum jet_expanded jet_subst_trim(struct jet_expander *x, struct jet_str pattern, struct jet_str value,
                                 bool at_end, bool longest, struct jet_str *out);

/** jet_subst_replace() - @value with what @pattern matches replaced.  As above. */
enum jet_expanded jet_subst_replace(struct jet_expander *x, struct jet_str pattern,
                                    struct jet_str value, struct jet_str by, bool all,
                                    struct jet_str *out);

/** jet_expand_spend() - counts @work steps; false: too many. */
bool jet_expand_spend(struct jet_expander *x, uint64_t work);

/** jet_expand_fail() - sets x->message.  JET_EXPAND_BAD. */
enum jet_expanded jet_expand_fail(struct jet_expander *x, const char *format, ...)
	__attribute__((format(printf, 2, 3)));

#endif
