/* SPDX-License-Identifier: Apache-2.0 */
#include "match/program.h"

#include "base/buf.h"
#include "match/glob.h"

#include <stdlib.h>
#include <string.h>

struct compiler {
	struct jet_program *prog;
	struct jet_arena *arena;
	const struct jet_dialect *dialect;
	struct jet_rows rows;
	struct jet_buf regexp; /* of the rule at hand */
	size_t slow_capacity, faulty_capacity;
};

/* ---- literals ----------------------------------------------------------- */

static void put_symbols(struct jet_rows *rows, struct jet_str text)
{
	while (text.len) {
		uint32_t symbol;
		size_t n = jet_symbol_decode(text.data, text.len, &symbol);

		jet_rows_put(rows, symbol);
		text.data += n;
		text.len -= n;
	}
}

static int add_slow(struct compiler *c, struct jet_slow slow, bool negated)
{
	struct jet_program *prog = c->prog;
	struct jet_slow *grown;

	grown = jet_grow(prog->slow, prog->nslow, &c->slow_capacity, sizeof(*grown));
	if (!grown)
		return -1;
	prog->slow = grown;
	prog->slow[prog->nslow++] = slow;
	if (negated)
		prog->slow_negated = slow.rule + 1;
	return 0;
}

/* Exact, prefix and suffix rules compare bytes.  As symbols that is the same,
 * as long as the text of a prefix or suffix does not cut a rune in two. */
static int add_text(struct compiler *c, const struct jet_glob *glob, const struct jet_rule *rule)
{
	const uint32_t any = JET_TOKEN_LOOP + JET_SET_ANY;
	struct jet_str text = glob->text;

	if (glob->kind == JET_GLOB_EXACT) {
		put_symbols(&c->rows, text);
	} else if (!jet_utf8_valid(text.data, text.len)) {
		enum jet_slow_kind kind = glob->kind == JET_GLOB_PREFIX ? JET_SLOW_PREFIX
		                                                        : JET_SLOW_SUFFIX;

		return add_slow(c, (struct jet_slow){ rule->index, kind, NULL, text },
		                rule->negated);
	} else if (glob->kind == JET_GLOB_PREFIX) {
		put_symbols(&c->rows, text);
		jet_rows_put(&c->rows, any);
	} else if (text.len && text.data[0] == '/') {
		jet_rows_put(&c->rows, JET_TOKEN_PATHS_ANY);
		put_symbols(&c->rows, (struct jet_str){ text.data + 1, text.len - 1 });
	} else {
		jet_rows_put(&c->rows, any);
		put_symbols(&c->rows, text);
	}
	jet_rows_end(&c->rows, rule->index);
	return c->rows.nomem ? -1 : 0;
}

/* ---- regexps ------------------------------------------------------------ */

/* Is the pattern nothing but stars, "?" and text?  Then its tokens can be
 * written without a detour through the regexp. */
static bool is_tame(const struct jet_rule *rule, const struct jet_dialect *dialect)
{
	const char *wild = dialect->typed ? "\\[]{}|^" : "\\[]{}|^+()";

	for (size_t i = 0; i < rule->pattern_len; i++) {
		unsigned char c = (unsigned char)rule->pattern[i];

		if (c == 0xEF || c == '\0' || c == 0xFF)
			return false; /* a byte order mark, U+FFFD: not worth a case */
		if (strchr(wild, c))
			return false;
	}
	return jet_utf8_valid(rule->pattern, rule->pattern_len);
}

static void put_tame(struct jet_rows *rows, const char *s, size_t len)
{
	for (size_t i = 0; i < len;) {
		uint32_t symbol;

		if (s[i] == '?') {
			jet_rows_put(rows, JET_TOKEN_SET + JET_SET_NOT_SLASH);
			i++;
		} else if (s[i] != '*') {
			i += jet_symbol_decode(s + i, len - i, &symbol);
			jet_rows_put(rows, symbol);
		} else if (i + 1 == len || s[i + 1] != '*') {
			jet_rows_put(rows, JET_TOKEN_LOOP + JET_SET_NOT_SLASH);
			i++;
		} else {
			i += 2;
			i += i < len && s[i] == '/';
			jet_rows_put(rows, i < len ? JET_TOKEN_PATHS
			                           : JET_TOKEN_LOOP + JET_SET_NOT_NEWLINE);
		}
	}
}

static int add_tame(struct compiler *c, const struct jet_rule *rule)
{
	put_tame(&c->rows, rule->pattern, rule->pattern_len);
	jet_rows_end(&c->rows, rule->index);
	if (c->dialect->covers_subtree && !c->rows.nomem) {
		jet_rows_again(&c->rows);
		jet_rows_put(&c->rows, '/');
		jet_rows_put(&c->rows, JET_TOKEN_LOOP + JET_SET_NOT_NEWLINE);
		jet_rows_end(&c->rows, rule->index);
	}
	return c->rows.nomem ? -1 : 0;
}

static int add_fault(struct compiler *c, struct jet_rule *rule, const char *fault)
{
	uint32_t *grown;

	grown = jet_grow(c->prog->faulty, c->prog->nfaulty, &c->faulty_capacity, sizeof(*grown));
	if (!grown)
		return -1;
	c->prog->faulty = grown;
	c->prog->faulty[c->prog->nfaulty++] = rule->index;
	rule->fault = fault;
	return 0;
}

static int add_regexp(struct compiler *c, struct jet_rule *rule)
{
	struct jet_re_parser p = {
		.arena = c->arena,
		.sets = &c->prog->sets,
		.loose_names = c->dialect->loose_names,
		.text = c->regexp.data,
		.len = c->regexp.len,
	};
	const struct jet_re *re = jet_re_parse(&p);

	if (!re)
		return p.nomem ? -1 : add_fault(c, rule, p.fault);
	if (jet_rows_from_re(&c->rows, re, rule->index))
		return c->rows.nomem ? -1 : 0;
	if (c->rows.nomem)
		return -1;
	return add_slow(c, (struct jet_slow){ rule->index, JET_SLOW_REGEX, re, { NULL, 0 } },
	                rule->negated);
}

static int add_rule(struct compiler *c, struct jet_rule *rule)
{
	struct jet_glob glob;

	c->regexp.len = 0;
	if (jet_glob_translate(rule->pattern, rule->pattern_len, c->dialect, &glob,
	                       &c->regexp) < 0)
		return -1;
	if (glob.kind != JET_GLOB_REGEX)
		return add_text(c, &glob, rule);
	if (is_tame(rule, c->dialect))
		return add_tame(c, rule);
	return add_regexp(c, rule);
}

/* ---- classes of ASCII symbols ------------------------------------------- */

/* Splits every class into those of its symbols that @in holds and the others. */
static void split_classes(struct jet_program *prog, const uint64_t in[2])
{
	uint8_t other[128];

	memset(other, 0xFF, sizeof(other));
	for (unsigned c = 0; c < 128; c++) {
		uint8_t class = prog->class_of[c];

		if ((in[c >> 6] >> (c & 63) & 1) ==
		    (in[prog->symbol_of[class] >> 6] >> (prog->symbol_of[class] & 63) & 1))
			continue;
		if (other[class] == 0xFF) {
			prog->symbol_of[prog->nclasses] = (uint8_t)c;
			other[class] = (uint8_t)prog->nclasses++;
		}
		prog->class_of[c] = other[class];
	}
}

/* Each literal is a class of its own, all other symbols are class 0.  NUL, which no
 * path holds, stands for them if there is no other one. */
static void split_literals(struct jet_program *prog, const uint64_t literals[2])
{
	prog->nclasses = 1;
	prog->symbol_of[0] = 0;
	for (unsigned c = 127; c > 0; c--) {
		if (!(literals[c >> 6] >> (c & 63) & 1)) {
			prog->symbol_of[0] = (uint8_t)c;
			continue;
		}
		prog->symbol_of[prog->nclasses] = (uint8_t)c;
		prog->class_of[c] = (uint8_t)prog->nclasses++;
	}
}

static void find_classes(struct jet_program *prog)
{
	uint64_t literals[2] = { 0 };

	for (uint32_t i = 1; i < prog->nnodes; i++) {
		uint32_t token = prog->nodes[i].token;

		if (token < 0x80)
			literals[token >> 6] |= UINT64_C(1) << (token & 63);
	}
	/* "/" and newline mean something to the (.*''/)? tokens. */
	literals['/' >> 6] |= UINT64_C(1) << ('/' & 63);
	literals['\n' >> 6] |= UINT64_C(1) << ('\n' & 63);
	split_literals(prog, literals);
	for (size_t i = 0; i < prog->sets.n && prog->nclasses < 128; i++)
		split_classes(prog, prog->sets.sets[i]->ascii);
}

int jet_program_build(struct jet_program *prog, struct jet_arena *arena,
                      struct jet_rule *rules, size_t n, const struct jet_dialect *dialect)
{
	struct compiler c = { .prog = prog, .arena = arena, .dialect = dialect };
	int rc = jet_set_table_init(&prog->sets, arena);

	for (size_t i = 0; !rc && i < n; i++)
		rc = add_rule(&c, &rules[i]);
	if (!rc) {
		jet_rows_sort(&c.rows);
		rc = jet_trie_build(prog, &c.rows, rules);
	}
	if (!rc)
		find_classes(prog);
	free(c.rows.tokens);
	free(c.rows.rows);
	jet_buf_clear(&c.regexp);
	return rc;
}

void jet_program_clear(struct jet_program *prog)
{
	jet_set_table_clear(&prog->sets);
	free(prog->nodes);
	free(prog->accepts);
	free(prog->slow);
	free(prog->faulty);
	memset(prog, 0, sizeof(*prog));
}
