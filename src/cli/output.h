/* SPDX-License-Identifier: Apache-2.0 */
/*
 * output.h - where results go: standard output, or a file that appears whole.
 *
 * jet_output_open(), jet_output_write() ..., then jet_output_commit() or
 * jet_output_discard().  A file is written beside its name and renamed when it
 * is complete, so a failure or a signal leaves nothing half-written behind.
 */
#ifndef JET_CLI_OUTPUT_H
#define JET_CLI_OUTPUT_H

#include "jettison.h"

#include <sys/types.h>

struct jet_output {
	int fd;
	const char *name; /* as it was asked for; borrowed; for messages */
	char *path;   /* final name; NULL: the descriptor is written as it is */
	char *temp;   /* name until then; NULL when path is */
	char *buffer; /* what was not written yet */
	size_t len;
	bool closed;  /* the reader has gone: not worth a message */
	bool stops;   /* a signal is a failure to write, not worth a message either */
	bool has_old; /* a file of the final name was there before */
	bool swapped; /* placed: temp is the name of that one now */
	dev_t dev, old_dev; /* of what is written, and of the file it replaces */
	ino_t ino, old_ino;
	struct jet_error err; /* why a write failed */
};

/** jet_output_prepare() - once, at the start of the program: the standard
 *  descriptors are open, closed pipes do not kill, signals clean up. */
void jet_output_prepare(void);

/** jet_output_defer_signals() - from now on signals do not end the program:
 *  jet_output_signal() is to be asked. */
void jet_output_defer_signals(void);

/** jet_output_forward_signals() - as jet_output_defer_signals(), and what somebody sends
 *  us is sent on to @pid; 0: no more. */
void jet_output_forward_signals(pid_t pid);

/** jet_output_die() - ends the program by the signal that came, with a line that says so;
 *  what must not stay is removed before. */
_Noreturn void jet_output_die(void);

/** jet_output_signal() - the number of the signal that came since, or 0. */
int jet_output_signal(void);

/**
 * jet_output_open() - starts writing.
 * @path: file to make, with the mode that the umask allows, or that of the file it
 *        replaces; NULL or "-" is standard output.  Devices, pipes and what
 *        /dev/stdout and /dev/fd/N name are written directly; links are followed,
 *        also to a file that is not there yet.  Must live as long as @out
 *
 * Return: 0, or a negative enum jet_code and @err.
 */
int jet_output_open(struct jet_output *out, const char *path, struct jet_error *err);

/**
 * jet_output_to() - starts writing to an open descriptor, which now belongs to @out.
 * @name: for messages; must live as long as @out
 *
 * Return: 0, or JET_E_NOMEM in @err; then @fd is still the caller's.
 */
int jet_output_to(struct jet_output *out, int fd, const char *name, struct jet_error *err);

/**
 * jet_output_write() - a jet_write_fn: buffered.
 * @out: struct jet_output
 *
 * What one call writes is never torn apart by a failure between two calls, as
 * long as it is shorter than the buffer: standard output ends with a whole line.
 *
 * Return: 0, or -1: out->closed, or out->err says why.  Then and later nothing
 * more is written.
 */
int jet_output_write(void *out, const void *data, size_t len);

/** jet_output_flush() - writes what is buffered.  As jet_output_write(). */
int jet_output_flush(struct jet_output *out);

/** jet_output_is() - is this file on disk the one being written or replaced? */
bool jet_output_is(const struct jet_output *out, uint64_t dev, uint64_t ino);

/** jet_output_same() - would both end under the same name? */
bool jet_output_same(const struct jet_output *a, const struct jet_output *b);

/** jet_output_is_temp() - is it the one that has no final name yet?  Nobody but us
 *  knows of it. */
bool jet_output_is_temp(const struct jet_output *out, uint64_t dev, uint64_t ino);

/**
 * jet_output_commit() - writes the rest; the file gets its name.
 *
 * Return: 0, or a negative enum jet_code with out->err; nothing is left then.
 * A reader that has gone is success.
 */
int jet_output_commit(struct jet_output *out);

/**
 * jet_output_place() - as jet_output_commit(), but not for good: for a file that is to
 * appear only with another one.  Then jet_output_commit() or jet_output_discard().
 */
int jet_output_place(struct jet_output *out);

/** jet_output_discard() - gives up: removes what was written; what was placed has its
 *  old content again, where the system can exchange names.  Does nothing after a commit.
 *  Accepts an output that was zeroed but never opened. */
void jet_output_discard(struct jet_output *out);

#endif
