/* SPDX-License-Identifier: Apache-2.0 */
#include "dockerfile/lines.h"

#include "base/error.h"

#include <stdlib.h>
#include <string.h>

/* bufio.Scanner's limit. */
enum { MAX_LINE = 65536 };

int jet_lines_raw(struct jet_lines *l, struct jet_str *raw)
{
	const char *end;

	if (!l->left || l->too_long)
		return 0;
	end = memchr(l->at, '\n', l->left);
	*raw = (struct jet_str){ l->at, end ? (size_t)(end - l->at) + 1 : l->left };
	if (raw->len - (end != NULL) >= MAX_LINE) {
		l->too_long = true;
		return 0;
	}
	l->at += raw->len;
	l->left -= raw->len;
	l->line++;
	return 1;
}

static struct jet_str without_newline(struct jet_str s)
{
	while (s.len && (s.data[s.len - 1] == '\n' || s.data[s.len - 1] == '\r'))
		s.len--;
	return s;
}

static bool is_comment(struct jet_str s)
{
	s = jet_str_trim_left(s);
	return s.len && s.data[0] == '#';
}

/* ---- directives --------------------------------------------------------- */

static const char *const directives[] = { "syntax", "escape", "check" };

static bool is_alpha(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static bool is_alnum(char c)
{
	return is_alpha(c) || (c >= '0' && c <= '9');
}

static struct jet_str skip_blanks(struct jet_str s)
{
	while (s.len && memchr(" \t\n\v\f\r", s.data[0], 6)) {
		s.data++;
		s.len--;
	}
	return s;
}

static bool same_name(struct jet_str s, const char *name)
{
	if (s.len != strlen(name))
		return false;
	for (size_t i = 0; i < s.len; i++) {
		if ((s.data[i] | 0x20) != name[i])
			return false;
	}
	return true;
}

/* "# name = value"; false: it is none, and there will be no more. */
static bool split_directive(struct jet_str s, struct jet_str *name, struct jet_str *value)
{
	size_t n = 0;

	if (!s.len || s.data[0] != '#')
		return false;
	s = jet_str_trim_left((struct jet_str){ s.data + 1, s.len - 1 });
	while (n < s.len && (n ? is_alnum(s.data[n]) : is_alpha(s.data[n])))
		n++;
	*name = (struct jet_str){ s.data, n };
	s = skip_blanks((struct jet_str){ s.data + n, s.len - n });
	if (!n || !s.len || s.data[0] != '=')
		return false;
	s = skip_blanks((struct jet_str){ s.data + 1, s.len - 1 });
	while (s.len && memchr(" \t\n\v\f\r", s.data[s.len - 1], 6))
		s.len--;
	*value = s;
	return s.len > 0;
}

static int take_directive(struct jet_lines *l, struct jet_str s)
{
	/* Builders tell it in the line before, and on the first line in none. */
	const struct jet_spot at = { l->line, 1 }, told = { l->line - 1, l->line > 1 };
	struct jet_str name, value;
	unsigned i = 0;

	if (!split_directive(s, &name, &value)) {
		l->directives_over = true;
		return 0;
	}
	while (i < 3 && !same_name(name, directives[i]))
		i++;
	if (i == 3) {
		l->directives_over = true;
		return 0;
	}
	if (l->seen & 1U << i)
		return jet_fail_word(l->err, JET_E_PARSE, l->name, told, at,
		                     "only one %s parser directive can be used", directives[i]);
	l->seen |= 1U << i;
	if (i == 0) {
		l->syntax = value;
		l->syntax_at = at;
	} else if (i == 1) {
		if (value.len != 1 || (value.data[0] != '\\' && value.data[0] != '`'))
			return jet_fail_word(l->err, JET_E_PARSE, l->name, told, at,
			                     "invalid escape token '%s' does not match ` or \\",
			                     JET_SHOW(value));
		l->escape = value.data[0];
	}
	return 0;
}

/* ---- logical lines ------------------------------------------------------ */

static int append(struct jet_lines *l, struct jet_str s, uint32_t column)
{
	struct jet_piece *grown = jet_grow(l->pieces, l->npieces, &l->capacity, sizeof(*grown));

	if (!grown)
		return jet_fail_nomem(l->err);
	l->pieces = grown;
	l->pieces[l->npieces++] = (struct jet_piece){ l->text.len, { l->line, column } };
	return jet_buf_append(&l->text, s.data, s.len) < 0 ? jet_fail_nomem(l->err) : 0;
}

/* Cuts a continuation off; true: the logical line goes on. */
static bool cut_continuation(const struct jet_lines *l, struct jet_str *s)
{
	size_t n = s->len;

	while (n && (s->data[n - 1] == ' ' || s->data[n - 1] == '\t'))
		n--;
	if (!n || s->data[n - 1] != l->escape || (n > 1 && s->data[n - 2] == l->escape))
		return false;
	s->len = n - 1;
	return true;
}

/* The rest of a logical line. */
static int go_on(struct jet_lines *l)
{
	struct jet_str raw;
	bool more = true;

	while (more && jet_lines_raw(l, &raw)) {
		struct jet_str s = without_newline(raw);
		int rc = l->directives_over ? 0 : take_directive(l, s);

		if (rc < 0)
			return rc;
		if (is_comment(raw) || !jet_str_trim_left(s).len)
			continue;
		more = cut_continuation(l, &s);
		rc = append(l, s, 1);
		if (rc < 0)
			return rc;
	}
	return 0;
}

int jet_lines_next(struct jet_lines *l)
{
	struct jet_str raw;

	while (jet_lines_raw(l, &raw)) {
		struct jet_str s;
		bool more;
		int rc = 0;

		if (l->line == 1 && raw.len >= 3 && memcmp(raw.data, "\xEF\xBB\xBF", 3) == 0)
			s = jet_str_trim_left(without_newline((struct jet_str){ raw.data + 3, raw.len - 3 }));
		else
			s = jet_str_trim_left(without_newline(raw));
		if (!l->directives_over)
			rc = take_directive(l, s);
		if (rc < 0)
			return rc;
		if (is_comment(s))
			continue;
		more = cut_continuation(l, &s);
		if (!more && !s.len)
			continue;
		l->text.len = l->npieces = 0;
		l->first = l->line;
		rc = append(l, s, (uint32_t)(s.data - raw.data) + 1);
		if (rc == 0 && more)
			rc = go_on(l);
		return rc < 0 ? rc : 1;
	}
	return 0;
}

struct jet_spot jet_lines_spot(const struct jet_lines *l, size_t offset)
{
	size_t low = 0, high = l->npieces;

	/* The last piece that begins at or before the offset. */
	while (high - low > 1) {
		size_t mid = low + (high - low) / 2;

		if (l->pieces[mid].offset <= offset)
			low = mid;
		else
			high = mid;
	}
	return (struct jet_spot){ l->pieces[low].at.line,
		                  l->pieces[low].at.column + (uint32_t)(offset - l->pieces[low].offset) };
}

struct jet_spot jet_lines_end(const struct jet_lines *l, size_t offset)
{
	struct jet_spot end = jet_lines_spot(l, offset ? offset - 1 : 0);

	end.column += offset > 0;
	return end;
}

void jet_lines_clear(struct jet_lines *l)
{
	jet_buf_clear(&l->text);
	free(l->pieces);
}
