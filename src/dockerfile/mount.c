/* SPDX-License-Identifier: Apache-2.0 */
#include "dockerfile/mount.h"

#include "base/error.h"
#include "base/nearest.h"

#include <string.h>

/* ---- comma-separated values, one record (RFC 4180) ---------------------- */

/* Reads a field into @out, which has room for the rest.  1 read, 0 at the end,
 * -1 malformed. */
static int next_field(struct jet_str *rest, bool *more, char *out, size_t *len)
{
	*len = 0;
	if (!*more)
		return 0;
	if (rest->len && rest->data[0] == '"') {
		size_t i = 1;

		for (;; i++) {
			if (i >= rest->len)
				return -1;
			if (rest->data[i] == '"') {
				if (i + 1 >= rest->len || rest->data[i + 1] != '"')
					break;
				i++;
			}
			out[(*len)++] = rest->data[i];
		}
		rest->data += i + 1;
		rest->len -= i + 1;
		if (rest->len && rest->data[0] != ',')
			return -1;
	} else {
		while (*len < rest->len && rest->data[*len] != ',') {
			if (rest->data[*len] == '"')
				return -1;
			out[*len] = rest->data[*len];
			++*len;
		}
		rest->data += *len;
		rest->len -= *len;
	}
	*more = rest->len > 0;
	if (*more) {
		rest->data++;
		rest->len--;
	}
	return 1;
}

struct field {
	struct jet_str key, value, whole; /* key in lower case; value.data NULL: no "=" */
};

typedef int (*field_fn)(void *ctx, const struct field *field);

static void split(char *text, size_t len, struct field *f)
{
	char *equals = len ? memchr(text, '=', len) : NULL;
	const size_t n = equals ? (size_t)(equals - text) : len;

	f->key = (struct jet_str){ text, n };
	f->value = (struct jet_str){ NULL, 0 };
	if (equals)
		f->value = (struct jet_str){ equals + 1, len - n - 1 };
	for (size_t i = 0; i < n; i++) {
		if (text[i] >= 'A' && text[i] <= 'Z')
			text[i] = (char)(text[i] + 32);
	}
}

/* 0, what @fn gave back, 1 when it is no CSV, -1 out of memory. */
static int each_field(struct jet_arena *arena, struct jet_str flag, field_fn fn, void *ctx)
{
	const char *equals = memchr(flag.data, '=', flag.len);
	struct jet_str rest = { flag.data + flag.len, 0 };
	bool more = true;
	int rc = 0;

	if (equals)
		rest = (struct jet_str){ equals + 1, flag.len - (size_t)(equals - flag.data) - 1 };
	while (rc == 0) {
		char *text = jet_arena_alloc(arena, rest.len + 1);
		struct field f;
		size_t len;
		int found;

		if (!text)
			return -1;
		found = next_field(&rest, &more, text, &len);
		if (found <= 0)
			return found < 0 ? 1 : 0;
		split(text, len, &f);
		f.whole = (struct jet_str){ text, len };
		rc = fn(ctx, &f);
	}
	return rc;
}

/* ---- before anything runs ----------------------------------------------- */

enum { HAS_VARIABLE = 2 };

static int check_from(void *ctx, const struct field *f)
{
	const char *dollar;

	(void)ctx;
	if (!f->value.data || !jet_str_is(f->key, "from"))
		return 0;
	dollar = f->value.len ? memchr(f->value.data, '$', f->value.len) : NULL;
	return dollar && dollar + 1 != f->value.data + f->value.len ? HAS_VARIABLE : 0;
}

static bool has_value(struct jet_str flag)
{
	const char *equals = memchr(flag.data, '=', flag.len);

	return equals && equals + 1 < flag.data + flag.len;
}

int jet_mount_precheck(const struct jet_dockerfile *df, struct jet_spot told,
                       const struct jet_word *flag, struct jet_error *err)
{
	struct jet_arena arena = { 0 };
	int rc;

	if (!has_value(flag->text))
		return jet_fail_word(err, JET_E_PARSE, df->name, told, flag->at,
		                     "failed to parse csv mounts: there is nothing");
	rc = each_field(&arena, flag->text, check_from, NULL);
	jet_arena_clear(&arena);
	if (rc < 0)
		return jet_fail_nomem(err);
	if (rc == HAS_VARIABLE)
		return jet_fail_word(err, JET_E_PARSE, df->name, told, flag->at,
		                     "'from' doesn't support variable expansion, define alias stage "
		                     "instead");
	if (rc)
		return jet_fail_word(err, JET_E_PARSE, df->name, told, flag->at,
		                     "failed to parse csv mounts: a quote where none may be");
	return 0;
}

static int keep_from(void *ctx, const struct field *f)
{
	struct jet_str *from = ctx;

	if (f->value.data && jet_str_is(f->key, "from"))
		*from = f->value;
	return 0;
}

int jet_mount_from(struct jet_arena *arena, struct jet_str flag, struct jet_str *from)
{
	*from = (struct jet_str){ NULL, 0 };
	return each_field(arena, flag, keep_from, from) < 0 ? -1 : 0;
}

/* ---- the mount ---------------------------------------------------------- */

struct reader {
	const struct jet_dockerfile *df;
	struct jet_spot told;
	const struct jet_word *flag;
	struct jet_expander *x;
	struct jet_mount *mount;
	struct jet_error *err;
	bool sharing, mode, uid, gid, id;
	int rc; /* a negative enum jet_code that ended it */
};

enum { ENDED = 3 };

static const char *const keys[] = {
	"type", "from", "source", "target", "readonly", "id", "sharing", "required", "size", "mode",
	"uid", "gid", "src", "dst", "destination", "ro", "rw", "readwrite", "env",
};

static const char *const types[] = { "bind", "cache", "tmpfs", "secret", "ssh" };

#define FAIL(r, ...) \
	((r)->rc = jet_fail_word((r)->err, JET_E_OPTION, (r)->df->name, (r)->told, (r)->flag->at, \
	                         __VA_ARGS__), ENDED)

static bool is_one_of(struct jet_str s, const char *const *words)
{
	for (; *words; words++) {
		if (jet_str_is(s, *words))
			return true;
	}
	return false;
}

static bool is_bool(struct jet_str s)
{
	static const char *const words[] = { "1", "t", "T", "TRUE", "true", "True", "0", "f",
		                             "F", "FALSE", "false", "False", NULL };

	return is_one_of(s, words);
}

static bool is_number(struct jet_str s, char last)
{
	uint64_t n = 0;

	for (size_t i = 0; i < s.len; i++) {
		if (s.data[i] < '0' || s.data[i] > last)
			return false;
		n = n * (last == '7' ? 8 : 10) + (uint64_t)(s.data[i] - '0');
		if (n > UINT32_MAX)
			return false;
	}
	return s.len > 0;
}

/* go-units: "10", "1.5g", "64 MiB".  The forms of floats that nobody writes (1e3, 0x1,
 * inf) are taken for sizes that are none. */
static bool is_size(struct jet_str s)
{
	size_t digits = 0, n = 0, points = 0;

	n = s.len && s.data[0] == '+';
	for (; n < s.len && ((s.data[n] >= '0' && s.data[n] <= '9') || s.data[n] == '.'); n++) {
		digits += s.data[n] != '.';
		points += s.data[n] == '.';
	}
	if (!digits || points > 1)
		return false;
	n += n < s.len && s.data[n] == ' ';
	s = (struct jet_str){ s.data + n, s.len - n };
	if (s.len <= 1)
		return !s.len || strchr("bBkKmMgGtTpP", s.data[0]);
	return strchr("kKmMgGtTpP", s.data[0]) && ((s.len == 2 && (s.data[1] | 0x20) == 'b') ||
	       (s.len == 3 && (s.data[1] | 0x20) == 'i' && (s.data[2] | 0x20) == 'b'));
}

static int fail_key(struct reader *r, const struct field *f)
{
	const char *nearest = NULL;
	char text[32];

	if (f->key.len && f->key.len < sizeof(text)) {
		memcpy(text, f->key.data, f->key.len);
		text[f->key.len] = '\0';
		nearest = jet_nearest(text, keys, sizeof(keys) / sizeof(keys[0]));
	}
	return FAIL(r, "unexpected key '%s' in '%s'%s%s%s", JET_SHOW(f->key), JET_SHOW(f->whole),
	            nearest ? " (did you mean " : "", nearest ? nearest : "", nearest ? "?)" : "");
}

static int fail_for_type(struct reader *r, const struct field *f)
{
	return FAIL(r, "unexpected key '%s' for mount type '%s'", JET_SHOW(f->key),
	            types[r->mount->type]);
}

static int fail_value(struct reader *r, const struct field *f, struct jet_str value)
{
	return FAIL(r, "invalid value for %s: %s", JET_SHOW(f->key), JET_SHOW(value));
}

static int take_flag(struct reader *r, const struct field *f)
{
	static const char *const alone[] = { "readonly", "ro", "readwrite", "rw", NULL };

	if (is_one_of(f->key, alone))
		return 0;
	if (!jet_str_is(f->key, "required"))
		return FAIL(r, "invalid field '%s' must be a key=value pair", JET_SHOW(f->whole));
	if (r->mount->type != JET_MOUNT_SECRET && r->mount->type != JET_MOUNT_SSH)
		return fail_for_type(r, f);
	return 0;
}

static int take_type(struct reader *r, struct jet_str value)
{
	for (int i = 0; i < 5; i++) {
		size_t k = 0;

		while (k < value.len && types[i][k] && (value.data[k] | 0x20) == types[i][k])
			k++;
		if (k == value.len && !types[i][k]) {
			r->mount->type = (enum jet_mount_type)i;
			return 0;
		}
	}
	return FAIL(r, "unsupported mount type \"%s\"", JET_SHOW(value));
}

static int take_other(struct reader *r, const struct field *f, struct jet_str value)
{
	static const char *const bools[] = { "readonly", "ro", "readwrite", "rw", NULL };
	static const char *const shared[] = { "shared", "private", "locked", NULL };

	if (is_one_of(f->key, bools))
		return is_bool(value) ? 0 : fail_value(r, f, value);
	if (jet_str_is(f->key, "required")) {
		if (r->mount->type != JET_MOUNT_SECRET && r->mount->type != JET_MOUNT_SSH)
			return fail_for_type(r, f);
		return is_bool(value) ? 0 : fail_value(r, f, value);
	}
	if (jet_str_is(f->key, "size")) {
		if (r->mount->type != JET_MOUNT_TMPFS)
			return fail_for_type(r, f);
		return is_size(value) ? 0 : fail_value(r, f, value);
	}
	if (jet_str_is(f->key, "sharing")) {
		r->sharing = true;
		return is_one_of(value, shared) ? 0 : FAIL(r, "unsupported sharing value \"%s\"",
		                                           JET_SHOW(value));
	}
	if (jet_str_is(f->key, "mode")) {
		r->mode = true;
		return is_number(value, '7') ? 0 : fail_value(r, f, value);
	}
	if (jet_str_is(f->key, "uid") || jet_str_is(f->key, "gid")) {
		*(f->key.data[0] == 'u' ? &r->uid : &r->gid) = true;
		return is_number(value, '9') ? 0 : fail_value(r, f, value);
	}
	if (jet_str_is(f->key, "id")) {
		r->id = value.len > 0;
		return 0;
	}
	return jet_str_is(f->key, "env") ? 0 : fail_key(r, f);
}

static int take_field(void *ctx, const struct field *f)
{
	static const char *const targets[] = { "target", "dst", "destination", NULL };
	struct reader *r = ctx;
	struct jet_str value;
	enum jet_expanded rc;

	if (!f->value.data)
		return take_flag(r, f);
	rc = jet_expand(r->x, f->value, &value);
	if (rc == JET_EXPAND_NOMEM)
		return -1;
	if (rc == JET_EXPAND_BAD) {
		r->rc = jet_fail_word(r->err, JET_E_EXPAND, r->df->name, r->told, r->flag->at,
		                      "failed to process \"%s\": %s", JET_SHOW(f->value),
		                      r->x->message);
		return ENDED;
	}
	if (jet_str_is(f->key, "type"))
		return take_type(r, value);
	if (is_one_of(f->key, targets)) {
		r->mount->target = value;
		r->mount->target_varies = f->value.len && memchr(f->value.data, '$', f->value.len);
		return 0;
	}
	if (jet_str_is(f->key, "from"))
		r->mount->from = value;
	else if (jet_str_is(f->key, "source") || jet_str_is(f->key, "src"))
		r->mount->source = value;
	else
		return take_other(r, f, value);
	return 0;
}

/* What only the whole shows. */
static int check_whole(struct reader *r)
{
	const struct jet_mount *m = r->mount;
	const bool plain = m->type == JET_MOUNT_BIND || m->type == JET_MOUNT_TMPFS;

	if (plain && (r->mode || r->uid || r->gid))
		return FAIL(r, "%s not allowed for \"%s\" type mounts",
		            r->mode ? "mode" : r->uid ? "uid" : "gid", types[m->type]);
	if (m->type == JET_MOUNT_SECRET) {
		if (m->from.len)
			return FAIL(r, "secret mount should not have a from");
		if (!m->source.len && !m->target.len && !r->id)
			return FAIL(r, "invalid secret mount: one of source, target required");
		if (m->source.len && r->id)
			return FAIL(r, "both source and id can't be set");
	}
	if (r->sharing && m->type != JET_MOUNT_CACHE)
		return FAIL(r, "invalid cache sharing set for %s mount", types[m->type]);
	return 0;
}

int jet_mount_parse(const struct jet_dockerfile *df, struct jet_spot told,
                    const struct jet_word *flag, struct jet_expander *x, struct jet_mount *mount,
                    struct jet_error *err)
{
	struct reader r = { .df = df, .told = told, .flag = flag, .x = x, .mount = mount, .err = err };
	int rc;

	memset(mount, 0, sizeof(*mount));
	rc = each_field(x->arena, flag->text, take_field, &r);
	if (rc < 0)
		return jet_fail_nomem(err);
	if (rc == 0)
		rc = check_whole(&r);
	return rc ? r.rc : 0;
}
