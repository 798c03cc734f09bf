/* SPDX-License-Identifier: Apache-2.0 */
/* The orders of evaluation, word by word; see twin.h. */
#include "twin_private.h"

#include <stdlib.h>
#include <string.h>

enum hit { MISS, HIT, BAD };

static bool ends_with(const char *s, size_t len, const char *end, size_t n)
{
	return n <= len && !memcmp(s + len - n, end, n);
}

/* One rule against one text. */
static enum hit match(const struct twin_rule *rule, const char *s, size_t len)
{
	const char *p = rule->pattern;
	size_t n = rule->pattern_len;

	if (rule->bad)
		return BAD;
	switch (rule->type) {
	case TWIN_EXACT:
		return len == n && !memcmp(s, p, n) ? HIT : MISS;
	case TWIN_PREFIX:
		return len >= n - 2 && !memcmp(s, p, n - 2) ? HIT : MISS;
	case TWIN_SUFFIX:
		p += 2;
		n -= 2;
		if (ends_with(s, len, p, n))
			return HIT;
		return n && p[0] == '/' && len == n - 1 && !memcmp(s, p + 1, len) ? HIT : MISS;
	default:
		return twin_search(rule->program, s, len) ? HIT : MISS;
	}
}

/* The end of the component that starts at or contains @from. */
static size_t component_end(const char *path, size_t len, size_t from)
{
	const char *slash = from < len ? memchr(path + from, '/', len - from) : NULL;

	return slash ? (size_t)(slash - path) : len;
}

/* Bytes of the first @parts components; 0 unless the path is deeper. */
static size_t ancestor(const char *path, size_t len, size_t parts)
{
	size_t end = 0;

	for (size_t i = 0; i < parts; i++) {
		end = component_end(path, len, i ? end + 1 : 0);
		if (end == len)
			return 0;
	}
	return end;
}

/* The path itself, then whichever ancestors the order looks at. */
static enum hit match_with_parents(const struct twin_rule *rule, enum jet_order order,
                                   const char *path, size_t len, size_t *matched_len)
{
	enum hit hit = match(rule, path, len);
	size_t end;

	*matched_len = len;
	if (hit != MISS || order == JET_ORDER_SELF)
		return hit;
	if (order == JET_ORDER_OLD) {
		*matched_len = ancestor(path, len, rule->parts);
		return *matched_len ? match(rule, path, *matched_len) : MISS;
	}
	for (size_t parts = 1; (end = ancestor(path, len, parts)) > 0; parts++) {
		*matched_len = end;
		if (match(rule, path, end) == HIT)
			return HIT;
	}
	return MISS;
}

/* Takes a hit into the verdict. */
static void flip(struct twin_verdict *v, const struct twin_rule *rule, size_t index,
                 size_t matched_len)
{
	enum jet_answer answer = rule->negated ? JET_KEPT : JET_IGNORED;

	if (answer == v->answer)
		return;
	v->answer = answer;
	v->flips[v->nflips++] = (struct twin_flip){ index, matched_len };
}

static bool is_skipped(const struct twin *twin, const struct twin_rule *rule,
                       const struct twin_verdict *v)
{
	return twin_dialect(twin->builder)->skips && rule->negated != (v->answer == JET_IGNORED);
}

static void fail(struct twin_verdict *v, size_t rule)
{
	v->answer = JET_FAILED;
	v->failed_rule = rule;
}

/* ORP, OLD and SELF: the path is asked on its own. */
static void evaluate(const struct twin *twin, enum jet_order order, const char *path,
                     size_t len, struct twin_verdict *v)
{
	for (size_t i = 0; i < twin->count; i++) {
		const struct twin_rule *rule = &twin->rules[i];
		size_t matched_len;
		enum hit hit;

		if (is_skipped(twin, rule, v))
			continue;
		hit = match_with_parents(rule, order, path, len, &matched_len);
		if (hit == BAD) {
			fail(v, i);
			return;
		}
		if (hit == HIT)
			flip(v, rule, i, matched_len);
	}
}

/* WALK, one level: @vector comes from the parent and leaves as this one's.
 * An element is 0 or the bytes of the path that the rule matched. */
static void walk_level(const struct twin *twin, const char *path, size_t len, size_t *vector,
                       struct twin_verdict *v)
{
	v->answer = JET_KEPT;
	v->nflips = 0;
	for (size_t i = 0; i < twin->count; i++) {
		const struct twin_rule *rule = &twin->rules[i];

		if (!vector[i]) {
			enum hit hit;

			if (is_skipped(twin, rule, v))
				continue;
			hit = match(rule, path, len);
			if (hit == BAD) {
				fail(v, i);
				return;
			}
			vector[i] = hit == HIT ? len : 0;
		}
		if (vector[i])
			flip(v, rule, i, vector[i]);
	}
}

static void walk(const struct twin *twin, const char *path, size_t len, struct twin_verdict *v)
{
	size_t *vector = twin_alloc(NULL, (twin->count + 1) * sizeof(*vector));
	size_t end = component_end(path, len, 0);

	memset(vector, 0, (twin->count + 1) * sizeof(*vector));
	for (;;) {
		walk_level(twin, path, end, vector, v);
		if (v->answer == JET_FAILED || end == len)
			break;
		end = component_end(path, len, end + 1);
	}
	free(vector);
}

/* BuildKit opens a file with ORP, after it listed it with WALK. */
static bool is_emptied(const struct twin *twin, const char *path, size_t len)
{
	struct twin_verdict v = { .answer = JET_KEPT };

	v.flips = twin_alloc(NULL, (twin->count + 1) * sizeof(*v.flips));
	evaluate(twin, JET_ORDER_ORP, path, len, &v);
	free(v.flips);
	return v.answer != JET_KEPT;
}

void twin_path(const struct twin *twin, enum jet_order order, const char *path, size_t len,
               struct twin_verdict *v)
{
	const bool opens = order == JET_ORDER_BUILDER && twin->builder == JET_BUILDER_BUILDKIT;

	if (order == JET_ORDER_BUILDER)
		order = twin_dialect(twin->builder)->order;
	v->answer = JET_KEPT;
	v->emptied = false;
	v->nflips = 0;
	if (order != JET_ORDER_WALK) {
		evaluate(twin, order, path, len, v);
		return;
	}
	walk(twin, path, len, v);
	if (opens && v->answer == JET_KEPT)
		v->emptied = is_emptied(twin, path, len);
}
