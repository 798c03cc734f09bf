# SPDX-License-Identifier: Apache-2.0
"""Generated contexts: trees and ignore files that builders disagree about."""

import dataclasses
import os
import random
import socket

DOCKERFILE = b"FROM scratch\nCOPY . /\n"
MTIME = 1_600_000_000


@dataclasses.dataclass
class Context:
    """`ignore`: bytes of .dockerignore or None.  `make`: fills the tree."""

    name: str
    ignore: bytes | None
    make: callable


class Tree:
    """Makes files below a root; parents come as needed."""

    def __init__(self, root, rng):
        self.root = os.fsencode(root)
        self.rng = rng
        self.made = 0

    def at(self, path):
        return os.path.join(self.root, path)

    def parents(self, path):
        os.makedirs(os.path.dirname(self.at(path)), exist_ok=True)

    def file(self, path, mode=0o644, data=None):
        """A file with content of its own, so that no two can be mixed up."""
        self.parents(path)
        self.made += 1
        if data is None:
            data = b"%d %s\n" % (self.made, path)
        with open(self.at(path), "wb") as file:
            file.write(data)
        os.chmod(self.at(path), mode)

    def files(self, *paths):
        for path in paths:
            self.file(path)

    def dir(self, path, mode=0o755):
        os.makedirs(self.at(path), exist_ok=True)
        os.chmod(self.at(path), mode)

    def symlink(self, path, target):
        self.parents(path)
        os.symlink(target, self.at(path))

    def hardlink(self, path, old):
        self.parents(path)
        os.link(self.at(old), self.at(path))

    def fifo(self, path, mode=0o600):
        self.parents(path)
        os.mkfifo(self.at(path))
        os.chmod(self.at(path), mode)

    def socket(self, path):
        self.parents(path)
        here = os.getcwd()
        os.chdir(os.path.dirname(self.at(path)))  # sun_path is short
        try:
            with socket.socket(socket.AF_UNIX) as sock:
                sock.bind(os.path.basename(path))
        finally:
            os.chdir(here)

    def random(self, names, count, depth):
        """Up to `count` files with path components out of `names`."""
        for _ in range(count):
            length = self.rng.randint(1, depth)
            path = b"/".join(self.rng.choice(names) for _ in range(length))
            try:
                if self.rng.random() < 0.1:
                    self.dir(path, self.rng.choice((0o755, 0o700, 0o750)))
                elif not os.path.lexists(self.at(path)):
                    self.file(path, self.rng.choice((0o644, 0o600, 0o755, 0o444)))
            except (FileExistsError, NotADirectoryError, IsADirectoryError):
                pass  # the name is taken by a file or a directory

    def finish(self):
        """Fixed times, older than the build, children before parents."""
        for directory, names, files in os.walk(self.root, topdown=False):
            for name in names + files:
                os.utime(
                    os.path.join(directory, name),
                    (MTIME + len(name), MTIME + len(name)),
                    follow_symlinks=False,
                )


PLAIN = (b"a", b"b", b"c", b"ab", b"a.b", b".a", b"b.log", b"x.md", b"src", b"a b")
ODD = PLAIN + (
    b"a+b", b"(a)", b"a|b", b"^a", b"$a", b"{2}", b"[a]", b"!a", b"#a", b"-a", b"~", b"a\\b",
    b"a*", b"a?b", b"'", b'"', "é".encode(), "日本".encode(), "e\u0301".encode(),
)
BYTES = PLAIN + (b"a\nb", b"\n", b"a\tb", b"\x01", b"\x7f", b"a\r", b" a", b"a ", b"\xc2\x85")
RAW = PLAIN + (b"\xff", b"a\xfe", b"\xc3", b"a\xffb", b"\xed\xa0\x80", b"\xf4\x90\x80\x80")


def project(tree):
    """What a small real project looks like."""
    tree.files(
        b"README.md", b"LICENSE", b"docs/a.md", b"docs/img/b.png", b"src/main.c",
        b"src/util.c", b"src/util.o", b"src/gen/x.c", b"build/main", b"build/obj/x.o",
        b".git/HEAD", b".git/objects/aa/bb", b"node_modules/m/index.js",
        b"node_modules/m/README.md", b"node_modules/m/node_modules/n/x.md",
        b".env", b"logs/a.log", b"logs/keep/b.log", b"tmp/x/y/z",
    )
    tree.dir(b"empty", 0o700)
    tree.dir(b"build/empty/inner")


def modes(tree):
    """Permissions on files, kept directories and directories implied by a
    negated rule."""
    for index, mode in enumerate((0o000, 0o400, 0o444, 0o600, 0o755, 0o777, 0o1777, 0o2755,
                                  0o4755, 0o6711, 0o7777)):
        tree.file(b"f%d" % index, mode)
        tree.file(b"hide/f%d" % index, mode)
        tree.file(b"d%d/f" % index)
        tree.dir(b"d%d" % index, mode)
    tree.file(b"hide/in/keep", 0o4711)
    tree.dir(b"hide/in", 0o2700)
    tree.dir(b"hide", 0o711)


def links(tree):
    tree.files(b"dir/f", b"dir/sub/g", b"out/f", b"z")
    tree.symlink(b"to-file", b"dir/f")
    tree.symlink(b"to-dir", b"dir")
    tree.symlink(b"dangling", b"no/such/file")
    tree.symlink(b"absolute", b"/etc/hostname")
    tree.symlink(b"escape", b"../../../etc")
    tree.symlink(b"loop", b"loop")
    tree.symlink(b"slash", b"dir/")
    tree.symlink(b"dots", b"./dir/../z")
    tree.symlink(b"odd", b"a\nb \xc3\xa9")
    tree.symlink(b"long", b"x" * 150)
    tree.symlink(b"dir/up", b"../z")
    tree.symlink(b"out/link", b"../dir")
    tree.symlink(b"deep/er/link", b"../../out")


def hardlinks(tree):
    tree.files(b"a1", b"hide/first", b"keep/z")
    tree.hardlink(b"a2", b"a1")
    tree.hardlink(b"sub/a3", b"a1")
    tree.hardlink(b"keep/second", b"hide/first")
    tree.hardlink(b"z/third", b"hide/first")
    tree.hardlink(b"hide/zz", b"keep/z")
    tree.file(b"empty1", data=b"")
    tree.hardlink(b"empty2", b"empty1")
    tree.file(b"suid1", 0o4755)
    tree.hardlink(b"suid2", b"suid1")


def specials(tree):
    tree.files(b"a", b"d/b", b"hide/c")
    tree.fifo(b"fifo")
    tree.fifo(b"d/fifo", 0o644)
    tree.fifo(b"hide/fifo")
    tree.socket(b"sock")
    tree.socket(b"d/sock")
    tree.socket(b"hide/sock")
    tree.fifo(b"only/fifo")
    tree.socket(b"onlysock/sock")


def deep(tree):
    path = b"top"
    for level in range(60):
        path += b"/l%02d" % level
        if level % 5 == 0:
            tree.file(path + b"/f")
        if level % 7 == 0:
            tree.file(path + b"/x.log")
    tree.file(b"n" * 200 + b"/" + b"m" * 200 + b"/" + b"f" * 255)
    tree.file(b"p" * 99)
    tree.file(b"p" * 100)
    tree.file(b"p" * 101)
    tree.file(b"q" * 60 + b"/" + b"r" * 60)


def sizes(tree):
    for size in (0, 1, 511, 512, 513, 4096, 65536, 300_001):
        tree.file(b"s%d" % size, data=tree.rng.randbytes(size))
    tree.file(b"hide/s", data=tree.rng.randbytes(1000))


def empties(tree):
    tree.dir(b"e1")
    tree.dir(b"e2/e3", 0o700)
    tree.dir(b"hide/e")
    tree.files(b"half/gone.log", b"half2/gone.log", b"half2/sub/gone.log", b"f")
    tree.dir(b"half", 0o710)


def wide(names, count=60, depth=4):
    return lambda tree: tree.random(names, count, depth)


def lines(*rules):
    return b"".join(rule + b"\n" for rule in rules)


def random_rules(rng, names, count):
    """Rules over the same names, with globs put in.  Every third is negated
    and the last brings something back, so that not all is ignored."""
    rules = []
    for index in range(count):
        parts = [rng.choice(names) for _ in range(rng.choice((1, 1, 2, 2, 3)))]
        for place, part in enumerate(parts):
            roll = rng.random()
            if roll < 0.15 and len(parts) > 1:
                parts[place] = b"**"
            elif roll < 0.25 and len(parts) > 1:
                parts[place] = b"*"
            elif part[:1] in b"[({":
                pass  # cut in two it would be a bad pattern
            elif roll < 0.35:
                parts[place] = part[:1] + b"*"
            elif roll < 0.45:
                parts[place] = b"*" + part[-1:]
        rule = b"/".join(parts) + rng.choice((b"", b"", b"", b"/"))
        rules.append(b"!" + rule if index % 3 == 2 else rule)
    rules.append(b"!" + rng.choice(PLAIN)[:1] + b"*/" + rng.choice(names))
    return lines(*rules)


def contexts(seed):
    """The fixed contexts and the random ones of this seed."""
    result = [
        Context("no-ignore-file", None, project),
        Context("empty-ignore-file", b"", project),
        Context("typical", lines(b".git", b"node_modules", b"**/*.o", b"build/", b"*.log",
                                 b"logs", b"!logs/keep", b".env*"), project),
        Context("everything-but", lines(b"*", b"!src", b"!docs/*.md", b"src/gen"), project),
        Context("double-star", lines(b"**/*.md", b"!README.md", b"**/obj", b"tmp/**",
                                     b"!tmp/x/y", b"**/n/**"), project),
        Context("dead-exceptions", lines(b"node_modules", b"!**/README.md", b"logs",
                                         b"!logs/keep/b.log", b"tmp", b"!tmp/*/y"), project),
        Context("order-matters", lines(b"src", b"!src/gen", b"src", b"docs/img", b"!docs",
                                       b"*", b"!logs", b"logs/a.log", b"!logs"), project),
        Context("reader", b"\xef\xbb\xbf# comment\r\n\r\n#.git\r\n .git \r\n\t*.md\t\r\n"
                          b"/build/\r\n!/build/main\r\n./src/../logs//\r\n# x\r\nsrc/*.o",
                project),
        Context("bang-spaces", lines(b"*", b"! src", b"!\tdocs/", b"!!x", b"/!LICENSE",
                                     b" #x", b"!./.env"), project),
        Context("trailing-slashes", lines(b"src/", b"docs//", b"/logs/keep/", b"./build/.",
                                          b"tmp/x/", b"!src/gen/", b"README.md/"), project),
        Context("dockerfile-ignored", lines(b"Dockerfile", b"*.md"), project),
        Context("ignore-file-ignored", lines(b".dockerignore", b"build"), project),
        Context("both-ignored", lines(b"*", b"!src", b"!docs"), project),
        Context("dot-files", lines(b".*", b"!.env"), project),
        Context("classes", lines(b"[ab]", b"src/[a-b]*", b"**/[!a].b", b"[^a-z.]*", b"c/[[:alpha:]]",
                                 b"!b", b"?.log", b"a/?"), wide(PLAIN, 80)),
        Context("live-operators", lines(b"a+b", b"a|b", b"x{2}", b"(a)", b"^a", b"$a", b"a\\*"),
                wide(ODD + (b"aab", b"xx", b"bb"), 80, 3)),
        Context("odd-names", lines(b"[[]a]", b"\\!a", b"-*", "é".encode(), b"**/'", b"{2}",
                                   b"a?b"), wide(ODD, 90, 3)),
        Context("control-names", lines(b"a?b", b"**/a\tb", b"src", b"?"), wide(BYTES, 80, 3)),
        Context("raw-names", lines(b"a?", b"src/\xff", b"**/a\xffb"), wide(RAW, 60, 3)),
        Context("modes", lines(b"hide", b"!hide/f*", b"!hide/in/keep"), modes),
        Context("symlinks", lines(b"out", b"to-dir/f", b"to-dir/sub", b"!out/link", b"deep/*",
                                  b"!deep/er/link"), links),
        Context("hard-links", lines(b"hide", b"a1"), hardlinks),
        Context("specials", lines(b"hide"), specials),
        Context("deep", lines(b"**/*.log", b"top/l00/l01/l02/l03/l04/l05/l06/l07/l08",
                              b"!top/l00/l01/l02/l03/l04/l05/l06/l07/l08/l09/l10"), deep),
        Context("sizes", lines(b"hide", b"s51*", b"!s512"), sizes),
        Context("empty-directories", lines(b"hide", b"**/*.log", b"e1/*", b"half2/sub"), empties),
        Context("empty-result", lines(b"**"), project),
        Context("bad-class", lines(b"src", b"[a"), project),
        Context("lone-bang", lines(b"src", b"!"), project),
        Context("lazy-error", lines(b"zz", b"![b-a]"), project),
    ]
    for index in range(6):
        rng = random.Random(f"{seed} rules {index}")
        names = PLAIN if index % 2 == 0 else ODD
        result.append(Context(f"random-{index}", random_rules(rng, names, 4 + 4 * index),
                              wide(names, 90)))
    return result


def materialise(context, root, seed):
    """Puts the context on disk."""
    os.mkdir(root)
    tree = Tree(root, random.Random(f"{seed} tree {context.name}"))
    context.make(tree)
    tree.file(b"Dockerfile", data=DOCKERFILE)
    if context.ignore is not None:
        tree.file(b".dockerignore", data=context.ignore)
    tree.finish()
