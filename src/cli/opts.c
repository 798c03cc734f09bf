/* SPDX-License-Identifier: Apache-2.0 */
#include "cli/opts.h"

#include "base/buf.h"
#include "base/error.h"
#include "base/nearest.h"

#include <stdlib.h>
#include <string.h>

enum { WORD_MAX = 31 }; /* longer words are no slips of the finger */

/* ---- parsing ------------------------------------------------------------ */

struct parser {
	const struct jet_option_table *tables;
	int argc, next; /* next: word to read */
	char **argv;
	struct jet_error *err;
};

static int fail_unknown(struct parser *p, const char *word, size_t len)
{
	const char *known[64];
	const char *nearest;
	char name[WORD_MAX + 1];
	size_t n = 0;

	for (const struct jet_option_table *t = p->tables; t->title; t++) {
		for (const struct jet_option *o = t->options; o->set; o++) {
			if (n < sizeof(known) / sizeof(known[0]))
				known[n++] = o->name;
		}
	}
	if (len <= WORD_MAX) {
		memcpy(name, word, len);
		name[len] = '\0';
		nearest = jet_nearest(name, known, n);
		if (nearest)
			return jet_fail(p->err, JET_E_ARG, NULL,
			                "unknown option --%s, did you mean --%s?", name, nearest);
	}
	return jet_fail(p->err, JET_E_ARG, NULL, "unknown option --%.*s (see --help)",
	                (int)(len < 100 ? len : 100), word);
}

static void *field_of(const struct jet_option_table *table, const struct jet_option *option)
{
	return (char *)table->fields + option->offset;
}

/* Prefixes the message of a setter with the option it is about. */
static int store(struct parser *p, const struct jet_option_table *table,
                 const struct jet_option *option, const char *value)
{
	struct jet_error why = { 0 };

	if (option->set(field_of(table, option), value, &why) == 0)
		return 0;
	if (option->name)
		return jet_fail(p->err, JET_E_ARG, NULL, "option --%s %s", option->name,
		                why.message);
	return jet_fail(p->err, JET_E_ARG, NULL, "option -%c %s", option->letter, why.message);
}

static int parse_long(struct parser *p, const char *word)
{
	const char *equals = strchr(word, '=');
	const size_t len = equals ? (size_t)(equals - word) : strlen(word);

	for (const struct jet_option_table *t = p->tables; t->title; t++) {
		for (const struct jet_option *o = t->options; o->set; o++) {
			const bool optional = o->arg && o->arg[0] == '[';

			if (!o->name || strlen(o->name) != len || memcmp(o->name, word, len) != 0)
				continue;
			if (!o->arg && equals)
				return jet_fail(p->err, JET_E_ARG, NULL,
				                "option --%s takes no value", o->name);
			if (o->arg && !optional && !equals && p->next >= p->argc)
				return jet_fail(p->err, JET_E_ARG, NULL,
				                "option --%s needs a value: %s", o->name, o->arg);
			return store(p, t, o,
			             equals               ? equals + 1
			             : o->arg && !optional ? p->argv[p->next++]
			                                   : NULL);
		}
	}
	return fail_unknown(p, word, len);
}

static const struct jet_option *find_short(const struct parser *p, char letter,
                                           const struct jet_option_table **table)
{
	for (*table = p->tables; (*table)->title; (*table)++) {
		for (const struct jet_option *o = (*table)->options; o->set; o++) {
			if (o->letter == letter)
				return o;
		}
	}
	return NULL;
}

static int parse_short(struct parser *p, const char *letters)
{
	for (; *letters; letters++) {
		const struct jet_option_table *table;
		const struct jet_option *o = find_short(p, *letters, &table);
		int rc;

		if (!o)
			return jet_fail(p->err, JET_E_ARG, NULL, "unknown option -%c (see --help)",
			                *letters);
		if (!o->arg) {
			rc = store(p, table, o, NULL);
			if (rc < 0)
				return rc;
			continue;
		}
		if (letters[1])
			return store(p, table, o, letters + 1);
		if (p->next >= p->argc)
			return jet_fail(p->err, JET_E_ARG, NULL, "option -%c needs a value: %s",
			                *letters, o->arg);
		return store(p, table, o, p->argv[p->next++]);
	}
	return 0;
}

int jet_opts_parse(const struct jet_option_table *tables, int argc, char **argv,
                   int *operands, struct jet_error *err)
{
	struct parser p = { tables, argc, 0, argv, err };
	bool options = true;

	*operands = 0;
	while (p.next < argc) {
		char *word = argv[p.next++];
		int rc = 0;

		if (!options || word[0] != '-' || !word[1])
			argv[(*operands)++] = word;
		else if (word[1] != '-')
			rc = parse_short(&p, word + 1);
		else if (word[2])
			rc = parse_long(&p, word + 2);
		else
			options = false;
		if (rc < 0)
			return rc;
	}
	return 0;
}

/* ---- values ------------------------------------------------------------- */

int jet_set_flag(void *field, const char *value, struct jet_error *err)
{
	(void)value;
	(void)err;
	*(bool *)field = true;
	return 0;
}

int jet_set_text(void *field, const char *value, struct jet_error *err)
{
	if (!value[0])
		return jet_fail(err, JET_E_ARG, NULL, "needs a value that is not empty");
	*(const char **)field = value;
	return 0;
}

int jet_set_more(void *field, const char *value, struct jet_error *err)
{
	struct jet_texts *texts = field;
	const char **grown;

	if (!value[0])
		return jet_fail(err, JET_E_ARG, NULL, "needs a value that is not empty");
	grown = jet_grow(texts->items, texts->n, &texts->capacity, sizeof(*grown));
	if (!grown)
		return jet_fail(err, JET_E_ARG, NULL, "does not fit: out of memory");
	texts->items = grown;
	texts->items[texts->n++] = value;
	return 0;
}

/* NAME=VALUE, where only the value may be empty. */
static int set_pair(void *field, const char *value, struct jet_error *err)
{
	const char *equals = strchr(value, '=');

	if (!equals || equals == value)
		return jet_fail(err, JET_E_ARG, NULL, "needs NAME=VALUE, not \"%.60s\"", value);
	return jet_set_more(field, value, err);
}

static int set_arg(void *field, const char *value, struct jet_error *err)
{
	return strchr(value, '=') ? set_pair(field, value, err) : jet_set_more(field, value, err);
}

void jet_context_options_clear(struct jet_context_options *o)
{
	free(o->platforms.items);
	free(o->args.items);
	free(o->contexts.items);
	free(o->env.items);
}

static int set_builder(void *field, const char *value, struct jet_error *err)
{
	static const enum jet_builder all[] = { JET_BUILDER_BUILDKIT, JET_BUILDER_CLASSIC,
		                                JET_BUILDER_CLASSIC_20_10, JET_BUILDER_BUILDAH };
	enum { N = sizeof(all) / sizeof(all[0]) };
	const char *names[N];
	const char *nearest;

	if (jet_builder_parse(value, field) == 0)
		return 0;
	for (size_t i = 0; i < N; i++)
		names[i] = jet_builder_name(all[i]);
	nearest = jet_nearest(value, names, N);
	if (nearest)
		return jet_fail(err, JET_E_ARG, NULL, "knows no \"%.60s\", did you mean %s?", value,
		                nearest);
	return jet_fail(err, JET_E_ARG, NULL, "knows no \"%.60s\": use %s, %s, %s or %s", value,
	                names[0], names[1], names[2], names[3]);
}

static int set_scope(void *field, const char *value, struct jet_error *err)
{
	enum jet_scope *scope = field;

	if (strcmp(value, "needed") == 0)
		*scope = JET_SCOPE_NEEDED;
	else if (strcmp(value, "context") == 0)
		*scope = JET_SCOPE_CONTEXT;
	else if (strcmp(value, "tree") == 0)
		*scope = JET_SCOPE_TREE;
	else
		return jet_fail(err, JET_E_ARG, NULL, "knows no \"%.60s\": use needed, context or tree",
		                value);
	return 0;
}

static int set_color(void *field, const char *value, struct jet_error *err)
{
	static const char *const names[] = { "auto", "always", "never" };

	for (int i = 0; i < 3; i++) {
		if (strcmp(value, names[i]) == 0) {
			*(enum jet_color *)field = (enum jet_color)i;
			return 0;
		}
	}
	return jet_fail(err, JET_E_ARG, NULL, "knows no \"%.60s\": use auto, always or never",
	                value);
}

static int set_jobs(void *field, const char *value, struct jet_error *err)
{
	char *end;
	unsigned long n = strtoul(value, &end, 10);

	if (value[0] < '0' || value[0] > '9' || *end || n < 1 || n > 1024)
		return jet_fail(err, JET_E_ARG, NULL, "needs a number from 1 to 1024, not \"%.60s\"",
		                value);
	*(unsigned *)field = (unsigned)n;
	return 0;
}

static int set_help_short(void *field, const char *value, struct jet_error *err)
{
	(void)value;
	(void)err;
	*(enum jet_help_wanted *)field = JET_HELP_SHORT;
	return 0;
}

static int set_help_long(void *field, const char *value, struct jet_error *err)
{
	(void)value;
	(void)err;
	*(enum jet_help_wanted *)field = JET_HELP_LONG;
	return 0;
}

#define FIELD(name) offsetof(struct jet_context_options, name)

const struct jet_option jet_context_table[] = {
	{ 'f', "file", "FILE", FIELD(file), jet_set_text,
	  "the Dockerfile, relative to the current directory, or in an archive; - is standard "
	  "input [CONTEXT/Dockerfile]" },
	{ 0, "builder", "NAME", FIELD(builder), set_builder,
	  "whose rules: buildkit, classic, classic-20.10 or buildah [buildkit]" },
	{ 0, "ignore-file", "FILE", FIELD(ignore_file), jet_set_text,
	  "use this ignore file, not the one the builder would find" },
	{ 0, "scope", "SCOPE", FIELD(scope), set_scope,
	  "needed: what COPY, ADD and RUN mounts read; context: all that the ignore file lets "
	  "through; tree: everything [needed]" },
	{ 0, "target", "STAGE", FIELD(target), jet_set_text, "the stage to build [the last]" },
	{ 0, "build-arg", "K[=V]", FIELD(args), set_arg,
	  "a build argument; without =V it comes from the environment" },
	{ 0, "build-context", "NAME=DIR", FIELD(contexts), set_pair,
	  "a named context: the tree that COPY --from=NAME reads" },
	{ 0, "platform", "OS/ARCH", FIELD(platforms), jet_set_more,
	  "repeatable: the needs of all are united [this machine's]" },
	{ 0, "env", "K=V", FIELD(env), set_pair,
	  "what an external base image sets, where the Dockerfile uses it" },
	{ 'j', "jobs", "N", FIELD(jobs), set_jobs,
	  "threads; the output never depends on it" },
	{ 0, "color", "WHEN", FIELD(color), set_color, "auto, always or never [auto]" },
	{ 'q', "quiet", NULL, FIELD(quiet), jet_set_flag, "no summary and no notes" },
	{ 'v', "verbose", NULL, FIELD(verbose), jet_set_flag,
	  "say which files were used, and sum up in any case" },
	{ 'h', NULL, NULL, FIELD(help), set_help_short, "short help" },
	{ 0, "help", NULL, FIELD(help), set_help_long, "long help with examples" },
	{ 0 },
};

const struct jet_option jet_help_table[] = {
	{ 'h', NULL, NULL, 0, set_help_short, "short help" },
	{ 0, "help", NULL, 0, set_help_long, "long help with examples" },
	{ 0 },
};
