/* SPDX-License-Identifier: Apache-2.0 */
#include "cli/plan_text.h"

#include "base/json.h"
#include "cli/term.h"

#include <stdio.h>
#include <string.h>

static const char *const pins[] = {
	[JET_OUTLINE_NO_TAG] = "no tag, so :latest",
	[JET_OUTLINE_TAG] = "tag, may move",
	[JET_OUTLINE_DIGEST] = "pinned by digest",
};

static const char *const kinds[] = {
	[JET_OUTLINE_SCRATCH] = "scratch",
	[JET_OUTLINE_STAGE] = "stage",
	[JET_OUTLINE_IMAGE] = "image",
	[JET_OUTLINE_CONTEXT] = "context",
};

/* ---- for people --------------------------------------------------------- */

static int put_name(struct jet_buf *out, const struct jet_outline *o, size_t index)
{
	const struct jet_str name = o->stages[index].name;

	if (name.data)
		return jet_buf_append(out, name.data, name.len);
	return jet_buf_printf(out, "stage %zu", index);
}

static int put_amount(struct jet_buf *out, uint64_t files, uint64_t bytes)
{
	int bad = jet_human_count(out, files);

	bad |= jet_buf_text(out, files == 1 ? " file, " : " files, ");
	return bad | jet_human_size(out, bytes);
}

static int put_stage_head(struct jet_buf *out, const struct jet_outline *o, size_t index)
{
	const struct jet_outline_stage *s = &o->stages[index];
	int bad = jet_buf_printf(out, "\n%zu ", index);

	if (s->name.data)
		bad |= jet_buf_append(out, s->name.data, s->name.len) | jet_buf_byte(out, ' ');
	bad |= jet_buf_text(out, "FROM ");
	bad |= jet_cut(out, s->base.data, s->base.len, 200);
	if (s->kind == JET_OUTLINE_IMAGE)
		bad |= jet_buf_printf(out, " (%s)", pins[s->pin]);
	else if (s->kind != JET_OUTLINE_SCRATCH)
		bad |= jet_buf_printf(out, " (%s)", kinds[s->kind]);
	if (index == o->target)
		bad |= jet_buf_text(out, ", the target");
	else if (!s->reachable)
		bad |= jet_buf_text(out, ", not needed");
	return bad | jet_buf_byte(out, '\n');
}

static int put_links(struct jet_buf *out, const struct jet_outline *o, const struct jet_outline_stage *s)
{
	int bad = 0;

	for (size_t i = 0; i < s->nlinks; i++) {
		if (s->links[i].base)
			continue;
		bad |= jet_buf_printf(out, "  :%u from ", (unsigned)s->links[i].line);
		bad |= put_name(out, o, s->links[i].from) | jet_buf_byte(out, '\n');
	}
	return bad;
}

static int put_uses(struct jet_buf *out, const struct jet_outline *o, size_t stage, size_t width)
{
	int bad = 0;

	for (size_t i = 0; i < o->nuses; i++) {
		const struct jet_outline_use *u = &o->uses[i];
		size_t start = out->len;

		if (u->stage != stage)
			continue;
		bad |= jet_buf_printf(out, "  :%u ", (unsigned)u->use.line);
		bad |= jet_cut(out, u->use.text, u->use.text_len, width - (out->len - start));
		bad |= jet_buf_text(out, "\n      ");
		bad |= put_amount(out, u->files, u->bytes);
		if (u->own_files != u->files) {
			bad |= jet_buf_text(out, "; read by it alone: ");
			bad |= put_amount(out, u->own_files, u->own_bytes);
		}
		bad |= jet_buf_byte(out, '\n');
	}
	return bad;
}

int jet_plan_unset(struct jet_buf *out, const struct jet_unset *u)
{
	int bad = jet_buf_byte(out, '$') | jet_cut(out, u->name, u->name_len, 60);

	if (u->fallback)
		bad |= jet_buf_text(out, " is not set here, so its default is taken");
	else
		bad |= jet_buf_text(out, " is not set here and taken for empty");
	if (u->declared) {
		bad |= jet_buf_text(out, ": give it with --build-arg ");
	} else {
		bad |= jet_buf_text(out, "; if the image ") | jet_cut(out, u->image, u->image_len, 80);
		bad |= jet_buf_text(out, " sets it, give it with --env ");
	}
	bad |= jet_cut(out, u->name, u->name_len, 60);
	return bad | jet_buf_text(out, "=VALUE") ? -1 : 0;
}

static int put_notes(struct jet_buf *out, const struct jet_outline *o)
{
	int bad = 0;

	if (o->syntax.data)
		bad |= jet_buf_printf(out, "\nnote: this Dockerfile asks for the frontend %.*s, which may "
		                           "read it differently\n", (int)o->syntax.len, o->syntax.data);
	for (size_t i = 0; i < jet_needs_nunset(o->needs); i++) {
		const struct jet_unset u = jet_needs_unset(o->needs, i);

		bad |= jet_buf_printf(out, "\nnote: :%u:%u ", (unsigned)u.line, (unsigned)u.column);
		bad |= jet_plan_unset(out, &u) | jet_buf_byte(out, '\n');
	}
	return bad;
}

int jet_plan_text(struct jet_buf *out, const struct jet_outline *o, size_t width)
{
	int bad = jet_buf_text(out, "target ");

	bad |= put_name(out, o, o->target) | jet_buf_text(out, " needs ");
	bad |= put_amount(out, o->files, o->bytes) | jet_buf_text(out, " of the context\n");
	for (size_t i = 0; i < o->nstages; i++) {
		bad |= put_stage_head(out, o, i);
		bad |= put_links(out, o, &o->stages[i]);
		bad |= put_uses(out, o, i, width);
	}
	return bad | put_notes(out, o) ? -1 : 0;
}

/* ---- JSON --------------------------------------------------------------- */

static void json_str(struct jet_json *w, const char *key, struct jet_str s)
{
	if (!s.data)
		return;
	jet_json_key(w, key);
	jet_json_string(w, s.data, s.len);
}

static void json_uint(struct jet_json *w, const char *key, uint64_t value)
{
	jet_json_key(w, key);
	jet_json_uint(w, value);
}

static void json_uses(struct jet_json *w, const struct jet_outline *o, size_t stage)
{
	jet_json_key(w, "reads");
	jet_json_open(w, '[');
	for (size_t i = 0; i < o->nuses; i++) {
		const struct jet_outline_use *u = &o->uses[i];

		if (u->stage != stage)
			continue;
		jet_json_open(w, '{');
		json_uint(w, "line", u->use.line);
		json_str(w, "instruction", (struct jet_str){ u->use.text, u->use.text_len });
		json_uint(w, "files", u->files);
		json_uint(w, "bytes", u->bytes);
		json_uint(w, "own_files", u->own_files);
		json_uint(w, "own_bytes", u->own_bytes);
		jet_json_close(w, '}');
	}
	jet_json_close(w, ']');
}

static void json_links(struct jet_json *w, const struct jet_outline_stage *s)
{
	jet_json_key(w, "depends");
	jet_json_open(w, '[');
	for (size_t i = 0; i < s->nlinks; i++) {
		jet_json_open(w, '{');
		json_uint(w, "stage", s->links[i].from);
		json_uint(w, "line", s->links[i].line);
		jet_json_key(w, "base");
		jet_json_bool(w, s->links[i].base);
		jet_json_close(w, '}');
	}
	jet_json_close(w, ']');
}

static void json_stage(struct jet_json *w, const struct jet_outline *o, size_t index)
{
	static const char *const pin_names[] = { "none", "tag", "digest" };
	const struct jet_outline_stage *s = &o->stages[index];

	jet_json_open(w, '{');
	json_uint(w, "index", index);
	json_str(w, "name", s->name);
	json_uint(w, "line", s->line);
	json_str(w, "base", s->base);
	jet_json_key(w, "base_kind");
	jet_json_text(w, kinds[s->kind]);
	if (s->kind == JET_OUTLINE_IMAGE) {
		jet_json_key(w, "pinned");
		jet_json_text(w, pin_names[s->pin]);
	}
	json_str(w, "platform", s->platform);
	jet_json_key(w, "reachable");
	jet_json_bool(w, s->reachable);
	json_links(w, s);
	json_uses(w, o, index);
	jet_json_close(w, '}');
}

int jet_plan_json(struct jet_buf *out, const struct jet_outline *o)
{
	struct jet_json w = { .out = out };

	jet_json_open(&w, '{');
	json_uint(&w, "target", o->target);
	json_uint(&w, "files", o->files);
	json_uint(&w, "bytes", o->bytes);
	json_str(&w, "syntax", o->syntax);
	jet_json_key(&w, "stages");
	jet_json_open(&w, '[');
	for (size_t i = 0; i < o->nstages; i++)
		json_stage(&w, o, i);
	jet_json_close(&w, ']');
	jet_json_key(&w, "unset");
	jet_json_open(&w, '[');
	for (size_t i = 0; i < jet_needs_nunset(o->needs); i++) {
		const struct jet_unset u = jet_needs_unset(o->needs, i);

		jet_json_open(&w, '{');
		json_str(&w, "name", (struct jet_str){ u.name, u.name_len });
		json_uint(&w, "line", u.line);
		json_uint(&w, "column", u.column);
		json_str(&w, "image", (struct jet_str){ u.image, u.image_len });
		jet_json_key(&w, "declared");
		jet_json_bool(&w, u.declared);
		jet_json_key(&w, "fallback");
		jet_json_bool(&w, u.fallback);
		jet_json_close(&w, '}');
	}
	jet_json_close(&w, ']');
	jet_json_close(&w, '}');
	return jet_json_end(&w) < 0 ? -1 : jet_buf_byte(out, '\n');
}

/* ---- Graphviz ----------------------------------------------------------- */

/* A quoted label: DOT escapes the quote and the backslash. */
static int put_label(struct jet_buf *out, struct jet_str s)
{
	int bad = 0;

	for (size_t i = 0; i < s.len; i++) {
		if (s.data[i] == '"' || s.data[i] == '\\')
			bad |= jet_buf_byte(out, '\\');
		bad |= jet_buf_byte(out, (unsigned char)s.data[i] < 0x20 ? ' ' : s.data[i]);
	}
	return bad;
}

static int dot_stage(struct jet_buf *out, const struct jet_outline *o, size_t index)
{
	const struct jet_outline_stage *s = &o->stages[index];
	int bad = jet_buf_printf(out, "  s%zu [label=\"", index);

	bad |= put_name(out, o, index);
	if (s->kind != JET_OUTLINE_STAGE) {
		bad |= jet_buf_text(out, "\\nFROM ");
		bad |= put_label(out, s->base);
	}
	bad |= jet_buf_printf(out, "\"%s%s];\n", index == o->target ? ", penwidth=2" : "",
	                      s->reachable ? "" : ", style=dashed, color=gray");
	for (size_t i = 0; i < s->nlinks; i++)
		bad |= jet_buf_printf(out, "  s%zu -> s%zu [label=\"%s:%u\"];\n", s->links[i].from, index,
		                      s->links[i].base ? "FROM " : "", (unsigned)s->links[i].line);
	return bad;
}

int jet_plan_dot(struct jet_buf *out, const struct jet_outline *o)
{
	int bad = jet_buf_text(out, "digraph build {\n  rankdir=LR;\n  node [shape=box];\n"
	                            "  context [label=\"context\\n");

	bad |= put_amount(out, o->files, o->bytes);
	bad |= jet_buf_text(out, "\", shape=folder];\n");
	for (size_t i = 0; i < o->nstages; i++)
		bad |= dot_stage(out, o, i);
	for (size_t i = 0; i < o->nuses; i++) {
		const struct jet_outline_use *u = &o->uses[i];

		bad |= jet_buf_printf(out, "  context -> s%zu [label=\":%u ", u->stage,
		                      (unsigned)u->use.line);
		bad |= jet_human_size(out, u->bytes);
		/* The logarithm of the size, so that megabytes show beside kilobytes. */
		bad |= jet_buf_printf(out, "\", penwidth=%u];\n",
		                      u->bytes >> 30 ? 6U : u->bytes >> 20 ? 4U : u->bytes >> 10 ? 2U : 1U);
	}
	return bad | jet_buf_text(out, "}\n") ? -1 : 0;
}
