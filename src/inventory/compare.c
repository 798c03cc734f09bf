/* SPDX-License-Identifier: Apache-2.0 */
#include "inventory/compare.h"

#include "base/path.h"

#include <string.h>

static bool same_text(const char *a, size_t alen, const char *b, size_t blen)
{
	return alen == blen && (!alen || memcmp(a, b, alen) == 0);
}

static uint16_t mode_of(const struct jet_comparison *c, const struct jet_item *item)
{
	if (!(c->flags & JET_COMPARE_NORMALIZE))
		return item->mode;
	return item->type == JET_TYPE_FILE ? item->mode & 0100 : 0;
}

static bool other_mtime(const struct jet_item *a, const struct jet_item *b, unsigned both)
{
	return a->mtime_sec != b->mtime_sec || (both & JET_ITEM_NSEC && a->mtime_nsec != b->mtime_nsec);
}

/* One hash in common that differs is enough; without any, nobody can tell. */
static unsigned compare_content(struct jet_comparison *c, const struct jet_item *a,
                                const struct jet_item *b, unsigned both)
{
	const bool xxh128 = a->xxh128 && b->xxh128, sha256 = a->sha256 && b->sha256;
	const bool other = xxh128 && memcmp(a->xxh128, b->xxh128, 16) != 0;

	if (both & JET_ITEM_SIZE && a->size != b->size)
		return JET_CHANGE_SIZE;
	if (c->flags & JET_COMPARE_SIZE_ONLY)
		return 0;
	c->same += xxh128 && !other;
	c->other += other;
	if (other || (sha256 && memcmp(a->sha256, b->sha256, 32) != 0))
		return JET_CHANGE_CONTENT;
	if (!xxh128 && !sha256 && (a->size || b->size || !(both & JET_ITEM_SIZE))) {
		if (!c->blind++)
			c->first_blind = a;
	}
	return 0;
}

static unsigned compare(struct jet_comparison *c, const struct jet_item *a, const struct jet_item *b)
{
	const unsigned both = a->known & b->known;
	unsigned changes = 0;

	if (a->type != b->type)
		return JET_CHANGE_TYPE;
	/* The mode of a link says nothing, and not every system has one. */
	if (a->type != JET_TYPE_SYMLINK && both & JET_ITEM_MODE && mode_of(c, a) != mode_of(c, b))
		changes |= JET_CHANGE_MODE;
	if (a->type == JET_TYPE_FILE)
		changes |= compare_content(c, a, b, both);
	if (both & JET_ITEM_TARGET && !same_text(a->target, a->target_len, b->target, b->target_len))
		changes |= JET_CHANGE_TARGET;
	if ((a->type == JET_TYPE_CHAR || a->type == JET_TYPE_BLOCK) && both & JET_ITEM_DEVICE &&
	    (a->major != b->major || a->minor != b->minor))
		changes |= JET_CHANGE_DEVICE;
	if (a->type == JET_TYPE_FILE && both & JET_ITEM_LINK &&
	    !same_text(a->hardlink, a->hardlink_len, b->hardlink, b->hardlink_len))
		changes |= JET_CHANGE_LINK;
	if (c->flags & JET_COMPARE_MTIME && both & JET_ITEM_MTIME && other_mtime(a, b, both))
		changes |= JET_CHANGE_MTIME;
	return changes;
}

static bool could_list(const struct jet_inventory *inv, const struct jet_item *item)
{
	return inv->types & 1U << item->type;
}

bool jet_compare_next(struct jet_comparison *c, struct jet_difference *d)
{
	while (c->i < c->a->n || c->j < c->b->n) {
		const struct jet_item *a = c->i < c->a->n ? &c->a->items[c->i] : NULL;
		const struct jet_item *b = c->j < c->b->n ? &c->b->items[c->j] : NULL;
		const int order = !a   ? 1
		                  : !b ? -1
		                       : jet_path_order(a->path, a->path_len, b->path, b->path_len);

		c->i += order <= 0;
		c->j += order >= 0;
		*d = (struct jet_difference){ .a = order <= 0 ? a : NULL, .b = order >= 0 ? b : NULL };
		if (order != 0) {
			const struct jet_item *only = order < 0 ? a : b;

			/* What is in it is told of anyhow. */
			if (only && !(only->known & JET_ITEM_IMPLIED) &&
			    could_list(order < 0 ? c->b : c->a, only))
				return true;
		} else {
			d->changes = compare(c, a, b);
			if (d->changes)
				return true;
		}
	}
	return false;
}

const char *jet_change_name(unsigned change)
{
	switch (change) {
	case JET_CHANGE_TYPE:
		return "type";
	case JET_CHANGE_MODE:
		return "mode";
	case JET_CHANGE_SIZE:
		return "size";
	case JET_CHANGE_CONTENT:
		return "content";
	case JET_CHANGE_TARGET:
		return "target";
	case JET_CHANGE_DEVICE:
		return "device";
	case JET_CHANGE_LINK:
		return "hardlink";
	default:
		return "mtime";
	}
}
