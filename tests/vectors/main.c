/* SPDX-License-Identifier: Apache-2.0 */
/* jettison-vectors KIND FILE... - replays what the real builders answered. */
#include "runner.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

enum { SHOWN = 20 };

static const struct {
	const char *name;
	vector_fn fn;
} kinds[] = {
	{ "ignore", vectors_ignore },
	{ "trees", vectors_trees },
	{ "needs", vectors_needs },
};

enum { NKINDS = sizeof(kinds) / sizeof(kinds[0]) };

void runner_begin(struct runner *run, json_t *object)
{
	vector_name(object, run->name, sizeof(run->name));
	run->bad = false;
}

int runner_end(struct runner *run)
{
	if (run->bad)
		run->failed++;
	else
		run->passed++;
	return 0;
}

void runner_fail(struct runner *run, const char *format, ...)
{
	va_list ap;

	if (!run->bad && run->failed < SHOWN) {
		printf("%s: ", run->name);
		va_start(ap, format);
		vprintf(format, ap);
		va_end(ap);
		putchar('\n');
	}
	run->bad = true;
}

int main(int argc, char **argv)
{
	struct runner run = { 0 };
	bool broken = false;

	for (int k = 0; argc > 2 && k < NKINDS; k++) {
		if (strcmp(argv[1], kinds[k].name) != 0)
			continue;
		for (int i = 2; i < argc; i++)
			broken |= vector_file_each(argv[i], kinds[k].fn, &run) != 0;
		/* A file that cannot be read counts as a failure: nothing may pass
		 * because it was not looked at. */
		run.failed += broken;
		printf("%lu passed, %lu failed\n", run.passed, run.failed);
		return run.failed ? 1 : 0;
	}
	fprintf(stderr, "usage: jettison-vectors ignore|trees|needs FILE...\n");
	return 2;
}
