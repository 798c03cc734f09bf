# SPDX-License-Identifier: Apache-2.0
"""Does a build from what is needed make the same image?

For cases of tests/vectors/needs.jsonl.gz and for whole Dockerfiles, with every
builder that can build them from the directory: `jettison pack` (scope needed) on
standard input must give the same image - paths, types, modes, sizes, links,
contents, mtimes of files.  Every SAMPLE-th case also compressed, as each builder
takes it, and every SAMPLE-th as a directory, --format dir.  What a builder cannot build from the directory
(20.10 has no here-documents, no --parents ...) is counted and left; so that not
everything can be left, every builder has to have built a number of cases.
"""

import base64
import collections
import concurrent.futures
import gzip
import json
import os
import shutil
import subprocess

import builders
import image

VECTORS = os.path.join(os.path.dirname(__file__), "..", "vectors", "needs.jsonl.gz")
MTIME = 1_600_000_000
AT_LEAST = {"classic": 90, "embedded": 90, "buildah": 90}
SAMPLE = 3  # all at once take the time of three
# What each of them recognises on standard input.
CODECS = {"classic": ("gzip", "xz"), "embedded": ("gzip", "xz"), "buildah": ("gzip", "xz", "zstd")}
# Sources whose links lead BuildKit's client to more than is needed: in the directory
# that is made, what they led to is missing, and so is what it would have sent.
WIDER = {("embedded", "link.star_link_tail")}
PLAIN_GROUPS = 8  # groups of cases that must be among those compared
# BuildKit's embedded version has the semantics of 0.32, but not its syntax.
DIALECTS = {"classic": "classic-20.10", "embedded": "buildkit", "buildah": "buildah"}
# Sources that the embedded BuildKit (0.8) selects as no later one does, so that
# the vectors of 0.32 do not hold for it: a "^" and a class with "/" in a wildcard.
OTHERWISE = {("embedded", "src.star_caret"), ("embedded", "src.class_slash")}
# Where the builder itself does not repeat: of two stages of one name, buildah 1.28
# takes the one or the other (5 of 25 builds of one directory took the second).  The
# image of the tar must then be one of those that the directory gives.
CHANCE = {("buildah", "stage.same_name_twice")}
CHANCE_BUILDS = 40
FIELDS = ("type", "mode", "size", "link", "content", "group", "mtime")


def write(path, data, mode=None):
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path, "wb") as file:
        file.write(data)
    if mode is not None:
        os.chmod(path, mode)


def materialise(case, root):
    """The tree of a vector, the Dockerfile included."""
    os.makedirs(root)
    for entry in case["tree"]:
        name = os.path.normpath(entry["p"])
        path = os.path.join(root, name)
        mode = entry.get("m")
        mode = int(mode, 8) if isinstance(mode, str) else mode
        os.makedirs(os.path.dirname(path), exist_ok=True)
        if entry["t"] == "d":
            os.makedirs(path, exist_ok=True)
            if mode is not None:
                os.chmod(path, mode)
        elif entry["t"] == "l":
            os.symlink(entry["c"], path)
        elif entry["t"] == "p":
            os.mkfifo(path)
        elif "b64" in entry:
            write(path, base64.b64decode(entry["b64"]), mode)
        else:
            write(path, entry.get("c", name + "\n").encode(), mode)
    write(os.path.join(root, case["dockerfile_at"]), case["dockerfile"].encode())
    for directory, names, files in os.walk(root, topdown=False):
        for name in names + files:
            stamp = MTIME + len(name)
            os.utime(os.path.join(directory, name), (stamp, stamp), follow_symlinks=False)


def options_of(case):
    words = []
    if case["target"]:
        words += ["--target", case["target"]]
    for name, value in case["args"].items():
        words += ["--build-arg", f"{name}={value}"]
    return words


def without_times(entries):
    for entry in entries.values():
        if entry.type == "dir":
            entry.mtime = 0  # the time of unpacking in some builders
    return entries


class PackFailed(Exception):
    """jettison refused; the text is what it said."""


class Needs:
    """All cases with all builders; counts and prints."""

    def __init__(self, program, scratch, builder_list):
        self.program = program
        self.scratch = scratch
        self.builders = builder_list
        self.passed = 0
        self.failed = 0
        self.compared = collections.Counter()
        self.ways_compared = collections.Counter()
        self.every_way = False  # or a sample of them
        self.groups = collections.defaultdict(set)
        self.left = collections.Counter()
        self.wrong = []  # what differs, to be said again at the end
        # One after the other for each builder, which thus never waits for another.
        self.lanes = [concurrent.futures.ThreadPoolExecutor(1) for _ in builder_list]

    def pack(self, builder, case, root, *more):
        words = ["pack", "-q", "--builder", DIALECTS[builder.name], *more,
                 "-f", os.path.join(root, case["dockerfile_at"]), *options_of(case), root]
        done = subprocess.run([self.program, *words], stdin=subprocess.DEVNULL, capture_output=True,
                              timeout=60, check=False)
        return done.stdout if done.returncode == 0 else None, done.stderr.decode("utf-8", "replace")

    def from_tar(self, builder, case, root, tag, codec):
        """The image from a tar, and what BuildKit cannot hide there."""
        data, said = self.pack(builder, case, root, "--compress", codec)
        if data is None:
            raise PackFailed(said.strip())
        return builder.build_tar(tag, data, case["dockerfile_at"], options_of(case))

    def from_directory(self, builder, case, root, tag):
        pruned = f"{root}-{builder.name}"
        data, said = self.pack(builder, case, root, "--format", "dir", "-o", pruned)
        if data is None:
            raise PackFailed(said.strip())
        try:
            return builder.build_directory(tag, pruned, case["dockerfile_at"], options_of(case))
        finally:
            shutil.rmtree(pruned)

    def ways(self, builder, case, number):
        """What to build from, besides the whole directory: name and how.  @number None:
        everything."""
        yield "tar", lambda *words: self.from_tar(*words, "none")
        if number is None or number % SAMPLE == 0:
            for codec in CODECS[builder.name]:
                yield codec, lambda *words, codec=codec: self.from_tar(*words, codec)
        if (number is None or number % SAMPLE == 1) and (builder.name, case["id"]) not in WIDER:
            yield "dir", self.from_directory

    def cell(self, builder, case, root, tag, number=None):
        """None: the builder cannot build it; else the differences."""
        if (builder.name, case["id"]) in OTHERWISE:
            return None
        builds = CHANCE_BUILDS if (builder.name, case["id"]) in CHANCE else 1
        found = []
        for turn in range(builds):
            found = self.compare(builder, case, root, f"{tag}-{turn}", number)
            if not found:
                break
        return found

    def compare(self, builder, case, root, tag, number):
        """One build of the directory against one of each way; None and differences as in cell."""
        try:
            whole = builder.build_directory(tag, root, case["dockerfile_at"], options_of(case))
        except builders.BuildFailed:
            return None
        whole = without_times(whole)
        found = []
        for way, build in self.ways(builder, case, number):
            try:
                pruned = build(builder, case, root, f"{tag}-{way}")
            except PackFailed as error:
                found.append(f"{way}: jettison pack fails where the build does not: {error}")
                continue
            except builders.BuildFailed as error:
                found.append(f"{way}: what was packed does not build: {error}")
                continue
            self.ways_compared[builder.name, way] += 1
            # BuildKit cannot hide the Dockerfile of a tar.
            found += [f"{way}: {text}" for text in image.differences(whole, without_times(pruned), FIELDS)
                      if not (builder.name == "embedded" and way != "dir" and
                              text.startswith("unexpected ") and
                              text.split("'")[1].endswith("Dockerfile"))]
        return found

    def start(self, case, number):
        """Has all builders build a case; the cells to come."""
        root = os.path.join(self.scratch, "needs", case["id"])
        materialise(case, root)
        tag = "needs-" + "".join(c if c.isalnum() else "-" for c in case["id"].lower())
        return root, [lane.submit(self.cell, builder, case, root, tag, number)
                      for lane, builder in zip(self.lanes, self.builders)]

    def finish(self, case, root, cells):
        """Waits for them, counts and prints."""
        marks = []
        texts = []
        for builder, future in zip(self.builders, cells):
            found = future.result()
            if found is None:
                self.left[builder.name] += 1
                marks.append("-")
                continue
            self.compared[builder.name] += 1
            self.groups[builder.name].add(case["group"])
            self.passed += not found
            self.failed += bool(found)
            marks.append("DIFFERS" if found else "same")
            texts += [f"    {builder.name}: {text}" for text in found[:6]]
        line = f"{case['id']:40} " + " ".join(f"{mark:9}" for mark in marks)
        print("\n".join([line, *texts]), flush=True)
        if texts:
            self.wrong += [line, *texts]
        shutil.rmtree(root)

    def all(self, case_list):
        """Every case, told in order."""
        started = [(case, *self.start(case, None if self.every_way else number))
                   for number, case in enumerate(case_list)]
        for case, root, cells in started:
            self.finish(case, root, cells)

    def enough(self):
        """A builder that built too little has not been compared with."""
        for builder in self.builders:
            name = builder.name
            if self.compared[name] < AT_LEAST[name] or len(self.groups[name]) < PLAIN_GROUPS:
                print(f"{name} built only {self.compared[name]} cases of {sorted(self.groups[name])}")
                self.failed += 1


def cases():
    with gzip.open(VECTORS, "rt", encoding="utf-8") as file:
        for line in file:
            case = json.loads(line)
            # Only what needs no image from a registry, and no other platform.
            if case["expected"]["ok"] and not case.get("named_contexts") and not case.get("platform"):
                yield case


def run(program, scratch, builder_list, only=None, every=1):
    """(passed, failed) of every `every`th case."""
    needs = Needs(program, scratch, builder_list)
    print(f"{'case':40} " + " ".join(f"{builder.name:9}" for builder in builder_list))
    if only is None:
        needs.all(case for number, case in enumerate(cases()) if number % every == 0)
    else:
        needs.every_way = True
        needs.all(case for case in cases() if case["id"] == only)
    if only is None and every == 1:
        needs.enough()
    if needs.wrong:
        print("", *needs.wrong, sep="\n")
    print("compared: " + ", ".join(f"{name} {n}" for name, n in needs.compared.items())
          + "; ways: " + ", ".join(f"{name} {way} {n}"
                                   for (name, way), n in sorted(needs.ways_compared.items()))
          + "; cannot be built by: " + ", ".join(f"{name} {n}" for name, n in needs.left.items()))
    return needs.passed, needs.failed
