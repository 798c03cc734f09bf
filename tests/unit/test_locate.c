/* SPDX-License-Identifier: Apache-2.0 */
#include "jettison.h"

#include "unit/scratch.h"

#include <criterion/criterion.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

static const char *shown(const char *path)
{
	return path ? path : "-";
}

/* Spec (f): a tree whose context is "ctx", what -f says, and what is found as
 * "DOCKERFILE ITS-ENTRY IGNORE-FILE ITS-ENTRY". */
struct row {
	const char *tree, *file, *want;
};

static void check(enum jet_builder builder, const struct row *rows, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		struct jet_located found;
		struct jet_error err = { 0 };
		char got[512];
		int rc;

		scratch_enter();
		scratch_tree("ctx/");
		scratch_tree(rows[i].tree);
		rc = jet_locate("ctx", rows[i].file, builder, &found, &err);
		cr_expect_eq(rc, 0, "%s, row %zu: %s", jet_builder_name(builder), i, err.message);
		snprintf(got, sizeof(got), "%s %s %s %s", shown(found.dockerfile),
		         shown(found.dockerfile_entry), shown(found.ignore_file), shown(found.ignore_entry));
		cr_expect_str_eq(got, rows[i].want, "%s, row %zu gives %s", jet_builder_name(builder),
		                 i, got);
		jet_located_clear(&found);
		scratch_leave();
	}
}

Test(locate, buildkit_takes_the_file_beside_the_dockerfile_first)
{
	static const struct row rows[] = {
		{ "ctx/a", NULL, "- - - -" },
		{ "ctx/Dockerfile", NULL, "ctx/Dockerfile Dockerfile - -" },
		{ "ctx/Dockerfile ctx/.dockerignore", NULL,
		  "ctx/Dockerfile Dockerfile ctx/.dockerignore .dockerignore" },
		{ "ctx/Dockerfile ctx/dockerfile", NULL, "ctx/Dockerfile Dockerfile - -" },
		{ "ctx/dockerfile ctx/dockerfile.dockerignore", NULL,
		  "ctx/dockerfile dockerfile ctx/dockerfile.dockerignore dockerfile.dockerignore" },
		/* even an empty one counts alone */
		{ "ctx/Dockerfile ctx/.dockerignore ctx/Dockerfile.dockerignore=", NULL,
		  "ctx/Dockerfile Dockerfile ctx/Dockerfile.dockerignore Dockerfile.dockerignore" },
		{ "ctx/sub/D ctx/sub/D.dockerignore ctx/.dockerignore", "ctx/sub/D",
		  "ctx/sub/D sub/D ctx/sub/D.dockerignore sub/D.dockerignore" },
		{ "ctx/sub/D ctx/D.dockerignore ctx/.dockerignore", "ctx/sub/D",
		  "ctx/sub/D sub/D ctx/.dockerignore .dockerignore" },
		/* a Dockerfile outside the context */
		{ "df/D df/D.dockerignore ctx/.dockerignore", "df/D", "df/D - df/D.dockerignore -" },
		{ "D D.dockerignore", "D", "D - D.dockerignore -" },
		{ "df/D df/.dockerignore", "df/D", "df/D - - -" },
		{ "df/D df/.dockerignore ctx/.dockerignore", "df/D",
		  "df/D - ctx/.dockerignore .dockerignore" },
		/* standard input: only the one at the root */
		{ "ctx/Dockerfile ctx/Dockerfile.dockerignore ctx/.dockerignore", "-",
		  "- - ctx/.dockerignore .dockerignore" },
		/* .containerignore: never */
		{ "ctx/Dockerfile ctx/.containerignore ctx/Dockerfile.containerignore", NULL,
		  "ctx/Dockerfile Dockerfile - -" },
		{ "ctx/Containerfile", NULL, "- - - -" },
		/* links are followed inside the context, else the file is absent */
		{ "ctx/sub/real ctx/.dockerignore>sub/real", NULL, "- - ctx/sub/real .dockerignore" },
		{ "ctx/sub/real ctx/.dockerignore>/sub/real", NULL, "- - ctx/sub/real .dockerignore" },
		{ "secret ctx/.dockerignore>../secret", NULL, "- - - -" },
		{ "ctx/.dockerignore>none", NULL, "- - - -" },
		{ "ctx/.dockerignore>.dockerignore", NULL, "- - - -" },
		{ "secret ctx/Dockerfile ctx/Dockerfile.dockerignore>../secret ctx/.dockerignore", NULL,
		  "ctx/Dockerfile Dockerfile ctx/.dockerignore .dockerignore" },
		/* so is a directory */
		{ "ctx/.dockerignore/", NULL, "- - - -" },
		{ "ctx/Dockerfile ctx/Dockerfile.dockerignore/ ctx/.dockerignore", NULL,
		  "ctx/Dockerfile Dockerfile ctx/.dockerignore .dockerignore" },
	};

	check(JET_BUILDER_BUILDKIT, rows, sizeof(rows) / sizeof(rows[0]));
}

static const struct row classic[] = {
	{ "ctx/a", NULL, "- - - -" },
	{ "ctx/Dockerfile ctx/.dockerignore", NULL,
	  "ctx/Dockerfile Dockerfile ctx/.dockerignore .dockerignore" },
	/* nothing else counts */
	{ "ctx/Dockerfile ctx/Dockerfile.dockerignore ctx/.containerignore", NULL,
	  "ctx/Dockerfile Dockerfile - -" },
	{ "df/D df/D.dockerignore ctx/.dockerignore", "df/D", "df/D - ctx/.dockerignore .dockerignore" },
	{ "ctx/.dockerignore", "-", "- - ctx/.dockerignore .dockerignore" },
	/* links are followed anywhere */
	{ "secret ctx/.dockerignore>../secret", NULL, "- - ctx/.dockerignore .dockerignore" },
	{ "ctx/.dockerignore>none", NULL, "- - - -" },
};

Test(locate, classic_takes_only_the_one_at_the_root)
{
	check(JET_BUILDER_CLASSIC, classic, sizeof(classic) / sizeof(classic[0]));
	check(JET_BUILDER_CLASSIC_20_10, classic, sizeof(classic) / sizeof(classic[0]));
}

Test(locate, buildah_has_names_of_its_own)
{
	static const struct row rows[] = {
		{ "ctx/a", NULL, "- - - -" },
		{ "ctx/Containerfile ctx/Dockerfile", NULL, "ctx/Containerfile Containerfile - -" },
		{ "ctx/Dockerfile", NULL, "ctx/Dockerfile Dockerfile - -" },
		{ "ctx/.dockerignore", NULL, "- - ctx/.dockerignore .dockerignore" },
		{ "ctx/.dockerignore ctx/.containerignore=", NULL,
		  "- - ctx/.containerignore .containerignore" },
		{ "ctx/Containerfile ctx/Containerfile.containerignore ctx/.containerignore", NULL,
		  "ctx/Containerfile Containerfile ctx/Containerfile.containerignore "
		  "Containerfile.containerignore" },
		{ "ctx/Containerfile ctx/Containerfile.containerignore ctx/Containerfile.dockerignore=", NULL,
		  "ctx/Containerfile Containerfile ctx/Containerfile.dockerignore "
		  "Containerfile.dockerignore" },
		/* A relative name counts from the context, once it is about the ignore file. */
		{ "df/D df/D.containerignore ctx/.dockerignore", "df/D",
		  "df/D - ctx/.dockerignore .dockerignore" },
		{ "df/D df/D.dockerignore ctx/df/D.containerignore", "df/D",
		  "df/D - ctx/df/D.containerignore df/D.containerignore" },
		{ "D D.dockerignore ctx/D.dockerignore", "D", "D - ctx/D.dockerignore D.dockerignore" },
		{ "ctx/sub/real ctx/.containerignore>/sub/real", NULL, "- - ctx/sub/real .containerignore" },
		{ "secret ctx/.containerignore>../secret ctx/.dockerignore", NULL,
		  "- - ctx/.dockerignore .dockerignore" },
	};

	check(JET_BUILDER_BUILDAH, rows, sizeof(rows) / sizeof(rows[0]));
}

Test(locate, a_context_that_is_the_current_directory_shows_no_dot, .init = scratch_enter,
     .fini = scratch_leave)
{
	struct jet_located found;

	scratch_tree("Dockerfile .dockerignore");
	cr_assert_eq(jet_locate(".", NULL, JET_BUILDER_BUILDKIT, &found, NULL), 0);
	cr_expect_str_eq(found.dockerfile, "Dockerfile");
	cr_expect_str_eq(found.ignore_file, ".dockerignore");
	jet_located_clear(&found);
	cr_expect(!found.dockerfile && !found.ignore_file);
	jet_located_clear(NULL);
}

/* What becomes of the ignore file: of locating it and reading it. */
static void locate_and_load(struct jet_buf *out, void *arg)
{
	const enum jet_builder builder = *(enum jet_builder *)arg;
	struct jet_located found;
	struct jet_ruleset *rs = NULL;
	int rc = jet_locate("ctx", NULL, builder, &found, NULL);

	if (rc == 0 && found.ignore_file)
		rc = jet_ruleset_load(found.ignore_file, builder, &rs, NULL);
	jet_buf_printf(out, "%d %d", rc, rs ? (int)jet_ruleset_count(rs) : -1);
	jet_ruleset_free(rs);
	if (rc == 0 || rs)
		jet_located_clear(&found);
}

Test(locate, an_odd_ignore_file_is_trouble_for_some)
{
	static const struct {
		const char *tree;
		int mode; /* -1: as it is */
		enum jet_builder builder;
		const char *want; /* return code, number of rules */
	} rows[] = {
		{ "ctx/.dockerignore/", -1, JET_BUILDER_BUILDKIT, "0 -1" },
		{ "ctx/.dockerignore/", -1, JET_BUILDER_CLASSIC, "-2 -1" },
		{ "ctx/.dockerignore/", -1, JET_BUILDER_CLASSIC_20_10, "-2 -1" },
		{ "ctx/.dockerignore>.dockerignore", -1, JET_BUILDER_CLASSIC, "-2 -1" },
		{ "ctx/.dockerignore=a", 0, JET_BUILDER_BUILDKIT, "0 0" },
		{ "ctx/.dockerignore=a", 0, JET_BUILDER_CLASSIC, "-2 -1" },
		{ "ctx/.dockerignore=a", 0644, JET_BUILDER_CLASSIC, "0 1" },
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		enum jet_builder builder = rows[i].builder;
		char *got;

		scratch_enter();
		scratch_tree(rows[i].tree);
		if (rows[i].mode >= 0)
			cr_assert_eq(chmod("ctx/.dockerignore", (mode_t)rows[i].mode), 0);
		got = scratch_as_nobody(locate_and_load, &builder);
		cr_expect_str_eq(got, rows[i].want, "row %zu gives %s", i, got);
		free(got);
		scratch_leave();
	}
}

/* A fault of the machine is no missing ignore file: what the rules leave out would ship. */
Test(locate, no_descriptor_left_is_no_absent_ignore_file, .init = scratch_enter, .fini = scratch_leave)
{
	struct jet_located found;
	struct jet_error err = { 0 };
	struct rlimit few;

	scratch_tree("ctx/Dockerfile ctx/.dockerignore=*");
	cr_assert_eq(getrlimit(RLIMIT_NOFILE, &few), 0);
	few.rlim_cur = 3;
	cr_assert_eq(setrlimit(RLIMIT_NOFILE, &few), 0);
	cr_expect_eq(jet_locate("ctx", NULL, JET_BUILDER_BUILDKIT, &found, &err), JET_E_IO);
	cr_expect_eq(err.sys_errno, EMFILE, "%s", err.message);
	few.rlim_cur = few.rlim_max;
	cr_assert_eq(setrlimit(RLIMIT_NOFILE, &few), 0);
	jet_located_clear(&found);
}
