/* SPDX-License-Identifier: Apache-2.0 */
#include "dockerfile/reference.h"

#include <string.h>

enum { MAX_PATH = 255, MAX_TAG = 128, MIN_HEX = 32, ID_HEX = 64 };

static const char invalid[] = "invalid reference format";

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static bool is_lower(char c)
{
	return c >= 'a' && c <= 'z';
}

static bool is_upper(char c)
{
	return c >= 'A' && c <= 'Z';
}

static bool is_alnum(char c)
{
	return is_digit(c) || is_lower(c) || is_upper(c);
}

static bool is_hex(char c)
{
	return is_digit(c) || (c >= 'a' && c <= 'f');
}

static struct jet_str text_of(const char *s)
{
	return (struct jet_str){ s, strlen(s) };
}

/* Where @c is in @s; its length if it is not. */
static size_t find(struct jet_str s, char c)
{
	const char *found = s.len ? memchr(s.data, c, s.len) : NULL;

	return found ? (size_t)(found - s.data) : s.len;
}

static struct jet_str before(struct jet_str s, size_t n)
{
	return (struct jet_str){ s.data, n };
}

static struct jet_str behind(struct jet_str s, size_t n)
{
	return (struct jet_str){ s.data + n, s.len - n };
}

static bool has_upper(struct jet_str s)
{
	for (size_t i = 0; i < s.len; i++) {
		if (is_upper(s.data[i]))
			return true;
	}
	return false;
}

/* ---- parts -------------------------------------------------------------- */

/* Letters and digits, "-" only inside. */
static bool is_host_label(struct jet_str s)
{
	for (size_t i = 0; i < s.len; i++) {
		if (!is_alnum(s.data[i]) && (s.data[i] != '-' || !i || i + 1 == s.len))
			return false;
	}
	return s.len > 0;
}

static bool is_port(struct jet_str s)
{
	for (size_t i = 0; i < s.len; i++) {
		if (!is_digit(s.data[i]))
			return false;
	}
	return s.len > 0;
}

/* "host.name:port" or "[::1]:port". */
static bool is_domain(struct jet_str s)
{
	struct jet_str host;
	size_t colon;

	if (s.len && s.data[0] == '[') {
		const size_t end = find(s, ']');

		for (size_t i = 1; i < end; i++) {
			const char c = s.data[i];

			if (!is_hex(c) && !(c >= 'A' && c <= 'F') && c != ':')
				return false;
		}
		if (end < 2 || end == s.len)
			return false;
		s = behind(s, end + 1);
		return !s.len || (s.data[0] == ':' && is_port(behind(s, 1)));
	}
	colon = find(s, ':');
	host = before(s, colon);
	if (colon < s.len && !is_port(behind(s, colon + 1)))
		return false;
	for (;;) {
		const size_t dot = find(host, '.');

		if (!is_host_label(before(host, dot)))
			return false;
		if (dot == host.len)
			return true;
		host = behind(host, dot + 1);
	}
}

/* "a-z0-9" with ".", "_", "__" or any number of "-" between. */
static bool is_path_part(struct jet_str s)
{
	size_t i = 0;

	while (i < s.len) {
		const size_t word = i;

		while (i < s.len && (is_digit(s.data[i]) || is_lower(s.data[i])))
			i++;
		if (i == word)
			return false;
		if (i == s.len)
			return true;
		if (s.data[i] == '-') {
			while (i < s.len && s.data[i] == '-')
				i++;
		} else if (s.data[i] == '.' || s.data[i] == '_') {
			i += 1U + (s.data[i] == '_' && i + 1 < s.len && s.data[i + 1] == '_');
		} else {
			return false;
		}
	}
	return false; /* empty, or it ends in a separator */
}

static bool is_path(struct jet_str s)
{
	for (;;) {
		const size_t slash = find(s, '/');

		if (!is_path_part(before(s, slash)))
			return false;
		if (slash == s.len)
			return true;
		s = behind(s, slash + 1);
	}
}

static bool is_tag(struct jet_str s)
{
	for (size_t i = 0; i < s.len; i++) {
		const char c = s.data[i];

		if (!is_alnum(c) && c != '_' && (!i || (c != '.' && c != '-')))
			return false;
	}
	return s.len > 0 && s.len <= MAX_TAG;
}

/* Words of letters and digits, each beginning with a letter, "-_+." between. */
static bool is_algorithm(struct jet_str s)
{
	bool first = true;

	for (size_t i = 0; i < s.len; i++) {
		const char c = s.data[i];

		if (first ? !is_lower(c) && !is_upper(c) : !is_alnum(c) && !memchr("-_+.", c, 4))
			return false;
		first = !is_alnum(c);
	}
	return !first;
}

const char *jet_digest_fault(struct jet_str s)
{
	static const struct {
		const char *name;
		size_t hex;
	} algorithms[] = { { "sha256", 64 }, { "sha384", 96 }, { "sha512", 128 } };
	const size_t colon = find(s, ':');
	struct jet_str hex;

	if (colon == s.len || !is_algorithm(before(s, colon)))
		return invalid;
	hex = behind(s, colon + 1);
	for (size_t i = 0; i < hex.len; i++) {
		if (!is_hex(hex.data[i]) && !(hex.data[i] >= 'A' && hex.data[i] <= 'F'))
			return invalid;
	}
	if (hex.len < MIN_HEX)
		return invalid;
	for (size_t i = 0; i < sizeof(algorithms) / sizeof(algorithms[0]); i++) {
		if (!jet_str_is(before(s, colon), algorithms[i].name))
			continue;
		if (hex.len != algorithms[i].hex)
			return "invalid checksum digest length";
		return has_upper(hex) ? "invalid checksum digest format" : NULL;
	}
	return "unsupported digest algorithm";
}

/* ---- the whole ---------------------------------------------------------- */

static bool is_identifier(struct jet_str s)
{
	for (size_t i = 0; i < s.len; i++) {
		if (!is_hex(s.data[i]))
			return false;
	}
	return s.len == ID_HEX;
}

/* Cuts the domain off, if the first part looks like one. */
static struct jet_str split_domain(struct jet_str *s)
{
	const size_t slash = find(*s, '/');
	const struct jet_str first = before(*s, slash);
	const bool is_host = find(first, '.') < slash || find(first, ':') < slash ||
	                     jet_str_is(first, "localhost") || has_upper(first);

	if (slash == s->len || !is_host)
		return text_of("docker.io");
	*s = behind(*s, slash + 1);
	return jet_str_is(first, "index.docker.io") ? text_of("docker.io") : first;
}

/* "alpine" and "library/alpine" are one. */
static void set_library(struct jet_reference *ref)
{
	static const struct jet_str library = { "library/", 8 };
	const size_t slash = find(ref->path, '/');

	if (slash == ref->path.len) {
		ref->library = library;
	} else if (slash == library.len - 1 && memcmp(ref->path.data, library.data, library.len) == 0 &&
	           find(behind(ref->path, slash + 1), '/') == ref->path.len - slash - 1) {
		ref->library = library;
		ref->path = behind(ref->path, slash + 1);
	}
}

const char *jet_reference_parse(struct jet_str text, struct jet_reference *out)
{
	struct jet_reference ref = { .library = { "", 0 } };
	struct jet_str rest = text;
	size_t at, colon;

	if (is_identifier(text))
		return "invalid repository name: it cannot be 64 hexadecimal digits";
	ref.domain = split_domain(&rest);
	if (has_upper(before(rest, find(rest, ':'))))
		return "invalid reference format: repository name must be lowercase";
	at = find(rest, '@');
	if (at < rest.len) {
		ref.digest = behind(rest, at + 1);
		rest = before(rest, at);
	}
	colon = find(rest, ':');
	if (colon < rest.len)
		ref.tag = behind(rest, colon + 1);
	ref.path = before(rest, colon);
	if (!is_domain(ref.domain) || !is_path(ref.path) || (ref.tag.data && !is_tag(ref.tag)))
		return invalid;
	if (jet_str_is(ref.domain, "docker.io"))
		set_library(&ref);
	if (ref.path.len + ref.library.len > MAX_PATH)
		return "repository name must not be more than 255 characters";
	if (out)
		*out = ref;
	return ref.digest.data ? jet_digest_fault(ref.digest) : NULL;
}

static bool same(struct jet_str a, struct jet_str b)
{
	return a.len == b.len && (!a.len || memcmp(a.data, b.data, a.len) == 0);
}

bool jet_reference_same(struct jet_str a, struct jet_str b)
{
	struct jet_reference x, y;

	if (jet_reference_parse(a, &x) || jet_reference_parse(b, &y))
		return false;
	if (!x.tag.data && !x.digest.data)
		x.tag = text_of("latest");
	if (!y.tag.data && !y.digest.data)
		y.tag = text_of("latest");
	return same(x.domain, y.domain) && x.library.len == y.library.len && same(x.path, y.path) &&
	       same(x.tag, y.tag) && same(x.digest, y.digest);
}

bool jet_reference_official(struct jet_str text, const char *const *names)
{
	struct jet_reference ref;

	if (jet_reference_parse(text, &ref) || !ref.library.len)
		return false;
	for (; *names; names++) {
		if (jet_str_is(ref.path, *names))
			return true;
	}
	return false;
}
