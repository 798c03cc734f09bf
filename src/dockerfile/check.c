/* SPDX-License-Identifier: Apache-2.0 */
#include "dockerfile/check.h"

#include "base/error.h"
#include "base/nearest.h"
#include "dockerfile/mount.h"
#include "dockerfile/words.h"

#include <string.h>

/* ---- flags -------------------------------------------------------------- */

enum kind { TEXT, BOOL, LIST };

struct flag {
	const char *name; /* NULL ends a list */
	enum kind kind;
};

static const struct flag no_flags[] = { { 0 } };
static const struct flag add_flags[] = {
	{ "chown", TEXT }, { "chmod", TEXT }, { "link", BOOL }, { "keep-git-dir", BOOL },
	{ "checksum", TEXT }, { "unpack", BOOL }, { "exclude", LIST }, { 0 },
};
static const struct flag copy_flags[] = {
	{ "chown", TEXT }, { "from", TEXT }, { "chmod", TEXT }, { "link", BOOL },
	{ "exclude", LIST }, { "parents", BOOL }, { 0 },
};
static const struct flag from_flags[] = { { "platform", TEXT }, { 0 } };
static const struct flag run_flags[] = {
	{ "mount", LIST }, { "network", TEXT }, { "security", TEXT }, { "device", LIST }, { 0 },
};
static const struct flag health_flags[] = {
	{ "interval", TEXT }, { "timeout", TEXT }, { "start-period", TEXT },
	{ "start-interval", TEXT }, { "retries", TEXT }, { 0 },
};

struct checker {
	const struct jet_dockerfile *df;
	const struct jet_instruction *in;
	struct jet_error *err;
};

#define FAIL(c, at, ...) jet_fail_spot((c)->err, JET_E_PARSE, (c)->df->name, at, __VA_ARGS__)

static int show(struct jet_str s)
{
	return s.len < 80 ? (int)s.len : 80;
}

static struct jet_str flag_name(struct jet_str word)
{
	const char *equals = memchr(word.data, '=', word.len);
	const size_t n = equals ? (size_t)(equals - word.data) : word.len;

	return (struct jet_str){ word.data + 2, n - 2 };
}

static bool same_ignoring_case(struct jet_str s, const char *lower)
{
	if (s.len != strlen(lower))
		return false;
	for (size_t i = 0; i < s.len; i++) {
		const char c = s.data[i];

		if ((c >= 'A' && c <= 'Z' ? c + 32 : c) != lower[i])
			return false;
	}
	return true;
}

static int fail_unknown_flag(struct checker *c, const struct jet_word *w, struct jet_str name,
                             const struct flag *known)
{
	const char *names[8];
	const char *nearest;
	char text[32];
	size_t n = 0;

	while (known[n].name) {
		names[n] = known[n].name;
		n++;
	}
	text[0] = '\0';
	if (name.len < sizeof(text)) {
		memcpy(text, name.data, name.len);
		text[name.len] = '\0';
	}
	nearest = text[0] ? jet_nearest(text, names, n) : NULL;
	if (nearest)
		return FAIL(c, w->at, "unknown flag: --%.*s (did you mean %s?)", show(name), name.data,
		            nearest);
	return FAIL(c, w->at, "unknown flag: --%.*s", show(name), name.data);
}

static bool is_repeated(const struct jet_instruction *in, size_t index, struct jet_str name)
{
	for (size_t i = 0; i < index; i++) {
		const struct jet_str other = flag_name(in->flags[i].text);

		if (other.len == name.len && memcmp(other.data, name.data, name.len) == 0)
			return true;
	}
	return false;
}

static int check_flag(struct checker *c, size_t index, const struct flag *known)
{
	const struct jet_word *w = &c->in->flags[index];
	const struct jet_str name = flag_name(w->text);
	const bool has_value = name.len + 2 < w->text.len;
	struct jet_str value = { NULL, 0 };
	const struct flag *flag = known;

	while (flag->name && !jet_str_is(name, flag->name))
		flag++;
	if (!flag->name)
		return fail_unknown_flag(c, w, name, known);
	if (has_value)
		value = (struct jet_str){ name.data + name.len + 1, w->text.len - name.len - 3 };
	if (flag->kind != LIST && is_repeated(c->in, index, name))
		return FAIL(c, w->at, "duplicate flag specified: --%s", flag->name);
	if (flag->kind != BOOL && !has_value)
		return FAIL(c, w->at, "missing a value on flag: --%s", flag->name);
	if (flag->kind == BOOL && has_value && !value.len)
		return FAIL(c, w->at, "missing a value on flag: --%s", flag->name);
	if (flag->kind == BOOL && has_value && !same_ignoring_case(value, "true") &&
	    !same_ignoring_case(value, "false"))
		return FAIL(c, w->at, "expecting boolean value for flag --%s, not: %.*s", flag->name,
		            show(value), value.data);
	return 0;
}

static int check_flags(struct checker *c, const struct flag *known)
{
	for (size_t i = 0; i < c->in->nflags; i++) {
		int rc = check_flag(c, i, known);

		if (rc < 0)
			return rc;
	}
	return 0;
}

struct jet_str jet_instruction_flag(const struct jet_instruction *in, const char *name)
{
	struct jet_str found = { NULL, 0 };

	for (size_t i = 0; i < in->nflags; i++) {
		const struct jet_str text = in->flags[i].text, n = flag_name(text);

		if (!jet_str_is(n, name))
			continue;
		found = n.len + 2 < text.len
		                ? (struct jet_str){ n.data + n.len + 1, text.len - n.len - 3 }
		                : (struct jet_str){ text.data + text.len, 0 };
	}
	return found;
}

bool jet_instruction_is(const struct jet_instruction *in, const char *name)
{
	const struct jet_str value = jet_instruction_flag(in, name);

	return value.data && !same_ignoring_case(value, "false");
}

/* ---- arguments ---------------------------------------------------------- */

static const char *name_of(const struct checker *c)
{
	return jet_keyword_name(c->in->keyword);
}

static int need_one(struct checker *c)
{
	return c->in->nwords == 1 ? 0 : FAIL(c, c->in->at, "%s requires exactly one argument", name_of(c));
}

static int need_some(struct checker *c)
{
	return c->in->nwords ? 0 : FAIL(c, c->in->at, "%s requires at least one argument", name_of(c));
}

/* COPY and ADD. */
static int check_sources(struct checker *c, const struct flag *flags)
{
	const struct jet_instruction *in = c->in;
	struct jet_arena scratch = { 0 };
	struct jet_heredoc doc;
	int rc, is_heredoc;

	if (in->nwords < 2)
		return FAIL(c, in->at, "%s requires at least two arguments, but only one was provided. "
		            "Destination could not be determined", name_of(c));
	rc = check_flags(c, flags);
	if (rc < 0)
		return rc;
	is_heredoc = jet_heredoc_word(&scratch, in->words[in->nwords - 1].text, &doc);
	jet_arena_clear(&scratch);
	if (is_heredoc < 0)
		return jet_fail_nomem(c->err);
	if (is_heredoc)
		return FAIL(c, in->words[in->nwords - 1].at,
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

static int check_from(struct checker *c)
{
	const struct jet_instruction *in = c->in;

	if (in->nwords != 1 && !(in->nwords == 3 && same_ignoring_case(in->words[1].text, "as")))
		return FAIL(c, in->at, "FROM requires either one or three arguments");
	if (in->nwords == 3 && !is_stage_name(in->words[2].text))
		return FAIL(c, in->words[2].at, "invalid name for build stage: \"%.*s\", name can't start "
		            "with a number or contain symbols",
		            show(in->words[2].text), in->words[2].text.data);
	return check_flags(c, from_flags);
}

/* ENV and LABEL: names and values in turn. */
static int check_pairs(struct checker *c)
{
	int rc = check_flags(c, no_flags);

	if (rc == 0)
		rc = need_some(c);
	for (size_t i = 0; rc == 0 && i < c->in->nwords; i += 2) {
		if (!c->in->words[i].text.len)
			rc = FAIL(c, c->in->words[i].at, "%s names can not be blank", name_of(c));
	}
	return rc;
}

static int check_arg(struct checker *c)
{
	int rc = need_some(c);

	/* Flags of ARG are never looked at. */
	for (size_t i = 0; rc == 0 && i < c->in->nwords; i++) {
		if (c->in->words[i].text.len && c->in->words[i].text.data[0] == '=')
			rc = FAIL(c, c->in->words[i].at, "ARG names can not be blank");
	}
	return rc;
}

static int check_volume(struct checker *c)
{
	int rc = need_some(c);

	if (rc == 0)
		rc = check_flags(c, no_flags);
	for (size_t i = 0; rc == 0 && i < c->in->nwords; i++) {
		if (!jet_str_trim(c->in->words[i].text).len)
			rc = FAIL(c, c->in->words[i].at, "VOLUME specified can not be an empty string");
	}
	return rc;
}

static int check_shell(struct checker *c)
{
	int rc = check_flags(c, no_flags);

	if (rc == 0)
		rc = need_some(c);
	if (rc == 0 && !c->in->json)
		rc = FAIL(c, c->in->at, "SHELL requires the arguments to be in JSON form");
	return rc;
}

static int check_health(struct checker *c)
{
	const struct jet_instruction *in = c->in;
	int rc = need_some(c);

	if (rc < 0)
		return rc;
	if (same_ignoring_case(in->words[0].text, "none"))
		return in->nwords == 1 ? 0 : FAIL(c, in->at, "HEALTHCHECK NONE takes no arguments");
	rc = check_flags(c, health_flags);
	if (rc < 0)
		return rc;
	if (!same_ignoring_case(in->words[0].text, "cmd"))
		return FAIL(c, in->words[0].at, "unknown type \"%.*s\" in HEALTHCHECK (try CMD)",
		            show(in->words[0].text), in->words[0].text.data);
	return in->nwords > 1 ? 0 : FAIL(c, in->at, "missing command after HEALTHCHECK CMD");
}

static int check_onbuild(struct checker *c)
{
	const struct jet_instruction *nested = c->in->nested;
	int rc;

	if (!nested)
		return FAIL(c, c->in->at, "ONBUILD requires at least one argument");
	rc = check_flags(c, no_flags);
	if (rc < 0)
		return rc;
	if (nested->keyword == JET_KEYWORD_ONBUILD)
		return FAIL(c, nested->at, "chaining ONBUILD via `ONBUILD ONBUILD` isn't allowed");
	if (nested->keyword == JET_KEYWORD_FROM || nested->keyword == JET_KEYWORD_MAINTAINER)
		return FAIL(c, nested->at, "%s isn't allowed as an ONBUILD trigger",
		            jet_keyword_name(nested->keyword));
	return 0;
}

static int check_run(struct checker *c)
{
	int rc = check_flags(c, run_flags);

	for (size_t i = 0; rc == 0 && i < c->in->nflags; i++) {
		if (jet_str_is(flag_name(c->in->flags[i].text), "mount"))
			rc = jet_mount_precheck(c->df, &c->in->flags[i], c->err);
	}
	return rc;
}

static int check_unknown(struct checker *c)
{
	const char *names[JET_KEYWORD_UNKNOWN];
	const struct jet_str name = c->in->name;
	const char *nearest = NULL;
	char text[32];

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
		return FAIL(c, c->in->at, "unknown instruction: %.*s (did you mean %s?)", show(name),
		            name.data, nearest);
	return FAIL(c, c->in->at, "unknown instruction: %.*s", show(name), name.data);
}

int jet_instruction_check(const struct jet_dockerfile *df, const struct jet_instruction *in,
                          struct jet_error *err)
{
	struct checker c = { df, in, err };
	int rc;

	switch (in->keyword) {
	case JET_KEYWORD_ADD:
		return check_sources(&c, add_flags);
	case JET_KEYWORD_COPY:
		return check_sources(&c, copy_flags);
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
		return check_flags(&c, no_flags);
	case JET_KEYWORD_EXPOSE:
		rc = need_some(&c);
		return rc < 0 ? rc : check_flags(&c, no_flags);
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
		return rc < 0 ? rc : check_flags(&c, no_flags);
	default:
		return check_unknown(&c);
	}
}

int jet_dockerfile_check(const struct jet_dockerfile *df, struct jet_error *err)
{
	bool in_stage = false;

	for (size_t i = 0; i < df->n; i++) {
		const struct jet_instruction *in = &df->list[i];
		int rc = jet_instruction_check(df, in, err);

		if (rc < 0)
			return rc;
		in_stage = in_stage || in->keyword == JET_KEYWORD_FROM;
		if (!in_stage && in->keyword != JET_KEYWORD_ARG)
			return jet_fail_spot(err, JET_E_PARSE, df->name, in->at,
			                     "no build stage in current context: only ARG may come "
			                     "before the first FROM");
	}
	if (!in_stage)
		return jet_fail(err, JET_E_PARSE, df->name, "dockerfile contains no stages to build");
	return 0;
}
