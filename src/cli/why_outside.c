/* SPDX-License-Identifier: Apache-2.0 */
#include "cli/why_outside.h"

#include <string.h>

static int open_all(struct jet_why_outside *o)
{
	struct jet_walk_options walk = jet_run_walk_options(o->run, 0);
	int rc = jet_run_needs_of(o->run, true, &o->needs, &o->err);

	if (rc == 0)
		rc = jet_outline_make(o->needs, &o->outline);
	if (rc < 0)
		return rc;
	jet_needs_apply(o->needs, &walk);
	return jet_explainer_open(o->run->root, &walk, &o->explainer, &o->err);
}

static bool ask(struct jet_why_outside *o)
{
	/* Other stages may not build at all; then there is nothing to say of them. */
	if (!o->asked)
		(void)open_all(o);
	o->asked = true;
	return o->explainer != NULL;
}

struct jet_why_reader jet_why_outside_reader(struct jet_why_outside *o, const char *path)
{
	struct jet_why_reader reader = { 0 };
	struct jet_explanation x;
	struct jet_error err;

	reader.known = ask(o) && jet_explain(o->explainer, path, &x, &err) == 0;
	if (!reader.known || x.fate != JET_FATE_SHIPPED || !x.nby)
		return reader;
	reader.use = &o->outline.uses[x.by[0]];
	reader.stage = o->outline.stages[reader.use->stage].name;
	return reader;
}

const struct jet_error *jet_why_outside_failure(struct jet_why_outside *o)
{
	return ask(o) || !o->err.code ? NULL : &o->err;
}

void jet_why_outside_clear(struct jet_why_outside *o)
{
	jet_explainer_close(o->explainer);
	jet_outline_clear(&o->outline);
	jet_needs_close(o->needs);
	memset(o, 0, sizeof(*o));
}
