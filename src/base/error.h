/* SPDX-License-Identifier: Apache-2.0 */
/* error.h - fills in struct jet_error. */
#ifndef JET_BASE_ERROR_H
#define JET_BASE_ERROR_H

#include "base/str.h"
#include "jettison.h"

#include <stdarg.h>

/**
 * jet_fail() - records a failure and gives its code back.
 * @err: filled, or NULL
 * @code: enum jet_code
 * @file: file or path the failure is about, or NULL; cut with "..." if long
 * @format: message: lower case, no full stop, no file name
 *
 * Sets sys_errno to 0 and line and column to 0.
 *
 * Return: @code.
 */
int jet_fail(struct jet_error *err, int code, const char *file, const char *format, ...)
	__attribute__((format(printf, 4, 5)));

/** jet_vfail() - the same with a va_list. */
int jet_vfail(struct jet_error *err, int code, const char *file, const char *format, va_list ap)
	__attribute__((format(printf, 4, 0)));

enum { JET_SHOWN = 80 /* bytes of a word in a message: a message has an end */ };

/** struct jet_shown - room for a word as a message shows it. */
struct jet_shown {
	char text[JET_SHOWN + sizeof("...")];
};

/** jet_show() - @s as a message shows it: whole, or the characters that fit and "...".
 *  Return: @room's text, NUL-ended. */
const char *jet_show(struct jet_str s, struct jet_shown *room);

/** JET_SHOW() - the same, for "%s" of a call in the block at hand. */
#define JET_SHOW(s) jet_show((s), &(struct jet_shown){ { 0 } })

/** JET_SHOW_TEXT() - the same of a NUL-ended text. */
#define JET_SHOW_TEXT(text) JET_SHOW(((struct jet_str){ (text), strlen(text) }))

/**
 * jet_fail_errno() - the same, with strerror(@sys_errno) after "message: ".
 *
 * Return: @code.
 */
int jet_fail_errno(struct jet_error *err, int code, int sys_errno, const char *file,
                   const char *what);

/** jet_error_append() - puts @text behind the message, of which a part goes if there is no
 *  room for both. */
void jet_error_append(struct jet_error *err, const char *text);

/** jet_error_in() - is it about something in this file, as jet_fail() was given it? */
bool jet_error_in(const struct jet_error *err, const char *file);

/** jet_error_path() - the context path a failure is about, "/" before it.  Of one that is
 *  too long it is the beginning, and the message says so.  @err may be NULL. */
void jet_error_path(struct jet_error *err, const char *path, size_t len);

/** jet_note_nomem() - records JET_E_NOMEM. */
void jet_note_nomem(struct jet_error *err);

/** jet_fail_nomem() - the same, and gives JET_E_NOMEM back.  Inline, so that who
 *  reads one file alone sees that it is a failure. */
static inline int jet_fail_nomem(struct jet_error *err)
{
	jet_note_nomem(err);
	return JET_E_NOMEM;
}

#endif
