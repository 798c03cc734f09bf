/* SPDX-License-Identifier: Apache-2.0 */
/* Go's grammar: alternatives, groups, repeats; and running the result. */
/* 32 bits: its compiled programs are not limited to 64 KiB. */
#define PCRE2_CODE_UNIT_WIDTH 32
#include "twin_regexp.h"

#include <pcre2.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
	REPEAT_MAX = 1000,    /* in {n,m}, and nested ones multiplied */
	SIZE_LIMIT = 3355443, /* instructions that Go's compiler allows */
	DEPTH_LIMIT = 1000    /* groups in groups, about */
};

enum kind { NONE, ATOM, EDGE, COMPLEX };

/* The thing a repeat would apply to. */
struct item {
	enum kind kind;
	size_t start;   /* in out */
	uint64_t product; /* smallest limit under which its repeats are valid */
	uint64_t size;
};

/* What an alternation adds up to. */
struct total {
	uint64_t product, size;
};

struct repeat {
	long min, max; /* max < 0: no upper end */
	size_t len;    /* runes of the operator */
	bool counted;  /* written with braces */
};

static void text(struct twin_parser *p, const char *s)
{
	if (jet_buf_text(&p->out, s) < 0)
		abort();
}

static void insert(struct twin_parser *p, size_t at, const char *s)
{
	size_t n = strlen(s), tail = p->out.len - at;

	text(p, s);
	memmove(p->out.data + at + n, p->out.data + at, tail);
	memcpy(p->out.data + at, s, n);
}

static struct item begin(const struct twin_parser *p, enum kind kind)
{
	return (struct item){ kind, p->out.len, 0, 1 };
}

static void literal(struct twin_parser *p, uint32_t rune)
{
	struct twin_set one = { 0 };

	twin_set_add(&one, rune, rune);
	twin_set_emit(p, &one, false);
}

/* A number without leading zeros; -1 as the value of one too big. */
static bool number(const struct twin_parser *p, size_t *i, long *value)
{
	size_t start = *i;

	*value = 0;
	for (; twin_peek(p, *i) >= '0' && twin_peek(p, *i) <= '9'; ++*i)
		if (*value >= 0)
			*value = *value > 1000000 ? -1
			                          : *value * 10 + (long)(twin_peek(p, *i) - '0');
	return *i > start && !(twin_peek(p, start) == '0' && *i - start > 1);
}

/* {n}, {n,} or {n,m}; anything else is text. */
static bool braces(struct twin_parser *p, struct repeat *r)
{
	size_t i = 1;

	if (!number(p, &i, &r->min))
		return false;
	r->max = r->min;
	if (twin_peek(p, i) == ',') {
		i++;
		r->max = -1;
		if (twin_peek(p, i) != '}') {
			if (!number(p, &i, &r->max))
				return false;
			if (r->max < 0)
				r->min = -1;
		}
	}
	if (twin_peek(p, i) != '}')
		return false;
	r->len = i + 1;
	r->counted = true;
	if (r->min < 0 || r->min > REPEAT_MAX || r->max > REPEAT_MAX ||
	    (r->max >= 0 && r->min > r->max))
		p->bad = true;
	return true;
}

static bool repeat_operator(struct twin_parser *p, struct repeat *r)
{
	*r = (struct repeat){ 0, -1, 1, false };
	switch (twin_peek(p, 0)) {
	case '*':
		return true;
	case '+':
		r->min = 1;
		return true;
	case '?':
		r->max = 1;
		return true;
	case '{':
		return braces(p, r);
	default:
		return false;
	}
}

/* repeatIsValid() and calcSize() of Go, for one more level. */
static void account(struct twin_parser *p, struct item *item, const struct repeat *r)
{
	uint64_t m = (uint64_t)(r->max < 0 ? r->min : r->max);

	if (!r->counted) {
		item->size += r->max < 0 && !r->min ? 2 : 1;
		return;
	}
	if (m || r->max < 0) {
		uint64_t inner = item->product ? item->product : 1;

		item->product = m ? m * inner : item->product;
	} else {
		item->product = 0;
	}
	if ((r->min >= 2 || r->max >= 2) && item->product > REPEAT_MAX)
		p->bad = true;
	if (r->max >= 0)
		item->size = m * item->size + (uint64_t)(r->max - r->min);
	else
		item->size = r->min ? 1 + m * item->size : 2 + item->size;
	if (!item->size)
		item->size = 1;
}

static void apply(struct twin_parser *p, struct item *item, const struct repeat *r)
{
	char quantifier[64];

	account(p, item, r);
	if (item->kind == EDGE) {
		/* An edge holds as often as one likes, or need not hold. */
		if (!r->min) {
			p->out.len = item->start;
			text(p, "(?:)");
		}
		return;
	}
	if (item->kind == COMPLEX) {
		insert(p, item->start, "(?:");
		text(p, ")");
	}
	item->kind = COMPLEX;
	if (r->max < 0)
		snprintf(quantifier, sizeof(quantifier), "{%ld,}", r->min);
	else
		snprintf(quantifier, sizeof(quantifier), "{%ld,%ld}", r->min, r->max);
	text(p, quantifier);
}

static void take_in(struct total *total, const struct item *item)
{
	total->size += item->kind ? item->size : 0;
	if (item->product > total->product)
		total->product = item->product;
}

/* \Q: all is literal up to \E or the end. */
static void quoted(struct twin_parser *p, struct item *last, struct total *total)
{
	twin_skip(p, 2);
	while (p->len && !(twin_peek(p, 0) == '\\' && twin_peek(p, 1) == 'E')) {
		take_in(total, last);
		*last = begin(p, ATOM);
		literal(p, twin_peek(p, 0));
		twin_skip(p, 1);
	}
	if (p->len)
		twin_skip(p, 2);
}

static const char *edge(uint32_t letter)
{
	switch (letter) {
	case 'A':
		return "\\A";
	case 'z':
		return "\\z";
	case 'b':
		return "\\b";
	case 'B':
		return "\\B";
	default:
		return NULL;
	}
}

static void escape(struct twin_parser *p, struct item *item)
{
	struct twin_set set = { 0 };
	const char *e = edge(twin_peek(p, 1));

	*item = begin(p, e ? EDGE : ATOM);
	if (e) {
		text(p, e);
		twin_skip(p, 2);
	} else if (twin_escape_set(p, &set)) {
		twin_set_emit(p, &set, false);
	} else {
		literal(p, twin_escape_rune(p));
	}
}

static struct total alternation(struct twin_parser *p, bool inside);

static void group(struct twin_parser *p, struct item *item)
{
	struct total inner;

	if (p->depth++ == DEPTH_LIMIT)
		p->bad = true;
	twin_skip(p, 1);
	text(p, "(?:");
	inner = alternation(p, true);
	if (twin_peek(p, 0) != ')') {
		p->bad = true;
		return;
	}
	twin_skip(p, 1);
	text(p, ")");
	p->depth--;
	item->kind = COMPLEX;
	item->product = inner.product;
	item->size = inner.size + 2;
}

/* One thing that can be repeated. */
static void atom(struct twin_parser *p, struct item *item)
{
	uint32_t c = twin_peek(p, 0);

	*item = begin(p, c == '^' || c == '$' ? EDGE : ATOM);
	switch (c) {
	case '(':
		group(p, item);
		return;
	case '[':
		twin_class(p);
		return;
	case '\\':
		escape(p, item);
		return;
	case '^':
	case '$':
		text(p, c == '^' ? "\\A" : "\\z");
		break;
	case '.':
		text(p, "[^\\x{a}]");
		break;
	default:
		literal(p, c);
	}
	twin_skip(p, 1);
}

static struct total alternation(struct twin_parser *p, bool inside)
{
	struct total total = { 0, 0 };
	struct item last = begin(p, NONE);
	bool after_repeat = false;
	struct repeat r;

	while (p->len && !p->bad) {
		uint32_t c = twin_peek(p, 0);

		if (c == ')' && inside)
			break;
		if (repeat_operator(p, &r)) {
			p->bad |= after_repeat || !last.kind;
			if (p->bad)
				break;
			apply(p, &last, &r);
			twin_skip(p, r.len);
			after_repeat = true;
			continue;
		}
		after_repeat = false;
		if (c == '\\' && twin_peek(p, 1) == 'Q') {
			quoted(p, &last, &total);
			continue;
		}
		take_in(&total, &last);
		if (c == '|') {
			text(p, "|");
			twin_skip(p, 1);
			total.size++;
			last = begin(p, NONE);
			continue;
		}
		p->bad |= c == ')';
		atom(p, &last);
	}
	take_in(&total, &last);
	if (!total.size)
		total.size = 1;
	return total;
}

static void give_up(const char *why, int code)
{
	fprintf(stderr, "twin: PCRE2 %s: error %d\n", why, code);
	abort();
}

static void *compile(const struct jet_buf *pattern)
{
	pcre2_compile_context *context = pcre2_compile_context_create(NULL);
	uint32_t *wide = twin_alloc(NULL, pattern->len * sizeof(*wide));
	pcre2_code *code;
	PCRE2_SIZE where;
	int err;

	if (!context)
		abort();
	/* What was written is ASCII. */
	for (size_t i = 0; i < pattern->len; i++)
		wide[i] = (unsigned char)pattern->data[i];
	pcre2_set_parens_nest_limit(context, 5000);
	code = pcre2_compile(wide, pattern->len, PCRE2_UTF | PCRE2_NO_AUTO_CAPTURE, &err, &where,
	                     context);
	pcre2_compile_context_free(context);
	free(wide);
	if (!code)
		give_up("refuses a rule", err);
	return code;
}

void *twin_compile(const struct twin_text *go, bool old)
{
	struct twin_parser p = { .t = go->runes, .len = go->len, .old = old };
	void *code = NULL;

	if (alternation(&p, false).size > SIZE_LIMIT)
		p.bad = true;
	if (!p.bad)
		code = compile(&p.out);
	jet_buf_clear(&p.out);
	return code;
}

/* For what backtracking cannot do in reasonable time. */
static int search_parallel(const pcre2_code *code, const struct twin_text *subject,
                           pcre2_match_data *data)
{
	size_t n = 4096;
	int *workspace = NULL, ret;

	do {
		n *= 4;
		workspace = twin_alloc(workspace, n * sizeof(*workspace));
		ret = pcre2_dfa_match(code, subject->runes, subject->len, 0,
		                      PCRE2_NO_UTF_CHECK | PCRE2_DFA_SHORTEST, data, NULL,
		                      workspace, n);
	} while (ret == PCRE2_ERROR_DFA_WSSIZE && n < (1U << 26));
	free(workspace);
	return ret;
}

bool twin_search(void *program, const char *s, size_t len)
{
	pcre2_match_context *context = pcre2_match_context_create(NULL);
	pcre2_match_data *data = pcre2_match_data_create(1, NULL);
	struct twin_text subject = { 0 };
	int ret;

	if (!context || !data)
		abort();
	subject.runes = twin_alloc(NULL, (len + 1) * sizeof(*subject.runes));
	for (size_t i = 0; i < len;) {
		bool bad;

		i += twin_decode(s + i, len - i, &subject.runes[subject.len++], &bad);
	}
	pcre2_set_match_limit(context, 20000);
	ret = pcre2_match(program, subject.runes, subject.len, 0, PCRE2_NO_UTF_CHECK, data,
	                  context);
	if (ret == PCRE2_ERROR_MATCHLIMIT || ret == PCRE2_ERROR_HEAPLIMIT)
		ret = search_parallel(program, &subject, data);
	if (ret < 0 && ret != PCRE2_ERROR_NOMATCH)
		give_up("fails on a path", ret);
	pcre2_match_data_free(data);
	pcre2_match_context_free(context);
	free(subject.runes);
	return ret >= 0;
}

void twin_release(void *program)
{
	pcre2_code_free(program);
}
