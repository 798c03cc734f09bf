/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What sha256sum and xxhsum -H2 print, a record per file:
 *
 *   HASH, two blanks, or a blank and a star, NAME     the length of the hash says which
 *   SHA256 (NAME) = HASH, XXH128 (NAME) = HASH        with --tag, as BSD has it
 *
 * A name with escapes has a backslash before its record.  With -z records end with NUL
 * instead of LF, and nothing is escaped.
 */
#include "inventory/draft.h"
#include "inventory/read.h"

#include "base/error.h"

#include <string.h>

/* A record and then some: with -z there is a NUL in there. */
enum { LOOK_BYTES = 16384, XXH128_DIGITS = 32, SHA256_DIGITS = 64 };

static const char no_such_hash[] =
	"only lists of sha256sum and of xxhsum -H2 can be compared: this is another hash";

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

/* ---- what it is --------------------------------------------------------- */

static size_t count_digits(const char *text, size_t len)
{
	size_t n = 0;

	while (n < len && text[n] && strchr("0123456789abcdef", text[n]))
		n++;
	return n;
}

/* "SHA256 (": how long the name of the hash is; 0: there is none. */
static size_t tag_len(struct jet_str s)
{
	static const char letters[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_/";
	size_t n = 0;

	while (n < s.len && s.data[n] && strchr(letters, s.data[n]))
		n++;
	return n > 2 && s.len - n > 2 && s.data[n] == ' ' && s.data[n + 1] == '(' ? n : 0;
}

/* How many digits the hashes of known tools have: crc32 and xxh32, xxh64, md5 and xxh128, sha1,
 * sha224, sha256, sha384, sha512. */
static bool is_usual(size_t digits)
{
	return digits == 8 || digits == 16 || digits == 32 || digits == 40 || digits == 56 ||
	       digits == 64 || digits == 96 || digits == 128;
}

bool jet_looks_like_sums(struct jet_str s)
{
	size_t n;

	if (s.len && s.data[0] == '\\')
		s = (struct jet_str){ s.data + 1, s.len - 1 };
	n = count_digits(s.data, s.len);
	return tag_len(s) || (is_usual(n) && s.len - n > 2 && s.data[n] == ' ' &&
	                      (s.data[n + 1] == ' ' || s.data[n + 1] == '*'));
}

static bool ends_with(const char *name, const char *suffix)
{
	const size_t len = strlen(name), n = strlen(suffix);

	return len >= n && strcmp(name + len - n, suffix) == 0;
}

/* Lists of md5sum look like those of XXH128; their names may say it. */
static bool is_named_md5(const char *name)
{
	return ends_with(name, "MD5SUMS") || ends_with(name, "md5sums") || ends_with(name, "MD5SUM") ||
	       ends_with(name, ".md5") || ends_with(name, ".md5sum") || ends_with(name, "md5sum.txt") ||
	       ends_with(name, "md5sums.txt");
}

/* ---- records ------------------------------------------------------------ */

/* A record in pieces. */
struct sum {
	enum jet_column column;
	struct jet_str hash, name;
};

static const char *split_plain(struct jet_str s, struct sum *sum, const char **at)
{
	const char *blank = memchr(s.data, ' ', s.len);
	const size_t n = blank ? (size_t)(blank - s.data) : s.len;

	if (n != XXH128_DIGITS && n != SHA256_DIGITS)
		return is_usual(n) && count_digits(s.data, n) == n ? no_such_hash
		                                                   : "a hash of the wrong length";
	sum->column = n == XXH128_DIGITS ? JET_COLUMN_XXH128 : JET_COLUMN_SHA256;
	sum->hash = (struct jet_str){ s.data, n };
	*at = s.data + n;
	if (s.len - n < 3 || (s.data[n + 1] != ' ' && s.data[n + 1] != '*'))
		return "two blanks and a name are missing";
	sum->name = (struct jet_str){ s.data + n + 2, s.len - n - 2 };
	return NULL;
}

/* @tag: length of the name of the hash.  A name may hold ") = ", a hash cannot. */
static const char *split_tagged(struct jet_str s, size_t tag, struct sum *sum)
{
	const struct jet_str hash = { s.data, tag };
	size_t digits;

	if (!jet_str_is(hash, "SHA256") && !jet_str_is(hash, "XXH128"))
		return no_such_hash;
	digits = s.data[0] == 'X' ? XXH128_DIGITS : SHA256_DIGITS;
	sum->column = s.data[0] == 'X' ? JET_COLUMN_XXH128 : JET_COLUMN_SHA256;
	tag += 2;
	if (s.len < tag + 4 + digits || memcmp(s.data + s.len - digits - 4, ") = ", 4) != 0)
		return "(NAME) = and a hash are missing";
	sum->name = (struct jet_str){ s.data + tag, s.len - digits - 4 - tag };
	sum->hash = (struct jet_str){ s.data + s.len - digits, digits };
	return NULL;
}

/* A hash that only md5sum makes: that of nothing. */
static bool is_md5(struct jet_str hash)
{
	return jet_str_is(hash, "d41d8cd98f00b204e9800998ecf8427e");
}

/* @at: where the fault is. */
static const char *read_record(struct jet_draft *d, struct jet_buf *name, struct jet_str s,
                               bool escapes, const char **at)
{
	const bool escaped = escapes && s.len && s.data[0] == '\\';
	struct sum sum = { .column = JET_COLUMN_NONE };
	const char *fault;
	size_t tag;

	if (escaped)
		s = (struct jet_str){ s.data + 1, s.len - 1 };
	*at = s.data;
	tag = tag_len(s);
	fault = tag ? split_tagged(s, tag, &sum) : split_plain(s, &sum, at);
	if (fault)
		return fault;
	*at = sum.hash.data;
	if (is_md5(sum.hash))
		return no_such_hash;
	fault = jet_draft_set(d, sum.column, sum.hash.data, sum.hash.len);
	if (fault)
		return fault;
	*at = sum.name.data;
	if (escaped) {
		fault = unescape(name, sum.name.data, sum.name.len);
		sum.name = (struct jet_str){ name->data, name->len };
	}
	return fault ? fault : jet_draft_set(d, JET_COLUMN_PATH, sum.name.data, sum.name.len);
}

int jet_read_sums(struct jet_inventory *inv, struct jet_input *in, struct jet_error *err)
{
	struct jet_draft draft = { 0 };
	struct jet_buf name = { 0 };
	struct jet_str record;
	int rc = jet_input_fill(in, LOOK_BYTES, err);
	bool zero;

	if (rc < 0)
		return rc;
	if (is_named_md5(in->name))
		return jet_fail(err, JET_E_FORMAT, in->name, "%s", no_such_hash);
	/* No name has a NUL in it. */
	zero = memchr(in->data + in->at, '\0', in->len - in->at) != NULL;
	while ((rc = jet_input_record(in, zero ? '\0' : '\n', &record, err)) == 1) {
		const char *at = record.data, *fault;

		jet_draft_begin(&draft);
		jet_draft_set_type(&draft, JET_TYPE_FILE);
		fault = read_record(&draft, &name, record, !zero, &at);
		if (!fault)
			fault = jet_draft_check(&draft);
		draft.item.line = in->line;
		rc = fault ? jet_input_fail(in, (size_t)(at - record.data) + 1, err, "%s", fault)
		           : jet_inventory_add(inv, &draft.item);
		if (rc < 0)
			break;
	}
	jet_draft_clear(&draft);
	jet_buf_clear(&name);
	return rc;
}
