/* SPDX-License-Identifier: Apache-2.0 */
#include "cli/place.h"

#include "base/error.h"
#include "base/path.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* Takes the root off @full, a clean absolute path.  False: it lies elsewhere. */
static bool below(const char *root, struct jet_buf *full)
{
	const size_t n = strcmp(root, "/") == 0 ? 0 : strlen(root);

	if (full->len < n || memcmp(full->data, root, n) != 0)
		return false;
	if (full->len > n && full->data[n] != '/')
		return false;
	full->len -= full->len > n ? n + 1 : n;
	memmove(full->data, full->data + n + 1, full->len);
	return jet_buf_terminate(full) == 0;
}

static int join(const char *base, const char *name, size_t len, struct jet_buf *full)
{
	full->len = 0;
	if (name[0] != '/' && (jet_buf_text(full, base) < 0 || jet_buf_byte(full, '/') < 0))
		return -1;
	if (jet_buf_append(full, name, len) < 0 || jet_buf_reserve(full, 1) < 0)
		return -1;
	full->len = jet_path_clean(full->data, full->len, full->data);
	return jet_buf_terminate(full);
}

/* The same path with the links of its parent resolved. */
static int resolve_parent(struct jet_buf *full)
{
	const size_t base = jet_path_base(full->data, full->len);
	char *last = strdup(full->data + base);
	char *parent = NULL;
	int rc = -1;

	if (!last)
		return -1;
	full->len = base;
	if (jet_buf_terminate(full) == 0)
		parent = realpath(full->data, NULL);
	if (parent)
		rc = join(parent, last, strlen(last), full);
	free(parent);
	free(last);
	return rc;
}

/* The current directory, or the root itself for what is relative to it. */
static char *start(const char *root, enum jet_place_from from)
{
	return realpath(from == JET_PLACE_CURRENT ? "." : root, NULL);
}

int jet_place(const char *root, enum jet_place_from from, const char *name, size_t len,
              struct jet_buf *path, struct jet_error *err)
{
	/* Somewhere, so that ".." does not lead back to it; from the root on, too, where an
	 * archive has its own. */
	char *real = root ? realpath(root, NULL) : strdup("/archive");
	char *base = root ? start(root, from) : strdup("/archive");
	int rc = 0;

	while (!root && len > 1 && name[0] == '/') {
		name++;
		len--;
	}
	if (!root && len && name[0] == '/')
		name = ".";

	if (!real || !base)
		rc = errno == ENOMEM ? jet_fail_nomem(err)
		                     : jet_fail_errno(err, JET_E_IO, errno, root,
		                                      "cannot open the context");
	else if (!len || memchr(name, '\0', len))
		rc = jet_fail(err, JET_E_PATH, NULL,
		              len ? "a path with a NUL byte in it"
		                  : "an empty path: the context itself is \".\"");
	else if (join(base, name, len, path) < 0)
		rc = jet_fail_nomem(err);
	else if (!below(real, path) &&
	         (name[0] != '/' || resolve_parent(path) < 0 || !below(real, path)))
		rc = jet_fail(err, JET_E_PATH, NULL, "\"%s\" is outside the context%s%s",
		              JET_SHOW(((struct jet_str){ name, len })), root ? " " : "", root ? root : "");
	free(real);
	free(base);
	return rc;
}
