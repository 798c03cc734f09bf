# SPDX-License-Identifier: Apache-2.0
"""Do real builders agree with jettison?

For every generated context and every builder:
  list   the image of `COPY . /` built from the directory holds what
         `jettison list` names: paths, types, modes, sizes, link targets
  pack   the image built from `jettison pack`'s tar on standard input is the
         same as the one from the directory: also contents and hard links
  refuse where the builder refuses the ignore file, jettison does too
"""

import argparse
import base64
import dataclasses
import json
import os
import shutil
import signal
import subprocess
import sys
import time

import builders
import contexts
import image

JETTISON_SECONDS = 30
# What a refusal sounds like.  buildah's child process sometimes ends before it
# has been told what to do, and then that is all one hears of it.
REFUSALS = ("syntax error in pattern", "illegal exclusion pattern", "copier subprocess")
SHOWN = 6  # differences printed per failed cell
IGNORE = b".dockerignore"
DOCKERFILE = b"Dockerfile"


@dataclasses.dataclass(frozen=True)
class Habits:
    """What a builder does to a context beyond choosing files.  All measured on
    Debian 12: docker.io 20.10.24, buildah 1.28.2."""

    dialect: str
    file_mode: int  # bits that a file keeps
    dir_mode: int  # bits that a directory keeps
    implied_real: bool  # an ignored parent has its mode on disk, else 0755
    opens_dirs: bool  # ships every ignored directory that it looks into
    sockets: bool  # ships sockets as empty files
    fifos: bool  # ships FIFOs
    shows_dockerfile: bool  # cannot hide the Dockerfile of a tar


HABITS = {
    "classic": Habits("classic-20.10", 0o1777, 0o7777, False, False, False, True, False),
    # The walk of this BuildKit (0.8) differs from the classic client's though
    # both have the same matcher.
    "embedded": Habits("classic-20.10", 0o7777, 0o7777, True, True, True, False, True),
    "buildah": Habits("buildah", 0o1777, 0o1777, False, False, False, True, False),
}


class Disagree(Exception):
    """A comparison failed; the arguments are the differences."""


def jettison(program, *words):
    return subprocess.run(
        [program, *words],
        stdin=subprocess.DEVNULL,
        capture_output=True,
        timeout=JETTISON_SECONDS,
        check=False,
    )


def ask(program, *words):
    done = jettison(program, *words)
    if done.returncode != 0:
        text = done.stderr.decode("utf-8", "replace").strip()
        raise Disagree(f"jettison {words[0]}: exit {done.returncode}: {text}")
    return done.stdout


def member(item, name):
    """A byte string member: as text, or in base64 when it is not UTF-8."""
    if name + "_b64" in item:
        return base64.b64decode(item[name + "_b64"])
    return item.get(name, "").encode()


def listed(program, dialect, directory):
    """What `jettison list` says ships: path -> Entry."""
    output = ask(program, "list", "--dirs", "--scope", "context", "--json",
                 "--builder", dialect, directory)
    entries = {}
    for line in output.splitlines():
        item = json.loads(line)
        path = member(item, "path").rstrip(b"/")
        if path in entries:
            raise Disagree(f"listed twice: {path!r}")
        entry = image.Entry(item["type"], int(item["mode"], 8))
        entry.link = member(item, "target")
        entry.size = item.get("size", 0) if entry.type == "file" else 0
        entries[path] = entry
    return entries


def packed(program, dialect, directory):
    return ask(program, "pack", "--scope", "context", "--builder", dialect, "-o", "-", directory)


def implied(entries):
    """Parents that are not entries themselves."""
    found = set()
    for path in entries:
        parent = os.path.dirname(path)
        while parent and parent not in entries:
            found.add(parent)
            parent = os.path.dirname(parent)
    return found


def opened(ignore, disk):
    """Directories that the text of a negated rule leads into."""
    texts = []
    for line in (ignore or b"").splitlines():
        line = line.strip()
        if line.startswith(b"!"):
            texts.append(os.path.normpath(line[1:].strip()).removeprefix(b"/") + b"/")
    return {
        path
        for path, entry in disk.items()
        if entry.type == "dir" and any(text.startswith(path + b"/") for text in texts)
    }


def sockets_beside(entries, disk):
    """Sockets as the empty files that BuildKit makes of them.  The dialect drops
    them, so the contexts have no rule about a socket's own name: one ships when
    its directory does."""
    return {
        path: image.Entry("file", entry.mode, content=image.digest(b""), group=path)
        for path, entry in disk.items()
        if entry.type == "socket" and os.path.dirname(path) in {b"", *entries}
    }


def predicted(entries, ignore, disk, habits):
    """The image of a build from the directory, if `entries` is what ships."""
    result = {
        path: dataclasses.replace(entry)
        for path, entry in entries.items()
        if habits.fifos or entry.type != "fifo"
    }
    for path in implied(entries):
        result[path] = image.Entry("dir", disk[path].mode if habits.implied_real else 0o755)
    if habits.opens_dirs:
        for path in opened(ignore, disk) - set(result):
            result[path] = image.Entry("dir", disk[path].mode)
    if habits.sockets:
        result.update(sockets_beside(entries, disk))
    for entry in result.values():
        if entry.type == "file":
            entry.mode &= habits.file_mode
        elif entry.type == "dir":
            entry.mode &= habits.dir_mode
        elif entry.type == "symlink":
            entry.mode = 0o777
    return result


def check_list(entries, context, disk, built, habits):
    """The image of the directory against what `jettison list` says."""
    expected = predicted(entries, context.ignore, disk, habits)
    found = image.differences(expected, built, ("type", "mode", "size", "link"))
    for path, entry in built.items():
        if entry.type == "file" and disk[path].type == "file":
            if entry.content != disk[path].content:
                found.append(f"{path!r}: the builder changed the content")
    if found:
        raise Disagree(*found)


def check_pack(entries, data, built, from_tar, habits):
    """The image of the tar against the image of the directory, less what no
    archive of the listed entries can bring about."""
    tar = image.read_tar(data)
    found = ["tar: " + text for text in image.differences(entries, tar, ("type", "mode", "link"))
             if not text.startswith(f"unexpected {DOCKERFILE!r}")]
    parents = implied(entries)
    expected = {}
    for path, entry in built.items():
        if path in entries or path in parents:
            expected[path] = dataclasses.replace(entry)
            if path in parents:
                expected[path].mode = 0o755
    if habits.shows_dockerfile and DOCKERFILE not in expected and DOCKERFILE in from_tar:
        expected[DOCKERFILE] = from_tar[DOCKERFILE]
    for result in (expected, from_tar):
        for entry in result.values():
            if entry.type == "dir":
                entry.mtime = 0  # the time of unpacking in some builders
    found += image.differences(expected, from_tar,
                               ("type", "mode", "size", "link", "content", "group", "mtime"))
    if found:
        raise Disagree(*found)


def check_refused(program, context, directory, habits, said):
    """The builder refuses the ignore file: so must jettison, both times, with
    exit 2, a message and no output."""
    if not any(text in said for text in REFUSALS):
        raise Disagree("the builder failed: " + said)
    for verb in ("list", "pack"):
        words = ["-o", "-"] if verb == "pack" else []
        done = jettison(program, verb, "--scope", "context", "--builder", habits.dialect,
                        *words, directory)
        if done.returncode != 2 or not done.stderr:
            raise Disagree(f"the builder refuses {context.ignore!r}, jettison {verb} "
                           f"exits {done.returncode}: {said}")


def attempt(step):
    """(passed, texts) of one comparison."""
    try:
        step()
        return True, []
    except Disagree as error:
        return False, list(error.args)
    except (builders.BuildFailed, subprocess.TimeoutExpired) as error:
        return False, [str(error)]


class Run:
    """All contexts with all builders; counts and prints."""

    def __init__(self, options, builder_list):
        self.options = options
        self.builders = builder_list
        self.passed = 0
        self.failed = 0

    def context(self, context):
        root = os.path.join(self.options.scratch, "contexts", context.name)
        contexts.materialise(context, root, self.options.seed)
        disk = image.read_disk(os.fsencode(root))
        cells = []
        texts = []
        for builder in self.builders:
            for verb, passed, said in self.cell(builder, context, root, disk):
                self.passed += passed
                self.failed += not passed
                cells.append(verb if passed else verb.upper() + "!")
                texts += [f"    {builder.name} {verb}: {text}" for text in said[:SHOWN]]
                if len(said) > SHOWN:
                    texts.append(f"    ... and {len(said) - SHOWN} more")
        print(f"{context.name:20} {len(disk):6}  " + " ".join(f"{cell:8}" for cell in cells))
        for text in texts:
            print(text)
        sys.stdout.flush()
        shutil.rmtree(root)

    def cell(self, builder, context, root, disk):
        """Yields (verb, passed, differences) for one builder."""
        program = self.options.jettison
        habits = HABITS[builder.name]
        tag = f"{builder.name}-{context.name}"
        try:
            built = builder.build_directory(tag, root)
        except builders.BuildFailed as error:
            said = str(error)
            passed, texts = attempt(lambda: check_refused(program, context, root, habits, said))
            yield ("refuse", passed, texts)
            return
        entries = {}
        passed, texts = attempt(lambda: entries.update(listed(program, habits.dialect, root)))
        if passed:
            passed, texts = attempt(lambda: check_list(entries, context, disk, built, habits))
        yield ("list", passed, texts)

        def from_tar():
            data = packed(program, habits.dialect, root)
            again = builder.build_tar(tag + "-tar", data, os.path.join(root, "Dockerfile"))
            check_pack(entries, data, built, again, habits)

        yield ("pack", *attempt(from_tar))


def arguments():
    parser = argparse.ArgumentParser(prog="run.sh", description=__doc__.splitlines()[0])
    parser.add_argument("jettison", help="the program to test")
    parser.add_argument("--scratch", required=True, help=argparse.SUPPRESS)
    parser.add_argument("--seed", default="1", help="another seed, other random contexts")
    parser.add_argument("--only", help="the one context to build")
    return parser.parse_args()


def stop(number, _frame):
    sys.exit(128 + number)


def main():
    options = arguments()
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, stop)
    os.umask(0o022)
    began = time.monotonic()
    daemon = builders.Daemon(os.path.join(options.scratch, "docker"))
    try:
        versions = daemon.start()
        buildah = builders.Buildah(os.path.join(options.scratch, "buildah"))
        print(f"docker client and daemon {versions}, {buildah.version()}, seed {options.seed}")
        os.mkdir(os.path.join(options.scratch, "contexts"))
        run = Run(options, [builders.Docker(daemon, False), builders.Docker(daemon, True), buildah])
        print(f"{'context':20} {'entries':>6}  "
              + " ".join(f"{builder.name:17}" for builder in run.builders))
        for context in contexts.contexts(options.seed):
            if options.only in (None, context.name):
                run.context(context)
    except builders.BuildFailed as error:
        print(f"a builder does not start: {error}", file=sys.stderr)
        print("0 passed, 1 failed")
        return 1
    finally:
        daemon.stop()
    print(f"{time.monotonic() - began:.0f} s")
    print(f"{run.passed} passed, {run.failed} failed")
    return 1 if run.failed or not run.passed else 0


if __name__ == "__main__":
    sys.exit(main())
