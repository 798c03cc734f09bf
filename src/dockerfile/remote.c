/* SPDX-License-Identifier: Apache-2.0 */
#include "dockerfile/remote.h"

#include <string.h>

static bool begins(struct jet_str s, const char *text)
{
	const size_t n = strlen(text);

	return s.len >= n && memcmp(s.data, text, n) == 0;
}

/* The part of a URL before "?" and "#" ends in ".git". */
static bool names_a_repository(struct jet_str s)
{
	size_t n = 0;

	while (n < s.len && s.data[n] != '?' && s.data[n] != '#')
		n++;
	return n >= 4 && memcmp(s.data + n - 4, ".git", 4) == 0;
}

static bool is_word(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' ||
	       c == '_';
}

/* "user@host:path", as scp has it. */
static bool is_scp(struct jet_str s)
{
	size_t user = 0, host;

	while (user < s.len && is_word(s.data[user]))
		user++;
	if (!user || user == s.len || s.data[user] != '@')
		return false;
	host = user + 1;
	while (host < s.len && (is_word(s.data[host]) || s.data[host] == '.') && s.data[host] != '_')
		host++;
	return host > user + 1 && host < s.len && s.data[host] == ':';
}

enum jet_remote jet_remote_kind(struct jet_str s)
{
	if (begins(s, "http://") || begins(s, "https://"))
		return names_a_repository(s) ? JET_REMOTE_GIT : JET_REMOTE_URL;
	if (begins(s, "git://") || begins(s, "ssh://") || is_scp(s))
		return JET_REMOTE_GIT;
	return JET_REMOTE_NONE;
}

enum jet_context_kind jet_context_kind(struct jet_str value)
{
	if (begins(value, "docker-image://") || begins(value, "oci-layout://") ||
	    begins(value, "target:"))
		return JET_CONTEXT_IMAGE;
	if (jet_remote_kind(value) != JET_REMOTE_NONE || begins(value, "github.com/"))
		return JET_CONTEXT_REMOTE;
	return JET_CONTEXT_DIRECTORY;
}

struct jet_str jet_context_image(struct jet_str value)
{
	static const char image[] = "docker-image://";
	static const struct jet_str none = { NULL, 0 };
	const size_t n = sizeof(image) - 1;
	struct jet_str name = value;

	if (jet_context_kind(value) != JET_CONTEXT_IMAGE)
		return none;
	if (begins(value, image))
		name = (struct jet_str){ value.data + n, value.len - n };
	return jet_str_is(name, "scratch") ? none : name;
}
