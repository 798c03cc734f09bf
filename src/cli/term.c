/* SPDX-License-Identifier: Apache-2.0 */
#include "cli/term.h"

#include "base/str.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

/* ---- the terminal ------------------------------------------------------- */

bool jet_term_color(int fd, enum jet_color wanted)
{
	const char *term = getenv("TERM");
	const char *no_color = getenv("NO_COLOR");

	if (wanted != JET_COLOR_AUTO)
		return wanted == JET_COLOR_ALWAYS;
	return isatty(fd) && term && term[0] && strcmp(term, "dumb") != 0 &&
	       !(no_color && no_color[0]);
}

size_t jet_term_width(int fd)
{
	const char *columns = getenv("COLUMNS");
	unsigned long width = columns ? strtoul(columns, NULL, 10) : 0;
	struct winsize size;

	if (!width && ioctl(fd, TIOCGWINSZ, &size) == 0)
		width = size.ws_col;
	if (!width || width > 1000)
		return 80;
	return width < 40 ? 40 : (size_t)width;
}

bool jet_term_wraps(int fd)
{
	const char *columns = getenv("COLUMNS");

	return isatty(fd) || (columns && columns[0]);
}

const char *jet_ink(bool color, enum jet_ink ink)
{
	static const char *const codes[] = {
		[JET_INK_GOOD] = "\033[32m",
		[JET_INK_BAD] = "\033[31m",
		[JET_INK_FAINT] = "\033[2m",
		[JET_INK_STRONG] = "\033[1m",
	};

	return color ? codes[ink] : "";
}

const char *jet_ink_end(bool color)
{
	return color ? "\033[0m" : "";
}

/* ---- text --------------------------------------------------------------- */

static bool is_control(char c)
{
	return ((unsigned char)c < 0x20) || c == 0x7F;
}

/* What a terminal obeys, or what makes it show text in another order: a control byte, and
 * in UTF-8 U+0080 to U+009F, U+061C, U+200E, U+200F, U+202A to U+202E and U+2066 to
 * U+2069.  How many bytes of it @text begins with, or 0. */
static size_t obeyed(const char *text, size_t len)
{
	uint32_t rune;
	const size_t n = jet_rune_decode(text, len, &rune);

	if (n == 1)
		return is_control(text[0]);
	return (rune >= 0x80 && rune <= 0x9F) || rune == 0x61C || rune == 0x200E || rune == 0x200F ||
	               (rune >= 0x202A && rune <= 0x202E) || (rune >= 0x2066 && rune <= 0x2069)
	       ? n : 0;
}

/* Asked for every path of a listing: no early exit, so that it vectorises, and a closer
 * look only where a byte is there that characters begin with which a terminal obeys. */
static bool needs_quotes(const char *path, size_t len)
{
	unsigned found = 0, close = 0;

	for (size_t i = 0; i < len; i++) {
		const unsigned char c = (unsigned char)path[i];

		found |= (unsigned)is_control(path[i]) | (unsigned)(c == '"');
		close |= (unsigned)(c == 0xC2) | (unsigned)(c == 0xD8) | (unsigned)(c == 0xE2);
	}
	for (size_t i = 0; close && !found && i < len; i++)
		found = obeyed(path + i, len - i) != 0;
	return found != 0;
}

static const char escape_bytes[] = "\a\b\t\n\v\f\r\"\\";
static const char escape_names[] = "abtnvfr\"\\";

static int escape_byte(struct jet_buf *buf, char c)
{
	const char *at = c ? strchr(escape_bytes, c) : NULL;

	if (at) {
		const char pair[2] = { '\\', escape_names[at - escape_bytes] };

		return jet_buf_append(buf, pair, 2);
	}
	return jet_buf_printf(buf, "\\%03o", (unsigned char)c);
}

/* @quoted: quotes and backslashes are no part of the text. */
static int put_escaped(struct jet_buf *buf, const char *text, size_t len, bool quoted)
{
	size_t hidden = 0; /* bytes to come of what a terminal obeys */
	int bad = 0;

	for (size_t i = 0; i < len; i++) {
		const char c = text[i];

		if (!hidden)
			hidden = obeyed(text + i, len - i);
		if (hidden || (quoted && (c == '"' || c == '\\')))
			bad |= escape_byte(buf, c);
		else
			bad |= jet_buf_byte(buf, c);
		hidden -= hidden != 0;
	}
	return bad;
}

int jet_quote(struct jet_buf *buf, const char *path, size_t len, const char *tail)
{
	if (!needs_quotes(path, len)) {
		if (jet_buf_append(buf, path, len) < 0)
			return -1;
		return jet_buf_text(buf, tail);
	}
	if (jet_buf_byte(buf, '"') < 0)
		return -1;
	if (put_escaped(buf, path, len, true) < 0)
		return -1;
	return jet_buf_text(buf, tail) < 0 ? -1 : jet_buf_byte(buf, '"');
}

int jet_escape(struct jet_buf *buf, const char *text, size_t len)
{
	return put_escaped(buf, text, len, false);
}

/* The byte an escape stands for, and in @used the bytes behind the backslash. */
static int unescape(const char *text, size_t len, size_t *used)
{
	const char *at = len && text[0] ? strchr(escape_names, text[0]) : NULL;
	int value = 0;

	*used = 1;
	if (at)
		return (unsigned char)escape_bytes[at - escape_names];
	if (len < 3 || text[0] > '3')
		return -1;
	for (*used = 0; *used < 3; ++*used) {
		if (text[*used] < '0' || text[*used] > '7')
			return -1;
		value = value * 8 + (text[*used] - '0');
	}
	return value;
}

bool jet_unquote(char *text, size_t *len)
{
	size_t w = 0, end = *len - 1;

	if (*len < 2 || text[0] != '"' || text[end] != '"')
		return false;
	for (size_t pass = 0; pass < 2; pass++) { /* judge all of it, then change it */
		w = 0;
		for (size_t i = 1, used; i < end; i += used) {
			int c = (unsigned char)text[i];

			used = 1;
			if (c == '"')
				return false;
			if (c == '\\') {
				c = unescape(text + i + 1, end - i - 1, &used);
				used++;
			}
			if (c < 0)
				return false;
			if (pass)
				text[w] = (char)c;
			w++;
		}
	}
	*len = w;
	return true;
}

int jet_cut(struct jet_buf *buf, const char *text, size_t len, size_t width)
{
	size_t n = len > width ? width - 3 : len;
	int bad = 0;

	while (n < len && n && ((unsigned char)text[n] & 0xC0) == 0x80)
		n--;
	for (size_t i = 0; i < n; i++) {
		const size_t hidden = obeyed(text + i, n - i);

		bad |= jet_buf_byte(buf, hidden ? ' ' : text[i]);
		i += hidden ? hidden - 1 : 0;
	}
	return n < len ? bad | jet_buf_text(buf, "...") : bad;
}

/* The blanks before a word and the word. */
static size_t next_word(const char *text, size_t len)
{
	size_t n = 0;

	while (n < len && text[n] == ' ')
		n++;
	while (n < len && text[n] != ' ')
		n++;
	return n;
}

int jet_wrap(struct jet_buf *buf, const char *text, size_t len, size_t width, size_t indent)
{
	size_t column = 0, n;
	int bad = 0;

	for (size_t i = 0; i < len; i += n) {
		n = next_word(text + i, len - i);
		if (column > indent && column + n > width) {
			bad |= jet_buf_byte(buf, '\n');
			for (column = 0; column < indent; column++)
				bad |= jet_buf_byte(buf, ' ');
			for (; n > 1 && text[i] == ' '; n--)
				i++;
		}
		bad |= jet_buf_append(buf, text + i, n);
		column += n;
	}
	return bad;
}

int jet_human_size(struct jet_buf *buf, uint64_t bytes)
{
	static const char units[][4] = { "KiB", "MiB", "GiB", "TiB", "PiB", "EiB" };
	double value = (double)bytes / 1024;
	size_t unit = 0;

	if (bytes < 1024)
		return jet_buf_printf(buf, "%u B", (unsigned)bytes);
	while (value >= 1023.95 && unit < 5) {
		value /= 1024;
		unit++;
	}
	return jet_buf_printf(buf, value < 9.95 ? "%.1f %s" : "%.0f %s", value, units[unit]);
}

int jet_human_count(struct jet_buf *buf, uint64_t n)
{
	char digits[24];
	int len = snprintf(digits, sizeof(digits), "%llu", (unsigned long long)n);

	for (int i = 0; i < len; i++) {
		if (i && (len - i) % 3 == 0 && jet_buf_byte(buf, ',') < 0)
			return -1;
		if (jet_buf_byte(buf, digits[i]) < 0)
			return -1;
	}
	return 0;
}

/* ---- messages ----------------------------------------------------------- */

enum { INDENT = 2 };

static void say_line(const char *text)
{
	struct jet_buf line = { 0 }, shown = { 0 };
	int bad = jet_buf_text(&line, "jettison: ");

	bad |= jet_escape(&line, text, strlen(text));
	if (isatty(STDERR_FILENO))
		bad |= jet_wrap(&shown, line.data, line.len, jet_term_width(STDERR_FILENO), INDENT);
	else
		bad |= jet_buf_append(&shown, line.data, line.len);
	/* One fwrite(): lines of several programs do not mix. */
	if (!bad && jet_buf_byte(&shown, '\n') == 0)
		fwrite(shown.data, 1, shown.len, stderr);
	jet_buf_clear(&line);
	jet_buf_clear(&shown);
}

void jet_say(const char *format, ...)
{
	char text[1024];
	va_list ap;

	va_start(ap, format);
	vsnprintf(text, sizeof(text), format, ap);
	va_end(ap);
	say_line(text);
}

void jet_say_error(const struct jet_error *err)
{
	char text[sizeof(err->file) + sizeof(err->message) + 32];

	say_line(jet_error_format(err, text, sizeof(text)));
}
