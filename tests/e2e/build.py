# SPDX-License-Identifier: Apache-2.0
"""Does `jettison build` with a real builder make the image that the builder makes?

For every nth case of tests/vectors/needs.jsonl.gz and for contexts whose Dockerfile is
ignored, comes from standard input or from elsewhere: the same entries as the builder
alone, with every builder.  Then a build that fails must end with the builder's exit code,
one that is interrupted with 130 and no builder left, one whose files cannot all be read
with 2 and no image; and docker must take jettison for a plugin.
"""

import concurrent.futures
import os
import shutil
import signal
import subprocess
import time

import builders
import image
import needs

SECONDS = 60
EVERY = 24
AT_LEAST = 5  # cases that each builder must have built


class Maker:
    """A builder by way of `jettison build`, and by itself."""

    def __init__(self, program, builder, scratch):
        self.program = program
        self.builder = builder
        self.env = dict(builder.env)
        self.env["TMPDIR"] = os.path.join(scratch, "tmp-" + builder.name)
        os.mkdir(self.env["TMPDIR"])
        if isinstance(builder, builders.Docker):
            self.env["DOCKER_HOST"] = builder.daemon.host
            self.front = ["--with", builders.DOCKER]
            self.words = ["--no-cache", "--quiet"]
            self.alone = [builders.DOCKER, "build"]
            self.prefix = ""
        else:
            self.front = ["--with", builder.program,
                          *("--global=" + flag for flag in builder.flags)]
            self.words = ["--quiet", "--isolation", "chroot", "--signature-policy", builder.policy]
            self.alone = [builder.program, *builder.flags, builder.verb]
            self.prefix = "localhost/"
        self.front = [self.program, "build", *self.front]

    def argv(self, front, tag, *words):
        return [*front, *self.words, "--tag", self.prefix + tag, *words]

    def run(self, argv, stdin=b"", **more):
        return subprocess.run(argv, input=stdin, capture_output=True, env=self.env, timeout=SECONDS,
                              check=False, **more)

    def build(self, front, tag, *words, **more):
        """The image's entries; BuildFailed."""
        done = self.run(self.argv(front, tag, *words), **more)
        if done.returncode != 0:
            raise builders.BuildFailed(done.stderr.decode("utf-8", "replace").strip()[-400:])
        return needs.without_times(self.builder.take(self.prefix + tag))

    def compare(self, tag, *words, **more):
        """What differs; None: the builder cannot build it."""
        try:
            whole = self.build(self.alone, tag, *words, **more)
        except builders.BuildFailed:
            return None
        try:
            pruned = self.build(self.front, tag + "-pruned", *words, **more)
        except builders.BuildFailed as error:
            return [f"jettison build fails: {error}"]
        found = image.differences(whole, pruned, needs.FIELDS)
        return found + [f"left behind: {name}" for name in os.listdir(self.env["TMPDIR"])]


# ---- contexts beside those of the vectors -------------------------------------

def tree(root, files):
    for name, text in files.items():
        needs.write(os.path.join(root, name), text.encode())
    for directory, names, names_of_files in os.walk(root):
        for name in names + names_of_files:
            os.utime(os.path.join(directory, name), (needs.MTIME, needs.MTIME))


APP = {"a": "a\n", "b": "b\n", "sub/c": "c\n", "x.log": "x\n"}
# docker's classic client writes rules of its own into an ignore file that ships.
HIDDEN = "*.log\n.dockerignore\n"
# name: files, words with {root}, the context's directory and standard input
SPECIAL = {
    "ignored": (
        {**APP, "Dockerfile": "FROM scratch\nCOPY . /\n", ".dockerignore": "Dockerfile\n*.log\n"},
        ["{root}"], None),
    "all_ignored": (
        {**APP, "sub/D": "FROM scratch\nCOPY . /\n", ".dockerignore": "sub/D\n.dockerignore\n"},
        ["-f", "{root}/sub/D", "{root}"], None),
    "elsewhere": (
        {**APP, "D": "FROM scratch\nCOPY sub a /\n", "app/a": "1\n", "app/sub/x": "2\n",
         "app/Dockerfile": "FROM scratch\nCOPY b /\n"},
        ["-f", "{root}/D", "{root}/app"], None),
    "elsewhere_all": (
        {**APP, "D": "FROM scratch\nCOPY . /\n", "app/a": "1\n", "app/x.log": "2\n",
         "app/.dockerignore": HIDDEN},
        ["-f", "{root}/D", "{root}/app"], None),
    "stdin": (
        {**APP, "Dockerfile": "FROM scratch\nCOPY b /\n"},
        ["-f", "-", "{root}"], b"FROM scratch\nCOPY a sub /\n"),
    "stdin_all": (
        {**APP, ".dockerignore": HIDDEN}, ["-f", "-", "{root}"], b"FROM scratch\nCOPY . /\n"),
}


# ---- what ends otherwise ------------------------------------------------------

def check_failure(maker, root):
    """The same exit code, and what the builder says is to be seen."""
    tree(root, {**APP, "Dockerfile": 'FROM scratch\nCOPY a /\nRUN ["/no-such-program"]\n'})
    alone = maker.run(maker.argv(maker.alone, "failing", root))
    pruned = maker.run(maker.argv(maker.front, "failing", root))
    if not alone.returncode:
        yield "the builder should fail"
    if alone.returncode != pruned.returncode:
        yield f"exit code {pruned.returncode}, the builder's is {alone.returncode}"
    if b"no-such-program" not in pruned.stderr + pruned.stdout:
        yield f"says only {pruned.stderr[-200:]}"


def has_builder(pid):
    """Has it got to what builds?"""
    try:
        with open(f"/proc/{pid}/task/{pid}/children", encoding="ascii") as file:
            children = file.read().split()
        for child in children:
            with open(f"/proc/{child}/cmdline", "rb") as file:
                if {b"build", b"bud"} & set(file.read().split(b"\0")):
                    return True
    except OSError:
        pass
    return False


def check_interrupt(maker, root):
    """While the context is being sent."""
    tree(root, {"Dockerfile": "FROM scratch\nCOPY big /\n"})
    with open(os.path.join(root, "big"), "wb") as file:
        file.truncate(8 << 30)
    with subprocess.Popen(maker.argv(maker.front, "interrupted", root), env=maker.env,
                          stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
                          stderr=subprocess.DEVNULL) as process:
        deadline = time.monotonic() + 20
        while not has_builder(process.pid) and time.monotonic() < deadline:
            time.sleep(0.01)
        time.sleep(0.1)
        process.send_signal(signal.SIGINT)
        code = process.wait(SECONDS)
    if code != 130:
        yield f"exit code {code}"


def check_half(maker, root):
    """A file that cannot be read to its end: no image."""
    tree(root, {"Dockerfile": "FROM scratch\nCOPY a z /\n", "a": "a" * 100_000, "z": "z"})
    # Reading it fails, even for root.
    os.unlink(os.path.join(root, "z"))
    os.mkdir(os.path.join(root, "z"))
    open(os.path.join(root, "z", "f"), "wb").close()
    subprocess.run(["mount", "--bind", "/proc/self/mem", os.path.join(root, "z", "f")], check=True)
    try:
        done = maker.run(maker.argv(maker.front, "half", root))
    finally:
        subprocess.run(["umount", os.path.join(root, "z", "f")], check=True)
    if done.returncode != 2 or b"z/f" not in done.stderr:
        yield f"exit code {done.returncode}: {done.stderr[-300:]}"
    try:
        maker.builder.take(maker.prefix + "half")
        yield "there is an image"
    except builders.BuildFailed:
        pass


def check_plugin(maker, root):
    """docker jettison build, with docker's own options in front."""
    if not isinstance(maker.builder, builders.Docker):
        return
    tree(root, {**APP, "Dockerfile": "FROM scratch\nCOPY a /\n"})
    plugins = os.path.join(maker.env["DOCKER_CONFIG"], "cli-plugins")
    os.makedirs(plugins)
    os.symlink(maker.program, os.path.join(plugins, "docker-jettison"))
    front = [builders.DOCKER, "--host", maker.env["DOCKER_HOST"], "jettison", "build"]
    try:
        made = maker.build(front, "plugin", root)
        if list(made) != [b"a"]:
            yield f"the image holds {list(made)}"
    except builders.BuildFailed as error:
        yield str(error)


CHECKS = {"failing": check_failure, "interrupted": check_interrupt, "half": check_half,
          "plugin": check_plugin}


# ---- all of it ----------------------------------------------------------------

class Lane:
    """What one builder has to do, and what came of it: lines and counts."""

    def __init__(self, maker, scratch):
        self.maker = maker
        self.scratch = scratch
        self.compared = self.passed = self.failed = 0
        self.lines = []

    def note(self, name, found):
        mark = "-" if found is None else "DIFFERS" if found else "same"
        self.lines += [f"{self.maker.builder.name:9} {name:40} {mark}",
                       *(f"    {text}" for text in (found or [])[:6])]
        self.compared += found is not None
        self.passed += found == []
        self.failed += bool(found)

    def root(self, name):
        return os.path.join(self.scratch, f"build-{self.maker.builder.name}", name)

    def case(self, case):
        if (self.maker.builder.name, case["id"]) in needs.OTHERWISE:
            return
        root = self.root(case["id"])
        needs.materialise(case, root)
        tag = "build-" + "".join(c if c.isalnum() else "-" for c in case["id"].lower())
        self.note(case["id"], self.maker.compare(
            tag, *needs.options_of(case), "-f", os.path.join(root, case["dockerfile_at"]), root,
            cwd="/"))
        shutil.rmtree(root)

    def special(self, name):
        files, words, stdin = SPECIAL[name]
        root = self.root(name)
        tree(root, files)
        # Where it runs there is a Dockerfile, too.
        self.note(name, self.maker.compare(
            "special-" + name, *(word.format(root=root) for word in words), stdin=stdin or b"",
            cwd=root))

    def check(self, name):
        found = list(CHECKS[name](self.maker, self.root(name)))
        self.lines.append(f"{self.maker.builder.name:9} {name:40} {'WRONG' if found else 'right'}")
        self.lines += [f"    {text}" for text in found]
        self.passed += not found
        self.failed += bool(found)

    def all(self, case_list, only):
        for case in case_list:
            if only in (None, case["id"]):
                self.case(case)
        for name in SPECIAL:
            if only in (None, name):
                self.special(name)
        if only is None and self.compared < AT_LEAST:
            self.lines.append(f"{self.maker.builder.name} built only {self.compared}")
            self.failed += 1
        for name in CHECKS:
            if only in (None, name):
                self.check(name)


def run(program, scratch, builder_list, only=None):
    """(passed, failed)."""
    case_list = [case for number, case in enumerate(needs.cases()) if only or number % EVERY == 0]
    lanes = [Lane(Maker(program, builder, scratch), scratch) for builder in builder_list]
    with concurrent.futures.ThreadPoolExecutor(len(lanes)) as pool:
        started = [pool.submit(lane.all, case_list, only) for lane in lanes]
        for future, lane in zip(started, lanes):
            future.result()
            print("\n".join(lane.lines), flush=True)
    return sum(lane.passed for lane in lanes), sum(lane.failed for lane in lanes)
