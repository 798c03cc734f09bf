/* SPDX-License-Identifier: Apache-2.0 */
/* The stages of a Dockerfile, those of all platforms united: they are the same lines,
 * but a base, and with it what is needed, may hang on the platform. */
#include "base/nearest.h"
#include "context/needs.h"
#include "report/outline_private.h"

#include <stdlib.h>
#include <string.h>

/* A hostile file names many; nobody reads more guesses than that. */
enum { MAX_GUESSES = 50, MAX_GUESSED_STAGES = 1000, MIN_WORD = 4, MAX_WORD = 32 };

/* ---- images and contexts ------------------------------------------------ */

/* "name@sha256:..." is pinned; "name:tag" may move; without either it is ":latest". */
static enum jet_outline_pin pin_of(struct jet_str image)
{
	struct jet_reference ref;

	if (jet_reference_parse(image, &ref))
		return JET_OUTLINE_NO_TAG;
	return ref.digest.data ? JET_OUTLINE_DIGEST : ref.tag.data ? JET_OUTLINE_TAG : JET_OUTLINE_NO_TAG;
}

static int fill_contexts(struct jet_outline *o)
{
	static const enum jet_outline_place places[] = {
		[JET_CONTEXT_DIRECTORY] = JET_OUTLINE_DIRECTORY,
		[JET_CONTEXT_IMAGE] = JET_OUTLINE_REGISTRY,
		[JET_CONTEXT_REMOTE] = JET_OUTLINE_REMOTE,
	};
	const struct jet_needs *needs = o->needs;

	o->contexts = calloc(needs->ncontexts + 1, sizeof(*o->contexts));
	if (!o->contexts)
		return -1;
	for (size_t i = 0; i < needs->ncontexts; i++) {
		const struct jet_pair *pair = &needs->contexts[i];

		o->contexts[o->ncontexts++] = (struct jet_outline_context){
			pair->name, pair->value, places[jet_context_kind(pair->value)], false,
		};
	}
	return 0;
}

static size_t context_of(struct jet_outline *o, const struct jet_pair *context, bool used)
{
	const size_t i = (size_t)(context - o->needs->contexts);

	o->contexts[i].used |= used;
	return i;
}

/* ---- what a stage is built on ------------------------------------------- */

static struct jet_outline_from from_of(struct jet_outline *o, const struct jet_stage *in)
{
	static const enum jet_outline_base kinds[] = {
		[JET_BASE_SCRATCH] = JET_OUTLINE_SCRATCH,
		[JET_BASE_STAGE] = JET_OUTLINE_STAGE,
		[JET_BASE_IMAGE] = JET_OUTLINE_IMAGE,
		[JET_BASE_CONTEXT] = JET_OUTLINE_CONTEXT,
	};
	struct jet_outline_from from = {
		.base = in->base,
		.platform = in->platform,
		.kind = kinds[in->kind],
		.base_stage = in->base_stage,
		.replaced = in->kind == JET_BASE_CONTEXT,
		.pin = pin_of(in->base),
		.reachable = in->reachable,
	};

	if (in->context) {
		from.kind = JET_OUTLINE_CONTEXT;
		from.base = in->context->value;
		from.context = context_of(o, in->context, in->reachable);
	}
	return from;
}

static bool same_str(struct jet_str a, struct jet_str b)
{
	return !a.data == !b.data && jet_str_cmp(a, b) == 0;
}

static bool same_from(const struct jet_outline_from *a, const struct jet_outline_from *b)
{
	return a->kind == b->kind && a->reachable == b->reachable && a->replaced == b->replaced &&
	       a->context == b->context && same_str(a->base, b->base) &&
	       same_str(a->platform, b->platform);
}

static int add_platform(struct jet_outline_from *from, const char *platform)
{
	const char **grown = realloc(from->platforms, (from->nplatforms + 1) * sizeof(*grown));

	if (!grown)
		return -1;
	from->platforms = grown;
	from->platforms[from->nplatforms++] = platform;
	return 0;
}

static int add_from(struct jet_outline *o, struct jet_outline_stage *out, size_t index, size_t platform)
{
	const struct jet_needs_platform *p = &o->needs->platforms[platform];
	const struct jet_outline_from from = from_of(o, &p->stages->list[index]);
	size_t i = 0;

	while (i < out->nfroms && !same_from(&out->froms[i], &from))
		i++;
	if (i == out->nfroms)
		out->froms[out->nfroms++] = from;
	out->reachable |= from.reachable;
	return p->build.platform ? add_platform(&out->froms[i], p->build.platform) : 0;
}

static int fill_froms(struct jet_outline *o, struct jet_outline_stage *out, size_t index)
{
	out->froms = calloc(o->needs->nplatforms, sizeof(*out->froms));
	if (!out->froms)
		return -1;
	for (size_t p = 0; p < o->needs->nplatforms; p++) {
		if (add_from(o, out, index, p) < 0)
			return -1;
	}
	return 0;
}

/* ---- what else it needs -------------------------------------------------- */

/* An instruction of the stage stands behind its FROM; one that this runs of its base
 * before. */
static uint32_t onbuild_of(const struct jet_stage *stage, const struct jet_instruction *in)
{
	return in && in->at.line < stage->from->at.line ? in->at.line : 0;
}

static uint32_t line_of(const struct jet_stage *stage, const struct jet_instruction *in)
{
	return in && !onbuild_of(stage, in) ? in->at.line : stage->from->at.line;
}

static int by_line(const void *a, const void *b)
{
	const struct jet_outline_link *x = a, *y = b;

	if (x->line != y->line)
		return x->line < y->line ? -1 : 1;
	if (x->onbuild != y->onbuild)
		return x->onbuild < y->onbuild ? -1 : 1;
	if (x->base != y->base)
		return x->base ? -1 : 1;
	return (x->from > y->from) - (x->from < y->from);
}

static void add_links(struct jet_outline_stage *out, const struct jet_stage *in)
{
	for (size_t i = 0; i < in->ndeps; i++) {
		const struct jet_instruction *by = in->deps[i].in;

		out->links[out->nlinks++] = (struct jet_outline_link){
			.from = in->deps[i].stage, .line = line_of(in, by), .onbuild = onbuild_of(in, by),
			.base = !by,
		};
	}
}

/* Those of one platform stand in the order of the file already. */
static int fill_links(struct jet_outline *o, struct jet_outline_stage *out, size_t index)
{
	const struct jet_needs *needs = o->needs;
	size_t n = 0, room = 0;

	for (size_t p = 0; p < needs->nplatforms; p++)
		room += needs->platforms[p].stages->list[index].ndeps;
	out->links = calloc(room + 1, sizeof(*out->links));
	if (!out->links)
		return -1;
	for (size_t p = 0; p < needs->nplatforms; p++)
		add_links(out, &needs->platforms[p].stages->list[index]);
	if (needs->nplatforms == 1)
		return 0;
	qsort(out->links, out->nlinks, sizeof(*out->links), by_line);
	for (size_t i = 0; i < out->nlinks; i++) {
		if (!n || by_line(&out->links[n - 1], &out->links[i]) != 0)
			out->links[n++] = out->links[i];
	}
	out->nlinks = n;
	return 0;
}

static int by_line_and_name(const void *a, const void *b)
{
	const struct jet_outline_outside *x = a, *y = b;

	if (x->line != y->line)
		return x->line < y->line ? -1 : 1;
	if (x->onbuild != y->onbuild)
		return x->onbuild < y->onbuild ? -1 : 1;
	return jet_str_cmp(x->name, y->name);
}

static void add_outside(struct jet_outline *o, struct jet_outline_stage *out, const struct jet_stage *in)
{
	for (size_t i = 0; i < in->noutside; i++) {
		const struct jet_outside *from = &in->outside[i];
		struct jet_outline_outside *to = &out->outside[out->noutside++];

		*to = (struct jet_outline_outside){
			.name = from->name, .kind = JET_OUTLINE_IMAGE, .line = line_of(in, from->in),
			.onbuild = onbuild_of(in, from->in),
		};
		if (from->context) {
			to->kind = JET_OUTLINE_CONTEXT;
			to->context = context_of(o, from->context, in->reachable);
		} else if (jet_str_is(from->name, "scratch")) {
			to->kind = JET_OUTLINE_SCRATCH;
		} else {
			to->pin = pin_of(from->name);
		}
	}
}

static int fill_outside(struct jet_outline *o, struct jet_outline_stage *out, size_t index)
{
	const struct jet_needs *needs = o->needs;
	size_t n = 0, room = 0;

	for (size_t p = 0; p < needs->nplatforms; p++)
		room += needs->platforms[p].stages->list[index].noutside;
	out->outside = calloc(room + 1, sizeof(*out->outside));
	if (!out->outside)
		return -1;
	for (size_t p = 0; p < needs->nplatforms; p++)
		add_outside(o, out, &needs->platforms[p].stages->list[index]);
	if (needs->nplatforms == 1)
		return 0;
	qsort(out->outside, out->noutside, sizeof(*out->outside), by_line_and_name);
	for (size_t i = 0; i < out->noutside; i++) {
		if (!n || by_line_and_name(&out->outside[n - 1], &out->outside[i]) != 0)
			out->outside[n++] = out->outside[i];
	}
	out->noutside = n;
	return 0;
}

static int fill_stage(struct jet_outline *o, size_t index)
{
	const struct jet_stage *in = &o->needs->platforms[0].stages->list[index];
	struct jet_outline_stage *out = &o->stages[o->nstages++];

	*out = (struct jet_outline_stage){ .name = in->name, .line = in->from->at.line };
	if (fill_froms(o, out, index) < 0 || fill_links(o, out, index) < 0)
		return -1;
	return fill_outside(o, out, index);
}

/* ---- names of stages, and what looks like one ---------------------------- */

/* A name that could have been one of the first @n stages. */
static const char *guess(const char *const *names, size_t n, struct jet_str name)
{
	char word[MAX_WORD];

	for (size_t i = 0; i < name.len; i++) {
		if (name.len >= sizeof(word) || memchr(":/@.", name.data[i], 4))
			return NULL;
		word[i] = name.data[i];
	}
	/* Any three letters are near any other. */
	if (name.len < MIN_WORD)
		return NULL;
	word[name.len] = '\0';
	return jet_nearest(word, names, n);
}

/* Images that people mean when they say so, and what is said twice is no slip. */
static bool is_meant(const struct jet_outline *o, struct jet_str base)
{
	static const char *const usual[] = { "alpine", "busybox", "caddy", "centos", "debian", "fedora",
		                             "golang", "gradle", "haproxy", "httpd", "maven", "mysql",
		                             "nginx", "node", "openjdk", "perl", "postgres", "python",
		                             "redis", "ruby", "rust", "ubuntu", NULL };
	size_t n = 0;

	for (size_t i = 0; i < o->nstages && n < 2; i++)
		n += jet_str_cmp(o->stages[i].froms[0].base, base) == 0;
	return n > 1 || jet_reference_official(base, usual);
}

/* Guesses which stage a base was to be that is none. */
static void guess_bases(struct jet_outline *o, const char *const *names)
{
	size_t guesses = 0;

	for (size_t i = 0; i < o->nstages && o->nstages <= MAX_GUESSED_STAGES; i++) {
		struct jet_outline_stage *s = &o->stages[i];

		for (size_t k = 0; k < s->nfroms && guesses < MAX_GUESSES; k++) {
			if (s->froms[k].kind != JET_OUTLINE_IMAGE || is_meant(o, s->froms[k].base))
				continue;
			guesses++;
			s->froms[k].nearest = guess(names, i, s->froms[k].base);
		}
	}
}

/* An image that is named in a stage. */
struct named {
	struct jet_outline_outside *image;
	size_t stage;
};

static int by_name(const void *a, const void *b)
{
	const struct named *x = a, *y = b;
	const int order = jet_str_cmp(x->image->name, y->image->name);

	return order ? order : (x->stage > y->stage) - (x->stage < y->stage);
}

/* Numbers the images, and guesses what misspelt ones were to be. */
static int number_images(struct jet_outline *o, const struct jet_stages *stages)
{
	const char **names = calloc(stages->n + 1, sizeof(*names));
	struct named *all;
	size_t n = 0, guesses = 0;

	for (size_t i = 0; i < o->nstages; i++)
		n += o->stages[i].noutside;
	all = calloc(n + 1, sizeof(*all));
	n = 0;
	for (size_t i = 0; names && all && i < o->nstages; i++) {
		names[i] = stages->list[i].name.data;
		for (size_t k = 0; k < o->stages[i].noutside; k++) {
			if (o->stages[i].outside[k].kind == JET_OUTLINE_IMAGE)
				all[n++] = (struct named){ &o->stages[i].outside[k], i };
		}
	}
	if (n)
		qsort(all, n, sizeof(*all), by_name);
	for (size_t i = 0; i < n; i++) {
		struct jet_outline_outside *image = all[i].image;
		const bool same = i && jet_str_cmp(image->name, all[i - 1].image->name) == 0;

		/* A stage can be named behind itself only. */
		if (same && all[i].stage == all[i - 1].stage)
			image->nearest = all[i - 1].image->nearest;
		else if (stages->n <= MAX_GUESSED_STAGES && guesses++ < MAX_GUESSES)
			image->nearest = guess(names, all[i].stage, image->name);
		o->nimages += !same;
		image->image = o->nimages - 1;
	}
	if (names)
		guess_bases(o, names);
	free(names);
	free(all);
	return names && all ? 0 : -1;
}

/* ---- the whole ---------------------------------------------------------- */

int jet_outline_fill_stages(struct jet_outline *o)
{
	const struct jet_stages *stages = o->needs->platforms[0].stages;
	int rc;

	o->target = stages->target;
	o->stages = calloc(stages->n + 1, sizeof(*o->stages));
	rc = o->stages ? fill_contexts(o) : -1;
	for (size_t i = 0; rc == 0 && i < stages->n; i++)
		rc = fill_stage(o, i);
	return rc < 0 ? rc : number_images(o, stages);
}
