/* SPDX-License-Identifier: Apache-2.0 */
/* floor [-r] TREE - the least that a walk can do: getdents64 and openat, types from
 * the directory, no path, no order, no output but a count.  -r: and reads every file, in
 * blocks, one after the other. */
#define _GNU_SOURCE
#include <dirent.h>
#include <fcntl.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

struct record {
	uint64_t ino;
	int64_t off;
	uint16_t reclen;
	uint8_t type;
	char name[];
};

static int reads;

static void read_file(int dir, const char *name)
{
	static char block[256 * 1024];
	int fd = openat(dir, name, O_RDONLY | O_NOFOLLOW);

	if (fd < 0)
		return;
	while (read(fd, block, sizeof(block)) > 0)
		;
	close(fd);
}

static unsigned long count(int fd)
{
	char *names = NULL;
	size_t len = 0, capacity = 0;
	unsigned long n = 0;
	char block[32768];
	long got;

	while ((got = syscall(SYS_getdents64, fd, block, sizeof(block))) > 0) {
		for (long at = 0; at < got;) {
			const struct record *r = (const void *)(block + at);
			const size_t size = strlen(r->name) + 1;

			at += r->reclen;
			if (!strcmp(r->name, ".") || !strcmp(r->name, ".."))
				continue;
			n++;
			if (reads && r->type == DT_REG)
				read_file(fd, r->name);
			if (r->type != DT_DIR)
				continue;
			if (len + size > capacity) {
				capacity = (len + size) * 2;
				names = realloc(names, capacity);
				if (!names)
					abort();
			}
			memcpy(names + len, r->name, size);
			len += size;
		}
	}
	for (size_t at = 0; at < len; at += strlen(names + at) + 1) {
		int child = openat(fd, names + at, O_RDONLY | O_DIRECTORY | O_NOFOLLOW);

		if (child >= 0) {
			n += count(child);
			close(child);
		}
	}
	free(names);
	return n;
}

int main(int argc, char **argv)
{
	int fd;

	reads = argc > 2 && !strcmp(argv[1], "-r");
	fd = argc > 1 + reads ? open(argv[1 + reads], O_RDONLY | O_DIRECTORY) : -1;

	if (fd < 0) {
		perror("floor");
		return 2;
	}
	printf("%lu\n", count(fd));
	return 0;
}
