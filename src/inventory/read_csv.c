/* SPDX-License-Identifier: Apache-2.0 */
/* RFC 4180, with LF or CR LF between the records.  The header says which column is
 * which; columns that are not known are passed over. */
#include "base/error.h"
#include "inventory/draft.h"
#include "inventory/read.h"


enum { COLUMNS_MAX = 64 };

struct reader {
	struct jet_input *in;
	struct jet_draft draft;
	struct jet_buf field;
	enum jet_column columns[COLUMNS_MAX];
	size_t ncolumns;
	size_t column;  /* in bytes, of the line; for messages */
	uint32_t line;  /* where the record begins */
};

/* The next byte, -1 at the end, or a negative enum jet_code below -1. */
static int take(struct reader *r, struct jet_error *err)
{
	struct jet_input *in = r->in;
	int rc;

	if (in->at == in->len) {
		rc = jet_input_fill(in, 1, err);
		if (rc < 0)
			return rc - 1;
		if (in->at == in->len)
			return -1;
	}
	r->column++;
	return (unsigned char)in->data[in->at++];
}

static int fail(struct reader *r, struct jet_error *err, const char *text)
{
	return jet_input_fail(r->in, r->column, err, "%s", text);
}

static void new_line(struct reader *r)
{
	r->in->line++;
	r->column = 0;
}

/* What ends a field. */
enum { END_COMMA = 1, END_RECORD, END_FILE };

static int keep(struct reader *r, int c, struct jet_error *err)
{
	if (r->field.len >= JET_INPUT_LINE_MAX)
		return fail(r, err, "a field of more than 16 MiB");
	return jet_buf_byte(&r->field, (char)c) < 0 ? jet_fail_nomem(err) : 0;
}

/* Behind the opening quote, up to and without the closing one.  0, or a failure. */
static int take_quoted(struct reader *r, int *next, struct jet_error *err)
{
	for (;;) {
		int c = take(r, err), rc;

		if (c == -1)
			return fail(r, err, "a quote without end");
		if (c == '"') {
			c = take(r, err);
			if (c != '"') {
				*next = c;
				return 0;
			}
		} else if (c == '\n') {
			new_line(r);
		}
		if (c < -1)
			return c + 1;
		rc = keep(r, c, err);
		if (rc < 0)
			return rc;
	}
}

/* A field and what ends it. */
static int take_field(struct reader *r, struct jet_error *err)
{
	int c = take(r, err), rc = 0;
	const bool quoted = c == '"';

	r->field.len = 0;
	if (quoted)
		rc = take_quoted(r, &c, err);
	while (rc == 0 && c >= 0 && c != ',' && c != '\n' && c != '\r') {
		if (quoted || c == '"')
			return fail(r, err, "a quote in the middle of a field");
		rc = keep(r, c, err);
		c = rc == 0 ? take(r, err) : 0;
	}
	if (rc < 0)
		return rc;
	if (c == '\r' && (c = take(r, err)) != '\n' && c >= -1)
		return fail(r, err, "a CR without LF");
	if (c < -1)
		return c + 1;
	return c == ',' ? END_COMMA : c == '\n' ? END_RECORD : END_FILE;
}

static int read_header(struct reader *r, struct jet_error *err)
{
	int end;

	do {
		end = take_field(r, err);
		if (end < 0)
			return end;
		if (r->ncolumns == COLUMNS_MAX)
			return fail(r, err, "too many columns");
		r->columns[r->ncolumns++] = jet_column_named(r->field.data, r->field.len);
	} while (end == END_COMMA);
	return end;
}

/* A record.  1, 0 at the end of the file, or a failure. */
static int read_record(struct reader *r, struct jet_error *err)
{
	size_t i = 0;
	int end;

	r->line = r->in->line;
	jet_draft_begin(&r->draft);
	do {
		const char *fault;

		end = take_field(r, err);
		if (end < 0)
			return end;
		if (end == END_FILE && i == 0 && r->field.len == 0)
			return 0;
		if (i == r->ncolumns)
			return fail(r, err, "more fields than the header has");
		/* Empty: there is none. */
		fault = r->field.len ? jet_draft_set(&r->draft, r->columns[i], r->field.data, r->field.len)
		                     : NULL;
		if (fault)
			return fail(r, err, fault);
		i++;
	} while (end == END_COMMA);
	if (i < r->ncolumns)
		return fail(r, err, "fewer fields than the header has");
	return 1;
}

static int read_all(struct jet_inventory *inv, struct reader *r, struct jet_error *err)
{
	int rc;

	new_line(r);
	rc = read_header(r, err);
	while (rc > 0) {
		const char *fault;

		new_line(r);
		rc = read_record(r, err);
		if (rc != 1)
			break;
		fault = jet_draft_check(&r->draft);
		if (fault)
			return fail(r, err, fault);
		r->draft.item.known |= JET_ITEM_LINK;
		r->draft.item.line = r->line;
		rc = jet_inventory_add(inv, &r->draft.item) < 0 ? jet_fail_nomem(err) : 1;
	}
	return rc;
}

int jet_read_csv(struct jet_inventory *inv, struct jet_input *in, struct jet_error *err)
{
	struct reader r = { .in = in };
	int rc = read_all(inv, &r, err);

	jet_draft_clear(&r.draft);
	jet_buf_clear(&r.field);
	return rc;
}
