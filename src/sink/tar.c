/* SPDX-License-Identifier: Apache-2.0 */
#include "sink/tar.h"

#include "base/error.h"
#include "context/hash.h"
#include "context/walk_content.h"
#include "sink/tar_header.h"

#include <stdlib.h>
#include <string.h>

/* Files up to HELD_BYTES are read before anything of them is written: one that changes
 * meanwhile can be read once more. */
enum { END_BYTES = 2 * JET_TAR_BLOCK, HELD_BYTES = 4 * JET_READ_BYTES };

struct jet_tar {
	struct jet_sink_options options;
	jet_write_fn write;
	void *ctx;
	bool begun;               /* something was written */
	uint64_t owed;            /* content that was announced and is not written yet */
	struct jet_buf header;
	int64_t mtime;            /* in the header that was written last */
	uint32_t mtime_nsec;
	struct jet_xattrs xattrs; /* of the entry at hand */
	struct jet_hasher *hasher; /* borrowed; NULL: contents are not hashed */
	char *block;              /* HELD_BYTES, and room for a tar block behind */
};

int jet_tar_open(const struct jet_sink_options *options, jet_write_fn write, void *ctx,
                 struct jet_tar **out)
{
	struct jet_tar *tar = calloc(1, sizeof(*tar));

	*out = NULL;
	if (!tar)
		return JET_E_NOMEM;
	if (options)
		tar->options = *options;
	tar->write = write;
	tar->ctx = ctx;
	tar->block = malloc(HELD_BYTES + JET_TAR_BLOCK);
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
	jet_xattrs_clear(&tar->xattrs);
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

/* Content, and what fills up its last block. */
static int put_block(struct jet_tar *tar, const void *data, size_t len)
{
	const int rc = put(tar, data, len);

	if (rc == 0)
		tar->owed -= len < tar->owed ? len : tar->owed;
	return rc;
}

/* A header for the root, where the first one would not do: not plain ustar, or taken for
 * something else. */
static int put_root(struct jet_tar *tar)
{
	const struct jet_tar_member root = {
		.type = '5', .path = ".", .path_len = 1, .mode = 0755, .mtime = tar->options.mtime,
	};
	struct jet_buf header = { 0 };
	bool plain;
	int rc = JET_E_NOMEM;

	if (jet_tar_header(&header, &root, &plain) == 0)
		rc = put(tar, header.data, header.len);
	jet_buf_clear(&header);
	return rc;
}

/* Would a builder take what begins like this for a compressed stream?  It looks at no
 * more than the first bytes, which are those of the first name. */
static bool looks_compressed(const struct jet_buf *header)
{
	static const char *const magics[] = { "BZh", "\x1F\x8B", "\xFD\x37zXZ", "\x28\xB5\x2F\xFD",
		                              "\x04\x22\x4D\x18", "LZIP", "\x5D" };

	for (size_t i = 0; i < sizeof(magics) / sizeof(magics[0]); i++) {
		const size_t n = strlen(magics[i]);

		if (header->len >= n && memcmp(header->data, magics[i], n) == 0)
			return true;
	}
	return false;
}

static int put_header(struct jet_tar *tar, struct jet_tar_member *m)
{
	bool plain;
	int rc = 0;

	/* A fraction of a second is not worth a header of its own in front. */
	if (!tar->begun)
		m->mtime_nsec = 0;
	tar->header.len = 0;
	if (jet_tar_header(&tar->header, m, &plain) < 0)
		return JET_E_NOMEM;
	if (!tar->begun && (!plain || looks_compressed(&tar->header)))
		rc = put_root(tar);
	if (rc == 0)
		rc = put(tar, tar->header.data, tar->header.len);
	if (rc == 0)
		tar->owed = m->size;
	tar->mtime = m->mtime;
	tar->mtime_nsec = m->mtime_nsec;
	return rc;
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
	struct jet_tar_member m = {
		.type = '0', .path = path, .path_len = path_len, .mode = 0644, .size = len,
		.mtime = tar->options.mtime,
	};
	int rc = put_header(tar, &m);

	if (rc == 0 && len)
		rc = put_block(tar, data, len);
	if (rc == 0 && len % JET_TAR_BLOCK)
		rc = put_block(tar, tar->block, padded(tar, 0, len));
	return rc;
}

/* ---- files -------------------------------------------------------------- */

/* What the header says of the entry at hand, as it is now. */
static struct jet_tar_member describe(struct jet_tar *tar, char type, const struct jet_entry *e)
{
	const uint32_t flags = tar->options.flags;
	struct jet_tar_member m = {
		.type = type,
		.path = e->path,
		.path_len = e->path_len,
		.mode = jet_sink_mode(&tar->options, e),
		.size = type == '0' ? e->size : 0,
		.mtime = flags & JET_SINK_NORMALIZE ? tar->options.mtime : e->mtime_sec,
		.major = e->rdev_major,
		.minor = e->rdev_minor,
		.xattrs = &tar->xattrs,
	};

	if (flags & JET_SINK_MTIME_NS && !(flags & JET_SINK_NORMALIZE))
		m.mtime_nsec = e->mtime_nsec;
	return m;
}

/* Opens the file; one that can be held is read, checked and closed. */
static int begin(struct jet_tar *tar, struct jet_content *c, struct jet_walk *walk,
                 const struct jet_entry *e, struct jet_hashes *hashes, struct jet_error *err)
{
	size_t len = 0;
	int rc = jet_content_open(c, walk, e, tar->hasher, err);

	if (rc < 0)
		return rc;
	tar->xattrs.n = 0;
	if (tar->options.flags & JET_SINK_XATTRS && c->fd >= 0)
		rc = jet_walk_xattrs(walk, c->fd, &tar->xattrs, err);
	while (rc == 0 && e->size <= HELD_BYTES && c->left) {
		const size_t want = c->left < JET_READ_BYTES ? (size_t)c->left : JET_READ_BYTES;
		size_t got;

		rc = jet_content_read(c, tar->block + len, want, &got, err);
		len += want;
	}
	if (rc == 0 && e->size <= HELD_BYTES)
		return jet_content_finish(c, tar->hasher ? hashes : NULL, err);
	if (rc < 0)
		jet_content_abort(c);
	return rc;
}

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
			rc = put_block(tar, tar->block, got);
	}
	return rc;
}

static int put_file(struct jet_tar *tar, struct jet_walk *walk, const struct jet_entry *e,
                    struct jet_hashes *hashes, struct jet_error *err)
{
	struct jet_tar_member m;
	struct jet_content c;
	/* Before the header is written: what cannot be opened leaves the archive whole. */
	int rc = begin(tar, &c, walk, e, hashes, err);

	/* Once more: whoever was writing may be done. */
	if (rc == JET_E_CHANGED) {
		rc = jet_walk_again(walk, err);
		if (rc == 0)
			rc = begin(tar, &c, walk, e, hashes, err);
	}
	if (rc < 0)
		return rc;
	m = describe(tar, '0', e);
	rc = put_header(tar, &m);
	if (e->size <= HELD_BYTES)
		return rc < 0 || !e->size ? rc : put_block(tar, tar->block, padded(tar, e->size, e->size));
	if (rc == 0)
		rc = put_content(tar, &c, err);
	if (rc == 0)
		return jet_content_finish(&c, tar->hasher ? hashes : NULL, err);
	jet_content_abort(&c);
	return rc;
}

/* ---- entries ------------------------------------------------------------ */

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

static int add(struct jet_tar *tar, struct jet_walk *walk, const struct jet_entry *e,
               struct jet_hashes *hashes, struct jet_error *err)
{
	struct jet_tar_member m;
	const char type = type_of(e);
	int rc;

	if (!type || !(e->flags & JET_ENTRY_STATED))
		return jet_fail(err, JET_E_ARG, e->path, "no tar archive can hold this");
	if (type == '0')
		return put_file(tar, walk, e, hashes, err);
	/* Only files and directories can have those that a build keeps. */
	tar->xattrs.n = 0;
	if (type == '5' && tar->options.flags & JET_SINK_XATTRS) {
		rc = jet_walk_xattrs(walk, -1, &tar->xattrs, err);
		if (rc < 0)
			return rc;
	}
	m = describe(tar, type, e);
	if (type == '1') {
		/* Read under its first name. */
		if (hashes && tar->hasher && !jet_hasher_recall(tar->hasher, e, hashes))
			hashes->kinds = 0;
		m.link = e->hardlink;
		m.link_len = e->hardlink_len;
	} else if (type == '2') {
		m.link = e->target;
		m.link_len = e->target_len;
	}
	return put_header(tar, &m);
}

static int failed(int rc, struct jet_error *err)
{
	if (rc == JET_E_NOMEM)
		return jet_fail_nomem(err);
	if (rc == JET_E_WRITE)
		return jet_fail(err, rc, NULL, "the archive cannot be written");
	return rc;
}

int jet_tar_entry(struct jet_tar *tar, struct jet_walk *walk, const struct jet_entry *entry,
                  struct jet_hashes *hashes, struct jet_error *err)
{
	if (hashes)
		hashes->kinds = 0;
	return failed(add(tar, walk, entry, hashes, err), err);
}

int jet_tar_finish(struct jet_tar *tar)
{
	memset(tar->block, 0, END_BYTES);
	return put(tar, tar->block, END_BYTES);
}

int jet_tar_spoil(struct jet_tar *tar)
{
	static const char name[] = ".jettison-incomplete";
	struct jet_tar_member m = {
		.type = '0', .path = name, .path_len = sizeof(name) - 1, .size = JET_TAR_BLOCK,
	};

	/* In the middle of a file a header would be its content, and all that was owed. */
	return tar->begun && !tar->owed ? put_header(tar, &m) : 0;
}

/* ---- as a sink ---------------------------------------------------------- */

static int sink_text(void *self, const char *path, size_t path_len, const void *data, size_t len,
                     struct jet_error *err)
{
	return failed(jet_tar_text(self, path, path_len, data, len), err);
}

static int sink_entry(void *self, struct jet_walk *walk, const struct jet_entry *entry,
                      struct jet_shipped *shipped, struct jet_error *err)
{
	struct jet_tar *tar = self;
	const int rc = jet_tar_entry(tar, walk, entry, shipped ? &shipped->hashes : NULL, err);

	if (rc == 0 && shipped) {
		shipped->mode = jet_sink_mode(&tar->options, entry);
		shipped->mtime_sec = tar->mtime;
		shipped->mtime_nsec = tar->mtime_nsec;
	}
	return rc;
}

static int sink_finish(void *self, struct jet_error *err)
{
	return failed(jet_tar_finish(self), err);
}

struct jet_sink jet_tar_sink(struct jet_tar *tar)
{
	return (struct jet_sink){
		.self = tar, .text = sink_text, .entry = sink_entry, .finish = sink_finish,
	};
}
