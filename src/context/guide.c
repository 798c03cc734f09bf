/* SPDX-License-Identifier: Apache-2.0 */
#include "context/guide.h"

#include "base/buf.h"
#include "base/error.h"
#include "match/lists.h"
#include "match/matcher.h"

#include <stdlib.h>
#include <string.h>

/* Covers that are being followed: those of one directory that leave out the same.
 * Their patterns are asked once for all. */
struct active {
	struct jet_matcher *exclude; /* NULL: nothing is left out; else in the directory */
	uint32_t by;                 /* list of their needs */
};

/* A directory: which roots lie in it, which covers reach it. */
struct frame {
	size_t first, end;  /* roots whose paths go on below this directory */
	size_t path_len;    /* with the "/" behind it */
	size_t nuse;        /* covers that reach it: the last of guide->use */
	size_t nnew;        /* of guide->active, those that begin here */
};

struct jet_guide {
	const struct jet_plan *plan;
	struct jet_lists lists;
	struct active *active; /* of the innermost directory's ancestors and its own */
	size_t nactive, active_capacity;
	struct frame *frames;
	size_t nframes, frame_capacity;
	size_t *use;           /* per frame: indexes into active */
	size_t nuse, use_capacity;
	uint32_t *scratch;
	size_t scratch_capacity;
	/* Several covers and no root of its own: mostly the next name has the same. */
	uint32_t *last;        /* the lists that were united */
	size_t nlast, last_capacity;
	uint32_t last_by;
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

bool jet_guide_next_name(const struct jet_guide *g, size_t *at, struct jet_str *name,
                         enum jet_type *type)
{
	const struct frame *f = top(g);
	const size_t i = f->first + *at;
	const struct jet_plan_root *root;
	size_t first, end, n = 0;

	if (i >= f->end)
		return false;
	root = &g->plan->roots[i];
	while (f->path_len + n < root->path.len && root->path.data[f->path_len + n] != '/')
		n++;
	*name = (struct jet_str){ root->path.data + f->path_len, n };
	/* What has something below it is a directory. */
	*type = f->path_len + n == root->path.len ? root->type : JET_TYPE_DIR;
	find(g, name->data, name->len, &first, &end);
	*at = end - f->first;
	return true;
}

/* ---- lists of needs ----------------------------------------------------- */

static int grow_numbers(uint32_t **list, size_t *capacity, size_t n)
{
	uint32_t *grown;

	if (n <= *capacity)
		return 0;
	grown = realloc(*list, n * 2 * sizeof(*grown));
	if (!grown)
		return -1;
	*list = grown;
	*capacity = n * 2;
	return 0;
}

static int compare(const void *a, const void *b)
{
	const uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;

	return (x > y) - (x < y);
}

/* Numbers the list of the first @n needs in scratch, in any order. */
static int number(struct jet_guide *g, size_t n, uint32_t *by)
{
	size_t kept = 0;

	*by = JET_LIST_EMPTY;
	if (!n)
		return 0;
	if (n > 1)
		qsort(g->scratch, n, sizeof(*g->scratch), compare);
	for (size_t i = 0; i < n; i++) {
		if (!kept || g->scratch[kept - 1] != g->scratch[i])
			g->scratch[kept++] = g->scratch[i];
	}
	return jet_lists_add(&g->lists, g->scratch, kept, by);
}

static int put_list(struct jet_guide *g, uint32_t by, size_t *n)
{
	size_t len;
	const uint32_t *list = jet_lists_get(&g->lists, by, &len);

	if (grow_numbers(&g->scratch, &g->scratch_capacity, *n + len) < 0)
		return -1;
	if (len)
		memcpy(g->scratch + *n, list, len * sizeof(*list));
	*n += len;
	return 0;
}

static int put_need(struct jet_guide *g, uint32_t need, size_t *n)
{
	if (grow_numbers(&g->scratch, &g->scratch_capacity, *n + 1) < 0)
		return -1;
	g->scratch[(*n)++] = need;
	return 0;
}

/* ---- covers ------------------------------------------------------------- */

bool jet_guide_reads_all(const struct jet_guide *g)
{
	return top(g)->nuse > 0;
}

bool jet_guide_knows_names(const struct jet_guide *g)
{
	return !jet_guide_reads_all(g) && top(g)->first < top(g)->end;
}

static const size_t *uses(const struct jet_guide *g)
{
	return g->use ? g->use + g->nuse - top(g)->nuse : NULL;
}

/* Does a cover take a name?  1, 0, or -1 out of memory.  What is left out is not
 * looked into either: the plan makes no cover with negated patterns. */
static int takes(struct active *a, const char *name, size_t len, bool *failed)
{
	struct jet_verdict v = { JET_KEPT, false, NULL };

	if (a->exclude && jet_matcher_ask(a->exclude, name, len, &v) < 0)
		return -1;
	*failed = *failed || v.answer == JET_FAILED;
	return v.answer == JET_KEPT;
}

/* The union of the lists that g->last holds. */
static int unite(struct jet_guide *g, uint32_t *by)
{
	size_t n = 0;

	for (size_t i = 0; i < g->nlast; i++) {
		if (put_list(g, g->last[i], &n) < 0)
			return -1;
	}
	return number(g, n, by);
}

/* The covers' part of the answer. */
static int ask_covers(struct jet_guide *g, const char *name, size_t len, struct jet_guidance *out)
{
	const size_t n = top(g)->nuse;
	const size_t *use = uses(g);
	size_t count = 0;
	bool same = true;

	if (grow_numbers(&g->last, &g->last_capacity, n) < 0)
		return -1;
	for (size_t i = 0; i < n; i++) {
		struct active *a = &g->active[use[i]];
		const int taken = takes(a, name, len, &out->failed);

		if (taken < 0)
			return -1;
		if (out->failed) {
			out->by = a->by;
			return 0;
		}
		if (!taken)
			continue;
		same = same && count < g->nlast && g->last[count] == a->by;
		g->last[count++] = a->by;
	}
	out->enter = count > 0;
	if (same && count == g->nlast) {
		out->by = g->last_by;
		return 0;
	}
	g->nlast = count;
	if (unite(g, &g->last_by) < 0)
		return -1;
	out->by = g->last_by;
	return 0;
}

int jet_guide_ask(struct jet_guide *g, const char *name, size_t len, struct jet_guidance *out)
{
	const struct frame *f = top(g);
	size_t first, end, n = 0;

	*out = (struct jet_guidance){ 0 };
	if (f->nuse && ask_covers(g, name, len, out) < 0)
		return JET_E_NOMEM;
	if (out->failed)
		return 0;
	find(g, name, len, &first, &end);
	for (size_t i = first; i < end; i++) {
		const struct jet_plan_root *r = &g->plan->roots[i];
		const bool is_it = r->path.len == f->path_len + len;

		out->enter = out->enter || !is_it || r->cover != JET_NO_COVER;
		out->exact = out->exact || is_it;
		if (!is_it)
			break; /* those behind it lie deeper as well */
		if (put_need(g, r->need, &n) < 0)
			return JET_E_NOMEM;
	}
	if (!n)
		return 0;
	return put_list(g, out->by, &n) < 0 || number(g, n, &out->by) < 0 ? JET_E_NOMEM : 0;
}

const uint32_t *jet_guide_by(const struct jet_guide *g, uint32_t by, size_t *n)
{
	return jet_lists_get(&g->lists, by, n);
}

/* The pattern that does not compile among those of a need. */
static struct jet_str faulty_of(const struct jet_plan *plan, uint32_t need)
{
	for (size_t i = 0; i < plan->nroots; i++) {
		const uint32_t cover = plan->roots[i].cover;
		const struct jet_ruleset *rs;

		if (plan->roots[i].need != need || cover == JET_NO_COVER)
			continue;
		rs = plan->covers[cover].exclude;
		if (rs && jet_rulesets_fault(rs).len)
			return jet_rulesets_fault(rs);
	}
	return (struct jet_str){ "", 0 };
}

int jet_guide_fail(const struct jet_guide *g, uint32_t by, struct jet_error *err)
{
	size_t n;
	const uint32_t need = *jet_guide_by(g, by, &n);
	const struct jet_need *of = &g->plan->needs[need];
	const char *shown = JET_SHOW(faulty_of(g->plan, need));

	return jet_fail_spot(err, JET_E_PATTERN, of->file, of->at,
	                     JET_EXCLUDE_PATTERNS "syntax error in pattern: %s%s",
	                     shown, jet_rulesets_hint(shown));
}

/* ---- directories -------------------------------------------------------- */

static int use(struct jet_guide *g, size_t index)
{
	size_t *grown = jet_grow(g->use, g->nuse, &g->use_capacity, sizeof(*grown));

	if (!grown)
		return -1;
	g->use = grown;
	g->use[g->nuse++] = index;
	top(g)->nuse++;
	return 0;
}

/* Brings the patterns of a cover from its base to the directory it begins at. */
static int go_down(struct jet_matcher *m, struct jet_str path, size_t base_len)
{
	size_t at = base_len + (base_len && base_len < path.len);

	while (at < path.len) {
		const char *slash = memchr(path.data + at, '/', path.len - at);
		const size_t n = slash ? (size_t)(slash - path.data) - at : path.len - at;

		if (jet_matcher_push(m, path.data + at, n) < 0)
			return -1;
		at += n + 1;
	}
	return 0;
}

static int activate(struct jet_guide *g, const struct jet_cover *cover, struct jet_str path)
{
	struct active *grown = jet_grow(g->active, g->nactive, &g->active_capacity, sizeof(*grown));
	struct active *a;

	if (!grown)
		return -1;
	g->active = grown;
	a = &g->active[g->nactive];
	*a = (struct active){ NULL, JET_LIST_EMPTY };
	if (cover->exclude && jet_matcher_open(cover->exclude, &a->exclude) < 0)
		return -1;
	g->nactive++;
	top(g)->nnew++;
	if (use(g, g->nactive - 1) < 0)
		return -1;
	return a->exclude && cover->base_len != JET_OWN_BASE
	               ? go_down(a->exclude, path, cover->base_len)
	               : 0;
}

/* Begins the covers whose base is the current directory: roots [@first, @end), those
 * with the same cover one behind the other. */
static int activate_here(struct jet_guide *g, size_t first, size_t end)
{
	const struct jet_plan_root *roots = g->plan->roots;
	size_t n = 0;

	for (size_t i = first; i < end; i++) {
		const uint32_t cover = roots[i].cover;

		if (cover == JET_NO_COVER)
			continue;
		if (!n && activate(g, &g->plan->covers[cover], roots[i].path) < 0)
			return -1;
		if (put_need(g, roots[i].need, &n) < 0)
			return -1;
		if (i + 1 < end && roots[i + 1].cover == cover)
			continue;
		if (number(g, n, &g->active[g->nactive - 1].by) < 0)
			return -1;
		n = 0;
	}
	return 0;
}

static size_t skip_exact(const struct jet_guide *g, size_t first, size_t end, size_t path_len)
{
	while (first < end && g->plan->roots[first].path.len == path_len)
		first++;
	return first;
}

/* Takes the covers of the parent along: its uses are g->use[@first, @end). */
static int move_covers(struct jet_guide *g, size_t first, size_t end, const char *name, size_t len)
{
	bool failed = false;

	for (size_t i = first; i < end; i++) {
		const size_t index = g->use[i];
		struct active *a = &g->active[index];
		const int taken = takes(a, name, len, &failed);

		if (taken < 0 || (taken && a->exclude && jet_matcher_push(a->exclude, name, len) < 0))
			return -1;
		if (taken && use(g, index) < 0)
			return -1;
	}
	return 0;
}

/* Out of memory ends the walk: nothing is asked any more, so all may stay as it is. */
int jet_guide_push(struct jet_guide *g, const char *name, size_t len)
{
	struct frame *grown = jet_grow(g->frames, g->nframes, &g->frame_capacity, sizeof(*grown));
	const size_t use_end = g->nuse;
	size_t use_first, first, end;
	struct frame f = { 0 };

	if (!grown)
		return JET_E_NOMEM;
	g->frames = grown;
	find(g, name, len, &first, &end);
	use_first = use_end - top(g)->nuse;
	f.path_len = top(g)->path_len + len;
	f.first = skip_exact(g, first, end, f.path_len);
	f.end = end;
	g->frames[g->nframes++] = f;
	if (move_covers(g, use_first, use_end, name, len) < 0 || activate_here(g, first, f.first) < 0)
		return JET_E_NOMEM;
	top(g)->path_len++; /* the "/" behind it */
	return 0;
}

void jet_guide_pop(struct jet_guide *g)
{
	const struct frame f = *top(g);

	for (size_t i = g->nuse - f.nuse; i < g->nuse; i++) {
		struct active *a = &g->active[g->use[i]];

		if (a->exclude && g->use[i] < g->nactive - f.nnew)
			jet_matcher_pop(a->exclude);
	}
	g->nuse -= f.nuse;
	for (size_t i = 0; i < f.nnew; i++)
		jet_matcher_close(g->active[--g->nactive].exclude);
	g->nframes--;
}

/* ---- opening ------------------------------------------------------------ */

int jet_guide_open(const struct jet_plan *plan, struct jet_guide **out)
{
	struct jet_guide *g = calloc(1, sizeof(*g));

	*out = NULL;
	if (!g)
		return JET_E_NOMEM;
	g->plan = plan;
	g->frames = jet_grow(NULL, 0, &g->frame_capacity, sizeof(*g->frames));
	if (!g->frames || jet_lists_reset(&g->lists) < 0) {
		jet_guide_close(g);
		return JET_E_NOMEM;
	}
	g->frames[0] = (struct frame){ .end = plan->nroots };
	g->nframes = 1;
	top(g)->first = skip_exact(g, 0, plan->nroots, 0);
	if (activate_here(g, 0, top(g)->first) < 0) {
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
		jet_matcher_close(g->active[i].exclude);
	jet_lists_clear(&g->lists);
	free(g->active);
	free(g->frames);
	free(g->use);
	free(g->scratch);
	free(g->last);
	free(g);
}
