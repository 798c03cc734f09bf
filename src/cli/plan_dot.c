/* SPDX-License-Identifier: Apache-2.0 */
#include "cli/plan_text.h"
#include "cli/term.h"

#include <stdlib.h>

/* A quoted label: DOT escapes the quote and the backslash. */
static int put_label(struct jet_buf *out, struct jet_str s)
{
	int bad = 0;

	for (size_t i = 0; i < s.len; i++) {
		const bool control = (unsigned char)s.data[i] < 0x20 || s.data[i] == 0x7F;

		if (s.data[i] == '"' || s.data[i] == '\\')
			bad |= jet_buf_byte(out, '\\');
		bad |= jet_buf_byte(out, control ? ' ' : s.data[i]);
	}
	return bad;
}

static int dot_outside(struct jet_buf *out, const struct jet_outline_stage *s, size_t index, char *seen)
{
	int bad = 0;

	for (size_t i = 0; i < s->noutside; i++) {
		const struct jet_outline_outside *from = &s->outside[i];
		const bool image = from->kind == JET_OUTLINE_IMAGE;

		if (from->kind == JET_OUTLINE_SCRATCH)
			continue;
		if (image && !seen[from->image]) {
			seen[from->image] = 1;
			bad |= jet_buf_printf(out, "  i%zu [label=\"", from->image);
			bad |= put_label(out, from->name) | jet_buf_text(out, "\", shape=ellipse];\n");
		}
		bad |= jet_buf_printf(out, "  %c%zu -> s%zu [label=\":%u\"];\n", image ? 'i' : 'c',
		                      image ? from->image : from->context, index, (unsigned)from->line);
	}
	return bad;
}

static int dot_stage(struct jet_buf *out, const struct jet_outline *o, size_t index)
{
	const struct jet_outline_stage *s = &o->stages[index];
	int bad = jet_buf_printf(out, "  s%zu [label=\"", index);

	bad |= s->name.data ? put_label(out, s->name) : jet_plan_put_name(out, o, index);
	for (size_t i = 0; i < s->nfroms; i++) {
		const struct jet_outline_from *f = &s->froms[i];

		/* The same base twice: only one of the platforms needs it. */
		if ((f->kind != JET_OUTLINE_IMAGE && f->kind != JET_OUTLINE_SCRATCH) ||
		    (i && jet_str_cmp(f->base, f[-1].base) == 0))
			continue;
		bad |= jet_buf_text(out, "\\nFROM ") | put_label(out, f->base);
	}
	bad |= jet_buf_printf(out, "\"%s%s];\n", index == o->target ? ", penwidth=2" : "",
	                      s->reachable ? "" : ", style=dashed, color=gray");
	for (size_t i = 0; i < s->nfroms; i++) {
		if (s->froms[i].kind == JET_OUTLINE_CONTEXT)
			bad |= jet_buf_printf(out, "  c%zu -> s%zu [label=\"FROM :%u\"];\n",
			                      s->froms[i].context, index, (unsigned)s->line);
	}
	for (size_t i = 0; i < s->nlinks; i++)
		bad |= jet_buf_printf(out, "  s%zu -> s%zu [label=\"%s:%u\"];\n", s->links[i].from, index,
		                      s->links[i].base ? "FROM " : "", (unsigned)s->links[i].line);
	return bad;
}

static int dot_contexts(struct jet_buf *out, const struct jet_outline *o)
{
	int bad = 0;

	for (size_t i = 0; i < o->ncontexts; i++) {
		const struct jet_outline_context *c = &o->contexts[i];

		bad |= jet_buf_printf(out, "  c%zu [label=\"", i) | put_label(out, c->name);
		bad |= jet_buf_text(out, "\\n") | put_label(out, c->value);
		bad |= jet_buf_printf(out, "\", shape=%s%s];\n",
		                      c->place == JET_OUTLINE_DIRECTORY ? "folder" : "ellipse",
		                      c->used ? "" : ", style=dashed, color=gray");
	}
	return bad;
}

int jet_plan_dot(struct jet_buf *out, const struct jet_outline *o)
{
	char *seen = calloc(o->nimages + 1, 1);
	int bad = jet_buf_text(out, "digraph build {\n  rankdir=LR;\n  node [shape=box];\n"
	                            "  context [label=\"context\\n");

	bad |= jet_plan_put_amount(out, o->files, o->bytes);
	bad |= jet_buf_text(out, "\", shape=folder];\n") | dot_contexts(out, o);
	for (size_t i = 0; seen && i < o->nstages; i++)
		bad |= dot_stage(out, o, i) | dot_outside(out, &o->stages[i], i, seen);
	free(seen);
	for (size_t i = 0; i < o->nuses; i++) {
		const struct jet_outline_use *u = &o->uses[i];

		bad |= jet_buf_printf(out, "  context -> s%zu [label=\":%u ", u->stage,
		                      (unsigned)u->use.line);
		if (u->use.onbuild)
			bad |= jet_buf_printf(out, "ONBUILD :%u ", (unsigned)u->use.onbuild);
		bad |= jet_human_size(out, u->bytes);
		/* The logarithm of the size, so that megabytes show beside kilobytes. */
		bad |= jet_buf_printf(out, "\", penwidth=%u];\n",
		                      u->bytes >> 30 ? 6U : u->bytes >> 20 ? 4U : u->bytes >> 10 ? 2U : 1U);
	}
	return bad | jet_buf_text(out, "}\n") || !seen ? -1 : 0;
}
