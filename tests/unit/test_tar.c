/* SPDX-License-Identifier: Apache-2.0 */
#include "context/hash.h"
#include "sink/tar_header.h"

#include "unit/scratch.h"
#include "unit/walk_text.h"

#include <criterion/criterion.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

TestSuite(tar, .init = scratch_enter, .fini = scratch_leave);

/* ---- writing ------------------------------------------------------------ */

struct sink {
	struct jet_buf out;
	size_t calls, fail_at; /* the call that fails, 1-based; 0: none */
};

static int take(void *ctx, const void *data, size_t len)
{
	struct sink *s = ctx;

	if (++s->calls == s->fail_at)
		return 1;
	return jet_buf_append(&s->out, data, len);
}

/* The current directory as an archive.  0 or the first failure. */
static int pack(struct sink *s, const char *rules, uint32_t flags, bool hashed)
{
	struct jet_ruleset *rs;
	struct jet_walk *walk = walk_open(rules, flags, &rs);
	const struct jet_entry *e;
	struct jet_hasher *hasher;
	struct jet_tar *tar;
	int rc = 0;

	cr_assert_eq(jet_hasher_open(JET_HASH_XXH128, &hasher, NULL), 0);
	cr_assert_eq(jet_tar_open(NULL, take, s, &tar), 0);
	if (hashed)
		jet_tar_hash(tar, hasher);
	while (rc == 0 && jet_walk_next(walk, &e, NULL) == 1) {
		struct jet_hashes hashes;

		rc = jet_tar_entry(tar, walk, e, &hashes, NULL);
	}
	if (rc == 0)
		rc = jet_tar_finish(tar);
	jet_tar_close(tar);
	jet_hasher_close(hasher);
	jet_walk_close(walk);
	jet_ruleset_free(rs);
	return rc;
}

/* ---- reading ------------------------------------------------------------ */

/* "TYPE NAME[ SIZE][ -> LINK];" of every member; pax headers are members. */
static char *listing(const struct sink *s)
{
	struct jet_buf list = { 0 };
	const struct jet_buf *out = &s->out;
	size_t at = 0;

	cr_assert_eq(out->len % JET_TAR_BLOCK, 0);
	while (at + 2 * JET_TAR_BLOCK < out->len) {
		const char *block = out->data + at;
		const size_t size = strtoul(block + 124, NULL, 8);

		cr_assert_eq(jet_buf_printf(&list, "%c %.100s", block[156], block), 0);
		if (size)
			cr_assert_eq(jet_buf_printf(&list, " %zu", size), 0);
		if (block[157])
			cr_assert_eq(jet_buf_printf(&list, " -> %.100s", block + 157), 0);
		cr_assert_eq(jet_buf_byte(&list, ';'), 0);
		/* Padding is zeroes. */
		for (size_t i = size; i % JET_TAR_BLOCK; i++)
			cr_assert_eq(block[JET_TAR_BLOCK + i], 0);
		at += JET_TAR_BLOCK + (size + JET_TAR_BLOCK - 1) / JET_TAR_BLOCK * JET_TAR_BLOCK;
	}
	cr_assert_eq(at + 2 * JET_TAR_BLOCK, out->len);
	for (; at < out->len; at++)
		cr_assert_eq(out->data[at], 0, "the end of the archive");
	cr_assert_eq(jet_buf_terminate(&list), 0);
	return list.data;
}

static void expect(const char *rules, const char *want)
{
	struct sink s = { .calls = 0 };
	char *got;

	cr_assert_eq(pack(&s, rules, JET_WALK_HARDLINKS, false), 0);
	got = listing(&s);
	cr_expect_str_eq(got, want, "%s", got);
	free(got);
	jet_buf_clear(&s.out);
}

Test(tar, members_are_the_entries)
{
	scratch_tree("a/b=12345 a/c= h:a/b l>a/b p| s@ z/");
	expect(NULL, "5 a/;0 a/b 5;0 a/c;1 h -> a/b;2 l -> a/b;6 p;0 s;5 z/;");
}

Test(tar, emptied_files_have_no_content)
{
	scratch_tree("a/b=12345");
	expect("a\n!a/b\na", "5 a/;0 a/b;");
}

Test(tar, an_archive_of_nothing_is_two_blocks)
{
	expect(NULL, "");
}

Test(tar, the_first_header_is_plain)
{
	char name[256];

	/* 101 bytes and no "/": a pax record is needed. */
	memset(name, 'n', 101);
	name[101] = '\0';
	scratch_file(name, "x", 1);
	expect(NULL, "5 ./;x ././@PaxHeader 111;0 nnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnn"
	             "nnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnn 1;");
	/* Behind a plain one there is no need. */
	scratch_tree("a");
	expect(NULL, "0 a 1;x ././@PaxHeader 111;0 nnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnn"
	             "nnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnn 1;");
}

Test(tar, content_is_whole_and_padded_at_every_size)
{
	static const size_t sizes[] = {
		0, 1, 511, 512, 513, 1024, JET_READ_BYTES - 1, JET_READ_BYTES, JET_READ_BYTES + 1,
		2 * JET_READ_BYTES, 2 * JET_READ_BYTES + 513,
	};

	for (size_t i = 0; i < sizeof(sizes) / sizeof(sizes[0]); i++) {
		for (int hashed = 0; hashed < 2; hashed++) {
			struct sink s = { .calls = 0 };
			char *data = malloc(sizes[i] + 1), *list;

			for (size_t k = 0; k < sizes[i]; k++)
				data[k] = (char)(k % 251 + 1);
			scratch_file("f", data, sizes[i]);
			cr_assert_eq(pack(&s, NULL, JET_WALK_STAT, hashed), 0);
			list = listing(&s);
			cr_expect(memcmp(s.out.data + JET_TAR_BLOCK, data, sizes[i]) == 0, "%zu bytes",
			          sizes[i]);
			free(list);
			free(data);
			jet_buf_clear(&s.out);
		}
	}
}

Test(tar, the_hash_is_that_of_the_content)
{
	struct sink s = { .calls = 0 };
	struct jet_ruleset *rs;
	struct jet_walk *walk;
	struct jet_tar *tar;
	struct jet_hasher *hasher;
	struct jet_hashes hashes, want;

	scratch_tree("f=hello g=hello l>f");
	walk = walk_open(NULL, JET_WALK_STAT, &rs);
	cr_assert_eq(jet_tar_open(NULL, take, &s, &tar), 0);
	cr_assert_eq(jet_hasher_open(JET_HASH_XXH128 | JET_HASH_SHA256, &hasher, NULL), 0);
	cr_assert_eq(jet_hasher_bytes(hasher, "hello", 5, &want, NULL), 0);
	cr_assert_eq(jet_tar_entry(tar, walk, walk_to(walk, "f"), &hashes, NULL), 0);
	cr_expect_eq(hashes.kinds, 0, "no hasher, no hashes");
	jet_tar_hash(tar, hasher);
	cr_assert_eq(jet_tar_entry(tar, walk, walk_to(walk, "g"), &hashes, NULL), 0);
	cr_expect_eq(hashes.kinds, want.kinds);
	cr_expect_arr_eq(hashes.xxh128, want.xxh128, 16);
	cr_expect_arr_eq(hashes.sha256, want.sha256, 32);
	cr_assert_eq(jet_tar_entry(tar, walk, walk_to(walk, "l"), &hashes, NULL), 0);
	cr_expect_eq(hashes.kinds, 0, "a link has no content");
	jet_hasher_close(hasher);
	jet_tar_close(tar);
	jet_tar_close(NULL);
	jet_walk_close(walk);
	jet_buf_clear(&s.out);
}

Test(tar, modes_and_whole_seconds_are_kept_and_owners_are_not)
{
	const struct timespec times[2] = { { 1, 0 }, { 1000000000, 999999999 } };
	struct sink s = { .calls = 0 };

	scratch_tree("f=hello");
	cr_assert_eq(chmod("f", 06711), 0);
	cr_assert_eq(utimensat(AT_FDCWD, "f", times, 0), 0);
	cr_assert_eq(pack(&s, NULL, JET_WALK_STAT, false), 0);
	cr_expect_str_eq(s.out.data + 100, "0006711");
	cr_expect_str_eq(s.out.data + 108, "0000000");
	cr_expect_str_eq(s.out.data + 116, "0000000");
	cr_expect_eq(strtoul(s.out.data + 136, NULL, 8), 1000000000);
	jet_buf_clear(&s.out);
}

Test(tar, text_from_memory_is_a_member)
{
	static const size_t sizes[] = { 0, 1, 512, 700 };
	char data[700];

	memset(data, 't', sizeof(data));
	for (size_t i = 0; i < sizeof(sizes) / sizeof(sizes[0]); i++) {
		struct sink s = { .calls = 0 };
		char want[32], *got;
		struct jet_tar *tar;

		cr_assert_eq(jet_tar_open(NULL, take, &s, &tar), 0);
		cr_assert_eq(jet_tar_text(tar, "d/name", 6, data, sizes[i]), 0);
		cr_assert_eq(jet_tar_finish(tar), 0);
		jet_tar_close(tar);
		got = listing(&s);
		snprintf(want, sizeof(want), sizes[i] ? "0 d/name %zu;" : "0 d/name;", sizes[i]);
		cr_expect_str_eq(got, want, "%s", got);
		cr_expect_str_eq(s.out.data + 100, "0000644");
		cr_expect_eq(strtoul(s.out.data + 136, NULL, 8), 0);
		cr_expect(memcmp(s.out.data + JET_TAR_BLOCK, data, sizes[i]) == 0);
		free(got);
		jet_buf_clear(&s.out);
	}
}

Test(tar, every_call_that_cannot_write_is_reported)
{
	struct sink whole = { .calls = 0 };
	char name[256];

	memset(name, 'n', 101);
	name[101] = '\0';
	scratch_file(name, "x", 1); /* so that the root and a pax header are written too */
	scratch_tree("z/f=hello z/l>f");
	cr_assert_eq(pack(&whole, NULL, JET_WALK_STAT, false), 0);
	cr_assert(whole.calls > 5);
	for (size_t i = 1; i <= whole.calls; i++) {
		struct sink s = { .fail_at = i };

		cr_expect_eq(pack(&s, NULL, JET_WALK_STAT, false), JET_E_WRITE, "call %zu", i);
		cr_expect_eq(s.calls, i, "written after a failure");
		cr_expect(s.out.len == 0 || memcmp(s.out.data, whole.out.data, s.out.len) == 0);
		jet_buf_clear(&s.out);
	}
	jet_buf_clear(&whole.out);
}

Test(tar, text_that_cannot_be_written_is_reported)
{
	for (size_t i = 1; i <= 3; i++) {
		struct sink s = { .fail_at = i };
		struct jet_tar *tar;

		cr_assert_eq(jet_tar_open(NULL, take, &s, &tar), 0);
		cr_expect_eq(jet_tar_text(tar, "f", 1, "x", 1), JET_E_WRITE, "call %zu", i);
		jet_tar_close(tar);
		jet_buf_clear(&s.out);
	}
}

/* ---- what cannot be added ----------------------------------------------- */

Test(tar, a_file_that_cannot_be_opened_leaves_the_archive_whole)
{
	struct sink s = { .calls = 0 };
	struct jet_error err = { 0 };
	struct jet_ruleset *rs;
	struct jet_walk *walk;
	const struct jet_entry *e;
	struct jet_tar *tar;

	scratch_tree("f=hello");
	walk = walk_open(NULL, JET_WALK_STAT, &rs);
	cr_assert_eq(jet_tar_open(NULL, take, &s, &tar), 0);
	e = walk_to(walk, "f");
	cr_assert_eq(unlink("f"), 0);
	cr_expect_eq(jet_tar_entry(tar, walk, e, NULL, &err), JET_E_IO);
	cr_expect_str_eq(err.file, "f");
	cr_expect_eq(s.out.len, 0);
	jet_tar_close(tar);
	jet_walk_close(walk);
	jet_buf_clear(&s.out);
}

/* The archive of one file "f" that is changed by @change between listing and reading. */
static int pack_changed(struct sink *s, void (*change)(void), struct jet_hashes *hashes,
                        struct jet_error *err)
{
	struct jet_hasher *hasher;
	struct jet_ruleset *rs;
	struct jet_walk *walk = walk_open(NULL, JET_WALK_HARDLINKS, &rs);
	const struct jet_entry *e = walk_to(walk, "f");
	struct jet_tar *tar;
	int rc;

	cr_assert_eq(jet_hasher_open(JET_HASH_XXH128, &hasher, NULL), 0);
	cr_assert_eq(jet_tar_open(NULL, take, s, &tar), 0);
	jet_tar_hash(tar, hasher);
	change();
	rc = jet_tar_entry(tar, walk, e, hashes, err);
	if (rc == 0)
		rc = jet_tar_finish(tar);
	jet_tar_close(tar);
	jet_hasher_close(hasher);
	jet_walk_close(walk);
	return rc;
}

static void shrink(void)
{
	cr_assert_eq(truncate("f", 2), 0);
}

static void grow(void)
{
	scratch_file("f", "hello, world", 12);
}

static void replace(void)
{
	scratch_file("g", "other", 5);
	cr_assert_eq(rename("g", "f"), 0);
}

static void become_fifo(void)
{
	cr_assert_eq(unlink("f"), 0);
	cr_assert_eq(mkfifo("f", 0600), 0);
}

static void become_link(void)
{
	cr_assert_eq(unlink("f"), 0);
	cr_assert_eq(symlink("/etc/passwd", "f"), 0);
}

Test(tar, a_file_that_has_changed_is_looked_at_once_more)
{
	static const struct {
		void (*change)(void);
		const char *content;
	} rows[] = { { shrink, "he" }, { grow, "hello, world" }, { replace, "other" } };

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		const size_t len = strlen(rows[i].content);
		struct jet_hashes hashes, want;
		struct jet_hasher *hasher;
		struct sink s = { .calls = 0 };
		char *list, text[32];

		unlink("f");
		scratch_tree("f=hello");
		cr_assert_eq(pack_changed(&s, rows[i].change, &hashes, NULL), 0, "row %zu", i);
		list = listing(&s);
		snprintf(text, sizeof(text), "0 f %zu;", len);
		cr_expect_str_eq(list, text, "row %zu: %s", i, list);
		cr_expect(memcmp(s.out.data + JET_TAR_BLOCK, rows[i].content, len) == 0, "row %zu", i);
		cr_assert_eq(jet_hasher_open(JET_HASH_XXH128, &hasher, NULL), 0);
		cr_assert_eq(jet_hasher_bytes(hasher, rows[i].content, len, &want, NULL), 0);
		cr_expect_arr_eq(hashes.xxh128, want.xxh128, 16, "row %zu", i);
		jet_hasher_close(hasher);
		free(list);
		jet_buf_clear(&s.out);
	}
}

Test(tar, a_file_that_is_none_any_more_is_refused)
{
	static void (*const rows[])(void) = { become_fifo, become_link };

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct jet_error err = { 0 };
		struct sink s = { .calls = 0 };

		unlink("f");
		scratch_tree("f=hello");
		cr_expect_eq(pack_changed(&s, rows[i], NULL, &err), JET_E_CHANGED, "row %zu", i);
		cr_expect_str_eq(err.file, "f", "row %zu", i);
		cr_expect_eq(s.out.len, 0, "row %zu", i);
	}
}

Test(tar, another_file_in_place_of_one_with_several_names_is_refused)
{
	struct jet_error err = { 0 };
	struct sink s = { .calls = 0 };

	scratch_tree("f=hello h:f");
	cr_expect_eq(pack_changed(&s, replace, NULL, &err), JET_E_CHANGED);
	cr_expect_str_eq(err.file, "f");
	cr_expect_eq(s.out.len, 0);
}

/* ---- big files, which are written while they are read ------------------------- */

enum { BIG_BYTES = 3 << 20 };

/* A jet_write_fn: makes the file longer when its first bytes are written. */
static int take_and_append(void *ctx, const void *data, size_t len)
{
	struct sink *s = ctx;

	if (++s->calls == 2)
		cr_assert_eq(truncate("f", BIG_BYTES + 1), 0);
	return jet_buf_append(&s->out, data, len);
}

Test(tar, a_big_file_that_changes_while_it_is_written_is_an_error)
{
	struct sink s = { .calls = 0 };
	struct jet_error err = { 0 };
	struct jet_ruleset *rs;
	struct jet_walk *walk;
	const struct jet_entry *e;
	struct jet_tar *tar;

	scratch_file("f", "", 0);
	cr_assert_eq(truncate("f", BIG_BYTES), 0);
	walk = walk_open(NULL, JET_WALK_STAT, &rs);
	e = walk_to(walk, "f");
	cr_assert_eq(jet_tar_open(NULL, take_and_append, &s, &tar), 0);
	cr_expect_eq(jet_tar_entry(tar, walk, e, NULL, &err), JET_E_CHANGED);
	cr_expect_str_eq(err.file, "f");
	/* What is written all the same has the size that its header says ... */
	cr_expect_eq(s.out.len, JET_TAR_BLOCK + BIG_BYTES);
	/* ... and cannot be taken for an archive. */
	cr_expect_eq(jet_tar_spoil(tar), 0);
	cr_assert_eq(s.out.len, 2 * JET_TAR_BLOCK + BIG_BYTES);
	cr_expect_str_eq(s.out.data + JET_TAR_BLOCK + BIG_BYTES + 124, "00000001000");
	jet_tar_close(tar);
	jet_walk_close(walk);
	jet_buf_clear(&s.out);
}

/* A jet_write_fn: cuts the last bytes off when the first ones are written. */
static int take_and_cut(void *ctx, const void *data, size_t len)
{
	struct sink *s = ctx;

	if (++s->calls == 2)
		cr_assert_eq(truncate("f", BIG_BYTES), 0);
	return jet_buf_append(&s->out, data, len);
}

Test(tar, a_file_that_fails_in_its_last_block_is_not_completed_by_what_spoils_it)
{
	struct sink s = { .calls = 0 };
	struct jet_error err = { 0 };
	struct jet_ruleset *rs;
	struct jet_walk *walk;
	const struct jet_entry *e;
	struct jet_tar *tar;

	scratch_file("f", "", 0);
	cr_assert_eq(truncate("f", BIG_BYTES + 100), 0);
	walk = walk_open(NULL, JET_WALK_STAT, &rs);
	e = walk_to(walk, "f");
	cr_assert_eq(jet_tar_open(NULL, take_and_cut, &s, &tar), 0);
	cr_expect_eq(jet_tar_entry(tar, walk, e, NULL, &err), JET_E_CHANGED);
	/* What is owed now is less than a header. */
	cr_expect_eq(s.out.len, JET_TAR_BLOCK + BIG_BYTES);
	cr_expect_eq(jet_tar_spoil(tar), 0);
	cr_expect_eq(s.out.len, JET_TAR_BLOCK + BIG_BYTES);
	jet_tar_close(tar);
	jet_walk_close(walk);
	jet_buf_clear(&s.out);
}

Test(tar, a_big_file_that_has_changed_before_is_looked_at_once_more)
{
	struct sink s = { .calls = 2 }; /* nothing changes while it is written */
	struct jet_ruleset *rs;
	struct jet_walk *walk;
	const struct jet_entry *e;
	struct jet_tar *tar;

	scratch_file("f", "", 0);
	cr_assert_eq(truncate("f", BIG_BYTES), 0);
	walk = walk_open(NULL, JET_WALK_STAT, &rs);
	e = walk_to(walk, "f");
	cr_assert_eq(truncate("f", BIG_BYTES + 512), 0);
	cr_assert_eq(jet_tar_open(NULL, take_and_append, &s, &tar), 0);
	cr_expect_eq(jet_tar_entry(tar, walk, e, NULL, NULL), 0);
	cr_expect_eq(s.out.len, JET_TAR_BLOCK + BIG_BYTES + 512);
	jet_tar_close(tar);
	jet_walk_close(walk);
	jet_buf_clear(&s.out);
}

Test(tar, nothing_written_is_nothing_to_spoil)
{
	struct sink s = { .calls = 0 };
	struct jet_tar *tar;

	cr_assert_eq(jet_tar_open(NULL, take, &s, &tar), 0);
	cr_expect_eq(jet_tar_spoil(tar), 0);
	cr_expect_eq(s.out.len, 0);
	jet_tar_close(tar);
}

/* ---- options ------------------------------------------------------------ */

/* The first member of an archive made with options, as "MODE MTIME". */
static void first_header(const struct jet_sink_options *o, struct jet_walk *walk,
                         const struct jet_entry *e, char *text)
{
	struct sink s = { .calls = 0 };
	struct jet_tar *tar;

	cr_assert_eq(jet_tar_open(o, take, &s, &tar), 0);
	cr_assert_eq(jet_tar_entry(tar, walk, e, NULL, NULL), 0);
	sprintf(text, "%.7s %lu", s.out.data + 100, strtoul(s.out.data + 136, NULL, 8));
	jet_tar_close(tar);
	jet_buf_clear(&s.out);
}

Test(tar, normalized_members_do_not_tell_of_the_machine)
{
	static const struct {
		const char *path;
		mode_t mode;
		const char *want;
	} rows[] = {
		{ "f", 0600, "0000644 77" }, { "f", 0500, "0000755 77" }, { "f", 06711, "0000755 77" },
		{ "f", 0477, "0000644 77" }, { "d", 01700, "0000755 77" }, { "p", 0711, "0000644 77" },
	};
	const struct jet_sink_options o = { .flags = JET_SINK_NORMALIZE, .mtime = 77 };
	char text[32];

	scratch_tree("f d/ p| l>f");
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct jet_ruleset *rs;
		struct jet_walk *walk;

		cr_assert_eq(chmod(rows[i].path, rows[i].mode), 0);
		walk = walk_open(NULL, JET_WALK_STAT, &rs);
		first_header(&o, walk, walk_to(walk, rows[i].path), text);
		cr_expect_str_eq(text, rows[i].want, "row %zu: %s", i, text);
		jet_walk_close(walk);
	}
}

Test(tar, texts_have_the_time_of_the_options)
{
	const struct jet_sink_options o = { .mtime = 077 };
	struct sink s = { .calls = 0 };
	struct jet_tar *tar;

	cr_assert_eq(jet_tar_open(&o, take, &s, &tar), 0);
	cr_assert_eq(jet_tar_text(tar, "f", 1, "x", 1), 0);
	cr_expect_str_eq(s.out.data + 136, "00000000077");
	jet_tar_close(tar);
	jet_buf_clear(&s.out);
}

Test(tar, fractions_of_a_second_are_kept_but_never_in_front)
{
	const struct jet_sink_options o = { .flags = JET_SINK_MTIME_NS };
	const struct timespec times[2] = { { 1, 0 }, { 5, 250000000 } };
	struct sink s = { .calls = 0 };
	struct jet_ruleset *rs;
	struct jet_walk *walk;
	struct jet_tar *tar;
	char *list;

	scratch_tree("a b");
	cr_assert_eq(utimensat(AT_FDCWD, "a", times, 0), 0);
	cr_assert_eq(utimensat(AT_FDCWD, "b", times, 0), 0);
	walk = walk_open(NULL, JET_WALK_STAT, &rs);
	cr_assert_eq(jet_tar_open(&o, take, &s, &tar), 0);
	cr_assert_eq(jet_tar_entry(tar, walk, walk_to(walk, "a"), NULL, NULL), 0);
	cr_assert_eq(jet_tar_entry(tar, walk, walk_to(walk, "b"), NULL, NULL), 0);
	cr_assert_eq(jet_tar_finish(tar), 0);
	list = listing(&s);
	cr_expect_str_eq(list, "0 a 1;x ././@PaxHeader 14;0 b 1;", "%s", list);
	cr_expect(memcmp(s.out.data + 3 * 512, "14 mtime=5.25\n", 14) == 0);
	free(list);
	jet_tar_close(tar);
	jet_walk_close(walk);
	jet_buf_clear(&s.out);
}

Test(tar, what_no_archive_can_hold_is_refused)
{
	static const struct {
		enum jet_type type;
		uint32_t flags;
	} rows[] = {
		{ JET_TYPE_SOCKET, JET_ENTRY_STATED },
		{ JET_TYPE_UNKNOWN, JET_ENTRY_STATED },
		{ JET_TYPE_DIR, 0 },
		{ JET_TYPE_FILE, 0 },
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		const struct jet_entry e = {
			.path = "p", .path_len = 1, .type = rows[i].type, .flags = rows[i].flags,
		};
		struct sink s = { .calls = 0 };
		struct jet_error err = { 0 };
		struct jet_tar *tar;

		cr_assert_eq(jet_tar_open(NULL, take, &s, &tar), 0);
		cr_expect_eq(jet_tar_entry(tar, NULL, &e, NULL, &err), JET_E_ARG, "row %zu", i);
		cr_expect_str_eq(err.file, "p");
		cr_expect_eq(s.calls, 0);
		jet_tar_close(tar);
	}
}
