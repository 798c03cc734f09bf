/* SPDX-License-Identifier: Apache-2.0 */
/* disk_tree.h - the tree of a vector in a temporary folder. */
#ifndef JET_VECTORS_DISK_TREE_H
#define JET_VECTORS_DISK_TREE_H

#include <jansson.h>

/**
 * disk_tree_make() - makes the entries of a vector on disk.
 *
 * Return: path of the folder, for disk_tree_remove(); NULL, with a message,
 * when something could not be made.
 */
char *disk_tree_make(json_t *entries);

/**
 * disk_tree_make_needs() - the same for a case of needs.jsonl: plain text, unclean
 * paths, modes; and the Dockerfile at @at.
 */
char *disk_tree_make_needs(json_t *tree, const char *at, json_t *dockerfile);

/** disk_tree_remove() - removes the folder and frees its name.  NULL is fine. */
void disk_tree_remove(char *root);

#endif
