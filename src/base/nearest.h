/* SPDX-License-Identifier: Apache-2.0 */
/* nearest.h - "did you mean". */
#ifndef JET_BASE_NEAREST_H
#define JET_BASE_NEAREST_H

#include <stddef.h>

/**
 * jet_nearest() - the word that was probably meant.
 * @word: what was typed
 * @known, @n: words to choose from; NULL entries are passed over
 *
 * Return: the nearest by edit distance (insertion, deletion, change, exchange
 * of neighbours), or NULL when none is near: more than a third of the letters
 * would have to change.
 */
const char *jet_nearest(const char *word, const char *const *known, size_t n);

#endif
