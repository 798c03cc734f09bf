/* SPDX-License-Identifier: Apache-2.0 */
#include "context/cache.h"

#include "base/error.h"

static int absent(struct jet_error *err)
{
	return jet_fail(err, JET_E_ARG, NULL, "a cache is not built in: this program was built "
	                                      "without LMDB");
}

int jet_cache_open(const char *dir, struct jet_cache **cache, enum jet_cache_found *found,
                   struct jet_error *err)
{
	(void)dir;
	*cache = NULL;
	*found = JET_CACHE_FOUND;
	return absent(err);
}

int jet_cache_close(struct jet_cache *cache, struct jet_error *err)
{
	(void)cache;
	(void)err;
	return 0;
}

int jet_cache_stat(const char *dir, struct jet_cache_stat *stat, struct jet_error *err)
{
	(void)dir;
	(void)stat;
	return absent(err);
}

int jet_cache_clear(const char *dir, struct jet_error *err)
{
	(void)dir;
	return absent(err);
}

bool jet_cache_get(struct jet_cache *cache, const struct jet_entry *entry, unsigned kinds,
                   struct jet_hashes *hashes)
{
	(void)cache;
	(void)entry;
	(void)kinds;
	(void)hashes;
	return false;
}

void jet_cache_put(struct jet_cache *cache, const struct jet_entry *entry,
                   const struct jet_hashes *hashes)
{
	(void)cache;
	(void)entry;
	(void)hashes;
}
