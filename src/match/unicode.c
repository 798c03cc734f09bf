/* SPDX-License-Identifier: Apache-2.0 */
#include "match/unicode.h"

#include <string.h>

/* Bits of jet_unicode_categories in the order of script/gen-unicode. */
static const uint32_t UNASSIGNED = 1, ALL = (1U << 30) - 1;

/* Script number that stands for U+0000..007F; no script has it. */
enum { SCRIPT_ASCII = 0xFFFF, NAME_MAX_LEN = 64 };

static uint32_t lookup(const uint32_t *table, size_t n, uint32_t rune)
{
	size_t low = 0, high = n; /* table[low] <= rune < table[high] */

	while (high - low > 1) {
		size_t mid = low + (high - low) / 2;

		if (table[mid] >> 8 <= rune)
			low = mid;
		else
			high = mid;
	}
	return table[low] & 0xFF;
}

bool jet_unicode_has(struct jet_unicode_class c, uint32_t rune)
{
	if (c.script == SCRIPT_ASCII)
		return rune < 0x80;
	if (c.script)
		return lookup(jet_unicode_scripts, jet_unicode_scripts_len, rune) == c.script;
	return c.categories >>
	       lookup(jet_unicode_categories, jet_unicode_categories_len, rune) & 1;
}

static const struct jet_unicode_name *find(const struct jet_unicode_name *table, size_t n,
                                           const char *name)
{
	for (size_t i = 0; i < n; i++) {
		if (strcmp(table[i].name, name) == 0)
			return &table[i];
	}
	return NULL;
}

/* Upper case first, lower case after, without "_", "-" and " ".  Go compares
 * what this makes with its own names, so a script such as Old_Italic, whose
 * name is not canonical in this sense, cannot be named at all. */
static void canonical(const char *name, char *out)
{
	bool first = true;

	for (; *name; name++) {
		char c = *name;

		if (c == '_' || c == '-' || c == ' ')
			continue;
		if (first && c >= 'a' && c <= 'z')
			c = (char)(c - 'a' + 'A');
		else if (!first && c >= 'A' && c <= 'Z')
			c = (char)(c - 'A' + 'a');
		*out++ = c;
		first = false;
	}
	*out = '\0';
}

static bool find_alias(const char *name, struct jet_unicode_class *found)
{
	for (size_t i = 0; i < jet_unicode_category_aliases_len; i++) {
		char alias[NAME_MAX_LEN];

		canonical(jet_unicode_category_aliases[i].name, alias);
		if (strcmp(alias, name) == 0) {
			found->categories = jet_unicode_category_aliases[i].value;
			return true;
		}
	}
	return false;
}

/* Categories and scripts by exactly the names of Go's tables. */
static bool find_plain(const char *name, struct jet_unicode_class *found)
{
	const struct jet_unicode_name *hit;

	hit = find(jet_unicode_category_names, jet_unicode_category_names_len, name);
	if (hit) {
		found->categories = hit->value;
		return true;
	}
	hit = find(jet_unicode_script_names, jet_unicode_script_names_len, name);
	if (hit) {
		found->script = hit->value;
		return true;
	}
	return false;
}

static bool find_loose(const char *name, struct jet_unicode_class *found)
{
	static const struct {
		const char *name;
		struct jet_unicode_class found;
	} special[] = {
		{ "Any", { (1U << 30) - 1, 0 } },
		{ "Assigned", { (1U << 30) - 2, 0 } },
		{ "Ascii", { 0, SCRIPT_ASCII } },
	};
	char key[NAME_MAX_LEN];

	canonical(name, key);
	for (size_t i = 0; i < sizeof(special) / sizeof(special[0]); i++) {
		if (strcmp(special[i].name, key) == 0) {
			*found = special[i].found;
			return true;
		}
	}
	if (strcmp(key, "Lc") == 0)
		return find_plain("LC", found);
	return find_plain(key, found) || find_alias(key, found);
}

/* Scripts that are in no table before Unicode 14; Go 1.19 has Unicode 13. */
static bool is_new_script(const char *name)
{
	static const char *const names[] = {
		"Cypro_Minoan", "Kawi", "Nag_Mundari", "Old_Uyghur", "Tangsa", "Toto", "Vithkuqi",
	};

	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		if (strcmp(names[i], name) == 0)
			return true;
	}
	return false;
}

/* Go 1.19: no LC, no Cn, and C without the unassigned code points. */
static bool find_strict(const char *name, struct jet_unicode_class *found)
{
	if (strcmp(name, "Any") == 0) {
		found->categories = ALL;
		return true;
	}
	if (strcmp(name, "LC") == 0 || strcmp(name, "Cn") == 0 || is_new_script(name))
		return false;
	if (!find_plain(name, found))
		return false;
	found->categories &= ~UNASSIGNED;
	return true;
}

bool jet_unicode_find(const char *name, size_t len, bool loose,
                      struct jet_unicode_class *found)
{
	char text[NAME_MAX_LEN];

	if (len >= sizeof(text) || memchr(name, '\0', len))
		return false;
	memcpy(text, name, len);
	text[len] = '\0';
	memset(found, 0, sizeof(*found));
	return loose ? find_loose(text, found) : find_strict(text, found);
}
