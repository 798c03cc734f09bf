/* SPDX-License-Identifier: Apache-2.0 */
/* contexts.h - the named contexts of a command line: --build-context. */
#ifndef JET_CONTEXT_CONTEXTS_H
#define JET_CONTEXT_CONTEXTS_H

#include "dockerfile/stage.h"

/**
 * jet_contexts_check() - does the builder take them?
 * @list, @n: of a name given twice only the last stays; values end in NUL
 *
 * BuildKit's client looks at every directory before anything else, also at those that
 * nothing reads.
 *
 * Return: 0; JET_E_ARG; JET_E_IO.
 */
int jet_contexts_check(struct jet_pair *list, size_t *n, const struct jet_df_dialect *dialect,
                       struct jet_error *err);

/** jet_contexts_tell() - makes an error one about this context.  @err may be NULL. */
void jet_contexts_tell(const struct jet_pair *context, struct jet_error *err);

#endif
