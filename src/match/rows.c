/* SPDX-License-Identifier: Apache-2.0 */
#include "match/program.h"

#include "base/buf.h"

#include <string.h>

void jet_rows_put(struct jet_rows *rows, uint32_t token)
{
	uint32_t *grown;

	grown = jet_grow(rows->tokens, rows->ntokens, &rows->token_capacity, sizeof(*grown));
	if (!grown) {
		rows->nomem = true;
		return;
	}
	rows->tokens = grown;
	rows->tokens[rows->ntokens++] = token;
}

void jet_rows_end(struct jet_rows *rows, uint32_t rule)
{
	struct jet_row *grown;
	size_t len = rows->ntokens - rows->open;

	grown = jet_grow(rows->rows, rows->nrows, &rows->row_capacity, sizeof(*grown));
	if (!grown || len > UINT32_MAX) {
		rows->nomem = true;
		return;
	}
	rows->rows = grown;
	rows->rows[rows->nrows++] = (struct jet_row){ rows->open, (uint32_t)len, rule };
	rows->open = rows->ntokens;
}

void jet_rows_again(struct jet_rows *rows)
{
	const struct jet_row last = rows->rows[rows->nrows - 1];

	for (uint32_t i = 0; i < last.len; i++)
		jet_rows_put(rows, rows->tokens[last.start + i]);
}

void jet_rows_drop(struct jet_rows *rows, size_t nrows)
{
	if (nrows < rows->nrows)
		rows->open = rows->rows[nrows].start;
	rows->nrows = nrows;
	rows->ntokens = rows->open;
}

/* ---- sorting: three-way quicksort by token ------------------------------ */

/* The token at @depth, plus one: a row that ends there comes first. */
static uint32_t key(const struct jet_rows *r, const struct jet_row *row, size_t depth)
{
	return depth < row->len ? r->tokens[row->start + depth] + 1 : 0;
}

static void swap(struct jet_row *a, struct jet_row *b)
{
	struct jet_row t = *a;

	*a = *b;
	*b = t;
}

struct part {
	struct jet_row *rows;
	size_t n, depth;
};

/* Splits @whole by one row's token into less, equal and more. */
static void split(const struct jet_rows *r, struct part whole, uint32_t *random,
                  struct part out[3])
{
	struct jet_row *rows = whole.rows;
	size_t less = 0, i = 0, more = whole.n;
	uint32_t pivot;

	/* A fixed seed, so the run is the same every time; no order of rules can
	 * make it quadratic unless it is made for this very generator. */
	*random = *random * 1664525 + 1013904223;
	pivot = key(r, &rows[*random % whole.n], whole.depth);
	while (i < more) {
		uint32_t k = key(r, &rows[i], whole.depth);

		if (k < pivot)
			swap(&rows[less++], &rows[i++]);
		else if (k > pivot)
			swap(&rows[i], &rows[--more]);
		else
			i++;
	}
	out[0] = (struct part){ rows, less, whole.depth };
	out[1] = (struct part){ rows + less, pivot ? more - less : 0, whole.depth + 1 };
	out[2] = (struct part){ rows + more, whole.n - more, whole.depth };
}

void jet_rows_sort(struct jet_rows *r)
{
	/* The largest part is done last, in place, and the other two are at most
	 * half as large each: the stack holds two parts per halving. */
	struct part stack[2 * 64 + 1] = { { r->rows, r->nrows, 0 } };
	size_t n = 1;
	uint32_t random = 1;

	while (n) {
		struct part part = stack[--n], out[3];
		size_t large = 0;

		if (part.n < 2)
			continue;
		split(r, part, &random, out);
		for (size_t i = 1; i < 3; i++)
			large = out[i].n > out[large].n ? i : large;
		stack[n++] = out[large];
		for (size_t i = 0; i < 3; i++) {
			if (i != large)
				stack[n++] = out[i];
		}
	}
}
