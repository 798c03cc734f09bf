/* SPDX-License-Identifier: Apache-2.0 */
#include "cli/difference.h"

#include "base/json.h"
#include "base/str.h"
#include "cli/columns.h"
#include "cli/term.h"
#include "sink/entry_json.h"

#include <string.h>

static bool lacks_size(const struct jet_item *item)
{
	return item && item->type == JET_TYPE_FILE && !(item->known & JET_ITEM_SIZE);
}

void jet_tally_add(struct jet_tally *t, const struct jet_difference *d)
{
	const bool file = (d->a && d->a->type != JET_TYPE_DIR) || (d->b && d->b->type != JET_TYPE_DIR);

	t->differences++;
	if (!file)
		return;
	t->sizeless |= lacks_size(d->a) || lacks_size(d->b);
	if (!d->a) {
		t->added++;
		t->added_bytes += d->b->size;
	} else if (!d->b) {
		t->removed++;
		t->removed_bytes += d->a->size;
	} else {
		t->changed++;
		t->before_bytes += d->a->size;
		t->after_bytes += d->b->size;
	}
}

/* ---- in words ----------------------------------------------------------- */

static const char *word_of(const struct jet_difference *d, const char *gone)
{
	return !d->a ? "added" : !d->b ? gone : "changed";
}

static const struct jet_item *item_of(const struct jet_difference *d)
{
	return d->b ? d->b : d->a;
}

static int put_value(struct jet_buf *out, const struct jet_item *item, unsigned change)
{
	char time[32];

	switch (change) {
	case JET_CHANGE_TYPE:
		return jet_buf_text(out, jet_type_name((enum jet_type)item->type));
	case JET_CHANGE_MODE:
		return jet_buf_printf(out, "%04o", (unsigned)item->mode);
	case JET_CHANGE_SIZE:
		return jet_buf_printf(out, "%llu", (unsigned long long)item->size);
	case JET_CHANGE_TARGET:
		return jet_quote(out, item->target, item->target_len, "");
	case JET_CHANGE_DEVICE:
		return jet_buf_printf(out, "%u,%u", (unsigned)item->major, (unsigned)item->minor);
	case JET_CHANGE_LINK:
		return item->hardlink ? jet_quote(out, item->hardlink, item->hardlink_len, "")
		                      : jet_buf_text(out, "none");
	default:
		jet_time_text(time, sizeof(time), item->mtime_sec, item->mtime_nsec);
		return jet_buf_text(out, time);
	}
}

static int put_change(struct jet_buf *out, const struct jet_difference *d, unsigned change)
{
	int bad = jet_buf_text(out, jet_change_name(change));

	if (change == JET_CHANGE_CONTENT)
		return bad;
	bad |= jet_buf_byte(out, ' ') | put_value(out, d->a, change);
	return bad | jet_buf_text(out, " -> ") | put_value(out, d->b, change);
}

/* All of them; @separator is what stands before the first. */
static int put_changes(struct jet_buf *out, const struct jet_difference *d, const char *separator)
{
	int bad = 0;

	for (unsigned change = 1; change <= JET_CHANGE_MTIME; change <<= 1) {
		if (!(d->changes & change))
			continue;
		bad |= jet_buf_text(out, separator) | put_change(out, d, change);
		separator = ", ";
	}
	return bad;
}

int jet_difference_text(struct jet_buf *out, const struct jet_difference *d, const char *gone)
{
	const struct jet_item *item = item_of(d);
	int bad = jet_buf_text(out, word_of(d, gone)) | jet_buf_byte(out, ' ');

	bad |= jet_quote(out, item->path, item->path_len, item->type == JET_TYPE_DIR ? "/" : "");
	return bad | put_changes(out, d, ": ") | jet_buf_byte(out, '\n');
}

/* "2 files added"; @separator is what stands before it. */
static int put_count(struct jet_buf *out, const char **separator, uint64_t files, const char *what)
{
	int bad = jet_buf_text(out, *separator) | jet_human_count(out, files);

	*separator = "; ";
	return bad | jet_buf_printf(out, " %s %s", files == 1 ? "file" : "files", what);
}

static int put_bytes(struct jet_buf *out, const struct jet_tally *t, const char *before, uint64_t bytes)
{
	return t->sizeless ? 0 : jet_buf_text(out, before) | jet_human_size(out, bytes);
}

int jet_tally_text(struct jet_buf *out, const struct jet_tally *t)
{
	const char *separator = "";
	int bad = 0;

	if (t->added) {
		bad |= put_count(out, &separator, t->added, "added");
		bad |= put_bytes(out, t, ", ", t->added_bytes);
	}
	if (t->removed) {
		bad |= put_count(out, &separator, t->removed, "removed");
		bad |= put_bytes(out, t, ", ", t->removed_bytes);
	}
	if (t->changed) {
		bad |= put_count(out, &separator, t->changed, "changed");
		bad |= put_bytes(out, t, ", ", t->before_bytes) | put_bytes(out, t, " -> ", t->after_bytes);
	}
	return bad | (separator[0] ? jet_buf_byte(out, '\n') : 0);
}

/* ---- as JSON ------------------------------------------------------------ */

static void put_number(struct jet_json *w, const char *key, uint64_t value)
{
	jet_json_key(w, key);
	jet_json_uint(w, value);
}

static void put_item(struct jet_json *w, const char *key, const struct jet_item *item)
{
	struct jet_entry e = {
		.type = (enum jet_type)item->type, .mode = item->mode, .size = item->size,
		.mtime_sec = item->mtime_sec, .mtime_nsec = item->mtime_nsec,
		.rdev_major = item->major, .rdev_minor = item->minor, .target = item->target,
		.target_len = item->target_len, .hardlink = item->hardlink,
		.hardlink_len = item->hardlink_len,
	};
	struct jet_hashes hashes = { 0 };

	if (item->xxh128) {
		hashes.kinds |= JET_HASH_XXH128;
		memcpy(hashes.xxh128, item->xxh128, sizeof(hashes.xxh128));
	}
	if (item->sha256) {
		hashes.kinds |= JET_HASH_SHA256;
		memcpy(hashes.sha256, item->sha256, sizeof(hashes.sha256));
	}
	jet_json_key(w, key);
	jet_json_open(w, '{');
	jet_json_key(w, "type");
	jet_json_text(w, jet_type_name(e.type));
	jet_entry_json_stat(w, &e, (item->known & JET_ITEM_MODE ? JET_STAT_MODE : 0U) |
	                                   (item->known & JET_ITEM_SIZE ? JET_STAT_SIZE : 0U) |
	                                   (item->known & JET_ITEM_MTIME ? JET_STAT_MTIME : 0U) |
	                                   (item->known & JET_ITEM_DEVICE ? JET_STAT_DEVICE : 0U));
	jet_entry_json_content(w, &e, &hashes);
	jet_json_close(w, '}');
}

int jet_difference_json(struct jet_buf *out, const struct jet_difference *d, const char *gone)
{
	struct jet_json w = { .out = out };

	jet_json_open(&w, '{');
	jet_json_key(&w, "change");
	jet_json_text(&w, word_of(d, gone));
	jet_json_bytes(&w, "path", item_of(d)->path, item_of(d)->path_len);
	if (d->changes) {
		jet_json_key(&w, "what");
		jet_json_open(&w, '[');
		for (unsigned change = 1; change <= JET_CHANGE_MTIME; change <<= 1) {
			if (d->changes & change)
				jet_json_text(&w, jet_change_name(change));
		}
		jet_json_close(&w, ']');
	}
	if (d->a)
		put_item(&w, "before", d->a);
	if (d->b)
		put_item(&w, "after", d->b);
	jet_json_close(&w, '}');
	return jet_json_end(&w) < 0 ? -1 : jet_buf_byte(out, '\n');
}

int jet_tally_json(struct jet_buf *out, const struct jet_tally *t)
{
	struct jet_json w = { .out = out };

	jet_json_open(&w, '{');
	jet_json_key(&w, "summary");
	jet_json_open(&w, '{');
	put_number(&w, "added", t->added);
	put_number(&w, "removed", t->removed);
	put_number(&w, "changed", t->changed);
	if (!t->sizeless) {
		put_number(&w, "added_bytes", t->added_bytes);
		put_number(&w, "removed_bytes", t->removed_bytes);
		put_number(&w, "before_bytes", t->before_bytes);
		put_number(&w, "after_bytes", t->after_bytes);
	}
	jet_json_close(&w, '}');
	jet_json_close(&w, '}');
	return jet_json_end(&w) < 0 ? -1 : jet_buf_byte(out, '\n');
}

int jet_uncompared_json(struct jet_buf *out, const struct jet_comparison *c)
{
	struct jet_json w = { .out = out };

	jet_json_open(&w, '{');
	jet_json_key(&w, "not_compared");
	jet_json_open(&w, '{');
	put_number(&w, "files", c->blind);
	jet_json_bytes(&w, "path", c->first_blind->path, c->first_blind->path_len);
	jet_json_close(&w, '}');
	jet_json_close(&w, '}');
	return jet_json_end(&w) < 0 ? -1 : jet_buf_byte(out, '\n');
}

/* ---- as git diff --stat ------------------------------------------------- */

struct widths {
	size_t name, number, bar;
	uint64_t most; /* bytes of the biggest change */
};

static uint64_t size_of(const struct jet_item *item)
{
	return item && item->type == JET_TYPE_FILE ? item->size : 0;
}

/* Does only something else than the content differ? */
static bool keeps_content(const struct jet_difference *d)
{
	return d->changes && !(d->changes & (JET_CHANGE_SIZE | JET_CHANGE_CONTENT | JET_CHANGE_TYPE));
}

static uint64_t plus_of(const struct jet_difference *d)
{
	return keeps_content(d) ? 0 : size_of(d->b);
}

static uint64_t minus_of(const struct jet_difference *d)
{
	return keeps_content(d) ? 0 : size_of(d->a);
}

static uint64_t bytes_of(const struct jet_difference *d)
{
	return plus_of(d) + minus_of(d);
}

/* Is it said in words?  A bar does not tell that a file has become a link. */
static bool has_words(const struct jet_difference *d)
{
	return keeps_content(d) || d->changes & JET_CHANGE_TYPE;
}

/* Directories that are new or gone are told by what is in them. */
static bool is_row(const struct jet_difference *d)
{
	return item_of(d)->type != JET_TYPE_DIR || d->changes;
}

static size_t digits_of(uint64_t n)
{
	size_t digits = 1;

	while (n >= 10) {
		n /= 10;
		digits++;
	}
	return digits;
}

static void rewind_to_start(struct jet_comparison *c)
{
	*c = (struct jet_comparison){ .a = c->a, .b = c->b, .flags = c->flags };
}

/* Names as they are shown, the most bytes; false: out of memory. */
static bool look_through(struct jet_comparison *c, struct widths *w, bool *words)
{
	struct jet_buf name = { 0 };
	struct jet_difference d;
	bool good = true;

	while (good && jet_compare_next(c, &d)) {
		size_t columns;

		if (!is_row(&d))
			continue;
		name.len = 0;
		good = jet_quote(&name, item_of(&d)->path, item_of(&d)->path_len, "") == 0;
		columns = good ? jet_columns(name.data, name.len) : 0;
		w->name = columns > w->name ? columns : w->name;
		w->most = bytes_of(&d) > w->most ? bytes_of(&d) : w->most;
		*words |= has_words(&d);
	}
	jet_buf_clear(&name);
	return good;
}

/* "type symlink -> file" */
enum { WORDS_MIN = 24 };

/* As git: names get what is left beside the numbers and three eighths for bars, or for
 * words, where there are any and enough room. */
static bool measure(struct jet_comparison *c, size_t width, struct widths *w)
{
	bool words = false;
	size_t most;

	*w = (struct widths){ .name = 1 };
	if (!look_through(c, w, &words))
		return false;
	w->number = digits_of(w->most);
	most = width > w->number + 16 ? width - w->number - 6 : 10;
	w->bar = most * 3 / 8;
	if (words && w->bar < WORDS_MIN && most >= 2 * WORDS_MIN)
		w->bar = WORDS_MIN;
	if (w->name > most - w->bar)
		w->name = most - w->bar;
	w->bar = most - w->name;
	return true;
}

/* A part of @most as columns; at least one of what there is any. */
static size_t scale(const struct widths *w, uint64_t bytes)
{
	if (!bytes)
		return 0;
	if (w->most <= w->bar)
		return (size_t)bytes;
	return 1 + (size_t)((double)bytes * (double)(w->bar - 2) / (double)w->most);
}

static int put_repeated(struct jet_buf *out, size_t n, char c)
{
	int bad = 0;

	while (n-- && !bad)
		bad = jet_buf_byte(out, c);
	return bad;
}

/* Columns of what cannot be cut in two: a character, or an escape in a name in quotes. */
static size_t unit_of(struct jet_str name, bool quoted, size_t *bytes)
{
	const char second = name.len > 1 ? name.data[1] : '\0';

	if (!quoted || name.data[0] != '\\')
		return jet_columns_of(name.data, name.len, bytes);
	*bytes = second >= '0' && second <= '3' ? 4 : 2;
	return *bytes;
}

/* How much of a name has to go, so that it has at most @width columns: up to a "/" if
 * there is one then.  What stands on a character goes with it. */
static size_t cut_of(struct jet_str name, size_t width)
{
	const bool quoted = name.data[0] == '"';
	size_t columns = jet_columns(name.data, name.len), at = 0, bytes;
	const char *slash;

	while (at < name.len) {
		const struct jet_str rest = { name.data + at, name.len - at };
		const size_t unit = unit_of(rest, quoted, &bytes);

		if (columns <= width && unit)
			break;
		columns -= unit;
		at += bytes;
	}
	slash = memchr(name.data + at, '/', name.len - at);
	return slash ? (size_t)(slash - name.data) : at;
}

/* The end of a name that is too long says more. */
static int put_name(struct jet_buf *out, const struct jet_item *item, size_t width)
{
	struct jet_buf name = { 0 };
	size_t at = 0, columns;
	int bad = jet_quote(&name, item->path, item->path_len, "");

	columns = bad ? width : jet_columns(name.data, name.len);
	if (columns > width && width > 3) {
		at = cut_of((struct jet_str){ name.data, name.len }, width - 3);
		columns = 3 + jet_columns(name.data + at, name.len - at);
		bad |= jet_buf_text(out, "...");
	}
	if (!bad)
		bad = jet_buf_append(out, name.data + at, name.len - at);
	jet_buf_clear(&name);
	return bad | put_repeated(out, width > columns ? width - columns : 0, ' ');
}

static int put_words(struct jet_buf *out, const struct jet_difference *d, size_t width)
{
	struct jet_buf words = { 0 };
	int bad = put_changes(&words, d, "");

	if (!bad)
		bad = jet_cut(out, words.data, words.len, width > WORDS_MIN ? width : WORDS_MIN);
	jet_buf_clear(&words);
	return bad;
}

static int put_row(struct jet_buf *out, const struct widths *w, const struct jet_difference *d)
{
	int bad = jet_buf_byte(out, ' ') | put_name(out, item_of(d), w->name);

	bad |= jet_buf_printf(out, " | %*llu", (int)w->number, (unsigned long long)bytes_of(d));
	if (has_words(d)) {
		bad |= jet_buf_byte(out, ' ') | put_words(out, d, w->bar);
	} else if (bytes_of(d)) {
		bad |= jet_buf_byte(out, ' ') | put_repeated(out, scale(w, plus_of(d)), '+');
		bad |= put_repeated(out, scale(w, minus_of(d)), '-');
	}
	return bad | jet_buf_byte(out, '\n');
}

int jet_stat_table(struct jet_buf *out, struct jet_comparison *c, size_t width)
{
	uint64_t files = 0, plus = 0, minus = 0;
	struct jet_difference d;
	struct widths w;
	int bad = measure(c, width, &w) ? 0 : -1;

	rewind_to_start(c);
	while (!bad && jet_compare_next(c, &d)) {
		if (!is_row(&d))
			continue;
		files++;
		plus += plus_of(&d);
		minus += minus_of(&d);
		bad = put_row(out, &w, &d);
	}
	if (!files)
		return bad;
	bad |= jet_buf_printf(out, " %llu file%s changed", (unsigned long long)files, files == 1 ? "" : "s");
	if (plus)
		bad |= jet_buf_printf(out, ", %llu bytes added(+)", (unsigned long long)plus);
	if (minus)
		bad |= jet_buf_printf(out, ", %llu bytes removed(-)", (unsigned long long)minus);
	return bad | jet_buf_byte(out, '\n');
}
