/* SPDX-License-Identifier: Apache-2.0 */
#include "base/base64.h"
#include "base/json_read.h"
#include "inventory/draft.h"
#include "inventory/read.h"

#include <string.h>

struct reader {
	struct jet_draft draft;
	struct jet_buf key, value, bytes;
};

/* A column whose value may be base64, "path_b64", or plain.  Members that are not
 * known, "by" among them, are passed over. */
static const char *set(struct reader *r, enum jet_json_kind kind)
{
	static const char suffix[] = "_b64";
	const size_t tail = sizeof(suffix) - 1, len = r->key.len;
	const bool coded = len > tail && memcmp(r->key.data + len - tail, suffix, tail) == 0;
	const enum jet_column column = jet_column_named(r->key.data, coded ? len - tail : len);
	const bool number = column == JET_COLUMN_SIZE || column == JET_COLUMN_MAJOR ||
	                    column == JET_COLUMN_MINOR;

	if (column == JET_COLUMN_NONE)
		return NULL;
	if (kind != (number ? JET_JSON_NUMBER : JET_JSON_STRING))
		return number ? "a number is missing" : "a string is missing";
	if (!coded)
		return jet_draft_set(&r->draft, column, r->value.data, r->value.len);
	if (column != JET_COLUMN_PATH && column != JET_COLUMN_TARGET && column != JET_COLUMN_HARDLINK)
		return NULL;
	r->bytes.len = 0;
	switch (jet_base64_get(&r->bytes, r->value.data, r->value.len)) {
	case 1:
		return jet_draft_set(&r->draft, column, r->bytes.data, r->bytes.len);
	case 0:
		return "no base64";
	default:
		return "does not fit into memory";
	}
}

/* One object.  @at: where the fault is, if there is one. */
static int read_members(struct reader *r, struct jet_json_text *t, const char **fault, size_t *at)
{
	int rc = jet_json_begin(t);

	while (rc == 1 && (rc = jet_json_member(t, &r->key)) == 1) {
		enum jet_json_kind kind;

		*at = t->at;
		rc = jet_json_value(t, &kind, &r->value);
		if (rc != 1)
			break;
		*fault = set(r, kind);
		if (*fault)
			return 0;
	}
	if (rc < 0)
		return JET_E_NOMEM;
	*fault = t->fault;
	*at = t->at;
	return 0;
}

static int read_line(struct jet_inventory *inv, struct jet_input *in, struct reader *r,
                     struct jet_str line, struct jet_error *err)
{
	struct jet_json_text t = { .data = line.data, .len = line.len };
	const char *fault = NULL;
	size_t at = 0;
	int rc;

	jet_draft_begin(&r->draft);
	rc = read_members(r, &t, &fault, &at);
	if (rc < 0)
		return rc;
	if (!fault) {
		fault = jet_draft_check(&r->draft);
		at = 0;
	}
	if (fault)
		return jet_input_fail(in, at + 1, err, "%s", fault);
	/* What these manifests do not say of an entry is not so. */
	r->draft.item.known |= JET_ITEM_LINK;
	r->draft.item.line = in->line;
	return jet_inventory_add(inv, &r->draft.item);
}

int jet_read_ndjson(struct jet_inventory *inv, struct jet_input *in, struct jet_error *err)
{
	struct reader r = { 0 };
	struct jet_str line;
	int rc;

	while ((rc = jet_input_line(in, &line, err)) == 1) {
		rc = read_line(inv, in, &r, line, err);
		if (rc < 0)
			break;
	}
	jet_draft_clear(&r.draft);
	jet_buf_clear(&r.key);
	jet_buf_clear(&r.value);
	jet_buf_clear(&r.bytes);
	return rc;
}
