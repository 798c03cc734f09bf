/* SPDX-License-Identifier: Apache-2.0 */
/*
 * side.h - one of two things to be compared: a context, an archive or a manifest.
 *
 *   jet_side_open(&side, name, err)       what is it?
 *   jet_side_read(&side, &line, kinds, err)
 *   ... side.inventory
 *   jet_side_close(&side)
 */
#ifndef JET_CLI_SIDE_H
#define JET_CLI_SIDE_H

#include "cli/hashing.h"
#include "cli/line.h"
#include "inventory/compare.h"
#include "inventory/read.h"

struct jet_side {
	const char *name;       /* as the user gave it; borrowed */
	struct jet_cache_option cache; /* for contexts; filled in by the caller */
	const struct jet_side *other;  /* what it is compared with; filled in by the caller */
	bool is_context;        /* else input and source */
	struct jet_input input;
	enum jet_source source;
	uint64_t dev, ino;      /* of the file that is read; ino 0: it is none */
	struct jet_inventory inventory;
	char *dockerfile;       /* a context's own, by its path in there; else NULL */
};

/**
 * jet_side_check_stdin() - does anybody else want it?
 * @line: read; all its operands are sides
 * @here: so is the current directory
 * @nreads: how often each of them is read
 *
 * Return: 0, or JET_E_ARG: it would be read more than once.
 */
int jet_side_check_stdin(const struct jet_line *line, bool here, int nreads, struct jet_error *err);

/**
 * jet_side_open() - looks what it is.
 * @side: zeroed but for cache and other; jet_side_close() it in any case
 * @name: a directory is a context; "-" is standard input
 */
int jet_side_open(struct jet_side *side, const char *name, struct jet_error *err);

/** jet_side_is_archive() - is it one?  After jet_side_open(). */
bool jet_side_is_archive(const struct jet_side *side);

/** jet_side_is_manifest() - is it one?  After jet_side_open(). */
bool jet_side_is_manifest(const struct jet_side *side);

/**
 * jet_side_read() - fills side->inventory.
 * @line: options of contexts
 * @kinds: hashes of contents; for contexts and archives; 0: none
 *
 * A context comes behind what it is compared with: where that is a file in it which does
 * not list itself, as no manifest can, it is passed over.
 */
int jet_side_read(struct jet_side *side, const struct jet_line *line, unsigned kinds,
                  struct jet_error *err);

/**
 * jet_side_drop_own_files() - where one side is an archive and the other is none: what
 * only the archive has, for the builder, is no difference.  Not with --scope tree.
 */
void jet_side_drop_own_files(struct jet_side *a, struct jet_side *b, const struct jet_line *line);

/** jet_side_is_nothing() - is it without a byte?  Then it is a manifest, too.  After
 *  jet_side_open(). */
bool jet_side_is_nothing(const struct jet_side *side);

/**
 * jet_side_judge() - what a comparison could not see, said once it is over.
 * @c: gone through to its end
 * @differences: how many there were
 * @quiet: no notes
 *
 * Contents that nobody could compare are no difference, but then two sides without one
 * are not known to be the same, and that is a failure.
 *
 * Return: 0 or JET_E_ARG.
 */
int jet_side_judge(const struct jet_side *a, const struct jet_side *b,
                   const struct jet_comparison *c, uint64_t differences, bool quiet,
                   struct jet_error *err);

/** jet_side_close() - frees it. */
void jet_side_close(struct jet_side *side);

#endif
