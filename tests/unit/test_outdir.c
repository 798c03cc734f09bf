/* SPDX-License-Identifier: Apache-2.0 */
#include "cli/outdir.h"

#include "unit/scratch.h"

#include <criterion/criterion.h>
#include <dirent.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

TestSuite(outdir, .init = scratch_enter, .fini = scratch_leave);

static size_t count_names(const char *path)
{
	DIR *dir = opendir(path);
	size_t n = 0;

	cr_assert(dir);
	while (readdir(dir))
		n++;
	closedir(dir);
	return n - 2;
}

static void put(const struct jet_outdir *out, const char *name)
{
	int fd = openat(out->fd, name, O_WRONLY | O_CREAT | O_CLOEXEC, 0644);

	cr_assert_geq(fd, 0);
	close(fd);
}

static const struct {
	const char *tree, *path;
	bool replace;
} fine[] = {
	{ "ctx/a", "out", false },       { "ctx/a", "out/", false },
	{ "ctx/a out/", "out", false },  { "ctx/a out/old/x", "out", true },
	{ "ctx/a out/old", "./out//", true }, { "ctx/a r/x out>r", "out", true },
	{ "ctx/a", "ctx/out", false },   { "ctx/a ctxx/f", "ctxx", true },
};

Test(outdir, it_appears_whole_and_alone)
{
	int here = open(".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);

	for (size_t i = 0; i < sizeof(fine) / sizeof(fine[0]); i++) {
		char place[8];
		struct jet_outdir out;
		size_t names;

		sprintf(place, "w%zu", i);
		cr_assert_eq(mkdir(place, 0755), 0);
		cr_assert_eq(chdir(place), 0);
		scratch_tree(fine[i].tree);
		names = count_names(".");
		cr_assert_eq(jet_outdir_open(&out, fine[i].path, "ctx", fine[i].replace, NULL), 0, "row %zu",
		             i);
		put(&out, "new");
		cr_assert_eq(jet_outdir_commit(&out, NULL), 0, "row %zu", i);
		cr_expect_eq(count_names(fine[i].path), 1, "row %zu", i);
		cr_expect_leq(count_names("."), names + 1, "row %zu", i);
		cr_assert_eq(chdir(fine[i].path), 0);
		cr_expect_eq(access("new", F_OK), 0, "row %zu", i);
		cr_assert_eq(fchdir(here), 0);
	}
	close(here);
}

Test(outdir, given_up_it_leaves_everything_as_it_was)
{
	struct jet_outdir out = { 0 };

	jet_outdir_discard(&out);
	scratch_tree("ctx/a out/old");
	cr_assert_eq(jet_outdir_open(&out, "out", "ctx", true, NULL), 0);
	put(&out, "new");
	jet_outdir_discard(&out);
	cr_expect_eq(count_names("."), 2);
	cr_expect_eq(access("out/old", F_OK), 0);
	jet_outdir_discard(&out);
}

Test(outdir, what_is_refused)
{
	static const struct {
		const char *path, *message;
	} rows[] = {
		{ "full", "is not empty: --replace puts the new directory in its place" },
		{ "f", "cannot read: not a directory" },
		{ "none/out", "cannot look up: no such file or directory" },
		{ "f/out", "cannot look up: not a directory" },
		{ "ctx", "holds the context: take another directory" },
		{ ".", "holds the context: take another directory" },
		{ "/", "holds the context: take another directory" },
		{ "l", "holds the context: take another directory" },
	};

	scratch_tree("ctx/a full/x f l>ctx");
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct jet_error err = { 0 };
		struct jet_outdir out;

		cr_expect_lt(jet_outdir_open(&out, rows[i].path, "ctx", i > 0, &err), 0, "%s", rows[i].path);
		cr_expect_str_eq(err.message, rows[i].message, "%s: %s", rows[i].path, err.message);
		cr_expect_str_eq(err.file, rows[i].path);
	}
	cr_expect_eq(count_names("."), 4);
}

Test(outdir, somebody_was_there_first)
{
	struct jet_error err = { 0 };
	struct jet_outdir out;

	scratch_tree("ctx/a");
	cr_assert_eq(jet_outdir_open(&out, "out", "ctx", false, NULL), 0);
	scratch_tree("out/theirs");
	cr_expect_lt(jet_outdir_commit(&out, &err), 0);
	cr_expect_eq(access("out/theirs", F_OK), 0);
	cr_expect_eq(count_names("."), 2);
}

Test(outdir, it_knows_its_own_paths_in_the_context)
{
	static const struct {
		const char *path;
		bool inside;
	} rows[] = {
		{ "d/out", true }, { "d/out/x", true }, { "d/outer", false }, { "d", false },
		{ "out", false }, { "d/out.", false },
	};
	struct jet_outdir out;

	scratch_tree("ctx/d/");
	cr_assert_eq(jet_outdir_open(&out, "ctx/d/out", "ctx", false, NULL), 0);
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		cr_expect_eq(jet_outdir_holds(&out, rows[i].path, strlen(rows[i].path)), rows[i].inside, "%s",
		             rows[i].path);
	cr_expect(jet_outdir_holds(&out, out.temp + out.inside, strlen(out.temp + out.inside)));
	jet_outdir_discard(&out);
	cr_assert_eq(jet_outdir_open(&out, "out", "ctx", false, NULL), 0);
	cr_expect_not(jet_outdir_holds(&out, "out", 3));
	jet_outdir_discard(&out);
}
