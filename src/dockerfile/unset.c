/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Variables that only the base image could set.
 *
 * A stage on an image from a registry inherits its ENV, which nobody knows here.  So
 * the value of a variable that is not set is in doubt, and so is that of another
 * which was made of it.  A doubt is told when a source hangs on it, or an error.
 */
#include "dockerfile/source_private.h"

#include <string.h>

/* Where "$name" stands, if that can be told: the word is in the line as it is, of the
 * JSON form in its quotes. */
static struct jet_spot spot_of(const struct jet_word *word, struct jet_str name)
{
	const uintptr_t start = (uintptr_t)word->text.data, at = (uintptr_t)name.data;
	const size_t width = word->end.column - word->at.column;
	const size_t quote = width == word->text.len + 2;
	struct jet_spot spot = word->at;
	size_t offset;

	if (word->at.line != word->end.line || width != word->text.len + 2 * quote || at <= start ||
	    at > start + word->text.len)
		return spot;
	offset = (size_t)(at - start) - 1;
	offset -= offset && word->text.data[offset] == '{';
	spot.column += (uint32_t)(offset + quote);
	return spot;
}

/* NULL: no memory, so a note less. */
static struct jet_doubt *make(struct jet_finder *f, struct jet_str name, bool declared, bool fallback)
{
	const struct jet_spot at = spot_of(f->word, name);
	const struct jet_var *known = jet_env_get(&f->noted, name);
	struct jet_doubt *doubt = known ? known->doubt : NULL;

	/* Once a line is enough. */
	if (doubt && doubt->var.at.line == at.line && doubt->var.fallback == fallback)
		return doubt;
	doubt = jet_arena_alloc(&f->found->arena, sizeof(*doubt));
	name.data = jet_arena_dup(&f->found->arena, name.data, name.len);
	if (!doubt || !name.data)
		return NULL;
	doubt->var = (struct jet_unset_var){ name, at, f->now->image, declared, fallback };
	return jet_env_put(&f->noted, (struct jet_var){ .name = name, .doubt = doubt }) < 0 ? NULL : doubt;
}

void jet_unset_tell(struct jet_finder *f, struct jet_doubt *doubt)
{
	struct jet_sources *s = f->found;
	struct jet_unset_var *grown;

	if (!doubt || doubt->told)
		return;
	grown = jet_grow(s->unset, s->nunset, &s->unset_capacity, sizeof(*grown));
	if (!grown)
		return;
	s->unset = grown;
	s->unset[s->nunset++] = doubt->var;
	doubt->told = true;
}

void jet_unset_note(void *ctx, struct jet_str name, const struct jet_var *var, bool fallback)
{
	struct jet_finder *f = ctx;
	struct jet_doubt *doubt = NULL;

	if (var && var->value.data)
		doubt = var->doubt;
	else if (f->now->image.data)
		doubt = make(f, name, var != NULL, fallback);
	if (!f->doubt)
		f->doubt = doubt;
	if (f->matters)
		jet_unset_tell(f, doubt);
}
