/* SPDX-License-Identifier: Apache-2.0 */
#include "match/program.h"

/*
 * A regexp becomes rows when every alternative is a plain sequence: sets, loops
 * over one set, "(.*''/)?", small counts; "^" only in front and "$" only at the
 * end.  The search is unanchored where they are missing.
 */

/* More tokens than this in one row: rather ask the rule by itself. */
enum { MAX_ROW = 4096 };

static bool is_set(const struct jet_re *re, uint32_t id)
{
	return re && re->kind == JET_RE_SET && re->set->id == id;
}

static bool is_slash(const struct jet_re *re)
{
	return re && re->kind == JET_RE_SET && !re->set->negated && !re->set->nclasses &&
	       re->set->nranges == 1 && re->set->ranges[0].low == '/' &&
	       re->set->ranges[0].high == '/';
}

static bool is_dot_star(const struct jet_re *re)
{
	return re && re->kind == JET_RE_REPEAT && re->min == 0 &&
	       re->max == JET_RE_UNBOUNDED && is_set(re->sub, JET_SET_NOT_NEWLINE);
}

/* An optional group of two items. */
static const struct jet_re *optional_pair(const struct jet_re *re)
{
	if (re->kind != JET_RE_REPEAT || re->min != 0 || re->max != 1 ||
	    re->sub->kind != JET_RE_CAT)
		return NULL;
	return re->sub->sub;
}

/* (.*''/)? */
static bool is_paths(const struct jet_re *re)
{
	const struct jet_re *item = optional_pair(re);

	return is_dot_star(item) && is_slash(item->next) && !item->next->next;
}

/* (/.*)?, buildah's tail */
static bool is_subtree(const struct jet_re *re)
{
	const struct jet_re *item = optional_pair(re);

	return is_slash(item) && is_dot_star(item->next) && !item->next->next;
}

/* The token for one symbol of a set: the symbol itself where there is just one
 * (but not U+FFFD, which stands for every invalid byte as well). */
static uint32_t set_token(const struct jet_set *set)
{
	if (!set->negated && !set->nclasses && set->nranges == 1 &&
	    set->ranges[0].low == set->ranges[0].high &&
	    set->ranges[0].low != JET_RUNE_ERROR)
		return set->ranges[0].low;
	return JET_TOKEN_SET + set->id;
}

static bool usable(const struct jet_set *set)
{
	return !set->nclasses && set->id < JET_TOKEN_MAX_SETS;
}

static bool put_repeat(struct jet_rows *rows, const struct jet_re *re)
{
	const struct jet_re *sub = re->sub;

	if (is_paths(re)) {
		jet_rows_put(rows, JET_TOKEN_PATHS);
		return true;
	}
	if (sub->kind != JET_RE_SET || !usable(sub->set) || re->min > MAX_ROW)
		return false;
	if (re->max != JET_RE_UNBOUNDED && re->max != re->min)
		return false;
	for (int i = 0; i < re->min; i++)
		jet_rows_put(rows, set_token(sub->set));
	if (re->max == JET_RE_UNBOUNDED)
		jet_rows_put(rows, JET_TOKEN_LOOP + sub->set->id);
	return true;
}

static bool put_item(struct jet_rows *rows, const struct jet_re *re)
{
	switch (re->kind) {
	case JET_RE_EMPTY:
		return true;
	case JET_RE_SET:
		if (!usable(re->set))
			return false;
		jet_rows_put(rows, set_token(re->set));
		return true;
	case JET_RE_REPEAT:
		return put_repeat(rows, re);
	default:
		return false;
	}
}

/* Items from @re, up to a "$" or buildah's tail and a "$". */
static bool put_items(struct jet_rows *rows, const struct jet_re *re, uint32_t rule)
{
	for (; re; re = re->next) {
		const bool last = re->next && re->next->kind == JET_RE_END && !re->next->next;

		if (re->kind == JET_RE_END && !re->next) {
			jet_rows_end(rows, rule);
			return true;
		}
		if (is_subtree(re) && last) {
			jet_rows_end(rows, rule);
			if (rows->nomem)
				return false;
			jet_rows_again(rows);
			jet_rows_put(rows, '/');
			jet_rows_put(rows, JET_TOKEN_LOOP + JET_SET_NOT_NEWLINE);
			jet_rows_end(rows, rule);
			return true;
		}
		if (rows->ntokens - rows->open > MAX_ROW || !put_item(rows, re))
			return false;
	}
	/* No "$": anything may follow. */
	jet_rows_put(rows, JET_TOKEN_LOOP + JET_SET_ANY);
	jet_rows_end(rows, rule);
	return true;
}

static bool put_alternative(struct jet_rows *rows, const struct jet_re *re, uint32_t rule)
{
	/* A lone item has siblings that are other alternatives. */
	struct jet_re alone;

	if (re->kind != JET_RE_CAT) {
		alone = *re;
		alone.next = NULL;
		re = &alone;
	} else {
		re = re->sub;
	}
	if (re->kind == JET_RE_BEGIN) {
		while (re && re->kind == JET_RE_BEGIN)
			re = re->next;
	} else {
		jet_rows_put(rows, JET_TOKEN_LOOP + JET_SET_ANY);
	}
	return put_items(rows, re, rule);
}

bool jet_rows_from_re(struct jet_rows *rows, const struct jet_re *re, uint32_t rule)
{
	const size_t before = rows->nrows;
	const struct jet_re *alternative;

	if (re->kind != JET_RE_ALT) {
		if (put_alternative(rows, re, rule))
			return true;
		jet_rows_drop(rows, before);
		return false;
	}
	for (alternative = re->sub; alternative; alternative = alternative->next) {
		if (!put_alternative(rows, alternative, rule)) {
			jet_rows_drop(rows, before);
			return false;
		}
	}
	return true;
}
