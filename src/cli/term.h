/* SPDX-License-Identifier: Apache-2.0 */
/* term.h - what a person sees: colour, width, quoting, sizes, messages. */
#ifndef JET_CLI_TERM_H
#define JET_CLI_TERM_H

#include "base/buf.h"
#include "cli/opts.h"

enum jet_ink { JET_INK_GOOD, JET_INK_BAD, JET_INK_FAINT, JET_INK_STRONG };

/**
 * jet_term_color() - does this descriptor get colours?
 *
 * always and never are obeyed; auto means: a terminal, TERM is neither unset
 * nor "dumb", and NO_COLOR is unset or empty.
 */
bool jet_term_color(int fd, enum jet_color wanted);

/** jet_term_width() - columns of the terminal at @fd: COLUMNS, else what the
 *  terminal says, else 80.  At least 40. */
size_t jet_term_width(int fd);

/** jet_term_wraps() - is there somebody who sees columns: is @fd a terminal, or COLUMNS
 *  set? */
bool jet_term_wraps(int fd);

/** jet_ink() - the escape sequence that starts an ink, "" without colour.  Static. */
const char *jet_ink(bool color, enum jet_ink ink);

/** jet_ink_end() - the sequence that ends any ink, "" without colour.  Static. */
const char *jet_ink_end(bool color);

/**
 * jet_quote() - appends a path as text output shows it.
 * @tail: appended inside the quotes: "" or "/"
 *
 * As git: as it is, or in double quotes with C escapes when it holds a control
 * character or a double quote.  Of bytes from 0x80 those of C1 and bidirectional
 * control characters are escaped; all others stay as they are.
 *
 * Return: 0, or -1 when out of memory.
 */
int jet_quote(struct jet_buf *buf, const char *path, size_t len, const char *tail);

/** jet_escape() - appends text with its control characters as C escapes, so that it is
 *  part of a line whatever is in it.  0 or -1. */
int jet_escape(struct jet_buf *buf, const char *text, size_t len);

/**
 * jet_unquote() - takes the quotes of jet_quote() off again, in place.
 * @len: bytes of @text; updated
 *
 * Return: false, and nothing is changed, when @text is not so quoted.
 */
bool jet_unquote(char *text, size_t *len);

/**
 * jet_cut() - appends text as one line of at most @width columns, at least 4.
 *
 * A column is a byte, but no UTF-8 character is cut in two.  Control characters
 * become blanks; what does not fit ends in "...".
 *
 * Return: 0, or -1 when out of memory.
 */
int jet_cut(struct jet_buf *buf, const char *text, size_t len, size_t width);

/**
 * jet_wrap() - appends a line, broken at blanks where it is wider than @width.
 * @indent: blanks before each line but the first
 *
 * A column is a byte; a word that is wider has a line for itself.  Nothing is put
 * behind the last line.
 *
 * Return: 0, or -1 when out of memory.
 */
int jet_wrap(struct jet_buf *buf, const char *text, size_t len, size_t width, size_t indent);

/** jet_human_size() - "512 B", "1.5 KiB", "12 MiB": appended.  0 or -1. */
int jet_human_size(struct jet_buf *buf, uint64_t bytes);

/** jet_human_count() - digits in groups of three: "65,153".  0 or -1. */
int jet_human_count(struct jet_buf *buf, uint64_t n);

/**
 * jet_say() - one line on standard error: "jettison: " and the text.
 *
 * Control characters, which can only come from names, are written as C
 * escapes, so the line stays one line.  On a terminal it is wrapped.
 */
void jet_say(const char *format, ...) __attribute__((format(printf, 1, 2)));

/** jet_say_error() - the same for a failed call. */
void jet_say_error(const struct jet_error *err);

#endif
