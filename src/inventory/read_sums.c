/* SPDX-License-Identifier: Apache-2.0 */
/* What sha256sum and xxhsum -H2 print; the length of the hash says which. */
#include "inventory/draft.h"
#include "inventory/read.h"

#include <string.h>

/* "\\n", "\\r" and "\\\\" of a name whose line begins with a backslash. */
static const char *unescape(struct jet_buf *out, const char *name, size_t len)
{
	static const char from[] = "nr\\", to[] = "\n\r\\";

	out->len = 0;
	for (size_t i = 0; i < len; i++) {
		char c = name[i];

		if (c == '\\') {
			const char *found = ++i < len && name[i] ? strchr(from, name[i]) : NULL;

			if (!found)
				return "no such escape in a name";
			c = to[found - from];
		}
		if (jet_buf_byte(out, c) < 0)
			return "does not fit into memory";
	}
	return NULL;
}

static const char *read_line(struct jet_draft *d, struct jet_buf *name, struct jet_str line,
                             size_t *at)
{
	const bool escaped = line.len && line.data[0] == '\\';
	const size_t start = escaped ? 1 : 0;
	const char *blank = memchr(line.data, ' ', line.len);
	const size_t end = blank ? (size_t)(blank - line.data) : line.len;
	const enum jet_column column = end - start == 32 ? JET_COLUMN_XXH128 : JET_COLUMN_SHA256;
	const char *fault;

	*at = start;
	fault = jet_draft_set(d, column, line.data + start, end - start);
	if (fault)
		return fault;
	*at = end;
	if (line.len - end < 3 || (line.data[end + 1] != ' ' && line.data[end + 1] != '*'))
		return "two blanks and a name are missing";
	*at = end + 2;
	if (!escaped)
		return jet_draft_set(d, JET_COLUMN_PATH, line.data + *at, line.len - *at);
	fault = unescape(name, line.data + *at, line.len - *at);
	return fault ? fault : jet_draft_set(d, JET_COLUMN_PATH, name->data, name->len);
}

int jet_read_sums(struct jet_inventory *inv, struct jet_input *in, struct jet_error *err)
{
	struct jet_draft draft = { 0 };
	struct jet_buf name = { 0 };
	struct jet_str line;
	int rc;

	while ((rc = jet_input_line(in, &line, err)) == 1) {
		size_t at;
		const char *fault;

		jet_draft_begin(&draft);
		jet_draft_set_type(&draft, JET_TYPE_FILE);
		fault = read_line(&draft, &name, line, &at);
		if (!fault)
			fault = jet_draft_check(&draft);
		draft.item.line = in->line;
		rc = fault ? jet_input_fail(in, at + 1, err, "%s", fault)
		           : jet_inventory_add(inv, &draft.item);
		if (rc < 0)
			break;
	}
	jet_draft_clear(&draft);
	jet_buf_clear(&name);
	return rc;
}
