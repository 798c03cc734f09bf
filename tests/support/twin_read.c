/* SPDX-License-Identifier: Apache-2.0 */
/* The twin's reader: the bytes of an ignore file become a list of rules. */
#include "twin_private.h"

#include <stdlib.h>
#include <string.h>

enum { LINE_LIMIT = 65536, HEADER_LIMIT = 1048896 };

static const struct twin_dialect dialects[] = {
	[JET_BUILDER_BUILDKIT] = { .reader = true, .types = true, .skips = true,
	                           .transport = true, .json = true, .order = JET_ORDER_WALK },
	[JET_BUILDER_CLASSIC] = { .reader = true, .types = true, .skips = true,
	                          .order = JET_ORDER_WALK },
	[JET_BUILDER_CLASSIC_20_10] = { .reader = true, .old_go = true, .order = JET_ORDER_OLD },
	[JET_BUILDER_BUILDAH] = { .subtree = true, .old_go = true, .json = true,
	                          .order = JET_ORDER_SELF },
};

const struct twin_dialect *twin_dialect(enum jet_builder builder)
{
	return &dialects[builder];
}

static void add_rule(struct twin *twin, const char *s, size_t len, bool negated, uint32_t line)
{
	struct twin_rule *rule;

	if (twin->count == twin->capacity) {
		twin->capacity = twin->capacity ? twin->capacity * 2 : 8;
		twin->rules = twin_alloc(twin->rules, twin->capacity * sizeof(*twin->rules));
	}
	rule = &twin->rules[twin->count++];
	memset(rule, 0, sizeof(*rule));
	rule->pattern = twin_alloc(NULL, len + 1);
	memcpy(rule->pattern, s, len);
	rule->pattern[len] = '\0';
	rule->pattern_len = len;
	rule->negated = negated;
	rule->line = line;
}

/* patternmatcher.New for one line: trim, Clean with the "!", "!", check. */
static int parse_line(struct twin *twin, const char *s, size_t len, uint32_t line)
{
	char *clean = twin_alloc(NULL, len + 1), *p = clean;
	bool negated;
	int ret = 0;

	twin_trim(&s, &len);
	if (!len)
		goto out;
	len = twin_clean(s, len, clean);
	negated = p[0] == '!';
	if (negated) {
		p++;
		len--;
	}
	if (negated && !len) {
		ret = JET_E_SYNTAX;
		goto out;
	}
	if (negated && !twin_dialect(twin->builder)->reader) {
		/* buildah cleans what follows the "!" once more. */
		len = twin_clean(p, len, p);
		if (p[0] == '/') {
			p++;
			len--;
		}
	}
	if (twin_check(p, len))
		add_rule(twin, p, len, negated, line);
	else
		ret = JET_E_SYNTAX;
out:
	free(clean);
	return ret;
}

/* What the rules would be as gRPC metadata. */
struct transport {
	bool wide, control; /* a byte above 7E; one below 20, or 7F */
	size_t bytes;
};

static void weigh(struct transport *t, const char *s, size_t len)
{
	for (size_t i = 0; i < len; i++) {
		unsigned char c = (unsigned char)s[i];

		t->wide |= c >= 0x80;
		t->control |= c < 0x20 || c == 0x7F;
	}
	t->bytes += len + strlen("exclude-patterns") + 32;
}

/* ignorefile.ReadAll for one line, without its end; then parse_line(). */
static int read_line(struct twin *twin, const char *s, size_t len, uint32_t line,
                     struct transport *transport)
{
	char *out;
	size_t n = 0, w = 0;
	int ret;

	if (line == 1 && len >= 3 && !memcmp(s, "\xEF\xBB\xBF", 3)) {
		s += 3;
		len -= 3;
	}
	if (len && s[0] == '#')
		return 0;
	twin_trim(&s, &len);
	if (!len)
		return 0;
	out = twin_alloc(NULL, len + 2);
	if (s[0] == '!') {
		out[w++] = '!';
		s++;
		len--;
		twin_trim(&s, &len);
	}
	if (len) {
		n = twin_clean(s, len, out + w);
		if (n > 1 && out[w] == '/') {
			n--;
			memmove(out + w, out + w + 1, n);
		}
	}
	weigh(transport, out, w + n);
	ret = parse_line(twin, out, w + n, line);
	free(out);
	return ret;
}

/* buildah: slashes off at both ends, no other preparation. */
static int read_line_buildah(struct twin *twin, const char *s, size_t len, uint32_t line)
{
	if (!len || s[0] == '#')
		return 0;
	for (; len && s[0] == '/'; len--)
		s++;
	while (len && s[len - 1] == '/')
		len--;
	return len ? parse_line(twin, s, len, line) : 0;
}

static int read_lines(struct twin *twin, const char *data, size_t len,
                      struct transport *transport)
{
	const bool reader = twin_dialect(twin->builder)->reader;
	uint32_t line = 0;
	int ret = 0;

	/* The scanner fails before anything is parsed. */
	for (size_t i = 0, start = 0; reader && i < len; i++) {
		if (i - start >= LINE_LIMIT - 1 && data[i] != '\n')
			return JET_E_SYNTAX;
		if (data[i] == '\n')
			start = i + 1;
	}
	for (size_t start = 0; start < len && !ret;) {
		const char *end = memchr(data + start, '\n', len - start);
		size_t n = end ? (size_t)(end - data) - start : len - start;

		line++;
		if (!reader) {
			ret = read_line_buildah(twin, data + start, n, line);
		} else {
			size_t cut = n && data[start + n - 1] == '\r';

			ret = read_line(twin, data + start, n - cut, line, transport);
		}
		start += n + 1;
	}
	return ret;
}

/* JSON on the way to the client, or to buildah's child process: each invalid byte becomes U+FFFD. */
static void make_valid(struct twin_rule *rule)
{
	char *out = twin_alloc(NULL, rule->pattern_len * 3 + 1);
	size_t w = 0;

	for (size_t i = 0; i < rule->pattern_len;) {
		uint32_t r;
		bool bad;
		size_t n = twin_decode(rule->pattern + i, rule->pattern_len - i, &r, &bad);

		memcpy(out + w, bad ? "\xEF\xBF\xBD" : rule->pattern + i, bad ? 3 : n);
		w += bad ? 3 : n;
		i += n;
	}
	out[w] = '\0';
	free(rule->pattern);
	rule->pattern = out;
	rule->pattern_len = w;
}

int twin_parse(const void *data, size_t len, enum jet_builder builder, struct twin *twin)
{
	const struct twin_dialect *dialect = twin_dialect(builder);
	struct transport transport = { 0 };
	int ret;

	memset(twin, 0, sizeof(*twin));
	twin->builder = builder;
	ret = read_lines(twin, data, len, &transport);
	if (!ret && dialect->transport &&
	    ((transport.control && !transport.wide) || transport.bytes > HEADER_LIMIT))
		ret = JET_E_TRANSPORT;
	if (ret) {
		twin_free(twin);
		return ret;
	}
	for (size_t i = 0; i < twin->count; i++) {
		if (dialect->json)
			make_valid(&twin->rules[i]);
		twin_translate(&twin->rules[i], dialect);
	}
	return 0;
}

void twin_free(struct twin *twin)
{
	for (size_t i = 0; i < twin->count; i++) {
		twin_release(twin->rules[i].program);
		free(twin->rules[i].pattern);
	}
	free(twin->rules);
	memset(twin, 0, sizeof(*twin));
}
