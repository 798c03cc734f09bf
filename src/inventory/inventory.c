/* SPDX-License-Identifier: Apache-2.0 */
#include "inventory/inventory.h"

#include "base/buf.h"
#include "base/error.h"
#include "base/path.h"

#include <stdlib.h>
#include <string.h>

void jet_inventory_clear(struct jet_inventory *inv)
{
	jet_arena_clear(&inv->arena);
	free(inv->items);
	memset(inv, 0, sizeof(*inv));
}

static bool keep(struct jet_inventory *inv, const char **text, size_t len)
{
	if (*text)
		*text = jet_arena_dup(&inv->arena, *text, len);
	return *text || !len;
}

static bool keep_hash(struct jet_inventory *inv, const uint8_t **hash, size_t len)
{
	void *copy;

	if (!*hash)
		return true;
	copy = jet_arena_alloc(&inv->arena, len);
	if (copy)
		memcpy(copy, *hash, len);
	*hash = copy;
	return copy != NULL;
}

int jet_inventory_add(struct jet_inventory *inv, const struct jet_item *item)
{
	struct jet_item *items = jet_grow(inv->items, inv->n, &inv->capacity, sizeof(*items));
	struct jet_item *copy;

	if (!items)
		return JET_E_NOMEM;
	inv->items = items;
	copy = &items[inv->n];
	*copy = *item;
	if (!keep(inv, &copy->path, copy->path_len) || !keep(inv, &copy->target, copy->target_len) ||
	    !keep(inv, &copy->hardlink, copy->hardlink_len) || !keep_hash(inv, &copy->xxh128, 16) ||
	    !keep_hash(inv, &copy->sha256, 32))
		return JET_E_NOMEM;
	inv->kinds |= (copy->xxh128 ? JET_HASH_XXH128 : 0) | (copy->sha256 ? JET_HASH_SHA256 : 0);
	inv->n++;
	return 0;
}

int jet_inventory_entry(struct jet_inventory *inv, const struct jet_entry *e,
                        const struct jet_hashes *hashes)
{
	struct jet_item item = {
		.path = e->path, .path_len = (uint32_t)e->path_len, .type = (uint8_t)e->type,
		.mode = (uint16_t)e->mode, .mtime_sec = e->mtime_sec, .mtime_nsec = e->mtime_nsec,
		.size = e->size, .major = e->rdev_major, .minor = e->rdev_minor,
		.target = e->target, .target_len = (uint32_t)e->target_len,
		.hardlink = e->hardlink, .hardlink_len = (uint32_t)e->hardlink_len,
	};

	if (e->path_len > UINT32_MAX || e->target_len > UINT32_MAX || e->hardlink_len > UINT32_MAX)
		return JET_E_NOMEM;
	if (e->flags & JET_ENTRY_STATED)
		item.known = JET_ITEM_MODE | JET_ITEM_SIZE | JET_ITEM_MTIME | JET_ITEM_NSEC |
		             JET_ITEM_DEVICE | JET_ITEM_LINK;
	if (e->target)
		item.known |= JET_ITEM_TARGET;
	if (hashes && hashes->kinds & JET_HASH_XXH128)
		item.xxh128 = hashes->xxh128;
	if (hashes && hashes->kinds & JET_HASH_SHA256)
		item.sha256 = hashes->sha256;
	return jet_inventory_add(inv, &item);
}

static int by_path(const void *left, const void *right)
{
	const struct jet_item *a = left, *b = right;
	const int order = jet_path_order(a->path, a->path_len, b->path, b->path_len);

	/* Those of one path in the order in which they came; see jet_inventory_sort(). */
	return order ? order : a->line < b->line ? -1 : a->line > b->line;
}

/* Manifests are in order already as a rule, and comparing paths is what costs. */
static void sort(struct jet_inventory *inv)
{
	for (size_t i = 1; i < inv->n; i++) {
		if (by_path(&inv->items[i - 1], &inv->items[i]) > 0) {
			qsort(inv->items, inv->n, sizeof(*inv->items), by_path);
			return;
		}
	}
}

static bool same_path(const struct jet_item *a, const struct jet_item *b)
{
	return a->path_len == b->path_len && memcmp(a->path, b->path, a->path_len) == 0;
}

int jet_inventory_sort(struct jet_inventory *inv, struct jet_error *err)
{
	sort(inv);
	for (size_t i = 1; i < inv->n; i++) {
		const struct jet_item *item = &inv->items[i];

		if (!same_path(&inv->items[i - 1], item))
			continue;
		jet_fail(err, JET_E_FORMAT, inv->name, "\"%.*s\" is there twice",
		         (int)(item->path_len < 100 ? item->path_len : 100), item->path);
		if (err)
			err->line = item->line;
		return JET_E_FORMAT;
	}
	return 0;
}

struct jet_item *jet_inventory_find(const struct jet_inventory *inv, const char *path, size_t len)
{
	size_t low = 0, high = inv->n;

	while (low < high) {
		const size_t mid = low + (high - low) / 2;
		struct jet_item *item = &inv->items[mid];
		const int order = jet_path_order(path, len, item->path, item->path_len);

		if (order == 0)
			return item;
		if (order < 0)
			high = mid;
		else
			low = mid + 1;
	}
	return NULL;
}

/* ---- archives ----------------------------------------------------------- */

/* The item that an entry of the archive is a link of: the last one of that path that
 * came before it.  NULL: none did. */
static const struct jet_item *target_of(const struct jet_inventory *inv, const struct jet_item *link)
{
	const struct jet_item *found = jet_inventory_find(inv, link->hardlink, link->hardlink_len);
	const struct jet_item *end = inv->items + inv->n, *last = NULL;

	if (!found)
		return NULL;
	while (found > inv->items && same_path(found - 1, found))
		found--;
	for (const struct jet_item *at = found; at < end && same_path(at, found); at++) {
		if (at->line < link->line)
			last = at;
	}
	return last && last->type == JET_TYPE_FILE ? last : NULL;
}

/* Where a chain of links ends; it is made shorter on the way. */
static size_t end_of(size_t *targets, size_t i)
{
	while (targets[i] != i) {
		targets[i] = targets[targets[i]];
		i = targets[i];
	}
	return i;
}

/* What is known of the file, under another name. */
static struct jet_item renamed(const struct jet_item *file, const struct jet_item *name)
{
	struct jet_item item = *file;

	item.path = name->path;
	item.path_len = name->path_len;
	item.line = name->line;
	return item;
}

/* Of equal paths the last one stays, as when the archive is unpacked.  All names of a
 * file get what is known of it; the first of them is what the others are links of. */
static void settle(const struct jet_inventory *inv, size_t *targets, size_t *leaders,
                   struct jet_inventory *to)
{
	for (size_t i = 0; i < inv->n; i++) {
		const size_t end = end_of(targets, i);
		struct jet_item *item = &to->items[to->n];

		if (i + 1 < inv->n && same_path(&inv->items[i], &inv->items[i + 1]))
			continue;
		*item = renamed(&inv->items[end], &inv->items[i]);
		if (leaders[end]) {
			const struct jet_item *first = &to->items[leaders[end] - 1];

			item->hardlink = first->path;
			item->hardlink_len = first->path_len;
		}
		to->n++;
		if (!leaders[end])
			leaders[end] = to->n;
	}
}

static int resolve_links(struct jet_inventory *inv)
{
	const size_t n = inv->n ? inv->n : 1;
	size_t *targets = calloc(n, sizeof(*targets)), *leaders = calloc(n, sizeof(*leaders));
	struct jet_inventory to = { .items = calloc(n, sizeof(*to.items)), .capacity = n };
	const bool room = targets && leaders && to.items;

	for (size_t i = 0; room && i < inv->n; i++) {
		const struct jet_item *item = &inv->items[i];
		const struct jet_item *target = item->hardlink ? target_of(inv, item) : NULL;

		targets[i] = target ? (size_t)(target - inv->items) : i;
	}
	if (room) {
		settle(inv, targets, leaders, &to);
		free(inv->items);
		inv->items = to.items;
		inv->n = to.n;
		inv->capacity = to.capacity;
	} else {
		free(to.items);
	}
	free(targets);
	free(leaders);
	return room ? 0 : JET_E_NOMEM;
}

static size_t common_len(const struct jet_item *a, const struct jet_item *b)
{
	const size_t max = a->path_len < b->path_len ? a->path_len : b->path_len;
	size_t n = 0;

	while (n < max && a->path[n] == b->path[n])
		n++;
	return n;
}

/* The directories above @item that @before, the item before it in the order, does not
 * lie in: what is there already would stand in between. */
static int add_parents_of(struct jet_inventory *to, const struct jet_item *before,
                          const struct jet_item *item)
{
	const size_t common = before ? common_len(before, item) : 0;

	for (uint32_t k = 1; k < item->path_len; k++) {
		const bool there = before && k <= common && (before->path_len == k || before->path[k] == '/');
		struct jet_item *dir;

		if (item->path[k] != '/' || there)
			continue;
		dir = jet_grow(to->items, to->n, &to->capacity, sizeof(*dir));
		if (!dir)
			return JET_E_NOMEM;
		to->items = dir;
		/* The path is the beginning of another: a copy for each directory of a very
		 * long one would cost the square of its length. */
		to->items[to->n++] = (struct jet_item){
			.path = item->path, .path_len = k, .type = JET_TYPE_DIR,
			.known = JET_ITEM_IMPLIED,
		};
	}
	return 0;
}

static int add_parents(struct jet_inventory *inv)
{
	struct jet_inventory to = { 0 };
	int rc = 0;

	for (size_t i = 0; rc == 0 && i < inv->n; i++) {
		struct jet_item *items;

		rc = add_parents_of(&to, i ? &inv->items[i - 1] : NULL, &inv->items[i]);
		items = rc == 0 ? jet_grow(to.items, to.n, &to.capacity, sizeof(*items)) : NULL;
		if (!items) {
			rc = JET_E_NOMEM;
			break;
		}
		to.items = items;
		to.items[to.n++] = inv->items[i];
	}
	if (rc < 0) {
		free(to.items);
		return rc;
	}
	free(inv->items);
	inv->items = to.items;
	inv->n = to.n;
	inv->capacity = to.capacity;
	return 0;
}

int jet_inventory_sort_archive(struct jet_inventory *inv)
{
	int rc;

	sort(inv);
	rc = resolve_links(inv);
	return rc < 0 ? rc : add_parents(inv);
}
