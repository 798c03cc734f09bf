/* SPDX-License-Identifier: Apache-2.0 */
#include "context/look.h"

#include "base/error.h"
#include "base/nearest.h"
#include "base/os.h"
#include "base/path.h"
#include "context/focus.h"
#include "match/glob.h"
#include "match/ruleset.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <unistd.h>

enum { MAX_LINKS = 255 };

struct jet_look {
	const char *root;
	int fd;
	struct jet_walk_options options;
	struct jet_walk *walk; /* NULL before the first question */
	struct jet_buf path;   /* of the question at hand, NUL-ended */
	struct jet_error *err;
};

int jet_look_open(const char *root, int fd, const struct jet_walk_options *options,
                  struct jet_look **out, struct jet_error *err)
{
	struct jet_look *look = calloc(1, sizeof(*look));

	*out = look;
	if (!look)
		return jet_fail_nomem(err);
	look->root = root;
	look->fd = fd;
	look->options = *options;
	look->options.flags = JET_WALK_STAT;
	look->options.plan = NULL; /* single paths are asked for, not what is needed */
	look->err = err;
	return 0;
}

void jet_look_close(struct jet_look *look)
{
	if (!look)
		return;
	jet_walk_close(look->walk);
	jet_buf_clear(&look->path);
	free(look);
}

/* ---- one entry ---------------------------------------------------------- */

static int start(struct jet_look *look)
{
	if (look->walk)
		return jet_walk_focus(look->walk, look->path.data, look->err);
	look->options.only = look->path.data;
	return jet_walk_open(look->root, &look->options, &look->walk, look->err);
}

int jet_look_up(struct jet_look *look, struct jet_str path, enum jet_type *type,
                struct jet_buf *target)
{
	const struct jet_entry *e;
	int rc;

	*type = JET_TYPE_DIR;
	if (!path.len)
		return JET_LOOK_FOUND;
	if (!jet_path_is_plain(path.data, path.len))
		return JET_LOOK_MISSING;
	look->path.len = 0;
	if (jet_buf_append(&look->path, path.data, path.len) < 0 || jet_buf_terminate(&look->path) < 0)
		return jet_fail_nomem(look->err);
	rc = start(look);
	while (rc == 0 && (rc = jet_walk_next(look->walk, &e, look->err)) == 1) {
		rc = 0;
		/* Something below it ships: unpacking makes the directory, also
		 * where it is no entry of its own. */
		if (e->path_len > path.len)
			return JET_LOOK_FOUND;
		if (e->path_len < path.len)
			continue;
		if (e->error == ENOENT)
			break;
		*type = e->type;
		if (target && e->target) {
			target->len = 0;
			if (jet_buf_append(target, e->target, e->target_len) < 0)
				return jet_fail_nomem(look->err);
		}
		return JET_LOOK_FOUND;
	}
	return rc < 0 ? rc : JET_LOOK_MISSING;
}

/* ---- links -------------------------------------------------------------- */

struct resolver {
	struct jet_look *look;
	struct jet_buf *real; /* so far */
	struct jet_buf rest;  /* to come */
	struct jet_buf target;
	enum jet_type type;   /* of real */
	unsigned links;
	jet_link_fn fn;
	void *ctx;
};

static void drop_last(struct jet_buf *real)
{
	while (real->len && real->data[real->len - 1] != '/')
		real->len--;
	real->len -= real->len > 0;
}

/* The link at real: its target comes before the rest. */
static int follow(struct resolver *r, size_t parent_len)
{
	struct jet_buf swap;
	int rc;

	if (++r->links > MAX_LINKS)
		return JET_LOOK_LOOP;
	rc = r->fn(r->ctx, (struct jet_str){ r->real->data, r->real->len });
	if (rc < 0)
		return jet_fail_nomem(r->look->err);
	if (jet_buf_byte(&r->target, '/') < 0 ||
	    jet_buf_append(&r->target, r->rest.data, r->rest.len) < 0)
		return jet_fail_nomem(r->look->err);
	r->real->len = r->target.data[0] == '/' ? 0 : parent_len;
	r->type = JET_TYPE_DIR;
	swap = r->rest;
	r->rest = r->target;
	r->target = swap;
	return 0;
}

static int step(struct resolver *r)
{
	const size_t parent_len = r->real->len;
	size_t skip = 0, len = 0;
	const char *name;
	int bad = 0;

	while (skip < r->rest.len && r->rest.data[skip] == '/')
		skip++;
	name = r->rest.data + skip;
	while (skip + len < r->rest.len && name[len] != '/')
		len++;
	if (len == 2 && name[0] == '.' && name[1] == '.') {
		drop_last(r->real);
	} else if (len && !(len == 1 && name[0] == '.')) {
		if (r->type != JET_TYPE_DIR)
			return JET_LOOK_MISSING;
		bad = r->real->len ? jet_buf_byte(r->real, '/') : 0;
		bad |= jet_buf_append(r->real, name, len);
	}
	if (bad)
		return jet_fail_nomem(r->look->err);
	r->rest.len -= skip + len;
	memmove(r->rest.data, name + len, r->rest.len);
	r->target.len = 0;
	bad = jet_look_up(r->look, (struct jet_str){ r->real->data, r->real->len }, &r->type, &r->target);
	if (bad)
		return bad;
	return r->type == JET_TYPE_SYMLINK ? follow(r, parent_len) : 0;
}

int jet_look_resolve(struct jet_look *look, struct jet_str path, jet_link_fn fn, void *ctx,
                     struct jet_buf *real, enum jet_type *type)
{
	struct resolver r = {
		.look = look, .real = real, .type = JET_TYPE_DIR, .fn = fn, .ctx = ctx,
	};
	int rc;

	/* Mostly there is no link, and then one look is enough. */
	real->len = 0;
	rc = jet_look_up(look, path, type, NULL);
	if (rc == 0 && *type != JET_TYPE_SYMLINK)
		return jet_buf_append(real, path.data, path.len) < 0 ? jet_fail_nomem(look->err) : 0;
	if (rc < 0)
		return rc;
	rc = jet_buf_append(&r.rest, path.data, path.len) < 0 ? jet_fail_nomem(look->err) : 0;
	while (rc == 0 && r.rest.len)
		rc = step(&r);
	*type = r.type;
	jet_buf_clear(&r.rest);
	jet_buf_clear(&r.target);
	return rc;
}

/* ---- names -------------------------------------------------------------- */

static int add_name(struct jet_look_names *names, const struct jet_os_name *name)
{
	size_t *grown = jet_grow(names->at, names->n, &names->capacity, sizeof(*grown));

	if (!grown)
		return -ENOMEM;
	names->at = grown;
	names->at[names->n++] = names->text.len;
	return jet_buf_append(&names->text, name->text, name->len + 1) < 0 ? -ENOMEM : 0;
}

static int heap_before(const struct jet_look_names *names, size_t a, size_t b)
{
	return strcmp(names->text.data + names->at[a], names->text.data + names->at[b]) < 0;
}

static void sift(struct jet_look_names *names, size_t i, size_t n)
{
	for (size_t child = 2 * i + 1; child < n; child = 2 * i + 1) {
		size_t swap;

		if (child + 1 < n && heap_before(names, child, child + 1))
			child++;
		if (!heap_before(names, i, child))
			return;
		swap = names->at[i];
		names->at[i] = names->at[child];
		names->at[child] = swap;
		i = child;
	}
}

static void sort(struct jet_look_names *names)
{
	for (size_t i = names->n / 2; i-- > 0;)
		sift(names, i, names->n);
	for (size_t n = names->n; n-- > 1;) {
		const size_t last = names->at[n];

		names->at[n] = names->at[0];
		names->at[0] = last;
		sift(names, 0, n);
	}
}

static int read_names(struct jet_os_dir *reader, int fd, struct jet_str pattern,
                      struct jet_look_names *names)
{
	struct jet_os_name name;
	int rc = jet_os_dir_start(reader, fd);

	while (rc >= 0 && (rc = jet_os_dir_next(reader, &name)) == 1) {
		if (jet_glob_match(pattern, (struct jet_str){ name.text, name.len }))
			rc = add_name(names, &name);
	}
	return rc;
}

int jet_look_list(struct jet_look *look, struct jet_str dir, struct jet_str pattern,
                  struct jet_look_names *names)
{
	struct jet_os_dir *reader = jet_os_dir_create();
	char *path = dir.len ? strndup(dir.data, dir.len) : strdup("");
	int fd = -1, rc = -ENOMEM;

	if (reader && path) {
		fd = jet_os_open_below(look->fd, path);
		rc = fd < 0 ? fd : read_names(reader, fd, pattern, names);
	}
	if (fd >= 0)
		close(fd);
	jet_os_dir_free(reader);
	if (rc == -ENOMEM)
		jet_fail_nomem(look->err);
	else if (rc < 0 && fd >= 0)
		jet_fail_errno(look->err, JET_E_IO, -rc, path, "cannot read");
	else
		rc = 0; /* what is no directory has no names */
	free(path);
	if (rc < 0)
		return rc == -ENOMEM ? JET_E_NOMEM : JET_E_IO;
	sort(names);
	return 0;
}

void jet_look_names_clear(struct jet_look_names *names)
{
	jet_buf_clear(&names->text);
	free(names->at);
}

/* ---- why not ------------------------------------------------------------ */

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

/* The name in @dir that was probably meant: the same in other case, or the nearest.
 * @list points into @names. */
static const char *nearest_name(const char *name, const struct jet_look_names *names,
                                const char **list)
{
	for (size_t i = 0; i < names->n; i++) {
		list[i] = names->text.data + names->at[i];
		if (strcasecmp(list[i], name) == 0)
			return list[i];
	}
	return jet_nearest(name, list, names->n);
}

/* How long is the beginning of @path that is not there, the first of its kind? */
static size_t first_missing(const struct jet_look *look, char *path, size_t len)
{
	for (size_t i = 1; i < len; i++) {
		struct jet_os_stat st;
		int rc;

		if (path[i] != '/')
			continue;
		path[i] = '\0';
		rc = jet_os_stat_below(look->fd, path, &st);
		path[i] = '/';
		if (rc < 0)
			return i;
	}
	return len;
}

enum { LONGEST_NEAREST = 200 }; /* longer paths are no slips of the finger */

int jet_look_nearest(struct jet_look *look, struct jet_str path, struct jet_buf *text)
{
	struct jet_look_names names = { 0 };
	const char **list = NULL;
	const char *nearest = NULL;
	char *copy;
	size_t end, base;
	int rc;

	if (!path.len || path.len >= LONGEST_NEAREST)
		return 0;
	/* A word of a Dockerfile may hold a NUL, a name cannot. */
	path.len = strnlen(path.data, path.len);
	copy = strndup(path.data, path.len);
	if (!copy)
		return -1;
	end = first_missing(look, copy, path.len);
	base = jet_path_base(copy, end);
	rc = jet_look_list(look, (struct jet_str){ path.data, base ? base - 1 : 0 },
	                   (struct jet_str){ "*", 1 }, &names);
	if (rc == 0 && names.n) {
		copy[end] = '\0';
		list = calloc(names.n, sizeof(*list));
		nearest = list ? nearest_name(copy + base, &names, list) : NULL;
	}
	rc = 0;
	if (nearest)
		rc = jet_buf_printf(text, "%.*s%s%.*s", (int)base, path.data, nearest,
		                    (int)(path.len - end), path.data + end);
	free(list);
	free(copy);
	jet_look_names_clear(&names);
	return rc;
}

static int put_nearest(struct jet_look *look, struct jet_str path, struct jet_buf *text)
{
	const size_t before = text->len;
	struct jet_buf nearest = { 0 };
	int rc = jet_look_nearest(look, path, &nearest);

	if (rc == 0)
		rc = jet_buf_text(text, "not found");
	if (rc == 0 && nearest.len)
		rc = jet_buf_printf(text, ", did you mean %.*s?", (int)nearest.len, nearest.data);
	if (rc < 0)
		text->len = before;
	jet_buf_clear(&nearest);
	return rc;
}

int jet_look_explain(struct jet_look *look, struct jet_str path, struct jet_buf *text)
{
	const struct jet_rule *rule;
	struct jet_os_stat st;
	char *copy = path.len ? strndup(path.data, path.len) : strdup("");
	int rc;

	if (!copy)
		return -1;
	rc = path.len ? jet_os_stat_below(look->fd, copy, &st) : 0;
	free(copy);
	if (!path.len)
		return jet_buf_text(text, "not found: the context root cannot be copied this way");
	rule = rule_of(look, path);
	if (rule)
		return put_rule(look, rule, text);
	if (rc == 0 && st.type == JET_TYPE_SYMLINK)
		return jet_buf_text(text, "not found: the link leads nowhere, or to what is left out");
	if (rc == 0 && st.type == JET_TYPE_DIR && look->options.rs)
		return jet_buf_printf(text, "not found: %s leaves out all that is in it",
		                      jet_ruleset_name(look->options.rs));
	if (rc == 0)
		return jet_buf_text(text, "not found: BuildKit takes the name for a pattern and asks "
		                          "its client for something else");
	return put_nearest(look, path, text);
}
