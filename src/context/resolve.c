/* SPDX-License-Identifier: Apache-2.0 */
#include "context/resolve.h"

#include <errno.h>
#include <string.h>

enum { MAX_LINKS = 255 };

struct resolver {
	int root;
	struct jet_buf *out; /* resolved so far */
	struct jet_buf rest; /* still to come, NUL-ended behind len */
	unsigned links;
};

static int drop_last(struct jet_buf *out)
{
	while (out->len && out->data[out->len - 1] != '/')
		out->len--;
	out->len -= out->len > 0;
	return jet_buf_terminate(out);
}

static int append(struct jet_buf *out, const char *name, size_t len)
{
	if (out->len && jet_buf_byte(out, '/') < 0)
		return -1;
	return jet_buf_append(out, name, len) < 0 ? -1 : jet_buf_terminate(out);
}

/* The link at out: its target comes before the rest. */
static int follow(struct resolver *r, size_t parent_len)
{
	struct jet_buf target = { 0 };
	int rc;

	if (++r->links > MAX_LINKS)
		return -ELOOP;
	rc = jet_os_read_link(r->root, r->out->data, &target);
	if (rc == 0 && (jet_buf_byte(&target, '/') < 0 ||
	                jet_buf_append(&target, r->rest.data, r->rest.len) < 0 ||
	                jet_buf_terminate(&target) < 0))
		rc = -ENOMEM;
	if (rc < 0) {
		jet_buf_clear(&target);
		return rc;
	}
	jet_buf_clear(&r->rest);
	r->rest = target;
	r->out->len = target.data[0] == '/' ? 0 : parent_len;
	return jet_buf_terminate(r->out) < 0 ? -ENOMEM : 0;
}

/* Takes the next component of the rest; out and st are what it leads to. */
static int step(struct resolver *r, struct jet_os_stat *st)
{
	const size_t parent_len = r->out->len;
	size_t skip = strspn(r->rest.data, "/"), len = strcspn(r->rest.data + skip, "/");
	const char *name = r->rest.data + skip;
	int rc = 0;

	if (len == 0 || (len == 1 && name[0] == '.'))
		rc = 0;
	else if (len == 2 && name[0] == '.' && name[1] == '.')
		rc = drop_last(r->out);
	else
		rc = append(r->out, name, len);
	if (rc < 0)
		return -ENOMEM;
	memmove(r->rest.data, name + len, r->rest.len - skip - len + 1);
	r->rest.len -= skip + len;
	rc = jet_os_stat_below(r->root, r->out->data, st);
	if (rc == 0 && st->type == JET_TYPE_SYMLINK)
		return follow(r, parent_len);
	return rc;
}

int jet_resolve(int root, const char *path, struct jet_buf *out, struct jet_os_stat *st)
{
	struct resolver r = { .root = root, .out = out };
	int rc = 0;

	out->len = 0;
	if (jet_buf_text(&r.rest, path) < 0 || jet_buf_terminate(&r.rest) < 0 ||
	    jet_buf_terminate(out) < 0)
		rc = -ENOMEM;
	while (rc == 0 && r.rest.len)
		rc = step(&r, st);
	jet_buf_clear(&r.rest);
	return rc;
}
