/* SPDX-License-Identifier: Apache-2.0 */
#include "context/cache.h"

#include "context/hash.h"
#include "unit/scratch.h"
#include "unit/walk_text.h"

#include <criterion/criterion.h>
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { BOTH = JET_HASH_XXH128 | JET_HASH_SHA256 };

static struct jet_entry entry(uint64_t ino)
{
	return (struct jet_entry){
		.path = "f", .path_len = 1, .type = JET_TYPE_FILE, .flags = JET_ENTRY_STATED, .dev = 1,
		.ino = ino, .size = 5, .mtime_sec = 1000, .mtime_nsec = 1, .ctime_sec = 1000,
		.ctime_nsec = 1, .nlink = 1,
	};
}

static struct jet_hashes hashes(unsigned kinds, uint8_t first)
{
	return (struct jet_hashes){ .kinds = kinds, .xxh128 = { first }, .sha256 = { first, 1 } };
}

static struct jet_cache *opened(bool damaged)
{
	struct jet_cache *cache;
	struct jet_error err = { 0 };
	enum jet_cache_found was;

	cr_assert_eq(jet_cache_open("c", &cache, &was, &err), 0, "%s", err.message);
	cr_expect_eq(was, damaged ? JET_CACHE_RENEWED : JET_CACHE_FOUND);
	return cache;
}

static void fill(uint64_t first, uint64_t n)
{
	struct jet_cache *cache = opened(false);

	for (uint64_t i = first; i < first + n; i++) {
		const struct jet_entry e = entry(i);
		const struct jet_hashes h = hashes(JET_HASH_XXH128, (uint8_t)i);

		jet_cache_put(cache, &e, &h);
	}
	cr_assert_eq(jet_cache_close(cache, NULL), 0);
}

/* How many of these are known; each must have its own hash. */
static uint64_t known(struct jet_cache *cache, uint64_t first, uint64_t n)
{
	uint64_t found = 0;

	for (uint64_t i = first; i < first + n; i++) {
		const struct jet_entry e = entry(i);
		struct jet_hashes h;

		if (!jet_cache_get(cache, &e, JET_HASH_XXH128, &h))
			continue;
		cr_assert_eq(h.xxh128[0], (uint8_t)i);
		found++;
	}
	return found;
}

Test(cache, what_is_put_is_there_for_the_next_run, .init = scratch_enter, .fini = scratch_leave)
{
	struct jet_cache *cache;
	struct jet_cache_stat stat;

	fill(0, 20000);
	cache = opened(false);
	cr_expect_eq(known(cache, 0, 20000), 20000);
	cr_expect_eq(known(cache, 20000, 10), 0);
	jet_cache_close(cache, NULL);
	cr_assert_eq(jet_cache_stat("c", &stat, NULL), 0);
	cr_expect_eq(stat.entries, 20000);
	cr_expect_gt(stat.used_bytes, 20000 * 106);
	cr_assert_eq(jet_cache_clear("c", NULL), 0);
	cr_assert_eq(jet_cache_stat("c", &stat, NULL), 0);
	cr_expect_eq(stat.entries, 0);
	jet_cache_close(NULL, NULL);
}

Test(cache, every_field_of_the_key_counts, .init = scratch_enter, .fini = scratch_leave)
{
	struct jet_cache *cache = opened(false);
	const struct jet_entry e = entry(7);
	const struct jet_hashes h = hashes(JET_HASH_XXH128, 9);
	struct jet_entry others[] = { e, e, e, e, e, e, e };
	struct jet_hashes got;

	others[0].dev++;
	others[1].ino++;
	others[2].size++;
	others[3].mtime_sec++;
	others[4].mtime_nsec++;
	others[5].ctime_sec++;
	others[6].ctime_nsec++;
	jet_cache_put(cache, &e, &h);
	cr_assert_eq(jet_cache_close(cache, NULL), 0);
	cache = opened(false);
	cr_expect(jet_cache_get(cache, &e, JET_HASH_XXH128, &got));
	for (size_t i = 0; i < 7; i++)
		cr_expect_not(jet_cache_get(cache, &others[i], JET_HASH_XXH128, &got), "field %zu", i);
	jet_cache_close(cache, NULL);
}

Test(cache, kinds_add_up, .init = scratch_enter, .fini = scratch_leave)
{
	const struct jet_entry e = entry(7);
	const struct jet_hashes one = hashes(JET_HASH_XXH128, 1), two = hashes(JET_HASH_SHA256, 2);
	struct jet_cache *cache = opened(false);
	struct jet_hashes got;

	jet_cache_put(cache, &e, &one);
	jet_cache_close(cache, NULL);
	cache = opened(false);
	cr_expect_not(jet_cache_get(cache, &e, JET_HASH_SHA256, &got));
	cr_expect_not(jet_cache_get(cache, &e, BOTH, &got));
	jet_cache_put(cache, &e, &two);
	jet_cache_close(cache, NULL);
	cache = opened(false);
	cr_assert(jet_cache_get(cache, &e, BOTH, &got));
	cr_expect_eq(got.kinds, BOTH);
	cr_expect_eq(got.xxh128[0], 1);
	cr_expect_eq(got.sha256[0], 2);
	cr_assert(jet_cache_get(cache, &e, JET_HASH_SHA256, &got));
	cr_expect_eq(got.kinds, JET_HASH_SHA256);
	jet_cache_close(cache, NULL);
}

Test(cache, young_files_are_not_trusted)
{
	static const struct {
		int64_t sec;
		uint32_t nsec;
		int64_t now_sec;
		uint32_t now_nsec;
		bool settled;
	} rows[] = {
		{ 1000, 1, 1000, 1, false },
		{ 1000, 1, 1000, 50000001, false },
		{ 1000, 1, 1000, 50000002, true },
		{ 1000, 999999999, 1001, 0, false },
		{ 1000, 999999999, 1001, 50000000, true },
		{ 1000, 1, 2000, 0, true },
		{ 1000, 1, 999, 0, false },
		{ 2000, 1, 1000, 0, false },
		/* Whole seconds. */
		{ 1000, 0, 1001, 999999999, false },
		{ 1000, 0, 1002, 0, false },
		{ 1000, 0, 1002, 1, true },
		{ INT64_MIN, 1, INT64_MAX, 0, true },
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		const struct jet_entry e = { .ctime_sec = rows[i].sec, .ctime_nsec = rows[i].nsec };

		cr_expect_eq(jet_cache_is_settled(&e, rows[i].now_sec, rows[i].now_nsec), rows[i].settled,
		             "row %zu", i);
	}
}

Test(cache, runs_at_once_keep_what_each_has_found, .init = scratch_enter, .fini = scratch_leave)
{
	enum { RUNS = 6, EACH = 9000 };
	struct jet_cache *cache;
	int status;

	for (int i = 0; i < RUNS; i++) {
		if (fork() == 0) {
			fill((uint64_t)i * EACH / 2, EACH);
			_exit(0);
		}
	}
	for (int i = 0; i < RUNS; i++)
		cr_assert(wait(&status) > 0 && status == 0);
	cache = opened(false);
	cr_expect_eq(known(cache, 0, (RUNS + 1) * EACH / 2), (RUNS + 1) * EACH / 2);
	jet_cache_close(cache, NULL);
}

Test(cache, a_run_that_is_killed_leaves_it_whole, .init = scratch_enter, .fini = scratch_leave)
{
	fill(0, 1000);
	for (int i = 0; i < 20; i++) {
		const struct timespec moment = { 0, 3000000 + i * 1500000 };
		const pid_t child = fork();
		struct jet_cache *cache;

		if (child == 0) {
			for (uint64_t at = 1000;; at += 9000)
				fill(at, 9000);
		}
		nanosleep(&moment, NULL);
		kill(child, SIGKILL);
		waitpid(child, NULL, 0);
		cache = opened(false);
		cr_assert_eq(known(cache, 0, 1000), 1000);
		jet_cache_close(cache, NULL);
	}
}

/* ---- damage ------------------------------------------------------------- */

static void *contents(size_t *size)
{
	const int fd = open("c/hashes/data.mdb", O_RDONLY | O_CLOEXEC);
	struct stat st;
	void *data;

	cr_assert(fd >= 0 && fstat(fd, &st) == 0);
	*size = (size_t)st.st_size;
	data = malloc(*size);
	cr_assert(data && read(fd, data, *size) == (ssize_t)*size);
	close(fd);
	return data;
}

static void restore(const void *data, size_t size)
{
	scratch_file("c/hashes/data.mdb", data, size);
}

/* Opened again, it gives nothing wrong, and can be written. */
static void use(void)
{
	struct jet_cache *cache;
	struct jet_error err = { 0 };
	const struct jet_entry e = entry(77777);
	const struct jet_hashes h = hashes(JET_HASH_XXH128, (uint8_t)77777);
	enum jet_cache_found found;

	cr_assert_eq(jet_cache_open("c", &cache, &found, &err), 0, "%s", err.message);
	known(cache, 0, 600);
	jet_cache_put(cache, &e, &h);
	cr_assert_eq(jet_cache_close(cache, &err), 0, "%s", err.message);
	cr_assert_eq(jet_cache_open("c", &cache, &found, &err), 0);
	cr_expect_eq(found, JET_CACHE_FOUND);
	cr_expect_eq(known(cache, 77777, 1), 1);
	jet_cache_close(cache, NULL);
}

Test(cache, a_file_that_is_cut_is_noticed, .init = scratch_enter, .fini = scratch_leave)
{
	size_t size;
	char *data;

	fill(0, 600);
	data = contents(&size);
	for (size_t len = 0; len < size; len += len < 9000 ? 512 : 4096) {
		restore(data, len);
		use();
	}
	free(data);
}

Test(cache, no_byte_that_falls_over_does_harm, .init = scratch_enter, .fini = scratch_leave)
{
	unsigned seed = 1;
	size_t size;
	char *data;

	fill(0, 300);
	fill(300, 300); /* so that there are free pages, too */
	data = contents(&size);
	for (int i = 0; i < 400; i++) {
		size_t at;
		char old;

		seed = seed * 1103515245 + 12345;
		/* The first pages, and heads of pages, more often. */
		at = i % 4 == 0 ? seed / 7 % 200 : i % 4 == 1 ? 4096 + seed / 7 % 200 : seed / 7 % size;
		if (i % 4 == 2)
			at = at / 4096 * 4096 + seed / 11 % 64;
		old = data[at];
		data[at] = (char)(i % 3 ? data[at] ^ (1 << (seed / 13 % 8)) : (char)(seed / 17));
		restore(data, size);
		use();
		data[at] = old;
	}
	free(data);
}

Test(cache, what_makes_no_sense_is_thrown_away_and_said, .init = scratch_enter, .fini = scratch_leave)
{
	static const char garbage[20000] = "this is no database";
	struct jet_cache_stat stat;
	struct jet_cache *cache;

	fill(0, 600);
	restore(garbage, sizeof(garbage));
	cr_assert_eq(jet_cache_stat("c", &stat, NULL), 0);
	cr_expect(stat.damaged);
	cache = opened(true);
	cr_expect_eq(known(cache, 0, 600), 0);
	jet_cache_close(cache, NULL);
	fill(0, 600);
	cache = opened(false);
	cr_expect_eq(known(cache, 0, 600), 600);
	jet_cache_close(cache, NULL);
}

Test(cache, a_value_at_the_wrong_place_is_no_value)
{
	struct jet_cache_record record;
	const struct jet_entry e = entry(1);
	const struct jet_hashes h = hashes(BOTH, 3);
	struct jet_hashes got;

	jet_cache_key(&e, record.key);
	jet_cache_pack(&record, &h);
	cr_expect(jet_cache_unpack(&record, &got));
	cr_expect_eq(memcmp(&got, &h, sizeof(h)), 0);
	for (size_t i = 0; i < JET_CACHE_KEY + JET_CACHE_VALUE; i++) {
		unsigned char *byte = (unsigned char *)&record + i;

		*byte ^= 4;
		cr_expect_not(jet_cache_unpack(&record, &got), "byte %zu", i);
		*byte ^= 4;
	}
}

Test(cache, where_it_cannot_be_is_said, .init = scratch_enter, .fini = scratch_leave)
{
	struct jet_cache *cache;
	struct jet_error err = { 0 };
	enum jet_cache_found found;

	scratch_tree("c");
	cr_expect_eq(jet_cache_open("c", &cache, &found, &err), JET_E_IO);
	cr_expect_null(cache);
	cr_expect_str_eq(err.file, "c");
	cr_expect_eq(jet_cache_open("c/d", &cache, &found, &err), JET_E_IO);
}

Test(cache, only_a_cache_is_cleared_and_all_of_it, .init = scratch_enter, .fini = scratch_leave)
{
	struct jet_error err = { 0 };

	cr_expect_eq(jet_cache_clear("nowhere", &err), JET_E_ARG);
	scratch_tree("d/hashes/data.mdb");
	cr_expect_eq(jet_cache_clear("d", &err), JET_E_ARG);
	cr_expect_str_eq(err.message, "is no cache: nothing is removed");
	cr_expect_eq(access("d/hashes/data.mdb", F_OK), 0);
	fill(0, 10);
	scratch_tree("c/hashes/mine c/old.17/data.mdb c/old.x/data.mdb");
	cr_expect_eq(jet_cache_clear("c", &err), 0, "%s", err.message);
	cr_expect_eq(access("c/hashes/mine", F_OK), 0);
	cr_expect_neq(access("c/hashes/data.mdb", F_OK), 0);
	cr_expect_neq(access("c/old.17", F_OK), 0);
	cr_expect_eq(access("c/old.x/data.mdb", F_OK), 0);
	/* It is still one. */
	cr_expect_eq(jet_cache_clear("c", &err), 0);
	fill(0, 10);
}

/* ---- with a hasher ------------------------------------------------------ */

static void wait_a_tick(void)
{
	const struct timespec tick = { 0, 80000000 };

	nanosleep(&tick, NULL);
}

/* The hash of "f" with a cache, which is kept. */
static struct jet_hashes hash_f(void)
{
	struct jet_cache *cache = opened(false);
	struct jet_hasher *hasher;
	struct jet_ruleset *rs;
	struct jet_hashes got;
	struct jet_walk *walk = walk_open(NULL, JET_WALK_STAT, &rs);

	cr_assert_eq(jet_hasher_open(JET_HASH_XXH128, &hasher, NULL), 0);
	jet_hasher_use(hasher, cache);
	cr_assert_eq(jet_hash_entry(hasher, walk, walk_to(walk, "f"), &got, NULL), 0);
	jet_hasher_close(hasher);
	jet_walk_close(walk);
	cr_assert_eq(jet_cache_close(cache, NULL), 0);
	return got;
}

static uint64_t entries(void)
{
	struct jet_cache_stat stat;

	cr_assert_eq(jet_cache_stat("c", &stat, NULL), 0);
	return stat.entries;
}

Test(cache, a_file_that_was_just_written_is_not_kept, .init = scratch_enter, .fini = scratch_leave)
{
	struct jet_hashes first, second;

	scratch_tree("f=one");
	first = hash_f();
	cr_expect_eq(entries(), 0);
	scratch_tree("f=two");
	second = hash_f();
	cr_expect(memcmp(first.xxh128, second.xxh128, 16) != 0);
	cr_expect_eq(entries(), 0);
	wait_a_tick();
	hash_f();
	cr_expect_eq(entries(), 1);
}

Test(cache, what_is_kept_is_not_read_again, .init = scratch_enter, .fini = scratch_leave)
{
	struct jet_cache *cache;
	struct jet_ruleset *rs;
	struct jet_walk *walk;
	struct jet_hashes got, fake = hashes(JET_HASH_XXH128, 0xEE);

	scratch_tree("f=one");
	wait_a_tick();
	got = hash_f();
	cr_expect_eq(entries(), 1);
	/* A wrong hash in the cache shows that it is taken from there. */
	walk = walk_open(NULL, JET_WALK_STAT, &rs);
	cache = opened(false);
	jet_cache_put(cache, walk_to(walk, "f"), &fake);
	jet_cache_close(cache, NULL);
	jet_walk_close(walk);
	cr_expect_neq(got.xxh128[0], 0xEE);
	got = hash_f();
	cr_expect_eq(got.xxh128[0], 0xEE);
	/* Not when anything about the file is new. */
	cr_assert_eq(chmod("f", 0600), 0);
	got = hash_f();
	cr_expect_neq(got.xxh128[0], 0xEE);
}

Test(cache, other_names_of_a_file_are_not_read_again, .init = scratch_enter, .fini = scratch_leave)
{
	struct jet_hasher *hasher;
	struct jet_ruleset *rs;
	struct jet_walk *walk;
	const struct jet_entry *e;
	struct jet_hashes first, second;

	scratch_tree("a=one c=two");
	cr_assert_eq(link("a", "b"), 0);
	walk = walk_open(NULL, JET_WALK_HARDLINKS, &rs);
	cr_assert_eq(jet_hasher_open(JET_HASH_XXH128, &hasher, NULL), 0);
	e = walk_to(walk, "a");
	cr_expect_not(jet_hasher_recall(hasher, e, &first));
	cr_assert_eq(jet_hash_entry(hasher, walk, e, &first, NULL), 0);
	e = walk_to(walk, "b");
	cr_expect(jet_hasher_recall(hasher, e, &second));
	cr_expect_eq(memcmp(first.xxh128, second.xxh128, 16), 0);
	e = walk_to(walk, "c");
	cr_assert_eq(jet_hash_entry(hasher, walk, e, &first, NULL), 0);
	cr_expect_not(jet_hasher_recall(hasher, e, &second), "one name only");
	jet_hasher_close(hasher);
	jet_walk_close(walk);
}
