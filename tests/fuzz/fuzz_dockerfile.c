/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A Dockerfile from its bytes to the entries it needs of a small tree.
 *
 * Inputs are as in fuzz.h, the Dockerfile in the ignore file's place.  What
 * follows it is given as a build argument or, without "=", as the target.  Of the
 * choices the lowest two bits are the builder, the next two the ignore file; one
 * asks for two platforms, one names contexts.
 *
 * Spans lie in the file, roots are plain paths, what a plan walks is what a walk of
 * everything gives and the plan's roots reach, and a larger build never needs less.
 */
#include "base/path.h"
#include "context/needs.h"
#include "fuzz.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { MAX_ENTRIES = 64, MAX_PATH = 64, MAX_NAMES = 4, MAX_STAGES = 4, MAX_DOCKERFILE = 1 << 16 };

/* Parents first; "l>t" is a link, "d/" a directory. */
static const char *const tree[] = {
	".hidden", "a.txt", "apps/", "apps/a/", "apps/a/package.json", "apps/b/", "apps/b/x.c", "b.txt",
	"docs/", "docs/img/", "docs/img/x.png", "docs/index.md", "empty/", "src/", "src/main.c",
	"src/sub/", "src/sub/deep.c", "src/up>../a.txt", "[v].txt", "!bang", "dang>none", "ld>src",
	"lf>a.txt", "loop>loop", "out>../../docs/img", "two>ld/sub", NULL,
};

static const char *const ignore_files[] = { NULL, "src\n!src/sub", "*.txt\ndocs/*\n!docs/img",
					    "**\n!ld\n!src" };

struct item {
	char path[MAX_PATH];
	size_t len;
	enum jet_type type;
};

struct items {
	struct item item[MAX_ENTRIES];
	size_t n;
	int rc; /* of the walk */
};

static char root[64];
static struct items everything, planned, larger;

/* ---- the tree on disk --------------------------------------------------- */

static void each_path(bool make)
{
	const size_t n = sizeof(tree) / sizeof(tree[0]) - 1;

	for (size_t k = 0; k < n; k++) {
		char path[192];
		size_t len;
		char *arrow;
		int fd, rc = 0;

		len = (size_t)snprintf(path, sizeof(path), "%s/%s", root, tree[make ? k : n - 1 - k]);
		arrow = strchr(path, '>');
		if (arrow)
			*arrow = '\0';
		if (!make)
			rc = remove(path);
		else if (arrow)
			rc = symlink(arrow + 1, path);
		else if (path[len - 1] == '/')
			rc = mkdir(path, 0755);
		else
			rc = (fd = open(path, O_WRONLY | O_CREAT, 0644)) < 0 ? -1 : close(fd);
		if (rc < 0)
			fuzz_fail("%s cannot be %s", path, make ? "made" : "removed");
	}
}

static void make_tree(void)
{
	struct stat st;

	snprintf(root, sizeof(root), "%s/jet-fuzz-XXXXXX", stat("/dev/shm", &st) ? "/tmp" : "/dev/shm");
	if (!mkdtemp(root))
		fuzz_fail("no directory for the tree");
	each_path(true);
}

/* After every input: libFuzzer does not leave by exit(). */
static void remove_tree(void)
{
	each_path(false);
	if (rmdir(root) < 0)
		fuzz_fail("%s cannot be removed", root);
}

/* ---- spans -------------------------------------------------------------- */

struct text {
	const char *data;
	size_t len;
	uint32_t *lines; /* length of each */
	uint32_t n;
};

static void count_lines(struct text *t)
{
	size_t start = 0;

	t->n = 0;
	t->lines = malloc((t->len + 1) * sizeof(*t->lines));
	if (!t->lines)
		fuzz_fail("no memory");
	for (size_t i = 0; i < t->len; i++) {
		if (t->data[i] != '\n' && i + 1 < t->len)
			continue;
		t->lines[t->n++] = (uint32_t)(i + 1 - start);
		start = i + 1;
	}
}

static void check_spot(const struct text *t, struct jet_spot at, const char *what)
{
	if (!at.line || at.line > t->n || !at.column || at.column > t->lines[at.line - 1] + 1)
		fuzz_fail("%s at %u:%u, in a file of %u lines", what, (unsigned)at.line,
		          (unsigned)at.column, (unsigned)t->n);
}

static void check_words(const struct text *t, const struct jet_word *words, size_t n, struct jet_spot at,
                        uint32_t end_line)
{
	for (size_t i = 0; i < n; i++) {
		const struct jet_spot own = words[i].at;

		check_spot(t, own, "a word");
		if (own.line < at.line || (own.line == at.line && own.column < at.column) ||
		    own.line > end_line)
			fuzz_fail("the word at %u:%u is not in the instruction at %u:%u",
			          (unsigned)own.line, (unsigned)own.column, (unsigned)at.line,
			          (unsigned)at.column);
	}
}

static void check_instruction(const struct text *t, const struct jet_instruction *in, uint32_t end_line)
{
	check_spot(t, in->at, "an instruction");
	check_words(t, in->flags, in->nflags, in->at, end_line);
	check_words(t, in->words, in->nwords, in->at, end_line);
	for (size_t i = 0; i < in->nflags; i++) {
		if (in->flags[i].text.len < 2 || memcmp(in->flags[i].text.data, "--", 2) != 0)
			fuzz_fail("a flag that is none: %.*s", (int)in->flags[i].text.len,
			          in->flags[i].text.data);
	}
	if (in->nested)
		check_instruction(t, in->nested, end_line);
}

static void check_spans(const struct text *t, const struct jet_dockerfile *df)
{
	uint32_t last = 0;

	for (size_t i = 0; i < df->n; i++) {
		const struct jet_instruction *in = &df->list[i];

		if (in->at.line <= last || in->end_line < in->at.line || in->end_line > t->n)
			fuzz_fail("an instruction from %u to %u, the last one ended at %u",
			          (unsigned)in->at.line, (unsigned)in->end_line, (unsigned)last);
		last = in->end_line;
		check_instruction(t, in, last);
	}
}

static void check_error(const struct text *t, int rc, const struct jet_error *err)
{
	const bool ours = strcmp(err->file, "D") == 0;

	if (rc == JET_E_NOMEM || rc > 0 || err->code != rc || !err->message[0])
		fuzz_fail("fails with %d, in the error %d: %s", rc, err->code, err->message);
	if (ours && (err->line > t->n || (err->line && err->column > t->lines[err->line - 1] + 1)))
		fuzz_fail("%u:%u: %s, in a file of %u lines", (unsigned)err->line, (unsigned)err->column,
		          err->message, (unsigned)t->n);
	if ((rc == JET_E_NOT_FOUND) != (err->path[0] == '/') && !strstr(err->message, "forbidden"))
		fuzz_fail("%s: path %s", err->message, err->path);
	if (strcmp(jet_error_class(rc), "io") == 0)
		fuzz_fail("%s: %s", err->file, err->message);
}

/* ---- walks -------------------------------------------------------------- */

static const struct item *find(const struct items *list, const char *path, size_t len)
{
	for (size_t i = 0; i < list->n; i++) {
		if (list->item[i].len == len && !memcmp(list->item[i].path, path, len))
			return &list->item[i];
	}
	return NULL;
}

static void check_by(const struct jet_entry *e, size_t nneeds)
{
	if (!e->nby || !e->by)
		fuzz_fail("nobody needs %s", e->path);
	for (size_t i = 0; i < e->nby; i++) {
		if (e->by[i] >= nneeds || (i && e->by[i - 1] >= e->by[i]))
			fuzz_fail("%s is needed by number %u of %zu", e->path, (unsigned)e->by[i], nneeds);
	}
}

static void walk(const struct jet_walk_options *options, const struct jet_needs *needs, struct items *out)
{
	const struct jet_entry *e;
	struct jet_walk *w;

	out->n = 0;
	out->rc = jet_walk_open(root, options, &w, NULL);
	if (out->rc)
		return;
	while ((out->rc = jet_walk_next(w, &e, NULL)) == 1) {
		struct item *it = &out->item[out->n++];

		if (out->n == MAX_ENTRIES || e->path_len >= MAX_PATH || e->error)
			fuzz_fail("%s is not of the tree", e->path);
		memcpy(it->path, e->path, e->path_len + 1);
		it->len = e->path_len;
		it->type = e->type;
		if (needs)
			check_by(e, jet_needs_count(needs));
	}
	jet_walk_close(w);
}

/* Is every item of @a also in @b, in the same order? */
static void check_subset(const struct items *a, const struct items *b, const char *what)
{
	size_t k = 0;

	for (size_t i = 0; i < a->n; i++) {
		while (k < b->n && strcmp(b->item[k].path, a->item[i].path) != 0)
			k++;
		if (k == b->n || a->item[i].type != b->item[k++].type)
			fuzz_fail("%s: %s is not there", what, a->item[i].path);
	}
}

/* ---- roots -------------------------------------------------------------- */

/* Does the root reach this path?  1 surely, 0 if its patterns say so, -1 no. */
static int reaches(const struct jet_plan *plan, const struct jet_plan_root *r, const struct item *it)
{
	const struct jet_cover *cover = r->cover == JET_NO_COVER ? NULL : &plan->covers[r->cover];
	const bool below = it->len > r->path.len &&
	                   (!r->path.len || (it->path[r->path.len] == '/' &&
	                                     !memcmp(it->path, r->path.data, r->path.len)));

	if (it->len == r->path.len && !memcmp(it->path, r->path.data, it->len))
		return 1;
	if (!below || !cover)
		return -1;
	return cover->exclude ? 0 : 1;
}

static void check_roots(const struct jet_plan *plan)
{
	for (size_t i = 0; i < plan->nroots; i++) {
		const struct jet_plan_root *r = &plan->roots[i];

		if (!jet_path_is_plain(r->path.data, r->path.len) || r->need >= plan->nneeds ||
		    (r->cover != JET_NO_COVER && r->cover >= plan->ncovers))
			fuzz_fail("root %.*s", (int)r->path.len, r->path.data);
	}
	for (size_t i = 0; i < everything.n; i++) {
		const struct item *it = &everything.item[i];
		const bool there = find(&planned, it->path, it->len) != NULL;
		int best = -1;

		for (size_t k = 0; k < plan->nroots; k++) {
			const int reached = reaches(plan, &plan->roots[k], it);

			best = reached > best ? reached : best;
		}
		if ((best == 1 && !there) || (best < 0 && there))
			fuzz_fail("%s is %sreached, but %sthere", it->path, best < 0 ? "not " : "",
			          there ? "" : "not ");
	}
}

/* ---- all of it ---------------------------------------------------------- */

struct input {
	struct text text;
	enum jet_builder builder;
	struct jet_needs_options options;
	struct jet_walk_options walk;
	bool odd; /* "!" in a source takes something away from what is sent */
};

static int check(const struct input *in, struct items *out)
{
	struct jet_walk_options options = in->walk;
	struct jet_error first = { 0 }, err = { 0 };
	struct jet_needs *needs;
	int rc, early = jet_needs_check(in->text.data, in->text.len, &in->options, in->builder, &first);

	rc = jet_needs_open(root, in->text.data, in->text.len, &in->options, &in->walk, &needs, &err);
	if (early && (rc != early || memcmp(&first, &err, sizeof(err)) != 0))
		fuzz_fail("%d: %s, then %d: %s", early, first.message, rc, err.message);
	out->n = 0;
	for (size_t i = 0; i < jet_needs_nunset(needs); i++) {
		const struct jet_unset u = jet_needs_unset(needs, i);

		check_spot(&in->text, (struct jet_spot){ u.line, u.column }, "a variable");
	}
	if (rc) {
		check_error(&in->text, rc, &err);
		jet_needs_close(needs);
		return rc;
	}
	for (size_t i = 0; i < jet_needs_count(needs); i++)
		check_spot(&in->text, (struct jet_spot){ jet_needs_use(needs, i).line, 1 }, "a need");
	jet_needs_apply(needs, &options);
	walk(&options, needs, out);
	if (!out->rc) {
		check_subset(out, &everything, "everything");
		if (out == &planned)
			check_roots(needs->plan);
	}
	rc = out->rc;
	jet_needs_close(needs);
	return rc;
}

/* The target, then builds that may only need more. */
static void check_target(struct input *in, const char *target)
{
	static const char *const platforms[] = { "linux/amd64", "linux/arm64/v8" };

	in->options.target = target;
	if (check(in, &planned) < 0)
		return;
	in->options.all_stages = true;
	if (check(in, &larger) == 0 && !in->odd)
		check_subset(&planned, &larger, "all stages");
	in->options.all_stages = false;
	in->options.platforms = platforms;
	in->options.nplatforms = 2;
	if (check(in, &larger) == 0)
		check_subset(&planned, &larger, "two platforms");
	in->options.nplatforms = 0;
}

static void check_stages(struct input *in, const struct jet_dockerfile *df)
{
	size_t done = 0;

	for (size_t i = df->n; i-- > 0 && done < MAX_STAGES;) {
		const struct jet_instruction *from = &df->list[i];
		char name[64];

		if (from->keyword != JET_KEYWORD_FROM || from->nwords != 3 || from->words[2].text.len > 60)
			continue;
		snprintf(name, sizeof(name), "%.*s", (int)from->words[2].text.len, from->words[2].text.data);
		check_target(in, name);
		done++;
	}
}

/* Names behind the Dockerfile: arguments and targets. */
static void check_names(struct input *in, const struct jet_dockerfile *df, struct fuzz_input rest)
{
	char names[MAX_NAMES][64];
	const char *args[MAX_NAMES], *s, *target = NULL;
	size_t n = 0, len;

	while (n < MAX_NAMES && fuzz_next(&rest, &s, &len)) {
		snprintf(names[n], sizeof(names[n]), "%.*s", len < 60 ? (int)len : 60, s);
		if (strchr(names[n], '=') && names[n][0] != '=')
			args[in->options.nargs++] = names[n];
		else
			target = names[n];
		n++;
	}
	in->options.args = args;
	check_target(in, target);
	if (df)
		check_stages(in, df);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const char *const contexts[] = { "img=docker-image://x", "s=.", "git=https://x/y.git" };
	struct jet_dockerfile *df = NULL;
	struct jet_ruleset *rs = NULL;
	struct jet_error err = { 0 };
	struct fuzz_input split;
	struct input in = { .options = { .name = "D" } };
	const char *rules;
	int rc;

	if (!fuzz_split(data, size, &split) || split.list_len > MAX_DOCKERFILE)
		return 0;
	in.text = (struct text){ .data = split.list, .len = split.list_len };
	in.builder = (enum jet_builder)(split.choice & 3);
	in.walk.builder = in.builder;
	in.odd = memchr(split.list, '!', split.list_len) != NULL;
	rules = ignore_files[split.choice >> 2 & 3];
	if (rules && jet_ruleset_parse(rules, strlen(rules), NULL, in.builder, &rs, NULL) < 0)
		fuzz_fail("the ignore file is refused");
	in.walk.rs = rs;
	if (split.choice & 16) {
		in.options.contexts = contexts;
		in.options.ncontexts = 3;
	}
	count_lines(&in.text);
	make_tree();
	walk(&in.walk, NULL, &everything);
	rc = jet_dockerfile_parse(split.list, split.list_len, "D", in.builder, &df, &err);
	if (rc)
		check_error(&in.text, rc, &err);
	else
		check_spans(&in.text, df);
	check_names(&in, df, split);
	jet_dockerfile_free(df);
	jet_ruleset_free(rs);
	remove_tree();
	free(in.text.lines);
	return 0;
}
