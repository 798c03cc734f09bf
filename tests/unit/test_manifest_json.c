/* SPDX-License-Identifier: Apache-2.0 */
#include "base/buf.h"
#include "jettison.h"

#include <criterion/criterion.h>
#include <string.h>

enum { ALL = JET_HASH_XXH128 | JET_HASH_SHA256 };

static int take(void *ctx, const void *data, size_t len)
{
	struct jet_buf *out = ctx;

	cr_expect_eq(out->len, 0, "called more than once");
	return jet_buf_append(out, data, len);
}

static void expect(const struct jet_entry *e, const struct jet_hashes *hashes, const char *want)
{
	struct jet_buf out = { 0 };
	struct jet_manifest *m;

	cr_assert_eq(jet_manifest_open(JET_MANIFEST_NDJSON, ALL, NULL, take, &out, &m), 0);
	cr_assert_eq(jet_manifest_entry(m, e, hashes), 0);
	cr_assert_eq(jet_buf_terminate(&out), 0);
	cr_expect_str_eq(out.data, want, "%s", out.data);
	jet_manifest_close(m);
	jet_buf_clear(&out);
}

Test(manifest_json, only_members_that_apply_are_there)
{
	static const struct {
		enum jet_type type;
		const char *name;
	} rows[] = {
		{ JET_TYPE_FILE, "file" }, { JET_TYPE_DIR, "dir" }, { JET_TYPE_SYMLINK, "symlink" },
		{ JET_TYPE_FIFO, "fifo" }, { JET_TYPE_CHAR, "char" }, { JET_TYPE_BLOCK, "block" },
		{ JET_TYPE_SOCKET, "socket" }, { JET_TYPE_UNKNOWN, "unknown" },
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		const struct jet_entry e = { .path = "a/b", .path_len = 3, .type = rows[i].type };
		char want[80] = "{\"path\":\"a/b\",\"type\":\"";

		strcat(strcat(want, rows[i].name), "\"}\n");
		expect(&e, NULL, want);
	}
}

Test(manifest_json, members_have_their_order)
{
	struct jet_hashes hashes = {
		.kinds = JET_HASH_XXH128, .xxh128 = { [1] = 1, [15] = 0xFF }, .sha256 = { [31] = 0xFE },
	};
	const struct jet_entry file = {
		.path = "d/f", .path_len = 3, .type = JET_TYPE_FILE,
		.flags = JET_ENTRY_STATED | JET_ENTRY_EMPTIED,
		.mode = 0644, .size = 12345678901, .mtime_sec = 1700000000, .mtime_nsec = 42,
		.hardlink = "a", .hardlink_len = 1,
	};
	const struct jet_entry link = {
		.path = "l", .path_len = 1, .type = JET_TYPE_SYMLINK, .flags = JET_ENTRY_STATED, .mode = 0777,
		.target = "../x", .target_len = 4,
	};

	expect(&file, &hashes,
	       "{\"path\":\"d/f\",\"type\":\"file\",\"mode\":\"0644\",\"size\":12345678901,"
	       "\"mtime\":\"1700000000.000000042\",\"xxh128\":\"000100000000000000000000000000ff\","
	       "\"emptied\":true,\"hardlink\":\"a\"}\n");
	hashes.kinds |= JET_HASH_SHA256;
	expect(&file, &hashes,
	       "{\"path\":\"d/f\",\"type\":\"file\",\"mode\":\"0644\",\"size\":12345678901,"
	       "\"mtime\":\"1700000000.000000042\",\"xxh128\":\"000100000000000000000000000000ff\","
	       "\"sha256\":\"00000000000000000000000000000000000000000000000000000000000000fe\","
	       "\"emptied\":true,\"hardlink\":\"a\"}\n");
	expect(&link, NULL,
	       "{\"path\":\"l\",\"type\":\"symlink\",\"mode\":\"0777\",\"size\":0,"
	       "\"mtime\":\"0.000000000\",\"target\":\"../x\"}\n");
}

Test(manifest_json, modes_have_four_digits_and_devices_numbers)
{
	const struct jet_entry dir = {
		.path = "t", .path_len = 1, .type = JET_TYPE_DIR, .flags = JET_ENTRY_STATED, .mode = 01777,
	};
	const struct jet_entry device = {
		.path = "n", .path_len = 1, .type = JET_TYPE_CHAR, .flags = JET_ENTRY_STATED, .mode = 0,
		.rdev_major = 1, .rdev_minor = 3,
	};

	expect(&dir, NULL,
	       "{\"path\":\"t\",\"type\":\"dir\",\"mode\":\"1777\",\"size\":0,\"mtime\":\"0.000000000\"}\n");
	expect(&device, NULL,
	       "{\"path\":\"n\",\"type\":\"char\",\"mode\":\"0000\",\"size\":0,\"mtime\":\"0.000000000\","
	       "\"major\":1,\"minor\":3}\n");
}

Test(manifest_json, bytes_that_are_no_utf8_are_base64)
{
	const struct jet_entry e = {
		.path = "\xFF", .path_len = 1, .type = JET_TYPE_SYMLINK, .target = "a\xFE", .target_len = 2,
		.hardlink = "\x80", .hardlink_len = 1,
	};
	const struct jet_entry mixed = {
		.path = "\xC3\xA9\n\"", .path_len = 4, .type = JET_TYPE_SYMLINK, .target = "\xFF",
		.target_len = 1,
	};

	expect(&e, NULL,
	       "{\"path_b64\":\"/w==\",\"type\":\"symlink\",\"target_b64\":\"Yf4=\","
	       "\"hardlink_b64\":\"gA==\"}\n");
	expect(&mixed, NULL,
	       "{\"path\":\"\xC3\xA9\\n\\\"\",\"type\":\"symlink\",\"target_b64\":\"/w==\"}\n");
}
