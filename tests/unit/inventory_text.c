/* SPDX-License-Identifier: Apache-2.0 */
#include "unit/inventory_text.h"

#include "base/buf.h"
#include "sink/entry_json.h"

#include <criterion/criterion.h>

int inventory_read(struct jet_inventory *inv, const void *data, size_t len, struct jet_error *err)
{
	struct jet_input in = { 0 };
	enum jet_source source;
	int rc;

	cr_assert_eq(jet_input_memory(&in, data, len, "m"), 0);
	rc = jet_source_guess(&in, &source, err);
	if (rc == 0)
		rc = jet_inventory_read(inv, &in, source, JET_HASH_XXH128, err);
	jet_input_close(&in);
	return rc;
}

static int put(struct jet_buf *out, const struct jet_item *item)
{
	int bad = jet_buf_printf(out, "%s %.*s", jet_type_name((enum jet_type)item->type),
	                         (int)item->path_len, item->path);

	if (item->known & JET_ITEM_MODE)
		bad |= jet_buf_printf(out, " %04o", (unsigned)item->mode);
	if (item->type == JET_TYPE_FILE && item->known & JET_ITEM_SIZE)
		bad |= jet_buf_printf(out, " %llu", (unsigned long long)item->size);
	if (item->known & JET_ITEM_MTIME)
		bad |= jet_buf_printf(out, " %lld", (long long)item->mtime_sec);
	if (item->known & JET_ITEM_NSEC)
		bad |= jet_buf_printf(out, ".%09u", (unsigned)item->mtime_nsec);
	if (item->known & JET_ITEM_DEVICE && item->type >= JET_TYPE_CHAR && item->type <= JET_TYPE_BLOCK)
		bad |= jet_buf_printf(out, " %u,%u", (unsigned)item->major, (unsigned)item->minor);
	if (item->target)
		bad |= jet_buf_printf(out, " ->%.*s", (int)item->target_len, item->target);
	if (item->hardlink)
		bad |= jet_buf_printf(out, " =%.*s", (int)item->hardlink_len, item->hardlink);
	if (item->xxh128)
		bad |= jet_buf_printf(out, " x:%02x", item->xxh128[0]);
	if (item->sha256)
		bad |= jet_buf_printf(out, " s:%02x", item->sha256[0]);
	return bad | jet_buf_byte(out, ';');
}

char *inventory_text(const struct jet_inventory *inv)
{
	struct jet_buf out = { 0 };

	for (size_t i = 0; i < inv->n; i++)
		cr_assert_eq(put(&out, &inv->items[i]), 0);
	cr_assert_eq(jet_buf_terminate(&out), 0);
	return out.data;
}
