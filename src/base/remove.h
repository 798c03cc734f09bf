/* SPDX-License-Identifier: Apache-2.0 */
/* remove.h - a directory and all in it, gone. */
#ifndef JET_BASE_REMOVE_H
#define JET_BASE_REMOVE_H

/**
 * jet_remove_tree() - removes a directory with everything below it.
 * @path: the directory; a link is not followed
 *
 * Links in it are removed, never followed.  Memory is that of the names on the way down.
 *
 * Return: 0, also when it is not there, or a negative errno; then some of it is left.
 */
int jet_remove_tree(const char *path);

#endif
