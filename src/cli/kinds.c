/* SPDX-License-Identifier: Apache-2.0 */
#include "cli/kinds.h"

#include "base/error.h"

#include <string.h>

static unsigned kind_of(const char *name, size_t len)
{
	if (len == 6 && memcmp(name, "xxh128", len) == 0)
		return JET_HASH_XXH128;
	if (len == 6 && memcmp(name, "sha256", len) == 0)
		return JET_HASH_SHA256;
	return 0;
}

int jet_set_kinds(void *field, const char *value, struct jet_error *err)
{
	for (;;) {
		const size_t len = strcspn(value, ",");
		const unsigned kind = kind_of(value, len);

		if (!kind)
			return jet_fail(err, JET_E_ARG, NULL, "knows no \"%.*s\": use xxh128, sha256 or both",
			                (int)(len < 60 ? len : 60), value);
		*(unsigned *)field |= kind;
		if (!value[len])
			return 0;
		value += len + 1;
	}
}

int jet_set_manifest_format(void *field, const char *value, struct jet_error *err)
{
	if (jet_manifest_parse(value, field) == 0)
		return 0;
	return jet_fail(err, JET_E_ARG, NULL,
	                "knows no \"%.60s\": use ndjson, mtree, xxh128sum, sha256sum or csv", value);
}
