/* SPDX-License-Identifier: Apache-2.0 */
/* kinds.h - the options --hash and --format of manifests. */
#ifndef JET_CLI_KINDS_H
#define JET_CLI_KINDS_H

#include "jettison.h"

/** jet_set_kinds() - for tables of options: @field is an unsigned of enum
 *  jet_hash_kind.  The option may be repeated, its value be a list with commas. */
int jet_set_kinds(void *field, const char *value, struct jet_error *err);

/** jet_set_manifest_format() - the same; @field is an enum jet_manifest_format. */
int jet_set_manifest_format(void *field, const char *value, struct jet_error *err);

#endif
