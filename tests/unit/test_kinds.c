/* SPDX-License-Identifier: Apache-2.0 */
#include "cli/kinds.h"

#include <criterion/criterion.h>

Test(kinds, lists_and_repetitions_add_up)
{
	static const struct {
		const char *first, *second;
		unsigned kinds; /* 0: refused */
	} rows[] = {
		{ "xxh128", NULL, JET_HASH_XXH128 },
		{ "sha256", NULL, JET_HASH_SHA256 },
		{ "xxh128,sha256", NULL, JET_HASH_XXH128 | JET_HASH_SHA256 },
		{ "sha256,sha256", NULL, JET_HASH_SHA256 },
		{ "sha256", "xxh128", JET_HASH_XXH128 | JET_HASH_SHA256 },
		{ "", NULL, 0 },
		{ "md5", NULL, 0 },
		{ "xxh128,", NULL, 0 },
		{ ",xxh128", NULL, 0 },
		{ "sha2567", NULL, 0 },
		{ "xxh128 ", NULL, 0 },
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct jet_error err = { 0 };
		unsigned kinds = 0;
		int rc = jet_set_kinds(&kinds, rows[i].first, &err);

		if (rc == 0 && rows[i].second)
			rc = jet_set_kinds(&kinds, rows[i].second, &err);
		cr_expect_eq(rc, rows[i].kinds ? 0 : JET_E_ARG, "\"%s\"", rows[i].first);
		if (rows[i].kinds)
			cr_expect_eq(kinds, rows[i].kinds, "\"%s\"", rows[i].first);
	}
}
