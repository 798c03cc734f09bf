/* SPDX-License-Identifier: Apache-2.0 */
#include "base/file.h"

#include "unit/scratch.h"

#include <criterion/criterion.h>
#include <errno.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

TestSuite(file, .init = scratch_enter, .fini = scratch_leave);

Test(file, opens_what_can_be_read)
{
	static const struct {
		const char *path, *message; /* NULL: it opens */
		int sys_errno;
	} rows[] = {
		{ "f", NULL, 0 }, { "l", NULL, 0 }, { "/dev/null", NULL, 0 }, { "null", NULL, 0 },
		{ "none", "cannot read the thing: no such file or directory", ENOENT },
		{ "d", "cannot read the thing: is a directory", EISDIR },
		{ "p", "cannot read the thing: it is no regular file", 0 },
		{ "dang", "cannot read the thing: no such file or directory", ENOENT },
		{ "f/x", "cannot read the thing: not a directory", ENOTDIR },
	};

	scratch_tree("f d/ p| l>f null>/dev/null dang>none");
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct jet_error err = { 0 };
		int fd = jet_file_open(rows[i].path, JET_FILE_FOUND, "the thing", &err);

		if (fd >= 0)
			close(fd);
		cr_expect_eq(fd < 0 ? fd : 0, rows[i].message ? JET_E_IO : 0, "%s", rows[i].path);
		if (!rows[i].message)
			continue;
		cr_expect_str_eq(err.message, rows[i].message, "%s: %s", rows[i].path, err.message);
		cr_expect_str_eq(err.file, rows[i].path);
		cr_expect_eq(err.sys_errno, rows[i].sys_errno, "%s", rows[i].path);
	}
}

Test(file, reads_up_to_a_limit)
{
	static char bytes[200000];
	static const struct {
		size_t len, max;
		bool good;
	} rows[] = {
		{ 0, 0, true }, { 1, 1, true }, { 2, 1, false }, { 65536, 65536, true },
		{ 200000, 200000, true }, { 200000, 199999, false },
	};

	memset(bytes, 'x', sizeof(bytes));
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct jet_error err = { 0 };
		struct jet_buf data = { 0 };
		int rc;

		scratch_file("f", bytes, rows[i].len);
		rc = jet_file_load("f", JET_FILE_FOUND, "the thing", rows[i].max, &data, &err);
		cr_expect_eq(rc, rows[i].good ? 0 : JET_E_IO, "row %zu: %d", i, rc);
		if (rows[i].good)
			cr_expect(data.len == rows[i].len && (!data.len || !memcmp(data.data, bytes,
										   data.len)), "row %zu", i);
		else
			cr_expect_str_eq(err.message, "more than 0 MiB: this is not the thing");
		jet_buf_clear(&data);
	}
}
