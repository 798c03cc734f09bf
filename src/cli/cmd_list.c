/* SPDX-License-Identifier: Apache-2.0 */
/* jettison list - what the context ships, or what is left out. */
#include "base/error.h"
#include "base/json.h"
#include "cli/run.h"
#include "cli/term.h"
#include "cli/use_text.h"
#include "report/outline.h"
#include "sink/entry_json.h"

#include <stddef.h>
#include <string.h>

struct list_options {
	bool ignored, dirs, nul, details, json, by;
};

#define FIELD(name) offsetof(struct list_options, name)

static const struct jet_option table[] = {
	{ 0, "ignored", NULL, FIELD(ignored), jet_set_flag, "what is left out, instead of what ships" },
	{ 0, "dirs", NULL, FIELD(dirs), jet_set_flag, "directories too, as PATH/" },
	{ '0', "null", NULL, FIELD(nul), jet_set_flag, "end paths with NUL, and never quote them" },
	{ 'l', "long", NULL, FIELD(details), jet_set_flag, "type, mode and size before the path" },
	{ 0, "json", NULL, FIELD(json), jet_set_flag, "one JSON object per line" },
	{ 0, "by", NULL, FIELD(by), jet_set_flag,
	  "instead of files: the instructions that read them, with files and bytes" },
	{ 0 },
};

static const struct jet_example examples[] = {
	{ "jettison list", "every file that the Dockerfile needs" },
	{ "jettison list --scope context", "every file that the ignore file lets through" },
	{ "jettison list --by", "which COPY reads how much" },
	{ "jettison list -0 app | xargs -0 du -ch", "how big they are; any name survives" },
	{ "jettison list --ignored --builder classic", "what the classic builder leaves out" },
	{ "jettison list --json | jq -r 'select(.emptied).path'",
	  "files that BuildKit ships without their content" },
	{ NULL, NULL },
};

static const struct jet_help help = {
	"Lists the files, symbolic links and special files of the context in the order in which "
	"the builder walks: component by component in byte order, a directory before its "
	"contents. Nothing is followed through a symbolic link. A CONTEXT of - is a tar archive on "
	"standard input; plan, manifest, digest and pack take it, too.\n\n"
	"A path is shown in double quotes with C escapes, as git does it, only when it holds a "
	"control character or a double quote. With --json a path that is not UTF-8 is given as "
	"path_b64.",
	examples,
};

enum {
	LEFT_OUT = JET_ENTRY_IGNORED | JET_ENTRY_PRUNED | JET_ENTRY_REMOVED | JET_ENTRY_UNNEEDED
};

static int put_details(struct jet_buf *line, const struct jet_entry *e)
{
	if (!(e->flags & JET_ENTRY_STATED))
		return jet_buf_printf(line, "%-7s    -            -  ", jet_type_name(e->type));
	return jet_buf_printf(line, "%-7s %04o %12llu  ", jet_type_name(e->type), (unsigned)e->mode,
	                      (unsigned long long)e->size);
}

static int put_text(struct jet_buf *line, const struct jet_entry *e, const struct list_options *o)
{
	const char *tail = e->type == JET_TYPE_DIR ? "/" : "";

	if (o->details && put_details(line, e) < 0)
		return -1;
	if (o->nul) {
		if (jet_buf_append(line, e->path, e->path_len) < 0 || jet_buf_text(line, tail) < 0)
			return -1;
		return jet_buf_byte(line, '\0');
	}
	if (jet_quote(line, e->path, e->path_len, tail) < 0)
		return -1;
	if (o->details && e->target && (jet_buf_text(line, " -> ") < 0 ||
	                                jet_quote(line, e->target, e->target_len, "") < 0))
		return -1;
	return jet_buf_byte(line, '\n');
}

static int put_object(struct jet_buf *line, const struct jet_entry *e, const struct jet_needs *needs)
{
	struct jet_json w = { .out = line };

	jet_json_open(&w, '{');
	jet_entry_json(&w, e, NULL, needs);
	jet_json_close(&w, '}');
	return jet_json_end(&w) < 0 ? -1 : jet_buf_byte(line, '\n');
}

static int list(struct jet_run *run, const struct list_options *o)
{
	struct jet_buf line = { 0 };
	const struct jet_entry *e;
	int rc;

	while ((rc = jet_run_next(run, &e)) == 1) {
		if (o->ignored != ((e->flags & LEFT_OUT) != 0))
			continue;
		if (e->type == JET_TYPE_DIR && !o->dirs)
			continue;
		line.len = 0;
		rc = o->json ? put_object(&line, e, run->needs) : put_text(&line, e, o);
		if (rc < 0) {
			rc = JET_E_NOMEM;
			break;
		}
		if (jet_output_write(&run->out, line.data, line.len) < 0) {
			rc = JET_E_WRITE;
			break;
		}
	}
	jet_buf_clear(&line);
	return rc;
}

/* ---- by instruction ----------------------------------------------------- */

enum { LONGEST = 100 }; /* columns of an instruction: a RUN may hold a program */

static int put_use(struct jet_buf *line, const struct jet_outline_use *u, bool json)
{
	struct jet_json w = { .out = line };
	int bad;

	if (json) {
		jet_json_open(&w, '{');
		jet_json_key(&w, "file");
		jet_json_text(&w, u->use.file);
		jet_use_json(&w, &u->use);
		jet_json_key(&w, "files");
		jet_json_uint(&w, u->files);
		jet_json_key(&w, "bytes");
		jet_json_uint(&w, u->bytes);
		jet_json_close(&w, '}');
		return jet_json_end(&w) < 0 ? -1 : jet_buf_byte(line, '\n');
	}
	bad = jet_quote(line, u->use.file, strlen(u->use.file), "");
	bad |= jet_buf_printf(line, ":%u ", (unsigned)u->use.line);
	bad |= jet_use_text(line, &u->use, "", LONGEST);
	bad |= jet_buf_text(line, "  ") | jet_human_count(line, u->files);
	bad |= jet_buf_text(line, u->files == 1 ? " file " : " files ");
	return bad | jet_human_size(line, u->bytes) | jet_buf_byte(line, '\n');
}

static int list_by(struct jet_run *run, const struct list_options *o)
{
	struct jet_outline outline;
	struct jet_buf line = { 0 };
	const struct jet_entry *e;
	int rc = jet_outline_make(run->needs, &outline);

	if (rc < 0)
		return rc;
	while ((rc = jet_run_next(run, &e)) == 1)
		jet_outline_count(&outline, e);
	for (size_t i = 0; rc == 0 && i < outline.nuses; i++)
		rc = put_use(&line, &outline.uses[i], o->json) ? JET_E_NOMEM : 0;
	if (rc == 0 && jet_output_write(&run->out, line.data, line.len) < 0)
		rc = JET_E_WRITE;
	jet_outline_clear(&outline);
	jet_buf_clear(&line);
	return rc;
}

static int check(const struct jet_line *line, struct jet_error *err)
{
	const struct list_options *o = line->fields;

	if (o->by && line->context.scope != JET_SCOPE_NEEDED)
		return jet_fail(err, JET_E_ARG, NULL, "option --by goes with --scope needed only");
	if (o->by && (o->ignored || o->nul || o->details))
		return jet_fail(err, JET_E_ARG, NULL, "option --by excludes --ignored, -0 and -l");
	return 0;
}

int jet_cmd_list(const struct jet_command *command, int argc, char **argv)
{
	struct list_options o = { 0 };
	struct jet_line line = {
		.command = command, .options = table, .fields = &o, .json = &o.json, .help = &help,
		.max = 1, .takes = "one context", .check = check,
	};
	struct jet_run run = { 0 };
	uint32_t flags = 0;
	int rc;

	if (!jet_line_read(&line, argc, argv))
		return line.code;
	if (o.json || o.details || o.by)
		flags |= JET_WALK_STAT;
	if (o.ignored)
		flags |= JET_WALK_IGNORED;
	rc = jet_run_start(&run, &line, jet_line_operand(&line, 0, "."), NULL, flags);
	if (rc == 0)
		rc = o.by ? list_by(&run, &o) : list(&run, &o);
	return jet_line_end(&line, jet_run_finish(&run, rc));
}
