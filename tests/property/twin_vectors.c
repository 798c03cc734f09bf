/* SPDX-License-Identifier: Apache-2.0 */
/*
 * twin-vectors FILE... - is the twin itself right?
 *
 * Replays the vectors of the real matcher through the slow twin, so that the
 * property test compares the engine with something that has been checked.
 */
#include "support/twin.h"
#include "support/vector_file.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { SHOWN = 20 };

struct run {
	unsigned long passed, failed;
};

static void complain(struct run *run, json_t *o, const char *what, const char *got)
{
	char name[128];

	if (run->failed < SHOWN)
		printf("%s: %s: got %s\n", vector_name(o, name, sizeof(name)), what, got);
}

static bool check_patterns(struct run *run, json_t *o, const struct twin *twin)
{
	json_t *patterns = json_object_get(o, "patterns"), *p;
	bool good = !patterns || json_array_size(patterns) == twin->count;
	size_t i;

	if (patterns && good) {
		json_array_foreach(patterns, i, p) {
			const struct twin_rule *rule = &twin->rules[i];
			struct vector_bytes b;

			if (!vector_decode(json_object_get(p, "p"), &b))
				return false;
			good &= b.len == rule->pattern_len &&
			        !memcmp(b.data, rule->pattern, b.len) &&
			        (json_object_get(p, "x") != NULL) == rule->negated;
			free(b.data);
		}
	}
	if (!good)
		complain(run, o, "patterns", "others");
	return good;
}

/* One character per path. */
static bool check_verdicts(struct run *run, json_t *o, const struct twin *twin,
                           const char *member, enum jet_order order)
{
	const char *want = json_string_value(json_object_get(o, member));
	json_t *paths = json_object_get(o, "paths"), *path;
	size_t n = json_array_size(paths), i;
	char *got = calloc(n + 1, 1);
	struct twin_verdict v = { 0 };
	bool good;

	v.flips = calloc(twin->count + 1, sizeof(*v.flips));
	if (!got || !v.flips)
		abort();
	json_array_foreach(paths, i, path) {
		struct vector_bytes b;

		if (!vector_decode(path, &b))
			break;
		twin_path(twin, order, b.data, b.len, &v);
		got[i] = "01E"[v.answer];
		free(b.data);
	}
	/* Only the reference test has answers for OLD. */
	good = want ? !strcmp(want, got) : order == JET_ORDER_OLD;
	if (!good)
		complain(run, o, member, got);
	free(v.flips);
	free(got);
	return good;
}

static bool check(struct run *run, json_t *o)
{
	bool refused = json_object_get(o, "read_error") || json_object_get(o, "parse_error");
	struct vector_bytes ignore;
	struct twin twin;
	bool good;
	int ret;

	if (!vector_decode(json_object_get(o, "ignore"), &ignore))
		return false;
	ret = twin_parse(ignore.data, ignore.len, JET_BUILDER_CLASSIC, &twin);
	free(ignore.data);
	if (ret || refused) {
		if (!ret)
			twin_free(&twin);
		if (refused != (ret != 0))
			complain(run, o, "refused or not", ret ? "refused" : "taken");
		return refused == (ret != 0);
	}
	good = check_patterns(run, o, &twin) &&
	       check_verdicts(run, o, &twin, "orparent", JET_ORDER_ORP) &&
	       check_verdicts(run, o, &twin, "walk", JET_ORDER_WALK) &&
	       check_verdicts(run, o, &twin, "old", JET_ORDER_OLD);
	twin_free(&twin);
	return good;
}

static int one(void *ctx, json_t *object)
{
	struct run *run = ctx;

	if (check(run, object))
		run->passed++;
	else
		run->failed++;
	return 0;
}

int main(int argc, char **argv)
{
	struct run run = { 0 };

	if (argc < 2) {
		fprintf(stderr, "usage: twin-vectors FILE...\n");
		return 2;
	}
	for (int i = 1; i < argc; i++)
		if (vector_file_each(argv[i], one, &run) < 0)
			return 2;
	printf("%lu passed, %lu failed\n", run.passed, run.failed);
	return run.failed ? 1 : 0;
}
