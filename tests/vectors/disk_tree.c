/* SPDX-License-Identifier: Apache-2.0 */
#include "disk_tree.h"

#include "support/vector_file.h"

#include <errno.h>
#include <fcntl.h>
#include <ftw.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static int remove_one(const char *path, const struct stat *st, int kind, struct FTW *ftw)
{
	(void)st;
	(void)kind;
	(void)ftw;
	return remove(path);
}

void disk_tree_remove(char *root)
{
	if (!root)
		return;
	if (nftw(root, remove_one, 16, FTW_DEPTH | FTW_PHYS) != 0)
		fprintf(stderr, "%s: cannot be removed\n", root);
	free(root);
}

static int make_dir(int root, const char *path)
{
	return mkdirat(root, path, 0755) == 0 || errno == EEXIST ? 0 : -1;
}

static int make_parents(int root, char *path)
{
	for (char *slash = strchr(path, '/'); slash; slash = strchr(slash + 1, '/')) {
		int rc;

		*slash = '\0';
		rc = make_dir(root, path);
		*slash = '/';
		if (rc < 0)
			return -1;
	}
	return 0;
}

static int make_file(int root, const char *path, const struct vector_bytes *data)
{
	int fd = openat(root, path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0644);
	int rc;

	if (fd < 0)
		return -1;
	rc = write(fd, data->data, data->len) == (ssize_t)data->len ? 0 : -1;
	return close(fd) == 0 ? rc : -1;
}

static int make_entry(int root, json_t *e)
{
	const char *type = json_string_value(json_object_get(e, "type"));
	struct vector_bytes path = { 0 }, body = { 0 };
	json_t *text = json_object_get(e, "data") ? json_object_get(e, "data") : json_object_get(e, "link");
	int rc = -1;

	if (type && vector_decode(json_object_get(e, "path"), &path) &&
	    (!text || vector_decode(text, &body)) && make_parents(root, path.data) == 0) {
		if (type[0] == 'd')
			rc = make_dir(root, path.data);
		else if (type[0] == 'f' && text)
			rc = make_file(root, path.data, &body);
		else if (type[0] == 'l' && text)
			rc = symlinkat(body.data, root, path.data);
	}
	if (rc < 0)
		fprintf(stderr, "%s: cannot be made: %s\n", path.data ? path.data : "?", strerror(errno));
	free(path.data);
	free(body.data);
	return rc;
}

/* An empty folder; @root is set to a descriptor of it. */
static char *make_root(int *root)
{
	const char *tmp = getenv("TMPDIR");
	char name[4096];
	char *path;

	snprintf(name, sizeof(name), "%s/jettison-vectors.XXXXXX", tmp && tmp[0] ? tmp : "/tmp");
	if (!mkdtemp(name))
		return NULL;
	path = strdup(name);
	*root = open(name, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	return *root < 0 ? NULL : path;
}

static char *done(char *path, int root, int rc)
{
	close(root);
	if (rc == 0)
		return path;
	disk_tree_remove(path);
	return NULL;
}

char *disk_tree_make(json_t *entries)
{
	json_t *e;
	size_t i;
	int root, rc = 0;
	char *path = make_root(&root);

	if (!path)
		return NULL;
	json_array_foreach(entries, i, e) {
		if (rc == 0)
			rc = make_entry(root, e);
	}
	return done(path, root, rc);
}

/* ---- needs.jsonl -------------------------------------------------------- */

/* "p" may be "./a" or "a//b". */
static void clean(char *path)
{
	size_t w = 0, start = 0;

	for (size_t i = 0; start <= strlen(path); start = i + 1) {
		const size_t n = strcspn(path + start, "/");
		const bool end = !path[start + n];

		i = start + n;
		if (n && !(n == 1 && path[start] == '.')) {
			if (w)
				path[w++] = '/';
			memmove(path + w, path + start, n);
			w += n;
		}
		if (end)
			break;
	}
	path[w] = '\0';
}

static int make_text(int root, const char *path, const char *text, size_t len)
{
	const struct vector_bytes body = { (char *)(uintptr_t)text, len };

	return make_file(root, path, &body);
}

static int make_content(int root, const char *path, json_t *e)
{
	json_t *text = json_object_get(e, "c");
	struct vector_bytes body;
	char line[4200];
	int rc;

	if (json_object_get(e, "b64")) {
		if (!vector_decode(json_object_get(e, "b64"), &body))
			return -1;
		rc = make_file(root, path, &body);
		free(body.data);
		return rc;
	}
	if (text)
		return make_text(root, path, json_string_value(text), json_string_length(text));
	snprintf(line, sizeof(line), "%s\n", path);
	return make_text(root, path, line, strlen(line));
}

/* Modes are octal text or a number. */
static int set_mode(int root, const char *path, json_t *mode)
{
	const long value = json_is_string(mode) ? strtol(json_string_value(mode), NULL, 8)
	                                        : (long)json_integer_value(mode);

	return mode && !json_is_null(mode) ? fchmodat(root, path, (mode_t)value, 0) : 0;
}

static int make_needs_entry(int root, json_t *e)
{
	const char *type = json_string_value(json_object_get(e, "t"));
	const char *p = json_string_value(json_object_get(e, "p"));
	char *path = p ? strdup(p) : NULL;
	int rc = -1;

	if (path && type) {
		clean(path);
		rc = make_parents(root, path);
		if (rc == 0 && type[0] == 'd')
			rc = make_dir(root, path);
		else if (rc == 0 && type[0] == 'l')
			rc = symlinkat(json_string_value(json_object_get(e, "c")), root, path);
		else if (rc == 0 && type[0] == 'p')
			rc = mkfifoat(root, path, 0644);
		else if (rc == 0)
			rc = make_content(root, path, e);
		if (rc == 0 && type[0] != 'l')
			rc = set_mode(root, path, json_object_get(e, "m"));
	}
	if (rc < 0)
		fprintf(stderr, "%s: cannot be made: %s\n", p ? p : "?", strerror(errno));
	free(path);
	return rc;
}

char *disk_tree_make_needs(json_t *tree, const char *at, json_t *dockerfile)
{
	char *copy = strdup(at);
	json_t *e;
	size_t i;
	int root, rc = 0;
	char *path = make_root(&root);

	if (!path || !copy) {
		free(copy);
		return NULL;
	}
	json_array_foreach(tree, i, e) {
		if (rc == 0)
			rc = make_needs_entry(root, e);
	}
	if (rc == 0)
		rc = make_parents(root, copy);
	if (rc == 0)
		rc = make_text(root, at, json_string_value(dockerfile), json_string_length(dockerfile));
	free(copy);
	return done(path, root, rc);
}
