/* SPDX-License-Identifier: Apache-2.0 */
/* tar_header.h - one member's headers: POSIX.1-2001 ustar, and pax where a
 * value does not fit (pax(1), "pax Interchange Format"). */
#ifndef JET_SINK_TAR_HEADER_H
#define JET_SINK_TAR_HEADER_H

#include "context/xattrs.h"

#include <stdbool.h>
#include <stdint.h>

enum { JET_TAR_BLOCK = 512 };

/** struct jet_tar_member - what a header says. */
struct jet_tar_member {
	char type;             /* ustar's typeflag: '0' file, '1' hard link, '2' symbolic
	                          link, '3' char, '4' block, '5' directory, '6' FIFO */
	const char *path;      /* a directory's without "/" */
	size_t path_len;
	const char *link;      /* types '1' and '2' */
	size_t link_len;
	uint32_t mode;
	uint64_t size;         /* type '0' */
	int64_t mtime;         /* seconds */
	uint32_t mtime_nsec;   /* not 0: takes a pax record */
	uint32_t major, minor; /* types '3' and '4' */
	const struct jet_xattrs *xattrs; /* NULL: none */
};

/**
 * jet_tar_header() - appends the headers of a member, whole blocks.
 * @plain: set to whether the first block is a plain ustar header
 *
 * Return: 0, or -1 when out of memory.
 */
int jet_tar_header(struct jet_buf *buf, const struct jet_tar_member *m, bool *plain);

#endif
