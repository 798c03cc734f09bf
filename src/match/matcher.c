/* SPDX-License-Identifier: Apache-2.0 */
#include "match/matcher.h"

#include "base/path.h"

#include <stdlib.h>
#include <string.h>

enum { CACHE_BYTES = 16 << 20 };

/* ---- one component ------------------------------------------------------ */

int jet_start(struct jet_matcher *m)
{
	struct jet_automaton *a = &m->automaton;

	a->now = (struct jet_registers){ JET_STATE_START, { JET_LIST_EMPTY } };
	if (jet_automaton_full(a, 0))
		return jet_automaton_flush(a);
	return 0;
}

static const struct jet_rule *rule_at(const struct jet_matcher *m, uint32_t index)
{
	return index == JET_NO_RULE ? NULL : &m->rs->rules[index];
}

/* The verdict on the path whose own rules are @own, and what it passes on. */
static int judge(struct jet_matcher *m, struct jet_asking as, uint32_t own, size_t depth,
                 uint32_t passed[JET_REGISTER_LISTS], struct jet_verdict *v)
{
	struct jet_outcome main, open;

	if (jet_decide(m, as.order, JET_MAIN, own, depth, passed != NULL, &main) < 0)
		return -1;
	v->answer = main.answer;
	v->rule = rule_at(m, main.rule);
	v->emptied = false;
	if (passed)
		passed[JET_MAIN] = main.passed == JET_NOT_PASSED ? JET_LIST_EMPTY : main.passed;
	if (!as.open)
		return 0;
	if (jet_decide(m, JET_ORDER_ORP, JET_OPEN, own, depth, passed != NULL, &open) < 0)
		return -1;
	v->emptied = main.answer == JET_KEPT && open.answer != JET_KEPT;
	if (passed)
		passed[JET_OPEN] = open.passed == JET_NOT_PASSED ? JET_LIST_EMPTY : open.passed;
	return 0;
}

/* Goes from "dir/" to "dir/name": path[0..len) ends with the name. */
static int to_name(struct jet_matcher *m, const char *path, size_t len, size_t name_len,
                   uint32_t *own)
{
	if (jet_automaton_run(&m->automaton, path + len - name_len, name_len) < 0)
		return -1;
	return jet_own_rules(m, path, len, own);
}

/* Goes on to "dir/name/", with what the directory passes on in the registers. */
static int to_inside(struct jet_matcher *m, struct jet_asking as, uint32_t own, size_t depth,
                     struct jet_verdict *v)
{
	uint32_t passed[JET_REGISTER_LISTS] = { JET_LIST_EMPTY, JET_LIST_EMPTY };

	if (judge(m, as, own, depth, passed, v) < 0)
		return -1;
	memcpy(m->automaton.now.lists, passed, sizeof(passed));
	return jet_automaton_run(&m->automaton, "/", 1);
}

/* An error at a directory is the error of everything below it; only WALK has
 * that, the other orders try the path itself first. */
static bool ends_here(struct jet_asking as, const struct jet_verdict *v)
{
	return as.order == JET_ORDER_WALK && v->answer == JET_FAILED;
}

/* From the root through the directories of @path: behind its last "/".
 * 1: @v is the final answer already. */
static int descend(struct jet_matcher *m, struct jet_asking as, const char *path, size_t len,
                   size_t *depth, struct jet_verdict *v)
{
	size_t start = 0;

	*depth = 0;
	if (jet_start(m) < 0)
		return -1;
	for (size_t i = 0; i < len; i++) {
		uint32_t own;

		if (path[i] != '/')
			continue;
		if (to_name(m, path, i, i - start, &own) < 0 ||
		    to_inside(m, as, own, ++*depth, v) < 0)
			return -1;
		if (ends_here(as, v))
			return 1;
		start = i + 1;
	}
	return 0;
}

static struct jet_asking asking(const struct jet_matcher *m, enum jet_order order)
{
	const struct jet_dialect *d = m->rs->dialect;
	struct jet_asking as = { order, false };

	if (order == JET_ORDER_BUILDER) {
		as.order = d->order;
		/* Without negated rules the two orders agree. */
		as.open = d->opens_with_orp && m->rs->has_negated;
	}
	return as;
}

/* ---- whole paths -------------------------------------------------------- */

int jet_matcher_path(struct jet_matcher *m, enum jet_order order, const char *path,
                     size_t len, struct jet_verdict *v)
{
	return jet_path_is_plain(path, len) ? jet_matcher_any_path(m, order, path, len, v) : JET_E_PATH;
}

int jet_matcher_any_path(struct jet_matcher *m, enum jet_order order, const char *path, size_t len,
                         struct jet_verdict *v)
{
	const struct jet_asking as = asking(m, order);
	struct jet_verdict verdict = { JET_KEPT, false, NULL };
	size_t depth, name = jet_path_base(path, len);
	uint32_t own;
	int done;

	if (len) {
		done = descend(m, as, path, len, &depth, &verdict);
		if (done < 0)
			return JET_E_NOMEM;
		if (!done && (to_name(m, path, len, len - name, &own) < 0 ||
		              judge(m, as, own, depth + 1, NULL, &verdict) < 0))
			return JET_E_NOMEM;
	}
	*v = verdict;
	return 0;
}

/* ---- trees -------------------------------------------------------------- */

static struct jet_frame *top(const struct jet_matcher *m)
{
	return &m->frames[m->nframes - 1];
}

/* What is seen from inside the directory: its registers are in the automaton. */
static int settle(struct jet_matcher *m, struct jet_frame *f)
{
	f->at = m->automaton.now;
	f->generation = m->automaton.generation;
	return judge(m, asking(m, JET_ORDER_BUILDER), JET_LIST_EMPTY, f->depth + 1, NULL,
	             &f->plain);
}

/* After a flush the numbers in a frame mean nothing: walk down to it again. */
static int enter(struct jet_matcher *m, struct jet_frame *f)
{
	struct jet_automaton *a = &m->automaton;
	struct jet_verdict v;
	size_t depth;

	if (jet_automaton_full(a, 0) && jet_automaton_flush(a) < 0)
		return -1;
	if (f->generation == a->generation) {
		a->now = f->at;
		return 0;
	}
	/* The frame's path is followed by its "/" in m->path. */
	if (descend(m, asking(m, JET_ORDER_BUILDER), m->path.data, f->path_len + (f->depth > 0),
	            &depth, &v) < 0)
		return -1;
	return settle(m, f);
}

/* Appends "name" to the path of the current directory for a moment. */
static int full_path(struct jet_matcher *m, const char *name, size_t len)
{
	const struct jet_frame *f = top(m);

	m->path.len = f->path_len + (f->depth > 0);
	return jet_buf_append(&m->path, name, len);
}

static int ask(struct jet_matcher *m, const char *name, size_t len, uint32_t *own)
{
	struct jet_frame *f = top(m);

	if (enter(m, f) < 0 || jet_automaton_run(&m->automaton, name, len) < 0)
		return -1;
	*own = m->automaton.states[m->automaton.now.state].accepts;
	if (!m->rs->program.nslow)
		return 0;
	if (full_path(m, name, len) < 0)
		return -1;
	return jet_own_rules(m, m->path.data, m->path.len, own);
}

int jet_matcher_ask(struct jet_matcher *m, const char *name, size_t len,
                    struct jet_verdict *v)
{
	const struct jet_frame *f = top(m);
	const struct jet_asking as = asking(m, JET_ORDER_BUILDER);
	uint32_t own;

	if (ends_here(as, &f->self)) {
		*v = f->self;
		return 0;
	}
	if (ask(m, name, len, &own) < 0)
		return JET_E_NOMEM;
	if (own == JET_LIST_EMPTY && f->generation == m->automaton.generation) {
		*v = f->plain;
		return 0;
	}
	return judge(m, as, own, f->depth + 1, NULL, v) < 0 ? JET_E_NOMEM : 0;
}

int jet_matcher_push(struct jet_matcher *m, const char *name, size_t len)
{
	const struct jet_asking as = asking(m, JET_ORDER_BUILDER);
	struct jet_frame *grown, frame = { .depth = top(m)->depth + 1 };
	uint32_t own;

	grown = jet_grow(m->frames, m->nframes, &m->frame_capacity, sizeof(*grown));
	if (!grown)
		return JET_E_NOMEM;
	m->frames = grown;
	if (ends_here(as, &top(m)->self)) {
		frame.self = frame.plain = top(m)->self;
	} else {
		if (ask(m, name, len, &own) < 0 || to_inside(m, as, own, frame.depth, &frame.self) < 0 ||
		    settle(m, &frame) < 0)
			return JET_E_NOMEM;
	}
	if (full_path(m, name, len) < 0 || jet_buf_byte(&m->path, '/') < 0)
		return JET_E_NOMEM;
	frame.path_len = m->path.len - 1;
	m->frames[m->nframes++] = frame;
	return 0;
}

void jet_matcher_pop(struct jet_matcher *m)
{
	m->nframes--;
}

bool jet_matcher_dead(const struct jet_matcher *m)
{
	const struct jet_frame *f = top(m);
	const struct jet_program *prog = &m->rs->program;
	const struct jet_automaton *a = &m->automaton;
	const uint32_t *rules;
	uint32_t last, negated;
	size_t n;

	/* A rule that cannot be asked may turn up below. */
	if (prog->nfaulty || f->self.answer != JET_IGNORED || f->generation != a->generation)
		return false;
	rules = jet_lists_get(&a->lists, f->at.lists[JET_MAIN], &n);
	if (!n)
		return false;
	/* The last rule that counts below ignores; only a later one could undo it. */
	last = rules[n - 1];
	negated = a->states[f->at.state].negated;
	if (prog->slow_negated > negated)
		negated = prog->slow_negated;
	return !m->rs->rules[last].negated && negated <= last + 1;
}

bool jet_matcher_idle(const struct jet_matcher *m)
{
	const struct jet_frame *f = top(m);
	const struct jet_program *prog = &m->rs->program;

	return !prog->nslow && !prog->nfaulty && f->generation == m->automaton.generation &&
	       f->at.state == JET_STATE_DEAD && f->at.lists[JET_MAIN] == JET_LIST_EMPTY;
}

bool jet_matcher_prunes(const struct jet_matcher *m, const char *dir, size_t len)
{
	return jet_pruner_skips(&m->rs->pruner, (struct jet_str){ dir, len });
}

/* ---- opening ------------------------------------------------------------ */

void jet_matcher_set_limit(struct jet_matcher *m, size_t bytes)
{
	m->automaton.limit = bytes;
}

int jet_matcher_open(const struct jet_ruleset *rs, struct jet_matcher **out)
{
	struct jet_matcher *m = calloc(1, sizeof(*m));
	struct jet_frame *frames;

	*out = NULL;
	if (!m)
		return JET_E_NOMEM;
	m->rs = rs;
	frames = jet_grow(NULL, 0, &m->frame_capacity, sizeof(*frames));
	m->frames = frames;
	if (!frames || jet_automaton_init(&m->automaton, &rs->program, CACHE_BYTES) < 0) {
		jet_matcher_close(m);
		return JET_E_NOMEM;
	}
	m->nframes = 1;
	frames[0] = (struct jet_frame){ .depth = 0 };
	m->decision_generation = m->automaton.generation;
	if (jet_start(m) < 0 || settle(m, &frames[0]) < 0) {
		jet_matcher_close(m);
		return JET_E_NOMEM;
	}
	*out = m;
	return 0;
}

void jet_matcher_close(struct jet_matcher *m)
{
	if (!m)
		return;
	jet_automaton_clear(&m->automaton);
	jet_slow_clear(&m->slow);
	jet_buf_clear(&m->path);
	free(m->frames);
	free(m->decisions);
	free(m->scratch);
	free(m);
}
