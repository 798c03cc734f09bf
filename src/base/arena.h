/* SPDX-License-Identifier: Apache-2.0 */
/*
 * arena.h - memory that is freed in one go.
 *
 * Zero-initialise a struct jet_arena, allocate from it, jet_arena_clear() it.
 */
#ifndef JET_BASE_ARENA_H
#define JET_BASE_ARENA_H

#include <stddef.h>

struct jet_arena_block;

struct jet_arena {
	struct jet_arena_block *head; /* newest block first; NULL when empty */
	size_t used, size;            /* of the newest block, in bytes */
	size_t total;                 /* bytes taken from malloc() so far */
};

/**
 * jet_arena_alloc() - @len bytes, zeroed, aligned for any type.
 *
 * Return: memory that lives until jet_arena_clear(), NULL when there is none.
 * @len 0 gives a valid pointer.
 */
void *jet_arena_alloc(struct jet_arena *arena, size_t len);

/** jet_arena_array() - @n elements of @size bytes; NULL also on overflow. */
void *jet_arena_array(struct jet_arena *arena, size_t n, size_t size);

/** jet_arena_dup() - a copy of @len bytes with a NUL behind; NULL = no memory. */
char *jet_arena_dup(struct jet_arena *arena, const void *data, size_t len);

/** jet_arena_clear() - frees everything; the arena can be used again. */
void jet_arena_clear(struct jet_arena *arena);

#endif
