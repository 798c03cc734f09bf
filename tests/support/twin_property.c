/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Names in \p{..}.  Go 1.25 and later compares them without regard to case, "_", "-" and " ",
 * but then looks them up among names of which some have a "_": those scripts
 * cannot be reached.  PCRE2 takes a bare script name for script extensions, so
 * scripts are written as sc:Name.  Go 1.19, which the old builders were made
 * with, takes names as they stand in its tables of Unicode 13, knows neither LC
 * nor Cn, and leaves unassigned code points out of C.  PCRE2 10.42 has Unicode
 * 14, so "Kawi", a script of Unicode 15, is missing here.
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

/* Scripts that only Go 1.19 lets one name. */
static const char *const old_scripts[] = {
	"sc:Anatolian_Hieroglyphs",
	"sc:Bassa_Vah",
	"sc:Canadian_Aboriginal",
	"sc:Caucasian_Albanian",
	"sc:Dives_Akuru",
	"sc:Egyptian_Hieroglyphs",
	"sc:Gunjala_Gondi",
	"sc:Hanifi_Rohingya",
	"sc:Imperial_Aramaic",
	"sc:Inscriptional_Pahlavi",
	"sc:Inscriptional_Parthian",
	"sc:Kayah_Li",
	"sc:Khitan_Small_Script",
	"sc:Linear_A",
	"sc:Linear_B",
	"sc:Masaram_Gondi",
	"sc:Meetei_Mayek",
	"sc:Mende_Kikakui",
	"sc:Meroitic_Cursive",
	"sc:Meroitic_Hieroglyphs",
	"sc:New_Tai_Lue",
	"sc:Nyiakeng_Puachue_Hmong",
	"sc:Ol_Chiki",
	"sc:Old_Hungarian",
	"sc:Old_Italic",
	"sc:Old_North_Arabian",
	"sc:Old_Permic",
	"sc:Old_Persian",
	"sc:Old_Sogdian",
	"sc:Old_South_Arabian",
	"sc:Old_Turkic",
	"sc:Pahawh_Hmong",
	"sc:Pau_Cin_Hau",
	"sc:Phags_Pa",
	"sc:Psalter_Pahlavi",
	"sc:Sora_Sompeng",
	"sc:Syloti_Nagri",
	"sc:Tai_Le",
	"sc:Tai_Tham",
	"sc:Tai_Viet",
	"sc:Warang_Citi",
	"sc:Zanabazar_Square",
};

/* Scripts that came with Unicode 14: Go 1.19 does not know them. */
static const char *const newer[] = { "Tangsa", "Toto", "Vithkuqi" };

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

#define FIND(name, table, skip) find(name, table, sizeof(table) / sizeof((table)[0]), skip)

static const char *find(const char *name, const char *const *table, size_t n, const char *skip)
{
	for (size_t i = 0; i < n; i++)
		if (!strcmp(name, table[i] + strlen(skip)))
			return table[i];
	return NULL;
}

static const char *new_property(const char *name)
{
	const char *found;
	char key[64];

	canonical(name, key);
	for (size_t i = 0; i < sizeof(special) / sizeof(special[0]); i++)
		if (!strcmp(key, special[i].go))
			return special[i].pcre;
	found = FIND(key, same, "");
	return found ? found : FIND(key, scripts, "sc:");
}

static const char *old_property(const char *name)
{
	const char *found;

	if (!strcmp(name, "Any"))
		return "Any";
	if (!strcmp(name, "Cn") || FIND(name, newer, ""))
		return NULL;
	found = FIND(name, same, "");
	if (!found)
		found = FIND(name, scripts, "sc:");
	return found ? found : FIND(name, old_scripts, "sc:");
}

const char *twin_property(const char *name, bool old)
{
	return old ? old_property(name) : new_property(name);
}
