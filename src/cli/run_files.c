/* SPDX-License-Identifier: Apache-2.0 */
/* Which files count, and what stands in them. */
#include "cli/run_private.h"

#include "base/error.h"
#include "base/file.h"
#include "base/os.h"
#include "cli/place.h"
#include "cli/term.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* ---- where they are ----------------------------------------------------- */

/* --ignore-file takes the place of what the builder would find. */
static int override_ignore_file(struct jet_run *run)
{
	const char *name = run->options->ignore_file;
	struct jet_buf entry = { 0 };
	int rc = 0;

	free(run->located.ignore_file);
	free(run->located.ignore_entry);
	run->located.ignore_entry = NULL;
	run->located.ignore_file = strdup(name);
	if (!run->located.ignore_file)
		return jet_fail_nomem(&run->err);
	/* Asked for by name: that it cannot be read is worth an error, although
	 * BuildKit itself would go on as if it were empty. */
	if (access(name, R_OK) != 0)
		return jet_fail_errno(&run->err, JET_E_IO, errno, name, "cannot read the ignore file");
	/* It is on disk, wherever the context is. */
	if (run->archive)
		return 0;
	if (jet_place(run->root, JET_PLACE_CURRENT, name, strlen(name), &entry, NULL) == 0) {
		run->located.ignore_entry = strdup(entry.data);
		if (!run->located.ignore_entry)
			rc = jet_fail_nomem(&run->err);
	}
	jet_buf_clear(&entry);
	return rc;
}

static int check_dockerfile(struct jet_run *run)
{
	const char *name = run->options->file;

	if (!name || strcmp(name, "-") == 0)
		return 0;
	if (run->archive)
		return run->located.dockerfile_entry
		               ? 0 : jet_fail_errno(&run->err, JET_E_IO, ENOENT, name,
		                                    "cannot find the Dockerfile in the archive");
	if (run->located.dockerfile && access(run->located.dockerfile, F_OK) == 0)
		return 0;
	return jet_fail_errno(&run->err, JET_E_IO, errno, name, "cannot find the Dockerfile");
}

int jet_run_find_files(struct jet_run *run)
{
	const struct jet_context_options *o = run->options;
	int rc = run->archive
	                 ? jet_archive_locate(run->archive, o->file, o->builder, &run->located, &run->err)
	                 : jet_locate(run->root, o->file, o->builder, &run->located, &run->err);

	if (rc == 0)
		rc = check_dockerfile(run);
	if (rc == 0 && o->ignore_file)
		rc = override_ignore_file(run);
	return rc;
}

static bool is_stdin(const struct jet_run *run)
{
	return run->options->file && strcmp(run->options->file, "-") == 0;
}

bool jet_run_is_outside(const struct jet_run *run)
{
	return is_stdin(run) || (run->located.dockerfile && !run->located.dockerfile_entry);
}

void jet_run_say_files(const struct jet_run *run)
{
	const struct jet_located *l = &run->located;

	jet_say("builder: %s", jet_builder_name(run->options->builder));
	/* One that was asked for and has no name is standard input. */
	jet_say("Dockerfile: %s", l->dockerfile          ? l->dockerfile
	                          : run->options->file ? "standard input"
	                                               : "none");
	jet_say("ignore file: %s", run->rules ? l->ignore_file : "none");
}

/* ---- what stands in them ------------------------------------------------ */

enum { MAX_DOCKERFILE = 16 << 20 };

static int find_no_dockerfile(struct jet_run *run)
{
	if (run->archive && jet_archive_is_empty(run->archive))
		return jet_fail(&run->err, JET_E_IO, run->name,
		                "an archive with nothing in it, so no Dockerfile either: tar -c . makes one "
		                "of a directory");
	return jet_fail(&run->err, JET_E_IO, run->name,
	                "no Dockerfile here: name one with -f, or take all that the ignore file "
	                "lets through with --scope context");
}

static int read_archived(struct jet_run *run, const char *path)
{
	void *data;
	size_t len;
	const int rc = jet_archive_file(run->archive, path, "the Dockerfile", MAX_DOCKERFILE, &data,
	                                &len, &run->err);

	if (rc == 0)
		run->dockerfile = (struct jet_buf){ data, len, len };
	return rc;
}

int jet_run_read_dockerfile(struct jet_run *run)
{
	static const char what[] = "the Dockerfile";
	const char *path = run->located.dockerfile;
	int fd, rc;

	if (run->archive)
		return path ? read_archived(run, path) : find_no_dockerfile(run);
	/* That there is no context is worth more than that it has no Dockerfile. */
	fd = jet_os_open_root(run->root);
	if (fd < 0)
		return jet_fail_errno(&run->err, JET_E_IO, -fd, run->root, "cannot open the context");
	/* Names in a directory that may not be searched look as if they were not there. */
	rc = jet_os_can_search(fd);
	close(fd);
	if (rc < 0)
		return jet_fail_errno(&run->err, JET_E_IO, -rc, run->root, "cannot search the context");
	if (is_stdin(run))
		return jet_file_read(STDIN_FILENO, "standard input", what, MAX_DOCKERFILE,
		                     &run->dockerfile, &run->err);
	if (!path)
		return find_no_dockerfile(run);
	return jet_file_load(path, run->options->file ? JET_FILE_GIVEN : JET_FILE_FOUND, what,
	                     MAX_DOCKERFILE, &run->dockerfile, &run->err);
}

/* A file that the user names may be a pipe, which can be read only once. */
static int load_given(struct jet_run *run)
{
	const char *name = run->located.ignore_file;
	int rc = jet_file_load(name, JET_FILE_GIVEN, "the ignore file", JET_FILE_MAX_RULES,
	                       &run->given_rules, &run->err);

	/* Nothing is a list without rules, but has no address. */
	if (rc == 0 && !run->given_rules.data && jet_buf_reserve(&run->given_rules, 1) < 0)
		rc = jet_fail_nomem(&run->err);
	if (rc == 0)
		rc = jet_ruleset_parse(run->given_rules.data, run->given_rules.len, name,
		                       run->options->builder, &run->rules, &run->err);
	return rc;
}

static int load_archived(struct jet_run *run, const char *path)
{
	void *data;
	size_t len;
	int rc = jet_archive_file(run->archive, path, "the ignore file", JET_FILE_MAX_RULES, &data, &len,
	                          &run->err);

	if (rc < 0)
		return rc;
	rc = jet_ruleset_parse(data, len, path, run->options->builder, &run->rules, &run->err);
	free(data);
	return rc;
}

static int load(struct jet_run *run)
{
	const char *path = run->located.ignore_file;
	int rc;

	if (run->options->ignore_file)
		return load_given(run);
	if (run->archive)
		return load_archived(run, path);
	rc = jet_ruleset_load(path, run->options->builder, &run->rules, &run->err);
	if (rc == 0 && access(path, R_OK) != 0)
		jet_run_note(run, "%s cannot be read, and then BuildKit takes it for empty: no rule counts",
		             path);
	return rc;
}

/* The ignore file; a builder that would stumble over the Dockerfile too tells of
 * that one first. */
int jet_run_load_rules(struct jet_run *run)
{
	struct jet_error first = { 0 };
	int rc = load(run);

	if (rc == 0 || run->options->scope != JET_SCOPE_NEEDED || run->rules_only)
		return rc;
	if (jet_run_check_needs(run, &first) == 0)
		return rc;
	run->err = first;
	return first.code;
}
