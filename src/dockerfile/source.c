/* SPDX-License-Identifier: Apache-2.0 */
#include "dockerfile/source.h"

#include "base/buf.h"
#include "base/error.h"
#include "base/path.h"
#include "dockerfile/expand.h"
#include "dockerfile/mount.h"
#include "dockerfile/remote.h"
#include "dockerfile/words.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

/* What a stage leaves behind for those that build on it. */
struct outcome {
	struct jet_env env;
	struct jet_str workdir; /* data NULL: the external base image has one, maybe */
	struct jet_str image;   /* the external image at the bottom; data NULL: none */
};

struct finder {
	struct jet_stages *stages;
	struct jet_sources *found;
	struct jet_error *err;
	struct outcome *outcomes; /* by stage */
	struct jet_stage *stage;  /* at hand */
	struct outcome *now;
	const struct jet_instruction *in;
	struct jet_spot at;
	struct jet_env noted;     /* unset variables; value.len is the last line */
};

static int show(struct jet_str s)
{
	return s.len < 80 ? (int)s.len : 80;
}

static int fail(struct finder *f, int code, const char *what)
{
	return jet_fail_spot(f->err, code, f->stages->df->name, f->at, "%s", what);
}

static bool is_classic(const struct finder *f)
{
	return f->stages->options->builder == JET_BUILDER_CLASSIC ||
	       f->stages->options->builder == JET_BUILDER_CLASSIC_20_10;
}

/* ---- expansion ---------------------------------------------------------- */

static void note_unset(void *ctx, struct jet_str name)
{
	struct finder *f = ctx;
	struct jet_sources *s = f->found;
	const struct jet_var *noted;
	struct jet_unset_var *grown;

	if (!f->now->image.data)
		return;
	noted = jet_env_get(&f->noted, name);
	if (noted && noted->value.len == f->at.line)
		return;
	grown = jet_grow(s->unset, s->nunset, &s->unset_capacity, sizeof(*grown));
	if (!grown)
		return; /* a note less */
	s->unset = grown;
	name.data = jet_arena_dup(&s->arena, name.data, name.len);
	if (!name.data || jet_env_set(&f->noted, name, (struct jet_str){ "", f->at.line }, false) < 0)
		return;
	s->unset[s->nunset].name = name;
	s->unset[s->nunset].at = f->at;
	s->unset[s->nunset].image = f->now->image;
	s->nunset++;
}

static struct jet_expander expander(struct finder *f)
{
	const enum jet_builder builder = f->stages->options->builder;

	return (struct jet_expander){
		.env = &f->now->env,
		.arena = &f->found->arena,
		.escape = f->stages->df->escape,
		.work = &f->stages->work,
		.few_forms = builder == JET_BUILDER_CLASSIC_20_10 || builder == JET_BUILDER_BUILDAH,
		.bare_question = builder == JET_BUILDER_CLASSIC_20_10,
		.unset = note_unset,
		.ctx = f,
	};
}

static int told(struct finder *f, const struct jet_expander *x, struct jet_str word,
                enum jet_expanded rc)
{
	if (rc == JET_EXPAND_NOMEM)
		return jet_fail_nomem(f->err);
	if (rc == JET_EXPAND_OK)
		return 0;
	return jet_fail_spot(f->err, JET_E_EXPAND, f->stages->df->name, f->at,
	                     "failed to process \"%.*s\": %s", show(word), word.data, x->message);
}

static int expand(struct finder *f, struct jet_str word, struct jet_str *out)
{
	struct jet_expander x = expander(f);

	return told(f, &x, word, jet_expand(&x, word, out));
}

/* For what can fail but is not needed. */
static int expand_all(struct finder *f)
{
	int rc = 0;

	for (size_t i = 0; rc == 0 && i < f->in->nwords; i++) {
		struct jet_str unused;

		rc = expand(f, f->in->words[i].text, &unused);
	}
	return rc;
}

/* ---- ENV, ARG, WORKDIR -------------------------------------------------- */

/* All words see the scope as it was before the instruction. */
static int do_env(struct finder *f)
{
	const size_t n = f->in->nwords;
	struct jet_str *expanded = jet_arena_array(&f->found->arena, n, sizeof(*expanded));
	int rc = expanded ? 0 : jet_fail_nomem(f->err);

	for (size_t i = 0; rc == 0 && i < n; i++)
		rc = expand(f, f->in->words[i].text, &expanded[i]);
	for (size_t i = 0; rc == 0 && i + 1 < n; i += 2) {
		if (jet_env_set(&f->now->env, expanded[i], expanded[i + 1], false) < 0)
			rc = jet_fail_nomem(f->err);
	}
	return rc;
}

static int do_arg(struct finder *f)
{
	int rc = 0;

	for (size_t i = 0; rc == 0 && i < f->in->nwords; i++)
		rc = jet_arg_set(f->stages, &f->now->env, &f->in->words[i], &f->stages->global, f->err);
	if (rc < 0 && f->err)
		f->err->line = f->at.line;
	return rc;
}

static int join(struct finder *f, struct jet_str base, struct jet_str path, struct jet_str *out)
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

static int do_workdir(struct finder *f)
{
	struct jet_expander x = expander(f);
	struct jet_str path;
	int rc = expand(f, f->in->words[0].text, &path);

	if (rc < 0)
		return rc;
	if (!f->now->workdir.data && !(path.len && path.data[0] == '/'))
		return 0; /* relative to what nobody here knows */
	/* One below the other grows without end, too. */
	if (!jet_expand_spend(&x, (f->now->workdir.len + path.len) * 4))
		return fail(f, JET_E_EXPAND, "the working directory grows too large");
	return join(f, f->now->workdir.data ? f->now->workdir : (struct jet_str){ "", 0 }, path,
	            &f->now->workdir);
}

/* ---- sources ------------------------------------------------------------ */

static int add_path(struct finder *f, struct jet_str path)
{
	struct jet_sources *s = f->found;
	struct jet_str *grown = jet_grow(s->paths, s->npaths, &s->path_capacity, sizeof(*grown));

	if (!grown)
		return jet_fail_nomem(f->err);
	s->paths = grown;
	s->paths[s->npaths++] = path;
	return 0;
}

static int add_source(struct finder *f, struct jet_source source)
{
	struct jet_sources *s = f->found;
	struct jet_source *grown = jet_grow(s->list, s->n, &s->capacity, sizeof(*grown));
	struct jet_str path = { "", 0 };
	int rc;

	if (!grown)
		return jet_fail_nomem(f->err);
	s->list = grown;
	rc = join(f, (struct jet_str){ "", 0 }, source.text, &path);
	if (rc < 0)
		return rc;
	source.in = f->in;
	source.at = f->at;
	source.stage = f->stage->index;
	source.path = (struct jet_str){ path.data + 1, path.len - 1 };
	s->list[s->n++] = source;
	return source.context ? 0 : add_path(f, path);
}

static bool all_of(struct jet_str s, const char *set)
{
	for (size_t i = 0; i < s.len; i++) {
		if (!strchr(set, s.data[i]) || !s.data[i])
			return false;
	}
	return true;
}

/* "u+rwX,go=" and the like: who, operators, permissions. */
static bool is_symbolic_mode(struct jet_str s)
{
	return s.len && all_of(s, "ugoa+-=rwxXst,") &&
	       (memchr(s.data, '+', s.len) || memchr(s.data, '-', s.len) || memchr(s.data, '=', s.len));
}

static int check_chmod(struct finder *f)
{
	const struct jet_str flag = jet_instruction_flag(f->in, "chmod");
	struct jet_str mode, digits;
	int rc;

	if (!flag.data || !flag.len)
		return 0;
	rc = expand(f, flag, &mode);
	if (rc < 0 || !mode.len || is_symbolic_mode(mode))
		return rc;
	digits = mode;
	while (digits.len && digits.data[0] == '0') {
		digits.data++;
		digits.len--;
	}
	if (all_of(mode, "01234567") && digits.len <= 4)
		return 0;
	return jet_fail_spot(f->err, JET_E_OPTION, f->stages->df->name, f->at,
	                     "invalid chmod parameter: '%.*s': it should be an octal string between 0 "
	                     "and 07777", show(mode), mode.data);
}

static int check_checksum(struct finder *f, const struct jet_str *sources, size_t n)
{
	const struct jet_str flag = jet_instruction_flag(f->in, "checksum");
	struct jet_str value;
	int rc;

	if (!flag.data || !flag.len)
		return 0;
	rc = expand(f, flag, &value);
	if (rc < 0 || !value.len)
		return rc;
	if (n != 1)
		return fail(f, JET_E_OPTION, "checksum can't be specified for multiple sources");
	if (jet_remote_kind(sources[0]) == JET_REMOTE_NONE)
		return fail(f, JET_E_OPTION, "checksum requires HTTP(S) or Git sources");
	return 0;
}

static int find_excludes(struct finder *f, struct jet_source *source)
{
	struct jet_str *list = jet_arena_array(&f->found->arena, f->in->nflags, sizeof(*list));
	static const char exclude[] = "--exclude=";
	const size_t n = sizeof(exclude) - 1;

	if (!list)
		return jet_fail_nomem(f->err);
	source->excludes = list;
	for (size_t i = 0; i < f->in->nflags; i++) {
		const struct jet_str flag = f->in->flags[i].text;

		if (flag.len >= n && memcmp(flag.data, exclude, n) == 0)
			list[source->nexcludes++] = (struct jet_str){ flag.data + n, flag.len - n };
	}
	return 0;
}

/* Expands the words but those that open here-documents; @n: how many are left,
 * @destination not counted. */
static int expand_sources(struct finder *f, struct jet_str *out, size_t *n,
                          struct jet_str *destination)
{
	const struct jet_instruction *in = f->in;
	struct jet_heredoc doc;
	struct jet_str unused;
	int rc = 0;

	*n = 0;
	for (size_t i = 0; rc == 0 && i + 1 < in->nwords; i++) {
		int found = jet_heredoc_word(&f->found->arena, in->words[i].text, &doc);

		if (found < 0)
			return jet_fail_nomem(f->err);
		if (!found)
			rc = expand(f, in->words[i].text, &out[(*n)++]);
	}
	if (rc == 0)
		rc = expand(f, in->words[in->nwords - 1].text, destination);
	for (size_t i = 0; rc == 0 && i < in->nheredocs; i++) {
		struct jet_expander x = expander(f);

		x.text = true;
		x.escape = '\\';
		if (in->heredocs[i].expand)
			rc = told(f, &x, in->heredocs[i].body, jet_expand(&x, in->heredocs[i].body, &unused));
	}
	return rc;
}

static int check_from(struct finder *f, struct jet_str from, struct jet_source *source, bool *ours)
{
	size_t stage;
	enum jet_from_kind kind;

	*ours = true;
	if (!from.data || !from.len)
		return 0;
	kind = jet_stages_resolve(f->stages, from, source->kind == JET_SOURCE_COPY, &stage);
	*ours = kind == JET_FROM_CONTEXT;
	if (kind == JET_FROM_CONTEXT) {
		for (size_t i = f->stages->options->ncontexts; i-- > 0 && !source->context;) {
			const struct jet_pair *c = &f->stages->options->contexts[i];

			if (c->name.len == from.len && strncasecmp(c->name.data, from.data, from.len) == 0)
				source->context = c;
		}
	}
	if (kind != JET_FROM_STAGE || stage < f->stage->index)
		return 0;
	return jet_fail_spot(f->err, JET_E_STAGE, f->stages->df->name, f->at,
	                     "cannot copy from stage \"%.*s\", it needs to be defined before current "
	                     "stage \"%.*s\"", show(from), from.data,
	                     f->stage->name.data ? show(f->stage->name) : 0,
	                     f->stage->name.data ? f->stage->name.data : "");
}

static int add_word(struct finder *f, struct jet_source source, struct jet_str text)
{
	const enum jet_remote remote = jet_remote_kind(text);

	if (remote == JET_REMOTE_GIT && source.kind == JET_SOURCE_COPY)
		return fail(f, JET_E_OPTION, "source can't be a git ref for COPY");
	if (remote == JET_REMOTE_URL && source.kind == JET_SOURCE_COPY)
		return fail(f, JET_E_OPTION, "source can't be a URL for COPY");
	if (remote != JET_REMOTE_NONE)
		return 0;
	source.text = text;
	return add_source(f, source);
}

static int do_copy(struct finder *f)
{
	const bool is_copy = f->in->keyword == JET_KEYWORD_COPY;
	struct jet_source source = { .kind = is_copy ? JET_SOURCE_COPY : JET_SOURCE_ADD };
	struct jet_str *words = jet_arena_array(&f->found->arena, f->in->nwords, sizeof(*words));
	const struct jet_str chown = jet_instruction_flag(f->in, "chown");
	struct jet_str unused, destination = { "", 0 };
	size_t n = 0;
	bool ours = true;
	int rc = words ? 0 : jet_fail_nomem(f->err);

	if (rc == 0 && chown.data)
		rc = expand(f, chown, &unused);
	if (rc == 0)
		rc = expand_sources(f, words, &n, &destination);
	if (rc == 0 && n > 1 && is_classic(f) &&
	    (!destination.len || destination.data[destination.len - 1] != '/'))
		rc = fail(f, JET_E_OPTION, "with more than one source the classic builder wants a "
		                           "destination that ends with \"/\"");
	if (rc == 0 && is_copy)
		rc = check_from(f, jet_instruction_flag(f->in, "from"), &source, &ours);
	if (rc == 0)
		rc = check_chmod(f);
	if (rc == 0 && !is_copy)
		rc = check_checksum(f, words, n);
	source.parents = is_copy && jet_instruction_is(f->in, "parents");
	if (rc == 0)
		rc = find_excludes(f, &source);
	for (size_t i = 0; rc == 0 && ours && i < n; i++)
		rc = add_word(f, source, words[i]);
	return rc;
}

/* ---- RUN ---------------------------------------------------------------- */

static int check_target(struct finder *f, const struct jet_mount *m)
{
	struct jet_str target;
	int rc;

	if (m->type == JET_MOUNT_SECRET || m->type == JET_MOUNT_SSH)
		return 0;
	/* Where the base image's own directory is not known it is taken for "/",
	 * as most have it. */
	rc = join(f, f->now->workdir.data ? f->now->workdir : (struct jet_str){ "", 0 },
	          m->target.data ? m->target : (struct jet_str){ "", 0 }, &target);
	if (rc == 0 && target.len == 1)
		rc = fail(f, JET_E_OPTION, "invalid mount target \"/\"");
	return rc;
}

static int do_mount(struct finder *f, const struct jet_word *flag)
{
	struct jet_source source = { .kind = JET_SOURCE_BIND };
	struct jet_expander x = expander(f);
	struct jet_mount m;
	bool ours;
	int rc = jet_mount_parse(f->stages->df, flag, &x, &m, f->err);

	if (rc < 0) {
		if (f->err)
			f->err->line = f->at.line;
		return rc;
	}
	rc = check_from(f, m.from, &source, &ours);
	if (rc == 0)
		rc = check_target(f, &m);
	if (rc < 0 || !ours)
		return rc;
	source.text = m.source.data ? m.source : (struct jet_str){ "", 0 };
	if (m.type == JET_MOUNT_BIND)
		return add_source(f, source);
	/* A tmpfs needs nothing, but BuildKit asks for the whole context. */
	if (m.type == JET_MOUNT_TMPFS && !m.from.len)
		return add_path(f, (struct jet_str){ "/", 1 });
	return 0;
}

static int do_run(struct finder *f)
{
	static const char mount[] = "--mount=";
	int rc = 0;

	for (size_t i = 0; rc == 0 && i < f->in->nflags; i++) {
		const struct jet_str flag = f->in->flags[i].text;

		if (flag.len >= sizeof(mount) - 1 && memcmp(flag.data, mount, sizeof(mount) - 1) == 0)
			rc = do_mount(f, &f->in->flags[i]);
	}
	return rc;
}

/* ---- stages ------------------------------------------------------------- */

/* Flags that came with BuildKit; buildah knows some of them. */
static int check_dialect(struct finder *f)
{
	static const char *const neither[] = { "parents", "exclude", "link", "unpack", NULL };
	static const char *const not_classic[] = { "mount", "network", "security", "chmod",
		                                       "checksum", "keep-git-dir", NULL };
	const enum jet_builder builder = f->stages->options->builder;
	const char *builder_name = is_classic(f) ? "the classic builder" : "buildah";
	const char *missing = f->in->nheredocs ? "here-documents" : NULL;

	if (builder == JET_BUILDER_BUILDKIT)
		return 0;
	for (size_t i = 0; !missing && neither[i]; i++) {
		if (jet_instruction_flag(f->in, neither[i]).data)
			missing = neither[i];
	}
	for (size_t i = 0; !missing && is_classic(f) && not_classic[i]; i++) {
		if (jet_instruction_flag(f->in, not_classic[i]).data)
			missing = not_classic[i];
	}
	if (!missing)
		return 0;
	return jet_fail_spot(f->err, JET_E_OPTION, f->stages->df->name, f->at,
	                     "%s does not know %s%s: build with BuildKit", builder_name,
	                     f->in->nheredocs ? "" : "--", missing);
}

static int do_instruction(struct finder *f)
{
	int rc = check_dialect(f);

	if (rc < 0)
		return rc;
	switch (f->in->keyword) {
	case JET_KEYWORD_ADD:
	case JET_KEYWORD_COPY:
		return do_copy(f);
	case JET_KEYWORD_ARG:
		return do_arg(f);
	case JET_KEYWORD_ENV:
		return do_env(f);
	case JET_KEYWORD_RUN:
		return do_run(f);
	case JET_KEYWORD_WORKDIR:
		return do_workdir(f);
	case JET_KEYWORD_LABEL:
	case JET_KEYWORD_USER:
	case JET_KEYWORD_VOLUME:
	case JET_KEYWORD_STOPSIGNAL:
	case JET_KEYWORD_EXPOSE:
		return expand_all(f);
	default:
		return 0;
	}
}

static int set(struct finder *f, const char *name, struct jet_str value)
{
	return jet_env_set(&f->now->env, (struct jet_str){ name, strlen(name) }, value, false);
}

/* What a stage begins with. */
static int begin(struct finder *f)
{
	static const char path[] = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";
	const struct jet_build_options *o = f->stages->options;
	const struct jet_stage *stage = f->stage;

	f->now->env.arena = &f->found->arena;
	f->now->env.hides_args = o->builder != JET_BUILDER_BUILDKIT;
	if (stage->kind == JET_BASE_STAGE) {
		const struct outcome *base = &f->outcomes[stage->base_stage];

		if (jet_env_nest(&f->now->env, &base->env) < 0)
			return jet_fail_nomem(f->err);
		f->now->workdir = base->workdir;
		f->now->image = base->image;
		return 0;
	}
	if (stage->kind == JET_BASE_SCRATCH)
		f->now->workdir = (struct jet_str){ "/", 1 };
	else
		f->now->image = stage->base;
	if (set(f, "PATH", (struct jet_str){ path, sizeof(path) - 1 }) < 0)
		return jet_fail_nomem(f->err);
	for (size_t i = 0; stage->kind == JET_BASE_IMAGE && i < o->nenv; i++) {
		if (jet_env_set(&f->now->env, o->env[i].name, o->env[i].value, false) < 0)
			return jet_fail_nomem(f->err);
	}
	return 0;
}

static int do_stage(struct finder *f)
{
	int rc = begin(f);

	for (size_t i = 0; rc == 0 && (f->in = jet_stage_in(f->stage, i)); i++) {
		f->at = jet_stage_spot(f->stage, i);
		rc = do_instruction(f);
	}
	return rc;
}

int jet_sources_find(struct jet_stages *stages, struct jet_sources **out, struct jet_error *err)
{
	struct jet_sources *found = calloc(1, sizeof(*found));
	struct finder f = { .stages = stages, .found = found, .err = err };
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
	if (rc < 0)
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
