/* SPDX-License-Identifier: Apache-2.0 */
#include "inventory/compare.h"

#include "base/buf.h"
#include "unit/inventory_text.h"

#include <criterion/criterion.h>
#include <stdlib.h>
#include <string.h>

/* Items from words: "d:PATH" a directory, "f:PATH" a file of one byte whose hash begins
 * with its number, "h:PATH=FIRST" a hard link as archives have it. */
static void fill(struct jet_inventory *inv, const char *spec)
{
	char *words = strdup(spec), *rest = words;
	uint8_t hash[16] = { 0 };

	inv->types = JET_INVENTORY_ALL;
	for (uint32_t n = 1; *rest; n++) {
		char *word = rest, *equals;
		struct jet_item item = { .line = n };

		rest += strcspn(rest, " ");
		if (*rest)
			*rest++ = '\0';
		equals = strchr(word, '=');
		if (equals)
			*equals++ = '\0';
		hash[0] = (uint8_t)n;
		item.type = word[0] == 'd' ? JET_TYPE_DIR : JET_TYPE_FILE;
		item.path = word + 2;
		item.path_len = (uint32_t)strlen(item.path);
		if (word[0] == 'f') {
			item.xxh128 = hash;
			item.size = n;
			item.known = JET_ITEM_SIZE | JET_ITEM_LINK;
		}
		if (equals) {
			item.hardlink = equals;
			item.hardlink_len = (uint32_t)strlen(equals);
			item.known = JET_ITEM_LINK;
		}
		cr_assert_eq(jet_inventory_add(inv, &item), 0);
	}
	free(words);
}

static void expect_archive(const char *spec, const char *want)
{
	struct jet_inventory inv = { 0 };
	char *got;

	fill(&inv, spec);
	cr_assert_eq(jet_inventory_sort_archive(&inv), 0);
	got = inventory_text(&inv);
	cr_expect_str_eq(got, want, "%s\ngot    %s\nwanted %s", spec, got, want);
	free(got);
	jet_inventory_clear(&inv);
}

Test(inventory, archives_are_put_in_order)
{
	expect_archive("", "");
	expect_archive("f:b f:a", "file a 2 x:02;file b 1 x:01;");
	/* The order of a walk: "a/b" is before "a.b". */
	expect_archive("f:a.b d:a f:a/b", "dir a;file a/b 3 x:03;file a.b 1 x:01;");
	expect_archive("f:a f:b f:a", "file a 3 x:03;file b 2 x:02;");
	expect_archive("d:a f:a", "file a 2 x:02;");
}

Test(inventory, directories_on_the_way_are_implied)
{
	expect_archive("f:a/b/c", "dir a;dir a/b;file a/b/c 1 x:01;");
	expect_archive("f:a/b/c f:a/b/d f:a/e d:a",
	               "dir a;dir a/b;file a/b/c 1 x:01;file a/b/d 2 x:02;file a/e 3 x:03;");
	expect_archive("f:a/x f:ab/x", "dir a;file a/x 1 x:01;dir ab;file ab/x 2 x:02;");
	expect_archive("f:a/b/x f:a/bc/x", "dir a;dir a/b;file a/b/x 1 x:01;dir a/bc;file a/bc/x 2 x:02;");
}

Test(inventory, hard_links_belong_to_the_first_name)
{
	expect_archive("f:a h:b=a", "file a 1 x:01;file b 1 =a x:01;");
	/* Whatever the archive says who is first. */
	expect_archive("f:z h:m=z h:a=m", "file a 1 x:01;file m 1 =a x:01;file z 1 =a x:01;");
	expect_archive("f:c h:d=c h:a=d f:b h:e=b",
	               "file a 1 x:01;file b 4 x:04;file c 1 =a x:01;file d 1 =a x:01;file e 4 =b x:04;");
	/* Of what is not there, or comes later, nothing is known. */
	expect_archive("h:a=gone", "file a =gone;");
	expect_archive("h:a=b f:b", "file a =b;file b 2 x:02;");
	expect_archive("h:a=a", "file a =a;");
	/* GNU tar, given a file twice. */
	expect_archive("f:a h:a=a", "file a 1 x:01;");
	/* A link of what was there then. */
	expect_archive("f:a h:b=a f:a", "file a 3 x:03;file b 1 x:01;");
	expect_archive("f:a h:b=a f:a h:c=a h:0=b",
	               "file 0 1 x:01;file a 3 x:03;file b 1 =0 x:01;file c 3 =a x:03;");
	expect_archive("d:d h:a=d", "file a =d;dir d;");
}

Test(inventory, paths_are_found)
{
	struct jet_inventory inv = { 0 };

	fill(&inv, "f:a f:a/b f:a.b f:b f:c/d/e f:c/d");
	cr_assert_eq(jet_inventory_sort(&inv, NULL), 0);
	for (size_t i = 0; i < inv.n; i++)
		cr_expect_eq(jet_inventory_find(&inv, inv.items[i].path, inv.items[i].path_len),
		             &inv.items[i]);
	cr_expect_null(jet_inventory_find(&inv, "c", 1));
	cr_expect_null(jet_inventory_find(&inv, "z", 1));
	cr_expect_null(jet_inventory_find(&inv, "", 0));
	jet_inventory_clear(&inv);
	cr_expect_null(jet_inventory_find(&inv, "a", 1));
}

Test(inventory, a_long_path_of_directories_costs_its_length)
{
	enum { DEPTH = 200000 };
	char *path = malloc(2 * DEPTH + 1);
	struct jet_inventory inv = { 0 };
	struct jet_item item = { .path = path, .path_len = 2 * DEPTH - 1, .type = JET_TYPE_DIR };

	cr_assert(path);
	for (size_t i = 0; i < DEPTH; i++)
		memcpy(path + 2 * i, "a/", 2);
	cr_assert_eq(jet_inventory_add(&inv, &item), 0);
	cr_assert_eq(jet_inventory_sort_archive(&inv), 0);
	cr_expect_eq(inv.n, DEPTH);
	cr_expect_lt(inv.arena.total, 10 * DEPTH);
	jet_inventory_clear(&inv);
	free(path);
}

/* ---- comparing ---------------------------------------------------------- */

/* "PATH+", "PATH-" or "PATH~CHANGES" of every difference. */
static char *differences(struct jet_comparison *c)
{
	struct jet_buf out = { 0 };
	struct jet_difference d;

	while (jet_compare_next(c, &d)) {
		const struct jet_item *item = d.a ? d.a : d.b;
		int bad = jet_buf_append(&out, item->path, item->path_len);

		bad |= jet_buf_byte(&out, !d.a ? '+' : !d.b ? '-' : '~');
		for (unsigned change = 1; change <= JET_CHANGE_MTIME; change <<= 1) {
			if (d.changes & change)
				bad |= jet_buf_printf(&out, "%s,", jet_change_name(change));
		}
		cr_assert_eq(bad | jet_buf_byte(&out, ' '), 0);
	}
	cr_assert_eq(jet_buf_terminate(&out), 0);
	return out.data;
}

static void expect_difference(const struct jet_item *a, const struct jet_item *b, unsigned flags,
                              const char *want, uint64_t blind)
{
	struct jet_inventory one = { .types = JET_INVENTORY_ALL }, two = { .types = JET_INVENTORY_ALL };
	struct jet_comparison c = { .a = &one, .b = &two, .flags = flags };
	char *got;

	cr_assert_eq(jet_inventory_add(&one, a), 0);
	cr_assert_eq(jet_inventory_add(&two, b), 0);
	got = differences(&c);
	cr_expect_str_eq(got, want, "got %s, wanted %s", got, want);
	cr_expect_eq(c.blind, blind, "%s", want);
	free(got);
	jet_inventory_clear(&one);
	jet_inventory_clear(&two);
}

static struct jet_item item(enum jet_type type)
{
	return (struct jet_item){
		.path = "p", .path_len = 1, .type = (uint8_t)type, .mode = 0644, .size = 5, .mtime_sec = 7,
		.mtime_nsec = 9, .known = 0x7F, .target = type == JET_TYPE_SYMLINK ? "t" : NULL,
		.target_len = type == JET_TYPE_SYMLINK ? 1 : 0,
	};
}

Test(inventory, every_change_is_named)
{
	static const uint8_t one[32] = { 1 }, two[32] = { 2 };
	struct jet_item a = item(JET_TYPE_FILE), b = a;

	expect_difference(&a, &b, 0, "", 1);
	a.xxh128 = b.xxh128 = one;
	expect_difference(&a, &b, 0, "", 0);
	b.mode = 0755;
	expect_difference(&a, &b, 0, "p~mode, ", 0);
	expect_difference(&a, &b, JET_COMPARE_NORMALIZE, "p~mode, ", 0);
	b.mode = 0600;
	expect_difference(&a, &b, JET_COMPARE_NORMALIZE, "", 0);
	b = a;
	b.xxh128 = two;
	expect_difference(&a, &b, 0, "p~content, ", 0);
	b.xxh128 = NULL;
	b.sha256 = two;
	expect_difference(&a, &b, 0, "", 1);
	b.size = 6;
	expect_difference(&a, &b, 0, "p~size, ", 0);
	b = a;
	b.hardlink = "o";
	b.hardlink_len = 1;
	expect_difference(&a, &b, 0, "p~hardlink, ", 0);
	b.known &= (uint8_t)~JET_ITEM_LINK;
	expect_difference(&a, &b, 0, "", 0);
	b = a;
	b.mtime_sec = 8;
	expect_difference(&a, &b, 0, "", 0);
	expect_difference(&a, &b, JET_COMPARE_MTIME, "p~mtime, ", 0);
	b = a;
	b.mtime_nsec = 0;
	expect_difference(&a, &b, JET_COMPARE_MTIME, "p~mtime, ", 0);
	b.known &= (uint8_t)~JET_ITEM_NSEC;
	expect_difference(&a, &b, JET_COMPARE_MTIME, "", 0);
	b = item(JET_TYPE_DIR);
	expect_difference(&a, &b, 0, "p~type, ", 0);
}

Test(inventory, links_and_devices_have_changes_of_their_own)
{
	struct jet_item a = item(JET_TYPE_SYMLINK), b = a;

	b.mode = 0777;
	expect_difference(&a, &b, 0, "", 0);
	b.target = "u";
	expect_difference(&a, &b, 0, "p~target, ", 0);
	a = b = item(JET_TYPE_CHAR);
	b.minor = 1;
	expect_difference(&a, &b, 0, "p~device, ", 0);
	b.known &= (uint8_t)~JET_ITEM_DEVICE;
	expect_difference(&a, &b, 0, "", 0);
	a = b = item(JET_TYPE_DIR);
	b.mode = 0700;
	expect_difference(&a, &b, 0, "p~mode, ", 0);
	expect_difference(&a, &b, JET_COMPARE_NORMALIZE, "", 0);
}

Test(inventory, what_a_side_could_not_list_is_no_difference)
{
	struct jet_inventory all = { 0 }, files = { 0 };
	struct jet_comparison c = { .a = &all, .b = &files };
	struct jet_comparison back = { .a = &files, .b = &all };
	char *got;

	fill(&all, "d:a f:a/b f:c d:e");
	fill(&files, "f:a/b f:d");
	files.types = 1U << JET_TYPE_FILE;
	got = differences(&c);
	cr_expect_str_eq(got, "a/b~size, c- d+ ");
	free(got);
	got = differences(&back);
	cr_expect_str_eq(got, "a/b~size, c+ d- ");
	free(got);
	jet_inventory_clear(&all);
	jet_inventory_clear(&files);
}
