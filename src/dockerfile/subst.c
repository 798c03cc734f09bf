/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Patterns in ${name#pattern}, ${name%pattern} and ${name/pattern/by}: "*" is
 * any run, "?" one rune, neither takes a newline; "\" makes "*", "?" and itself
 * plain.  All ends of a match are found at once, so time is bounded by pattern
 * times value.
 */
#include "dockerfile/expand.h"

#include <stdlib.h>
#include <string.h>

enum { ANY = 0x200000, ONE = 0x200001 };

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

		if (c == '*' || c == '?') {
			c = c == '*' ? ANY : ONE;
		} else if (c == '\\') {
			const uint32_t next = i + 1 < p->n ? p->at[i + 1] : 0;

			if (next == '}' || next == '/')
				continue;
			if (next != '*' && next != '?' && next != '\\')
				return jet_expand_fail(x, "invalid escape in the pattern of a substitution");
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

/* Positions where a match that begins at @start can end, as one byte each in
 * @ends[0..n]; @next is room for as many. */
static void find_ends(const struct runes *p, const struct runes *v, size_t start, char *ends,
                      char *next)
{
	memset(ends, 0, v->n + 1);
	ends[start] = 1;
	for (size_t k = 0; k < p->n; k++) {
		memset(next, 0, v->n + 1);
		if (p->at[k] == ANY)
			next[start] = ends[start];
		for (size_t i = start; i < v->n; i++) {
			const bool reached = ends[i] || (p->at[k] == ANY && next[i]);

			if (reached && takes(p->at[k], v->at[i]))
				next[i + 1] = 1;
			if (p->at[k] == ANY && ends[i + 1])
				next[i + 1] = 1;
		}
		memcpy(ends, next, v->n + 1);
	}
}

static void reverse(struct runes *r)
{
	for (size_t i = 0; i < r->n / 2; i++) {
		const uint32_t c = r->at[i];

		r->at[i] = r->at[r->n - 1 - i];
		r->at[r->n - 1 - i] = c;
	}
}

/* A pattern and a value made ready, and room to match them. */
struct match {
	struct runes p, v;
	char *ends, *next;
};

static enum jet_expanded prepare(struct jet_expander *x, struct jet_str pattern, struct jet_str value,
                                 struct match *m)
{
	enum jet_expanded rc = decode(pattern, &m->p);

	if (rc == JET_EXPAND_OK)
		rc = decode(value, &m->v);
	if (rc == JET_EXPAND_OK)
		rc = compile(x, &m->p);
	if (rc == JET_EXPAND_OK && !jet_expand_spend(x, (uint64_t)(m->p.n + 1) * (m->v.n + 1)))
		rc = jet_expand_fail(x, "the pattern of a substitution would take too long");
	if (rc != JET_EXPAND_OK)
		return rc;
	m->ends = malloc(m->v.n + 1);
	m->next = malloc(m->v.n + 1);
	return m->ends && m->next ? JET_EXPAND_OK : JET_EXPAND_NOMEM;
}

static void release(struct match *m)
{
	clear(&m->p);
	clear(&m->v);
	free(m->ends);
	free(m->next);
}

/* The last or first end from @start on; SIZE_MAX: no match. */
static size_t pick(const struct match *m, size_t start, bool longest)
{
	size_t found = SIZE_MAX;

	for (size_t i = start; i <= m->v.n; i++) {
		if (!m->ends[i])
			continue;
		found = i;
		if (!longest)
			break;
	}
	return found;
}

enum jet_expanded jet_subst_trim(struct jet_expander *x, struct jet_str pattern, struct jet_str value,
                                 bool at_end, bool longest, struct jet_str *out)
{
	struct match m = { 0 };
	enum jet_expanded rc = prepare(x, pattern, value, &m);
	size_t n;

	*out = value;
	if (rc == JET_EXPAND_OK) {
		if (at_end) {
			reverse(&m.p);
			reverse(&m.v);
		}
		find_ends(&m.p, &m.v, 0, m.ends, m.next);
		n = pick(&m, 0, longest);
		if (n != SIZE_MAX && at_end) {
			out->len = m.v.offset[m.v.n - n];
		} else if (n != SIZE_MAX) {
			out->data += m.v.offset[n];
			out->len -= m.v.offset[n];
		}
	}
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
	struct jet_expander *x;
	struct match m;
	struct jet_str value, by;
	bool all;
	struct jet_buf out;
	bool too_long;
};

static struct jet_str between(const struct replacing *r, size_t from, size_t to)
{
	const size_t *offset = r->m.v.offset;

	return (struct jet_str){ r->value.data + offset[from], offset[to] - offset[from] };
}

/* The leftmost match from @from on, the longest there.  False: none. */
static bool find_match(struct replacing *r, size_t from, size_t *start, size_t *end)
{
	for (*start = from; *start <= r->m.v.n; ++*start) {
		if (!jet_expand_spend(r->x, (uint64_t)(r->m.p.n + 1) * (r->m.v.n + 1))) {
			r->too_long = true;
			return false;
		}
		find_ends(&r->m.p, &r->m.v, *start, r->m.ends, r->m.next);
		*end = pick(&r->m, *start, true);
		if (*end != SIZE_MAX)
			return true;
	}
	return false;
}

static int put_one(struct replacing *r, size_t last, size_t start, size_t end)
{
	const struct jet_str before = between(r, last, start);

	if (jet_buf_append(&r->out, before.data, before.len) < 0)
		return -1;
	/* No empty match directly behind another match. */
	if (end <= last && start != 0)
		return 0;
	if (!r->all)
		return jet_buf_append(&r->out, r->by.data, r->by.len);
	return put_template(&r->out, r->by, between(r, start, end));
}

static int replace_all(struct replacing *r)
{
	size_t from = 0, last = 0, start, end;
	struct jet_str rest;

	while (from <= r->m.v.n && find_match(r, from, &start, &end)) {
		if (put_one(r, last, start, end) < 0 || r->out.len > (1U << 21))
			return -1;
		last = end;
		from = end > from ? end : from + 1;
		if (!r->all)
			break;
	}
	rest = between(r, last, r->m.v.n);
	return jet_buf_append(&r->out, rest.data, rest.len);
}

enum jet_expanded jet_subst_replace(struct jet_expander *x, struct jet_str pattern,
                                    struct jet_str value, struct jet_str by, bool all,
                                    struct jet_str *out)
{
	struct replacing r = { .x = x, .value = value, .by = by, .all = all };
	enum jet_expanded rc = prepare(x, pattern, value, &r.m);
	char *copy;

	if (rc == JET_EXPAND_OK && replace_all(&r) < 0)
		rc = JET_EXPAND_NOMEM;
	if (rc == JET_EXPAND_OK && r.too_long)
		rc = jet_expand_fail(x, "the pattern of a substitution would take too long");
	if (rc == JET_EXPAND_OK) {
		copy = jet_arena_dup(x->arena, r.out.data ? r.out.data : "", r.out.len);
		*out = (struct jet_str){ copy, r.out.len };
		rc = copy ? JET_EXPAND_OK : JET_EXPAND_NOMEM;
	}
	jet_buf_clear(&r.out);
	release(&r.m);
	return rc;
}
