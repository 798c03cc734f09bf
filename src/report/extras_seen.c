/* SPDX-License-Identifier: Apache-2.0 */
/* Which instructions would see a file that is there only because it has to be. */
#include "base/error.h"
#include "context/guide.h"
#include "context/needs.h"
#include "match/glob.h"
#include "report/extras_private.h"

#include <string.h>

static size_t first_component(struct jet_str s)
{
	const char *slash = s.len ? memchr(s.data, '/', s.len) : NULL;

	return slash ? (size_t)(slash - s.data) : s.len;
}

/* A wildcard that was looked up without it would find it, or a directory that is there
 * only for its sake. */
static bool matches(const struct jet_source *s, struct jet_str name)
{
	const struct jet_str first = { s->path.data, first_component(s->path) };

	if (s->context || s->kind == JET_SOURCE_BIND)
		return false;
	/* What flags leave of a directory was found without it, too. */
	if ((s->parents || s->nexcludes) &&
	    (!first.len || jet_glob_match(first, (struct jet_str){ name.data, first_component(name) })))
		return true;
	for (size_t i = 1; i <= name.len; i++) {
		if ((i == name.len || name.data[i] == '/') &&
		    jet_glob_match(s->path, (struct jet_str){ name.data, i }))
			return true;
	}
	return false;
}

static bool any_matches(const struct jet_needs *needs, struct jet_str name)
{
	for (size_t p = 0; p < needs->nplatforms; p++) {
		const struct jet_sources *s = needs->platforms[p].sources;

		for (size_t i = 0; i < s->n; i++) {
			if (matches(&s->list[i], name))
				return true;
		}
	}
	return false;
}

int jet_extras_is_seen(const struct jet_needs *needs, const char *name, bool *seen,
                       struct jet_error *err)
{
	const struct jet_str text = { name, strlen(name) };
	struct jet_guidance g = { 0 };
	struct jet_guide *guide;
	int rc;

	*seen = true;
	if (!needs || any_matches(needs, text))
		return 0;
	if (jet_guide_open(needs->plan, &guide) < 0)
		return jet_fail_nomem(err);
	rc = jet_guide_ask(guide, name, text.len, &g);
	*seen = g.by != 0;
	jet_guide_close(guide);
	return rc < 0 ? jet_fail_nomem(err) : 0;
}
