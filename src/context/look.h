/* SPDX-License-Identifier: Apache-2.0 */
/*
 * look.h - single paths of a context as a build step sees it: what is ignored
 * or not sent does not exist.
 */
#ifndef JET_CONTEXT_LOOK_H
#define JET_CONTEXT_LOOK_H

#include "base/buf.h"
#include "base/str.h"
#include "jettison.h"

/* Answers; failures are negative: enum jet_code, with the error filled in. */
enum jet_look_answer { JET_LOOK_FOUND = 0, JET_LOOK_MISSING = 1, JET_LOOK_LOOP = 2 };

struct jet_look;

/**
 * jet_look_open() - gets ready.
 * @root, @fd: the context, by name and open; both outlive the look
 * @options: rules, builder and what is sent
 * @err: where failures of all calls are put; outlives the look
 */
int jet_look_open(const char *root, int fd, const struct jet_walk_options *options,
                  struct jet_look **look, struct jet_error *err);

/** jet_look_close() - accepts NULL. */
void jet_look_close(struct jet_look *look);

/**
 * jet_look_up() - is there such an entry?  Links are not followed.
 * @path: plain; "" is the root, a directory
 * @target: NULL, or set to where a link leads
 *
 * Return: enum jet_look_answer or a negative enum jet_code.
 */
int jet_look_up(struct jet_look *look, struct jet_str path, enum jet_type *type,
                struct jet_buf *target);

/** typedef jet_link_fn - is told of every link that was followed; 0 or JET_E_NOMEM. */
typedef int (*jet_link_fn)(void *ctx, struct jet_str path);

/**
 * jet_look_resolve() - what a path leads to, all links followed inside the root.
 * @real: set to the path without links; never that of a link
 */
int jet_look_resolve(struct jet_look *look, struct jet_str path, jet_link_fn fn, void *ctx,
                     struct jet_buf *real, enum jet_type *type);

/** struct jet_look_names - names in a directory, sorted, each NUL-ended. */
struct jet_look_names {
	struct jet_buf text;
	size_t *at; /* offsets in text */
	size_t n, capacity;
};

/** jet_look_list() - names on disk that @pattern matches, as filepath.Match; they
 *  need not all exist for jet_look_up().  Not a directory: none. */
int jet_look_list(struct jet_look *look, struct jet_str dir, struct jet_str pattern,
                  struct jet_look_names *names);

/** jet_look_names_clear() - frees the names. */
void jet_look_names_clear(struct jet_look_names *names);

/** jet_look_nearest() - appends the path that was probably meant by the missing
 *  @path: one with another name in place of its first that is not there.  Nothing
 *  when no name is near.  0 or -1. */
int jet_look_nearest(struct jet_look *look, struct jet_str path, struct jet_buf *text);

/** jet_look_explain() - appends why @path is missing: "left out by .dockerignore:3
 *  `x`", or "not found, did you mean y?".  0 or -1. */
int jet_look_explain(struct jet_look *look, struct jet_str path, struct jet_buf *text);

#endif
