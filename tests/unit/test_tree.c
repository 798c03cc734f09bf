/* SPDX-License-Identifier: Apache-2.0 */
#include "context/tree.h"

#include "unit/scratch.h"

#include <criterion/criterion.h>
#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static struct jet_tree *tree;

static void enter(void)
{
	scratch_enter();
	cr_assert_eq(jet_tree_open(NULL, ".", &tree), 0);
}

static void leave(void)
{
	jet_tree_close(tree);
	scratch_leave();
}

TestSuite(tree, .init = enter, .fini = leave);

static struct jet_str str(const char *s)
{
	return (struct jet_str){ s, strlen(s) };
}

static int find(const char *path, struct jet_tree_node **node)
{
	return jet_tree_path(tree, str(path), node);
}

static unsigned count_open(void)
{
	DIR *dir = opendir("/proc/self/fd");
	unsigned n = 0;

	cr_assert(dir != NULL);
	while (readdir(dir))
		n++;
	closedir(dir);
	return n;
}

Test(tree, goes_through_no_link_and_no_file)
{
	static const struct {
		const char *path;
		int rc;
		enum jet_type type;
	} rows[] = {
		{ "", 0, JET_TYPE_DIR }, { "d", 0, JET_TYPE_DIR }, { "d/e/f", 0, JET_TYPE_FILE },
		{ "l", 0, JET_TYPE_SYMLINK }, { "d/up", 0, JET_TYPE_SYMLINK }, { "p", 0, JET_TYPE_FIFO },
		{ "l/e", -ENOENT, 0 }, { "d/up/d", -ENOENT, 0 }, { "loop/x", -ENOENT, 0 },
		{ "d/e/f/g", -ENOENT, 0 }, { "none/e", -ENOENT, 0 }, { "d/none", -ENOENT, 0 },
	};
	const struct jet_names *names;

	scratch_tree("d/e/f l>d d/up>.. loop>loop p|");
	/* The second time from what is known, the third from the names. */
	for (int round = 0; round < 3; round++) {
		for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
			struct jet_tree_node *node;

			cr_expect_eq(find(rows[i].path, &node), rows[i].rc, "\"%s\"", rows[i].path);
			if (rows[i].rc == 0)
				cr_expect_eq(node->type, rows[i].type, "\"%s\"", rows[i].path);
		}
		if (round == 1)
			cr_assert_eq(jet_tree_names(tree, jet_tree_root(tree), &names), 0);
	}
}

Test(tree, what_was_seen_is_not_looked_up_again)
{
	struct jet_tree_node *first, *again;
	const struct jet_names *names, *same;

	scratch_tree("d/f l>d");
	cr_assert(find("d/f", &first) == 0 && find("l", &again) == 0);
	cr_assert_eq(jet_tree_target(tree, again), 0);
	cr_expect_str_eq(again->target, "d");
	cr_assert_eq(jet_tree_names(tree, first->parent, &names), 0);
	cr_assert(unlink("d/f") == 0 && unlink("l") == 0 && rmdir("d") == 0);
	cr_expect(find("d/f", &again) == 0 && again == first);
	cr_expect(jet_tree_names(tree, first->parent, &same) == 0 && same == names);
	jet_tree_forget(tree);
	cr_expect_eq(find("d/f", &again), -ENOENT);
}

Test(tree, names_come_sorted_and_lead_to_nodes)
{
	const struct jet_names *names;
	struct jet_tree_node *node, *same;
	struct jet_buf out = { 0 };

	scratch_tree("b a ab A .h d/ l>d \xC3\xA9");
	cr_assert_eq(find("ab", &same), 0);
	cr_assert_eq(jet_tree_names(tree, jet_tree_root(tree), &names), 0);
	for (size_t i = 0; i < names->n; i++) {
		cr_assert_eq(jet_tree_child(tree, jet_tree_root(tree), &names->list[i], &node), 0);
		cr_expect(i != 3 || node == same);
		cr_assert_eq(jet_tree_node_path(node, &out) | jet_buf_byte(&out, ' '), 0);
	}
	cr_assert_eq(jet_buf_terminate(&out), 0);
	cr_expect_str_eq(out.data, ".h A a ab b d l \xC3\xA9 ");
	jet_buf_clear(&out);
	cr_expect_eq(jet_tree_names(tree, same, &names), -ENOENT);
}

Test(tree, deep_and_many_directories_take_few_descriptors)
{
	enum { LEVELS = 600 };
	const unsigned before = count_open();
	struct jet_tree_node *deepest, *node;
	struct jet_buf path = { 0 };
	char name[300];

	memset(name, 'n', 200);
	name[200] = '\0';
	for (int i = 0; i < LEVELS; i++)
		cr_assert(mkdir(name, 0755) == 0 && chdir(name) == 0);
	scratch_tree("f g");
	for (int i = 0; i < LEVELS; i++)
		cr_assert_eq(jet_buf_printf(&path, "%s/", name), 0);
	cr_assert(jet_buf_text(&path, "f") == 0 && jet_buf_terminate(&path) == 0);
	cr_assert_eq(find(path.data, &deepest), 0);
	cr_expect_eq(deepest->depth, LEVELS + 1);
	cr_expect_leq(count_open(), before + 32);
	/* Back up, where all has been closed, and down again. */
	for (node = deepest; node->depth > 10; node = node->parent)
		;
	cr_expect_eq(jet_tree_find(tree, node, str("none"), &node), -ENOENT);
	cr_expect_eq(jet_tree_find(tree, deepest->parent, str("g"), &node), 0);
	cr_expect_leq(count_open(), before + 32);
	jet_tree_forget(tree);
	cr_expect_eq(count_open(), before);
	jet_buf_clear(&path);
}

/* A mark keeps what is older, and what is newer can be found again. */
Test(tree, memory_is_given_back)
{
	const struct jet_names *names;
	struct jet_tree_node *dir, *node;
	uint32_t mark;
	char name[16];

	cr_assert_eq(mkdir("d", 0755), 0);
	for (int i = 0; i < 300; i++) {
		snprintf(name, sizeof(name), "d/%03d", i);
		scratch_file(name, "", 0);
	}
	cr_assert_eq(find("d", &dir), 0);
	mark = jet_tree_count(tree);
	jet_tree_trim(tree, mark);
	for (int round = 0; round < 3; round++) {
		for (int i = 0; i < 300; i++) {
			snprintf(name, sizeof(name), "%03d", (i * 7) % 300);
			cr_assert_eq(jet_tree_find(tree, dir, str(name), &node), 0);
		}
		cr_expect_eq(jet_tree_count(tree), mark + 300);
		jet_tree_trim(tree, mark);
		cr_expect_eq(jet_tree_count(tree), mark + 300, "there is room enough");
		jet_tree_set_limit(tree, 1);
		jet_tree_trim(tree, mark);
		cr_expect_eq(jet_tree_count(tree), mark);
		jet_tree_set_limit(tree, 1 << 20);
		if (round == 1)
			cr_assert_eq(jet_tree_names(tree, dir, &names), 0);
	}
	jet_tree_set_limit(tree, 1);
	jet_tree_trim(tree, 0);
	cr_expect_eq(jet_tree_count(tree), 1);
	/* A directory that was read once can be read again, the root too. */
	for (int round = 0; round < 2; round++) {
		cr_assert(jet_tree_names(tree, jet_tree_root(tree), &names) == 0 && names->n == 1);
		cr_assert(find("d", &dir) == 0 && jet_tree_names(tree, dir, &names) == 0);
		cr_expect_eq(names->n, 300);
		jet_tree_trim(tree, 0);
	}
}

static void ask_locked(struct jet_buf *out, void *arg)
{
	static const char *const paths[] = { "no/x", "list/x", "search/x", "ok/x" };
	struct jet_tree_node *node;
	const struct jet_names *names;

	(void)arg;
	for (size_t i = 0; i < sizeof(paths) / sizeof(paths[0]); i++) {
		const int rc = find(paths[i], &node);

		jet_buf_printf(out, "%s %d ", paths[i], rc == -EACCES ? 1 : rc);
		if (rc < 0)
			jet_buf_printf(out, "of %s ", jet_tree_culprit(tree)->name);
		else
			jet_buf_printf(out, "reads %d ", jet_tree_can_read(tree, node) == -EACCES);
	}
	if (find("no", &node) == 0 && jet_tree_names(tree, node, &names) == -EACCES)
		jet_buf_printf(out, "names of %s", jet_tree_culprit(tree)->name);
}

Test(tree, what_cannot_be_read_has_a_name)
{
	char *got;

	scratch_tree("no/x list/x search/x ok/x");
	cr_assert(chmod("no", 0) == 0 && chmod("list", 0744) == 0 && chmod("search", 0711) == 0 &&
	          chmod("ok/x", 0600) == 0);
	got = scratch_as_nobody(ask_locked, NULL);
	cr_expect_str_eq(got, "no/x 1 of no list/x 1 of list search/x 1 of search ok/x 0 reads 1 names of no",
	                 "%s", got);
	free(got);
}
