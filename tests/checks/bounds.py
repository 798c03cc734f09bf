#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""bounds.py PROGRAM - system calls, descriptors and memory stay where they belong.

Counts depend on no clock: system calls come from strace -c, the limit of
descriptors is the kernel's, and memory is the greatest of the child (ru_maxrss).
"""
import os
import resource
import shutil
import subprocess
import sys
import tarfile
import tempfile

STATS = ("statx", "newfstatat", "fstatat64", "lstat", "stat", "fstat")
results = {"passed": 0, "failed": 0}


def check(ok, what):
    results["passed" if ok else "failed"] += 1
    if not ok:
        print("FAILED", what)


def write(path, text=""):
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path, "w") as f:
        f.write(text)


def dockerfile(root, lines):
    write(f"{root}/Dockerfile", "FROM scratch\n" + "".join(line + "\n" for line in lines))


# ---- system calls ------------------------------------------------------------


def calls(*command):
    """What strace -c counts, by name."""
    with tempfile.NamedTemporaryFile("r") as table:
        subprocess.run(["strace", "-c", "-o", table.name, program, *command], check=True,
                       stdout=subprocess.DEVNULL)
        counts = {}
        for line in table:
            words = line.split()
            if len(words) >= 5 and words[3].isdigit():
                counts[words[-1]] = int(words[3])
    counts["stats"] = sum(counts.get(name, 0) for name in STATS)
    return counts


def most(counts, name, bound, what):
    count = counts.get(name, 0)
    check(count <= bound, f"{what}: {name} {count} times, at most {bound}")


def literals(tmp, start):
    """A literal path costs one look and one opened directory per component, and the
    directories are opened once more by the walk; nothing is read."""
    root = f"{tmp}/literals"
    paths = [f"a{i}/b{i}/c{i}/d{i}/e{i}/f" for i in range(12)]
    for path in paths:
        write(f"{root}/{path}")
        write(f"{root}/{os.path.dirname(path)}/other")
    dockerfile(root, [f"COPY {path} /" for path in paths])
    got = calls("list", "-q", root)
    components, directories = 12 * 6, 12 * 5
    most(got, "stats", start["stats"] + components, "12 deep literals")
    most(got, "openat", start["openat"] + 2 * directories, "12 deep literals")
    most(got, "getdents64", 0, "12 deep literals")
    # Shared directories and the same again cost nothing more.
    dockerfile(root, [f"COPY {path} {os.path.dirname(path)}/other /" for path in paths * 20])
    again = calls("list", "-q", root)
    most(again, "stats", got["stats"] + 12, "the same 20 times")
    most(again, "openat", got["openat"], "the same 20 times")
    # --parents, bind mounts and links do not read directories for a literal either.
    os.symlink("a0/b0", f"{root}/link")
    dockerfile(root, [f"COPY --parents {paths[1]} /", "COPY link/c0/d0/e0/f /",
                      f"RUN --mount=source={paths[2]},target=/t x"])
    most(calls("list", "-q", root), "stats", start["stats"] + 3 * 6 + 3, "other literals")


def wildcards(tmp, start):
    """Names of a directory are read once, whatever asks for them."""
    root = f"{tmp}/wildcards"
    for i in range(1000):
        write(f"{root}/d{i % 10}/e{i // 10 % 5}/f{i}")
    dockerfile(root, [f"COPY d*/e{i % 5}/f{i}* /" for i in range(200)])
    got = calls("list", "-q", root)
    directories = 1 + 10 + 50
    most(got, "getdents64", 2 * directories, "200 wildcards")
    most(got, "openat", start["openat"] + 2 * directories, "200 wildcards")
    # "e3" is no pattern: it is looked up once in each of ten directories.
    most(got, "stats", start["stats"] + 50, "200 wildcards")


def overlaps(tmp, start):
    """A directory is read once, however many sources it lies in."""
    root = f"{tmp}/overlaps"
    for i in range(200):
        write(f"{root}/src/m{i % 10}/f{i}")
    dockerfile(root, ["COPY . /"])
    once = calls("list", "-q", root)
    directories = 1 + 1 + 10
    most(once, "getdents64", 2 * directories, "COPY .")
    most(once, "openat", start["openat"] + directories, "COPY .")
    dockerfile(root, ["COPY . /", "COPY src /", "COPY src/m1 src/m2 /", "ADD src/m3 /",
                      "RUN --mount=target=/t x", "COPY --exclude=f1* src /"] * 10)
    again = calls("list", "-q", root)
    most(again, "getdents64", once["getdents64"], "overlapping sources")
    most(again, "openat", once["openat"] + 1, "overlapping sources")
    most(again, "stats", once["stats"] + 4, "overlapping sources")


# ---- descriptors -------------------------------------------------------------


def deep_tree(root, levels):
    here = os.getcwd()
    os.makedirs(root)
    os.chdir(root)
    for _ in range(levels):
        os.mkdir("directory")
        os.chdir("directory")
        write("./file")
    os.chdir(here)


def run(*command, limit=None, stdin=None):
    """Exit code, output, and the greatest memory in KiB."""
    def prepare():
        if limit:
            resource.setrlimit(resource.RLIMIT_NOFILE, (limit, limit))
    with tempfile.TemporaryFile() as out:
        child = subprocess.Popen([program, *command], stdin=stdin, stdout=out,
                                 stderr=subprocess.STDOUT, preexec_fn=prepare)
        _, status, usage = os.wait4(child.pid, 0)
        child.returncode = os.waitstatus_to_exitcode(status)
        out.seek(0)
        return child.returncode, out.read(), usage.ru_maxrss


def descriptors(tmp):
    root, levels = f"{tmp}/deep", 700
    deep_tree(root, levels)
    deepest = "directory/" * levels + "file"
    dockerfile(root, ["COPY . /", f"COPY {deepest} /", "COPY --parents **/file /",
                      "COPY " + "*/" * 600 + "f* /"])
    write(f"{root}/.dockerignore", "none\n!directory/none\n")
    for command in (["list"], ["list", "--scope", "context"], ["list", "--scope", "tree"],
                    ["list", "--scope", "context", "--ignored"], ["list", "--ignored"],
                    ["manifest"], ["manifest", "--scope", "context"],
                    ["pack", "-o", f"{tmp}/deep.tar"],
                    ["pack", "--scope", "context", "-o", f"{tmp}/deep.tar"]):
        code, out, _ = run(*command, "-q", root, limit=64)
        check(code == 0, f"64 descriptors, {levels} levels: {' '.join(command)}: {out[-200:]}")
        if command[0] == "list" and "--ignored" not in command:
            check(out.count(b"\n") >= levels, f"{' '.join(command)}: not all files")
    code, out, _ = run("why", "-C", root, deepest, limit=64)
    check(code == 0, f"64 descriptors: why: {out[-200:]}")


# ---- memory ------------------------------------------------------------------


def wide_tree(root, files, per_directory):
    for i in range(files // per_directory):
        os.makedirs(f"{root}/d{i % 40}/e{i}")
        for k in range(per_directory):
            os.close(os.open(f"{root}/d{i % 40}/e{i}/some-file-name-{k}", os.O_CREAT | os.O_WRONLY))


def memory(tmp):
    small, large = f"{tmp}/small", f"{tmp}/large"
    wide_tree(small, 1000, 25)
    wide_tree(large, 30000, 25)
    for root in small, large:
        dockerfile(root, ["COPY . /", "COPY --exclude=d1 d1 /", "COPY d2 /"])
        write(f"{root}/.dockerignore", "**/*-24\n!d0\n")
    for command in (["list", "--scope", "context"], ["manifest", "--scope", "context"],
                    ["pack", "--scope", "context", "-o", "/dev/null"], ["list"],
                    ["list", "--scope", "context", "--ignored"]):
        few, many = (run(*command, "-q", root) for root in (small, large))
        check(few[0] == 0 and many[0] == 0, f"{' '.join(command)}: {few[1][-200:]} {many[1][-200:]}")
        check(many[2] <= few[2] + 768,
              f"{' '.join(command)}: {few[2]} KiB for 1,000 files, {many[2]} KiB for 30,000")


def archives(tmp):
    """Contents are not held in memory, and of names no more than they are."""
    sizes = {}
    for name, size, files in ("small", 1 << 20, 1), ("large", 300 << 20, 1), ("names", 0, 100000):
        path = f"{tmp}/{name}.tar"
        with tarfile.open(path, "w") as tar, open("/dev/zero", "rb") as zeroes:
            for i in range(files):
                member = tarfile.TarInfo(f"d{i // 2500}/e{i // 25}/some-file-name-{i}")
                member.size = size
                tar.addfile(member, zeroes)
                tar.members.clear()  # our own memory counts as the child's
        for command in ["list"], ["manifest"], ["pack", "-o", "/dev/null"]:
            with open(path, "rb") as archive:
                code, out, sizes[name, command[0]] = run(*command, "-q", "--scope", "context", "-",
                                                         limit=64, stdin=archive)
            check(code == 0, f"{name}.tar: {' '.join(command)}: {out[-200:]}")
            few = sizes["small", command[0]]
            check(sizes[name, command[0]] <= few + 768 + files // 4,
                  f"{name}.tar: {' '.join(command)}: {few} KiB, {sizes[name, command[0]]} KiB")
        os.remove(path)


# ---- all of it ---------------------------------------------------------------


def main():
    # Where files are made in memory it takes seconds less.
    fast = "/dev/shm" if os.access("/dev/shm", os.W_OK) else None
    tmp = tempfile.mkdtemp(prefix="jettison-bounds.", dir=os.environ.get("TMPDIR", fast))
    try:
        os.makedirs(f"{tmp}/empty")
        dockerfile(f"{tmp}/empty", ["RUN x"])
        start = calls("list", "-q", f"{tmp}/empty")
        for test in literals, wildcards, overlaps:
            test(tmp, start)
        descriptors(tmp)
        memory(tmp)
        archives(tmp)
    finally:
        # Deeper than the longest path: rm goes by descriptors.
        subprocess.run(["rm", "-rf", tmp], check=True)
    print(f"{results['passed']} passed, {results['failed']} failed")
    sys.exit(1 if results["failed"] else 0)


if len(sys.argv) != 2:
    sys.exit(__doc__)
program = os.path.abspath(sys.argv[1])
if not shutil.which("strace"):
    sys.exit("bounds.py: no strace: script/bootstrap test installs it")
main()
