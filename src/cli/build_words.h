/* SPDX-License-Identifier: Apache-2.0 */
/* build_words.h - a command line as it grows: _init by hand, then put, then finish. */
#ifndef JET_CLI_BUILD_WORDS_H
#define JET_CLI_BUILD_WORDS_H

#include "base/arena.h"
#include "cli/opts.h"

/** struct jet_words - argv, so far. */
struct jet_words {
	struct jet_arena *arena; /* where the words live */
	struct jet_texts list;   /* the array is freed by jet_words_finish() */
	bool nomem;              /* some word is missing; nothing else fails */
};

/** jet_words_put() - one more word. */
void jet_words_put(struct jet_words *words, const char *word);

/** jet_words_join() - one more word: all texts joined, up to a NULL of type char *. */
void jet_words_join(struct jet_words *words, const char *first, ...);

/**
 * jet_words_text() - a text with a length, kept in the arena.
 *
 * Return: never NULL; "" and words->nomem if memory ran out.
 */
const char *jet_words_text(struct jet_words *words, const char *text, size_t len);

/**
 * jet_words_finish() - the end: argv, ended by NULL, in the arena.
 * @argv: set on success
 *
 * To be called in any case, because it frees the list.
 *
 * Return: 0 or JET_E_NOMEM, also for words that went missing before.
 */
int jet_words_finish(struct jet_words *words, char ***argv);

#endif
