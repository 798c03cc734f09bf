/* SPDX-License-Identifier: Apache-2.0 */
#include "base/error.h"
#include "inventory/read.h"

int jet_read_archive(struct jet_inventory *inv, struct jet_input *in, unsigned kinds,
                     struct jet_error *err)
{
	(void)inv;
	(void)kinds;
	return jet_fail(err, JET_E_ARG, in->name,
	                "no manifest, and reading archives is not built in: this program was built "
	                "without libarchive");
}
