/* SPDX-License-Identifier: Apache-2.0 */
#include "sink/sink.h"

uint32_t jet_sink_mode(const struct jet_sink_options *options, const struct jet_entry *entry)
{
	if (!(options->flags & JET_SINK_NORMALIZE))
		return entry->mode;
	if (entry->type == JET_TYPE_DIR)
		return 0755;
	/* Links have the mode that Linux gives them all; other systems keep one. */
	if (entry->type == JET_TYPE_SYMLINK)
		return 0777;
	return entry->type == JET_TYPE_FILE && entry->mode & 0100 ? 0755 : 0644;
}
