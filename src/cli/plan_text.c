/* SPDX-License-Identifier: Apache-2.0 */
#include "cli/plan_text.h"

#include "cli/term.h"

#include <string.h>

static const char *const pins[] = {
	[JET_OUTLINE_NO_TAG] = "no tag, so :latest",
	[JET_OUTLINE_TAG] = "tag, may move",
	[JET_OUTLINE_DIGEST] = "pinned by digest",
};

static const char *const places[] = {
	[JET_OUTLINE_DIRECTORY] = "a directory",
	[JET_OUTLINE_REGISTRY] = "an image, not local",
	[JET_OUTLINE_REMOTE] = "a URL or repository, not local",
};

enum { MAX_NAME = 200 }; /* columns */

static int put_str(struct jet_buf *out, struct jet_str s)
{
	return jet_cut(out, s.data, s.len, MAX_NAME);
}

static int put_text(struct jet_buf *out, const char *text)
{
	return jet_cut(out, text, strlen(text), MAX_NAME);
}

int jet_plan_put_name(struct jet_buf *out, const struct jet_outline *o, size_t index)
{
	const struct jet_str name = o->stages[index].name;

	if (name.data)
		return put_str(out, name);
	return jet_buf_printf(out, "stage %zu", index);
}

int jet_plan_put_amount(struct jet_buf *out, uint64_t files, uint64_t bytes)
{
	int bad = jet_human_count(out, files);

	bad |= jet_buf_text(out, files == 1 ? " file, " : " files, ");
	return bad | jet_human_size(out, bytes);
}

/* "--platform=linux/arm64 ": its own, as the FROM line gives it. */
static int put_own_platform(struct jet_buf *out, struct jet_str platform)
{
	if (!platform.data)
		return 0;
	return jet_buf_text(out, "--platform=") | put_str(out, platform) | jet_buf_byte(out, ' ');
}

static int put_base(struct jet_buf *out, const struct jet_outline *o, const struct jet_outline_from *f)
{
	int bad = put_str(out, f->base);

	switch (f->kind) {
	case JET_OUTLINE_IMAGE:
		return bad | jet_buf_printf(out, " (%s)", pins[f->pin]);
	case JET_OUTLINE_STAGE:
		return bad | jet_buf_text(out, " (stage)");
	case JET_OUTLINE_CONTEXT:
		bad |= jet_buf_text(out, " (context ") | put_str(out, o->contexts[f->context].name);
		return bad | jet_buf_text(out, f->replaced ? " instead of the stage)" : ")");
	default:
		return bad;
	}
}

/* The platforms are named where another one has something else. */
static int put_platforms(struct jet_buf *out, const struct jet_outline_from *f)
{
	int bad = 0;

	for (size_t i = 0; i < f->nplatforms; i++)
		bad |= jet_buf_text(out, i ? ", " : " for ") | put_text(out, f->platforms[i]);
	return bad;
}

static int put_stage_head(struct jet_buf *out, const struct jet_outline *o, size_t index)
{
	const struct jet_outline_stage *s = &o->stages[index];
	int bad = jet_buf_printf(out, "\n%zu ", index);

	if (s->name.data)
		bad |= put_str(out, s->name) | jet_buf_byte(out, ' ');
	for (size_t i = 0; i < s->nfroms; i++) {
		bad |= jet_buf_text(out, i ? "  FROM " : "FROM ");
		bad |= put_own_platform(out, s->froms[i].platform);
		bad |= put_base(out, o, &s->froms[i]);
		if (s->froms[i].nearest)
			bad |= jet_buf_printf(out, ", did you mean stage %s?", s->froms[i].nearest);
		if (s->nfroms > 1)
			bad |= put_platforms(out, &s->froms[i]);
		if (index == o->target)
			bad |= jet_buf_text(out, ", the target");
		else if (!s->froms[i].reachable)
			bad |= jet_buf_text(out, ", not needed");
		bad |= jet_buf_byte(out, '\n');
	}
	return bad;
}

/* "  :12 ", and for what the FROM there runs of its base "  :12 ONBUILD :3 ". */
static int put_place(struct jet_buf *out, uint32_t line, uint32_t onbuild)
{
	const int bad = jet_buf_printf(out, "  :%u ", (unsigned)line);

	return onbuild ? bad | jet_buf_printf(out, "ONBUILD :%u ", (unsigned)onbuild) : bad;
}

static int put_links(struct jet_buf *out, const struct jet_outline *o, const struct jet_outline_stage *s)
{
	int bad = 0;

	for (size_t i = 0; i < s->nlinks; i++) {
		if (s->links[i].base)
			continue;
		bad |= put_place(out, s->links[i].line, s->links[i].onbuild) | jet_buf_text(out, "from ");
		bad |= jet_plan_put_name(out, o, s->links[i].from) | jet_buf_byte(out, '\n');
	}
	return bad;
}

static int put_outside(struct jet_buf *out, const struct jet_outline_stage *s)
{
	int bad = 0;

	for (size_t i = 0; i < s->noutside; i++) {
		const struct jet_outline_outside *from = &s->outside[i];

		bad |= put_place(out, from->line, from->onbuild) | jet_buf_text(out, "from ");
		bad |= put_str(out, from->name);
		if (from->kind == JET_OUTLINE_IMAGE)
			bad |= jet_buf_printf(out, " (image; %s)", pins[from->pin]);
		else if (from->kind == JET_OUTLINE_CONTEXT)
			bad |= jet_buf_text(out, " (context)");
		if (from->nearest)
			bad |= jet_buf_text(out, ", did you mean stage ") | put_text(out, from->nearest) |
			       jet_buf_byte(out, '?');
		bad |= jet_buf_byte(out, '\n');
	}
	return bad;
}

static int put_use(struct jet_buf *out, const struct jet_outline_use *u, size_t width)
{
	const size_t start = out->len;
	int bad = put_place(out, u->use.line, u->use.onbuild);

	bad |= jet_cut(out, u->use.text, u->use.text_len, width - (out->len - start));
	bad |= jet_buf_text(out, "\n      ");
	bad |= jet_plan_put_amount(out, u->files, u->bytes);
	if (u->own_files != u->files) {
		bad |= jet_buf_text(out, "; read by it alone: ");
		bad |= jet_plan_put_amount(out, u->own_files, u->own_bytes);
	}
	return bad | jet_buf_byte(out, '\n');
}

/* The named contexts that were given. */
static int put_contexts(struct jet_buf *out, const struct jet_outline *o)
{
	int bad = o->ncontexts ? jet_buf_byte(out, '\n') : 0;

	for (size_t i = 0; i < o->ncontexts; i++) {
		const struct jet_outline_context *c = &o->contexts[i];

		bad |= jet_buf_text(out, "context ") | put_str(out, c->name) | jet_buf_byte(out, '=');
		bad |= put_str(out, c->value);
		bad |= jet_buf_printf(out, " (%s)%s\n", places[c->place],
		                      c->used ? "; its files are not of this context" : ", not used");
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
		bad |= jet_buf_text(out, "\nnote: this Dockerfile asks for the frontend ") |
		       put_str(out, o->syntax) | jet_buf_text(out, ", which may read it differently\n");
	for (size_t i = 0; i < jet_needs_nunset(o->needs); i++) {
		const struct jet_unset u = jet_needs_unset(o->needs, i);

		bad |= jet_buf_printf(out, "\nnote: :%u:%u ", (unsigned)u.line, (unsigned)u.column);
		bad |= jet_plan_unset(out, &u) | jet_buf_byte(out, '\n');
	}
	return bad;
}

static int put_plan(struct jet_buf *out, const struct jet_outline *o, size_t width)
{
	int bad = jet_buf_text(out, "target ");

	bad |= jet_plan_put_name(out, o, o->target) | jet_buf_text(out, " needs ");
	bad |= jet_plan_put_amount(out, o->files, o->bytes) | jet_buf_text(out, " of the context\n");
	for (size_t i = 0; i < o->nstages; i++) {
		bad |= put_stage_head(out, o, i);
		bad |= put_links(out, o, &o->stages[i]);
		bad |= put_outside(out, &o->stages[i]);
		for (size_t k = 0; k < o->stages[i].nuses; k++)
			bad |= put_use(out, &o->uses[o->stages[i].uses[k]], width);
	}
	return bad | put_contexts(out, o) | put_notes(out, o);
}

enum { DEEPER = 2 }; /* what is left of a line begins below the beginning */

/* @text line by line. */
static int wrap_lines(struct jet_buf *out, const struct jet_buf *text, size_t width)
{
	int bad = 0;

	for (size_t i = 0; i < text->len;) {
		const char *line = text->data + i, *end = memchr(line, '\n', text->len - i);
		const size_t len = end ? (size_t)(end - line) : text->len - i;
		size_t indent = 0;

		while (indent < len && line[indent] == ' ')
			indent++;
		bad |= jet_wrap(out, line, len, width, indent + DEEPER) | jet_buf_byte(out, '\n');
		i += len + 1;
	}
	return bad;
}

int jet_plan_text(struct jet_buf *out, const struct jet_outline *o, size_t width, bool wraps)
{
	struct jet_buf text = { 0 };
	int bad = put_plan(&text, o, width);

	bad |= wraps ? wrap_lines(out, &text, width) : jet_buf_append(out, text.data, text.len);
	jet_buf_clear(&text);
	return bad ? -1 : 0;
}
