/* SPDX-License-Identifier: Apache-2.0 */
#include "cli/difference.h"

#include <criterion/criterion.h>
#include <stdlib.h>
#include <string.h>

static struct jet_item file(const char *path, uint64_t size, uint16_t mode)
{
	return (struct jet_item){
		.path = path, .path_len = (uint32_t)strlen(path), .type = JET_TYPE_FILE, .size = size,
		.mode = mode, .known = JET_ITEM_MODE | JET_ITEM_SIZE,
	};
}

static char *text_of(const struct jet_difference *d)
{
	struct jet_buf out = { 0 };

	cr_assert_eq(jet_difference_text(&out, d, "gone"), 0);
	cr_assert_eq(jet_buf_terminate(&out), 0);
	return out.data;
}

static void expect(const struct jet_item *a, const struct jet_item *b, unsigned changes, const char *want)
{
	const struct jet_difference d = { a, b, changes };
	char *got = text_of(&d);

	cr_expect_str_eq(got, want, "got %swanted %s", got, want);
	free(got);
}

Test(difference, a_line_says_what_it_was_and_is)
{
	struct jet_item a = file("a", 3, 0644), b = file("a", 4, 0755);
	const struct jet_item odd = file("o\nd", 3, 0644);
	struct jet_item dir = file("d", 0, 0755);

	dir.type = JET_TYPE_DIR;
	expect(NULL, &b, 0, "added a\n");
	expect(&a, NULL, 0, "gone a\n");
	expect(NULL, &dir, 0, "added d/\n");
	expect(&odd, NULL, 0, "gone \"o\\nd\"\n");
	expect(&a, &b, JET_CHANGE_MODE | JET_CHANGE_SIZE, "changed a: mode 0644 -> 0755, size 3 -> 4\n");
	expect(&a, &b, JET_CHANGE_CONTENT, "changed a: content\n");
	expect(&a, &dir, JET_CHANGE_TYPE, "changed d/: type file -> dir\n");
	b.hardlink = "x";
	b.hardlink_len = 1;
	expect(&a, &b, JET_CHANGE_LINK, "changed a: hardlink none -> x\n");
	b.mtime_sec = 7;
	b.mtime_nsec = 5;
	expect(&a, &b, JET_CHANGE_MTIME, "changed a: mtime 0.000000000 -> 7.000000005\n");
	b.mtime_sec = -1;
	expect(&a, &b, JET_CHANGE_MTIME, "changed a: mtime 0.000000000 -> -0.999999995\n");
}

static void expect_table(const char *const names[], const uint64_t before[], const uint64_t after[],
                         size_t n, size_t width, const char *want)
{
	struct jet_inventory a = { .types = JET_INVENTORY_ALL }, b = { .types = JET_INVENTORY_ALL };
	struct jet_comparison c = { .a = &a, .b = &b };
	struct jet_buf out = { 0 };

	for (size_t i = 0; i < n; i++) {
		struct jet_item one = file(names[i], before[i], 0644), two = file(names[i], after[i], 0644);

		cr_assert(!before[i] || jet_inventory_add(&a, &one) == 0);
		cr_assert(!after[i] || jet_inventory_add(&b, &two) == 0);
	}
	cr_assert_eq(jet_stat_table(&out, &c, width), 0);
	cr_assert_eq(jet_buf_terminate(&out), 0);
	cr_expect_str_eq(out.data, want, "got\n%swanted\n%s", out.data, want);
	jet_buf_clear(&out);
	jet_inventory_clear(&a);
	jet_inventory_clear(&b);
}

Test(difference, a_table_has_a_bar_per_file)
{
	static const char *const names[] = { "a", "bb", "c" };
	static const uint64_t before[] = { 0, 4, 5 }, after[] = { 3, 2, 0 };
	static const uint64_t big_before[] = { 0, 0, 1000000 }, big_after[] = { 1000000, 1, 500000 };
	static const char *const deep[] = { "a/very/long/way/to/the/end.txt" };
	static const uint64_t one[] = { 0 }, ten[] = { 10 };

	expect_table(names, before, after, 3, 40,
	             " a  | 3 +++\n bb | 6 ++----\n c  | 5 -----\n"
	             " 3 files changed, 5 bytes added(+), 9 bytes removed(-)\n");
	expect_table(names, big_before, big_after, 3, 40,
	             " a  | 1000000 ++++++++++++++++\n bb |       1 +\n"
	             " c  | 1500000 ++++++++----------------\n"
	             " 3 files changed, 1500001 bytes added(+), 1000000 bytes removed(-)\n");
	expect_table(deep, one, ten, 1, 40,
	             " .../to/the/end.txt   | 10 ++++++++++\n 1 file changed, 10 bytes added(+)\n");
	expect_table(NULL, NULL, NULL, 0, 40, "");
}

Test(difference, a_tally_counts_files)
{
	struct jet_item a = file("a", 3, 0644), b = file("a", 4, 0644), dir = file("d", 0, 0755);
	const struct jet_difference all[] = {
		{ NULL, &b, 0 }, { NULL, &a, 0 }, { &a, NULL, 0 }, { &a, &b, JET_CHANGE_SIZE },
		{ NULL, &dir, 0 },
	};
	struct jet_tally tally = { 0 };
	struct jet_buf out = { 0 };

	dir.type = JET_TYPE_DIR;
	cr_assert_eq(jet_tally_text(&out, &tally), 0);
	cr_expect_eq(out.len, 0);
	for (size_t i = 0; i < 5; i++)
		jet_tally_add(&tally, &all[i]);
	cr_expect_eq(tally.differences, 5);
	cr_assert_eq(jet_tally_text(&out, &tally), 0);
	cr_assert_eq(jet_buf_terminate(&out), 0);
	cr_expect_str_eq(out.data, "2 files added, 7 B; 1 file removed, 3 B; 1 file changed, 3 B -> 4 B\n");
	/* Lists of sums know no sizes. */
	a.known = 0;
	jet_tally_add(&tally, &all[2]);
	out.len = 0;
	cr_assert_eq(jet_tally_text(&out, &tally), 0);
	cr_assert_eq(jet_buf_terminate(&out), 0);
	cr_expect_str_eq(out.data, "2 files added; 2 files removed; 1 file changed\n");
	jet_buf_clear(&out);
}
