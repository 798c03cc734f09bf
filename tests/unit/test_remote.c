/* SPDX-License-Identifier: Apache-2.0 */
#include "dockerfile/remote.h"

#include <criterion/criterion.h>
#include <string.h>

/* docs/SEMANTICS.md */
Test(remote, is_told_by_its_text)
{
	static const struct {
		const char *source;
		enum jet_remote want;
	} rows[] = {
		{ "http://h/f", JET_REMOTE_URL }, { "https://h/f.tar.gz", JET_REMOTE_URL },
		{ "https://h/", JET_REMOTE_URL }, { "http://", JET_REMOTE_URL },
		{ "https://h/r.git", JET_REMOTE_GIT }, { "https://h/r.git#main", JET_REMOTE_GIT },
		{ "https://h/r.git?ref=x", JET_REMOTE_GIT },
		{ "https://h/r.git/f", JET_REMOTE_URL }, { "https://h/r#x.git", JET_REMOTE_URL },
		{ "git@h:o/r", JET_REMOTE_GIT }, { "git@h.x:o/r.git", JET_REMOTE_GIT },
		{ "me_2@h-1:p", JET_REMOTE_GIT }, { "git://h/r", JET_REMOTE_GIT },
		{ "ssh://h/r", JET_REMOTE_GIT },
		{ "github.com/o/r", JET_REMOTE_NONE }, { "x.git", JET_REMOTE_NONE },
		{ "HTTP://h/f", JET_REMOTE_NONE }, { "ftp://h/f", JET_REMOTE_NONE },
		{ "git@h", JET_REMOTE_NONE }, { "@h:x", JET_REMOTE_NONE }, { "git@:x", JET_REMOTE_NONE },
		{ "a/b@h:x", JET_REMOTE_NONE }, { "http:/h", JET_REMOTE_NONE },
		{ "", JET_REMOTE_NONE }, { "a:b", JET_REMOTE_NONE }, { "git@h_x:y", JET_REMOTE_NONE },
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		enum jet_remote got = jet_remote_kind((struct jet_str){ rows[i].source,
									strlen(rows[i].source) });

		cr_expect_eq(got, rows[i].want, "%s: %d", rows[i].source, got);
	}
}

Test(remote, contexts_are_told_apart_by_their_text)
{
	static const struct {
		const char *value;
		enum jet_context_kind want;
	} rows[] = {
		{ ".", JET_CONTEXT_DIRECTORY }, { "../x", JET_CONTEXT_DIRECTORY },
		{ "x.git", JET_CONTEXT_DIRECTORY }, { "docker-image://x", JET_CONTEXT_IMAGE },
		{ "oci-layout://x", JET_CONTEXT_IMAGE }, { "target:x", JET_CONTEXT_IMAGE },
		{ "https://x/y", JET_CONTEXT_REMOTE },
		{ "git@x:y", JET_CONTEXT_REMOTE }, { "github.com/x/y", JET_CONTEXT_REMOTE },
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		cr_expect_eq(jet_context_kind((struct jet_str){ rows[i].value, strlen(rows[i].value) }),
			     rows[i].want, "%s", rows[i].value);
}
