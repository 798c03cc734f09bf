/* SPDX-License-Identifier: Apache-2.0 */
/* hashing.h - the option --cache, and a hasher with it. */
#ifndef JET_CLI_HASHING_H
#define JET_CLI_HASHING_H

#include "jettison.h"

/** struct jet_cache_option - what --cache[=DIR] fills in. */
struct jet_cache_option {
	bool on;
	const char *dir; /* NULL: the usual one */
};

/** What tables of options say of it. */
#define JET_CACHE_ARG "[=DIR]"
#define JET_CACHE_HELP \
	"remember hashes, and do not read again what has not changed [~/.cache/jettison]"

/** jet_set_cache() - for tables of options: @field is a struct jet_cache_option. */
int jet_set_cache(void *field, const char *value, struct jet_error *err);

/**
 * jet_cache_dir() - where the cache is: @dir, or where the environment says.
 *
 * Return: a name that the caller frees, or NULL and @err.
 */
char *jet_cache_dir(const char *dir, struct jet_error *err);

/** struct jet_hashing - a hasher, perhaps with a cache.  Zero it first. */
struct jet_hashing {
	struct jet_hasher *hasher;
	struct jet_cache *cache;
	char *inside; /* path of the cache's directory in the context; NULL: it is not in there */
};

/**
 * jet_hashing_open() - opens both.
 * @kinds: enum jet_hash_kind
 * @option: NULL: no cache
 * @root: the context whose contents are hashed; NULL: it is not on disk
 * @quiet: do not say that a damaged cache has been thrown away
 *
 * Return: 0 or a negative enum jet_code, also when the cache would be the context itself;
 * jet_hashing_close() in any case.
 */
int jet_hashing_open(struct jet_hashing *h, unsigned kinds, const struct jet_cache_option *option,
                     const char *root, bool quiet, struct jet_error *err);

/** jet_hashing_owns() - is this path of the context the cache's directory, or in it? */
bool jet_hashing_owns(const struct jet_hashing *h, const char *path, size_t len);

/** jet_hashing_close() - frees both.  What the cache could not keep is only said: the
 *  hashes were right. */
void jet_hashing_close(struct jet_hashing *h);

#endif
