/* SPDX-License-Identifier: Apache-2.0 */
/*
 * dir.h - entries as a directory that a builder takes for the context.
 *
 *   jet_dir_open(fd, &options, &dir, err)
 *   jet_dir_text() ..., jet_dir_entry() ..., jet_dir_finish()
 *   jet_dir_close(dir)
 *
 * BuildKit compares a file with the one it got before by size and mtime alone.  So
 * times are kept to the nanosecond; with JET_SINK_NORMALIZE, and for texts, they are
 * made of the content: what differs has another time.  Links are compared by their target
 * as well; theirs is made of it.  Times of directories are not compared, and normalized
 * they are those of the options.
 */
#ifndef JET_SINK_DIR_H
#define JET_SINK_DIR_H

#include "sink/sink.h"

struct jet_dir;

/** struct jet_dir_options - besides what every sink takes. */
struct jet_dir_options {
	struct jet_sink_options sink;
	/* Files may be further names of those in the context, where these cannot share
	 * their blocks; not with JET_SINK_NORMALIZE. */
	bool link;
	/* NULL, or who hashes contents for those that ask: JET_HASH_XXH128 at least, with
	 * JET_SINK_NORMALIZE. */
	struct jet_hasher *hasher;
	/* Of the directory itself; with JET_SINK_NORMALIZE only its type counts. */
	struct jet_entry root;
	/* NULL, or asked now and then: true stops with JET_E_WRITE. */
	bool (*stop)(void *ctx);
	void *ctx;
};

/**
 * jet_dir_open() - starts filling a directory.
 * @fd: an empty directory; borrowed
 * @dir: set on success; jet_dir_close() it
 *
 * Return: 0; JET_E_NOMEM; JET_E_IO.
 */
int jet_dir_open(int fd, const struct jet_dir_options *options, struct jet_dir **dir,
                 struct jet_error *err);

/** jet_dir_sink() - @dir as a sink; JET_E_WRITE is a failure to write, with the path
 *  in the error. */
struct jet_sink jet_dir_sink(struct jet_dir *dir);

/** jet_dir_close() - frees it; accepts NULL. */
void jet_dir_close(struct jet_dir *dir);

#endif
