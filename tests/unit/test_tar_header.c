/* SPDX-License-Identifier: Apache-2.0 */
#include "sink/tar_header.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* ---- reading headers ---------------------------------------------------- */

static uint64_t octal(const char *field)
{
	return strtoull(field, NULL, 8);
}

/* Checks what every block must have. */
static void check_block(const char *block, const char *row)
{
	unsigned sum = 0;

	for (size_t i = 0; i < JET_TAR_BLOCK; i++)
		sum += i >= 148 && i < 156 ? ' ' : (unsigned char)block[i];
	cr_expect_eq(octal(block + 148), sum, "%s: checksum", row);
	cr_expect(memcmp(block + 257, "ustar\0" "00", 8) == 0, "%s: magic", row);
	cr_expect(octal(block + 108) == 0 && octal(block + 116) == 0, "%s: owner", row);
	cr_expect(!block[265] && !block[297], "%s: names of the owner", row);
}

/* The value of a pax record, and that all of them are well formed. */
static const char *pax_value(const char *records, size_t len, const char *key, size_t *value_len)
{
	const char *found = NULL;

	for (size_t at = 0; at < len;) {
		char *end;
		size_t n = strtoul(records + at, &end, 10);
		size_t head = (size_t)(end - records) + 1 + strlen(key) + 1;

		cr_assert(*end == ' ' && n > 0 && at + n <= len && records[at + n - 1] == '\n',
		          "a record is malformed");
		if (strncmp(end + 1, key, strlen(key)) == 0 && end[1 + strlen(key)] == '=') {
			found = records + head;
			*value_len = at + n - 1 - head;
		}
		at += n;
	}
	return found;
}

struct header {
	struct jet_buf buf;
	bool plain;
	const char *main;    /* the block of the member itself */
	const char *records; /* pax, or NULL */
	size_t records_len;
};

static struct header make(const struct jet_tar_member *m, const char *row)
{
	struct header h = { .records = NULL };

	cr_assert_eq(jet_tar_header(&h.buf, m, &h.plain), 0);
	cr_assert_eq(h.buf.len % JET_TAR_BLOCK, 0);
	h.main = h.buf.data + h.buf.len - JET_TAR_BLOCK;
	if (!h.plain) {
		cr_assert_eq(h.buf.data[156], 'x', "%s", row);
		check_block(h.buf.data, row);
		h.records = h.buf.data + JET_TAR_BLOCK;
		h.records_len = octal(h.buf.data + 124);
		cr_assert_eq(h.buf.len, 2 * JET_TAR_BLOCK + (h.records_len + 511) / 512 * 512);
	} else {
		cr_assert_eq(h.buf.len, JET_TAR_BLOCK, "%s", row);
	}
	check_block(h.main, row);
	return h;
}

/* The path that a reader puts together, at most 256 bytes. */
static void ustar_path(const char *block, char *path)
{
	path[0] = '\0';
	if (block[345]) {
		strncat(path, block + 345, 155);
		strcat(path, "/");
	}
	strncat(path, block, 100);
}

static bool has_record(const struct header *h, const char *key, const char *value, size_t len)
{
	size_t n = 0;
	const char *got = h->records ? pax_value(h->records, h->records_len, key, &n) : NULL;

	return got && n == len && memcmp(got, value, len) == 0;
}

static bool has_key(const struct header *h, const char *key)
{
	size_t n;

	return h->records && pax_value(h->records, h->records_len, key, &n);
}

/* ---- tests -------------------------------------------------------------- */

Test(tar_header, a_file_has_its_numbers_in_octal)
{
	const struct jet_tar_member m = {
		.type = '0', .path = "a/b", .path_len = 3, .mode = 04751, .size = 0777, .mtime = 1234567890,
	};
	struct header h = make(&m, "file");

	cr_expect(h.plain);
	cr_expect_str_eq(h.main, "a/b");
	cr_expect_str_eq(h.main + 100, "0004751");
	cr_expect_str_eq(h.main + 124, "00000000777");
	cr_expect_str_eq(h.main + 136, "11145401322");
	cr_expect_eq(h.main[156], '0');
	cr_expect_eq(octal(h.main + 329), 0);
	jet_buf_clear(&h.buf);
}

Test(tar_header, a_directory_ends_in_a_slash)
{
	const struct jet_tar_member m = { .type = '5', .path = "a/b", .path_len = 3, .mode = 0755 };
	struct header h = make(&m, "directory");

	cr_expect_str_eq(h.main, "a/b/");
	jet_buf_clear(&h.buf);
}

Test(tar_header, a_device_has_its_numbers)
{
	const struct jet_tar_member m = {
		.type = '4', .path = "dev", .path_len = 3, .major = 259, .minor = 1048575,
	};
	struct header h = make(&m, "device");

	cr_expect_eq(octal(h.main + 329), 259);
	cr_expect_eq(octal(h.main + 337), 1048575);
	jet_buf_clear(&h.buf);
}

/* A path of components of these lengths. */
static size_t make_path(char *path, const size_t *parts)
{
	size_t len = 0;

	for (size_t i = 0; parts[i]; i++) {
		if (i)
			path[len++] = '/';
		memset(path + len, 'a' + (int)i, parts[i]);
		len += parts[i];
	}
	path[len] = '\0';
	return len;
}

Test(tar_header, long_paths_are_split_or_become_a_record)
{
	static const struct {
		size_t parts[5];
		char type;
		bool plain;
	} rows[] = {
		{ { 100 }, '0', true },
		{ { 101 }, '0', false },
		{ { 99 }, '5', true },
		{ { 100 }, '5', false },       /* the "/" is one too many */
		{ { 1, 99 }, '0', true },
		{ { 1, 100 }, '0', true },
		{ { 1, 101 }, '0', false },
		{ { 155, 100 }, '0', true },
		{ { 156, 100 }, '0', false },
		{ { 155, 101 }, '0', false },
		{ { 156, 1 }, '0', false },
		{ { 155, 1 }, '0', true },
		{ { 155, 99 }, '5', true },
		{ { 155, 100 }, '5', false },
		{ { 50, 50, 50, 50 }, '0', true },
		{ { 50, 104, 50, 49 }, '0', true },
		{ { 50, 105, 50, 49 }, '0', false },
		{ { 100, 100, 54 }, '0', false },
		{ { 200, 200 }, '0', false },
		{ { 4000 }, '0', false },
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		char path[4200], got[260], row[16];
		const size_t len = make_path(path, rows[i].parts);
		const struct jet_tar_member m = { .type = rows[i].type, .path = path, .path_len = len };
		struct header h;

		snprintf(row, sizeof(row), "row %zu", i);
		h = make(&m, row);
		if (rows[i].type == '5')
			strcat(path, "/");
		cr_expect_eq(h.plain, rows[i].plain, "%s", row);
		ustar_path(h.main, got);
		if (h.plain)
			cr_expect_str_eq(got, path, "%s", row);
		else
			cr_expect(has_record(&h, "path", path, strlen(path)), "%s", row);
		cr_expect_not(has_key(&h, "hdrcharset"), "%s", row);
		jet_buf_clear(&h.buf);
	}
}

Test(tar_header, a_record_counts_its_own_digits)
{
	/* From 9 to 10, 99 to 100 and 999 to 1000 bytes: make() checks each. */
	static char path[1100];

	memset(path, 'x', sizeof(path));
	for (size_t len = 101; len < sizeof(path); len++) {
		const struct jet_tar_member m = { .type = '0', .path = path, .path_len = len };
		struct header h = make(&m, "record");

		cr_assert(has_record(&h, "path", path, len), "%zu bytes", len);
		jet_buf_clear(&h.buf);
	}
}

Test(tar_header, long_link_targets_become_a_record)
{
	static char target[300];

	memset(target, 't', sizeof(target));
	for (size_t len = 99; len < sizeof(target); len += len == 101 ? 150 : 1) {
		const struct jet_tar_member m = {
			.type = '2', .path = "l", .path_len = 1, .link = target, .link_len = len,
		};
		struct header h = make(&m, "link");

		cr_expect_eq(h.plain, len <= 100, "%zu bytes", len);
		if (h.plain)
			cr_expect(memcmp(h.main + 157, target, len) == 0 &&
			          (len == 100 || !h.main[157 + len]),
			          "%zu bytes", len);
		else
			cr_expect(has_record(&h, "linkpath", target, len), "%zu bytes", len);
		jet_buf_clear(&h.buf);
	}
}

Test(tar_header, numbers_that_do_not_fit_become_records)
{
	static const struct {
		uint64_t size;
		int64_t mtime;
		const char *key, *value; /* NULL: plain */
	} rows[] = {
		{ UINT64_C(8589934591), 0, NULL, NULL },
		{ UINT64_C(8589934592), 0, "size", "8589934592" },
		{ UINT64_C(1) << 60, 0, "size", "1152921504606846976" },
		{ 0, 0, NULL, NULL },
		{ 0, INT64_C(8589934591), NULL, NULL },
		{ 0, INT64_C(8589934592), "mtime", "8589934592" },
		{ 0, -1, "mtime", "-1" },
		{ 0, INT64_MIN, "mtime", "-9223372036854775808" },
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		const struct jet_tar_member m = {
			.type = '0', .path = "f", .path_len = 1, .size = rows[i].size, .mtime = rows[i].mtime,
		};
		struct header h = make(&m, "number");

		cr_expect_eq(h.plain, !rows[i].key, "row %zu", i);
		if (rows[i].key)
			cr_expect(has_record(&h, rows[i].key, rows[i].value, strlen(rows[i].value)),
			          "row %zu", i);
		else
			cr_expect(octal(h.main + 124) == rows[i].size &&
			                  octal(h.main + 136) == (uint64_t)rows[i].mtime,
			          "row %zu", i);
		jet_buf_clear(&h.buf);
	}
}

Test(tar_header, records_say_binary_first_where_a_value_is_no_utf8)
{
	char path[150], link[150];

	memset(path, 'p', sizeof(path));
	memset(link, 'l', sizeof(link));
	for (int bad_path = 0; bad_path < 2; bad_path++) {
		for (int bad_link = 0; bad_link < 2; bad_link++) {
			const struct jet_tar_member m = {
				.type = '2', .path = path, .path_len = sizeof(path),
				.link = link, .link_len = sizeof(link),
			};
			struct header h;

			path[7] = bad_path ? '\xFF' : 'p';
			link[7] = bad_link ? '\xFF' : 'l';
			h = make(&m, "charset");
			cr_expect_eq(has_record(&h, "hdrcharset", "BINARY", 6), bad_path || bad_link);
			if (bad_path || bad_link)
				cr_expect(strncmp(h.records, "21 hdrcharset=BINARY\n", 21) == 0);
			cr_expect(has_record(&h, "path", path, sizeof(path)));
			cr_expect(has_record(&h, "linkpath", link, sizeof(link)));
			jet_buf_clear(&h.buf);
		}
	}
}

Test(tar_header, short_names_are_written_as_they_are)
{
	const struct jet_tar_member m = {
		.type = '2', .path = "q\xFF", .path_len = 2, .link = "\xC3\xA9", .link_len = 2,
	};
	struct header h = make(&m, "short");

	cr_expect(h.plain);
	cr_expect_str_eq(h.main, "q\xFF");
	cr_expect_str_eq(h.main + 157, "\xC3\xA9");
	jet_buf_clear(&h.buf);
}

Test(tar_header, headers_are_appended)
{
	const struct jet_tar_member m = { .type = '0', .path = "f", .path_len = 1 };
	struct jet_buf buf = { 0 };
	bool plain;

	cr_assert_eq(jet_tar_header(&buf, &m, &plain), 0);
	cr_assert_eq(jet_tar_header(&buf, &m, &plain), 0);
	cr_assert_eq(buf.len, 2 * JET_TAR_BLOCK);
	cr_expect_arr_eq(buf.data, buf.data + JET_TAR_BLOCK, JET_TAR_BLOCK);
	jet_buf_clear(&buf);
}

Test(tar_header, fractions_of_a_second_are_decimal)
{
	static const struct {
		int64_t sec;
		uint32_t nsec;
		const char *want; /* NULL: no record */
	} rows[] = {
		{ 0, 0, NULL },
		{ 1, 1, "1.000000001" },
		{ 1, 500000000, "1.5" },
		{ 10, 0, NULL },
		{ 8589934592, 0, "8589934592" },
		{ 8589934592, 900, "8589934592.0000009" },
		{ -1, 0, "-1" },
		/* a quarter of a second before 1970 */
		{ -1, 750000000, "-0.25" },
		{ -2, 999999999, "-1.000000001" },
		{ INT64_MIN, 0, "-9223372036854775808" },
		{ INT64_MIN, 1, "-9223372036854775807.999999999" },
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		const struct jet_tar_member m = {
			.type = '0', .path = "f", .path_len = 1, .mtime = rows[i].sec,
			.mtime_nsec = rows[i].nsec,
		};
		struct header h = make(&m, "time");

		cr_expect_eq(h.plain, !rows[i].want, "row %zu", i);
		if (rows[i].want)
			cr_expect(has_record(&h, "mtime", rows[i].want, strlen(rows[i].want)), "row %zu", i);
		jet_buf_clear(&h.buf);
	}
}

Test(tar_header, extended_attributes_are_records)
{
	char bytes[] = "user.a\0x\0y\0user.b=%\0z";
	struct jet_xattr items[] = { { 0, 7, 3 }, { 11, 20, 1 } };
	const struct jet_xattrs xattrs = {
		.items = items, .n = 2, .bytes = { .data = bytes, .len = sizeof(bytes) - 1 },
	};
	const struct jet_tar_member m = { .type = '0', .path = "f", .path_len = 1, .xattrs = &xattrs };
	struct header h = make(&m, "xattrs");

	cr_expect(has_record(&h, "SCHILY.xattr.user.a", "x\0y", 3));
	cr_expect(has_record(&h, "SCHILY.xattr.user.b%3D%25", "z", 1));
	jet_buf_clear(&h.buf);
}
