/* SPDX-License-Identifier: Apache-2.0 */
/*
 * mtree(5) as libarchive writes and reads it: whole paths that begin with "./".
 *
 * There is no keyword for XXH3, and libarchive stumbles over one that it does not
 * know.  So that hash stands in a comment, "#xxh128=HASH", on the line before its
 * entry; mtree's readers pass over it, jettison's does not.
 */
#include "base/octal.h"
#include "sink/manifest.h"

static int begin(struct jet_manifest *m)
{
	return jet_buf_text(&m->line, "#mtree\n");
}

/* As libarchive: three octal digits for what is not a visible ASCII character or
 * means something to mtree; also for what BSD's mtree would take for a pattern. */
static int put_name(struct jet_buf *line, const char *name, size_t len)
{
	return jet_octal_put(line, name, len, "#*=?[");
}

static const char *type_name(enum jet_type type)
{
	static const char *const names[] = {
		[JET_TYPE_FILE] = "file",   [JET_TYPE_DIR] = "dir",     [JET_TYPE_SYMLINK] = "link",
		[JET_TYPE_FIFO] = "fifo",   [JET_TYPE_CHAR] = "char",   [JET_TYPE_BLOCK] = "block",
		[JET_TYPE_SOCKET] = "socket", [JET_TYPE_UNKNOWN] = NULL,
	};

	return names[type];
}

/* The time is no decimal number: every reader takes the seconds, and then the nanoseconds
 * that are added to them.  Half a second before 1970 is "-1.500000000". */
static int put_stat(struct jet_buf *line, const struct jet_entry *e)
{
	int bad = jet_buf_printf(line, " mode=%04o time=%lld.%09u", (unsigned)e->mode,
	                         (long long)e->mtime_sec, (unsigned)e->mtime_nsec);

	if (e->type == JET_TYPE_FILE)
		bad |= jet_buf_printf(line, " size=%llu", (unsigned long long)e->size);
	if (e->type == JET_TYPE_CHAR || e->type == JET_TYPE_BLOCK)
		bad |= jet_buf_printf(line, " device=native,%u,%u", (unsigned)e->rdev_major,
		                      (unsigned)e->rdev_minor);
	return bad;
}

static int put(struct jet_manifest *m, const struct jet_entry *e, const struct jet_hashes *hashes)
{
	struct jet_buf *line = &m->line;
	const char *type = type_name(e->type);
	int bad = 0;

	if (hashes->kinds & JET_HASH_XXH128) {
		bad |= jet_buf_text(line, "#xxh128=");
		bad |= jet_hex(line, hashes->xxh128, sizeof(hashes->xxh128)) | jet_buf_byte(line, '\n');
	}
	bad |= jet_buf_text(line, "./") | put_name(line, e->path, e->path_len);
	if (type)
		bad |= jet_buf_printf(line, " type=%s", type);
	if (e->flags & JET_ENTRY_STATED)
		bad |= put_stat(line, e);
	if (e->target)
		bad |= jet_buf_text(line, " link=") | put_name(line, e->target, e->target_len);
	if (hashes->kinds & JET_HASH_SHA256) {
		bad |= jet_buf_text(line, " sha256digest=");
		bad |= jet_hex(line, hashes->sha256, sizeof(hashes->sha256));
	}
	return bad ? -1 : jet_buf_byte(line, '\n');
}

const struct jet_manifest_ops jet_manifest_mtree = {
	.name = "mtree", .kinds = JET_HASH_XXH128 | JET_HASH_SHA256, .usual = JET_HASH_XXH128,
	.begin = begin, .entry = put,
};
