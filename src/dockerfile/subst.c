/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Patterns in ${name#pattern}, ${name%pattern} and ${name/pattern/by}: "*" is
 * any run, "?" one rune, neither takes a newline; "\" makes "*", "?" and itself
 * plain.
 *
 * All matches are tried at once: a state is how many tokens of the pattern are taken, and
 * of the attempts that have come to one state only that which began first goes on.  So a
 * rune of the value costs as many steps as there are states at hand, one or two with
 * most patterns and never more than the pattern has tokens.
 */
#include "dockerfile/expand.h"

#include <stdlib.h>
#include <string.h>

enum { ANY = 0x200000, ONE = 0x200001 };

/* What a step takes of the work that there may be. */
static const uint64_t PER_STEP = 8;

/* A pattern or a value as runes. */
struct runes {
	uint32_t *at;
	size_t *offset; /* of each rune in the text, and of the end */
	size_t n;
};

static void clear(struct runes *r)
{
	free(r->at);
	free(r->offset);
}

static enum jet_expanded decode(struct jet_str s, struct runes *r)
{
	size_t i = 0;

	r->n = 0;
	r->at = malloc((s.len + 1) * sizeof(*r->at));
	r->offset = malloc((s.len + 1) * sizeof(*r->offset));
	if (!r->at || !r->offset)
		return JET_EXPAND_NOMEM;
	while (i < s.len) {
		r->offset[r->n] = i;
		i += jet_rune_decode(s.data + i, s.len - i, &r->at[r->n++]);
	}
	r->offset[r->n] = s.len;
	return JET_EXPAND_OK;
}

/* Makes ANY, ONE and plain runes of a pattern's text. */
static enum jet_expanded compile(struct jet_expander *x, struct runes *p)
{
	size_t n = 0;

	for (size_t i = 0; i < p->n; i++) {
		uint32_t c = p->at[i];

		if (c == '*' && n && p->at[n - 1] == ANY)
			continue; /* "**" is "*" */
		if (c == '*' || c == '?') {
			c = c == '*' ? ANY : ONE;
		} else if (c == '\\') {
			const uint32_t next = i + 1 < p->n ? p->at[i + 1] : 0;

			if (next == '}' || next == '/')
				continue;
			if (next != '*' && next != '?' && next != '\\') {
				jet_expand_fail(x, "invalid escape in the pattern of a substitution");
				return JET_EXPAND_BAD;
			}
			c = next;
			i++;
		}
		p->at[n++] = c;
	}
	p->n = n;
	return JET_EXPAND_OK;
}

static bool takes(uint32_t token, uint32_t rune)
{
	return token == ONE || token == ANY ? rune != '\n' : token == rune;
}

static void reverse(struct runes *r)
{
	for (size_t i = 0; i < r->n / 2; i++) {
		const uint32_t c = r->at[i];

		r->at[i] = r->at[r->n - 1 - i];
		r->at[r->n - 1 - i] = c;
	}
}

/* ---- matching ----------------------------------------------------------- */

/* An attempt: where it began, and how many tokens are taken. */
struct attempt {
	size_t start, state;
};

/* Attempts in the order in which they began, one for each state. */
struct attempts {
	struct attempt *list;
	size_t n;
};

/* A pattern and a value made ready, and room to match them. */
struct match {
	struct jet_expander *x;
	struct runes p, v;
	struct attempts now, next;
	uint64_t *seen;      /* by state: the turn in which an attempt came to it */
	uint64_t turn;
	size_t start, end;   /* what was found */
	bool found, too_long;
};

static enum jet_expanded prepare(struct jet_expander *x, struct jet_str pattern, struct jet_str value,
                                 struct match *m)
{
	enum jet_expanded rc;

	m->x = x;
	if (!jet_expand_spend(x, (uint64_t)(pattern.len + value.len) * PER_STEP)) {
		jet_expand_fail(x, "the values of all instructions grow too large");
		return JET_EXPAND_BAD;
	}
	rc = decode(pattern, &m->p);
	if (rc == JET_EXPAND_OK)
		rc = decode(value, &m->v);
	if (rc == JET_EXPAND_OK)
		rc = compile(x, &m->p);
	if (rc != JET_EXPAND_OK)
		return rc;
	m->now.list = calloc(m->p.n + 1, sizeof(*m->now.list));
	m->next.list = calloc(m->p.n + 1, sizeof(*m->next.list));
	m->seen = calloc(m->p.n + 1, sizeof(*m->seen));
	return m->now.list && m->next.list && m->seen ? JET_EXPAND_OK : JET_EXPAND_NOMEM;
}

static void release(struct match *m)
{
	clear(&m->p);
	clear(&m->v);
	free(m->now.list);
	free(m->next.list);
	free(m->seen);
}

/* An attempt has come to @state, before rune @at; a "*" may also take nothing. */
static void reach(struct match *m, size_t start, size_t state, size_t at)
{
	for (bool more = true; more && m->seen[state] != m->turn; state++) {
		more = state < m->p.n && m->p.at[state] == ANY;
		m->seen[state] = m->turn;
		m->next.list[m->next.n++] = (struct attempt){ start, state };
		if (state == m->p.n && (!m->found || start <= m->start)) {
			m->found = true;
			m->start = start;
			m->end = at;
		}
	}
}

/* Takes rune @at; what began behind a match does not count any more. */
static void take(struct match *m, size_t at)
{
	const uint32_t rune = m->v.at[at];

	for (size_t i = 0; i < m->now.n; i++) {
		const struct attempt a = m->now.list[i];
		const uint32_t token = a.state < m->p.n ? m->p.at[a.state] : 0;

		if (m->found && a.start > m->start)
			break;
		if (a.state < m->p.n && takes(token, rune))
			reach(m, a.start, a.state + (token != ANY), at + 1);
	}
}

static void turn(struct match *m)
{
	const struct attempts done = m->now;

	m->now = m->next;
	m->next = done;
	m->next.n = 0;
	m->turn++;
}

/* How to look: only at the beginning, and for the first end. */
struct manner {
	bool anchored, shortest;
};

/* The leftmost match from @from on, the longest there, unless the manner is another. */
static bool find_match(struct match *m, size_t from, struct manner manner)
{
	m->found = false;
	m->now.n = m->next.n = 0;
	m->turn++;
	reach(m, from, 0, from);
	for (size_t at = from; at < m->v.n && m->next.n && !(m->found && manner.shortest); at++) {
		turn(m);
		if (!jet_expand_spend(m->x, (m->now.n + 1) * PER_STEP)) {
			m->too_long = true;
			return false;
		}
		take(m, at);
		if (!manner.anchored && !m->found)
			reach(m, at + 1, 0, at + 1);
	}
	return m->found;
}

static enum jet_expanded fail_too_long(struct jet_expander *x)
{
	return jet_expand_fail(x, "the pattern of a substitution would take too long");
}

enum jet_expanded jet_subst_trim(struct jet_expander *x, struct jet_str pattern, struct jet_str value,
                                 bool at_end, bool longest, struct jet_str *out)
{
	struct match m = { 0 };
	enum jet_expanded rc = prepare(x, pattern, value, &m);

	*out = value;
	if (rc == JET_EXPAND_OK && at_end) {
		reverse(&m.p);
		reverse(&m.v);
	}
	if (rc == JET_EXPAND_OK && find_match(&m, 0, (struct manner){ true, !longest })) {
		if (at_end) {
			out->len = m.v.offset[m.v.n - m.end];
		} else {
			out->data += m.v.offset[m.end];
			out->len -= m.v.offset[m.end];
		}
	}
	if (m.too_long)
		rc = fail_too_long(x);
	release(&m);
	return rc;
}

/* ---- replacing ---------------------------------------------------------- */

/* Go expands "$name" in what replaces all matches: there are no groups, so only
 * "$0" and "$$" leave anything. */
static int put_template(struct jet_buf *out, struct jet_str by, struct jet_str matched)
{
	for (size_t i = 0; i < by.len; i++) {
		size_t n = 0;
		bool braces;

		if (by.data[i] != '$' || i + 1 == by.len) {
			if (jet_buf_byte(out, by.data[i]) < 0)
				return -1;
			continue;
		}
		if (by.data[i + 1] == '$') {
			if (jet_buf_byte(out, '$') < 0)
				return -1;
			i++;
			continue;
		}
		braces = by.data[i + 1] == '{';
		while (i + 1 + braces + n < by.len) {
			const char c = by.data[i + 1 + braces + n];

			if (!((c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
			      c == '_'))
				break;
			n++;
		}
		if (!n || (braces && (i + 2 + n >= by.len || by.data[i + 2 + n] != '}'))) {
			if (jet_buf_byte(out, '$') < 0)
				return -1;
			continue;
		}
		if (n == 1 && by.data[i + 1 + braces] == '0' &&
		    jet_buf_append(out, matched.data, matched.len) < 0)
			return -1;
		i += n + (braces ? 2 : 0);
	}
	return 0;
}

struct replacing {
	struct match m;
	struct jet_str value, by;
	bool all;
	struct jet_buf out;
};

static struct jet_str between(const struct replacing *r, size_t from, size_t to)
{
	const size_t *offset = r->m.v.offset;

	return (struct jet_str){ r->value.data + offset[from], offset[to] - offset[from] };
}

/* What is in front of a match, and what replaces it.  @last: where the one before ended. */
static enum jet_expanded put_one(struct replacing *r, size_t last)
{
	const struct match *m = &r->m;
	const struct jet_str before = between(r, last, m->start);
	int rc;

	if (!jet_expand_spend(m->x, (r->by.len + 1) * PER_STEP))
		return fail_too_long(m->x);
	if (jet_buf_append(&r->out, before.data, before.len) < 0)
		return JET_EXPAND_NOMEM;
	/* No empty match directly behind another match. */
	if (m->end <= last && m->start != 0)
		return JET_EXPAND_OK;
	rc = r->all ? put_template(&r->out, r->by, between(r, m->start, m->end))
	            : jet_buf_append(&r->out, r->by.data, r->by.len);
	if (rc == 0 && r->out.len > JET_EXPAND_MAX_RESULT)
		return jet_expand_fail(m->x, "the value grows beyond 1 MiB");
	return rc < 0 ? JET_EXPAND_NOMEM : JET_EXPAND_OK;
}

static enum jet_expanded replace(struct replacing *r)
{
	const struct manner manner = { false, false };
	enum jet_expanded rc = JET_EXPAND_OK;
	size_t from = 0, last = 0;
	struct jet_str rest;

	while (rc == JET_EXPAND_OK && from <= r->m.v.n && find_match(&r->m, from, manner)) {
		rc = put_one(r, last);
		last = r->m.end;
		from = last > from ? last : from + 1;
		if (!r->all)
			break;
	}
	if (r->m.too_long)
		return fail_too_long(r->m.x);
	rest = between(r, last, r->m.v.n);
	if (rc == JET_EXPAND_OK && jet_buf_append(&r->out, rest.data, rest.len) < 0)
		rc = JET_EXPAND_NOMEM;
	return rc;
}

enum jet_expanded jet_subst_replace(struct jet_expander *x, struct jet_str pattern,
                                    struct jet_str value, struct jet_str by, bool all,
                                    struct jet_str *out)
{
	struct replacing r = { .value = value, .by = by, .all = all };
	enum jet_expanded rc = prepare(x, pattern, value, &r.m);
	char *copy;

	if (rc == JET_EXPAND_OK)
		rc = replace(&r);
	if (rc == JET_EXPAND_OK) {
		copy = jet_arena_dup(x->arena, r.out.data ? r.out.data : "", r.out.len);
		*out = (struct jet_str){ copy, r.out.len };
		rc = copy ? JET_EXPAND_OK : JET_EXPAND_NOMEM;
	}
	jet_buf_clear(&r.out);
	release(&r.m);
	return rc;
}
