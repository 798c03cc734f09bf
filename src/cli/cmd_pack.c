/* SPDX-License-Identifier: Apache-2.0 */
/* jettison pack - what ships, as a tar or a directory that a builder takes. */
#include "cli/kinds.h"
#include "cli/outdir.h"
#include "cli/shipment.h"

#include "base/error.h"

#include <stddef.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

struct pack_options {
	const char *output;
	struct jet_compression compression;
	const char *manifest;
	enum jet_manifest_format manifest_format;
	unsigned kinds; /* as asked for; then, once checked, as computed */
	struct jet_cache_option cache;
	bool dir, normalize, mtime_ns, xattrs, link, replace, json;
};

#define FIELD(name) offsetof(struct pack_options, name)

static int set_format(void *field, const char *value, struct jet_error *err)
{
	if (strcmp(value, "tar") != 0 && strcmp(value, "dir") != 0)
		return jet_fail(err, JET_E_ARG, NULL, "knows no \"%.60s\": use tar or dir", value);
	*(bool *)field = value[0] == 'd';
	return 0;
}

static int set_compression(void *field, const char *value, struct jet_error *err)
{
	return jet_compression_parse(value, field, err) < 0 ? -1 : 0;
}

static const struct jet_option table[] = {
	{ 'o', "output", "FILE", FIELD(output), jet_set_text,
	  "write FILE, which appears when it is complete; - is standard output [-]" },
	{ 0, "format", "FORMAT", FIELD(dir), set_format,
	  "tar, or dir: a directory, FILE, for builders that take one [tar]" },
	{ 0, "compress", "HOW", FIELD(compression), set_compression,
	  "none, gzip[:1-9], zstd[:1-22] or xz[:0-9] [none]" },
	{ 0, "normalize", NULL, FIELD(normalize), jet_set_flag,
	  "the same on every machine: mtimes from SOURCE_DATE_EPOCH or 0, modes 0644 and 0755" },
	{ 0, "mtime-ns", NULL, FIELD(mtime_ns), jet_set_flag,
	  "mtimes with fractions of a second, in pax records" },
	{ 0, "xattrs", NULL, FIELD(xattrs), jet_set_flag,
	  "extended attributes too: user.* and security.capability" },
	{ 0, "link", NULL, FIELD(link), jet_set_flag,
	  "format dir: hard links to the files of the context instead of copies" },
	{ 0, "replace", NULL, FIELD(replace), jet_set_flag,
	  "format dir: take the place of a directory that is not empty" },
	{ 0, "manifest", "FILE", FIELD(manifest), jet_set_text,
	  "write a manifest of what ships, too, in the same reading" },
	{ 0, "manifest-format", "FORMAT", FIELD(manifest_format), jet_set_manifest_format,
	  "ndjson, mtree, xxh128sum, sha256sum or csv [ndjson]" },
	{ 0, "hash", "HASH", FIELD(kinds), jet_set_kinds, "of the manifest, as for that command" },
	{ 0, "cache", JET_CACHE_ARG, FIELD(cache), jet_set_cache,
	  "remember the hashes for the other commands [~/.cache/jettison]" },
	{ 0, "json", NULL, FIELD(json), jet_set_flag, "errors as JSON objects too" },
	{ 0 },
};

static const struct jet_example examples[] = {
	{ "jettison pack | docker build -", "build from what is left of the context" },
	{ "jettison pack --builder buildah -o ctx.tar app", "the same for buildah, into a file" },
	{ "jettison pack - <ctx.tar.gz | docker build -", "prune an archive; nothing is unpacked" },
	{ "jettison pack --normalize | sha256sum", "the same on every machine" },
	{ "jettison pack -o ../ctx.tar --manifest ../ctx.ndjson", "to be verified later" },
	{ "jettison pack --format dir -o ../ctx", "a directory, for docker build ../ctx" },
	{ NULL, NULL },
};

static const struct jet_help help = {
	"Writes a POSIX ustar archive with everything that ships: owner 0:0, modes and whole-second "
	"mtimes as they are, hard links behind the file they belong to. A pax record is used only "
	"for what does not fit, and never in front, where docker would take the stream for a "
	"Dockerfile. Compressed archives depend on the level and on the version of the library, "
	"not on the number of threads (-j).\n\n"
	"A CONTEXT of - is a tar archive on standard input, plain or in any usual compression, and is "
	"taken as the directory that it would be unpacked to: Dockerfile, -f and ignore file are those "
	"in it. Its contents are kept in TMPDIR meanwhile.\n\n"
	"A builder that reads a tar needs the Dockerfile inside. It is the first entry, and where it "
	"does not ship it is added. If that is because of the rules, the classic builder also gets an "
	"ignore file that hides both again, so that the image stays the same. buildah filters the tar "
	"by the ignore file in it, so there that file is added too if it hides itself. BuildKit "
	"applies no ignore file to a tar: there a note says that COPY . . will see the Dockerfile.\n\n"
	"A Dockerfile from standard input or from outside the context goes into the archive as "
	"Dockerfile; where the context ships a file of that name, under another one that a note "
	"gives.\n\n"
	"A directory holds the same, and always the ignore file: every builder filters a directory "
	"once more, which hides again what only had to be added. Files share their blocks with those "
	"of the context where the file system can do that, else they are copied. Their mtimes are "
	"kept, because BuildKit takes a file of the same size and mtime for the one it has already; "
	"with --normalize they are made of the content, for links of the target, and directories have "
	"that of SOURCE_DATE_EPOCH or 0. The directory appears when it is complete.\n\n"
	"A file that changes while it is read is read once more; if it changes again that is an error. "
	"So is a change in a file of more than 1 MiB, because by then a part of it is written: on "
	"standard output nothing can be taken back. An archive there that cannot be completed ends "
	"where content is announced, so that no builder takes it for a whole one; with -o it does "
	"not appear.",
	examples,
};

/* ---- what fits together ------------------------------------------------- */

/* Standard input or output. */
static bool is_stream(const char *name)
{
	return !name || strcmp(name, "-") == 0;
}

static int check_dir(const struct jet_line *line, struct jet_error *err)
{
	const struct pack_options *o = line->fields;

	if (!o->output || !o->output[0] || strcmp(o->output, "-") == 0)
		return jet_fail(err, JET_E_ARG, NULL, "--format dir needs a name: -o DIR");
	if (o->compression.codec)
		return jet_fail(err, JET_E_ARG, NULL, "--compress is for an archive, not for a directory");
	if (o->link && is_stream(jet_line_operand(line, 0, ".")))
		return jet_fail(err, JET_E_ARG, NULL,
		                "--link is for files on disk: the context is an archive");
	if (o->link && o->normalize)
		return jet_fail(err, JET_E_ARG, NULL,
		                "--link with --normalize would change the files of the context");
	return 0;
}

static int check_tar(const struct pack_options *o, struct jet_error *err)
{
	if (o->link || o->replace)
		return jet_fail(err, JET_E_ARG, NULL, "--%s is for --format dir",
		                o->link ? "link" : "replace");
	return 0;
}

static int check_manifest(struct pack_options *o, struct jet_error *err)
{
	if (!o->manifest && (o->kinds || o->manifest_format || o->cache.on))
		return jet_fail(err, JET_E_ARG, NULL,
		                "--hash, --cache and --manifest-format go with --manifest only");
	if (!o->manifest)
		return 0;
	if (is_stream(o->manifest) && is_stream(o->output) && !o->dir)
		return jet_fail(err, JET_E_ARG, NULL,
		                "the archive and its manifest cannot both go to standard output");
	o->kinds = jet_manifest_kinds(o->manifest_format, o->kinds, err);
	return o->kinds ? 0 : JET_E_ARG;
}

/* Seconds, as reproducible-builds.org has them.  No more than a ustar header can hold,
 * because the first one must be one. */
static int read_epoch(int64_t *mtime, struct jet_error *err)
{
	static const char name[] = "SOURCE_DATE_EPOCH";
	const char *text = getenv(name);
	int64_t value = 0;
	size_t n = 0;

	if (!text)
		return 0;
	for (; text[n] >= '0' && text[n] <= '9' && value <= 077777777777; n++)
		value = value * 10 + text[n] - '0';
	if (!n || text[n] || value > 077777777777)
		return jet_fail(err, JET_E_ARG, name, "\"%.60s\" is no number of seconds up to 8589934591",
		                text);
	*mtime = value;
	return 0;
}

static int check(const struct jet_line *line, struct jet_error *err)
{
	struct pack_options *o = line->fields;

	if (o->mtime_ns && o->normalize)
		return jet_fail(err, JET_E_ARG, NULL,
		                "--mtime-ns and --normalize: one keeps times, the other does not");
	if (o->normalize && read_epoch(&(int64_t){ 0 }, err) < 0)
		return JET_E_ARG;
	if (check_manifest(o, err) < 0)
		return JET_E_ARG;
	return o->dir ? check_dir(line, err) : check_tar(o, err);
}

/* ---- the command -------------------------------------------------------- */

static int check_terminal(struct jet_run *run)
{
	if (isatty(run->out.fd))
		return jet_fail(&run->err, JET_E_ARG, NULL,
		                "an archive is nothing for a terminal: use -o FILE or a pipe");
	return 0;
}

/* @record: NULL, or what goes into a manifest. */
static int pack_dir(struct jet_run *run, const struct pack_options *o,
                    const struct jet_sink_options *sink, const struct jet_ship_record *record)
{
	const struct jet_ship_dir where = { o->output, o->replace, o->link };

	if (run->also.path && jet_outdir_takes(o->output, run->also.path))
		return jet_fail(&run->err, JET_E_ARG, o->manifest,
		                "the directory that is written would take the manifest's place");
	return jet_ship_dir(run, sink, &where, record);
}

static int pack_tar(struct jet_run *run, const struct pack_options *o,
                    const struct jet_sink_options *sink, const struct jet_ship_record *record)
{
	const struct jet_compression *how = &o->compression;
	int rc = check_terminal(run);

	if (rc < 0)
		return rc;
	if (how->codec && !jet_builder_unpacks(run->options->builder, jet_compression_name(how)))
		jet_run_note(run, "builder %s does not recognise %s on standard input: gzip it does",
		             jet_builder_name(run->options->builder), jet_compression_name(how));
	return jet_ship_tar(run, sink, how, record);
}

static int pack(struct jet_run *run, const struct pack_options *o,
                const struct jet_sink_options *sink, const struct jet_ship_record *record)
{
	return o->dir ? pack_dir(run, o, sink, record) : pack_tar(run, o, sink, record);
}

/* With a manifest beside it. */
static int pack_recorded(struct jet_run *run, const struct pack_options *o,
                         const struct jet_sink_options *sink)
{
	struct jet_ship_record record = { .hasher = run->hashing.hasher };
	int rc = jet_output_open(&run->also, o->manifest, &run->err);

	if (rc == 0 && jet_output_same(&run->out, &run->also))
		rc = jet_fail(&run->err, JET_E_ARG, o->manifest, "would be the archive and its manifest");
	if (rc == 0)
		rc = jet_manifest_open(o->manifest_format, o->kinds, run->needs, jet_output_write,
		                       &run->also, &record.manifest);
	if (rc == 0)
		rc = pack(run, o, sink, &record);
	jet_manifest_close(record.manifest);
	return rc;
}

int jet_cmd_pack(const struct jet_command *command, int argc, char **argv)
{
	struct pack_options o = { 0 };
	struct jet_line line = {
		.command = command, .options = table, .fields = &o, .json = &o.json, .help = &help,
		.max = 1, .takes = "one context", .check = check,
	};
	struct jet_sink_options sink = { 0 };
	struct jet_run run = { 0 };
	int rc;

	if (!jet_line_read(&line, argc, argv))
		return line.code;
	/* A directory needs none. */
	run.wants_outside = !o.dir;
	if (o.manifest) {
		/* The times of a normalized directory are made of this hash, whatever is written. */
		run.kinds = o.kinds | (o.dir && o.normalize ? JET_HASH_XXH128 : 0U);
		run.cache = &o.cache;
	}
	rc = jet_run_start(&run, &line, jet_line_operand(&line, 0, "."), o.dir ? NULL : o.output,
	                   JET_WALK_HARDLINKS);
	sink.flags = (o.normalize ? JET_SINK_NORMALIZE : 0) | (o.mtime_ns ? JET_SINK_MTIME_NS : 0) |
	             (o.xattrs ? JET_SINK_XATTRS : 0);
	if (rc == 0 && o.normalize)
		rc = read_epoch(&sink.mtime, &run.err);
	if (rc == 0)
		rc = o.manifest ? pack_recorded(&run, &o, &sink) : pack(&run, &o, &sink, NULL);
	if (rc < 0 && jet_output_signal()) {
		jet_output_discard(&run.also);
		jet_output_die();
	}
	return jet_line_end(&line, jet_run_finish(&run, rc));
}
