/* SPDX-License-Identifier: Apache-2.0 */
/* walk_private.h - what the parts of the walk share: walk.c goes through the
 * tree, walk_names.c reads directories, walk_entry.c fills in entries,
 * walk_content.c opens them, survey.c adds what is left out, precheck.c does what
 * only the classic client does. */
#ifndef JET_CONTEXT_WALK_PRIVATE_H
#define JET_CONTEXT_WALK_PRIVATE_H

#include "context/focus.h"
#include "context/frames.h"
#include "context/guide.h"
#include "context/hardlinks.h"
#include "context/judge.h"

enum jet_walk_mode {
	JET_MODE_SHIPPED, /* as the builder walks */
	JET_MODE_SURVEY,  /* every entry, with the verdict on it */
	JET_MODE_TREE     /* every entry, no rules */
};

/* Of a record. */
enum jet_record_state {
	JET_RECORD_KEPT,
	JET_RECORD_EMPTIED, /* kept, without content */
	JET_RECORD_IGNORED, /* in mode SHIPPED a directory: to be looked into */
	JET_RECORD_FAILED,  /* the rule that was asked does not compile */
	JET_RECORD_UNGUIDED /* a pattern of --exclude does not: its needs are those that fail */
};

struct jet_walk {
	enum jet_walk_mode mode;
	uint32_t flags;
	struct jet_judge judge;        /* what is kept and sent */
	struct jet_guide *guide;       /* NULL: everything is needed */
	bool reads_all;                /* no permission stops this user */
	const char *only;              /* see jettison.h; "" when there is no such limit */

	const struct jet_archive *archive; /* NULL: the disk */
	struct jet_store_dir reader;
	struct jet_frames frames;
	struct jet_buf path;           /* of the entry at hand, NUL-ended */
	size_t cut;                    /* where a '/' of path is a NUL for the moment; 0: nowhere */
	size_t nemitted;               /* directories the caller has seen, the root included */
	bool has_file;                 /* at hand: an entry that is not on the stack ... */
	struct jet_record file;        /* ... this one */
	int file_error;                /* a directory: why it is not on the stack */
	bool over;

	struct jet_entry entry;
	struct jet_buf target;
	struct jet_hardlinks hardlinks;
	struct jet_walk_counts counts;

	/* walk_content.c: the last directory whose own descriptor was closed. */
	bool has_above;
	int above;
	uint32_t above_depth;

	/* Mode SURVEY: what ships, walked beside this one. */
	struct jet_walk *shipped;
	const struct jet_entry *next_shipped; /* NULL: at the end */
	const struct jet_entry *held;         /* seen already, to be given next */
	bool shipped_given;                   /* next_shipped was: move on */
};

/* ---- walk.c ------------------------------------------------------------- */

/** jet_walk_step() - the next entry of this walk alone; as jet_walk_next(). */
int jet_walk_step(struct jet_walk *w, const struct jet_entry **entry, struct jet_error *err);

/* ---- walk_names.c ------------------------------------------------------- */

/** jet_walk_read_names() - the names of the innermost directory, as records.  0 or a
 *  negative errno. */
int jet_walk_read_names(struct jet_walk *w);

/* ---- walk_entry.c ------------------------------------------------------- */

/**
 * jet_walk_fill_dir() - makes directory @index of the stack the entry.
 * Return: 0 or a negative enum jet_code.
 */
int jet_walk_fill_dir(struct jet_walk *w, size_t index, struct jet_error *err);

/**
 * jet_walk_fill_file() - makes w->file the entry.
 * Return: 1; 0 when it does not ship after all; or a negative enum jet_code.
 */
int jet_walk_fill_file(struct jet_walk *w, struct jet_error *err);

/** jet_walk_put_stat() - what lstat() says, into an entry. */
void jet_walk_put_stat(struct jet_entry *e, const struct jet_os_stat *st);

/** jet_walk_fd() - the directory of the entry at hand; if the plan knew its names, this
 *  is when it shows that it has changed.  A descriptor, which stays the walk's, or a
 *  negative enum jet_code. */
int jet_walk_fd(struct jet_walk *w, struct jet_error *err);

/* ---- survey.c ----------------------------------------------------------- */

/** jet_survey_open() - starts the walk beside this one.  As jet_walk_open(). */
int jet_survey_open(struct jet_walk *w, const char *root, const struct jet_walk_options *options,
                    struct jet_error *err);

/** jet_survey_next() - as jet_walk_next(). */
int jet_survey_next(struct jet_walk *w, const struct jet_entry **entry, struct jet_error *err);

/* ---- precheck.c --------------------------------------------------------- */

/**
 * jet_precheck() - the classic client's look at the whole tree before it starts.
 * @root: the walk's; stays open
 *
 * Return: 0; JET_E_UNREADABLE; JET_E_PATTERN; JET_E_IO; JET_E_NOMEM.
 */
int jet_precheck(struct jet_walk *w, int root, struct jet_error *err);

#endif
