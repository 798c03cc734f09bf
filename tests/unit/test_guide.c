/* SPDX-License-Identifier: Apache-2.0 */
#include "context/guide.h"

#include "context/needs.h"
#include "unit/scratch.h"

#include <criterion/criterion.h>
#include <stdlib.h>
#include <string.h>

static struct jet_needs *needs;
static struct jet_guide *guide;

static void open_guide(const char *instructions)
{
	static const struct jet_needs_options options;
	const struct jet_walk_options walk = { .builder = JET_BUILDER_BUILDKIT };
	struct jet_error err = { 0 };
	struct jet_buf text = { 0 };

	cr_assert_eq(jet_buf_printf(&text, "FROM scratch\n%s\n", instructions), 0);
	cr_assert_eq(jet_needs_open(".", text.data, text.len, &options, &walk, &needs, &err), 0, "%s: %s",
	             instructions, err.message);
	jet_buf_clear(&text);
	cr_assert_eq(jet_guide_open(needs->plan, &guide), 0);
}

static void close_guide(void)
{
	jet_guide_close(guide);
	jet_needs_close(needs);
}

TestSuite(guide, .init = scratch_enter, .fini = scratch_leave);

/* "LINES[+]": who reads it, "+" it may be entered; "-" for nothing at all. */
static void ask(const char *name, const char *want)
{
	struct jet_guidance g;
	struct jet_buf out = { 0 };
	const uint32_t *by;
	size_t n;

	cr_assert_eq(jet_guide_ask(guide, name, strlen(name), &g), 0);
	by = jet_guide_by(guide, g.by, &n);
	for (size_t i = 0; i < n; i++)
		jet_buf_printf(&out, "%s%u", i ? "," : "", (unsigned)needs->plan->needs[by[i]].at.line);
	jet_buf_text(&out, g.failed ? "!" : "");
	jet_buf_text(&out, g.enter ? "+" : n ? "" : "-");
	cr_assert_eq(jet_buf_terminate(&out), 0);
	cr_expect_str_eq(out.data, want, "%s gives %s", name, out.data);
	jet_buf_clear(&out);
}

static void names(const char *want)
{
	struct jet_buf out = { 0 };
	enum jet_type type;
	struct jet_str name;
	size_t at = 0;

	while (jet_guide_next_name(guide, &at, &name, &type))
		jet_buf_printf(&out, "%.*s%s ", (int)name.len, name.data, type == JET_TYPE_DIR ? "/" : "");
	cr_assert_eq(jet_buf_terminate(&out), 0);
	cr_expect_str_eq(out.data, want, "%s", out.data);
	jet_buf_clear(&out);
}

static void push(const char *name)
{
	cr_assert_eq(jet_guide_push(guide, name, strlen(name)), 0);
}

Test(guide, goes_only_where_a_root_is)
{
	scratch_tree("a/b/c a/b/d a/e f a-b");
	open_guide("COPY a/b/c f /x/\nCOPY f a-b /y/");
	cr_expect(!jet_guide_reads_all(guide));
	names("a/ a-b f ");
	ask("a", "+");
	ask("a-b", "3");
	ask("f", "2,3");
	ask("g", "-");
	ask("a/b", "-");
	push("a");
	cr_expect(!jet_guide_reads_all(guide));
	names("b/ ");
	ask("b", "+");
	ask("e", "-");
	push("b");
	names("c ");
	ask("c", "2");
	ask("d", "-");
	jet_guide_pop(guide);
	ask("b", "+");
	jet_guide_pop(guide);
	ask("f", "2,3");
	push("g");
	names("");
	ask("c", "-");
	jet_guide_pop(guide);
	close_guide();
}

Test(guide, covers_begin_at_their_base)
{
	scratch_tree("a/b/c a/b/d a/e f");
	open_guide("COPY a/b /x\nCOPY a /y\nCOPY a/b/c /z");
	cr_expect(!jet_guide_reads_all(guide));
	ask("a", "3+");
	push("a");
	cr_expect(jet_guide_reads_all(guide));
	ask("e", "3+");
	ask("b", "2,3+");
	push("b");
	ask("c", "2,3,4+");
	ask("d", "2,3+");
	push("deeper");
	ask("x", "2,3+");
	jet_guide_pop(guide);
	jet_guide_pop(guide);
	/* That of line 2 has ended. */
	ask("e", "3+");
	jet_guide_pop(guide);
	ask("f", "-");
	close_guide();
}

Test(guide, excludes_end_a_cover)
{
	scratch_tree("a/b/c a/x/y a/k/z");
	open_guide("COPY --exclude=b --exclude=x/y a /x\nCOPY --exclude=k a /y");
	push("a");
	ask("b", "3+");
	ask("x", "2,3+");
	ask("k", "2+");
	ask("w", "2,3+");
	push("b");
	ask("c", "3+");
	jet_guide_pop(guide);
	push("x");
	ask("y", "3+");
	ask("w", "2,3+");
	jet_guide_pop(guide);
	push("k");
	ask("z", "2+");
	jet_guide_pop(guide);
	close_guide();
	/* Alone: what is excluded is not entered. */
	open_guide("COPY --exclude=b a /x");
	push("a");
	ask("b", "-");
	push("b");
	cr_expect(!jet_guide_reads_all(guide));
	ask("c", "-");
	jet_guide_pop(guide);
	ask("x", "2+");
	close_guide();
}

Test(guide, excludes_with_a_way_back_are_a_list_of_paths)
{
	scratch_tree("a/b/c a/x/y a/k/z a/k/w a/n/w");
	open_guide("COPY --exclude=k --exclude=n --exclude=!k/z a /y");
	ask("a", "2+");
	push("a");
	cr_expect(!jet_guide_reads_all(guide));
	names("b/ k/ x/ ");
	ask("n", "-");
	ask("k", "2+");
	push("k");
	names("z ");
	ask("z", "2");
	ask("w", "-");
	jet_guide_pop(guide);
	close_guide();
}

Test(guide, parents_are_a_list_of_paths)
{
	scratch_tree("src/a/x.c src/b/y.h src/z.c other/q.c");
	open_guide("COPY --parents src/*/x.c /x\nCOPY --parents **/b /x");
	names("src/ ");
	ask("src", "2,3+");
	push("src");
	names("a/ b/ ");
	ask("a", "2+");
	ask("b", "3+");
	push("a");
	ask("x.c", "2");
	ask("y", "-");
	jet_guide_pop(guide);
	push("b");
	cr_expect(jet_guide_reads_all(guide));
	ask("anything", "3+");
	close_guide();
	/* The pivot: its base is needed for what is below. */
	open_guide("COPY --parents src/./a /x");
	names("src/ ");
	ask("src", "2+");
	push("src");
	ask("a", "2+");
	ask("b", "-");
	push("a");
	ask("x.c", "2+");
	close_guide();
	/* What is left out is meant from the pivot on, though a match lies deeper. */
	open_guide("COPY --parents --exclude=a/x.c --exclude=x.c src/./* /x");
	push("src");
	push("a");
	ask("x.c", "-");
	ask("y", "2+");
	jet_guide_pop(guide);
	push("b");
	ask("x.c", "2+");
	close_guide();
}

Test(guide, goes_deep)
{
	scratch_tree("d/d/d/d/d/d/d/d/d/d/d/d/d/d/d/d/d/d/d/d/d/d/d/d/d/d/d/d/d/d/d/d/d/d/d/d/d/d/d/d/f");
	open_guide("COPY d /x\nCOPY --exclude=f . /y\nCOPY --parents **/f /z");
	for (int i = 0; i < 40; i++)
		push("d");
	ask("f", "2,3,4+");
	for (int i = 0; i < 40; i++)
		jet_guide_pop(guide);
	ask("d", "2,3,4+");
	close_guide();
}

Test(guide, can_be_left_anywhere)
{
	scratch_tree("a/b/c/d");
	open_guide("COPY . /x\nCOPY --exclude=q a/b /x\nCOPY --parents a/** /x");
	push("a");
	push("b");
	push("c");
	close_guide();
	open_guide("RUN x");
	names("");
	ask("a", "-");
	close_guide();
}
