/* SPDX-License-Identifier: Apache-2.0 */
#include "match/dialect.h"

#include "base/error.h"

#include <string.h>

static const struct jet_dialect dialects[] = {
	[JET_BUILDER_BUILDKIT] = {
		.name = "buildkit",
		.reader = JET_READER_MOBY,
		.pruning = JET_PRUNE_STRIPPED,
		.order = JET_ORDER_WALK,
		.opens_with_orp = true,
		.typed = true,
		.metadata_limits = true,
		.rules_as_json = true,
		.loose_names = true,
		.alone = JET_ORDER_ORP,
		.ships_parents = true,
		.ships_sockets = true,
		.empties_unreadable = true,
		.dockerfiles = { "Dockerfile", "dockerfile" },
		.beside = { ".dockerignore" },
		.ignore_files = { ".dockerignore" },
		.absent_if_odd = true,
	},
	[JET_BUILDER_CLASSIC] = {
		.name = "classic",
		.reader = JET_READER_MOBY,
		.pruning = JET_PRUNE_LITERAL,
		.order = JET_ORDER_WALK,
		.typed = true,
		.loose_names = true,
		.alone = JET_ORDER_ORP,
		.checks_before = true,
		.rescues = true,
		.dockerfiles = { "Dockerfile", "dockerfile" },
		.ignore_files = { ".dockerignore" },
		.follows_out = true,
	},
	[JET_BUILDER_CLASSIC_20_10] = {
		.name = "classic-20.10",
		.reader = JET_READER_MOBY,
		.pruning = JET_PRUNE_LITERAL,
		.order = JET_ORDER_OLD,
		.asks_all = true,
		.alone = JET_ORDER_OLD,
		.checks_before = true,
		.rescues = true,
		.dockerfiles = { "Dockerfile", "dockerfile" },
		.ignore_files = { ".dockerignore" },
		.follows_out = true,
	},
	[JET_BUILDER_BUILDAH] = {
		.name = "buildah",
		.reader = JET_READER_BUILDAH,
		.pruning = JET_PRUNE_OPEN_END,
		.order = JET_ORDER_SELF,
		.asks_all = true,
		.covers_subtree = true,
		.rules_as_json = true,
		.alone = JET_ORDER_SELF,
		.dockerfiles = { "Containerfile", "Dockerfile" },
		.beside = { ".dockerignore", ".containerignore" },
		.beside_from_root = true,
		.ignore_files = { ".containerignore", ".dockerignore" },
		.applies_to_tar = true,
		.unpacks_zstd = true,
	},
};

enum { NDIALECTS = sizeof(dialects) / sizeof(dialects[0]) };

const struct jet_dialect *jet_dialect_of(enum jet_builder builder)
{
	return &dialects[builder];
}

int jet_dialect_check(enum jet_builder builder, struct jet_error *err)
{
	if ((unsigned)builder < NDIALECTS)
		return 0;
	return jet_fail(err, JET_E_ARG, NULL, "there is no builder %d", (int)builder);
}

const char *jet_builder_name(enum jet_builder builder)
{
	return (unsigned)builder < NDIALECTS ? dialects[builder].name : "unknown";
}

bool jet_builder_unpacks(enum jet_builder builder, const char *codec)
{
	return strcmp(codec, "zstd") != 0 || jet_dialect_of(builder)->unpacks_zstd;
}

int jet_builder_parse(const char *name, enum jet_builder *builder)
{
	for (unsigned i = 0; i < NDIALECTS; i++) {
		if (strcmp(name, dialects[i].name) == 0) {
			*builder = (enum jet_builder)i;
			return 0;
		}
	}
	return JET_E_ARG;
}
