/* SPDX-License-Identifier: Apache-2.0 */
/* Why something is not there for a build step, and the way out. */
#include "context/look_private.h"
#include "context/resolve.h"
#include "match/glob.h"
#include "match/ruleset.h"

#include <errno.h>
#include <string.h>

enum {
	SHOWN = 60,        /* bytes of a path or a rule: a message has an end */
	LONGEST = 4096,    /* of a path that is gone along name by name */
	MAX_LOOKED_AT = 1 << 16, /* names that a pattern is compared with */
	MAX_DEEP = 32      /* directories in each other */
};

static int put_short(struct jet_buf *text, struct jet_str s)
{
	const size_t n = jet_str_fit(s, SHOWN);

	return jet_buf_append(text, s.data, n) | jet_buf_text(text, n < s.len ? "..." : "");
}

static int put_node(struct jet_buf *text, const struct jet_tree_node *node)
{
	struct jet_buf path = { 0 };
	int bad = jet_tree_node_path(node, &path);

	if (!bad)
		bad = path.len ? put_short(text, (struct jet_str){ path.data, path.len })
		               : jet_buf_text(text, "the context root");
	jet_buf_clear(&path);
	return bad;
}

/* ---- rules -------------------------------------------------------------- */

static int put_rule(const struct jet_look *look, const struct jet_rule *rule, struct jet_buf *text)
{
	int bad = jet_buf_printf(text, "left out by %s:%u `", jet_ruleset_name(look->options.rs),
	                         (unsigned)rule->line);

	bad |= put_short(text, (struct jet_str){ rule->text, rule->text_len });
	return bad | jet_buf_byte(text, '`');
}

/* The rule that leaves out @path, or a directory it is in for good. */
static const struct jet_rule *rule_of(struct jet_look *look, struct jet_str path)
{
	struct jet_verdict v = { JET_KEPT, false, NULL };

	if (!look->options.rs ||
	    (!look->rules && jet_matcher_open(look->options.rs, &look->rules) < 0))
		return NULL;
	for (size_t i = 1; i <= path.len; i++) {
		if (i < path.len && path.data[i] != '/')
			continue;
		if (jet_matcher_path(look->rules, JET_ORDER_BUILDER, path.data, i, &v) == 0 &&
		    v.answer == JET_IGNORED &&
		    (i == path.len || jet_matcher_prunes(look->rules, path.data, i)))
			return v.rule;
	}
	return NULL;
}

const struct jet_rule *jet_look_rule(struct jet_look *look, const struct jet_tree_node *dir,
                                     struct jet_str name)
{
	struct jet_buf path = { 0 };
	const struct jet_rule *rule = NULL;

	if (jet_tree_node_path(dir, &path) == 0 && (!path.len || jet_buf_byte(&path, '/') == 0) &&
	    jet_buf_append(&path, name.data, name.len) == 0)
		rule = rule_of(look, (struct jet_str){ path.data, path.len });
	jet_buf_clear(&path);
	return rule;
}

/* ---- the way of a path -------------------------------------------------- */

/* How far a path leads, links followed. */
struct trail {
	struct jet_look *look;
	bool filtered;               /* what is not there for the step is not there */
	struct jet_tree_node *at;    /* the end of it; of what is filtered: what is not there */
	struct jet_tree_node *link;  /* the last one that was followed, or NULL */
	struct jet_tree_node *first; /* and the first */
};

static int pass(void *ctx, struct jet_tree_node *node, bool last)
{
	struct trail *t = ctx;
	int rc;

	t->at = node;
	if (!t->filtered)
		return 0;
	rc = last ? jet_look_see(t->look, node) : jet_look_pass(t->look, node);
	return rc == JET_LOOK_FOUND ? 0 : -ENOENT;
}

static int note_link(void *ctx, struct jet_tree_node *link)
{
	struct trail *t = ctx;

	t->link = link;
	t->first = t->first ? t->first : link;
	return 0;
}

static int follow(struct jet_look *look, struct jet_str path, bool filtered, struct trail *t)
{
	const struct jet_resolver r = { look->tree, pass, note_link, t };
	struct jet_tree_node *node;

	*t = (struct trail){ .look = look, .filtered = filtered };
	return jet_resolve(&r, path, &node);
}

/* The link in @path itself that leads nowhere, or NULL: a name is missing. */
static struct jet_tree_node *dangling(struct jet_look *look, struct jet_str path)
{
	struct trail t = { .at = jet_tree_root(look->tree) };
	struct jet_tree_node *dir = t.at, *node;

	for (size_t base = 0, end; base < path.len && path.len <= LONGEST; base = end + 1) {
		const char *slash = memchr(path.data + base, '/', path.len - base);

		end = slash ? (size_t)(slash - path.data) : path.len;
		if (follow(look, (struct jet_str){ path.data, end }, false, &t) == 0) {
			dir = t.at;
			continue;
		}
		if (jet_tree_find(look->tree, dir, (struct jet_str){ path.data + base, end - base },
		                  &node) < 0 || node->type != JET_TYPE_SYMLINK)
			return NULL;
		return node;
	}
	return NULL;
}

static int put_dangling(struct jet_look *look, struct jet_tree_node *link, struct jet_buf *text)
{
	int bad = jet_buf_text(text, "not found: the link ");

	bad |= put_node(text, link);
	if (jet_tree_target(look->tree, link) == 0)
		bad |= jet_buf_text(text, " to ") |
		       put_short(text, (struct jet_str){ link->target, link->target_len });
	return bad | jet_buf_text(text, " leads nowhere");
}

/* A guess that is left out itself has to be told with the rule. */
static int put_guess(struct jet_look *look, struct jet_str path, struct jet_buf *text)
{
	struct jet_buf real = { 0 };
	const struct jet_rule *rule = NULL;
	struct trail t;
	int bad = jet_buf_printf(text, ", did you mean %.*s", (int)path.len, path.data);

	if (follow(look, path, true, &t) < 0 && jet_tree_node_path(t.at, &real) == 0)
		rule = rule_of(look, (struct jet_str){ real.data, real.len });
	jet_buf_clear(&real);
	if (rule)
		bad |= jet_buf_text(text, ", which is ") | put_rule(look, rule, text);
	return bad | jet_buf_byte(text, '?');
}

static int put_nearest(struct jet_look *look, struct jet_str path, struct jet_buf *text)
{
	struct jet_buf nearest = { 0 };
	int rc = jet_look_nearest(look, path, &nearest);

	if (rc == 0)
		rc = jet_buf_text(text, "not found");
	if (rc == 0 && nearest.len)
		rc = put_guess(look, (struct jet_str){ nearest.data, nearest.len }, text);
	jet_buf_clear(&nearest);
	return rc;
}

/* ---- patterns ----------------------------------------------------------- */

/* A search for what a pattern matches, whether it ships or not. */
struct search {
	struct jet_look *look;
	size_t nlooked_at;
	struct jet_tree_node *dir; /* of the match; NULL: none */
	struct jet_str name;
};

static void search(struct search *s, struct jet_tree_node *dir, struct jet_str pattern, unsigned depth)
{
	const char *slash = memchr(pattern.data, '/', pattern.len);
	const size_t n = slash ? (size_t)(slash - pattern.data) : pattern.len;
	const struct jet_str rest = { slash ? slash + 1 : "", slash ? pattern.len - n - 1 : 0 };
	const struct jet_names *names;
	struct jet_tree_node *child;

	if (depth > MAX_DEEP || jet_tree_names(s->look->tree, dir, &names) < 0)
		return;
	for (size_t i = 0; i < names->n && !s->dir && s->nlooked_at < MAX_LOOKED_AT; i++) {
		const struct jet_name *name = &names->list[i];

		s->nlooked_at++;
		if (!jet_glob_match((struct jet_str){ pattern.data, n }, name->text))
			continue;
		if (!slash) {
			s->dir = dir;
			s->name = name->text;
		} else if (jet_tree_child(s->look->tree, dir, name, &child) == 0 &&
		           child->type == JET_TYPE_DIR) {
			search(s, child, rest, depth + 1);
		}
	}
}

static int put_pattern(struct jet_buf *text, const struct jet_missing *m)
{
	int bad = m->path.len ? put_short(text, m->path) | jet_buf_byte(text, '/') : 0;

	return bad | put_short(text, m->pattern);
}

/* "(d/a is left out by ...)": a match that does not ship. */
static int put_match(struct jet_look *look, const struct search *s, struct jet_buf *text)
{
	const struct jet_rule *rule = s->dir ? jet_look_rule(look, s->dir, s->name) : NULL;
	int bad;

	if (!rule)
		return 0;
	bad = jet_buf_text(text, " (");
	if (s->dir->parent)
		bad |= put_node(text, s->dir) | jet_buf_byte(text, '/');
	bad |= put_short(text, s->name) | jet_buf_text(text, " is ");
	bad |= put_rule(look, rule, text);
	return bad | jet_buf_byte(text, ')');
}

static int put_nearest_pattern(struct jet_look *look, const struct jet_missing *m,
                               struct jet_tree_node *base, struct jet_buf *text)
{
	struct jet_buf nearest = { 0 };
	int bad = 0;

	if (!memchr(m->pattern.data, '/', m->pattern.len))
		bad = jet_look_nearest_pattern(look, base, m->pattern, &nearest);
	if (nearest.len) {
		bad |= jet_buf_text(text, "; did you mean ");
		bad |= m->path.len ? put_short(text, m->path) | jet_buf_byte(text, '/') : 0;
		bad |= put_short(text, (struct jet_str){ nearest.data, nearest.len });
		bad |= jet_buf_byte(text, '?');
	}
	jet_buf_clear(&nearest);
	return bad;
}

/* BuildKit's client sends a directory for what is in it; where nothing is, the step
 * finds no directory to compare with. */
static int put_not_sent(struct jet_look *look, const struct jet_missing *m, struct jet_buf *text)
{
	int bad;

	if (!look->options.sent || !m->path.len)
		return 0;
	bad = jet_buf_text(text, ", so BuildKit's client does not send ") | put_short(text, m->path);
	return bad | jet_buf_text(text, " at all: another source can bring it, or a tar as context");
}

static int put_no_match(struct jet_look *look, const struct jet_missing *m,
                        struct jet_tree_node *base, struct jet_buf *text)
{
	struct search s = { .look = look };
	int bad = jet_buf_text(text, "not found: nothing that ships matches ") | put_pattern(text, m);

	search(&s, base, m->pattern, 0);
	if (s.dir)
		bad |= put_match(look, &s, text);
	bad |= put_not_sent(look, m, text);
	return s.dir ? bad : bad | put_nearest_pattern(look, m, base, text);
}

/* ---- all of them -------------------------------------------------------- */

static int put_left_out(struct jet_look *look, const struct trail *t, const struct jet_rule *rule,
                        struct jet_buf *text)
{
	int bad = 0;

	if (t->link) {
		bad = jet_buf_text(text, "the link ") | put_node(text, t->link);
		bad |= jet_buf_text(text, " leads to ") | put_node(text, t->at);
		bad |= jet_buf_text(text, ", ");
	}
	return bad | put_rule(look, rule, text);
}

static int put_plain(const struct trail *t, struct jet_buf *text)
{
	int bad = jet_buf_text(text, "not found: COPY --parents goes through no link, and ");

	bad |= put_node(text, t->first);
	bad |= jet_buf_text(text, " is one: name ") | put_node(text, t->at);
	return bad | jet_buf_text(text, " instead");
}

/* A path through a link that another source goes through, too, or whose name is taken
 * for a pattern. */
static int put_not_asked(struct jet_look *look, const struct jet_missing *m, struct jet_buf *text)
{
	struct trail t;
	int bad;

	if (follow(look, m->path, false, &t) < 0 || !t.first)
		return jet_buf_text(text, "not found: BuildKit takes the name for a pattern and asks its "
		                          "client for something else: rename it, or use a tar as context");
	bad = jet_buf_text(text, "not found: BuildKit's client follows the link ") | put_node(text, t.first);
	bad |= jet_buf_text(text, " for the first of the sources that go through it: name ");
	return bad | put_node(text, t.at) | jet_buf_text(text, " instead");
}

/* It is on disk, but not for the step. */
static int put_filtered(struct jet_look *look, const struct jet_missing *m, struct jet_tree_node *node,
                        struct jet_buf *text)
{
	struct jet_buf real = { 0 };
	const struct jet_rule *rule = NULL;
	struct trail t;
	const bool there = follow(look, m->path, true, &t) == 0;
	int bad = there ? 0 : jet_tree_node_path(t.at, &real);

	if (!there && !bad)
		rule = rule_of(look, (struct jet_str){ real.data, real.len });
	jet_buf_clear(&real);
	if (rule)
		return put_left_out(look, &t, rule, text);
	if (m->pattern.len)
		return put_no_match(look, m, node, text);
	if (there && m->plain && t.first)
		return put_plain(&t, text);
	if (there)
		return jet_buf_text(text, m->plain ? "not found: --exclude has it, or the name is taken for "
		                                     "a pattern"
		                                   : "not found: nothing is named behind the /./");
	return bad ? bad : put_not_asked(look, m, text);
}

int jet_look_explain(struct jet_look *look, const struct jet_missing *m, struct jet_buf *text)
{
	const struct jet_rule *rule;
	struct jet_tree_node *link;
	struct trail t;

	if (!m->path.len && !m->pattern.len)
		return jet_buf_text(text, "not found: the context root cannot be copied this way");
	if (follow(look, m->path, false, &t) == 0)
		return put_filtered(look, m, t.at, text);
	/* A rule may be meant for what is yet to be made. */
	rule = t.link ? NULL : rule_of(look, m->path);
	if (rule)
		return put_rule(look, rule, text);
	link = dangling(look, m->path);
	return link ? put_dangling(look, link, text) : put_nearest(look, m->path, text);
}
