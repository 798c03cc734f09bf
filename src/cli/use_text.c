/* SPDX-License-Identifier: Apache-2.0 */
#include "cli/use_text.h"

#include "cli/term.h"

static int put_quoted(struct jet_buf *out, const char *text, size_t len, const char *quote, size_t width)
{
	return jet_buf_text(out, quote) | jet_cut(out, text, len, width) | jet_buf_text(out, quote);
}

int jet_use_text(struct jet_buf *out, const struct jet_use *use, const char *quote, size_t width)
{
	int bad;

	if (!use->onbuild)
		return put_quoted(out, use->text, use->text_len, quote, width) ? -1 : 0;
	bad = put_quoted(out, use->from, use->from_len, quote, width);
	bad |= jet_buf_text(out, " (ONBUILD ") | put_quoted(out, use->text, use->text_len, quote, width);
	return bad | jet_buf_printf(out, " at line %u)", (unsigned)use->onbuild) ? -1 : 0;
}

void jet_use_json(struct jet_json *w, const struct jet_use *use)
{
	jet_json_key(w, "line");
	jet_json_uint(w, use->line);
	jet_json_key(w, "instruction");
	jet_json_string(w, use->text, use->text_len);
	if (use->onbuild) {
		jet_json_key(w, "onbuild");
		jet_json_uint(w, use->onbuild);
	}
}
