/* SPDX-License-Identifier: Apache-2.0 */
/* platform.h - OS/ARCH[/VARIANT], and the variables it sets. */
#ifndef JET_DOCKERFILE_PLATFORM_H
#define JET_DOCKERFILE_PLATFORM_H

#include "dockerfile/stage.h"

/** jet_platform_valid() - could this be a platform? */
bool jet_platform_valid(struct jet_str text);

/** jet_platform_vars() - sets TARGETPLATFORM, BUILDOS ... in the global scope;
 *  JET_E_PLATFORM when the options name no platform. */
int jet_platform_vars(struct jet_stages *stages, struct jet_error *err);

#endif
