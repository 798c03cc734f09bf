/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Readers of manifests and archives.  What is taken is in order, and written in every
 * format and read again it is the same, as far as the format can tell.
 */
#include "fuzz.h"
#include "inventory/compare.h"
#include "inventory/read.h"

#include "base/buf.h"
#include "base/path.h"

#include <stdlib.h>
#include <string.h>

static int read_bytes(struct jet_inventory *inv, const void *data, size_t len)
{
	struct jet_input in = { 0 };
	struct jet_error err = { 0 };
	enum jet_source source;
	int rc;

	if (jet_input_memory(&in, data, len, "m") < 0)
		abort();
	rc = jet_source_guess(&in, &source, &err);
	if (rc == 0)
		rc = jet_inventory_read(inv, &in, source, JET_HASH_XXH128, &err);
	if (rc < 0 && (err.code != rc || !err.message[0]))
		fuzz_fail("failure %d without a message", rc);
	jet_input_close(&in);
	return rc;
}

static void check_order(const struct jet_inventory *inv)
{
	for (size_t i = 0; i < inv->n; i++) {
		const struct jet_item *item = &inv->items[i];

		if (!item->path_len || !jet_path_is_plain(item->path, item->path_len))
			fuzz_fail("path \"%.*s\"", (int)item->path_len, item->path);
		if (i && jet_path_order(item[-1].path, item[-1].path_len, item->path, item->path_len) >= 0)
			fuzz_fail("\"%.*s\" is out of order", (int)item->path_len, item->path);
	}
}

static int take(void *ctx, const void *data, size_t len)
{
	return jet_buf_append(ctx, data, len);
}

/* As an entry; false where no walk gives one like it. */
static bool entry_of(const struct jet_item *item, char *path, struct jet_entry *e)
{
	const unsigned stated = JET_ITEM_MODE | JET_ITEM_MTIME | JET_ITEM_NSEC;
	const bool device = item->type == JET_TYPE_CHAR || item->type == JET_TYPE_BLOCK;

	if ((item->known & stated) != stated || item->mtime_sec == INT64_MIN ||
	    (item->type == JET_TYPE_FILE) != ((item->known & JET_ITEM_SIZE) && item->xxh128) ||
	    (item->type == JET_TYPE_SYMLINK) != (item->target != NULL) ||
	    (device && !(item->known & JET_ITEM_DEVICE)) || item->type == JET_TYPE_UNKNOWN)
		return false;
	memcpy(path, item->path, item->path_len);
	path[item->path_len] = '\0';
	*e = (struct jet_entry){
		.path = path, .path_len = item->path_len, .type = (enum jet_type)item->type,
		.flags = JET_ENTRY_STATED, .mode = item->mode, .size = item->size,
		.mtime_sec = item->mtime_sec, .mtime_nsec = item->mtime_nsec,
		.rdev_major = item->major, .rdev_minor = item->minor, .target = item->target,
		.target_len = item->target_len,
	};
	return true;
}

/* All of it in one format; false when an item does not go into a manifest. */
static bool write_all(const struct jet_inventory *inv, enum jet_manifest_format format,
                      struct jet_buf *out)
{
	struct jet_manifest *m;
	bool whole = true;

	if (jet_manifest_open(format, JET_HASH_XXH128, NULL, take, out, &m) < 0)
		abort();
	for (size_t i = 0; i < inv->n && whole; i++) {
		const struct jet_item *item = &inv->items[i];
		struct jet_hashes hashes = { .kinds = item->xxh128 ? JET_HASH_XXH128 : 0 };
		char *path = malloc(item->path_len + 1);
		struct jet_entry e;

		if (!path)
			abort();
		if (item->xxh128)
			memcpy(hashes.xxh128, item->xxh128, sizeof(hashes.xxh128));
		whole = entry_of(item, path, &e);
		if (whole && jet_manifest_entry(m, &e, &hashes) < 0)
			abort();
		free(path);
	}
	jet_manifest_close(m);
	return whole;
}

static void round_trip(const struct jet_inventory *inv, enum jet_manifest_format format)
{
	const bool sums = format == JET_MANIFEST_XXH128SUM;
	struct jet_inventory back = { 0 };
	struct jet_comparison c = { .a = inv, .b = &back, .flags = sums ? 0 : JET_COMPARE_MTIME };
	struct jet_difference d;
	struct jet_buf text = { 0 };

	if (write_all(inv, format, &text) && text.len) {
		if (read_bytes(&back, text.data, text.len) < 0)
			fuzz_fail("format %d is not read again", (int)format);
		while (jet_compare_next(&c, &d)) {
			/* What is a second name of another is not in every format. */
			if (d.changes != JET_CHANGE_LINK)
				fuzz_fail("format %d: \"%.*s\" differs", (int)format,
				          (int)(d.a ? d.a : d.b)->path_len, (d.a ? d.a : d.b)->path);
		}
	}
	jet_inventory_clear(&back);
	jet_buf_clear(&text);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct jet_inventory inv = { 0 };

	if (read_bytes(&inv, data, size) == 0) {
		check_order(&inv);
		round_trip(&inv, JET_MANIFEST_NDJSON);
		round_trip(&inv, JET_MANIFEST_CSV);
		round_trip(&inv, JET_MANIFEST_MTREE);
		round_trip(&inv, JET_MANIFEST_XXH128SUM);
	}
	jet_inventory_clear(&inv);
	return 0;
}
