/* SPDX-License-Identifier: Apache-2.0 */
#include "base/error.h"
#include "base/untar.h"

/* None can be opened, so none of the others is ever called. */
int jet_untar_open(struct jet_untar **u, struct jet_input *in, const char *otherwise,
                   struct jet_error *err)
{
	(void)otherwise;
	*u = NULL;
	return jet_fail(err, JET_E_ARG, in->name,
	                "reading archives is not built in: this program was built without libarchive");
}

void jet_untar_close(struct jet_untar *u)
{
	(void)u;
}

int jet_untar_next(struct jet_untar *u, struct jet_member *member, struct jet_error *err)
{
	(void)member;
	return jet_untar_fail(u, err, "cannot be read");
}

int jet_untar_read(struct jet_untar *u, void *buf, size_t size, size_t *got,
                   struct jet_error *err)
{
	(void)buf;
	(void)size;
	*got = 0;
	return jet_untar_fail(u, err, "cannot be read");
}

bool jet_untar_xattr(struct jet_untar *u, struct jet_member_xattr *xattr)
{
	(void)u;
	(void)xattr;
	return false;
}

int jet_untar_fail(const struct jet_untar *u, struct jet_error *err, const char *format, ...)
{
	(void)u;
	return jet_fail(err, JET_E_FORMAT, NULL, "%s", format);
}
