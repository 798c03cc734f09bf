/* SPDX-License-Identifier: Apache-2.0 */
#include "context/cache_files.h"

#include "base/buf.h"
#include "base/os.h"
#include "base/str.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { BLOCK = 256 * 1024 };

int jet_cache_make_dir(const char *dir)
{
	char *path = jet_concat(dir, "/", "");

	if (!path)
		return ENOMEM;
	for (char *slash = strchr(path + 1, '/'); slash; slash = strchr(slash + 1, '/')) {
		*slash = '\0';
		if (mkdir(path, 0700) < 0 && errno != EEXIST) {
			const int error = errno;

			free(path);
			return error;
		}
		*slash = '/';
	}
	free(path);
	return 0;
}

int jet_cache_guard(const char *dir, short type)
{
	struct flock lock = { .l_type = type, .l_whence = SEEK_SET };
	char *path = jet_concat(dir, "/", "guard");
	int fd = path ? open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0600) : -1;
	int error = path ? errno : ENOMEM;

	free(path);
	if (fd < 0)
		return -error;
	while (fcntl(fd, F_SETLKW, &lock) < 0) {
		error = errno;
		if (error == EINTR)
			continue;
		close(fd);
		return -error;
	}
	return fd;
}

static int remove_in(const char *dir, const char *name)
{
	char *path = jet_concat(dir, "/", name);
	const int error = !path ? ENOMEM : unlink(path) < 0 && errno != ENOENT ? errno : 0;

	free(path);
	return error;
}

/* LMDB's files, and then their directory. */
static int remove_env(const char *dir)
{
	int error = remove_in(dir, "data.mdb");

	if (!error)
		error = remove_in(dir, "lock.mdb");
	if (!error && rmdir(dir) < 0)
		error = errno;
	return error;
}

static bool is_old(const char *name)
{
	const char *number = name + 4;

	return strncmp(name, "old.", 4) == 0 && *number &&
	       strspn(number, "0123456789") == strlen(number);
}

/* What a run left that was ended while it took a database away. */
static void remove_left(const char *parent)
{
	DIR *dir = opendir(parent);
	struct dirent *entry;

	while (dir && (entry = readdir(dir)) != NULL) {
		char *path = is_old(entry->d_name) ? jet_concat(parent, "/", entry->d_name) : NULL;

		if (path)
			remove_env(path);
		free(path);
	}
	if (dir)
		closedir(dir);
}

int jet_cache_take_away(const char *dir, const char *hashes)
{
	char suffix[40], *away;
	int error = 0;

	remove_left(dir);
	snprintf(suffix, sizeof(suffix), "old.%ld", (long)getpid());
	away = jet_concat(dir, "/", suffix);
	if (!away)
		return ENOMEM;
	if (rename(hashes, away) < 0) {
		error = errno == ENOENT ? 0 : errno;
	} else {
		error = remove_env(away);
		if (error && rename(away, hashes) == 0 && (error == ENOTEMPTY || error == EEXIST))
			error = 0;
	}
	free(away);
	return error;
}

int jet_cache_is_guarded(const char *dir)
{
	char *path = jet_concat(dir, "/", "guard");
	struct stat st;
	const int error = !path ? ENOMEM : lstat(path, &st) < 0 ? errno : 0;

	free(path);
	if (error)
		return error;
	return S_ISREG(st.st_mode) && !st.st_size ? 0 : ENOENT;
}

/* ---- copying ------------------------------------------------------------ */

/* @most: a file of more is none of ours. */
static int copy_file(int from, int to, size_t most)
{
	char *block = malloc(BLOCK);
	int error = block ? 0 : ENOMEM;
	off_t at = 0;
	ssize_t n = 1;

	while (!error && n) {
		n = pread(from, block, BLOCK, at);
		if (n < 0)
			error = errno == EINTR ? 0 : errno;
		errno = ENOSPC; /* if not all of it is taken */
		if (n > 0 && pwrite(to, block, (size_t)n, at) != n)
			error = errno;
		at += n > 0 ? n : 0;
		if (!error && (size_t)at > most)
			error = EFBIG;
	}
	free(block);
	return error;
}

int jet_cache_copy(const char *hashes, size_t most)
{
	char *path = jet_concat(hashes, "/", "data.mdb");
	int from = path ? open(path, O_RDONLY | O_CLOEXEC) : -1;
	int error = from >= 0 ? 0 : path ? errno : ENOMEM;
	const char *dir = getenv("TMPDIR");
	int to = error ? -error : jet_os_temporary(dir && dir[0] ? dir : "/tmp");

	free(path);
	if (to >= 0) {
		error = copy_file(from, to, most);
		if (error) {
			close(to);
			to = -error;
		}
	}
	if (from >= 0)
		close(from);
	return to;
}
