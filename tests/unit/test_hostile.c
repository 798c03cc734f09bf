/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Dockerfiles of a mebibyte that are meant to take long or much.
 *
 * Each runs in a child of its own, for one platform and for two, and may take a second of
 * CPU time per platform, reading, walking and all that "plan" says taken together.  What
 * is not optimised, or watched by a sanitizer, may take FACTOR times as much, for a
 * quarter of the text: it is there to find faults, not time.
 */
#include "jettison.h"

#include "base/buf.h"
#include "cli/plan_text.h"
#include "unit/scratch.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#if defined(__has_feature)
#if __has_feature(address_sanitizer)
#define __SANITIZE_ADDRESS__ 1
#endif
#endif

#if defined(__SANITIZE_ADDRESS__)
enum { FACTOR = 12, LENGTH = 1 << 18 };
#elif !defined(__OPTIMIZE__)
enum { FACTOR = 5, LENGTH = 1 << 18 };
#else
enum { FACTOR = 1, LENGTH = 1 << 20 };
#endif

enum { MAX_KIB = 3 << 20, TOO_MUCH = 100, TOO_LONG };

TestSuite(hostile, .init = scratch_enter, .fini = scratch_leave);

struct row {
	const char *name;
	const char *begin, *each, *end; /* "%" in each is a running number */
	int rc;                         /* 0 or what it fails with */
	size_t most;                    /* times; 0: until it is a mebibyte */
	int seconds;                    /* 0: one */
};

static void put_each(struct jet_buf *text, const char *each, size_t number)
{
	for (; *each; each++) {
		if (*each == '%')
			cr_assert_eq(jet_buf_printf(text, "%zu", number), 0);
		else
			cr_assert_eq(jet_buf_byte(text, *each), 0);
	}
}

static void make(const struct row *row, struct jet_buf *text)
{
	const size_t room = LENGTH - 100 - strlen(row->end);

	cr_assert_eq(jet_buf_text(text, row->begin), 0);
	for (size_t i = 1; text->len < room && (!row->most || i <= row->most); i++)
		put_each(text, row->each, i);
	cr_assert_eq(jet_buf_text(text, row->end), 0);
}

/* A walk, and all that "plan" says. */
static int show(const struct jet_needs *needs, struct jet_walk_options *options)
{
	const struct jet_entry *e;
	struct jet_outline outline;
	struct jet_buf text = { 0 };
	struct jet_walk *w;
	int rc = jet_outline_make(needs, &outline);

	jet_needs_apply(needs, options);
	if (rc == 0)
		rc = jet_walk_open(".", options, &w, NULL);
	while (rc >= 0 && (rc = jet_walk_next(w, &e, NULL)) == 1)
		jet_outline_count(&outline, e);
	jet_walk_close(w);
	if (rc == 0)
		rc = jet_plan_text(&text, &outline, 100, false);
	jet_buf_clear(&text);
	jet_outline_clear(&outline);
	return rc;
}

static int run(const struct jet_buf *text, int want, size_t nplatforms)
{
	static const char *const platforms[] = { "linux/amd64", "linux/arm64" };
	const struct jet_needs_options options = { .platforms = platforms, .nplatforms = nplatforms };
	struct jet_walk_options walk = { .builder = JET_BUILDER_BUILDKIT };
	/* What takes much longer need not come to its end. */
	const struct rlimit limit = { 20 * FACTOR, 20 * FACTOR };
	struct jet_needs *needs;
	int rc;

	setrlimit(RLIMIT_CPU, &limit);
	rc = jet_needs_open(".", text->data, text->len, &options, &walk, &needs, NULL);
	if (rc == 0)
		rc = show(needs, &walk);
	jet_needs_close(needs);
	return rc == want ? 0 : rc;
}

static long milliseconds(struct timeval t)
{
	return (long)t.tv_sec * 1000 + (long)t.tv_usec / 1000;
}

/* In the child: what it exits with; 0 when all is well. */
static int report(const struct row *row, int rc, size_t nplatforms)
{
	struct rusage used;
	const int seconds = row->seconds ? row->seconds : 1;
	long took;

	getrusage(RUSAGE_SELF, &used);
	took = milliseconds(used.ru_utime) + milliseconds(used.ru_stime);
	if (getenv("JET_HOSTILE_TIMES"))
		fprintf(stderr, "%5ld ms %7ld KiB %s for %zu\n", took, used.ru_maxrss, row->name, nplatforms);
	if (rc)
		return -rc;
	/* A sanitizer takes several times what it watches. */
	if (used.ru_maxrss >= MAX_KIB)
		return TOO_MUCH;
	return took <= 1000L * seconds * FACTOR * (long)nplatforms ? 0 : TOO_LONG;
}

static void check_one(const struct row *row, const struct jet_buf *text, size_t nplatforms)
{
	int status = 0;
	pid_t child = fork();

	cr_assert(child >= 0);
	if (child == 0)
		_exit(report(row, run(text, row->rc, nplatforms), nplatforms));
	cr_assert_eq(waitpid(child, &status, 0), child);
	cr_expect(!WIFSIGNALED(status), "%s: signal %d", row->name, WTERMSIG(status));
	cr_expect(!WIFEXITED(status) || !WEXITSTATUS(status),
	          "%s for %zu: fails with %d (%d: memory, %d: time), not %d", row->name, nplatforms,
	          WEXITSTATUS(status), TOO_MUCH, TOO_LONG, -row->rc);
}

static void check(const struct row *rows, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		struct jet_buf text = { 0 };

		make(&rows[i], &text);
		check_one(&rows[i], &text, 1);
		check_one(&rows[i], &text, 2);
		jet_buf_clear(&text);
	}
}

#define CHECK(rows) check(rows, sizeof(rows) / sizeof((rows)[0]))
#define S "FROM scratch\n"

Test(hostile, reading)
{
	static const struct row rows[] = {
		{ "continuations", S "COPY a \\\n", " a \\\n", " /x\n", 0, 0, 0 },
		{ "comments in a continuation", S "COPY a \\\n", "#\n", " /x\n", 0, 0, 0 },
		{ "blank lines", S "COPY a \\\n", "\n", " /x\n", 0, 0, 0 },
		{ "instructions", S, "CMD\n", "", 0, 0, 0 },
		{ "unknown instruction at the end", S, "CMD\n", "X\n", JET_E_PARSE, 0, 0 },
		{ "here-documents", S, "RUN <<A\nA\n", "", 0, 0, 0 },
		{ "here-documents of a line", S "RUN \\\n", " <<A \\\n", "\n", JET_E_PARSE, 0, 0 },
		{ "a here-document that does not end", S "RUN <<A\n", "A A\n", "", JET_E_PARSE, 0, 0 },
		{ "JSON strings", S "COPY [\\\n", "\"a\",\\\n", "\"/x\"]\n", 0, 0, 0 },
		{ "JSON nesting", S "RUN \\\n", "[\\\n", "\n", 0, 0, 0 },
		{ "ONBUILD nesting", S, "ONBUILD ", "RUN x\n", JET_E_PARSE, 0, 0 },
		{ "ONBUILD nesting by lines", S "ONBUILD \\\n", "ONBUILD \\\n", "RUN x\n", JET_E_PARSE, 0,
		  0 },
		{ "flags", S "COPY \\\n", "--exclude=% \\\n", "a /x\n", 0, 0, 0 },
		{ "quotes", S "ENV a=\\\n", "''\\\n", "\n", 0, 0, 0 },
	};

	scratch_tree("a");
	CHECK(rows);
}

Test(hostile, expanding)
{
	static const struct row rows[] = {
		{ "nesting", S "ENV a=\\\n", "${a:-\\\n", "\n", JET_E_EXPAND, 0, 0 },
		{ "substitutions", S "ENV a=\\\n", "${b:-x}\\\n", "\n", 0, 0, 0 },
		{ "doubling", S "ENV a=xxxxxxxx\n", "ENV a=$a$a\n", "", JET_E_EXPAND, 0, 0 },
		{ "a large value again and again",
		  S "ENV a=xxxxxxxx\nENV a=$a$a$a$a$a$a$a$a\nENV a=$a$a$a$a$a$a$a$a\n"
		  "ENV a=$a$a$a$a$a$a$a$a\nENV a=$a$a$a$a$a$a$a$a\nENV a=$a$a$a$a$a$a$a$a\n", "LABEL "
		  "a=$a\n", "", JET_E_EXPAND, 0, 0 },
		{ "the same as sources", S "ENV a=xxxxxxxx\nENV a=$a$a$a$a$a$a$a$a\nENV a=$a$a$a$a$a$a$a$a\n"
		  "ENV a=$a$a$a$a$a$a$a$a\nENV a=$a$a$a$a$a$a$a$a\n", "COPY $a /\n", "", JET_E_EXPAND, 0, 0 },
		{ "patterns to cut", S "ENV a=xxxxxxxx\nENV a=$a$a$a$a$a$a$a$a\nENV "
		  "a=$a$a$a$a$a$a$a$a\nENV a=$a$a$a$a$a$a$a$a\n",
		  "LABEL b=${a##*x*x*x*x*y}\n", "", JET_E_EXPAND, 0, 0 },
		{ "patterns to replace", S "ENV a=xxxxxxxx\nENV a=$a$a$a$a$a$a$a$a\nENV a=$a$a$a$a$a$a$a$a\n",
		  "LABEL b=${a//*x*y/z}\n", "", JET_E_EXPAND, 0, 0 },
		{ "unset variables", "FROM img\nLABEL a=\\\n", "$v%\\\n", "\n", 0, 0, 0 },
		{ "variables", S, "ENV a%=b\n", "", 0, 0, 0 },
		{ "variables in doubt", "FROM img\n", "ENV a=$a$v%\n", "COPY $a /\n", 0, 0, 0 },
		{ "long names in a row", S, "ENV aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa%=b\n", "", 0, 0, 0 },
		{ "names that begin alike", S "ENV \\\n", "a=$a a%%%%%%%=$a% \\\n", "b=c\n", 0, 0, 0 },
		{ "arguments", "", "ARG a%=b\n", S, 0, 0, 0 },
		{ "directories", S, "WORKDIR a\n", "", JET_E_EXPAND, 0, 0 },
	};

	scratch_tree("a");
	CHECK(rows);
}

Test(hostile, stages)
{
	static const struct row rows[] = {
		{ "stages", "", "FROM a\n", "", 0, 100000, 0 },
		{ "a chain of stages", S S, "FROM scratch AS s%\nCOPY --from=% a /\n", "", 0, 0, 0 },
		{ "stages upon stages", "FROM scratch AS s\n", "FROM s AS s\n", "", 0, 0, 0 },
		{ "stages upon stages with variables", "FROM scratch AS s\n", "FROM s AS s\nENV a%=$a\n",
		  "", 0, 0, 0 },
		{ "a circle", "FROM scratch AS a\nCOPY --from=b x /\n", "FROM a AS a\n", "FROM a AS b\n",
		  JET_E_STAGE, 0, 0 },
		{ "dependencies", "FROM scratch AS a\nFROM scratch\n", "COPY --from=a x /\n", "", 0, 0, 0 },
		{ "triggers", "FROM scratch AS a\n", "ONBUILD COPY a /\n", "FROM a\n", 0, 0, 0 },
		{ "children with triggers", "FROM scratch AS a\nONBUILD RUN x\nONBUILD RUN y\n",
		  "FROM a AS b%\n", "", 0, 0, 0 },
	};

	scratch_tree("a");
	CHECK(rows);
}

/* A few lines of ONBUILD times a few of FROM. */
Test(hostile, triggers_of_many_stages)
{
	static const struct {
		const char *trigger;
		size_t ntriggers, nstages;
		int rc;
	} rows[] = {
		{ "COPY a /", 300, 400, 0 }, { "COPY a /", 2000, 400, JET_E_STAGE },
		{ "COPY --from=x a /", 300, 200, 0 }, { "COPY --from=x a /", 2000, 400, JET_E_STAGE },
		{ "RUN x", 500, 400, 0 }, { "RUN x", 10000, 10000, JET_E_STAGE },
		{ "ENV A=1", 300, 400, 0 }, { "ENV A=1", 20000, 20000, JET_E_STAGE },
		{ "RUN x", 1, 20000, 0 }, { "RUN x", 50000, 1, 0 },
	};

	scratch_tree("a");
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		const struct row row = { .name = rows[i].trigger, .rc = rows[i].rc };
		struct jet_buf text = { 0 };

		cr_assert_eq(jet_buf_text(&text, S "FROM scratch AS x\nFROM scratch AS b\n"), 0);
		for (size_t k = 0; k < rows[i].ntriggers; k++)
			cr_assert_eq(jet_buf_printf(&text, "ONBUILD %s\n", rows[i].trigger), 0);
		/* Each needs the one before, so all are built. */
		for (size_t k = 0; k < rows[i].nstages; k++)
			cr_assert_eq(jet_buf_printf(&text, "FROM b\nCOPY --from=%zu y /\n", k + 2), 0);
		check_one(&row, &text, 1);
		check_one(&row, &text, 2);
		jet_buf_clear(&text);
	}
}

Test(hostile, sources)
{
	static const struct row rows[] = {
		{ "copies", S, "COPY a /\n", "", 0, 0, 0 },
		{ "copies from images", S, "COPY --from=img% a /\n", "", 0, 0, 0 },
		{ "copies from what may be a stage", "FROM scratch AS stage\n", "COPY --from=stag% a /\n", "",
		  0, 0, 0 },
		{ "copies of everything", S, "COPY . /\n", "", 0, 0, 0 },
		/* each reads the directory again: nine system calls 116,000 times */
		{ "wildcards", S, "COPY * /\n", "", 0, 0, 3 },
		{ "deep wildcards", S "COPY \\\n", "*/\\\n", "* /\n", 0, 2000, 0 },
		{ "excludes", S, "COPY --exclude=a . /\n", "", 0, 8000, 0 },
		{ "parents", S, "COPY --parents a /\n", "", 0, 8000, 0 },
		{ "mounts", S "RUN \\\n", "--mount=source=a,target=/t \\\n", "x\n", 0, 0, 0 },
		{ "remote words", S "ADD \\\n", "http://h \\\n", "/x/\n", 0, 0, 0 },
		{ "long names", S "COPY \\\n", "abcdefgh\\\n", " /x\n", JET_E_NOT_FOUND, 0, 0 },
		{ "many components", S "COPY \\\n", "b/\\\n", " /x\n", JET_E_NOT_FOUND, 0, 0 },
		{ "many wildcards", S "COPY \\\n", "*/\\\n", " /x\n", 0, 0, 0 },
		{ "dots", S "COPY \\\n", "../b/./\\\n", "../a /x\n", 0, 0, 0 },
	};

	scratch_tree("a b/a");
	CHECK(rows);
}
