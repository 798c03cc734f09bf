// SPDX-License-Identifier: Apache-2.0

// reference answers random lists with the real matcher, moby/patternmatcher.
//
//	reference -check
//	reference -vectors FILE -old FILE <LISTS
//
// LISTS is what "twin-engine --print" writes.  Both files get the lists with
// the answers, in the format of tests/vectors/random-public.jsonl.gz; the one
// of -old has a member "old" besides, for Matches().
package main

import (
	"bufio"
	"bytes"
	"encoding/json"
	"flag"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"sync"

	"github.com/moby/patternmatcher"
)

type list struct {
	ID         int      `json:"id"`
	Ignore     []byte   `json:"ignore"`
	Paths      [][]byte `json:"paths,omitempty"`
	ReadError  string   `json:"read_error,omitempty"`
	ParseError string   `json:"parse_error,omitempty"`
	Orparent   string   `json:"orparent,omitempty"`
	Walk       string   `json:"walk,omitempty"`
	Old        string   `json:"old,omitempty"`
	aside      bool
}

// readAll is ignorefile.ReadAll of patternmatcher 0.6, which 0.5.0 lacks.
func readAll(r io.Reader) ([]string, error) {
	var excludes []string
	scanner := bufio.NewScanner(r)
	for line := 0; scanner.Scan(); line++ {
		b := scanner.Bytes()
		if line == 0 {
			b = bytes.TrimPrefix(b, []byte{0xEF, 0xBB, 0xBF})
		}
		pattern := string(b)
		if strings.HasPrefix(pattern, "#") {
			continue
		}
		pattern = strings.TrimSpace(pattern)
		if pattern == "" {
			continue
		}
		invert := pattern[0] == '!'
		if invert {
			pattern = strings.TrimSpace(pattern[1:])
		}
		if len(pattern) > 0 {
			pattern = filepath.ToSlash(filepath.Clean(pattern))
			if len(pattern) > 1 && pattern[0] == '/' {
				pattern = pattern[1:]
			}
		}
		if invert {
			pattern = "!" + pattern
		}
		excludes = append(excludes, pattern)
	}
	return excludes, scanner.Err()
}

// matcher is one object for as long as it gives no error: 0.5.0 cannot be asked
// again after that, and until then nothing but compiled rules is kept in it.
type matcher struct {
	lines []string
	m     *patternmatcher.PatternMatcher
}

type question func(*patternmatcher.PatternMatcher, string) (bool, error)

// ask gives the verdict in one character; "P" is a panic, which nothing accepts.
func (m *matcher) ask(q question, path string) (c string) {
	defer func() {
		if recover() != nil {
			m.m, c = nil, "P"
		}
	}()
	if m.m == nil {
		var err error
		if m.m, err = patternmatcher.New(m.lines); err != nil {
			return "P"
		}
	}
	matched, err := q(m.m, path)
	switch {
	case err != nil:
		m.m = nil
		return "E"
	case matched:
		return "1"
	}
	return "0"
}

func walk(m *patternmatcher.PatternMatcher, path string) (bool, error) {
	var info patternmatcher.MatchInfo
	for i := 0; ; i++ {
		if i < len(path) && path[i] != '/' {
			continue
		}
		matched, next, err := m.MatchesUsingParentResults(path[:i], info)
		if err != nil || i == len(path) {
			return matched, err
		}
		info = next
	}
}

func answer(l *list) {
	lines, err := readAll(bytes.NewReader(l.Ignore))
	if err != nil {
		l.ReadError = err.Error()
		return
	}
	if _, err = patternmatcher.New(lines); err != nil {
		l.ParseError = err.Error()
		return
	}
	if l.aside = differs(lines, l.Paths); l.aside {
		return
	}
	m := &matcher{lines: lines}
	for _, p := range l.Paths {
		path := string(p)
		l.Orparent += m.ask((*patternmatcher.PatternMatcher).MatchesOrParentMatches, path)
		l.Walk += m.ask(walk, path)
		l.Old += m.ask((*patternmatcher.PatternMatcher).Matches, path)
	}
}

func read(r io.Reader) ([]*list, error) {
	var lists []*list
	d := json.NewDecoder(r)
	for {
		l := new(list)
		err := d.Decode(l)
		if err == io.EOF {
			return lists, nil
		}
		if err != nil {
			return nil, err
		}
		lists = append(lists, l)
	}
}

func answerAll(lists []*list) error {
	// text/scanner complains about every invalid byte.
	null, err := os.OpenFile(os.DevNull, os.O_WRONLY, 0)
	if err != nil {
		return err
	}
	stderr := os.Stderr
	os.Stderr = null
	defer func() { os.Stderr = stderr }()
	const workers = 4
	var wait sync.WaitGroup
	for w := 0; w < workers; w++ {
		wait.Add(1)
		go func(w int) {
			defer wait.Done()
			for i := w; i < len(lists); i += workers {
				answer(lists[i])
			}
		}(w)
	}
	wait.Wait()
	return null.Close()
}

// write leaves out what was set aside, and gives how many were.
func write(name string, lists []*list) (int, error) {
	aside := 0
	f, err := os.Create(name)
	if err != nil {
		return 0, err
	}
	w := bufio.NewWriter(f)
	e := json.NewEncoder(w)
	for _, l := range lists {
		if l.aside {
			aside++
		} else if err := e.Encode(l); err != nil {
			return 0, err
		}
	}
	if err := w.Flush(); err != nil {
		return 0, err
	}
	return aside, f.Close()
}

func run(vectors, old string) error {
	lists, err := read(bufio.NewReader(os.Stdin))
	if err != nil {
		return err
	}
	if err = answerAll(lists); err != nil {
		return err
	}
	if _, err = write(old, lists); err != nil {
		return err
	}
	for _, l := range lists {
		l.Old = ""
	}
	aside, err := write(vectors, lists)
	fmt.Printf("%d lists, %d of them set aside\n", len(lists), aside)
	if err == nil && aside*50 > len(lists) {
		err = fmt.Errorf("more than 2 in 100 lists were set aside")
	}
	return err
}

func main() {
	check := flag.Bool("check", false, "are the differences those that are listed?")
	vectors := flag.String("vectors", "", "where to write the answers")
	old := flag.String("old", "", "where to write them with those of Matches()")
	flag.Parse()
	err := checkDifferences()
	if !*check && err == nil {
		err = run(*vectors, *old)
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, "reference:", err)
		os.Exit(1)
	}
}
