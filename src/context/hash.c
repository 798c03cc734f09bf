/* SPDX-License-Identifier: Apache-2.0 */
#include "context/hash.h"

#include <errno.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

/* Compiled in rather than linked: short inputs are several times faster when
 * the compiler sees them, and nothing has to be installed to run. */
#define XXH_INLINE_ALL
#include <xxhash.h>

#include "base/error.h"
#include "context/memo.h"
#include "context/sha256.h"
#include "context/walk_content.h"

struct jet_hasher {
	XXH3_state_t state;
	unsigned kinds;
	bool begun;             /* state has bytes; else xxh128 has the hash of all */
	bool failed;            /* libcrypto did */
	XXH128_hash_t xxh128;
	struct jet_sha256 *sha; /* NULL without JET_HASH_SHA256 */
	char *block;            /* JET_READ_BYTES, for jet_hash_entry() */
	struct jet_cache *cache; /* borrowed; NULL: none */
	struct jet_memo memo;   /* files with several names that were read */
};

int jet_hasher_open(unsigned kinds, struct jet_hasher **out, struct jet_error *err)
{
	struct jet_hasher *hasher;
	void *room;
	int rc = 0;

	*out = NULL;
	if (!kinds || kinds & ~(unsigned)(JET_HASH_XXH128 | JET_HASH_SHA256))
		return jet_fail(err, JET_E_ARG, NULL, "no such hash");
	/* The state's alignment (64) is more than malloc() promises. */
	if (posix_memalign(&room, 64, sizeof(*hasher)) != 0)
		return jet_fail_nomem(err);
	hasher = room;
	memset(hasher, 0, sizeof(*hasher));
	hasher->kinds = kinds;
	hasher->block = malloc(JET_READ_BYTES);
	if (!hasher->block)
		rc = jet_fail_nomem(err);
	if (rc == 0 && kinds & JET_HASH_SHA256)
		rc = jet_sha256_open(&hasher->sha, err);
	if (rc < 0) {
		jet_hasher_close(hasher);
		return rc;
	}
	*out = hasher;
	return 0;
}

void jet_hasher_close(struct jet_hasher *hasher)
{
	if (!hasher)
		return;
	jet_sha256_close(hasher->sha);
	jet_memo_clear(&hasher->memo);
	free(hasher->block);
	free(hasher);
}

void jet_hasher_use(struct jet_hasher *hasher, struct jet_cache *cache)
{
	hasher->cache = cache;
}

uint64_t jet_hash_sum(const void *data, size_t len)
{
	return XXH3_64bits(data, len);
}

void jet_hasher_start(struct jet_hasher *hasher)
{
	hasher->begun = false;
	hasher->failed = false;
	if (hasher->kinds & JET_HASH_XXH128) {
		XXH3_128bits_reset(&hasher->state);
		hasher->begun = true;
	}
	if (hasher->sha)
		hasher->failed = jet_sha256_start(hasher->sha) < 0;
}

void jet_hasher_update(struct jet_hasher *hasher, const void *data, size_t len)
{
	if (hasher->kinds & JET_HASH_XXH128)
		XXH3_128bits_update(&hasher->state, data, len);
	if (hasher->sha && !hasher->failed)
		hasher->failed = jet_sha256_update(hasher->sha, data, len) < 0;
}

/* All the bytes at once, where XXH3 is several times faster. */
static void take_whole(struct jet_hasher *hasher, const void *data, size_t len)
{
	hasher->begun = false;
	hasher->failed = false;
	if (hasher->kinds & JET_HASH_XXH128)
		hasher->xxh128 = XXH3_128bits(data, len);
	if (hasher->sha)
		hasher->failed = jet_sha256_start(hasher->sha) < 0 ||
		                 jet_sha256_update(hasher->sha, data, len) < 0;
}

int jet_hasher_finish(struct jet_hasher *hasher, struct jet_hashes *hashes,
                      struct jet_error *err)
{
	*hashes = (struct jet_hashes){ .kinds = hasher->kinds };
	if (hasher->kinds & JET_HASH_XXH128) {
		XXH128_canonical_t bytes;

		XXH128_canonicalFromHash(&bytes, hasher->begun ? XXH3_128bits_digest(&hasher->state)
		                                               : hasher->xxh128);
		memcpy(hashes->xxh128, bytes.digest, sizeof(hashes->xxh128));
	}
	if (hasher->sha && (hasher->failed || jet_sha256_finish(hasher->sha, hashes->sha256) < 0))
		return jet_fail(err, JET_E_NOMEM, NULL, "SHA-256 fails in libcrypto");
	return 0;
}

int jet_hasher_bytes(struct jet_hasher *hasher, const void *data, size_t len,
                     struct jet_hashes *hashes, struct jet_error *err)
{
	take_whole(hasher, data, len);
	return jet_hasher_finish(hasher, hashes, err);
}

static int changed(const struct jet_entry *entry, struct jet_error *err)
{
	return jet_fail(err, JET_E_CHANGED, entry->path, "changed while it was read");
}

/* Is the open file still the one that the listing describes?  @st: of now. */
static int check_unchanged(const struct jet_content *c, struct stat *st, struct jet_error *err)
{
	const struct jet_entry *entry = c->entry;

	if (c->archived)
		return 0;
	if (fstat(c->fd, st) < 0)
		return jet_fail_errno(err, JET_E_IO, errno, entry->path, "cannot stat");
	if (st->st_size < 0 || (uint64_t)st->st_size != entry->size ||
	    st->st_mtim.tv_sec != entry->mtime_sec ||
	    st->st_mtim.tv_nsec != (long)entry->mtime_nsec)
		return changed(entry, err);
	return 0;
}

int jet_content_open(struct jet_content *c, struct jet_walk *walk,
                     const struct jet_entry *entry, struct jet_hasher *hasher,
                     struct jet_error *err)
{
	struct stat st;
	int code;

	*c = (struct jet_content){ .entry = entry, .walk = walk, .hasher = hasher, .fd = -1 };
	c->archived = jet_walk_archive(walk) != NULL;
	if (entry->type != JET_TYPE_FILE || !(entry->flags & JET_ENTRY_STATED))
		return jet_fail(err, JET_E_ARG, entry->path, "not a file with known size");
	if (entry->flags & JET_ENTRY_EMPTIED)
		return 0;
	if (hasher && hasher->cache)
		clock_gettime(CLOCK_REALTIME, &c->opened);
	code = jet_walk_read(walk, &c->fd, &c->at, err);
	if (code < 0) {
		c->fd = -1;
		return code;
	}
	/* What is read in one go can only change as a whole, and the check at the
	 * end sees that. */
	if (entry->size > JET_READ_BYTES)
		code = check_unchanged(c, &st, err);
	if (code < 0)
		jet_content_abort(c);
	c->left = entry->size;
	return code;
}

static void hash_block(struct jet_content *c, const void *data, size_t len)
{
	const bool first = c->left == c->entry->size;

	if (first && len == c->left) {
		take_whole(c->hasher, data, len);
		return;
	}
	if (first)
		jet_hasher_start(c->hasher);
	jet_hasher_update(c->hasher, data, len);
}

int jet_content_read(struct jet_content *c, void *buf, size_t size, size_t *got,
                     struct jet_error *err)
{
	size_t want = size < c->left ? size : (size_t)c->left;
	size_t len = 0;

	while (len < want) {
		ssize_t n = pread(c->fd, (char *)buf + len, want - len, (off_t)(c->at + len));

		if (n == 0)
			return changed(c->entry, err);
		if (n > 0)
			len += (size_t)n;
		else if (errno != EINTR)
			return jet_fail_errno(err, JET_E_IO, errno, c->entry->path,
			                      "cannot read");
	}
	if (c->hasher)
		hash_block(c, buf, len);
	c->at += len;
	c->left -= len;
	*got = len;
	return 0;
}

/* What was read is worth keeping: for other names of the file, and for other runs if
 * nobody can have changed it unseen. */
static int remember(const struct jet_content *c, const struct jet_hashes *hashes,
                    const struct stat *st, struct jet_error *err)
{
	const struct jet_entry *entry = c->entry;
	struct jet_hasher *hasher = c->hasher;

	if (jet_memo_put(&hasher->memo, entry, hashes) < 0)
		return jet_fail_nomem(err);
	if (hasher->cache && !c->archived && st->st_ctim.tv_sec == entry->ctime_sec &&
	    st->st_ctim.tv_nsec == (long)entry->ctime_nsec &&
	    jet_cache_is_settled(entry, c->opened.tv_sec, (uint32_t)c->opened.tv_nsec))
		jet_cache_put(hasher->cache, entry, hashes);
	return 0;
}

int jet_content_finish(struct jet_content *c, struct jet_hashes *hashes,
                       struct jet_error *err)
{
	struct stat st;
	int code = c->fd < 0 ? 0 : check_unchanged(c, &st, err);

	if (code == 0 && hashes) {
		/* Nothing was read of a file without content. */
		if (c->fd < 0 || c->entry->size == 0)
			take_whole(c->hasher, "", 0);
		code = jet_hasher_finish(c->hasher, hashes, err);
		if (code == 0 && c->fd >= 0)
			code = remember(c, hashes, &st, err);
	}
	jet_content_abort(c);
	return code;
}

void jet_content_abort(struct jet_content *c)
{
	if (c->fd >= 0)
		close(c->fd);
	c->fd = -1;
}

bool jet_hasher_recall(const struct jet_hasher *hasher, const struct jet_entry *entry,
                       struct jet_hashes *hashes)
{
	return jet_memo_get(&hasher->memo, entry, hashes);
}

/* Is it known without reading it? */
static bool is_known(struct jet_hasher *hasher, const struct jet_walk *walk,
                     const struct jet_entry *entry, struct jet_hashes *hashes)
{
	if (entry->type != JET_TYPE_FILE || !(entry->flags & JET_ENTRY_STATED) ||
	    entry->flags & JET_ENTRY_EMPTIED)
		return false;
	return jet_hasher_recall(hasher, entry, hashes) ||
	       (hasher->cache && !jet_walk_archive(walk) &&
	        jet_cache_get(hasher->cache, entry, hasher->kinds, hashes));
}

int jet_hash_entry(struct jet_hasher *hasher, struct jet_walk *walk,
                   const struct jet_entry *entry, struct jet_hashes *hashes,
                   struct jet_error *err)
{
	struct jet_content c;
	size_t got;
	int code;

	if (is_known(hasher, walk, entry, hashes))
		return 0;
	code = jet_content_open(&c, walk, entry, hasher, err);
	if (code < 0)
		return code;
	while (c.left && code == 0)
		code = jet_content_read(&c, hasher->block, JET_READ_BYTES, &got, err);
	if (code == 0)
		return jet_content_finish(&c, hashes, err);
	jet_content_abort(&c);
	return code;
}
