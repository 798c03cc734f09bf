/* SPDX-License-Identifier: Apache-2.0 */
/* What the sources have in common: how they fail, and what becomes a root. */
#include "base/error.h"
#include "context/plan_private.h"
#include "match/ruleset.h"

#include <string.h>

/* ---- failures ----------------------------------------------------------- */

int jet_planner_fail_pattern(struct jet_planner *p, const char *list, struct jet_str pattern)
{
	const char *shown = JET_SHOW(pattern);

	return jet_fail_spot(p->err, JET_E_PATTERN, p->df->name, p->source->at,
	                     "%ssyntax error in pattern: %s%s", list, shown, jet_rulesets_hint(shown));
}

/* docker takes "/", then "./" away from the beginning. */
bool jet_planner_is_odd(const struct jet_planner *p)
{
	struct jet_str text = p->source->text;

	text = jet_str_from(text, text.len && text.data[0] == '/');
	text = jet_str_from(text, text.len > 1 && memcmp(text.data, "./", 2) == 0 ? 2 : 0);
	return p->df->dialect->plain_bases && jet_str_cmp(text, p->source->path) != 0;
}

int jet_planner_missing(struct jet_planner *p, struct jet_str path, const struct jet_missing *missing)
{
	const char *odd = missing->pattern.len && jet_planner_is_odd(p)
	                          ? ": with \"//\", \".\", \"..\" or a \"/\" at its end a pattern "
	                            "matches nothing here"
	                          : "";
	struct jet_buf hint = { 0 };
	int rc;

	if (jet_look_explain(p->look, missing, &hint) < 0 || jet_buf_text(&hint, odd) < 0 ||
	    jet_buf_terminate(&hint) < 0) {
		jet_buf_clear(&hint);
		return jet_fail_nomem(p->err);
	}
	rc = jet_fail_spot(p->err, JET_E_NOT_FOUND, p->df->name, p->source->at, "\"/%s\": %s",
	                   JET_SHOW(path), hint.data);
	jet_error_path(p->err, path.data, path.len);
	jet_buf_clear(&hint);
	return rc;
}

int jet_planner_not_found(struct jet_planner *p, struct jet_str path)
{
	return jet_planner_missing(p, path, &(struct jet_missing){ .path = path });
}

int jet_planner_fail_loop(struct jet_planner *p, struct jet_spot at, struct jet_str path)
{
	return jet_fail_spot(p->err, JET_E_LINK_LOOP, p->df->name, at, "\"/%s\": too many links",
	                     JET_SHOW(path));
}

/* Is it this pattern that does not compile? */
static bool is_faulty(const struct jet_ruleset *rs, struct jet_str text)
{
	for (size_t i = 0; i < jet_ruleset_count(rs); i++) {
		const struct jet_rule *rule = jet_ruleset_rule(rs, i);

		if (rule->fault && jet_str_cmp((struct jet_str){ rule->text, rule->text_len }, text) == 0)
			return true;
	}
	return false;
}

/* A pattern that the client is asked for, met on the way: BuildKit tells no line.  The
 * source at hand may be another one. */
static int fail_sent(struct jet_planner *p)
{
	const struct jet_error why = *p->err;

	if (!p->include || !is_faulty(p->include, p->source->path))
		p->word = NULL;
	return jet_fail(p->err, JET_E_PATTERN, p->df->name, "%s", why.message);
}

/* Something on the way could not be read: the look has said what, or the walk it
 * asked, which has the path as a file; here is for whom. */
int jet_planner_fail_reading(struct jet_planner *p, struct jet_spot at, int code)
{
	struct jet_error why;

	if (p->err && code == JET_E_PATTERN && !p->err->file[0])
		return fail_sent(p);
	if (!p->err || p->err->line || (code != JET_E_IO && code != JET_E_UNREADABLE))
		return code;
	why = *p->err;
	if (why.file[0]) {
		jet_fail_spot(p->err, code, p->df->name, at, "\"/%s\": %s",
		              JET_SHOW_TEXT(why.file), why.message);
		jet_error_path(p->err, why.file, strlen(why.file));
	} else {
		jet_fail_spot(p->err, code, p->df->name, at, "%s", why.message);
		memcpy(p->err->path, why.path, sizeof(why.path));
	}
	p->err->sys_errno = why.sys_errno;
	return code;
}

int jet_planner_failed(struct jet_planner *p, int answer, struct jet_str path)
{
	if (answer == JET_LOOK_MISSING)
		return jet_planner_not_found(p, path);
	if (answer == JET_LOOK_LOOP)
		return jet_planner_fail_loop(p, p->source->at, path);
	return jet_planner_fail_reading(p, p->source->at, answer);
}

/* ---- roots -------------------------------------------------------------- */

int jet_planner_put(struct jet_planner *p, struct jet_tree_node *node, uint32_t cover)
{
	struct jet_plan *plan = p->plan;
	struct jet_plan_root *grown = jet_grow(plan->roots, plan->nroots, &plan->root_capacity,
	                                       sizeof(*grown));

	if (!grown)
		return jet_fail_nomem(p->err);
	plan->roots = grown;
	if (!node->needed) {
		p->path.len = 0;
		if (jet_tree_node_path(node, &p->path) < 0)
			return jet_fail_nomem(p->err);
		node->needed = jet_arena_dup(&plan->arena, p->path.data, p->path.len);
		node->needed_len = p->path.len;
		if (!node->needed)
			return jet_fail_nomem(p->err);
	}
	plan->roots[plan->nroots++] = (struct jet_plan_root){
		.path = { node->needed, node->needed_len }, .need = p->need, .cover = cover,
		.type = node->type,
	};
	return 0;
}

int jet_planner_put_link(void *ctx, struct jet_tree_node *link)
{
	return jet_planner_put(ctx, link, JET_NO_COVER);
}

int jet_planner_cover(struct jet_planner *p, struct jet_ruleset *exclude, size_t base_len,
                      uint32_t *cover)
{
	struct jet_plan *plan = p->plan;
	const struct jet_cover wanted = { exclude, exclude ? base_len : JET_OWN_BASE };
	char key[sizeof(wanted.exclude) + sizeof(wanted.base_len)];
	struct jet_cover *grown;
	int rc;

	memcpy(key, &wanted.exclude, sizeof(wanted.exclude));
	memcpy(key + sizeof(wanted.exclude), &wanted.base_len, sizeof(wanted.base_len));
	rc = jet_numbers_get(&plan->cover_numbers, (struct jet_str){ key, sizeof(key) }, cover);
	if (rc <= 0)
		return rc < 0 ? jet_fail_nomem(p->err) : 0;
	grown = jet_grow(plan->covers, plan->ncovers, &plan->cover_capacity, sizeof(*grown));
	if (!grown)
		return jet_fail_nomem(p->err);
	plan->covers = grown;
	plan->covers[plan->ncovers++] = wanted;
	return 0;
}

int jet_planner_put_alone(struct jet_planner *p, struct jet_tree_node *dir)
{
	const int rc = jet_planner_put(p, dir, JET_NO_COVER);

	if (rc == 0)
		p->plan->roots[p->plan->nroots - 1].alone = true;
	return rc;
}

int jet_planner_resolve(struct jet_planner *p, struct jet_str path, struct jet_tree_node **node)
{
	const int rc = jet_look_resolve(p->look, path, jet_planner_put_link, p, node);

	return rc < 0 ? jet_planner_failed(p, rc, path) : rc;
}

/* What the source at hand reads when it has come to @node. */
static int put_whole(struct jet_planner *p, struct jet_tree_node *node)
{
	const struct jet_selection sel = { .exclude = p->exclude };
	uint32_t cover = JET_NO_COVER;
	int rc;

	if (node->type != JET_TYPE_DIR)
		return jet_planner_put(p, node, cover);
	if (p->exclude && p->exclude->has_negated) {
		rc = jet_planner_put(p, node, cover);
		return rc < 0 ? rc : jet_select_below(p, &sel, node);
	}
	rc = jet_planner_cover(p, p->exclude, JET_OWN_BASE, &cover);
	return rc < 0 ? rc : jet_planner_put(p, node, cover);
}

int jet_planner_put_resolved(struct jet_planner *p, struct jet_str path)
{
	struct jet_tree_node *node;
	const int rc = jet_planner_resolve(p, path, &node);

	return rc ? jet_planner_failed(p, rc, path) : put_whole(p, node);
}
