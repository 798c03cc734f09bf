/* SPDX-License-Identifier: Apache-2.0 */
#include "context/hash.h"

#include <errno.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

/* Compiled in rather than linked: short inputs are several times faster when
 * the compiler sees them, and nothing has to be installed to run. */
#define XXH_INLINE_ALL
#include <xxhash.h>

#include "base/error.h"

/* Files up to this size are hashed from the stack.  Small, because a thread of
 * musl has a stack of 128 KiB. */
enum { SMALL_BYTES = 32 * 1024 };

struct jet_hasher {
	XXH3_state_t state;
};

struct jet_hasher *jet_hasher_create(void)
{
	void *hasher;

	/* The state's alignment (64) is more than malloc() promises. */
	if (posix_memalign(&hasher, 64, sizeof(struct jet_hasher)) != 0)
		return NULL;
	return hasher;
}

void jet_hasher_free(struct jet_hasher *hasher)
{
	free(hasher);
}

static struct jet_hash canonical(XXH128_hash_t value)
{
	XXH128_canonical_t bytes;
	struct jet_hash hash;

	XXH128_canonicalFromHash(&bytes, value);
	memcpy(hash.bytes, bytes.digest, sizeof(hash.bytes));
	return hash;
}

struct jet_hash jet_hash_bytes(const void *data, size_t len)
{
	return canonical(XXH3_128bits(data, len));
}

static int changed(const struct jet_entry *entry, struct jet_error *err)
{
	return jet_fail(err, JET_E_CHANGED, entry->path, "changed while it was read");
}

/* Is the open file still the one that the listing describes? */
static int check_unchanged(const struct jet_content *c, struct jet_error *err)
{
	const struct jet_entry *entry = c->entry;
	struct stat st;

	if (fstat(c->fd, &st) < 0)
		return jet_fail_errno(err, JET_E_IO, errno, entry->path, "cannot stat");
	if (st.st_size < 0 || (uint64_t)st.st_size != entry->size ||
	    st.st_mtim.tv_sec != entry->mtime_sec ||
	    st.st_mtim.tv_nsec != (long)entry->mtime_nsec)
		return changed(entry, err);
	return 0;
}

int jet_content_open(struct jet_content *c, struct jet_walk *walk,
                     const struct jet_entry *entry, struct jet_hasher *hasher,
                     struct jet_error *err)
{
	int code;

	*c = (struct jet_content){ .entry = entry, .hasher = hasher, .fd = -1 };
	if (entry->type != JET_TYPE_FILE || !(entry->flags & JET_ENTRY_STATED))
		return jet_fail(err, JET_E_ARG, entry->path, "not a file with known size");
	if (entry->flags & JET_ENTRY_EMPTIED)
		return 0;
	code = jet_walk_read(walk, &c->fd, err);
	if (code < 0) {
		c->fd = -1;
		return code;
	}
	/* What is read in one go can only change as a whole, and the check at the
	 * end sees that. */
	if (entry->size > JET_READ_BYTES)
		code = check_unchanged(c, err);
	if (code < 0)
		jet_content_abort(c);
	c->left = entry->size;
	return code;
}

static void hash_block(struct jet_content *c, const void *data, size_t len)
{
	bool first = c->left == c->entry->size;

	c->whole = first && len == c->left;
	if (c->whole) {
		c->hash = jet_hash_bytes(data, len);
		return;
	}
	if (first)
		XXH3_128bits_reset(&c->hasher->state);
	XXH3_128bits_update(&c->hasher->state, data, len);
}

int jet_content_read(struct jet_content *c, void *buf, size_t size, size_t *got,
                     struct jet_error *err)
{
	size_t want = size < c->left ? size : (size_t)c->left;
	size_t len = 0;

	while (len < want) {
		ssize_t n = read(c->fd, (char *)buf + len, want - len);

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
	c->left -= len;
	*got = len;
	return 0;
}

int jet_content_finish(struct jet_content *c, struct jet_hash *hash,
                       struct jet_error *err)
{
	int code = c->fd < 0 ? 0 : check_unchanged(c, err);

	if (code == 0 && hash) {
		if (c->fd < 0 || c->entry->size == 0)
			*hash = jet_hash_bytes("", 0);
		else if (c->whole)
			*hash = c->hash;
		else
			*hash = canonical(XXH3_128bits_digest(&c->hasher->state));
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

/* Reads the open file to its end through one block of memory. */
static int hash_through(struct jet_content *c, char *block, size_t size,
                        struct jet_error *err)
{
	int code = 0;
	size_t got;

	while (c->left && code == 0)
		code = jet_content_read(c, block, size, &got, err);
	return code;
}

static int hash_small(struct jet_content *c, struct jet_error *err)
{
	char block[SMALL_BYTES];

	return hash_through(c, block, sizeof(block), err);
}

static int hash_big(struct jet_content *c, struct jet_error *err)
{
	char *block = malloc(JET_READ_BYTES);
	int code;

	if (!block)
		return jet_fail_nomem(err);
	code = hash_through(c, block, JET_READ_BYTES, err);
	free(block);
	return code;
}

int jet_hash_entry(struct jet_walk *walk, const struct jet_entry *entry,
                   struct jet_hash *hash, struct jet_error *err)
{
	struct jet_hasher hasher;
	struct jet_content c;
	int code = jet_content_open(&c, walk, entry, &hasher, err);

	if (code < 0)
		return code;
	if (c.left <= SMALL_BYTES)
		code = hash_small(&c, err);
	else
		code = hash_big(&c, err);
	if (code == 0)
		return jet_content_finish(&c, hash, err);
	jet_content_abort(&c);
	return code;
}
