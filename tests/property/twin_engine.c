/* SPDX-License-Identifier: Apache-2.0 */
/*
 * twin-engine [--seed N] [--lists N] - engine and slow twin on random rules.
 * twin-engine [--seed N] --print N   - such lists and paths as JSON, for others.
 *
 * Every list is read in all four dialects and every path asked in all orders:
 * see support/compare.h.  A difference is made as small as it goes and shown.
 */
#include "base/json.h"
#include "base/path.h"
#include "support/compare.h"
#include "support/random.h"
#include "support/vector_file.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
	NBUILDERS = JET_BUILDER_BUILDAH + 1,
	PATHS = 10,
	SHOWN = 5,        /* differences; then the run is over */
	MAX_TRIES = 20000, /* while one is made smaller */
	ENOUGH = 500      /* lists in which every kind of thing must have turned up */
};

struct options {
	uint64_t seed;
	unsigned long lists, print;
};

/* A case that owns its bytes. */
struct owned {
	struct jet_buf list, paths[PATHS];
	size_t npaths, limit;
};

static struct compare_case view(const struct owned *o)
{
	struct compare_case c = { .list = o->list.data, .len = o->list.len, .limit = o->limit };

	for (size_t i = 0; i < o->npaths; i++)
		c.paths[i] = (struct compare_path){ o->paths[i].data, o->paths[i].len };
	c.npaths = o->npaths;
	return c;
}

static void set(struct jet_buf *to, const struct jet_buf *from)
{
	to->len = 0;
	if (jet_buf_append(to, from->data, from->len) < 0)
		abort();
}

static void generate(struct random *r, struct owned *o)
{
	/* Nothing; a few states; some hundreds. */
	static const size_t limits[] = { 0, 3000, 12000 };

	random_list(r);
	set(&o->list, &r->list);
	o->npaths = PATHS;
	for (size_t i = 0; i < o->npaths; i++)
		random_path(r, &o->paths[i]);
	o->limit = limits[random_below(r, 3)];
}

static void clear(struct owned *o)
{
	jet_buf_clear(&o->list);
	for (size_t i = 0; i < PATHS; i++)
		jet_buf_clear(&o->paths[i]);
}

/* ---- smaller ------------------------------------------------------------ */

struct shrinker {
	struct owned *o;
	enum jet_builder builder;
	unsigned tries;
	char *what;
	size_t size;
};

static bool fails(struct shrinker *s)
{
	struct compare_stats stats = { 0 };
	struct compare_case c = view(s->o);

	for (size_t i = 0; i < c.npaths; i++)
		if (!c.paths[i].len || !jet_path_is_plain(c.paths[i].s, c.paths[i].len))
			return false;
	return s->tries++ < MAX_TRIES && !compare_case(&c, s->builder, &stats, s->what, s->size);
}

/* Takes out whatever is not needed, half of it, a quarter, ... single bytes. */
static bool shrink_bytes(struct shrinker *s, struct jet_buf *buf)
{
	bool any = false;

	for (size_t n = buf->len / 2 + 1; n; n /= 2) {
		for (size_t at = 0; at + n <= buf->len;) {
			struct jet_buf before = { 0 };

			set(&before, buf);
			memmove(buf->data + at, buf->data + at + n, buf->len - at - n);
			buf->len -= n;
			if (fails(s)) {
				any = true;
			} else {
				set(buf, &before);
				at += n;
			}
			jet_buf_clear(&before);
		}
	}
	return any;
}

static bool shrink_paths(struct shrinker *s)
{
	bool any = false;

	for (size_t i = 0; i < s->o->npaths;) {
		struct jet_buf taken = s->o->paths[i], *last = &s->o->paths[s->o->npaths - 1];
		const size_t after = s->o->npaths - 1 - i;

		memmove(&s->o->paths[i], &s->o->paths[i + 1], after * sizeof(taken));
		*last = taken;
		s->o->npaths--;
		if (fails(s)) {
			any = true;
			continue;
		}
		s->o->npaths++;
		memmove(&s->o->paths[i + 1], &s->o->paths[i], after * sizeof(taken));
		s->o->paths[i++] = taken;
	}
	return any;
}

static void shrink(struct shrinker *s)
{
	bool any = true;

	while (any) {
		any = shrink_paths(s);
		any |= shrink_bytes(s, &s->o->list);
		for (size_t i = 0; i < s->o->npaths; i++)
			any |= shrink_bytes(s, &s->o->paths[i]);
	}
	/* Once more, for the message. */
	s->tries = 0;
	fails(s);
}

static void show(const struct owned *o, const char *what)
{
	char shown[2000];

	printf("  %s\n  rules: %s\n", what,
	       vector_show(o->list.data, o->list.len, shown, sizeof(shown)));
	for (size_t i = 0; i < o->npaths; i++)
		printf("  path:  %s\n", vector_show(o->paths[i].data, o->paths[i].len, shown,
		                                      sizeof(shown)));
	fflush(stdout);
}

/* ---- running ------------------------------------------------------------ */

static bool run_list(struct owned *o, struct compare_stats *stats, unsigned long number)
{
	const struct compare_case c = view(o);
	char what[1000] = "";

	for (int b = 0; b < NBUILDERS; b++) {
		struct shrinker s = { o, (enum jet_builder)b, 0, what, sizeof(what) };

		if (compare_case(&c, s.builder, stats, what, sizeof(what)))
			continue;
		printf("list %lu:\n  %s\n", number, what);
		shrink(&s);
		show(o, what);
		return false;
	}
	return true;
}

/* A test that never sees a thing does not test it. */
static bool saw_everything(const struct compare_stats *s)
{
	return s->answers[JET_KEPT] && s->answers[JET_IGNORED] && s->answers[JET_FAILED] &&
	       s->emptied && s->flips && s->refused && s->slow && s->flushes && s->dead &&
	       s->orders_differ;
}

static int run(const struct options *options)
{
	struct compare_stats stats = { 0 };
	unsigned long passed = 0, failed = 0;
	struct owned o = { 0 };
	struct random r;

	random_init(&r, options->seed, RANDOM_ALL);
	for (unsigned long i = 0; i < options->lists && failed < SHOWN; i++) {
		generate(&r, &o);
		if (run_list(&o, &stats, i))
			passed++;
		else
			failed++;
	}
	printf("%llu comparisons: %llu kept, %llu ignored, %llu failed, %llu emptied; "
	       "%llu flips, %llu where ORP and WALK differ, %llu below dead directories\n",
	       (unsigned long long)stats.comparisons, (unsigned long long)stats.answers[JET_KEPT],
	       (unsigned long long)stats.answers[JET_IGNORED],
	       (unsigned long long)stats.answers[JET_FAILED], (unsigned long long)stats.emptied,
	       (unsigned long long)stats.flips, (unsigned long long)stats.orders_differ,
	       (unsigned long long)stats.dead);
	printf("%llu lists refused, %llu slow rules, %llu flushes\n",
	       (unsigned long long)stats.refused, (unsigned long long)stats.slow,
	       (unsigned long long)stats.flushes);
	if (passed >= ENOUGH && !saw_everything(&stats)) {
		printf("something did not turn up at all\n");
		failed++;
	}
	printf("%lu passed, %lu failed\n", passed, failed);
	random_clear(&r);
	clear(&o);
	return failed || !passed;
}

/* ---- printing ----------------------------------------------------------- */

static int print(const struct options *options)
{
	struct jet_buf out = { 0 };
	struct owned o = { 0 };
	struct random r;
	int rc = 0;

	random_init(&r, options->seed, RANDOM_COMMON);
	for (unsigned long i = 0; i < options->print && !rc; i++) {
		struct jet_json w = { .out = &out };

		generate(&r, &o);
		out.len = 0;
		jet_json_open(&w, '{');
		jet_json_key(&w, "id");
		jet_json_uint(&w, i);
		jet_json_key(&w, "ignore");
		jet_json_base64(&w, o.list.data, o.list.len);
		jet_json_key(&w, "paths");
		jet_json_open(&w, '[');
		for (size_t k = 0; k < o.npaths; k++)
			jet_json_base64(&w, o.paths[k].data, o.paths[k].len);
		jet_json_close(&w, ']');
		jet_json_close(&w, '}');
		if (jet_json_end(&w) < 0 || jet_buf_byte(&out, '\n') < 0)
			abort();
		rc = fwrite(out.data, 1, out.len, stdout) != out.len;
	}
	random_clear(&r);
	clear(&o);
	jet_buf_clear(&out);
	return rc || fflush(stdout) ? 2 : 0;
}

static bool number(const char *text, unsigned long *value)
{
	char *end;

	errno = 0;
	*value = strtoul(text, &end, 10);
	return !errno && end != text && !*end && text[0] != '-';
}

int main(int argc, char **argv)
{
	struct options options = { .seed = 1, .lists = 1000 };

	for (int i = 1; i < argc; i += 2) {
		unsigned long value;

		if (i + 1 == argc || !number(argv[i + 1], &value)) {
			fprintf(stderr, "usage: twin-engine [--seed N] [--lists N] [--print N]\n");
			return 2;
		}
		if (!strcmp(argv[i], "--seed")) {
			options.seed = value;
		} else if (!strcmp(argv[i], "--lists")) {
			options.lists = value;
		} else if (!strcmp(argv[i], "--print")) {
			options.print = value;
		} else {
			fprintf(stderr, "twin-engine: unknown option %s\n", argv[i]);
			return 2;
		}
	}
	return options.print ? print(&options) : run(&options);
}
