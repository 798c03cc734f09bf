/* SPDX-License-Identifier: Apache-2.0 */
#include "sink/entry_json.h"

#include "base/json.h"
#include "base/path.h"
#include "base/str.h"
#include "sink/manifest.h"

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

void jet_entry_json_stat(struct jet_json *w, const struct jet_entry *e, unsigned known)
{
	const bool device = e->type == JET_TYPE_CHAR || e->type == JET_TYPE_BLOCK;
	char text[64];

	if (known & JET_STAT_MODE) {
		snprintf(text, sizeof(text), "%04o", (unsigned)e->mode);
		jet_json_key(w, "mode");
		jet_json_text(w, text);
	}
	if (known & JET_STAT_SIZE) {
		jet_json_key(w, "size");
		jet_json_uint(w, e->size);
	}
	if (known & JET_STAT_MTIME) {
		jet_time_text(text, sizeof(text), e->mtime_sec, e->mtime_nsec);
		jet_json_key(w, "mtime");
		jet_json_text(w, text);
	}
	if (known & JET_STAT_DEVICE && device) {
		jet_json_key(w, "major");
		jet_json_uint(w, e->rdev_major);
		jet_json_key(w, "minor");
		jet_json_uint(w, e->rdev_minor);
	}
}

/* "Dockerfile:12": the file by its last name, as people say it. */
static void put_place(struct jet_json *w, const char *file, uint32_t line)
{
	char text[300];

	snprintf(text, sizeof(text), "%.250s:%u", jet_path_name(file), (unsigned)line);
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

static void put_hashes(struct jet_json *w, const struct jet_hashes *hashes)
{
	if (hashes->kinds & JET_HASH_XXH128) {
		jet_json_key(w, "xxh128");
		jet_json_hex(w, hashes->xxh128, sizeof(hashes->xxh128));
	}
	if (hashes->kinds & JET_HASH_SHA256) {
		jet_json_key(w, "sha256");
		jet_json_hex(w, hashes->sha256, sizeof(hashes->sha256));
	}
}

void jet_entry_json_content(struct jet_json *w, const struct jet_entry *e,
                            const struct jet_hashes *hashes)
{
	if (e->target)
		jet_json_bytes(w, "target", e->target, e->target_len);
	if (hashes)
		put_hashes(w, hashes);
	if (e->flags & JET_ENTRY_EMPTIED) {
		jet_json_key(w, "emptied");
		jet_json_bool(w, true);
	}
	if (e->hardlink)
		jet_json_bytes(w, "hardlink", e->hardlink, e->hardlink_len);
}

void jet_entry_json(struct jet_json *w, const struct jet_entry *e,
                    const struct jet_hashes *hashes, const struct jet_needs *needs)
{
	const unsigned all = JET_STAT_MODE | JET_STAT_SIZE | JET_STAT_MTIME | JET_STAT_DEVICE;

	jet_json_bytes(w, "path", e->path, e->path_len);
	jet_json_key(w, "type");
	jet_json_text(w, jet_type_name(e->type));
	jet_entry_json_stat(w, e, e->flags & JET_ENTRY_STATED ? all : 0);
	jet_entry_json_content(w, e, hashes);
	if (needs && e->nby) {
		put_by(w, e, needs);
		put_triggers(w, e, needs);
	}
}

static int put(struct jet_manifest *m, const struct jet_entry *e, const struct jet_hashes *hashes)
{
	struct jet_json w = { .out = &m->line };

	jet_json_open(&w, '{');
	jet_entry_json(&w, e, hashes, m->needs);
	jet_json_close(&w, '}');
	return jet_json_end(&w) < 0 ? -1 : jet_buf_byte(&m->line, '\n');
}

const struct jet_manifest_ops jet_manifest_ndjson = {
	.name = "ndjson", .kinds = JET_HASH_XXH128 | JET_HASH_SHA256, .usual = JET_HASH_XXH128,
	.entry = put,
};
