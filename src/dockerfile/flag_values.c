/* SPDX-License-Identifier: Apache-2.0 */
/* Values of flags that are checked before anything runs. */
#include "dockerfile/check.h"

#include <string.h>

static const uint64_t HIGHEST = UINT64_C(1) << 63; /* -HIGHEST is one, too */
enum { MILLISECOND = 1000000 };

static bool is_digit(struct jet_str s)
{
	return s.len && s.data[0] >= '0' && s.data[0] <= '9';
}

static unsigned take_digit(struct jet_str *s)
{
	s->len--;
	return (unsigned)(*s->data++ - '0');
}

/* ---- durations ---------------------------------------------------------- */

static const struct unit {
	const char *name;
	uint64_t ns;
} units[] = {
	/* Not the two that are written with a Greek letter: flags hold none. */
	{ "ns", 1 }, { "us", 1000 }, { "ms", MILLISECOND }, { "s", UINT64_C(1000000000) },
	{ "m", UINT64_C(60000000000) }, { "h", UINT64_C(3600000000000) },
};

/* 0: there is no such unit. */
static uint64_t take_unit(struct jet_str *s)
{
	size_t n = 0;

	while (n < s->len && s->data[n] != '.' && !(s->data[n] >= '0' && s->data[n] <= '9'))
		n++;
	for (size_t i = 0; i < sizeof(units) / sizeof(units[0]); i++) {
		if (!jet_str_is((struct jet_str){ s->data, n }, units[i].name))
			continue;
		s->data += n;
		s->len -= n;
		return units[i].ns;
	}
	return 0;
}

/* Digits beyond what a number holds do not count. */
static double take_fraction(struct jet_str *s)
{
	uint64_t digits = 0;
	double scale = 1;
	bool full = false;

	while (is_digit(*s)) {
		const unsigned digit = take_digit(s);

		full = full || digits > (HIGHEST - 1) / 10;
		if (full)
			continue;
		digits = digits * 10 + digit;
		scale *= 10;
	}
	return (double)digits / scale;
}

/* "1.5h", one of those that make a duration up. */
static bool take_part(struct jet_str *s, uint64_t *ns)
{
	uint64_t whole = 0, unit;
	double fraction = 0;
	bool some = is_digit(*s);

	while (is_digit(*s)) {
		if (whole > HIGHEST / 10)
			return false;
		whole = whole * 10 + take_digit(s);
	}
	if (s->len && s->data[0] == '.') {
		s->data++;
		s->len--;
		some = some || is_digit(*s);
		fraction = take_fraction(s);
	}
	unit = some ? take_unit(s) : 0;
	if (!unit || whole > HIGHEST / unit)
		return false;
	*ns = whole * unit + (uint64_t)(fraction * (double)unit);
	return *ns <= HIGHEST;
}

/* Go's time.ParseDuration. */
static bool parse_duration(struct jet_str s, bool *negative, uint64_t *ns)
{
	*negative = s.len && s.data[0] == '-';
	*ns = 0;
	if (s.len && (s.data[0] == '-' || s.data[0] == '+')) {
		s.data++;
		s.len--;
	}
	if (jet_str_is(s, "0"))
		return true;
	if (!s.len)
		return false;
	while (s.len) {
		uint64_t part;

		if (!take_part(&s, &part) || part > HIGHEST - *ns)
			return false;
		*ns += part;
	}
	return *negative || *ns < HIGHEST;
}

static const char *check_duration(struct jet_str value)
{
	bool negative;
	uint64_t ns;

	if (!value.len)
		return NULL;
	if (!parse_duration(value, &negative, &ns))
		return "is no duration: write 30s, 1m30s or the like";
	return ns && (negative || ns < MILLISECOND) ? "cannot be less than 1ms" : NULL;
}

/* ---- others ------------------------------------------------------------- */

static const char *check_retries(struct jet_str value)
{
	const bool negative = value.len && value.data[0] == '-';
	uint64_t n = 0;

	if (!value.len)
		return NULL;
	if (negative || value.data[0] == '+') {
		value.data++;
		value.len--;
	}
	if (!value.len)
		return "is no number";
	while (is_digit(value) && n <= INT32_MAX)
		n = n * 10 + take_digit(&value);
	if (value.len || n > INT32_MAX)
		return "is no number of 32 bits";
	return negative && n ? "cannot be negative" : NULL;
}

static const char *check_network(struct jet_str value)
{
	return jet_str_is(value, "default") || jet_str_is(value, "none") || jet_str_is(value, "host")
	               ? NULL
	               : "must be default, none or host, and no variable";
}

static const char *check_security(struct jet_str value)
{
	return jet_str_is(value, "insecure") || jet_str_is(value, "sandbox")
	               ? NULL
	               : "must be insecure or sandbox, and no variable";
}

static const struct {
	enum jet_keyword keyword;
	const char *flag;
	const char *(*check)(struct jet_str value);
} values[] = {
	{ JET_KEYWORD_HEALTHCHECK, "interval", check_duration },
	{ JET_KEYWORD_HEALTHCHECK, "timeout", check_duration },
	{ JET_KEYWORD_HEALTHCHECK, "start-period", check_duration },
	{ JET_KEYWORD_HEALTHCHECK, "start-interval", check_duration },
	{ JET_KEYWORD_HEALTHCHECK, "retries", check_retries },
	{ JET_KEYWORD_RUN, "network", check_network },
	{ JET_KEYWORD_RUN, "security", check_security },
};

int jet_flags_check_values(struct jet_checker *c)
{
	for (size_t i = 0; i < sizeof(values) / sizeof(values[0]); i++) {
		const struct jet_word *flag;
		const char *fault = NULL;

		if (values[i].keyword != c->in->keyword)
			continue;
		flag = jet_instruction_flag_word(c->in, values[i].flag);
		if (flag)
			fault = values[i].check(jet_instruction_flag(c->in, values[i].flag));
		if (fault)
			return jet_fail_word(c->err, JET_E_PARSE, c->df->name, c->in->at, flag->at, "--%s %s",
			                     values[i].flag, fault);
	}
	return 0;
}
