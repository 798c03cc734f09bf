/* SPDX-License-Identifier: Apache-2.0 */
#include "context/hash.h"

#include "unit/scratch.h"
#include "unit/walk_text.h"

#include <criterion/criterion.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static const char *hex(const uint8_t *bytes, size_t len)
{
	static char text[65];

	for (size_t i = 0; i < len; i++)
		snprintf(text + 2 * i, 3, "%02x", bytes[i]);
	return text;
}

static struct jet_hasher *hasher_of(unsigned kinds)
{
	struct jet_hasher *hasher;

	cr_assert_eq(jet_hasher_open(kinds, &hasher, NULL), 0);
	return hasher;
}

enum { BOTH = JET_HASH_XXH128 | JET_HASH_SHA256 };

/* Bytes 0, 1, ... 250, 0, ...: what xxhsum -H2 of the xxhash package and sha256sum
 * say. */
static const struct {
	size_t len;
	const char *xxh128, *sha256;
} known[] = {
	{ 0, "99aa06d3014798d86001c324468d497f",
	  "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855" },
	{ 1, "a6cd5e9392000f6ac44bdff4074eecdb",
	  "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d" },
	{ 3, "e3b55f57945a17cf5f4299fc161c9cbb",
	  "ae4b3280e56e2faf83f414a6e3dabe9d5fbe18976544c05fed121accb85b53fc" },
	{ 16, "72950631827607e2842812cc870dcae2",
	  "be45cb2605bf36bebde684841a28f0fd43c69850a3dce5fedba69928ee3a8991" },
	{ 17, "685bc458b37d057fc06e233df7729217",
	  "3e5718fea51a8f3f5baca61c77afab473c1810f8b9db330273b4011ce92c787e" },
	{ 128, "14792fc3af88dc6c05321a0b64d67b41",
	  "471fb943aa23c511f6f72f8d1652d9c880cfa392ad80503120547703e56a2be5" },
	{ 240, "65b5be86da5540e7c92b68e16f83bbb6",
	  "abf4bafcddb38bbf3855e47b5e61b75dedbcf42aa44ffd4bb85d0b08d97e2682" },
	{ 241, "1da1cb61bcb8a2a102e8cd95421c6d02",
	  "211882aeac8a599b0a55ec280e1a978923edef69cd86541bcbd58db864c45eac" },
	{ 1024, "d0ac1f7b93bf57b9e5d78bafa45b2aa5",
	  "2bce1ba628720664be4b9fdd77aae0678e5f0f3f02fc6ff641ec879094f6a404" },
	{ 32768, "d2c5641125a310a8e39cdfc79c863d7c",
	  "09fed9cbfb98b6ab0f3e8ff63b7b1f9b0e07d58b225295c78fdc023cc4985a72" },
	{ 32769, "0885233a3700d78738d6f80a8d7ba192",
	  "346e2310c7233f7723048e8289ba7a299d635ded9723dfea5248773f5b7684b8" },
	{ 262144, "31484f410b9d97b719e33139f5534930",
	  "31a1f9dea0169551092d05e8bf4a446228c8c3eb4c9b713c66adcb7fd53c89be" },
	{ 262145, "9b9f33ce8c9cdfe5092a932e0d783f0c",
	  "6a102a35ef13d267bf487c1520d82b4ff541787bc8c288ccf98aeebe7686016a" },
	{ 1000000, "00d4a9d9f77c7d2ddf99c4163891c544",
	  "2c030d49ec131bfbbb446ad21e7a2f12cdb4f2f4f3fda3ac709dd2e68a4646c7" },
};

static unsigned char *pattern(size_t len)
{
	unsigned char *data = malloc(len + 1);

	cr_assert(data);
	for (size_t i = 0; i < len; i++)
		data[i] = (unsigned char)(i % 251);
	return data;
}

static void expect_known(const struct jet_hashes *hashes, unsigned kinds, size_t row)
{
	cr_expect_eq(hashes->kinds, kinds);
	if (kinds & JET_HASH_XXH128)
		cr_expect_str_eq(hex(hashes->xxh128, 16), known[row].xxh128, "%zu bytes", known[row].len);
	if (kinds & JET_HASH_SHA256)
		cr_expect_str_eq(hex(hashes->sha256, 32), known[row].sha256, "%zu bytes", known[row].len);
}

Test(hash, values_are_those_of_the_tools)
{
	for (unsigned kinds = 1; kinds <= BOTH; kinds++) {
		struct jet_hasher *hasher = hasher_of(kinds);

		for (size_t i = 0; i < sizeof(known) / sizeof(known[0]); i++) {
			unsigned char *data = pattern(known[i].len);
			struct jet_hashes hashes;

			cr_assert_eq(jet_hasher_bytes(hasher, data, known[i].len, &hashes, NULL), 0);
			expect_known(&hashes, kinds, i);
			free(data);
		}
		jet_hasher_close(hasher);
	}
}

Test(hash, there_are_two_kinds)
{
	struct jet_hasher *hasher;
	struct jet_error err = { 0 };

	cr_expect_eq(jet_hasher_open(0, &hasher, &err), JET_E_ARG);
	cr_expect_null(hasher);
	cr_expect_eq(jet_hasher_open(BOTH + 1, &hasher, &err), JET_E_ARG);
	jet_hasher_close(NULL);
}

/* Hashes the file "f" as an entry of a walk, after @change of it. */
static int hash_file(struct jet_hasher *hasher, void (*change)(void), struct jet_hashes *hashes,
                     struct jet_error *err)
{
	struct jet_ruleset *rs;
	struct jet_walk *walk = walk_open(NULL, JET_WALK_STAT, &rs);
	const struct jet_entry *e = walk_to(walk, "f");
	int rc;

	if (change)
		change();
	rc = jet_hash_entry(hasher, walk, e, hashes, err);
	jet_walk_close(walk);
	return rc;
}

Test(hash, files_of_any_size_have_the_hash_of_their_bytes, .init = scratch_enter,
     .fini = scratch_leave)
{
	for (unsigned kinds = 1; kinds <= BOTH; kinds++) {
		struct jet_hasher *hasher = hasher_of(kinds);

		for (size_t i = 0; i < sizeof(known) / sizeof(known[0]); i++) {
			unsigned char *data = pattern(known[i].len);
			struct jet_error err = { 0 };
			struct jet_hashes hashes;

			scratch_file("f", data, known[i].len);
			cr_assert_eq(hash_file(hasher, NULL, &hashes, &err), 0, "%zu bytes: %s", known[i].len,
			             err.message);
			expect_known(&hashes, kinds, i);
			free(data);
		}
		jet_hasher_close(hasher);
	}
}

/* ---- files that change -------------------------------------------------- */

static void grow(void)
{
	int fd = open("f", O_WRONLY | O_APPEND | O_CLOEXEC);

	cr_assert(fd >= 0 && write(fd, "more", 4) == 4 && close(fd) == 0);
}

static void shrink(void)
{
	cr_assert_eq(truncate("f", 3), 0);
}

static void touch(void)
{
	const struct timespec times[2] = { { 1, 0 }, { 1, 500 } };

	cr_assert_eq(utimensat(AT_FDCWD, "f", times, 0), 0);
}

/* Only the nanoseconds differ, or only the size. */
static void set_times(long nsec)
{
	const struct timespec times[2] = { { 1000, 0 }, { 1000, nsec } };

	cr_assert_eq(utimensat(AT_FDCWD, "f", times, 0), 0);
}

static void touch_lightly(void)
{
	set_times(500);
}

static void grow_unseen(void)
{
	grow();
	set_times(0);
}

static void replace(void)
{
	scratch_file("g", "hello", 5);
	cr_assert_eq(rename("g", "f"), 0);
}

static void replace_by_link(void)
{
	cr_assert(unlink("f") == 0 && symlink("/etc/passwd", "f") == 0);
}

static void replace_by_fifo(void)
{
	cr_assert(unlink("f") == 0 && mkfifo("f", 0644) == 0);
}

static void remove_it(void)
{
	cr_assert_eq(unlink("f"), 0);
}

Test(hash, a_file_that_is_not_what_was_listed_is_noticed)
{
	static const struct {
		const char *name;
		void (*change)(void);
		int rc;
	} rows[] = {
		{ "grow", grow, JET_E_CHANGED },
		{ "shrink", shrink, JET_E_CHANGED },
		{ "touch", touch, JET_E_CHANGED },
		{ "touch_lightly", touch_lightly, JET_E_CHANGED },
		{ "grow_unseen", grow_unseen, JET_E_CHANGED },
		{ "replace", replace, JET_E_CHANGED },
		{ "replace_by_link", replace_by_link, JET_E_CHANGED },
		{ "replace_by_fifo", replace_by_fifo, JET_E_CHANGED },
		{ "remove", remove_it, JET_E_IO },
	};
	static const size_t sizes[] = { 5, 100000, 600000 }; /* each is read in another way */
	struct jet_hasher *hasher = hasher_of(BOTH);

	for (size_t k = 0; k < 3; k++) {
		unsigned char *data = pattern(sizes[k]);

		for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
			struct jet_error err = { 0 };
			struct jet_hashes hashes;

			scratch_enter();
			scratch_file("f", data, sizes[k]);
			set_times(0);
			cr_expect_eq(hash_file(hasher, rows[i].change, &hashes, &err), rows[i].rc,
			             "%s, %zu bytes", rows[i].name, sizes[k]);
			cr_expect_str_eq(err.file, "f");
			scratch_leave();
		}
		free(data);
	}
	jet_hasher_close(hasher);
}

Test(hash, a_file_that_grows_while_it_is_read_is_noticed, .init = scratch_enter, .fini = scratch_leave)
{
	struct jet_hasher *hasher = hasher_of(JET_HASH_XXH128);
	unsigned char *data = pattern(600000), room[4096];
	struct jet_ruleset *rs;
	const struct jet_entry *e;
	struct jet_walk *walk;
	struct jet_content c;
	struct jet_error err;
	struct jet_hashes hashes;
	size_t got;

	scratch_file("f", data, 600000);
	walk = walk_open(NULL, JET_WALK_STAT, &rs);
	e = walk_to(walk, "f");
	cr_assert_eq(jet_content_open(&c, walk, e, hasher, &err), 0);
	cr_assert_eq(jet_content_read(&c, room, sizeof(room), &got, &err), 0);
	cr_expect_eq(got, sizeof(room));
	cr_expect_eq(c.left, 600000 - sizeof(room));
	grow();
	while (c.left)
		cr_assert_eq(jet_content_read(&c, room, sizeof(room), &got, &err), 0);
	cr_expect_eq(jet_content_finish(&c, &hashes, &err), JET_E_CHANGED);
	jet_walk_close(walk);
	jet_hasher_close(hasher);
	free(data);
}

Test(hash, pieces_of_any_size_give_the_same, .init = scratch_enter, .fini = scratch_leave)
{
	static const size_t sizes[] = { 1, 63, 1000, 99999, 100000, 200000 };
	struct jet_hasher *hasher = hasher_of(BOTH);
	unsigned char *data = pattern(100000), *room = malloc(200000);
	struct jet_ruleset *rs;
	struct jet_walk *walk;
	const struct jet_entry *e;

	scratch_file("f", data, 100000);
	walk = walk_open(NULL, JET_WALK_STAT, &rs);
	e = walk_to(walk, "f");
	for (size_t i = 0; i < sizeof(sizes) / sizeof(sizes[0]); i++) {
		struct jet_hashes want, hashes;
		struct jet_content c;
		size_t got;

		cr_assert_eq(jet_hasher_bytes(hasher, data, 100000, &want, NULL), 0);
		cr_assert_eq(jet_content_open(&c, walk, e, hasher, NULL), 0);
		while (c.left)
			cr_assert_eq(jet_content_read(&c, room, sizes[i], &got, NULL), 0);
		cr_assert_eq(jet_content_finish(&c, &hashes, NULL), 0);
		cr_expect_arr_eq(hashes.xxh128, want.xxh128, 16, "pieces of %zu", sizes[i]);
		cr_expect_arr_eq(hashes.sha256, want.sha256, 32, "pieces of %zu", sizes[i]);
	}
	jet_walk_close(walk);
	jet_hasher_close(hasher);
	free(room);
	free(data);
}

Test(hash, an_emptied_entry_has_no_bytes, .init = scratch_enter, .fini = scratch_leave)
{
	struct jet_ruleset *rs;
	struct jet_walk *walk;
	const struct jet_entry *e;
	struct jet_hashes hashes;
	struct jet_hasher *hasher = hasher_of(BOTH);

	scratch_tree("a/b=content");
	walk = walk_open("a\n!a/b\na", JET_WALK_STAT, &rs);
	e = walk_to(walk, "a/b");
	cr_assert(e->flags & JET_ENTRY_EMPTIED);
	cr_assert_eq(jet_hash_entry(hasher, walk, e, &hashes, NULL), 0);
	expect_known(&hashes, BOTH, 0);
	jet_hasher_close(hasher);
	jet_walk_close(walk);
	jet_ruleset_free(rs);
}

Test(hash, only_files_of_known_size_have_one, .init = scratch_enter, .fini = scratch_leave)
{
	struct jet_error err = { 0 };
	struct jet_ruleset *rs;
	struct jet_walk *walk;
	struct jet_hashes hashes;
	struct jet_hasher *hasher = hasher_of(BOTH);

	scratch_tree("d/ f l>f");
	walk = walk_open(NULL, JET_WALK_STAT, &rs);
	cr_expect_eq(jet_hash_entry(hasher, walk, walk_to(walk, "d"), &hashes, &err), JET_E_ARG);
	cr_expect_eq(jet_hash_entry(hasher, walk, walk_to(walk, "l"), &hashes, &err), JET_E_ARG);
	cr_expect_str_eq(err.file, "l");
	jet_walk_close(walk);
	walk = walk_open(NULL, 0, &rs);
	cr_expect_eq(jet_hash_entry(hasher, walk, walk_to(walk, "f"), &hashes, &err), JET_E_ARG);
	jet_walk_close(walk);
	jet_hasher_close(hasher);
}
