/* SPDX-License-Identifier: Apache-2.0 */
#include "context/archive.h"
#include "context/hash.h"
#include "context/store.h"
#include "sink/tar_header.h"

#include "unit/scratch.h"
#include "unit/walk_text.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

TestSuite(archive, .init = scratch_enter, .fini = scratch_leave);

/* ---- archives as text --------------------------------------------------- */

static void put(struct jet_buf *tar, struct jet_tar_member *m, const char *content)
{
	static const char zeroes[JET_TAR_BLOCK];
	bool plain;

	m->path_len = strlen(m->path);
	m->link_len = m->link ? strlen(m->link) : 0;
	m->size = m->type == '0' ? strlen(content) : 0;
	cr_assert_eq(jet_tar_header(tar, m, &plain), 0);
	if (!m->size)
		return;
	cr_assert_eq(jet_buf_append(tar, content, m->size), 0);
	cr_assert_eq(jet_buf_append(tar, zeroes, JET_TAR_BLOCK - m->size % JET_TAR_BLOCK), 0);
}

/* One word as in scratch_tree(): "NAME/", "NAME=TEXT", "NAME>TARGET", "NAME:FIRST",
 * "NAME|"; "MODE," before it. */
static void put_word(struct jet_buf *tar, char *word)
{
	struct jet_tar_member m = { .mode = 0644, .mtime = 1 };
	const size_t digits = strspn(word, "01234567");
	char *mark;

	if (digits && word[digits] == ',') {
		m.mode = (uint32_t)strtoul(word, NULL, 8);
		word += digits + 1;
	}
	mark = word + strcspn(word, "=>:|");
	m.path = word;
	m.type = *mark == '>' ? '2' : *mark == ':' ? '1' : *mark == '|' ? '6' : *mark == '=' ? '0' : '5';
	if (*mark)
		*mark++ = '\0';
	else if (mark > word && mark[-1] == '/')
		mark[-1] = '\0';
	m.link = m.type == '1' || m.type == '2' ? mark : NULL;
	put(tar, &m, mark);
}

static void write_tar(const char *spec)
{
	struct jet_buf tar = { 0 };
	char *copy = strdup(spec), *rest = NULL;

	for (char *word = strtok_r(copy, " ", &rest); word; word = strtok_r(NULL, " ", &rest))
		put_word(&tar, word);
	scratch_file("t.tar", tar.data ? tar.data : "", tar.len);
	jet_buf_clear(&tar);
	free(copy);
}

static struct jet_archive *open_tar(const char *spec)
{
	struct jet_archive *a;
	struct jet_error err = { 0 };

	write_tar(spec);
	cr_assert_eq(jet_archive_open("t.tar", NULL, &a, &err), 0, "%s: %s", spec, err.message);
	return a;
}

static char *list(const struct jet_archive *a, uint32_t flags)
{
	const struct walk_case c = { .archive = a, .flags = flags | JET_WALK_EVERYTHING };

	return walk_list(&c);
}

/* ---- odd archives, compared with docker 20.10 ---------------------------- */

Test(archive, members_are_unpacked_one_after_the_other)
{
	static const struct {
		const char *spec, *want;
	} rows[] = {
		{ "a=x", "f a 1;" },
		{ "a/ a/b=x", "d a;f a/b 1;" },
		{ "c=x b=x a=x", "f a 1;f b 1;f c 1;" },
		/* parents without a member */
		{ "a/b/c=x", "d a;d a/b;f a/b/c 1;" },
		/* names are cleaned, and lead nowhere else */
		{ "./ ./a=x", "f a 1;" },
		{ "/a=x ../b=x ../../c/../d=x e//f/./g=x", "f a 1;f b 1;f d 1;d e;d e/f;f e/f/g 1;" },
		/* the last one counts */
		{ "a=x a=yy", "f a 2;" },
		{ "a=x ./a=yy /a=zzz", "f a 3;" },
		{ "a=x a>b", "l a -> b;" },
		{ "a>b a=x", "f a 1;" },
		{ "a=x a/", "d a;" },
		{ "a>b a/ a/c=x", "d a;f a/c 1;" },
		/* a directory keeps what is in it, and loses it when it is none any more */
		{ "a/b=x a/ a/c=x", "d a;f a/b 1;f a/c 1;" },
		{ "a/b/c=x a=y", "f a 1;" },
		{ "a/b/c=x a=y a/ a/d=x", "d a;f a/d 1;" },
		{ "a/b/c=x a=y a/ a/b/d=x", "d a;d a/b;f a/b/d 1;" },
		{ "a/b=x a=y a/ a=y a/ a/b=zz", "d a;f a/b 2;" },
		/* through links */
		{ "d/ l>d l/f=x", "d d;f d/f 1;l l -> d;" },
		{ "d/e/ l>/d/e l/f=x", "d d;d d/e;f d/e/f 1;l l -> /d/e;" },
		{ "d/ e/ e/l>/d e/l/f=x", "d d;f d/f 1;d e;l e/l -> /d;" },
		{ "d/ l>../../d l/f=x", "d d;f d/f 1;l l -> ../../d;" },
		{ "d/ d/l>.. d/l/f=x", "d d;l d/l -> ..;f f 1;" },
		{ "d/ l>m m>d l/x/y=x", "d d;d d/x;f d/x/y 1;l l -> m;l m -> d;" },
		/* hard links */
		{ "a=x b:a", "f a 1;f b 1 = a;" },
		{ "a=x b:a c:b", "f a 1;f b 1 = a;f c 1 = a;" },
		{ "a=x b:/a c:../a d:./b", "f a 1;f b 1 = a;f c 1 = a;f d 1 = a;" },
		{ "b=x a:b", "f a 1;f b 1 = a;" },
		{ "a=x b:a a=yy", "f a 2;f b 1;" },
		{ "a=x b:a a>y", "l a -> y;f b 1;" },
		{ "d/a=x b:d/a d=y", "f b 1;f d 1;" },
		{ "d/f=x l>d h:l/f", "d d;f d/f 1;f h 1 = d/f;l l -> d;" },
		{ "l>x h:l", "l h -> x;l l -> x;" },
		/* special ones, and names that mean something elsewhere */
		{ "p| p|", "p p;" },
		{ ".wh.a=x a=x .wh..wh..opq=", "f .wh..wh..opq 0;f .wh.a 1;f a 1;" },
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct jet_archive *a = open_tar(rows[i].spec);
		char *got = list(a, JET_WALK_HARDLINKS);

		cr_expect_str_eq(got, rows[i].want, "%s: %s", rows[i].spec, got);
		free(got);
		jet_archive_close(a);
	}
}

Test(archive, what_cannot_be_unpacked_is_refused)
{
	static const struct {
		const char *spec, *message;
	} rows[] = {
		{ "a=x a/b=x", "entry 2 of the archive: \"a/b\" is to be in what is no directory" },
		{ "a=x a/b/c=x", "entry 2 of the archive: \"a/b/c\" is to be in what is no directory" },
		{ "l>none l/f=x", "entry 2 of the archive: \"l/f\" is to be in what is no directory" },
		{ "l>l l/f=x", "entry 2 of the archive: \"l/f\" is to be in what is no directory" },
		{ "l>m m>l l/f=x", "entry 3 of the archive: \"l/f\" is to be in what is no directory" },
		{ "b:a a=x", "entry 1 of the archive: a hard link to \"a\", which is not there before it" },
		{ "a=x a:a", "entry 2 of the archive: a hard link to \"a\", which is not there before it" },
		{ "d/ a:d", "entry 2 of the archive: a hard link to the directory \"d\"" },
		{ "a=x .=y", "entry 2 of the archive has the name of the root and is no directory" },
		{ "a=x ..>y", "entry 2 of the archive has the name of the root and is no directory" },
		{ "a>", "entry 1 of the archive is a link to nothing: no builder takes it" },
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct jet_error err = { 0 };
		struct jet_archive *a;

		write_tar(rows[i].spec);
		cr_expect_eq(jet_archive_open("t.tar", NULL, &a, &err), JET_E_FORMAT, "%s", rows[i].spec);
		cr_expect_null(a);
		cr_expect_str_eq(err.message, rows[i].message, "%s: %s", rows[i].spec, err.message);
		cr_expect_str_eq(err.file, "t.tar");
	}
}

Test(archive, what_is_no_archive_is_refused)
{
	static const struct {
		const char *data, *message;
		size_t len;
	} rows[] = {
		{ "", "is empty, and no tar archive: what was to write it may have failed", 0 },
		{ "FROM scratch\n", "no tar archive", 13 },
	};
	struct jet_error err = { 0 };
	struct jet_archive *a;

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		scratch_file("f", rows[i].data, rows[i].len);
		cr_expect_eq(jet_archive_open("f", NULL, &a, &err), JET_E_FORMAT);
		cr_expect_str_eq(err.message, rows[i].message, "%s", err.message);
	}
	cr_expect_eq(jet_archive_open("none", NULL, &a, &err), JET_E_IO);
	write_tar("a=x");
	cr_expect_eq(jet_archive_open("t.tar", "none", &a, &err), JET_E_IO);
	cr_expect_str_eq(err.file, "none");
}

Test(archive, later_headers_change_modes)
{
	static const struct {
		const char *spec, *path;
		unsigned mode;
	} rows[] = {
		{ "600,a=x 755,a=x", "a", 0755 },
		{ "600,a=x 755,b:a", "a", 0755 },
		{ "700,d/ 755,d/", "d", 0755 },
		{ "d/f=x 700,d/", "d", 0700 },
		{ "d/f=x", "d", 0755 },
		{ "4755,a=x", "a", 04755 },
		{ "700,./ a=x", ".", 0700 },
		{ "a=x", ".", 0755 },
		/* not of links, nor of what they lead to */
		{ "600,l>a a=x", "l", 0777 },
		{ "600,a=x 644,l>a 755,h:l", "a", 0600 },
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct jet_archive *a = open_tar(rows[i].spec);
		struct jet_os_stat st;

		cr_assert_eq(jet_archive_look(a, rows[i].path, false, &st), 0, "%s", rows[i].spec);
		cr_expect_eq(st.mode, rows[i].mode, "%s: %o", rows[i].spec, st.mode);
		jet_archive_close(a);
	}
}

/* ---- paths -------------------------------------------------------------- */

Test(archive, paths_lead_through_links_and_never_out)
{
	static const struct {
		const char *path, *real;
	} rows[] = {
		{ ".", "/" }, { "", "/" }, { "/", "/" }, { "..", "/" }, { "../../d", "/d" },
		{ "d/f", "/d/f" }, { "/d/f", "/d/f" }, { "d/./../d//f", "/d/f" }, { "abs/f", "/d/f" },
		{ "d/up/d/f", "/d/f" }, { "chain", "/d/f" }, { "out", "/d" }, { "none", NULL },
		{ "d/f/x", NULL }, { "d/f/..", NULL }, { "loop", NULL }, { "loop/x", NULL },
		{ "dangling", NULL },
	};
	struct jet_archive *a = open_tar("d/f=x abs>/d d/up>.. chain>abs/up/abs/f out>../../../d "
	                                 "loop>loop dangling>none");
	struct jet_os_stat st;

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		char *got = jet_archive_realpath(a, rows[i].path);

		cr_expect_str_eq(got ? got : "none", rows[i].real ? rows[i].real : "none", "%s: %s",
		                 rows[i].path, got);
		free(got);
	}
	cr_assert_eq(jet_archive_look(a, "dangling", false, &st), 0);
	cr_expect_eq(st.type, JET_TYPE_SYMLINK);
	cr_expect_eq(jet_archive_open_root(a, "d/f"), -ENOTDIR);
	jet_archive_close(a);
}

Test(archive, no_more_links_are_followed_than_the_kernel_follows)
{
	struct jet_buf spec = { 0 };
	struct jet_os_stat st;
	struct jet_archive *a;

	jet_buf_text(&spec, "f=x l0>f");
	for (int i = 1; i < 50; i++)
		jet_buf_printf(&spec, " l%d>l%d", i, i - 1);
	jet_buf_terminate(&spec);
	a = open_tar(spec.data);
	cr_expect_eq(jet_archive_look(a, "l39", true, &st), 0);
	cr_expect_eq(jet_archive_look(a, "l40", true, &st), -ELOOP);
	jet_archive_close(a);
	jet_buf_clear(&spec);
}

/* Deeper than descriptors are kept open, than any path a system call takes, and than a
 * stack of calls would be. */
Test(archive, deep_names)
{
	enum { DEPTH = 20000 };
	struct jet_buf spec = { 0 };
	struct jet_walk_counts counts;
	const struct jet_entry *e;
	struct jet_archive *a;
	struct jet_walk *walk;

	for (int i = 0; i < DEPTH; i++)
		jet_buf_text(&spec, "d/");
	jet_buf_text(&spec, "f=x d=y");
	jet_buf_terminate(&spec);
	/* All of it, and then nothing of it. */
	for (int i = 0; i < 2; i++) {
		if (i == 0)
			spec.data[spec.len - 4] = '\0';
		else
			spec.data[spec.len - 4] = ' ';
		a = open_tar(spec.data);
		cr_assert_eq(jet_walk_open(".", &(struct jet_walk_options){ .archive = a }, &walk, NULL), 0);
		while (jet_walk_next(walk, &e, NULL) == 1)
			;
		counts = jet_walk_counts(walk);
		cr_expect_eq(counts.files, 1);
		cr_expect_eq(counts.dirs, i == 0 ? DEPTH : 0, "%llu", (unsigned long long)counts.dirs);
		jet_walk_close(walk);
		jet_archive_close(a);
	}
	jet_buf_clear(&spec);
}

/* A directory that comes and goes again and again, with ever more that was in it. */
Test(archive, replacing_costs_no_more_each_time, .timeout = 60)
{
	enum { TIMES = 20000 };
	struct jet_buf tar = { 0 };
	struct jet_error err;
	struct jet_archive *a;
	char *got;

	for (int i = 0; i < TIMES; i++) {
		char file[] = "d/f=", dir[] = "d=x";

		put_word(&tar, file);
		put_word(&tar, dir);
	}
	scratch_file("t.tar", tar.data, tar.len);
	jet_buf_clear(&tar);
	cr_expect_eq(jet_archive_open("t.tar", NULL, &a, &err), JET_E_FORMAT);
	for (int i = 0; i < TIMES; i++) {
		char name[32], dir[] = "d/", gone[] = "d=x";

		snprintf(name, sizeof(name), "d/%d=", i);
		put_word(&tar, dir);
		put_word(&tar, name);
		put_word(&tar, gone);
	}
	scratch_file("t.tar", tar.data, tar.len);
	jet_buf_clear(&tar);
	cr_assert_eq(jet_archive_open("t.tar", NULL, &a, &err), 0, "%s", err.message);
	got = list(a, 0);
	cr_expect_str_eq(got, "f d;");
	free(got);
	jet_archive_close(a);
}

/* ---- contents ----------------------------------------------------------- */

Test(archive, contents_are_read_where_they_are)
{
	struct jet_archive *a = open_tar("a=first e= b=second h:a z=last b=again");
	struct jet_walk_options options = { .flags = JET_WALK_HARDLINKS, .archive = a };
	const struct jet_entry *e;
	struct jet_buf text = { 0 };
	struct jet_walk *walk;

	cr_assert_eq(jet_walk_open(".", &options, &walk, NULL), 0);
	while (jet_walk_next(walk, &e, NULL) == 1) {
		char content[16] = "";
		uint64_t offset;
		int fd;

		cr_assert_eq(jet_walk_read(walk, &fd, &offset, NULL), 0);
		cr_expect_eq(pread(fd, content, e->size, (off_t)offset), (ssize_t)e->size);
		close(fd);
		jet_buf_printf(&text, "%s=%s;", e->path, content);
	}
	jet_buf_terminate(&text);
	cr_expect_str_eq(text.data, "a=first;b=again;e=;h=first;z=last;");
	jet_walk_close(walk);
	jet_buf_clear(&text);
	jet_archive_close(a);
}

Test(archive, small_files_are_read_whole)
{
	static const struct {
		const char *path, *message;
	} rows[] = {
		{ "none", "cannot read it: no such file or directory" },
		{ "d", "cannot read it: is a directory" },
		{ "p", "cannot read it: it is no regular file" },
		{ "big", "more than 0 MiB: this is not it" },
	};
	struct jet_archive *a = open_tar("d/f=text l>d/f p| big=0123456789 empty=");
	struct jet_error err;
	void *data;
	size_t len;

	cr_assert_eq(jet_archive_file(a, "l", "it", 4, &data, &len, &err), 0);
	cr_expect(len == 4 && memcmp(data, "text", 4) == 0);
	free(data);
	cr_assert_eq(jet_archive_file(a, "empty", "it", 4, &data, &len, &err), 0);
	cr_expect(len == 0 && data);
	free(data);
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		cr_expect_eq(jet_archive_file(a, rows[i].path, "it", 9, &data, &len, &err), JET_E_IO);
		cr_expect_null(data);
		cr_expect_str_eq(err.message, rows[i].message, "%s: %s", rows[i].path, err.message);
		cr_expect_str_eq(err.file, rows[i].path);
	}
	jet_archive_close(a);
}

/* Hashes by name would be those of another archive's or of the disk's file. */
Test(archive, hashes_are_kept_for_its_own_names_only)
{
	struct jet_hasher *hasher;
	uint8_t first[16];

	cr_assert_eq(jet_hasher_open(JET_HASH_XXH128, &hasher, NULL), 0);
	for (int i = 0; i < 2; i++) {
		struct jet_archive *a = open_tar(i ? "a=two b:a" : "a=one b:a");
		struct jet_walk_options options = { .flags = JET_WALK_HARDLINKS, .archive = a };
		struct jet_hashes hashes;
		const struct jet_entry *e;
		struct jet_walk *walk;

		cr_assert_eq(jet_walk_open(".", &options, &walk, NULL), 0);
		cr_assert_eq(jet_walk_next(walk, &e, NULL), 1);
		cr_assert_eq(jet_hash_entry(hasher, walk, e, &hashes, NULL), 0);
		if (i)
			cr_expect_neq(memcmp(first, hashes.xxh128, 16), 0);
		memcpy(first, hashes.xxh128, 16);
		cr_assert_eq(jet_walk_next(walk, &e, NULL), 1);
		cr_assert_eq(jet_hash_entry(hasher, walk, e, &hashes, NULL), 0);
		cr_expect_eq(memcmp(first, hashes.xxh128, 16), 0);
		jet_walk_close(walk);
		jet_archive_close(a);
	}
	jet_hasher_close(hasher);
}

Test(archive, attributes_that_a_build_keeps)
{
	struct jet_tar_member m = { .type = '0', .path = "f", .mode = 0644 };
	struct jet_buf tar = { 0 };
	struct jet_xattrs in = { 0 }, out = { 0 };
	struct jet_archive *a;
	struct jet_os_stat st;

	cr_assert_eq(jet_xattrs_add(&in, "user.b", "x\0y", 3), 0);
	cr_assert_eq(jet_xattrs_add(&in, "trusted.no", "x", 1), 0);
	cr_assert_eq(jet_xattrs_add(&in, "user.a", "", 0), 0);
	m.xattrs = &in;
	put(&tar, &m, "");
	scratch_file("t.tar", tar.data, tar.len);
	cr_assert_eq(jet_archive_open("t.tar", NULL, &a, NULL), 0);
	cr_assert_eq(jet_archive_look(a, "f", true, &st), 0);
	for (int i = 0; i < 2; i++) { /* the second time, too */
		cr_assert_eq(jet_archive_xattrs(a, st.ino, &out), 0);
		cr_assert_eq(out.n, 2);
		cr_expect_str_eq(out.bytes.data + out.items[0].name, "user.a");
		cr_expect_str_eq(out.bytes.data + out.items[1].name, "user.b");
		cr_expect_eq(memcmp(out.bytes.data + out.items[1].value, "x\0y", 3), 0);
	}
	jet_archive_close(a);
	jet_xattrs_clear(&in);
	jet_xattrs_clear(&out);
	jet_buf_clear(&tar);
}
