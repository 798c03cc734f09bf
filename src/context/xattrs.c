/* SPDX-License-Identifier: Apache-2.0 */
#include "context/xattrs.h"

#include "base/error.h"
#include "base/os.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

/* needs.md, 8: builders drop all others, and labels of a security module or ACLs
 * belong to the machine. */
bool jet_xattr_is_kept(const char *name)
{
	return (strncmp(name, "user.", 5) == 0 && name[5]) || strcmp(name, "security.capability") == 0;
}

/* Room for one more, its name written down.  The item, without its value, or NULL. */
static struct jet_xattr *begin(struct jet_xattrs *x, const char *name)
{
	struct jet_xattr *items = jet_grow(x->items, x->n, &x->capacity, sizeof(*items));
	const size_t start = x->bytes.len;

	if (!items || jet_buf_append(&x->bytes, name, strlen(name) + 1) < 0)
		return NULL;
	x->items = items;
	items[x->n] = (struct jet_xattr){ .name = start, .value = x->bytes.len };
	return &items[x->n];
}

static int end(struct jet_xattrs *x, struct jet_xattr *item)
{
	item->value_len = x->bytes.len - item->value;
	x->n++;
	return x->bytes.len > JET_XATTRS_MAX ? -E2BIG : 0;
}

int jet_xattrs_add(struct jet_xattrs *x, const char *name, const void *value, size_t len)
{
	struct jet_xattr *item = begin(x, name);

	return item && jet_buf_append(&x->bytes, value, len) == 0 ? end(x, item) : -ENOMEM;
}

static int add(struct jet_xattrs *x, int fd, const char *name)
{
	struct jet_xattr *item = begin(x, name);
	int rc;

	if (!item)
		return -ENOMEM;
	rc = jet_os_xattr_get(fd, name, &x->bytes);
	if (rc < 0) {
		x->bytes.len = item->name;
		/* Taken away since the names were asked for. */
		return rc == -ENODATA ? 0 : rc;
	}
	return end(x, item);
}

/* Few, and sorted already where the file system does so. */
void jet_xattrs_sort(struct jet_xattrs *x)
{
	for (size_t i = 1; i < x->n; i++) {
		const struct jet_xattr item = x->items[i];
		size_t at = i;

		for (; at && strcmp(x->bytes.data + x->items[at - 1].name,
		                    x->bytes.data + item.name) > 0; at--)
			x->items[at] = x->items[at - 1];
		x->items[at] = item;
	}
}

int jet_xattrs_read(struct jet_xattrs *x, int fd, const char *path, struct jet_error *err)
{
	int rc;

	x->n = x->bytes.len = x->names.len = 0;
	rc = jet_os_xattr_names(fd, &x->names);
	for (size_t at = 0; rc == 0 && at < x->names.len; at += strlen(x->names.data + at) + 1) {
		if (jet_xattr_is_kept(x->names.data + at))
			rc = add(x, fd, x->names.data + at);
	}
	if (rc == -ENOMEM)
		return jet_fail_nomem(err);
	if (rc < 0)
		return jet_fail_errno(err, JET_E_IO, -rc, path, "cannot read its extended attributes");
	jet_xattrs_sort(x);
	return 0;
}

int jet_xattrs_write(const struct jet_xattrs *x, int fd, const char *path, struct jet_error *err)
{
	for (size_t i = 0; i < x->n; i++) {
		const struct jet_xattr *item = &x->items[i];
		int rc = jet_os_xattr_set(fd, x->bytes.data + item->name, x->bytes.data + item->value,
		                          item->value_len);

		if (rc < 0)
			return jet_fail_errno(err, JET_E_IO, -rc, path,
			                      "cannot write its extended attributes");
	}
	return 0;
}

void jet_xattrs_clear(struct jet_xattrs *x)
{
	free(x->items);
	jet_buf_clear(&x->bytes);
	jet_buf_clear(&x->names);
	memset(x, 0, sizeof(*x));
}
