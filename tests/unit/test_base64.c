/* SPDX-License-Identifier: Apache-2.0 */
#include "base/base64.h"

#include "base/json.h"

#include <criterion/criterion.h>
#include <string.h>

Test(base64, only_the_one_way_of_writing_bytes_is_taken)
{
	static const struct {
		const char *text;
		int rc;
		const char *bytes;
	} rows[] = {
		{ "", 1, "" },        { "Zg==", 1, "f" },       { "Zm8=", 1, "fo" },
		{ "Zm9v", 1, "foo" }, { "Zm9vYmFy", 1, "foobar" }, { "/+8=", 1, "\xFF\xEF" },
		{ "Zg", 0, NULL },    { "Zg=", 0, NULL },       { "Zh==", 0, NULL },
		{ "Zm9=", 0, NULL },  { "====", 0, NULL },      { "Z===", 0, NULL },
		{ "Zg==Zg==", 0, NULL }, { "Zm9 ", 0, NULL },   { "Zm9\n", 0, NULL },
		{ "Zm-_", 0, NULL },
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct jet_buf buf = { 0 };

		cr_expect_eq(jet_base64_get(&buf, rows[i].text, strlen(rows[i].text)), rows[i].rc, "%s",
		             rows[i].text);
		if (rows[i].rc == 1) {
			cr_assert_eq(jet_buf_terminate(&buf), 0);
			cr_expect_str_eq(buf.data, rows[i].bytes);
		}
		jet_buf_clear(&buf);
	}
}

Test(base64, what_is_written_is_read)
{
	unsigned char bytes[70];

	for (size_t len = 0; len < sizeof(bytes); len++) {
		struct jet_buf text = { 0 }, back = { 0 };
		struct jet_json w = { .out = &text };

		for (size_t i = 0; i < len; i++)
			bytes[i] = (unsigned char)(i * 41 + len * 7);
		jet_json_base64(&w, bytes, len);
		cr_assert_eq(jet_json_end(&w), 0);
		cr_assert_eq(jet_base64_get(&back, text.data + 1, text.len - 2), 1);
		cr_expect_eq(back.len, len);
		cr_expect(len == 0 || memcmp(back.data, bytes, len) == 0);
		jet_buf_clear(&text);
		jet_buf_clear(&back);
	}
}
