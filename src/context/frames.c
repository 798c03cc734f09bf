/* SPDX-License-Identifier: Apache-2.0 */
#include "context/frames.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

/* Deeper trees are rare; two walks side by side and a plan do with 64 descriptors. */
enum { MAX_OPEN = 20 };

/* ---- sorting ------------------------------------------------------------ */

static uint64_t key_of(const char *name, size_t len)
{
	uint64_t key = 0;

	for (size_t i = 0; i < 8; i++)
		key = key << 8 | (i < len ? (unsigned char)name[i] : 0);
	return key;
}

static bool comes_before(const struct jet_record *a, const struct jet_record *b, const char *names)
{
	if (a->key != b->key)
		return a->key < b->key;
	/* Equal keys of short names are equal names, which a directory cannot
	 * hold; names end in NUL, so strcmp() is the byte order. */
	return strcmp(names + a->name, names + b->name) < 0;
}

static void sort_few(struct jet_record *r, size_t n, const char *names)
{
	for (size_t i = 1; i < n; i++) {
		const struct jet_record moved = r[i];
		size_t j = i;

		for (; j > 0 && comes_before(&moved, &r[j - 1], names); j--)
			r[j] = r[j - 1];
		r[j] = moved;
	}
}

static void sift(struct jet_record *r, size_t n, size_t i, const char *names)
{
	const struct jet_record moved = r[i];

	for (size_t child = 2 * i + 1; child < n; child = 2 * i + 1) {
		if (child + 1 < n && comes_before(&r[child], &r[child + 1], names))
			child++;
		if (!comes_before(&moved, &r[child], names))
			break;
		r[i] = r[child];
		i = child;
	}
	r[i] = moved;
}

static void sort_heap(struct jet_record *r, size_t n, const char *names)
{
	for (size_t i = n / 2; i-- > 0;)
		sift(r, n, i, names);
	while (n-- > 1) {
		const struct jet_record last = r[n];

		r[n] = r[0];
		r[0] = last;
		sift(r, n, 0, names);
	}
}

/* Quicksort with the middle of three; @depth is what a hostile order of names
 * may use up before the heap takes over.  No qsort(): it takes no context, and
 * calls a function for every comparison. */
static void sort(struct jet_record *r, size_t n, const char *names, unsigned depth)
{
	while (n > 16) {
		struct jet_record pivot, swap;
		size_t i = 0, j = n - 1, mid = n / 2;

		if (depth-- == 0) {
			sort_heap(r, n, names);
			return;
		}
		if (comes_before(&r[mid], &r[0], names))
			swap = r[mid], r[mid] = r[0], r[0] = swap;
		if (comes_before(&r[j], &r[0], names))
			swap = r[j], r[j] = r[0], r[0] = swap;
		if (comes_before(&r[j], &r[mid], names))
			swap = r[j], r[j] = r[mid], r[mid] = swap;
		pivot = r[mid];
		for (;;) {
			while (comes_before(&r[i], &pivot, names))
				i++;
			while (comes_before(&pivot, &r[j], names))
				j--;
			if (i >= j)
				break;
			swap = r[i], r[i] = r[j], r[j] = swap;
			i++;
			j--;
		}
		/* The smaller part by recursion, so the stack stays small. */
		if (j + 1 < n - j - 1) {
			sort(r, j + 1, names, depth);
			r += j + 1;
			n -= j + 1;
		} else {
			sort(r + j + 1, n - j - 1, names, depth);
			n = j + 1;
		}
	}
	sort_few(r, n, names);
}

void jet_frames_sort(struct jet_frames *f)
{
	struct jet_frame_dir *dir = jet_frames_top(f);
	const size_t n = dir->end - dir->first;
	unsigned depth = 2;

	for (size_t i = n; i; i /= 2)
		depth += 2;
	if (n > 1)
		sort(f->records + dir->first, n, f->names.data, depth);
}

/* ---- the stack ---------------------------------------------------------- */

static int stat_open(const struct jet_frames *f, struct jet_frame_dir *dir)
{
	int rc;

	if (dir->has_st)
		return 0;
	rc = jet_store_fstat(f->archive, dir->fd, &dir->st);
	dir->has_st = rc == 0;
	return rc;
}

/* Closes the outermost open descriptor, remembering whose it was. */
static int make_room(struct jet_frames *f)
{
	struct jet_frame_dir *dir;
	int rc;

	if (f->nopen < MAX_OPEN)
		return 0;
	dir = &f->dirs[f->n - f->nlater - f->nopen];
	rc = stat_open(f, dir);
	if (rc < 0)
		return rc;
	jet_store_close(f->archive, dir->fd);
	dir->fd = -1;
	f->nopen--;
	return 0;
}

int jet_frames_push(struct jet_frames *f, int fd, size_t path_len)
{
	struct jet_frame_dir *grown = jet_grow(f->dirs, f->n, &f->capacity, sizeof(*grown));
	int rc = grown ? 0 : -ENOMEM;

	if (grown)
		f->dirs = grown;
	if (rc == 0 && fd >= 0)
		rc = make_room(f);
	if (rc < 0) {
		if (fd >= 0)
			jet_store_close(f->archive, fd);
		return rc;
	}
	f->dirs[f->n++] = (struct jet_frame_dir){
		.fd = fd,
		.first = f->nrecords,
		.next = f->nrecords,
		.end = f->nrecords,
		.names = f->names.len,
		.path_len = path_len,
	};
	f->nopen += fd >= 0;
	f->nlater += fd < 0;
	return 0;
}

/* Opens what is to be opened up to directory @index. */
static int open_later(struct jet_frames *f, size_t index)
{
	while (f->n - f->nlater <= index) {
		struct jet_frame_dir *dir = &f->dirs[f->n - f->nlater];
		const struct jet_record *r = &f->records[dir[-1].next - 1];
		int fd = jet_store_open_dir(f->archive, dir[-1].fd, f->names.data + r->name), rc;

		if (fd < 0)
			return fd;
		rc = make_room(f);
		if (rc < 0) {
			jet_store_close(f->archive, fd);
			return rc;
		}
		dir->fd = fd;
		f->nlater--;
		f->nopen++;
	}
	return 0;
}

int jet_frames_fd(struct jet_frames *f)
{
	const int rc = open_later(f, f->n - 1);

	return rc < 0 ? rc : jet_frames_top(f)->fd;
}

int jet_frames_stat(struct jet_frames *f, size_t index)
{
	const int rc = f->dirs[index].has_st ? 0 : open_later(f, index);

	return rc < 0 ? rc : stat_open(f, &f->dirs[index]);
}

struct jet_record *jet_frames_add(struct jet_frames *f, const char *name, size_t len)
{
	struct jet_record *r = jet_grow(f->records, f->nrecords, &f->record_capacity, sizeof(*r));

	if (!r)
		return NULL;
	f->records = r;
	r += f->nrecords;
	*r = (struct jet_record){ .key = key_of(name, len), .name = f->names.len, .len = (uint32_t)len };
	if (jet_buf_append(&f->names, name, len) < 0 || jet_buf_byte(&f->names, '\0') < 0)
		return NULL;
	f->nrecords++;
	jet_frames_top(f)->end++;
	return r;
}

/* The parent of @child once more.  ".." is not trusted: the child may have been
 * moved meanwhile, so what is found must be the directory it was. */
static int reopen(const struct jet_frames *f, struct jet_frame_dir *dir, int child)
{
	struct jet_os_stat st;
	int fd = jet_store_open_dir(f->archive, child, ".."), rc;

	if (fd < 0)
		return fd;
	rc = jet_store_fstat(f->archive, fd, &st);
	if (rc == 0 && (st.dev != dir->st.dev || st.ino != dir->st.ino))
		rc = -ESTALE;
	if (rc < 0)
		jet_store_close(f->archive, fd);
	else
		dir->fd = fd;
	return rc;
}

int jet_frames_pop(struct jet_frames *f)
{
	const struct jet_frame_dir dir = *jet_frames_top(f);
	int rc = 0;

	f->n--;
	f->nrecords = dir.first;
	f->names.len = dir.names;
	if (f->nlater) {
		f->nlater--;
		return 0;
	}
	f->nopen--;
	if (f->n && f->nopen == 0) {
		rc = reopen(f, jet_frames_top(f), dir.fd);
		f->nopen = rc == 0;
	}
	jet_store_close(f->archive, dir.fd);
	return rc;
}

void jet_frames_clear(struct jet_frames *f)
{
	const size_t end = f->n - f->nlater;

	for (size_t i = end - f->nopen; i < end; i++)
		jet_store_close(f->archive, f->dirs[i].fd);
	free(f->dirs);
	free(f->records);
	jet_buf_clear(&f->names);
	memset(f, 0, sizeof(*f));
}
