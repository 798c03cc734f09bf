/* SPDX-License-Identifier: Apache-2.0 */
/* own_files.h - what an archive has for the builder alone. */
#ifndef JET_REPORT_OWN_FILES_H
#define JET_REPORT_OWN_FILES_H

#include "inventory/inventory.h"

/**
 * jet_is_own_file() - can this entry of an archive be there only because a builder
 * needs it: its Dockerfile, an ignore file beside it or at the top, or a directory on
 * the way?
 * @dockerfile: its path in there, "./" may be before it; NULL: the names that builders look
 * for
 */
bool jet_is_own_file(const char *path, size_t len, enum jet_type type, const char *dockerfile);

/**
 * jet_drop_own_files() - takes such entries out of an archive, where what it is compared
 * with has none of that name.
 * @archive, @other: sorted
 * @dockerfile: as above
 */
void jet_drop_own_files(struct jet_inventory *archive, const struct jet_inventory *other,
                        const char *dockerfile);

#endif
