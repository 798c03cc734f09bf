/* SPDX-License-Identifier: Apache-2.0 */
/*
 * scratch.h - a directory of its own for a test, and what a test puts there.
 *
 * Whatever goes wrong here fails the test: nothing returns an error.
 */
#ifndef JET_UNIT_SCRATCH_H
#define JET_UNIT_SCRATCH_H

#include "base/buf.h"

/** scratch_enter() - makes a new directory and makes it the current one. */
void scratch_enter(void);

/** scratch_leave() - removes it and everything in it, however deep. */
void scratch_leave(void);

/**
 * scratch_tree() - makes files in the current directory.
 * @spec: words separated by one space, parents are made as needed:
 *
 *   a/          directory           a/b         file with the content "x"
 *   a/b=text    file with text      a/b=        empty file
 *   l>target    symbolic link       h:a/b       second name of a/b
 *   p|          FIFO                s@          socket
 */
void scratch_tree(const char *spec);

/** scratch_file() - one file, by any name and with any content. */
void scratch_file(const char *path, const void *data, size_t len);

/** typedef scratch_fn - appends what it finds out to @out.  Makes no assertions. */
typedef void (*scratch_fn)(struct jet_buf *out, void *arg);

/**
 * scratch_as_nobody() - runs a function as a user whom permissions stop.
 *
 * It runs in a child, which changes its user where it is root's.
 *
 * Return: what it appended, NUL-ended; the caller frees it.
 */
char *scratch_as_nobody(scratch_fn fn, void *arg);

#endif
