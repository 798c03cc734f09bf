/* SPDX-License-Identifier: Apache-2.0 */
#include "base/error.h"
#include "context/hash.h"
#include "sink/tar_header.h"

#include <stdlib.h>
#include <string.h>

enum { END_BYTES = 2 * JET_TAR_BLOCK };

struct jet_tar {
	jet_write_fn write;
	void *ctx;
	bool begun;               /* something was written */
	struct jet_buf header;
	struct jet_hasher *hasher; /* borrowed; NULL: contents are not hashed */
	char *block;              /* JET_READ_BYTES, and room for a tar block behind */
};

int jet_tar_open(jet_write_fn write, void *ctx, struct jet_tar **out)
{
	struct jet_tar *tar = calloc(1, sizeof(*tar));

	*out = NULL;
	if (!tar)
		return JET_E_NOMEM;
	tar->write = write;
	tar->ctx = ctx;
	tar->block = malloc(JET_READ_BYTES + JET_TAR_BLOCK);
	if (!tar->block) {
		jet_tar_close(tar);
		return JET_E_NOMEM;
	}
	*out = tar;
	return 0;
}

void jet_tar_close(struct jet_tar *tar)
{
	if (!tar)
		return;
	jet_buf_clear(&tar->header);
	free(tar->block);
	free(tar);
}

void jet_tar_hash(struct jet_tar *tar, struct jet_hasher *hasher)
{
	tar->hasher = hasher;
}

static int put(struct jet_tar *tar, const void *data, size_t len)
{
	tar->begun = true;
	return tar->write(tar->ctx, data, len) == 0 ? 0 : JET_E_WRITE;
}

/* A header for the root, where the first one would not be plain ustar. */
static int put_root(struct jet_tar *tar, int64_t mtime)
{
	const struct jet_tar_member root = {
		.type = '5', .path = ".", .path_len = 1, .mode = 0755, .mtime = mtime,
	};
	struct jet_buf header = { 0 };
	bool plain;
	int rc = JET_E_NOMEM;

	if (jet_tar_header(&header, &root, &plain) == 0)
		rc = put(tar, header.data, header.len);
	jet_buf_clear(&header);
	return rc;
}

static int put_header(struct jet_tar *tar, const struct jet_tar_member *m)
{
	bool plain;
	int rc = 0;

	tar->header.len = 0;
	if (jet_tar_header(&tar->header, m, &plain) < 0)
		return JET_E_NOMEM;
	if (!plain && !tar->begun)
		rc = put_root(tar, 0);
	return rc < 0 ? rc : put(tar, tar->header.data, tar->header.len);
}

/* Fills up with zeroes behind @len bytes at tar->block. */
static size_t padded(struct jet_tar *tar, size_t len, uint64_t size)
{
	const size_t over = (size_t)(size % JET_TAR_BLOCK);

	if (!over)
		return len;
	memset(tar->block + len, 0, JET_TAR_BLOCK - over);
	return len + JET_TAR_BLOCK - over;
}

int jet_tar_text(struct jet_tar *tar, const char *path, size_t path_len, const void *data,
                 size_t len)
{
	const struct jet_tar_member m = {
		.type = '0', .path = path, .path_len = path_len, .mode = 0644, .size = len,
	};
	int rc = put_header(tar, &m);

	if (rc == 0 && len)
		rc = put(tar, data, len);
	if (rc == 0 && len % JET_TAR_BLOCK)
		rc = put(tar, tar->block, padded(tar, 0, len));
	return rc;
}

/* ---- entries ------------------------------------------------------------ */

/* The open file, block by block, each written as it comes. */
static int put_content(struct jet_tar *tar, struct jet_content *c, struct jet_error *err)
{
	const uint64_t size = c->left;
	int rc = 0;

	while (c->left && rc == 0) {
		size_t got;

		rc = jet_content_read(c, tar->block, JET_READ_BYTES, &got, err);
		if (rc == 0 && !c->left)
			got = padded(tar, got, size);
		if (rc == 0)
			rc = put(tar, tar->block, got);
	}
	return rc;
}

static int put_file(struct jet_tar *tar, struct jet_walk *walk, const struct jet_entry *entry,
                    const struct jet_tar_member *m, struct jet_hashes *hashes, struct jet_error *err)
{
	struct jet_content c;
	/* Opened before the header is written: what cannot be opened leaves the
	 * archive whole. */
	int rc = jet_content_open(&c, walk, entry, tar->hasher, err);

	if (rc < 0)
		return rc;
	rc = put_header(tar, m);
	if (rc == 0)
		rc = put_content(tar, &c, err);
	if (rc == 0)
		return jet_content_finish(&c, tar->hasher ? hashes : NULL, err);
	jet_content_abort(&c);
	return rc;
}

static char type_of(const struct jet_entry *entry)
{
	switch (entry->type) {
	case JET_TYPE_FILE:
		return entry->hardlink ? '1' : '0';
	case JET_TYPE_SYMLINK:
		return '2';
	case JET_TYPE_CHAR:
		return '3';
	case JET_TYPE_BLOCK:
		return '4';
	case JET_TYPE_DIR:
		return '5';
	case JET_TYPE_FIFO:
		return '6';
	default:
		return '\0';
	}
}

static int add(struct jet_tar *tar, struct jet_walk *walk, const struct jet_entry *entry,
               struct jet_hashes *hashes, struct jet_error *err)
{
	struct jet_tar_member m = {
		.type = type_of(entry),
		.path = entry->path,
		.path_len = entry->path_len,
		.mode = entry->mode,
		.mtime = entry->mtime_sec,
		.major = entry->rdev_major,
		.minor = entry->rdev_minor,
	};

	if (!m.type || !(entry->flags & JET_ENTRY_STATED))
		return jet_fail(err, JET_E_ARG, entry->path, "no tar archive can hold this");
	if (m.type == '1') {
		m.link = entry->hardlink;
		m.link_len = entry->hardlink_len;
	} else if (m.type == '2') {
		m.link = entry->target;
		m.link_len = entry->target_len;
	} else if (m.type == '0') {
		m.size = entry->size;
		return put_file(tar, walk, entry, &m, hashes, err);
	}
	return put_header(tar, &m);
}

int jet_tar_entry(struct jet_tar *tar, struct jet_walk *walk, const struct jet_entry *entry,
                  struct jet_hashes *hashes, struct jet_error *err)
{
	int rc;

	if (hashes)
		hashes->kinds = 0;
	rc = add(tar, walk, entry, hashes, err);

	if (rc == JET_E_NOMEM)
		return jet_fail_nomem(err);
	if (rc == JET_E_WRITE)
		return jet_fail(err, rc, NULL, "the archive cannot be written");
	return rc;
}

int jet_tar_finish(struct jet_tar *tar)
{
	memset(tar->block, 0, END_BYTES);
	return put(tar, tar->block, END_BYTES);
}
