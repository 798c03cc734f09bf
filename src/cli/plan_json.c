/* SPDX-License-Identifier: Apache-2.0 */
#include "cli/plan_text.h"

#include "base/json.h"
#include "cli/use_text.h"

static const char *const kinds[] = {
	[JET_OUTLINE_SCRATCH] = "scratch",
	[JET_OUTLINE_STAGE] = "stage",
	[JET_OUTLINE_IMAGE] = "image",
	[JET_OUTLINE_CONTEXT] = "context",
};

static const char *const places[] = {
	[JET_OUTLINE_DIRECTORY] = "directory",
	[JET_OUTLINE_REGISTRY] = "image",
	[JET_OUTLINE_REMOTE] = "remote",
};

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

static const char *const pin_names[] = {
	[JET_OUTLINE_NO_TAG] = "none",
	[JET_OUTLINE_TAG] = "tag",
	[JET_OUTLINE_DIGEST] = "digest",
};

static void json_text(struct jet_json *w, const char *key, const char *value)
{
	jet_json_key(w, key);
	jet_json_text(w, value);
}

static void json_bool(struct jet_json *w, const char *key, bool value)
{
	jet_json_key(w, key);
	jet_json_bool(w, value);
}

static void json_uses(struct jet_json *w, const struct jet_outline *o, const struct jet_outline_stage *s)
{
	jet_json_key(w, "reads");
	jet_json_open(w, '[');
	for (size_t i = 0; i < s->nuses; i++) {
		const struct jet_outline_use *u = &o->uses[s->uses[i]];

		jet_json_open(w, '{');
		jet_use_json(w, &u->use);
		json_uint(w, "files", u->files);
		json_uint(w, "bytes", u->bytes);
		json_uint(w, "own_files", u->own_files);
		json_uint(w, "own_bytes", u->own_bytes);
		jet_json_close(w, '}');
	}
	jet_json_close(w, ']');
}

static void json_outside(struct jet_json *w, const struct jet_outline *o, const struct jet_outline_stage *s)
{
	jet_json_key(w, "from");
	jet_json_open(w, '[');
	for (size_t i = 0; i < s->noutside; i++) {
		const struct jet_outline_outside *from = &s->outside[i];

		jet_json_open(w, '{');
		json_uint(w, "line", from->line);
		if (from->onbuild)
			json_uint(w, "onbuild", from->onbuild);
		json_str(w, "name", from->name);
		json_text(w, "kind", kinds[from->kind]);
		if (from->kind == JET_OUTLINE_IMAGE)
			json_text(w, "pinned", pin_names[from->pin]);
		if (from->kind == JET_OUTLINE_CONTEXT)
			json_str(w, "context", o->contexts[from->context].name);
		if (from->nearest)
			json_text(w, "nearest", from->nearest);
		jet_json_close(w, '}');
	}
	jet_json_close(w, ']');
}

static void json_contexts(struct jet_json *w, const struct jet_outline *o)
{
	jet_json_key(w, "contexts");
	jet_json_open(w, '[');
	for (size_t i = 0; i < o->ncontexts; i++) {
		const struct jet_outline_context *c = &o->contexts[i];

		jet_json_open(w, '{');
		json_str(w, "name", c->name);
		json_str(w, "value", c->value);
		json_text(w, "kind", places[c->place]);
		json_bool(w, "local", c->place == JET_OUTLINE_DIRECTORY);
		json_bool(w, "used", c->used);
		jet_json_close(w, '}');
	}
	jet_json_close(w, ']');
}

static void json_unset(struct jet_json *w, const struct jet_outline *o)
{
	jet_json_key(w, "unset");
	jet_json_open(w, '[');
	for (size_t i = 0; i < jet_needs_nunset(o->needs); i++) {
		const struct jet_unset u = jet_needs_unset(o->needs, i);

		jet_json_open(w, '{');
		json_str(w, "name", (struct jet_str){ u.name, u.name_len });
		json_uint(w, "line", u.line);
		json_uint(w, "column", u.column);
		json_str(w, "image", (struct jet_str){ u.image, u.image_len });
		json_bool(w, "declared", u.declared);
		json_bool(w, "fallback", u.fallback);
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
		if (s->links[i].onbuild)
			json_uint(w, "onbuild", s->links[i].onbuild);
		json_bool(w, "base", s->links[i].base);
		jet_json_close(w, '}');
	}
	jet_json_close(w, ']');
}

static void json_from(struct jet_json *w, const struct jet_outline *o, const struct jet_outline_from *f)
{
	json_str(w, "base", f->base);
	json_text(w, "base_kind", kinds[f->kind]);
	if (f->kind == JET_OUTLINE_IMAGE)
		json_text(w, "pinned", pin_names[f->pin]);
	if (f->nearest)
		json_text(w, "nearest", f->nearest);
	if (f->kind == JET_OUTLINE_CONTEXT)
		json_str(w, "context", o->contexts[f->context].name);
	json_str(w, "platform", f->platform);
}

/* Where platforms differ: what each has. */
static void json_froms(struct jet_json *w, const struct jet_outline *o, const struct jet_outline_stage *s)
{
	jet_json_key(w, "by_platform");
	jet_json_open(w, '[');
	for (size_t i = 0; i < s->nfroms; i++) {
		const struct jet_outline_from *f = &s->froms[i];

		jet_json_open(w, '{');
		jet_json_key(w, "platforms");
		jet_json_open(w, '[');
		for (size_t k = 0; k < f->nplatforms; k++)
			jet_json_text(w, f->platforms[k]);
		jet_json_close(w, ']');
		json_from(w, o, f);
		json_bool(w, "reachable", f->reachable);
		jet_json_close(w, '}');
	}
	jet_json_close(w, ']');
}

static void json_stage(struct jet_json *w, const struct jet_outline *o, size_t index)
{
	const struct jet_outline_stage *s = &o->stages[index];

	jet_json_open(w, '{');
	json_uint(w, "index", index);
	json_str(w, "name", s->name);
	json_uint(w, "line", s->line);
	json_from(w, o, &s->froms[0]);
	json_bool(w, "reachable", s->reachable);
	if (s->nfroms > 1)
		json_froms(w, o, s);
	json_links(w, s);
	json_outside(w, o, s);
	json_uses(w, o, s);
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
	json_contexts(&w, o);
	json_unset(&w, o);
	jet_json_close(&w, '}');
	return jet_json_end(&w) < 0 ? -1 : jet_buf_byte(out, '\n');
}
