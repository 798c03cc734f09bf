/* SPDX-License-Identifier: Apache-2.0 */
#include "cli/line.h"

#include "base/error.h"
#include "cli/trouble.h"

#include <string.h>

bool jet_wants_json(int argc, char **argv)
{
	for (int i = 0; i < argc && strcmp(argv[i], "--") != 0; i++) {
		if (strcmp(argv[i], "--json") == 0)
			return true;
	}
	return false;
}

static int check_operands(const struct jet_line *line, struct jet_error *err)
{
	if (!line->max || line->noperands <= line->max)
		return 0;
	return jet_fail(err, JET_E_ARG, NULL, "one word too many: \"%.100s\" (this takes %s)",
	                line->operands[line->max], line->takes);
}

bool jet_line_read(struct jet_line *line, int argc, char **argv)
{
	const struct jet_option_table tables[] = {
		{ "options", line->options, line->fields },
		{ "context", jet_context_table, &line->context },
		{ 0 },
	};
	/* The words are moved about while they are read. */
	bool json = jet_wants_json(argc, argv);
	struct jet_error err = { 0 };
	int rc;

	memset(&line->context, 0, sizeof(line->context));
	line->operands = argv;
	rc = jet_opts_parse(tables, argc, argv, &line->noperands, &err);
	if (rc == 0 && line->context.help) {
		line->code = jet_line_end(line, jet_help_show(line->command, tables, line->help,
		                                              line->context.help));
		return false;
	}
	if (rc == 0) {
		json = *line->json;
		rc = check_operands(line, &err);
	}
	if (rc == 0 && line->check)
		rc = line->check(line, &err);
	if (rc < 0)
		line->code = jet_line_end(line, jet_trouble(&err, json));
	return rc == 0;
}

const char *jet_line_operand(const struct jet_line *line, int index, const char *otherwise)
{
	return index < line->noperands ? line->operands[index] : otherwise;
}

int jet_line_end(struct jet_line *line, int code)
{
	jet_context_options_clear(&line->context);
	return code;
}
