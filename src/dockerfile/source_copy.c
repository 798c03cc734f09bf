/* SPDX-License-Identifier: Apache-2.0 */
#include "dockerfile/source_private.h"

#include "base/error.h"
#include "base/path.h"
#include "dockerfile/remote.h"
#include "dockerfile/words.h"

#include <string.h>

/* ---- flags -------------------------------------------------------------- */

static bool all_of(struct jet_str s, const char *set)
{
	for (size_t i = 0; i < s.len; i++) {
		if (!strchr(set, s.data[i]) || !s.data[i])
			return false;
	}
	return true;
}

/* "u+rwX,go=" and the like: who, operators, permissions. */
static bool is_symbolic_mode(struct jet_str s)
{
	return s.len && all_of(s, "ugoa+-=rwxXst,") &&
	       (memchr(s.data, '+', s.len) || memchr(s.data, '-', s.len) || memchr(s.data, '=', s.len));
}

static int expand_flag(struct jet_finder *f, const char *name, const struct jet_word **flag,
                       struct jet_str *value)
{
	const struct jet_str text = jet_instruction_flag(f->in, name);
	struct jet_expander x;

	*value = (struct jet_str){ "", 0 };
	*flag = jet_instruction_flag_word(f->in, name);
	if (!*flag || !text.len)
		return 0;
	x = jet_source_expander(f, *flag, false);
	return jet_source_told(f, &x, text, jet_expand(&x, text, value));
}

static int check_chmod(struct jet_finder *f)
{
	const struct jet_word *flag;
	struct jet_str mode, digits;
	int rc = expand_flag(f, "chmod", &flag, &mode);

	if (rc < 0 || !mode.len || is_symbolic_mode(mode))
		return rc;
	digits = mode;
	while (digits.len && digits.data[0] == '0') {
		digits.data++;
		digits.len--;
	}
	if (all_of(mode, "01234567") && digits.len <= 4)
		return 0;
	return jet_source_fail(f, JET_E_OPTION, flag,
	                       "invalid chmod parameter: '%s': it should be an octal string between 0 "
	                       "and 07777", JET_SHOW(mode));
}

static int check_checksum(struct jet_finder *f, const struct jet_source *sources, size_t n)
{
	const struct jet_word *flag;
	struct jet_str value;
	int rc = expand_flag(f, "checksum", &flag, &value);

	if (rc < 0 || !value.len)
		return rc;
	if (n != 1)
		return jet_source_fail(f, JET_E_OPTION, flag,
		                       "checksum can't be specified for multiple sources");
	if (jet_remote_kind(sources[0].text) == JET_REMOTE_NONE)
		return jet_source_fail(f, JET_E_OPTION, flag, "checksum requires HTTP(S) or Git sources");
	if (f->stages->dialect->checks_values && !f->doubt && jet_digest_fault(value) &&
	    jet_remote_kind(sources[0].text) == JET_REMOTE_URL)
		return jet_source_fail(f, JET_E_OPTION, flag, "%s: write sha256:HEX",
		                       jet_digest_fault(value));
	return 0;
}

static int find_excludes(struct jet_finder *f, struct jet_source *source)
{
	struct jet_str *list = jet_arena_array(&f->found->arena, f->in->nflags, sizeof(*list));
	static const char exclude[] = "--exclude=";
	const size_t n = sizeof(exclude) - 1;

	if (!list)
		return jet_fail_nomem(f->err);
	source->excludes = list;
	for (size_t i = 0; i < f->in->nflags; i++) {
		const struct jet_str flag = f->in->flags[i].text;

		if (flag.len >= n && memcmp(flag.data, exclude, n) == 0)
			list[source->nexcludes++] = (struct jet_str){ flag.data + n, flag.len - n };
	}
	return 0;
}

/* ---- words --------------------------------------------------------------- */

/* ADD takes a URL; COPY does not. */
static int check_remote(struct jet_finder *f, const struct jet_source *source)
{
	const enum jet_remote remote = jet_remote_kind(source->text);

	if (f->in->keyword != JET_KEYWORD_COPY || remote == JET_REMOTE_NONE)
		return 0;
	return jet_source_fail(f, JET_E_OPTION, &source->word, remote == JET_REMOTE_GIT
	                               ? "source can't be a git ref for COPY"
	                               : "source can't be a URL for COPY");
}

static int expand_bodies(struct jet_finder *f)
{
	int rc = 0;

	for (size_t i = 0; rc == 0 && i < f->in->nheredocs; i++) {
		const struct jet_heredoc *doc = &f->in->heredocs[i];
		const struct jet_word word = { doc->name, doc->at, doc->end };
		struct jet_expander x = jet_source_expander(f, &word, false);
		struct jet_str unused;

		x.text = true;
		x.escape = '\\';
		if (doc->expand)
			rc = jet_source_told(f, &x, doc->body, jet_expand(&x, doc->body, &unused));
	}
	return rc;
}

/* Fills in word and text of the sources; @n: how many.  A word that opens a
 * here-document is none. */
static int expand_sources(struct jet_finder *f, struct jet_source *out, size_t *n,
                          struct jet_str *destination)
{
	const struct jet_instruction *in = f->in;
	struct jet_heredoc doc;
	int rc = 0;

	*n = 0;
	for (size_t i = 0; rc == 0 && i + 1 < in->nwords; i++) {
		int found = f->stages->dialect->heredocs
		                    ? jet_heredoc_word(&f->found->arena, in->words[i].text, &doc)
		                    : JET_HEREDOC_NONE;

		if (found == JET_HEREDOC_NOMEM)
			return jet_fail_nomem(f->err);
		if (found == JET_HEREDOC_FOUND)
			continue;
		out[*n].word = in->words[i];
		rc = jet_source_expand(f, &in->words[i], true, &out[*n].text);
		++*n;
	}
	if (rc == 0)
		rc = jet_source_expand(f, &in->words[in->nwords - 1], false, destination);
	return rc < 0 ? rc : expand_bodies(f);
}

/* How many of its words are URLs, and how many are surely one source each: all but wildcards,
 * whose matches are counted where the context is known. */
static void count_words(const struct jet_source *words, size_t n, size_t *nremote, size_t *nsure)
{
	*nremote = *nsure = 0;
	for (size_t i = 0; i < n; i++) {
		const bool remote = jet_remote_kind(words[i].text) != JET_REMOTE_NONE;

		*nremote += remote;
		*nsure += remote || !jet_has_wildcard(words[i].text);
	}
}

/* Of another stage, or of URLs alone, nothing is known later. */
static int check_destination(struct jet_finder *f, struct jet_source *source, const struct jet_source *words,
                             size_t n, struct jet_str destination, bool ours)
{
	size_t nsure;

	count_words(words, n, &source->nremote, &nsure);
	source->one_file = f->stages->dialect->many_want_slash &&
	                   (!destination.len || destination.data[destination.len - 1] != '/');
	if (!source->one_file || nsure < 2 || (ours && source->nremote < n))
		return 0;
	return jet_source_fail(f, JET_E_OPTION, &f->in->words[f->in->nwords - 1], JET_MANY_WANT_SLASH,
	                       f->stages->dialect->name);
}

static int add_sources(struct jet_finder *f, const struct jet_source *model, const struct jet_source *words,
                       size_t n)
{
	int rc = 0;

	for (size_t i = 0; rc == 0 && i < n; i++) {
		struct jet_source source = *model;

		source.word = words[i].word;
		source.text = words[i].text;
		rc = check_remote(f, &source);
		if (rc == 0 && jet_remote_kind(source.text) == JET_REMOTE_NONE)
			rc = jet_source_add(f, source);
	}
	return rc;
}

int jet_source_copy(struct jet_finder *f)
{
	const bool is_copy = f->in->keyword == JET_KEYWORD_COPY;
	struct jet_source source = { .kind = is_copy ? JET_SOURCE_COPY : JET_SOURCE_ADD };
	struct jet_source *words = jet_arena_array(&f->found->arena, f->in->nwords, sizeof(*words));
	struct jet_str unused, destination = { "", 0 };
	const struct jet_word *flag;
	size_t n = 0;
	bool ours = true;
	int rc = words ? 0 : jet_fail_nomem(f->err);

	if (rc == 0)
		rc = expand_flag(f, "chown", &flag, &unused);
	if (rc == 0)
		rc = expand_sources(f, words, &n, &destination);
	if (rc == 0 && is_copy)
		rc = jet_source_from(f, jet_instruction_flag_word(f->in, "from"),
		                     jet_instruction_flag(f->in, "from"), &source, &ours);
	if (rc == 0)
		rc = check_destination(f, &source, words, n, destination, ours);
	if (rc == 0)
		rc = check_chmod(f);
	if (rc == 0 && !is_copy)
		rc = check_checksum(f, words, n);
	source.parents = is_copy && jet_instruction_is(f->in, "parents");
	if (rc == 0)
		rc = find_excludes(f, &source);
	return rc < 0 || !ours ? rc : add_sources(f, &source, words, n);
}
