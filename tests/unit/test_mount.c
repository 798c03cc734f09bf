/* SPDX-License-Identifier: Apache-2.0 */
#include "dockerfile/mount.h"

#include <criterion/criterion.h>
#include <stdlib.h>
#include <string.h>

static struct jet_arena arena;
static struct jet_env env;
static struct jet_dockerfile df = { .name = "D", .escape = '\\' };

static void enter(void)
{
	env = (struct jet_env){ .arena = &arena };
	cr_assert_eq(jet_env_set(&env, (struct jet_str){ "v", 1 }, (struct jet_str){ "a,b", 3 }, false), 0);
}

static void leave(void)
{
	jet_arena_clear(&arena);
}

TestSuite(mount, .init = enter, .fini = leave);

static void put(struct jet_buf *out, const char *name, struct jet_str s)
{
	if (s.data)
		jet_buf_printf(out, " %s=%.*s", name, (int)s.len, s.data);
}

struct row {
	const char *value; /* behind "--mount=" */
	const char *want;  /* "TYPE from= source= target=" or the failure */
};

static void check(const struct row *rows, size_t n)
{
	static const char *const types[] = { "bind", "cache", "tmpfs", "secret", "ssh" };

	for (size_t i = 0; i < n; i++) {
		struct jet_expander x = { .env = &env, .arena = &arena, .escape = '\\' };
		struct jet_buf flag = { 0 }, out = { 0 };
		struct jet_mount m;
		struct jet_error err = { 0 };
		struct jet_word word = { .at = { 3, 5 } };
		int rc;

		cr_assert_eq(jet_buf_printf(&flag, "--mount=%s", rows[i].value), 0);
		word.text = (struct jet_str){ flag.data, flag.len };
		rc = jet_mount_parse(&df, word.at, &word, &x, &m, &err);
		if (rc < 0) {
			cr_expect(err.line == 3 && err.column == 5, "%s", rows[i].value);
			jet_buf_printf(&out, "%s: %s", jet_error_class(rc), err.message);
		} else {
			jet_buf_text(&out, types[m.type]);
			put(&out, "from", m.from);
			put(&out, "source", m.source);
			put(&out, "target", m.target);
		}
		cr_assert_eq(jet_buf_terminate(&out), 0);
		cr_expect_str_eq(out.data, rows[i].want, "%s gives %s", rows[i].value, out.data);
		jet_buf_clear(&flag);
		jet_buf_clear(&out);
	}
}

#define CHECK(rows) check(rows, sizeof(rows) / sizeof((rows)[0]))

Test(mount, keys)
{
	static const struct row rows[] = {
		{ "target=/t", "bind target=/t" },
		{ "type=bind,source=a,target=/t", "bind source=a target=/t" },
		{ "TYPE=Bind,SRC=A,Dst=/T,RO", "bind source=A target=/T" },
		{ "destination=/t,rw=true,from=x", "bind from=x target=/t" },
		{ "source=a,source=b", "bind source=b" }, { "source=", "bind source=" },
		{ "source=a=b", "bind source=a=b" },
		{ "type=cache,id=x,sharing=locked,mode=0755,uid=0,gid=1,target=/t", "cache target=/t" },
		{ "type=tmpfs,size=1g,target=/t", "tmpfs target=/t" },
		{ "type=secret,id=x,required,mode=0400", "secret" },
		{ "type=ssh,required=false", "ssh" }, { "type=secret,source=a,env=B", "secret source=a" },
		{ "readonly,readwrite=0", "bind" },
	};

	CHECK(rows);
}

Test(mount, values_are_csv)
{
	static const struct row rows[] = {
		{ "\"source=a,b.txt\",target=/t", "bind source=a,b.txt target=/t" },
		{ "\"source=a\"\"b\"", "expand: failed to process \"a\"b\": "
		  "unexpected end of statement while looking for matching double-quote" },
		{ "\"source='a\"\"b'\"", "bind source=a\"b" },
		{ "\"target=/t\"", "bind target=/t" },
	};

	CHECK(rows);
}

Test(mount, values_are_expanded)
{
	static const struct row rows[] = {
		{ "source=$v,target=/t", "bind source=a,b target=/t" },
		{ "source=x$none", "bind source=x" }, { "source='a b'", "bind source=a b" },
		{ "source=\\$v", "bind source=$v" },
		{ "type=${t:-cache},target=/t", "cache target=/t" },
		{ "source=${t:?no}", "expand: failed to process \"${t:?no}\": t: no" },
		/* keys are not */
		{ "$v=a", "option: unexpected key '$v' in '$v=a'" },
	};

	CHECK(rows);
}

Test(mount, what_makes_no_sense_is_refused)
{
	static const struct row rows[] = {
		{ "", "option: invalid field '' must be a key=value pair" },
		{ "target", "option: invalid field 'target' must be a key=value pair" },
		{ "target=/t,", "option: invalid field '' must be a key=value pair" },
		{ "foobarbaz=1", "option: unexpected key 'foobarbaz' in 'foobarbaz=1'" },
		{ "targte=/t", "option: unexpected key 'targte' in 'targte=/t' (did you mean target?)" },
		{ "=x", "option: unexpected key '' in '=x'" },
		{ "type=nope", "option: unsupported mount type \"nope\"" },
		{ "type=", "option: unsupported mount type \"\"" },
		{ "ro=maybe", "option: invalid value for ro: maybe" },
		{ "required", "option: unexpected key 'required' for mount type 'bind'" },
		{ "required=true", "option: unexpected key 'required' for mount type 'bind'" },
		{ "size=1", "option: unexpected key 'size' for mount type 'bind'" },
		{ "type=cache,sharing=none", "option: unsupported sharing value \"none\"" },
		{ "sharing=shared", "option: invalid cache sharing set for bind mount" },
		{ "type=cache,mode=8", "option: invalid value for mode: 8" },
		{ "type=cache,uid=-1", "option: invalid value for uid: -1" },
		{ "type=cache,uid=4294967296", "option: invalid value for uid: 4294967296" },
		{ "type=cache,gid=", "option: invalid value for gid: " },
		{ "mode=0755", "option: mode not allowed for \"bind\" type mounts" },
		{ "type=tmpfs,uid=1", "option: uid not allowed for \"tmpfs\" type mounts" },
		{ "gid=1", "option: gid not allowed for \"bind\" type mounts" },
		{ "type=secret", "option: invalid secret mount: one of source, target required" },
		{ "type=secret,from=x", "option: secret mount should not have a from" },
		{ "type=secret,source=a,id=b", "option: both source and id can't be set" },
	};

	CHECK(rows);
}

Test(mount, from_is_known_before_anything_is_expanded)
{
	static const struct {
		const char *flag, *from; /* NULL: none */
		int rc;                  /* of the first look */
	} rows[] = {
		{ "--mount=target=/t", NULL, 0 }, { "--mount=from=a,target=/t", "a", 0 },
		{ "--mount=target=/t,FROM=A", "A", 0 },
		{ "--mount=from=a,from=b", "b", 0 }, { "--mount=from=", "", 0 },
		{ "--mount=\"from=a,b\"", "a,b", 0 },
		{ "--mount=from", NULL, 0 }, { "--mount=from=$x", "$x", JET_E_PARSE },
		{ "--mount=from=a$", "a$", 0 },
		{ "--mount=a\"b", NULL, JET_E_PARSE }, { "--mount=\"a", NULL, JET_E_PARSE },
		{ "--mount=\"a\"b", NULL, JET_E_PARSE },
		{ "--mount=source=$x", NULL, 0 },
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		const struct jet_word word = { { rows[i].flag, strlen(rows[i].flag) }, { 1, 1 }, { 1, 2 } };
		struct jet_error err = { 0 };
		struct jet_str from;

		cr_expect_eq(jet_mount_precheck(&df, word.at, &word, &err), rows[i].rc, "%s: %s",
			     rows[i].flag, err.message);
		cr_assert_eq(jet_mount_from(&arena, word.text, &from), 0);
		cr_expect(rows[i].from ? from.data && jet_str_is(from, rows[i].from) : !from.data, "%s: %.*s",
		          rows[i].flag, (int)from.len, from.data ? from.data : "");
	}
}
