/* SPDX-License-Identifier: Apache-2.0 */
#include "unit/scratch.h"

#include <criterion/criterion.h>
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

static char scratch[256];

void scratch_enter(void)
{
	const char *tmp = getenv("TMPDIR");

	snprintf(scratch, sizeof(scratch), "%s/jettison-unit-XXXXXX", tmp && tmp[0] ? tmp : "/tmp");
	umask(022);
	cr_assert(mkdtemp(scratch), "%s: cannot be made", scratch);
	/* scratch_as_nobody() has to get in. */
	cr_assert_eq(chmod(scratch, 0755), 0);
	cr_assert_eq(chdir(scratch), 0);
}

/* ---- removing ----------------------------------------------------------- */

/* The first name in the current directory, or "" when it is empty. */
static void first_name(char name[256])
{
	DIR *dir = opendir(".");
	const struct dirent *entry;

	cr_assert(dir, "a scratch directory cannot be read");
	name[0] = '\0';
	while (!name[0] && (entry = readdir(dir))) {
		if (strcmp(entry->d_name, ".") != 0 && strcmp(entry->d_name, "..") != 0)
			snprintf(name, 256, "%s", entry->d_name);
	}
	closedir(dir);
}

/* Goes down and up by name: a test may have made a path longer than PATH_MAX,
 * with more levels than there are descriptors. */
static void remove_contents(void)
{
	char name[256];
	struct stat st;

	for (first_name(name); name[0]; first_name(name)) {
		cr_assert_eq(lstat(name, &st), 0);
		if (!S_ISDIR(st.st_mode)) {
			cr_assert_eq(unlink(name), 0);
			continue;
		}
		cr_assert(chmod(name, 0700) == 0 && chdir(name) == 0, "%s: cannot be entered", name);
		remove_contents();
		cr_assert(chdir("..") == 0 && rmdir(name) == 0, "%s: cannot be removed", name);
	}
}

void scratch_leave(void)
{
	cr_assert_eq(chdir(scratch), 0);
	remove_contents();
	cr_assert(chdir("/") == 0 && rmdir(scratch) == 0);
}

/* ---- making ------------------------------------------------------------- */

static void make_parents(char *path)
{
	for (char *slash = strchr(path, '/'); slash; slash = strchr(slash + 1, '/')) {
		*slash = '\0';
		cr_assert(mkdir(path, 0755) == 0 || errno == EEXIST, "%s: cannot be made", path);
		*slash = '/';
	}
}

void scratch_file(const char *path, const void *data, size_t len)
{
	int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644);

	cr_assert(fd >= 0, "%s: cannot be made", path);
	cr_assert_eq(write(fd, data, len), (ssize_t)len);
	cr_assert_eq(close(fd), 0);
}

static void make_socket(const char *path)
{
	struct sockaddr_un address = { .sun_family = AF_UNIX };
	int fd = socket(AF_UNIX, SOCK_STREAM, 0);

	snprintf(address.sun_path, sizeof(address.sun_path), "%s", path);
	cr_assert(fd >= 0 && bind(fd, (struct sockaddr *)&address, sizeof(address)) == 0);
	close(fd);
}

static void make_word(char *word)
{
	const size_t at = strcspn(word, "=>:|@");
	const char kind = word[at];
	const char *rest = word + at + (kind != '\0');

	word[at] = '\0';
	make_parents(word);
	if (kind == '=')
		scratch_file(word, rest, strlen(rest));
	else if (kind == '>')
		cr_assert_eq(symlink(rest, word), 0, "%s: cannot be linked", word);
	else if (kind == ':')
		cr_assert_eq(link(rest, word), 0, "%s: cannot be linked", word);
	else if (kind == '|')
		cr_assert_eq(mkfifo(word, 0644), 0);
	else if (kind == '@')
		make_socket(word);
	else if (word[at - 1] != '/')
		scratch_file(word, "x", 1);
}

void scratch_tree(const char *spec)
{
	char *words = strdup(spec);
	char *word = words;

	cr_assert(words);
	while (word && *word) {
		char *space = strchr(word, ' ');

		if (space)
			*space = '\0';
		make_word(word);
		word = space ? space + 1 : NULL;
	}
	free(words);
}

/* ---- another user ------------------------------------------------------- */

enum { NOBODY = 65534 };

static void run_child(scratch_fn fn, void *arg, int fd)
{
	struct jet_buf out = { 0 };
	size_t done = 0;

	/* The user last: without being root no group can be changed. */
	if (geteuid() == 0 && (setgid(NOBODY) != 0 || setuid(NOBODY) != 0))
		_exit(1);
	fn(&out, arg);
	while (done < out.len) {
		ssize_t n = write(fd, out.data + done, out.len - done);

		if (n < 0)
			_exit(1);
		done += (size_t)n;
	}
	_exit(0);
}

char *scratch_as_nobody(scratch_fn fn, void *arg)
{
	struct jet_buf text = { 0 };
	int ends[2], status;
	ssize_t n;
	pid_t child;

	cr_assert_eq(pipe(ends), 0);
	child = fork();
	cr_assert(child >= 0);
	if (child == 0)
		run_child(fn, arg, ends[1]);
	close(ends[1]);
	do {
		cr_assert_eq(jet_buf_reserve(&text, 4096), 0);
		n = read(ends[0], text.data + text.len, 4095);
		text.len += n > 0 ? (size_t)n : 0;
	} while (n > 0);
	close(ends[0]);
	cr_assert_eq(waitpid(child, &status, 0), child);
	cr_assert(WIFEXITED(status) && WEXITSTATUS(status) == 0, "the child failed: %d", status);
	cr_assert_eq(jet_buf_terminate(&text), 0);
	return text.data;
}
