/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Headers of the archive: what is written must be what an independent reader of
 * ustar and pax finds.  Input: type, three numbers, then path NUL link.
 */
#include "fuzz.h"
#include "sink/tar_header.h"

#include <stdlib.h>
#include <string.h>

struct found {
	char *path, *link;
	size_t path_len, link_len;
	uint64_t size, mode, major, minor;
	int64_t mtime;
	char type;
};

static uint64_t octal(const char *field, size_t len)
{
	uint64_t value = 0;

	for (size_t i = 0; i < len && field[i]; i++) {
		if (field[i] < '0' || field[i] > '7')
			fuzz_fail("'%c' in a number", field[i]);
		value = value * 8 + (uint64_t)(field[i] - '0');
	}
	return value;
}

static void check_sum(const char *block)
{
	uint64_t sum = 0;

	for (size_t i = 0; i < JET_TAR_BLOCK; i++)
		sum += i >= 148 && i < 156 ? ' ' : (unsigned char)block[i];
	if (octal(block + 148, 7) != sum)
		fuzz_fail("checksum");
	if (memcmp(block + 257, "ustar\00000", 8) != 0)
		fuzz_fail("magic");
}

static void keep(char **to, size_t *to_len, const char *s, size_t len)
{
	free(*to);
	*to = malloc(len + 1);
	if (!*to)
		abort();
	memcpy(*to, s, len);
	*to_len = len;
}

static size_t length(const char *field, size_t max)
{
	const char *end = memchr(field, '\0', max);

	return end ? (size_t)(end - field) : max;
}

static void read_ustar(const char *block, struct found *f)
{
	const size_t prefix = length(block + 345, 155), name = length(block, 100);
	char path[300];
	size_t n = prefix;

	check_sum(block);
	memcpy(path, block + 345, prefix);
	if (prefix)
		path[n++] = '/';
	memcpy(path + n, block, name);
	keep(&f->path, &f->path_len, path, n + name);
	keep(&f->link, &f->link_len, block + 157, length(block + 157, 100));
	f->type = block[156];
	f->mode = octal(block + 100, 8);
	f->size = octal(block + 124, 12);
	f->mtime = (int64_t)octal(block + 136, 12);
	f->major = octal(block + 329, 8);
	f->minor = octal(block + 337, 8);
}

/* One "LENGTH KEY=VALUE\n"; gives LENGTH. */
static size_t read_record(const char *s, size_t len, struct found *f)
{
	size_t n = 0, i = 0, key;
	const char *equals;

	for (; i < len && s[i] >= '0' && s[i] <= '9'; i++)
		n = n * 10 + (size_t)(s[i] - '0');
	if (n > len || i + 3 > n || s[i] != ' ' || s[n - 1] != '\n')
		fuzz_fail("a pax record of %zu bytes in %zu", n, len);
	equals = memchr(s + i, '=', n - i);
	if (!equals)
		fuzz_fail("a pax record without =");
	key = (size_t)(equals - s) - ++i;
	s += i;
	equals++;
	len = n - i - key - 2;
	if (key == 4 && !memcmp(s, "path", 4))
		keep(&f->path, &f->path_len, equals, len);
	else if (key == 8 && !memcmp(s, "linkpath", 8))
		keep(&f->link, &f->link_len, equals, len);
	else if (key == 4 && !memcmp(s, "size", 4))
		f->size = strtoull(equals, NULL, 10);
	else if (key == 5 && !memcmp(s, "mtime", 5))
		f->mtime = strtoll(equals, NULL, 10);
	else if (key != 10 || memcmp(s, "hdrcharset", 10) != 0)
		fuzz_fail("unknown pax key");
	return n;
}

static bool read_headers(const struct jet_buf *buf, struct found *f)
{
	struct found pax = { 0 };
	size_t end;

	if (buf->len % JET_TAR_BLOCK || !buf->len)
		fuzz_fail("%zu bytes are no whole blocks", buf->len);
	read_ustar(buf->data, f);
	if (f->type != 'x') {
		if (buf->len != JET_TAR_BLOCK)
			fuzz_fail("more than one block");
		return true;
	}
	end = JET_TAR_BLOCK + f->size;
	if (buf->len != 2 * JET_TAR_BLOCK + (f->size + JET_TAR_BLOCK - 1) / JET_TAR_BLOCK * JET_TAR_BLOCK)
		fuzz_fail("%zu bytes with a pax header of %llu", buf->len, (unsigned long long)f->size);
	read_ustar(buf->data + buf->len - JET_TAR_BLOCK, &pax);
	free(f->path);
	free(f->link);
	*f = pax;
	for (size_t at = JET_TAR_BLOCK; at < end;)
		at += read_record(buf->data + at, end - at, f);
	return false;
}

static void compare(const struct jet_tar_member *m, const struct found *f)
{
	const uint64_t small = 07777777;
	const bool device = m->type == '3' || m->type == '4';
	const size_t slash = m->type == '5';

	if (f->type != m->type || f->mode != (m->mode & 07777) || f->size != m->size ||
	    f->mtime != m->mtime)
		fuzz_fail("type %c, mode %llo, size %llu, mtime %lld", f->type,
		          (unsigned long long)f->mode, (unsigned long long)f->size,
		          (long long)f->mtime);
	if (f->path_len != m->path_len + slash || memcmp(f->path, m->path, m->path_len) != 0 ||
	    (slash && f->path[m->path_len] != '/'))
		fuzz_fail("path of %zu bytes, not %zu", f->path_len, m->path_len);
	if (f->link_len != m->link_len || memcmp(f->link, m->link, m->link_len) != 0)
		fuzz_fail("link of %zu bytes, not %zu", f->link_len, m->link_len);
	if (f->major != (device && m->major <= small ? m->major : 0) ||
	    f->minor != (device && m->minor <= small ? m->minor : 0))
		fuzz_fail("device %llu, %llu", (unsigned long long)f->major,
		          (unsigned long long)f->minor);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct jet_buf buf = { 0 };
	struct found f = { 0 };
	struct jet_tar_member m = { .type = '0' };
	uint64_t numbers[3];
	const char *text, *end;
	bool plain;

	if (size < 1 + sizeof(numbers) + 1)
		return 0;
	m.type = (char)('0' + data[0] % 7);
	memcpy(numbers, data + 1, sizeof(numbers));
	text = (const char *)data + 1 + sizeof(numbers);
	size -= 1 + sizeof(numbers);
	end = memchr(text, '\0', size);
	m.path = text;
	m.path_len = end ? (size_t)(end - text) : size;
	if (!m.path_len || m.path[0] == '/' || m.path[m.path_len - 1] == '/')
		return 0;
	if (end && (m.type == '1' || m.type == '2')) {
		m.link = end + 1;
		m.link_len = size - m.path_len - 1;
		end = memchr(m.link, '\0', m.link_len);
		m.link_len = end ? (size_t)(end - m.link) : m.link_len;
	}
	m.mode = (uint32_t)numbers[0];
	m.mtime = (int64_t)numbers[1];
	m.size = m.type == '0' ? numbers[2] >> 1 : 0;
	m.major = (uint32_t)(numbers[0] >> 32);
	m.minor = (uint32_t)(numbers[2] >> 32);
	if (jet_tar_header(&buf, &m, &plain) < 0)
		abort();
	if (read_headers(&buf, &f) != plain)
		fuzz_fail("plain or not");
	if (!m.link)
		m.link = "";
	compare(&m, &f);
	free(f.path);
	free(f.link);
	jet_buf_clear(&buf);
	return 0;
}
