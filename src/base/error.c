/* SPDX-License-Identifier: Apache-2.0 */
#include "base/error.h"

#include <stdio.h>
#include <string.h>

/* Text that is cut to @room bytes: whole characters and "...".  @room: 3 at least. */
static size_t cut(char *to, struct jet_str s, size_t room)
{
	const size_t n = s.len <= room ? s.len : jet_str_fit(s, room - 3);

	if (n)
		memcpy(to, s.data, n);
	memcpy(to + n, "...", n < s.len ? sizeof("...") : 0);
	return n < s.len ? n + 3 : n;
}

const char *jet_show(struct jet_str s, struct jet_shown *room)
{
	/* "..." is no shorter than what it stands for would be. */
	const size_t n = jet_str_fit(s, JET_SHOWN);

	if (n)
		memcpy(room->text, s.data, n);
	memcpy(room->text + n, n < s.len ? "..." : "\0\0\0", 4);
	return room->text;
}

static void set_file(struct jet_error *err, const char *file)
{
	size_t len = file ? strlen(file) : 0;

	memset(err, 0, sizeof(*err));
	if (len < sizeof(err->file)) {
		memcpy(err->file, file ? file : "", len);
	} else {
		/* The end of a long path says more than its beginning. */
		size_t tail = sizeof(err->file) - 4;

		while (tail > sizeof(err->file) - 8 && ((unsigned char)file[len - tail] & 0xC0) == 0x80)
			tail--;
		memcpy(err->file, "...", 3);
		memcpy(err->file + 3, file + len - tail, tail);
	}
}

bool jet_error_in(const struct jet_error *err, const char *file)
{
	struct jet_error named;

	set_file(&named, file);
	return strcmp(err->file, named.file) == 0;
}

int jet_vfail(struct jet_error *err, int code, const char *file, const char *format, va_list ap)
{
	/* Longer than a message, so that it shows where a character ends that does not fit. */
	char text[sizeof(err->message) + 8];

	if (!err)
		return code;
	vsnprintf(text, sizeof(text), format, ap);
	set_file(err, file);
	err->code = code;
	cut(err->message, (struct jet_str){ text, strlen(text) }, sizeof(err->message) - 1);
	return code;
}

int jet_fail(struct jet_error *err, int code, const char *file, const char *format, ...)
{
	va_list ap;

	va_start(ap, format);
	jet_vfail(err, code, file, format, ap);
	va_end(ap);
	return code;
}

void jet_error_append(struct jet_error *err, const char *text)
{
	const size_t n = strnlen(text, sizeof(err->message) - 4);
	char before[sizeof(err->message)];
	size_t len;

	memcpy(before, err->message, sizeof(before));
	len = cut(err->message, (struct jet_str){ before, strlen(before) }, sizeof(before) - 1 - n);
	memcpy(err->message + len, text, n);
	err->message[len + n] = '\0';
}

int jet_fail_errno(struct jet_error *err, int code, int sys_errno, const char *file,
                   const char *what)
{
	char reason[128];

	if (!err)
		return code;
	if (strerror_r(sys_errno, reason, sizeof(reason)) != 0)
		snprintf(reason, sizeof(reason), "error %d", sys_errno);
	/* "Permission denied" -> "permission denied": messages are lower case. */
	if (reason[0] >= 'A' && reason[0] <= 'Z' && reason[1] >= 'a' && reason[1] <= 'z')
		reason[0] = (char)(reason[0] - 'A' + 'a');
	jet_fail(err, code, file, "%s: %s", what, reason);
	err->sys_errno = sys_errno;
	return code;
}

const char *jet_error_class(int code)
{
	switch (code) {
	case JET_E_PARSE:
	case JET_E_FORMAT:
		return "parse";
	case JET_E_EXPAND:
		return "expand";
	case JET_E_PLATFORM:
		return "platform";
	case JET_E_STAGE:
		return "stage";
	case JET_E_SYNTAX:
	case JET_E_PATTERN:
	case JET_E_TRANSPORT:
		return "pattern";
	case JET_E_LINK_LOOP:
		return "link-loop";
	case JET_E_NOT_FOUND:
		return "not-found";
	case JET_E_OPTION:
	case JET_E_ARG:
	case JET_E_PATH:
		return "option";
	default:
		return "io";
	}
}

void jet_note_nomem(struct jet_error *err)
{
	jet_fail(err, JET_E_NOMEM, NULL, "out of memory");
}

const char *jet_error_format(const struct jet_error *err, char *buf, size_t size)
{
	if (!err->file[0])
		snprintf(buf, size, "%s", err->message);
	else if (!err->line)
		snprintf(buf, size, "%s: %s", err->file, err->message);
	else if (!err->column)
		snprintf(buf, size, "%s:%u: %s", err->file, err->line, err->message);
	else
		snprintf(buf, size, "%s:%u:%u: %s", err->file, err->line, err->column,
		         err->message);
	return buf;
}

void jet_error_path(struct jet_error *err, const char *path, size_t len)
{
	size_t n;

	if (!err)
		return;
	n = jet_str_fit((struct jet_str){ path, len }, sizeof(err->path) - 2);
	err->path[0] = '/';
	if (n)
		memcpy(err->path + 1, path, n);
	err->path[n + 1] = '\0';
	if (n < len)
		jet_error_append(err, " (path cut)");
}
