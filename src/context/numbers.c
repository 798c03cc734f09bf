/* SPDX-License-Identifier: Apache-2.0 */
#include "context/numbers.h"

#include <string.h>

int jet_numbers_get(struct jet_numbers *numbers, struct jet_str key, uint32_t *number)
{
	const struct jet_var *known;
	char *copy, *value;

	numbers->known.arena = &numbers->arena;
	known = jet_env_get(&numbers->known, key);
	if (known) {
		memcpy(number, known->value.data, sizeof(*number));
		return 0;
	}
	copy = jet_arena_dup(&numbers->arena, key.data, key.len);
	value = jet_arena_dup(&numbers->arena, &numbers->n, sizeof(numbers->n));
	if (!copy || !value || numbers->n == UINT32_MAX ||
	    jet_env_set(&numbers->known, (struct jet_str){ copy, key.len },
	                (struct jet_str){ value, sizeof(numbers->n) }, false) < 0)
		return -1;
	*number = numbers->n++;
	return 1;
}

void jet_numbers_clear(struct jet_numbers *numbers)
{
	jet_arena_clear(&numbers->arena);
	memset(numbers, 0, sizeof(*numbers));
}
