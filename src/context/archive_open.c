/* SPDX-License-Identifier: Apache-2.0 */
/* Reads an archive to its end: names into memory, contents into a file that has none. */
#include "context/archive_private.h"

#include "base/error.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { BLOCK = 256 * 1024, PAGE = 4096 };

struct opener {
	struct jet_archive *archive;
	struct jet_input *in;
	struct jet_untar *untar;
	const char *dir; /* where the spool is */
	char *block;     /* BLOCK bytes; those up to len are not in the spool yet */
	size_t len;
};

/* ---- the spool ---------------------------------------------------------- */

static int fail(const struct opener *o, int sys_errno, struct jet_error *err)
{
	return jet_fail_errno(err, JET_E_IO, sys_errno, o->dir,
	                      "cannot keep the contents of the archive there");
}

static bool is_zero(const char *data, size_t len)
{
	return !data[0] && memcmp(data, data + 1, len - 1) == 0;
}

static size_t piece(size_t from, size_t end)
{
	return end - from < PAGE ? end - from : PAGE;
}

/* The end of what is all zero, or of what is not, a page at a time. */
static size_t run_of(const char *block, size_t from, size_t end, bool zero)
{
	while (from < end && is_zero(block + from, piece(from, end)) == zero)
		from += piece(from, end);
	return from;
}

static int write_at(struct opener *o, size_t from, size_t end, struct jet_error *err)
{
	while (from < end) {
		const ssize_t n = pwrite(o->archive->spool, o->block + from, end - from,
		                         (off_t)(o->archive->spooled + from));

		if (n < 0 && errno != EINTR)
			return fail(o, errno, err);
		from += n < 0 ? 0 : (size_t)n;
	}
	return 0;
}

/* Pages of zeroes are not written, and take no room there: a disk image of 10 GiB may hold
 * very little. */
static int flush(struct opener *o, struct jet_error *err)
{
	int rc = 0;

	for (size_t from = 0; rc == 0 && from < o->len;) {
		const size_t begin = run_of(o->block, from, o->len, true);

		from = run_of(o->block, begin, o->len, false);
		rc = write_at(o, begin, from, err);
	}
	o->archive->spooled += o->len;
	o->len = 0;
	return rc;
}

/* The rest, and holes at the end. */
static int complete(struct opener *o, struct jet_error *err)
{
	int rc = flush(o, err);

	if (rc == 0 && ftruncate(o->archive->spool, (off_t)o->archive->spooled) != 0)
		rc = fail(o, errno, err);
	return rc;
}

/* The content of the member at hand goes behind all others. */
static int spool(struct opener *o, struct jet_archive_inode *inode, struct jet_error *err)
{
	size_t got = 1;
	int rc = 0;

	inode->offset = o->archive->spooled + o->len;
	inode->size = 0;
	while (rc == 0 && got) {
		if (o->len == BLOCK)
			rc = flush(o, err);
		if (rc == 0)
			rc = jet_untar_read(o->untar, o->block + o->len, BLOCK - o->len, &got, err);
		if (rc == 0) {
			o->len += got;
			inode->size += got;
		}
	}
	return rc;
}

static int open_spool(struct opener *o, struct jet_error *err)
{
	o->block = malloc(BLOCK);
	if (!o->block)
		return jet_fail_nomem(err);
	o->archive->spool = jet_os_temporary(o->dir);
	if (o->archive->spool >= 0)
		return 0;
	return o->archive->spool == -ENOMEM
	               ? jet_fail_nomem(err)
	               : fail(o, -o->archive->spool, err);
}

/* ---- the archive -------------------------------------------------------- */

static int read_members(struct opener *o, struct jet_error *err)
{
	struct jet_archive_inode *inode;
	struct jet_member member;
	int rc;

	while ((rc = jet_untar_next(o->untar, &member, err)) == 1) {
		rc = jet_archive_add(o->archive, o->untar, &member, &inode, err);
		if (rc == 0 && inode)
			rc = spool(o, inode, err);
		if (rc < 0)
			return rc;
	}
	return rc < 0 ? rc : complete(o, err);
}

/* What is behind the end of the archive; whoever writes it should not find a pipe that
 * nobody reads from. */
static int drain(struct jet_input *in, struct jet_error *err)
{
	int rc = 0;

	while (rc == 0 && !in->end) {
		in->at = in->len;
		rc = jet_input_fill(in, 1, err);
	}
	return rc;
}

static int read_all(struct opener *o, struct jet_error *err)
{
	int rc = jet_input_fill(o->in, 1, err);

	if (rc == 0 && o->in->at == o->in->len)
		rc = jet_fail(err, JET_E_FORMAT, o->in->name,
		              "is empty, and no tar archive: what was to write it may have failed");
	if (rc == 0)
		rc = jet_untar_open(&o->untar, o->in, "no tar archive", err);
	if (rc == 0)
		rc = open_spool(o, err);
	if (rc == 0 && jet_archive_begin(o->archive) < 0)
		rc = jet_fail_nomem(err);
	if (rc == 0)
		rc = read_members(o, err);
	if (rc == 0)
		rc = drain(o->in, err);
	if (rc == 0)
		jet_archive_finish(o->archive);
	return rc;
}

int jet_archive_read(struct jet_input *in, const char *dir, struct jet_archive **out,
                     struct jet_error *err)
{
	struct opener o = { .in = in, .dir = dir };
	int rc;

	*out = NULL;
	o.archive = calloc(1, sizeof(*o.archive));
	if (!o.archive)
		return jet_fail_nomem(err);
	o.archive->spool = -1;
	rc = read_all(&o, err);
	jet_untar_close(o.untar);
	free(o.block);
	if (rc < 0)
		jet_archive_close(o.archive);
	else
		*out = o.archive;
	return rc;
}

int jet_archive_open(const char *path, const char *dir, struct jet_archive **out,
                     struct jet_error *err)
{
	struct jet_input in = { 0 };
	int rc = jet_input_open(&in, path, "the archive", err);

	*out = NULL;
	if (rc == 0)
		rc = jet_archive_read(&in, dir && dir[0] ? dir : "/tmp", out, err);
	jet_input_close(&in);
	return rc;
}

bool jet_archive_is_empty(const struct jet_archive *a)
{
	return a->nnames == 1;
}

void jet_archive_close(struct jet_archive *a)
{
	if (!a)
		return;
	if (a->spool >= 0)
		close(a->spool);
	jet_arena_clear(&a->arena);
	free(a->names);
	free(a->inodes);
	free(a->slots);
	free(a);
}
