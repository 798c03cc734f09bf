/* SPDX-License-Identifier: Apache-2.0 */
#include "cli/output.h"

#include "base/buf.h"
#include "base/error.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <limits.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { BUFFER_BYTES = 128 * 1024 };

/* ---- signals ------------------------------------------------------------ */

/* The name to remove when a signal ends the program.  A handler gets no
 * argument, so this is the one variable that cannot live on a stack. */
static char *volatile unfinished;

/* A directory takes more than a handler may do: then it is only remembered. */
static volatile sig_atomic_t deferred, arrived;

static void on_signal(int number)
{
	char *name = unfinished;

	if (deferred) {
		arrived = number;
		return;
	}
	if (name)
		unlink(name);
	_exit(128 + number);
}

static void catch_signal(int number)
{
	struct sigaction old, action = { 0 };

	/* What the parent ignores (nohup) stays ignored. */
	if (sigaction(number, NULL, &old) != 0 || old.sa_handler == SIG_IGN)
		return;
	action.sa_handler = on_signal;
	sigemptyset(&action.sa_mask);
	sigaction(number, &action, NULL);
}

void jet_output_defer_signals(void)
{
	deferred = 1;
}

int jet_output_signal(void)
{
	return arrived;
}

void jet_output_prepare(void)
{
	struct sigaction ignore = { 0 };

	/* A missing standard descriptor would be given to the next file that is
	 * opened, and results or messages would land there.  Opened the wrong way
	 * round, so that using it fails as it does when closed. */
	for (int fd = 0; fd <= 2; fd++) {
		if (fcntl(fd, F_GETFD) < 0 && open("/dev/null", fd ? O_RDONLY : O_WRONLY) < 0)
			_exit(2);
	}
	ignore.sa_handler = SIG_IGN;
	sigemptyset(&ignore.sa_mask);
	sigaction(SIGPIPE, &ignore, NULL);
	/* A limit on the size of files is a write that fails. */
	sigaction(SIGXFSZ, &ignore, NULL);
	catch_signal(SIGINT);
	catch_signal(SIGTERM);
	catch_signal(SIGHUP);
}

/* ---- opening ------------------------------------------------------------ */

static void remember(struct jet_output *out)
{
	struct stat st;

	/* A device has no contents that could be listed by mistake. */
	if (fstat(out->fd, &st) == 0 && S_ISREG(st.st_mode)) {
		out->dev = st.st_dev;
		out->ino = st.st_ino;
	}
}

static int open_temp(struct jet_output *out, struct jet_error *err)
{
	struct jet_buf name = { 0 };

	for (unsigned i = 0; i < 100; i++) {
		name.len = 0;
		if (jet_buf_printf(&name, "%s.%ld-%u.partial", out->path, (long)getpid(), i) < 0 ||
		    jet_buf_terminate(&name) < 0) {
			jet_buf_clear(&name);
			return jet_fail_nomem(err);
		}
		out->temp = name.data;
		unfinished = out->temp;
		out->fd = open(out->temp, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
		if (out->fd >= 0)
			return 0;
		/* Somebody else's file must not be removed. */
		unfinished = NULL;
		if (errno != EEXIST)
			break;
	}
	return jet_fail_errno(err, JET_E_IO, errno, out->name,
	                      out->has_old ? "cannot create a file beside it" : "cannot create");
}

/* An existing file is replaced, through a link at the end of the name too; what
 * is no regular file is written as it is. */
static int open_named(struct jet_output *out, const char *path, struct jet_error *err)
{
	struct stat st;

	out->name = path;
	if (stat(path, &st) == 0 && S_ISDIR(st.st_mode))
		return jet_fail_errno(err, JET_E_IO, EISDIR, path, "cannot create");
	if (stat(path, &st) == 0 && !S_ISREG(st.st_mode)) {
		out->fd = open(path, O_WRONLY | O_CLOEXEC);
		if (out->fd < 0)
			return jet_fail_errno(err, JET_E_IO, errno, path, "cannot write");
		return 0;
	}
	out->path = realpath(path, NULL);
	if (out->path) {
		out->has_old = true;
		out->old_dev = st.st_dev;
		out->old_ino = st.st_ino;
	} else {
		out->path = strdup(path);
	}
	if (!out->path)
		return jet_fail_nomem(err);
	return open_temp(out, err);
}

int jet_output_open(struct jet_output *out, const char *path, struct jet_error *err)
{
	int rc = 0;

	memset(out, 0, sizeof(*out));
	out->fd = STDOUT_FILENO;
	out->name = "standard output";
	out->buffer = malloc(BUFFER_BYTES);
	if (!out->buffer)
		return jet_fail_nomem(err);
	if (path && strcmp(path, "-") != 0)
		rc = open_named(out, path, err);
	if (rc == 0)
		remember(out);
	else
		jet_output_discard(out);
	return rc;
}

bool jet_output_is(const struct jet_output *out, uint64_t dev, uint64_t ino)
{
	return (out->ino && out->dev == dev && out->ino == ino) ||
	       (out->has_old && out->old_dev == dev && out->old_ino == ino);
}

bool jet_output_is_temp(const struct jet_output *out, uint64_t dev, uint64_t ino)
{
	return out->temp && out->ino && out->dev == dev && out->ino == ino;
}

/* ---- writing ------------------------------------------------------------ */

static int write_all(struct jet_output *out, const char *data, size_t len)
{
	while (len) {
		ssize_t n = write(out->fd, data, len);

		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0) {
			out->closed = errno == EPIPE;
			jet_fail_errno(&out->err, JET_E_WRITE, errno, out->name, "cannot write");
			return -1;
		}
		data += n;
		len -= (size_t)n;
	}
	return 0;
}

int jet_output_flush(struct jet_output *out)
{
	size_t len = out->len;

	out->len = 0;
	return write_all(out, out->buffer, len);
}

int jet_output_write(void *ctx, const void *data, size_t len)
{
	struct jet_output *out = ctx;

	if (out->err.code)
		return -1;
	if (len > BUFFER_BYTES - out->len && jet_output_flush(out) < 0)
		return -1;
	if (len >= BUFFER_BYTES)
		return write_all(out, data, len);
	if (len)
		memcpy(out->buffer + out->len, data, len);
	out->len += len;
	return 0;
}

static void release(struct jet_output *out)
{
	free(out->path);
	free(out->temp);
	free(out->buffer);
	memset(out, 0, offsetof(struct jet_output, err));
	out->fd = -1;
}

/* Some file systems report a full disk only when the file is closed. */
static int finish_file(struct jet_output *out)
{
	int fd = out->fd;

	out->fd = -1;
	if (close(fd) != 0)
		return jet_fail_errno(&out->err, JET_E_WRITE, errno, out->name, "cannot write");
	if (rename(out->temp, out->path) != 0)
		return jet_fail_errno(&out->err, JET_E_IO, errno, out->name, "cannot rename to");
	unfinished = NULL;
	free(out->temp);
	out->temp = NULL;
	return 0;
}

int jet_output_commit(struct jet_output *out)
{
	const bool ok = !out->err.code && jet_output_flush(out) == 0;
	const bool quiet = !ok && out->closed;

	if (ok && out->path)
		finish_file(out);
	jet_output_discard(out);
	if (quiet)
		memset(&out->err, 0, sizeof(out->err));
	return out->err.code;
}

void jet_output_discard(struct jet_output *out)
{
	if (!out->buffer)
		return;
	if (out->fd > STDERR_FILENO)
		close(out->fd);
	if (out->temp && unfinished == out->temp)
		unlink(out->temp);
	unfinished = NULL;
	release(out);
}
