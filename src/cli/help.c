/* SPDX-License-Identifier: Apache-2.0 */
#include "base/buf.h"
#include "cli/cli.h"
#include "cli/output.h"
#include "cli/term.h"

#include <string.h>

/* Wider lines are hard to read, however wide the window is. */
enum { WIDEST = 80, COLUMN = 28, INDENT = 2, DEEP = 8 };

/** struct page - the help being written.  Out of memory is noticed at the end. */
struct page {
	struct jet_buf buf;
	size_t width, column; /* column: where the line is, in bytes */
	bool failed;
};

static void put(struct page *p, const char *text, size_t len)
{
	p->failed |= jet_buf_append(&p->buf, text, len) < 0;
	p->column = len && text[len - 1] == '\n' ? 0 : p->column + len;
}

static void put_text(struct page *p, const char *text)
{
	put(p, text, strlen(text));
}

static void pad_to(struct page *p, size_t column)
{
	while (p->column < column)
		put(p, " ", 1);
}

/* Bytes that stay together: a word, and behind a dash the next one. */
static size_t word_len(const char *text)
{
	const size_t len = strcspn(text, " \n");

	return len == 1 && text[0] == '-' && text[1] == ' ' ? 2 + strcspn(text + 2, " \n") : len;
}

/* Wraps at blanks; every line starts at @indent. */
static void put_wrapped(struct page *p, const char *text, size_t indent)
{
	while (*text) {
		const size_t len = word_len(text);

		if (p->column > indent && p->column + 1 + len > p->width)
			put(p, "\n", 1);
		if (p->column > indent)
			put(p, " ", 1);
		pad_to(p, indent);
		put(p, text, len);
		text += len;
		if (strncmp(text, "\n\n", 2) == 0)
			put(p, "\n\n", 2);
		while (*text == ' ' || *text == '\n')
			text++;
	}
	put(p, "\n", 1);
}

/* "name" and its explanation: beside it, or below where that would leave it less than
 * three fifths of the window. */
static void put_item(struct page *p, const char *name, const char *text, size_t column)
{
	if (column * 5 > p->width * 2)
		column = DEEP;
	pad_to(p, INDENT);
	put_text(p, name);
	if (p->column + 2 > column)
		put(p, "\n", 1);
	put_wrapped(p, text, column);
}

static void put_option(struct page *p, const struct jet_option *option)
{
	struct jet_buf name = { 0 };
	int bad;

	if (option->letter && option->name)
		bad = jet_buf_printf(&name, "-%c, --%s", option->letter, option->name);
	else if (option->letter)
		bad = jet_buf_printf(&name, "-%c", option->letter);
	else
		bad = jet_buf_printf(&name, "    --%s", option->name);
	if (option->arg)
		bad |= jet_buf_printf(&name, option->arg[0] == '[' ? "%s" : " %s", option->arg);
	bad |= jet_buf_terminate(&name);
	if (!bad)
		put_item(p, name.data, option->help, COLUMN);
	p->failed |= bad != 0;
	jet_buf_clear(&name);
}

/* Does an option of a table before @end have the same name?  Then that one counts. */
static bool is_shadowed(const struct jet_option *option, const struct jet_option_table *tables,
                        const struct jet_option_table *end)
{
	for (; tables < end; tables++) {
		for (const struct jet_option *o = tables->options; o->set; o++) {
			if (o->name && option->name && strcmp(o->name, option->name) == 0)
				return true;
		}
	}
	return false;
}

static void put_options(struct page *p, const struct jet_option_table *all)
{
	for (const struct jet_option_table *tables = all; tables->title; tables++) {
		put(p, "\n", 1);
		put_text(p, tables->title);
		put(p, "\n", 1);
		for (const struct jet_option *o = tables->options; o->set; o++) {
			if (o->help && !is_shadowed(o, all, tables))
				put_option(p, o);
		}
	}
}

static void put_examples(struct page *p, const struct jet_example *example)
{
	put_text(p, "\nexamples\n");
	for (; example->line; example++) {
		pad_to(p, INDENT);
		put_text(p, example->line);
		put(p, "\n", 1);
		pad_to(p, DEEP);
		put_wrapped(p, example->does, DEEP);
	}
}

static int show(struct page *p)
{
	struct jet_output out;
	struct jet_error err = { 0 };
	int rc = p->failed ? JET_E_NOMEM : jet_output_open(&out, NULL, &err);

	if (rc == 0) {
		jet_output_write(&out, p->buf.data, p->buf.len);
		rc = jet_output_commit(&out);
		err = out.err;
	}
	if (rc < 0)
		jet_say_error(&err);
	jet_buf_clear(&p->buf);
	return rc < 0 ? JET_EXIT_TROUBLE : JET_EXIT_DONE;
}

static struct page new_page(void)
{
	size_t width = jet_term_width(1);

	return (struct page){ .width = width < WIDEST ? width : WIDEST };
}

static void put_usage(struct page *p, const struct jet_command *command)
{
	put_text(p, "usage: jettison ");
	put_text(p, command->name);
	put_wrapped(p, command->usage, 7);
}

int jet_help_show(const struct jet_command *command, const struct jet_option_table *tables,
                  const struct jet_help *help, enum jet_help_wanted wanted)
{
	struct page p = new_page();

	put_usage(&p, command);
	put(&p, "\n", 1);
	if (wanted == JET_HELP_LONG) {
		put_wrapped(&p, help->text, 0);
	} else {
		put_wrapped(&p, command->summary, 0);
	}
	put_options(&p, tables);
	if (wanted == JET_HELP_LONG)
		put_examples(&p, help->examples);
	return show(&p);
}

/* ---- the program itself ------------------------------------------------- */

static const char about[] =
	"jettison knows what a Docker build needs of its context. It reads the Dockerfile and "
	"the ignore file exactly as the builder does - BuildKit, the classic builder, Docker "
	"20.10 or buildah - and lists, explains, hashes or packs what is left.";

static const char exit_codes[] =
	"Exit codes: 0 done; 1 the answer is no; 2 usage or trouble, nothing half-written "
	"is left behind; 130 and 143 on signals. Results go to standard output, all else "
	"to standard error.";

static const struct jet_example examples[] = {
	{ "jettison list", "what \"docker build .\" needs from here" },
	{ "jettison list --ignored --dirs app", "what the ignore file of app/ keeps out" },
	{ "jettison why src/main.c", "which instruction or rule decided about this file" },
	{ "jettison pack app | docker build -", "ship only what is left, as a tar" },
	{ NULL, NULL },
};

int jet_help_global(const struct jet_command *commands, enum jet_help_wanted wanted)
{
	struct page p = new_page();

	put_text(&p, "usage: jettison COMMAND [OPTIONS] ...\n\n");
	if (wanted == JET_HELP_LONG) {
		put_wrapped(&p, about, 0);
		put(&p, "\n", 1);
	}
	put_text(&p, "commands\n");
	for (const struct jet_command *c = commands; c->name; c++) {
		if (c->usage)
			put_item(&p, c->name, c->summary, 14);
	}
	put_text(&p, "\n");
	put_wrapped(&p, "jettison COMMAND -h shows the options of a command, --help adds "
	                "explanations and examples; jettison --version the version.", 0);
	if (wanted == JET_HELP_LONG) {
		put_examples(&p, examples);
		put(&p, "\n", 1);
		put_wrapped(&p, exit_codes, 0);
	}
	return show(&p);
}
