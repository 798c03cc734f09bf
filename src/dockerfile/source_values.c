/* SPDX-License-Identifier: Apache-2.0 */
/* Instructions that read nothing, but that builders refuse for what their words expand
 * to.  Where a variable may have another value than was taken nothing is refused. */
#include "dockerfile/source_private.h"

#include "base/error.h"
#include "dockerfile/check.h"

#include <string.h>

enum { MAX_PORT = 65535 };

/* ---- EXPOSE ------------------------------------------------------------- */

static struct jet_str cut(struct jet_str *s, char c)
{
	const char *found = s->len ? memchr(s->data, c, s->len) : NULL;
	const struct jet_str head = { s->data, found ? (size_t)(found - s->data) : s->len };

	s->data += head.len + (found != NULL);
	s->len -= head.len + (found != NULL);
	return head;
}

/* -1: it is none. */
static long port_number(struct jet_str s)
{
	long n = 0;

	if (s.len > 1 && s.data[0] == '+')
		s = (struct jet_str){ s.data + 1, s.len - 1 };
	for (size_t i = 0; i < s.len; i++) {
		if (s.data[i] < '0' || s.data[i] > '9')
			return -1;
		n = n * 10 + (s.data[i] - '0');
		if (n > MAX_PORT)
			return -1;
	}
	return s.len ? n : -1;
}

/* "80" or "8000-8010"; *n is set to how many. */
static bool is_range(struct jet_str s, long *n)
{
	const struct jet_str start = cut(&s, '-');
	const long first = port_number(start);
	const long last = s.data > start.data + start.len ? port_number(s) : first;

	*n = last - first;
	return first >= 0 && last >= first;
}

static bool is_protocol(struct jet_str s)
{
	return !s.len || jet_same_ignoring_case(s, "tcp") || jet_same_ignoring_case(s, "udp") ||
	       jet_same_ignoring_case(s, "sctp");
}

/* "[[address:]port:]port[/protocol]"; an address may be any. */
static bool is_exposable(struct jet_str s)
{
	struct jet_str host = { NULL, 0 }, port;
	long n, nhost;

	for (size_t i = s.len; i-- > 0;) {
		if (s.data[i] != ':')
			continue;
		host = (struct jet_str){ s.data, i };
		s = (struct jet_str){ s.data + i + 1, s.len - i - 1 };
		break;
	}
	for (size_t i = host.len; i-- > 0;) {
		if (host.data[i] != ':')
			continue;
		host = (struct jet_str){ host.data + i + 1, host.len - i - 1 };
		break;
	}
	port = cut(&s, '/');
	if (!is_protocol(s) || !is_range(port, &n))
		return false;
	return !host.len || (is_range(host, &nhost) && (!n || n == nhost));
}

/* What a variable holds is split at blanks here. */
static int check_ports(struct jet_finder *f, const struct jet_word *word, struct jet_str value)
{
	for (value = jet_str_trim(value); value.len; value = jet_str_trim_left(value)) {
		struct jet_str port = { value.data, 0 };

		while (port.len < value.len && !strchr(" \t\n\v\f\r", value.data[port.len]))
			port.len++;
		if (!is_exposable(port))
			return jet_source_fail(f, JET_E_OPTION, word, "EXPOSE wants ports, as in 80 or "
			                       "8000-8010/udp, not \"%s\"", JET_SHOW(port));
		value.data += port.len;
		value.len -= port.len;
	}
	return 0;
}

/* ---- STOPSIGNAL --------------------------------------------------------- */

/* As Linux has them. */
static const char *const signals[] = {
	"abrt", "alrm", "bus",  "chld", "cld",  "cont", "fpe",    "hup",    "ill",  "int",  "io",
	"iot",  "kill", "pipe", "poll", "prof", "pwr",  "quit",   "segv",   "stkflt", "stop", "sys",
	"term", "trap", "tstp", "ttin", "ttou", "urg",  "usr1",   "usr2",   "vtalrm", "winch", "xcpu",
	"xfsz", "rtmin", "rtmax",
};

static bool is_number(struct jet_str s, bool *zero)
{
	*zero = true;
	if (s.len && (s.data[0] == '-' || s.data[0] == '+'))
		s = (struct jet_str){ s.data + 1, s.len - 1 };
	for (size_t i = 0; i < s.len; i++) {
		if (s.data[i] < '0' || s.data[i] > '9')
			return false;
		*zero = *zero && s.data[i] == '0';
	}
	return s.len > 0;
}

/* "rtmin+1" to "rtmin+15", "rtmax-14" to "rtmax-1". */
static bool is_realtime(struct jet_str s)
{
	const bool above = s.len > 6 && jet_same_ignoring_case((struct jet_str){ s.data, 6 }, "rtmin+");
	const bool below = s.len > 6 && jet_same_ignoring_case((struct jet_str){ s.data, 6 }, "rtmax-");
	long n;

	if (!above && !below)
		return false;
	s = (struct jet_str){ s.data + 6, s.len - 6 };
	n = s.data[0] >= '1' && s.data[0] <= '9' ? port_number(s) : 0;
	return n >= 1 && n <= (above ? 15 : 14);
}

static bool is_signal(struct jet_str s)
{
	bool zero;

	if (is_number(s, &zero))
		return !zero;
	if (s.len >= 3 && jet_same_ignoring_case((struct jet_str){ s.data, 3 }, "sig"))
		s = (struct jet_str){ s.data + 3, s.len - 3 };
	for (size_t i = 0; i < sizeof(signals) / sizeof(signals[0]); i++) {
		if (jet_same_ignoring_case(s, signals[i]))
			return true;
	}
	return is_realtime(s);
}

/* ---- the whole ---------------------------------------------------------- */

static int check_value(struct jet_finder *f, const struct jet_word *word, struct jet_str value)
{
	switch (f->in->keyword) {
	case JET_KEYWORD_EXPOSE:
		return check_ports(f, word, value);
	case JET_KEYWORD_STOPSIGNAL:
		return is_signal(value) ? 0
		                        : jet_source_fail(f, JET_E_OPTION, word, "invalid signal: %s",
		                                          JET_SHOW(value));
	case JET_KEYWORD_VOLUME:
		return value.len ? 0
		                 : jet_source_fail(f, JET_E_OPTION, word,
		                                   "VOLUME specified can not be an empty string");
	default:
		return 0;
	}
}

/* All are expanded before one is refused. */
int jet_source_values(struct jet_finder *f)
{
	const size_t n = f->in->nwords;
	struct jet_str *values = jet_arena_array(&f->found->arena, n, sizeof(*values));
	int rc = values ? 0 : jet_fail_nomem(f->err);

	for (size_t i = 0; rc == 0 && i < n; i++) {
		rc = jet_source_expand(f, &f->in->words[i], false, &values[i]);
		if (f->doubt)
			values[i].data = NULL;
	}
	for (size_t i = 0; rc == 0 && i < n && f->stages->dialect->checks_values; i++) {
		if (values[i].data)
			rc = check_value(f, &f->in->words[i], values[i]);
	}
	return rc;
}
