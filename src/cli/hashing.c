/* SPDX-License-Identifier: Apache-2.0 */
#include "cli/hashing.h"

#include "base/error.h"
#include "base/str.h"
#include "cli/term.h"

#include <stdlib.h>
#include <string.h>

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

static int open_cache(struct jet_hashing *h, const struct jet_cache_option *option, bool quiet,
                      struct jet_error *err)
{
	char *dir = jet_cache_dir(option->dir, err);
	bool damaged;
	int rc;

	if (!dir)
		return err->code;
	rc = jet_cache_open(dir, &h->cache, &damaged, err);
	if (rc == 0 && damaged && !quiet)
		jet_say("note: the cache in %s was damaged and is made anew", dir);
	if (rc == 0)
		jet_hasher_use(h->hasher, h->cache);
	free(dir);
	return rc;
}

int jet_hashing_open(struct jet_hashing *h, unsigned kinds, const struct jet_cache_option *option,
                     bool quiet, struct jet_error *err)
{
	const int rc = jet_hasher_open(kinds, &h->hasher, err);

	return rc < 0 || !option->on ? rc : open_cache(h, option, quiet, err);
}

void jet_hashing_close(struct jet_hashing *h)
{
	struct jet_error err = { 0 };

	jet_hasher_close(h->hasher);
	if (jet_cache_close(h->cache, &err) < 0) {
		char text[600];

		jet_say("warning: %s", jet_error_format(&err, text, sizeof(text)));
	}
	memset(h, 0, sizeof(*h));
}
