/* SPDX-License-Identifier: Apache-2.0 */
#include "match/dialect.h"

#include <criterion/criterion.h>

Test(dialect, every_builder_is_found_by_its_name)
{
	static const char *const names[] = {
		[JET_BUILDER_BUILDKIT] = "buildkit",
		[JET_BUILDER_CLASSIC] = "classic",
		[JET_BUILDER_CLASSIC_20_10] = "classic-20.10",
		[JET_BUILDER_BUILDAH] = "buildah",
	};

	for (int i = 0; i < 4; i++) {
		enum jet_builder builder = JET_BUILDER_BUILDKIT;

		cr_expect_eq(jet_builder_parse(names[i], &builder), 0, "%s", names[i]);
		cr_expect_eq((int)builder, i, "%s", names[i]);
		cr_expect_str_eq(jet_builder_name((enum jet_builder)i), names[i]);
		cr_expect_str_eq(jet_dialect_of((enum jet_builder)i)->name, names[i]);
	}
}

Test(dialect, other_names_are_refused_and_nothing_is_set)
{
	static const char *const names[] = { "", "BuildKit", "buildki", "buildkitt", "classic-20", "docker" };

	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		enum jet_builder builder = JET_BUILDER_BUILDAH;

		cr_expect_eq(jet_builder_parse(names[i], &builder), JET_E_ARG, "\"%s\"", names[i]);
		cr_expect_eq(builder, JET_BUILDER_BUILDAH, "\"%s\"", names[i]);
	}
	cr_expect_str_eq(jet_builder_name((enum jet_builder)4), "unknown");
}

Test(dialect, lists_of_names_end_and_orders_are_real)
{
	for (int i = 0; i < 4; i++) {
		const struct jet_dialect *d = jet_dialect_of((enum jet_builder)i);

		cr_expect_null(d->dockerfiles[JET_DIALECT_NAMES - 1], "%s", d->name);
		cr_expect_null(d->beside[JET_DIALECT_NAMES - 1], "%s", d->name);
		cr_expect_null(d->ignore_files[JET_DIALECT_NAMES - 1], "%s", d->name);
		cr_expect_not_null(d->ignore_files[0], "%s", d->name);
		cr_expect_neq(d->order, JET_ORDER_BUILDER, "%s", d->name);
		cr_expect_neq(d->alone, JET_ORDER_BUILDER, "%s", d->name);
	}
}
