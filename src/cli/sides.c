/* SPDX-License-Identifier: Apache-2.0 */
#include "cli/sides.h"

#include "cli/trouble.h"

#include "base/error.h"

struct jet_comparison jet_sides_comparison(const struct jet_sides *s,
                                           const struct jet_sides_options *o)
{
	return (struct jet_comparison){
		.a = &s->a.inventory,
		.b = &s->b.inventory,
		.flags = (o->normalize ? JET_COMPARE_NORMALIZE : 0U) |
		         (o->mtime ? JET_COMPARE_MTIME : 0U) |
		         (o->size_only ? JET_COMPARE_SIZE_ONLY : 0U),
	};
}

int jet_sides_put(struct jet_sides *s, struct jet_buf *text, int bad)
{
	int rc = bad ? jet_fail_nomem(&s->err) : 0;

	if (rc == 0 && text->len && jet_output_write(&s->out, text->data, text->len) < 0)
		rc = JET_E_WRITE;
	text->len = 0;
	return rc;
}

int jet_sides_list(struct jet_sides *s, struct jet_comparison *c, bool json, const char *gone,
                   struct jet_buf *text)
{
	struct jet_difference d;
	int rc = 0;

	while (rc == 0 && jet_compare_next(c, &d)) {
		jet_tally_add(&s->tally, &d);
		rc = jet_sides_put(s, text, json ? jet_difference_json(text, &d, gone)
		                                 : jet_difference_text(text, &d, gone));
	}
	if (rc == 0 && json && c->blind)
		rc = jet_sides_put(s, text, jet_uncompared_json(text, c));
	return rc;
}

int jet_sides_judge(struct jet_sides *s, const struct jet_comparison *c, bool quiet)
{
	if (jet_output_flush(&s->out) < 0)
		return JET_E_WRITE;
	return jet_side_judge(&s->a, &s->b, c, s->tally.differences, quiet, &s->err);
}

int jet_sides_end(struct jet_sides *s, int rc, bool json)
{
	int code = jet_trouble_end(&s->out, rc, &s->err, json);

	if (code == JET_EXIT_DONE && s->tally.differences)
		code = JET_EXIT_NO;
	jet_side_close(&s->a);
	jet_side_close(&s->b);
	return code;
}
