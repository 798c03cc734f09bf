/* SPDX-License-Identifier: Apache-2.0 */
#include "sink/manifest.h"

#include "base/error.h"

#include <stdlib.h>
#include <string.h>

static const struct jet_manifest_ops *const formats[] = {
	[JET_MANIFEST_NDJSON] = &jet_manifest_ndjson,
	[JET_MANIFEST_MTREE] = &jet_manifest_mtree,
	[JET_MANIFEST_XXH128SUM] = &jet_manifest_xxh128sum,
	[JET_MANIFEST_SHA256SUM] = &jet_manifest_sha256sum,
	[JET_MANIFEST_CSV] = &jet_manifest_csv,
};

enum { NFORMATS = sizeof(formats) / sizeof(formats[0]) };

int jet_manifest_parse(const char *name, enum jet_manifest_format *format)
{
	for (size_t i = 0; i < NFORMATS; i++) {
		if (strcmp(formats[i]->name, name) == 0) {
			*format = (enum jet_manifest_format)i;
			return 0;
		}
	}
	return JET_E_ARG;
}

unsigned jet_manifest_kinds(enum jet_manifest_format format, unsigned asked, struct jet_error *err)
{
	const struct jet_manifest_ops *ops = formats[format];

	if (!asked)
		return ops->usual;
	if (asked & ~ops->kinds) {
		jet_fail(err, JET_E_ARG, NULL, "a manifest of format %s has no place for %s", ops->name,
		         asked & ~ops->kinds & JET_HASH_SHA256 ? "sha256" : "xxh128");
		return 0;
	}
	return asked;
}

static int flush(struct jet_manifest *m)
{
	int rc = 0;

	if (m->line.len && m->write(m->ctx, m->line.data, m->line.len) != 0)
		rc = JET_E_WRITE;
	m->line.len = 0;
	return rc;
}

int jet_manifest_open(enum jet_manifest_format format, unsigned kinds,
                      const struct jet_needs *needs, jet_write_fn write, void *ctx,
                      struct jet_manifest **out)
{
	struct jet_manifest *m = calloc(1, sizeof(*m));
	int rc = 0;

	*out = NULL;
	if (!m)
		return JET_E_NOMEM;
	*m = (struct jet_manifest){
		.ops = formats[format], .kinds = kinds, .needs = needs, .write = write, .ctx = ctx,
	};
	if (m->ops->begin && m->ops->begin(m) < 0)
		rc = JET_E_NOMEM;
	if (rc == 0)
		rc = flush(m);
	if (rc < 0) {
		jet_manifest_close(m);
		return rc;
	}
	*out = m;
	return 0;
}

int jet_manifest_entry(struct jet_manifest *m, const struct jet_entry *entry,
                       const struct jet_hashes *hashes)
{
	const struct jet_hashes none = { 0 };
	struct jet_hashes shown = hashes ? *hashes : none;

	shown.kinds &= m->kinds;
	return m->ops->entry(m, entry, &shown) < 0 ? JET_E_NOMEM : flush(m);
}

void jet_manifest_close(struct jet_manifest *m)
{
	if (!m)
		return;
	jet_buf_clear(&m->line);
	free(m);
}

int jet_hex(struct jet_buf *buf, const uint8_t *bytes, size_t len)
{
	static const char digits[] = "0123456789abcdef";

	if (jet_buf_reserve(buf, 2 * len) < 0)
		return -1;
	for (size_t i = 0; i < len; i++) {
		buf->data[buf->len++] = digits[bytes[i] >> 4];
		buf->data[buf->len++] = digits[bytes[i] & 15];
	}
	return 0;
}
