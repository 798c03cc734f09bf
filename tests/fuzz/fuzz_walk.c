/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A small tree and an ignore file, walked in every way.
 *
 * Of the input's paths the first byte is the type: f file, d directory, l
 * symbolic link, p FIFO, s socket, h second name of the last file.  The tree is
 * made on disk.  What ships is compared with a model that asks the slow twin
 * about one path after another and decides by itself what is pruned.
 */
#include "base/path.h"
#include "fuzz.h"
#include "report/explain.h"
#include "support/random.h"
#include "support/twin.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

enum { MAX_PATH = 180, MAX_ITEMS = 256, MAX_MADE = 24, MAX_LIST = 2048 };

struct item {
	char path[MAX_PATH + 1];
	size_t len;
	enum jet_type type;
	uint32_t flags;
};

struct items {
	struct item item[MAX_ITEMS];
	size_t n;
	int rc; /* of the walk: 0 or what stopped it */
};

static char root[64];
static int root_fd;
static struct items made, everything, shipped, survey, only;
static struct twin twin;
static enum jet_builder builder;

/* ---- the tree on disk --------------------------------------------------- */

static void open_root(void)
{
	struct stat st;

	snprintf(root, sizeof(root), "%s/jet-fuzz-XXXXXX", stat("/dev/shm", &st) ? "/tmp" : "/dev/shm");
	if (!mkdtemp(root))
		fuzz_fail("no directory for the trees");
	root_fd = open(root, O_RDONLY | O_DIRECTORY);
	if (root_fd < 0)
		fuzz_fail("no directory for the trees");
}

/* After every input: libFuzzer does not leave by exit(). */
static void close_root(void)
{
	close(root_fd);
	if (rmdir(root) < 0)
		fuzz_fail("%s cannot be removed", root);
}

static struct item *find(struct items *list, const char *path, size_t len)
{
	for (size_t i = 0; i < list->n; i++)
		if (list->item[i].len == len && !memcmp(list->item[i].path, path, len))
			return &list->item[i];
	return NULL;
}

static void add(struct items *list, const char *path, size_t len, enum jet_type type, uint32_t flags)
{
	struct item *it = &list->item[list->n];

	if (list->n == MAX_ITEMS || len > MAX_PATH)
		fuzz_fail("more entries than were made");
	memcpy(it->path, path, len);
	it->path[len] = '\0';
	it->len = len;
	it->type = type;
	it->flags = flags;
	list->n++;
}

static bool make_dir(const char *path, size_t len)
{
	char name[MAX_PATH + 1];
	const struct item *there = find(&made, path, len);

	if (there)
		return there->type == JET_TYPE_DIR;
	memcpy(name, path, len);
	name[len] = '\0';
	if (made.n >= MAX_ITEMS || mkdirat(root_fd, name, 0755) < 0)
		return false;
	add(&made, path, len, JET_TYPE_DIR, 0);
	return true;
}

static bool make_socket(const char *path)
{
	struct sockaddr_un address = { .sun_family = AF_UNIX };
	int fd, rc;

	if ((size_t)snprintf(address.sun_path, sizeof(address.sun_path), "%s/%s", root, path) >=
	    sizeof(address.sun_path))
		return false;
	fd = socket(AF_UNIX, SOCK_STREAM, 0);
	if (fd < 0)
		return false;
	rc = bind(fd, (struct sockaddr *)&address, sizeof(address));
	close(fd);
	return rc == 0;
}

static bool make_file(const char *path)
{
	int fd = openat(root_fd, path, O_WRONLY | O_CREAT | O_EXCL, 0644);
	bool good = fd >= 0 && write(fd, "x", 1) == 1;

	if (fd >= 0)
		close(fd);
	return good;
}

/* The last file made gets another name. */
static bool make_link(const char *path)
{
	for (size_t i = made.n; i-- > 0;)
		if (made.item[i].type == JET_TYPE_FILE)
			return linkat(root_fd, made.item[i].path, root_fd, path, 0) == 0;
	return false;
}

static void make(char kind, const char *path, size_t len)
{
	char name[MAX_PATH + 1];
	enum jet_type type = JET_TYPE_FILE;
	bool good;

	for (size_t i = 0; i < len; i++)
		if (path[i] == '/' && !make_dir(path, i))
			return;
	if (kind == 'd') {
		make_dir(path, len);
		return;
	}
	memcpy(name, path, len);
	name[len] = '\0';
	if (made.n >= MAX_ITEMS || find(&made, path, len))
		return;
	if (kind == 'l') {
		type = JET_TYPE_SYMLINK;
		good = symlinkat("a/b", root_fd, name) == 0;
	} else if (kind == 'p') {
		type = JET_TYPE_FIFO;
		good = mkfifoat(root_fd, name, 0644) == 0;
	} else if (kind == 's') {
		type = JET_TYPE_SOCKET;
		good = make_socket(name);
	} else {
		good = kind == 'h' ? make_link(name) : make_file(name);
	}
	if (good)
		add(&made, path, len, type, 0);
}

static void make_tree(struct fuzz_input *in)
{
	const char *s;
	size_t len;

	made.n = 0;
	for (int i = 0; i < MAX_MADE && fuzz_next(in, &s, &len); i++) {
		char path[MAX_PATH];

		if (!len)
			continue;
		len = len - 1 > MAX_PATH ? MAX_PATH : len - 1;
		memcpy(path, s + 1, len);
		len = random_plain(path, len);
		if (len && made.n + len / 2 + 1 < MAX_ITEMS)
			make(s[0], path, len);
	}
}

/* In reverse: what is inside a directory was made after it. */
static void remove_tree(void)
{
	for (size_t i = made.n; i-- > 0;)
		if (unlinkat(root_fd, made.item[i].path,
		             made.item[i].type == JET_TYPE_DIR ? AT_REMOVEDIR : 0) < 0)
			fuzz_fail("%s cannot be removed", made.item[i].path);
}

/* ---- walks -------------------------------------------------------------- */

static size_t depth_of(const char *path)
{
	size_t n = 1;

	for (; *path; path++)
		n += *path == '/';
	return n;
}

static void check_entry(const struct jet_entry *e, const struct items *before)
{
	const struct item *last = before->n ? &before->item[before->n - 1] : NULL;
	const size_t base = jet_path_base(e->path, e->path_len);

	if (last && jet_path_order(last->path, last->len, e->path, e->path_len) >= 0)
		fuzz_fail("%s comes after %s", e->path, last->path);
	if (e->name_off != base || e->depth != depth_of(e->path) ||
	    strlen(e->path) != e->path_len || e->error)
		fuzz_fail("%s: name at %zu, depth %u, error %d", e->path, e->name_off,
		          (unsigned)e->depth, e->error);
}

static void check_hardlink(const struct jet_entry *e, struct items *before)
{
	const struct item *first;

	if (!e->hardlink)
		return;
	first = find(before, e->hardlink, e->hardlink_len);
	if (!first || first->type != JET_TYPE_FILE)
		fuzz_fail("%s is a link to %s, which is no file before it", e->path, e->hardlink);
}

static void walk(const struct jet_walk_options *options, struct items *out)
{
	const struct jet_entry *e;
	struct jet_walk *w;

	out->n = 0;
	out->rc = jet_walk_open(root, options, &w, NULL);
	if (out->rc)
		return;
	while ((out->rc = jet_walk_next(w, &e, NULL)) == 1) {
		check_entry(e, out);
		check_hardlink(e, out);
		add(out, e->path, e->path_len, e->type, e->flags & ~(uint32_t)JET_ENTRY_STATED);
	}
	jet_walk_close(w);
}

static bool same(const struct item *a, const struct item *b)
{
	return a->len == b->len && !memcmp(a->path, b->path, a->len) && a->type == b->type &&
	       a->flags == b->flags;
}

/* Everything there is, and nothing else. */
static void check_everything(const struct jet_walk_options *base)
{
	struct jet_walk_options options = *base;

	options.flags = JET_WALK_EVERYTHING;
	walk(&options, &everything);
	if (everything.rc || everything.n != made.n)
		fuzz_fail("everything: %zu entries of %zu, %d", everything.n, made.n, everything.rc);
	for (size_t i = 0; i < everything.n; i++) {
		const struct item *e = &everything.item[i], *m = find(&made, e->path, e->len);

		if (!m || m->type != e->type)
			fuzz_fail("everything: %s of type %d", e->path, e->type);
	}
}

/* The survey is what ships and what is left out, and both are the tree. */
static void check_survey(const struct jet_walk_options *base)
{
	const uint32_t out = JET_ENTRY_IGNORED | JET_ENTRY_PRUNED | JET_ENTRY_REMOVED;
	struct jet_walk_options options = *base;
	size_t ships = 0;

	options.flags |= JET_WALK_IGNORED;
	walk(&options, &survey);
	if (survey.rc != shipped.rc)
		fuzz_fail("survey gives %d, not %d", survey.rc, shipped.rc);
	if (survey.rc)
		return;
	if (survey.n != everything.n)
		fuzz_fail("survey: %zu entries of %zu", survey.n, everything.n);
	for (size_t i = 0; i < survey.n; i++) {
		const struct item *s = &survey.item[i];

		if (!find(&everything, s->path, s->len))
			fuzz_fail("survey: %s is not there", s->path);
		if (s->flags & out)
			continue;
		if (ships == shipped.n || !same(s, &shipped.item[ships++]))
			fuzz_fail("survey: %s does not ship so", s->path);
	}
	if (ships != shipped.n)
		fuzz_fail("survey: %zu ship, not %zu", ships, shipped.n);
}

static bool is_below(const struct item *it, const struct item *dir)
{
	return it->len > dir->len && it->path[dir->len] == '/' && !memcmp(it->path, dir->path, dir->len);
}

/* Can the walk that goes only to @path know of @it? */
static bool concerns(const struct item *it, const struct item *path)
{
	return is_below(it, path) || is_below(path, it) ||
	       (it->len == path->len && !memcmp(it->path, path->path, it->len));
}

/* An ignored directory on the way ships because of what is kept below it; what
 * lies elsewhere in it is not read, so is no reason. */
static bool has_reason(const struct item *dir, const struct item *path)
{
	if (!(dir->flags & JET_ENTRY_IMPLIED))
		return true;
	for (size_t i = 0; i < shipped.n; i++) {
		const struct item *s = &shipped.item[i];

		if (!(s->flags & JET_ENTRY_IMPLIED) && is_below(s, dir) && concerns(s, path))
			return true;
	}
	return false;
}

static void check_only(const struct jet_walk_options *base, const struct item *path)
{
	struct jet_walk_options options = *base;
	size_t k = 0;

	options.only = path->path;
	walk(&options, &only);
	if (only.rc)
		fuzz_fail("only %s: %d", path->path, only.rc);
	for (size_t i = 0; i < shipped.n; i++) {
		struct item want = shipped.item[i];

		if (!concerns(&want, path) || !has_reason(&want, path))
			continue;
		/* A second name has no content if the first one has none; but the
		 * first one may lie elsewhere. */
		if (k < only.n && options.flags & JET_WALK_HARDLINKS)
			only.item[k].flags = want.flags | (only.item[k].flags & ~(uint32_t)JET_ENTRY_EMPTIED);
		if (k == only.n || !same(&want, &only.item[k++]))
			fuzz_fail("only %s: not %s", path->path, want.path);
	}
	if (k != only.n)
		fuzz_fail("only %s: also %s", path->path, only.item[k].path);
}

static void check_explain(const struct jet_walk_options *base)
{
	struct jet_explainer *ex;
	struct jet_explanation x;
	char path[MAX_PATH + 8];

	if (jet_explainer_open(root, base, &ex, NULL) < 0)
		fuzz_fail("explain: cannot be opened");
	for (size_t i = 0; i < everything.n; i++) {
		const struct item *e = &everything.item[i];
		const bool ships = find(&shipped, e->path, e->len);
		int rc = jet_explain(ex, e->path, &x, NULL);

		/* Behind a pruned directory a rule may fail that no walk asks. */
		if (rc == JET_E_PATTERN && !ships)
			continue;
		if (rc || x.fate != (ships ? JET_FATE_SHIPPED : JET_FATE_LEFT_OUT))
			fuzz_fail("explain: %s: %d, fate %d", e->path, rc, x.fate);
		if (snprintf(path, sizeof(path), "%s/no", e->path) > MAX_PATH ||
		    find(&made, path, e->len + 3))
			continue;
		rc = jet_explain(ex, path, &x, NULL);
		if (rc != JET_E_PATTERN && (rc || x.fate != JET_FATE_MISSING))
			fuzz_fail("explain: %s: %d, fate %d", path, rc, x.fate);
	}
	jet_explainer_close(ex);
}

/* ---- the model ---------------------------------------------------------- */

static struct twin_verdict ask(const char *path, size_t len)
{
	struct twin_flip flips[MAX_LIST + 1];
	struct twin_verdict v = { .flips = flips };

	twin_path(&twin, JET_ORDER_BUILDER, path, len, &v);
	v.flips = NULL;
	return v;
}

static size_t without(const char *s, size_t len, const char *end)
{
	const size_t n = strlen(end);

	return len >= n && !memcmp(s + len - n, end, n) ? len - n : len;
}

/* Spec (e): what each builder compares before it reads an ignored directory. */
static bool is_pruned(const char *dir, size_t len)
{
	const bool buildkit = builder == JET_BUILDER_BUILDKIT;
	bool open = false;

	for (size_t i = 0; i < twin.count; i++) {
		const struct twin_rule *rule = &twin.rules[i];
		size_t n = rule->pattern_len;

		if (!rule->negated)
			continue;
		if (buildkit)
			n = without(rule->pattern, without(rule->pattern, n, "/**"), "/*");
		for (size_t k = 0; buildkit && k < n; k++)
			open |= rule->pattern[k] && strchr("*[]?^\\", rule->pattern[k]);
		if (n < len || memcmp(rule->pattern, dir, len) != 0)
			continue;
		open |= builder == JET_BUILDER_BUILDAH || n == len || rule->pattern[len] == '/';
	}
	return !open;
}

static bool is_reached(const struct item *e)
{
	for (size_t i = 0; i < e->len; i++) {
		enum jet_answer answer;

		if (e->path[i] != '/')
			continue;
		answer = ask(e->path, i).answer;
		if (answer == JET_FAILED || (answer == JET_IGNORED && is_pruned(e->path, i)))
			return false;
	}
	return true;
}

/* Is it kept by the rules, and does the builder come by? */
static bool is_kept(const struct item *e)
{
	if (e->type == JET_TYPE_SOCKET && builder != JET_BUILDER_BUILDKIT)
		return false;
	return ask(e->path, e->len).answer == JET_KEPT && is_reached(e);
}

static bool is_implied(const struct item *dir)
{
	if (dir->type != JET_TYPE_DIR || builder != JET_BUILDER_BUILDKIT ||
	    ask(dir->path, dir->len).answer != JET_IGNORED || !is_reached(dir))
		return false;
	for (size_t i = 0; i < everything.n; i++)
		if (is_below(&everything.item[i], dir) && is_kept(&everything.item[i]))
			return true;
	return false;
}

static void check_model(void)
{
	size_t k = 0;

	for (size_t i = 0; i < everything.n; i++) {
		const struct item *e = &everything.item[i];
		struct item want = *e;

		if (ask(e->path, e->len).answer == JET_FAILED && is_reached(e)) {
			if (shipped.rc != JET_E_PATTERN)
				fuzz_fail("model: %s fails, the walk gives %d", e->path, shipped.rc);
			return;
		}
		if (shipped.rc)
			continue;
		want.flags = 0;
		if (e->type == JET_TYPE_FILE && ask(e->path, e->len).emptied)
			want.flags = JET_ENTRY_EMPTIED;
		if (e->type == JET_TYPE_SOCKET) {
			want.type = JET_TYPE_FILE;
			want.flags = JET_ENTRY_EMPTIED | JET_ENTRY_SOCKET;
		}
		if (is_implied(e))
			want.flags = JET_ENTRY_IMPLIED;
		else if (!is_kept(e))
			continue;
		if (k == shipped.n || !same(&want, &shipped.item[k]))
			fuzz_fail("model: %s with flags %u, not %s with %u", e->path, (unsigned)want.flags,
			          k < shipped.n ? shipped.item[k].path : "nothing",
			          k < shipped.n ? (unsigned)shipped.item[k].flags : 0);
		k++;
	}
	if (shipped.rc || k != shipped.n)
		fuzz_fail("model: the walk gives %d and %zu entries, not %zu", shipped.rc, shipped.n, k);
}

/* ---- all of it ---------------------------------------------------------- */

static void check(const struct jet_ruleset *rs, uint8_t choice)
{
	struct jet_walk_options options = { .rs = rs, .builder = builder };

	if (choice & 4) {
		options.flags = JET_WALK_HARDLINKS;
	} else if (choice & 8) {
		options.dockerfile = "a/b";
		options.ignore_file = "a";
	}
	check_everything(&options);
	walk(&options, &shipped);
	if (!(choice & 12))
		check_model();
	check_survey(&options);
	if (shipped.rc)
		return;
	for (size_t i = 0; i < everything.n; i++)
		check_only(&options, &everything.item[i]);
	check_explain(&options);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct jet_ruleset *rs = NULL;
	struct fuzz_input in;
	int rc;

	if (!fuzz_split(data, size, &in) || in.list_len > MAX_LIST)
		return 0;
	builder = (enum jet_builder)(in.choice & 3);
	rc = twin_parse(in.list, in.list_len, builder, &twin);
	if (jet_ruleset_parse(in.list, in.list_len, NULL, builder, &rs, NULL) != rc)
		fuzz_fail("refused or not");
	if (!rc) {
		open_root();
		make_tree(&in);
		check(rs, in.choice);
		remove_tree();
		close_root();
		twin_free(&twin);
	}
	jet_ruleset_free(rs);
	return 0;
}
