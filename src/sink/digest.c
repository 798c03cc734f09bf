/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The digest is the hash of a text with one line per entry.  Its bytes are promised:
 * docs/SEMANTICS.md, "The digest".  Any change here needs a new VERSION.
 */
#include "base/error.h"
#include "base/octal.h"
#include "context/hash.h"
#include "sink/entry_json.h"
#include "sink/manifest.h"

#include <stdlib.h>
#include <string.h>

#define VERSION "jettison-digest 1"

struct jet_digest {
	unsigned kind;
	bool normalize;
	struct jet_hasher *hasher; /* of the text, not of contents */
	jet_write_fn write;        /* NULL: nobody wants to see the text */
	void *ctx;
	struct jet_buf line;
};

static const char *kind_name(unsigned kind)
{
	return kind == JET_HASH_SHA256 ? "sha256" : "xxh128";
}

/* The line that stands in d->line; @bad: it does not. */
static int put_line(struct jet_digest *d, int bad)
{
	int rc = 0;

	if (bad || jet_buf_byte(&d->line, '\n') < 0)
		return JET_E_NOMEM;
	jet_hasher_update(d->hasher, d->line.data, d->line.len);
	if (d->write && d->write(d->ctx, d->line.data, d->line.len) != 0)
		rc = JET_E_WRITE;
	d->line.len = 0;
	return rc;
}

int jet_digest_open(unsigned kind, uint32_t flags, jet_write_fn explain, void *ctx,
                    struct jet_digest **out, struct jet_error *err)
{
	struct jet_digest *d;
	int rc;

	*out = NULL;
	if (kind != JET_HASH_XXH128 && kind != JET_HASH_SHA256)
		return jet_fail(err, JET_E_ARG, NULL, "a digest is made with one hash");
	d = calloc(1, sizeof(*d));
	if (!d)
		return jet_fail_nomem(err);
	*d = (struct jet_digest){
		.kind = kind, .normalize = flags & JET_DIGEST_NORMALIZE, .write = explain, .ctx = ctx,
	};
	rc = jet_hasher_open(kind, &d->hasher, err);
	if (rc == 0) {
		jet_hasher_start(d->hasher);
		rc = put_line(d, jet_buf_printf(&d->line, VERSION " %s", kind_name(kind)));
	}
	if (rc < 0) {
		jet_digest_close(d);
		return rc == JET_E_NOMEM ? jet_fail_nomem(err) : rc;
	}
	*out = d;
	return 0;
}

static uint32_t mode_of(const struct jet_digest *d, const struct jet_entry *e)
{
	if (!d->normalize)
		return e->mode;
	return e->type == JET_TYPE_DIR || (e->type == JET_TYPE_FILE && e->mode & 0100) ? 0755 : 0644;
}

static int put_name(struct jet_buf *line, const char *name, size_t len)
{
	return jet_buf_byte(line, ' ') < 0 ? -1 : jet_octal_put(line, name, len, "");
}

/* What stands between an entry's type and its path. */
static int put_file(struct jet_digest *d, const struct jet_entry *e, const struct jet_hashes *hashes)
{
	int bad = jet_buf_printf(&d->line, " %04o %llu ", (unsigned)mode_of(d, e),
	                         (unsigned long long)e->size);

	if (d->kind == JET_HASH_SHA256)
		return bad | jet_hex(&d->line, hashes->sha256, sizeof(hashes->sha256));
	return bad | jet_hex(&d->line, hashes->xxh128, sizeof(hashes->xxh128));
}

int jet_digest_entry(struct jet_digest *d, const struct jet_entry *e,
                     const struct jet_hashes *hashes)
{
	const bool device = e->type == JET_TYPE_CHAR || e->type == JET_TYPE_BLOCK;
	struct jet_buf *line = &d->line;
	int bad;

	if (e->type == JET_TYPE_FILE && !e->hardlink && (!hashes || !(hashes->kinds & d->kind)))
		return JET_E_ARG;
	bad = jet_buf_text(line, e->hardlink ? "hardlink" : jet_type_name(e->type));
	if (e->type == JET_TYPE_FILE)
		bad |= e->hardlink ? 0 : put_file(d, e, hashes);
	else if (e->type != JET_TYPE_SYMLINK) /* whose mode says nothing */
		bad |= jet_buf_printf(line, " %04o", (unsigned)mode_of(d, e));
	if (device)
		bad |= jet_buf_printf(line, " %u %u", (unsigned)e->rdev_major, (unsigned)e->rdev_minor);
	bad |= put_name(line, e->path, e->path_len);
	if (e->hardlink)
		bad |= put_name(line, e->hardlink, e->hardlink_len);
	else if (e->target)
		bad |= put_name(line, e->target, e->target_len);
	return put_line(d, bad);
}

int jet_digest_text(struct jet_digest *d, const char *word, const char *text, size_t len)
{
	int bad = jet_buf_text(&d->line, word);

	return put_line(d, bad | put_name(&d->line, text, len));
}

int jet_digest_finish(struct jet_digest *d, char text[JET_DIGEST_TEXT], struct jet_error *err)
{
	struct jet_hashes hashes;
	struct jet_buf out = { 0 };
	int rc = jet_hasher_finish(d->hasher, &hashes, err);

	if (rc < 0)
		return rc;
	if (jet_buf_printf(&out, "%s:", kind_name(d->kind)) < 0 ||
	    (d->kind == JET_HASH_SHA256 ? jet_hex(&out, hashes.sha256, sizeof(hashes.sha256))
	                                : jet_hex(&out, hashes.xxh128, sizeof(hashes.xxh128))) < 0 ||
	    jet_buf_byte(&out, '\0') < 0)
		rc = jet_fail_nomem(err);
	else
		memcpy(text, out.data, out.len);
	jet_buf_clear(&out);
	return rc;
}

void jet_digest_close(struct jet_digest *d)
{
	if (!d)
		return;
	jet_hasher_close(d->hasher);
	jet_buf_clear(&d->line);
	free(d);
}
