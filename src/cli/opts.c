/* SPDX-License-Identifier: Apache-2.0 */
#include "cli/opts.h"

#include "base/error.h"

#include <stdlib.h>
#include <string.h>

/* ---- the nearest word --------------------------------------------------- */

enum { WORD_MAX = 31 }; /* longer words are no slips of the finger */

static size_t least(size_t a, size_t b, size_t c)
{
	size_t ab = a < b ? a : b;

	return ab < c ? ab : c;
}

/* Optimal string alignment; both words have at most WORD_MAX letters. */
static size_t distance(const char *a, const char *b)
{
	size_t d[WORD_MAX + 1][WORD_MAX + 1];
	const size_t n = strlen(a), m = strlen(b);

	for (size_t i = 0; i <= n; i++) {
		for (size_t j = 0; j <= m; j++) {
			if (!i || !j) {
				d[i][j] = i + j;
				continue;
			}
			d[i][j] = least(d[i - 1][j] + 1, d[i][j - 1] + 1,
			                d[i - 1][j - 1] + (a[i - 1] != b[j - 1]));
			if (i > 1 && j > 1 && a[i - 1] == b[j - 2] &&
			    a[i - 2] == b[j - 1] && d[i - 2][j - 2] + 1 < d[i][j])
				d[i][j] = d[i - 2][j - 2] + 1;
		}
	}
	return d[n][m];
}

const char *jet_nearest(const char *word, const char *const *known, size_t n)
{
	const char *best = NULL;
	size_t best_distance = strlen(word) / 3 + 1;

	if (strlen(word) > WORD_MAX)
		return NULL;
	for (size_t i = 0; i < n; i++) {
		size_t d;

		if (!known[i] || strlen(known[i]) > WORD_MAX)
			continue;
		d = distance(word, known[i]);
		/* Everything changed is no likeness, however short the word. */
		if (d > best_distance || d >= strlen(known[i]) || (best && d == best_distance))
			continue;
		best = known[i];
		best_distance = d;
	}
	return best;
}

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
			if (!o->name || strlen(o->name) != len || memcmp(o->name, word, len) != 0)
				continue;
			if (!o->arg && equals)
				return jet_fail(p->err, JET_E_ARG, NULL,
				                "option --%s takes no value", o->name);
			if (o->arg && !equals && p->next >= p->argc)
				return jet_fail(p->err, JET_E_ARG, NULL,
				                "option --%s needs a value: %s", o->name, o->arg);
			return store(p, t, o,
			             !o->arg  ? NULL
			             : equals ? equals + 1
			                      : p->argv[p->next++]);
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

int jet_set_later(void *field, const char *value, struct jet_error *err)
{
	(void)field;
	(void)value;
	return jet_fail(err, JET_E_ARG, NULL, "is not there yet");
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
		return jet_fail(err, JET_E_ARG, NULL,
		                "\"needed\" is not there yet: use --scope context");
	if (strcmp(value, "context") == 0)
		*scope = JET_SCOPE_CONTEXT;
	else if (strcmp(value, "tree") == 0)
		*scope = JET_SCOPE_TREE;
	else
		return jet_fail(err, JET_E_ARG, NULL, "knows no \"%.60s\": use context or tree",
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
	  "the Dockerfile, relative to the current directory; - is standard input "
	  "[CONTEXT/Dockerfile]" },
	{ 0, "builder", "NAME", FIELD(builder), set_builder,
	  "whose rules: buildkit, classic, classic-20.10 or buildah [buildkit]" },
	{ 0, "ignore-file", "FILE", FIELD(ignore_file), jet_set_text,
	  "use this ignore file, not the one the builder would find" },
	{ 0, "scope", "SCOPE", FIELD(scope), set_scope,
	  "context: all that the ignore file lets through; tree: everything [context]" },
	{ 'j', "jobs", "N", FIELD(jobs), set_jobs,
	  "threads; the output never depends on it" },
	{ 0, "color", "WHEN", FIELD(color), set_color, "auto, always or never [auto]" },
	{ 'q', "quiet", NULL, FIELD(quiet), jet_set_flag, "no summary and no notes" },
	{ 'v', "verbose", NULL, FIELD(verbose), jet_set_flag,
	  "say which files were used, and sum up in any case" },
	{ 'h', NULL, NULL, FIELD(help), set_help_short, "short help" },
	{ 0, "help", NULL, FIELD(help), set_help_long, "long help with examples" },
	/* These need the Dockerfile to be understood. */
	{ 0, "target", "STAGE", 0, jet_set_later, NULL },
	{ 0, "build-arg", "K=V", 0, jet_set_later, NULL },
	{ 0, "build-context", "NAME=VALUE", 0, jet_set_later, NULL },
	{ 0, "platform", "OS/ARCH", 0, jet_set_later, NULL },
	{ 0 },
};
