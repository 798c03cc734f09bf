# SPDX-License-Identifier: Apache-2.0
"""Do real builders agree with jettison?

For every generated context and every builder:
  list   the image of `COPY . /` built from the directory holds what
         `jettison list` names: paths, types, modes, sizes, link targets
  pack   the image built from `jettison pack`'s tar on standard input is the
         same as the one from the directory: also contents and hard links
  dir    and so is the one built from the directory that `jettison pack --format dir`
         makes, where also BuildKit sees nothing of a Dockerfile that is left out
  refuse where the builder refuses the ignore file, jettison does too
"""

import argparse
import base64
import concurrent.futures
import dataclasses
import json
import os
import re
import shutil
import signal
import subprocess
import sys
import time
import traceback

import build
import builders
import contexts
import image
import needs
import real

JETTISON_SECONDS = 30
# What a refusal sounds like.
REFUSALS = ("syntax error in pattern", "illegal exclusion pattern", "token too long",
            "is a directory", "Cannot locate specified Dockerfile")
# buildah's child process sometimes ends before it has been told what to do, and
# then that is all one hears of it.
LOST_REFUSAL = "copier subprocess"
SHOWN = 6  # differences printed per failed cell
IGNORE = b".dockerignore"
# What Go takes for white space; Python's own set has four more.
SPACES = "\t\n\v\f\r \x85\xa0\u1680\u2028\u2029\u202f\u205f\u3000" + "".join(
    map(chr, range(0x2000, 0x200B)))
SPECIAL = re.compile(rb"([*?\[\]\\{}|^+()])")


@dataclasses.dataclass(frozen=True)
class Habits:
    """What a builder does to a context beyond choosing files.  All measured on
    Debian 12: docker.io 20.10.24, buildah 1.28.2."""

    dialect: str
    file_mode: int  # bits that a file keeps
    dir_mode: int  # bits that a directory keeps
    implied_real: bool = False  # an ignored parent has its mode on disk, else 0755
    opens_dirs: bool = False  # ships every ignored directory that it looks into
    sockets: bool = False  # ships sockets as empty files
    fifos: bool = True  # ships FIFOs
    devices: bool = True  # ships devices, else empty files in their place
    beside: bool = False  # reads NAME.dockerignore, of which the dialect knows nothing
    lossy_rules: bool = False  # makes U+FFFD of every invalid byte in a rule
    hides: bool = True  # lets an ignore file in a tar hide the Dockerfile there
    filters_tar: bool = False  # and everything else
    leftovers: bool = False  # hides a Dockerfile by removing it: its parents stay
    links_specials: bool = False  # finds second names of links and FIFOs too
    rounds_times: bool = False  # to the nearest second, else down


HABITS = {
    "classic": Habits("classic-20.10", 0o1777, 0o7777, leftovers=True, links_specials=True),
    # The walk of this BuildKit (0.8) differs from the classic client's though
    # both have the same matcher.
    "embedded": Habits("classic-20.10", 0o7777, 0o7777, implied_real=True, opens_dirs=True,
                       sockets=True, fifos=False, devices=False, beside=True, lossy_rules=True,
                       hides=False),
    "buildah": Habits("buildah", 0o1777, 0o1777, filters_tar=True, rounds_times=True),
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


def sent_rules(context, habits):
    """The bytes of the ignore file as they reach the matcher."""
    rules = context.ignore
    if habits.beside and context.ignore_beside is not None:
        rules = context.ignore_beside
    if rules is None or not habits.lossy_rules:
        return rules
    text = rules.decode("utf-8", "surrogateescape")
    return re.sub("[\ud800-\udfff]", "\ufffd", text).encode()


def place(context, habits, root):
    """The arguments that name the context and its files."""
    words = ["--scope", "context", "--builder", habits.dialect]
    if context.given:
        words += ["--file", os.path.join(root, context.given)]
    rules = sent_rules(context, habits)
    if rules != context.ignore:
        path = f"{root}.{habits.dialect}.rules"
        with open(path, "wb") as file:
            file.write(rules)
        words += ["--ignore-file", path]
    return words + [root]


def listed(program, words):
    """What `jettison list` says ships: path -> Entry."""
    output = ask(program, "list", "--dirs", "--json", *words)
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


def parents(path):
    found = set()
    while path := os.path.dirname(path):
        found.add(path)
    return found


def implied(entries):
    """Parents that are not entries themselves."""
    return {parent for path in entries for parent in parents(path)} - set(entries)


def negated_texts(ignore):
    """The negated rules as they are compared: trimmed, cleaned, and trimmed at
    the end once more ("!a /" is "!a")."""
    for line in (ignore or b"").split(b"\n"):
        text = os.fsdecode(line).strip(SPACES)
        if text.startswith("!"):
            path = os.path.normpath(os.fsencode(text[1:].strip(SPACES))).removeprefix(b"/")
            yield os.fsencode(os.fsdecode(path).rstrip(SPACES))


def opened(ignore, disk):
    """Directories that the text of a negated rule leads into."""
    texts = [text + b"/" for text in negated_texts(ignore)]
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


def predicted(entries, context, disk, habits):
    """The image of a build from the directory, if `entries` is what ships."""
    result = {
        path: dataclasses.replace(entry)
        for path, entry in entries.items()
        if habits.fifos or entry.type != "fifo"
    }
    for path in implied(entries):
        result[path] = image.Entry("dir", disk[path].mode if habits.implied_real else 0o755)
    if habits.opens_dirs:
        for path in opened(sent_rules(context, habits), disk) - set(result):
            result[path] = image.Entry("dir", disk[path].mode)
    if habits.leftovers:
        for path in parents(os.fsencode(context.dockerfile)) - set(result):
            result[path] = image.Entry("dir", 0o755)
    if habits.sockets:
        result.update(sockets_beside(entries, disk))
    for path, entry in result.items():
        if entry.type == "file":
            entry.mode &= habits.file_mode
        elif entry.type == "dir":
            entry.mode &= habits.dir_mode
        elif entry.type == "symlink":
            entry.mode = 0o777
        elif entry.type in ("char", "block"):
            entry.link = disk[path].link  # no member of the list's objects
            if not habits.devices:
                entry.type, entry.link = "file", b""
    return result


def check_list(entries, context, disk, built, habits):
    """The image of the directory against what `jettison list` says."""
    expected = predicted(entries, context, disk, habits)
    found = image.differences(expected, built, ("type", "mode", "size", "link", "owner"))
    for path, entry in built.items():
        real = disk[path]
        if entry.type == real.type == "file" and entry.content != real.content:
            found.append(f"{path!r}: the builder changed the content")
        # A directory may have the time of the build.
        up = habits.rounds_times and real.nanos >= 500_000_000
        if entry.type == real.type != "dir" and entry.mtime != real.mtime + up:
            found.append(f"{path!r}: the builder changed the time to {entry.mtime}")
    if found:
        raise Disagree(*found)


def added(entries, context, disk, habits):
    """What `pack` puts in front: the Dockerfile if the rules leave it out.  And
    for a builder that filters the tar again, the ignore file that counts if it is
    left out; for others, if the Dockerfile is left out and .dockerignore does not
    ship either, one that hides both."""
    dockerfile = os.fsencode(context.dockerfile)
    names = [] if dockerfile in entries else [dockerfile]
    if habits.filters_tar:
        first = [name for name in context.ignore_names() if name in disk][:1]
        names += [name for name in first if name not in entries]
    result = {
        name: dataclasses.replace(disk[name], mode=0o644, mtime=0, group=name) for name in names
    }
    if dockerfile in names and not habits.filters_tar and IGNORE not in entries:
        rules = b"".join(SPECIAL.sub(rb"\\\1", path) + b"\n" for path in (dockerfile, IGNORE))
        result[IGNORE] = image.Entry("file", 0o644, len(rules), content=image.digest(rules),
                                     group=IGNORE)
    return result


def in_order(expected, disk, dockerfile):
    """Paths as the archive has them: the Dockerfile first, if it is a file of one name."""
    docker = disk[dockerfile]
    names = [entry for entry in disk.values() if entry.group == docker.group]
    first = [path for path in expected
             if path == dockerfile and docker.type == "file" and len(names) == 1]
    return first + [path for path in expected if path not in first]


def check_tar(entries, front, disk, tar, dockerfile):
    """The archive: what was added, then what is listed, in that order and with
    the contents on disk."""
    expected = dict(front)
    for path, entry in entries.items():
        expected[path] = dataclasses.replace(
            entry, content=disk[path].content, mtime=disk[path].mtime,
            mode=0o777 if entry.type == "symlink" else entry.mode)
        if entry.type in ("char", "block"):
            expected[path].link = disk[path].link
    found = image.differences(expected, tar, ("type", "mode", "size", "link", "content", "mtime",
                                              "owner"))
    if not found and in_order(expected, disk, dockerfile) != list(tar):
        found.append(f"the order is {list(tar)!r}")
    return ["tar: " + text for text in found]


def expected_of_tar(entries, front, disk, built, habits):
    """The image of the directory, less what no archive of the listed entries can
    bring about."""
    around = implied({**front, **entries} if habits.leftovers else entries)
    expected = {
        path: dataclasses.replace(entry)
        for path, entry in built.items()
        if path in entries or path in around
    }
    if not habits.hides:
        expected.update({path: dataclasses.replace(entry) for path, entry in front.items()})
        around |= implied(expected)
    for path in around:
        expected[path] = image.Entry("dir", 0o755, group=path)
    for path, entry in expected.items():
        if path in entries:
            entry.mtime = disk[path].mtime  # a tar has whole seconds
        if habits.links_specials and entry.type != "file":
            entry.group = path  # `pack` has them as files of their own
    return expected


def check_pack(entries, context, disk, data, built, from_tar, habits):
    """The image of the tar against the image of the directory."""
    front = added(entries, context, disk, habits)
    found = check_tar(entries, front, disk, image.read_tar(data), os.fsencode(context.dockerfile))
    expected = expected_of_tar(entries, front, disk, built, habits)
    for result in (expected, from_tar):
        for entry in result.values():
            if entry.type == "dir":
                entry.mtime = 0  # the time of unpacking in some builders
    found += image.differences(expected, from_tar, ("type", "mode", "size", "link", "content",
                                                    "group", "mtime", "owner"))
    if found:
        raise Disagree(*found)


def check_dir(entries, context, disk, built, from_dir, habits):
    """The image of the directory that was made against the one of the whole directory."""
    # They are in there, and every builder hides them again.
    hidden = {os.fsencode(context.dockerfile): None, IGNORE: None}
    front = {name: disk[name] for name in hidden if name not in entries and name in disk}
    expected = expected_of_tar(entries, front if habits.leftovers else {}, disk, built, habits)
    for result in (expected, from_dir):
        for entry in result.values():
            if entry.type == "dir":
                entry.mtime = 0
    found = image.differences(expected, from_dir, ("type", "mode", "size", "link", "content", "group",
                                                   "owner"))
    if found:
        raise Disagree(*found)


def check_refused(program, context, words, builder, said):
    """The builder refuses the ignore file: so must jettison, both times, with
    exit 2, a message and no output."""
    if context.refused is not None and builder.name not in context.refused:
        raise Disagree("the builder should not refuse this: " + said)
    known = REFUSALS + ((LOST_REFUSAL,) if builder.name == "buildah" else ())
    if not any(text in said for text in known):
        raise Disagree("the builder failed: " + said)
    for verb in ("list", "pack"):
        done = jettison(program, verb, *words)
        if done.returncode != 2 or done.stdout or not done.stderr:
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
        self.pool = concurrent.futures.ThreadPoolExecutor(len(builder_list))

    def context(self, context):
        root = os.path.join(self.options.scratch, "contexts", context.name)
        contexts.materialise(context, root, self.options.seed)
        disk = image.read_disk(os.fsencode(root))
        cells = []
        texts = []

        def results(builder):
            if builder.name not in context.builders:
                return []
            return list(self.cell(builder, context, root, disk))

        for builder, outcome in zip(self.builders, self.pool.map(results, self.builders)):
            for verb, passed, said in outcome:
                self.passed += passed
                self.failed += not passed
                cells.append(verb if passed else verb.upper() + "!")
                texts += [f"    {builder.name} {verb}: {text}" for text in said[:SHOWN]]
                if len(said) > SHOWN:
                    texts.append(f"    ... and {len(said) - SHOWN} more")
            cells += [""] * (3 - len(outcome))
        print(f"{context.name:24} {len(disk):6}  " + " ".join(f"{cell:8}" for cell in cells))
        for text in texts:
            print(text)
        sys.stdout.flush()
        shutil.rmtree(root)

    def cell(self, builder, context, root, disk):
        """Yields (verb, passed, differences) for one builder."""
        program = self.options.jettison
        habits = HABITS[builder.name]
        words = place(context, habits, root)
        tag = f"{builder.name}-{context.name}"
        try:
            built = builder.build_directory(tag, root, context.given)
        except subprocess.TimeoutExpired as error:
            yield ("build", False, [str(error)])
            return
        except builders.BuildFailed as error:
            said = str(error)
            passed, texts = attempt(lambda: check_refused(program, context, words, builder, said))
            yield ("refuse", passed, texts)
            return
        if builder.name in (context.refused or ()):
            yield ("refuse", False, ["the builder should refuse this"])
            return
        entries = {}
        passed, texts = attempt(lambda: entries.update(listed(program, words)))
        if passed:
            passed, texts = attempt(lambda: check_list(entries, context, disk, built, habits))
        yield ("list", passed, texts)

        def from_tar():
            data = ask(program, "pack", *words)
            again = builder.build_tar(tag + "-tar", data, context.given)
            check_pack(entries, context, disk, data, built, again, habits)

        yield ("pack", *attempt(from_tar))
        # Rules from elsewhere are there because this builder has others than its dialect.
        # And that has only one place for rules, where a link ships that leads nowhere.
        if "--ignore-file" in words or context.name == "ignore-file-link-broken":
            return

        def from_dir():
            pruned = f"{root}.{builder.name}.dir"
            ask(program, "pack", "--format", "dir", "-o", pruned, *words)
            try:
                again = builder.build_directory(tag + "-dir", pruned, context.given)
            finally:
                shutil.rmtree(pruned)
            check_dir(entries, context, disk, built, again, habits)

        yield ("dir", *attempt(from_dir))


def arguments():
    parser = argparse.ArgumentParser(prog="run.sh", description=__doc__.splitlines()[0])
    parser.add_argument("jettison", help="the program to test")
    parser.add_argument("--scratch", required=True, help=argparse.SUPPRESS)
    parser.add_argument("--seed", default="1", help="another seed, other random contexts")
    parser.add_argument("--only", help="the one context to build")
    parser.add_argument("--needs", action="store_true", help="cases of needs.jsonl.gz instead")
    parser.add_argument("--build", action="store_true", help="jettison build instead")
    parser.add_argument("--real", metavar="DIRECTORY",
                        help="the Dockerfiles of packages there instead: see real.sh")
    parser.add_argument("--every", type=int, default=1, help="every nth of them")
    parser.add_argument("--random", type=int, default=16, help="how many random contexts")
    return parser.parse_args()


def stop(number, _frame):
    sys.exit(128 + number)


def build_all(options, daemons):
    """Starts the builders and goes through the contexts: (passed, failed)."""
    versions = [daemon.start() for daemon in daemons][0]
    buildah = builders.Buildah(os.path.join(options.scratch, "buildah"))
    print(f"docker client and daemon {versions}, {buildah.version()}, seed {options.seed}")
    os.mkdir(os.path.join(options.scratch, "contexts"))
    builder_list = [builders.Docker(daemons[0], False), builders.Docker(daemons[1], True), buildah]
    if options.needs:
        return needs.run(options.jettison, options.scratch, builder_list, options.only, options.every)
    if options.build:
        podman = builders.Podman(os.path.join(options.scratch, "podman"))
        print(podman.version())
        builder_list.append(podman)
        return build.run(options.jettison, options.scratch, builder_list, options.only)
    if options.real:
        return real.run(options.jettison, options.scratch, builder_list, options.real, options.only)
    run = Run(options, builder_list)
    print(f"{'context':24} {'entries':>6}  "
          + " ".join(f"{builder.name:26}" for builder in run.builders))
    for context in contexts.contexts(options.seed, options.random):
        if options.only in (None, context.name):
            run.context(context)
    return run.passed, run.failed


def main():
    options = arguments()
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, stop)
    os.umask(0o022)
    began = time.monotonic()
    # One for each of docker's builders: images that share layers make one that
    # is removed and one that is built disturb each other.
    daemons = [builders.Daemon(os.path.join(options.scratch, name))
               for name in ("classic", "embedded")]
    passed, failed = 0, 1
    try:
        passed, failed = build_all(options, daemons)
    except builders.BuildFailed as error:
        print(f"a builder does not start: {error}", file=sys.stderr)
    except Exception:  # whatever it is, the last line must say that it failed
        traceback.print_exc()
    finally:
        for daemon in daemons:
            daemon.stop()
    print(f"{time.monotonic() - began:.0f} s")
    print(f"{passed} passed, {failed} failed")
    return 1 if failed or not passed else 0


if __name__ == "__main__":
    sys.exit(main())
