/* SPDX-License-Identifier: Apache-2.0 */
/* tar.h - what the program knows of an archive besides jettison.h. */
#ifndef JET_SINK_TAR_H
#define JET_SINK_TAR_H

#include "sink/sink.h"

/** jet_tar_sink() - @tar as a sink. */
struct jet_sink jet_tar_sink(struct jet_tar *tar);

#endif
