/* SPDX-License-Identifier: Apache-2.0 */
#include "context/frames.h"

#include "unit/scratch.h"

#include <criterion/criterion.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static int compare(const void *a, const void *b)
{
	return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* Sorts copies of @names both ways. */
static void check_sorting(char **names, size_t n, const char *what)
{
	struct jet_frames f = { 0 };

	cr_assert_eq(jet_frames_push(&f, open("/", O_RDONLY | O_CLOEXEC), 0), 0);
	for (size_t i = 0; i < n; i++) {
		struct jet_record *r = jet_frames_add(&f, names[i], strlen(names[i]));

		cr_assert(r && r->len == strlen(names[i]));
	}
	jet_frames_sort(&f);
	qsort(names, n, sizeof(*names), compare);
	cr_assert_eq(jet_frames_top(&f)->end - jet_frames_top(&f)->first, n);
	for (size_t i = 0; i < n; i++)
		cr_assert_str_eq(f.names.data + f.records[i].name, names[i], "%s: place %zu of %zu",
		                 what, i, n);
	jet_frames_clear(&f);
}

/* A number of no quality, the same in every run. */
static uint32_t next(uint32_t *state)
{
	*state = *state * 1664525 + 1013904223;
	return *state >> 8;
}

/* @kind: how name @i of @n is made. */
static void make_name(char *name, int kind, uint32_t i, uint32_t n, uint32_t *state)
{
	static const char bytes[] = "a/b.-\x01\x7F\x80\xFF Z";
	uint32_t len;

	switch (kind) {
	case 0: /* ascending */
		sprintf(name, "%08u", i);
		return;
	case 1: /* descending */
		sprintf(name, "%08u", n - i);
		return;
	case 2: /* an organ pipe, which is hard for a middle of three */
		sprintf(name, "%08u-%u", i < n / 2 ? i : n - i, i);
		return;
	case 3: /* alike in the first eight bytes */
		sprintf(name, "prefix--%u", next(state));
		return;
	default:
		len = next(state) % 20 + 1;
		for (uint32_t k = 0; k < len; k++)
			name[k] = bytes[next(state) % (sizeof(bytes) - 1)];
		sprintf(name + len, "%u", i); /* no name comes twice */
	}
}

Test(frames, names_are_sorted_by_their_bytes)
{
	static const uint32_t sizes[] = { 0, 1, 2, 16, 17, 100, 3000 };
	uint32_t state = 1;

	for (int kind = 0; kind < 5; kind++) {
		for (size_t k = 0; k < sizeof(sizes) / sizeof(sizes[0]); k++) {
			static char room[3000][40];
			static char *names[3000];
			char what[32];

			for (uint32_t i = 0; i < sizes[k]; i++) {
				make_name(room[i], kind, i, sizes[k], &state);
				names[i] = room[i];
			}
			snprintf(what, sizeof(what), "kind %d", kind);
			check_sorting(names, sizes[k], what);
		}
	}
}

Test(frames, a_hostile_order_of_names_is_sorted_too)
{
	/* Puts what quicksort picks at the worst place: middle of three of a run
	 * that was made for it, so that the heap takes over. */
	enum { N = 4000 };
	static char room[N][16];
	static char *names[N];
	static uint32_t value[N];

	for (uint32_t i = 0; i < N; i++)
		value[i] = i;
	for (uint32_t i = N - 1; i > 1; i--) {
		uint32_t swap = value[i / 2];

		value[i / 2] = value[i - 1];
		value[i - 1] = swap;
	}
	for (uint32_t i = 0; i < N; i++) {
		snprintf(room[i], sizeof(room[i]), "%06u", value[i]);
		names[i] = room[i];
	}
	check_sorting(names, N, "hostile");
}

/* ---- the stack ---------------------------------------------------------- */

enum { LEVELS = 200 }; /* many more than are kept open */

/* Goes down @levels directories called "d". */
static void descend(struct jet_frames *f, int levels)
{
	cr_assert_eq(jet_frames_push(f, jet_os_open_root("."), 0), 0);
	for (int i = 0; i < levels; i++) {
		int fd = jet_os_open_dir(jet_frames_top(f)->fd, "d");

		cr_assert(fd >= 0, "level %d", i);
		cr_assert_eq(jet_frames_push(f, fd, 2 * (size_t)i + 1), 0);
		cr_assert(jet_frames_add(f, "x", 1) && jet_frames_add(f, "y", 1));
	}
}

static void make_levels(void)
{
	int here = open(".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);

	for (int i = 0; i < LEVELS; i++)
		cr_assert(mkdir("d", 0755) == 0 && chdir("d") == 0);
	cr_assert(fchdir(here) == 0 && close(here) == 0);
}

static int count_open(void)
{
	int n = 0;

	for (int fd = 3; fd < 1024; fd++)
		n += fcntl(fd, F_GETFD) >= 0;
	return n;
}

Test(frames, few_descriptors_are_open_and_closed_ones_come_back, .init = scratch_enter,
     .fini = scratch_leave)
{
	const int before = count_open();
	struct jet_frames f = { 0 };
	struct stat root, st;

	make_levels();
	descend(&f, LEVELS);
	cr_expect(count_open() - before < LEVELS / 2, "%d are open", count_open() - before);
	cr_expect_eq(f.dirs[0].fd, -1);
	for (size_t i = LEVELS; i > 0; i--) {
		cr_assert_eq(f.n, i + 1);
		cr_assert_eq(f.nrecords, 2 * i);
		cr_assert_eq(jet_frames_pop(&f), 0, "level %zu", i);
		cr_assert(jet_frames_top(&f)->fd >= 0);
	}
	cr_assert(stat(".", &root) == 0 && fstat(f.dirs[0].fd, &st) == 0);
	cr_expect(root.st_ino == st.st_ino && root.st_dev == st.st_dev);
	jet_frames_clear(&f);
	cr_expect_eq(count_open(), before);
}

Test(frames, a_directory_that_was_moved_does_not_lead_elsewhere, .init = scratch_enter,
     .fini = scratch_leave)
{
	struct jet_frames f = { 0 };
	int rc = 0;

	make_levels();
	cr_assert_eq(mkdir("elsewhere", 0755), 0);
	descend(&f, LEVELS);
	cr_assert_eq(rename("d/d/d/d/d", "elsewhere/d"), 0);
	while (rc == 0 && f.n > 1)
		rc = jet_frames_pop(&f);
	cr_expect_eq(rc, -ESTALE);
	cr_expect_eq(f.n, 5, "%zu", f.n);
	jet_frames_clear(&f);
}

Test(frames, what_a_directory_is_is_remembered, .init = scratch_enter, .fini = scratch_leave)
{
	struct jet_frames f = { 0 };
	struct stat st;

	cr_assert_eq(chmod(".", 0751), 0);
	cr_assert_eq(stat(".", &st), 0);
	cr_assert_eq(jet_frames_push(&f, jet_os_open_root("."), 0), 0);
	cr_assert_eq(jet_frames_stat(&f, 0), 0);
	cr_expect_eq(f.dirs[0].st.mode, 0751);
	cr_assert_eq(chmod(".", 0755), 0);
	cr_assert_eq(jet_frames_stat(&f, 0), 0);
	cr_expect_eq(f.dirs[0].st.mode, 0751);
	jet_frames_clear(&f);
}

/* ---- opened later ------------------------------------------------------- */

/* Goes down @levels directories called "d" whose names are known. */
static void descend_later(struct jet_frames *f, int levels)
{
	cr_assert_eq(jet_frames_push(f, jet_os_open_root("."), 0), 0);
	for (int i = 0; i < levels; i++) {
		cr_assert(jet_frames_add(f, "d", 1) != NULL);
		jet_frames_top(f)->next++;
		cr_assert_eq(jet_frames_push(f, -1, 2 * (size_t)i + 1), 0);
	}
}

Test(frames, nobody_opens_what_nobody_wants, .init = scratch_enter, .fini = scratch_leave)
{
	const int before = count_open();
	struct jet_frames f = { 0 };

	/* There is no directory "d" at all. */
	descend_later(&f, LEVELS);
	cr_expect_eq(count_open(), before + 1);
	cr_expect_eq(jet_frames_fd(&f), -ENOENT);
	cr_expect_eq(jet_frames_stat(&f, 1), -ENOENT);
	cr_expect_eq(jet_frames_stat(&f, 0), 0);
	while (f.n > 1)
		cr_assert_eq(jet_frames_pop(&f), 0);
	cr_expect(jet_frames_fd(&f) >= 0);
	jet_frames_clear(&f);
	cr_expect_eq(count_open(), before);
}

Test(frames, what_is_wanted_is_opened_with_what_is_above, .init = scratch_enter,
     .fini = scratch_leave)
{
	const int before = count_open();
	struct jet_frames f = { 0 };
	struct jet_os_stat st;
	struct stat deepest;
	char path[2 * LEVELS + 1];

	make_levels();
	for (int i = 0; i < LEVELS; i++)
		memcpy(path + 2 * i, "d/", 3);
	cr_assert_eq(stat(path, &deepest), 0);
	descend_later(&f, LEVELS);
	cr_assert_eq(jet_frames_stat(&f, 1), 0);
	cr_expect_eq(count_open(), before + 2);
	cr_assert(jet_os_fstat(jet_frames_fd(&f), &st) == 0 && st.ino == deepest.st_ino);
	cr_expect(count_open() - before < LEVELS / 2, "%d are open", count_open() - before);
	for (size_t i = LEVELS; i > 0; i--) {
		cr_assert_eq(jet_frames_pop(&f), 0, "level %zu", i);
		cr_assert(jet_frames_fd(&f) >= 0);
	}
	/* And once more, half of it. */
	cr_assert_eq(jet_frames_push(&f, -1, 1), 0);
	cr_expect(jet_frames_fd(&f) >= 0);
	jet_frames_clear(&f);
	cr_expect_eq(count_open(), before);
}
