/* SPDX-License-Identifier: Apache-2.0 */
#include "compare.h"

#include "base/path.h"
#include "match/matcher.h"
#include "support/twin.h"
#include "support/vector_file.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { NORDERS = JET_ORDER_SELF + 1, NENGINES = 2, MAX_DEPTH = COMPARE_MAX_PATH / 2 + 1 };

/* An engine, and where in the tree it stands. */
struct engine {
	struct jet_matcher *m;
	const char *name;
	char dir[COMPARE_MAX_PATH]; /* the directory it is in */
	size_t dir_len;
	bool dead[MAX_DEPTH]; /* per level below the root: it is called dead */
	size_t depth;
};

struct comparison {
	const struct compare_case *c;
	enum jet_builder builder;
	struct compare_stats *stats;
	struct twin twin;
	struct jet_ruleset *rs;
	struct engine engines[NENGINES];
	struct twin_verdict want;
	struct jet_trace *trace;
	const struct compare_path *path; /* at hand, or NULL */
	char *what;
	size_t size;
	bool bad;
};

const char *compare_order_name(enum jet_order order)
{
	static const char *const names[] = { "BUILDER", "WALK", "ORP", "OLD", "SELF" };

	return names[order];
}

/* The first difference is the one that is told. */
static void differ(struct comparison *k, const char *format, ...)
	__attribute__((format(printf, 2, 3)));

static void differ(struct comparison *k, const char *format, ...)
{
	char shown[400] = "";
	va_list ap;
	int n;

	if (k->bad)
		return;
	k->bad = true;
	if (k->path)
		vector_show(k->path->s, k->path->len, shown, sizeof(shown));
	n = snprintf(k->what, k->size, "%s: \"%s\": ", jet_builder_name(k->builder), shown);
	if (n < 0 || (size_t)n >= k->size)
		return;
	va_start(ap, format);
	vsnprintf(k->what + n, k->size - (size_t)n, format, ap);
	va_end(ap);
}

/* ---- rules -------------------------------------------------------------- */

static void compare_rules(struct comparison *k)
{
	if (jet_ruleset_count(k->rs) != k->twin.count) {
		differ(k, "%zu rules, not %zu", jet_ruleset_count(k->rs), k->twin.count);
		return;
	}
	for (size_t i = 0; i < k->twin.count; i++) {
		const struct twin_rule *want = &k->twin.rules[i];
		const struct jet_rule *got = jet_ruleset_rule(k->rs, i);

		if (got->pattern_len != want->pattern_len ||
		    memcmp(got->pattern, want->pattern, want->pattern_len) != 0)
			differ(k, "rule %zu has another pattern", i);
		if (got->negated != want->negated || got->line != want->line || got->index != i)
			differ(k, "rule %zu: negated %d, line %u", i, got->negated, (unsigned)got->line);
		if ((got->fault != NULL) != want->bad)
			differ(k, "rule %zu: %s", i, got->fault ? got->fault : "compiles");
	}
}

/* ---- verdicts ----------------------------------------------------------- */

/* The index of the rule that decides, or -1. */
static long wanted_rule(const struct twin_verdict *v)
{
	if (v->answer == JET_FAILED)
		return (long)v->failed_rule;
	return v->nflips ? (long)v->flips[v->nflips - 1].rule : -1;
}

static void compare_verdict(struct comparison *k, const char *how, const char *engine,
                            const struct jet_verdict *got)
{
	const long want = wanted_rule(&k->want), rule = got->rule ? (long)got->rule->index : -1;

	if (got->answer != k->want.answer || got->emptied != k->want.emptied || rule != want)
		differ(k, "%s, %s: %c%s by rule %ld, not %c%s by rule %ld", how, engine,
		       "01E"[got->answer], got->emptied ? " emptied" : "", rule,
		       "01E"[k->want.answer], k->want.emptied ? " emptied" : "", want);
}

/* Bytes of the path at which a rule failed: WALK comes by from the top. */
static size_t failed_len(const struct comparison *k, enum jet_order order)
{
	const struct compare_path *path = k->path;
	struct twin_verdict v = { 0 };
	size_t len = path->len;

	v.flips = calloc(k->twin.count + 1, sizeof(*v.flips));
	if (!v.flips)
		abort();
	for (size_t i = 0; i < path->len; i++) {
		if (path->s[i] != '/')
			continue;
		twin_path(&k->twin, order, path->s, i, &v);
		if (v.answer == JET_FAILED) {
			len = i;
			break;
		}
	}
	free(v.flips);
	return len;
}

static bool is_walk(const struct comparison *k, enum jet_order order)
{
	return order == JET_ORDER_WALK ||
	       (order == JET_ORDER_BUILDER &&
	        (k->builder == JET_BUILDER_BUILDKIT || k->builder == JET_BUILDER_CLASSIC));
}

static void compare_trace(struct comparison *k, enum jet_order order, struct engine *e)
{
	const size_t failed = k->want.answer == JET_FAILED, want = k->want.nflips + failed;
	size_t count = 0;

	if (jet_matcher_trace(e->m, order, k->path->s, k->path->len, k->trace, k->twin.count + 1,
	                      &count) < 0 ||
	    count != want) {
		differ(k, "%s, %s: trace of %zu, not %zu", compare_order_name(order), e->name, count,
		       want);
		return;
	}
	for (size_t i = 0; i < count; i++) {
		size_t rule = k->want.failed_rule, len = k->path->len;

		if (i < k->want.nflips) {
			rule = k->want.flips[i].rule;
			len = k->want.flips[i].matched_len;
		} else if (is_walk(k, order)) {
			len = failed_len(k, order);
		}
		if (k->trace[i].rule->index != rule || k->trace[i].matched_len != len)
			differ(k, "%s, %s: trace %zu is rule %u over %zu bytes, not %zu over %zu",
			       compare_order_name(order), e->name, i,
			       (unsigned)k->trace[i].rule->index, k->trace[i].matched_len, rule, len);
	}
}

static void compare_order(struct comparison *k, enum jet_order order)
{
	twin_path(&k->twin, order, k->path->s, k->path->len, &k->want);
	k->stats->comparisons++;
	k->stats->answers[k->want.answer]++;
	k->stats->emptied += k->want.emptied;
	k->stats->flips += k->want.nflips;
	for (int i = 0; i < NENGINES; i++) {
		struct engine *e = &k->engines[i];
		struct jet_verdict got;

		if (jet_matcher_path(e->m, order, k->path->s, k->path->len, &got) < 0) {
			differ(k, "%s, %s: cannot be asked", compare_order_name(order), e->name);
			return;
		}
		compare_verdict(k, compare_order_name(order), e->name, &got);
		compare_trace(k, order, e);
	}
}

/* ---- trees -------------------------------------------------------------- */

/* What is below a dead directory may be ignored, and nothing else. */
static void check_below(struct comparison *k, const struct engine *e, const char *path, size_t len)
{
	const struct compare_path below = { path, len };

	twin_path(&k->twin, JET_ORDER_BUILDER, path, len, &k->want);
	k->stats->dead++;
	if (k->want.answer != JET_IGNORED) {
		k->path = &below;
		differ(k, "in a tree, %s: %.*s is called dead, but this is %c", e->name,
		       (int)e->dir_len, e->dir, "01E"[k->want.answer]);
	}
}

/* The other paths of the case, and their names, as if they lay in this directory. */
static void check_others_below(struct comparison *k, const struct engine *e)
{
	char path[2 * COMPARE_MAX_PATH + 1];

	memcpy(path, e->dir, e->dir_len);
	path[e->dir_len] = '/';
	for (size_t i = 0; i < k->c->npaths; i++) {
		const struct compare_path *p = &k->c->paths[i];
		const size_t base = jet_path_base(p->s, p->len);

		memcpy(path + e->dir_len + 1, p->s, p->len);
		check_below(k, e, path, e->dir_len + 1 + p->len);
		if (!base)
			continue;
		memcpy(path + e->dir_len + 1, p->s + base, p->len - base);
		check_below(k, e, path, e->dir_len + 1 + p->len - base);
	}
}

static void push(struct comparison *k, struct engine *e, const char *name, size_t len)
{
	if (jet_matcher_push(e->m, name, len) < 0) {
		differ(k, "in a tree, %s: cannot go in", e->name);
		return;
	}
	if (e->dir_len)
		e->dir[e->dir_len++] = '/';
	memcpy(e->dir + e->dir_len, name, len);
	e->dir_len += len;
	e->dead[e->depth] = jet_matcher_dead(e->m);
	if (e->dead[e->depth++] && e == &k->engines[0])
		check_others_below(k, e);
}

static void pop(struct engine *e)
{
	jet_matcher_pop(e->m);
	e->depth--;
	while (e->dir_len && e->dir[e->dir_len - 1] != '/')
		e->dir_len--;
	e->dir_len -= e->dir_len > 0;
}

static bool is_inside(const struct engine *e, const char *path, size_t len)
{
	return !e->dir_len || (e->dir_len < len && !memcmp(e->dir, path, e->dir_len) &&
	                       path[e->dir_len] == '/');
}

/* From wherever the last path has led to, and not further up than needed. */
static void compare_in_tree(struct comparison *k, struct engine *e)
{
	const struct compare_path path = *k->path;
	const size_t base = jet_path_base(path.s, path.len);
	struct jet_verdict got;
	bool dead = false;

	while (!is_inside(e, path.s, path.len))
		pop(e);
	while (!k->bad && e->dir_len + (e->dir_len > 0) < base) {
		const char *name = path.s + e->dir_len + (e->dir_len > 0);
		const char *slash = memchr(name, '/', path.len - (size_t)(name - path.s));

		push(k, e, name, (size_t)(slash - name));
	}
	if (k->bad)
		return;
	k->path = &path;
	twin_path(&k->twin, JET_ORDER_BUILDER, path.s, path.len, &k->want);
	if (jet_matcher_ask(e->m, path.s + base, path.len - base, &got) < 0)
		differ(k, "in a tree, %s: cannot be asked", e->name);
	else
		compare_verdict(k, "in a tree", e->name, &got);
	for (size_t i = 0; i < e->depth; i++)
		dead |= e->dead[i];
	if (dead)
		check_below(k, e, path.s, path.len);
	k->path = NULL;
}

/* ---- all of it ---------------------------------------------------------- */

static void compare_path(struct comparison *k, const struct compare_path *path)
{
	enum jet_answer orp = JET_KEPT, walk = JET_KEPT;

	for (int order = 0; order < NORDERS && !k->bad; order++) {
		k->path = path;
		compare_order(k, (enum jet_order)order);
		orp = order == JET_ORDER_ORP ? k->want.answer : orp;
		walk = order == JET_ORDER_WALK ? k->want.answer : walk;
	}
	k->stats->orders_differ += orp != walk;
	for (int i = 0; i < NENGINES && !k->bad; i++) {
		k->path = path;
		compare_in_tree(k, &k->engines[i]);
	}
	k->path = NULL;
}

static void open_engines(struct comparison *k)
{
	static const char *const names[] = { "with room", "without room" };

	for (int i = 0; i < NENGINES; i++) {
		struct engine *e = &k->engines[i];

		e->name = names[i];
		if (jet_matcher_open(k->rs, &e->m) < 0)
			abort();
		if (i)
			jet_matcher_set_limit(e->m, k->c->limit);
	}
}

static void compare_paths(struct comparison *k)
{
	k->want.flips = calloc(k->twin.count + 1, sizeof(*k->want.flips));
	k->trace = calloc(k->twin.count + 1, sizeof(*k->trace));
	if (!k->want.flips || !k->trace)
		abort();
	open_engines(k);
	k->stats->slow += k->rs->program.nslow;
	for (size_t i = 0; i < k->c->npaths && !k->bad; i++)
		compare_path(k, &k->c->paths[i]);
	k->stats->flushes += k->engines[1].m->automaton.generation;
	for (int i = 0; i < NENGINES; i++)
		jet_matcher_close(k->engines[i].m);
	free(k->want.flips);
	free(k->trace);
}

bool compare_case(const struct compare_case *c, enum jet_builder builder,
                  struct compare_stats *stats, char *what, size_t size)
{
	/* Large, so not on the stack. */
	struct comparison *k = calloc(1, sizeof(*k));
	int want, got;
	bool good;

	if (!k)
		abort();
	k->c = c;
	k->builder = builder;
	k->stats = stats;
	k->what = what;
	k->size = size;
	want = twin_parse(c->list, c->len, builder, &k->twin);
	got = jet_ruleset_parse(c->list, c->len, NULL, builder, &k->rs, NULL);
	if (got != want)
		differ(k, "parsing gives %d, not %d", got, want);
	if (!got && !want) {
		compare_rules(k);
		if (!k->bad)
			compare_paths(k);
	}
	stats->refused += want != 0;
	if (!want)
		twin_free(&k->twin);
	jet_ruleset_free(k->rs);
	good = !k->bad;
	free(k);
	return good;
}
