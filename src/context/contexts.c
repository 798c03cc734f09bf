/* SPDX-License-Identifier: Apache-2.0 */
#include "context/contexts.h"

#include "base/error.h"
#include "dockerfile/reference.h"
#include "dockerfile/remote.h"

#include <errno.h>
#include <string.h>
#include <sys/stat.h>

void jet_contexts_tell(const struct jet_pair *context, struct jet_error *err)
{
	const struct jet_str name = context->name, value = context->value;
	struct jet_error told;

	if (!err)
		return;
	jet_fail(&told, err->code, NULL, "context \"%s\" (%s): %s", JET_SHOW(name),
	         JET_SHOW(value), err->message);
	memcpy(err->message, told.message, sizeof(err->message));
}

static bool same(struct jet_str a, struct jet_str b)
{
	return jet_str_cmp(a, b) == 0 || jet_reference_same(a, b);
}

static void drop_repeated(struct jet_pair *list, size_t *n)
{
	size_t kept = 0;

	for (size_t i = 0; i < *n; i++) {
		size_t at = 0;

		while (at < kept && !same(list[at].name, list[i].name))
			at++;
		list[at] = list[i];
		kept += at == kept;
	}
	*n = kept;
}

static int check_directory(const struct jet_pair *context, struct jet_error *err)
{
	const char *path = context->value.data;
	struct stat st;
	int fault = 0;

	if (stat(path, &st) < 0)
		fault = errno;
	else if (!S_ISDIR(st.st_mode))
		fault = ENOTDIR;
	if (!fault)
		return 0;
	jet_fail_errno(err, JET_E_IO, fault, path, "cannot open the context");
	jet_contexts_tell(context, err);
	return JET_E_IO;
}

static int check_one(const struct jet_pair *context, struct jet_error *err)
{
	const char *fault = jet_reference_parse(context->name, NULL);

	if (fault)
		return jet_fail(err, JET_E_ARG, NULL, "invalid context name \"%s\": %s",
		                JET_SHOW(context->name), fault);
	if (jet_context_kind(context->value) != JET_CONTEXT_DIRECTORY)
		return 0;
	return check_directory(context, err);
}

int jet_contexts_check(struct jet_pair *list, size_t *n, const struct jet_df_dialect *dialect,
                       struct jet_error *err)
{
	int rc = 0;

	if (*n && !dialect->named_contexts)
		return jet_fail(err, JET_E_ARG, NULL, "%s takes no named contexts (--build-context): build "
		                "with BuildKit", dialect->name);
	drop_repeated(list, n);
	for (size_t i = 0; rc == 0 && i < *n && dialect->checks_contexts; i++)
		rc = check_one(&list[i], err);
	return rc;
}
