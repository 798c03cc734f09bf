/* SPDX-License-Identifier: Apache-2.0 */
#include "dockerfile/dialect.h"

/* Measured: docker 20.10's classic builder, buildah 1.28.  The classic builder of
 * later clients differs in what its daemon's parser knows; it was not measured
 * but for ${}. */
static const struct jet_df_dialect dialects[] = {
	[JET_BUILDER_BUILDKIT] = {
		.name = "BuildKit",
		.heredocs = true,
		.checks_all = true,
		.strict = true,
		.checks_values = true,
		.new_flags = true,
		.platform_args = true,
		.any_case = true,
		.triggers = true,
		.named_contexts = true,
		.checks_contexts = true,
		.checks_wildcards = true,
		.asks_client = true,
	},
	[JET_BUILDER_CLASSIC] = {
		.name = "the classic builder",
		.checks_all = true,
		.strict = true,
		.refused = { "mount", "chmod" },
		.hides_args = true,
		.lazy = true,
		.builds_before = true,
		.looks_back = true,
		.any_case = true,
		.first_name = true,
		.unique_names = true,
		.triggers = true,
		.many_want_slash = true,
		.refuses_parent = true,
		.wants_match = true,
		.plain_bases = true,
	},
	[JET_BUILDER_CLASSIC_20_10] = {
		.name = "the classic builder",
		.checks_all = true,
		.strict = true,
		.refused = { "mount", "chmod" },
		.hides_args = true,
		.few_forms = true,
		.bare_question = true,
		.lazy = true,
		.builds_before = true,
		.looks_back = true,
		.any_case = true,
		.first_name = true,
		.unique_names = true,
		.triggers = true,
		.many_want_slash = true,
		.refuses_parent = true,
		.wants_match = true,
		.plain_bases = true,
	},
	[JET_BUILDER_BUILDAH] = {
		.name = "buildah",
		.hides_args = true,
		.platform_args = true,
		.few_forms = true,
		.lazy = true,
		.first_name = true,
		.builds_twins = true,
		.bases_by_args = true,
		.transports = true,
		.named_contexts = true,
		.wants_match = true,
		.enters_links = true,
		.globs_twice = true,
	},
};

const struct jet_df_dialect *jet_df_dialect_of(enum jet_builder builder)
{
	return &dialects[builder];
}
