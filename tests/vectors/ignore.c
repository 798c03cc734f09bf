/* SPDX-License-Identifier: Apache-2.0 */
/* Lines, rules and verdicts of one ignore file. */
#include "runner.h"

#include "match/matcher.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char *const members[] = {
	"name", "id", "ignore", "paths", "read_error", "lines", "parse_error", "patterns",
	"orparent", "walk", NULL,
};

/* ---- lines -------------------------------------------------------------- */

struct lines {
	struct runner *run;
	json_t *want; /* NULL: not given */
	size_t n;
};

static bool same(json_t *want, const char *data, size_t len)
{
	struct vector_bytes b;
	bool equal;

	if (!vector_decode(want, &b))
		return false;
	equal = b.len == len && memcmp(b.data, data, len) == 0;
	free(b.data);
	return equal;
}

static int check_line(void *ctx, const char *line, size_t len)
{
	struct lines *l = ctx;
	char shown[200];

	if (l->want && !same(json_array_get(l->want, l->n), line, len))
		runner_fail(l->run, "line %zu is \"%s\"", l->n,
		            vector_show(line, len, shown, sizeof(shown)));
	l->n++;
	return 0;
}

/* False: the file could not be split into lines. */
static bool check_lines(struct runner *run, json_t *o, const struct vector_bytes *ignore)
{
	struct lines l = { run, json_object_get(o, "lines"), 0 };
	int rc = jet_ruleset_read_lines(ignore->data, ignore->len, NULL, JET_BUILDER_CLASSIC,
	                                check_line, &l, NULL);
	const bool refused = json_object_get(o, "read_error") != NULL;

	if ((rc != 0) != refused)
		runner_fail(run, "reading %s", rc ? "fails" : "does not fail");
	if (rc == 0 && l.want && json_array_size(l.want) != l.n)
		runner_fail(run, "%zu lines, not %zu", l.n, json_array_size(l.want));
	return rc == 0;
}

static void check_patterns(struct runner *run, json_t *want, const struct jet_ruleset *rs)
{
	char shown[200];
	json_t *p;
	size_t i;

	if (json_array_size(want) != jet_ruleset_count(rs)) {
		runner_fail(run, "%zu rules, not %zu", jet_ruleset_count(rs), json_array_size(want));
		return;
	}
	json_array_foreach(want, i, p) {
		const struct jet_rule *rule = jet_ruleset_rule(rs, i);

		if (!same(json_object_get(p, "p"), rule->pattern, rule->pattern_len) ||
		    (json_object_get(p, "x") != NULL) != rule->negated)
			runner_fail(run, "rule %zu is \"%s\"%s", i,
			            vector_show(rule->pattern, rule->pattern_len, shown, sizeof(shown)),
			            rule->negated ? ", negated" : "");
	}
}

/* ---- verdicts ----------------------------------------------------------- */

/* The same question as a walk asks it: name by name from the root. */
static int ask_as_tree(struct jet_matcher *m, const char *path, size_t len, struct jet_verdict *v)
{
	size_t start = 0, depth = 0;
	int rc = 0;

	for (size_t i = 0; i < len && rc == 0; i++) {
		if (path[i] != '/')
			continue;
		rc = jet_matcher_push(m, path + start, i - start);
		depth += rc == 0;
		start = i + 1;
	}
	if (rc == 0)
		rc = jet_matcher_ask(m, path + start, len - start, v);
	while (depth--)
		jet_matcher_pop(m);
	return rc;
}

static void check_path(struct runner *run, const struct jet_ruleset *rs, const struct vector_bytes *b,
                       char orp, char walk)
{
	struct jet_verdict o = { JET_KEPT, false, NULL }, w = o, t = o;
	struct jet_matcher *m;
	char shown[200];

	/* A fresh engine for every path, as the vectors were made; some paths in
	 * them are none that a tree could hold. */
	if (jet_matcher_open(rs, &m) < 0 ||
	    jet_matcher_any_path(m, JET_ORDER_ORP, b->data, b->len, &o) < 0 ||
	    jet_matcher_any_path(m, JET_ORDER_WALK, b->data, b->len, &w) < 0 ||
	    ask_as_tree(m, b->data, b->len, &t) < 0)
		runner_fail(run, "%s: cannot be asked", vector_show(b->data, b->len, shown, sizeof(shown)));
	else if ("01E"[o.answer] != orp || "01E"[w.answer] != walk || t.answer != w.answer)
		runner_fail(run, "%s: orparent %c, not %c; walk %c, not %c; in a tree %c",
		            vector_show(b->data, b->len, shown, sizeof(shown)), "01E"[o.answer], orp,
		            "01E"[w.answer], walk, "01E"[t.answer]);
	jet_matcher_close(m);
}

static void check_verdicts(struct runner *run, json_t *o, const struct jet_ruleset *rs)
{
	const char *orp = json_string_value(json_object_get(o, "orparent"));
	const char *walk = json_string_value(json_object_get(o, "walk"));
	json_t *paths = json_object_get(o, "paths"), *path;
	const size_t n = json_array_size(paths);
	size_t i;

	if (!orp || !walk || strlen(orp) != n || strlen(walk) != n) {
		runner_fail(run, "the vector has no verdict for every path");
		return;
	}
	json_array_foreach(paths, i, path) {
		struct vector_bytes b;

		if (!vector_decode(path, &b)) {
			runner_fail(run, "path %zu is no base64", i);
			return;
		}
		check_path(run, rs, &b, orp[i], walk[i]);
		free(b.data);
	}
}

static void check(struct runner *run, json_t *o, const struct vector_bytes *ignore)
{
	const bool refused = json_object_get(o, "parse_error") != NULL;
	json_t *patterns = json_object_get(o, "patterns");
	struct jet_ruleset *rs;
	struct jet_error err;
	int rc;

	if (!check_lines(run, o, ignore))
		return;
	rc = jet_ruleset_parse(ignore->data, ignore->len, NULL, JET_BUILDER_CLASSIC, &rs, &err);
	if (refused != (rc == JET_E_SYNTAX) || (rc && rc != JET_E_SYNTAX))
		runner_fail(run, "parsing %s", rc ? err.message : "does not fail");
	if (rc)
		return;
	if (patterns)
		check_patterns(run, patterns, rs);
	if (!refused)
		check_verdicts(run, o, rs);
	jet_ruleset_free(rs);
}

int vectors_ignore(void *ctx, json_t *o)
{
	struct runner *run = ctx;
	struct vector_bytes ignore;
	const char *odd;

	runner_begin(run, o);
	if (!vector_has_only(o, members, &odd)) {
		runner_fail(run, "unknown member \"%s\"", odd);
	} else if (!vector_decode(json_object_get(o, "ignore"), &ignore)) {
		runner_fail(run, "no ignore file");
	} else {
		check(run, o, &ignore);
		free(ignore.data);
	}
	return runner_end(run);
}
