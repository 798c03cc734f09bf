/* SPDX-License-Identifier: Apache-2.0 */
/*
 * RFC 4180, but with newlines instead of CR LF between the records: a header, then a
 * record per entry.  Bytes are kept as they are.  What does not apply is empty.
 */
#include "base/str.h"
#include "sink/entry_json.h"
#include "sink/manifest.h"

#include <string.h>

static int begin(struct jet_manifest *m)
{
	return jet_buf_text(&m->line, "path,type,mode,size,mtime,major,minor,target,hardlink,emptied,"
	                              "xxh128,sha256\n");
}

/* A field, in quotes where it has to be. */
static int put_bytes(struct jet_buf *line, const char *data, size_t len)
{
	bool quote = false;

	for (size_t i = 0; i < len && !quote; i++)
		quote = strchr(",\"\r\n", data[i]) != NULL;
	if (!quote)
		return jet_buf_append(line, data, len);
	if (jet_buf_byte(line, '"') < 0)
		return -1;
	for (size_t i = 0; i < len; i++) {
		if (jet_buf_byte(line, data[i]) < 0 || (data[i] == '"' && jet_buf_byte(line, '"') < 0))
			return -1;
	}
	return jet_buf_byte(line, '"');
}

static int put_stat(struct jet_buf *line, const struct jet_entry *e)
{
	char mtime[32];

	if (!(e->flags & JET_ENTRY_STATED))
		return jet_buf_text(line, ",,,,,");
	jet_time_text(mtime, sizeof(mtime), e->mtime_sec, e->mtime_nsec);
	if (jet_buf_printf(line, ",%04o,%llu,%s", (unsigned)e->mode, (unsigned long long)e->size, mtime) < 0)
		return -1;
	if (e->type == JET_TYPE_CHAR || e->type == JET_TYPE_BLOCK)
		return jet_buf_printf(line, ",%u,%u", (unsigned)e->rdev_major, (unsigned)e->rdev_minor);
	return jet_buf_text(line, ",,");
}

static int put_name(struct jet_buf *line, const char *name, size_t len)
{
	if (jet_buf_byte(line, ',') < 0)
		return -1;
	return name ? put_bytes(line, name, len) : 0;
}

static int put_hash(struct jet_buf *line, const uint8_t *hash, size_t len, bool there)
{
	return jet_buf_byte(line, ',') < 0 ? -1 : there ? jet_hex(line, hash, len) : 0;
}

static int put(struct jet_manifest *m, const struct jet_entry *e, const struct jet_hashes *hashes)
{
	struct jet_buf *line = &m->line;
	int bad = put_bytes(line, e->path, e->path_len);

	bad |= jet_buf_byte(line, ',') | jet_buf_text(line, jet_type_name(e->type));
	bad |= put_stat(line, e);
	bad |= put_name(line, e->target, e->target_len);
	bad |= put_name(line, e->hardlink, e->hardlink_len);
	bad |= jet_buf_text(line, e->flags & JET_ENTRY_EMPTIED ? ",true" : ",");
	bad |= put_hash(line, hashes->xxh128, sizeof(hashes->xxh128), hashes->kinds & JET_HASH_XXH128);
	bad |= put_hash(line, hashes->sha256, sizeof(hashes->sha256), hashes->kinds & JET_HASH_SHA256);
	return bad ? -1 : jet_buf_byte(line, '\n');
}

const struct jet_manifest_ops jet_manifest_csv = {
	.name = "csv", .kinds = JET_HASH_XXH128 | JET_HASH_SHA256, .usual = JET_HASH_XXH128,
	.begin = begin, .entry = put,
};
