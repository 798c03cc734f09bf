/* SPDX-License-Identifier: Apache-2.0 */
#include "match/order.h"

/* Three ascending lists read side by side. */
struct cursor {
	size_t own, inherited, faulty;
};

enum { OWN = 1, INHERITED = 2, FAULTY = 4 };

static uint32_t peek(struct jet_hits h, size_t at)
{
	return at < h.n ? h.rules[at] : JET_NO_RULE;
}

static uint32_t least(uint32_t a, uint32_t b)
{
	return a < b ? a : b;
}

/* The next rule that matches, did match or cannot be asked; and which of them. */
static uint32_t next_rule(const struct jet_question *q, struct cursor *c, unsigned *how)
{
	const uint32_t own = peek(q->own, c->own);
	const uint32_t inherited = peek(q->inherited, c->inherited);
	const uint32_t faulty = peek(q->faulty, c->faulty);
	const uint32_t rule = least(own, least(inherited, faulty));

	*how = 0;
	if (rule == JET_NO_RULE)
		return rule;
	if (own == rule) {
		*how |= OWN;
		c->own++;
	}
	if (inherited == rule) {
		*how |= INHERITED;
		c->inherited++;
	}
	if (faulty == rule) {
		*how |= FAULTY;
		c->faulty++;
	}
	return rule;
}

/* Does a rule that matched here go on to count below? */
static bool passes_on(const struct jet_question *q, uint32_t rule, unsigned how, bool asked)
{
	switch (q->order) {
	case JET_ORDER_ORP:
		return true;
	case JET_ORDER_OLD:
		return how & INHERITED || q->parts[rule] == q->depth;
	case JET_ORDER_WALK:
		/* Not asked is remembered as not matched. */
		return how & INHERITED || asked;
	default:
		return false;
	}
}

static void flip(struct jet_findings *f, uint32_t rule)
{
	f->rule = rule;
	if (f->flips)
		f->flips[f->nflips++] = rule;
}

void jet_order_decide(const struct jet_question *q, struct jet_findings *f)
{
	struct cursor c = { 0, 0, 0 };
	bool ignored = false, failed = false;
	unsigned how;

	f->answer = JET_KEPT;
	f->rule = JET_NO_RULE;
	f->npassed = f->nflips = 0;
	for (;;) {
		const uint32_t rule = next_rule(q, &c, &how);
		bool asked, negated;

		if (rule == JET_NO_RULE)
			break;
		negated = q->rules[rule].negated;
		/* A rule that cannot change the answer is not asked. */
		asked = q->asks_all || negated == ignored;
		if (how & FAULTY && !failed && asked) {
			flip(f, rule);
			failed = true;
		}
		if (how & FAULTY)
			continue;
		/* What matched here counts below even if this path itself fails: the
		 * error at a parent is swallowed.  (Not by WALK, but there nothing
		 * below is asked any more.) */
		if (f->passed && passes_on(q, rule, how, asked))
			f->passed[f->npassed++] = rule;
		if (negated == ignored && !failed) {
			ignored = !negated;
			flip(f, rule);
		}
	}
	f->answer = failed ? JET_FAILED : ignored ? JET_IGNORED : JET_KEPT;
}
