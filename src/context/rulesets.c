/* SPDX-License-Identifier: Apache-2.0 */
#include "context/rulesets.h"

#include "base/error.h"

#include <stdlib.h>
#include <string.h>

/* Each pattern with its length before it, so that no two lists look alike. */
static int make_key(struct jet_buf *key, const struct jet_str *patterns, size_t n)
{
	int bad = 0;

	key->len = 0;
	for (size_t i = 0; i < n; i++) {
		bad |= jet_buf_append(key, &patterns[i].len, sizeof(patterns[i].len));
		bad |= jet_buf_append(key, patterns[i].data, patterns[i].len);
	}
	return bad;
}

int jet_rulesets_get(struct jet_rulesets *sets, const struct jet_str *patterns, size_t n,
                     struct jet_ruleset **rs, struct jet_error *err)
{
	struct jet_ruleset **grown;
	uint32_t number;
	int rc;

	if (make_key(&sets->key, patterns, n) < 0)
		return jet_fail_nomem(err);
	rc = jet_numbers_get(&sets->known, (struct jet_str){ sets->key.data, sets->key.len }, &number);
	if (rc < 0)
		return jet_fail_nomem(err);
	if (rc == 0) {
		*rs = sets->list[number];
		return 0;
	}
	grown = jet_grow(sets->list, sets->n, &sets->capacity, sizeof(struct jet_ruleset *));
	if (!grown)
		return jet_fail_nomem(err);
	sets->list = grown;
	rc = jet_ruleset_extend(NULL, patterns, n, rs, err);
	if (rc == 0)
		sets->list[sets->n++] = *rs;
	return rc;
}

struct jet_str jet_rulesets_fault(const struct jet_ruleset *rs)
{
	for (size_t i = 0; i < jet_ruleset_count(rs); i++) {
		const struct jet_rule *rule = jet_ruleset_rule(rs, i);

		if (rule->fault)
			return (struct jet_str){ rule->text, rule->text_len };
	}
	return (struct jet_str){ "", 0 };
}

const char *jet_rulesets_hint(const char *shown)
{
	return strchr(shown, '[') ? "; [[] stands for the bracket itself" : "";
}

void jet_rulesets_clear(struct jet_rulesets *sets)
{
	for (size_t i = 0; i < sets->n; i++)
		jet_ruleset_free(sets->list[i]);
	free(sets->list);
	jet_buf_clear(&sets->key);
	jet_numbers_clear(&sets->known);
	memset(sets, 0, sizeof(*sets));
}
