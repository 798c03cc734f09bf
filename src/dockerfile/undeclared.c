/* SPDX-License-Identifier: Apache-2.0 */
#include "dockerfile/undeclared.h"

#include "base/nearest.h"

#include <string.h>

/* A hostile file names many; nobody reads more guesses than that. */
enum { MAX_GUESSES = 50, MAX_NAMES = 1000, MIN_WORD = 4 };

struct declared {
	struct jet_env names;
	const char *list[MAX_NAMES]; /* to guess from */
	size_t n;
};

/* Proxies, the platform, and what is said to BuildKit itself. */
static bool is_known(struct jet_str name)
{
	static const char *const known[] = { "HTTP_PROXY", "http_proxy", "HTTPS_PROXY", "https_proxy",
		                             "FTP_PROXY", "ftp_proxy", "NO_PROXY", "no_proxy", "ALL_PROXY",
		                             "all_proxy", "SOURCE_DATE_EPOCH" };
	static const char *const begins[] = { "BUILDKIT_", "TARGET", "BUILD" };
	static const char *const platform[] = { "PLATFORM", "OS", "OSVERSION", "ARCH", "VARIANT",
		                                "STAGE" };

	for (size_t i = 0; i < sizeof(known) / sizeof(known[0]); i++) {
		if (jet_str_is(name, known[i]))
			return true;
	}
	if (name.len > strlen(begins[0]) && memcmp(name.data, begins[0], strlen(begins[0])) == 0)
		return true;
	for (size_t i = 1; i < sizeof(begins) / sizeof(begins[0]); i++) {
		const size_t n = strlen(begins[i]);

		for (size_t k = 0; k < sizeof(platform) / sizeof(platform[0]); k++) {
			if (name.len > n && memcmp(name.data, begins[i], n) == 0 &&
			    jet_str_is((struct jet_str){ name.data + n, name.len - n }, platform[k]))
				return true;
		}
	}
	return false;
}

static int declare(struct declared *d, const struct jet_instruction *in, struct jet_arena *arena)
{
	for (size_t i = 0; i < in->nwords; i++) {
		struct jet_str name = in->words[i].text;
		const char *equals = name.len ? memchr(name.data, '=', name.len) : NULL;

		if (equals)
			name.len = (size_t)(equals - name.data);
		if (jet_env_get(&d->names, name))
			continue;
		if (jet_env_set(&d->names, name, (struct jet_str){ "", 0 }, true) < 0)
			return -1;
		if (d->n < MAX_NAMES && !(d->list[d->n++] = jet_arena_dup(arena, name.data, name.len)))
			return -1;
	}
	return 0;
}

static int declare_all(struct declared *d, const struct jet_dockerfile *df, struct jet_arena *arena)
{
	int rc = 0;

	for (size_t i = 0; rc == 0 && i < df->n; i++) {
		const struct jet_instruction *in = &df->list[i];

		in = in->keyword == JET_KEYWORD_ONBUILD && in->nested ? in->nested : in;
		rc = in->keyword == JET_KEYWORD_ARG ? declare(d, in, arena) : 0;
	}
	return rc;
}

int jet_undeclared_find(const struct jet_dockerfile *df, const struct jet_pair *args, size_t nargs,
                        struct jet_arena *arena, struct jet_undeclared_arg **out, size_t *n)
{
	struct declared *d;

	*n = 0;
	*out = NULL;
	if (!nargs)
		return 0;
	d = jet_arena_alloc(arena, sizeof(*d));
	*out = jet_arena_array(arena, nargs + 1, sizeof(**out));
	if (!d || !*out)
		return -1;
	d->names.arena = arena;
	if (declare_all(d, df, arena) < 0)
		return -1;
	for (size_t i = 0; i < nargs; i++) {
		struct jet_undeclared_arg arg = { args[i].name, NULL };
		const char *word;

		if (jet_env_get(&d->names, arg.name) || is_known(arg.name))
			continue;
		word = jet_arena_dup(arena, arg.name.data, arg.name.len);
		/* One that is given twice is told once. */
		if (!word || jet_env_set(&d->names, arg.name, (struct jet_str){ "", 0 }, true) < 0)
			return -1;
		if (*n < MAX_GUESSES && arg.name.len >= MIN_WORD)
			arg.nearest = jet_nearest(word, d->list, d->n);
		(*out)[(*n)++] = arg;
	}
	return 0;
}
