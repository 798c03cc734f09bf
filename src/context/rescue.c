/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The classic client sends the Dockerfile and the ignore file even where the
 * rules leave them out: it appends "!" and their paths to the rules.  That also
 * opens the directories they are in.  The daemon reads both files and then
 * removes those that the rules, as they were, leave out.  Spec (g), docker CLI
 * 28.2.2 and docker 20.10.
 */
#include "base/error.h"
#include "context/judge.h"
#include "match/ruleset.h"

#include <string.h>

static int ask(struct jet_matcher *m, enum jet_order order, const struct jet_rescued *r,
               bool *ignored)
{
	struct jet_verdict v;
	int rc = jet_matcher_path(m, order, r->path, r->len, &v);

	*ignored = rc == 0 && v.answer == JET_IGNORED;
	return rc;
}

/* Is the Dockerfile sent at all?  OLD looks at one parent only, so it may think
 * that nothing needs to be done. */
static int check_sent(struct jet_judge *j, const struct jet_rescued *dockerfile,
                      struct jet_error *err)
{
	const struct jet_ruleset *rs = j->extended ? j->extended : j->rs;
	struct jet_matcher *m;
	struct jet_verdict v = { JET_KEPT, false, NULL };
	bool sent = true;
	int rc = jet_matcher_open(rs, &m);

	for (size_t i = 1; rc == 0 && sent && i <= dockerfile->len; i++) {
		if (i < dockerfile->len && dockerfile->path[i] != '/')
			continue;
		rc = jet_matcher_path(m, JET_ORDER_BUILDER, dockerfile->path, i, &v);
		if (rc == 0 && v.answer == JET_IGNORED)
			sent = i < dockerfile->len && !jet_matcher_prunes(m, dockerfile->path, i);
	}
	jet_matcher_close(m);
	if (rc < 0)
		return jet_fail_nomem(err);
	if (!sent)
		return jet_fail(err, JET_E_NOT_FOUND, dockerfile->path,
		                "the rules leave out the Dockerfile, and this builder then does not "
		                "find it (Cannot locate specified Dockerfile)");
	return 0;
}

int jet_rescue(struct jet_judge *j, const struct jet_walk_options *options, struct jet_error *err)
{
	const char *const paths[2] = { options->ignore_file, options->dockerfile };
	struct jet_str lines[2];
	struct jet_matcher *m;
	size_t n = 0;
	int rc = jet_matcher_open(j->rs, &m);

	for (int i = 0; rc == 0 && i < 2; i++) {
		struct jet_rescued *r = &j->rescued[i];
		bool ignored = false;
		char *line;

		if (!paths[i])
			continue;
		*r = (struct jet_rescued){ paths[i], strlen(paths[i]), false };
		rc = ask(m, j->dialect->alone, r, &r->removed);
		if (rc == 0)
			rc = ask(m, JET_ORDER_OLD, r, &ignored);
		if (rc < 0 || !ignored)
			continue;
		line = jet_arena_alloc(&j->arena, r->len + 2);
		if (!line) {
			rc = JET_E_NOMEM;
			break;
		}
		line[0] = '!';
		memcpy(line + 1, r->path, r->len);
		r->path = line + 1;
		lines[n++] = (struct jet_str){ line, r->len + 1 };
	}
	jet_matcher_close(m);
	if (rc == JET_E_NOMEM)
		return jet_fail_nomem(err);
	if (rc < 0)
		return jet_fail(err, rc, NULL, "the Dockerfile's path in the context is no plain path");
	rc = n ? jet_ruleset_extend(j->rs, lines, n, &j->extended, err) : 0;
	return rc < 0 || !paths[1] ? rc : check_sent(j, &j->rescued[1], err);
}

bool jet_judge_removes(const struct jet_judge *j, const char *path, size_t len)
{
	for (int i = 0; i < 2; i++) {
		const struct jet_rescued *r = &j->rescued[i];

		if (r->removed && r->len == len && memcmp(r->path, path, len) == 0)
			return true;
	}
	return false;
}
