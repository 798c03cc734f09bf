/* SPDX-License-Identifier: Apache-2.0 */
/* jettison pack - what ships, as a tar that a builder takes. */
#include "cli/run.h"
#include "cli/trouble.h"

#include "base/error.h"
#include "report/dockerfile_tar.h"

#include <stddef.h>
#include <string.h>
#include <unistd.h>

struct pack_options {
	const char *output;
	bool json;
};

#define FIELD(name) offsetof(struct pack_options, name)

static const struct jet_option table[] = {
	{ 'o', "output", "FILE", FIELD(output), jet_set_text,
	  "write FILE, which appears when it is complete; - is standard output [-]" },
	{ 0, "json", NULL, FIELD(json), jet_set_flag, "errors as JSON objects too" },
	{ 0, "compress", "HOW", 0, jet_set_later, NULL },
	{ 0, "normalize", NULL, 0, jet_set_later, NULL },
	{ 0, "format", "FORMAT", 0, jet_set_later, NULL },
	{ 0 },
};

static const struct jet_example examples[] = {
	{ "jettison pack | docker build -", "build from what is left of the context" },
	{ "jettison pack --builder buildah -o ctx.tar app", "the same for buildah, into a file" },
	{ "jettison pack | tar -tv", "look into it" },
	{ NULL, NULL },
};

static const struct jet_help help = {
	"Writes a POSIX ustar archive with everything that ships: owner 0:0, modes and whole-second "
	"mtimes as they are, hard links behind the file they belong to. A pax record is used only "
	"for what does not fit, and never in front, where docker would take the stream for a "
	"Dockerfile.\n\n"
	"A tar on standard input needs the Dockerfile inside. Where it does not ship it is added in "
	"front. If that is because of the rules, the classic builder also gets an ignore file that "
	"hides both again, so that the image stays the same. buildah filters the tar by the ignore "
	"file in it, so there that file is added too if it hides itself. BuildKit applies no ignore "
	"file to a tar: there a note says that COPY . . will see the Dockerfile.",
	examples,
};

static int put_entries(struct jet_run *run, struct jet_tar *tar)
{
	const struct jet_entry *e;
	int rc;

	while ((rc = jet_run_next_whole(run, &e)) == 1) {
		if (e->type == JET_TYPE_SOCKET) { /* only in scope tree */
			jet_warn(e->path, "no tar can hold a socket: left out");
			continue;
		}
		rc = jet_tar_entry(tar, run->walk, e, NULL, &run->err);
		if (rc < 0)
			return rc;
	}
	return rc;
}

/* The Dockerfile that a tar needs inside, if it does not ship anyway. */
static int put_dockerfile(struct jet_run *run, struct jet_tar *tar)
{
	const struct jet_walk_options walk = jet_run_walk_options(run, 0);
	enum jet_dockerfile_tar made;
	int rc;

	if (run->options->scope == JET_SCOPE_TREE || !run->located.dockerfile)
		return 0;
	if (!run->located.dockerfile_entry) {
		jet_run_note(run, "%s is outside the context, so it is not in the archive",
		             run->located.dockerfile);
		return 0;
	}
	rc = jet_dockerfile_tar(tar, run->root, &walk, &run->located, &made, &run->err);
	if (rc == 0 && made == JET_DOCKERFILE_VISIBLE)
		jet_run_note(run, "the rules leave out %s, but BuildKit needs it in the archive and "
		                  "cannot hide it from COPY . .", run->located.dockerfile_entry);
	return rc;
}

static int pack(struct jet_run *run)
{
	struct jet_tar *tar;
	int rc = jet_tar_open(NULL, jet_output_write, &run->out, &tar);

	if (rc < 0)
		return jet_fail_nomem(&run->err);
	/* From here on standard output may hold a part of the archive. */
	if (!run->out.path)
		run->json = false;
	rc = put_dockerfile(run, tar);
	if (rc == 0)
		rc = put_entries(run, tar);
	if (rc == 0)
		rc = jet_tar_finish(tar);
	jet_tar_close(tar);
	return rc;
}

static int check(const struct jet_line *line, struct jet_error *err)
{
	const struct pack_options *o = line->fields;

	if ((!o->output || strcmp(o->output, "-") == 0) && isatty(STDOUT_FILENO))
		return jet_fail(err, JET_E_ARG, NULL,
		                "an archive is nothing for a terminal: use -o FILE or a pipe");
	return 0;
}

int jet_cmd_pack(const struct jet_command *command, int argc, char **argv)
{
	struct pack_options o = { 0 };
	struct jet_line line = {
		.command = command, .options = table, .fields = &o, .json = &o.json, .help = &help,
		.max = 1, .takes = "one context", .check = check,
	};
	struct jet_run run = { 0 };
	int rc;

	if (!jet_line_read(&line, argc, argv))
		return line.code;
	rc = jet_run_start(&run, &line, jet_line_operand(&line, 0, "."), o.output, JET_WALK_HARDLINKS);
	if (rc == 0)
		rc = pack(&run);
	return jet_line_end(&line, jet_run_finish(&run, rc));
}
