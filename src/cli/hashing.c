/* SPDX-License-Identifier: Apache-2.0 */
#include "cli/hashing.h"

#include "base/buf.h"
#include "base/error.h"
#include "base/str.h"
#include "cli/place.h"
#include "cli/term.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

int jet_set_cache(void *field, const char *value, struct jet_error *err)
{
	struct jet_cache_option *option = field;

	if (value && !value[0])
		return jet_fail(err, JET_E_ARG, NULL, "needs a directory behind =, or nothing at all");
	option->on = true;
	option->dir = value;
	return 0;
}

static char *in(const char *dir, const char *name, struct jet_error *err)
{
	char *path = jet_concat(dir, name, "");

	if (!path)
		jet_note_nomem(err);
	return path;
}

char *jet_cache_dir(const char *dir, struct jet_error *err)
{
	const char *xdg = getenv("XDG_CACHE_HOME"), *home = getenv("HOME");

	if (dir)
		return in(dir, "", err);
	/* As the XDG Base Directory Specification has it, a relative one does not count. */
	if (xdg && xdg[0] == '/')
		return in(xdg, "/jettison", err);
	if (home && home[0] == '/')
		return in(home, "/.cache/jettison", err);
	jet_fail(err, JET_E_ARG, NULL,
	         "no place for a cache: HOME is not set, so name a directory: --cache=DIR");
	return NULL;
}

static bool is_same(const char *a, const char *b)
{
	struct stat x, y;

	return stat(a, &x) == 0 && stat(b, &y) == 0 && x.st_dev == y.st_dev && x.st_ino == y.st_ino;
}

/* Where in the context the cache is, which is there by now.  Elsewhere is fine, too. */
static int find_inside(struct jet_hashing *h, const char *dir, const char *root,
                       struct jet_error *err)
{
	char *real = realpath(dir, NULL);
	struct jet_buf path = { 0 };
	struct jet_error elsewhere;
	int rc = real ? jet_place(root, JET_PLACE_CURRENT, real, strlen(real), &path, &elsewhere)
	              : JET_E_PATH;

	free(real);
	if (rc == 0) {
		h->inside = path.data;
		return 0;
	}
	jet_buf_clear(&path);
	return rc == JET_E_NOMEM ? jet_fail_nomem(err) : 0;
}

/* The ways out are options. */
static int fail_open(const char *dir, struct jet_error *err)
{
	const struct jet_error why = *err;

	return jet_fail(err, JET_E_IO, dir, "%.200s: --cache=DIR names another directory, and without "
	                "--cache none is needed", why.message);
}

static int open_cache_in(struct jet_hashing *h, const char *dir, const char *root, bool quiet,
                         struct jet_error *err)
{
	enum jet_cache_found found;
	int rc;

	if (root && is_same(dir, root))
		return jet_fail(err, JET_E_ARG, dir,
		                "the cache would be the context itself: --cache=DIR names a directory of "
		                "its own");
	rc = jet_cache_open(dir, &h->cache, &found, err);
	if (rc < 0)
		return rc == JET_E_IO ? fail_open(dir, err) : rc;
	if (found == JET_CACHE_RENEWED && !quiet)
		jet_say("note: the cache in %s was damaged and is made anew", dir);
	if (found == JET_CACHE_READ_ONLY && !quiet)
		jet_say("note: the cache in %s may not be written: nothing new is remembered", dir);
	jet_hasher_use(h->hasher, h->cache);
	return root ? find_inside(h, dir, root, err) : 0;
}

static int open_cache(struct jet_hashing *h, const struct jet_cache_option *option,
                      const char *root, bool quiet, struct jet_error *err)
{
	char *dir = jet_cache_dir(option->dir, err);
	int rc = dir ? open_cache_in(h, dir, root, quiet, err) : err->code;

	free(dir);
	return rc;
}

int jet_hashing_open(struct jet_hashing *h, unsigned kinds, const struct jet_cache_option *option,
                     const char *root, bool quiet, struct jet_error *err)
{
	const int rc = jet_hasher_open(kinds, &h->hasher, err);

	return rc < 0 || !option || !option->on ? rc : open_cache(h, option, root, quiet, err);
}

bool jet_hashing_owns(const struct jet_hashing *h, const char *path, size_t len)
{
	const size_t n = h->inside ? strlen(h->inside) : 0;

	return n && len >= n && memcmp(path, h->inside, n) == 0 && (len == n || path[n] == '/');
}

void jet_hashing_close(struct jet_hashing *h)
{
	struct jet_error err = { 0 };

	jet_hasher_close(h->hasher);
	if (jet_cache_close(h->cache, &err) < 0) {
		char text[600];

		jet_say("warning: %s", jet_error_format(&err, text, sizeof(text)));
	}
	free(h->inside);
	memset(h, 0, sizeof(*h));
}
