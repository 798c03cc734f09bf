/* SPDX-License-Identifier: Apache-2.0 */
#include "context/plan.h"

#include "base/buf.h"
#include "base/error.h"
#include "base/os.h"
#include "base/path.h"
#include "context/follow.h"
#include "context/look.h"
#include "match/glob.h"
#include "match/ruleset.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* One jet_plan_add(). */
struct planner {
	struct jet_plan *plan;
	const struct jet_dockerfile *df;
	struct jet_look *look;          /* the context as the step sees it */
	struct jet_ruleset *include;
	const struct jet_source *source; /* at hand */
	uint32_t need, cover;            /* its own */
	size_t nmatched;                 /* by all sources of its instruction so far */
	size_t next;                     /* where add_need() looks first */
	struct jet_error *err;
};

int jet_plan_put(struct jet_plan *plan, struct jet_str path, uint32_t need, uint32_t cover)
{
	struct jet_plan_root *grown;
	char *copy = jet_arena_dup(&plan->arena, path.data ? path.data : "", path.len);

	grown = jet_grow(plan->roots, plan->nroots, &plan->root_capacity, sizeof(*grown));
	if (!grown || !copy)
		return -1;
	plan->roots = grown;
	plan->roots[plan->nroots++] = (struct jet_plan_root){ { copy, path.len }, need, cover };
	return 0;
}

static int show(struct jet_str s)
{
	return s.len < 80 ? (int)s.len : 80;
}

static struct jet_str str(const struct jet_buf *buf)
{
	return (struct jet_str){ buf->data, buf->len };
}

/* "/a/b" as one clean path below the root, without the "/". */
static int rooted(struct jet_buf *out, struct jet_str a, struct jet_str b)
{
	out->len = 0;
	if (jet_buf_byte(out, '/') < 0 || jet_buf_append(out, a.data, a.len) < 0 ||
	    jet_buf_byte(out, '/') < 0 || jet_buf_append(out, b.data, b.len) < 0 ||
	    jet_buf_reserve(out, 2) < 0)
		return -1;
	out->len = jet_path_clean(out->data, out->len, out->data) - 1;
	memmove(out->data, out->data + 1, out->len);
	return 0;
}

/* ---- failures ----------------------------------------------------------- */

static int fail_pattern(struct planner *p, const char *what, bool with_line)
{
	char text[160];

	strncpy(text, what, sizeof(text) - 1);
	text[sizeof(text) - 1] = '\0';
	if (with_line)
		return jet_fail_spot(p->err, JET_E_PATTERN, p->df->name, p->source->at, "%s", text);
	return jet_fail(p->err, JET_E_PATTERN, p->df->name, "%s", text);
}

/* The way out: which rule, or which name was meant. */
static int not_found(struct planner *p, struct jet_str path)
{
	struct jet_buf hint = { 0 };
	int rc;

	if (jet_look_explain(p->look, path, &hint) < 0 || jet_buf_terminate(&hint) < 0) {
		jet_buf_clear(&hint);
		return jet_fail_nomem(p->err);
	}
	rc = jet_fail_spot(p->err, JET_E_NOT_FOUND, p->df->name, p->source->at, "\"/%.*s\": %s",
	                   show(path), path.data, hint.data);
	if (p->err)
		jet_error_path(p->err, path.data, path.len);
	jet_buf_clear(&hint);
	return rc;
}

/* What an answer other than JET_LOOK_FOUND means for the source. */
static int failed(struct planner *p, int answer, struct jet_str path)
{
	if (answer == JET_LOOK_MISSING)
		return not_found(p, path);
	if (answer == JET_LOOK_LOOP)
		return jet_fail_spot(p->err, JET_E_LINK_LOOP, p->df->name, p->source->at,
		                     "\"/%.*s\": too many links", show(path), path.data);
	return answer; /* the look has filled in the error */
}

/* ---- roots -------------------------------------------------------------- */

static int put(struct planner *p, struct jet_str path, bool whole)
{
	return jet_plan_put(p->plan, path, p->need, whole ? p->cover : JET_NO_COVER) < 0
	               ? jet_fail_nomem(p->err)
	               : 0;
}

/* Every link on the way is needed as it is. */
static int put_link(void *ctx, struct jet_str path)
{
	struct planner *p = ctx;

	return jet_plan_put(p->plan, path, p->need, JET_NO_COVER) < 0 ? JET_E_NOMEM : 0;
}

/* What @path leads to is needed: a file, or a directory with all below. */
static int put_resolved(struct planner *p, struct jet_str path)
{
	struct jet_buf real = { 0 };
	enum jet_type type;
	int rc = jet_look_resolve(p->look, path, put_link, p, &real, &type);

	if (rc == 0)
		rc = put(p, str(&real), type == JET_TYPE_DIR);
	else
		rc = failed(p, rc, path);
	jet_buf_clear(&real);
	return rc;
}

/* ---- wildcards ---------------------------------------------------------- */

static size_t component(struct jet_str s)
{
	const char *slash = s.len ? memchr(s.data, '/', s.len) : NULL;

	return slash ? (size_t)(slash - s.data) : s.len;
}

/* Splits at the first component with a wildcard. */
static void split(struct jet_str s, struct jet_str *base, struct jet_str *rest)
{
	size_t at = 0;

	*base = (struct jet_str){ s.data, 0 };
	while (at < s.len) {
		const size_t n = component((struct jet_str){ s.data + at, s.len - at });

		if (jet_has_wildcard((struct jet_str){ s.data + at, n }))
			break;
		base->len = at + n;
		at += n + 1;
	}
	*rest = at < s.len ? (struct jet_str){ s.data + at, s.len - at } : (struct jet_str){ "", 0 };
}

typedef int (*match_fn)(struct planner *p, struct jet_str path);

static int each_match(struct planner *p, struct jet_str dir, struct jet_str pattern, match_fn fn,
                      size_t *n);

/* The rest of a pattern below what its beginning matched; only buildah goes through
 * a link there. */
static int go_on_below(struct planner *p, struct jet_str path, struct jet_str pattern, match_fn fn,
                       size_t *n)
{
	struct jet_buf real = { 0 };
	enum jet_type type;
	int rc;

	if (!p->df->dialect->enters_links)
		return each_match(p, path, pattern, fn, n);
	rc = jet_look_resolve(p->look, path, put_link, p, &real, &type);
	if (rc == 0 && type == JET_TYPE_DIR)
		rc = each_match(p, str(&real), pattern, fn, n);
	jet_buf_clear(&real);
	return rc > 0 ? 0 : rc; /* a link to nowhere matches nothing */
}

/* Goes through what @pattern matches below directory @dir: links are not
 * followed on the way, matched directories not entered. */
static int each_match(struct planner *p, struct jet_str dir, struct jet_str pattern, match_fn fn,
                      size_t *n)
{
	const size_t len = component(pattern);
	const struct jet_str first = { pattern.data, len };
	struct jet_look_names names = { 0 };
	struct jet_buf path = { 0 };
	int rc = jet_look_list(p->look, dir, first, &names);

	for (size_t i = 0; rc >= 0 && i < names.n; i++) {
		const char *name = names.text.data + names.at[i];
		enum jet_type type;

		path.len = 0;
		if (jet_buf_append(&path, dir.data, dir.len) < 0 ||
		    (dir.len && jet_buf_byte(&path, '/') < 0) || jet_buf_text(&path, name) < 0) {
			rc = jet_fail_nomem(p->err);
			break;
		}
		rc = jet_look_up(p->look, str(&path), &type, NULL);
		if (rc == JET_LOOK_MISSING) {
			rc = 0;
			continue;
		}
		if (rc) {
			rc = failed(p, rc, str(&path));
		} else if (len == pattern.len) {
			++*n;
			rc = fn(p, str(&path));
		} else if (type == JET_TYPE_DIR ||
		           (type == JET_TYPE_SYMLINK && p->df->dialect->enters_links)) {
			rc = go_on_below(p, str(&path),
			                 (struct jet_str){ pattern.data + len + 1, pattern.len - len - 1 },
			                 fn, n);
		}
	}
	jet_buf_clear(&path);
	jet_look_names_clear(&names);
	return rc;
}

/* Does a class hold a "/"?  Only then can a component's pattern match more than
 * a component. */
static bool class_has_slash(struct jet_str s)
{
	bool inside = false;

	for (size_t i = 0; i < s.len; i++) {
		if (s.data[i] == '\\')
			i++;
		else if (s.data[i] == '[' || s.data[i] == ']')
			inside = s.data[i] == '[';
		else if (s.data[i] == '/' && inside)
			return true;
	}
	return false;
}

/* The same as each_match() for such a pattern: everything below @dir is compared
 * as a whole, @skip bytes of its path left out. */
static int each_deep_match(struct planner *p, struct jet_str dir, size_t skip, struct jet_str pattern,
                           match_fn fn, size_t *n)
{
	struct jet_look_names names = { 0 };
	struct jet_buf path = { 0 };
	int rc = jet_look_list(p->look, dir, (struct jet_str){ "*", 1 }, &names);

	for (size_t i = 0; rc >= 0 && i < names.n; i++) {
		enum jet_type type;

		path.len = 0;
		if (jet_buf_append(&path, dir.data, dir.len) < 0 ||
		    (dir.len && jet_buf_byte(&path, '/') < 0) ||
		    jet_buf_text(&path, names.text.data + names.at[i]) < 0) {
			rc = jet_fail_nomem(p->err);
			break;
		}
		rc = jet_look_up(p->look, str(&path), &type, NULL);
		if (rc < 0)
			break;
		if (rc == JET_LOOK_MISSING) {
			rc = 0;
		} else if (jet_glob_match(pattern, (struct jet_str){ path.data + skip, path.len - skip })) {
			++*n;
			rc = fn(p, str(&path));
		} else if (type == JET_TYPE_DIR) {
			rc = each_deep_match(p, str(&path), skip, pattern, fn, n);
		}
	}
	jet_buf_clear(&path);
	jet_look_names_clear(&names);
	return rc;
}

/* Base and matches of a source with wildcards. */
static int each_wild(struct planner *p, struct jet_str path, match_fn fn, size_t *n)
{
	struct jet_str base, pattern;
	struct jet_buf real = { 0 };
	enum jet_type type;
	int rc;

	*n = 0;
	split(path, &base, &pattern);
	rc = jet_look_resolve(p->look, base, put_link, p, &real, &type);
	if (p->df->dialect->plain_bases && (rc > 0 || (rc == 0 && jet_str_cmp(str(&real), base) != 0)))
		rc = 0; /* it compares all paths of the context and follows no link */
	else if (rc)
		rc = failed(p, rc, base);
	else if (type == JET_TYPE_DIR && class_has_slash(pattern))
		rc = each_deep_match(p, str(&real), real.len + (real.len > 0), pattern, fn, n);
	else if (type == JET_TYPE_DIR)
		rc = each_match(p, str(&real), pattern, fn, n);
	/* Where nothing matches the base must be there all the same. */
	if (rc == 0 && !*n)
		rc = put(p, str(&real), false);
	jet_buf_clear(&real);
	return rc;
}

/* ---- patterns ----------------------------------------------------------- */

/* A list of patterns as moby/patternmatcher takes it. */
static int compile(struct planner *p, const struct jet_str *patterns, size_t n, const char *what,
                   bool with_line, struct jet_ruleset **rs)
{
	struct jet_error why = { 0 };
	char text[sizeof(why.message) + 60];
	int rc = jet_ruleset_extend(NULL, patterns, n, rs, &why);

	if (rc == JET_E_NOMEM)
		return jet_fail_nomem(p->err);
	if (rc == 0)
		return 0;
	snprintf(text, sizeof(text), "%.59s%s", what, why.message);
	return fail_pattern(p, text, with_line);
}

static int add_cover(struct planner *p, const struct jet_str *include)
{
	struct jet_plan *plan = p->plan;
	const struct jet_source *s = p->source;
	struct jet_cover cover = { .need = p->need, .parents = s->parents };
	struct jet_cover *grown = jet_grow(plan->covers, plan->ncovers, &plan->cover_capacity,
	                                   sizeof(*grown));
	int rc = grown ? 0 : jet_fail_nomem(p->err);

	if (!grown)
		return rc;
	plan->covers = grown;
	if (s->nexcludes)
		rc = compile(p, s->excludes, s->nexcludes, "invalid excludepatterns: ", true,
		             &cover.exclude);
	if (rc == 0 && include)
		rc = compile(p, include, 1, "invalid includepatterns: ", true, &cover.include);
	p->cover = (uint32_t)plan->ncovers;
	plan->covers[plan->ncovers++] = cover;
	return rc;
}

/* ---- COPY . with patterns ----------------------------------------------- */

static int matches(struct planner *p, const struct jet_ruleset *rs, struct jet_str path, bool *answer)
{
	struct jet_matcher *m;
	struct jet_verdict v = { JET_KEPT, false, NULL };
	int rc;

	*answer = false;
	if (!rs)
		return 0;
	if (jet_matcher_open(rs, &m) < 0)
		return jet_fail_nomem(p->err);
	rc = jet_matcher_path(m, JET_ORDER_BUILDER, path.data, path.len, &v);
	jet_matcher_close(m);
	if (rc == JET_E_NOMEM)
		return jet_fail_nomem(p->err);
	if (rc == 0 && v.answer == JET_FAILED)
		return fail_pattern(p, "syntax error in pattern", true);
	*answer = rc == 0 && v.answer == JET_IGNORED;
	return 0;
}

static int selected(struct planner *p, struct jet_str path, bool *answer)
{
	const struct jet_cover *cover = &p->plan->covers[p->cover];
	bool excluded, included = true;
	int rc = matches(p, cover->exclude, path, &excluded);

	if (rc == 0 && cover->include)
		rc = matches(p, cover->include, path, &included);
	*answer = included && !excluded;
	return rc;
}

/* A link at the top that is copied must lead somewhere, and what it leads to
 * has to stay: its metadata goes into the cache key. */
static int put_top_link(struct planner *p, struct jet_str path)
{
	struct jet_buf real = { 0 };
	enum jet_type type;
	bool answer;
	int rc = jet_look_up(p->look, path, &type, NULL);

	if (rc || type != JET_TYPE_SYMLINK)
		return rc ? failed(p, rc, path) : 0;
	rc = selected(p, path, &answer);
	if (rc < 0 || !answer)
		return rc;
	rc = jet_look_resolve(p->look, path, put_link, p, &real, &type);
	rc = rc ? failed(p, rc, path) : put(p, str(&real), false);
	jet_buf_clear(&real);
	return rc;
}

static int put_top_links(struct planner *p)
{
	size_t n = 0;

	return each_match(p, (struct jet_str){ "", 0 }, (struct jet_str){ "*", 1 }, put_top_link, &n);
}

/* ---- one source --------------------------------------------------------- */

static int put_whole(struct planner *p, struct jet_str path)
{
	return put(p, path, true);
}

/* COPY --parents: everything below the base that the pattern matches. */
static int add_parents(struct planner *p)
{
	const struct jet_str text = p->source->text;
	struct jet_buf base = { 0 }, pattern = { 0 }, all = { 0 };
	const char *pivot = NULL;
	struct jet_str before = { "", 0 }, after = text, include;
	enum jet_type type;
	bool answer = true;
	size_t n;
	int rc = 0;

	for (size_t i = 0; i + 2 < text.len && !pivot; i++) {
		if (memcmp(text.data + i, "/./", 3) == 0)
			pivot = text.data + i;
	}
	if (pivot) {
		before = (struct jet_str){ text.data, (size_t)(pivot - text.data) };
		after = (struct jet_str){ pivot + 3, text.len - before.len - 3 };
	}
	if (rooted(&base, before, (struct jet_str){ "", 0 }) < 0 ||
	    rooted(&pattern, after, (struct jet_str){ "", 0 }) < 0 ||
	    rooted(&all, str(&base), str(&pattern)) < 0)
		rc = jet_fail_nomem(p->err);
	include = str(&pattern);
	if (rc == 0 && !pattern.len)
		rc = not_found(p, str(&base));
	if (rc == 0)
		rc = add_cover(p, &include);
	if (rc == 0 && !jet_has_wildcard(before) && !jet_has_wildcard(str(&pattern))) {
		/* Links are not resolved here: what lies behind one is missing. */
		rc = jet_look_up(p->look, str(&all), &type, NULL);
		if (rc == 0)
			rc = selected(p, str(&pattern), &answer);
		if (rc == 0 && !answer)
			rc = JET_LOOK_MISSING;
		if (rc > 0)
			rc = failed(p, rc, str(&all));
	}
	if (rc == 0 && !base.len)
		rc = put_top_links(p);
	if (rc == 0)
		rc = jet_has_wildcard(str(&base)) ? each_wild(p, str(&base), put_resolved, &n)
		     : base.len                   ? put_resolved(p, str(&base))
		                                  : put_whole(p, str(&base));
	jet_buf_clear(&base);
	jet_buf_clear(&pattern);
	jet_buf_clear(&all);
	return rc;
}

/* Does "../x" lead out?  The classic builder refuses, the others stay at the root. */
static bool leads_out(struct jet_str text)
{
	struct jet_buf clean = { 0 };
	bool out = false;

	if (!(text.len && text.data[0] == '/') && jet_buf_append(&clean, text.data, text.len) == 0 &&
	    jet_buf_reserve(&clean, 2) == 0) {
		clean.len = jet_path_clean(clean.data, clean.len, clean.data);
		out = clean.len >= 2 && memcmp(clean.data, "..", 2) == 0 &&
		      (clean.len == 2 || clean.data[2] == '/');
	}
	jet_buf_clear(&clean);
	return out;
}

/* buildah takes what a pattern has matched for a pattern once more. */
static int put_again(struct planner *p, struct jet_str path)
{
	size_t n;
	int rc;

	if (!p->df->dialect->globs_twice || !jet_has_wildcard(path))
		return put_resolved(p, path);
	rc = each_wild(p, path, put_resolved, &n);
	return rc == 0 && !n ? not_found(p, path) : rc;
}

static int add_copy(struct planner *p)
{
	const struct jet_source *s = p->source;
	size_t n;
	int rc;

	if (p->df->dialect->refuses_parent && leads_out(s->text))
		return jet_fail_spot(p->err, JET_E_NOT_FOUND, p->df->name, s->at,
		                     "forbidden path outside the build context: %.*s", show(s->text),
		                     s->text.data);
	rc = add_cover(p, NULL);
	if (rc == 0 && !s->path.len && s->nexcludes)
		rc = put_top_links(p);
	if (rc < 0)
		return rc;
	if (!jet_has_wildcard(s->path)) {
		p->nmatched++;
		return put_resolved(p, s->path);
	}
	/* No path has a slash at its end, so none matches. */
	if (p->df->dialect->plain_bases && s->text.len && s->text.data[s->text.len - 1] == '/')
		return 0;
	rc = each_wild(p, s->path, put_again, &n);
	p->nmatched += n;
	return rc;
}

/* ONBUILD lines are parsed anew for every platform, so pointers say nothing. */
static bool is_need(const struct jet_need *need, const struct jet_source *s)
{
	return need->at.line == s->at.line && jet_str_cmp(need->in->line, s->in->line) == 0;
}

static int add_need(struct planner *p)
{
	struct jet_plan *plan = p->plan;
	const struct jet_need *last = plan->nneeds ? &plan->needs[plan->nneeds - 1] : NULL;
	struct jet_need *grown;

	p->need = (uint32_t)plan->nneeds - 1;
	if (last && last->in == p->source->in)
		return 0;
	/* The same instruction may come again for another platform, mostly in the
	 * same order. */
	for (size_t i = 0; plan->needs && i < plan->nneeds && plan->nadded; i++) {
		const size_t at = (p->next + i) % plan->nneeds;

		if (is_need(&plan->needs[at], p->source)) {
			p->need = (uint32_t)at;
			p->next = at;
			return 0;
		}
	}
	grown = jet_grow(plan->needs, plan->nneeds, &plan->need_capacity, sizeof(*grown));
	if (!grown)
		return jet_fail_nomem(p->err);
	plan->needs = grown;
	p->need = (uint32_t)plan->nneeds;
	plan->needs[plan->nneeds++] = (struct jet_need){ p->df->name, p->source->in, p->source->at };
	return 0;
}

static int add_source(struct planner *p)
{
	int rc = add_need(p);

	if (rc < 0)
		return rc;
	if (p->source->kind == JET_SOURCE_BIND) {
		rc = add_cover(p, NULL);
		return rc < 0 ? rc : put_resolved(p, p->source->path);
	}
	return p->source->parents ? add_parents(p) : add_copy(p);
}

/* BuildKit copies nothing and goes on; the others want something to copy. */
static int check_matched(struct planner *p)
{
	if (p->nmatched || p->source->kind == JET_SOURCE_BIND || p->source->parents ||
	    !p->df->dialect->wants_match)
		return 0;
	return not_found(p, p->source->path);
}

/* ---- the whole ---------------------------------------------------------- */

/* What BuildKit's client is asked for, and so what there is to read. */
static int find_include(struct planner *p, const struct jet_sources *sources)
{
	struct jet_str *patterns;
	size_t n;
	int rc;

	if (!p->df->dialect->asks_client || !sources->npaths)
		return 0;
	rc = jet_follow(p->plan->fd, sources->paths, sources->npaths, &p->plan->arena, &patterns, &n);
	if (rc == -ENOMEM)
		return jet_fail_nomem(p->err);
	if (rc < 0)
		return jet_fail_errno(p->err, JET_E_IO, -rc, p->plan->root,
		                      "cannot follow the links of the sources");
	if (!patterns)
		return 0;
	return compile(p, patterns, n, "invalid includepatterns: ", false, &p->include);
}

int jet_plan_add(struct jet_plan *plan, const struct jet_dockerfile *df,
                 const struct jet_sources *sources, const struct jet_pair *context,
                 struct jet_error *err)
{
	struct planner p = { .plan = plan, .df = df, .err = err };
	struct jet_walk_options options = plan->options;
	int rc = context ? 0 : find_include(&p, sources);

	options.sent = p.include;
	if (rc == 0)
		rc = jet_look_open(plan->root, plan->fd, &options, &p.look, err);
	for (size_t i = 0; rc == 0 && i < sources->n; i++) {
		p.source = &sources->list[i];
		if (p.source->context != context)
			continue;
		if (!i || sources->list[i - 1].in != p.source->in)
			p.nmatched = 0;
		rc = add_source(&p);
		if (rc == 0 && (i + 1 == sources->n || sources->list[i + 1].in != p.source->in))
			rc = check_matched(&p);
	}
	if (rc < 0 && p.source && err && err->line)
		jet_error_word(err, p.source->word.at);
	jet_look_close(p.look);
	/* With several platforms what is sent is the union, near enough: only
	 * odd names make a difference. */
	if (plan->nadded++ == 0)
		plan->include = p.include;
	else {
		jet_ruleset_free(p.include);
		jet_ruleset_free(plan->include);
		plan->include = NULL;
	}
	return rc;
}

static int compare(const void *a, const void *b)
{
	const struct jet_plan_root *x = a, *y = b;
	int order = jet_path_order(x->path.data, x->path.len, y->path.data, y->path.len);

	if (!order)
		order = (x->need > y->need) - (x->need < y->need);
	return order ? order : (x->cover > y->cover) - (x->cover < y->cover);
}

void jet_plan_finish(struct jet_plan *plan)
{
	size_t n = 0;

	if (plan->nroots)
		qsort(plan->roots, plan->nroots, sizeof(*plan->roots), compare);
	for (size_t i = 0; i < plan->nroots; i++) {
		if (!n || compare(&plan->roots[n - 1], &plan->roots[i]) != 0)
			plan->roots[n++] = plan->roots[i];
	}
	plan->nroots = n;
}

int jet_plan_open(const char *root, const struct jet_walk_options *options, struct jet_plan **out,
                  struct jet_error *err)
{
	struct jet_plan *plan = calloc(1, sizeof(*plan));

	*out = NULL;
	if (!plan)
		return jet_fail_nomem(err);
	plan->root = root;
	plan->options = *options;
	plan->fd = jet_os_open_root(root);
	if (plan->fd < 0) {
		int error = -plan->fd;

		free(plan);
		return jet_fail_errno(err, JET_E_IO, error, root, "cannot open the context");
	}
	*out = plan;
	return 0;
}

void jet_plan_free(struct jet_plan *plan)
{
	if (!plan)
		return;
	for (size_t i = 0; i < plan->ncovers; i++) {
		jet_ruleset_free(plan->covers[i].include);
		jet_ruleset_free(plan->covers[i].exclude);
	}
	jet_ruleset_free(plan->include);
	close(plan->fd);
	free(plan->roots);
	free(plan->needs);
	free(plan->covers);
	jet_arena_clear(&plan->arena);
	free(plan);
}
