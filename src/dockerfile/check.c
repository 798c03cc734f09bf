/* SPDX-License-Identifier: Apache-2.0 */
#include "dockerfile/check.h"

#include "base/error.h"
#include "base/nearest.h"
#include "dockerfile/mount.h"
#include "dockerfile/words.h"

#include <string.h>

/* @what: a word or the instruction. */
#define FAIL(c, what, ...) \
	jet_fail_word((c)->err, JET_E_PARSE, (c)->df->name, (c)->in->at, (what)->at, __VA_ARGS__)

/* ---- arguments ---------------------------------------------------------- */

static const char *name_of(const struct jet_checker *c)
{
	return jet_keyword_name(c->in->keyword);
}

static int need_one(struct jet_checker *c)
{
	return c->in->nwords == 1 ? 0 : FAIL(c, c->in, "%s requires exactly one argument", name_of(c));
}

static int need_some(struct jet_checker *c)
{
	return c->in->nwords ? 0 : FAIL(c, c->in, "%s requires at least one argument", name_of(c));
}

/* COPY and ADD. */
static int check_sources(struct jet_checker *c)
{
	const struct jet_instruction *in = c->in;
	struct jet_arena scratch = { 0 };
	struct jet_heredoc doc;
	int rc, is_heredoc;

	if (in->nwords < 2)
		return FAIL(c, in, "%s requires at least two arguments, but only one was provided. "
		            "Destination could not be determined", name_of(c));
	rc = jet_flags_check(c);
	if (rc < 0 || !c->df->dialect->heredocs)
		return rc;
	is_heredoc = jet_heredoc_word(&scratch, in->words[in->nwords - 1].text, &doc);
	jet_arena_clear(&scratch);
	if (is_heredoc == JET_HEREDOC_NOMEM)
		return jet_fail_nomem(c->err);
	if (is_heredoc == JET_HEREDOC_FOUND)
		return FAIL(c, &in->words[in->nwords - 1],
		            "%s cannot accept a heredoc as a destination", name_of(c));
	return 0;
}

static bool is_stage_name(struct jet_str s)
{
	for (size_t i = 0; i < s.len; i++) {
		char c = s.data[i];
		const bool letter = (c | 0x20) >= 'a' && (c | 0x20) <= 'z';

		if (!letter && (!i || !((c >= '0' && c <= '9') || c == '-' || c == '_' || c == '.')))
			return false;
	}
	return s.len > 0;
}

static int check_from(struct jet_checker *c)
{
	const struct jet_instruction *in = c->in;

	if (in->nwords != 1 && !(in->nwords == 3 && jet_same_ignoring_case(in->words[1].text, "as")))
		return FAIL(c, in, "FROM requires either one or three arguments");
	if (in->nwords == 3 && c->df->dialect->strict && !is_stage_name(in->words[2].text))
		return FAIL(c, &in->words[2], "invalid name for build stage: \"%s\", name can't start "
		            "with a number or contain symbols",
		            JET_SHOW(in->words[2].text));
	return jet_flags_check(c);
}

/* ENV and LABEL: names and values in turn. */
static int check_pairs(struct jet_checker *c)
{
	int rc = jet_flags_check(c);

	if (rc == 0)
		rc = need_some(c);
	for (size_t i = 0; rc == 0 && i < c->in->nwords; i += 2) {
		if (!c->in->words[i].text.len && c->df->dialect->strict)
			rc = FAIL(c, &c->in->words[i], "%s names can not be blank", name_of(c));
	}
	return rc;
}

static int check_arg(struct jet_checker *c)
{
	int rc = need_some(c);

	/* Flags of ARG are never looked at. */
	for (size_t i = 0; rc == 0 && i < c->in->nwords; i++) {
		if (c->in->words[i].text.len && c->in->words[i].text.data[0] == '=' &&
		    c->df->dialect->strict)
			rc = FAIL(c, &c->in->words[i], "ARG names can not be blank");
	}
	return rc;
}

static int check_volume(struct jet_checker *c)
{
	int rc = need_some(c);

	if (rc == 0)
		rc = jet_flags_check(c);
	for (size_t i = 0; rc == 0 && i < c->in->nwords; i++) {
		if (!jet_str_trim(c->in->words[i].text).len)
			rc = FAIL(c, &c->in->words[i], "VOLUME specified can not be an empty string");
	}
	return rc;
}

static int check_shell(struct jet_checker *c)
{
	int rc = jet_flags_check(c);

	if (rc == 0)
		rc = need_some(c);
	if (rc == 0 && !c->in->json)
		rc = FAIL(c, c->in, "SHELL requires the arguments to be in JSON form");
	return rc;
}

static int check_health(struct jet_checker *c)
{
	const struct jet_instruction *in = c->in;
	int rc = need_some(c);

	if (rc < 0)
		return rc;
	if (jet_same_ignoring_case(in->words[0].text, "none"))
		return in->nwords == 1 ? 0 : FAIL(c, in, "HEALTHCHECK NONE takes no arguments");
	rc = jet_flags_check(c);
	if (rc < 0)
		return rc;
	if (!jet_same_ignoring_case(in->words[0].text, "cmd"))
		return FAIL(c, &in->words[0], "unknown type \"%s\" in HEALTHCHECK (try CMD)",
		            JET_SHOW(in->words[0].text));
	if (in->nwords < 2)
		return FAIL(c, in, "missing command after HEALTHCHECK CMD");
	return jet_flags_check_values(c);
}

static int check_onbuild(struct jet_checker *c)
{
	const struct jet_instruction *nested = c->in->nested;
	int rc;

	if (!nested)
		return FAIL(c, c->in, "ONBUILD requires at least one argument");
	rc = jet_flags_check(c);
	if (rc < 0)
		return rc;
	if (nested->keyword == JET_KEYWORD_ONBUILD)
		return FAIL(c, nested, "chaining ONBUILD via `ONBUILD ONBUILD` isn't allowed");
	if (nested->keyword == JET_KEYWORD_FROM || nested->keyword == JET_KEYWORD_MAINTAINER)
		return FAIL(c, nested, "%s isn't allowed as an ONBUILD trigger",
		            jet_keyword_name(nested->keyword));
	return 0;
}

static int check_run(struct jet_checker *c)
{
	int rc = jet_flags_check(c);

	for (size_t i = 0; rc == 0 && i < c->in->nflags; i++) {
		if (jet_str_is(jet_flag_name(c->in->flags[i].text), "mount"))
			rc = jet_mount_precheck(c->df, c->in->at, &c->in->flags[i], c->err);
	}
	return rc < 0 ? rc : jet_flags_check_values(c);
}

static int check_unknown(struct jet_checker *c)
{
	const char *names[JET_KEYWORD_UNKNOWN];
	const struct jet_str name = c->in->name;
	const char *nearest = NULL;
	char text[32];

	if (c->df->unread.line && c->df->unread.line < c->in->at.line)
		return FAIL(c, c->in, "unknown instruction: %s (%s knows no here-documents, as in line %u: "
		            "build with BuildKit)", JET_SHOW(name), c->df->dialect->name,
		            (unsigned)c->df->unread.line);
	for (int k = 0; k < JET_KEYWORD_UNKNOWN; k++)
		names[k] = jet_keyword_name((enum jet_keyword)k);
	if (name.len && name.len < sizeof(text)) {
		for (size_t i = 0; i < name.len; i++)
			text[i] = name.data[i] >= 'a' && name.data[i] <= 'z' ? (char)(name.data[i] - 32)
			                                                     : name.data[i];
		text[name.len] = '\0';
		nearest = jet_nearest(text, names, JET_KEYWORD_UNKNOWN);
	}
	if (nearest)
		return FAIL(c, c->in, "unknown instruction: %s (did you mean %s?)", JET_SHOW(name), nearest);
	return FAIL(c, c->in, "unknown instruction: %s", JET_SHOW(name));
}

int jet_instruction_check(const struct jet_dockerfile *df, const struct jet_instruction *in,
                          struct jet_error *err)
{
	struct jet_checker c = { df, in, err };
	int rc;

	switch (in->keyword) {
	case JET_KEYWORD_ADD:
	case JET_KEYWORD_COPY:
		return check_sources(&c);
	case JET_KEYWORD_FROM:
		return check_from(&c);
	case JET_KEYWORD_ENV:
	case JET_KEYWORD_LABEL:
		return check_pairs(&c);
	case JET_KEYWORD_ARG:
		return check_arg(&c);
	case JET_KEYWORD_RUN:
		return check_run(&c);
	case JET_KEYWORD_CMD:
	case JET_KEYWORD_ENTRYPOINT:
		return jet_flags_check(&c);
	case JET_KEYWORD_EXPOSE:
		rc = need_some(&c);
		return rc < 0 ? rc : jet_flags_check(&c);
	case JET_KEYWORD_VOLUME:
		return check_volume(&c);
	case JET_KEYWORD_SHELL:
		return check_shell(&c);
	case JET_KEYWORD_HEALTHCHECK:
		return check_health(&c);
	case JET_KEYWORD_ONBUILD:
		return check_onbuild(&c);
	case JET_KEYWORD_STOPSIGNAL:
		return need_one(&c);
	case JET_KEYWORD_MAINTAINER:
	case JET_KEYWORD_USER:
	case JET_KEYWORD_WORKDIR:
		rc = need_one(&c);
		return rc < 0 ? rc : jet_flags_check(&c);
	default:
		return check_unknown(&c);
	}
}

int jet_dockerfile_check(const struct jet_dockerfile *df, struct jet_error *err)
{
	bool in_stage = false;

	for (size_t i = 0; i < df->n; i++) {
		const struct jet_instruction *in = &df->list[i];
		int rc = df->dialect->checks_all ? jet_instruction_check(df, in, err) : 0;

		if (rc < 0)
			return rc;
		in_stage = in_stage || in->keyword == JET_KEYWORD_FROM;
		if (!in_stage && in->keyword != JET_KEYWORD_ARG && df->dialect->checks_all)
			return jet_fail_spot(err, JET_E_PARSE, df->name, in->at,
			                     "no build stage in current context: only ARG may come "
			                     "before the first FROM");
	}
	if (!in_stage)
		return jet_fail(err, JET_E_PARSE, df->name, "dockerfile contains no stages to build");
	return 0;
}
