/* SPDX-License-Identifier: Apache-2.0 */
#include "context/cache.h"

#include "context/hash.h"

#include <string.h>

enum { VERSION = 1, KINDS_AT = 0, VERSION_AT = 1, XXH128_AT = 2, SHA256_AT = 18, SUM_AT = 50 };

static uint8_t *put_uint(uint8_t *at, uint64_t value, size_t bytes)
{
	for (size_t i = 0; i < bytes; i++)
		*at++ = (uint8_t)(value >> (8 * i));
	return at;
}

void jet_cache_key(const struct jet_entry *e, uint8_t key[JET_CACHE_KEY])
{
	key = put_uint(key, e->dev, 8);
	key = put_uint(key, e->ino, 8);
	key = put_uint(key, e->size, 8);
	key = put_uint(key, (uint64_t)e->mtime_sec, 8);
	key = put_uint(key, e->mtime_nsec, 4);
	key = put_uint(key, (uint64_t)e->ctime_sec, 8);
	put_uint(key, e->ctime_nsec, 4);
}

/* Over the key, too: a value at the wrong key is no value. */
static uint64_t sum_of(const struct jet_cache_record *record)
{
	return jet_hash_sum(record, offsetof(struct jet_cache_record, value) + SUM_AT);
}

void jet_cache_pack(struct jet_cache_record *record, const struct jet_hashes *hashes)
{
	uint8_t *value = record->value;

	memset(value, 0, JET_CACHE_VALUE);
	value[KINDS_AT] = (uint8_t)hashes->kinds;
	value[VERSION_AT] = VERSION;
	if (hashes->kinds & JET_HASH_XXH128)
		memcpy(value + XXH128_AT, hashes->xxh128, sizeof(hashes->xxh128));
	if (hashes->kinds & JET_HASH_SHA256)
		memcpy(value + SHA256_AT, hashes->sha256, sizeof(hashes->sha256));
	put_uint(value + SUM_AT, sum_of(record), 8);
}

bool jet_cache_unpack(const struct jet_cache_record *record, struct jet_hashes *hashes)
{
	const uint8_t *value = record->value;
	uint8_t sum[8];

	put_uint(sum, sum_of(record), 8);
	if (value[VERSION_AT] != VERSION || memcmp(sum, value + SUM_AT, sizeof(sum)) != 0)
		return false;
	hashes->kinds = value[KINDS_AT];
	memcpy(hashes->xxh128, value + XXH128_AT, sizeof(hashes->xxh128));
	memcpy(hashes->sha256, value + SHA256_AT, sizeof(hashes->sha256));
	return true;
}

bool jet_cache_is_settled(const struct jet_entry *e, int64_t now_sec, uint32_t now_nsec)
{
	/* The kernel sets the ctime itself, so a whole second means that there are no
	 * others; one file in a thousand million waits in vain. */
	const int64_t tick = e->ctime_nsec ? 50000000 : 2000000000;
	int64_t age;

	if (e->ctime_sec > now_sec || e->ctime_sec < now_sec - 10)
		return e->ctime_sec < now_sec;
	age = (now_sec - e->ctime_sec) * 1000000000 + (int64_t)now_nsec - (int64_t)e->ctime_nsec;
	return age > tick;
}
