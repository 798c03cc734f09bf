/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Names in \p{..}.  Go compares them without regard to case, "_", "-" and " ",
 * but then looks them up among names of which some have a "_": those scripts
 * cannot be reached.  PCRE2 takes a bare script name for script extensions, so
 * scripts are written as sc:Name.
 */
#include "twin_regexp.h"

#include <string.h>

static const struct {
	const char *go, *pcre;
} special[] = {
	{ "Any", "Any" },
	{ "Ascii", "ASCII" },
	{ "Assigned", "!Cn" },
	{ "Lc", "L&" },
	{ "Casedletter", "L&" },
	{ "Other", "C" },
	{ "Control", "Cc" },
	{ "Cntrl", "Cc" },
	{ "Format", "Cf" },
	{ "Unassigned", "Cn" },
	{ "Privateuse", "Co" },
	{ "Surrogate", "Cs" },
	{ "Letter", "L" },
	{ "Lowercaseletter", "Ll" },
	{ "Modifierletter", "Lm" },
	{ "Otherletter", "Lo" },
	{ "Titlecaseletter", "Lt" },
	{ "Uppercaseletter", "Lu" },
	{ "Mark", "M" },
	{ "Combiningmark", "M" },
	{ "Spacingmark", "Mc" },
	{ "Enclosingmark", "Me" },
	{ "Nonspacingmark", "Mn" },
	{ "Number", "N" },
	{ "Decimalnumber", "Nd" },
	{ "Digit", "Nd" },
	{ "Letternumber", "Nl" },
	{ "Othernumber", "No" },
	{ "Punctuation", "P" },
	{ "Punct", "P" },
	{ "Connectorpunctuation", "Pc" },
	{ "Dashpunctuation", "Pd" },
	{ "Closepunctuation", "Pe" },
	{ "Finalpunctuation", "Pf" },
	{ "Initialpunctuation", "Pi" },
	{ "Otherpunctuation", "Po" },
	{ "Openpunctuation", "Ps" },
	{ "Symbol", "S" },
	{ "Currencysymbol", "Sc" },
	{ "Modifiersymbol", "Sk" },
	{ "Mathsymbol", "Sm" },
	{ "Othersymbol", "So" },
	{ "Separator", "Z" },
	{ "Lineseparator", "Zl" },
	{ "Paragraphseparator", "Zp" },
	{ "Spaceseparator", "Zs" },
};

/* General categories have the same names on both sides. */
static const char *const same[] = {
	"C",  "Cc", "Cf", "Cn", "Co", "Cs", "L",  "Ll", "Lm", "Lo", "Lt", "Lu", "M",
	"Mc", "Me", "Mn", "N",  "Nd", "Nl", "No", "P",  "Pc", "Pd", "Pe", "Pf", "Pi",
	"Po", "Ps", "S",  "Sc", "Sk", "Sm", "So", "Z",  "Zl", "Zp", "Zs",
};

/* The scripts whose name is one word. */
static const char *const scripts[] = {
	"sc:Adlam",      "sc:Ahom",       "sc:Arabic",     "sc:Armenian",
	"sc:Avestan",    "sc:Balinese",   "sc:Bamum",      "sc:Batak",
	"sc:Bengali",    "sc:Bhaiksuki",  "sc:Bopomofo",   "sc:Brahmi",
	"sc:Braille",    "sc:Buginese",   "sc:Buhid",      "sc:Carian",
	"sc:Chakma",     "sc:Cham",       "sc:Cherokee",   "sc:Chorasmian",
	"sc:Common",     "sc:Coptic",     "sc:Cuneiform",  "sc:Cypriot",
	"sc:Cyrillic",   "sc:Deseret",    "sc:Devanagari", "sc:Dogra",
	"sc:Duployan",   "sc:Elbasan",    "sc:Elymaic",    "sc:Ethiopic",
	"sc:Georgian",   "sc:Glagolitic", "sc:Gothic",     "sc:Grantha",
	"sc:Greek",      "sc:Gujarati",   "sc:Gurmukhi",   "sc:Han",
	"sc:Hangul",     "sc:Hanunoo",    "sc:Hatran",     "sc:Hebrew",
	"sc:Hiragana",   "sc:Inherited",  "sc:Javanese",   "sc:Kaithi",
	"sc:Kannada",    "sc:Katakana",   "sc:Kharoshthi", "sc:Khmer",
	"sc:Khojki",     "sc:Khudawadi",  "sc:Lao",        "sc:Latin",
	"sc:Lepcha",     "sc:Limbu",      "sc:Lisu",       "sc:Lycian",
	"sc:Lydian",     "sc:Mahajani",   "sc:Makasar",    "sc:Malayalam",
	"sc:Mandaic",    "sc:Manichaean", "sc:Marchen",    "sc:Medefaidrin",
	"sc:Miao",       "sc:Modi",       "sc:Mongolian",  "sc:Mro",
	"sc:Multani",    "sc:Myanmar",    "sc:Nabataean",  "sc:Nandinagari",
	"sc:Newa",       "sc:Nko",        "sc:Nushu",      "sc:Ogham",
	"sc:Oriya",      "sc:Osage",      "sc:Osmanya",    "sc:Palmyrene",
	"sc:Phoenician", "sc:Rejang",     "sc:Runic",      "sc:Samaritan",
	"sc:Saurashtra", "sc:Sharada",    "sc:Shavian",    "sc:Siddham",
	"sc:Signwriting", "sc:Sinhala",   "sc:Sogdian",    "sc:Soyombo",
	"sc:Sundanese",  "sc:Syriac",     "sc:Tagalog",    "sc:Tagbanwa",
	"sc:Takri",      "sc:Tamil",      "sc:Tangsa",     "sc:Tangut",
	"sc:Telugu",     "sc:Thaana",     "sc:Thai",       "sc:Tibetan",
	"sc:Tifinagh",   "sc:Tirhuta",    "sc:Toto",       "sc:Ugaritic",
	"sc:Vai",        "sc:Vithkuqi",   "sc:Wancho",     "sc:Yezidi",
	"sc:Yi",
};

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
		first = false;
		*out++ = c;
	}
	*out = '\0';
}

const char *twin_property(const char *name)
{
	char key[64];

	canonical(name, key);
	for (size_t i = 0; i < sizeof(special) / sizeof(special[0]); i++)
		if (!strcmp(key, special[i].go))
			return special[i].pcre;
	for (size_t i = 0; i < sizeof(same) / sizeof(same[0]); i++)
		if (!strcmp(key, same[i]))
			return same[i];
	for (size_t i = 0; i < sizeof(scripts) / sizeof(scripts[0]); i++)
		if (!strcmp(key, scripts[i] + strlen("sc:")))
			return scripts[i];
	return NULL;
}
