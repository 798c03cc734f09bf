/* SPDX-License-Identifier: Apache-2.0 */
#include "report/extras.h"

#include "base/file.h"
#include "sink/tar.h"

#include "unit/scratch.h"

#include <criterion/criterion.h>
#include <stdlib.h>
#include <string.h>

TestSuite(extras, .init = scratch_enter, .fini = scratch_leave);

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
	enum jet_extras_made made;
	const char *want;
};

static void check(const struct row *row, size_t number, bool is_dir, bool own_rules)
{
	struct jet_walk_options options = {
		.builder = row->builder, .dockerfile = row->dockerfile, .ignore_file = row->ignore_file,
	};
	char dockerfile[16] = "", ignore_file[16] = ".dockerignore";
	const struct jet_located located = {
		.dockerfile = dockerfile, .dockerfile_entry = row->dockerfile ? dockerfile : NULL,
		.ignore_file = ignore_file, .ignore_entry = row->ignore_file ? ignore_file : NULL,
	};
	struct jet_extras extras = {
		.root = ".", .walk = &options, .located = &located, .is_dir = is_dir,
	};
	enum jet_extras_made made;
	struct jet_ruleset *rs;
	struct jet_buf out = { 0 }, text = { 0 };
	struct jet_error err = { 0 };
	struct jet_sink sink;
	struct jet_tar *tar;
	char *got;

	if (row->dockerfile)
		strcpy(dockerfile, row->dockerfile);
	if (row->ignore_file)
		strcpy(ignore_file, row->ignore_file);
	if (own_rules) {
		cr_assert_eq(jet_file_load(ignore_file, JET_FILE_GIVEN, "it", 1000, &text, &err), 0);
		extras.own_rules = text.data;
		extras.own_rules_len = text.len;
	}
	cr_assert_eq(jet_ruleset_parse(row->rules, strlen(row->rules), NULL, row->builder, &rs, NULL), 0);
	options.rs = rs;
	cr_assert_eq(jet_tar_open(NULL, take, &out, &tar), 0);
	sink = jet_tar_sink(tar);
	cr_assert_eq(jet_extras_add(&extras, &sink, &made, &err), 0, "row %zu: %s", number, err.message);
	got = members(&out);
	cr_expect_eq(made, row->made, "row %zu: %d", number, made);
	cr_expect_str_eq(got, row->want, "row %zu gives %s", number, got);
	free(got);
	jet_tar_close(tar);
	jet_buf_clear(&out);
	jet_buf_clear(&text);
	jet_ruleset_free(rs);
}

/* What the rows are about. */
static void make_files(void)
{
	scratch_tree(".dockerignore D=FROM sub/");
	scratch_file("D", "FROM x", 6);
	scratch_file("sub/D", "FROM y", 6);
	scratch_file("a{b}+", "FROM z", 6);
}

Test(extras, a_dockerfile_that_does_not_ship_is_added_to_a_tar)
{
	static const struct row rows[] = {
		{ JET_BUILDER_BUILDKIT, "x", "D", NULL, JET_EXTRAS_DONE, "" },
		{ JET_BUILDER_CLASSIC, "x", "D", NULL, JET_EXTRAS_DONE, "" },
		{ JET_BUILDER_BUILDKIT, "*", "D", NULL, JET_EXTRAS_VISIBLE, "D=FROM x;" },
		{ JET_BUILDER_BUILDKIT, "sub", "sub/D", NULL, JET_EXTRAS_VISIBLE, "sub/D=FROM y;" },
		/* hidden by an ignore file made for it */
		{ JET_BUILDER_CLASSIC, "*", "D", ".dockerignore", JET_EXTRAS_DONE,
		  "D=FROM x;.dockerignore=D\n.dockerignore\n;" },
		{ JET_BUILDER_CLASSIC, "*", "a{b}+", NULL, JET_EXTRAS_DONE,
		  "a{b}+=FROM z;.dockerignore=a\\{b\\}\\+\n.dockerignore\n;" },
		/* the one that ships says it already */
		{ JET_BUILDER_CLASSIC, "D", "D", ".dockerignore", JET_EXTRAS_DONE, "D=FROM x;" },
		/* buildah filters the archive by its own file once more */
		{ JET_BUILDER_BUILDAH, "*", "D", ".dockerignore", JET_EXTRAS_DONE,
		  "D=FROM x;.dockerignore=x;" },
		{ JET_BUILDER_BUILDAH, ".dockerignore", "D", ".dockerignore", JET_EXTRAS_DONE,
		  ".dockerignore=x;" },
		{ JET_BUILDER_BUILDAH, "D", "D", ".dockerignore", JET_EXTRAS_DONE, "D=FROM x;" },
	};

	make_files();
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		check(&rows[i], i, false, false);
}

Test(extras, a_directory_is_filtered_again_by_every_builder)
{
	static const struct row rows[] = {
		{ JET_BUILDER_BUILDKIT, "x", "D", ".dockerignore", JET_EXTRAS_DONE, "" },
		{ JET_BUILDER_BUILDKIT, "*", "D", ".dockerignore", JET_EXTRAS_DONE,
		  "D=FROM x;.dockerignore=x;" },
		{ JET_BUILDER_CLASSIC, "*", "D", ".dockerignore", JET_EXTRAS_DONE,
		  "D=FROM x;.dockerignore=x;" },
		{ JET_BUILDER_BUILDAH, "D", "D", ".dockerignore", JET_EXTRAS_DONE, "D=FROM x;" },
		{ JET_BUILDER_CLASSIC, ".dockerignore", NULL, ".dockerignore", JET_EXTRAS_DONE,
		  ".dockerignore=x;" },
		/* the rules are beside a Dockerfile outside */
		{ JET_BUILDER_BUILDKIT, "*", NULL, NULL, JET_EXTRAS_DONE, "" },
	};

	make_files();
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		check(&rows[i], i, true, false);
}

/* In the directory the link leads nowhere, and the builder would have no rules. */
Test(extras, an_ignore_file_that_is_a_link_must_lead_to_what_ships)
{
	static const struct row rows[] = {
		{ JET_BUILDER_BUILDKIT, "conf\nD", "D", ".dockerignore", JET_EXTRAS_DONE,
		  "D=FROM x;D.dockerignore=r\nD.dockerignore\n;" },
		{ JET_BUILDER_CLASSIC, "conf\nD", "D", ".dockerignore", JET_EXTRAS_RULES, "D=FROM x;" },
		{ JET_BUILDER_BUILDKIT, "D", "D", ".dockerignore", JET_EXTRAS_DONE, "D=FROM x;" },
	};

	scratch_tree("conf/rules=r D=FROM .dockerignore>conf/rules");
	scratch_file("D", "FROM x", 6);
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		check(&rows[i], i, true, false);
}

Test(extras, rules_from_elsewhere_go_where_the_builder_looks_first)
{
	static const struct row rows[] = {
		{ JET_BUILDER_BUILDKIT, "z", "D", "own", JET_EXTRAS_DONE,
		  "D.dockerignore=r\nD.dockerignore\n;" },
		/* nothing to hide, and nothing to be found */
		{ JET_BUILDER_BUILDKIT, ".dockerignore", "D", "own", JET_EXTRAS_DONE, "" },
		{ JET_BUILDER_BUILDAH, "*", "D", "own", JET_EXTRAS_DONE,
		  "D=FROM x;D.dockerignore=r\nD.dockerignore\n;" },
		{ JET_BUILDER_BUILDKIT, "D", NULL, "own", JET_EXTRAS_RULES, "" },
		{ JET_BUILDER_BUILDAH, "D", NULL, "own", JET_EXTRAS_DONE,
		  ".containerignore=r\n.containerignore\n;" },
		{ JET_BUILDER_CLASSIC, "*", "D", "own", JET_EXTRAS_DONE,
		  "D=FROM x;.dockerignore=r\n.dockerignore\n;" },
		/* there is one, and it ships */
		{ JET_BUILDER_CLASSIC, "D", "D", "own", JET_EXTRAS_RULES, "D=FROM x;" },
	};
	static const struct row hidden = {
		JET_BUILDER_CLASSIC, "D", "D", "own", JET_EXTRAS_VISIBLE, "D=FROM x;",
	};

	make_files();
	scratch_file("own", "r", 1);
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		check(&rows[i], i, true, true);
	/* In a tar, the daemon will follow the one that ships. */
	check(&hidden, 0, false, true);
}

struct outside_row {
	enum jet_builder builder;
	const char *rules, *tree;
	enum jet_extras_made made;
	const char *want;
};

static void check_outside(const struct outside_row *row, size_t number)
{
	struct jet_walk_options options = { .builder = row->builder };
	char ignore_file[] = "rules";
	const struct jet_located located = { .ignore_file = ignore_file };
	const struct jet_extras extras = { .root = row->tree, .walk = &options, .located = &located };
	const struct jet_extras_outside d = { .text = "FROM x", .len = 6 };
	enum jet_extras_made made;
	struct jet_ruleset *rs = NULL;
	struct jet_buf out = { 0 };
	struct jet_error err = { 0 };
	struct jet_sink sink;
	struct jet_tar *tar;
	const char *name = "";
	char *got;

	if (row->rules)
		cr_assert_eq(jet_ruleset_parse(row->rules, strlen(row->rules), NULL, row->builder, &rs,
		                               NULL), 0);
	options.rs = rs;
	cr_assert_eq(jet_tar_open(NULL, take, &out, &tar), 0);
	sink = jet_tar_sink(tar);
	cr_assert_eq(jet_extras_add_outside(&extras, &d, &sink, &made, &name, &err), 0, "row %zu: %s",
	             number, err.message);
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
Test(extras, one_from_outside_goes_in_by_a_name_that_is_free)
{
	static const struct outside_row rows[] = {
		{ JET_BUILDER_BUILDKIT, NULL, "e", JET_EXTRAS_VISIBLE, "Dockerfile=FROM x;" },
		{ JET_BUILDER_BUILDKIT, NULL, "own", JET_EXTRAS_VISIBLE, "Dockerfile.jettison=FROM x;" },
		{ JET_BUILDER_BUILDKIT, "D*", "own", JET_EXTRAS_VISIBLE, "Dockerfile=FROM x;" },
		{ JET_BUILDER_BUILDKIT, "*\n!*/x", "dir", JET_EXTRAS_VISIBLE,
		  "Dockerfile.jettison=FROM x;" },
		{ JET_BUILDER_CLASSIC, NULL, "e", JET_EXTRAS_DONE,
		  "Dockerfile=FROM x;.dockerignore=Dockerfile\n.dockerignore\n;" },
		{ JET_BUILDER_CLASSIC, "x", "ignore", JET_EXTRAS_VISIBLE, "Dockerfile=FROM x;" },
		{ JET_BUILDER_CLASSIC, "D*", "ignore", JET_EXTRAS_DONE, "Dockerfile=FROM x;" },
		{ JET_BUILDER_BUILDAH, NULL, "e", JET_EXTRAS_DONE,
		  "Dockerfile=FROM x;Dockerfile.dockerignore=Dockerfile\nDockerfile.dockerignore\n;" },
		{ JET_BUILDER_BUILDAH, "y", "ignore", JET_EXTRAS_DONE,
		  "Dockerfile=FROM x;Dockerfile.dockerignore=y\nDockerfile\nDockerfile.dockerignore\n;" },
		{ JET_BUILDER_BUILDAH, NULL, "podman", JET_EXTRAS_DONE,
		  "Dockerfile.jettison=FROM x;Dockerfile.jettison.dockerignore=Dockerfile.jettison\n"
		  "Dockerfile.jettison.dockerignore\n;" },
		{ JET_BUILDER_BUILDKIT, NULL, "podman", JET_EXTRAS_VISIBLE, "Dockerfile=FROM x;" },
		{ JET_BUILDER_BUILDAH, NULL, "beside", JET_EXTRAS_DONE,
		  "Dockerfile.jettison=FROM x;Dockerfile.jettison.dockerignore=Dockerfile.jettison\n"
		  "Dockerfile.jettison.dockerignore\n;" },
	};

	scratch_tree("e/ own/Dockerfile dir/Dockerfile/x ignore/.dockerignore podman/Containerfile "
	             "beside/Dockerfile.dockerignore");
	scratch_file("rules", "y", 1);
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		check_outside(&rows[i], i);
}

Test(extras, what_is_no_dockerfile_is_refused)
{
	static const char *const paths[] = { "none", "d", "p" };

	scratch_tree("D d/ p|");
	for (size_t i = 0; i < sizeof(paths) / sizeof(paths[0]); i++) {
		struct jet_walk_options options = { .builder = JET_BUILDER_BUILDKIT, .dockerfile = "D" };
		char path[8], entry[] = "D";
		const struct jet_located located = { .dockerfile = path, .dockerfile_entry = entry };
		const struct jet_extras extras = { .root = ".", .walk = &options, .located = &located };
		enum jet_extras_made made;
		struct jet_ruleset *rs;
		struct jet_buf out = { 0 };
		struct jet_error err = { 0 };
		struct jet_sink sink;
		struct jet_tar *tar;

		strcpy(path, paths[i]);
		cr_assert_eq(jet_ruleset_parse("*", 1, NULL, JET_BUILDER_BUILDKIT, &rs, NULL), 0);
		options.rs = rs;
		cr_assert_eq(jet_tar_open(NULL, take, &out, &tar), 0);
		sink = jet_tar_sink(tar);
		cr_expect_eq(jet_extras_add(&extras, &sink, &made, &err), JET_E_IO, "%s", paths[i]);
		cr_expect_str_eq(err.file, paths[i]);
		cr_expect_eq(out.len, 0);
		jet_tar_close(tar);
		jet_buf_clear(&out);
		jet_ruleset_free(rs);
	}
}
