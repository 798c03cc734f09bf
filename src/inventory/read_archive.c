/* SPDX-License-Identifier: Apache-2.0 */
#include "base/error.h"
#include "base/untar.h"
#include "context/hash.h"
#include "inventory/read.h"

#include <stdlib.h>
#include <string.h>

struct reader {
	struct jet_inventory *inv;
	struct jet_untar *untar;
	struct jet_hasher *hasher; /* NULL: contents are not hashed */
	char *block;               /* JET_READ_BYTES, with a hasher */
};

static int hash_content(struct reader *r, struct jet_hashes *hashes, uint64_t *size,
                        struct jet_error *err)
{
	size_t got;
	int rc;

	*size = 0;
	jet_hasher_start(r->hasher);
	while ((rc = jet_untar_read(r->untar, r->block, JET_READ_BYTES, &got, err)) == 0 && got) {
		jet_hasher_update(r->hasher, r->block, got);
		*size += got;
	}
	return rc < 0 ? rc : jet_hasher_finish(r->hasher, hashes, err);
}

static void fill(struct jet_item *item, const struct jet_member *m)
{
	*item = (struct jet_item){
		.line = m->number,
		.path = m->path.data,
		.path_len = (uint32_t)m->path.len,
		.type = (uint8_t)m->type,
		.known = JET_ITEM_LINK,
	};
	if (m->hardlink) {
		item->hardlink = m->hardlink;
		item->hardlink_len = (uint32_t)m->hardlink_len;
		return;
	}
	item->known |= JET_ITEM_MODE | JET_ITEM_SIZE | JET_ITEM_MTIME | JET_ITEM_DEVICE;
	item->mode = (uint16_t)m->mode;
	item->size = m->size;
	item->mtime_sec = m->mtime_sec;
	item->mtime_nsec = m->mtime_nsec;
	item->major = m->major;
	item->minor = m->minor;
	/* Whole seconds may be all that the archive could hold. */
	if (item->mtime_nsec)
		item->known |= JET_ITEM_NSEC;
	if (m->target) {
		item->target = m->target;
		item->target_len = (uint32_t)strlen(m->target);
		item->known |= JET_ITEM_TARGET;
	}
}

static int add(struct reader *r, const struct jet_member *m, struct jet_error *err)
{
	struct jet_hashes hashes = { 0 };
	struct jet_item item;
	int rc;

	if (!m->path.len) /* the root */
		return 0;
	fill(&item, m);
	if (m->type == JET_TYPE_FILE && !m->hardlink && r->hasher) {
		rc = hash_content(r, &hashes, &item.size, err);
		if (rc < 0)
			return rc;
		item.xxh128 = hashes.kinds & JET_HASH_XXH128 ? hashes.xxh128 : NULL;
		item.sha256 = hashes.kinds & JET_HASH_SHA256 ? hashes.sha256 : NULL;
	}
	return jet_inventory_add(r->inv, &item) < 0 ? jet_fail_nomem(err) : 0;
}

static int open_hasher(struct reader *r, unsigned kinds, struct jet_error *err)
{
	if (!kinds)
		return 0;
	r->block = malloc(JET_READ_BYTES);
	return r->block ? jet_hasher_open(kinds, &r->hasher, err) : jet_fail_nomem(err);
}

int jet_read_archive(struct jet_inventory *inv, struct jet_input *in, unsigned kinds,
                     struct jet_error *err)
{
	struct reader r = { .inv = inv };
	struct jet_member member;
	int rc = open_hasher(&r, kinds, err);

	if (rc == 0)
		rc = jet_untar_open(&r.untar, in, "neither a manifest nor a tar archive", err);
	while (rc == 0 && (rc = jet_untar_next(r.untar, &member, err)) == 1)
		rc = add(&r, &member, err);
	jet_untar_close(r.untar);
	jet_hasher_close(r.hasher);
	free(r.block);
	return rc;
}
