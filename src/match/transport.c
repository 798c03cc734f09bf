/* SPDX-License-Identifier: Apache-2.0 */
#include "match/ruleset.h"

#include "base/error.h"

#include <string.h>

/*
 * BuildKit's daemon sends the rules to its client as gRPC metadata, one header
 * "exclude-patterns" for each: HTTP/2 counts 32 bytes more than name and value.
 * REST is what the call's other headers take (method, path, content type, ...).
 */
enum { REST = 512, PER_HEADER = 32 + sizeof("exclude-patterns") - 1 };

static bool has_wide(struct jet_str s)
{
	for (size_t i = 0; i < s.len; i++) {
		if ((unsigned char)s.data[i] >= 0x80)
			return true;
	}
	return false;
}

/* Bytes of @s as Go's url.QueryEscape writes it; an invalid byte is U+FFFD by
 * then, which takes nine. */
static uint64_t escaped_len(struct jet_str s)
{
	static const char plain[] = "-_.~ ";
	uint64_t n = 0;

	while (s.len) {
		uint32_t rune;
		size_t used = jet_rune_decode(s.data, s.len, &rune);
		bool alone = (rune >= '0' && rune <= '9') || (rune >= 'A' && rune <= 'Z') ||
		             (rune >= 'a' && rune <= 'z') ||
		             (rune && rune < 0x80 && strchr(plain, (int)rune));

		n += alone ? 1 : rune == JET_RUNE_ERROR ? 9 : used * 3;
		s.data += used;
		s.len -= used;
	}
	return n;
}

static int fail_at(const char *name, const struct jet_line *line, struct jet_error *err)
{
	jet_fail(err, JET_E_TRANSPORT, name,
	         "control byte in a rule: BuildKit refuses to send it "
	         "(\"non-printable ASCII characters\")");
	if (err)
		err->line = line->number;
	return JET_E_TRANSPORT;
}

static bool is_printable(struct jet_str s)
{
	for (size_t i = 0; i < s.len; i++) {
		if ((unsigned char)s.data[i] < 0x20 || (unsigned char)s.data[i] > 0x7E)
			return false;
	}
	return true;
}

int jet_transport_check(const struct jet_line *lines, size_t n, const char *name,
                        struct jet_error *err)
{
	uint64_t total = REST;
	bool encoded = false;

	for (size_t i = 0; i < n && !encoded; i++)
		encoded = has_wide(lines[i].rule);
	for (size_t i = 0; i < n; i++) {
		const struct jet_str s = lines[i].rule;

		if (!encoded && !is_printable(s))
			return fail_at(name, &lines[i], err);
		total += PER_HEADER + (encoded ? escaped_len(s) : s.len);
	}
	if (total > JET_TRANSPORT_BYTES)
		return jet_fail(err, JET_E_TRANSPORT, name,
		                "all rules together are too long: BuildKit sends up to "
		                "%d bytes, these take about %llu",
		                JET_TRANSPORT_BYTES, (unsigned long long)total);
	return 0;
}
