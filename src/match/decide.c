/* SPDX-License-Identifier: Apache-2.0 */
#include "match/matcher.h"

#include <stdlib.h>
#include <string.h>

/* Enough for any sane tree; a hostile one makes the table start over. */
enum { MAX_DECISIONS = 1 << 16 };

uint32_t *jet_scratch(struct jet_matcher *m, size_t n)
{
	uint32_t *room;

	if (n <= m->scratch_capacity)
		return m->scratch;
	if (n > SIZE_MAX / 8)
		return NULL;
	room = malloc(n * 2 * sizeof(*room));
	if (!room)
		return NULL;
	free(m->scratch);
	m->scratch = room;
	m->scratch_capacity = n * 2;
	return room;
}

static struct jet_hits hits_of(const struct jet_lists *lists, uint32_t number)
{
	struct jet_hits hits;

	hits.rules = jet_lists_get(lists, number, &hits.n);
	return hits;
}

/* ---- rules that match by themselves ------------------------------------- */

static int merge_slow(struct jet_matcher *m, uint32_t accepts, uint32_t *own)
{
	const struct jet_program *prog = &m->rs->program;
	const struct jet_hits hits = hits_of(&m->automaton.lists, accepts);
	uint32_t *merged = jet_scratch(m, hits.n + prog->nslow);
	size_t n = 0, k = 0;

	if (!merged)
		return -1;
	for (uint32_t i = 0; i < prog->nslow; i++) {
		const uint32_t rule = prog->slow[i].rule;
		int hit = jet_slow_match(&m->slow, &prog->slow[i]);

		if (hit < 0)
			return -1;
		while (k < hits.n && hits.rules[k] < rule)
			merged[n++] = hits.rules[k++];
		if (hit)
			merged[n++] = rule;
	}
	while (k < hits.n)
		merged[n++] = hits.rules[k++];
	return jet_lists_add(&m->automaton.lists, merged, n, own);
}

int jet_own_rules(struct jet_matcher *m, const char *path, size_t len, uint32_t *own)
{
	*own = m->automaton.states[m->automaton.now.state].accepts;
	if (!m->rs->program.nslow)
		return 0;
	if (jet_slow_prepare(&m->slow, path, len) < 0)
		return -1;
	return merge_slow(m, *own, own);
}

/* ---- remembered decisions ----------------------------------------------- */

static void forget_decisions(struct jet_matcher *m)
{
	if (m->decision_capacity)
		memset(m->decisions, 0, m->decision_capacity * sizeof(*m->decisions));
	m->ndecisions = 0;
	m->decision_generation = m->automaton.generation;
}

static struct jet_decision *find_decision(const struct jet_matcher *m, uint32_t own,
                                          uint32_t inherited, uint32_t key)
{
	uint64_t h = ((uint64_t)own << 32 | inherited) * UINT64_C(0x9E3779B97F4A7C15);
	size_t at = (size_t)((h ^ key * UINT64_C(0xD6E8FEB86659FD93)) >> 24);

	for (;; at++) {
		struct jet_decision *d = &m->decisions[at & (m->decision_capacity - 1)];

		if (!d->key || (d->key == key && d->own == own && d->inherited == inherited))
			return d;
	}
}

static int grow_decisions(struct jet_matcher *m)
{
	const size_t old = m->decision_capacity, more = old ? old * 2 : 64;
	struct jet_decision *before = m->decisions;

	if (m->ndecisions >= MAX_DECISIONS) {
		forget_decisions(m);
		return 0;
	}
	m->decisions = calloc(more, sizeof(*before));
	if (!m->decisions) {
		m->decisions = before;
		return -1;
	}
	m->decision_capacity = more;
	for (size_t i = 0; i < old; i++) {
		const struct jet_decision *d = &before[i];

		if (d->key)
			*find_decision(m, d->own, d->inherited, d->key) = *d;
	}
	free(before);
	return 0;
}

/* Only OLD looks at the depth of a path. */
static uint32_t decision_key(enum jet_order order, size_t depth)
{
	uint32_t deep = depth < UINT32_MAX / 8 ? (uint32_t)depth : UINT32_MAX / 8;

	return (order == JET_ORDER_OLD ? deep * 8 : 0) + (uint32_t)order + 1;
}

static int decide_now(struct jet_matcher *m, enum jet_order order, uint32_t own,
                      uint32_t inherited, size_t depth, bool passed,
                      struct jet_outcome *outcome)
{
	struct jet_lists *lists = &m->automaton.lists;
	const struct jet_question q = {
		.order = order,
		.asks_all = m->rs->dialect->asks_all,
		.rules = m->rs->rules,
		.parts = m->rs->parts,
		.own = hits_of(lists, own),
		.inherited = hits_of(lists, inherited),
		.faulty = { m->rs->program.faulty, m->rs->program.nfaulty },
		.depth = depth,
	};
	struct jet_findings f = { .passed = NULL };

	if (passed) {
		f.passed = jet_scratch(m, q.own.n + q.inherited.n + 1);
		if (!f.passed)
			return -1;
	}
	jet_order_decide(&q, &f);
	outcome->answer = f.answer;
	outcome->rule = f.rule;
	outcome->passed = JET_NOT_PASSED;
	if (!passed)
		return 0;
	return jet_lists_add(lists, f.passed, f.npassed, &outcome->passed);
}

int jet_decide(struct jet_matcher *m, enum jet_order order, int slot, uint32_t own,
               size_t depth, bool passed, struct jet_outcome *outcome)
{
	const uint32_t inherited = m->automaton.now.lists[slot];
	const uint32_t key = decision_key(order, depth);
	struct jet_decision *d;

	if (m->decision_generation != m->automaton.generation)
		forget_decisions(m);
	if (m->ndecisions * 2 >= m->decision_capacity && grow_decisions(m) < 0)
		return -1;
	d = find_decision(m, own, inherited, key);
	if (!d->key || (passed && d->outcome.passed == JET_NOT_PASSED)) {
		if (decide_now(m, order, own, inherited, depth, passed, outcome) < 0)
			return -1;
		m->ndecisions += !d->key;
		*d = (struct jet_decision){ own, inherited, key, *outcome };
	}
	*outcome = d->outcome;
	return 0;
}
