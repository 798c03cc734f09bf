/* SPDX-License-Identifier: Apache-2.0 */
/* sink.h - where entries go: an archive (tar.c), or a directory (dir.c). */
#ifndef JET_SINK_SINK_H
#define JET_SINK_SINK_H

#include "jettison.h"

/** struct jet_shipped - an entry as it was written. */
struct jet_shipped {
	uint32_t mode;
	int64_t mtime_sec;
	uint32_t mtime_nsec;
	struct jet_hashes hashes; /* kinds 0: not known */
};

struct jet_sink {
	void *self;

	/* A small regular file from memory, mode 0644, before any entry. */
	int (*text)(void *self, const char *path, size_t path_len, const void *data, size_t len,
	            struct jet_error *err);

	/* The walk's current entry, as jet_tar_entry(); @shipped: NULL, or filled on success. */
	int (*entry)(void *self, struct jet_walk *walk, const struct jet_entry *entry,
	             struct jet_shipped *shipped, struct jet_error *err);

	/* Nothing comes any more. */
	int (*finish)(void *self, struct jet_error *err);
};

/** jet_sink_mode() - the mode that an entry gets. */
uint32_t jet_sink_mode(const struct jet_sink_options *options, const struct jet_entry *entry);

#endif
