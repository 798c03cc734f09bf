/* SPDX-License-Identifier: Apache-2.0 */
/* walk_content.h - what a sink does with the walk's current entry besides
 * jet_walk_read(). */
#ifndef JET_CONTEXT_WALK_CONTENT_H
#define JET_CONTEXT_WALK_CONTENT_H

#include "context/xattrs.h"
#include "jettison.h"

/** jet_walk_archive() - what is walked, or NULL: the disk. */
const struct jet_archive *jet_walk_archive(const struct jet_walk *walk);

/**
 * jet_walk_xattrs() - the extended attributes of the current entry that a build keeps.
 * @fd: of a regular file, from jet_walk_read(); of a directory -1
 *
 * Return: 0; JET_E_IO; JET_E_NOMEM; JET_E_CHANGED when the directory is not where it was.
 */
int jet_walk_xattrs(struct jet_walk *walk, int fd, struct jet_xattrs *x, struct jet_error *err);

/**
 * jet_walk_again() - a new look at a regular file that changed while it was read: the
 * current entry says then what it is now.
 *
 * Return: 0; JET_E_IO; JET_E_CHANGED when it is no regular file any more, or another
 * one that other entries are links to.
 */
int jet_walk_again(struct jet_walk *walk, struct jet_error *err);

/**
 * jet_walk_link() - gives the regular file that is the current entry one more name.
 * @dir, @name: where
 *
 * Return: 1; 0 when that cannot be done here; JET_E_IO; JET_E_CHANGED when it is not
 * what was listed, and then it has no such name.
 */
int jet_walk_link(struct jet_walk *walk, int dir, const char *name, struct jet_error *err);

#endif
