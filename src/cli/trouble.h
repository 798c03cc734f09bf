/* SPDX-License-Identifier: Apache-2.0 */
/* trouble.h - errors and warnings as the program shows them. */
#ifndef JET_CLI_TROUBLE_H
#define JET_CLI_TROUBLE_H

#include "cli/output.h"

/**
 * jet_trouble() - prints an error on standard error.
 * @json: as an object on standard output too
 *
 * Return: JET_EXIT_TROUBLE.
 */
int jet_trouble(const struct jet_error *err, bool json);

/** jet_warn() - a warning about a path: it is shown, cut if very long. */
void jet_warn(const char *path, const char *message);

/**
 * jet_trouble_end() - the end of a command that writes.
 * @out: committed when @rc is 0, else discarded; may never have been opened
 * @rc: 0, or the failure that ended it: in @err, or JET_E_WRITE: in out->err
 * @json: as for jet_trouble()
 *
 * Whoever closed the pipe has seen enough, and that is no error.
 *
 * Return: JET_EXIT_DONE or JET_EXIT_TROUBLE.
 */
int jet_trouble_end(struct jet_output *out, int rc, struct jet_error *err, bool json);

#endif
