// SPDX-License-Identifier: Apache-2.0

package main

// Where Debian 12's golang-github-moby-patternmatcher-dev 0.5.0 with Go 1.19
// and what the engine follows, patternmatcher 0.6.1 with Go 1.26, differ.
// checkDifferences() sees to it that the list is true; nothing else is
// tolerated.
//
//  1. A rule that Go's regexp refuses gives an error the first time the object
//     evaluates it, and a nil panic the second time.  Hence a fresh
//     matcher after every error.
//  2. There is no ignorefile.ReadAll: readAll() is the one of 0.6.
//  3. Names in \p{..}: Go 1.19 takes the names of its tables as they are, Go
//     1.25 compares them loosely and knows ASCII, Assigned, LC, Cn and long
//     names of categories; scripts with a "_" in their name cannot be reached
//     any more.  Lists with a name on which they differ are set aside.
//  4. C has the unassigned code points since Go 1.25: also set aside.
//  5. Unicode 13 instead of 15: lists with \p are set aside if a path has a
//     code point that Go 1.19 does not know.

import (
	"fmt"
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/moby/patternmatcher"
)

// Go 1.25's unicode.CategoryAliases, and scripts since Unicode 13.
const newNames = "Cased_Letter Close_Punctuation Combining_Mark Connector_Punctuation Control " +
	"Currency_Symbol Dash_Punctuation Decimal_Number Enclosing_Mark Final_Punctuation Format " +
	"Initial_Punctuation Letter Letter_Number Line_Separator Lowercase_Letter Mark Math_Symbol " +
	"Modifier_Letter Modifier_Symbol Nonspacing_Mark Number Open_Punctuation Other Other_Letter " +
	"Other_Number Other_Punctuation Other_Symbol Paragraph_Separator Private_Use Punctuation " +
	"Separator Space_Separator Spacing_Mark Surrogate Symbol Titlecase_Letter Unassigned " +
	"Uppercase_Letter cntrl digit punct Any ASCII Assigned LC Cn Kawi Tangsa Toto Vithkuqi"

var (
	mention = regexp.MustCompile(`(?s)\\[pP](\{[^}]*\}|.|$)`)
	loose   = map[string]bool{}
)

func canonical(name string) string {
	return strings.ToLower(strings.NewReplacer("_", "", "-", "", " ", "").Replace(name))
}

func init() {
	for name := range unicode.Categories {
		loose[canonical(name)] = true
	}
	for name := range unicode.Scripts {
		loose[canonical(name)] = true
	}
	for _, name := range strings.Fields(newNames) {
		loose[canonical(name)] = true
	}
}

// nameDiffers errs on the safe side: names that both refuse may be among them
// only if they look like one that exists.
func nameDiffers(name string) bool {
	name = strings.TrimPrefix(strings.Trim(name, "{}"), "^")
	if name == "Any" {
		return false
	}
	_, category := unicode.Categories[name]
	_, script := unicode.Scripts[name]
	if category || script {
		return name == "C" || strings.Contains(name, "_")
	}
	return loose[canonical(name)]
}

func isKnown(r rune) bool {
	for _, table := range unicode.Categories {
		if unicode.Is(table, r) {
			return true
		}
	}
	return false
}

// differs: is this a list on which the two may have different answers?
func differs(lines []string, paths [][]byte) bool {
	mentions := false
	for _, line := range lines {
		for _, m := range mention.FindAllStringSubmatch(line, -1) {
			mentions = true
			if nameDiffers(m[1]) {
				return true
			}
		}
	}
	for _, path := range paths {
		for i := 0; mentions && i < len(path); {
			r, n := utf8.DecodeRune(path[i:])
			if r >= 0x80 && r != utf8.RuneError && !isKnown(r) {
				return true
			}
			i += n
		}
	}
	return false
}

func panicsAgain() (panicked bool, err error) {
	m, err := patternmatcher.New([]string{"[b-a]"})
	if err != nil {
		return false, err
	}
	if _, failure := m.MatchesOrParentMatches("a"); failure == nil {
		return false, fmt.Errorf("[b-a] is no error")
	}
	defer func() { panicked = recover() != nil }()
	_, _ = m.MatchesOrParentMatches("a")
	return false, nil
}

func compiles(name string) bool {
	_, err := regexp.Compile(`\p{` + name + `}`)
	return err == nil
}

// checkDifferences: has the package or Go become another one?
func checkDifferences() error {
	panicked, err := panicsAgain()
	if err != nil {
		return err
	}
	if !panicked {
		return fmt.Errorf("no panic when a bad rule is evaluated twice: not patternmatcher 0.5")
	}
	if unicode.Version != "13.0.0" {
		return fmt.Errorf("Unicode %s, not 13: the list of differences is out of date", unicode.Version)
	}
	for _, name := range []string{"greek", "LC", "Cn", "ASCII", "Assigned", "Letter", "Toto"} {
		if compiles(name) {
			return fmt.Errorf("\\p{%s} compiles: not Go 1.19", name)
		}
	}
	for _, name := range []string{"Greek", "Old_Italic", "C", "Any"} {
		if !compiles(name) {
			return fmt.Errorf("\\p{%s} does not compile: not Go 1.19", name)
		}
	}
	if regexp.MustCompile(`\pC`).MatchString("\u0378") {
		return fmt.Errorf("U+0378 is in C: not Go 1.19")
	}
	return nil
}
