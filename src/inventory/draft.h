/* SPDX-License-Identifier: Apache-2.0 */
/*
 * draft.h - an item while it is read from a manifest, field by field, as text.
 *
 *   jet_draft_begin(&d)
 *   fault = jet_draft_set(&d, JET_COLUMN_PATH, text, len) ...
 *   fault = jet_draft_check(&d), then jet_inventory_add(inv, &d.item)
 *   jet_draft_clear(&d)
 *
 * A fault is a static text without a full stop; NULL: all is well.
 */
#ifndef JET_INVENTORY_DRAFT_H
#define JET_INVENTORY_DRAFT_H

#include "base/buf.h"
#include "base/str.h"
#include "inventory/inventory.h"

/* Fields that more than one format has, with the name that most of them use. */
enum jet_column {
	JET_COLUMN_PATH, JET_COLUMN_TYPE, JET_COLUMN_MODE, JET_COLUMN_SIZE, JET_COLUMN_MTIME,
	JET_COLUMN_MAJOR, JET_COLUMN_MINOR, JET_COLUMN_TARGET, JET_COLUMN_HARDLINK,
	JET_COLUMN_XXH128, JET_COLUMN_SHA256,
	JET_COLUMN_NONE
};

struct jet_draft {
	struct jet_item item;
	struct jet_buf path, target, hardlink;
	uint8_t xxh128[16], sha256[32];
	unsigned seen; /* 1 << enum jet_column */
};

/** jet_column_named() - "path", "mtime" ...; JET_COLUMN_NONE: no such. */
enum jet_column jet_column_named(const char *name, size_t len);

/** jet_draft_begin() - empty again. */
void jet_draft_begin(struct jet_draft *d);

/** jet_draft_set() - one field.  Paths may begin with "./". */
const char *jet_draft_set(struct jet_draft *d, enum jet_column column, const char *text, size_t len);

/** jet_draft_set_type() - the type, where it has another name. */
const char *jet_draft_set_type(struct jet_draft *d, enum jet_type type);

/** jet_draft_check() - is all there that has to be? */
const char *jet_draft_check(struct jet_draft *d);

/** jet_draft_clear() - frees its memory. */
void jet_draft_clear(struct jet_draft *d);

/** jet_field_uint() - a number without sign, to base 8 or 10, at most @max. */
bool jet_field_uint(const char *text, size_t len, unsigned base, uint64_t max, uint64_t *value);

/** jet_field_sec() - seconds, perhaps negative. */
bool jet_field_sec(const char *text, size_t len, int64_t *value);

#endif
