/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What sha256sum(1) and xxhsum(1) print and take with -c: a line per file, "HASH",
 * two blanks, its name.
 *
 * A name is written "./NAME" where it would be taken for something else: "-" is
 * standard input, and xxhsum 0.8.1 drops blanks in front.
 */
#include "sink/manifest.h"

#include <string.h>

static int put_escaped(struct jet_buf *line, const char *name, size_t len)
{
	for (size_t i = 0; i < len; i++) {
		const char c = name[i];
		const char *text = c == '\n' ? "\\n" : c == '\r' ? "\\r" : c == '\\' ? "\\\\" : NULL;

		if ((text ? jet_buf_text(line, text) : jet_buf_byte(line, c)) < 0)
			return -1;
	}
	return 0;
}

static bool holds(const struct jet_entry *e, char c)
{
	return memchr(e->path, c, e->path_len) != NULL;
}

static int put(struct jet_buf *line, const struct jet_entry *e, const uint8_t *hash, size_t len,
               bool escape)
{
	const bool plain = !strchr(" \t-*", e->path[0]);

	if (escape && jet_buf_byte(line, '\\') < 0)
		return -1;
	if (jet_hex(line, hash, len) < 0 || jet_buf_text(line, plain ? "  " : "  ./") < 0)
		return -1;
	if ((escape ? put_escaped(line, e->path, e->path_len)
	            : jet_buf_append(line, e->path, e->path_len)) < 0)
		return -1;
	return jet_buf_byte(line, '\n');
}

/* What can be read again where the list is checked.  Nobody can read a socket. */
static bool is_file(const struct jet_entry *e)
{
	return e->type == JET_TYPE_FILE && !(e->flags & JET_ENTRY_SOCKET);
}

static int put_sha256(struct jet_manifest *m, const struct jet_entry *e,
                      const struct jet_hashes *hashes)
{
	if (!is_file(e) || !(hashes->kinds & JET_HASH_SHA256))
		return 0;
	return put(&m->line, e, hashes->sha256, sizeof(hashes->sha256),
	           holds(e, '\n') || holds(e, '\r') || holds(e, '\\'));
}

/* xxhsum 0.8.1 takes every name as it stands but one with a newline, which it cannot
 * take at all; 0.8.2 and later read that as sha256sum does. */
static int put_xxh128(struct jet_manifest *m, const struct jet_entry *e,
                      const struct jet_hashes *hashes)
{
	if (!is_file(e) || !(hashes->kinds & JET_HASH_XXH128))
		return 0;
	return put(&m->line, e, hashes->xxh128, sizeof(hashes->xxh128), holds(e, '\n'));
}

const struct jet_manifest_ops jet_manifest_sha256sum = {
	.name = "sha256sum", .kinds = JET_HASH_SHA256, .usual = JET_HASH_SHA256, .entry = put_sha256,
};

const struct jet_manifest_ops jet_manifest_xxh128sum = {
	.name = "xxh128sum", .kinds = JET_HASH_XXH128, .usual = JET_HASH_XXH128, .entry = put_xxh128,
};
