/* SPDX-License-Identifier: Apache-2.0 */
/* shipment.h - what ships, put into a tar or a directory, with what a builder needs
 * besides. */
#ifndef JET_CLI_SHIPMENT_H
#define JET_CLI_SHIPMENT_H

#include "cli/run.h"
#include "report/extras.h"
#include "sink/compress.h"
#include "sink/sink.h"

/** struct jet_ship_extras - what came of adding what a builder needs besides. */
struct jet_ship_extras {
	enum jet_extras_made made;
	const char *name; /* in a tar, of a Dockerfile from elsewhere; static; else NULL */
};

/**
 * jet_ship_look() - what would come of it, without doing it.
 * @is_dir: in a directory; else in a tar
 *
 * Return: 0, or a negative enum jet_code in run->err.
 */
int jet_ship_look(struct jet_run *run, bool is_dir, struct jet_ship_extras *extras);

/** struct jet_ship_record - what is written down about what ships. */
struct jet_ship_record {
	struct jet_manifest *manifest;
	struct jet_hasher *hasher;
};

/**
 * jet_ship_tar() - as an archive, to run->out.
 * @run: its walk has just been opened, with JET_WALK_HARDLINKS
 * @record: NULL, or what every entry is written to, as the archive has it; to run->also
 *
 * Return: 0, or a negative enum jet_code as for jet_run_finish().
 */
int jet_ship_tar(struct jet_run *run, const struct jet_sink_options *options,
                 const struct jet_compression *compression, const struct jet_ship_record *record);

/** struct jet_ship_dir - where to. */
struct jet_ship_dir {
	const char *name;
	bool replace; /* a directory of that name that is not empty */
	bool link;    /* files may be further names of those in the context */
};

/**
 * jet_ship_dir() - as a directory; as jet_ship_tar().
 *
 * A signal ends it: jet_output_signal() then says which, and nothing is left.
 */
int jet_ship_dir(struct jet_run *run, const struct jet_sink_options *options,
                 const struct jet_ship_dir *where, const struct jet_ship_record *record);

#endif
