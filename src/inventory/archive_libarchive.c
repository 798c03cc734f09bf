/* SPDX-License-Identifier: Apache-2.0 */
#include "base/buf.h"
#include "base/error.h"
#include "base/lazy.h"
#include "base/path.h"
#include "context/hash.h"
#include "inventory/read.h"

#include <archive.h>
#include <archive_entry.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#define FUNCTIONS(X) \
	X(archive_entry_filetype) X(archive_entry_hardlink) X(archive_entry_mtime) \
	X(archive_entry_mtime_nsec) X(archive_entry_pathname) X(archive_entry_perm) \
	X(archive_entry_rdevmajor) X(archive_entry_rdevminor) X(archive_entry_size) \
	X(archive_entry_sparse_count) X(archive_entry_symlink) X(archive_error_string) \
	X(archive_read_data) X(archive_read_free) X(archive_read_new) \
	X(archive_read_next_header) X(archive_read_open) X(archive_read_support_filter_bzip2) \
	X(archive_read_support_filter_compress) X(archive_read_support_filter_gzip) \
	X(archive_read_support_filter_lz4) X(archive_read_support_filter_lzma) \
	X(archive_read_support_filter_xz) X(archive_read_support_filter_zstd) \
	X(archive_read_support_format_tar) X(archive_set_error)

struct api {
	FUNCTIONS(JET_LAZY_MEMBER)
};

static const char *const names[] = { FUNCTIONS(JET_LAZY_NAME) };

struct reader {
	void *lib;
	struct api api;
	struct archive *archive;
	struct jet_inventory *inv;
	struct jet_input *in;
	struct jet_hasher *hasher; /* NULL: contents are not hashed */
	char *block;               /* JET_READ_BYTES, with a hasher */
	struct jet_buf path, link;
	uint32_t number;           /* of the entry */
	struct jet_error trouble;  /* of reading the input */
};

/* ---- bytes for libarchive ----------------------------------------------- */

/* Gives what has been looked at already first. */
static la_ssize_t give(struct archive *archive, void *data, const void **block)
{
	struct reader *r = data;
	struct jet_input *in = r->in;
	la_ssize_t n;

	if (jet_input_fill(in, 1, &r->trouble) < 0) {
		r->api.archive_set_error(archive, EIO, "%s", r->trouble.message);
		return ARCHIVE_FATAL;
	}
	*block = in->data + in->at;
	n = (la_ssize_t)(in->len - in->at);
	in->at = in->len;
	return n;
}

/* Only what the libraries do themselves: libarchive would start programs for other
 * compressions, and the archive may come from anywhere. */
static void support(struct reader *r)
{
	struct archive *archive = r->archive;

	r->api.archive_read_support_filter_gzip(archive);
	r->api.archive_read_support_filter_bzip2(archive);
	r->api.archive_read_support_filter_compress(archive);
	r->api.archive_read_support_filter_xz(archive);
	r->api.archive_read_support_filter_lzma(archive);
	r->api.archive_read_support_filter_zstd(archive);
	r->api.archive_read_support_filter_lz4(archive);
	r->api.archive_read_support_format_tar(archive);
}

static int fail(struct reader *r, struct jet_error *err)
{
	const char *text = r->api.archive_error_string(r->archive);

	if (r->trouble.code) {
		if (err)
			*err = r->trouble;
		return r->trouble.code;
	}
	if (!r->number && text && strstr(text, "Unrecognized archive format"))
		return jet_fail(err, JET_E_FORMAT, r->in->name, "neither a manifest nor a tar archive");
	return jet_fail(err, JET_E_FORMAT, r->in->name, "entry %u of the archive: %s",
	                (unsigned)r->number + 1, text ? text : "cannot be read");
}

/* ---- entries ------------------------------------------------------------ */

/* A name in an archive as builders take it: "/x" and "../x" are "x". */
static int clean(struct jet_buf *out, const char *name)
{
	const size_t len = strlen(name);

	out->len = 0;
	if (jet_buf_reserve(out, len + 2) < 0)
		return -1;
	out->data[0] = '/';
	memcpy(out->data + 1, name, len);
	out->len = jet_path_clean(out->data, len + 1, out->data) - 1;
	memmove(out->data, out->data + 1, out->len);
	return 0;
}

static enum jet_type type_of(struct reader *r, struct archive_entry *e)
{
	switch (r->api.archive_entry_filetype(e)) {
	case AE_IFREG:
		return JET_TYPE_FILE;
	case AE_IFDIR:
		return JET_TYPE_DIR;
	case AE_IFLNK:
		return JET_TYPE_SYMLINK;
	case AE_IFIFO:
		return JET_TYPE_FIFO;
	case AE_IFCHR:
		return JET_TYPE_CHAR;
	case AE_IFBLK:
		return JET_TYPE_BLOCK;
	case AE_IFSOCK:
		return JET_TYPE_SOCKET;
	default:
		return JET_TYPE_UNKNOWN;
	}
}

static int hash_content(struct reader *r, struct jet_hashes *hashes, uint64_t *size,
                        struct jet_error *err)
{
	la_ssize_t n;

	*size = 0;
	jet_hasher_start(r->hasher);
	while ((n = r->api.archive_read_data(r->archive, r->block, JET_READ_BYTES)) > 0) {
		jet_hasher_update(r->hasher, r->block, (size_t)n);
		*size += (uint64_t)n;
	}
	return n < 0 ? fail(r, err) : jet_hasher_finish(r->hasher, hashes, err);
}

static void fill(struct reader *r, struct jet_item *item, struct archive_entry *e)
{
	item->type = (uint8_t)type_of(r, e);
	item->known = JET_ITEM_MODE | JET_ITEM_SIZE | JET_ITEM_MTIME | JET_ITEM_DEVICE | JET_ITEM_LINK;
	item->mode = r->api.archive_entry_perm(e) & 07777;
	item->size = item->type == JET_TYPE_FILE ? (uint64_t)r->api.archive_entry_size(e) : 0;
	item->mtime_sec = r->api.archive_entry_mtime(e);
	item->mtime_nsec = (uint32_t)r->api.archive_entry_mtime_nsec(e);
	/* Whole seconds may be all that the archive could hold. */
	if (item->mtime_nsec)
		item->known |= JET_ITEM_NSEC;
	if (item->type == JET_TYPE_CHAR || item->type == JET_TYPE_BLOCK) {
		item->major = (uint32_t)r->api.archive_entry_rdevmajor(e);
		item->minor = (uint32_t)r->api.archive_entry_rdevminor(e);
	}
}

static int add(struct reader *r, struct archive_entry *e, struct jet_error *err)
{
	const char *name = r->api.archive_entry_pathname(e), *target = r->api.archive_entry_symlink(e);
	const char *link = r->api.archive_entry_hardlink(e);
	struct jet_item item = { .line = r->number };
	struct jet_hashes hashes;
	int rc;

	if (!name)
		return jet_fail(err, JET_E_FORMAT, r->in->name, "entry %u of the archive has no name",
		                (unsigned)r->number);
	if (clean(&r->path, name) < 0 || (link && clean(&r->link, link) < 0))
		return jet_fail_nomem(err);
	if (!r->path.len) /* the root */
		return 0;
	/* A few bytes can stand for more zeroes than can ever be hashed; the builders do
	 * not take them either. */
	if (r->api.archive_entry_sparse_count(e) > 0)
		return jet_fail(err, JET_E_FORMAT, r->in->name,
		                "entry %u of the archive is sparse: no builder takes it",
		                (unsigned)r->number);
	fill(r, &item, e);
	item.path = r->path.data;
	item.path_len = (uint32_t)r->path.len;
	if (link) {
		item.type = JET_TYPE_FILE;
		item.known = JET_ITEM_LINK;
		item.hardlink = r->link.data;
		item.hardlink_len = (uint32_t)r->link.len;
	} else if (item.type == JET_TYPE_SYMLINK && target) {
		item.target = target;
		item.target_len = (uint32_t)strlen(target);
		item.known |= JET_ITEM_TARGET;
	} else if (item.type == JET_TYPE_FILE && r->hasher) {
		rc = hash_content(r, &hashes, &item.size, err);
		if (rc < 0)
			return rc;
		item.xxh128 = hashes.kinds & JET_HASH_XXH128 ? hashes.xxh128 : NULL;
		item.sha256 = hashes.kinds & JET_HASH_SHA256 ? hashes.sha256 : NULL;
	}
	return jet_inventory_add(r->inv, &item) < 0 ? jet_fail_nomem(err) : 0;
}

static int read_entries(struct reader *r, struct jet_error *err)
{
	struct archive_entry *e;
	int rc;

	for (;;) {
		int got = r->api.archive_read_next_header(r->archive, &e);

		if (got == ARCHIVE_EOF)
			return 0;
		/* A warning is about names in other character sets: bytes stay bytes. */
		if (got != ARCHIVE_OK && got != ARCHIVE_WARN)
			return fail(r, err);
		r->number++;
		rc = add(r, e, err);
		if (rc < 0)
			return rc;
	}
}

static int open_hasher(struct reader *r, unsigned kinds, struct jet_error *err)
{
	if (!kinds)
		return 0;
	r->block = malloc(JET_READ_BYTES);
	return r->block ? jet_hasher_open(kinds, &r->hasher, err) : jet_fail_nomem(err);
}

static int read_all(struct reader *r, unsigned kinds, struct jet_error *err)
{
	int rc;

	r->archive = r->api.archive_read_new();
	if (!r->archive)
		return jet_fail_nomem(err);
	support(r);
	rc = open_hasher(r, kinds, err);
	if (rc == 0 && r->api.archive_read_open(r->archive, r, NULL, give, NULL) != ARCHIVE_OK)
		rc = fail(r, err);
	if (rc == 0)
		rc = read_entries(r, err);
	r->api.archive_read_free(r->archive);
	return rc;
}

int jet_read_archive(struct jet_inventory *inv, struct jet_input *in, unsigned kinds,
                     struct jet_error *err)
{
	struct reader r = { .inv = inv, .in = in };
	int rc = jet_lazy_open(&r.lib, JET_LIBARCHIVE_SONAME, names, &r.api, sizeof(r.api), err);

	if (rc == 0)
		rc = read_all(&r, kinds, err);
	jet_hasher_close(r.hasher);
	jet_buf_clear(&r.path);
	jet_buf_clear(&r.link);
	free(r.block);
	jet_lazy_close(r.lib);
	return rc;
}
