/* SPDX-License-Identifier: Apache-2.0 */
#include "base/buf.h"
#include "context/hash.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <string.h>

static int take(void *ctx, const void *data, size_t len)
{
	return jet_buf_append(ctx, data, len);
}

#define XXH "010000000000000000000000000000ef"
#define SHA "ab000000000000000000000000000000000000000000000000000000000000cd"

static const struct jet_hashes hashes = {
	.kinds = JET_HASH_XXH128 | JET_HASH_SHA256,
	.xxh128 = { [0] = 1, [15] = 0xEF },
	.sha256 = { [0] = 0xAB, [31] = 0xCD },
};

/* The second line of a digest with this entry. */
static void expect(unsigned kind, uint32_t flags, const struct jet_entry *e, const char *want)
{
	struct jet_buf out = { 0 };
	struct jet_digest *d;
	const char *line;

	cr_assert_eq(jet_digest_open(kind, flags, take, &out, &d, NULL), 0);
	cr_assert_eq(jet_digest_entry(d, e, &hashes), 0, "%s", want);
	cr_assert_eq(jet_buf_terminate(&out), 0);
	line = strchr(out.data, '\n') + 1;
	cr_expect_str_eq(line, want, "got %swanted %s", line, want);
	jet_digest_close(d);
	jet_buf_clear(&out);
}

static struct jet_entry entry(enum jet_type type, uint32_t mode)
{
	return (struct jet_entry){
		.path = "a b", .path_len = 3, .type = type, .mode = mode, .flags = JET_ENTRY_STATED,
		.mtime_sec = 5, .rdev_major = 1, .rdev_minor = 3,
	};
}

Test(digest, every_type_has_its_line)
{
	static const struct {
		enum jet_type type;
		const char *plain, *normal;
	} rows[] = {
		{ JET_TYPE_FILE, "file 4711 7 " XXH " a\\040b\n", "file 0755 7 " XXH " a\\040b\n" },
		{ JET_TYPE_DIR, "dir 4711 a\\040b\n", "dir 0755 a\\040b\n" },
		{ JET_TYPE_FIFO, "fifo 4711 a\\040b\n", "fifo 0644 a\\040b\n" },
		{ JET_TYPE_SOCKET, "socket 4711 a\\040b\n", "socket 0644 a\\040b\n" },
		{ JET_TYPE_CHAR, "char 4711 1 3 a\\040b\n", "char 0644 1 3 a\\040b\n" },
		{ JET_TYPE_BLOCK, "block 4711 1 3 a\\040b\n", "block 0644 1 3 a\\040b\n" },
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct jet_entry e = entry(rows[i].type, 04711);

		e.size = rows[i].type == JET_TYPE_FILE ? 7 : 0;
		expect(JET_HASH_XXH128, 0, &e, rows[i].plain);
		expect(JET_HASH_XXH128, JET_DIGEST_NORMALIZE, &e, rows[i].normal);
	}
}

Test(digest, links_have_no_mode)
{
	struct jet_entry link = entry(JET_TYPE_SYMLINK, 0777), second = entry(JET_TYPE_FILE, 0644);

	link.target = "x\\y";
	link.target_len = 3;
	second.hardlink = "\xFF";
	second.hardlink_len = 1;
	expect(JET_HASH_XXH128, 0, &link, "symlink a\\040b x\\134y\n");
	expect(JET_HASH_XXH128, 0, &second, "hardlink a\\040b \\377\n");
}

Test(digest, the_executable_bit_is_the_owners)
{
	const struct jet_entry owner = entry(JET_TYPE_FILE, 0100), others = entry(JET_TYPE_FILE, 0611);

	expect(JET_HASH_SHA256, JET_DIGEST_NORMALIZE, &owner, "file 0755 0 " SHA " a\\040b\n");
	expect(JET_HASH_SHA256, JET_DIGEST_NORMALIZE, &others, "file 0644 0 " SHA " a\\040b\n");
}

Test(digest, it_is_the_hash_of_the_text)
{
	static const unsigned kinds[] = { JET_HASH_XXH128, JET_HASH_SHA256 };

	for (size_t i = 0; i < 2; i++) {
		const struct jet_entry e = entry(JET_TYPE_FILE, 0644);
		struct jet_buf out = { 0 };
		struct jet_digest *d, *silent;
		struct jet_hasher *hasher;
		struct jet_hashes want;
		char text[JET_DIGEST_TEXT], again[JET_DIGEST_TEXT], expected[JET_DIGEST_TEXT];
		size_t n = i ? 32 : 16, at = 7;

		cr_assert_eq(jet_hasher_open(kinds[i], &hasher, NULL), 0);
		cr_assert_eq(jet_digest_open(kinds[i], 0, take, &out, &d, NULL), 0);
		cr_assert_eq(jet_digest_open(kinds[i], 0, NULL, NULL, &silent, NULL), 0);
		cr_assert_eq(jet_digest_entry(d, &e, &hashes), 0);
		cr_assert_eq(jet_digest_entry(silent, &e, &hashes), 0);
		cr_assert_eq(jet_digest_text(d, "word", "a b", 3), 0);
		cr_assert_eq(jet_digest_text(silent, "word", "a b", 3), 0);
		cr_assert_eq(jet_digest_finish(d, text, NULL), 0);
		cr_assert_eq(jet_digest_finish(silent, again, NULL), 0);
		cr_assert_eq(jet_hasher_bytes(hasher, out.data, out.len, &want, NULL), 0);
		strcpy(expected, i ? "sha256:" : "xxh128:");
		for (size_t k = 0; k < n; k++, at += 2)
			snprintf(expected + at, 3, "%02x", i ? want.sha256[k] : want.xxh128[k]);
		cr_expect_str_eq(text, expected);
		cr_expect_str_eq(again, expected);
		jet_digest_close(d);
		jet_digest_close(silent);
		jet_hasher_close(hasher);
		jet_buf_clear(&out);
	}
}

static int refuse(void *ctx, const void *data, size_t len)
{
	(void)data;
	(void)len;
	return (*(int *)ctx)-- <= 0;
}

Test(digest, what_cannot_be_done_is_said)
{
	const struct jet_entry e = entry(JET_TYPE_FILE, 0644);
	struct jet_digest *d;
	int lines = 0;

	cr_expect_eq(jet_digest_open(0, 0, NULL, NULL, &d, NULL), JET_E_ARG);
	cr_expect_eq(jet_digest_open(JET_HASH_XXH128 | JET_HASH_SHA256, 0, NULL, NULL, &d, NULL), JET_E_ARG);
	cr_expect_eq(jet_digest_open(JET_HASH_XXH128, 0, refuse, &lines, &d, NULL), JET_E_WRITE);
	cr_expect_null(d);
	jet_digest_close(NULL);
	lines = 1;
	cr_assert_eq(jet_digest_open(JET_HASH_XXH128, 0, refuse, &lines, &d, NULL), 0);
	cr_expect_eq(jet_digest_entry(d, &e, NULL), JET_E_ARG);
	cr_expect_eq(jet_digest_entry(d, &e, &hashes), JET_E_WRITE);
	jet_digest_close(d);
}
