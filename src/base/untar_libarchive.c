/* SPDX-License-Identifier: Apache-2.0 */
#include "base/buf.h"
#include "base/error.h"
#include "base/lazy.h"
#include "base/path.h"
#include "base/untar.h"

#include <archive.h>
#include <archive_entry.h>
#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define FUNCTIONS(X) \
	X(archive_entry_filetype) X(archive_entry_hardlink) X(archive_entry_mtime) \
	X(archive_entry_mtime_nsec) X(archive_entry_pathname) X(archive_entry_perm) \
	X(archive_entry_rdevmajor) X(archive_entry_rdevminor) X(archive_entry_size) \
	X(archive_entry_sparse_count) X(archive_entry_symlink) X(archive_entry_xattr_next) \
	X(archive_entry_xattr_reset) X(archive_error_string) \
	X(archive_read_data) X(archive_read_data_block) X(archive_read_data_skip) \
	X(archive_read_free) X(archive_read_header_position) X(archive_read_new) \
	X(archive_read_next_header) X(archive_read_open) X(archive_read_support_filter_bzip2) \
	X(archive_read_support_filter_compress) X(archive_read_support_filter_gzip) \
	X(archive_read_support_filter_lz4) X(archive_read_support_filter_lzma) \
	X(archive_read_support_filter_xz) X(archive_read_support_filter_zstd) \
	X(archive_read_support_format_empty) X(archive_read_support_format_raw) \
	X(archive_read_support_format_tar) X(archive_set_error)

struct api {
	FUNCTIONS(JET_LAZY_MEMBER)
};

static const char *const names[] = { FUNCTIONS(JET_LAZY_NAME) };

/* Two of libarchive's readers, one behind the other: the first unpacks the compression, the
 * second reads what is then a tar.  Between them headers can be seen as they are. */
struct jet_untar {
	void *lib;
	struct api api;
	struct archive *plain;    /* the stream without its compression */
	struct archive *archive;  /* the tar in there */
	struct jet_buf seen;      /* the end of what the tar has got of the stream so far */
	uint64_t seen_at;         /* where that lies in the stream */
	size_t last_len;          /* of the block that came last */
	bool in_header;           /* all of what comes is to be kept there */
	bool broken;              /* the stream ended in a failure */
	struct archive_entry *entry; /* the member at hand; NULL: none */
	struct jet_input *in;
	const char *otherwise;
	struct jet_buf path, link;
	uint32_t number;          /* of the member at hand */
	struct jet_error trouble; /* of reading the input */
};

/* ---- bytes for libarchive ----------------------------------------------- */

/* Gives what has been looked at already first. */
static la_ssize_t give(struct archive *archive, void *data, const void **block)
{
	struct jet_untar *u = data;
	struct jet_input *in = u->in;
	la_ssize_t n;

	if (jet_input_fill(in, 1, &u->trouble) < 0) {
		u->api.archive_set_error(archive, EIO, "%s", u->trouble.message);
		return ARCHIVE_FATAL;
	}
	*block = in->data + in->at;
	n = (la_ssize_t)(in->len - in->at);
	in->at = in->len;
	return n;
}

enum {
	SEEN_BYTES = 64 * 1024,       /* before the last block: that one may have begun there */
	HEADER_BYTES = 64 * 1024 * 1024 /* of one member, with names and all */
};

/* Leaves the last @len bytes in sight. */
static void forget(struct jet_untar *u, size_t len)
{
	const size_t gone = u->seen.len - len;

	memmove(u->seen.data, u->seen.data + gone, len);
	u->seen.len = len;
	u->seen_at += gone;
}

/* Keeps a block in sight that the tar gets.  A header lies in the last one that came before
 * it was asked for, or behind. */
static int see(struct jet_untar *u, const void *block, size_t len)
{
	if (!u->in_header && u->seen.len > SEEN_BYTES)
		forget(u, SEEN_BYTES);
	if (u->in_header && u->seen.len > HEADER_BYTES)
		return -1;
	u->last_len = len;
	return jet_buf_append(&u->seen, block, len);
}

static la_ssize_t give_plain(struct archive *archive, void *data, const void **block)
{
	struct jet_untar *u = data;
	size_t len = 0;
	la_int64_t at;
	const int got = u->api.archive_read_data_block(u->plain, block, &len, &at);
	const char *text;

	if (got == ARCHIVE_EOF)
		return 0;
	if (got < ARCHIVE_WARN) {
		text = u->api.archive_error_string(u->plain);
		u->broken = true;
		u->api.archive_set_error(archive, EIO, "%s", text ? text : "cannot be read");
		return ARCHIVE_FATAL;
	}
	if (see(u, *block, len) == 0)
		return (la_ssize_t)len;
	u->api.archive_set_error(archive, ENOMEM, "its header is too large");
	return ARCHIVE_FATAL;
}

/* Only what the libraries do themselves: libarchive would start programs for other
 * compressions, and the archive may come from anywhere. */
static int support(struct jet_untar *u)
{
	int (*const all[])(struct archive *) = {
		u->api.archive_read_support_filter_gzip, u->api.archive_read_support_filter_bzip2,
		u->api.archive_read_support_filter_compress, u->api.archive_read_support_filter_xz,
		u->api.archive_read_support_filter_lzma, u->api.archive_read_support_filter_zstd,
		u->api.archive_read_support_filter_lz4, u->api.archive_read_support_format_raw,
		u->api.archive_read_support_format_empty,
	};

	/* A warning is a compression that it was built without. */
	for (size_t i = 0; i < sizeof(all) / sizeof(all[0]); i++) {
		if (all[i](u->plain) < ARCHIVE_WARN)
			return -1;
	}
	return u->api.archive_read_support_format_tar(u->archive) < ARCHIVE_WARN ? -1 : 0;
}

/* ---- failures ----------------------------------------------------------- */

int jet_untar_fail(const struct jet_untar *u, struct jet_error *err, const char *format, ...)
{
	char text[200];
	va_list ap;

	va_start(ap, format);
	vsnprintf(text, sizeof(text), format, ap);
	va_end(ap);
	return jet_fail(err, JET_E_FORMAT, u->in->name, "entry %u of the archive%s",
	                (unsigned)u->number, text);
}

/* @number: the entry that cannot be read. */
static int fail(struct jet_untar *u, uint32_t number, struct jet_error *err)
{
	const char *text = u->api.archive_error_string(u->broken ? u->plain : u->archive);

	if (u->trouble.code) {
		if (err)
			*err = u->trouble;
		return u->trouble.code;
	}
	if (!u->number && text && strstr(text, "Unrecognized archive format"))
		return jet_fail(err, JET_E_FORMAT, u->in->name, "%s", u->otherwise);
	return jet_fail(err, JET_E_FORMAT, u->in->name, "entry %u of the archive: %s",
	                (unsigned)number, text ? text : "cannot be read");
}

/* ---- members ------------------------------------------------------------ */

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
	return jet_buf_terminate(out);
}

static enum jet_type type_of(struct jet_untar *u, struct archive_entry *e)
{
	switch (u->api.archive_entry_filetype(e)) {
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

static void fill(struct jet_untar *u, struct archive_entry *e, struct jet_member *m)
{
	*m = (struct jet_member){
		.path = { u->path.data, u->path.len },
		.number = u->number,
		.type = type_of(u, e),
		.mode = u->api.archive_entry_perm(e) & 07777,
		.mtime_sec = u->api.archive_entry_mtime(e),
		.mtime_nsec = (uint32_t)u->api.archive_entry_mtime_nsec(e),
	};
	if (u->api.archive_entry_hardlink(e)) {
		m->type = JET_TYPE_FILE;
		m->hardlink = u->link.data;
		m->hardlink_len = u->link.len;
	} else if (m->type == JET_TYPE_FILE) {
		m->size = (uint64_t)u->api.archive_entry_size(e);
	} else if (m->type == JET_TYPE_SYMLINK) {
		m->target = u->api.archive_entry_symlink(e);
	} else if (m->type == JET_TYPE_CHAR || m->type == JET_TYPE_BLOCK) {
		m->major = (uint32_t)u->api.archive_entry_rdevmajor(e);
		m->minor = (uint32_t)u->api.archive_entry_rdevminor(e);
	}
}

/* ---- headers ------------------------------------------------------------ */

enum { BLOCK = 512, TYPE_AT = 156, SIZE_AT = 124, SIZE_LEN = 12 };

/* The number of blocks that a header and what belongs to it take. */
static uint64_t blocks_of(const char *header)
{
	uint64_t size = 0;

	for (size_t i = 0; i < SIZE_LEN; i++) {
		const char c = header[SIZE_AT + i];

		if (c >= '0' && c <= '7')
			size = size * 8 + (uint64_t)(c - '0');
		else if (c != ' ')
			break;
	}
	return 1 + (size + BLOCK - 1) / BLOCK;
}

/* The header of the member at hand as it is written: libarchive makes a file of all kinds
 * that it does not know, and builders stop there.  NULL: it is not in sight. */
static const char *own_header(const struct jet_untar *u)
{
	const la_int64_t begin = u->api.archive_read_header_position(u->archive);
	uint64_t at = (uint64_t)begin - u->seen_at;

	if (begin < 0 || (uint64_t)begin < u->seen_at)
		return NULL;
	while (at + BLOCK <= u->seen.len) {
		const char *header = u->seen.data + at;
		const char type = header[TYPE_AT];

		/* What comes before a member: pax records, and GNU's long names. */
		if (!type || !strchr("xgLK", type))
			return header;
		at += blocks_of(header) * BLOCK;
	}
	return NULL;
}

/* The kinds that docker, BuildKit and buildah unpack. */
static int check_letter(const struct jet_untar *u, struct jet_error *err)
{
	const char *header = own_header(u), *name = u->path.len ? u->path.data : ".";
	const unsigned type = header ? (unsigned char)header[TYPE_AT] : 0;

	if (!header)
		return jet_untar_fail(u, err, ": \"%.100s\" has a header that cannot be read", name);
	if (type == 0 || (type >= '0' && type <= '6'))
		return 0;
	/* These libarchive takes for a part of the member behind them. */
	if (strchr("AVX", (int)type))
		name = header;
	if (type > ' ' && type < 0x7F)
		return jet_untar_fail(u, err, ": \"%.100s\" is of type %c: no builder takes it", name,
		                      type);
	return jet_untar_fail(u, err, ": \"%.100s\" is of type 0x%02x: no builder takes it", name,
	                      type);
}

static int next_header(struct jet_untar *u)
{
	int got = u->number ? u->api.archive_read_data_skip(u->archive) : ARCHIVE_OK;

	if (got != ARCHIVE_OK && got != ARCHIVE_EOF)
		return got;
	/* Members without content follow each other in headers alone.  Not each time: that
	 * would move a block for every one of them. */
	if (u->seen.len > 2 * (SEEN_BYTES + u->last_len))
		forget(u, SEEN_BYTES + u->last_len);
	u->in_header = true;
	got = u->api.archive_read_next_header(u->archive, &u->entry);
	u->in_header = false;
	return got;
}

int jet_untar_next(struct jet_untar *u, struct jet_member *member, struct jet_error *err)
{
	const int got = next_header(u);
	const char *name, *link;

	if (got == ARCHIVE_EOF)
		return 0;
	/* A warning is about names in other character sets: bytes stay bytes. */
	if (got != ARCHIVE_OK && got != ARCHIVE_WARN)
		return fail(u, u->number + 1, err);
	u->number++;
	name = u->api.archive_entry_pathname(u->entry);
	link = u->api.archive_entry_hardlink(u->entry);
	if (!name)
		return jet_untar_fail(u, err, " has no name");
	if (clean(&u->path, name) < 0 || (link && clean(&u->link, link) < 0))
		return jet_fail_nomem(err);
	if (u->api.archive_entry_sparse_count(u->entry) > 0)
		return jet_untar_fail(u, err, " is sparse: no builder takes it");
	if (check_letter(u, err) < 0)
		return JET_E_FORMAT;
	u->api.archive_entry_xattr_reset(u->entry);
	fill(u, u->entry, member);
	return 1;
}

int jet_untar_read(struct jet_untar *u, void *buf, size_t size, size_t *got,
                   struct jet_error *err)
{
	const la_ssize_t n = u->api.archive_read_data(u->archive, buf, size);

	*got = n < 0 ? 0 : (size_t)n;
	return n < 0 ? fail(u, u->number, err) : 0;
}

bool jet_untar_xattr(struct jet_untar *u, struct jet_member_xattr *xattr)
{
	return u->api.archive_entry_xattr_next(u->entry, &xattr->name, &xattr->value, &xattr->len) ==
	       ARCHIVE_OK;
}

/* ---- opening ------------------------------------------------------------ */

static int start(struct jet_untar *u, struct jet_error *err)
{
	int rc = jet_lazy_open(&u->lib, JET_LIBARCHIVE_SONAME, names, &u->api, sizeof(u->api), err);

	if (rc < 0)
		return rc;
	u->plain = u->api.archive_read_new();
	u->archive = u->api.archive_read_new();
	if (!u->plain || !u->archive || support(u) < 0)
		return jet_fail_nomem(err);
	rc = u->api.archive_read_open(u->plain, u, NULL, give, NULL);
	if (rc == ARCHIVE_OK)
		rc = u->api.archive_read_next_header(u->plain, &u->entry);
	u->broken = rc != ARCHIVE_OK && rc != ARCHIVE_EOF;
	if (!u->broken)
		rc = u->api.archive_read_open(u->archive, u, NULL, give_plain, NULL);
	u->entry = NULL;
	return u->broken || rc != ARCHIVE_OK ? fail(u, 1, err) : 0;
}

int jet_untar_open(struct jet_untar **out, struct jet_input *in, const char *otherwise,
                   struct jet_error *err)
{
	struct jet_untar *u = calloc(1, sizeof(*u));
	int rc;

	*out = NULL;
	if (!u)
		return jet_fail_nomem(err);
	u->in = in;
	u->otherwise = otherwise;
	rc = start(u, err);
	if (rc < 0)
		jet_untar_close(u);
	else
		*out = u;
	return rc;
}

void jet_untar_close(struct jet_untar *u)
{
	if (!u)
		return;
	if (u->archive)
		u->api.archive_read_free(u->archive);
	if (u->plain)
		u->api.archive_read_free(u->plain);
	jet_buf_clear(&u->seen);
	jet_lazy_close(u->lib);
	jet_buf_clear(&u->path);
	jet_buf_clear(&u->link);
	free(u);
}
