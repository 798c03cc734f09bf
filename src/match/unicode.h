/* SPDX-License-Identifier: Apache-2.0 */
/* unicode.h - general categories and scripts of Unicode 15.0, as Go names them. */
#ifndef JET_MATCH_UNICODE_H
#define JET_MATCH_UNICODE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/** struct jet_unicode_class - the code points of one \p{name}. */
struct jet_unicode_class {
	uint32_t categories; /* bit set of general categories, or 0 */
	uint32_t script;     /* number of a script, or 0 */
};

/**
 * jet_unicode_find() - the class called @name.
 * @name, @len: without braces and "^"
 * @loose: names as Go 1.25 and later take them (ASCII, Assigned, aliases, any
 *         case, unassigned code points in C) or, false, as Go 1.19 does
 * @found: set on success
 *
 * Return: whether there is such a class.
 */
bool jet_unicode_find(const char *name, size_t len, bool loose,
                      struct jet_unicode_class *found);

/** jet_unicode_has() - is @rune, at most 0x10FFFF, in the class? */
bool jet_unicode_has(struct jet_unicode_class c, uint32_t rune);

/* The tables of unicode_data.c: first code point << 8 | value, ascending. */
extern const uint32_t jet_unicode_categories[], jet_unicode_scripts[];
extern const size_t jet_unicode_categories_len, jet_unicode_scripts_len;

struct jet_unicode_name {
	const char *name;
	uint32_t value; /* category bits, or the number of a script */
};
extern const struct jet_unicode_name jet_unicode_category_names[],
	jet_unicode_category_aliases[], jet_unicode_script_names[];
extern const size_t jet_unicode_category_names_len, jet_unicode_category_aliases_len,
	jet_unicode_script_names_len;

#endif
