/* SPDX-License-Identifier: Apache-2.0 */
#include "unit/stages_text.h"

#include <criterion/criterion.h>
#include <stdlib.h>
#include <string.h>

enum { MAX_PAIRS = 8 };

/* Everything from the bytes to the sources. */
struct chain {
	struct jet_build_options build;
	struct jet_pair args[MAX_PAIRS], env[MAX_PAIRS], contexts[MAX_PAIRS];
	struct jet_dockerfile *df;
	struct jet_stages *stages;
	struct jet_sources *sources;
	struct jet_error err;
};

void put_failure(struct jet_buf *out, int rc, const struct jet_error *err)
{
	cr_assert_eq(err->code, rc);
	jet_buf_text(out, jet_error_class(rc));
	if (err->line)
		jet_buf_printf(out, " %u", (unsigned)err->line);
	if (err->column)
		jet_buf_printf(out, ":%u", (unsigned)err->column);
	jet_buf_printf(out, ": %s", err->message);
}

static size_t split(const char *text, struct jet_pair *pairs)
{
	size_t n = 0;

	while (text && *text) {
		const size_t len = strcspn(text, " "), name = strcspn(text, "=");

		cr_assert(n < MAX_PAIRS && name < len, "\"%s\" is no list of pairs", text);
		pairs[n++] = (struct jet_pair){ { text, name }, { text + name + 1, len - name - 1 } };
		text += len + (text[len] == ' ');
	}
	return n;
}

static int run(struct chain *chain, const char *dockerfile, const struct stages_case *c)
{
	int rc;

	memset(chain, 0, sizeof(*chain));
	chain->build = c->build;
	chain->build.nargs = split(c->args, chain->args);
	chain->build.nenv = split(c->env, chain->env);
	chain->build.ncontexts = split(c->contexts, chain->contexts);
	chain->build.args = chain->args;
	chain->build.env = chain->env;
	chain->build.contexts = chain->contexts;
	rc = jet_dockerfile_parse(dockerfile, strlen(dockerfile), "D", c->build.builder, &chain->df,
	                          &chain->err);
	return rc < 0 ? rc : jet_stages_build(chain->df, &chain->build, &chain->stages, &chain->err);
}

static char *finish(struct chain *chain, struct jet_buf *out)
{
	jet_sources_free(chain->sources);
	jet_stages_free(chain->stages);
	jet_dockerfile_free(chain->df);
	cr_assert_eq(jet_buf_terminate(out), 0);
	return out->data;
}

static void put_stage(struct jet_buf *out, const struct jet_stage *s)
{
	jet_buf_printf(out, "%s%.*s<-", s->reachable ? "*" : "", (int)s->name.len,
	               s->name.data ? s->name.data : "");
	if (s->kind == JET_BASE_CONTEXT)
		jet_buf_printf(out, "(%.*s)", (int)s->context->name.len, s->context->name.data);
	else if (s->kind == JET_BASE_STAGE)
		jet_buf_printf(out, "#%zu", s->base_stage);
	else
		jet_buf_printf(out, "%.*s", (int)s->base.len, s->base.data);
	if (s->kind == JET_BASE_IMAGE && s->context)
		jet_buf_printf(out, "=%.*s", (int)s->context->value.len, s->context->value.data);
	if (s->platform.data)
		jet_buf_printf(out, "@%.*s", (int)s->platform.len, s->platform.data);
	for (size_t i = 0; i < s->ndeps; i++) {
		if (s->deps[i].in)
			jet_buf_printf(out, " %zu", s->deps[i].stage);
	}
	if (s->ntriggers)
		jet_buf_printf(out, " +%zu", s->ntriggers);
	jet_buf_byte(out, ';');
}

char *stages_text(const char *dockerfile, const struct stages_case *c)
{
	struct jet_buf out = { 0 };
	struct chain chain;
	int rc = run(&chain, dockerfile, c);

	if (rc < 0)
		put_failure(&out, rc, &chain.err);
	for (size_t i = 0; rc == 0 && i < chain.stages->n; i++)
		put_stage(&out, &chain.stages->list[i]);
	return finish(&chain, &out);
}

static void put_source(struct jet_buf *out, const struct jet_source *s)
{
	static const char *const kinds[] = { "", "+", "b" };

	jet_buf_text(out, kinds[s->kind]);
	if (s->parents)
		jet_buf_byte(out, '^');
	if (s->context)
		jet_buf_printf(out, "(%.*s)", (int)s->context->name.len, s->context->name.data);
	jet_buf_printf(out, "/%.*s", (int)s->path.len, s->path.data);
	for (size_t i = 0; i < s->nexcludes; i++)
		jet_buf_printf(out, " -%.*s", (int)s->excludes[i].len, s->excludes[i].data);
	jet_buf_printf(out, "@%u;", (unsigned)s->at.line);
}

static bool is_source(const struct jet_sources *s, struct jet_str path)
{
	for (size_t i = 0; i < s->n; i++) {
		if (!s->list[i].context && path.len == s->list[i].path.len + 1 &&
		    memcmp(path.data + 1, s->list[i].path.data, path.len - 1) == 0)
			return true;
	}
	return false;
}

char *sources_text(const char *dockerfile, const struct stages_case *c)
{
	struct jet_buf out = { 0 };
	struct chain chain;
	int rc = run(&chain, dockerfile, c);

	if (rc == 0)
		rc = jet_sources_find(chain.stages, &chain.sources, &chain.err);
	if (rc < 0)
		put_failure(&out, rc, &chain.err);
	if (rc < 0 && chain.sources && chain.sources->nunset)
		jet_buf_byte(&out, ';');
	for (size_t i = 0; rc == 0 && i < chain.sources->n; i++)
		put_source(&out, &chain.sources->list[i]);
	for (size_t i = 0; rc == 0 && i < chain.sources->npaths; i++) {
		const struct jet_str path = chain.sources->paths[i];

		if (!is_source(chain.sources, path))
			jet_buf_printf(&out, "ask %.*s;", (int)path.len, path.data);
	}
	for (size_t i = 0; chain.sources && i < chain.sources->nunset; i++) {
		const struct jet_unset_var *u = &chain.sources->unset[i];

		jet_buf_printf(&out, "unset %.*s%s%s@%u:%u %.*s;", (int)u->name.len, u->name.data,
		               u->declared ? "." : "", u->fallback ? "-" : "", (unsigned)u->at.line,
		               (unsigned)u->at.column, (int)u->image.len, u->image.data);
	}
	return finish(&chain, &out);
}
