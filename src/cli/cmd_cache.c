/* SPDX-License-Identifier: Apache-2.0 */
/* jettison cache - what --cache keeps. */
#include "cli/hashing.h"
#include "cli/line.h"
#include "cli/output.h"
#include "cli/term.h"
#include "cli/trouble.h"

#include "base/error.h"
#include "base/json.h"

#include <stddef.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

struct cache_options {
	bool stat, clear, json;
	enum jet_help_wanted help;
};

#define FIELD(name) offsetof(struct cache_options, name)

static const struct jet_option table[] = {
	{ 0, "stat", NULL, FIELD(stat), jet_set_flag, "how much is in it; this is the default" },
	{ 0, "clear", NULL, FIELD(clear), jet_set_flag, "remove it; runs that use it go on" },
	{ 0, "json", NULL, FIELD(json), jet_set_flag, "the numbers, and errors, as objects" },
	{ 0 },
};

static const struct jet_example examples[] = {
	{ "jettison cache", "how much is in it?" },
	{ "jettison cache --clear", "begin anew" },
	{ NULL, NULL },
};

static const struct jet_help help = {
	"With --cache the commands that hash contents remember a hash by device, inode, size, mtime "
	"and ctime of the file, in DIR or, without one, in $XDG_CACHE_HOME/jettison or "
	"~/.cache/jettison. A file that might have changed within one tick of the clock after it "
	"was read is not remembered. Any number of runs may use the cache at once. Where it lies in "
	"the context it is no part of what is hashed. Where it may not be written it is only read, "
	"from a copy in TMPDIR. What makes no sense in it is thrown away, never believed, and it "
	"begins anew when it is full.",
	examples,
};

static int put_text(struct jet_buf *out, const char *dir, const struct jet_cache_stat *stat)
{
	int bad = jet_quote(out, dir, strlen(dir), "") | jet_buf_text(out, ": ");

	if (stat->damaged)
		return bad | jet_buf_text(out, "damaged: the next run makes it anew\n");
	bad |= jet_human_count(out, stat->entries);
	bad |= jet_buf_text(out, stat->entries == 1 ? " file, " : " files, ");
	bad |= jet_human_size(out, stat->used_bytes) | jet_buf_text(out, " of ");
	return bad | jet_human_size(out, stat->limit_bytes) | jet_buf_byte(out, '\n');
}

static int put_json(struct jet_buf *out, const char *dir, const struct jet_cache_stat *stat)
{
	struct jet_json w = { .out = out };

	jet_json_open(&w, '{');
	jet_json_bytes(&w, "dir", dir, strlen(dir));
	jet_json_key(&w, "files");
	jet_json_uint(&w, stat->entries);
	jet_json_key(&w, "bytes");
	jet_json_uint(&w, stat->used_bytes);
	jet_json_key(&w, "limit");
	jet_json_uint(&w, stat->limit_bytes);
	jet_json_key(&w, "damaged");
	jet_json_bool(&w, stat->damaged);
	jet_json_close(&w, '}');
	return jet_json_end(&w) < 0 ? -1 : jet_buf_byte(out, '\n');
}

static int show(struct jet_output *out, const char *dir, bool json, struct jet_error *err)
{
	struct jet_buf text = { 0 };
	struct jet_cache_stat stat;
	int rc = jet_cache_stat(dir, &stat, err);

	if (rc == 0 && (json ? put_json(&text, dir, &stat) : put_text(&text, dir, &stat)))
		rc = jet_fail_nomem(err);
	if (rc == 0)
		rc = jet_output_open(out, NULL, err);
	if (rc == 0 && jet_output_write(out, text.data, text.len) < 0)
		rc = JET_E_WRITE;
	jet_buf_clear(&text);
	return rc;
}

int jet_cmd_cache(const struct jet_command *command, int argc, char **argv)
{
	struct cache_options o = { 0 };
	const struct jet_option_table tables[] = {
		{ "options", table, &o }, { "help", jet_help_table, &o.help }, { 0 },
	};
	bool json = jet_wants_json(argc, argv);
	struct jet_output out = { 0 };
	struct jet_error err = { 0 };
	int operands, rc, code;
	char *dir = NULL;

	rc = jet_opts_parse(tables, argc, argv, &operands, &err);
	if (rc == 0 && o.help)
		return jet_help_show(command, tables, &help, o.help);
	if (rc == 0) {
		json = o.json;
		if (operands > 1)
			rc = jet_fail(&err, JET_E_ARG, NULL, "one word too many: \"%.100s\" (this takes one "
			                                     "directory)", argv[1]);
		else if (o.stat && o.clear)
			rc = jet_fail(&err, JET_E_ARG, NULL, "options --stat and --clear exclude each other");
	}
	if (rc == 0) {
		dir = jet_cache_dir(operands ? argv[0] : NULL, &err);
		rc = dir ? 0 : JET_E_ARG;
	}
	/* The usual one need not be there. */
	if (rc == 0 && o.clear)
		rc = operands || access(dir, F_OK) == 0 ? jet_cache_clear(dir, &err) : 0;
	else if (rc == 0)
		rc = show(&out, dir, json, &err);
	code = jet_trouble_end(&out, rc, &err, json);
	free(dir);
	return code;
}
