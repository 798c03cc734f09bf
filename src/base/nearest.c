/* SPDX-License-Identifier: Apache-2.0 */
#include "base/nearest.h"

#include <string.h>

enum { WORD_MAX = 31 }; /* longer words are no slips of the finger */

static size_t least(size_t a, size_t b, size_t c)
{
	size_t ab = a < b ? a : b;

	return ab < c ? ab : c;
}

/* Optimal string alignment; both words have at most WORD_MAX letters. */
static size_t distance(const char *a, const char *b)
{
	size_t d[WORD_MAX + 1][WORD_MAX + 1];
	const size_t n = strlen(a), m = strlen(b);

	for (size_t i = 0; i <= n; i++) {
		for (size_t j = 0; j <= m; j++) {
			if (!i || !j) {
				d[i][j] = i + j;
				continue;
			}
			d[i][j] = least(d[i - 1][j] + 1, d[i][j - 1] + 1,
			                d[i - 1][j - 1] + (a[i - 1] != b[j - 1]));
			if (i > 1 && j > 1 && a[i - 1] == b[j - 2] &&
			    a[i - 2] == b[j - 1] && d[i - 2][j - 2] + 1 < d[i][j])
				d[i][j] = d[i - 2][j - 2] + 1;
		}
	}
	return d[n][m];
}

const char *jet_nearest(const char *word, const char *const *known, size_t n)
{
	const char *best = NULL;
	size_t best_distance = strlen(word) / 3 + 1;

	if (strlen(word) > WORD_MAX)
		return NULL;
	for (size_t i = 0; i < n; i++) {
		size_t d;

		if (!known[i] || strlen(known[i]) > WORD_MAX)
			continue;
		d = distance(word, known[i]);
		/* Everything changed is no likeness, however short the word. */
		if (d > best_distance || d >= strlen(known[i]) || (best && d == best_distance))
			continue;
		best = known[i];
		best_distance = d;
	}
	return best;
}
