/* SPDX-License-Identifier: Apache-2.0 */
#include "base/nearest.h"
#include "cli/opts.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <string.h>

struct fields {
	bool flag, other;
	const char *text, *output;
};

static const struct jet_option own[] = {
	{ 'a', "all", NULL, offsetof(struct fields, flag), jet_set_flag, "a flag" },
	{ 'b', NULL, NULL, offsetof(struct fields, other), jet_set_flag, "only a letter" },
	{ 't', "text", "TEXT", offsetof(struct fields, text), jet_set_text, "takes a value" },
	{ 'o', "output", "FILE", offsetof(struct fields, output), jet_set_text, "takes one too" },
	{ 0 },
};

/* Parses words separated by spaces: "" gives none, "''" an empty one. */
struct parsed {
	struct fields f;
	struct jet_context_options c;
	char words[256];
	char *argv[16];
	int argc, operands, rc;
	struct jet_error err;
};

static void parse(struct parsed *p, const char *line)
{
	const struct jet_option_table tables[] = {
		{ "Options", own, &p->f }, { "Context", jet_context_table, &p->c }, { NULL, NULL, NULL },
	};

	memset(p, 0, sizeof(*p));
	snprintf(p->words, sizeof(p->words), "%s", line);
	for (char *word = p->words; *word;) {
		char *space = strchr(word, ' ');

		if (space)
			*space = '\0';
		p->argv[p->argc++] = strcmp(word, "''") == 0 ? word + 2 : word;
		word = space ? space + 1 : word + strlen(word);
	}
	p->rc = jet_opts_parse(tables, p->argc, p->argv, &p->operands, &p->err);
}

static const char *shown(const char *text)
{
	return text ? text : "-";
}

Test(opts, every_form_of_an_option_is_understood)
{
	/* flag, other, text, output, operands */
	static const char *const rows[][2] = {
		{ "", "0 0 - -" },
		{ "x y", "0 0 - - x y" },
		{ "-a", "1 0 - -" },
		{ "--all", "1 0 - -" },
		{ "-ab", "1 1 - -" },
		{ "-tX", "0 0 X -" },
		{ "-t X", "0 0 X -" },
		{ "-t=X", "0 0 =X -" },
		{ "--text=X", "0 0 X -" },
		{ "--text X", "0 0 X -" },
		{ "--text=a=b", "0 0 a=b -" },
		{ "--text -a", "0 0 -a -" },
		{ "--text --", "0 0 -- -" },
		{ "-abtX", "1 1 X -" },
		{ "-bat X y", "1 1 X - y" },
		{ "-ta -o b", "0 0 a b" },
		{ "--text=1 --text=2", "0 0 2 -" },
		/* operands and options may be mixed */
		{ "x -a y --text X z", "1 0 X - x y z" },
		{ "-", "0 0 - - -" },
		{ "-t -", "0 0 - -" },
		{ "''", "0 0 - - " },
		{ "-- -a", "0 0 - - -a" },
		{ "x -- --text --", "0 0 - - x --text --" },
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct parsed p;
		char got[128];
		int n;

		parse(&p, rows[i][0]);
		cr_expect_eq(p.rc, 0, "\"%s\": %s", rows[i][0], p.err.message);
		n = snprintf(got, sizeof(got), "%d %d %s %s", p.f.flag, p.f.other, shown(p.f.text),
		             shown(p.f.output));
		for (int k = 0; k < p.operands; k++)
			n += snprintf(got + n, sizeof(got) - (size_t)n, " %s", p.argv[k]);
		cr_expect_str_eq(got, rows[i][1], "\"%s\" gives \"%s\"", rows[i][0], got);
	}
}

Test(opts, what_is_wrong_is_said_with_what_would_be_right)
{
	static const char *const rows[][2] = {
		{ "--al", "unknown option --al, did you mean --all?" },
		{ "--txet=X", "unknown option --txet, did you mean --text?" },
		{ "--quite", "unknown option --quite, did you mean --quiet?" },
		{ "--zzzzzz", "unknown option --zzzzzz (see --help)" },
		{ "-x", "unknown option -x (see --help)" },
		{ "-ax", "unknown option -x (see --help)" },
		{ "--all=1", "option --all takes no value" },
		{ "--text", "option --text needs a value: TEXT" },
		{ "-t", "option -t needs a value: TEXT" },
		{ "-at", "option -t needs a value: TEXT" },
		{ "--text=", "option --text needs a value that is not empty" },
		{ "-t ''", "option --text needs a value that is not empty" },
		{ "--target=", "option --target needs a value that is not empty" },
		{ "--builder=buildkid",
		  "option --builder knows no \"buildkid\", did you mean buildkit?" },
		{ "--builder=x",
		  "option --builder knows no \"x\": use buildkit, classic, classic-20.10 or buildah" },
		{ "--scope=all", "option --scope knows no \"all\": use needed, context or tree" },
		{ "--color=red", "option --color knows no \"red\": use auto, always or never" },
		{ "-j0", "option --jobs needs a number from 1 to 1024, not \"0\"" },
		{ "-j1025", "option --jobs needs a number from 1 to 1024, not \"1025\"" },
		{ "-j1x", "option --jobs needs a number from 1 to 1024, not \"1x\"" },
		{ "-j-1", "option --jobs needs a number from 1 to 1024, not \"-1\"" },
		{ "-j99999999999999999999",
		  "option --jobs needs a number from 1 to 1024, not \"99999999999999999999\"" },
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct parsed p;

		parse(&p, rows[i][0]);
		cr_expect_eq(p.rc, JET_E_ARG, "\"%s\"", rows[i][0]);
		cr_expect_eq(p.err.code, JET_E_ARG, "\"%s\"", rows[i][0]);
		cr_expect_str_eq(p.err.message, rows[i][1], "\"%s\" gives %s", rows[i][0], p.err.message);
	}
}

Test(opts, a_long_unknown_option_is_cut)
{
	struct parsed p;
	char line[250];

	memset(line, 'x', sizeof(line));
	memcpy(line, "--", 2);
	line[240] = '\0';
	parse(&p, line);
	cr_expect_eq(p.rc, JET_E_ARG);
	cr_expect_eq(strlen(p.err.message), strlen("unknown option -- (see --help)") + 100);
}

Test(opts, a_context_has_its_options)
{
	struct parsed p;

	parse(&p, "-f D --builder=buildah --ignore-file I --scope tree --color never -j 8 -qv --help");
	cr_assert_eq(p.rc, 0, "%s", p.err.message);
	cr_expect_str_eq(p.c.file, "D");
	cr_expect_str_eq(p.c.ignore_file, "I");
	cr_expect_eq(p.c.builder, JET_BUILDER_BUILDAH);
	cr_expect_eq(p.c.scope, JET_SCOPE_TREE);
	cr_expect_eq(p.c.color, JET_COLOR_NEVER);
	cr_expect_eq(p.c.jobs, 8);
	cr_expect(p.c.quiet && p.c.verbose);
	cr_expect_eq(p.c.help, JET_HELP_LONG);
	parse(&p, "-h --scope context --color=always");
	cr_expect_eq(p.c.help, JET_HELP_SHORT);
	cr_expect_eq(p.c.scope, JET_SCOPE_CONTEXT);
	cr_expect_eq(p.c.color, JET_COLOR_ALWAYS);
}

Test(opts, the_nearest_word_is_no_further_than_a_third)
{
	static const char *const known[] = { "list", NULL, "why", "pack", "manifest", "q" };
	static const char *const rows[][2] = {
		{ "list", "list" }, { "lsit", "list" }, { "lis", "list" }, { "lists", "list" },
		{ "mist", "list" }, { "wyh", "why" }, { "wy", "why" }, { "manfest", "manifest" },
		{ "maniffset", "manifest" }, { "peck", "pack" }, { "", NULL }, { "z", NULL }, { "zzz", NULL },
		{ "manatee", NULL }, { "tsil", NULL }, { "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", NULL },
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		const char *got = jet_nearest(rows[i][0], known, 6);

		cr_expect_str_eq(shown(got), shown(rows[i][1]), "\"%s\" gives %s", rows[i][0], shown(got));
	}
}
