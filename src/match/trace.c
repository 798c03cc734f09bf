/* SPDX-License-Identifier: Apache-2.0 */
#include "match/matcher.h"

#include "base/path.h"

#include <stdlib.h>

/*
 * The same evaluation as jet_matcher_path(), level by level and without the
 * remembered decisions, noting where inherited rules come from.
 */
struct tracer {
	struct jet_matcher *m;
	enum jet_order order;
	uint32_t *room;  /* three arrays of as many rules as there are */
	uint32_t *inherited, *passed, *flips;
	size_t ninherited;
	size_t *since;   /* per rule: bytes of the ancestor it was inherited from */
};

static void look(struct tracer *t, uint32_t own, size_t depth, struct jet_findings *f)
{
	const struct jet_ruleset *rs = t->m->rs;
	struct jet_question q = {
		.order = t->order,
		.asks_all = rs->dialect->asks_all,
		.rules = rs->rules,
		.parts = rs->parts,
		.inherited = { t->inherited, t->ninherited },
		.faulty = { rs->program.faulty, rs->program.nfaulty },
		.depth = depth,
	};

	q.own.rules = jet_lists_get(&t->m->automaton.lists, own, &q.own.n);
	*f = (struct jet_findings){ .passed = t->passed, .flips = t->flips };
	jet_order_decide(&q, f);
}

/* What the directory path[0..len) passes on is inherited from now on. */
static void inherit(struct tracer *t, const struct jet_findings *f, size_t len)
{
	uint32_t *swap = t->inherited;
	size_t k = 0;

	for (size_t i = 0; i < f->npassed; i++) {
		while (k < t->ninherited && t->inherited[k] < f->passed[i])
			k++;
		if (k == t->ninherited || t->inherited[k] != f->passed[i])
			t->since[f->passed[i]] = len;
	}
	t->inherited = t->passed;
	t->ninherited = f->npassed;
	t->passed = swap;
}

static bool holds(const uint32_t *rules, size_t n, uint32_t rule)
{
	for (size_t i = 0; i < n; i++) {
		if (rules[i] == rule)
			return true;
	}
	return false;
}

/* The path itself is tried before what it inherits, except by WALK. */
static size_t matched_len(const struct tracer *t, uint32_t own, uint32_t rule, size_t len)
{
	bool is_inherited = holds(t->inherited, t->ninherited, rule), is_own;
	size_t n;
	const uint32_t *rules = jet_lists_get(&t->m->automaton.lists, own, &n);

	is_own = holds(rules, n, rule);
	if (is_inherited && (t->order == JET_ORDER_WALK || !is_own))
		return t->since[rule];
	return len;
}

static void report(const struct tracer *t, const struct jet_findings *f, uint32_t own,
                   size_t len, struct jet_trace *trace, size_t max)
{
	for (size_t i = 0; i < f->nflips && i < max; i++) {
		trace[i].rule = &t->m->rs->rules[f->flips[i]];
		trace[i].matched_len = matched_len(t, own, f->flips[i], len);
	}
}

static int run(struct tracer *t, const char *path, size_t len, struct jet_trace *trace,
               size_t max, size_t *count)
{
	struct jet_automaton *a = &t->m->automaton;
	size_t start = 0, depth = 0;

	if (jet_start(t->m) < 0)
		return JET_E_NOMEM;
	for (size_t i = 0; i <= len; i++) {
		struct jet_findings f;
		uint32_t own;

		if (i < len && path[i] != '/')
			continue;
		if (jet_automaton_run(a, path + start, i - start) < 0 ||
		    jet_own_rules(t->m, path, i, &own) < 0)
			return JET_E_NOMEM;
		look(t, own, ++depth, &f);
		if (i == len || (f.answer == JET_FAILED && t->order == JET_ORDER_WALK)) {
			*count = f.nflips;
			report(t, &f, own, i, trace, max);
			return 0;
		}
		inherit(t, &f, i);
		if (jet_automaton_run(a, "/", 1) < 0)
			return JET_E_NOMEM;
		start = i + 1;
	}
	return 0;
}

int jet_matcher_trace(struct jet_matcher *m, enum jet_order order, const char *path,
                      size_t len, struct jet_trace *trace, size_t max, size_t *count)
{
	struct tracer t = { .m = m, .order = order };
	size_t n = m->rs->n + 1;
	int rc = JET_E_NOMEM;

	if (!jet_path_is_plain(path, len))
		return JET_E_PATH;
	*count = 0;
	if (!len)
		return 0;
	if (order == JET_ORDER_BUILDER)
		t.order = m->rs->dialect->order;
	t.room = calloc(n, 3 * sizeof(*t.room));
	t.since = calloc(n, sizeof(*t.since));
	if (t.room && t.since) {
		t.inherited = t.room;
		t.passed = t.room + n;
		t.flips = t.room + 2 * n;
		rc = run(&t, path, len, trace, max, count);
	}
	free(t.room);
	free(t.since);
	return rc;
}
