/* SPDX-License-Identifier: Apache-2.0 */
#include "base/file.h"
#include "match/dialect.h"

#include <errno.h>

static const char what[] = "the ignore file";

int jet_ruleset_load(const char *path, enum jet_builder builder, struct jet_ruleset **rs,
                     struct jet_error *err)
{
	struct jet_buf data = { 0 };
	struct jet_error why = { 0 };
	int rc = jet_dialect_check(builder, err);

	*rs = NULL;
	if (rc)
		return rc;
	rc = jet_file_load(path, JET_FILE_FOUND, what, JET_FILE_MAX_RULES, &data, &why);
	if (rc < 0 && jet_dialect_of(builder)->absent_if_odd && why.sys_errno == EACCES)
		rc = 0;
	else if (rc < 0 && err)
		*err = why;
	if (rc == 0)
		rc = jet_ruleset_parse(data.data ? data.data : "", data.len, path, builder, rs, err);
	jet_buf_clear(&data);
	return rc;
}
