// SPDX-License-Identifier: Apache-2.0

// walk TREE RULES - lists a tree as the builders' own library filters it:
// filepath.WalkDir and moby/patternmatcher (Debian's), parent results handed
// down, ignored directories skipped when no rule is negated.
package main

import (
	"bufio"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"github.com/moby/patternmatcher"
)

func rules(name string) []string {
	data, err := os.ReadFile(name)
	if err != nil {
		panic(err)
	}
	return strings.Split(strings.TrimSpace(string(data)), "\n")
}

func main() {
	root := os.Args[1]
	matcher, err := patternmatcher.New(rules(os.Args[2]))
	if err != nil {
		panic(err)
	}
	out := bufio.NewWriter(os.Stdout)
	defer out.Flush()
	infos := map[string]patternmatcher.MatchInfo{}
	err = filepath.WalkDir(root, func(path string, entry fs.DirEntry, err error) error {
		if err != nil || path == root {
			return err
		}
		name := path[len(root)+1:]
		ignored, info, err := matcher.MatchesUsingParentResults(name, infos[filepath.Dir(name)])
		if err != nil {
			return err
		}
		if entry.IsDir() {
			infos[name] = info
			if ignored && !matcher.Exclusions() {
				return filepath.SkipDir
			}
		} else if !ignored {
			fmt.Fprintln(out, name)
		}
		return nil
	})
	if err != nil {
		panic(err)
	}
}
