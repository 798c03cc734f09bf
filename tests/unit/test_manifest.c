/* SPDX-License-Identifier: Apache-2.0 */
#include "base/buf.h"
#include "jettison.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { ALL = JET_HASH_XXH128 | JET_HASH_SHA256 };

#define SHA "ab000000000000000000000000000000000000000000000000000000000000cd"
#define XXH "010000000000000000000000000000ef"

static int take(void *ctx, const void *data, size_t len)
{
	return jet_buf_append(ctx, data, len);
}

/* What a manifest with one entry looks like. */
static char *manifest_of(enum jet_manifest_format format, unsigned kinds, const struct jet_entry *e,
                         bool hashed)
{
	const struct jet_hashes hashes = {
		.kinds = ALL, .xxh128 = { [0] = 1, [15] = 0xEF }, .sha256 = { [0] = 0xAB, [31] = 0xCD },
	};
	struct jet_buf out = { 0 };
	struct jet_manifest *m;

	cr_assert_eq(jet_manifest_open(format, kinds, NULL, take, &out, &m), 0);
	cr_assert_eq(jet_manifest_entry(m, e, hashed ? &hashes : NULL), 0);
	jet_manifest_close(m);
	cr_assert_eq(jet_buf_terminate(&out), 0);
	return out.data;
}

static struct jet_entry file(const char *path)
{
	return (struct jet_entry){
		.path = path, .path_len = strlen(path), .type = JET_TYPE_FILE, .flags = JET_ENTRY_STATED,
		.mode = 04755, .size = 12345678901, .mtime_sec = 1700000000, .mtime_nsec = 42,
	};
}

static void expect(enum jet_manifest_format format, unsigned kinds, const struct jet_entry *e,
                   bool hashed, const char *want)
{
	char *got = manifest_of(format, kinds, e, hashed);

	cr_expect_str_eq(got, want, "got\n%swanted\n%s", got, want);
	free(got);
}

Test(manifest, formats_have_names)
{
	static const char *const names[] = { "ndjson", "mtree", "xxh128sum", "sha256sum", "csv" };
	enum jet_manifest_format format;

	for (size_t i = 0; i < 5; i++) {
		cr_assert_eq(jet_manifest_parse(names[i], &format), 0, "%s", names[i]);
		cr_expect_eq(format, i);
	}
	cr_expect_eq(jet_manifest_parse("json", &format), JET_E_ARG);
	cr_expect_eq(jet_manifest_parse("", &format), JET_E_ARG);
}

Test(manifest, a_format_has_a_place_for_some_hashes)
{
	static const struct {
		enum jet_manifest_format format;
		unsigned asked, kinds;
	} rows[] = {
		{ JET_MANIFEST_NDJSON, 0, JET_HASH_XXH128 },
		{ JET_MANIFEST_NDJSON, ALL, ALL },
		{ JET_MANIFEST_MTREE, 0, JET_HASH_XXH128 },
		{ JET_MANIFEST_MTREE, JET_HASH_SHA256, JET_HASH_SHA256 },
		{ JET_MANIFEST_CSV, ALL, ALL },
		{ JET_MANIFEST_XXH128SUM, 0, JET_HASH_XXH128 },
		{ JET_MANIFEST_XXH128SUM, JET_HASH_SHA256, 0 },
		{ JET_MANIFEST_XXH128SUM, ALL, 0 },
		{ JET_MANIFEST_SHA256SUM, 0, JET_HASH_SHA256 },
		{ JET_MANIFEST_SHA256SUM, JET_HASH_XXH128, 0 },
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct jet_error err = { 0 };

		cr_expect_eq(jet_manifest_kinds(rows[i].format, rows[i].asked, &err), rows[i].kinds,
		             "row %zu", i);
		cr_expect_eq(err.code, rows[i].kinds ? 0 : JET_E_ARG);
	}
}

Test(manifest, sums_escape_names_as_their_tools_read_them)
{
	static const struct {
		const char *path, *sha256, *xxh128;
	} rows[] = {
		{ "a b/c", SHA "  a b/c\n", XXH "  a b/c\n" },
		{ " a", SHA "  ./ a\n", XXH "  ./ a\n" },
		{ "-", SHA "  ./-\n", XXH "  ./-\n" },
		{ "*a", SHA "  ./*a\n", XXH "  ./*a\n" },
		{ "a\\b", "\\" SHA "  a\\\\b\n", XXH "  a\\b\n" },
		{ "a\rb", "\\" SHA "  a\\rb\n", XXH "  a\rb\n" },
		{ "a\nb\\\r", "\\" SHA "  a\\nb\\\\\\r\n", "\\" XXH "  a\\nb\\\\\\r\n" },
		{ "\xFF", SHA "  \xFF\n", XXH "  \xFF\n" },
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		const struct jet_entry e = file(rows[i].path);

		expect(JET_MANIFEST_SHA256SUM, ALL, &e, true, rows[i].sha256);
		expect(JET_MANIFEST_XXH128SUM, ALL, &e, true, rows[i].xxh128);
	}
}

Test(manifest, sums_hold_contents_only)
{
	const struct jet_entry dir = { .path = "d", .path_len = 1, .type = JET_TYPE_DIR };

	expect(JET_MANIFEST_SHA256SUM, ALL, &dir, false, "");
	expect(JET_MANIFEST_XXH128SUM, ALL, &dir, false, "");
}

#define HEADER "path,type,mode,size,mtime,major,minor,target,hardlink,emptied,xxh128,sha256\n"
#define STAT ",file,4755,12345678901,1700000000.000000042,,,"

Test(manifest, csv_quotes_what_it_must)
{
	static const struct {
		const char *path, *want;
	} rows[] = {
		{ "a b", "a b" }, { " a", " a" },          { "a,b", "\"a,b\"" }, { "\"", "\"\"\"\"" },
		{ "a\nb", "\"a\nb\"" }, { "\r", "\"\r\"" }, { "\xFF\\", "\xFF\\" },
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		const struct jet_entry e = file(rows[i].path);
		char want[300];

		snprintf(want, sizeof(want), HEADER "%s" STAT ",,," XXH "," SHA "\n", rows[i].want);
		expect(JET_MANIFEST_CSV, ALL, &e, true, want);
	}
}

/* Decimal numbers but in mtree, whose readers add the nanoseconds to the seconds. */
Test(manifest, times_before_1970_are_as_readers_take_them)
{
	struct jet_entry e = file("a");

	e.mtime_sec = -1;
	e.mtime_nsec = 500000000;
	expect(JET_MANIFEST_CSV, ALL, &e, false, HEADER "a,file,4755,12345678901,-0.500000000,,,,,,,\n");
	expect(JET_MANIFEST_MTREE, ALL, &e, false,
	       "#mtree\n./a type=file mode=4755 time=-1.500000000 size=12345678901\n");
	e.mtime_sec = -8;
	e.mtime_nsec = 1;
	expect(JET_MANIFEST_CSV, ALL, &e, false, HEADER "a,file,4755,12345678901,-7.999999999,,,,,,,\n");
}

Test(manifest, csv_leaves_empty_what_is_not_there)
{
	struct jet_entry e = file("a");
	const struct jet_entry link = {
		.path = "l", .path_len = 1, .type = JET_TYPE_SYMLINK, .target = "x,y", .target_len = 3,
	};
	const struct jet_entry device = {
		.path = "n", .path_len = 1, .type = JET_TYPE_CHAR, .flags = JET_ENTRY_STATED,
		.rdev_major = 1, .rdev_minor = 3,
	};

	expect(JET_MANIFEST_CSV, JET_HASH_SHA256, &e, true, HEADER "a" STAT ",,,," SHA "\n");
	e.flags |= JET_ENTRY_EMPTIED;
	e.hardlink = "b";
	e.hardlink_len = 1;
	expect(JET_MANIFEST_CSV, ALL, &e, false, HEADER "a" STAT ",b,true,,\n");
	expect(JET_MANIFEST_CSV, ALL, &link, false, HEADER "l,symlink,,,,,,\"x,y\",,,,\n");
	expect(JET_MANIFEST_CSV, ALL, &device, false, HEADER "n,char,0000,0,0.000000000,1,3,,,,,\n");
}

Test(manifest, mtree_writes_names_as_libarchive_does)
{
	static const struct {
		const char *path, *want;
	} rows[] = {
		{ "a/b", "./a/b" },
		{ " #*=?[\\", "./\\040\\043\\052\\075\\077\\133\\134" },
		{ "!\"$%&'()+,-.:;<>@]^_`{|}~", "./!\"$%&'()+,-.:;<>@]^_`{|}~" },
		{ "\xC3\xA9\n\x7F", "./\\303\\251\\012\\177" },
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		const struct jet_entry e = file(rows[i].path);
		char want[300];

		snprintf(want, sizeof(want),
		         "#mtree\n%s type=file mode=4755 time=1700000000.000000042 size=12345678901\n",
		         rows[i].want);
		expect(JET_MANIFEST_MTREE, ALL, &e, false, want);
	}
}

Test(manifest, mtree_has_keywords_for_the_rest)
{
	const struct jet_entry e = file("a");
	const struct jet_entry link = {
		.path = "l", .path_len = 1, .type = JET_TYPE_SYMLINK, .target = "x y", .target_len = 3,
	};
	const struct jet_entry device = {
		.path = "n", .path_len = 1, .type = JET_TYPE_BLOCK, .flags = JET_ENTRY_STATED,
		.mode = 0600, .rdev_major = 8, .rdev_minor = 1,
	};
	const struct jet_entry unknown = { .path = "u", .path_len = 1, .type = JET_TYPE_UNKNOWN };

	expect(JET_MANIFEST_MTREE, ALL, &e, true,
	       "#mtree\n#xxh128=" XXH "\n./a type=file mode=4755 time=1700000000.000000042 "
	       "size=12345678901 sha256digest=" SHA "\n");
	expect(JET_MANIFEST_MTREE, ALL, &link, false, "#mtree\n./l type=link link=x\\040y\n");
	expect(JET_MANIFEST_MTREE, ALL, &device, false,
	       "#mtree\n./n type=block mode=0600 time=0.000000000 device=native,8,1\n");
	expect(JET_MANIFEST_MTREE, ALL, &unknown, false, "#mtree\n./u\n");
}

static int refuse(void *ctx, const void *data, size_t len)
{
	(void)ctx;
	(void)data;
	(void)len;
	return 5;
}

Test(manifest, a_line_that_cannot_be_written_is_reported)
{
	const struct jet_entry e = file("a");
	struct jet_manifest *m;

	cr_assert_eq(jet_manifest_open(JET_MANIFEST_NDJSON, ALL, NULL, refuse, NULL, &m), 0);
	cr_expect_eq(jet_manifest_entry(m, &e, NULL), JET_E_WRITE);
	jet_manifest_close(m);
	cr_expect_eq(jet_manifest_open(JET_MANIFEST_CSV, ALL, NULL, refuse, NULL, &m), JET_E_WRITE);
	cr_expect_null(m);
	jet_manifest_close(NULL);
}
