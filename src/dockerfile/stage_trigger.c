/* SPDX-License-Identifier: Apache-2.0 */
#include "dockerfile/stage_private.h"

#include "base/error.h"
#include "dockerfile/check.h"

/* A few lines of ONBUILD and many of FROM are a great many instructions, and each of them
 * has an outcome of its own.  This is a large Dockerfile, were they written out. */
enum { MAX_TRIGGERED = 1 << 20 };

/* The instruction as it will be parsed: the text behind ONBUILD and its
 * here-documents. */
static int put_trigger(struct jet_buf *text, const struct jet_instruction *in)
{
	const char *start = in->nested->line.data;
	int bad = jet_buf_append(text, start, (size_t)(in->line.data + in->line.len - start));

	for (size_t i = 0; i < in->nheredocs; i++) {
		bad |= jet_buf_byte(text, '\n');
		bad |= jet_buf_append(text, in->heredocs[i].body.data, in->heredocs[i].body.len);
		bad |= jet_buf_append(text, in->heredocs[i].name.data, in->heredocs[i].name.len);
	}
	return bad;
}

static void place_words(struct jet_word *words, size_t n, const struct jet_word *from, size_t nfrom)
{
	for (size_t i = 0; i < n && n == nfrom; i++) {
		words[i].at = from[i].at;
		words[i].end = from[i].end;
	}
}

/* Everything in it stands where the ONBUILD line has it. */
static void place(struct jet_instruction *trigger, const struct jet_instruction *onbuild)
{
	const struct jet_instruction *nested = onbuild->nested;

	trigger->at = nested->at;
	trigger->end = nested->end;
	trigger->end_line = onbuild->end_line;
	place_words(trigger->words, trigger->nwords, nested->words, nested->nwords);
	place_words(trigger->flags, trigger->nflags, nested->flags, nested->nflags);
	for (size_t i = 0; i < trigger->nheredocs && trigger->nheredocs == onbuild->nheredocs; i++) {
		trigger->heredocs[i].at = onbuild->heredocs[i].at;
		trigger->heredocs[i].end = onbuild->heredocs[i].end;
		trigger->heredocs[i].end_line = onbuild->heredocs[i].end_line;
	}
}

static int parse_trigger(struct jet_stage *base, const struct jet_instruction *in, struct jet_error *err)
{
	struct jet_dockerfile *df = base->onbuild;
	const size_t before = df->n;
	struct jet_buf text = { 0 };
	int rc = put_trigger(&text, in) ? jet_fail_nomem(err) : 0;

	if (rc == 0)
		rc = jet_dockerfile_append(df, text.data, text.len, err);
	if (rc == 0 && df->n != before + 1)
		rc = jet_fail(err, JET_E_PARSE, df->name, "onbuild trigger should be a single expression");
	if (rc == 0)
		rc = jet_instruction_check(df, &df->list[before], err);
	if (rc == 0)
		place(&df->list[before], in);
	base->onbuild_len += text.len;
	jet_buf_clear(&text);
	return rc;
}

/* All ONBUILD instructions of a stage.  @by: the first stage that runs them, where errors
 * are told. */
static int parse_triggers(struct jet_stages *s, struct jet_stage *base, const struct jet_stage *by,
                          struct jet_error *err)
{
	int rc = 0;

	base->onbuild_known = true;
	for (size_t i = 0; rc == 0 && i < base->n; i++) {
		if (base->list[i].keyword != JET_KEYWORD_ONBUILD)
			continue;
		if (!base->onbuild)
			rc = jet_dockerfile_new(s->df->name, s->dialect, &base->onbuild, err);
		if (rc == 0)
			rc = parse_trigger(base, &base->list[i], err);
		if (rc != JET_E_PARSE || !err)
			continue;
		err->line = by->from->at.line;
		err->column = by->from->at.column;
		jet_error_word(err, base->list[i].nested->at);
	}
	return rc;
}

static int find_triggers(struct jet_stages *s, struct jet_stage *stage, struct jet_error *err)
{
	struct jet_stage *base = &s->list[stage->base_stage];
	int rc = 0;

	stage->has_triggers = true;
	if (stage->kind != JET_BASE_STAGE || !s->dialect->triggers)
		return 0;
	if (!base->onbuild_known)
		rc = parse_triggers(s, base, stage, err);
	if (rc < 0 || !base->onbuild)
		return rc;
	s->triggered += base->onbuild_len;
	if (s->triggered > MAX_TRIGGERED)
		return jet_fail_spot(err, JET_E_STAGE, s->df->name, stage->from->at,
		                     "the stages run more than %u MiB of ONBUILD instructions: that is "
		                     "the limit of jettison", MAX_TRIGGERED >> 20);
	stage->triggers = base->onbuild->list;
	stage->ntriggers = base->onbuild->n;
	for (size_t i = 0; rc == 0 && i < stage->ntriggers; i++)
		rc = jet_stages_depend(s, stage, &stage->triggers[i], true, err);
	return rc < 0 ? rc : jet_stages_check_images(s, stage, err);
}

/* Triggers may depend on stages that nothing needed before. */
int jet_stages_reach(struct jet_stages *s, struct jet_error *err)
{
	bool again = true;
	int rc = 0;

	while (rc == 0 && again) {
		again = false;
		rc = jet_stages_mark(s, err);
		for (size_t i = 0; rc == 0 && i < s->n; i++) {
			struct jet_stage *stage = &s->list[i];

			if (!stage->reachable || stage->has_triggers)
				continue;
			rc = find_triggers(s, stage, err);
			again = again || stage->ntriggers;
		}
	}
	return rc;
}
