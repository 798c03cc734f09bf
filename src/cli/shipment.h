/* SPDX-License-Identifier: Apache-2.0 */
/* shipment.h - what ships, put into a tar or a directory, with what a builder needs
 * besides. */
#ifndef JET_CLI_SHIPMENT_H
#define JET_CLI_SHIPMENT_H

#include "cli/run.h"
#include "sink/compress.h"
#include "sink/sink.h"

/** struct jet_ship_record - what is written down about an archive. */
struct jet_ship_record {
	struct jet_manifest *manifest;
	struct jet_hasher *hasher;
};

/**
 * jet_ship_tar() - as an archive, to run->out.
 * @run: its walk has just been opened, with JET_WALK_HARDLINKS
 * @record: NULL, or what every entry is written to, as the archive has it
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

/** jet_ship_dir() - as a directory; as jet_ship_tar().  A signal ends the program. */
int jet_ship_dir(struct jet_run *run, const struct jet_sink_options *options,
                 const struct jet_ship_dir *where);

#endif
