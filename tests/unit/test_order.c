/* SPDX-License-Identifier: Apache-2.0 */
#include "match/order.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <string.h>

enum { MAX = 8 };

/* One question as text: rules by their sign, hits by number. */
struct row {
	enum jet_order order;
	bool asks_all;
	const char *signs; /* "+" normal rule, "!" negated */
	const char *own, *inherited, *faulty;
	size_t depth;
	const char *want; /* answer (k, i, f), rule or "-", then passed, then flips */
};

static struct jet_hits hits_of(const char *digits, uint32_t *room)
{
	struct jet_hits hits = { room, strlen(digits) };

	for (size_t i = 0; i < hits.n; i++)
		room[i] = (uint32_t)(digits[i] - '0');
	return hits;
}

static char *put_digits(char *out, const uint32_t *rules, size_t n)
{
	*out++ = ' ';
	for (size_t i = 0; i < n; i++)
		*out++ = (char)('0' + rules[i]);
	return out;
}

static void answer(const struct row *row, char *out)
{
	struct jet_rule rules[MAX];
	uint32_t parts[MAX], own[MAX], inherited[MAX], faulty[MAX], passed[2 * MAX], flips[2 * MAX + 1];
	struct jet_question q = {
		.order = row->order, .asks_all = row->asks_all, .rules = rules, .parts = parts,
		.own = hits_of(row->own, own),
		.inherited = hits_of(row->inherited, inherited),
		.faulty = hits_of(row->faulty, faulty),
		.depth = row->depth,
	};
	struct jet_findings f = { .passed = passed, .flips = flips };

	memset(rules, 0, sizeof(rules));
	for (size_t i = 0; row->signs[i]; i++) {
		rules[i].negated = row->signs[i] == '!';
		parts[i] = (uint32_t)i + 1; /* so a rule's number tells its depth */
	}
	jet_order_decide(&q, &f);
	*out++ = "kif"[f.answer];
	*out++ = f.rule == JET_NO_RULE ? '-' : (char)('0' + f.rule);
	out = put_digits(out, f.passed, f.npassed);
	out = put_digits(out, f.flips, f.nflips);
	*out = '\0';
}

static const struct row rows[] = {
	/* nothing matches */
	{ JET_ORDER_ORP, false, "+!", "", "", "", 1, "k-  " },
	/* the last match wins; what cannot change the answer decides nothing */
	{ JET_ORDER_ORP, false, "+!+", "012", "", "", 1, "i2 012 012" },
	{ JET_ORDER_ORP, false, "++!", "01", "", "", 1, "i0 01 0" },
	{ JET_ORDER_ORP, false, "!+", "0", "", "", 1, "k- 0 " },
	{ JET_ORDER_ORP, false, "+!!", "012", "", "", 1, "k1 012 01" },
	/* own and inherited count the same, and once */
	{ JET_ORDER_ORP, false, "+!", "1", "0", "", 1, "k1 01 01" },
	{ JET_ORDER_ORP, false, "+!", "01", "01", "", 1, "k1 01 01" },
	/* WALK: what was not asked does not count below */
	{ JET_ORDER_WALK, false, "!+", "0", "", "", 1, "k-  " },
	{ JET_ORDER_WALK, false, "++", "01", "", "", 1, "i0 0 0" },
	{ JET_ORDER_WALK, false, "+!+", "02", "", "", 1, "i0 0 0" },
	{ JET_ORDER_WALK, false, "+!", "01", "", "", 1, "k1 01 01" },
	/* ... but what was inherited goes on counting */
	{ JET_ORDER_WALK, false, "++", "0", "1", "", 1, "i0 01 0" },
	{ JET_ORDER_WALK, true, "++", "01", "", "", 1, "i0 01 0" },
	/* OLD: only at the depth of the rule; its number + 1 here */
	{ JET_ORDER_OLD, true, "+++", "012", "", "", 2, "i0 1 0" },
	{ JET_ORDER_OLD, true, "+++", "02", "1", "", 3, "i0 12 0" },
	/* SELF: nothing counts below */
	{ JET_ORDER_SELF, true, "+!", "01", "", "", 1, "k1  01" },
	/* a rule that cannot be asked: fails if it has to be */
	{ JET_ORDER_ORP, false, "+!", "", "", "0", 1, "f0  0" },
	{ JET_ORDER_ORP, false, "+!", "", "", "1", 1, "k-  " },
	{ JET_ORDER_ORP, false, "+!", "0", "", "1", 1, "f1 0 01" },
	{ JET_ORDER_ORP, false, "++", "0", "", "1", 1, "i0 0 0" },
	{ JET_ORDER_SELF, true, "+!", "", "", "1", 1, "f1  1" },
	{ JET_ORDER_ORP, false, "+!+", "02", "", "1", 1, "f1 02 01" },
	{ JET_ORDER_ORP, false, "+!!", "0", "", "12", 1, "f1 0 01" },
};

Test(order, rules_are_put_together_as_the_order_has_it)
{
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		char got[64];

		answer(&rows[i], got);
		cr_expect_str_eq(got, rows[i].want, "row %zu gives \"%s\"", i, got);
	}
}

Test(order, arrays_that_are_not_wanted_may_be_absent)
{
	static const struct jet_rule rule = { .negated = false };
	const uint32_t own = 0, parts = 1;
	struct jet_question q = {
		.order = JET_ORDER_WALK, .rules = &rule, .parts = &parts, .own = { &own, 1 }, .depth = 1,
	};
	struct jet_findings f = { .passed = NULL };

	jet_order_decide(&q, &f);
	cr_expect_eq(f.answer, JET_IGNORED);
	cr_expect_eq(f.rule, 0);
	cr_expect(f.npassed == 0 && f.nflips == 0);
}
