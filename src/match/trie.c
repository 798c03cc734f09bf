/* SPDX-License-Identifier: Apache-2.0 */
#include "match/program.h"

#include <stdlib.h>
#include <string.h>

/* The nodes from the root to the end of the last row; a node is closed (its
 * `end` set) when a row leaves it. */
struct builder {
	struct jet_program *prog;
	uint32_t *open; /* open[d]: node at depth d, the root at 0 */
	uint32_t depth;
};

static void close_to(struct builder *b, uint32_t depth)
{
	struct jet_node *nodes = b->prog->nodes;

	for (; b->depth > depth; b->depth--) {
		struct jet_node *node = &nodes[b->open[b->depth]];
		struct jet_node *parent = &nodes[b->open[b->depth - 1]];

		node->end = b->prog->nnodes;
		if (node->negated > parent->negated)
			parent->negated = node->negated;
	}
}

static uint32_t shared(const struct jet_rows *rows, const struct jet_row *a,
                       const struct jet_row *b)
{
	uint32_t n = a->len < b->len ? a->len : b->len, i = 0;

	while (i < n && rows->tokens[a->start + i] == rows->tokens[b->start + i])
		i++;
	return i;
}

static void add_row(struct builder *b, const struct jet_rows *rows, const struct jet_row *row,
                    const struct jet_rule *rules)
{
	struct jet_program *prog = b->prog;
	struct jet_node *last;

	while (b->depth < row->len) {
		uint32_t token = rows->tokens[row->start + b->depth];

		prog->nodes[prog->nnodes] = (struct jet_node){ .token = token };
		b->open[++b->depth] = prog->nnodes++;
	}
	last = &prog->nodes[b->open[b->depth]];
	prog->accepts[prog->naccepts] = (struct jet_accept){ row->rule, last->accept };
	last->accept = prog->naccepts++;
	if (rules[row->rule].negated && last->negated < row->rule + 1)
		last->negated = row->rule + 1;
}

int jet_trie_build(struct jet_program *prog, const struct jet_rows *rows,
                   const struct jet_rule *rules)
{
	struct builder b = { .prog = prog };
	size_t nodes = 1, longest = 0;

	for (size_t i = 0; i < rows->nrows; i++) {
		uint32_t kept = i ? shared(rows, &rows->rows[i - 1], &rows->rows[i]) : 0;

		nodes += rows->rows[i].len - kept;
		longest = rows->rows[i].len > longest ? rows->rows[i].len : longest;
	}
	if (nodes > UINT32_MAX / 4 || rows->nrows >= UINT32_MAX)
		return -1;
	prog->nodes = calloc(nodes, sizeof(*prog->nodes));
	prog->accepts = calloc(rows->nrows + 1, sizeof(*prog->accepts));
	b.open = calloc(longest + 1, sizeof(*b.open));
	if (!prog->nodes || !prog->accepts || !b.open) {
		free(b.open);
		return -1;
	}
	prog->nnodes = 1;
	prog->naccepts = 1;
	for (size_t i = 0; i < rows->nrows; i++) {
		close_to(&b, i ? shared(rows, &rows->rows[i - 1], &rows->rows[i]) : 0);
		add_row(&b, rows, &rows->rows[i], rules);
	}
	close_to(&b, 0);
	prog->nodes[0].end = prog->nnodes;
	free(b.open);
	return 0;
}
