/* SPDX-License-Identifier: Apache-2.0 */
/* dialect.h - what the builders do differently with an ignore file, as data. */
#ifndef JET_MATCH_DIALECT_H
#define JET_MATCH_DIALECT_H

#include "jettison.h"

/* How a file becomes a list of lines. */
enum jet_reader {
	JET_READER_MOBY,  /* ignorefile.ReadAll: BOM, CR, trim, "!", Clean, limit */
	JET_READER_BUILDAH /* split at "\n", strip "/" at both ends, nothing else */
};

/* How an ignored directory is found not worth reading: a comparison of texts. */
enum jet_pruning {
	JET_PRUNE_STRIPPED, /* fsutil: negated rules without their last globs, and
	                       never while one of them has a glob elsewhere */
	JET_PRUNE_LITERAL,  /* classic: negated rule + "/" begins with dir + "/" */
	JET_PRUNE_OPEN_END  /* buildah: negated rule + "/" begins with dir */
};

/* At most this many names in a search order; the lists end in NULL. */
enum { JET_DIALECT_NAMES = 3 };

struct jet_dialect {
	const char *name;
	enum jet_reader reader;
	enum jet_pruning pruning;
	enum jet_order order;   /* the order of its walk; never JET_ORDER_BUILDER */
	bool asks_all;          /* evaluates rules that cannot change the answer */
	bool opens_with_orp;    /* asks again, as ORP, before it opens a file */
	bool typed;             /* patternmatcher 0.6: exact, prefix and suffix rules
	                           without a regexp, "+ ( )" escaped */
	bool covers_subtree;    /* every rule also matches what is below: (/.*)?$ */
	bool metadata_limits;   /* rules travel as gRPC metadata */
	bool rules_as_json;     /* and as JSON, after the syntax check: to the client
	                           or to buildah's child process */
	bool loose_names;       /* \p{...}: names as Go 1.25 and later take them */

	/* What the walk makes of the tree. */
	enum jet_order alone;   /* how a path is asked on its own, outside the walk */
	bool checks_before;     /* goes through the tree in order `alone` first, and
	                           stops at what it cannot read there */
	bool ships_parents;     /* an ignored directory with something kept below is
	                           an entry; else unpacking makes it, mode 0755 */
	bool ships_sockets;     /* as empty files; else they are dropped */
	bool empties_unreadable;/* a file that cannot be read ships with no content;
	                           else the build fails */
	bool rescues;           /* sends the Dockerfile and the ignore file whatever
	                           the rules say; the daemon removes them again */

	/* Which files count.  First that exists. */
	const char *dockerfiles[JET_DIALECT_NAMES];     /* in the context root */
	const char *beside[JET_DIALECT_NAMES];          /* appended to the Dockerfile's name */
	bool beside_from_root;  /* a relative name given for the Dockerfile is taken from the
	                           context root there */
	const char *ignore_files[JET_DIALECT_NAMES];    /* in the context root */
	bool follows_out;       /* an ignore file may be a link to anywhere */
	bool applies_to_tar;    /* filters a tar context again by an ignore file in it;
	                           else that hides at most the Dockerfile and itself */
	bool unpacks_zstd;      /* a tar on standard input; gzip and xz they all do */
	bool absent_if_odd;     /* a directory named as the ignore file is no error,
	                           and an unreadable one counts as empty */
};

/** jet_dialect_check() - is it one of enum jet_builder?  What callers of the library
 *  give is checked where it comes in.  Return: 0 or JET_E_ARG. */
int jet_dialect_check(enum jet_builder builder, struct jet_error *err);

/** jet_dialect_of() - the dialect of a builder that was checked; static, never NULL. */
const struct jet_dialect *jet_dialect_of(enum jet_builder builder);

#endif
