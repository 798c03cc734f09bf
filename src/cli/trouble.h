/* SPDX-License-Identifier: Apache-2.0 */
/* trouble.h - errors and warnings as the program shows them. */
#ifndef JET_CLI_TROUBLE_H
#define JET_CLI_TROUBLE_H

#include "jettison.h"

/**
 * jet_trouble() - prints an error on standard error.
 * @json: as an object on standard output too
 *
 * Return: JET_EXIT_TROUBLE.
 */
int jet_trouble(const struct jet_error *err, bool json);

/** jet_warn() - a warning about a path: it is shown, cut if very long. */
void jet_warn(const char *path, const char *message);

#endif
