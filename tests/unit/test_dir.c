/* SPDX-License-Identifier: Apache-2.0 */
#include "sink/dir.h"

#include "base/buf.h"
#include "base/os.h"
#include "context/xattrs.h"

#include "unit/scratch.h"
#include "unit/walk_text.h"

#include <criterion/criterion.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* The context is "in", the directory made of it "out". */
static void enter(void)
{
	scratch_enter();
	cr_assert_eq(mkdir("in", 0755), 0);
	cr_assert_eq(mkdir("out", 0755), 0);
	cr_assert_eq(chdir("in"), 0);
}

static void leave(void)
{
	cr_assert_eq(chdir(".."), 0);
	scratch_leave();
}

TestSuite(dir, .init = enter, .fini = leave);

/* @text: NULL, or "PATH=CONTENT" to be added first. */
static int fill(const struct jet_dir_options *o, const char *rules, const char *text,
                struct jet_error *err)
{
	int fd = open("../out", O_RDONLY | O_DIRECTORY | O_CLOEXEC), rc;
	struct jet_ruleset *rs;
	struct jet_walk *walk = walk_open(rules, JET_WALK_HARDLINKS, &rs);
	const struct jet_entry *e;
	struct jet_sink sink;
	struct jet_dir *dir;

	cr_assert_geq(fd, 0);
	rc = jet_dir_open(fd, o, &dir, err);
	cr_assert_eq(rc, 0);
	sink = jet_dir_sink(dir);
	if (text)
		rc = sink.text(dir, text, strcspn(text, "="), strchr(text, '=') + 1,
		               strlen(strchr(text, '=') + 1), err);
	while (rc == 0 && jet_walk_next(walk, &e, NULL) == 1)
		rc = sink.entry(dir, walk, e, NULL, err);
	if (rc == 0)
		rc = sink.finish(dir, err);
	jet_dir_close(dir);
	jet_walk_close(walk);
	jet_ruleset_free(rs);
	close(fd);
	return rc;
}

static const struct jet_dir_options faithful = {
	.root = { .type = JET_TYPE_DIR, .mode = 0750, .mtime_sec = 1000000000 },
};
static const struct jet_dir_options normal = {
	.sink = { .flags = JET_SINK_NORMALIZE, .mtime = 77 },
	.root = { .type = JET_TYPE_DIR, .mode = 0700 },
};

/* What walk_text() says of all that is in there. */
static void expect_tree(const char *want)
{
	const struct walk_case c = { .root = "../out", .flags = JET_WALK_HARDLINKS | JET_WALK_EVERYTHING };
	char *got = walk_list(&c);

	cr_expect_str_eq(got, want, "%s", got);
	free(got);
}

static void expect_content(const char *path, const char *want)
{
	char room[100];
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	ssize_t n = fd < 0 ? -1 : read(fd, room, sizeof(room));

	cr_assert_geq(n, 0, "%s", path);
	close(fd);
	cr_expect(strlen(want) == (size_t)n && memcmp(room, want, (size_t)n) == 0, "%s: %.*s", path,
	          (int)n, room);
}

static struct stat lstat_of(const char *path)
{
	struct stat st;

	cr_assert_eq(lstat(path, &st), 0, "%s", path);
	return st;
}

/* ---- what is in there --------------------------------------------------- */

Test(dir, entries_are_what_they_were)
{
	scratch_tree("a/b/c=hello a/b/d a/e= h:a/b/c l>a/b p| z/");
	cr_assert_eq(fill(&faithful, NULL, NULL, NULL), 0);
	expect_tree("d a;d a/b;f a/b/c 5;f a/b/d 1;f a/e 0;f h 5 = a/b/c;l l -> a/b;p p;d z;");
	expect_content("../out/a/b/c", "hello");
	cr_expect_eq(lstat_of("../out/a/b/c").st_ino, lstat_of("../out/h").st_ino);
	cr_expect_neq(lstat_of("../out/a/b/c").st_ino, lstat_of("a/b/c").st_ino);
}

Test(dir, only_what_ships_is_there)
{
	scratch_tree("a/b a/c d/e");
	cr_assert_eq(fill(&faithful, "a\n!a/b\nd", NULL, NULL), 0);
	expect_tree("d a;f a/b 1;");
}

Test(dir, emptied_files_are_empty)
{
	scratch_tree("a/b=12345");
	cr_assert_eq(fill(&faithful, "a\n!a/b\na", NULL, NULL), 0);
	expect_tree("d a;f a/b 0;");
}

Test(dir, modes_and_times_are_kept)
{
	static const struct timespec times[2] = { { 1, 0 }, { 1000000000, 123456789 } };
	static const struct {
		const char *path;
		mode_t mode;
	} rows[] = { { "d/f", 06511 }, { "d/p", 0123 }, { "d/e", 0700 }, { "d", 01500 }, { "l", 0777 } };
	mode_t mask = umask(077);

	scratch_tree("d/f d/p| d/e/ l>nowhere");
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		if (rows[i].path[0] == 'd')
			cr_assert_eq(chmod(rows[i].path, rows[i].mode), 0);
		cr_assert_eq(utimensat(AT_FDCWD, rows[i].path, times, AT_SYMLINK_NOFOLLOW), 0);
	}
	cr_assert_eq(fill(&faithful, NULL, NULL, NULL), 0);
	umask(mask);
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		char path[32];
		struct stat st;

		sprintf(path, "../out/%s", rows[i].path);
		st = lstat_of(path);
		cr_expect_eq(st.st_mode & 07777, rows[i].mode, "%s: %o", path, st.st_mode);
		cr_expect_eq(st.st_mtim.tv_sec, 1000000000, "%s", path);
		cr_expect_eq(st.st_mtim.tv_nsec, 123456789, "%s", path);
	}
	cr_expect_eq(lstat_of("../out").st_mode & 07777, 0750);
	cr_expect_eq(lstat_of("../out").st_mtim.tv_sec, 1000000000);
}

Test(dir, texts_come_first_and_their_parents_with_them)
{
	scratch_tree("a/b a/z/");
	cr_assert_eq(fill(&faithful, NULL, "a/D=FROM x", NULL), 0);
	expect_tree("d a;f a/D 6;f a/b 1;d a/z;");
	expect_content("../out/a/D", "FROM x");
	cr_expect_eq(lstat_of("../out/a/D").st_mode & 07777, 0644);
	cr_expect_eq(lstat_of("../out/a").st_mtim.tv_nsec, lstat_of("a").st_mtim.tv_nsec);
}

Test(dir, parents_that_are_no_entries_are_made)
{
	struct stat st;

	cr_assert_eq(fill(&faithful, NULL, "x/y/D=FROM x", NULL), 0);
	expect_tree("d x;d x/y;f x/y/D 6;");
	st = lstat_of("../out/x/y");
	cr_expect_eq(st.st_mode & 07777, 0755);
	cr_expect_eq(st.st_mtim.tv_sec, 0);
}

Test(dir, depth_costs_no_descriptors)
{
	enum { DEPTH = 1500 };
	char path[64];
	int root = open("..", O_RDONLY | O_CLOEXEC);

	for (size_t i = 0; i < DEPTH; i++) {
		cr_assert_eq(mkdir("d", 0755), 0);
		cr_assert_eq(chdir("d"), 0);
	}
	scratch_tree("f=deep");
	cr_assert_eq(fchdir(root), 0);
	cr_assert_eq(chdir("in"), 0);
	cr_assert_eq(fill(&faithful, NULL, NULL, NULL), 0);
	cr_assert_eq(chdir("../out"), 0);
	for (size_t i = 0; i < DEPTH; i++)
		cr_assert_eq(chdir("d"), 0);
	strcpy(path, "f");
	expect_content(path, "deep");
	cr_assert_eq(fchdir(root), 0);
	cr_assert_eq(chdir("in"), 0);
	close(root);
}

/* ---- normalized --------------------------------------------------------- */

Test(dir, normalized_times_are_those_of_the_content)
{
	struct stat st[7];

	scratch_tree("a=one b=two c=one d/ l>a m>b n>a");
	cr_assert_eq(chmod("a", 0700), 0);
	cr_assert_eq(fill(&normal, NULL, NULL, NULL), 0);
	st[0] = lstat_of("../out/a");
	st[1] = lstat_of("../out/b");
	st[2] = lstat_of("../out/c");
	st[3] = lstat_of("../out/d");
	st[4] = lstat_of("../out/l");
	st[5] = lstat_of("../out/m");
	st[6] = lstat_of("../out/n");
	/* The same size and other bytes: both parts differ, should one be dropped. */
	cr_expect_neq(st[0].st_mtim.tv_sec, st[1].st_mtim.tv_sec);
	cr_expect_neq(st[0].st_mtim.tv_nsec, st[1].st_mtim.tv_nsec);
	cr_expect_eq(st[0].st_mtim.tv_sec, st[2].st_mtim.tv_sec);
	cr_expect_eq(st[0].st_mtim.tv_nsec, st[2].st_mtim.tv_nsec);
	/* The first bytes of XXH3-128("one"), as other programs must find them. */
	cr_expect_eq(st[0].st_mtim.tv_sec, 84817574, "%lld", (long long)st[0].st_mtim.tv_sec);
	cr_expect_eq(st[3].st_mtim.tv_sec, 77);
	/* Links to two names of one length. */
	cr_expect_neq(st[4].st_mtim.tv_sec, st[5].st_mtim.tv_sec);
	cr_expect_neq(st[4].st_mtim.tv_nsec, st[5].st_mtim.tv_nsec);
	cr_expect_eq(st[4].st_mtim.tv_sec, st[6].st_mtim.tv_sec);
	cr_expect_eq(st[4].st_mtim.tv_nsec, st[6].st_mtim.tv_nsec);
	cr_expect_eq(st[0].st_mode & 07777, 0755);
	cr_expect_eq(st[1].st_mode & 07777, 0644);
	cr_expect_eq(st[3].st_mode & 07777, 0755);
	cr_expect_eq(lstat_of("../out").st_mode & 07777, 0755);
}

/* ---- links -------------------------------------------------------------- */

Test(dir, files_can_be_linked)
{
	struct jet_dir_options o = faithful;

	o.link = true;
	scratch_tree("a/f=hello a/g=12345 h:a/f");
	cr_assert_eq(fill(&o, "a/g\n!a/g", NULL, NULL), 0);
	expect_tree("d a;f a/f 5;f a/g 5;f h 5 = a/f;");
	if (jet_os_clones(AT_FDCWD))
		return;
	cr_expect_eq(lstat_of("../out/a/f").st_ino, lstat_of("a/f").st_ino);
	cr_expect_eq(lstat_of("../out/a/g").st_ino, lstat_of("a/g").st_ino);
}

Test(dir, emptied_files_are_never_linked)
{
	struct jet_dir_options o = faithful;

	o.link = true;
	scratch_tree("a/b=12345");
	cr_assert_eq(fill(&o, "a\n!a/b\na", NULL, NULL), 0);
	expect_tree("d a;f a/b 0;");
	expect_content("a/b", "12345");
}

/* ---- what changes, and what fails ---------------------------------------- */

/* One file "f" that is changed by @change between listing and reading. */
static int fill_changed(const struct jet_dir_options *o, void (*change)(void), struct jet_error *err)
{
	int fd = open("../out", O_RDONLY | O_DIRECTORY | O_CLOEXEC), rc;
	struct jet_ruleset *rs;
	struct jet_walk *walk = walk_open(NULL, JET_WALK_HARDLINKS, &rs);
	const struct jet_entry *e = walk_to(walk, "f");
	struct jet_sink sink;
	struct jet_dir *dir;

	cr_assert_eq(jet_dir_open(fd, o, &dir, err), 0);
	sink = jet_dir_sink(dir);
	change();
	rc = sink.entry(dir, walk, e, NULL, err);
	if (rc == 0)
		rc = sink.finish(dir, err);
	jet_dir_close(dir);
	jet_walk_close(walk);
	close(fd);
	return rc;
}

static void shrink(void)
{
	cr_assert_eq(truncate("f", 2), 0);
}

static void replace(void)
{
	scratch_file("g", "something else", 14);
	cr_assert_eq(rename("g", "f"), 0);
}

static void become_link(void)
{
	cr_assert_eq(unlink("f"), 0);
	cr_assert_eq(symlink("/etc/passwd", "f"), 0);
}

Test(dir, a_file_that_has_changed_is_looked_at_once_more)
{
	struct jet_dir_options linked = faithful;
	const struct jet_dir_options *const options[] = { &faithful, &normal, &linked };

	linked.link = true;
	for (size_t i = 0; i < 3; i++) {
		unlink("f");
		unlink("../out/f");
		scratch_tree("f=hello");
		/* A link to what is not what was listed is refused at once. */
		if (i < 2)
			cr_assert_eq(fill_changed(options[i], shrink, NULL), 0, "row %zu", i);
		else
			cr_assert_eq(fill_changed(options[i], shrink, NULL), JET_E_CHANGED, "row %zu", i);
		if (i == 2)
			continue;
		expect_content("../out/f", "he");
		unlink("../out/f");
		cr_assert_eq(fill_changed(options[i], replace, NULL), 0, "row %zu", i);
		expect_content("../out/f", "something else");
	}
}

Test(dir, a_file_that_is_a_link_now_is_refused)
{
	struct jet_error err = { 0 };

	scratch_tree("f=hello");
	cr_expect_eq(fill_changed(&faithful, become_link, &err), JET_E_CHANGED);
	cr_expect_str_eq(err.file, "f");
	cr_expect_eq(access("../out/f", F_OK), -1);
}

static bool stop(void *ctx)
{
	unsigned *left = ctx;

	return (*left)-- == 0;
}

Test(dir, it_can_be_stopped_anywhere)
{
	scratch_tree("a/b c d");
	for (unsigned n = 0; n < 4; n++) {
		struct jet_dir_options o = faithful;
		unsigned left = n;

		o.stop = stop;
		o.ctx = &left;
		cr_assert_eq(system("rm -rf ../out/*"), 0);
		cr_expect_eq(fill(&o, NULL, NULL, NULL), JET_E_WRITE, "after %u", n);
	}
}

Test(dir, what_cannot_be_made_names_the_path)
{
	struct jet_error err = { 0 };

	scratch_tree("a/b");
	/* In the way of the text. */
	scratch_file("../out/a", "x", 1);
	cr_expect_eq(fill(&faithful, NULL, NULL, &err), JET_E_IO);
	cr_expect_str_eq(err.file, "a");
	cr_assert_eq(unlink("../out/a"), 0);
	cr_assert_eq(mkdir("../out/a", 0755), 0);
	cr_assert_eq(symlink("/etc/passwd", "../out/a/b"), 0);
	cr_expect_eq(fill(&faithful, NULL, NULL, &err), JET_E_IO);
	cr_expect_str_eq(err.file, "a/b");
}

Test(dir, sockets_are_refused)
{
	const struct jet_entry e = {
		.path = "s", .path_len = 1, .type = JET_TYPE_SOCKET, .flags = JET_ENTRY_STATED,
	};
	struct jet_error err = { 0 };
	struct jet_sink sink;
	struct jet_dir *dir;
	int fd = open("../out", O_RDONLY | O_DIRECTORY | O_CLOEXEC);

	cr_assert_eq(jet_dir_open(fd, &faithful, &dir, NULL), 0);
	sink = jet_dir_sink(dir);
	cr_expect_eq(sink.entry(dir, NULL, &e, NULL, &err), JET_E_ARG);
	cr_expect_str_eq(err.file, "s");
	jet_dir_close(dir);
	jet_dir_close(NULL);
	close(fd);
}

/* ---- extended attributes ------------------------------------------------ */

Test(dir, attributes_are_copied_when_asked)
{
	struct jet_dir_options o = faithful;
	struct jet_xattrs x = { 0 };
	int fd, file;

	scratch_tree("d/f");
	fd = open("d", O_RDONLY | O_CLOEXEC);
	file = open("d/f", O_RDONLY | O_CLOEXEC);
	if (jet_os_xattr_set(fd, "user.k", "v", 1) < 0) {
		close(fd);
		close(file);
		cr_skip_test("no extended attributes here");
	}
	cr_assert_eq(jet_os_xattr_set(file, "user.k", "v", 1), 0);
	close(fd);
	close(file);
	for (size_t asked = 0; asked < 2; asked++) {
		o.sink.flags = asked ? JET_SINK_XATTRS : 0;
		cr_assert_eq(system("rm -rf ../out/*"), 0);
		cr_assert_eq(fill(&o, NULL, NULL, NULL), 0);
		fd = open("../out/d", O_RDONLY | O_CLOEXEC);
		file = open("../out/d/f", O_RDONLY | O_CLOEXEC);
		cr_assert_eq(jet_xattrs_read(&x, fd, "d", NULL), 0);
		cr_expect_eq(x.n, asked);
		cr_assert_eq(jet_xattrs_read(&x, file, "f", NULL), 0);
		cr_expect_eq(x.n, asked);
		close(fd);
		close(file);
	}
	jet_xattrs_clear(&x);
}
