/* SPDX-License-Identifier: Apache-2.0 */
#include "context/hardlinks.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <string.h>

static const struct jet_hardlink *find(struct jet_hardlinks *t, uint64_t dev, uint64_t ino,
                                       const char *path, bool emptied)
{
	const struct jet_hardlink *link =
		jet_hardlinks_find(t, dev, ino, (struct jet_str){ path, strlen(path) }, emptied);

	cr_assert(link);
	return link;
}

Test(hardlinks, the_first_name_is_remembered)
{
	struct jet_hardlinks t = { 0 };
	char name[] = "first";
	const struct jet_hardlink *link = find(&t, 1, 2, name, true);

	/* The walk's path is overwritten by the next name. */
	memset(name, 'z', 5);
	cr_expect_str_eq(link->path.data, "first");
	link = find(&t, 1, 2, "second", false);
	cr_expect_str_eq(link->path.data, "first");
	cr_expect_eq(link->path.len, 5);
	cr_expect(link->emptied);
	jet_hardlinks_clear(&t);
}

Test(hardlinks, device_and_inode_both_count)
{
	struct jet_hardlinks t = { 0 };

	find(&t, 1, 2, "a", false);
	cr_expect_str_eq(find(&t, 2, 2, "b", false)->path.data, "b");
	cr_expect_str_eq(find(&t, 2, 1, "c", false)->path.data, "c");
	cr_expect_str_eq(find(&t, 1, 2, "d", false)->path.data, "a");
	cr_expect_str_eq(find(&t, 0, 0, "e", false)->path.data, "e");
	cr_expect_str_eq(find(&t, 0, 0, "f", false)->path.data, "e");
	cr_expect_eq(t.n, 4);
	jet_hardlinks_clear(&t);
}

Test(hardlinks, many_files_are_told_apart)
{
	enum { N = 20000 };
	struct jet_hardlinks t = { 0 };
	char name[32];

	for (int round = 0; round < 2; round++) {
		for (uint64_t i = 0; i < N; i++) {
			snprintf(name, sizeof(name), "%d-%d", round, (int)i);
			find(&t, i % 3, i / 3, name, false);
		}
	}
	cr_expect_eq(t.n, N);
	for (uint64_t i = 0; i < N; i++) {
		snprintf(name, sizeof(name), "0-%d", (int)i);
		cr_assert_str_eq(find(&t, i % 3, i / 3, "again", false)->path.data, name);
	}
	jet_hardlinks_clear(&t);
	cr_expect(!t.slots && !t.n);
}
