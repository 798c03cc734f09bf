/* SPDX-License-Identifier: Apache-2.0 */
#include "cli/build_args.h"

#include "base/buf.h"
#include "cli/build_options.h"

#include <stdlib.h>
#include <string.h>

/* ---- going through the words -------------------------------------------- */

struct scan {
	struct jet_build_args *args;
	enum jet_tool_kind kind;
	int argc, next;
	char **argv;
	char **operands;
	int noperands;
};

/* One option of a word. */
struct found {
	const struct jet_build_option *known; /* or NULL */
	const char *text, *value;
	bool joined;
};

/* What jettison's own parser calls it. */
static const char *our_name(const struct jet_build_option *k)
{
	if (strcmp(k->name, "ignorefile") == 0)
		return "ignore-file";
	return strcmp(k->name, "base-env") == 0 ? "env" : k->name;
}

/* buildx has a --builder too: the name of an instance, which is none of ours. */
static bool is_instance(const struct scan *s, const struct found *f)
{
	const bool docker = s->kind == JET_TOOL_DOCKER || s->kind == JET_TOOL_BUILDX;
	enum jet_builder builder;

	return docker && f->value && strcmp(f->known->name, "builder") == 0 &&
	       jet_builder_parse(f->value, &builder) < 0;
}

static int give_us(struct scan *s, const struct found *f)
{
	struct jet_build_args *a = s->args;
	const char *name = our_name(f->known);
	const size_t len = strlen(name), value_len = f->value ? strlen(f->value) : 0;
	char *word;

	/* -h is the short help, --help the long one. */
	if (f->known->letter == 'h' && f->text[1] != '-') {
		a->ours[a->nours] = jet_arena_dup(&a->arena, "-h", 2);
		return a->ours[a->nours++] ? 0 : JET_E_NOMEM;
	}
	word = jet_arena_alloc(&a->arena, len + value_len + 4);
	if (!word)
		return JET_E_NOMEM;
	memcpy(word, "--", 2);
	memcpy(word + 2, name, len);
	if (f->value) {
		word[2 + len] = '=';
		memcpy(word + 3 + len, f->value, value_len);
	}
	a->ours[a->nours++] = word;
	if (strcmp(name, "with") == 0)
		a->with = f->value;
	a->builder_given |= strcmp(name, "builder") == 0;
	a->nfiles += strcmp(name, "file") == 0;
	return 0;
}

/* What may be wrong with the words is told only when they are not good as they are. */
static void remember(struct jet_build_args *a, const struct found *f)
{
	if (f->known && f->known->flags & JET_OPTION_BEFORE && !a->before.text)
		a->before = (struct jet_build_word){ f->text, f->known->name, f->value, f->joined };
	if (!f->known && !f->value && !a->unknown_value)
		a->unknown = f->text;
}

static int give(struct scan *s, const struct found *f)
{
	struct jet_build_args *a = s->args;
	const unsigned flags = f->known ? f->known->flags : 0;
	const bool ours = flags & JET_OPTION_OURS && !is_instance(s, f);
	int rc = ours ? give_us(s, f) : 0;

	remember(a, f);
	if (!ours || !(flags & JET_OPTION_ALONE))
		a->theirs[a->ntheirs++] = (struct jet_build_word){
			.text = f->text, .name = f->known ? f->known->name : NULL,
			.value = f->value, .joined = f->joined,
		};
	return rc;
}

static int scan_long(struct scan *s, const char *word)
{
	const char *equals = strchr(word, '=');
	const size_t len = equals ? (size_t)(equals - word) - 2 : strlen(word + 2);
	struct found f = { jet_build_option_find(s->kind, word + 2, len, 0), word, NULL, equals != NULL };

	if (equals)
		f.value = equals + 1;
	else if (f.known && f.known->flags & JET_OPTION_VALUE && s->next < s->argc)
		f.value = s->argv[s->next++];
	return give(s, &f);
}

/* -qt NAME is -q -t NAME, -tNAME and -t=NAME are the same. */
static int scan_short(struct scan *s, const char *word)
{
	for (const char *c = word + 1; *c; c++) {
		const char text[2] = { '-', *c };
		struct found f = { jet_build_option_find(s->kind, NULL, 0, *c), NULL, NULL, false };
		const bool takes = f.known && f.known->flags & JET_OPTION_VALUE;
		int rc;

		f.text = jet_arena_dup(&s->args->arena, text, 2);
		if (!f.text)
			return JET_E_NOMEM;
		if (takes && c[1])
			f.value = c[1] == '=' ? c + 2 : c + 1;
		else if (takes && s->next < s->argc)
			f.value = s->argv[s->next++];
		rc = give(s, &f);
		if (rc < 0 || takes)
			return rc;
	}
	return 0;
}

static int scan_words(struct scan *s)
{
	bool options = true;

	while (s->next < s->argc) {
		char *word = s->argv[s->next++];
		int rc = 0;

		if (!options || word[0] != '-' || !word[1]) {
			if (s->args->unknown && !s->args->unknown_value)
				s->args->unknown_value = word;
			s->operands[s->noperands++] = word;
			continue;
		}
		if (!s->args->unknown_value)
			s->args->unknown = NULL;
		if (word[1] != '-')
			rc = scan_short(s, word);
		else if (word[2])
			rc = scan_long(s, word);
		else
			options = false;
		if (rc < 0)
			return rc;
	}
	return 0;
}

/* ---- sorting ------------------------------------------------------------ */

/* Letters of one word can be options of their own; and there may be "--" and a
 * platform. */
static size_t most_words(int argc, char **argv)
{
	size_t n = 2;

	for (int i = 0; i < argc; i++)
		n += argv[i][0] == '-' && argv[i][1] != '-' ? strlen(argv[i]) : 1;
	return n;
}

/* The value of an option that the builder gets, the last one. */
static const char *value_of(const struct jet_build_args *a, const char *name)
{
	for (size_t i = a->ntheirs; i--;) {
		if (a->theirs[i].name && strcmp(a->theirs[i].name, name) == 0)
			return a->theirs[i].value;
	}
	return NULL;
}

/* Where no --platform is given: buildah takes it in parts, docker from the environment. */
static int give_platform(struct jet_build_args *a, enum jet_tool_kind kind)
{
	const bool docker = kind == JET_TOOL_DOCKER || kind == JET_TOOL_BUILDX;
	const char *os = value_of(a, "os"), *arch = value_of(a, "arch"), *variant = NULL;
	struct jet_buf word = { 0 };
	int bad;

	if (value_of(a, "platform"))
		return 0;
	if (docker) {
		os = getenv("DOCKER_DEFAULT_PLATFORM");
		arch = NULL;
	} else if (arch) {
		os = os ? os : "linux";
		variant = value_of(a, "variant");
	}
	if (!os || !os[0])
		return 0;
	bad = jet_buf_printf(&word, "--platform=%s%s%s%s%s", os, arch ? "/" : "", arch ? arch : "",
	                     variant ? "/" : "", variant ? variant : "");
	if (!bad)
		a->ours[a->nours++] = jet_arena_dup(&a->arena, word.data, word.len);
	jet_buf_clear(&word);
	return bad || !a->ours[a->nours - 1] ? JET_E_NOMEM : 0;
}

int jet_build_args(struct jet_build_args *args, int argc, char **argv, enum jet_tool_kind kind)
{
	const size_t most = most_words(argc, argv);
	struct scan s = { .args = args, .kind = kind, .argc = argc, .argv = argv };
	int rc;

	args->ours = jet_arena_array(&args->arena, most, sizeof(*args->ours));
	args->theirs = jet_arena_array(&args->arena, most, sizeof(*args->theirs));
	s.operands = jet_arena_array(&args->arena, most, sizeof(*s.operands));
	if (!args->ours || !args->theirs || !s.operands)
		return JET_E_NOMEM;
	rc = scan_words(&s);
	if (rc == 0)
		rc = give_platform(args, kind);
	if (rc < 0 || !s.noperands)
		return rc;
	/* Behind "--", so that they stay operands. */
	args->ours[args->nours] = jet_arena_dup(&args->arena, "--", 2);
	if (!args->ours[args->nours++])
		return JET_E_NOMEM;
	for (int i = 0; i < s.noperands; i++)
		args->ours[args->nours++] = s.operands[i];
	return 0;
}

void jet_build_args_clear(struct jet_build_args *args)
{
	jet_arena_clear(&args->arena);
	*args = (struct jet_build_args){ 0 };
}
