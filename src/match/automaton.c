/* SPDX-License-Identifier: Apache-2.0 */
#include "match/automaton.h"

#include "base/buf.h"

#include <stdlib.h>
#include <string.h>

enum { NOT_ASCII = 0xFF };

/* ---- reaching nodes ----------------------------------------------------- */

static int reach_item(struct jet_automaton *a, uint32_t item)
{
	uint32_t *grown;

	grown = jet_grow(a->reached, a->nreached, &a->reached_capacity, sizeof(*grown));
	if (!grown)
		return -1;
	a->reached = grown;
	a->reached[a->nreached++] = item;
	return 0;
}

static int accept_rules(struct jet_automaton *a, uint32_t cell)
{
	for (; cell; cell = a->prog->accepts[cell].next) {
		uint32_t *grown;

		grown = jet_grow(a->accepted, a->naccepted, &a->accepted_capacity, sizeof(*grown));
		if (!grown)
			return -1;
		a->accepted = grown;
		a->accepted[a->naccepted++] = a->prog->accepts[cell].rule;
	}
	return 0;
}

static bool is_first_visit(struct jet_automaton *a, uint32_t item)
{
	if (a->marks[item] == a->mark)
		return false;
	a->marks[item] = a->mark;
	return true;
}

static bool is_paths(uint32_t token)
{
	return token >= JET_TOKEN_PATHS;
}

static bool is_loop(uint32_t token)
{
	return token >= JET_TOKEN_LOOP && token < JET_TOKEN_PATHS;
}

/* The tokens up to @n are done, so those behind it that may match nothing are
 * as well.  They are followed with the pool as a stack: a chain of them may be
 * as long as a line. */
static int reach(struct jet_automaton *a, uint32_t n)
{
	const struct jet_node *nodes = a->prog->nodes;
	size_t next = a->nreached;

	if (!is_first_visit(a, n * 2))
		return 0;
	if (reach_item(a, n * 2) < 0)
		return -1;
	for (; next < a->nreached; next++) {
		const uint32_t node = a->reached[next] / 2;

		if (a->reached[next] & 1)
			continue;
		if (accept_rules(a, nodes[node].accept) < 0)
			return -1;
		for (uint32_t c = node + 1; c < nodes[node].end; c = nodes[c].end) {
			if (nodes[c].token < JET_TOKEN_LOOP)
				continue;
			if (is_first_visit(a, c * 2) && reach_item(a, c * 2) < 0)
				return -1;
			if (is_paths(nodes[c].token) && is_first_visit(a, c * 2 + 1) &&
			    reach_item(a, c * 2 + 1) < 0)
				return -1;
		}
	}
	return 0;
}

static bool token_takes(const struct jet_program *prog, uint32_t token, uint32_t symbol)
{
	if (token < JET_TOKEN_SET)
		return token == symbol;
	return jet_set_has(prog->sets.sets[token - JET_TOKEN_SET], symbol);
}

/* Inside (.*''/)?: the loop goes on, and at a "/" it may be over. */
static int step_paths(struct jet_automaton *a, uint32_t item, uint32_t symbol)
{
	const uint32_t node = item / 2;

	if (symbol == '\n' && a->prog->nodes[node].token == JET_TOKEN_PATHS)
		return 0;
	if (is_first_visit(a, item) && reach_item(a, item) < 0)
		return -1;
	return symbol == '/' ? reach(a, node) : 0;
}

static int step_node(struct jet_automaton *a, uint32_t node, uint32_t symbol)
{
	const struct jet_node *nodes = a->prog->nodes;
	const uint32_t token = nodes[node].token;

	if (is_loop(token) &&
	    jet_set_has(a->prog->sets.sets[token - JET_TOKEN_LOOP], symbol) &&
	    reach(a, node) < 0)
		return -1;
	for (uint32_t c = node + 1; c < nodes[node].end; c = nodes[c].end) {
		if (nodes[c].token >= JET_TOKEN_LOOP)
			break;
		if (token_takes(a->prog, nodes[c].token, symbol) && reach(a, c) < 0)
			return -1;
	}
	return 0;
}

static void begin_step(struct jet_automaton *a)
{
	a->nreached = 0;
	a->naccepted = 0;
	if (++a->mark == 0) {
		memset(a->marks, 0, a->prog->nnodes * 2 * sizeof(*a->marks));
		a->mark = 1;
	}
}

static int step_all(struct jet_automaton *a, uint32_t symbol)
{
	const struct jet_state *state = &a->states[a->now.state];

	begin_step(a);
	for (uint32_t i = 0; i < state->nitems; i++) {
		uint32_t item = a->items[state->items + i];
		int rc = item & 1 ? step_paths(a, item, symbol)
		                  : step_node(a, item / 2, symbol);

		if (rc < 0)
			return -1;
	}
	return 0;
}

/* ---- states ------------------------------------------------------------- */

static int compare(const void *a, const void *b)
{
	const uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;

	return (x > y) - (x < y);
}

/* Items that lead nowhere have done their work: their rules are noted. */
static void drop_leaves(struct jet_automaton *a)
{
	const struct jet_node *nodes = a->prog->nodes;
	size_t kept = 0;

	for (size_t i = 0; i < a->nreached; i++) {
		const uint32_t node = a->reached[i] / 2;

		if (nodes[node].end > node + 1 || is_loop(nodes[node].token))
			a->reached[kept++] = a->reached[i];
	}
	a->nreached = kept;
}

static int number_accepted(struct jet_automaton *a, uint32_t *list)
{
	size_t n = 0;

	if (a->naccepted > 1)
		qsort(a->accepted, a->naccepted, sizeof(*a->accepted), compare);
	for (size_t i = 0; i < a->naccepted; i++) {
		if (!n || a->accepted[n - 1] != a->accepted[i])
			a->accepted[n++] = a->accepted[i];
	}
	a->naccepted = n;
	return jet_lists_add(&a->lists, a->accepted, n, list);
}

static uint32_t hash_state(const uint32_t *items, size_t n, uint32_t accepts)
{
	uint32_t h = accepts * 0x9E3779B1U + 1;

	for (size_t i = 0; i < n; i++) {
		h = (h ^ items[i]) * 0x85EBCA6BU;
		h ^= h >> 13;
	}
	return h;
}

static int rehash_states(struct jet_automaton *a)
{
	size_t n = a->nbuckets ? a->nbuckets * 2 : 64;
	uint32_t *buckets = calloc(n, sizeof(*buckets));

	if (!buckets)
		return -1;
	for (size_t i = JET_STATE_DEAD; i < a->nstates; i++) {
		size_t at = a->states[i].hash & (n - 1);

		while (buckets[at])
			at = (at + 1) & (n - 1);
		buckets[at] = (uint32_t)i;
	}
	free(a->buckets);
	a->buckets = buckets;
	a->nbuckets = n;
	return 0;
}

static bool is_state(const struct jet_automaton *a, uint32_t number, uint32_t hash,
                     uint32_t accepts)
{
	const struct jet_state *s = &a->states[number];

	return s->hash == hash && s->accepts == accepts && s->nitems == a->nreached &&
	       (!s->nitems ||
	        memcmp(a->items + s->items, a->reached, s->nitems * sizeof(*a->items)) == 0);
}

static int grow_states(struct jet_automaton *a)
{
	const size_t capacity = a->state_capacity ? a->state_capacity * 2 : 64;
	const size_t row = a->prog->nclasses * sizeof(*a->rows);
	struct jet_state *states;
	uint32_t *rows;

	states = realloc(a->states, capacity * sizeof(*states));
	if (!states)
		return -1;
	a->states = states;
	rows = realloc(a->rows, capacity * row);
	if (!rows)
		return -1;
	a->rows = rows;
	a->state_capacity = capacity;
	return 0;
}

static int keep_items(struct jet_automaton *a)
{
	while (a->item_capacity - a->nitems < a->nreached) {
		size_t more = a->item_capacity ? a->item_capacity * 2 : 256;
		uint32_t *items = realloc(a->items, more * sizeof(*items));

		if (!items)
			return -1;
		a->items = items;
		a->item_capacity = more;
	}
	if (a->nreached)
		memcpy(a->items + a->nitems, a->reached, a->nreached * sizeof(*a->items));
	a->nitems += a->nreached;
	return 0;
}

static int add_state(struct jet_automaton *a, uint32_t hash, uint32_t accepts)
{
	struct jet_state state = { a->nitems, (uint32_t)a->nreached, hash, accepts, 0 };
	const size_t width = a->prog->nclasses;

	if (a->nstates == a->state_capacity && grow_states(a) < 0)
		return -1;
	for (size_t i = 0; i < a->nreached; i++) {
		uint32_t negated = a->prog->nodes[a->reached[i] / 2].negated;

		state.negated = negated > state.negated ? negated : state.negated;
	}
	if (keep_items(a) < 0)
		return -1;
	memset(a->rows + a->nstates * width, 0, width * sizeof(*a->rows));
	a->states[a->nstates++] = state;
	return 0;
}

/* The state of what was reached. */
static int intern(struct jet_automaton *a, uint32_t *number)
{
	uint32_t accepts, hash;
	size_t at;

	drop_leaves(a);
	if (a->nreached > 1)
		qsort(a->reached, a->nreached, sizeof(*a->reached), compare);
	if (number_accepted(a, &accepts) < 0)
		return -1;
	if (a->nstates * 2 >= a->nbuckets && rehash_states(a) < 0)
		return -1;
	hash = hash_state(a->reached, a->nreached, accepts);
	at = hash & (a->nbuckets - 1);
	for (; a->buckets[at]; at = (at + 1) & (a->nbuckets - 1)) {
		if (is_state(a, a->buckets[at], hash, accepts)) {
			*number = a->buckets[at];
			return 0;
		}
	}
	if (add_state(a, hash, accepts) < 0)
		return -1;
	*number = (uint32_t)a->nstates - 1;
	a->buckets[at] = *number;
	return 0;
}

/* ---- the cache ---------------------------------------------------------- */

static size_t cache_bytes(const struct jet_automaton *a)
{
	const size_t state = sizeof(*a->states) + a->prog->nclasses * sizeof(*a->rows);

	return a->state_capacity * state + a->item_capacity * sizeof(*a->items) +
	       a->nbuckets * sizeof(*a->buckets) +
	       a->wide_capacity * (sizeof(*a->wide_keys) + sizeof(*a->wide_states)) +
	       jet_lists_bytes(&a->lists);
}

bool jet_automaton_full(const struct jet_automaton *a, size_t more)
{
	return cache_bytes(a) + more > a->limit;
}

static void drop_cache(struct jet_automaton *a)
{
	free(a->rows);
	free(a->states);
	free(a->items);
	free(a->buckets);
	free(a->wide_keys);
	free(a->wide_states);
	a->rows = a->items = a->buckets = a->wide_states = NULL;
	a->states = NULL;
	a->wide_keys = NULL;
	a->nstates = a->state_capacity = a->nitems = a->item_capacity = a->nbuckets = 0;
	a->nwide = a->wide_capacity = 0;
}

/* An empty cache: NONE, DEAD and START. */
static int fresh_cache(struct jet_automaton *a)
{
	uint32_t number;

	drop_cache(a);
	if (jet_lists_reset(&a->lists) < 0)
		return -1;
	begin_step(a);
	if (add_state(a, 0, JET_LIST_EMPTY) < 0 || intern(a, &number) < 0)
		return -1;
	for (uint32_t c = 0; c < a->prog->nclasses; c++)
		a->rows[JET_STATE_DEAD * a->prog->nclasses + c] = JET_STATE_DEAD;
	begin_step(a);
	if (reach(a, 0) < 0 || intern(a, &number) < 0)
		return -1;
	/* Without rules the start is DEAD; so that the number is there anyway: */
	if (number == JET_STATE_DEAD && add_state(a, 0, JET_LIST_EMPTY) < 0)
		return -1;
	return 0;
}

/* A copy of list @number of the old table in the new one. */
static int move_list(const struct jet_lists *old, struct jet_lists *table, uint32_t *number)
{
	size_t n;
	const uint32_t *rules = jet_lists_get(old, *number, &n);

	return jet_lists_add(table, rules, n, number);
}

static int restore(struct jet_automaton *a, const struct jet_lists *old, uint32_t *items,
                   size_t nitems, uint32_t accepts)
{
	size_t naccepted;
	const uint32_t *rules = jet_lists_get(old, accepts, &naccepted);

	for (int i = 0; i < JET_REGISTER_LISTS; i++) {
		if (move_list(old, &a->lists, &a->now.lists[i]) < 0)
			return -1;
	}
	begin_step(a);
	for (size_t i = 0; i < nitems; i++) {
		if (reach_item(a, items[i]) < 0)
			return -1;
	}
	for (size_t i = 0; i < naccepted; i++) {
		uint32_t *grown;

		grown = jet_grow(a->accepted, a->naccepted, &a->accepted_capacity, sizeof(*grown));
		if (!grown)
			return -1;
		a->accepted = grown;
		a->accepted[a->naccepted++] = rules[i];
	}
	return intern(a, &a->now.state);
}

int jet_automaton_flush(struct jet_automaton *a)
{
	const struct jet_state state = a->states[a->now.state];
	uint32_t *items = malloc((state.nitems + 1) * sizeof(*items));
	struct jet_lists old = a->lists;
	int rc;

	if (!items)
		return -1;
	if (state.nitems)
		memcpy(items, a->items + state.items, state.nitems * sizeof(*items));
	memset(&a->lists, 0, sizeof(a->lists));
	a->generation++;
	rc = fresh_cache(a);
	if (!rc)
		rc = restore(a, &old, items, state.nitems, state.accepts);
	jet_lists_clear(&old);
	free(items);
	return rc;
}

/* ---- steps -------------------------------------------------------------- */

static size_t wide_slot(const struct jet_automaton *a, uint64_t key)
{
	size_t at = (size_t)(key * UINT64_C(0x9E3779B97F4A7C15) >> 20) & (a->wide_capacity - 1);

	while (a->wide_keys[at] && a->wide_keys[at] != key)
		at = (at + 1) & (a->wide_capacity - 1);
	return at;
}

static int grow_wide(struct jet_automaton *a)
{
	uint64_t *keys = a->wide_keys;
	uint32_t *states = a->wide_states;
	const size_t old = a->wide_capacity, more = old ? old * 2 : 64;

	a->wide_keys = calloc(more, sizeof(*keys));
	a->wide_states = calloc(more, sizeof(*states));
	if (!a->wide_keys || !a->wide_states) {
		free(a->wide_keys);
		free(a->wide_states);
		a->wide_keys = keys;
		a->wide_states = states;
		return -1;
	}
	a->wide_capacity = more;
	for (size_t i = 0; i < old; i++) {
		size_t at;

		if (!keys[i])
			continue;
		at = wide_slot(a, keys[i]);
		a->wide_keys[at] = keys[i];
		a->wide_states[at] = states[i];
	}
	free(keys);
	free(states);
	return 0;
}

static uint64_t wide_key(uint32_t state, uint32_t symbol)
{
	return (uint64_t)state << 32 | (symbol + 1);
}

/* Builds the transition of now.state over @symbol and takes it. */
static int build(struct jet_automaton *a, uint32_t symbol)
{
	const uint32_t from = a->now.state;
	uint32_t to;

	if (jet_automaton_full(a, 0)) {
		if (jet_automaton_flush(a) < 0)
			return -1;
		return step_all(a, symbol) < 0 ? -1 : intern(a, &a->now.state);
	}
	if (step_all(a, symbol) < 0 || intern(a, &to) < 0)
		return -1;
	if (symbol < 0x80) {
		a->rows[from * a->prog->nclasses + a->class_of[symbol]] = to;
	} else {
		size_t at;

		if (a->nwide * 2 >= a->wide_capacity && grow_wide(a) < 0)
			return -1;
		at = wide_slot(a, wide_key(from, symbol));
		a->wide_keys[at] = wide_key(from, symbol);
		a->wide_states[at] = to;
		a->nwide++;
	}
	a->now.state = to;
	return 0;
}

static int step_wide(struct jet_automaton *a, uint32_t symbol)
{
	if (a->now.state == JET_STATE_DEAD)
		return 0;
	if (a->wide_capacity) {
		size_t at = wide_slot(a, wide_key(a->now.state, symbol));

		if (a->wide_keys[at]) {
			a->now.state = a->wide_states[at];
			return 0;
		}
	}
	return build(a, symbol);
}

int jet_automaton_run(struct jet_automaton *a, const char *data, size_t len)
{
	const size_t width = a->prog->nclasses;

	while (len) {
		const uint32_t *rows = a->rows;
		uint32_t state = a->now.state, symbol;
		size_t i = 0;

		for (; i < len; i++) {
			uint8_t class = a->class_of[(unsigned char)data[i]];
			uint32_t next;

			if (class == NOT_ASCII)
				break;
			next = rows[state * width + class];
			if (next <= JET_STATE_DEAD)
				break;
			state = next;
		}
		a->now.state = state;
		data += i;
		len -= i;
		if (!len)
			return 0;
		if ((unsigned char)data[0] < 0x80) {
			uint8_t class = a->class_of[(unsigned char)data[0]];

			/* Nothing can match any more: whatever follows, too. */
			if (rows[state * width + class] == JET_STATE_DEAD) {
				a->now.state = JET_STATE_DEAD;
				return 0;
			}
			if (build(a, (unsigned char)data[0]) < 0)
				return -1;
			data++;
			len--;
		} else {
			size_t n = jet_symbol_decode(data, len, &symbol);

			if (step_wide(a, symbol) < 0)
				return -1;
			data += n;
			len -= n;
		}
	}
	return 0;
}

int jet_automaton_init(struct jet_automaton *a, const struct jet_program *prog, size_t limit)
{
	memset(a, 0, sizeof(*a));
	a->prog = prog;
	a->limit = limit;
	memset(a->class_of, NOT_ASCII, sizeof(a->class_of));
	memcpy(a->class_of, prog->class_of, sizeof(prog->class_of));
	a->marks = calloc(prog->nnodes, 2 * sizeof(*a->marks));
	if (!a->marks)
		return -1;
	a->now.state = JET_STATE_START;
	return fresh_cache(a);
}

void jet_automaton_clear(struct jet_automaton *a)
{
	drop_cache(a);
	jet_lists_clear(&a->lists);
	free(a->marks);
	free(a->reached);
	free(a->accepted);
	memset(a, 0, sizeof(*a));
}
