/* SPDX-License-Identifier: Apache-2.0 */
#include "base/path.h"

#include <string.h>

static bool is_dots(const char *part, size_t len, size_t n)
{
	return len == n && part[0] == '.' && part[n - 1] == '.';
}

/* Takes the last component off @out, but never what is before @floor. */
static size_t drop_last(const char *out, size_t w, size_t floor)
{
	w--;
	while (w > floor && out[w] != '/')
		w--;
	return w;
}

size_t jet_path_clean(const char *path, size_t len, char *out)
{
	const bool rooted = len > 0 && path[0] == '/';
	size_t r = rooted, w = rooted, floor = rooted; /* floor: end of kept ".." */

	if (rooted)
		out[0] = '/';
	while (r < len) {
		size_t end = r;

		while (end < len && path[end] != '/')
			end++;
		if (end == r || is_dots(path + r, end - r, 1)) {
			/* nothing to keep */
		} else if (is_dots(path + r, end - r, 2) && w > floor) {
			w = drop_last(out, w, floor);
		} else if (!is_dots(path + r, end - r, 2) || !rooted) {
			const bool up = is_dots(path + r, end - r, 2);

			if (w > (size_t)rooted)
				out[w++] = '/';
			memmove(out + w, path + r, end - r);
			w += end - r;
			if (up)
				floor = w;
		}
		r = end + 1;
	}
	if (!w)
		out[w++] = '.';
	return w;
}

bool jet_path_is_plain(const char *path, size_t len)
{
	size_t start = 0;

	if (!len)
		return true;
	if (memchr(path, '\0', len))
		return false;
	for (size_t i = 0; i <= len; i++) {
		size_t n = i - start;

		if (i < len && path[i] != '/')
			continue;
		if (!n || is_dots(path + start, n, 1) || is_dots(path + start, n, 2))
			return false;
		start = i + 1;
	}
	return true;
}

struct jet_str jet_path_take(struct jet_str *rest)
{
	struct jet_str name;

	while (rest->len && rest->data[0] == '/') {
		rest->data++;
		rest->len--;
	}
	name = (struct jet_str){ rest->data, 0 };
	while (name.len < rest->len && name.data[name.len] != '/')
		name.len++;
	rest->data += name.len;
	rest->len -= name.len;
	return name;
}

size_t jet_path_base(const char *path, size_t len)
{
	while (len && path[len - 1] != '/')
		len--;
	return len;
}

const char *jet_path_name(const char *path)
{
	return path + jet_path_base(path, strlen(path));
}

int jet_path_order(const char *a, size_t alen, const char *b, size_t blen)
{
	const size_t n = alen < blen ? alen : blen;

	for (size_t i = 0; i < n; i++) {
		if (a[i] == b[i])
			continue;
		/* The end of a component comes before any byte of a longer one. */
		if (a[i] == '/' || b[i] == '/')
			return a[i] == '/' ? -1 : 1;
		return (unsigned char)a[i] < (unsigned char)b[i] ? -1 : 1;
	}
	return (alen > blen) - (alen < blen);
}

bool jet_has_wildcard(struct jet_str s)
{
	for (size_t i = 0; i < s.len; i++) {
		if (s.data[i] == '\\')
			i++;
		else if (s.data[i] == '*' || s.data[i] == '?' || s.data[i] == '[')
			return true;
	}
	return false;
}
