/* SPDX-License-Identifier: Apache-2.0 */
#include "unit/plan_text.h"

#include "base/buf.h"

#include <criterion/criterion.h>
#include <string.h>

static void put_entry(struct jet_buf *out, const struct jet_entry *e, const struct jet_needs *needs)
{
	jet_buf_printf(out, "%s%s", e->path, e->type == JET_TYPE_DIR ? "/" : "");
	for (size_t i = 0; i < e->nby; i++)
		jet_buf_printf(out, "%c%u", i ? ',' : ':', (unsigned)jet_needs_use(needs, e->by[i]).line);
	jet_buf_byte(out, ' ');
}

static int walk(const struct jet_needs *needs, struct jet_walk_options *options, struct jet_buf *out,
                struct jet_error *err)
{
	const struct jet_entry *e;
	struct jet_walk *w;
	int rc;

	jet_needs_apply(needs, options);
	rc = jet_walk_open(".", options, &w, err);
	while (rc >= 0 && (rc = jet_walk_next(w, &e, err)) == 1)
		put_entry(out, e, needs);
	jet_walk_close(w);
	return rc;
}

char *plan_walk(const struct plan_case *c)
{
	struct jet_walk_options options = { .builder = c->builder };
	struct jet_needs *needs = NULL;
	struct jet_ruleset *rs = NULL;
	struct jet_error err = { 0 };
	struct jet_buf out = { 0 };
	int rc = 0;

	if (c->rules)
		rc = jet_ruleset_parse(c->rules, strlen(c->rules), NULL, c->builder, &rs, &err);
	options.rs = rs;
	if (rc == 0)
		rc = jet_needs_open(".", c->dockerfile, strlen(c->dockerfile), &c->options, &options,
		                    &needs, &err);
	if (rc == 0)
		rc = walk(needs, &options, &out, &err);
	if (rc < 0) {
		out.len = 0;
		jet_buf_printf(&out, "%s %s%s%u %s: %s", jet_error_class(rc),
		               strcmp(err.file, "Dockerfile") != 0 ? err.file : "",
		               strcmp(err.file, "Dockerfile") != 0 ? ":" : "", (unsigned)err.line,
		               err.path, err.message);
	}
	jet_needs_close(needs);
	jet_ruleset_free(rs);
	cr_assert_eq(jet_buf_terminate(&out), 0);
	return out.data;
}
