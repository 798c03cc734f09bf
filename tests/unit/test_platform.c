/* SPDX-License-Identifier: Apache-2.0 */
#include "dockerfile/platform.h"

#include <criterion/criterion.h>
#include <string.h>

static const struct jet_dockerfile df;

static const char *value(struct jet_stages *s, const char *name, char text[64])
{
	const struct jet_var *var = jet_env_get(&s->global, (struct jet_str){ name, strlen(name) });

	if (!var)
		return NULL;
	cr_assert(var->value.len < 64);
	memcpy(text, var->value.data, var->value.len);
	text[var->value.len] = '\0';
	return text;
}

static int set(struct jet_stages *s, const struct jet_build_options *options)
{
	*s = (struct jet_stages){
		.df = &df, .dialect = jet_df_dialect_of(options->builder), .options = options,
	};
	s->global.arena = &s->arena;
	return jet_platform_vars(s, NULL);
}

Test(platform, names_are_normalised)
{
	static const struct {
		const char *platform, *want; /* NULL: it is none */
	} rows[] = {
		{ NULL, "linux/amd64" }, { "linux/amd64", "linux/amd64" },
		{ "linux/x86_64", "linux/amd64" }, { "linux/x86-64", "linux/amd64" },
		{ "linux/amd64/v1", "linux/amd64" }, { "linux/amd64/v2", "linux/amd64/v2" },
		{ "linux/aarch64", "linux/arm64" },
		{ "linux/arm64/v8", "linux/arm64" }, { "linux/arm64/8", "linux/arm64" },
		{ "linux/arm64/v9", "linux/arm64/v9" },
		{ "linux/arm", "linux/arm/v7" }, { "linux/arm/7", "linux/arm/v7" },
		{ "linux/arm/6", "linux/arm/v6" }, { "linux/arm/v5", "linux/arm/v5" },
		{ "linux/armhf", "linux/arm/v7" }, { "linux/armel", "linux/arm/v6" },
		{ "linux/armel/v7", "linux/arm/v7" },
		{ "linux/i386", "linux/386" }, { "macos/arm64", "darwin/arm64" },
		{ "windows(10.0.17763)/amd64", "windows/amd64" },
		{ "weird/machine", "weird/machine" },
		/* one word: a system or a machine */
		{ "linux", "linux/amd64" }, { "windows", "windows/amd64" }, { "arm64", "linux/arm64" },
		{ "armhf", "linux/arm/v7" }, { "riscv64", "linux/riscv64" },
		{ "nope", NULL }, { "", NULL }, { "/", NULL }, { "linux/", NULL }, { "/amd64", NULL },
		{ "linux/amd64/", NULL },
		{ "linux/amd64/v2/x", NULL }, { "li nux/amd64", NULL }, { "linux/am*64", NULL },
		{ "windows(10/amd64", NULL },
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		const struct jet_build_options options = { .platform = rows[i].platform };
		const char *name = rows[i].platform ? rows[i].platform : "none";
		struct jet_stages s;
		char text[64];

		cr_expect_eq(set(&s, &options), rows[i].want ? 0 : JET_E_PLATFORM, "%s", name);
		if (rows[i].want) {
			cr_expect_str_eq(value(&s, "TARGETPLATFORM", text), rows[i].want, "%s gives %s",
					 name, text);
			cr_expect_str_eq(value(&s, "BUILDPLATFORM", text), "linux/amd64", "%s", name);
		}
		if (rows[i].platform)
			cr_expect_eq(jet_platform_valid((struct jet_str){ name, strlen(name) }),
			             rows[i].want != NULL, "%s", name);
		jet_arena_clear(&s.arena);
	}
}

Test(platform, sets_eleven_variables)
{
	static const struct {
		const char *name, *want;
	} rows[] = {
		{ "TARGETOS", "linux" }, { "TARGETARCH", "arm" }, { "TARGETVARIANT", "v6" },
		{ "TARGETOSVERSION", "" },
		{ "BUILDOS", "mine" }, { "BUILDARCH", "amd64" }, { "BUILDVARIANT", "" },
		{ "BUILDOSVERSION", "" }, { "TARGETSTAGE", "st" },
		{ "TARGETPLATFORM", "linux/arm/v6" }, { "BUILDPLATFORM", "linux/amd64" },
	};
	static const struct jet_pair mine = { { "BUILDOS", 7 }, { "mine", 4 } };
	struct jet_build_options options = { .platform = "linux/arm/v6", .target = "st", .args = &mine,
					     .nargs = 1 };
	struct jet_stages s;
	char text[64];

	cr_assert_eq(set(&s, &options), 0);
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		cr_expect_str_eq(value(&s, rows[i].name, text), rows[i].want, "%s", rows[i].name);
	jet_arena_clear(&s.arena);
	/* The classic builder knows none of them, but still takes no nonsense. */
	options.builder = JET_BUILDER_CLASSIC;
	cr_expect_eq(set(&s, &options), 0);
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		cr_expect_null(value(&s, rows[i].name, text), "%s", rows[i].name);
	jet_arena_clear(&s.arena);
	options.platform = "a/b/c/d";
	cr_expect_eq(set(&s, &options), JET_E_PLATFORM);
	jet_arena_clear(&s.arena);
}
