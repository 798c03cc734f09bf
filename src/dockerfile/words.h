/* SPDX-License-Identifier: Apache-2.0 */
/* words.h - an instruction's text to words, in the ways there are. */
#ifndef JET_DOCKERFILE_WORDS_H
#define JET_DOCKERFILE_WORDS_H

#include "base/buf.h"
#include "dockerfile/dockerfile.h"

/** struct jet_reach - from where to where a word goes as it is written. */
struct jet_reach {
	size_t offset, end;
};

/** struct jet_word_list - words being gathered. */
struct jet_word_list {
	struct jet_arena *arena; /* where words live that are not part of the text */
	const char *base;        /* begin of the logical line, for offsets */
	struct jet_str *texts;
	struct jet_reach *reaches;
	size_t n, text_capacity, reach_capacity;
};

/** jet_words_add() - a word that stands so in the line.  0, or -1 when out of memory. */
int jet_words_add(struct jet_word_list *list, struct jet_str text);

/** jet_words_add_as() - a word that is written otherwise: in quotes, with escapes.  As
 *  above. */
int jet_words_add_as(struct jet_word_list *list, struct jet_str text, struct jet_str written);

/** jet_words_clear() - frees the list, not the words. */
void jet_words_clear(struct jet_word_list *list);

/** jet_blank_run() - length of the run of blanks at the start: [\t\v\f\r ]. */
size_t jet_blank_run(struct jet_str s);

/** jet_words_blank() - splits at blanks; quotes mean nothing.  0 or -1. */
int jet_words_blank(struct jet_word_list *list, struct jet_str s);

/** jet_words_quoted() - splits at white space outside quotes, which stay.  0 or -1. */
int jet_words_quoted(struct jet_word_list *list, struct jet_str s, char escape);

/**
 * jet_words_flags() - takes the flags off the front.
 * @s: cut to what follows them
 *
 * Return: 0 or -1.
 */
int jet_words_flags(struct jet_word_list *list, struct jet_str *s, char escape);

/** What jet_words_json() found. */
enum jet_json_words { JET_JSON_NOMEM = -1, JET_JSON_NONE, JET_JSON_STRINGS, JET_JSON_OTHER };

/**
 * jet_words_json() - a JSON array of strings.
 *
 * Return: JET_JSON_STRINGS and the words; JET_JSON_OTHER for an array with
 * anything but strings in it; JET_JSON_NONE when it is no JSON array.
 */
enum jet_json_words jet_words_json(struct jet_word_list *list, struct jet_str s);

/* ---- heredoc.c ---------------------------------------------------------- */

/** What jet_heredoc_word() found. */
enum jet_heredoc_found { JET_HEREDOC_NOMEM = -1, JET_HEREDOC_NONE, JET_HEREDOC_FOUND, JET_HEREDOC_BAD };

/**
 * jet_heredoc_word() - is a word the beginning of a here-document?
 * @doc: name, expand and chomp are filled; the name lives in @arena
 *
 * Return: enum jet_heredoc_found; JET_HEREDOC_BAD for a name with a quote or a variable
 * that does not end.
 */
int jet_heredoc_word(struct jet_arena *arena, struct jet_str word, struct jet_heredoc *doc);

/** jet_words_shell() - splits nearly as the shell does, quotes and escapes stay; for
 *  finding here-documents.  What the lexer does not take: no words.  0 or -1. */
int jet_words_shell(struct jet_word_list *list, struct jet_str s);

#endif
