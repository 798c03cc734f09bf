/* SPDX-License-Identifier: Apache-2.0 */
#include "match/regex.h"

#include <string.h>

/* Limits of Go's regexp/syntax: instructions (128 MiB of 40 bytes), height of
 * the tree, and the count of a repeat, multiplied through nested repeats. */
static const uint64_t MAX_SIZE = (128U << 20) / 40;
enum { MAX_HEIGHT = 1000, MAX_REPEAT = 1000 };

static struct jet_re *refuse(struct jet_re_parser *p, const char *fault)
{
	p->fault = fault;
	return NULL;
}

static struct jet_re *new_node(struct jet_re_parser *p, enum jet_re_kind kind)
{
	struct jet_re *re = jet_arena_alloc(p->arena, sizeof(*re));

	if (!re) {
		p->nomem = true;
		return NULL;
	}
	re->kind = kind;
	re->height = 1;
	re->size = 1;
	return re;
}

/* A node above @sub: adds up what limits the whole. */
static struct jet_re *limited(struct jet_re_parser *p, struct jet_re *re)
{
	uint32_t height = 0;

	for (const struct jet_re *sub = re->sub; sub; sub = sub->next)
		height = sub->height > height ? sub->height : height;
	re->height = height + 1;
	if (re->height > MAX_HEIGHT)
		return refuse(p, "expression nests too deeply");
	if (re->size > MAX_SIZE)
		return refuse(p, "expression too large");
	return re;
}

static struct jet_re *set_node(struct jet_re_parser *p, const struct jet_set_builder *b)
{
	struct jet_re *re = new_node(p, JET_RE_SET);

	if (!re)
		return NULL;
	re->set = jet_set_table_add(p->sets, p->arena, b);
	if (!re->set) {
		p->nomem = true;
		return NULL;
	}
	return re;
}

static struct jet_re *literal(struct jet_re_parser *p, uint32_t rune)
{
	struct jet_set_builder b = { 0 };
	struct jet_re *re;

	jet_set_add_range(&b, rune, rune);
	re = set_node(p, &b);
	jet_set_builder_clear(&b);
	return re;
}

/* ---- repeats ------------------------------------------------------------ */

/* Could @n copies of what is below still be counted in MAX_REPEAT? */
static bool repeat_fits(const struct jet_re *re, int n)
{
	if (re->kind == JET_RE_REPEAT && (re->max > 1 || re->min > 1)) {
		int m = re->max == JET_RE_UNBOUNDED ? re->min : re->max;

		if (m > n)
			return false;
		if (m > 0)
			n /= m;
	}
	for (const struct jet_re *sub = re->sub; sub; sub = sub->next) {
		if (!repeat_fits(sub, n))
			return false;
	}
	return true;
}

static uint64_t repeat_size(const struct jet_re *re)
{
	uint64_t sub = re->sub->size, min = (uint64_t)re->min;

	if (re->max == JET_RE_UNBOUNDED)
		return re->min == 0 ? 2 + sub : 1 + min * sub;
	sub = (uint64_t)re->max * sub + (uint64_t)(re->max - re->min);
	return sub ? sub : 1;
}

static struct jet_re *repeat(struct jet_re_parser *p, struct jet_re *sub, int min, int max)
{
	struct jet_re *re = new_node(p, JET_RE_REPEAT);

	if (!re)
		return NULL;
	re->sub = sub;
	re->min = min;
	re->max = max;
	re->size = repeat_size(re);
	if ((min >= 2 || max >= 2) && !repeat_fits(re, MAX_REPEAT))
		return refuse(p, "invalid repeat count");
	return limited(p, re);
}

/* A number as Go's parseInt: no leading zero; saturates above MAX_REPEAT. */
static bool parse_number(const char **s, const char *end, int *value)
{
	const char *start = *s;

	if (start == end || *start < '0' || *start > '9')
		return false;
	if (*start == '0' && end - start >= 2 && start[1] >= '0' && start[1] <= '9')
		return false;
	*value = 0;
	while (*s < end && **s >= '0' && **s <= '9') {
		*value = *value > MAX_REPEAT ? *value : *value * 10 + (**s - '0');
		++*s;
	}
	return true;
}

/* "{n}", "{n,}" or "{n,m}": length, or 0 when it is just text. */
static size_t parse_braces(const struct jet_re_parser *p, int *min, int *max)
{
	const char *s = p->text + 1, *end = p->text + p->len;

	if (!parse_number(&s, end, min) || s == end)
		return 0;
	*max = *min;
	if (*s == ',') {
		s++;
		if (s == end)
			return 0;
		*max = JET_RE_UNBOUNDED;
		if (*s != '}' && !parse_number(&s, end, max))
			return 0;
	}
	if (s == end || *s != '}')
		return 0;
	return (size_t)(s + 1 - p->text);
}

/* Reads a repeat operator if one is next.  1 read, 0 none, -1 refused. */
static int parse_operator(struct jet_re_parser *p, int *min, int *max)
{
	size_t n = 1;

	*min = p->text[0] == '+';
	*max = p->text[0] == '?' ? 1 : JET_RE_UNBOUNDED;
	if (p->text[0] == '{') {
		n = parse_braces(p, min, max);
		if (!n)
			return 0;
		if (*min > MAX_REPEAT || *max > MAX_REPEAT ||
		    (*max != JET_RE_UNBOUNDED && *min > *max)) {
			refuse(p, "invalid repeat count");
			return -1;
		}
	} else if (!memchr("*+?", p->text[0], 3)) {
		return 0;
	}
	p->text += n;
	p->len -= n;
	/* A "?" behind it would be a lazy operator: no matter for yes or no. */
	if (p->len && p->text[0] == '?') {
		p->text++;
		p->len--;
	}
	return 1;
}

/* ---- items -------------------------------------------------------------- */

static struct jet_re *parse_alternatives(struct jet_re_parser *p);

static struct jet_re *parse_group(struct jet_re_parser *p)
{
	struct jet_re *sub;

	p->text++;
	p->len--;
	/* Deeper nesting is refused anyway; this bounds the recursion. */
	if (++p->depth > MAX_HEIGHT)
		return refuse(p, "expression nests too deeply");
	sub = parse_alternatives(p);
	if (!sub)
		return NULL;
	if (!p->len)
		return refuse(p, "missing closing )");
	p->text++;
	p->len--;
	p->depth--;
	/* Go keeps a node for the capture; here only its cost is kept. */
	sub->height++;
	sub->size += 2;
	if (sub->height > MAX_HEIGHT)
		return refuse(p, "expression nests too deeply");
	return sub;
}

static struct jet_re *parse_set(struct jet_re_parser *p)
{
	struct jet_set_builder b = { 0 };
	struct jet_re *re = NULL;

	if (jet_re_bracket(p, &b))
		re = set_node(p, &b);
	jet_set_builder_clear(&b);
	return re;
}

static struct jet_re *parse_escape(struct jet_re_parser *p)
{
	static const struct {
		char letter;
		enum jet_re_kind kind;
	} asserts[] = {
		{ 'A', JET_RE_BEGIN }, { 'z', JET_RE_END },
		{ 'b', JET_RE_EDGE }, { 'B', JET_RE_NOEDGE },
	};
	struct jet_set_builder b = { 0 };
	struct jet_re *re = NULL;
	uint32_t rune;
	int done;

	for (size_t i = 0; p->len >= 2 && i < sizeof(asserts) / sizeof(asserts[0]); i++) {
		if (p->text[1] == asserts[i].letter) {
			p->text += 2;
			p->len -= 2;
			return new_node(p, asserts[i].kind);
		}
	}
	done = jet_re_escape_class(p, &b);
	if (done > 0)
		re = set_node(p, &b);
	else if (done == 0 && jet_re_escape(p, &rune))
		re = literal(p, rune);
	jet_set_builder_clear(&b);
	return re;
}

static struct jet_re *parse_dot(struct jet_re_parser *p)
{
	struct jet_re *re = new_node(p, JET_RE_SET);

	if (re)
		re->set = p->sets->sets[JET_SET_NOT_NEWLINE];
	return re;
}

static struct jet_re *parse_item(struct jet_re_parser *p)
{
	enum jet_re_kind kind;

	switch (p->text[0]) {
	case '(':
		return parse_group(p);
	case '[':
		return parse_set(p);
	case '\\':
		return parse_escape(p);
	case '^':
	case '$':
		kind = p->text[0] == '^' ? JET_RE_BEGIN : JET_RE_END;
		jet_re_next(p);
		return new_node(p, kind);
	case '.':
		jet_re_next(p);
		return parse_dot(p);
	default:
		return literal(p, jet_re_next(p));
	}
}

/* ---- rows of items ------------------------------------------------------ */

/* A row being read: its last item may still be wrapped in a repeat. */
struct row {
	struct jet_re *cat;
	struct jet_re **tail; /* where the last item hangs; its next is NULL */
	bool repeated;        /* the last thing read was a repeat operator */
};

static bool row_add(struct row *row, struct jet_re *item)
{
	if (!item)
		return false;
	if (*row->tail)
		row->tail = &(*row->tail)->next;
	*row->tail = item;
	row->cat->size += item->size;
	row->repeated = false;
	return true;
}

/* \Q...\E: plain text, which may be empty and then is no item at all. */
static bool row_add_quoted(struct jet_re_parser *p, struct row *row)
{
	p->text += 2;
	p->len -= 2;
	row->repeated = false;
	while (p->len && !jet_re_starts(p, "\\E")) {
		if (!row_add(row, literal(p, jet_re_next(p))))
			return false;
	}
	if (p->len) {
		p->text += 2;
		p->len -= 2;
	}
	return true;
}

/* 1 an operator was read, 0 none is next, -1 refused. */
static int row_repeat(struct jet_re_parser *p, struct row *row)
{
	struct jet_re *sub = *row->tail, *re;
	int min, max, done = parse_operator(p, &min, &max);

	if (done <= 0)
		return done;
	if (row->repeated) {
		refuse(p, "invalid nested repetition operator");
		return -1;
	}
	if (!sub) {
		refuse(p, "missing argument to repetition operator");
		return -1;
	}
	re = repeat(p, sub, min, max);
	if (!re)
		return -1;
	row->cat->size += re->size - sub->size;
	*row->tail = re;
	row->repeated = true;
	return 1;
}

static bool row_step(struct jet_re_parser *p, struct row *row)
{
	int done = row_repeat(p, row);

	if (done)
		return done > 0;
	if (jet_re_starts(p, "\\Q"))
		return row_add_quoted(p, row);
	return row_add(row, parse_item(p));
}

static struct jet_re *parse_row(struct jet_re_parser *p)
{
	struct row row = { .cat = new_node(p, JET_RE_CAT) };

	if (!row.cat)
		return NULL;
	row.cat->size = 0;
	row.tail = &row.cat->sub;
	while (p->len && p->text[0] != '|' && p->text[0] != ')') {
		if (!row_step(p, &row))
			return NULL;
	}
	if (!row.cat->sub)
		row.cat->kind = JET_RE_EMPTY;
	if (!row.cat->size)
		row.cat->size = 1;
	/* A row of one item is that item, to Go as well. */
	return row.cat->sub && !row.cat->sub->next ? row.cat->sub : limited(p, row.cat);
}

static struct jet_re *parse_alternatives(struct jet_re_parser *p)
{
	struct jet_re *first = parse_row(p), *last = first, *alt;

	if (!first || !p->len || p->text[0] != '|')
		return first;
	alt = new_node(p, JET_RE_ALT);
	if (!alt)
		return NULL;
	alt->sub = first;
	alt->size = first->size;
	while (p->len && p->text[0] == '|') {
		jet_re_next(p);
		last->next = parse_row(p);
		last = last->next;
		if (!last)
			return NULL;
		alt->size += last->size + 1;
	}
	return limited(p, alt);
}

struct jet_re *jet_re_parse(struct jet_re_parser *p)
{
	struct jet_re *re = parse_alternatives(p);

	if (re && p->len)
		return refuse(p, "unexpected )");
	return re;
}
