/* SPDX-License-Identifier: Apache-2.0 */
/*
 * outdir.h - a directory that appears whole.
 *
 * jet_outdir_open(), fill out->fd, then jet_outdir_commit() or jet_outdir_discard().
 * It is made beside its name and renamed when it is complete, so a failure or a signal
 * leaves nothing half-written behind.
 */
#ifndef JET_CLI_OUTDIR_H
#define JET_CLI_OUTDIR_H

#include "base/os.h"

struct jet_outdir {
	const char *name; /* as it was asked for; borrowed; for messages */
	char *path;       /* final name */
	char *temp;       /* name until then */
	int fd;           /* of the new directory */
	bool has_old;     /* there is a directory of the final name, with things in it */
	size_t inside;    /* path + inside is its path in the context; 0: not in there */
};

/**
 * jet_outdir_open() - starts a directory.
 * @path: its name; must live as long as @out
 * @root: of the context, which must not lie in what is replaced; NULL: it is an archive
 * @replace: whether a directory that is not empty may be
 *
 * Return: 0, or a negative enum jet_code in @err; nothing is left then.
 */
int jet_outdir_open(struct jet_outdir *out, const char *path, const char *root, bool replace,
                    struct jet_error *err);

/** jet_outdir_takes() - would a directory of this name take the place of one that holds
 *  @file, which need not be there yet? */
bool jet_outdir_takes(const char *path, const char *file);

/** jet_outdir_holds() - does this path of the context lie in what is being written or
 *  replaced, or is it that? */
bool jet_outdir_holds(const struct jet_outdir *out, const char *path, size_t len);

/**
 * jet_outdir_commit() - the directory gets its name; what it replaces is removed.
 *
 * Return: 0, or a negative enum jet_code in @err.
 */
int jet_outdir_commit(struct jet_outdir *out, struct jet_error *err);

/** jet_outdir_discard() - gives up: removes what was written.  Does nothing after a
 *  commit.  Accepts one that was zeroed but never opened. */
void jet_outdir_discard(struct jet_outdir *out);

#endif
