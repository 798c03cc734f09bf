/* SPDX-License-Identifier: Apache-2.0 */
#include "jettison.h"

#include <criterion/criterion.h>
#include <stdio.h>

Test(version, library_and_header_agree)
{
	char text[32];

	snprintf(text, sizeof(text), "%d.%d.%d", JET_VERSION_MAJOR, JET_VERSION_MINOR,
	         JET_VERSION_PATCH);
	cr_expect_str_eq(jet_version(), text);
}
