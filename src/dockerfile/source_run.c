/* SPDX-License-Identifier: Apache-2.0 */
#include "dockerfile/source_private.h"

#include "dockerfile/mount.h"

#include <string.h>

/* An absolute target is compared as it is written; a relative one may lie anywhere as
 * long as nobody knows what it is relative to. */
static int check_target(struct jet_finder *f, const struct jet_word *flag, const struct jet_mount *m)
{
	struct jet_str target = m->target.data ? m->target : (struct jet_str){ "", 0 };
	const bool absolute = target.len && target.data[0] == '/';
	int rc = 0;

	if (m->type == JET_MOUNT_SECRET || m->type == JET_MOUNT_SSH ||
	    (m->target_varies && f->doubt) || (!absolute && !f->now->workdir.data))
		return 0;
	if (!absolute)
		rc = jet_source_join(f, f->now->workdir, target, &target);
	if (rc == 0 && target.len == 1)
		rc = jet_source_fail(f, JET_E_OPTION, flag, "invalid mount target \"/\"");
	return rc;
}

static int do_mount(struct jet_finder *f, const struct jet_word *flag)
{
	struct jet_source source = { .kind = JET_SOURCE_BIND, .word = *flag };
	struct jet_expander x = jet_source_expander(f, flag, true);
	struct jet_mount m;
	bool ours;
	int rc = jet_mount_parse(f->stages->df, f->at, flag, &x, &m, f->err);

	if (rc == JET_E_EXPAND)
		jet_unset_tell(f, f->doubt);
	if (rc < 0)
		return rc;
	rc = jet_source_from(f, flag, m.from, &source, &ours);
	if (rc == 0)
		rc = check_target(f, flag, &m);
	if (rc < 0 || !ours)
		return rc;
	source.text = m.source.data ? m.source : (struct jet_str){ "", 0 };
	if (m.type == JET_MOUNT_BIND)
		return jet_source_add(f, source);
	/* A tmpfs needs nothing, but BuildKit asks for the whole context. */
	if (m.type == JET_MOUNT_TMPFS && !m.from.len)
		return jet_source_ask(f, (struct jet_str){ "/", 1 });
	return 0;
}

int jet_source_run(struct jet_finder *f)
{
	static const char mount[] = "--mount=";
	int rc = 0;

	for (size_t i = 0; rc == 0 && i < f->in->nflags; i++) {
		const struct jet_str flag = f->in->flags[i].text;

		if (flag.len >= sizeof(mount) - 1 && memcmp(flag.data, mount, sizeof(mount) - 1) == 0)
			rc = do_mount(f, &f->in->flags[i]);
	}
	return rc;
}
