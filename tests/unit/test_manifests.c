/* SPDX-License-Identifier: Apache-2.0 */
/* Manifests of every format, read: what is taken, what is refused and where. */
#include "unit/inventory_text.h"

#include "base/buf.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define XXH "ab0000000000000000000000000000ef"
#define SHA "cd000000000000000000000000000000000000000000000000000000000000ef"

struct row {
	const char *text, *want; /* an inventory, or "LINE:COLUMN: fault" */
};

static void expect(const struct row *row)
{
	struct jet_inventory inv = { 0 };
	struct jet_error err = { 0 };
	char fault[600], *got;
	int rc = inventory_read(&inv, row->text, strlen(row->text), &err);

	if (rc == 0) {
		got = inventory_text(&inv);
	} else {
		cr_expect_eq(rc, JET_E_FORMAT);
		cr_expect_str_eq(err.file, "m");
		snprintf(fault, sizeof(fault), "%u:%u: %s", (unsigned)err.line, (unsigned)err.column,
		         err.message);
		got = strdup(fault);
	}
	cr_expect_str_eq(got, row->want, "%s\ngot    %s\nwanted %s", row->text, got, row->want);
	free(got);
	jet_inventory_clear(&inv);
}

#define EXPECT_ALL(rows)                                                   \
	do {                                                               \
		for (size_t i = 0; i < sizeof(rows) / sizeof((rows)[0]); i++) \
			expect(&(rows)[i]);                                \
	} while (0)

Test(manifests, json_lines)
{
	static const struct row rows[] = {
		{ "", "" },
		{ "{\"path\":\"a\",\"type\":\"file\"}", "file a;" },
		{ "{\"path\":\"b\",\"type\":\"dir\",\"mode\":\"1777\"}\n{\"type\":\"fifo\",\"path\":\"a\"}\n",
		  "fifo a;dir b 1777;" },
		{ "{\"path\":\"a\",\"type\":\"file\",\"mode\":\"0644\",\"size\":12,\"mtime\":\"5.000000042\","
		  "\"xxh128\":\"" XXH "\",\"sha256\":\"" SHA "\",\"hardlink\":\"b\",\"by\":[\"D:1\"],"
		  "\"emptied\":true,\"new\":{\"x\":[1]}}",
		  "file a 0644 12 5.000000042 =b x:ab s:cd;" },
		{ "{\"path_b64\":\"/w==\",\"type\":\"symlink\",\"target_b64\":\"Yf4=\"}",
		  "symlink \xFF ->a\xFE;" },
		{ "{\"path\":\"n\",\"type\":\"char\",\"major\":1,\"minor\":3}", "char n 1,3;" },
		{ "{\"path\":\"./a\",\"type\":\"file\",\"mtime\":\"-7\"}", "file a -7;" },
		{ "{\"path\":\"a\"}", "1:1: an entry without type" },
		{ "{\"type\":\"file\"}", "1:1: an entry without path" },
		{ "{}", "1:1: an entry without path" },
		{ "{\"path\":\"a\",\"type\":\"fifo\",\"xxh128\":\"" XXH "\"}",
		  "1:1: a hash of what is no file" },
		{ "{\"path\":\"a\",\"type\":\"file\"}\n\n", "2:1: an object is missing" },
		{ "{\"path\":\"a\",\"type\":\"file\"}\n[1]", "2:1: an object is missing" },
		{ "{\"path\":\"a\",\"type\":\"file\"}\n{\"path\":\"b\",\"type\":\"file\"}\n"
		  "{\"path\":\"a\",\"type\":\"dir\"}", "3:0: \"a\" is there twice" },
		{ "{\"path\":\"a\",\"path_b64\":\"YQ==\"}", "1:24: the same member twice" },
		{ "{\"path\":\"a\",\"type\":\"hole\"}", "1:20: no such type" },
		{ "{\"path\":1}", "1:9: a string is missing" },
		{ "{\"path\":\"a\",\"size\":\"1\"}", "1:20: a number is missing" },
		{ "{\"path\":\"a\",\"size\":-1}", "1:20: no size" },
		{ "{\"path\":\"a\",\"size\":1.5}", "1:20: no size" },
		{ "{\"path\":\"a\",\"size\":9223372036854775808}", "1:20: no size" },
		{ "{\"path\":\"a\",\"mode\":\"10000\"}", "1:20: no mode" },
		{ "{\"path\":\"a\",\"mode\":\"0888\"}", "1:20: no mode" },
		{ "{\"path\":\"a\",\"mtime\":\"1.5\"}", "1:21: no time: the fraction has nine digits" },
		{ "{\"path\":\"a\",\"mtime\":\"x\"}", "1:21: no time" },
		{ "{\"path\":\"a\",\"xxh128\":\"ab\"}", "1:22: a hash of the wrong length" },
		{ "{\"path\":\"a\",\"xxh128\":\"AB0000000000000000000000000000EF\"}",
		  "1:22: a hash is lower-case hexadecimal" },
		{ "{\"path_b64\":\"a\"}", "1:13: no base64" },
		{ "{\"path\":\"\"}", "1:9: no path below the context" },
		{ "{\"path\":\"/a\"}", "1:9: no path below the context" },
		{ "{\"path\":\"a/../b\"}", "1:9: no path below the context" },
		{ "{\"path\":\"a/\"}", "1:9: no path below the context" },
		{ "{\"path\":\"a\\u0000b\"}", "1:9: no path below the context" },
		{ "{\"path\":\"a\",\"target\":\"\"}", "1:22: no target of a link" },
		{ "{\"path\":\"a\"", "1:12: a comma is missing" },
	};

	EXPECT_ALL(rows);
}

Test(manifests, sums)
{
	static const struct row rows[] = {
		{ SHA "  a\n", "file a s:cd;" },
		{ XXH "  b c\n" XXH " *a", "file a x:ab;file b c x:ab;" },
		{ XXH "   a\n", "file  a x:ab;" },
		{ XXH "  ./-\n", "file - x:ab;" },
		{ XXH "  a\\b\n", "file a\\b x:ab;" },
		{ "\\" SHA "  a\\nb\\\\\\r\n", "file a\nb\\\r s:cd;" },
		{ XXH "  a\n" SHA "  b\n", "file a x:ab;file b s:cd;" },
		{ XXH "  a\nabc  b\n", "2:1: a hash of the wrong length" },
		{ XXH "  a\n" XXH " a\n", "2:33: two blanks and a name are missing" },
		{ XXH "  a\n" XXH "\n", "2:33: two blanks and a name are missing" },
		{ XXH "  a\n" XXH "  \n", "2:33: two blanks and a name are missing" },
		{ XXH "  a\n\n", "2:1: a hash of the wrong length" },
		{ "XXH128 (a) = " XXH "\nXXH128 (b) = ab\n", "2:1: (NAME) = and a hash are missing" },
		{ "XXH128 () = " XXH "\n", "1:9: no path below the context" },
		{ "MD5 (a) = " XXH "\n", "1:1: only lists of sha256sum and of xxhsum -H2 can be compared: "
		                         "this is another hash" },
		{ "\\XXH128 (a\\x) = " XXH "\n", "1:10: no such escape in a name" },
		{ XXH "  a\n\\" XXH "  b\\x\n", "2:36: no such escape in a name" },
		{ XXH "  a\n\\" XXH "  b\\\n", "2:36: no such escape in a name" },
		{ XXH "  /etc/passwd\n", "1:35: no path below the context" },
		{ XXH "  ../x\n", "1:35: no path below the context" },
		{ XXH "  a\n" XXH "  ./a\n", "2:0: \"a\" is there twice" },
	};

	EXPECT_ALL(rows);
}

Test(manifests, csv)
{
	static const struct row rows[] = {
		{ "path,type\n", "" },
		{ "path,type\na,file\n", "file a;" },
		{ "path,type\r\na,file\r\nb,dir", "file a;dir b;" },
		{ "type,other,path\nfile,\"x\ny\",\"a,\"\"b\"\"\nc\"\n", "file a,\"b\"\nc;" },
		{ "path,type,mode,size,mtime,major,minor,target,hardlink,emptied,xxh128,sha256\n"
		  "a,file,0644,3,5.000000001,,,,b,true," XXH "," SHA "\nl,symlink,,,,,, t,,,,\n",
		  "file a 0644 3 5.000000001 =b x:ab s:cd;symlink l -> t;" },
		{ "path,type,mtime\na,file,-0.500000000\nb,file,-7.999999999\nc,file,-7.000000000\n",
		  "file a -1.500000000;file b -8.000000001;file c -7.000000000;" },
		{ "path,type\na\n", "2:2: fewer fields than the header has" },
		{ "path,type\na,file,x\n", "2:9: more fields than the header has" },
		{ "path,type\n\n", "2:1: fewer fields than the header has" },
		{ "path,type\na\"b,file\n", "2:2: a quote in the middle of a field" },
		{ "path,type\n\"a\"b,file\n", "2:4: a quote in the middle of a field" },
		{ "path,type\n\"a,file\n", "3:0: a quote without end" },
		{ "path,type\na\rb,file\n", "2:3: a CR without LF" },
		{ "path,type\n,file\n", "2:6: an entry without path" },
		{ "path,type\na,hole\n", "2:7: no such type" },
		{ "path,type\n\"x\ny\",file\n\"x\ny\",file\n", "4:0: \"x\ny\" is there twice" },
	};

	EXPECT_ALL(rows);
}

Test(manifests, mtree)
{
	static const struct row rows[] = {
		{ "#mtree\n", "" },
		{ "#mtree\n./a type=file mode=0644 size=3 time=5.42 sha256digest=" SHA "\n",
		  "file a 0644 3 5.000000042 s:cd;" },
		{ "#mtree v2.0\n# a comment\n\n. type=dir\n./b\\040c/d type=link link=x\\012\\\\y\n",
		  "symlink b c/d ->x\n\\y;" },
		{ "#mtree\n#xxh128=" XXH "\n./a type=file\n./b type=file\n", "file a x:ab;file b;" },
		{ "#mtree\n#xxh128=nothing\n./a type=file\n", "file a;" },
		{ "#mtree\n/set type=file mode=0600 uid=0\na\nb mode=0644\n/unset mode\nc\n"
		  "/set type=dir\nd/e\n",
		  "file a 0600;file b 0644;file c;dir d/e;" },
		{ "#mtree\n. type=dir\na type=dir\nf type=file\nb type=dir\ng type=file\n..\n"
		  "h type=file\n..\nz type=file\n..\n..\ny type=file\n",
		  "dir a;dir a/b;file a/b/g;file a/f;file a/h;file y;file z;" },
		{ "#mtree\na type=dir\n./x/y type=file\nb type=file\n", "dir a;file a/b;file x/y;" },
		{ "#mtree\n./a \\\n type=file \\\n size=7\n", "file a 7;" },
		{ "#mtree\n./n type=char device=native,1,3\n./o type=block device=0x801\n",
		  "char n 1,3;block o;" },
		{ "#mtree\n  ./a\ttype=file optional nochange uname=x flags=none contents=/etc/passwd\n",
		  "file a;" },
		{ "#mtree\n./a type=file time=-1.500000000\n", "file a -1.500000000;" },
		{ "#mtree\n./a type=hole\n", "2:5: no such type" },
		{ "#mtree\n./a\n", "2:4: an entry without type" },
		{ "#mtree\n./a type=file type=dir\n", "2:15: the same member twice" },
		{ "#mtree\n./a type=file mode=u+x\n", "2:15: no mode" },
		{ "#mtree\n./a type=file time=x\n", "2:15: no time" },
		{ "#mtree\n./\\777 type=file\n", "2:1: no such escape" },
		{ "#mtree\n./a\\", "2:4: an entry without type" },
		{ "#mtree\n/etc/passwd type=file\n", "2:1: no such command" },
		{ "#mtree\n../x type=file\n", "2:1: no path below the context" },
		{ "#mtree\n./a type=file\n./a type=file\n", "3:0: \"a\" is there twice" },
	};

	EXPECT_ALL(rows);
}

Test(manifests, a_name_may_not_become_much_more_than_it_is)
{
	struct jet_buf text = { 0 };
	struct jet_inventory inv = { 0 };
	struct jet_error err = { 0 };

	cr_assert_eq(jet_buf_text(&text, "#mtree\n/set type=dir\n"), 0);
	for (int i = 0; i < 100000; i++)
		cr_assert_eq(jet_buf_text(&text, "abc\n"), 0);
	cr_expect_eq(inventory_read(&inv, text.data, text.len, &err), JET_E_FORMAT);
	cr_expect_str_eq(err.message, "nested too deeply");
	jet_inventory_clear(&inv);
	jet_buf_clear(&text);
}

Test(manifests, what_is_none_is_taken_for_an_archive)
{
	static const char *const rows[] = { "x", "#mtre", "abc,def\n", "path", " {}", XXH " a" };

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct jet_input in = { 0 };
		enum jet_source source;

		cr_assert_eq(jet_input_memory(&in, rows[i], strlen(rows[i]), "m"), 0);
		cr_assert_eq(jet_source_guess(&in, &source, NULL), 0);
		cr_expect_eq(source, JET_SOURCE_ARCHIVE, "%s", rows[i]);
		jet_input_close(&in);
	}
}
