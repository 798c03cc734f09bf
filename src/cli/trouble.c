/* SPDX-License-Identifier: Apache-2.0 */
#include "cli/trouble.h"

#include "base/buf.h"
#include "base/error.h"
#include "base/json.h"
#include "cli/cli.h"
#include "cli/output.h"
#include "cli/term.h"

#include <string.h>

/* Is it about what stands in the file, or about the path as such?  Some faults in
 * a Dockerfile have no line. */
static bool is_of_text(const struct jet_error *err)
{
	switch (err->code) {
	case JET_E_PARSE:
	case JET_E_EXPAND:
	case JET_E_PLATFORM:
	case JET_E_STAGE:
	case JET_E_SYNTAX:
	case JET_E_PATTERN:
	case JET_E_LINK_LOOP:
	case JET_E_OPTION:
		return true;
	default:
		return err->line || err->path[0];
	}
}

static void print_error_object(const struct jet_error *err)
{
	const bool in_file = is_of_text(err);
	struct jet_buf buf = { 0 };
	struct jet_json w = { .out = &buf };
	struct jet_output out;

	jet_json_open(&w, '{');
	jet_json_key(&w, "error");
	jet_json_open(&w, '{');
	jet_json_key(&w, "class");
	jet_json_text(&w, jet_error_class(err->code));
	jet_json_key(&w, "message");
	jet_json_text(&w, err->message);
	if (err->file[0])
		jet_json_bytes(&w, in_file ? "file" : "path", err->file, strlen(err->file));
	if (err->line) {
		jet_json_key(&w, "line");
		jet_json_uint(&w, err->line);
	}
	if (err->column) {
		jet_json_key(&w, "column");
		jet_json_uint(&w, err->column);
	}
	if (err->path[0])
		jet_json_bytes(&w, "path", err->path, strlen(err->path));
	jet_json_close(&w, '}');
	jet_json_close(&w, '}');
	if (jet_json_end(&w) == 0 && jet_buf_byte(&buf, '\n') == 0 &&
	    jet_output_open(&out, NULL, NULL) == 0) {
		/* A failure here has nowhere to be told but where it is told already. */
		jet_output_write(&out, buf.data, buf.len);
		jet_output_commit(&out);
	}
	jet_buf_clear(&buf);
}

int jet_trouble(const struct jet_error *err, bool json)
{
	if (json)
		print_error_object(err);
	jet_say_error(err);
	return JET_EXIT_TROUBLE;
}

void jet_warn(const char *path, const char *message)
{
	char text[sizeof(struct jet_error)];
	struct jet_error err;

	jet_fail(&err, 0, path, "%s", message);
	jet_say("warning: %s", jet_error_format(&err, text, sizeof(text)));
}

int jet_trouble_end(struct jet_output *out, int rc, struct jet_error *err, bool json)
{
	const bool closed = out->closed;

	if (rc == JET_E_NOMEM && !err->code)
		jet_fail_nomem(err);
	if (rc == 0) {
		rc = jet_output_commit(out);
	} else {
		if (rc == JET_E_WRITE && out->err.code)
			*err = out->err;
		jet_output_discard(out);
	}
	if (rc == 0 || closed)
		return JET_EXIT_DONE;
	return jet_trouble(out->err.code ? &out->err : err, json);
}
