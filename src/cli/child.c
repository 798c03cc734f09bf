/* SPDX-License-Identifier: Apache-2.0 */
#include "cli/child.h"

#include "base/error.h"
#include "base/os.h"
#include "cli/output.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

/* ---- in the child ------------------------------------------------------- */

/** struct start - what the child needs to become the other program. */
struct start {
	const char *file;
	char *const *words;
	int input, output; /* -1: as they are */
	bool silent;       /* nobody reads its standard error */
	int report;        /* where errno goes if that fails */
	sigset_t mask;
};

/* Handlers end with exec; what is ignored stays so, and must not be what this program
 * ignores for its own sake.  A signal that waits must find no handler of ours. */
static void reset_signals(const sigset_t *mask)
{
	static const int numbers[] = { SIGINT, SIGTERM, SIGHUP, SIGQUIT };
	struct sigaction usual = { 0 }, old;

	usual.sa_handler = SIG_DFL;
	sigemptyset(&usual.sa_mask);
	for (size_t i = 0; i < sizeof(numbers) / sizeof(numbers[0]); i++) {
		if (sigaction(numbers[i], NULL, &old) == 0 && old.sa_handler != SIG_IGN)
			sigaction(numbers[i], &usual, NULL);
	}
	sigaction(SIGPIPE, &usual, NULL);
	sigaction(SIGXFSZ, &usual, NULL);
	sigprocmask(SIG_SETMASK, mask, NULL);
}

static bool move(int from, int to)
{
	return from < 0 || dup2(from, to) == to;
}

_Noreturn static void become(const struct start *s, pid_t parent)
{
	const int nothing = s->silent ? open("/dev/null", O_WRONLY | O_CLOEXEC) : -1;
	ssize_t written;
	int why;

	jet_os_end_with_parent(SIGTERM, parent);
	if (move(s->input, STDIN_FILENO) && move(s->output, STDOUT_FILENO) &&
	    move(nothing, STDERR_FILENO)) {
		reset_signals(&s->mask);
		execv(s->file, s->words);
	}
	why = errno;
	written = write(s->report, &why, sizeof(why));
	(void)written;
	_exit(127);
}

/* ---- starting ----------------------------------------------------------- */

static int make_pipe(int ends[2])
{
	if (pipe(ends) != 0)
		return -errno;
	/* None of them is for anybody else; no other thread starts programs. */
	fcntl(ends[0], F_SETFD, FD_CLOEXEC);
	fcntl(ends[1], F_SETFD, FD_CLOEXEC);
	return 0;
}

static void close_pipe(const int ends[2])
{
	if (ends[0] >= 0)
		close(ends[0]);
	if (ends[1] >= 0)
		close(ends[1]);
}

/* What kept it from becoming the program; 0: nothing did. */
static int read_report(int fd)
{
	int why;
	ssize_t n;

	do
		n = read(fd, &why, sizeof(why));
	while (n < 0 && errno == EINTR);
	return n == sizeof(why) ? why : 0;
}

/* Forks with signals held back, so that whoever gets one knows who he is.  @forward: send
 * it on.  Return: 0 or a negative errno. */
static int launch(struct start *s, bool forward, pid_t *pid)
{
	const pid_t self = getpid();
	int report[2] = { -1, -1 }, rc = make_pipe(report);
	sigset_t all;

	if (rc < 0)
		return rc;
	s->report = report[1];
	sigfillset(&all);
	sigprocmask(SIG_SETMASK, &all, &s->mask);
	*pid = fork();
	if (*pid == 0)
		become(s, self);
	rc = *pid < 0 ? -errno : 0;
	if (rc == 0 && forward)
		jet_output_forward_signals(*pid);
	sigprocmask(SIG_SETMASK, &s->mask, NULL);
	close(report[1]);
	if (rc == 0)
		rc = -read_report(report[0]);
	close(report[0]);
	return rc;
}

static int wait_for(pid_t pid)
{
	int status;

	while (waitpid(pid, &status, 0) < 0) {
		if (errno != EINTR)
			return 127;
	}
	return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

int jet_child_start(struct jet_child *child, const char *file, char *const words[], bool fed,
                    struct jet_error *err)
{
	int input[2] = { -1, -1 }, rc = fed ? make_pipe(input) : 0;
	struct start s = { .file = file, .words = words, .input = input[0], .output = -1 };

	*child = (struct jet_child){ -1, -1 };
	if (rc == 0)
		rc = launch(&s, true, &child->pid);
	if (rc < 0) {
		close_pipe(input);
		if (child->pid > 0) {
			jet_output_forward_signals(0);
			wait_for(child->pid);
		}
		return jet_fail_errno(err, JET_E_IO, -rc, file, "cannot run");
	}
	if (fed)
		close(input[0]);
	child->input = input[1];
	return 0;
}

/* ---- the end ------------------------------------------------------------ */

int jet_child_wait(struct jet_child *child)
{
	siginfo_t info;
	int code;

	/* Until it is reaped its number is nobody else's. */
	while (waitid(P_PID, (id_t)child->pid, &info, WEXITED | WNOWAIT) < 0 && errno == EINTR)
		;
	jet_output_forward_signals(0);
	code = wait_for(child->pid);
	child->pid = -1;
	return code;
}

enum { PATIENCE = 5, STEPS = 50 }; /* seconds, and looks at it in each */

/* Within a second. */
static bool ends(const struct jet_child *child)
{
	const struct timespec moment = { 0, 1000000000 / STEPS };

	for (int i = 0; i < STEPS; i++) {
		siginfo_t info = { 0 };

		if (waitid(P_PID, (id_t)child->pid, &info, WEXITED | WNOWAIT | WNOHANG) == 0 &&
		    info.si_pid == child->pid)
			return true;
		nanosleep(&moment, NULL);
	}
	return false;
}

/* docker gives up at the third signal: the first two only ask BuildKit to end, which docker
 * 20.10 waits for in vain while its standard input is open. */
void jet_child_stop(struct jet_child *child, bool told)
{
	bool ended = told && ends(child);

	for (int i = 0; i < PATIENCE && !ended; i++) {
		kill(child->pid, SIGTERM);
		ended = ends(child);
	}
	if (!ended)
		kill(child->pid, SIGKILL);
	jet_child_wait(child);
}

/* ---- a question --------------------------------------------------------- */

enum { MAX_ANSWER = 64 * 1024, STEP = 4096 };

static int read_answer(int fd, struct jet_buf *answer)
{
	ssize_t n = 1;

	answer->len = 0;
	while (n && answer->len < MAX_ANSWER) {
		if (jet_buf_reserve(answer, STEP) < 0)
			return JET_E_NOMEM;
		n = read(fd, answer->data + answer->len, STEP);
		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			return JET_E_IO;
		answer->len += (size_t)n;
	}
	return jet_buf_terminate(answer) < 0 ? JET_E_NOMEM : 0;
}

int jet_child_ask(const char *file, char *const words[], struct jet_buf *answer)
{
	struct start s = { .file = file, .words = words, .input = -1, .silent = true };
	int output[2], code, rc;
	pid_t pid = -1;

	if (make_pipe(output) < 0)
		return JET_E_IO;
	s.output = output[1];
	s.input = open("/dev/null", O_RDONLY | O_CLOEXEC);
	rc = launch(&s, false, &pid);
	close(output[1]);
	if (rc == 0)
		rc = read_answer(output[0], answer);
	else
		rc = JET_E_IO;
	/* Whoever writes on is told that nobody reads. */
	close(output[0]);
	if (s.input >= 0)
		close(s.input);
	code = pid > 0 ? wait_for(pid) : 127;
	return rc < 0 ? rc : code;
}
