/* SPDX-License-Identifier: Apache-2.0 */
#include "context/guide.h"

#include "base/buf.h"
#include "match/lists.h"
#include "match/matcher.h"

#include <stdlib.h>
#include <string.h>

/* A cover that is being followed, with an engine for each of its lists whose
 * root is the cover's base. */
struct active {
	const struct jet_cover *cover;
	struct jet_matcher *include, *exclude; /* NULL: no such list */
	size_t depth; /* frames below its base that the engines are in */
};

/* A directory: which roots lie in it, which covers reach it. */
struct frame {
	size_t first, end;  /* roots whose paths go on below this directory */
	size_t path_len;    /* with the "/" behind it */
	size_t nactive;     /* of guide->active */
	size_t nnew;        /* of them, those that begin here */
	bool *moved;        /* which of the older ones came along */
};

struct jet_guide {
	const struct jet_plan *plan;
	struct jet_lists lists;
	struct active **active; /* of the innermost directory's ancestors and its own */
	size_t nactive, active_capacity;
	struct frame *frames;
	size_t nframes, frame_capacity;
	/* Per frame: indexes into active. */
	size_t *use;
	size_t nuse, use_capacity;
	uint32_t *scratch;
	size_t scratch_capacity;
};

/* ---- roots -------------------------------------------------------------- */

static struct frame *top(const struct jet_guide *g)
{
	return &g->frames[g->nframes - 1];
}

/* < 0: the component of @path at @at comes before @name. */
static int order(struct jet_str path, size_t at, const char *name, size_t len)
{
	size_t n = 0;
	int cmp;

	while (at + n < path.len && path.data[at + n] != '/')
		n++;
	cmp = memcmp(path.data + at, name, n < len ? n : len);
	return cmp ? cmp : (n > len) - (n < len);
}

/* The roots in the current directory whose next component is @name: [*first, *end). */
static void find(const struct jet_guide *g, const char *name, size_t len, size_t *first, size_t *end)
{
	const struct frame *f = top(g);
	const struct jet_plan_root *roots = g->plan->roots;
	size_t low = f->first, high = f->end;

	while (low < high) {
		const size_t mid = low + (high - low) / 2;

		if (order(roots[mid].path, f->path_len, name, len) < 0)
			low = mid + 1;
		else
			high = mid;
	}
	*first = low;
	high = f->end;
	while (low < high) {
		const size_t mid = low + (high - low) / 2;

		if (order(roots[mid].path, f->path_len, name, len) <= 0)
			low = mid + 1;
		else
			high = mid;
	}
	*end = low;
}

bool jet_guide_next_name(const struct jet_guide *g, size_t *at, struct jet_str *name)
{
	const struct frame *f = top(g);
	const size_t i = f->first + *at;
	struct jet_str path;
	size_t first, end, n = 0;

	if (i >= f->end)
		return false;
	path = g->plan->roots[i].path;
	while (f->path_len + n < path.len && path.data[f->path_len + n] != '/')
		n++;
	*name = (struct jet_str){ path.data + f->path_len, n };
	find(g, name->data, name->len, &first, &end);
	*at = end - f->first;
	return true;
}

/* ---- covers ------------------------------------------------------------- */

bool jet_guide_reads_all(const struct jet_guide *g)
{
	return top(g)->nactive > 0;
}

bool jet_guide_quiet(const struct jet_guide *g)
{
	return top(g)->nactive == 0;
}

static size_t *uses(const struct jet_guide *g)
{
	return g->use ? g->use + g->nuse - top(g)->nactive : NULL;
}

/* What one cover says of a name. */
struct opinion {
	bool needed, below, failed;
};

static int ask_cover(struct active *a, const char *name, size_t len, struct opinion *o)
{
	struct jet_verdict in = { JET_IGNORED, false, NULL }, out = { JET_KEPT, false, NULL };

	if (a->include && jet_matcher_ask(a->include, name, len, &in) < 0)
		return -1;
	if (a->exclude && jet_matcher_ask(a->exclude, name, len, &out) < 0)
		return -1;
	o->failed = in.answer == JET_FAILED || out.answer == JET_FAILED;
	o->needed = in.answer == JET_IGNORED && out.answer == JET_KEPT;
	/* An excluded directory is looked into only if something can come back. */
	o->below = out.answer == JET_KEPT ||
	           (a->cover->exclude && a->cover->exclude->has_negated);
	return 0;
}

static int compare(const void *a, const void *b)
{
	const uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;

	return (x > y) - (x < y);
}

static uint32_t *room(struct jet_guide *g, size_t n)
{
	if (n > g->scratch_capacity) {
		uint32_t *grown = realloc(g->scratch, n * 2 * sizeof(*grown));

		if (!grown)
			return NULL;
		g->scratch = grown;
		g->scratch_capacity = n * 2;
	}
	return g->scratch;
}

static int number(struct jet_guide *g, uint32_t *needs, size_t n, uint32_t *by)
{
	size_t kept = 0;

	if (n > 1)
		qsort(needs, n, sizeof(*needs), compare);
	for (size_t i = 0; i < n; i++) {
		if (!kept || needs[kept - 1] != needs[i])
			needs[kept++] = needs[i];
	}
	return jet_lists_add(&g->lists, needs, kept, by);
}

int jet_guide_ask(struct jet_guide *g, const char *name, size_t len, struct jet_guidance *out)
{
	const struct frame *f = top(g);
	const size_t *use = uses(g);
	size_t first, end, n = 0;
	uint32_t *needs;

	find(g, name, len, &first, &end);
	*out = (struct jet_guidance){ 0 };
	needs = room(g, f->nactive + (end - first) + 1);
	if (!needs)
		return JET_E_NOMEM;
	for (size_t i = 0; i < f->nactive; i++) {
		struct active *a = g->active[use[i]];
		struct opinion o;

		if (ask_cover(a, name, len, &o) < 0)
			return JET_E_NOMEM;
		out->failed = out->failed || o.failed;
		out->enter = out->enter || o.below;
		if (o.needed)
			needs[n++] = a->cover->need;
	}
	for (size_t i = first; i < end; i++) {
		const struct jet_plan_root *r = &g->plan->roots[i];
		const bool is_it = r->path.len == f->path_len + len;

		out->enter = out->enter || !is_it || r->cover != JET_NO_COVER;
		if (!is_it)
			break; /* those behind it lie deeper as well */
		/* The base of --parents counts only if something matches below. */
		if (r->cover == JET_NO_COVER || !g->plan->covers[r->cover].include)
			needs[n++] = r->need;
	}
	if (!n)
		return 0;
	return number(g, needs, n, &out->by) < 0 ? JET_E_NOMEM : 0;
}

const uint32_t *jet_guide_by(const struct jet_guide *g, uint32_t by, size_t *n)
{
	return jet_lists_get(&g->lists, by, n);
}

/* ---- directories -------------------------------------------------------- */

static int use(struct jet_guide *g, size_t index)
{
	size_t *grown = jet_grow(g->use, g->nuse, &g->use_capacity, sizeof(*grown));

	if (!grown)
		return -1;
	g->use = grown;
	g->use[g->nuse++] = index;
	return 0;
}

static void drop(struct active *a)
{
	if (!a)
		return;
	jet_matcher_close(a->include);
	jet_matcher_close(a->exclude);
	free(a);
}

static int activate(struct jet_guide *g, const struct jet_cover *cover)
{
	struct active **grown = jet_grow(g->active, g->nactive, &g->active_capacity, sizeof(*grown));
	struct active *a = calloc(1, sizeof(*a));

	if (grown)
		g->active = grown;
	if (!grown || !a || (cover->include && jet_matcher_open(cover->include, &a->include) < 0) ||
	    (cover->exclude && jet_matcher_open(cover->exclude, &a->exclude) < 0)) {
		drop(a);
		return -1;
	}
	a->cover = cover;
	g->active[g->nactive++] = a;
	return use(g, g->nactive - 1);
}

/* Takes a cover along into @name: 1; 0 when nothing below can be needed. */
static int move(struct active *a, const char *name, size_t len)
{
	struct opinion o;

	if (ask_cover(a, name, len, &o) < 0)
		return -1;
	if (!o.below)
		return 0;
	if (a->include && jet_matcher_push(a->include, name, len) < 0)
		return -1;
	if (a->exclude && jet_matcher_push(a->exclude, name, len) < 0) {
		if (a->include)
			jet_matcher_pop(a->include);
		return -1;
	}
	if (a->include && jet_matcher_idle(a->include)) {
		jet_matcher_pop(a->include);
		if (a->exclude)
			jet_matcher_pop(a->exclude);
		return 0;
	}
	return 1;
}

/* Begins the covers whose base is the current directory. */
static int activate_here(struct jet_guide *g, size_t first, size_t end, size_t path_len)
{
	for (size_t i = first; i < end && g->plan->roots[i].path.len == path_len; i++) {
		if (g->plan->roots[i].cover == JET_NO_COVER)
			continue;
		if (activate(g, &g->plan->covers[g->plan->roots[i].cover]) < 0)
			return -1;
		top(g)->nactive++;
		top(g)->nnew++;
	}
	return 0;
}

static size_t skip_exact(const struct jet_guide *g, size_t first, size_t end, size_t path_len)
{
	while (first < end && g->plan->roots[first].path.len == path_len)
		first++;
	return first;
}

int jet_guide_push(struct jet_guide *g, const char *name, size_t len)
{
	const size_t nold = top(g)->nactive;
	struct frame *grown = jet_grow(g->frames, g->nframes, &g->frame_capacity, sizeof(*grown));
	struct frame f = { 0 };
	size_t first, end;

	if (!grown)
		return JET_E_NOMEM;
	g->frames = grown;
	find(g, name, len, &first, &end);
	f.path_len = top(g)->path_len + len;
	f.first = skip_exact(g, first, end, f.path_len);
	f.end = end;
	f.moved = calloc(nold + 1, sizeof(*f.moved));
	if (!f.moved)
		return JET_E_NOMEM;
	for (size_t i = 0; i < nold; i++) {
		const size_t index = g->use[g->nuse - f.nactive - nold + i];
		int moved = move(g->active[index], name, len);

		f.moved[i] = moved > 0;
		if (moved < 0 || (moved > 0 && use(g, index) < 0)) {
			/* Out of memory ends the walk: nothing is asked any more. */
			free(f.moved);
			return JET_E_NOMEM;
		}
		f.nactive += moved > 0;
	}
	g->frames[g->nframes++] = f;
	if (activate_here(g, first, end, f.path_len) < 0)
		return JET_E_NOMEM;
	top(g)->path_len++; /* the "/" behind it */
	return 0;
}

void jet_guide_pop(struct jet_guide *g)
{
	const struct frame f = *top(g);
	const size_t *old;

	g->nuse -= f.nactive;
	g->nframes--;
	for (size_t i = 0; i < f.nnew; i++)
		drop(g->active[--g->nactive]);
	old = uses(g);
	for (size_t i = 0; i < top(g)->nactive; i++) {
		struct active *a = g->active[old[i]];

		if (!f.moved[i])
			continue;
		if (a->include)
			jet_matcher_pop(a->include);
		if (a->exclude)
			jet_matcher_pop(a->exclude);
	}
	free(f.moved);
}

/* ---- opening ------------------------------------------------------------ */

int jet_guide_open(const struct jet_plan *plan, struct jet_guide **out)
{
	struct jet_guide *g = calloc(1, sizeof(*g));
	struct frame *frames = NULL;

	*out = NULL;
	if (g)
		frames = jet_grow(NULL, 0, &g->frame_capacity, sizeof(*frames));
	if (!frames || jet_lists_reset(&g->lists) < 0) {
		free(frames);
		free(g);
		return JET_E_NOMEM;
	}
	g->plan = plan;
	g->frames = frames;
	frames[0] = (struct frame){ .end = plan->nroots };
	g->nframes = 1;
	frames[0].first = skip_exact(g, 0, plan->nroots, 0);
	if (activate_here(g, 0, plan->nroots, 0) < 0) {
		jet_guide_close(g);
		return JET_E_NOMEM;
	}
	*out = g;
	return 0;
}

void jet_guide_close(struct jet_guide *g)
{
	if (!g)
		return;
	for (size_t i = 0; i < g->nactive; i++)
		drop(g->active[i]);
	for (size_t i = 0; i < g->nframes; i++)
		free(g->frames[i].moved);
	jet_lists_clear(&g->lists);
	free(g->active);
	free(g->frames);
	free(g->use);
	free(g->scratch);
	free(g);
}
