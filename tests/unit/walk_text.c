/* SPDX-License-Identifier: Apache-2.0 */
#include "unit/walk_text.h"

#include <criterion/criterion.h>
#include <string.h>

static void put_entry(struct jet_buf *out, const struct jet_entry *e)
{
	static const char types[] = "fdlpcbs?";
	static const char flags[] = "ei-pr"; /* in the order of enum jet_entry_flag */

	jet_buf_byte(out, types[e->type]);
	for (int i = 0; i < 5; i++) {
		if (e->flags >> i & 1)
			jet_buf_byte(out, flags[i]);
	}
	jet_buf_printf(out, " %s", e->path);
	if (e->type == JET_TYPE_FILE && e->flags & JET_ENTRY_STATED)
		jet_buf_printf(out, " %llu", (unsigned long long)e->size);
	if (e->target)
		jet_buf_printf(out, " -> %s", e->target);
	if (e->hardlink)
		jet_buf_printf(out, " = %s", e->hardlink);
	if (e->error)
		jet_buf_printf(out, " !%d", e->error);
	jet_buf_byte(out, ';');
}

static void put_error(struct jet_buf *out, int rc, const struct jet_error *err)
{
	jet_buf_printf(out, "stop %d %s", rc, err->file);
	if (err->line)
		jet_buf_printf(out, ":%u", (unsigned)err->line);
	jet_buf_byte(out, ';');
}

void walk_text(struct jet_buf *out, void *arg)
{
	const struct walk_case *c = arg;
	struct jet_walk_options options = {
		.flags = c->flags,
		.builder = c->builder,
		.dockerfile = c->dockerfile,
		.ignore_file = c->ignore_file,
		.only = c->only,
		.archive = c->archive,
	};
	struct jet_ruleset *rs = NULL;
	struct jet_walk *walk = NULL;
	const struct jet_entry *e;
	struct jet_error err = { 0 };
	int rc = 0;

	if (c->rules)
		rc = jet_ruleset_parse(c->rules, strlen(c->rules), NULL, c->builder, &rs, &err);
	options.rs = rs;
	if (rc == 0)
		rc = jet_walk_open(c->root ? c->root : ".", &options, &walk, &err);
	if (rc == 0) {
		while ((rc = jet_walk_next(walk, &e, &err)) == 1)
			put_entry(out, e);
	}
	if (rc < 0)
		put_error(out, rc, &err);
	jet_walk_close(walk);
	jet_ruleset_free(rs);
}

char *walk_list(const struct walk_case *c)
{
	struct walk_case copy = *c;
	struct jet_buf text = { 0 };

	walk_text(&text, &copy);
	cr_assert_eq(jet_buf_terminate(&text), 0);
	return text.data;
}

struct jet_walk *walk_open(const char *rules, uint32_t flags, struct jet_ruleset **rs)
{
	struct jet_walk_options options = { .flags = flags };
	struct jet_walk *walk;
	struct jet_error err = { 0 };

	*rs = NULL;
	if (rules)
		cr_assert_eq(jet_ruleset_parse(rules, strlen(rules), NULL, JET_BUILDER_BUILDKIT, rs, &err),
		             0, "%s", err.message);
	options.rs = *rs;
	cr_assert_eq(jet_walk_open(".", &options, &walk, &err), 0, "%s", err.message);
	return walk;
}

const struct jet_entry *walk_to(struct jet_walk *walk, const char *path)
{
	const struct jet_entry *e;
	struct jet_error err = { 0 };

	do {
		cr_assert_eq(jet_walk_next(walk, &e, &err), 1, "%s does not come: %s", path, err.message);
	} while (strcmp(e->path, path) != 0);
	return e;
}
