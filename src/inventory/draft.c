/* SPDX-License-Identifier: Apache-2.0 */
#include "inventory/draft.h"

#include "base/path.h"

#include <string.h>

static const char *const names[] = {
	[JET_COLUMN_PATH] = "path",     [JET_COLUMN_TYPE] = "type",   [JET_COLUMN_MODE] = "mode",
	[JET_COLUMN_SIZE] = "size",     [JET_COLUMN_MTIME] = "mtime", [JET_COLUMN_MAJOR] = "major",
	[JET_COLUMN_MINOR] = "minor",   [JET_COLUMN_TARGET] = "target",
	[JET_COLUMN_HARDLINK] = "hardlink", [JET_COLUMN_XXH128] = "xxh128",
	[JET_COLUMN_SHA256] = "sha256",
};

enum jet_column jet_column_named(const char *name, size_t len)
{
	for (int i = 0; i < JET_COLUMN_NONE; i++) {
		if (strlen(names[i]) == len && memcmp(names[i], name, len) == 0)
			return (enum jet_column)i;
	}
	return JET_COLUMN_NONE;
}

void jet_draft_begin(struct jet_draft *d)
{
	memset(&d->item, 0, sizeof(d->item));
	d->item.type = JET_TYPE_UNKNOWN;
	d->path.len = d->target.len = d->hardlink.len = 0;
	d->seen = 0;
}

void jet_draft_clear(struct jet_draft *d)
{
	jet_buf_clear(&d->path);
	jet_buf_clear(&d->target);
	jet_buf_clear(&d->hardlink);
}

/* ---- single values ------------------------------------------------------ */

bool jet_field_uint(const char *text, size_t len, unsigned base, uint64_t max, uint64_t *value)
{
	*value = 0;
	for (size_t i = 0; i < len; i++) {
		const unsigned digit = (unsigned)(unsigned char)text[i] - '0';

		if (digit >= base || *value > max / base || *value * base > max - digit)
			return false;
		*value = *value * base + digit;
	}
	return len > 0;
}

bool jet_field_sec(const char *text, size_t len, int64_t *value)
{
	const bool negative = len && text[0] == '-';
	uint64_t n;

	if (!jet_field_uint(text + negative, len - negative, 10, INT64_MAX, &n))
		return false;
	*value = negative ? -(int64_t)n : (int64_t)n;
	return true;
}

static const char *set_type(struct jet_draft *d, const char *text, size_t len)
{
	static const struct {
		const char *name;
		enum jet_type type;
	} types[] = {
		{ "file", JET_TYPE_FILE },   { "dir", JET_TYPE_DIR },     { "symlink", JET_TYPE_SYMLINK },
		{ "fifo", JET_TYPE_FIFO },   { "char", JET_TYPE_CHAR },   { "block", JET_TYPE_BLOCK },
		{ "socket", JET_TYPE_SOCKET }, { "unknown", JET_TYPE_UNKNOWN },
	};

	for (size_t i = 0; i < sizeof(types) / sizeof(types[0]); i++) {
		if (strlen(types[i].name) == len && memcmp(types[i].name, text, len) == 0) {
			d->item.type = (uint8_t)types[i].type;
			return NULL;
		}
	}
	return "no such type";
}

/* "1700000000.000000042", as jet_time_text() writes it; the fraction has nine digits or is
 * not there. */
static const char *set_mtime(struct jet_item *item, const char *text, size_t len)
{
	const char *dot = memchr(text, '.', len);
	const size_t whole = dot ? (size_t)(dot - text) : len;
	uint64_t nsec = 0;

	if (!jet_field_sec(text, whole, &item->mtime_sec))
		return "no time";
	if (dot && (len - whole != 10 || !jet_field_uint(dot + 1, 9, 10, 999999999, &nsec)))
		return "no time: the fraction has nine digits";
	/* Nanoseconds count upwards, also before 1970. */
	if (nsec && text[0] == '-') {
		item->mtime_sec--;
		nsec = 1000000000 - nsec;
	}
	item->mtime_nsec = (uint32_t)nsec;
	item->known |= JET_ITEM_MTIME | (dot ? JET_ITEM_NSEC : 0);
	return NULL;
}

static const char *set_hash(uint8_t *out, size_t n, const char *text, size_t len)
{
	static const char digits[] = "0123456789abcdef";

	if (len != 2 * n)
		return "a hash of the wrong length";
	for (size_t i = 0; i < len; i++) {
		const char *digit = text[i] ? strchr(digits, text[i]) : NULL;

		if (!digit)
			return "a hash is lower-case hexadecimal";
		out[i / 2] = (uint8_t)(i % 2 ? out[i / 2] | (digit - digits) : (digit - digits) << 4);
	}
	return NULL;
}

static const char *set_path(struct jet_buf *buf, const char *text, size_t len)
{
	while (len > 1 && text[0] == '.' && text[1] == '/') {
		text += 2;
		len -= 2;
	}
	if (!len || len > UINT32_MAX || !jet_path_is_plain(text, len))
		return "no path below the context";
	return jet_buf_append(buf, text, len) < 0 ? "does not fit into memory" : NULL;
}

static const char *set_target(struct jet_draft *d, const char *text, size_t len)
{
	if (!len || len > UINT32_MAX || memchr(text, '\0', len))
		return "no target of a link";
	d->item.known |= JET_ITEM_TARGET;
	return jet_buf_append(&d->target, text, len) < 0 ? "does not fit into memory" : NULL;
}

static const char *set_uint(uint32_t *out, const char *text, size_t len, unsigned base, uint64_t max)
{
	uint64_t value;

	if (!jet_field_uint(text, len, base, max, &value))
		return base == 8 ? "no mode" : "no number of a device";
	*out = (uint32_t)value;
	return NULL;
}

/* ---- columns ------------------------------------------------------------ */

const char *jet_draft_set(struct jet_draft *d, enum jet_column column, const char *text, size_t len)
{
	struct jet_item *item = &d->item;
	const char *fault;
	uint32_t mode;

	if (column == JET_COLUMN_NONE)
		return NULL;
	if (d->seen & 1U << column)
		return "the same member twice";
	d->seen |= 1U << column;
	switch (column) {
	case JET_COLUMN_PATH:
		return set_path(&d->path, text, len);
	case JET_COLUMN_HARDLINK:
		return set_path(&d->hardlink, text, len);
	case JET_COLUMN_TARGET:
		return set_target(d, text, len);
	case JET_COLUMN_TYPE:
		return set_type(d, text, len);
	case JET_COLUMN_MODE:
		fault = set_uint(&mode, text, len, 8, 07777);
		item->mode = fault ? 0 : (uint16_t)mode;
		item->known |= JET_ITEM_MODE;
		return fault;
	case JET_COLUMN_SIZE:
		item->known |= JET_ITEM_SIZE;
		return jet_field_uint(text, len, 10, INT64_MAX, &item->size) ? NULL : "no size";
	case JET_COLUMN_MTIME:
		return set_mtime(item, text, len);
	case JET_COLUMN_MAJOR:
		return set_uint(&item->major, text, len, 10, UINT32_MAX);
	case JET_COLUMN_MINOR:
		return set_uint(&item->minor, text, len, 10, UINT32_MAX);
	case JET_COLUMN_XXH128:
		item->xxh128 = d->xxh128;
		return set_hash(d->xxh128, sizeof(d->xxh128), text, len);
	case JET_COLUMN_SHA256:
		item->sha256 = d->sha256;
		return set_hash(d->sha256, sizeof(d->sha256), text, len);
	case JET_COLUMN_NONE:
		break;
	}
	return NULL;
}

const char *jet_draft_set_type(struct jet_draft *d, enum jet_type type)
{
	if (d->seen & 1U << JET_COLUMN_TYPE)
		return "the same member twice";
	d->seen |= 1U << JET_COLUMN_TYPE;
	d->item.type = (uint8_t)type;
	return NULL;
}

const char *jet_draft_check(struct jet_draft *d)
{
	const unsigned device = 1U << JET_COLUMN_MAJOR | 1U << JET_COLUMN_MINOR;
	struct jet_item *item = &d->item;

	if (!(d->seen & 1U << JET_COLUMN_PATH))
		return "an entry without path";
	if (!(d->seen & 1U << JET_COLUMN_TYPE))
		return "an entry without type";
	if (item->type != JET_TYPE_FILE && (item->xxh128 || item->sha256))
		return "a hash of what is no file";
	if ((d->seen & device) == device)
		item->known |= JET_ITEM_DEVICE;
	item->path = d->path.data;
	item->path_len = (uint32_t)d->path.len;
	if (d->target.len) {
		item->target = d->target.data;
		item->target_len = (uint32_t)d->target.len;
	}
	if (d->hardlink.len) {
		item->hardlink = d->hardlink.data;
		item->hardlink_len = (uint32_t)d->hardlink.len;
	}
	return NULL;
}
