/* SPDX-License-Identifier: Apache-2.0 */
/* file.h - whole small files: Dockerfiles and ignore files. */
#ifndef JET_BASE_FILE_H
#define JET_BASE_FILE_H

#include "base/buf.h"
#include "jettison.h"

enum { JET_FILE_MAX_RULES = 64 << 20 }; /* bytes of an ignore file: nobody writes this much */

/* Who says that it is this file. */
enum jet_file_by {
	JET_FILE_FOUND, /* it was come across: FIFOs are refused, and nothing is waited for */
	JET_FILE_GIVEN  /* the user: "<(...)" of a shell is a FIFO, too, and is waited for */
};

/**
 * jet_file_open() - opens a file by any path; links are followed.
 * @what: what it is called in messages: "the Dockerfile"
 *
 * Refuses directories and sockets.  Devices are let through: a link to /dev/null is a
 * usual way to say nothing.
 *
 * Return: a descriptor, or JET_E_IO.
 */
int jet_file_open(const char *path, enum jet_file_by by, const char *what, struct jet_error *err);

/**
 * jet_file_read() - appends all that is left to read.
 * @max: bytes; more are refused
 *
 * Return: 0, JET_E_IO or JET_E_NOMEM.
 */
int jet_file_read(int fd, const char *path, const char *what, size_t max, struct jet_buf *data,
                  struct jet_error *err);

/** jet_file_load() - opens, reads and closes: jet_file_open() and jet_file_read() of one
 *  path, with what they return. */
int jet_file_load(const char *path, enum jet_file_by by, const char *what, size_t max,
                  struct jet_buf *data, struct jet_error *err);

#endif
