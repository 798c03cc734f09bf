#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""archives.py PROGRAM VECTORS.jsonl.gz [--all] - an archive is taken as the directory is.

For every case of the vectors, one builder after the other, with --all each: what the program says of the
directory it must say of a tar of it, errors included, and it must pack the same.
"""
import base64
import gzip
import json
import os
import shutil
import subprocess
import sys
import tempfile

BUILDERS = ("buildkit", "classic", "classic-20.10", "buildah")
COMMANDS = (["list", "--json", "--dirs"], ["list", "--ignored", "--scope", "context"],
            ["manifest", "--scope", "context"], ["plan"], ["pack", "--mtime-ns"])
TIME = 1_600_000_000


def make(root, case):
    for entry in case["tree"]:
        path = os.path.join(root, entry["p"])
        os.makedirs(os.path.dirname(path), exist_ok=True)
        if entry["t"] == "d":
            os.makedirs(path, exist_ok=True)
        elif entry["t"] == "l":
            os.symlink(entry["c"], path)
        else:
            with open(path, "wb") as f:
                f.write(base64.b64decode(entry["b64"]) if "b64" in entry
                        else (entry.get("c") or "x\n").encode())
    path = os.path.join(root, case["dockerfile_at"])
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path, "w", newline="") as f:
        f.write(case["dockerfile"])
    for at, dirs, files in os.walk(root, topdown=False):
        for name in dirs + files:
            os.utime(os.path.join(at, name), (TIME, TIME), follow_symlinks=False)
    os.utime(root, (TIME, TIME))


def options(case, builder):
    words = ["--builder", builder]
    if case["dockerfile_at"] != "Dockerfile":
        words += ["-f", case["dockerfile_at"]]
    if case["target"]:
        words += ["--target", case["target"]]
    for name, value in case["args"].items():
        words += ["--build-arg", f"{name}={value}"]
    return words


def run(program, words, root, archive):
    words = [program, *words] + (["-"] if archive else [])
    done = subprocess.run(words, input=archive, cwd=root, capture_output=True, check=False)
    return done.returncode, done.stdout, done.stderr.replace(b"standard input: no D", b".: no D")


def compare(program, case, root, archive, builders):
    for builder in builders:
        for command in COMMANDS:
            words = command + options(case, builder)
            want, got = run(program, words, root, None), run(program, words, root, archive)
            if want != got:
                yield f"{case['id']}: {' '.join(words)}: {want[::2]} {got[::2]}"


def main():
    program = os.path.abspath(sys.argv[1])
    passed = failed = 0
    with gzip.open(sys.argv[2], "rt") as lines:
        for number, line in enumerate(lines):
            builders = BUILDERS if "--all" in sys.argv else BUILDERS[number % 4 : number % 4 + 1]
            case = json.loads(line)
            root = tempfile.mkdtemp(prefix="jettison-archives.")
            try:
                make(root, case)
                archive = subprocess.run(["tar", "-cf", "-", "."], cwd=root, check=True,
                                         capture_output=True).stdout
                problems = list(compare(program, case, root, archive, builders))
            finally:
                shutil.rmtree(root)
            passed += not problems
            failed += bool(problems)
            for problem in problems:
                print(problem)
    print(f"{passed} passed, {failed} failed")
    return 1 if failed or not passed else 0


if __name__ == "__main__":
    sys.exit(main())
