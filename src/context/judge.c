/* SPDX-License-Identifier: Apache-2.0 */
#include "context/judge.h"

#include "base/error.h"
#include "context/rulesets.h"
#include "match/matcher.h"
#include "match/order.h"
#include "match/ruleset.h"

#include <string.h>

enum jet_builder jet_walk_builder(const struct jet_walk_options *options)
{
	return options->rs ? jet_ruleset_builder(options->rs) : options->builder;
}

int jet_judge_open(struct jet_judge *j, const struct jet_walk_options *options, bool all,
                   struct jet_error *err)
{
	int rc = 0;

	j->rs = options->rs;
	j->dialect = jet_dialect_of(jet_walk_builder(options));
	if (!all && j->rs && j->dialect->rescues)
		rc = jet_rescue(j, options, err);
	if (rc == 0 && j->rs && jet_matcher_open(j->extended ? j->extended : j->rs, &j->matcher) < 0)
		rc = jet_fail_nomem(err);
	if (rc == 0 && !all && options->sent && jet_matcher_open(options->sent, &j->sent) < 0)
		rc = jet_fail_nomem(err);
	return rc;
}

void jet_judge_close(struct jet_judge *j)
{
	jet_matcher_close(j->matcher);
	jet_matcher_close(j->sent);
	jet_ruleset_free(j->extended);
	jet_arena_clear(&j->arena);
	memset(j, 0, sizeof(*j));
}

int jet_judge_ask(struct jet_judge *j, const char *name, size_t len, struct jet_verdict *v,
                  bool *sent)
{
	struct jet_verdict asked = { JET_IGNORED, false, NULL };

	*v = (struct jet_verdict){ JET_KEPT, false, NULL };
	if (j->matcher && jet_matcher_ask(j->matcher, name, len, v) < 0)
		return -1;
	/* What the patterns "ignore" is what they match. */
	if (j->sent && jet_matcher_ask(j->sent, name, len, &asked) < 0)
		return -1;
	/* Their rules are none of the ignore file's. */
	if (asked.answer == JET_FAILED) {
		*v = (struct jet_verdict){ JET_FAILED, false, NULL };
		j->faulty = asked.rule;
	}
	*sent = asked.answer == JET_IGNORED;
	return 0;
}

int jet_judge_push(struct jet_judge *j, const char *name, size_t len)
{
	if (j->matcher && jet_matcher_push(j->matcher, name, len) < 0)
		return -1;
	if (j->sent && jet_matcher_push(j->sent, name, len) < 0) {
		if (j->matcher)
			jet_matcher_pop(j->matcher);
		return -1;
	}
	return 0;
}

void jet_judge_pop(struct jet_judge *j)
{
	if (j->matcher)
		jet_matcher_pop(j->matcher);
	if (j->sent)
		jet_matcher_pop(j->sent);
}

int jet_judge_enter(struct jet_judge *j, struct jet_str path, size_t name_len, bool ignored,
                    bool unsent)
{
	if (ignored && j->matcher && jet_matcher_prunes(j->matcher, path.data, path.len))
		return JET_PASSAGE_PRUNED;
	if (jet_judge_push(j, path.data + path.len - name_len, name_len) < 0)
		return -1;
	if (ignored && j->matcher && jet_matcher_dead(j->matcher)) {
		jet_judge_pop(j);
		return JET_PASSAGE_DEAD;
	}
	if (unsent && j->sent && jet_matcher_idle(j->sent)) {
		jet_judge_pop(j);
		return JET_PASSAGE_UNSENT;
	}
	return JET_PASSAGE_OPEN;
}

const struct jet_rule *jet_judge_rule(const struct jet_judge *j, uint32_t index)
{
	if (index == JET_NO_RULE)
		return NULL;
	if (index < jet_ruleset_count(j->rs))
		return jet_ruleset_rule(j->rs, index);
	return jet_ruleset_rule(j->extended, index);
}

/* A source of the Dockerfile. */
static int fail_sent(const struct jet_rule *rule, struct jet_error *err)
{
	const char *shown = JET_SHOW(((struct jet_str){ rule->text, rule->text_len }));

	return jet_fail(err, JET_E_PATTERN, NULL, JET_INCLUDE_PATTERNS "syntax error in pattern: %s%s",
	                shown, jet_rulesets_hint(shown));
}

int jet_judge_fail_rule(const struct jet_ruleset *rs, const struct jet_rule *rule,
                        struct jet_error *err)
{
	jet_fail(err, JET_E_PATTERN, jet_ruleset_name(rs), "syntax error in pattern: %s (%s)",
	         JET_SHOW(((struct jet_str){ rule->text, rule->text_len })),
	         rule->fault ? rule->fault : "cannot be compiled");
	if (err)
		err->line = rule->line;
	return JET_E_PATTERN;
}

int jet_judge_fail(const struct jet_judge *j, const struct jet_rule *rule, struct jet_error *err)
{
	return rule ? jet_judge_fail_rule(j->rs, rule, err) : fail_sent(j->faulty, err);
}
