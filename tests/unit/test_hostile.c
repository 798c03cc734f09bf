/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Dockerfiles of a mebibyte that are meant to take long or much.
 *
 * Each runs in a child with so much CPU time that only more than linear growth can
 * use it up, sanitizers and busy machines included; in a release build all of them
 * end within a second or two.
 */
#include "jettison.h"

#include "base/buf.h"
#include "unit/scratch.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

enum { MEBIBYTE = 1 << 20, CPU_SECONDS = 40, MAX_KIB = 3 << 20 };

TestSuite(hostile, .init = scratch_enter, .fini = scratch_leave);

struct row {
	const char *name;
	const char *begin, *each, *end; /* "%" in each is a running number */
	int rc;                         /* 0 or what it fails with */
	size_t most;                    /* times; 0: until it is a mebibyte */
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
	const size_t room = MEBIBYTE - 100 - strlen(row->end);

	cr_assert_eq(jet_buf_text(text, row->begin), 0);
	for (size_t i = 1; text->len < room && (!row->most || i <= row->most); i++)
		put_each(text, row->each, i);
	cr_assert_eq(jet_buf_text(text, row->end), 0);
}

static int run(const struct jet_buf *text, int want)
{
	static const char *const platforms[] = { "linux/amd64", "linux/arm64" };
	const struct jet_needs_options options = { .platforms = platforms, .nplatforms = 2 };
	struct jet_walk_options walk = { .builder = JET_BUILDER_BUILDKIT };
	const struct rlimit limit = { CPU_SECONDS, CPU_SECONDS };
	const struct jet_entry *e;
	struct jet_needs *needs;
	struct jet_walk *w;
	int rc;

	setrlimit(RLIMIT_CPU, &limit);
	rc = jet_needs_open(".", text->data, text->len, &options, &walk, &needs, NULL);
	if (rc == 0) {
		jet_needs_apply(needs, &walk);
		rc = jet_walk_open(".", &walk, &w, NULL);
		while (rc >= 0 && (rc = jet_walk_next(w, &e, NULL)) == 1)
			;
		jet_walk_close(w);
	}
	jet_needs_close(needs);
	return rc == want ? 0 : rc;
}

/* In the child: what it exits with; 0 when all is well. */
static int report(const char *name, int rc)
{
	struct rusage used;

	getrusage(RUSAGE_SELF, &used);
	if (getenv("JET_HOSTILE_TIMES"))
		fprintf(stderr, "%s: %ld.%02ld s, %ld KiB\n", name, (long)used.ru_utime.tv_sec,
		        (long)used.ru_utime.tv_usec / 10000, used.ru_maxrss);
	if (rc)
		return -rc;
	/* A sanitizer takes several times what it watches. */
	return used.ru_maxrss < MAX_KIB ? 0 : 100;
}

static void check(const struct row *rows, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		struct jet_buf text = { 0 };
		int status = 0;
		pid_t child;

		make(&rows[i], &text);
		child = fork();
		cr_assert(child >= 0);
		if (child == 0)
			_exit(report(rows[i].name, run(&text, rows[i].rc)));
		cr_assert_eq(waitpid(child, &status, 0), child);
		cr_expect(!WIFSIGNALED(status), "%s: signal %d", rows[i].name, WTERMSIG(status));
		cr_expect(!WIFEXITED(status) || !WEXITSTATUS(status),
			  "%s: fails with %d (100: memory), not %d",
		          rows[i].name, WEXITSTATUS(status), -rows[i].rc);
		jet_buf_clear(&text);
	}
}

#define CHECK(rows) check(rows, sizeof(rows) / sizeof((rows)[0]))
#define S "FROM scratch\n"

Test(hostile, reading)
{
	static const struct row rows[] = {
		{ "continuations", S "COPY a \\\n", " a \\\n", " /x\n", 0, 0 },
		{ "comments in a continuation", S "COPY a \\\n", "#\n", " /x\n", 0, 0 },
		{ "blank lines", S "COPY a \\\n", "\n", " /x\n", 0, 0 },
		{ "instructions", S, "CMD\n", "", 0, 0 },
		{ "unknown instruction at the end", S, "CMD\n", "X\n", JET_E_PARSE, 0 },
		{ "here-documents", S, "RUN <<A\nA\n", "", 0, 0 },
		{ "here-documents of a line", S "RUN \\\n", " <<A \\\n", "\n", JET_E_PARSE, 0 },
		{ "a here-document that does not end", S "RUN <<A\n", "A A\n", "", JET_E_PARSE, 0 },
		{ "JSON strings", S "COPY [\\\n", "\"a\",\\\n", "\"/x\"]\n", 0, 0 },
		{ "JSON nesting", S "RUN \\\n", "[\\\n", "\n", 0, 0 },
		{ "ONBUILD nesting", S, "ONBUILD ", "RUN x\n", JET_E_PARSE, 0 },
		{ "ONBUILD nesting by lines", S "ONBUILD \\\n", "ONBUILD \\\n", "RUN x\n", JET_E_PARSE, 0 },
		{ "flags", S "COPY \\\n", "--exclude=% \\\n", "a /x\n", 0, 0 },
		{ "quotes", S "ENV a=\\\n", "''\\\n", "\n", 0, 0 },
	};

	scratch_tree("a");
	CHECK(rows);
}

Test(hostile, expanding)
{
	static const struct row rows[] = {
		{ "nesting", S "ENV a=\\\n", "${a:-\\\n", "\n", JET_E_EXPAND, 0 },
		{ "substitutions", S "ENV a=\\\n", "${b:-x}\\\n", "\n", 0, 0 },
		{ "doubling", S "ENV a=xxxxxxxx\n", "ENV a=$a$a\n", "", JET_E_EXPAND, 0 },
		{ "a large value again and again",
		  S "ENV a=xxxxxxxx\nENV a=$a$a$a$a$a$a$a$a\nENV a=$a$a$a$a$a$a$a$a\n"
		  "ENV a=$a$a$a$a$a$a$a$a\nENV a=$a$a$a$a$a$a$a$a\nENV a=$a$a$a$a$a$a$a$a\n", "LABEL "
		  "a=$a\n", "", JET_E_EXPAND, 0 },
		{ "the same as sources", S "ENV a=xxxxxxxx\nENV a=$a$a$a$a$a$a$a$a\nENV a=$a$a$a$a$a$a$a$a\n"
		  "ENV a=$a$a$a$a$a$a$a$a\nENV a=$a$a$a$a$a$a$a$a\n", "COPY $a /\n", "", JET_E_EXPAND, 0 },
		{ "patterns to cut", S "ENV a=xxxxxxxx\nENV a=$a$a$a$a$a$a$a$a\nENV "
		  "a=$a$a$a$a$a$a$a$a\nENV a=$a$a$a$a$a$a$a$a\n",
		  "LABEL b=${a##*x*x*x*x*y}\n", "", JET_E_EXPAND, 0 },
		{ "patterns to replace", S "ENV a=xxxxxxxx\nENV a=$a$a$a$a$a$a$a$a\nENV a=$a$a$a$a$a$a$a$a\n",
		  "LABEL b=${a//*x*y/z}\n", "", JET_E_EXPAND, 0 },
		{ "unset variables", "FROM img\nLABEL a=\\\n", "$v%\\\n", "\n", 0, 0 },
		{ "variables", S, "ENV a%=b\n", "", 0, 0 },
		{ "arguments", "", "ARG a%=b\n", S, 0, 0 },
		{ "directories", S, "WORKDIR a\n", "", JET_E_EXPAND, 0 },
	};

	scratch_tree("a");
	CHECK(rows);
}

Test(hostile, stages)
{
	static const struct row rows[] = {
		{ "stages", "", "FROM a\n", "", 0, 100000 },
		{ "a chain of stages", S S, "FROM scratch AS s%\nCOPY --from=% a /\n", "", 0, 0 },
		{ "stages upon stages", "FROM scratch AS s\n", "FROM s AS s\n", "", 0, 0 },
		{ "stages upon stages with variables", "FROM scratch AS s\n", "FROM s AS s\nENV a%=$a\n",
		  "", 0, 0 },
		{ "a circle", "FROM scratch AS a\nCOPY --from=b x /\n", "FROM a AS a\n", "FROM a AS b\n",
		  JET_E_STAGE, 0 },
		{ "dependencies", "FROM scratch AS a\nFROM scratch\n", "COPY --from=a x /\n", "", 0, 0 },
		{ "triggers", "FROM scratch AS a\n", "ONBUILD COPY a /\n", "FROM a\n", 0, 0 },
		{ "children with triggers", "FROM scratch AS a\nONBUILD RUN x\nONBUILD RUN y\n",
		  "FROM a AS b%\n", "", 0, 0 },
	};

	scratch_tree("a");
	CHECK(rows);
}

Test(hostile, sources)
{
	static const struct row rows[] = {
		{ "copies", S, "COPY a /\n", "", 0, 0 },
		{ "copies of everything", S, "COPY . /\n", "", 0, 0 },
		{ "wildcards", S, "COPY * /\n", "", 0, 0 },
		{ "deep wildcards", S "COPY \\\n", "*/\\\n", "* /\n", 0, 2000 },
		{ "excludes", S, "COPY --exclude=a . /\n", "", 0, 8000 },
		{ "parents", S, "COPY --parents a /\n", "", 0, 8000 },
		{ "mounts", S "RUN \\\n", "--mount=source=a,target=/t \\\n", "x\n", 0, 0 },
		{ "remote words", S "ADD \\\n", "http://h \\\n", "/x/\n", 0, 0 },
		{ "long names", S "COPY \\\n", "abcdefgh\\\n", " /x\n", JET_E_NOT_FOUND, 0 },
		{ "many components", S "COPY \\\n", "b/\\\n", " /x\n", JET_E_NOT_FOUND, 0 },
		{ "many wildcards", S "COPY \\\n", "*/\\\n", " /x\n", 0, 0 },
		{ "dots", S "COPY \\\n", "../b/./\\\n", "../a /x\n", 0, 0 },
	};

	scratch_tree("a b/a");
	CHECK(rows);
}
