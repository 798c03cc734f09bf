/* SPDX-License-Identifier: Apache-2.0 */
#include "report/own_files.h"

#include <string.h>

static bool is(const char *path, size_t len, const char *name, size_t name_len, const char *suffix)
{
	const size_t suffix_len = strlen(suffix);

	return len == name_len + suffix_len && memcmp(path, name, name_len) == 0 &&
	       memcmp(path + name_len, suffix, suffix_len) == 0;
}

/* The Dockerfile, its ignore files, and directories above it. */
static bool belongs_to(const char *path, size_t len, enum jet_type type, const char *dockerfile)
{
	const size_t n = strlen(dockerfile);

	if (type == JET_TYPE_DIR)
		return len < n && memcmp(path, dockerfile, len) == 0 && dockerfile[len] == '/';
	return is(path, len, dockerfile, n, "") || is(path, len, dockerfile, n, ".dockerignore") ||
	       is(path, len, dockerfile, n, ".containerignore");
}

bool jet_is_own_file(const char *path, size_t len, enum jet_type type, const char *dockerfile)
{
	/* The last is what pack calls one from outside where the name is taken. */
	static const char *const usual[] = { "Dockerfile", "dockerfile", "Containerfile",
		                            "Dockerfile.jettison" };

	if (type == JET_TYPE_FILE &&
	    (is(path, len, ".dockerignore", 13, "") || is(path, len, ".containerignore", 16, "")))
		return true;
	if (dockerfile) {
		while (dockerfile[0] == '.' && dockerfile[1] == '/')
			dockerfile += 2;
		return belongs_to(path, len, type, dockerfile);
	}
	for (size_t i = 0; i < sizeof(usual) / sizeof(usual[0]); i++) {
		if (belongs_to(path, len, type, usual[i]))
			return true;
	}
	return false;
}

void jet_drop_own_files(struct jet_inventory *archive, const struct jet_inventory *other,
                        const char *dockerfile)
{
	size_t n = 0;

	for (size_t i = 0; i < archive->n; i++) {
		const struct jet_item *item = &archive->items[i];

		if (!jet_is_own_file(item->path, item->path_len, (enum jet_type)item->type, dockerfile) ||
		    jet_inventory_find(other, item->path, item->path_len))
			archive->items[n++] = *item;
	}
	archive->n = n;
}
