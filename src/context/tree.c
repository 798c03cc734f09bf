/* SPDX-License-Identifier: Apache-2.0 */
#include "context/tree.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

/* Descriptors beside the root's: an ancestor or two of what is looked at, and some
 * directories that may be wanted again. */
enum { MAX_OPEN = 32 };

/* Memory above which jet_tree_trim() forgets. */
enum { LIMIT_BYTES = 64 << 20 };

struct jet_tree {
	struct jet_tree_node **nodes; /* [0] is the root */
	uint32_t n;
	size_t capacity;
	uint32_t *slots; /* open hash of (parent, name): index, 0: empty */
	size_t nslots;
	struct jet_tree_node *open[MAX_OPEN]; /* the last one was used last */
	size_t nopen;
	const struct jet_archive *archive; /* NULL: the disk */
	struct jet_store_dir reader;
	struct jet_tree_node **way; /* for opening */
	size_t way_capacity;
	struct jet_tree_node *culprit;
	size_t bytes, limit;
	uint64_t seed;   /* of the hash */
};

/* ---- nodes -------------------------------------------------------------- */

/* The seed is another one in every tree: so nobody can make names that all meet. */
static size_t hash_of(const struct jet_tree *t, const struct jet_tree_node *parent,
                      struct jet_str name)
{
	uint64_t h = t->seed ^ parent->index;

	for (size_t i = 0; i < name.len; i++) {
		h = (h ^ (unsigned char)name.data[i]) * 0x9E3779B97F4A7C15U;
		h ^= h >> 29;
	}
	return (size_t)(h ^ h >> 32);
}

static bool is_named(const struct jet_tree_node *node, const struct jet_tree_node *parent,
                     struct jet_str name)
{
	return node->parent == parent && node->len == name.len &&
	       memcmp(node->name, name.data, name.len) == 0;
}

/* Where the name stands in the hash, or where it would be put. */
static size_t slot_of(const struct jet_tree *t, const struct jet_tree_node *parent,
                      struct jet_str name)
{
	size_t i = hash_of(t, parent, name) & (t->nslots - 1);

	while (t->slots[i] && !is_named(t->nodes[t->slots[i]], parent, name))
		i = (i + 1) & (t->nslots - 1);
	return i;
}

static int grow_slots(struct jet_tree *t)
{
	const size_t n = t->nslots ? t->nslots * 2 : 64;
	uint32_t *slots = calloc(n, sizeof(*slots));

	if (!slots)
		return -ENOMEM;
	free(t->slots);
	t->slots = slots;
	t->nslots = n;
	/* In the order of their indexes: so the last one is always the last in its
	 * row, and can be taken out without moving others. */
	for (uint32_t i = 1; i < t->n; i++) {
		const struct jet_tree_node *node = t->nodes[i];

		slots[slot_of(t, node->parent, (struct jet_str){ node->name, node->len })] = i;
	}
	return 0;
}

static int add(struct jet_tree *t, struct jet_tree_node *parent, struct jet_str name,
               enum jet_type type, struct jet_tree_node **out)
{
	struct jet_tree_node **grown = jet_grow(t->nodes, t->n, &t->capacity,
	                                       sizeof(struct jet_tree_node *));
	struct jet_tree_node *node;

	if (!grown)
		return -ENOMEM;
	t->nodes = grown;
	if (t->n == UINT32_MAX || ((size_t)t->n * 2 >= t->nslots && grow_slots(t) < 0))
		return -ENOMEM;
	node = malloc(sizeof(*node) + name.len + 1);
	if (!node)
		return -ENOMEM;
	*node = (struct jet_tree_node){
		.parent = parent,
		.index = t->n,
		.depth = parent ? parent->depth + 1 : 0,
		.fd = -1,
		.type = type,
		.len = (uint32_t)name.len,
	};
	if (name.len)
		memcpy(node->name, name.data, name.len);
	node->name[name.len] = '\0';
	if (parent)
		t->slots[slot_of(t, parent, name)] = t->n;
	t->nodes[t->n++] = node;
	t->bytes += sizeof(*node) + name.len + 2 * sizeof(*t->slots) + sizeof(struct jet_tree_node *);
	*out = node;
	return 0;
}

static void drop_names(struct jet_tree *t, struct jet_tree_node *node)
{
	if (!node->names)
		return;
	t->bytes -= node->names->text.capacity + node->names->n * sizeof(*node->names->list);
	jet_buf_clear(&node->names->text);
	free(node->names->list);
	free(node->names);
	node->names = NULL;
}

/* The last node of all. */
static void drop_last(struct jet_tree *t)
{
	struct jet_tree_node *node = t->nodes[t->n - 1];

	if (node->parent)
		t->slots[slot_of(t, node->parent, (struct jet_str){ node->name, node->len })] = 0;
	if (node->fd >= 0)
		jet_store_close(t->archive, node->fd);
	drop_names(t, node);
	t->bytes -= sizeof(*node) + node->len + 2 * sizeof(*t->slots) + sizeof(struct jet_tree_node *);
	t->bytes -= node->target ? node->target_len : 0;
	free(node->target);
	free(node);
	t->n--;
}

/* Forgets the nodes from @mark on. */
static void forget(struct jet_tree *t, uint32_t mark)
{
	size_t kept = 0;

	for (size_t i = 0; i < t->nopen; i++) {
		if (t->open[i]->index < mark)
			t->open[kept++] = t->open[i];
	}
	/* Those above the mark are closed with their nodes. */
	t->nopen = kept;
	while (t->n > mark && t->n > 1)
		drop_last(t);
	if (!mark)
		drop_names(t, t->nodes[0]);
	t->culprit = t->nodes[0];
}

void jet_tree_forget(struct jet_tree *t)
{
	forget(t, 0);
}

bool jet_tree_is_full(const struct jet_tree *t)
{
	return t->bytes > t->limit;
}

void jet_tree_trim(struct jet_tree *t, uint32_t mark)
{
	if (jet_tree_is_full(t))
		forget(t, mark);
}

uint32_t jet_tree_count(const struct jet_tree *t)
{
	return t->n;
}

void jet_tree_set_limit(struct jet_tree *t, size_t bytes)
{
	t->limit = bytes;
}

int jet_tree_node_path(const struct jet_tree_node *node, struct jet_buf *path)
{
	size_t len = 0;
	char *end;

	for (const struct jet_tree_node *n = node; n->parent; n = n->parent)
		len += n->len + 1;
	if (!len)
		return jet_buf_reserve(path, 1);
	if (jet_buf_reserve(path, len) < 0)
		return -1;
	path->len += len - 1;
	end = path->data + path->len;
	for (const struct jet_tree_node *n = node; n->parent; n = n->parent) {
		end -= n->len;
		memcpy(end, n->name, n->len);
		if (n->parent->parent)
			*--end = '/';
	}
	return 0;
}

/* ---- descriptors -------------------------------------------------------- */

static void take_out(struct jet_tree *t, size_t i)
{
	t->nopen--;
	memmove(&t->open[i], &t->open[i + 1], (t->nopen - i) * sizeof(struct jet_tree_node *));
}

/* Of those that were not used for long the deepest: the others lead to more. */
static void close_one(struct jet_tree *t)
{
	size_t deepest = 0;

	for (size_t i = 1; i < MAX_OPEN / 2; i++) {
		if (t->open[i]->depth > t->open[deepest]->depth)
			deepest = i;
	}
	jet_store_close(t->archive, t->open[deepest]->fd);
	t->open[deepest]->fd = -1;
	take_out(t, deepest);
}

static void touch(struct jet_tree *t, struct jet_tree_node *node)
{
	for (size_t i = t->nopen; i-- > 0;) {
		if (t->open[i] != node)
			continue;
		take_out(t, i);
		t->open[t->nopen++] = node;
		return;
	}
}

static int fail(struct jet_tree *t, struct jet_tree_node *node, int rc)
{
	t->culprit = node;
	/* What was a directory and is none any more, or none ever. */
	return rc == -ENOTDIR || rc == -ELOOP || rc == -ENAMETOOLONG ? -ENOENT : rc;
}

static int open_child(struct jet_tree *t, struct jet_tree_node *node)
{
	const int fd = jet_store_open_dir(t->archive, node->parent->fd, node->name);

	if (fd < 0)
		return fail(t, node, fd);
	node->fd = fd;
	node->was_read = false;
	if (t->nopen == MAX_OPEN)
		close_one(t);
	t->open[t->nopen++] = node;
	return 0;
}

/* Opens a directory from its nearest open ancestor; the root always is. */
static int open_dir(struct jet_tree *t, struct jet_tree_node *node)
{
	size_t n = 0;
	int rc = 0;

	for (struct jet_tree_node *up = node; up->fd < 0; up = up->parent) {
		struct jet_tree_node **grown = jet_grow(t->way, n, &t->way_capacity,
		                                       sizeof(struct jet_tree_node *));

		if (!grown)
			return -ENOMEM;
		t->way = grown;
		t->way[n++] = up;
	}
	if (!n)
		touch(t, node);
	while (rc == 0 && n-- > 0)
		rc = open_child(t, t->way[n]);
	return rc;
}

/* ---- names -------------------------------------------------------------- */

static int compare(const void *a, const void *b)
{
	const struct jet_name *x = a, *y = b;

	return strcmp(x->text.data, y->text.data);
}

static int read_all(struct jet_tree *t, int fd, struct jet_names *names)
{
	struct jet_os_name name;
	size_t capacity = 0;
	int rc = jet_store_dir_start(t->archive, &t->reader, fd);

	while (rc >= 0 && (rc = jet_store_dir_next(t->archive, &t->reader, &name)) == 1) {
		struct jet_name *grown = jet_grow(names->list, names->n, &capacity, sizeof(*grown));

		if (!grown)
			return -ENOMEM;
		names->list = grown;
		if (jet_buf_append(&names->text, name.text, name.len) < 0 ||
		    jet_buf_byte(&names->text, '\0') < 0)
			return -ENOMEM;
		grown[names->n++] = (struct jet_name){ { NULL, name.len }, name.type };
	}
	if (rc < 0)
		return rc;
	/* Only now, as the text may have moved. */
	for (size_t i = 0, at = 0; i < names->n; i++) {
		names->list[i].text.data = names->text.data + at;
		at += names->list[i].text.len + 1;
	}
	if (names->n > 1)
		qsort(names->list, names->n, sizeof(*names->list), compare);
	return 0;
}

/* A descriptor that was read to its end begins anew only by being another one. */
static int read_names(struct jet_tree *t, struct jet_tree_node *dir, struct jet_names *names)
{
	const int fd = dir->was_read ? jet_store_open_dir(t->archive, dir->fd, ".") : dir->fd;
	int rc = fd < 0 ? fd : read_all(t, fd, names);

	if (fd >= 0 && fd != dir->fd)
		jet_store_close(t->archive, fd);
	dir->was_read = true;
	return rc;
}

int jet_tree_names(struct jet_tree *t, struct jet_tree_node *dir, const struct jet_names **names)
{
	struct jet_names *list;
	int rc;

	if (dir->names) {
		*names = dir->names;
		return 0;
	}
	if (dir->type != JET_TYPE_DIR)
		return -ENOENT;
	rc = open_dir(t, dir);
	if (rc < 0)
		return rc;
	list = calloc(1, sizeof(*list));
	rc = list ? read_names(t, dir, list) : -ENOMEM;
	dir->names = list;
	if (list)
		t->bytes += list->text.capacity + list->n * sizeof(*list->list);
	if (rc < 0) {
		drop_names(t, dir);
		return fail(t, dir, rc);
	}
	*names = dir->names;
	return 0;
}

/* ---- looking up --------------------------------------------------------- */

static const struct jet_name *search(const struct jet_names *names, struct jet_str name)
{
	size_t low = 0, high = names->n;

	while (low < high) {
		const size_t mid = low + (high - low) / 2;
		const int order = jet_str_cmp(names->list[mid].text, name);

		if (order == 0)
			return &names->list[mid];
		if (order < 0)
			low = mid + 1;
		else
			high = mid;
	}
	return NULL;
}

static int stat_child(struct jet_tree *t, struct jet_tree_node *dir, const char *name,
                      enum jet_type *type)
{
	struct jet_os_stat st;
	int rc = open_dir(t, dir);

	if (rc < 0)
		return rc;
	rc = jet_store_stat(t->archive, dir->fd, name, &st);
	if (rc < 0)
		return fail(t, dir, rc);
	*type = st.type;
	return 0;
}

int jet_tree_child(struct jet_tree *t, struct jet_tree_node *dir, const struct jet_name *name,
                   struct jet_tree_node **node)
{
	const size_t slot = slot_of(t, dir, name->text);
	enum jet_type type = name->type;
	int rc = 0;

	if (t->slots[slot]) {
		*node = t->nodes[t->slots[slot]];
		return 0;
	}
	if (type == JET_TYPE_UNKNOWN)
		rc = stat_child(t, dir, name->text.data, &type);
	return rc < 0 ? rc : add(t, dir, name->text, type, node);
}

int jet_tree_find(struct jet_tree *t, struct jet_tree_node *dir, struct jet_str name,
                  struct jet_tree_node **node)
{
	struct jet_name known = { name, JET_TYPE_UNKNOWN };
	const struct jet_name *listed;
	char *copy;
	int rc;

	if (dir->type != JET_TYPE_DIR || !name.len || memchr(name.data, '\0', name.len))
		return -ENOENT;
	if (dir->names) {
		listed = search(dir->names, name);
		return listed ? jet_tree_child(t, dir, listed, node) : -ENOENT;
	}
	if (t->slots[slot_of(t, dir, name)])
		return jet_tree_child(t, dir, &known, node);
	copy = strndup(name.data, name.len);
	if (!copy)
		return -ENOMEM;
	known.text.data = copy;
	rc = jet_tree_child(t, dir, &known, node);
	free(copy);
	return rc;
}

int jet_tree_path(struct jet_tree *t, struct jet_str path, struct jet_tree_node **node)
{
	int rc = 0;

	*node = t->nodes[0];
	while (rc == 0 && path.len) {
		const char *slash = memchr(path.data, '/', path.len);
		const size_t n = slash ? (size_t)(slash - path.data) : path.len;

		rc = jet_tree_find(t, *node, (struct jet_str){ path.data, n }, node);
		path.data += n + (slash != NULL);
		path.len -= n + (slash != NULL);
	}
	return rc;
}

int jet_tree_target(struct jet_tree *t, struct jet_tree_node *link)
{
	struct jet_buf target = { 0 };
	int rc;

	if (link->target)
		return 0;
	if (link->type != JET_TYPE_SYMLINK)
		return -EINVAL;
	rc = open_dir(t, link->parent);
	if (rc < 0)
		return rc;
	rc = jet_store_read_link(t->archive, link->parent->fd, link->name, &target);
	if (rc == 0 && jet_buf_terminate(&target) < 0)
		rc = -ENOMEM;
	if (rc < 0) {
		jet_buf_clear(&target);
		/* It was a link and is none any more. */
		return fail(t, link, rc == -EINVAL ? -ENOENT : rc);
	}
	link->target = target.data;
	link->target_len = target.len;
	t->bytes += target.len;
	return 0;
}

int jet_tree_can_read(struct jet_tree *t, struct jet_tree_node *node)
{
	int rc;

	if (!node->parent)
		return 0; /* it is open */
	rc = open_dir(t, node->parent);
	if (rc < 0)
		return rc;
	rc = jet_store_can_read(t->archive, node->parent->fd, node->name);
	return rc < 0 ? fail(t, node, rc) : 0;
}

struct jet_tree_node *jet_tree_culprit(const struct jet_tree *t)
{
	return t->culprit;
}

/* ---- opening ------------------------------------------------------------ */

struct jet_tree_node *jet_tree_root(const struct jet_tree *t)
{
	return t->nodes[0];
}

int jet_tree_open(const struct jet_archive *archive, const char *root, struct jet_tree **out)
{
	struct jet_tree *t = calloc(1, sizeof(*t));
	struct jet_tree_node *node;
	int fd;

	*out = NULL;
	if (!t)
		return -ENOMEM;
	t->limit = LIMIT_BYTES;
	t->seed = jet_os_seed();
	t->archive = archive;
	fd = jet_store_open_root(archive, root);
	if (fd < 0 || add(t, NULL, (struct jet_str){ "", 0 }, JET_TYPE_DIR, &node) < 0) {
		if (fd >= 0)
			jet_store_close(archive, fd);
		jet_tree_close(t);
		return fd < 0 ? fd : -ENOMEM;
	}
	node->fd = fd;
	t->culprit = node;
	*out = t;
	return 0;
}

void jet_tree_close(struct jet_tree *t)
{
	if (!t)
		return;
	while (t->n)
		drop_last(t);
	jet_store_dir_clear(&t->reader);
	free(t->nodes);
	free(t->slots);
	free(t->way);
	free(t);
}
