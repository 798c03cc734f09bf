/* SPDX-License-Identifier: Apache-2.0 */
/* instructions.h - what of a Dockerfile the target is built from. */
#ifndef JET_REPORT_INSTRUCTIONS_H
#define JET_REPORT_INSTRUCTIONS_H

#include "jettison.h"

/**
 * jet_instructions_digest() - adds the instructions of all stages that the target
 * reaches to a digest, in the order of the file.
 *
 * A line "syntax" for a frontend image, "escape" for an unusual escape character, then
 * "instruction" with the logical line of each, and "heredoc" for each body behind it.
 * What BuildKit runs for ONBUILD is in the stage where it stands.
 * With several platforms: what any of them reaches.
 *
 * Return: as jet_digest_text().
 */
int jet_instructions_digest(const struct jet_needs *needs, struct jet_digest *digest);

#endif
