/* SPDX-License-Identifier: Apache-2.0 */
#include "sink/entry_json.h"

#include "base/json.h"
#include "base/str.h"

#include <stdio.h>
#include <string.h>

static const char *const type_names[] = {
	[JET_TYPE_FILE] = "file",   [JET_TYPE_DIR] = "dir",     [JET_TYPE_SYMLINK] = "symlink",
	[JET_TYPE_FIFO] = "fifo",   [JET_TYPE_CHAR] = "char",   [JET_TYPE_BLOCK] = "block",
	[JET_TYPE_SOCKET] = "socket", [JET_TYPE_UNKNOWN] = "unknown",
};

const char *jet_type_name(enum jet_type type)
{
	return type_names[type];
}

static void put_stat(struct jet_json *w, const struct jet_entry *e)
{
	char text[64];

	snprintf(text, sizeof(text), "%04o", (unsigned)e->mode);
	jet_json_key(w, "mode");
	jet_json_text(w, text);
	jet_json_key(w, "size");
	jet_json_uint(w, e->size);
	jet_time_text(text, sizeof(text), e->mtime_sec, e->mtime_nsec);
	jet_json_key(w, "mtime");
	jet_json_text(w, text);
	if (e->type == JET_TYPE_CHAR || e->type == JET_TYPE_BLOCK) {
		jet_json_key(w, "major");
		jet_json_uint(w, e->rdev_major);
		jet_json_key(w, "minor");
		jet_json_uint(w, e->rdev_minor);
	}
}

/* "Dockerfile:12": the file by its last name, as people say it. */
static void put_place(struct jet_json *w, const char *file, uint32_t line)
{
	const char *slash = strrchr(file, '/');
	char text[300];

	snprintf(text, sizeof(text), "%.250s:%u", slash ? slash + 1 : file, (unsigned)line);
	jet_json_text(w, text);
}

/* A FROM may run several instructions of its base: it is there once. */
static void put_by(struct jet_json *w, const struct jet_entry *e, const struct jet_needs *needs)
{
	uint32_t last = 0;

	jet_json_key(w, "by");
	jet_json_open(w, '[');
	for (size_t i = 0; i < e->nby; i++) {
		const struct jet_use use = jet_needs_use(needs, e->by[i]);

		if (use.line != last)
			put_place(w, use.file, use.line);
		last = use.line;
	}
	jet_json_close(w, ']');
}

/* And these are they. */
static void put_triggers(struct jet_json *w, const struct jet_entry *e, const struct jet_needs *needs)
{
	bool any = false;

	for (size_t i = 0; i < e->nby; i++) {
		const struct jet_use use = jet_needs_use(needs, e->by[i]);

		if (!use.onbuild)
			continue;
		if (!any) {
			jet_json_key(w, "triggers");
			jet_json_open(w, '[');
		}
		any = true;
		jet_json_open(w, '{');
		jet_json_key(w, "by");
		put_place(w, use.file, use.line);
		jet_json_key(w, "onbuild");
		put_place(w, use.file, use.onbuild);
		jet_json_close(w, '}');
	}
	if (any)
		jet_json_close(w, ']');
}

void jet_entry_json(struct jet_json *w, const struct jet_entry *e, const struct jet_hash *hash,
                    const struct jet_needs *needs)
{
	jet_json_bytes(w, "path", e->path, e->path_len);
	jet_json_key(w, "type");
	jet_json_text(w, jet_type_name(e->type));
	if (e->flags & JET_ENTRY_STATED)
		put_stat(w, e);
	if (e->target)
		jet_json_bytes(w, "target", e->target, e->target_len);
	if (hash) {
		jet_json_key(w, "xxh128");
		jet_json_hex(w, hash->bytes, sizeof(hash->bytes));
	}
	if (e->flags & JET_ENTRY_EMPTIED) {
		jet_json_key(w, "emptied");
		jet_json_bool(w, true);
	}
	if (e->hardlink)
		jet_json_bytes(w, "hardlink", e->hardlink, e->hardlink_len);
	if (needs && e->nby) {
		put_by(w, e, needs);
		put_triggers(w, e, needs);
	}
}

int jet_manifest_json(const struct jet_entry *entry, const struct jet_hash *hash,
                      const struct jet_needs *needs, jet_write_fn write, void *ctx)
{
	struct jet_buf line = { 0 };
	struct jet_json w = { .out = &line };
	int rc = JET_E_NOMEM;

	jet_json_open(&w, '{');
	jet_entry_json(&w, entry, hash, needs);
	jet_json_close(&w, '}');
	if (jet_json_end(&w) == 0 && jet_buf_byte(&line, '\n') == 0)
		rc = write(ctx, line.data, line.len) == 0 ? 0 : JET_E_WRITE;
	jet_buf_clear(&line);
	return rc;
}
