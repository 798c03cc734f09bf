/* SPDX-License-Identifier: Apache-2.0 */
#include "cli/why_text.h"

#include "base/path.h"
#include "cli/term.h"
#include "cli/use_text.h"

#include <stdio.h>
#include <string.h>

static const char *const fates[] = {
	[JET_FATE_SHIPPED] = "shipped",
	[JET_FATE_LEFT_OUT] = "left out",
	[JET_FATE_MISSING] = "missing",
	[JET_FATE_NOT_NEEDED] = "not needed",
	[JET_FATE_UNDECIDED] = "undecided",
};

const char *jet_why_fate(enum jet_fate fate)
{
	return fates[fate];
}

static const enum jet_ink inks[] = {
	[JET_FATE_SHIPPED] = JET_INK_GOOD,
	[JET_FATE_LEFT_OUT] = JET_INK_BAD,
	[JET_FATE_MISSING] = JET_INK_FAINT,
	[JET_FATE_NOT_NEEDED] = JET_INK_FAINT,
	[JET_FATE_UNDECIDED] = JET_INK_STRONG,
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
	int bad = jet_quote(line, style->file, strlen(style->file), "");

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
	int bad = jet_quote(line, use.file, strlen(use.file), "");

	bad |= jet_buf_printf(line, ":%u ", (unsigned)use.line);
	return bad | jet_use_text(line, &use, "`", LONGEST);
}

/* The instructions that read it, at least one, the first by name. */
static int put_readers(struct jet_buf *line, const struct jet_explanation *x,
                       const struct jet_why_style *style)
{
	int bad = put_use(line, jet_needs_use(style->needs, x->by[0]));

	if (x->nby > 1)
		bad |= jet_buf_printf(line, " (and %zu more)", x->nby - 1);
	return bad;
}

/* "FILE:12 `COPY dist/ /app`": where the builder would stop; else why. */
static int put_failure(struct jet_buf *line, const struct jet_why_style *style)
{
	const struct jet_error *e = style->failure;
	char text[sizeof(*e)];
	int bad;

	if (!style->failure_line.len) {
		jet_error_format(e, text, sizeof(text));
		return jet_cut(line, text, strlen(text), sizeof(text));
	}
	bad = jet_quote(line, e->file, strlen(e->file), "");
	bad |= jet_buf_printf(line, ":%u `", (unsigned)e->line);
	bad |= jet_cut(line, style->failure_line.data, style->failure_line.len, LONGEST);
	return bad | jet_buf_byte(line, '`');
}

static int put_undecided(struct jet_buf *line, const struct jet_explanation *x,
                         const struct jet_why_style *style)
{
	int bad;

	if (x->verdict.rule) {
		bad = jet_buf_text(line, ": let through by ");
		bad |= put_rule(line, x->verdict.rule, style);
	} else {
		bad = jet_buf_text(line, ": no rule leaves it out");
	}
	bad |= jet_buf_text(line, ", but the build fails: ");
	return bad | put_failure(line, style);
}

/* What the builder would say of it, else what the rules would; and the way out. */
static int put_missing(struct jet_buf *line, const struct jet_explanation *x,
                       const struct jet_why_style *style)
{
	const char *message = style->failure ? style->failure->message : "";
	int bad;

	if (!style->failure) {
		/* Without rules that it is not there is all there is to say. */
		bad = style->file ? put_by_rule(line, x, style) : 0;
	} else {
		bad = jet_buf_text(line, ": ");
		bad |= put_failure(line, style);
		bad |= jet_buf_text(line, style->failure_outside ? ", outside the target, would fail: "
		                                                 : " would fail: ");
		bad |= jet_cut(line, message, strlen(message), sizeof(style->failure->message));
	}
	/* A builder's message may end with the same. */
	if (!style->nearest.len || strstr(message, "did you mean"))
		return bad;
	bad |= jet_buf_text(line, "; did you mean ");
	bad |= jet_quote(line, style->nearest.data, style->nearest.len, "");
	return bad | jet_buf_byte(line, '?');
}

static int put_not_needed(struct jet_buf *line, const struct jet_explanation *x,
                          const struct jet_why_style *style)
{
	int bad = jet_buf_text(line, ": no instruction");

	if (style->target.data) {
		bad |= jet_buf_text(line, " of target `");
		bad |= jet_cut(line, style->target.data, style->target.len, LONGEST);
		bad |= jet_buf_byte(line, '`');
	} else if (!style->knows_outside || style->outside) {
		bad |= jet_buf_text(line, " of the target");
	}
	bad |= jet_buf_text(line, " reads it");
	if (x->reason == JET_REASON_IMPLIED) {
		bad |= jet_buf_text(line, ", only something below it: ");
		bad |= put_readers(line, x, style);
	}
	if (!style->outside && !style->knows_outside)
		bad |= jet_buf_text(line, "; not all stages outside of it could be asked");
	if (!style->outside)
		return bad;
	bad |= jet_buf_text(line, " (stage ");
	if (style->outside_name.data) {
		bad |= jet_buf_byte(line, '`');
		bad |= jet_cut(line, style->outside_name.data, style->outside_name.len, LONGEST);
		bad |= jet_buf_byte(line, '`');
	} else {
		bad |= jet_buf_printf(line, "%zu", style->outside->stage);
	}
	bad |= jet_buf_text(line, ", outside the target, would: ");
	bad |= put_use(line, style->outside->use);
	return bad | jet_buf_byte(line, ')');
}

static int put_because(struct jet_buf *line, const struct jet_explanation *x,
                       const struct jet_why_style *style)
{
	return !x->nby ? 0 : jet_buf_text(line, " because of ") | put_readers(line, x, style);
}

/* With a plan the rules matter only where one of them spoke. */
static int put_shipped(struct jet_buf *line, const struct jet_explanation *x,
                       const struct jet_why_style *style)
{
	int bad = put_because(line, x, style);

	if (!x->verdict.rule || x->reason == JET_REASON_IMPLIED)
		return bad;
	bad |= jet_buf_text(line, ", brought back by ");
	return bad | put_rule(line, x->verdict.rule, style);
}

static int put_reason(struct jet_buf *line, struct jet_str path, const struct jet_explanation *x,
                      const struct jet_why_style *style)
{
	int bad;

	if (x->fate == JET_FATE_MISSING)
		return put_missing(line, x, style);
	if (x->fate == JET_FATE_UNDECIDED)
		return put_undecided(line, x, style);
	switch (x->reason) {
	case JET_REASON_IMPLIED:
		if (x->fate == JET_FATE_NOT_NEEDED)
			bad = put_not_needed(line, x, style);
		else
			bad = put_because(line, x, style) |
			      jet_buf_text(line, ", for something below it ships");
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
			return put_not_needed(line, x, style);
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
	bad |= jet_buf_text(line, jet_why_fate(x->fate));
	bad |= jet_buf_text(line, jet_ink_end(style->color));
	if (style->real.len) {
		bad |= jet_buf_text(line, " (as ") | jet_quote(line, style->real.data, style->real.len, "");
		bad |= jet_buf_text(line, ", through a link)");
	}
	bad |= put_reason(line, style->real.len ? style->real : path, x, style);
	bad |= put_end(line, style);
	if (style->trace)
		bad |= put_trace(line, style->real.len ? style->real : path, x, style);
	return bad ? -1 : 0;
}

/* ---- as git check-ignore -v --------------------------------------------- */

static int put_fields(struct jet_buf *line, struct jet_str path, const struct jet_rule *rule,
                      const struct jet_why_style *style)
{
	const char *between = style->nul ? "" : ":";
	int bad = 0;

	if (rule && style->nul)
		bad |= jet_buf_text(line, style->file);
	else if (rule)
		bad |= jet_quote(line, style->file, strlen(style->file), "");
	bad |= style->nul ? jet_buf_byte(line, '\0') : jet_buf_text(line, between);
	if (rule)
		bad |= jet_buf_printf(line, "%u", (unsigned)rule->line);
	bad |= style->nul ? jet_buf_byte(line, '\0') : jet_buf_text(line, between);
	if (rule && style->nul)
		bad |= jet_buf_append(line, rule->text, rule->text_len);
	else if (rule)
		bad |= jet_escape(line, rule->text, rule->text_len);
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
