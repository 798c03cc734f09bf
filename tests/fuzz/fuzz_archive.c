/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Archives as contexts.  Whatever is in one, its walk is in order, every path leads back
 * to where it is, contents lie in the spool, and nothing is there that no path leads to.
 */
#include "context/archive_private.h"
#include "fuzz.h"

#include "base/path.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static void check_content(struct jet_walk *walk, const struct jet_entry *e,
                          const struct jet_archive *a)
{
	uint64_t offset;
	int fd;

	if (jet_walk_read(walk, &fd, &offset, NULL) < 0)
		fuzz_fail("\"%s\" cannot be opened", e->path);
	close(fd);
	if (offset > a->spooled || e->size > a->spooled - offset)
		fuzz_fail("\"%s\" is behind the end", e->path);
}

static void check_entry(struct jet_walk *walk, const struct jet_entry *e,
                        const struct jet_archive *a)
{
	struct jet_os_stat st;
	char *real;

	if (!jet_path_is_plain(e->path, e->path_len) || e->error)
		fuzz_fail("path \"%s\"", e->path);
	if (jet_archive_look(a, e->path, false, &st) < 0 || st.ino != e->ino)
		fuzz_fail("\"%s\" is not where it is", e->path);
	if (e->type == JET_TYPE_FILE)
		check_content(walk, e, a);
	real = jet_archive_realpath(a, e->path);
	if (e->type != JET_TYPE_SYMLINK && (!real || strcmp(real + 1, e->path) != 0))
		fuzz_fail("\"%s\" leads to \"%s\"", e->path, real ? real : "nothing");
	if (real && (jet_archive_look(a, real, true, &st) < 0 || st.type == JET_TYPE_SYMLINK))
		fuzz_fail("\"%s\" leads to \"%s\", which is not there", e->path, real);
	free(real);
}

static uint64_t walk_all(const struct jet_archive *a)
{
	struct jet_walk_options options = { .flags = JET_WALK_HARDLINKS, .archive = a };
	struct jet_walk_counts counts;
	const struct jet_entry *e;
	struct jet_error err = { 0 };
	struct jet_walk *walk;
	int rc = jet_walk_open(".", &options, &walk, &err);

	if (rc == 0) {
		while ((rc = jet_walk_next(walk, &e, &err)) == 1)
			check_entry(walk, e, a);
	}
	if (rc < 0)
		fuzz_fail("the walk fails: %s", err.message);
	counts = jet_walk_counts(walk);
	jet_walk_close(walk);
	return counts.files + counts.dirs;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct jet_input in = { 0 };
	struct jet_error err = { 0 };
	struct jet_archive *a;
	uint64_t reachable = 0;
	int rc;

	if (jet_input_memory(&in, data, size, "a") < 0)
		abort();
	rc = jet_archive_read(&in, "/tmp", &a, &err);
	jet_input_close(&in);
	if (rc < 0) {
		if (err.code != rc || !err.message[0] || a)
			fuzz_fail("failure %d without a message", rc);
		return 0;
	}
	for (uint32_t i = 1; i < a->nnames; i++)
		reachable += a->names[i].inode != JET_ARCHIVE_NONE;
	if (walk_all(a) != reachable)
		fuzz_fail("%llu names, but the walk has others", (unsigned long long)reachable);
	jet_archive_close(a);
	return 0;
}
