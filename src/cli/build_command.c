/* SPDX-License-Identifier: Apache-2.0 */
#include "cli/build_command.h"

#include "base/error.h"

#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

/** struct maker - argv as it grows. */
struct maker {
	const struct jet_build_command *command;
	struct jet_arena *arena;
	struct jet_texts words;
	bool nomem;
};

/* All texts are joined. */
static void put_joined(struct maker *m, const char *first, ...)
{
	struct jet_buf word = { 0 };
	const char *text, **grown;
	va_list ap;

	va_start(ap, first);
	for (text = first; text; text = va_arg(ap, const char *))
		m->nomem |= jet_buf_text(&word, text) < 0;
	va_end(ap);
	grown = jet_grow(m->words.items, m->words.n, &m->words.capacity, sizeof(*grown));
	if (grown) {
		m->words.items = grown;
		grown[m->words.n] = jet_arena_dup(m->arena, word.data ? word.data : "", word.len);
		m->nomem |= !grown[m->words.n++];
	}
	m->nomem |= !grown;
	jet_buf_clear(&word);
}

static void put(struct maker *m, const char *word)
{
	put_joined(m, word, (char *)NULL);
}

static void put_as_written(struct maker *m, const struct jet_build_word *w)
{
	put(m, w->text);
	if (w->value && !w->joined)
		put(m, w->value);
}

/* ---- docker, podman, buildah -------------------------------------------- */

static void put_build(struct maker *m)
{
	const struct jet_build_command *c = m->command;

	if (c->tool->kind == JET_TOOL_BUILDX)
		put(m, "buildx");
	put(m, c->tool->kind == JET_TOOL_BUILDAH ? "bud" : "build");
	for (size_t i = 0; i < c->args->ntheirs; i++)
		put_as_written(m, &c->args->theirs[i]);
	if (c->dockerfile) {
		put(m, "-f");
		put(m, c->dockerfile);
	}
	if (c->ignore_file) {
		put(m, "--ignorefile");
		put(m, c->ignore_file);
	}
	put(m, c->context);
}

/* ---- buildctl ----------------------------------------------------------- */

static void put_opt(struct maker *m, const char *name, const char *value)
{
	put(m, "--opt");
	put_joined(m, name, value, (char *)NULL);
}

/* A value that docker would take from the environment; without one there is none. */
static void put_build_arg(struct maker *m, const char *option, const char *arg)
{
	const char *value = strchr(arg, '=') ? "" : getenv(arg);

	if (!value)
		return;
	put(m, "--opt");
	put_joined(m, option, arg, strchr(arg, '=') ? "" : "=", value, (char *)NULL);
}

/* A directory goes another way than an image or a URL. */
static void put_build_context(struct maker *m, const char *option, const char *pair)
{
	const char *equals = strchr(pair, '=');
	char *name = equals ? jet_arena_dup(m->arena, pair, (size_t)(equals - pair)) : NULL;

	if (!name) {
		m->nomem |= equals != NULL;
		put_opt(m, option, pair);
	} else if (strstr(equals + 1, "://")) {
		put_opt(m, option, pair);
	} else {
		put(m, "--local");
		put(m, pair);
		put(m, "--opt");
		put_joined(m, option, name, "=local:", name, (char *)NULL);
	}
}

/* docker takes the bare name of an image for a cache. */
static void put_cache(struct maker *m, const char *option, const char *value)
{
	put(m, option);
	put_joined(m, strchr(value, '=') ? "" : "type=registry,ref=", value, (char *)NULL);
}

/* All values of an option in one, with commas between. */
static const char *all_of(struct maker *m, const char *name, bool *any)
{
	const struct jet_build_args *a = m->command->args;
	struct jet_buf list = { 0 };
	char *text;

	*any = false;
	for (size_t i = 0; i < a->ntheirs; i++) {
		const struct jet_build_word *w = &a->theirs[i];

		if (!w->name || !w->value || strcmp(w->name, name) != 0)
			continue;
		m->nomem |= (*any && jet_buf_byte(&list, ',') < 0) || jet_buf_text(&list, w->value) < 0;
		*any = true;
	}
	text = jet_arena_dup(m->arena, list.data ? list.data : "", list.len);
	m->nomem |= !text;
	jet_buf_clear(&list);
	return text ? text : "";
}

static void put_option(struct maker *m, const char *option, const char *value)
{
	put(m, option);
	put(m, value);
}

/* Goes in with all others of its name, elsewhere. */
static void put_nothing(struct maker *m, const char *option, const char *value)
{
	(void)m;
	(void)option;
	(void)value;
}

/* What docker's options with a value are for buildctl. */
static const struct {
	const char *name;
	void (*put)(struct maker *m, const char *option, const char *value);
	const char *option;
} translated[] = {
	{ "tag", put_nothing, NULL },
	{ "platform", put_nothing, NULL },
	{ "target", put_opt, "target=" },
	{ "build-arg", put_build_arg, "build-arg:" },
	{ "build-context", put_build_context, "context:" },
	{ "label", put_opt, "label:" },
	{ "network", put_opt, "force-network-mode=" },
	{ "cgroup-parent", put_opt, "cgroup-parent=" },
	{ "cache-from", put_cache, "--import-cache" },
	{ "cache-to", put_cache, "--export-cache" },
	{ "output", put_option, "--output" },
};

static void put_translated(struct maker *m, const struct jet_build_word *w)
{
	for (size_t i = 0; w->name && w->value && i < sizeof(translated) / sizeof(translated[0]); i++) {
		if (strcmp(translated[i].name, w->name) == 0) {
			translated[i].put(m, translated[i].option, w->value);
			return;
		}
	}
	if (strcmp(w->text, "--pull") == 0)
		put_opt(m, "image-resolve-mode=", "pull");
	else if (w->name && strcmp(w->name, "quiet") == 0)
		put(m, "--progress=quiet");
	else
		put_as_written(m, w);
}

/* Names of the image are part of what to do with it. */
static int put_tags(struct maker *m, struct jet_error *err)
{
	bool tagged, has_output;
	const char *tags = all_of(m, "tag", &tagged);

	all_of(m, "output", &has_output);
	if (!tagged)
		return 0;
	if (has_output)
		return jet_fail(err, JET_E_ARG, NULL, "buildctl takes the name of an image with its output: "
		                "--output type=...,name=%.100s instead of --tag", tags);
	put(m, "--output");
	/* A value with commas is in quotes there. */
	put_joined(m, "type=image,", strchr(tags, ',') ? "\"" : "", "name=", tags,
	           strchr(tags, ',') ? "\"" : "", (char *)NULL);
	return 0;
}

static int put_buildctl(struct maker *m, struct jet_error *err)
{
	const struct jet_build_command *c = m->command;
	const char *slash = c->dockerfile ? strrchr(c->dockerfile, '/') : NULL;
	bool any;
	const char *platforms = all_of(m, "platform", &any);

	put(m, "build");
	put(m, "--frontend");
	put(m, "dockerfile.v0");
	put(m, "--local");
	put_joined(m, "context=", c->context, (char *)NULL);
	put(m, "--local");
	if (slash) {
		const size_t len = (size_t)(slash - c->dockerfile);
		const char *dir = jet_arena_dup(m->arena, c->dockerfile, len ? len : 1);

		m->nomem |= !dir;
		put_joined(m, "dockerfile=", dir ? dir : "", (char *)NULL);
	} else {
		put(m, c->dockerfile ? "dockerfile=." : "dockerfile=");
	}
	if (c->dockerfile)
		put_opt(m, "filename=", slash ? slash + 1 : c->dockerfile);
	if (any)
		put_opt(m, "platform=", platforms);
	for (size_t i = 0; i < c->args->ntheirs; i++)
		put_translated(m, &c->args->theirs[i]);
	return put_tags(m, err);
}

/* ---- all of them -------------------------------------------------------- */

/* The end, and a place that nobody frees but the arena. */
static int finish(struct maker *m, char ***words)
{
	char **all = jet_arena_array(m->arena, m->words.n + 1, sizeof(*all));

	if (!all || m->nomem)
		return JET_E_NOMEM;
	memcpy(all, m->words.items, m->words.n * sizeof(*all));
	*words = all;
	return 0;
}

int jet_build_command_words(const struct jet_build_command *command, struct jet_arena *arena,
                            char ***words, struct jet_error *err)
{
	struct maker m = { .command = command, .arena = arena };
	int rc = 0;

	put(&m, command->tool->name);
	for (size_t i = 0; i < command->globals->n; i++)
		put(&m, command->globals->items[i]);
	if (command->tool->kind == JET_TOOL_BUILDCTL)
		rc = put_buildctl(&m, err);
	else
		put_build(&m);
	if (rc == 0 && finish(&m, words) < 0)
		rc = jet_fail_nomem(err);
	free(m.words.items);
	return rc;
}

int jet_shell_word(struct jet_buf *buf, const char *word)
{
	static const char plain[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789"
	                            "_@%+=:,./-";
	int bad;

	if (word[0] && !word[strspn(word, plain)])
		return jet_buf_text(buf, word);
	bad = jet_buf_byte(buf, '\'');
	for (; *word && !bad; word++)
		bad = *word == '\'' ? jet_buf_text(buf, "'\\''") : jet_buf_byte(buf, *word);
	return bad ? bad : jet_buf_byte(buf, '\'');
}
