/* SPDX-License-Identifier: Apache-2.0 */
#include "sink/tar_header.h"

#include "base/str.h"

#include <stdio.h>
#include <string.h>

/* Fields of a ustar header: offset and length. */
enum {
	NAME = 0, NAME_LEN = 100,
	MODE = 100, UID = 108, GID = 116, NUMBER_LEN = 8,
	SIZE = 124, MTIME = 136, BIG_LEN = 12,
	SUM = 148, TYPE = 156,
	LINK = 157, LINK_LEN = 100,
	MAGIC = 257, MAJOR = 329, MINOR = 337,
	PREFIX = 345, PREFIX_LEN = 155
};

/* Largest numbers of 11 and 7 octal digits. */
static const uint64_t MAX_BIG = 077777777777, MAX_SMALL = 07777777;

static void put_octal(char *field, size_t len, uint64_t value)
{
	field[--len] = '\0';
	while (len) {
		field[--len] = (char)('0' + (value & 7));
		value >>= 3;
	}
}

/* Where the path can be cut into prefix and name at a "/"; 0 when it fits as it
 * is, SIZE_MAX when it cannot be done. */
static size_t cut_of(const char *path, size_t len)
{
	if (len <= NAME_LEN)
		return 0;
	/* The longest prefix: the shorter the name, the likelier it fits. */
	for (size_t i = len < PREFIX_LEN + 1 ? len - 1 : PREFIX_LEN; i > 0; i--) {
		if (path[i] == '/' && i + 1 < len)
			return len - i - 1 <= NAME_LEN ? i : SIZE_MAX;
	}
	return SIZE_MAX;
}

/* ---- pax ---------------------------------------------------------------- */

/* "LENGTH KEY=VALUE\n", where the length counts its own digits. */
static int put_record(struct jet_buf *pax, const char *key, const void *value, size_t len)
{
	const size_t rest = strlen(key) + len + 3;
	size_t total = rest + 1, digits = 1;

	for (size_t limit = 10; total >= limit; limit *= 10) {
		digits++;
		total = rest + digits;
	}
	if (jet_buf_printf(pax, "%zu %s=", total, key) < 0 || jet_buf_append(pax, value, len) < 0)
		return -1;
	return jet_buf_byte(pax, '\n');
}

static int put_number(struct jet_buf *pax, const char *key, uint64_t value)
{
	char text[32];
	int n = snprintf(text, sizeof(text), "%llu", (unsigned long long)value);

	return put_record(pax, key, text, (size_t)n);
}

/* Without zeroes at its end. */
static int put_time(struct jet_buf *pax, const char *key, int64_t sec, uint32_t nsec)
{
	char text[32];
	size_t n;

	jet_time_text(text, sizeof(text), sec, nsec);
	n = strlen(text);
	while (text[n - 1] == '0')
		n--;
	if (text[n - 1] == '.')
		n--;
	return put_record(pax, key, text, n);
}

/* "=" would end the key; GNU tar writes it so, too. */
static int put_xattr_key(struct jet_buf *key, const char *name)
{
	int bad = jet_buf_text(key, "SCHILY.xattr.");

	for (; *name && !bad; name++) {
		if (*name == '=' || *name == '%')
			bad = jet_buf_text(key, *name == '=' ? "%3D" : "%25");
		else
			bad = jet_buf_byte(key, *name);
	}
	return bad ? bad : jet_buf_terminate(key);
}

static int put_xattrs(struct jet_buf *pax, const struct jet_xattrs *x)
{
	struct jet_buf key = { 0 };
	int bad = 0;

	for (size_t i = 0; i < x->n && !bad; i++) {
		key.len = 0;
		bad = put_xattr_key(&key, x->bytes.data + x->items[i].name);
		if (!bad)
			bad = put_record(pax, key.data, x->bytes.data + x->items[i].value,
			                 x->items[i].value_len);
	}
	jet_buf_clear(&key);
	return bad;
}

/* All records that the member needs; none: the buffer stays empty. */
static int put_records(struct jet_buf *pax, const struct jet_tar_member *m, const char *path,
                       size_t path_len)
{
	const bool long_path = cut_of(path, path_len) == SIZE_MAX, long_link = m->link_len > LINK_LEN;
	int bad = 0;

	/* Values are UTF-8 unless this comes first. */
	if ((long_path && !jet_utf8_valid(path, path_len)) ||
	    (long_link && !jet_utf8_valid(m->link, m->link_len)))
		bad |= put_record(pax, "hdrcharset", "BINARY", 6);
	if (long_path)
		bad |= put_record(pax, "path", path, path_len);
	if (long_link)
		bad |= put_record(pax, "linkpath", m->link, m->link_len);
	if (m->size > MAX_BIG)
		bad |= put_number(pax, "size", m->size);
	if (m->mtime < 0 || (uint64_t)m->mtime > MAX_BIG || m->mtime_nsec)
		bad |= put_time(pax, "mtime", m->mtime, m->mtime_nsec);
	if (m->xattrs)
		bad |= put_xattrs(pax, m->xattrs);
	return bad;
}

/* ---- ustar -------------------------------------------------------------- */

static void finish(char *block)
{
	unsigned sum = 0;

	memcpy(block + MAGIC, "ustar\0" "00", 8);
	memset(block + SUM, ' ', NUMBER_LEN);
	for (size_t i = 0; i < JET_TAR_BLOCK; i++)
		sum += (unsigned char)block[i];
	put_octal(block + SUM, 7, sum);
}

static uint64_t fitting(int64_t value)
{
	return value >= 0 && (uint64_t)value <= MAX_BIG ? (uint64_t)value : 0;
}

static void put_name(char *block, const char *path, size_t len)
{
	const size_t cut = cut_of(path, len);

	if (cut == SIZE_MAX) {
		/* The pax record counts; this is what an old reader sees. */
		memcpy(block + NAME, path, NAME_LEN);
		return;
	}
	memcpy(block + PREFIX, path, cut);
	path += cut ? cut + 1 : 0;
	len -= cut ? cut + 1 : 0;
	memcpy(block + NAME, path, len);
}

static void put_ustar(char *block, const struct jet_tar_member *m, const char *path, size_t path_len)
{
	put_name(block, path, path_len);
	put_octal(block + MODE, NUMBER_LEN, m->mode & 07777);
	put_octal(block + UID, NUMBER_LEN, 0);
	put_octal(block + GID, NUMBER_LEN, 0);
	put_octal(block + SIZE, BIG_LEN, m->size <= MAX_BIG ? m->size : 0);
	put_octal(block + MTIME, BIG_LEN, fitting(m->mtime));
	block[TYPE] = m->type;
	if (m->link_len)
		memcpy(block + LINK, m->link, m->link_len < LINK_LEN ? m->link_len : LINK_LEN);
	if (m->type == '3' || m->type == '4') {
		put_octal(block + MAJOR, NUMBER_LEN, m->major <= MAX_SMALL ? m->major : 0);
		put_octal(block + MINOR, NUMBER_LEN, m->minor <= MAX_SMALL ? m->minor : 0);
	}
	finish(block);
}

static char *new_block(struct jet_buf *buf, size_t len)
{
	char *block;

	if (jet_buf_reserve(buf, len) < 0)
		return NULL;
	block = buf->data + buf->len;
	memset(block, 0, len);
	buf->len += len;
	return block;
}

static int put_pax_member(struct jet_buf *buf, const struct jet_buf *pax, uint32_t mode)
{
	const struct jet_tar_member m = {
		.type = 'x', .mode = mode & 0777, .size = pax->len,
	};
	const size_t blocks = (pax->len + JET_TAR_BLOCK - 1) / JET_TAR_BLOCK * JET_TAR_BLOCK;
	char *block = new_block(buf, JET_TAR_BLOCK + blocks);

	if (!block)
		return -1;
	put_ustar(block, &m, "././@PaxHeader", 14);
	memcpy(block + JET_TAR_BLOCK, pax->data, pax->len);
	return 0;
}

int jet_tar_header(struct jet_buf *buf, const struct jet_tar_member *m, bool *plain)
{
	struct jet_buf pax = { 0 }, path = { 0 };
	char *block;
	int rc = jet_buf_append(&path, m->path, m->path_len);

	if (rc == 0 && m->type == '5')
		rc = jet_buf_byte(&path, '/');
	if (rc == 0)
		rc = put_records(&pax, m, path.data, path.len);
	*plain = pax.len == 0;
	if (rc == 0 && pax.len)
		rc = put_pax_member(buf, &pax, m->mode);
	if (rc == 0) {
		block = new_block(buf, JET_TAR_BLOCK);
		if (block)
			put_ustar(block, m, path.data, path.len);
		rc = block ? 0 : -1;
	}
	jet_buf_clear(&pax);
	jet_buf_clear(&path);
	return rc;
}
