/* SPDX-License-Identifier: Apache-2.0 */
#include "base/input.h"

#include "base/error.h"
#include "base/file.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { BLOCK = 256 * 1024 };

int jet_input_open(struct jet_input *in, const char *path, const char *what,
                   struct jet_error *err)
{
	int fd = STDIN_FILENO;

	in->fd = -1;
	in->what = what;
	in->name = path;
	if (strcmp(path, "-") == 0)
		in->name = "standard input";
	else
		fd = jet_file_open(path, JET_FILE_GIVEN, what, err);
	if (fd < 0)
		return fd;
	in->fd = fd;
	return 0;
}

int jet_input_memory(struct jet_input *in, const void *data, size_t len, const char *name)
{
	in->fd = -1;
	in->name = name;
	in->end = true;
	in->data = malloc(len + 1);
	if (!in->data)
		return JET_E_NOMEM;
	memcpy(in->data, data, len);
	in->len = in->capacity = len;
	return 0;
}

void jet_input_close(struct jet_input *in)
{
	if (in->fd > STDERR_FILENO)
		close(in->fd);
	free(in->data);
	memset(in, 0, sizeof(*in));
}

static int make_room(struct jet_input *in)
{
	size_t capacity = in->capacity ? in->capacity : BLOCK;
	char *data;

	if (in->at) {
		memmove(in->data, in->data + in->at, in->len - in->at);
		in->len -= in->at;
		in->at = 0;
	}
	while (capacity < in->len + BLOCK / 2)
		capacity *= 2;
	if (capacity == in->capacity)
		return 0;
	data = realloc(in->data, capacity);
	if (!data)
		return -1;
	in->data = data;
	in->capacity = capacity;
	return 0;
}

static int read_more(struct jet_input *in, struct jet_error *err)
{
	char text[80];
	ssize_t n;

	if (make_room(in) < 0)
		return jet_fail_nomem(err);
	do {
		n = read(in->fd, in->data + in->len, in->capacity - in->len);
	} while (n < 0 && errno == EINTR);
	if (n < 0) {
		snprintf(text, sizeof(text), "cannot read %s", in->what);
		return jet_fail_errno(err, JET_E_IO, errno, in->name, text);
	}
	in->end = n == 0;
	in->len += (size_t)n;
	return 0;
}

int jet_input_fill(struct jet_input *in, size_t want, struct jet_error *err)
{
	int rc = 0;

	while (rc == 0 && !in->end && in->len - in->at < want)
		rc = read_more(in, err);
	return rc;
}

int jet_input_record(struct jet_input *in, char end, struct jet_str *record, struct jet_error *err)
{
	size_t seen = 0;

	in->line++;
	for (;;) {
		const char *start = in->data + in->at;
		const size_t left = in->len - in->at;
		const char *found = left > seen ? memchr(start + seen, end, left - seen) : NULL;
		int rc;

		if (found || in->end) {
			*record = (struct jet_str){ start, found ? (size_t)(found - start) : left };
			in->at += record->len + (found ? 1 : 0);
			if (found || left)
				return 1;
			in->line--;
			return 0;
		}
		if (left > JET_INPUT_LINE_MAX)
			return jet_input_fail(in, 0, err, "a line of more than %d MiB",
			                      JET_INPUT_LINE_MAX >> 20);
		seen = left;
		rc = read_more(in, err);
		if (rc < 0)
			return rc;
	}
}

int jet_input_line(struct jet_input *in, struct jet_str *line, struct jet_error *err)
{
	return jet_input_record(in, '\n', line, err);
}

int jet_input_fail(const struct jet_input *in, size_t column, struct jet_error *err,
                   const char *format, ...)
{
	char text[200];
	va_list ap;

	va_start(ap, format);
	vsnprintf(text, sizeof(text), format, ap);
	va_end(ap);
	jet_fail(err, JET_E_FORMAT, in->name, "%s", text);
	if (err) {
		err->line = in->line;
		err->column = column > UINT32_MAX ? UINT32_MAX : (uint32_t)column;
	}
	return JET_E_FORMAT;
}
