/* SPDX-License-Identifier: Apache-2.0 */
#include "cli/shipment.h"

#include "base/error.h"
#include "base/os.h"
#include "cli/outdir.h"
#include "cli/trouble.h"
#include "sink/dir.h"
#include "sink/tar.h"

#include <string.h>
#include <unistd.h>

/* ---- what a builder needs that does not ship anyway --------------------- */

static int put_extras(struct jet_run *run, const struct jet_sink *sink, bool is_dir,
                      struct jet_ship_extras *made)
{
	const struct jet_walk_options walk = jet_run_walk_options(run, 0);
	const struct jet_extras extras = {
		.root = run->root,
		.walk = &walk,
		.located = &run->located,
		.needs = run->needs,
		.own_rules = run->options->ignore_file ? run->given_rules.data : NULL,
		.own_rules_len = run->given_rules.len,
		.is_dir = is_dir,
	};
	const struct jet_extras_outside d = {
		.text = run->dockerfile.data, .len = run->dockerfile.len,
	};

	*made = (struct jet_ship_extras){ JET_EXTRAS_DONE, NULL };
	if (run->options->scope == JET_SCOPE_TREE)
		return 0;
	/* One that is not in the context goes into a tar as the Dockerfile, if there is no
	 * other. */
	if (!is_dir && jet_run_is_outside(run))
		return jet_extras_add_outside(&extras, &d, sink, &made->made, &made->name, &run->err);
	return jet_extras_add(&extras, sink, &made->made, &run->err);
}

static void say_outside(const struct jet_run *run, const struct jet_ship_extras *made)
{
	if (strcmp(made->name, "Dockerfile") != 0)
		jet_run_note(run, "the context ships a Dockerfile of its own, so the other one is in the "
		                  "archive as %s: build with -f %s", made->name, made->name);
	if (made->made == JET_EXTRAS_VISIBLE)
		jet_run_note(run, "the build needs %s in the archive and this builder cannot hide it from "
		                  "COPY . .: --format dir does without", made->name);
}

/* What whoever runs the builder has to know of it. */
static void say_extras(const struct jet_run *run, bool is_dir, const struct jet_ship_extras *made)
{
	const struct jet_located *l = &run->located;

	if (made->name) {
		say_outside(run, made);
		return;
	}
	if (made->made == JET_EXTRAS_VISIBLE)
		jet_run_note(run, "the rules leave out %s, but the builder needs it in the archive and "
		                  "cannot hide it from COPY . .: --format dir can", l->dockerfile_entry);
	if (made->made == JET_EXTRAS_RULES)
		jet_run_note(run, "the builder will not find the rules of %s in there: another file, or a "
		                  "link, ships in their place", l->ignore_file);
	if (is_dir && run->options->scope != JET_SCOPE_TREE && l->dockerfile && !l->dockerfile_entry)
		jet_run_note(run, "%s is outside the context, so it is not in the directory: name it with "
		                  "-f", l->dockerfile);
}

static int swallow(void *self, const char *path, size_t path_len, const void *data, size_t len,
                   struct jet_error *err)
{
	(void)self;
	(void)path;
	(void)path_len;
	(void)data;
	(void)len;
	(void)err;
	return 0;
}

int jet_ship_look(struct jet_run *run, bool is_dir, struct jet_ship_extras *extras)
{
	const struct jet_sink nowhere = { .text = swallow };

	return put_extras(run, &nowhere, is_dir, extras);
}

/* ---- what goes in ------------------------------------------------------- */

/* Where entries go. */
struct way {
	const struct jet_sink *sink;
	const struct jet_outdir *out; /* NULL, or a directory: not to be found in itself */
	const struct jet_ship_record *record; /* NULL: none */
};

/* An entry that went in before its turn. */
struct front {
	const char *path;     /* NULL: there is none */
	size_t path_len;
	struct jet_entry was; /* as it was then; what it borrows is gone */
	struct jet_shipped shipped;
	bool met;             /* its turn came */
};

/* JET_E_WRITE is about the archive. */
static int fail_record(struct jet_run *run)
{
	run->err = run->also.err;
	return run->err.code = JET_E_IO;
}

/* An entry as it ships. */
static int note_entry(struct jet_run *run, const struct jet_ship_record *record,
                      const struct jet_entry *e, const struct jet_shipped *shipped)
{
	struct jet_entry noted = *e;
	int rc;

	noted.mode = shipped->mode;
	noted.mtime_sec = shipped->mtime_sec;
	noted.mtime_nsec = shipped->mtime_nsec;
	rc = jet_manifest_entry(record->manifest, &noted, &shipped->hashes);
	if (rc != JET_E_WRITE)
		return rc;
	/* Who reads it has enough. */
	return run->also.closed ? 0 : fail_record(run);
}

/* ---- the Dockerfile comes first ----------------------------------------- */

/* A file of several names stays in its place: others are links to the first of them. */
static bool goes_first(const struct jet_run *run, const struct jet_entry *e)
{
	return e->type == JET_TYPE_FILE && e->nlink == 1 && !e->error &&
	       !(e->flags & JET_ENTRY_EMPTIED) && !jet_output_is(&run->out, e->dev, e->ino) &&
	       !jet_output_is(&run->also, e->dev, e->ino);
}

static int put_if_it_is(struct jet_run *run, const struct way *way, struct jet_walk *walk,
                        const struct jet_entry *e, const char *path, struct front *front)
{
	int rc;

	if (e->path_len != strlen(path) || memcmp(e->path, path, e->path_len) != 0 ||
	    !goes_first(run, e))
		return 0;
	front->path = path;
	front->path_len = e->path_len;
	rc = way->sink->entry(way->sink->self, walk, e, way->record ? &front->shipped : NULL,
	                      &run->err);
	/* Behind it: one that was read twice is now as it was then. */
	front->was = *e;
	return rc;
}

/* Whoever reads the archive as it comes knows at once what is built.  Directories above it
 * follow when it is their turn. */
static int put_front(struct jet_run *run, const struct way *way, struct front *front)
{
	struct jet_walk_options options = jet_run_walk_options(run, JET_WALK_STAT);
	const char *path = run->located.dockerfile_entry;
	const struct jet_entry *e;
	struct jet_walk *walk = NULL;
	int rc;

	if (way->out || !path || run->options->scope == JET_SCOPE_TREE)
		return 0;
	options.only = path;
	rc = jet_walk_open(run->root, &options, &walk, &run->err);
	while (rc == 0 && !front->path && (rc = jet_walk_next(walk, &e, &run->err)) == 1)
		rc = put_if_it_is(run, way, walk, e, path, front);
	jet_walk_close(walk);
	return rc;
}

/* Its turn. */
static int meet(struct jet_run *run, const struct way *way, const struct jet_entry *e,
                struct front *front)
{
	const struct jet_entry *was = &front->was;

	front->met = true;
	if (e->dev != was->dev || e->ino != was->ino || e->size != was->size || e->mode != was->mode ||
	    e->mtime_sec != was->mtime_sec || e->mtime_nsec != was->mtime_nsec)
		return jet_fail(&run->err, JET_E_CHANGED, e->path, "changed while the tree was read");
	return way->record ? note_entry(run, way->record, e, &front->shipped) : 0;
}

static bool is_front(const struct front *front, const struct jet_entry *e)
{
	return front->path && e->path_len == front->path_len &&
	       memcmp(e->path, front->path, e->path_len) == 0;
}

static int put_entries(struct jet_run *run, const struct way *way, struct front *front)
{
	struct jet_shipped shipped;
	const struct jet_entry *e;
	int rc;

	while ((rc = jet_run_next_whole(run, &e)) == 1) {
		if (way->out && jet_outdir_holds(way->out, e->path, e->path_len))
			continue;
		if (e->type == JET_TYPE_SOCKET) { /* only in scope tree */
			jet_warn(e->path, "no build context can hold a socket: left out");
			continue;
		}
		if (is_front(front, e)) {
			rc = meet(run, way, e, front);
			if (rc < 0)
				return rc;
			continue;
		}
		rc = way->sink->entry(way->sink->self, run->walk, e, way->record ? &shipped : NULL,
		                      &run->err);
		if (rc == 0 && way->record)
			rc = note_entry(run, way->record, e, &shipped);
		if (rc < 0)
			return rc;
	}
	if (rc == 0 && front->path && !front->met)
		rc = jet_fail(&run->err, JET_E_CHANGED, front->path, "changed while the tree was read");
	return rc;
}

static int put_all(struct jet_run *run, const struct way *way)
{
	struct front front = { 0 };
	struct jet_ship_extras made;
	int rc = put_front(run, way, &front);

	if (rc == 0)
		rc = put_extras(run, way->sink, way->out != NULL, &made);
	if (rc == 0 && !run->builds)
		say_extras(run, way->out != NULL, &made);
	if (rc == 0)
		rc = put_entries(run, way, &front);
	return rc < 0 ? rc : way->sink->finish(way->sink->self, &run->err);
}

/* ---- a tar -------------------------------------------------------------- */

/* The stream is complete, or so that nobody takes it for complete.  @rc: how it went. */
static int end_stream(struct jet_run *run, struct jet_tar *tar, struct jet_compressor *z,
                      bool plain, int rc)
{
	/* Why nothing more could be written is known there. */
	if (rc == 0 || rc == JET_E_WRITE)
		return jet_compressor_finish(z, &run->err);
	if (plain && !run->out.path && jet_tar_spoil(tar) == 0)
		jet_output_flush(&run->out);
	return rc;
}

int jet_ship_tar(struct jet_run *run, const struct jet_sink_options *options,
                 const struct jet_compression *compression, const struct jet_ship_record *record)
{
	const unsigned jobs = run->options->jobs ? run->options->jobs : jet_os_cpus();
	struct jet_compressor *z = NULL;
	struct jet_tar *tar = NULL;
	struct jet_sink sink;
	int rc = jet_compressor_open(compression, jobs, jet_output_write, &run->out, &z, &run->err);

	if (rc == 0 && jet_tar_open(options, jet_compressor_write, z, &tar) < 0)
		rc = jet_fail_nomem(&run->err);
	if (rc == 0) {
		/* A context is big, and the builder reads it as it comes. */
		jet_os_widen_pipe(run->out.fd);
		/* From here on standard output may hold a part of the archive. */
		if (!run->out.path)
			run->json = false;
		sink = jet_tar_sink(tar);
		jet_tar_hash(tar, record ? record->hasher : NULL);
		rc = put_all(run, &(struct way){ &sink, NULL, record });
		rc = end_stream(run, tar, z, !compression->codec, rc);
	}
	jet_tar_close(tar);
	jet_compressor_close(z);
	return rc;
}

/* ---- a directory -------------------------------------------------------- */

static bool stopped(void *ctx)
{
	(void)ctx;
	return jet_output_signal() != 0;
}

static int fill(struct jet_run *run, const struct jet_outdir *out,
                const struct jet_dir_options *options, const struct jet_ship_record *record)
{
	struct jet_sink sink;
	struct jet_dir *dir;
	int rc = jet_dir_open(out->fd, options, &dir, &run->err);

	if (rc < 0)
		return rc;
	sink = jet_dir_sink(dir);
	rc = put_all(run, &(struct way){ &sink, out, record });
	jet_dir_close(dir);
	/* What can still fail comes before the directory has its name. */
	if (rc == 0 && record && jet_output_flush(&run->also) < 0 && !run->also.closed)
		rc = fail_record(run);
	return rc;
}

int jet_ship_dir(struct jet_run *run, const struct jet_sink_options *options,
                 const struct jet_ship_dir *where, const struct jet_ship_record *record)
{
	struct jet_dir_options dir = {
		.sink = *options, .link = where->link, .hasher = record ? record->hasher : NULL,
		.stop = stopped,
	};
	struct jet_outdir out = { 0 };
	int rc = jet_walk_root(run->walk, &dir.root, &run->err);

	jet_output_defer_signals();
	if (rc == 0)
		rc = jet_outdir_open(&out, where->name, run->archive ? NULL : run->root, where->replace,
		                     &run->err);
	if (rc == 0)
		rc = fill(run, &out, &dir, record);
	if (rc == 0 && !jet_output_signal())
		return jet_outdir_commit(&out, &run->err);
	jet_outdir_discard(&out);
	return jet_output_signal() ? JET_E_WRITE : rc;
}
