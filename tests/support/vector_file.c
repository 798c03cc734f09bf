/* SPDX-License-Identifier: Apache-2.0 */
#include "vector_file.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <zlib.h>

/* One line, however long, into *@line; 0 at the end, -1 on a read error. */
static int read_line(gzFile file, char **line, size_t *capacity)
{
	size_t len = 0;

	for (;;) {
		int code;

		if (*capacity - len < 4096) {
			*capacity = *capacity ? *capacity * 2 : 65536;
			*line = realloc(*line, *capacity);
			if (!*line)
				return -1;
		}
		if (!gzgets(file, *line + len, 4096)) {
			gzerror(file, &code);
			if (code != Z_OK && code != Z_STREAM_END)
				return -1;
			return len > 0;
		}
		len += strlen(*line + len);
		if (len && (*line)[len - 1] == '\n')
			return 1;
	}
}

static int each_line(gzFile file, const char *path, vector_fn fn, void *ctx)
{
	char *line = NULL;
	size_t capacity = 0, n = 0;
	int ret;

	while ((ret = read_line(file, &line, &capacity)) > 0) {
		json_error_t error;
		json_t *object = json_loads(line, JSON_REJECT_DUPLICATES, &error);

		n++;
		if (!json_is_object(object)) {
			fprintf(stderr, "%s:%zu: not a JSON object: %s\n", path, n, error.text);
			json_decref(object);
			ret = -1;
			break;
		}
		ret = fn(ctx, object);
		json_decref(object);
		if (ret)
			break;
	}
	free(line);
	if (ret < 0)
		fprintf(stderr, "%s: cannot be read to its end\n", path);
	if (!ret && !n) {
		fprintf(stderr, "%s: no vectors in it\n", path);
		return -1;
	}
	return ret;
}

int vector_file_each(const char *path, vector_fn fn, void *ctx)
{
	gzFile file = gzopen(path, "rb");
	int ret;

	if (!file) {
		fprintf(stderr, "%s: cannot be opened\n", path);
		return -1;
	}
	gzbuffer(file, 1 << 18);
	ret = each_line(file, path, fn, ctx);
	/* A gz file that was cut off shows only here. */
	if (gzclose(file) != Z_OK && !ret) {
		fprintf(stderr, "%s: damaged\n", path);
		ret = -1;
	}
	return ret;
}

static int sextet(char c)
{
	static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
	                             "0123456789+/";
	const char *p = c ? strchr(digits, c) : NULL;

	return p ? (int)(p - digits) : -1;
}

bool vector_decode(const json_t *value, struct vector_bytes *out)
{
	const char *s = json_string_value(value);
	size_t n = json_string_length(value), w = 0;
	uint32_t bits = 0;

	out->data = NULL;
	out->len = 0;
	if (!s || n % 4)
		return false;
	out->data = malloc(n / 4 * 3 + 1);
	if (!out->data)
		return false;
	for (size_t i = 0; i < n; i++) {
		int v = sextet(s[i]);

		/* "=" may stand only in the last two places. */
		if (v < 0 && !(s[i] == '=' && i + 2 >= n && (i + 1 == n || s[n - 1] == '='))) {
			free(out->data);
			out->data = NULL;
			return false;
		}
		bits = bits << 6 | (uint32_t)(v < 0 ? 0 : v);
		if (i % 4 != 3)
			continue;
		out->data[w++] = (char)(bits >> 16);
		out->data[w++] = (char)(bits >> 8 & 0xFF);
		out->data[w++] = (char)(bits & 0xFF);
	}
	if (n && s[n - 1] == '=')
		w -= s[n - 2] == '=' ? 2 : 1;
	out->data[w] = '\0';
	out->len = w;
	return true;
}

const char *vector_show(const char *data, size_t len, char *buf, size_t size)
{
	size_t w = 0;

	for (size_t i = 0; i < len && w + 8 < size; i++) {
		unsigned char c = (unsigned char)data[i];

		if (c == '\n')
			w += (size_t)sprintf(buf + w, "\\n");
		else if (c == '\\')
			w += (size_t)sprintf(buf + w, "\\\\");
		else if (c < 0x20 || c > 0x7E)
			w += (size_t)sprintf(buf + w, "\\x%02x", c);
		else
			buf[w++] = (char)c;
		if (w + 8 >= size && i + 1 < len)
			w += (size_t)sprintf(buf + w, "...");
	}
	buf[w] = '\0';
	return buf;
}

const char *vector_name(const json_t *object, char *buf, size_t size)
{
	const json_t *name = json_object_get(object, "name");
	const json_t *id = json_object_get(object, "id");

	if (!name && json_is_string(id))
		name = id;
	if (name && json_is_string(name))
		snprintf(buf, size, "%s", json_string_value(name));
	else if (json_is_integer(id))
		snprintf(buf, size, "#%lld", (long long)json_integer_value(id));
	else
		snprintf(buf, size, "(no name)");
	return buf;
}

bool vector_has_only(json_t *object, const char *const *names, const char **odd)
{
	const char *key;
	json_t *value;

	json_object_foreach(object, key, value) {
		size_t i = 0;

		(void)value;
		while (names[i] && strcmp(names[i], key) != 0)
			i++;
		if (!names[i]) {
			*odd = key;
			return false;
		}
	}
	return true;
}
