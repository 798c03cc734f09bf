/* SPDX-License-Identifier: Apache-2.0 */
#include "base/json_read.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* "key=kind:value;" of every member, then "!" and the fault with its place. */
static char *members_of(const char *text, size_t len)
{
	static const char kinds[] = { 's', 'n', 'b', '0', '*' };
	struct jet_json_text t = { .data = text, .len = len };
	struct jet_buf key = { 0 }, value = { 0 }, out = { 0 };
	int rc = jet_json_begin(&t);

	while (rc == 1 && (rc = jet_json_member(&t, &key)) == 1) {
		enum jet_json_kind kind;

		rc = jet_json_value(&t, &kind, &value);
		if (rc != 1)
			break;
		cr_assert_eq(jet_buf_append(&out, key.data, key.len), 0);
		cr_assert_eq(jet_buf_printf(&out, "=%c:", kinds[kind]), 0);
		cr_assert_eq(jet_buf_append(&out, value.data, value.len), 0);
		cr_assert_eq(jet_buf_byte(&out, ';'), 0);
	}
	cr_assert_eq(rc, 0);
	if (t.fault)
		cr_assert_eq(jet_buf_printf(&out, "!%s@%zu", t.fault, t.at), 0);
	cr_assert_eq(jet_buf_terminate(&out), 0);
	jet_buf_clear(&key);
	jet_buf_clear(&value);
	return out.data;
}

static const struct {
	const char *text, *want;
} rows[] = {
	{ "{}", "" },
	{ " { } \r", "" },
	{ "{\"a\":\"b\"}", "a=s:b;" },
	{ " {\t\"a\" : \"b\" , \"c\" :1 } ", "a=s:b;c=n:1;" },
	{ "{\"a\":true,\"b\":false,\"c\":null}", "a=b:true;b=b:false;c=0:;" },
	{ "{\"a\":-0,\"b\":0.5,\"c\":1e9,\"d\":12E-3}", "a=n:-0;b=n:0.5;c=n:1e9;d=n:12E-3;" },
	{ "{\"a\":\"\\\"\\\\\\/\\b\\f\\n\\r\\t\"}", "a=s:\"\\/\b\f\n\r\t;" },
	{ "{\"\\u0061\":\"\\u00e9\\u20AC\\ud83d\\uDE00\"}", "a=s:\xC3\xA9\xE2\x82\xAC\xF0\x9F\x98\x80;" },
	{ "{\"\":\"\"}", "=s:;" },
	{ "{\"a\":[],\"b\":{},\"c\":[1,[\"x\",{\"y\":[null]}]],\"d\":2}", "a=*:;b=*:;c=*:;d=n:2;" },
	{ "{\"a\":1,\"a\":2}", "a=n:1;a=n:2;" },
	{ "", "!an object is missing@0" },
	{ "[]", "!an object is missing@0" },
	{ "{", "!a member's name is missing@1" },
	{ "{\"a\"}", "!a colon is missing@4" },
	{ "{\"a\":}", "!a value is missing@5" },
	{ "{\"a\":1", "a=n:1;!a comma is missing@6" },
	{ "{\"a\":1,}", "a=n:1;!a member's name is missing@7" },
	{ "{,\"a\":1}", "!a member's name is missing@1" },
	{ "{\"a\":1 \"b\":2}", "a=n:1;!a comma is missing@7" },
	{ "{\"a\":1}x", "a=n:1;!more than one object in a line@7" },
	{ "{} {}", "!more than one object in a line@3" },
	{ "{\"a\":01}", "!no JSON number@7" },
	{ "{\"a\":-}", "!no JSON number@6" },
	{ "{\"a\":1.}", "!no JSON number@7" },
	{ "{\"a\":1e}", "!no JSON number@7" },
	{ "{\"a\":+1}", "!a value is missing@5" },
	{ "{\"a\":tru}", "!a value is missing@5" },
	{ "{\"a\":'b'}", "!a value is missing@5" },
	{ "{\"a\":\"b", "!a string without end@7" },
	{ "{\"a\":\"\\", "!no such escape in a string@7" },
	{ "{\"a\":\"\\x\"}", "!no such escape in a string@7" },
	{ "{\"a\":\"\\u12\"}", "!four hexadecimal digits are missing@10" },
	{ "{\"a\":\"\\ud800\"}", "!half of a surrogate pair@12" },
	{ "{\"a\":\"\\udc00\"}", "!half of a surrogate pair@12" },
	{ "{\"a\":\"\\ud800\\u0041\"}", "!half of a surrogate pair@18" },
	{ "{\"a\":\"\x01\"}", "!a control character in a string@6" },
	{ "{\"a\":\"\xFF\"}", "!a string that is not UTF-8@6" },
	{ "{\"a\":[1 2]}", "!a comma is missing@8" },
	{ "{\"a\":[1,]}", "!a value is missing@8" },
	{ "{\"a\":[}]}", "!a value is missing@6" },
	{ "{\"a\":{\"b\"}}", "!a colon is missing@9" },
	{ "{\"a\":{\"b\":1,}}", "!a member's name is missing@12" },
	{ "{\"a\":[", "!a value is missing@6" },
};

Test(json_read, objects_are_taken_strictly)
{
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		/* Without a NUL behind: reading too far shows. */
		const size_t len = strlen(rows[i].text);
		char *text = malloc(len ? len : 1), *got;

		cr_assert(text);
		memcpy(text, rows[i].text, len);
		got = members_of(text, len);
		cr_expect_str_eq(got, rows[i].want, "%s\ngot    %s\nwanted %s", rows[i].text, got,
		                 rows[i].want);
		free(got);
		free(text);
	}
}

Test(json_read, nesting_has_an_end)
{
	enum { DEPTH = 100000 };
	char *text = malloc(DEPTH + 10), *got;

	cr_assert(text);
	strcpy(text, "{\"a\":");
	memset(text + 5, '[', DEPTH);
	got = members_of(text, DEPTH + 5);
	cr_expect_str_eq(got, "!nested too deeply@69");
	free(got);
	free(text);
}
