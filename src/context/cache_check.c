/* SPDX-License-Identifier: Apache-2.0 */
/* The format is that of LMDB 0.9 on 64-bit systems, data version 1, in the byte order of
 * the machine.  Another one is damage: the cache is then made anew. */
#include "context/cache_check.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum {
	MAGIC_AT = 16, VERSION_AT = 20, FREE_AT = 40, MAIN_AT = 88, LAST_AT = 136, TXN_AT = 144,
	META_END = 152,
	/* In the record of a tree. */
	TREE_FLAGS_AT = 4, INTEGER_KEYS = 8, TREE_DEPTH_AT = 6, TREE_ROOT_AT = 40,
	/* In a page. */
	FLAGS_AT = 10, LOWER_AT = 12, UPPER_AT = 14, PAGES_AT = 12, HEAD = 16,
	BRANCH = 1, LEAF = 2, OVERFLOW_PAGE = 4,
	/* In a node. */
	NODE_HEAD = 8, BIG = 1,
	DEPTH_MAX = 32, PAGE_MIN = 512, PAGE_MAX = 65536
};

static const uint32_t magic = 0xBEEFC0DE, format = 1;
static const uint64_t no_page = UINT64_MAX;

struct checker {
	int fd;
	size_t page_bytes;
	uint64_t pages;     /* in the file */
	uint64_t last;      /* the transaction's last page */
	uint64_t left;      /* pages that may still be visited: a circle ends */
	unsigned depth;     /* of the tree that is gone through */
	bool free;          /* it is that of free pages */
	size_t key_bytes, value_bytes;
	unsigned char *stack; /* a page per level */
};

static uint16_t get16(const unsigned char *at)
{
	uint16_t value;

	memcpy(&value, at, sizeof(value));
	return value;
}

static uint32_t get32(const unsigned char *at)
{
	uint32_t value;

	memcpy(&value, at, sizeof(value));
	return value;
}

static uint64_t get64(const unsigned char *at)
{
	uint64_t value;

	memcpy(&value, at, sizeof(value));
	return value;
}

/* ---- pages -------------------------------------------------------------- */

static bool read_page(const struct checker *c, uint64_t number, unsigned char *page)
{
	return number >= 2 && number <= c->last && number < c->pages &&
	       pread(c->fd, page, c->page_bytes, (off_t)(number * c->page_bytes)) ==
	               (ssize_t)c->page_bytes &&
	       get64(page) == number;
}

/* The page numbers of a list of free pages: how many, and then they. */
static bool is_list(const struct checker *c, const unsigned char *data, size_t len)
{
	const uint64_t n = len >= 8 ? get64(data) : 0;

	if (len < 8 || len % 8 || n > len / 8 - 1)
		return false;
	for (uint64_t i = 1; i <= n; i++) {
		if (get64(data + 8 * i) < 2 || get64(data + 8 * i) > c->last)
			return false;
	}
	return true;
}

/* A long list has pages of its own. */
static bool is_long_list(struct checker *c, uint64_t number, size_t len)
{
	unsigned char head[HEAD], *data;
	const off_t at = (off_t)(number * c->page_bytes);
	bool good;

	if (number < 2 || number >= c->pages || pread(c->fd, head, HEAD, at) != HEAD ||
	    get64(head) != number || get16(head + FLAGS_AT) != OVERFLOW_PAGE ||
	    get32(head + PAGES_AT) > c->pages - number || get32(head + PAGES_AT) > c->left ||
	    len > get32(head + PAGES_AT) * c->page_bytes - HEAD)
		return false;
	c->left -= get32(head + PAGES_AT);
	data = malloc(len);
	good = data && pread(c->fd, data, len, at + HEAD) == (ssize_t)len && is_list(c, data, len);
	free(data);
	return good;
}

static bool is_free_leaf(struct checker *c, const unsigned char *node, size_t room)
{
	const size_t len = get16(node) | (size_t)get16(node + 2) << 16;
	const unsigned char *data = node + NODE_HEAD + 8;

	if (get16(node + 6) != 8 || room < NODE_HEAD + 8)
		return false;
	room -= NODE_HEAD + 8;
	if (get16(node + 4) == BIG)
		return room >= 8 && is_long_list(c, get64(data), len);
	return get16(node + 4) == 0 && len <= room && is_list(c, data, len);
}

static bool is_leaf_node(struct checker *c, const unsigned char *node, size_t room)
{
	if (c->free)
		return is_free_leaf(c, node, room);
	return get16(node + 4) == 0 && get16(node + 6) == c->key_bytes &&
	       (get16(node) | (size_t)get16(node + 2) << 16) == c->value_bytes &&
	       room >= NODE_HEAD + c->key_bytes + c->value_bytes;
}

/* Node @i of a page, and how many bytes there are from it to the end; NULL: it is not
 * on the page. */
static const unsigned char *node_at(const struct checker *c, const unsigned char *page, size_t i,
                                    size_t *room)
{
	const size_t at = get16(page + HEAD + 2 * i);

	if (at < get16(page + UPPER_AT) || at + NODE_HEAD > c->page_bytes)
		return NULL;
	*room = c->page_bytes - at;
	return page + at;
}

static size_t count_of(const struct checker *c, const unsigned char *page)
{
	const size_t lower = get16(page + LOWER_AT), upper = get16(page + UPPER_AT);

	return lower < HEAD || lower % 2 || lower > upper || upper > c->page_bytes ? 0 : (lower - HEAD) / 2;
}

static bool is_leaf(struct checker *c, const unsigned char *page)
{
	const size_t n = count_of(c, page);

	for (size_t i = 0; i < n; i++) {
		size_t room;
		const unsigned char *node = node_at(c, page, i, &room);

		if (!node || !is_leaf_node(c, node, room))
			return false;
	}
	return n > 0 && get16(page + FLAGS_AT) == LEAF;
}

/* A branch's keys lead the search only; where they end has to be on the page. */
static bool is_branch(const struct checker *c, const unsigned char *page)
{
	const size_t n = count_of(c, page);

	for (size_t i = 0; i < n; i++) {
		size_t room;
		const unsigned char *node = node_at(c, page, i, &room);

		if (!node || get16(node + 6) > room - NODE_HEAD)
			return false;
	}
	return n > 1 && get16(page + FLAGS_AT) == BRANCH;
}

static uint64_t child_of(const struct checker *c, const unsigned char *page, size_t i)
{
	size_t room;
	const unsigned char *node = node_at(c, page, i, &room);

	return get16(node) | (uint64_t)get16(node + 2) << 16 | (uint64_t)get16(node + 4) << 32;
}

/* A page that is new on the stack: level 1 is the root's. */
static bool enter(struct checker *c, uint64_t number, unsigned level)
{
	unsigned char *page = c->stack + (level - 1) * c->page_bytes;

	if (!c->left || level > c->depth || !read_page(c, number, page))
		return false;
	c->left--;
	return level == c->depth ? is_leaf(c, page) : is_branch(c, page);
}

static bool is_tree(struct checker *c, const unsigned char *tree)
{
	size_t next[DEPTH_MAX] = { 0 };
	unsigned level = 1;

	c->depth = get16(tree + TREE_DEPTH_AT);
	if (get64(tree + TREE_ROOT_AT) == no_page)
		return c->depth == 0;
	if (!c->depth || c->depth > DEPTH_MAX || !enter(c, get64(tree + TREE_ROOT_AT), 1))
		return false;
	while (level) {
		const unsigned char *page = c->stack + (level - 1) * c->page_bytes;

		if (level == c->depth || next[level - 1] == count_of(c, page)) {
			next[--level] = 0;
			continue;
		}
		if (!enter(c, child_of(c, page, next[level - 1]++), level + 1))
			return false;
		level++;
	}
	return true;
}

/* ---- the file ----------------------------------------------------------- */

static bool is_meta(const unsigned char *meta, size_t page_bytes)
{
	const size_t size = get32(meta + FREE_AT);

	/* Other flags of the first tree would have LMDB map the file somewhere else. */
	return get32(meta + MAGIC_AT) == magic && get32(meta + VERSION_AT) == format &&
	       get16(meta + FREE_AT + TREE_FLAGS_AT) == INTEGER_KEYS &&
	       get32(meta + MAIN_AT) == 0 && get16(meta + MAIN_AT + TREE_FLAGS_AT) == 0 &&
	       (!page_bytes || size == page_bytes) && size >= PAGE_MIN && size <= PAGE_MAX &&
	       (size & (size - 1)) == 0;
}

/* LMDB maps as much as the last page says. */
static bool is_inside(const unsigned char *meta, const struct stat *st)
{
	return get64(meta + LAST_AT) < (uint64_t)st->st_size / get32(meta + FREE_AT);
}

bool jet_cache_check_begin(int fd)
{
	unsigned char meta[2][META_END];
	struct stat st;
	size_t size;

	if (fstat(fd, &st) < 0)
		return false;
	if (!st.st_size) /* somebody is just making it */
		return true;
	if (pread(fd, meta[0], META_END, 0) != META_END || !is_meta(meta[0], 0))
		return false;
	size = get32(meta[0] + FREE_AT);
	return pread(fd, meta[1], META_END, (off_t)size) == META_END && is_meta(meta[1], size) &&
	       is_inside(meta[0], &st) && is_inside(meta[1], &st);
}

bool jet_cache_check_head(const char *dir)
{
	const size_t len = strlen(dir) + sizeof("/data.mdb");
	char *path = malloc(len);
	bool good = true;
	int fd;

	if (!path)
		return true; /* LMDB will say so */
	snprintf(path, len, "%s/data.mdb", dir);
	fd = open(path, O_RDONLY | O_CLOEXEC);
	free(path);
	if (fd >= 0) {
		good = jet_cache_check_begin(fd);
		close(fd);
	}
	return good;
}

/* The page of the transaction: of the two the one with its number. */
static bool find_meta(const struct checker *c, uint64_t txn, unsigned char *meta)
{
	for (int i = 0; i < 2; i++) {
		if (pread(c->fd, meta, META_END, (off_t)((size_t)i * c->page_bytes)) == META_END &&
		    get64(meta + TXN_AT) == txn)
			return is_meta(meta, c->page_bytes);
	}
	return false;
}

enum jet_cache_state jet_cache_check(int fd, size_t page_bytes, uint64_t txn, size_t key_bytes,
                                     size_t value_bytes)
{
	struct checker c = { .fd = fd, .page_bytes = page_bytes, .key_bytes = key_bytes,
		             .value_bytes = value_bytes };
	unsigned char meta[META_END];
	struct stat st;
	bool good;

	if (page_bytes < PAGE_MIN || page_bytes > PAGE_MAX || fstat(fd, &st) < 0)
		return JET_CACHE_DAMAGED;
	c.pages = (uint64_t)st.st_size / page_bytes;
	if (!find_meta(&c, txn, meta))
		return JET_CACHE_MOVED_ON;
	c.last = get64(meta + LAST_AT);
	/* A new database has these two pages only. */
	if (c.last < 1 || c.last >= c.pages)
		return JET_CACHE_DAMAGED;
	c.left = c.last;
	c.stack = malloc(DEPTH_MAX * page_bytes);
	if (!c.stack)
		return JET_CACHE_DAMAGED;
	good = is_tree(&c, meta + MAIN_AT);
	c.free = true;
	good = good && is_tree(&c, meta + FREE_AT);
	free(c.stack);
	return good ? JET_CACHE_SOUND : JET_CACHE_DAMAGED;
}
