/* SPDX-License-Identifier: Apache-2.0 */
#include "base/error.h"
#include "dockerfile/check.h"

#include "base/nearest.h"

#include <string.h>

enum kind { TEXT, BOOL, LIST };

struct flag {
	const char *name; /* NULL ends a list */
	enum kind kind;
	bool new;         /* only dialects with new_flags have it */
};

static const struct flag add_flags[] = {
	{ "chown", TEXT, false }, { "chmod", TEXT, false }, { "link", BOOL, true },
	{ "keep-git-dir", BOOL, true }, { "checksum", TEXT, true }, { "unpack", BOOL, true },
	{ "exclude", LIST, true }, { 0 },
};
static const struct flag copy_flags[] = {
	{ "chown", TEXT, false }, { "from", TEXT, false }, { "chmod", TEXT, false },
	{ "link", BOOL, true }, { "exclude", LIST, true }, { "parents", BOOL, true }, { 0 },
};
static const struct flag from_flags[] = { { "platform", TEXT, false }, { 0 } };
static const struct flag run_flags[] = {
	{ "mount", LIST, false }, { "network", TEXT, true }, { "security", TEXT, true },
	{ "device", LIST, true }, { 0 },
};
static const struct flag health_flags[] = {
	{ "interval", TEXT, false }, { "timeout", TEXT, false }, { "start-period", TEXT, false },
	{ "start-interval", TEXT, true }, { "retries", TEXT, false }, { 0 },
};

/* NULL: it takes none. */
static const struct flag *flags_of(enum jet_keyword keyword)
{
	switch (keyword) {
	case JET_KEYWORD_ADD:
		return add_flags;
	case JET_KEYWORD_COPY:
		return copy_flags;
	case JET_KEYWORD_FROM:
		return from_flags;
	case JET_KEYWORD_RUN:
		return run_flags;
	case JET_KEYWORD_HEALTHCHECK:
		return health_flags;
	default:
		return NULL;
	}
}

#define FAIL(c, word, ...) \
	jet_fail_word((c)->err, JET_E_PARSE, (c)->df->name, (c)->in->at, (word)->at, __VA_ARGS__)

struct jet_str jet_flag_name(struct jet_str word)
{
	const char *equals = memchr(word.data, '=', word.len);
	const size_t n = equals ? (size_t)(equals - word.data) : word.len;

	return (struct jet_str){ word.data + 2, n - 2 };
}

bool jet_same_ignoring_case(struct jet_str s, const char *lower)
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

static int fail_unknown_flag(struct jet_checker *c, const struct jet_word *w, struct jet_str name,
                             const struct flag *known)
{
	const char *names[8];
	const char *nearest;
	char text[32];
	size_t n = 0;

	for (; known && known->name; known++) {
		if (c->df->dialect->new_flags || !known->new)
			names[n++] = known->name;
		else if (jet_str_is(name, known->name))
			return FAIL(c, w, "%s does not know --%s: build with BuildKit",
			            c->df->dialect->name, known->name);
	}
	text[0] = '\0';
	if (name.len < sizeof(text)) {
		memcpy(text, name.data, name.len);
		text[name.len] = '\0';
	}
	nearest = text[0] ? jet_nearest(text, names, n) : NULL;
	if (nearest)
		return FAIL(c, w, "unknown flag: --%s (did you mean %s?)", JET_SHOW(name),
		            nearest);
	return FAIL(c, w, "unknown flag: --%s", JET_SHOW(name));
}

static bool is_repeated(const struct jet_instruction *in, size_t index, struct jet_str name)
{
	for (size_t i = 0; i < index; i++) {
		const struct jet_str other = jet_flag_name(in->flags[i].text);

		if (other.len == name.len && memcmp(other.data, name.data, name.len) == 0)
			return true;
	}
	return false;
}

static int check_flag(struct jet_checker *c, size_t index, const struct flag *known)
{
	const struct jet_word *w = &c->in->flags[index];
	const struct jet_str name = jet_flag_name(w->text);
	const bool has_value = name.len + 2 < w->text.len;
	struct jet_str value = { NULL, 0 };
	const struct jet_df_dialect *d = c->df->dialect;
	const struct flag *flag = known;

	while (flag && flag->name && !jet_str_is(name, flag->name))
		flag++;
	if (!flag || !flag->name || (flag->new && !d->new_flags))
		return fail_unknown_flag(c, w, name, known);
	if (has_value)
		value = (struct jet_str){ name.data + name.len + 1, w->text.len - name.len - 3 };
	if (flag->kind != LIST && d->strict && is_repeated(c->in, index, name))
		return FAIL(c, w, "duplicate flag specified: --%s", flag->name);
	if (flag->kind != BOOL && !has_value)
		return FAIL(c, w, "missing a value on flag: --%s", flag->name);
	if (flag->kind == BOOL && has_value && !value.len)
		return FAIL(c, w, "missing a value on flag: --%s", flag->name);
	if (flag->kind == BOOL && has_value && !jet_same_ignoring_case(value, "true") &&
	    !jet_same_ignoring_case(value, "false"))
		return FAIL(c, w, "expecting boolean value for flag --%s, not: %s", flag->name,
		            JET_SHOW(value));
	return 0;
}

int jet_flags_check(struct jet_checker *c)
{
	const struct flag *known = flags_of(c->in->keyword);
	int rc = 0;

	/* Who is not strict never looks at flags that mean nothing anyway. */
	if (!known && !c->df->dialect->strict)
		return 0;
	for (size_t i = 0; rc == 0 && i < c->in->nflags; i++)
		rc = check_flag(c, i, known);
	return rc;
}

const struct jet_word *jet_instruction_flag_word(const struct jet_instruction *in, const char *name)
{
	for (size_t i = in->nflags; i-- > 0;) {
		if (jet_str_is(jet_flag_name(in->flags[i].text), name))
			return &in->flags[i];
	}
	return NULL;
}

struct jet_str jet_instruction_flag(const struct jet_instruction *in, const char *name)
{
	const struct jet_word *flag = jet_instruction_flag_word(in, name);
	struct jet_str value = { NULL, 0 };
	size_t n;

	if (!flag)
		return value;
	n = strlen(name) + 2;
	value = (struct jet_str){ flag->text.data + flag->text.len, 0 };
	if (n < flag->text.len)
		value = (struct jet_str){ flag->text.data + n + 1, flag->text.len - n - 1 };
	return value;
}

bool jet_instruction_is(const struct jet_instruction *in, const char *name)
{
	const struct jet_str value = jet_instruction_flag(in, name);

	return value.data && !jet_same_ignoring_case(value, "false");
}
