/* SPDX-License-Identifier: Apache-2.0 */
/*
 * read.h - manifests of every format, and archives, to inventories.
 *
 *   jet_input_open(&in, path, what, err)
 *   jet_inventory_read(&inv, &in, kinds, &from, err)
 *
 * The first bytes say which format it is.  What is read may be hostile: everything is
 * checked, and memory grows with the bytes that come.
 */
#ifndef JET_INVENTORY_READ_H
#define JET_INVENTORY_READ_H

#include "base/input.h"
#include "inventory/inventory.h"

/* Where an inventory came from. */
enum jet_source {
	JET_SOURCE_NOTHING, /* no bytes: a manifest of nothing, in most formats */
	JET_SOURCE_NDJSON, JET_SOURCE_MTREE, JET_SOURCE_SUMS, JET_SOURCE_CSV, JET_SOURCE_ARCHIVE
};

/**
 * jet_source_guess() - what do the first bytes look like?
 *
 * What is no manifest is taken for an archive.
 *
 * Return: 0 and @source; JET_E_IO; JET_E_NOMEM.
 */
int jet_source_guess(struct jet_input *in, enum jet_source *source, struct jet_error *err);

/**
 * jet_inventory_read() - reads all of it, and sorts.
 * @inv: zeroed; cleared by the caller, whatever comes back
 * @source: from jet_source_guess()
 * @kinds: archives: which hashes of contents to make; 0: none
 *
 * Return: 0; JET_E_FORMAT with line and column; JET_E_IO; JET_E_NOMEM; JET_E_ARG when
 * this build reads no archives or makes no such hash.
 */
int jet_inventory_read(struct jet_inventory *inv, struct jet_input *in, enum jet_source source,
                       unsigned kinds, struct jet_error *err);

/* The formats, one each: all items, unsorted.  Return as jet_inventory_read(). */
int jet_read_ndjson(struct jet_inventory *inv, struct jet_input *in, struct jet_error *err);
int jet_read_mtree(struct jet_inventory *inv, struct jet_input *in, struct jet_error *err);
int jet_read_sums(struct jet_inventory *inv, struct jet_input *in, struct jet_error *err);
/** jet_looks_like_sums() - do these bytes begin a list of sums, of whatever hash? */
bool jet_looks_like_sums(struct jet_str s);
int jet_read_csv(struct jet_inventory *inv, struct jet_input *in, struct jet_error *err);
/** jet_read_archive() - tar in any compression that libarchive reads by itself. */
int jet_read_archive(struct jet_inventory *inv, struct jet_input *in, unsigned kinds,
                     struct jet_error *err);

#endif
