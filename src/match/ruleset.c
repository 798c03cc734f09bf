/* SPDX-License-Identifier: Apache-2.0 */
#include "match/ruleset.h"

#include "base/error.h"
#include "base/path.h"
#include "match/glob.h"
#include "match/order.h"

#include <stdlib.h>
#include <string.h>

/* A list is read to its end before the first rule is looked at: a line that is
 * too long is an error even behind a bad pattern, as it is for the builders. */
struct parser {
	struct jet_ruleset *rs;
	struct jet_error *err;
	struct jet_line *lines; /* with texts in the ruleset's arena */
	size_t n, capacity, bytes;
};

static int keep_line(void *ctx, const struct jet_line *line)
{
	struct parser *p = ctx;
	struct jet_line *grown;
	struct jet_line copy = *line;

	grown = jet_grow(p->lines, p->n, &p->capacity, sizeof(*grown));
	if (!grown)
		return jet_fail_nomem(p->err);
	p->lines = grown;
	copy.rule.data = jet_arena_dup(&p->rs->arena, line->rule.data, line->rule.len);
	copy.text.data = jet_arena_dup(&p->rs->arena, line->text.data, line->text.len);
	if (!copy.rule.data || !copy.text.data || p->n >= JET_NO_RULE)
		return jet_fail_nomem(p->err);
	p->lines[p->n++] = copy;
	/* What BuildKit cannot send anyway need not be held. */
	p->bytes += line->rule.len;
	if (p->rs->dialect->metadata_limits && p->bytes > JET_TRANSPORT_BYTES)
		return jet_fail(p->err, JET_E_TRANSPORT, p->rs->name,
		                "all rules together are too long: BuildKit sends up to %d bytes",
		                JET_TRANSPORT_BYTES);
	return 0;
}

static int refuse(struct parser *p, const struct jet_line *line, const char *what)
{
	jet_fail(p->err, JET_E_SYNTAX, p->rs->name, "%s: %s", what, JET_SHOW(line->text));
	if (p->err) {
		p->err->line = line->number;
		p->err->column = line->column;
	}
	return JET_E_SYNTAX;
}

/* JSON holds no invalid UTF-8. */
static int replace_invalid(struct jet_ruleset *rs, struct jet_rule *rule)
{
	struct jet_str s = { rule->pattern, rule->pattern_len };
	size_t n = 0;
	char *out;

	if (!rs->dialect->rules_as_json || jet_utf8_valid(s.data, s.len))
		return 0;
	out = jet_arena_array(&rs->arena, s.len + 1, 3);
	if (!out)
		return -1;
	while (s.len) {
		uint32_t rune;
		size_t used = jet_rune_decode(s.data, s.len, &rune);

		n += jet_rune_encode(rune, out + n);
		s.data += used;
		s.len -= used;
	}
	rule->pattern = out;
	rule->pattern_len = n;
	return 0;
}

/* patternmatcher.New for one line; buildah cleans once more behind the "!". */
static int parse_line(struct parser *p, const struct jet_line *line)
{
	struct jet_str s = jet_str_trim(line->rule);
	struct jet_rule *rule = &p->rs->rules[p->rs->n];
	char *pattern;
	size_t len;

	if (!s.len)
		return 0;
	pattern = jet_arena_alloc(&p->rs->arena, s.len + 2);
	if (!pattern)
		return jet_fail_nomem(p->err);
	len = jet_path_clean(s.data, s.len, pattern);
	rule->negated = pattern[0] == '!';
	if (rule->negated) {
		if (len == 1)
			return refuse(p, line, "illegal exclusion pattern: a \"!\" with nothing behind it");
		pattern++;
		len--;
		if (p->rs->dialect->reader == JET_READER_BUILDAH) {
			len = jet_path_clean(pattern, len, pattern);
			if (pattern[0] == '/') {
				pattern++;
				len--;
			}
		}
	}
	if (!jet_glob_check(pattern, len))
		return refuse(p, line, "syntax error in pattern");
	rule->text = line->text.data;
	rule->text_len = line->text.len;
	rule->pattern = pattern;
	rule->pattern_len = len;
	rule->index = (uint32_t)p->rs->n;
	rule->line = line->number;
	p->rs->parts[p->rs->n] = 1;
	for (size_t i = 0; i < len; i++)
		p->rs->parts[p->rs->n] += pattern[i] == '/';
	p->rs->has_negated = p->rs->has_negated || rule->negated;
	p->rs->n++;
	return 0;
}

static int parse_lines(struct parser *p)
{
	struct jet_ruleset *rs = p->rs;
	int rc = 0;

	rs->rules = jet_arena_array(&rs->arena, p->n + 1, sizeof(*rs->rules));
	rs->parts = jet_arena_array(&rs->arena, p->n + 1, sizeof(*rs->parts));
	if (!rs->rules || !rs->parts)
		return jet_fail_nomem(p->err);
	for (size_t i = 0; !rc && i < p->n; i++)
		rc = parse_line(p, &p->lines[i]);
	return rc;
}

static int compile(struct jet_ruleset *rs, struct jet_error *err)
{
	for (size_t i = 0; i < rs->n; i++) {
		if (replace_invalid(rs, &rs->rules[i]) < 0)
			return jet_fail_nomem(err);
	}
	if (jet_program_build(&rs->program, &rs->arena, rs->rules, rs->n, rs->dialect) < 0 ||
	    jet_pruner_init(&rs->pruner, &rs->arena, rs->rules, rs->n, rs->dialect->pruning) < 0)
		return jet_fail_nomem(err);
	return 0;
}

int jet_ruleset_parse(const void *data, size_t len, const char *name,
                      enum jet_builder builder, struct jet_ruleset **out,
                      struct jet_error *err)
{
	struct jet_ruleset *rs;
	struct parser p = { .err = err };
	int rc = jet_dialect_check(builder, err);

	*out = NULL;
	if (rc)
		return rc;
	p.rs = rs = calloc(1, sizeof(*rs));
	if (!rs)
		return jet_fail_nomem(err);
	name = name ? name : ".dockerignore";
	rs->builder = builder;
	rs->dialect = jet_dialect_of(builder);
	rs->name = jet_arena_dup(&rs->arena, name, strlen(name));
	rc = rs->name ? 0 : jet_fail_nomem(err);
	if (!rc)
		rc = jet_ruleset_read(data, len, name, rs->dialect, keep_line, &p, err);
	if (!rc)
		rc = parse_lines(&p);
	if (!rc && rs->dialect->metadata_limits)
		rc = jet_transport_check(p.lines, p.n, name, err);
	if (!rc)
		rc = compile(rs, err);
	free(p.lines);
	if (rc) {
		jet_ruleset_free(rs);
		return rc;
	}
	*out = rs;
	return 0;
}

int jet_ruleset_extend(const struct jet_ruleset *old, const struct jet_str *lines, size_t n,
                       struct jet_ruleset **out, struct jet_error *err)
{
	struct jet_ruleset *rs = calloc(1, sizeof(*rs));
	struct parser p = { .rs = rs, .err = err };
	int rc = 0;

	*out = NULL;
	if (!rs)
		return jet_fail_nomem(err);
	rs->builder = old ? old->builder : JET_BUILDER_BUILDKIT;
	rs->dialect = jet_dialect_of(rs->builder);
	rs->name = old ? old->name : "";
	rs->rules = jet_arena_array(&rs->arena, (old ? old->n : 0) + n, sizeof(*rs->rules));
	rs->parts = jet_arena_array(&rs->arena, (old ? old->n : 0) + n, sizeof(*rs->parts));
	if (!rs->rules || !rs->parts)
		rc = jet_fail_nomem(err);
	for (size_t i = 0; !rc && old && i < old->n; i++) {
		rs->rules[i] = old->rules[i];
		rs->parts[i] = old->parts[i];
		rs->n = old->n;
		rs->has_negated = old->has_negated;
	}
	for (size_t i = 0; !rc && i < n; i++)
		rc = parse_line(&p, &(struct jet_line){ lines[i], lines[i], 0, 0 });
	if (!rc)
		rc = compile(rs, err);
	if (rc)
		jet_ruleset_free(rs);
	else
		*out = rs;
	return rc;
}

void jet_ruleset_free(struct jet_ruleset *rs)
{
	if (!rs)
		return;
	jet_program_clear(&rs->program);
	jet_arena_clear(&rs->arena);
	free(rs);
}

size_t jet_ruleset_count(const struct jet_ruleset *rs)
{
	return rs->n;
}

const struct jet_rule *jet_ruleset_rule(const struct jet_ruleset *rs, size_t index)
{
	return &rs->rules[index];
}

const char *jet_ruleset_name(const struct jet_ruleset *rs)
{
	return rs->name;
}

enum jet_builder jet_ruleset_builder(const struct jet_ruleset *rs)
{
	return rs->builder;
}
