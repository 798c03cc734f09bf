/* SPDX-License-Identifier: Apache-2.0 */
/* entry_json.h - an entry as members of a JSON object; the format is that of
 * jet_manifest_entry() in jettison.h. */
#ifndef JET_SINK_ENTRY_JSON_H
#define JET_SINK_ENTRY_JSON_H

#include "base/json.h"
#include "jettison.h"

/** jet_type_name() - "file", "dir", "symlink" ...  Static. */
const char *jet_type_name(enum jet_type type);

/** jet_entry_json() - the members, without the brackets.  @needs: NULL, or what
 *  e->by counts. */
void jet_entry_json(struct jet_json *w, const struct jet_entry *e,
                    const struct jet_hashes *hashes, const struct jet_needs *needs);

/* What is known of an entry's stat. */
enum jet_stat_known {
	JET_STAT_MODE = 1 << 0, JET_STAT_SIZE = 1 << 1, JET_STAT_MTIME = 1 << 2, JET_STAT_DEVICE = 1 << 3
};

/** jet_entry_json_stat() - its members mode, size, mtime, major and minor. */
void jet_entry_json_stat(struct jet_json *w, const struct jet_entry *e, unsigned known);

/** jet_entry_json_content() - its members target, hashes, emptied and hardlink. */
void jet_entry_json_content(struct jet_json *w, const struct jet_entry *e,
                            const struct jet_hashes *hashes);

#endif
