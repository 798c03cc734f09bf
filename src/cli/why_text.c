/* SPDX-License-Identifier: Apache-2.0 */
#include "cli/why_text.h"

#include "base/json.h"
#include "cli/term.h"

#include <stdio.h>
#include <string.h>

static const char *const fates[] = {
	[JET_FATE_SHIPPED] = "shipped",
	[JET_FATE_LEFT_OUT] = "left out",
	[JET_FATE_MISSING] = "missing",
	[JET_FATE_NOT_NEEDED] = "not needed",
};

static const enum jet_ink inks[] = {
	[JET_FATE_SHIPPED] = JET_INK_GOOD,
	[JET_FATE_LEFT_OUT] = JET_INK_BAD,
	[JET_FATE_MISSING] = JET_INK_FAINT,
	[JET_FATE_NOT_NEEDED] = JET_INK_FAINT,
};

static int put_path(struct jet_buf *line, struct jet_str path, const struct jet_why_style *style)
{
	if (style->nul)
		return jet_buf_append(line, path.data, path.len);
	return jet_quote(line, path.data, path.len, "");
}

static int put_end(struct jet_buf *line, const struct jet_why_style *style)
{
	return jet_buf_byte(line, style->nul ? '\0' : '\n');
}

/* ---- in words ----------------------------------------------------------- */

/* "FILE:LINE `RULE`"; rules that the builder appended have no line. */
static int put_rule(struct jet_buf *line, const struct jet_rule *rule,
                    const struct jet_why_style *style)
{
	int bad = jet_buf_text(line, style->file);

	if (rule->line)
		bad |= jet_buf_printf(line, ":%u", (unsigned)rule->line);
	bad |= jet_buf_text(line, " `");
	/* The text of a rule may hold anything, and a line is a line. */
	bad |= jet_quote(line, rule->text, rule->text_len, "");
	return bad | jet_buf_byte(line, '`');
}

static int put_by_rule(struct jet_buf *line, const struct jet_explanation *x,
                       const struct jet_why_style *style)
{
	const struct jet_rule *rule = x->verdict.rule;
	int bad;

	if (!style->file)
		return jet_buf_text(line, ": there is no ignore file");
	if (!rule)
		return jet_buf_text(line, ": no rule matches");
	if (x->fate == JET_FATE_MISSING)
		bad = jet_buf_text(line, x->verdict.answer == JET_IGNORED ? ", would be left out by "
		                                                         : ", would ship by ");
	else
		bad = jet_buf_text(line, " by ");
	return bad | put_rule(line, rule, style);
}

static int put_pruned(struct jet_buf *line, struct jet_str path, const struct jet_explanation *x,
                      const struct jet_why_style *style)
{
	int bad = jet_buf_text(line, ": the rules keep it, but the builder does not look into ");

	if (!x->pruned_len || x->pruned_len > path.len)
		return bad | jet_buf_text(line, "its directory");
	bad |= jet_quote(line, path.data, x->pruned_len, "/");
	if (!x->pruned_rule)
		return bad;
	bad |= jet_buf_text(line, ", left out by ");
	return bad | put_rule(line, x->pruned_rule, style);
}

enum { LONGEST = 100 }; /* columns of an instruction */

/* "Dockerfile:12 `COPY . .`" */
static int put_use(struct jet_buf *line, struct jet_use use)
{
	const char *slash = strrchr(use.file, '/');
	int bad = jet_buf_printf(line, "%s:%u `", slash ? slash + 1 : use.file, (unsigned)use.line);

	bad |= jet_cut(line, use.text, use.text_len, LONGEST);
	return bad | jet_buf_byte(line, '`');
}

/* The instructions that read it, the first by name. */
static int put_readers(struct jet_buf *line, const struct jet_explanation *x,
                       const struct jet_why_style *style)
{
	int bad;

	if (!x->nby)
		return 0;
	bad = jet_buf_text(line, " because of ");
	bad |= put_use(line, jet_needs_use(style->needs, x->by[0]));
	if (x->nby > 1)
		bad |= jet_buf_printf(line, " (and %zu more)", x->nby - 1);
	return bad;
}

static int put_not_needed(struct jet_buf *line, const struct jet_why_style *style)
{
	int bad = jet_buf_text(line, ": no instruction");

	if (style->target)
		bad |= jet_buf_printf(line, " of target %s", style->target);
	else if (!style->knows_outside || style->outside)
		bad |= jet_buf_text(line, " of the target");
	bad |= jet_buf_text(line, " reads it");
	if (!style->outside)
		return bad;
	bad |= jet_buf_text(line, "; stage ");
	if (style->outside_name.data)
		bad |= jet_buf_append(line, style->outside_name.data, style->outside_name.len);
	else
		bad |= jet_buf_printf(line, "%zu", style->outside->stage);
	bad |= jet_buf_text(line, " would: ");
	return bad | put_use(line, style->outside->use);
}

/* With a plan the rules matter only where one of them spoke. */
static int put_shipped(struct jet_buf *line, const struct jet_explanation *x,
                       const struct jet_why_style *style)
{
	int bad = put_readers(line, x, style);

	if (!x->verdict.rule || x->reason == JET_REASON_IMPLIED)
		return bad;
	bad |= jet_buf_text(line, ", brought back by ");
	return bad | put_rule(line, x->verdict.rule, style);
}

static int put_reason(struct jet_buf *line, struct jet_str path, const struct jet_explanation *x,
                      const struct jet_why_style *style)
{
	int bad;

	switch (x->reason) {
	case JET_REASON_IMPLIED:
		bad = put_readers(line, x, style);
		bad |= jet_buf_text(line, ", for something below it ships");
		if (!x->verdict.rule)
			return bad;
		bad |= jet_buf_text(line, "; itself left out by ");
		return bad | put_rule(line, x->verdict.rule, style);
	case JET_REASON_EMPTIED:
		bad = jet_buf_text(line, " with no content");
		return bad | put_by_rule(line, x, style);
	case JET_REASON_UNREADABLE:
		if (x->fate == JET_FATE_SHIPPED)
			return jet_buf_text(line, " with no content: the builder cannot read it");
		return jet_buf_text(line, ": the builder cannot read it");
	case JET_REASON_PRUNED:
		return put_pruned(line, path, x, style);
	case JET_REASON_REMOVED:
		return jet_buf_text(line, ": the daemon removes it after reading it");
	case JET_REASON_SOCKET:
		return jet_buf_text(line, ": this builder drops sockets");
	default:
		if (x->fate == JET_FATE_NOT_NEEDED)
			return put_not_needed(line, style);
		if (x->fate == JET_FATE_SHIPPED && style->needs)
			return put_shipped(line, x, style);
		return put_by_rule(line, x, style);
	}
}

static int put_trace(struct jet_buf *line, struct jet_str path, const struct jet_explanation *x,
                     const struct jet_why_style *style)
{
	int bad = 0;

	for (size_t i = 0; i < x->ntrace && !bad; i++) {
		const struct jet_trace *t = &x->trace[i];

		bad = jet_buf_text(line, t->rule->negated ? "    brought back by " : "    left out by ");
		bad |= put_rule(line, t->rule, style);
		if (t->matched_len < path.len) {
			bad |= jet_buf_text(line, ", which matches ");
			bad |= jet_quote(line, path.data, t->matched_len, "/");
		}
		bad |= put_end(line, style);
	}
	return bad;
}

int jet_why_text(struct jet_buf *line, struct jet_str path, const struct jet_explanation *x,
                 const struct jet_why_style *style)
{
	int bad = put_path(line, path, style);

	bad |= jet_buf_text(line, ": ");
	bad |= jet_buf_text(line, jet_ink(style->color, inks[x->fate]));
	bad |= jet_buf_text(line, fates[x->fate]);
	bad |= jet_buf_text(line, jet_ink_end(style->color));
	bad |= put_reason(line, path, x, style);
	bad |= put_end(line, style);
	if (style->trace)
		bad |= put_trace(line, path, x, style);
	return bad ? -1 : 0;
}

/* ---- as git check-ignore -v --------------------------------------------- */

static int put_fields(struct jet_buf *line, struct jet_str path, const struct jet_rule *rule,
                      const struct jet_why_style *style)
{
	const char *between = style->nul ? "" : ":";
	int bad = 0;

	if (rule)
		bad |= jet_buf_text(line, style->file);
	bad |= style->nul ? jet_buf_byte(line, '\0') : jet_buf_text(line, between);
	if (rule)
		bad |= jet_buf_printf(line, "%u", (unsigned)rule->line);
	bad |= style->nul ? jet_buf_byte(line, '\0') : jet_buf_text(line, between);
	if (rule)
		bad |= jet_buf_append(line, rule->text, rule->text_len);
	bad |= jet_buf_byte(line, style->nul ? '\0' : '\t');
	bad |= put_path(line, path, style);
	return bad | put_end(line, style);
}

int jet_why_rule(struct jet_buf *line, struct jet_str path, const struct jet_explanation *x,
                 const struct jet_why_style *style)
{
	if (!x->verdict.rule && !style->unmatched)
		return 0;
	return put_fields(line, path, x->verdict.rule, style) ? -1 : 0;
}

/* ---- as JSON ------------------------------------------------------------ */

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
	jet_json_key(w, "line");
	jet_json_uint(w, use.line);
	jet_json_key(w, "instruction");
	jet_json_string(w, use.text, use.text_len);
}

static void json_readers(struct jet_json *w, const struct jet_explanation *x,
                         const struct jet_why_style *style)
{
	jet_json_key(w, "readers");
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

int jet_why_json(struct jet_buf *line, struct jet_str path, const struct jet_explanation *x,
                 const struct jet_why_style *style)
{
	struct jet_json w = { .out = line };

	jet_json_open(&w, '{');
	jet_json_bytes(&w, "path", path.data, path.len);
	jet_json_key(&w, "status");
	jet_json_text(&w, fates[x->fate]);
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
	if (x->reason != JET_REASON_RULE) {
		const bool emptied = x->reason == JET_REASON_UNREADABLE && x->fate == JET_FATE_SHIPPED;

		jet_json_key(&w, "note");
		jet_json_text(&w, emptied ? "ships with no content: the builder cannot read it"
		                          : reasons[x->reason]);
	}
	if (style->trace)
		json_trace(&w, path, x, style);
	jet_json_close(&w, '}');
	return jet_json_end(&w) < 0 ? -1 : jet_buf_byte(line, '\n');
}
