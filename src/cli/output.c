/* SPDX-License-Identifier: Apache-2.0 */
#include "cli/output.h"

#include "base/buf.h"
#include "base/error.h"
#include "base/os.h"
#include "base/path.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <limits.h>
#include <pthread.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { BUFFER_BYTES = 128 * 1024 };

/* ---- signals ------------------------------------------------------------ */

/* The names to remove when a signal ends the program: an archive and its manifest.  A
 * handler gets no argument, so this is the one variable that cannot live on a stack. */
enum { UNFINISHED = 2 };
static char *volatile unfinished[UNFINISHED];

/* Puts @to where @from is; NULL is a free place. */
static void remember_name(char *from, char *to)
{
	for (int i = 0; i < UNFINISHED; i++) {
		if (unfinished[i] == from) {
			unfinished[i] = to;
			return;
		}
	}
}

static bool is_remembered(const char *name)
{
	return unfinished[0] == name || unfinished[1] == name;
}

/* A directory takes more than a handler may do: then it is only remembered. */
static volatile sig_atomic_t deferred, arrived;

/* Who gets it too. */
static volatile pid_t follower;

/* What a handler may do: text into a buffer, and that to standard error in one write. */
struct line {
	char text[160];
	size_t len;
};

static void add(struct line *line, const char *text)
{
	while (*text && line->len < sizeof(line->text))
		line->text[line->len++] = *text++;
}

static const char *name_of(int number)
{
	switch (number) {
	case SIGHUP:
		return "SIGHUP";
	case SIGINT:
		return "SIGINT";
	case SIGQUIT:
		return "SIGQUIT";
	default:
		return "SIGTERM";
	}
}

/* Says so, and dies of it: only then does a shell know that its script was interrupted,
 * too. */
_Noreturn static void die(int number, const char *what_is_left)
{
	struct sigaction usual = { 0 };
	struct line line = { .len = 0 };
	sigset_t set;

	add(&line, "jettison: ended by ");
	add(&line, name_of(number));
	add(&line, what_is_left);
	add(&line, "\n");
	/* Where that cannot be written there is nobody to be told. */
	if (write(STDERR_FILENO, line.text, line.len) < 0)
		line.len = 0;
	usual.sa_handler = SIG_DFL;
	sigemptyset(&usual.sa_mask);
	sigaction(number, &usual, NULL);
	sigemptyset(&set);
	sigaddset(&set, number);
	pthread_sigmask(SIG_UNBLOCK, &set, NULL);
	raise(number);
	_exit(128 + number);
}

/* POSIX: codes up to 0 are of signals that a process sent.  The terminal's go to all
 * that are in the foreground, and twice would be one too many: builders give up at
 * once when they are interrupted again. */
static void on_signal(int number, siginfo_t *info, void *context)
{
	const int saved = errno;
	bool any = false;

	(void)context;
	if (deferred) {
		arrived = number;
		if (follower > 0 && info->si_code <= 0)
			kill(follower, number);
		errno = saved;
		return;
	}
	for (int i = 0; i < UNFINISHED; i++) {
		any |= unfinished[i] && unlink(unfinished[i]) == 0;
	}
	die(number, any ? ": what was begun is removed" : ": the output is not complete");
}

static void catch_signal(int number)
{
	struct sigaction old, action = { 0 };

	/* What the parent ignores (nohup) stays ignored. */
	if (sigaction(number, NULL, &old) != 0 || old.sa_handler == SIG_IGN)
		return;
	action.sa_sigaction = on_signal;
	action.sa_flags = SA_SIGINFO;
	sigemptyset(&action.sa_mask);
	sigaction(number, &action, NULL);
}

void jet_output_defer_signals(void)
{
	deferred = 1;
}

void jet_output_forward_signals(pid_t pid)
{
	if (pid)
		deferred = 1;
	follower = pid;
}

void jet_output_die(void)
{
	die(arrived, ": what was begun is removed");
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
	catch_signal(SIGQUIT);
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

/* Whoever could not read the old file cannot read the new one, not even while it is
 * written.  Where the owner or the group cannot be kept, the group gets no more than
 * all others had. */
static int keep_mode(int fd, const struct stat *old)
{
	mode_t mode = old->st_mode & 0777;
	struct stat now;

	if (fstat(fd, &now) != 0)
		return -1;
	if ((now.st_uid != old->st_uid || now.st_gid != old->st_gid) &&
	    fchown(fd, old->st_uid, old->st_gid) != 0)
		mode &= ~(mode_t)070 | (mode << 3 & 070);
	return fchmod(fd, mode);
}

static int open_temp(struct jet_output *out, const struct stat *old, struct jet_error *err)
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
		remember_name(NULL, out->temp);
		out->fd = open(out->temp, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, old ? 0600 : 0666);
		if (out->fd >= 0 && old && keep_mode(out->fd, old) != 0)
			return jet_fail_errno(err, JET_E_IO, errno, out->name, "cannot keep its mode");
		if (out->fd >= 0)
			return 0;
		/* Somebody else's file must not be removed. */
		remember_name(out->temp, NULL);
		if (errno != EEXIST)
			break;
	}
	return jet_fail_errno(err, JET_E_IO, errno, out->name,
	                      out->has_old ? "cannot create a file beside it" : "cannot create");
}

/* Names of what is open already.  Opened anew, a file there would be written from its
 * beginning, or replaced behind the back of whoever opened it. */
static int descriptor_of(const char *path)
{
	static const char *const dirs[] = { "/dev/fd/", "/proc/self/fd/" };

	if (strcmp(path, "/dev/stdout") == 0)
		return STDOUT_FILENO;
	if (strcmp(path, "/dev/stderr") == 0)
		return STDERR_FILENO;
	for (size_t i = 0; i < sizeof(dirs) / sizeof(dirs[0]); i++) {
		const size_t n = strlen(dirs[i]);
		char *end;
		long fd;

		if (strncmp(path, dirs[i], n) != 0 || path[n] < '0' || path[n] > '9')
			continue;
		fd = strtol(path + n, &end, 10);
		if (!*end && fd <= INT_MAX)
			return (int)fd;
	}
	return -1;
}

enum { MAX_LINKS = 40 };

static int read_link(const char *path, struct jet_buf *target)
{
	target->len = 0;
	for (;;) {
		ssize_t n;

		if (jet_buf_reserve(target, 256) < 0) {
			errno = ENOMEM;
			return -1;
		}
		n = readlink(path, target->data, target->capacity);
		if (n < 0)
			return -1;
		target->len = (size_t)n;
		if (target->len < target->capacity)
			return 0;
		/* There may be more of it. */
	}
}

/* A target is seen from where its link is. */
static char *beside(const char *path, const struct jet_buf *target)
{
	const char *slash = strrchr(path, '/');
	struct jet_buf whole = { 0 };

	if ((target->len && target->data[0] != '/' && slash &&
	     jet_buf_append(&whole, path, (size_t)(slash - path) + 1) < 0) ||
	    jet_buf_append(&whole, target->data, target->len) < 0 || jet_buf_terminate(&whole) < 0) {
		jet_buf_clear(&whole);
		return NULL;
	}
	return whole.data;
}

/* The name that is left when links at the end of @path are followed, also that of a
 * file that is not there yet.  NULL with errno. */
static char *follow(const char *path)
{
	char *name = strdup(path);
	struct jet_buf target = { 0 };
	struct stat st;

	for (int i = 0; name && lstat(name, &st) == 0 && S_ISLNK(st.st_mode); i++) {
		char *next = NULL;

		errno = ELOOP;
		if (i < MAX_LINKS && read_link(name, &target) == 0) {
			next = beside(name, &target);
			errno = next ? 0 : ENOMEM;
		}
		free(name);
		name = next;
	}
	jet_buf_clear(&target);
	return name;
}

/* An existing file is replaced, through a link at the end of the name too; what
 * is no regular file is written as it is. */
static int open_named(struct jet_output *out, const char *path, struct jet_error *err)
{
	const int fd = descriptor_of(path);
	struct stat st;

	out->name = path;
	if (fd >= 0) {
		out->fd = fd > STDERR_FILENO ? fcntl(fd, F_DUPFD_CLOEXEC, STDERR_FILENO + 1) : fd;
		return out->fd < 0 ? jet_fail_errno(err, JET_E_IO, errno, path, "cannot write") : 0;
	}
	out->has_old = stat(path, &st) == 0;
	if (out->has_old && S_ISDIR(st.st_mode))
		return jet_fail_errno(err, JET_E_IO, EISDIR, path, "cannot create");
	if (out->has_old && !S_ISREG(st.st_mode)) {
		out->has_old = false;
		out->fd = open(path, O_WRONLY | O_CLOEXEC);
		return out->fd < 0 ? jet_fail_errno(err, JET_E_IO, errno, path, "cannot write") : 0;
	}
	if (out->has_old && access(path, W_OK) != 0)
		return jet_fail_errno(err, JET_E_IO, errno, path, "cannot write");
	out->path = follow(path);
	if (!out->path)
		return jet_fail_errno(err, JET_E_IO, errno, path, "cannot create");
	if (out->has_old) {
		out->old_dev = st.st_dev;
		out->old_ino = st.st_ino;
	}
	return open_temp(out, out->has_old ? &st : NULL, err);
}

int jet_output_to(struct jet_output *out, int fd, const char *name, struct jet_error *err)
{
	memset(out, 0, sizeof(*out));
	out->fd = fd;
	out->name = name;
	out->buffer = malloc(BUFFER_BYTES);
	return out->buffer ? 0 : jet_fail_nomem(err);
}

int jet_output_open(struct jet_output *out, const char *path, struct jet_error *err)
{
	int rc = jet_output_to(out, STDOUT_FILENO, "standard output", err);

	if (rc < 0)
		return rc;
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

bool jet_output_same(const struct jet_output *a, const struct jet_output *b)
{
	char *x = a->temp ? realpath(a->temp, NULL) : NULL;
	char *y = b->temp ? realpath(b->temp, NULL) : NULL;
	const char *x_name = x ? strrchr(x, '/') : NULL, *y_name = y ? strrchr(y, '/') : NULL;
	/* They lie beside what they are to be. */
	const bool same = x_name && y_name && x_name - x == y_name - y &&
	                  memcmp(x, y, (size_t)(x_name - x)) == 0 &&
	                  strcmp(jet_path_name(a->path), jet_path_name(b->path)) == 0;

	free(x);
	free(y);
	return same;
}

bool jet_output_is_temp(const struct jet_output *out, uint64_t dev, uint64_t ino)
{
	return out->temp && out->ino && out->dev == dev && out->ino == ino;
}

/* ---- writing ------------------------------------------------------------ */

static int check_signal(struct jet_output *out)
{
	if (!out->stops || !arrived)
		return 0;
	out->closed = true;
	jet_fail_errno(&out->err, JET_E_WRITE, EINTR, out->name, "cannot write");
	return -1;
}

static int write_all(struct jet_output *out, const char *data, size_t len)
{
	while (len) {
		ssize_t n;

		if (check_signal(out) < 0)
			return -1;
		n = write(out->fd, data, len);
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

	if (out->err.code || check_signal(out) < 0)
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

/* What still has a name that nobody else knows goes. */
static void drop(struct jet_output *out)
{
	if (!out->buffer)
		return;
	if (out->fd > STDERR_FILENO)
		close(out->fd);
	if (out->temp && is_remembered(out->temp)) {
		unlink(out->temp);
		remember_name(out->temp, NULL);
	}
	release(out);
}

static void forget_temp(struct jet_output *out)
{
	remember_name(out->temp, NULL);
	free(out->temp);
	out->temp = NULL;
}

/* Some file systems report a full disk only when the file is closed. */
static int close_file(struct jet_output *out)
{
	const int fd = out->fd;

	out->fd = -1;
	return close(fd) == 0 ? 0 : jet_fail_errno(&out->err, JET_E_WRITE, errno, out->name,
	                                           "cannot write");
}

static int rename_file(struct jet_output *out)
{
	if (rename(out->temp, out->path) != 0)
		return jet_fail_errno(&out->err, JET_E_IO, errno, out->name, "cannot rename to");
	forget_temp(out);
	return 0;
}

int jet_output_place(struct jet_output *out)
{
	if (out->err.code || jet_output_flush(out) < 0 || !out->path)
		return out->closed ? 0 : out->err.code;
	if (close_file(out) < 0)
		return out->err.code;
	out->swapped = out->has_old && jet_os_exchange(out->temp, out->path) == 0;
	return out->swapped ? 0 : rename_file(out);
}

/* The old content comes back, and what is under the other name is ours again. */
static void take_back(struct jet_output *out)
{
	if (out->swapped)
		jet_os_exchange(out->temp, out->path);
	else if (out->path && !out->temp && !out->has_old)
		unlink(out->path);
}

int jet_output_commit(struct jet_output *out)
{
	const bool placed = out->buffer && out->path && out->fd < 0;
	const bool ok = placed || (!out->err.code && jet_output_flush(out) == 0);
	const bool quiet = !ok && out->closed;

	if (ok && !placed && out->path && close_file(out) == 0)
		rename_file(out);
	drop(out);
	if (quiet)
		memset(&out->err, 0, sizeof(out->err));
	return out->err.code;
}

void jet_output_discard(struct jet_output *out)
{
	if (!out->buffer)
		return;
	if (out->path && out->fd < 0)
		take_back(out);
	drop(out);
}
