/* SPDX-License-Identifier: Apache-2.0 */
#include "jettison.h"

#define TEXT_OF(x) #x
#define TEXT(x) TEXT_OF(x)

const char *jet_version(void)
{
	return TEXT(JET_VERSION_MAJOR) "." TEXT(JET_VERSION_MINOR) "." TEXT(JET_VERSION_PATCH);
}
