#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""golden.py [--update] JETTISON... - the same bytes from every build, everywhere.

Digests, manifests and archives of generated trees against tests/checks/golden.json, with
every program given (gcc, clang, musl), 1 to 8 threads, several locales, time zones and
umasks.  What --normalize promises is asked of trees that were made under another umask
and at another time.  Compressed archives depend on the version of a library, so they
are only compared with each other.
"""

import hashlib
import json
import os
import random
import shutil
import subprocess
import sys
import tempfile

GOLDEN = os.path.join(os.path.dirname(os.path.abspath(__file__)), "golden.json")
WHEN = 1_600_000_000
SETTINGS = [  # umask, environment
    (0o022, {"LC_ALL": "C"}),
    (0o077, {"LC_ALL": "C.UTF-8", "TZ": "Asia/Kathmandu"}),
    (0o000, {"LC_ALL": "en_US.UTF-8", "TZ": "America/New_York", "COLUMNS": "40"}),
]
THREADS = range(1, 9)
NAMES = [b"a", b"B", b"\xc3\xa9", b"\xff\xfe", b"x y", b"-n", b"#c", b"n\nl", b"z" * 120]


def make_tree(root, seed, umask, when):
    """The same for the same seed, but for modes and times."""
    chance = random.Random(seed)
    os.umask(umask)
    os.mkdir(root)
    directories = [root]
    for number in range(60):
        parent = chance.choice(directories)
        path = os.path.join(parent, chance.choice(NAMES) + str(number).encode())
        kind = chance.random()
        if kind < 0.25:
            os.mkdir(path)
            directories.append(path)
        elif kind < 0.35:
            os.symlink(chance.choice([b"a", b"../x", b"/abs", b"t" * 150]), path)
        else:
            with open(path, "wb") as file:
                file.write(chance.randbytes(chance.choice([0, 1, 511, 512, 513, 300_000])))
            if kind > 0.9:
                os.chmod(path, 0o777 & ~umask)
            if kind > 0.95:
                os.link(path, path + b".hard")
    with open(os.path.join(root, b"Dockerfile"), "wb") as file:
        file.write(b"FROM scratch\nCOPY . /\n")
    for directory, names, files in os.walk(root, topdown=False):
        for name in names + files:
            os.utime(os.path.join(directory, name), (when, when), follow_symlinks=False)


class Golden:
    def __init__(self, programs, scratch):
        self.programs = programs
        self.scratch = scratch
        self.found = {}
        self.passed = 0
        self.failed = 0

    def run(self, program, words, umask, env):
        """What it writes, as a hash."""
        done = subprocess.run([program, *words], umask=umask, timeout=60, check=False,
                              env={"PATH": "/usr/bin:/bin", "HOME": "/nonexistent", **env},
                              stdin=subprocess.DEVNULL, capture_output=True)
        if done.returncode:
            return f"exit {done.returncode}: {done.stderr.decode('utf-8', 'replace')}"
        return hashlib.sha256(done.stdout).hexdigest()

    def check(self, key, got, where):
        """The first answer is the one that is wanted of all others."""
        want = self.found.setdefault(key, got)
        if got == want:
            self.passed += 1
            return
        self.failed += 1
        print(f"{key}, {where}: {got} instead of {want}", flush=True)

    def ask(self, tree, key, words, threads=(1,)):
        for program in self.programs:
            for umask, env in SETTINGS:
                for count in threads:
                    more = [] if len(threads) == 1 else ["-j", str(count)]
                    got = self.run(program, [*words, *more, tree], umask, env)
                    self.check(key, got, f"{program} umask {umask:o} {env} {more}")

    def compressed(self, tree, key, how):
        """The same for any number of threads."""
        for program in self.programs:
            alike = Golden([program], self.scratch)
            for count in THREADS:
                got = alike.run(program, ["pack", "-q", "--compress", how, "-j", str(count), tree],
                                0o022, {"LC_ALL": "C"})
                if "built without" in got:
                    break
                alike.check(key, got, f"{program} -j {count}")
            self.passed += alike.passed
            self.failed += alike.failed

    def tree(self, number):
        trees = []
        for at, (umask, _) in enumerate(SETTINGS):
            path = os.path.join(self.scratch, f"tree{number}-{at}")
            make_tree(os.fsencode(path), number, umask, WHEN + at * 12345)
            trees.append(path)
        name = f"tree {number}"
        self.ask(trees[0], f"{name} digest", ["digest", "-q"])
        self.ask(trees[0], f"{name} manifest", ["manifest", "-q"])
        for form in ("mtree", "xxh128sum", "csv"):
            self.ask(trees[0], f"{name} {form}", ["manifest", "-q", "--format", form])
        self.ask(trees[0], f"{name} pack", ["pack", "-q", "--builder", "buildah"], THREADS)
        for path in trees:
            self.ask(path, f"{name} digest --normalize", ["digest", "-q", "--normalize"])
            self.ask(path, f"{name} pack --normalize", ["pack", "-q", "--normalize"])
        for how in ("gzip:6", "zstd:3", "xz:1"):
            self.compressed(trees[0], f"{name} {how}", how)
        for path in trees:
            shutil.rmtree(path)


def main():
    update = "--update" in sys.argv
    programs = [os.path.abspath(word) for word in sys.argv[1:] if word != "--update"]
    scratch = tempfile.mkdtemp(prefix="jettison-golden.")
    golden = Golden(programs, scratch)
    try:
        if not update:
            with open(GOLDEN, encoding="ascii") as file:
                golden.found = json.load(file)
        for number in range(2):
            golden.tree(number)
    finally:
        shutil.rmtree(scratch)
    if update:
        with open(GOLDEN, "w", encoding="ascii") as file:
            json.dump(golden.found, file, indent=1)
            file.write("\n")
    print(f"{golden.passed} passed, {golden.failed} failed")
    return golden.failed != 0 or golden.passed == 0


if __name__ == "__main__":
    sys.exit(main())
