/* SPDX-License-Identifier: Apache-2.0 */
#include "context/xattrs.h"

#include "base/os.h"
#include "context/walk_content.h"

#include "unit/scratch.h"
#include "unit/walk_text.h"

#include <criterion/criterion.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

TestSuite(xattrs, .init = scratch_enter, .fini = scratch_leave);

/* Not every file system has them, and nothing can be tested where there are none. */
static int open_with(const char *path, const char *name, const void *value, size_t len)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC);

	cr_assert_geq(fd, 0);
	if (jet_os_xattr_set(fd, name, value, len) < 0) {
		close(fd);
		cr_skip_test("no extended attributes here");
	}
	return fd;
}

/* "NAME=VALUE;" of all. */
static char *text_of(const struct jet_xattrs *x)
{
	struct jet_buf text = { 0 };

	for (size_t i = 0; i < x->n; i++)
		cr_assert_eq(jet_buf_printf(&text, "%s=%.*s;", x->bytes.data + x->items[i].name,
		                            (int)x->items[i].value_len,
		                            x->bytes.data + x->items[i].value), 0);
	cr_assert_eq(jet_buf_terminate(&text), 0);
	return text.data;
}

Test(xattrs, they_are_sorted_and_others_are_left_out)
{
	struct jet_xattrs x = { 0 };
	char *text;
	int fd;

	scratch_tree("f");
	fd = open_with("f", "user.z", "last", 4);
	cr_assert_eq(jet_os_xattr_set(fd, "user.a", "first", 5), 0);
	cr_assert_eq(jet_os_xattr_set(fd, "user.m", "", 0), 0);
	/* Only root may, and it is the machine's. */
	jet_os_xattr_set(fd, "trusted.t", "no", 2);
	for (int twice = 0; twice < 2; twice++) {
		cr_assert_eq(jet_xattrs_read(&x, fd, "f", NULL), 0);
		text = text_of(&x);
		cr_expect_str_eq(text, "user.a=first;user.m=;user.z=last;", "%s", text);
		free(text);
	}
	close(fd);
	jet_xattrs_clear(&x);
}

Test(xattrs, they_can_be_given_to_another_file)
{
	struct jet_xattrs x = { 0 }, y = { 0 };
	char *text;
	int fd, other;

	scratch_tree("f g");
	fd = open_with("f", "user.a", "va\0lue", 6);
	cr_assert_eq(jet_xattrs_read(&x, fd, "f", NULL), 0);
	other = open("g", O_RDONLY | O_CLOEXEC);
	cr_assert_eq(jet_xattrs_write(&x, other, "g", NULL), 0);
	cr_assert_eq(jet_xattrs_read(&y, other, "g", NULL), 0);
	cr_assert_eq(y.n, 1);
	cr_expect_eq(y.items[0].value_len, 6);
	cr_expect(memcmp(y.bytes.data + y.items[0].value, "va\0lue", 6) == 0);
	text = text_of(&y);
	free(text);
	close(fd);
	close(other);
	jet_xattrs_clear(&x);
	jet_xattrs_clear(&y);
}

Test(xattrs, what_cannot_be_written_names_the_path)
{
	struct jet_xattrs x = { 0 };
	struct jet_error err = { 0 };
	int fd;

	scratch_tree("f");
	fd = open_with("f", "user.a", "v", 1);
	cr_assert_eq(jet_xattrs_read(&x, fd, "f", NULL), 0);
	close(fd);
	cr_expect_eq(jet_xattrs_write(&x, fd, "f", &err), JET_E_IO);
	cr_expect_str_eq(err.file, "f");
	cr_expect_eq(jet_xattrs_read(&x, fd, "f", &err), JET_E_IO);
	jet_xattrs_clear(&x);
}

/* Every directory of a chain that is deeper than descriptors are kept open. */
Test(xattrs, a_directory_is_opened_however_far_out)
{
	enum { DEPTH = 200 };
	struct jet_ruleset *rs;
	const struct jet_entry *e;
	struct jet_xattrs x = { 0 };
	struct jet_walk *walk;
	size_t dirs = 0;

	scratch_tree("g");
	close(open_with("g", "user.a", "v", 1));
	for (size_t i = 0; i < DEPTH; i++) {
		cr_assert_eq(mkdir("d", 0755), 0);
		cr_assert_eq(chdir("d"), 0);
	}
	scratch_tree("f");
	for (size_t i = 0; i < DEPTH; i++)
		cr_assert_eq(chdir(".."), 0);
	/* All directories are ignored: they are entries only once the file is found. */
	walk = walk_open("d\n!**/f", JET_WALK_STAT, &rs);
	while (jet_walk_next(walk, &e, NULL) == 1) {
		if (e->type != JET_TYPE_DIR)
			continue;
		dirs++;
		/* It sees to it that it is the one that was listed. */
		cr_expect_eq(jet_walk_xattrs(walk, -1, &x, NULL), 0, "depth %u", (unsigned)e->depth);
	}
	cr_expect_eq(dirs, DEPTH);
	jet_xattrs_clear(&x);
	jet_walk_close(walk);
	jet_ruleset_free(rs);
}
