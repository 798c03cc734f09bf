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
	"file to a tar: there a note says that COPY . . will see the Dockerfile.\n\n"
	"A Dockerfile from standard input or from outside the context goes in as Dockerfile; where "
	"the context ships a file of that name, under another one that a note gives.",
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

/* One that is not in the context goes in as the Dockerfile, if there is no other. */
static int put_outside(struct jet_run *run, struct jet_tar *tar)
{
	const struct jet_walk_options walk = jet_run_walk_options(run, 0);
	const struct jet_dockerfile_outside d = {
		.root = run->root, .options = &walk, .needs = run->needs,
		.text = run->dockerfile.data, .len = run->dockerfile.len,
		.ignore_file = run->located.ignore_file,
		.rules = run->given_rules.data, .rules_len = run->given_rules.len,
	};
	enum jet_dockerfile_tar made;
	const char *name;
	int rc = jet_dockerfile_tar_outside(tar, &d, &made, &name, &run->err);

	if (rc < 0)
		return rc;
	if (strcmp(name, "Dockerfile") != 0)
		jet_run_note(run, "the context ships a Dockerfile of its own, so the other one is in the "
		                  "archive as %s: build with -f %s", name, name);
	if (made == JET_DOCKERFILE_VISIBLE)
		jet_run_note(run, "the build needs %s in the archive and this builder cannot hide it from "
		                  "COPY . .", name);
	return 0;
}

/* The Dockerfile that a tar needs inside, if it does not ship anyway. */
static int put_dockerfile(struct jet_run *run, struct jet_tar *tar)
{
	const struct jet_walk_options walk = jet_run_walk_options(run, 0);
	enum jet_dockerfile_tar made;
	int rc;

	if (run->options->scope == JET_SCOPE_TREE)
		return 0;
	if (jet_run_is_outside(run))
		return put_outside(run, tar);
	if (!run->located.dockerfile)
		return 0;
	rc = jet_dockerfile_tar(tar, run->root, &walk, run->needs, &run->located, &made, &run->err);
	if (rc == 0 && made == JET_DOCKERFILE_VISIBLE)
		jet_run_note(run, "the rules leave out %s, but BuildKit needs it in the archive and "
		                  "cannot hide it from COPY . .", run->located.dockerfile_entry);
	return rc;
}

static int pack(struct jet_run *run)
{
	struct jet_tar *tar;
	int rc = jet_tar_open(jet_output_write, &run->out, &tar);

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

static int check_terminal(struct jet_run *run)
{
	if (isatty(run->out.fd))
		return jet_fail(&run->err, JET_E_ARG, NULL,
		                "an archive is nothing for a terminal: use -o FILE or a pipe");
	return 0;
}

int jet_cmd_pack(const struct jet_command *command, int argc, char **argv)
{
	struct pack_options o = { 0 };
	struct jet_line line = {
		.command = command, .options = table, .fields = &o, .json = &o.json, .help = &help,
		.max = 1, .takes = "one context",
	};
	struct jet_run run = { .wants_outside = true };
	int rc;

	if (!jet_line_read(&line, argc, argv))
		return line.code;
	rc = jet_run_start(&run, &line, jet_line_operand(&line, 0, "."), o.output, JET_WALK_HARDLINKS);
	if (rc == 0)
		rc = check_terminal(&run);
	if (rc == 0)
		rc = pack(&run);
	return jet_line_end(&line, jet_run_finish(&run, rc));
}
