/* SPDX-License-Identifier: Apache-2.0 */
#include "cli/output.h"

#include "base/os.h"
#include "unit/scratch.h"

#include <criterion/criterion.h>
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

TestSuite(output, .init = scratch_enter, .fini = scratch_leave);

static size_t count_names(void)
{
	DIR *dir = opendir(".");
	size_t n = 0;

	cr_assert(dir);
	while (readdir(dir))
		n++;
	closedir(dir);
	return n - 2; /* "." and ".." */
}

static void expect_content(const char *path, const char *want)
{
	char got[64] = "";
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	ssize_t n;

	cr_assert(fd >= 0, "%s is not there", path);
	n = read(fd, got, sizeof(got) - 1);
	close(fd);
	cr_expect(n == (ssize_t)strlen(want) && strcmp(got, want) == 0, "%s holds \"%s\"", path, got);
}

Test(output, a_file_gets_its_name_when_it_is_whole)
{
	struct jet_output out;
	struct stat st;

	cr_assert_eq(jet_output_open(&out, "f", NULL), 0);
	cr_assert_eq(jet_output_write(&out, "hel", 3), 0);
	cr_assert_eq(jet_output_flush(&out), 0);
	cr_expect_eq(access("f", F_OK), -1, "it is there too early");
	cr_assert_eq(jet_output_write(&out, "lo", 2), 0);
	cr_assert_eq(jet_output_commit(&out), 0);
	expect_content("f", "hello");
	cr_expect_eq(count_names(), 1);
	cr_assert_eq(stat("f", &st), 0);
	cr_expect_eq(st.st_mode & 07777, 0644); /* the umask is 022 */
	jet_output_discard(&out);
	expect_content("f", "hello");
}

Test(output, nothing_is_left_of_what_is_given_up)
{
	struct jet_output out;

	cr_assert_eq(jet_output_open(&out, "f", NULL), 0);
	cr_assert_eq(jet_output_write(&out, "hello", 5), 0);
	cr_assert_eq(jet_output_flush(&out), 0);
	cr_expect_eq(count_names(), 1);
	jet_output_discard(&out);
	cr_expect_eq(count_names(), 0);
	jet_output_discard(&out); /* twice is no harm */
	memset(&out, 0, sizeof(out));
	jet_output_discard(&out);
}

Test(output, an_existing_file_is_replaced_only_at_the_end)
{
	struct jet_output out;

	scratch_tree("f=old");
	cr_assert_eq(jet_output_open(&out, "f", NULL), 0);
	cr_assert_eq(jet_output_write(&out, "new", 3), 0);
	cr_assert_eq(jet_output_flush(&out), 0);
	expect_content("f", "old");
	jet_output_discard(&out);
	expect_content("f", "old");
	cr_expect_eq(count_names(), 1);
	cr_assert_eq(jet_output_open(&out, "f", NULL), 0);
	cr_assert_eq(jet_output_write(&out, "new", 3), 0);
	cr_assert_eq(jet_output_commit(&out), 0);
	expect_content("f", "new");
	cr_expect_eq(count_names(), 1);
}

/* Not every system can, and then the old content is lost. */
static bool can_exchange(void)
{
	bool can;

	scratch_tree("x y");
	can = jet_os_exchange("x", "y") == 0;
	unlink("x");
	unlink("y");
	return can;
}

Test(output, what_was_placed_can_be_taken_back)
{
	static const char *const trees[] = { "f=old", "" };
	const char *old = can_exchange() ? "old" : "new";

	for (int i = 0; i < 2; i++) {
		for (int good = 0; good < 2; good++) {
			struct jet_output out;

			scratch_tree(trees[i]);
			cr_assert_eq(jet_output_open(&out, "f", NULL), 0);
			cr_assert_eq(jet_output_write(&out, "new", 3), 0);
			cr_assert_eq(jet_output_place(&out), 0);
			expect_content("f", "new");
			if (good)
				cr_expect_eq(jet_output_commit(&out), 0);
			else
				jet_output_discard(&out);
			if (good || i == 0)
				expect_content("f", good ? "new" : old);
			cr_expect_eq(count_names(), good || i == 0, "%zu names", count_names());
			unlink("f");
		}
	}
}

Test(output, through_a_link_what_it_points_to_is_replaced)
{
	struct jet_output out;
	struct stat st;

	scratch_tree("d/f=old l>d/f");
	cr_assert_eq(jet_output_open(&out, "l", NULL), 0);
	cr_assert_eq(jet_output_write(&out, "new", 3), 0);
	cr_assert_eq(jet_output_commit(&out), 0);
	expect_content("d/f", "new");
	cr_assert_eq(lstat("l", &st), 0);
	cr_expect(S_ISLNK(st.st_mode));
}

Test(output, what_is_no_file_is_written_as_it_is)
{
	struct jet_output out;
	char text[8] = "";
	int fd;

	cr_assert_eq(mkfifo("p", 0644), 0);
	fd = open("p", O_RDONLY | O_NONBLOCK | O_CLOEXEC);
	cr_assert(fd >= 0);
	cr_assert_eq(jet_output_open(&out, "p", NULL), 0);
	cr_assert_eq(jet_output_write(&out, "hello", 5), 0);
	cr_assert_eq(jet_output_commit(&out), 0);
	cr_expect_eq(read(fd, text, sizeof(text)), 5);
	cr_expect_str_eq(text, "hello");
	close(fd);
	cr_expect_eq(count_names(), 1);
	cr_assert_eq(jet_output_open(&out, "/dev/null", NULL), 0);
	cr_assert_eq(jet_output_write(&out, "x", 1), 0);
	cr_expect_eq(jet_output_commit(&out), 0);
}

Test(output, what_cannot_be_made_is_an_error_at_once)
{
	static const struct {
		const char *path;
		int error;
	} rows[] = { { "d", EISDIR }, { "none/f", ENOENT }, { "f/x", ENOTDIR } };

	scratch_tree("d/ f");
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct jet_error err = { 0 };
		struct jet_output out;

		cr_expect_eq(jet_output_open(&out, rows[i].path, &err), JET_E_IO, "%s", rows[i].path);
		cr_expect_eq(err.sys_errno, rows[i].error, "%s: %d", rows[i].path, err.sys_errno);
		cr_expect_str_eq(err.file, rows[i].path);
		jet_output_discard(&out);
	}
	cr_expect_eq(count_names(), 2);
}

Test(output, a_disk_that_is_full_leaves_nothing)
{
	struct jet_output out;
	char big[200000];

	if (access("/dev/full", W_OK) != 0)
		cr_skip_test("there is no /dev/full");
	memset(big, 'x', sizeof(big));
	cr_assert_eq(jet_output_open(&out, "/dev/full", NULL), 0);
	cr_expect_eq(jet_output_write(&out, "x", 1), 0); /* in the buffer */
	cr_expect_eq(jet_output_write(&out, big, sizeof(big)), -1);
	cr_expect_eq(out.err.sys_errno, ENOSPC);
	cr_expect_eq(jet_output_write(&out, "x", 1), -1, "written after a failure");
	cr_expect_eq(jet_output_commit(&out), JET_E_WRITE);
	cr_expect_eq(out.err.code, JET_E_WRITE);
}

Test(output, a_reader_that_has_gone_is_no_failure)
{
	struct jet_output out;
	int fd;

	jet_output_prepare();
	cr_assert_eq(mkfifo("p", 0644), 0);
	fd = open("p", O_RDONLY | O_NONBLOCK | O_CLOEXEC);
	cr_assert(fd >= 0);
	cr_assert_eq(jet_output_open(&out, "p", NULL), 0);
	close(fd);
	cr_assert_eq(jet_output_write(&out, "x", 1), 0);
	cr_expect_eq(jet_output_flush(&out), -1);
	cr_expect(out.closed);
	cr_expect_eq(jet_output_commit(&out), 0);
	cr_expect_eq(out.err.code, 0);
}

Test(output, pieces_of_any_size_arrive_in_order)
{
	static const size_t sizes[] = { 1, 100, 131071, 131072, 131073, 300000, 5 };
	struct jet_buf want = { 0 };
	struct jet_output out;
	struct stat st;
	char *got;
	int fd;

	cr_assert_eq(jet_output_open(&out, "f", NULL), 0);
	for (size_t i = 0; i < sizeof(sizes) / sizeof(sizes[0]); i++) {
		char *piece = malloc(sizes[i]);

		cr_assert(piece);
		memset(piece, 'a' + (int)i, sizes[i]);
		cr_assert_eq(jet_output_write(&out, piece, sizes[i]), 0);
		cr_assert_eq(jet_output_write(&out, piece, 0), 0);
		cr_assert_eq(jet_buf_append(&want, piece, sizes[i]), 0);
		free(piece);
	}
	cr_assert_eq(jet_output_commit(&out), 0);
	cr_assert(stat("f", &st) == 0 && (size_t)st.st_size == want.len);
	got = malloc(want.len);
	fd = open("f", O_RDONLY | O_CLOEXEC);
	cr_assert(fd >= 0 && read(fd, got, want.len) == (ssize_t)want.len);
	cr_expect(memcmp(got, want.data, want.len) == 0);
	close(fd);
	free(got);
	jet_buf_clear(&want);
}

Test(output, knows_the_file_it_writes_and_the_one_it_replaces)
{
	struct jet_output out;
	struct stat old, other, temp;

	scratch_tree("f=old g");
	cr_assert(stat("f", &old) == 0 && stat("g", &other) == 0);
	cr_assert_eq(jet_output_open(&out, "f", NULL), 0);
	cr_assert_eq(fstat(out.fd, &temp), 0);
	cr_expect(jet_output_is(&out, old.st_dev, old.st_ino));
	cr_expect(jet_output_is(&out, temp.st_dev, temp.st_ino));
	cr_expect(jet_output_is_temp(&out, temp.st_dev, temp.st_ino));
	cr_expect_not(jet_output_is_temp(&out, old.st_dev, old.st_ino));
	cr_expect_not(jet_output_is(&out, other.st_dev, other.st_ino));
	jet_output_discard(&out);
	cr_assert_eq(jet_output_open(&out, "/dev/null", NULL), 0);
	cr_expect_not(jet_output_is(&out, old.st_dev, old.st_ino));
	cr_expect_not(jet_output_is(&out, 0, 0));
	jet_output_discard(&out);
}

/* Writes half of a file and then dies of @number. */
static void die_in_the_middle(int number)
{
	struct jet_output out;

	signal(number, SIG_DFL);
	jet_output_prepare();
	if (jet_output_open(&out, "f", NULL) == 0 && jet_output_write(&out, "half", 4) == 0 &&
	    jet_output_flush(&out) == 0)
		raise(number);
	_exit(1);
}

Test(output, a_signal_leaves_nothing_behind)
{
	static const int numbers[] = { SIGINT, SIGTERM, SIGHUP };

	for (size_t i = 0; i < 3; i++) {
		pid_t child = fork();
		int status;

		if (child == 0)
			die_in_the_middle(numbers[i]);
		cr_assert(child > 0 && waitpid(child, &status, 0) == child);
		cr_expect(WIFSIGNALED(status) && WTERMSIG(status) == numbers[i], "signal %d: %d",
		          numbers[i], status);
		cr_expect_eq(count_names(), 0, "signal %d", numbers[i]);
	}
}
