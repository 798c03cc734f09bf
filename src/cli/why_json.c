/* SPDX-License-Identifier: Apache-2.0 */
#include "cli/why_text.h"

#include "base/json.h"
#include "cli/use_text.h"

#include <string.h>
static void json_rule(struct jet_json *w, const struct jet_rule *rule,
                      const struct jet_why_style *style)
{
	jet_json_key(w, "file");
	jet_json_text(w, style->file);
	jet_json_key(w, "line");
	jet_json_uint(w, rule->line);
	jet_json_bytes(w, "rule", rule->text, rule->text_len);
	jet_json_key(w, "negated");
	jet_json_bool(w, rule->negated);
}

static void json_trace(struct jet_json *w, struct jet_str path, const struct jet_explanation *x,
                       const struct jet_why_style *style)
{
	jet_json_key(w, "trace");
	jet_json_open(w, '[');
	for (size_t i = 0; i < x->ntrace; i++) {
		jet_json_open(w, '{');
		json_rule(w, x->trace[i].rule, style);
		jet_json_bytes(w, "matched", path.data,
		               x->trace[i].matched_len < path.len ? x->trace[i].matched_len : path.len);
		jet_json_close(w, '}');
	}
	jet_json_close(w, ']');
}

static const char *const reasons[] = {
	[JET_REASON_IMPLIED] = "something below it ships",
	[JET_REASON_EMPTIED] = "ships with no content",
	[JET_REASON_UNREADABLE] = "the builder cannot read it",
	[JET_REASON_PRUNED] = "the builder does not look into its directory",
	[JET_REASON_REMOVED] = "the daemon removes it",
	[JET_REASON_SOCKET] = "the builder drops sockets",
};

static void json_use_members(struct jet_json *w, struct jet_use use)
{
	jet_json_key(w, "file");
	jet_json_text(w, use.file);
	jet_use_json(w, &use);
}

static void json_readers(struct jet_json *w, const struct jet_explanation *x,
                         const struct jet_why_style *style)
{
	/* What is not needed itself may have something below it that is. */
	jet_json_key(w, x->fate == JET_FATE_NOT_NEEDED ? "below" : "readers");
	jet_json_open(w, '[');
	for (size_t k = 0; k < x->nby; k++) {
		jet_json_open(w, '{');
		json_use_members(w, jet_needs_use(style->needs, x->by[k]));
		jet_json_close(w, '}');
	}
	jet_json_close(w, ']');
}

static void json_outside(struct jet_json *w, const struct jet_why_style *style)
{
	jet_json_key(w, "outside");
	jet_json_open(w, '{');
	jet_json_key(w, "stage");
	jet_json_uint(w, style->outside->stage);
	if (style->outside_name.data) {
		jet_json_key(w, "name");
		jet_json_string(w, style->outside_name.data, style->outside_name.len);
	}
	json_use_members(w, style->outside->use);
	jet_json_close(w, '}');
}

/* Another stage may read it. */
static void json_unknown(struct jet_json *w)
{
	jet_json_key(w, "outside_known");
	jet_json_bool(w, false);
}

/* What the builder would say, in the members of an error. */
static void json_failure(struct jet_json *w, const struct jet_why_style *style)
{
	const struct jet_error *e = style->failure;

	jet_json_key(w, "failure");
	jet_json_open(w, '{');
	jet_json_key(w, "class");
	jet_json_text(w, jet_error_class(e->code));
	jet_json_key(w, "message");
	jet_json_text(w, e->message);
	jet_json_key(w, "file");
	jet_json_text(w, e->file);
	if (e->line) {
		jet_json_key(w, "line");
		jet_json_uint(w, e->line);
	}
	if (style->failure_line.len) {
		jet_json_key(w, "instruction");
		jet_json_string(w, style->failure_line.data, style->failure_line.len);
	}
	if (style->failure_outside) {
		jet_json_key(w, "outside");
		jet_json_bool(w, true);
	}
	jet_json_close(w, '}');
}

int jet_why_json(struct jet_buf *line, struct jet_str path, const struct jet_explanation *x,
                 const struct jet_why_style *style)
{
	struct jet_json w = { .out = line };

	jet_json_open(&w, '{');
	jet_json_bytes(&w, "path", path.data, path.len);
	if (style->real.len)
		jet_json_bytes(&w, "real", style->real.data, style->real.len);
	jet_json_key(&w, "status");
	jet_json_text(&w, jet_why_fate(x->fate));
	if (x->verdict.rule) {
		jet_json_key(&w, "by");
		jet_json_open(&w, '{');
		json_rule(&w, x->verdict.rule, style);
		jet_json_close(&w, '}');
	}
	if (x->nby)
		json_readers(&w, x, style);
	if (style->outside)
		json_outside(&w, style);
	else if (x->fate == JET_FATE_NOT_NEEDED && !style->knows_outside)
		json_unknown(&w);
	if (style->failure)
		json_failure(&w, style);
	if (style->nearest.len)
		jet_json_bytes(&w, "nearest", style->nearest.data, style->nearest.len);
	if (x->reason != JET_REASON_RULE) {
		const bool emptied = x->reason == JET_REASON_UNREADABLE && x->fate == JET_FATE_SHIPPED;

		jet_json_key(&w, "note");
		jet_json_text(&w, emptied ? "ships with no content: the builder cannot read it"
		                          : reasons[x->reason]);
	}
	if (style->trace)
		json_trace(&w, style->real.len ? style->real : path, x, style);
	jet_json_close(&w, '}');
	return jet_json_end(&w) < 0 ? -1 : jet_buf_byte(line, '\n');
}
