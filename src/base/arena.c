/* SPDX-License-Identifier: Apache-2.0 */
#include "base/arena.h"

#include <stdalign.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

/* Blocks double from FIRST to LARGEST: small objects stay small, and a big
 * ruleset does not take thousands of blocks. */
enum { FIRST = 1024, LARGEST = 256 * 1024 };

struct jet_arena_block {
	struct jet_arena_block *next;
	alignas(max_align_t) char data[];
};

static int add_block(struct jet_arena *arena, size_t len)
{
	size_t size = arena->size ? arena->size * 2 : FIRST;
	struct jet_arena_block *block;

	if (size > LARGEST)
		size = LARGEST;
	if (size < len)
		size = len;
	if (size > SIZE_MAX - sizeof(*block))
		return -1;
	/* Not calloc(): a big block would be touched before it is needed. */
	block = malloc(sizeof(*block) + size);
	if (!block)
		return -1;
	block->next = arena->head;
	arena->head = block;
	arena->used = 0;
	arena->size = size;
	arena->total += sizeof(*block) + size;
	return 0;
}

void *jet_arena_alloc(struct jet_arena *arena, size_t len)
{
	const size_t align = alignof(max_align_t);
	void *p;

	if (len > SIZE_MAX - align)
		return NULL;
	len = (len + align - 1) / align * align;
	if (!arena->head || arena->size - arena->used < len) {
		if (add_block(arena, len) < 0)
			return NULL;
	}
	p = arena->head->data + arena->used;
	arena->used += len;
	return memset(p, 0, len);
}

void *jet_arena_array(struct jet_arena *arena, size_t n, size_t size)
{
	if (size && n > SIZE_MAX / size)
		return NULL;
	return jet_arena_alloc(arena, n * size);
}

char *jet_arena_dup(struct jet_arena *arena, const void *data, size_t len)
{
	char *copy = len < SIZE_MAX ? jet_arena_alloc(arena, len + 1) : NULL;

	if (copy && len)
		memcpy(copy, data, len);
	return copy;
}

void jet_arena_clear(struct jet_arena *arena)
{
	struct jet_arena_block *block = arena->head;

	while (block) {
		struct jet_arena_block *next = block->next;

		free(block);
		block = next;
	}
	memset(arena, 0, sizeof(*arena));
}
