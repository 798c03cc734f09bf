/* SPDX-License-Identifier: Apache-2.0 */
/* Why something is not there for a build step, and what may have been meant. */
#include "base/nearest.h"
#include "context/look_private.h"
#include "match/ruleset.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

static int put_rule(const struct jet_look *look, const struct jet_rule *rule, struct jet_buf *text)
{
	const size_t n = rule->text_len < 80 ? rule->text_len : 80;

	return jet_buf_printf(text, "left out by %s:%u `%.*s`", jet_ruleset_name(look->options.rs),
	                      (unsigned)rule->line, (int)n, rule->text);
}

/* The rule that leaves out @path, or a directory it is in for good. */
static const struct jet_rule *rule_of(const struct jet_look *look, struct jet_str path)
{
	struct jet_verdict v = { JET_KEPT, false, NULL };
	const struct jet_rule *rule = NULL;
	struct jet_matcher *m;

	if (!look->options.rs || jet_matcher_open(look->options.rs, &m) < 0)
		return NULL;
	for (size_t i = 1; i <= path.len && !rule; i++) {
		if (i < path.len && path.data[i] != '/')
			continue;
		if (jet_matcher_path(m, JET_ORDER_BUILDER, path.data, i, &v) == 0 &&
		    v.answer == JET_IGNORED &&
		    (i == path.len || jet_matcher_prunes(m, path.data, i)))
			rule = v.rule;
	}
	jet_matcher_close(m);
	return rule;
}

/* The name that was probably meant: the same in other case, or the nearest. */
static const char *nearest_name(const char *name, const struct jet_names *names, const char **list)
{
	for (size_t i = 0; i < names->n; i++) {
		list[i] = names->list[i].text.data;
		if (strcasecmp(list[i], name) == 0)
			return list[i];
	}
	return jet_nearest(name, list, names->n);
}

/* Goes along @path as far as there is something; @end: up to where the first name is
 * that is not.  0, or a negative errno other than -ENOENT. */
static int go_along(struct jet_look *look, struct jet_str path, struct jet_tree_node **dir, size_t *base,
                    size_t *end)
{
	struct jet_tree_node *next = jet_tree_root(look->tree);
	int rc = 0;

	for (*end = 0; rc == 0 && *end < path.len;) {
		const char *slash;

		*dir = next;
		*base = *end + (*end > 0);
		slash = memchr(path.data + *base, '/', path.len - *base);
		*end = slash ? (size_t)(slash - path.data) : path.len;
		rc = jet_tree_find(look->tree, *dir, (struct jet_str){ path.data + *base, *end - *base },
		                   &next);
	}
	return rc == -ENOENT ? 0 : rc;
}

enum { LONGEST_NEAREST = 200 }; /* longer paths are no slips of the finger */

int jet_look_nearest(struct jet_look *look, struct jet_str path, struct jet_buf *text)
{
	const struct jet_names *names = NULL;
	const char **list;
	const char *nearest = NULL;
	struct jet_tree_node *dir = jet_tree_root(look->tree);
	size_t base = 0, end = 0;
	char *name;
	int rc = 0;

	if (!path.len || path.len >= LONGEST_NEAREST)
		return 0;
	/* A word of a Dockerfile may hold a NUL, a name cannot. */
	path.len = strnlen(path.data, path.len);
	if (go_along(look, path, &dir, &base, &end) < 0 ||
	    jet_tree_names(look->tree, dir, &names) < 0 || !names->n)
		return 0;
	name = strndup(path.data + base, end - base);
	list = calloc(names->n, sizeof(*list));
	if (name && list)
		nearest = nearest_name(name, names, list);
	if (nearest)
		rc = jet_buf_printf(text, "%.*s%s%.*s", (int)base, path.data, nearest,
		                    (int)(path.len - end), path.data + end);
	free(name);
	free(list);
	return rc;
}

static int put_nearest(struct jet_look *look, struct jet_str path, struct jet_buf *text)
{
	struct jet_buf nearest = { 0 };
	int rc = jet_look_nearest(look, path, &nearest);

	if (rc == 0)
		rc = jet_buf_text(text, "not found");
	if (rc == 0 && nearest.len)
		rc = jet_buf_printf(text, ", did you mean %.*s?", (int)nearest.len, nearest.data);
	jet_buf_clear(&nearest);
	return rc;
}

int jet_look_explain(struct jet_look *look, struct jet_str path, struct jet_buf *text)
{
	const struct jet_rule *rule;
	struct jet_tree_node *node;

	if (!path.len)
		return jet_buf_text(text, "not found: the context root cannot be copied this way");
	rule = rule_of(look, path);
	if (rule)
		return put_rule(look, rule, text);
	if (jet_tree_path(look->tree, path, &node) < 0)
		return put_nearest(look, path, text);
	if (node->type == JET_TYPE_SYMLINK)
		return jet_buf_text(text, "not found: the link leads nowhere, or to what is left out");
	if (node->type == JET_TYPE_DIR && look->options.rs)
		return jet_buf_printf(text, "not found: %s leaves out all that is in it",
		                      jet_ruleset_name(look->options.rs));
	return jet_buf_text(text, "not found: BuildKit takes the name for a pattern and asks its client "
	                          "for something else");
}
