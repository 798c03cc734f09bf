/* SPDX-License-Identifier: Apache-2.0 */
#include "report/instructions.h"

#include "context/needs.h"

static int put(struct jet_digest *digest, const char *word, struct jet_str text)
{
	return jet_digest_text(digest, word, text.data, text.len);
}

static int put_instruction(struct jet_digest *digest, const struct jet_instruction *in)
{
	int rc = put(digest, "instruction", in->line);

	for (size_t i = 0; rc == 0 && i < in->nheredocs; i++)
		rc = put(digest, "heredoc", in->heredocs[i].body);
	return rc;
}

static int put_directives(struct jet_digest *digest, const struct jet_dockerfile *df)
{
	int rc = 0;

	if (df->syntax.data)
		rc = put(digest, "syntax", df->syntax);
	if (rc == 0 && df->escape != '\\')
		rc = jet_digest_text(digest, "escape", &df->escape, 1);
	return rc;
}

static bool is_reachable(const struct jet_needs *needs, size_t stage)
{
	for (size_t i = 0; i < needs->nplatforms; i++) {
		if (needs->platforms[i].stages->list[stage].reachable)
			return true;
	}
	return false;
}

int jet_instructions_digest(const struct jet_needs *needs, struct jet_digest *digest)
{
	/* Stages are the same for every platform; which of them count is not. */
	const struct jet_stages *stages = needs->platforms[0].stages;
	int rc = put_directives(digest, needs->df);

	for (size_t i = 0; rc == 0 && i < stages->n; i++) {
		const struct jet_stage *stage = &stages->list[i];

		if (!is_reachable(needs, i))
			continue;
		rc = put_instruction(digest, stage->from);
		for (size_t k = 0; rc == 0 && k < stage->n; k++)
			rc = put_instruction(digest, &stage->list[k]);
	}
	return rc;
}
