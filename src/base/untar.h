/* SPDX-License-Identifier: Apache-2.0 */
/*
 * untar.h - the members of a tar archive, in any compression that needs no program.
 *
 *   jet_untar_open(&u, &in, "no tar archive", err)
 *   while ((rc = jet_untar_next(u, &member, err)) == 1)
 *           jet_untar_read(u, ...), jet_untar_xattr(u, ...)
 *   jet_untar_close(u)
 *
 * What is read may be hostile.  Names and link targets are bytes; nothing is done to
 * them that depends on the locale.
 */
#ifndef JET_BASE_UNTAR_H
#define JET_BASE_UNTAR_H

#include "base/input.h"

struct jet_untar;

/** struct jet_member - one of them; borrowed until the next. */
struct jet_member {
	struct jet_str path;   /* plain, as builders take it: "/x" and "../x" are "x"; "" is
	                          the root */
	const char *hardlink;  /* not NULL: another name of this file; plain, NUL-ended */
	size_t hardlink_len;
	const char *target;    /* of a symbolic link; NUL-ended */
	uint64_t size;         /* of a regular file's content */
	int64_t mtime_sec;
	uint32_t mtime_nsec;
	uint32_t number;       /* the first one is 1 */
	uint32_t mode;         /* 07777 */
	uint32_t major, minor; /* of devices */
	enum jet_type type;
};

/**
 * jet_untar_open() - begins.
 * @u: set on success
 * @in: opened; outlives @u
 * @otherwise: said of what is no archive at all: "neither a manifest nor ..."; static
 *
 * Return: 0; JET_E_FORMAT; JET_E_IO; JET_E_NOMEM; JET_E_ARG when this build cannot.
 */
int jet_untar_open(struct jet_untar **u, struct jet_input *in, const char *otherwise,
                   struct jet_error *err);

/** jet_untar_close() - accepts NULL. */
void jet_untar_close(struct jet_untar *u);

/**
 * jet_untar_next() - the next member.  What was not read of the last one is passed over.
 *
 * Sparse files are refused, as builders do: a few bytes can stand for more zeroes than
 * anybody can read.
 *
 * Return: 1; 0 at the end; JET_E_FORMAT, with the number of the member; JET_E_IO;
 * JET_E_NOMEM.
 */
int jet_untar_next(struct jet_untar *u, struct jet_member *member, struct jet_error *err);

/**
 * jet_untar_read() - the next bytes of the member's content.
 * @got: set to how many, 0 at the end
 *
 * Return: 0 or as jet_untar_next().
 */
int jet_untar_read(struct jet_untar *u, void *buf, size_t size, size_t *got,
                   struct jet_error *err);

/** struct jet_member_xattr - an extended attribute; borrowed until the next member. */
struct jet_member_xattr {
	const char *name; /* NUL-ended */
	const void *value;
	size_t len;
};

/** jet_untar_xattr() - the next extended attribute of the member.  False: no more. */
bool jet_untar_xattr(struct jet_untar *u, struct jet_member_xattr *xattr);

/** jet_untar_fail() - records JET_E_FORMAT: "entry 3 of the archive", and then what the
 *  format says.  Return: JET_E_FORMAT. */
int jet_untar_fail(const struct jet_untar *u, struct jet_error *err, const char *format, ...)
	__attribute__((format(printf, 3, 4)));

#endif
