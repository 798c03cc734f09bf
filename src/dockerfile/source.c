/* SPDX-License-Identifier: Apache-2.0 */
#include "dockerfile/source_private.h"

#include "base/buf.h"
#include "base/error.h"
#include "base/path.h"
#include "dockerfile/check.h"
#include "dockerfile/remote.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

int jet_source_fail(struct jet_finder *f, int code, const struct jet_word *word, const char *format, ...)
{
	char text[sizeof(f->err->message)];
	va_list ap;

	va_start(ap, format);
	vsnprintf(text, sizeof(text), format, ap);
	va_end(ap);
	return jet_fail_word(f->err, code, f->stages->df->name, f->at, word ? word->at : f->in->at, "%s",
	                     text);
}

/* ---- expansion ---------------------------------------------------------- */

struct jet_expander jet_source_expander(struct jet_finder *f, const struct jet_word *word, bool matters)
{
	struct jet_expander x = jet_stages_expander(f->stages);

	f->word = word;
	f->matters = matters;
	f->doubt = NULL;
	x.env = &f->now->env;
	x.arena = &f->found->arena;
	x.doubt = jet_unset_note;
	x.ctx = f;
	return x;
}

int jet_source_told(struct jet_finder *f, const struct jet_expander *x, struct jet_str text,
                    enum jet_expanded rc)
{
	if (rc == JET_EXPAND_NOMEM)
		return jet_fail_nomem(f->err);
	if (rc == JET_EXPAND_OK)
		return 0;
	jet_unset_tell(f, f->doubt);
	return jet_source_fail(f, JET_E_EXPAND, f->word, "failed to process \"%s\": %s", JET_SHOW(text),
	                       x->message);
}

int jet_source_expand(struct jet_finder *f, const struct jet_word *word, bool matters,
                      struct jet_str *out)
{
	struct jet_expander x = jet_source_expander(f, word, matters);

	return jet_source_told(f, &x, word->text, jet_expand(&x, word->text, out));
}

/* ---- ENV, ARG, WORKDIR -------------------------------------------------- */

/* All words see the scope as it was before the instruction. */
static int do_env(struct jet_finder *f)
{
	const size_t n = f->in->nwords;
	struct jet_var *vars = jet_arena_array(&f->found->arena, n / 2 + 1, sizeof(*vars));
	int rc = vars ? 0 : jet_fail_nomem(f->err);

	for (size_t i = 0; rc == 0 && i < n; i++) {
		struct jet_var *var = &vars[i / 2];

		rc = jet_source_expand(f, &f->in->words[i], false, i % 2 ? &var->value : &var->name);
		if (!var->doubt)
			var->doubt = f->doubt;
	}
	for (size_t i = 0; rc == 0 && i < n / 2; i++) {
		if (jet_env_put(&f->now->env, vars[i]) < 0)
			rc = jet_fail_nomem(f->err);
	}
	return rc;
}

static int do_one_arg(struct jet_finder *f, const struct jet_word *word)
{
	struct jet_arg arg = jet_stages_arg(f->stages, word, &f->stages->global);
	struct jet_var var = { .name = arg.name, .value = arg.value, .arg = true };
	int rc = 0;

	if (arg.text.text.data) {
		rc = jet_source_expand(f, &arg.text, false, &var.value);
		var.doubt = f->doubt;
	}
	/* Without a value it changes nothing, but is the way to give one. */
	if (rc == 0 && (var.value.data || !jet_env_get(&f->now->env, var.name)) &&
	    jet_env_put(&f->now->env, var) < 0)
		rc = jet_fail_nomem(f->err);
	return rc;
}

static int do_arg(struct jet_finder *f)
{
	int rc = 0;

	for (size_t i = 0; rc == 0 && i < f->in->nwords; i++)
		rc = do_one_arg(f, &f->in->words[i]);
	return rc;
}

int jet_source_join(struct jet_finder *f, struct jet_str base, struct jet_str path, struct jet_str *out)
{
	char *text = jet_arena_alloc(&f->found->arena, base.len + path.len + 3);
	size_t n = 0;

	if (!text)
		return jet_fail_nomem(f->err);
	text[n++] = '/';
	if (!(path.len && path.data[0] == '/')) {
		if (base.len)
			memcpy(text + n, base.data, base.len);
		n += base.len;
		text[n++] = '/';
	}
	if (path.len)
		memcpy(text + n, path.data, path.len);
	n = jet_path_clean(text, n + path.len, text);
	*out = (struct jet_str){ text, n };
	return 0;
}

static int do_workdir(struct jet_finder *f)
{
	struct jet_expander x = jet_source_expander(f, &f->in->words[0], false);
	const struct jet_str text = f->in->words[0].text;
	struct jet_str path;
	int rc = jet_source_told(f, &x, text, jet_expand(&x, text, &path));

	if (rc < 0)
		return rc;
	if (f->doubt)
		f->now->workdir = (struct jet_str){ NULL, 0 };
	/* Relative to what nobody here knows, or perhaps not even relative. */
	if (f->doubt || (!f->now->workdir.data && !(path.len && path.data[0] == '/')))
		return 0;
	/* One below the other grows without end, too. */
	if (!jet_expand_spend(&x, (f->now->workdir.len + path.len) * 4))
		return jet_source_fail(f, JET_E_EXPAND, NULL, "the working directory grows too large");
	return jet_source_join(f, f->now->workdir, path, &f->now->workdir);
}

/* ---- sources ------------------------------------------------------------ */

int jet_source_ask(struct jet_finder *f, struct jet_str path)
{
	struct jet_sources *s = f->found;
	struct jet_str *grown = jet_grow(s->paths, s->npaths, &s->path_capacity, sizeof(*grown));

	if (!grown)
		return jet_fail_nomem(f->err);
	s->paths = grown;
	s->paths[s->npaths++] = path;
	return 0;
}

/* No name has one, so there is nothing to look for, and no builder finds anything.  The path
 * of the error shows it as "\0". */
static int fail_nul(struct jet_finder *f, const struct jet_source *source, struct jet_str path)
{
	struct jet_buf shown = { 0 };
	int bad = 0, rc;

	for (size_t i = 0; i < path.len && !bad; i++)
		bad = path.data[i] ? jet_buf_byte(&shown, path.data[i]) : jet_buf_text(&shown, "\\0");
	if (bad || jet_buf_terminate(&shown) < 0) {
		jet_buf_clear(&shown);
		return jet_fail_nomem(f->err);
	}
	rc = jet_source_fail(f, JET_E_NOT_FOUND, &source->word,
	                     "\"%s\": not found: no name can hold a NUL byte",
	                     JET_SHOW(((struct jet_str){ shown.data, shown.len })));
	jet_error_path(f->err, shown.data + 1, shown.len - 1);
	jet_buf_clear(&shown);
	return rc;
}

int jet_source_add(struct jet_finder *f, struct jet_source source)
{
	struct jet_sources *s = f->found;
	struct jet_source *grown = jet_grow(s->list, s->n, &s->capacity, sizeof(*grown));
	struct jet_str path = { "", 0 };
	int rc;

	if (!grown)
		return jet_fail_nomem(f->err);
	s->list = grown;
	rc = jet_source_join(f, (struct jet_str){ "", 0 }, source.text, &path);
	if (rc < 0)
		return rc;
	if (memchr(path.data, '\0', path.len))
		return fail_nul(f, &source, path);
	source.in = f->in;
	source.at = f->at;
	if (source.word.at.line == f->at.line)
		source.at.column = source.word.at.column;
	source.stage = f->stage->index;
	source.path = (struct jet_str){ path.data + 1, path.len - 1 };
	s->list[s->n++] = source;
	return source.context ? 0 : jet_source_ask(f, path);
}

int jet_source_from(struct jet_finder *f, const struct jet_word *flag, struct jet_str from,
                    struct jet_source *source, bool *ours)
{
	struct jet_from found;

	*ours = true;
	if (!from.data || !from.len)
		return 0;
	found = jet_stages_resolve(f->stages, f->stage, from, source->kind == JET_SOURCE_COPY);
	*ours = found.kind == JET_FROM_CONTEXT;
	source->context = found.context;
	if (found.kind != JET_FROM_STAGE || found.stage < f->stage->index || found.stage >= f->stages->n)
		return 0;
	/* Nobody looks for a circle once triggers are known, and the stage has begun. */
	if (f->trigger && found.stage == f->stage->index)
		return 0;
	return jet_source_fail(f, JET_E_STAGE, flag,
	                       "cannot copy from stage \"%s\", it needs to be defined before current "
	                       "stage \"%s\"", JET_SHOW(from), JET_SHOW(f->stage->name));
}

/* ---- stages ------------------------------------------------------------- */

/* What the dialect reads and then refuses. */
static int check_refused(struct jet_finder *f)
{
	const struct jet_df_dialect *d = f->stages->dialect;

	for (size_t i = 0; i < JET_DF_REFUSED && d->refused[i]; i++) {
		const struct jet_word *flag = jet_instruction_flag_word(f->in, d->refused[i]);

		if (flag)
			return jet_source_fail(f, JET_E_OPTION, flag, "%s does not know --%s: build with "
			                       "BuildKit", d->name, d->refused[i]);
	}
	return 0;
}

static int do_instruction(struct jet_finder *f)
{
	int rc = f->stages->dialect->checks_all ? 0 : jet_instruction_check(f->stages->df, f->in, f->err);

	if (rc == 0)
		rc = check_refused(f);
	if (rc < 0)
		return rc;
	switch (f->in->keyword) {
	case JET_KEYWORD_ADD:
	case JET_KEYWORD_COPY:
		return jet_source_copy(f);
	case JET_KEYWORD_ARG:
		return do_arg(f);
	case JET_KEYWORD_ENV:
		return do_env(f);
	case JET_KEYWORD_RUN:
		return jet_source_run(f);
	case JET_KEYWORD_WORKDIR:
		return do_workdir(f);
	case JET_KEYWORD_LABEL:
	case JET_KEYWORD_USER:
	case JET_KEYWORD_VOLUME:
	case JET_KEYWORD_STOPSIGNAL:
	case JET_KEYWORD_EXPOSE:
		return jet_source_values(f);
	default:
		return 0;
	}
}

static int set(struct jet_finder *f, const char *name, struct jet_str value)
{
	return jet_env_set(&f->now->env, (struct jet_str){ name, strlen(name) }, value, false);
}

/* The image that the stage is built on, which may set variables.  data NULL: there is none,
 * but nothing, or the files of a named context. */
static struct jet_str image_of(const struct jet_stage *stage)
{
	static const struct jet_str none = { NULL, 0 };

	if (stage->context)
		return jet_context_image(stage->context->value);
	return stage->kind == JET_BASE_SCRATCH ? none : stage->base;
}

/* Is its first working directory "/"?  Any image may set another, and so make "target=."
 * a good mount.  But the bare systems are a tree and a shell, without WORKDIR. */
static bool begins_at_root(struct jet_str image)
{
	static const char *const systems[] = { "almalinux", "alpine", "amazonlinux", "archlinux",
		                               "busybox", "centos", "debian", "fedora",
		                               "oraclelinux", "rockylinux", "ubuntu", NULL };

	return !image.data || jet_reference_official(image, systems);
}

/* What a stage begins with. */
static int begin(struct jet_finder *f)
{
	static const char path[] = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";
	const struct jet_build_options *o = f->stages->options;
	const struct jet_stage *stage = f->stage;

	f->now->env.arena = &f->found->arena;
	f->now->env.hides_args = f->stages->dialect->hides_args;
	if (stage->kind == JET_BASE_STAGE) {
		const struct jet_outcome *base = &f->outcomes[stage->base_stage];

		jet_env_nest(&f->now->env, &base->env);
		f->now->workdir = base->workdir;
		f->now->image = base->image;
		return 0;
	}
	f->now->image = image_of(stage);
	if (begins_at_root(f->now->image))
		f->now->workdir = (struct jet_str){ "/", 1 };
	if (set(f, "PATH", (struct jet_str){ path, sizeof(path) - 1 }) < 0)
		return jet_fail_nomem(f->err);
	for (size_t i = 0; f->now->image.data && i < o->nenv; i++) {
		if (jet_env_set(&f->now->env, o->env[i].name, o->env[i].value, false) < 0)
			return jet_fail_nomem(f->err);
	}
	return 0;
}

static int do_stage(struct jet_finder *f)
{
	int rc = begin(f);

	/* What a named context takes the place of is never built. */
	if (f->stage->kind == JET_BASE_CONTEXT)
		return rc;
	for (size_t i = 0; rc == 0 && (f->in = jet_stage_in(f->stage, i)); i++) {
		f->trigger = i < f->stage->ntriggers;
		f->at = jet_stage_spot(f->stage, i);
		rc = do_instruction(f);
	}
	return rc;
}

int jet_sources_find(struct jet_stages *stages, struct jet_sources **out, struct jet_error *err)
{
	struct jet_sources *found = calloc(1, sizeof(*found));
	struct jet_finder f = { .stages = stages, .found = found, .err = err };
	int rc = 0;

	*out = NULL;
	if (!found)
		return jet_fail_nomem(err);
	f.noted.arena = &found->arena;
	f.outcomes = jet_arena_array(&found->arena, stages->n, sizeof(*f.outcomes));
	if (!f.outcomes)
		rc = jet_fail_nomem(err);
	for (size_t i = 0; rc == 0 && i < stages->n; i++) {
		f.stage = &stages->list[i];
		f.now = &f.outcomes[i];
		if (f.stage->reachable)
			rc = do_stage(&f);
	}
	if (rc == JET_E_NOMEM)
		jet_sources_free(found);
	else
		*out = found;
	return rc;
}

void jet_sources_free(struct jet_sources *s)
{
	if (!s)
		return;
	free(s->list);
	free(s->paths);
	free(s->unset);
	jet_arena_clear(&s->arena);
	free(s);
}
