/* SPDX-License-Identifier: Apache-2.0 */
#include "base/error.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

static void set_file(struct jet_error *err, const char *file)
{
	size_t len = file ? strlen(file) : 0;

	memset(err, 0, sizeof(*err));
	if (len < sizeof(err->file)) {
		memcpy(err->file, file ? file : "", len);
	} else {
		/* The end of a long path says more than its beginning. */
		const size_t tail = sizeof(err->file) - 4;

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

int jet_fail(struct jet_error *err, int code, const char *file, const char *format, ...)
{
	va_list ap;

	if (!err)
		return code;
	set_file(err, file);
	err->code = code;
	va_start(ap, format);
	vsnprintf(err->message, sizeof(err->message), format, ap);
	va_end(ap);
	return code;
}

void jet_error_append(struct jet_error *err, const char *text)
{
	const size_t n = strnlen(text, sizeof(err->message) - 1);
	const size_t len = strnlen(err->message, sizeof(err->message) - 1 - n);

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
	const size_t room = sizeof(err->path) - 2;

	if (!err)
		return;
	err->path[0] = '/';
	if (len > room)
		len = room;
	if (len)
		memcpy(err->path + 1, path, len);
	err->path[len + 1] = '\0';
}
