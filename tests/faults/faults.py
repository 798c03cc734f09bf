#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""faults.py JETTISON FAULT_SO [CASE...] - every call of a command fails once in turn.

The program is run again and again over a small context, each time with another one of
its calls failing: open, read, write, sync, rename, stat and the calls that allocate
memory (see fault.c).  However it ends:

  exit 0   the output is what it is without a fault: the call did not matter
  exit 2   a message says why; what the output file held before is still there
  else     wrong, as are reports of a sanitizer and files left behind

What stands on standard output by then must not pass for a complete archive.  A cache
that a fault hit must give right answers afterwards.
"""

import concurrent.futures
import io
import os
import shutil
import subprocess
import sys
import tarfile
import tempfile

KINDS = ["open", "read", "write", "sync", "rename", "stat", "malloc"]
OWN = KINDS[:-1] + ["own"]
COUNT_FD = 9
OLD = b"what was there before\n"
SECONDS = 60
HALFWAY = "the new directory is in place, but the old one cannot be removed"


class Case:
    """A command and what it makes: files or directories in the current directory."""

    def __init__(self, name, words, makes=(), cache=None, first=None, kinds=KINDS):
        self.name = name
        self.words = words
        self.makes = makes
        self.cache = cache  # a directory it may leave behind, and what it holds at first:
        self.first = first  # words that fill it; None: it is absent
        self.kinds = kinds


CASES = [
    Case("pack", ["pack", "-q", "-o", "out.tar", "CTX"], ["out.tar"]),
    Case("pack_stdout", ["pack", "-q", "CTX"]),
    Case("pack_normalize", ["pack", "-q", "--normalize", "--xattrs", "-o", "out.tar", "CTX"], ["out.tar"]),
    Case("pack_gzip", ["pack", "-q", "--compress", "gzip", "-o", "out.tar", "CTX"], ["out.tar"],
         kinds=OWN),
    Case("pack_zstd", ["pack", "-q", "--compress", "zstd", "-o", "out.tar", "CTX"], ["out.tar"],
         kinds=OWN),
    Case("pack_xz", ["pack", "-q", "--compress", "xz:0", "-o", "out.tar", "CTX"], ["out.tar"],
         kinds=OWN),
    Case("pack_dir", ["pack", "-q", "--format", "dir", "--replace", "-o", "out.d", "CTX"], ["out.d/"]),
    Case("pack_manifest", ["pack", "-q", "-o", "out.tar", "--manifest", "out.mf", "CTX"],
         ["out.tar", "out.mf"]),
    Case("manifest", ["manifest", "-q", "-o", "out.mf", "CTX"], ["out.mf"]),
    Case("manifest_sha256", ["manifest", "-q", "--hash", "sha256", "-o", "out.mf", "CTX"], ["out.mf"],
         kinds=OWN),
    Case("digest", ["digest", "-q", "CTX"]),
    Case("digest_new_cache", ["digest", "-q", "--cache=cache", "CTX"], cache="cache"),
    Case("digest_old_cache", ["digest", "-q", "--cache=cache", "CTX"], cache="cache",
         first=["digest", "-q", "--cache=cache", "CTX"]),
    Case("verify", ["verify", "-q", "MANIFEST", "CTX"]),
    Case("verify_tar", ["verify", "-q", "MANIFEST", "TAR"], kinds=OWN),
    Case("diff", ["diff", "-q", "MANIFEST", "CTX"]),
]


def write(path, data):
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path, "wb") as file:
        file.write(data)


def make_context(root):
    write(root + "/Dockerfile", b"FROM scratch\nCOPY src e *.md /\nCOPY big /b\n")
    write(root + "/.dockerignore", b"*.log\n!keep.log\n")
    write(root + "/src/a.c", b"a\n")
    write(root + "/src/deep/d", b"d\n")
    write(root + "/r.md", b"r\n")
    write(root + "/x.log", b"x\n")
    write(root + "/big", bytes(range(256)) * 2500)
    os.link(root + "/src/a.c", root + "/src/b.c")
    os.symlink("a.c", root + "/src/l")
    os.mkdir(root + "/e")
    for directory, names, files in os.walk(root, topdown=False):
        for name in names + files:
            os.utime(os.path.join(directory, name), (1_600_000_000, 1_600_000_000), follow_symlinks=False)


class Runner:
    def __init__(self, program, library, scratch):
        self.program = program
        self.library = library
        self.places = {"CTX": scratch + "/ctx", "MANIFEST": scratch + "/manifest", "TAR": scratch + "/tar"}
        self.scratch = scratch
        make_context(self.places["CTX"])
        self.plain(["pack", "-q", "-o", self.places["TAR"], "--manifest", self.places["MANIFEST"], "CTX"],
                   scratch)

    def argv(self, words):
        return [self.program, *(self.places.get(word, word) for word in words)]

    def environment(self, fault):
        env = {"PATH": "/usr/bin:/bin", "LC_ALL": "C", "HOME": "/nonexistent",
               "ASAN_OPTIONS": "verify_asan_link_order=0:exitcode=99:detect_leaks=1"}
        if fault:
            env["FAULT"] = fault
            env["LD_PRELOAD"] = self.library
        return env

    def plain(self, words, directory):
        return subprocess.run(self.argv(words), cwd=directory, env=self.environment(None), check=True,
                              stdin=subprocess.DEVNULL, capture_output=True, timeout=SECONDS).stdout

    def start(self, case, directory):
        """The directory as a run finds it."""
        os.makedirs(directory)
        for name in case.makes:
            if name.endswith("/"):
                write(f"{directory}/{name}old", OLD)
            else:
                write(f"{directory}/{name}", OLD)
        if case.first:
            self.plain(case.first, directory)

    def count(self, case, kind):
        """How many calls of a kind there are, and what comes out."""
        directory = tempfile.mkdtemp(dir=self.scratch) + "/d"
        self.start(case, directory)
        read_end, write_end = os.pipe()
        os.dup2(write_end, COUNT_FD)
        done = subprocess.run(self.argv(case.words), cwd=directory, env=self.environment(f"{kind}:0"),
                              stdin=subprocess.DEVNULL, capture_output=True, timeout=SECONDS,
                              pass_fds=[COUNT_FD], check=False)
        os.close(write_end)
        os.close(COUNT_FD)
        with os.fdopen(read_end) as file:
            number = file.read()
        if done.returncode != 0:
            raise RuntimeError(f"{case.name} fails without a fault: {done.stderr.decode()}")
        return int(number), self.outcome(case, directory, done.stdout)

    @staticmethod
    def outcome(case, directory, stdout):
        made = {"": stdout}
        for name in case.makes:
            path = f"{directory}/{name}"
            if not name.endswith("/"):
                with open(path, "rb") as file:
                    made[name] = file.read()
                continue
            for where, names, files in os.walk(path):
                for entry in sorted(names + files):
                    inside = os.path.join(where, entry)
                    relative = os.path.relpath(inside, directory)
                    if os.path.islink(inside):
                        made[relative] = os.readlink(inside).encode()
                    elif os.path.isfile(inside):
                        with open(inside, "rb") as file:
                            made[relative] = file.read()
                    else:
                        made[relative] = b""
        return made

    def old(self, case):
        made = {}
        for name in case.makes:
            made[name + "old" if name.endswith("/") else name] = OLD
        return made

    def fault(self, case, kind, number, right):
        """What is wrong, or None."""
        directory = tempfile.mkdtemp(dir=self.scratch) + "/d"
        self.start(case, directory)
        try:
            done = subprocess.run(self.argv(case.words), cwd=directory,
                                  env=self.environment(f"{kind}:{number}"), stdin=subprocess.DEVNULL,
                                  capture_output=True, timeout=SECONDS, check=False)
            return self.judge(case, directory, done, right)
        except subprocess.TimeoutExpired:
            return "hangs"
        finally:
            shutil.rmtree(os.path.dirname(directory))

    def judge(self, case, directory, done, right):
        said = done.stderr.decode("utf-8", "replace")
        if done.returncode not in (0, 2):
            return f"exit {done.returncode}: {said[:3000]}"
        if done.returncode == 2 and HALFWAY in said:
            return None if self.outcome(case, directory, done.stdout) == right else "half a directory"
        left = set(os.listdir(directory)) - {name.rstrip("/") for name in case.makes} - {case.cache}
        if left:
            return f"exit {done.returncode}, leaves {sorted(left)} behind: {said}"
        made = self.outcome(case, directory, done.stdout)
        if done.returncode == 0 and made != right:
            return f"exit 0 and another output: {said}"
        if done.returncode == 2:
            if not any(line.startswith("jettison: ") for line in said.splitlines()):
                return f"exit 2 without a message: {said}"
            stdout = made.pop("")
            if made != self.old(case):
                return "what was there before is lost"
            if stdout and case.words[0] == "pack" and is_archive(stdout):
                return "half an archive passes for a whole one"
        if case.cache and self.plain(case.words, directory) != right[""]:
            return "the cache gives another answer afterwards"
        return None

    def run(self, case, pool):
        passed, failed = 0, 0
        for kind in case.kinds:
            number, right = self.count(case, kind)
            jobs = {at: pool.submit(self.fault, case, kind, at, right)
                    for at in range(1, number + 1)}
            for at, job in jobs.items():
                wrong = job.result()
                passed += not wrong
                failed += bool(wrong)
                if wrong:
                    print(f"{case.name} {kind}:{at} of {number}: {wrong}", flush=True)
        print(f"{case.name:18} {passed} passed, {failed} failed", flush=True)
        return passed, failed


def is_archive(data):
    try:
        with tarfile.open(fileobj=io.BytesIO(data)) as archive:
            return bool(archive.getmembers()) and data.endswith(bytes(1024))
    except tarfile.TarError:
        return False


def main():
    program, library, *names = sys.argv[1:]
    scratch = tempfile.mkdtemp(prefix="jettison-faults.")
    passed, failed = 0, 0
    try:
        runner = Runner(os.path.abspath(program), os.path.abspath(library), scratch)
        with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
            for case in CASES:
                if not names or case.name in names:
                    p, f = runner.run(case, pool)
                    passed += p
                    failed += f
    finally:
        shutil.rmtree(scratch)
    print(f"{passed} passed, {failed} failed")
    return failed != 0 or passed == 0


if __name__ == "__main__":
    sys.exit(main())
