/* SPDX-License-Identifier: Apache-2.0 */
/* dialect.h - what the builders do differently with a Dockerfile, as data. */
#ifndef JET_DOCKERFILE_DIALECT_H
#define JET_DOCKERFILE_DIALECT_H

#include "jettison.h"

enum { JET_DF_REFUSED = 3 };

struct jet_df_dialect {
	const char *name;          /* what messages call the builder */

	/* Reading and checking. */
	bool heredocs;             /* else "<<E" is a word, and what follows instructions */
	bool checks_all;           /* checks every instruction first; else those of stages
	                              that are built, when they run */
	bool strict;               /* refuses blank names, flags given twice, and flags of
	                              instructions that take none */
	bool checks_values;        /* refuses ports, signals and checksums that are none */
	bool new_flags;            /* knows those that came with BuildKit */
	const char *refused[JET_DF_REFUSED]; /* flags that it reads and then refuses */

	/* Variables. */
	bool hides_args;           /* ARG is not inherited, and ENV wins over it */
	bool platform_args;        /* TARGETARCH and the like are set */
	bool few_forms;            /* of ${}: only ":-", ":+", ":?" */
	bool bare_question;        /* and "?" */

	/* Stages. */
	bool lazy;                 /* a FROM line or --from that cannot be counts where the
	                              stage is built; else it always does */
	bool builds_before;        /* builds all stages up to the target */
	bool looks_back;           /* --from names only stages before its own */
	bool any_case;             /* names are compared in lower case */
	bool first_name;           /* of stages with one name the first counts */
	bool unique_names;         /* and the second one fails */
	bool builds_twins;         /* or is built, too, where the first is needed */
	bool bases_by_args;        /* FROM $X is a stage only if --build-arg makes X its
	                              name, and not the default of ARG */
	bool transports;           /* FROM oci:dir and the like are images */
	bool triggers;             /* ONBUILD of a stage runs in those built on it */

	/* Named contexts. */
	bool named_contexts;       /* takes them */
	bool checks_contexts;      /* names must be those of images, and every directory is
	                              looked at before anything else */

	/* Sources. */
	bool many_want_slash;      /* several files need a destination that ends in "/" */
	bool refuses_parent;       /* "../x" is an error; else it stays at the root */
	bool wants_match;          /* an instruction that copies nothing is an error */
	bool plain_bases;          /* a wildcard's base is no link, and "d*" + "/" nothing */
	bool checks_wildcards;     /* a malformed one is an error; else it matches nothing */
	bool enters_links;         /* a wildcard goes on through links it has matched */
	bool globs_twice;          /* takes what a wildcard matched for a pattern again */
	bool asks_client;          /* gets only what sources name: context/follow.h */
};

/** jet_df_dialect_of() - the dialect of a builder; static, never NULL. */
const struct jet_df_dialect *jet_df_dialect_of(enum jet_builder builder);

#endif
