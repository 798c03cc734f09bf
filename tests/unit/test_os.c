/* SPDX-License-Identifier: Apache-2.0 */
#include "base/os.h"

#include "unit/scratch.h"

#include <criterion/criterion.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

TestSuite(os, .init = scratch_enter, .fini = scratch_leave);

static int open_here(void)
{
	int fd = jet_os_open_root(".");

	cr_assert(fd >= 0);
	return fd;
}

/* Names in "many", marked in @seen; how many. */
static size_t read_names(struct jet_os_dir *dir, int fd, bool seen[])
{
	struct jet_os_name name;
	size_t n = 0;
	int rc;

	cr_assert_eq(jet_os_dir_start(dir, fd), 0);
	while ((rc = jet_os_dir_next(dir, &name)) == 1) {
		unsigned long i = strtoul(name.text + 5, NULL, 10);

		cr_assert_eq(strncmp(name.text, "name-", 5), 0, "%s", name.text);
		cr_assert_eq(name.len, strlen(name.text));
		cr_assert(name.type == JET_TYPE_FILE || name.type == JET_TYPE_UNKNOWN);
		cr_assert(i < 3000 && !seen[i], "%s comes twice", name.text);
		seen[i] = true;
		n++;
	}
	cr_assert_eq(rc, 0);
	return n;
}

Test(os, every_name_is_read_once)
{
	enum { N = 3000 }; /* more than one buffer of names */
	struct jet_os_dir *dir = jet_os_dir_create();
	static bool seen[N];
	int fd;

	cr_assert(dir);
	cr_assert_eq(mkdir("many", 0755), 0);
	for (int i = 0; i < N; i++) {
		char name[64];

		snprintf(name, sizeof(name), "many/name-%04d-%s", i, "padding-padding-padding");
		scratch_file(name, "", 0);
	}
	fd = jet_os_open_root("many");
	cr_assert(fd >= 0);
	cr_expect_eq(read_names(dir, fd, seen), N);
	close(fd);
	jet_os_dir_free(dir);
}

Test(os, empty_directory_has_no_names_and_the_reader_can_be_used_again)
{
	struct jet_os_dir *dir = jet_os_dir_create();
	struct jet_os_name name;
	int fd;

	scratch_tree("empty/ full/one");
	cr_assert(dir);
	fd = jet_os_open_root("empty");
	cr_assert(fd >= 0 && jet_os_dir_start(dir, fd) == 0);
	cr_expect_eq(jet_os_dir_next(dir, &name), 0);
	close(fd);
	fd = jet_os_open_root("full");
	cr_assert(fd >= 0 && jet_os_dir_start(dir, fd) == 0);
	cr_assert_eq(jet_os_dir_next(dir, &name), 1);
	cr_expect_str_eq(name.text, "one");
	cr_expect_eq(jet_os_dir_next(dir, &name), 0);
	close(fd);
	jet_os_dir_free(dir);
	jet_os_dir_free(NULL);
}

Test(os, types_are_those_of_lstat)
{
	static const struct {
		const char *name;
		enum jet_type type;
	} rows[] = {
		{ "f", JET_TYPE_FILE }, { "d", JET_TYPE_DIR }, { "l", JET_TYPE_SYMLINK },
		{ "p", JET_TYPE_FIFO }, { "s", JET_TYPE_SOCKET },
	};
	int here = open_here();

	scratch_tree("f d/ l>d p| s@");
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct jet_os_stat st;

		cr_assert_eq(jet_os_stat(here, rows[i].name, &st), 0, "%s", rows[i].name);
		cr_expect_eq(st.type, rows[i].type, "%s", rows[i].name);
	}
	close(here);
}

Test(os, stat_agrees_with_the_c_library)
{
	const struct timespec times[2] = { { 1, 0 }, { -77, 123456789 } };
	struct jet_os_stat st, again;
	int here = open_here(), fd;
	struct stat want;

	scratch_tree("f=hello g:f");
	cr_assert_eq(chmod("f", 04751), 0);
	cr_assert_eq(utimensat(here, "f", times, 0), 0);
	cr_assert_eq(lstat("f", &want), 0);
	cr_assert_eq(jet_os_stat(here, "f", &st), 0);
	cr_expect_eq(st.mode, 04751);
	cr_expect_eq(st.size, 5);
	cr_expect_eq(st.nlink, 2);
	cr_expect_eq(st.mtime_sec, -77);
	cr_expect_eq(st.mtime_nsec, 123456789);
	cr_expect_eq(st.dev, (uint64_t)want.st_dev);
	cr_expect_eq(st.ino, (uint64_t)want.st_ino);
	fd = jet_os_open_file(here, "g");
	cr_assert(fd >= 0 && jet_os_fstat(fd, &again) == 0);
	cr_expect(again.ino == st.ino && again.dev == st.dev && again.mode == st.mode);
	cr_expect_eq(jet_os_stat(here, "missing", &st), -ENOENT);
	close(fd);
	close(here);
}

Test(os, a_directory_is_never_opened_through_a_link)
{
	int here = open_here(), fd = jet_os_open_dir(here, "missing"), rc;

	scratch_tree("d/f l>d loop>loop file");
	cr_expect_eq(fd, -ENOENT);
	rc = jet_os_open_dir(here, "l");
	cr_expect(rc == -ENOTDIR || rc == -ELOOP, "%d", rc);
	rc = jet_os_open_dir(here, "loop");
	cr_expect(rc == -ENOTDIR || rc == -ELOOP, "%d", rc);
	cr_expect_eq(jet_os_open_dir(here, "file"), -ENOTDIR);
	fd = jet_os_open_dir(here, "d");
	cr_assert(fd >= 0);
	cr_expect(fcntl(fd, F_GETFD) & FD_CLOEXEC);
	close(fd);
	/* Only the root may be named through links. */
	fd = jet_os_open_root("l");
	cr_expect(fd >= 0);
	close(fd);
	close(here);
}

Test(os, a_file_is_never_opened_through_a_link_and_a_fifo_does_not_wait)
{
	int here = open_here(), fd;

	scratch_tree("f l>f p|");
	cr_expect_eq(jet_os_open_file(here, "l"), -ELOOP);
	cr_expect_eq(jet_os_open_file(here, "missing"), -ENOENT);
	fd = jet_os_open_file(here, "p");
	cr_expect(fd >= 0, "%d", fd);
	close(fd);
	fd = jet_os_open_file(here, "f");
	cr_assert(fd >= 0);
	cr_expect(fcntl(fd, F_GETFD) & FD_CLOEXEC);
	close(fd);
	close(here);
}

Test(os, link_targets_of_any_length_are_appended)
{
	static const size_t lengths[] = { 1, 255, 256, 257, 511, 512, 513, 4000 };
	static char target[4001];
	int here = open_here();

	for (size_t i = 0; i < sizeof(lengths) / sizeof(lengths[0]); i++) {
		struct jet_buf buf = { 0 };

		memset(target, 'a' + (int)i, lengths[i]);
		target[lengths[i]] = '\0';
		cr_assert_eq(symlink(target, "l"), 0);
		cr_assert_eq(jet_buf_text(&buf, "before"), 0);
		cr_assert_eq(jet_os_read_link(here, "l", &buf), 0);
		cr_assert_eq(buf.len, lengths[i] + 6);
		cr_expect_arr_eq(buf.data, "before", 6);
		cr_expect_arr_eq(buf.data + 6, target, lengths[i]);
		jet_buf_clear(&buf);
		cr_assert_eq(unlink("l"), 0);
	}
	close(here);
}

Test(os, what_is_no_link_has_no_target)
{
	struct jet_buf buf = { 0 };
	int here = open_here();

	scratch_tree("f");
	cr_expect_eq(jet_os_read_link(here, "f", &buf), -EINVAL);
	cr_expect_eq(jet_os_read_link(here, "missing", &buf), -ENOENT);
	cr_expect_eq(buf.len, 0);
	jet_buf_clear(&buf);
	close(here);
}

Test(os, stat_below_goes_through_no_link_at_all)
{
	static const struct {
		const char *path;
		int rc;
		enum jet_type type;
	} rows[] = {
		{ "", 0, JET_TYPE_DIR },         { "d", 0, JET_TYPE_DIR },
		{ "d/e/f", 0, JET_TYPE_FILE },   { "l", 0, JET_TYPE_SYMLINK },
		{ "d/up", 0, JET_TYPE_SYMLINK }, { "l/e", -ENOENT, JET_TYPE_FILE },
		{ "l/e/f", -ENOENT, JET_TYPE_FILE }, { "d/up/d", -ENOENT, JET_TYPE_FILE },
		{ "loop/x", -ENOENT, JET_TYPE_FILE }, { "d/e/f/g", -ENOENT, JET_TYPE_FILE },
		{ "none/e", -ENOENT, JET_TYPE_FILE }, { "d/none", -ENOENT, JET_TYPE_FILE },
	};
	int here = open_here();

	scratch_tree("d/e/f l>d d/up>.. loop>loop");
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct jet_os_stat st;

		cr_expect_eq(jet_os_stat_below(here, rows[i].path, &st), rows[i].rc, "\"%s\"", rows[i].path);
		if (rows[i].rc == 0)
			cr_expect_eq(st.type, rows[i].type, "\"%s\"", rows[i].path);
	}
	close(here);
}

Test(os, stat_below_takes_paths_longer_than_path_max)
{
	enum { LEVELS = 400 };
	struct jet_os_stat st;
	struct jet_buf path = { 0 };
	int here = open_here();

	for (int i = 0; i < LEVELS; i++) {
		cr_assert(mkdir("0123456789abcdef", 0755) == 0 && chdir("0123456789abcdef") == 0);
		cr_assert_eq(jet_buf_text(&path, "0123456789abcdef/"), 0);
	}
	scratch_file("f", "abc", 3);
	cr_assert(jet_buf_text(&path, "f") == 0 && jet_buf_terminate(&path) == 0);
	cr_assert_eq(jet_os_stat_below(here, path.data, &st), 0);
	cr_expect_eq(st.size, 3);
	jet_buf_clear(&path);
	close(here);
}

/* What a user without privileges may do. */
static void ask_permissions(struct jet_buf *out, void *arg)
{
	int here = jet_os_open_root("."), shut = jet_os_open_root("unsearchable");

	(void)arg;
	jet_buf_printf(out, "read %d %d %d search %d %d all %d", jet_os_can_read(here, "open"),
	               jet_os_can_read(here, "shut"), jet_os_can_read(here, "missing"),
	               jet_os_can_search(here), jet_os_can_search(shut), jet_os_reads_all());
}

Test(os, permissions_are_those_of_the_user)
{
	char want[64], *got;

	scratch_tree("open shut unsearchable/f");
	cr_assert(chmod("shut", 0) == 0 && chmod("unsearchable", 0644) == 0);
	got = scratch_as_nobody(ask_permissions, NULL);
	snprintf(want, sizeof(want), "read 0 %d %d search 0 %d all 0", -EACCES, -ENOENT, -EACCES);
	cr_expect_str_eq(got, want, "%s", got);
	free(got);
}

Test(os, a_pipe_is_at_least_as_wide_as_before)
{
	enum { GET_PIPE_SIZE = 1032 }; /* F_GETPIPE_SZ */
	int ends[2], before, after;

	cr_assert_eq(pipe(ends), 0);
	before = fcntl(ends[1], GET_PIPE_SIZE);
	jet_os_widen_pipe(ends[1]);
	after = fcntl(ends[1], GET_PIPE_SIZE);
	cr_expect_geq(after, before);
	close(ends[0]);
	close(ends[1]);
	/* No pipe, or nothing at all: no harm. */
	jet_os_widen_pipe(ends[0]);
}
