/* SPDX-License-Identifier: Apache-2.0 */
#include "match/prune.h"

#include <stdlib.h>
#include <string.h>

static void drop_suffix(struct jet_str *s, const char *suffix)
{
	const size_t n = strlen(suffix);

	if (s->len >= n && memcmp(s->data + s->len - n, suffix, n) == 0)
		s->len -= n;
}

/* fsutil's patternWithoutTrailingGlob. */
static struct jet_str stripped(struct jet_str pattern)
{
	drop_suffix(&pattern, "/**");
	drop_suffix(&pattern, "/*");
	return pattern;
}

static bool has_glob(struct jet_str s)
{
	for (size_t i = 0; i < s.len; i++) {
		if (s.data[i] && strchr("*[]?^\\", s.data[i]))
			return true;
	}
	return false;
}

static int compare(const void *a, const void *b)
{
	return jet_str_cmp(*(const struct jet_str *)a, *(const struct jet_str *)b);
}

static int add(struct jet_pruner *p, struct jet_arena *arena, struct jet_str text)
{
	char *copy = jet_arena_alloc(arena, text.len + 1);

	if (!copy)
		return -1;
	if (text.len)
		memcpy(copy, text.data, text.len);
	copy[text.len] = '/';
	p->texts[p->n++] = (struct jet_str){ copy, text.len + 1 };
	return 0;
}

int jet_pruner_init(struct jet_pruner *p, struct jet_arena *arena,
                    const struct jet_rule *rules, size_t n, enum jet_pruning pruning)
{
	size_t negated = 0;

	memset(p, 0, sizeof(*p));
	p->slash = pruning != JET_PRUNE_OPEN_END;
	for (size_t i = 0; i < n; i++)
		negated += rules[i].negated;
	p->texts = jet_arena_array(arena, negated, sizeof(*p->texts));
	if (!p->texts)
		return -1;
	for (size_t i = 0; i < n; i++) {
		struct jet_str text = { rules[i].pattern, rules[i].pattern_len };

		if (!rules[i].negated)
			continue;
		if (pruning == JET_PRUNE_STRIPPED) {
			text = stripped(text);
			p->never = p->never || has_glob(text);
		}
		if (add(p, arena, text) < 0)
			return -1;
	}
	if (p->n)
		qsort(p->texts, p->n, sizeof(*p->texts), compare);
	return 0;
}

/* Does @text begin with @dir, and with "/" behind that if @slash? */
static bool begins(struct jet_str text, struct jet_str dir, bool slash)
{
	if (text.len < dir.len + slash || memcmp(text.data, dir.data, dir.len) != 0)
		return false;
	return !slash || text.data[dir.len] == '/';
}

/* < 0: @text sorts before @dir (with its "/", if @slash). */
static int before(struct jet_str text, struct jet_str dir, bool slash)
{
	size_t n = text.len < dir.len ? text.len : dir.len;
	int order = memcmp(text.data, dir.data, n);

	if (order)
		return order;
	if (text.len <= dir.len)
		return text.len < dir.len + slash ? -1 : 0;
	/* As bytes, like the sorting: "a\xFF" comes behind "a/". */
	return slash ? (unsigned char)text.data[dir.len] - '/' : 1;
}

bool jet_pruner_skips(const struct jet_pruner *p, struct jet_str dir)
{
	size_t low = 0, high = p->n;

	if (p->never)
		return false;
	while (low < high) {
		size_t mid = low + (high - low) / 2;

		if (before(p->texts[mid], dir, p->slash) < 0)
			low = mid + 1;
		else
			high = mid;
	}
	return low == p->n || !begins(p->texts[low], dir, p->slash);
}
