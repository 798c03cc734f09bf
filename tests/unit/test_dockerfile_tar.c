/* SPDX-License-Identifier: Apache-2.0 */
#include "report/dockerfile_tar.h"

#include "unit/scratch.h"

#include <criterion/criterion.h>
#include <stdlib.h>
#include <string.h>

TestSuite(dockerfile_tar, .init = scratch_enter, .fini = scratch_leave);

static int take(void *ctx, const void *data, size_t len)
{
	return jet_buf_append(ctx, data, len);
}

/* Members as "NAME=CONTENT;". */
static char *members(const struct jet_buf *tar)
{
	struct jet_buf list = { 0 };
	size_t at = 0;

	while (at < tar->len) {
		const char *block = tar->data + at;
		const size_t size = strtoul(block + 124, NULL, 8);

		cr_assert_eq(jet_buf_printf(&list, "%s=%.*s;", block, (int)size, block + 512), 0);
		at += 512 + (size + 511) / 512 * 512;
	}
	cr_assert_eq(jet_buf_terminate(&list), 0);
	return list.data;
}

struct row {
	enum jet_builder builder;
	const char *rules, *dockerfile, *ignore_file;
	enum jet_dockerfile_tar made;
	const char *want;
};

static void check(const struct row *row, size_t number)
{
	struct jet_walk_options options = {
		.builder = row->builder, .dockerfile = row->dockerfile, .ignore_file = row->ignore_file,
	};
	char dockerfile[16], ignore_file[16] = ".dockerignore";
	const struct jet_located located = { .dockerfile = dockerfile, .ignore_file = ignore_file };
	enum jet_dockerfile_tar made;
	struct jet_ruleset *rs;
	struct jet_buf out = { 0 };
	struct jet_error err = { 0 };
	struct jet_tar *tar;
	char *got;

	strcpy(dockerfile, row->dockerfile);
	cr_assert_eq(jet_ruleset_parse(row->rules, strlen(row->rules), NULL, row->builder, &rs, NULL), 0);
	options.rs = rs;
	cr_assert_eq(jet_tar_open(take, &out, &tar), 0);
	cr_assert_eq(jet_dockerfile_tar(tar, ".", &options, NULL, &located, &made, &err), 0, "row %zu: %s",
	             number, err.message);
	got = members(&out);
	cr_expect_eq(made, row->made, "row %zu: %d", number, made);
	cr_expect_str_eq(got, row->want, "row %zu gives %s", number, got);
	free(got);
	jet_tar_close(tar);
	jet_buf_clear(&out);
	jet_ruleset_free(rs);
}

Test(dockerfile_tar, a_dockerfile_that_does_not_ship_is_added)
{
	static const struct row rows[] = {
		{ JET_BUILDER_BUILDKIT, "x", "D", NULL, JET_DOCKERFILE_SHIPS, "" },
		{ JET_BUILDER_CLASSIC, "x", "D", NULL, JET_DOCKERFILE_SHIPS, "" },
		{ JET_BUILDER_BUILDKIT, "*", "D", NULL, JET_DOCKERFILE_VISIBLE, "D=FROM x;" },
		{ JET_BUILDER_BUILDKIT, "sub", "sub/D", NULL, JET_DOCKERFILE_VISIBLE, "sub/D=FROM y;" },
		/* hidden by an ignore file made for it */
		{ JET_BUILDER_CLASSIC, "*", "D", ".dockerignore", JET_DOCKERFILE_HIDDEN,
		  "D=FROM x;.dockerignore=D\n.dockerignore\n;" },
		{ JET_BUILDER_CLASSIC, "*", "a{b}+", NULL, JET_DOCKERFILE_HIDDEN,
		  "a{b}+=FROM z;.dockerignore=a\\{b\\}\\+\n.dockerignore\n;" },
		/* the one that ships says it already */
		{ JET_BUILDER_CLASSIC, "D", "D", ".dockerignore", JET_DOCKERFILE_HIDDEN, "D=FROM x;" },
		/* buildah filters the archive by its own file once more */
		{ JET_BUILDER_BUILDAH, "*", "D", ".dockerignore", JET_DOCKERFILE_HIDDEN,
		  "D=FROM x;.dockerignore=x;" },
		{ JET_BUILDER_BUILDAH, ".dockerignore", "D", ".dockerignore", JET_DOCKERFILE_SHIPS,
		  ".dockerignore=x;" },
		{ JET_BUILDER_BUILDAH, "D", "D", ".dockerignore", JET_DOCKERFILE_HIDDEN, "D=FROM x;" },
	};

	scratch_tree(".dockerignore D=FROM sub/");
	scratch_file("D", "FROM x", 6);
	scratch_file("sub/D", "FROM y", 6);
	scratch_file("a{b}+", "FROM z", 6);
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		check(&rows[i], i);
}

struct outside_row {
	enum jet_builder builder;
	const char *rules, *tree;
	enum jet_dockerfile_tar made;
	const char *want;
};

static void check_outside(const struct outside_row *row, size_t number)
{
	struct jet_walk_options options = { .builder = row->builder };
	const struct jet_dockerfile_outside d = {
		.root = row->tree, .options = &options, .text = "FROM x", .len = 6, .ignore_file = "rules",
	};
	enum jet_dockerfile_tar made;
	struct jet_ruleset *rs = NULL;
	struct jet_buf out = { 0 };
	struct jet_error err = { 0 };
	struct jet_tar *tar;
	const char *name = "";
	char *got;

	if (row->rules)
		cr_assert_eq(jet_ruleset_parse(row->rules, strlen(row->rules), NULL, row->builder, &rs,
		                               NULL), 0);
	options.rs = rs;
	cr_assert_eq(jet_tar_open(take, &out, &tar), 0);
	cr_assert_eq(jet_dockerfile_tar_outside(tar, &d, &made, &name, &err), 0, "row %zu: %s", number,
	             err.message);
	got = members(&out);
	cr_expect_eq(made, row->made, "row %zu: %d", number, made);
	cr_expect_str_eq(got, row->want, "row %zu gives %s", number, got);
	cr_expect_eq(strncmp(got, name, strlen(name)), 0, "row %zu: %s", number, name);
	free(got);
	jet_tar_close(tar);
	jet_buf_clear(&out);
	jet_ruleset_free(rs);
}

/* Without needs everything is taken for read. */
Test(dockerfile_tar, one_from_outside_goes_in_by_a_name_that_is_free)
{
	static const struct outside_row rows[] = {
		{ JET_BUILDER_BUILDKIT, NULL, "e", JET_DOCKERFILE_VISIBLE, "Dockerfile=FROM x;" },
		{ JET_BUILDER_BUILDKIT, NULL, "own", JET_DOCKERFILE_VISIBLE, "Dockerfile.jettison=FROM x;" },
		{ JET_BUILDER_BUILDKIT, "D*", "own", JET_DOCKERFILE_VISIBLE, "Dockerfile=FROM x;" },
		{ JET_BUILDER_BUILDKIT, "*\n!*/x", "dir", JET_DOCKERFILE_VISIBLE,
		  "Dockerfile.jettison=FROM x;" },
		{ JET_BUILDER_CLASSIC, NULL, "e", JET_DOCKERFILE_HIDDEN,
		  "Dockerfile=FROM x;.dockerignore=Dockerfile\n.dockerignore\n;" },
		{ JET_BUILDER_CLASSIC, "x", "ignore", JET_DOCKERFILE_VISIBLE, "Dockerfile=FROM x;" },
		{ JET_BUILDER_CLASSIC, "D*", "ignore", JET_DOCKERFILE_HIDDEN, "Dockerfile=FROM x;" },
		{ JET_BUILDER_BUILDAH, NULL, "e", JET_DOCKERFILE_HIDDEN,
		  "Dockerfile=FROM x;Dockerfile.dockerignore=Dockerfile\nDockerfile.dockerignore\n;" },
		{ JET_BUILDER_BUILDAH, "y", "ignore", JET_DOCKERFILE_HIDDEN,
		  "Dockerfile=FROM x;Dockerfile.dockerignore=y\nDockerfile\nDockerfile.dockerignore\n;" },
		{ JET_BUILDER_BUILDAH, NULL, "podman", JET_DOCKERFILE_HIDDEN,
		  "Dockerfile.jettison=FROM x;Dockerfile.jettison.dockerignore=Dockerfile.jettison\n"
		  "Dockerfile.jettison.dockerignore\n;" },
		{ JET_BUILDER_BUILDKIT, NULL, "podman", JET_DOCKERFILE_VISIBLE, "Dockerfile=FROM x;" },
		{ JET_BUILDER_BUILDAH, NULL, "beside", JET_DOCKERFILE_HIDDEN,
		  "Dockerfile.jettison=FROM x;Dockerfile.jettison.dockerignore=Dockerfile.jettison\n"
		  "Dockerfile.jettison.dockerignore\n;" },
	};

	scratch_tree("e/ own/Dockerfile dir/Dockerfile/x ignore/.dockerignore podman/Containerfile "
	             "beside/Dockerfile.dockerignore");
	scratch_file("rules", "y", 1);
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		check_outside(&rows[i], i);
}

Test(dockerfile_tar, what_is_no_dockerfile_is_refused)
{
	static const char *const paths[] = { "none", "d", "p" };

	scratch_tree("D d/ p|");
	for (size_t i = 0; i < sizeof(paths) / sizeof(paths[0]); i++) {
		struct jet_walk_options options = { .builder = JET_BUILDER_BUILDKIT, .dockerfile = "D" };
		char path[8];
		const struct jet_located located = { .dockerfile = path };
		enum jet_dockerfile_tar made;
		struct jet_ruleset *rs;
		struct jet_buf out = { 0 };
		struct jet_error err = { 0 };
		struct jet_tar *tar;

		strcpy(path, paths[i]);
		cr_assert_eq(jet_ruleset_parse("*", 1, NULL, JET_BUILDER_BUILDKIT, &rs, NULL), 0);
		options.rs = rs;
		cr_assert_eq(jet_tar_open(take, &out, &tar), 0);
		cr_expect_eq(jet_dockerfile_tar(tar, ".", &options, NULL, &located, &made, &err), JET_E_IO,
		             "%s", paths[i]);
		cr_expect_str_eq(err.file, paths[i]);
		cr_expect_eq(out.len, 0);
		jet_tar_close(tar);
		jet_buf_clear(&out);
		jet_ruleset_free(rs);
	}
}
