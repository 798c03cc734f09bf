/* SPDX-License-Identifier: Apache-2.0 */
/*
 * mtree(5): what jettison and libarchive write, and what BSD's mtree does.
 *
 * A name with a "/" is a whole path.  One without lies in the current directory, which
 * an entry of type dir becomes and ".." leaves.  Keywords that say nothing about what
 * ships are passed over.
 */
#include "inventory/draft.h"
#include "inventory/read.h"

#include "base/error.h"

#include <string.h>

struct reader {
	struct jet_input *in;
	struct jet_draft draft;
	struct jet_buf line;  /* lines that are continued, in one */
	struct jet_buf word;  /* with its escapes resolved */
	struct jet_buf set;   /* "/set": NUL-ended keyword=value, one after the other */
	struct jet_buf dir;   /* the current directory, "" or "a/b/" */
	char xxh128[32];      /* of the comment before the entry */
	bool has_xxh128;
	size_t column;        /* for messages */
};

static const char *const no_memory = "does not fit into memory";

/* ---- escapes ------------------------------------------------------------ */

/* Behind a backslash: the byte and how much stands for it; 0: no such escape. */
static size_t unescape(const char *text, size_t len, char *byte)
{
	static const char from[] = "abfnrtsv\\#0", to[] = "\a\b\f\n\r\t \v\\#";
	const char *found;

	if (len >= 3 && text[0] >= '0' && text[0] <= '3' && text[1] >= '0' && text[1] <= '7' &&
	    text[2] >= '0' && text[2] <= '7') {
		*byte = (char)((text[0] - '0') << 6 | (text[1] - '0') << 3 | (text[2] - '0'));
		return 3;
	}
	found = len && text[0] ? strchr(from, text[0]) : NULL;
	if (!found)
		return 0;
	*byte = to[found - from];
	return 1;
}

static const char *put_word(struct jet_buf *out, const char *text, size_t len)
{
	for (size_t i = 0; i < len; i++) {
		char c = text[i];

		if (c == '\\') {
			const size_t n = unescape(text + i + 1, len - i - 1, &c);

			if (!n)
				return "no such escape";
			i += n;
		}
		if (jet_buf_byte(out, c) < 0)
			return no_memory;
	}
	return NULL;
}

/* ---- keywords ----------------------------------------------------------- */

static const char *set_type(struct jet_draft *d, struct jet_str value)
{
	static const struct {
		const char *name;
		enum jet_type type;
	} types[] = {
		{ "file", JET_TYPE_FILE },   { "dir", JET_TYPE_DIR },   { "link", JET_TYPE_SYMLINK },
		{ "fifo", JET_TYPE_FIFO },   { "char", JET_TYPE_CHAR }, { "block", JET_TYPE_BLOCK },
		{ "socket", JET_TYPE_SOCKET },
	};

	for (size_t i = 0; i < sizeof(types) / sizeof(types[0]); i++) {
		if (jet_str_is(value, types[i].name))
			return jet_draft_set_type(d, types[i].type);
	}
	return "no such type";
}

/* "1700000000.42" are 42 nanoseconds, also behind a negative number: an old mistake that
 * everybody keeps. */
static const char *set_time(struct jet_item *item, struct jet_str value)
{
	const char *dot = memchr(value.data, '.', value.len);
	const size_t whole = dot ? (size_t)(dot - value.data) : value.len;
	uint64_t nsec = 0;

	if (!jet_field_sec(value.data, whole, &item->mtime_sec) ||
	    (dot && !jet_field_uint(dot + 1, value.len - whole - 1, 10, 999999999, &nsec)))
		return "no time";
	item->mtime_nsec = (uint32_t)nsec;
	item->known |= JET_ITEM_MTIME | (dot ? JET_ITEM_NSEC : 0);
	return NULL;
}

/* "native,MAJOR,MINOR"; a number in one piece cannot be taken apart. */
static const char *set_device(struct jet_draft *d, struct jet_str value)
{
	const char *first = memchr(value.data, ',', value.len);
	const char *end = value.data + value.len;
	const char *second = first ? memchr(first + 1, ',', (size_t)(end - first - 1)) : NULL;
	const char *fault;

	if (!second)
		return NULL;
	fault = jet_draft_set(d, JET_COLUMN_MAJOR, first + 1, (size_t)(second - first - 1));
	return fault ? fault : jet_draft_set(d, JET_COLUMN_MINOR, second + 1, (size_t)(end - second - 1));
}

static const char *set_keyword(struct reader *r, struct jet_str name, struct jet_str value)
{
	struct jet_draft *d = &r->draft;
	const char *fault;

	if (jet_str_is(name, "type"))
		return set_type(d, value);
	if (jet_str_is(name, "mode"))
		return jet_draft_set(d, JET_COLUMN_MODE, value.data, value.len);
	if (jet_str_is(name, "size"))
		return jet_draft_set(d, JET_COLUMN_SIZE, value.data, value.len);
	if (jet_str_is(name, "time"))
		return set_time(&d->item, value);
	if (jet_str_is(name, "device"))
		return set_device(d, value);
	if (jet_str_is(name, "sha256") || jet_str_is(name, "sha256digest"))
		return jet_draft_set(d, JET_COLUMN_SHA256, value.data, value.len);
	if (!jet_str_is(name, "link"))
		return NULL;
	r->word.len = 0;
	fault = put_word(&r->word, value.data, value.len);
	return fault ? fault : jet_draft_set(d, JET_COLUMN_TARGET, r->word.data, r->word.len);
}

static const char *set_word(struct reader *r, struct jet_str word)
{
	const char *equals = memchr(word.data, '=', word.len);
	struct jet_str name = word, value = { word.data + word.len, 0 };

	if (equals) {
		name.len = (size_t)(equals - word.data);
		value = (struct jet_str){ equals + 1, word.len - name.len - 1 };
	}
	return set_keyword(r, name, value);
}

/* ---- words -------------------------------------------------------------- */

static bool is_blank(char c)
{
	return c == ' ' || c == '\t' || c == '\r';
}

/* The next word of r->line from r->column on. */
static bool next_word(struct reader *r, struct jet_str *word)
{
	const char *data = r->line.data;
	size_t i = r->column;

	while (i < r->line.len && is_blank(data[i]))
		i++;
	word->data = data + i;
	r->column = i;
	while (i < r->line.len && !is_blank(data[i]))
		i++;
	word->len = i - r->column;
	return word->len > 0;
}

/* Is @name the keyword of the NUL-ended word at @at?  Then that one is replaced. */
static void forget(struct jet_buf *set, struct jet_str name)
{
	size_t at = 0;

	while (at < set->len) {
		const size_t len = strlen(set->data + at) + 1;

		if (len > name.len + 1 && memcmp(set->data + at, name.data, name.len) == 0 &&
		    set->data[at + name.len] == '=') {
			memmove(set->data + at, set->data + at + len, set->len - at - len);
			set->len -= len;
		} else {
			at += len;
		}
	}
}

/* "/set type=file mode=0644" and "/unset mode". */
static const char *read_set(struct reader *r, bool unset)
{
	struct jet_str word;

	for (; next_word(r, &word); r->column += word.len) {
		const char *equals = memchr(word.data, '=', word.len);
		const struct jet_str name = { word.data, equals ? (size_t)(equals - word.data) : word.len };

		if (memchr(word.data, '\0', word.len))
			return "a NUL in a keyword";
		forget(&r->set, name);
		if (!unset && equals &&
		    (jet_buf_append(&r->set, word.data, word.len) < 0 || jet_buf_byte(&r->set, '\0') < 0))
			return no_memory;
		if (r->set.len > 4096)
			return "too much in /set";
	}
	return NULL;
}

/* What "/set" says, for what the entry does not. */
static const char *apply_set(struct reader *r)
{
	for (size_t at = 0; at < r->set.len;) {
		const size_t len = strlen(r->set.data + at);
		const struct jet_str word = { r->set.data + at, len };
		const bool typed = r->draft.seen & 1U << JET_COLUMN_TYPE;
		const bool mode = r->draft.seen & 1U << JET_COLUMN_MODE;
		const char *fault = NULL;

		if ((!typed && len > 5 && memcmp(word.data, "type=", 5) == 0) ||
		    (!mode && len > 5 && memcmp(word.data, "mode=", 5) == 0))
			fault = set_word(r, word);
		if (fault)
			return fault;
		at += len + 1;
	}
	return NULL;
}

/* ---- entries ------------------------------------------------------------ */

static void leave_dir(struct reader *r)
{
	if (r->dir.len)
		r->dir.len--;
	while (r->dir.len && r->dir.data[r->dir.len - 1] != '/')
		r->dir.len--;
}

/* The path of the entry, into r->word; @inside: relative to the current directory.
 * Without bytes it is the root. */
static const char *read_name(struct reader *r, struct jet_str name, bool *inside)
{
	const char *fault;

	*inside = !memchr(name.data, '/', name.len);
	r->word.len = 0;
	if (*inside && jet_buf_append(&r->word, r->dir.data, r->dir.len) < 0)
		return no_memory;
	if (*inside && jet_str_is(name, ".")) {
		r->word.len = 0;
		r->dir.len = 0;
		return NULL;
	}
	fault = put_word(&r->word, name.data, name.len);
	/* "./" alone is the root, too. */
	if (!fault && r->word.len == 2 && memcmp(r->word.data, "./", 2) == 0)
		r->word.len = 0;
	return fault;
}

static const char *enter_dir(struct reader *r)
{
	const struct jet_buf *path = &r->draft.path;

	if (r->draft.item.type != JET_TYPE_DIR)
		return NULL;
	/* Every name below takes all of it: few bytes must not become very many. */
	if (path->len > 4096)
		return "nested too deeply";
	r->dir.len = 0;
	return jet_buf_append(&r->dir, path->data, path->len) < 0 || jet_buf_byte(&r->dir, '/') < 0
	       ? no_memory : NULL;
}

/* @root: set when it is the root, which is no entry. */
static const char *read_entry(struct reader *r, struct jet_str name, bool *root)
{
	struct jet_str word;
	const char *fault;
	bool inside;

	jet_draft_begin(&r->draft);
	fault = read_name(r, name, &inside);
	*root = !fault && !r->word.len;
	if (!fault && !*root)
		fault = jet_draft_set(&r->draft, JET_COLUMN_PATH, r->word.data, r->word.len);
	r->column += fault ? 0 : name.len;
	while (!fault && next_word(r, &word)) {
		fault = set_word(r, word);
		r->column += fault ? 0 : word.len;
	}
	if (!fault)
		fault = apply_set(r);
	if (fault || *root)
		return fault;
	if (r->has_xxh128)
		fault = jet_draft_set(&r->draft, JET_COLUMN_XXH128, r->xxh128, sizeof(r->xxh128));
	if (!fault)
		fault = jet_draft_check(&r->draft);
	return fault || !inside ? fault : enter_dir(r);
}

/* ---- lines -------------------------------------------------------------- */

/* Our own comment about the entry that follows. */
static void read_comment(struct reader *r)
{
	static const char ours[] = "#xxh128=";
	const size_t n = sizeof(ours) - 1;

	if (r->line.len != n + sizeof(r->xxh128) || memcmp(r->line.data, ours, n) != 0)
		return;
	memcpy(r->xxh128, r->line.data + n, sizeof(r->xxh128));
	r->has_xxh128 = true;
}

/* A line and those that continue it, into r->line.  1, 0 at the end, or a failure. */
static int next_line(struct reader *r, struct jet_error *err)
{
	struct jet_str part;
	bool more = true;
	int rc = 0;

	r->line.len = 0;
	r->column = 0;
	for (int parts = 0; more; parts++) {
		rc = jet_input_line(r->in, &part, err);
		if (rc < 0)
			return rc;
		if (rc == 0)
			return parts > 0;
		more = part.len && part.data[part.len - 1] == '\\';
		if (r->line.len + part.len > JET_INPUT_LINE_MAX)
			return jet_input_fail(r->in, 0, err, "a line of more than 16 MiB");
		if (jet_buf_append(&r->line, part.data, part.len - (more ? 1 : 0)) < 0)
			return jet_fail_nomem(err);
	}
	return 1;
}

static int read_line(struct jet_inventory *inv, struct reader *r, struct jet_error *err)
{
	const char *fault = NULL;
	struct jet_str name;
	bool root = true;

	if (!next_word(r, &name))
		return 0;
	if (name.data[0] == '#') {
		read_comment(r);
		return 0;
	}
	if (jet_str_is(name, "/set") || jet_str_is(name, "/unset")) {
		r->column += name.len;
		fault = read_set(r, name.data[1] == 'u');
	} else if (name.data[0] == '/') {
		fault = "no such command";
	} else if (jet_str_is(name, "..")) {
		leave_dir(r);
	} else {
		fault = read_entry(r, name, &root);
		r->has_xxh128 = false;
	}
	if (fault)
		return jet_input_fail(r->in, r->column + 1, err, "%s", fault);
	if (root)
		return 0;
	r->draft.item.line = r->in->line;
	return jet_inventory_add(inv, &r->draft.item);
}

int jet_read_mtree(struct jet_inventory *inv, struct jet_input *in, struct jet_error *err)
{
	struct reader r = { .in = in };
	int rc;

	while ((rc = next_line(&r, err)) == 1) {
		rc = read_line(inv, &r, err);
		if (rc < 0)
			break;
	}
	jet_draft_clear(&r.draft);
	jet_buf_clear(&r.line);
	jet_buf_clear(&r.word);
	jet_buf_clear(&r.set);
	jet_buf_clear(&r.dir);
	return rc;
}
