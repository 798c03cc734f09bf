/* SPDX-License-Identifier: Apache-2.0 */
/*
 * input.h - a file or standard input, read as it comes, by lines or by bytes.
 *
 *   jet_input_open(&in, path, what, err)
 *   jet_input_fill() to look ahead; jet_input_line() ... or in.data + in.at
 *   jet_input_close(&in)
 */
#ifndef JET_BASE_INPUT_H
#define JET_BASE_INPUT_H

#include "base/str.h"
#include "jettison.h"

/* Longer lines are refused: no path is that long, and memory is bounded. */
enum { JET_INPUT_LINE_MAX = 16 * 1024 * 1024 };

struct jet_input {
	int fd;
	const char *name;  /* for messages; borrowed */
	const char *what;  /* what it is called there: "the manifest"; borrowed */
	char *data;        /* what was read: from at to len not taken yet */
	size_t at, len, capacity;
	bool end;          /* there is nothing behind len */
	uint32_t line;     /* number of the line that was given last */
};

/**
 * jet_input_open() - opens a file; "-" is standard input.
 * @in: zeroed; jet_input_close() it, whatever comes back
 *
 * Return: 0 or JET_E_IO.
 */
int jet_input_open(struct jet_input *in, const char *path, const char *what,
                   struct jet_error *err);

/** jet_input_memory() - bytes instead of a file; copied.  0 or JET_E_NOMEM. */
int jet_input_memory(struct jet_input *in, const void *data, size_t len, const char *name);

/** jet_input_close() - accepts one that is zeroed and was never opened. */
void jet_input_close(struct jet_input *in);

/**
 * jet_input_fill() - reads until @want bytes are there behind in->at, or the end.
 *
 * Moves what was not taken to the front, so pointers into in->data are stale.
 *
 * Return: 0; JET_E_IO; JET_E_NOMEM.
 */
int jet_input_fill(struct jet_input *in, size_t want, struct jet_error *err);

/**
 * jet_input_line() - takes the next line.
 * @line: without its LF; valid until the next call.  The last one needs no LF
 *
 * Return: 1; 0 at the end; JET_E_IO; JET_E_NOMEM; JET_E_FORMAT when it is longer than
 * JET_INPUT_LINE_MAX.
 */
int jet_input_line(struct jet_input *in, struct jet_str *line, struct jet_error *err);

/** jet_input_record() - the same for records that end with another byte than LF. */
int jet_input_record(struct jet_input *in, char end, struct jet_str *record, struct jet_error *err);

/**
 * jet_input_fail() - records JET_E_FORMAT at the line that was given last.
 * @column: 1-based, in bytes; 0: no column
 *
 * Return: JET_E_FORMAT.
 */
int jet_input_fail(const struct jet_input *in, size_t column, struct jet_error *err,
                   const char *format, ...) __attribute__((format(printf, 4, 5)));

#endif
