/* SPDX-License-Identifier: Apache-2.0 */
/*
 * manifest.h - what the manifest formats have in common; a format is a file
 * manifest_*.c with one struct jet_manifest_ops.
 */
#ifndef JET_SINK_MANIFEST_H
#define JET_SINK_MANIFEST_H

#include "base/buf.h"
#include "jettison.h"

/** struct jet_manifest - a manifest being written. */
struct jet_manifest {
	const struct jet_manifest_ops *ops;
	unsigned kinds;               /* enum jet_hash_kind: what the format may show */
	const struct jet_needs *needs; /* NULL, or what entry->by counts */
	jet_write_fn write;
	void *ctx;
	struct jet_buf line;          /* memory for one line */
};

/** struct jet_manifest_ops - a format.  Both functions append to m->line and
 *  return 0, or -1 when out of memory. */
struct jet_manifest_ops {
	const char *name;
	unsigned kinds;    /* the hashes it has a place for */
	unsigned usual;    /* those it shows when none are asked for */
	/* What stands before the first entry; NULL: nothing. */
	int (*begin)(struct jet_manifest *m);
	/* One entry; nothing where the format cannot hold it. */
	int (*entry)(struct jet_manifest *m, const struct jet_entry *entry,
	             const struct jet_hashes *hashes);
};

extern const struct jet_manifest_ops jet_manifest_ndjson, jet_manifest_mtree,
	jet_manifest_xxh128sum, jet_manifest_sha256sum, jet_manifest_csv;

/** jet_hex() - appends bytes as lower-case hexadecimal.  0 or -1. */
int jet_hex(struct jet_buf *buf, const uint8_t *bytes, size_t len);

#endif
