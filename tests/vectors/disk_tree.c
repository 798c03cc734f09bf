/* SPDX-License-Identifier: Apache-2.0 */
#include "disk_tree.h"

#include "support/vector_file.h"

#include <errno.h>
#include <fcntl.h>
#include <ftw.h>
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

char *disk_tree_make(json_t *entries)
{
	const char *tmp = getenv("TMPDIR");
	char name[4096];
	char *path;
	json_t *e;
	size_t i;
	int root, rc = 0;

	snprintf(name, sizeof(name), "%s/jettison-vectors.XXXXXX", tmp && tmp[0] ? tmp : "/tmp");
	if (!mkdtemp(name))
		return NULL;
	path = strdup(name);
	root = open(name, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (!path || root < 0)
		return NULL;
	json_array_foreach(entries, i, e) {
		if (rc == 0)
			rc = make_entry(root, e);
	}
	close(root);
	if (rc == 0)
		return path;
	disk_tree_remove(path);
	return NULL;
}
