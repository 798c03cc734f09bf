/* SPDX-License-Identifier: Apache-2.0 */
/* example.c CONTEXT - lists what BuildKit would ship of a context. */
#include <jettison.h>
#include <stdio.h>

static int list(const char *root, const struct jet_ruleset *rules, struct jet_error *err)
{
	const struct jet_walk_options options = { .builder = JET_BUILDER_BUILDKIT, .rs = rules };
	const struct jet_entry *entry;
	struct jet_walk *walk;
	int rc = jet_walk_open(root, &options, &walk, err);

	while (rc >= 0 && (rc = jet_walk_next(walk, &entry, err)) == 1) {
		if (entry->type != JET_TYPE_DIR)
			puts(entry->path);
	}
	jet_walk_close(walk);
	return rc;
}

int main(int argc, char **argv)
{
	const char *root = argc > 1 ? argv[1] : ".";
	struct jet_located files = { 0 };
	struct jet_ruleset *rules = NULL;
	struct jet_error err = { 0 };
	char line[600];
	int rc = jet_locate(root, NULL, JET_BUILDER_BUILDKIT, &files, &err);

	if (rc == 0 && files.ignore_file)
		rc = jet_ruleset_load(files.ignore_file, JET_BUILDER_BUILDKIT, &rules, &err);
	if (rc == 0)
		rc = list(root, rules, &err);
	if (rc < 0)
		fprintf(stderr, "%s\n", jet_error_format(&err, line, sizeof(line)));
	jet_ruleset_free(rules);
	jet_located_clear(&files);
	return rc < 0 ? 2 : 0;
}
