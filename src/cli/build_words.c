/* SPDX-License-Identifier: Apache-2.0 */
#include "cli/build_words.h"

#include "base/buf.h"

#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

const char *jet_words_text(struct jet_words *words, const char *text, size_t len)
{
	const char *kept = jet_arena_dup(words->arena, text ? text : "", len);

	words->nomem |= !kept;
	return kept ? kept : "";
}

void jet_words_join(struct jet_words *words, const char *first, ...)
{
	struct jet_buf word = { 0 };
	const char *text, **grown;
	va_list ap;

	va_start(ap, first);
	for (text = first; text; text = va_arg(ap, const char *))
		words->nomem |= jet_buf_text(&word, text) < 0;
	va_end(ap);
	grown = jet_grow(words->list.items, words->list.n, &words->list.capacity, sizeof(*grown));
	if (grown) {
		words->list.items = grown;
		grown[words->list.n++] = jet_words_text(words, word.data, word.len);
	}
	words->nomem |= !grown;
	jet_buf_clear(&word);
}

void jet_words_put(struct jet_words *words, const char *word)
{
	jet_words_join(words, word, (char *)NULL);
}

int jet_words_finish(struct jet_words *words, char ***argv)
{
	char **all = jet_arena_array(words->arena, words->list.n + 1, sizeof(*all));

	if (all && words->list.n)
		memcpy(all, words->list.items, words->list.n * sizeof(*all));
	free(words->list.items);
	words->list = (struct jet_texts){ 0 };
	if (!all || words->nomem)
		return JET_E_NOMEM;
	*argv = all;
	return 0;
}
