# SPDX-License-Identifier: Apache-2.0
"""Generated contexts: trees and ignore files that builders disagree about."""

import dataclasses
import os
import random
import socket
import stat

DOCKERFILE = b"FROM scratch\nCOPY . /\n"
MTIME = 1_600_000_000


DEFAULT_NAMES = ("Dockerfile", "Containerfile", "dockerfile")
DOCKER = ("classic", "embedded")
BUILDAH = ("buildah",)
EVERYBODY = DOCKER + BUILDAH


@dataclasses.dataclass
class Context:
    """`ignore`: bytes of .dockerignore or None.  `make`: fills the tree.
    `dockerfile`: its path, `ignore_beside`: bytes of NAME.dockerignore or None.
    `builders`: who builds it; `refused`: which of them do not, None: anybody may."""

    name: str
    ignore: bytes | None
    make: callable
    dockerfile: str = "Dockerfile"
    ignore_beside: bytes | None = None
    builders: tuple = EVERYBODY
    refused: tuple | None = ()

    def ignore_names(self):
        """Where buildah looks for rules, the first file counts."""
        beside = os.fsencode(self.dockerfile)
        return (beside + b".dockerignore", beside + b".containerignore", b".containerignore",
                b".dockerignore")

    @property
    def given(self):
        """What -f says; None where the builder finds it without."""
        return None if self.dockerfile in DEFAULT_NAMES else self.dockerfile


class Tree:
    """Makes files below a root; parents come as needed."""

    def __init__(self, root, rng):
        self.root = os.fsencode(root)
        self.rng = rng
        self.made = 0
        self.times = {}  # path -> mtime in ns, where it matters

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
        os.link(self.at(old), self.at(path), follow_symlinks=False)

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

    def device(self, path, kind, major, minor):
        self.parents(path)
        os.mknod(self.at(path), kind | 0o640, os.makedev(major, minor))

    def random(self, names, count, depth):
        """Up to `count` entries with path components out of `names`."""
        files = []
        for _ in range(count):
            length = self.rng.randint(1, depth)
            path = b"/".join(self.rng.choice(names) for _ in range(length))
            roll = self.rng.random()
            try:
                if roll < 0.1:
                    self.dir(path, self.rng.choice((0o755, 0o700, 0o750)))
                elif os.path.lexists(self.at(path)):
                    pass
                elif roll < 0.16:
                    self.symlink(path, self.rng.choice(names))
                elif roll < 0.22 and files:
                    self.hardlink(path, self.rng.choice(files))
                elif roll < 0.24:
                    self.fifo(path)
                else:
                    self.file(path, self.rng.choice((0o644, 0o600, 0o755, 0o444)))
                    files.append(path)
            except OSError:
                pass  # the name is taken, or a parent is no directory

    def finish(self):
        """Fixed times, older than the build, children before parents."""
        for directory, names, files in os.walk(self.root, topdown=False):
            for name in names + files:
                path = os.path.join(directory, name)
                time = (MTIME + len(name)) * 10**9
                time = self.times.get(os.path.relpath(path, self.root), time)
                os.utime(path, ns=(time, time), follow_symlinks=False)


PLAIN = (b"a", b"b", b"c", b"ab", b"a.b", b".a", b"b.log", b"x.md", b"src", b"a b")
ODD = PLAIN + (
    b"a+b", b"(a)", b"a|b", b"^a", b"$a", b"{2}", b"[a]", b"!a", b"#a", b"-a", b"~", b"a\\b",
    b"a*", b"a?b", b"'", b'"', "é".encode(), "日本".encode(), "e\u0301".encode(),
)
BYTES = PLAIN + (b"a\nb", b"\n", b"a\tb", b"\x01", b"\x7f", b"a\r", b" a", b"a ", b"\xc2\x85")
# In the rules of a random context: BuildKit cannot send every control byte, and
# a name in two lines makes two rules.
TYPED = PLAIN + (b"a?b", b"?", b"a\tb", b" a", b"a ", b"\xc2\x85")
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


def linked_specials(tree):
    """Second names of what is no regular file."""
    tree.symlink(b"hide/link", b"../a")
    tree.hardlink(b"link", b"hide/link")
    tree.symlink(b"s1", b"a")
    tree.hardlink(b"s2", b"s1")
    tree.fifo(b"p1")
    tree.hardlink(b"p2", b"p1")
    tree.files(b"a")


def owners(tree):
    """Everything belongs to root in the image."""
    tree.files(b"f", b"d/f", b"hide/f", b"hide/in/f")
    tree.symlink(b"link", b"f")
    for number, path in enumerate((b"f", b"d", b"d/f", b"hide", b"hide/in", b"link")):
        os.chown(tree.at(path), 1000 + number, 70_000 * number, follow_symlinks=False)


def times(tree):
    """Fractions, the ends of the ranges of a header's number."""
    for name, time in ((b"zero", 0), (b"one", 10**9), (b"fraction", 1_500_000_000_999_999_999),
                       (b"half", 1_500_000_000_500_000_000), (b"signed", 2**31 * 10**9),
                       (b"unsigned", 2**32 * 10**9 + 1), (b"octal", 2**33 * 10**9)):
        tree.file(name)
        tree.file(b"d-" + name + b"/f")
        tree.times[name] = tree.times[b"d-" + name] = time


def long_first(tree):
    """The first header of an archive must not be an extended one."""
    tree.file(b"!" * 150)
    tree.file(b"!" * 150 + b"\xff")
    tree.file(b"z")


def long_first_dir(tree):
    tree.file(b"!" * 120 + b"/" + b"!" * 120 + b"/f")
    tree.symlink(b"z", b"y" * 300)


def long_names(tree):
    """Around 100 and 255 bytes, where ustar's fields end."""
    for length in (99, 100, 101, 154, 155, 156, 200, 255):
        name = b"%03d" % length + b"n" * (length - 3)
        tree.file(name + b"/f")
        tree.file(b"d/" + name)
        tree.dir(b"e/" + name)
        tree.symlink(b"l/" + name, name)
        tree.file(b"h/%d" % length)
        tree.hardlink(b"k/" + name, b"h/%d" % length)
        tree.hardlink(b"m/" + name, b"k/" + name)
    for length in (100, 101, 255, 256, 1000, 4000):
        tree.symlink(b"t%d" % length, (b"t/" * 2000)[: length - 1] + b"t")
    for count in (50, 51, 52, 126, 127, 128, 129, 150):
        tree.file(b"p%d/" % count + b"x/" * (count - 2) + b"yy")
    tree.file("é".encode() * 120)
    tree.file(b"raw\xff" * 40)
    tree.file(b"new\nline" * 20)


def names_again(tree):
    """The names of the builders' own files, in directories too."""
    tree.files(b"sub/Dockerfile", b"sub/.dockerignore", b"Dockerfile.bak", b"dockerfile.d/x",
               b"src/a", b"src/b", b"README.md", b".dockerignore.bak", b"xDockerfile", b"docs/a")


def spaces(tree):
    tree.files(b"a", b" a", b"a ", b"a b", b" ", b"  ", b"d/b\t", b"d/ x", b"d/x ", b"d /x",
               b" d/x", b"!a", b"! a", b"!", b"#", b"#a", b"# a", b"\xc2\xa0a", b"d/#x", b"d/!x")


def one_parent(tree):
    """Where docker 20.10 looks at one parent only."""
    tree.files(b"b", b"a/b", b"a/x/b", b"a/x/b1", b"b1/c", b"a1/z/f", b"a1/q/z/f", b"a1/q/r/z/f",
               b"a/x/y/f", b"c/d/e/f/g", b"c/d/e2/f/g")
    tree.file(b"q/x/b/c/d")
    tree.file(b"q/x/b/e")


def reincluded(tree):
    """Directories in directories, all the same below."""
    for top in (b"a", b"b", b"ab", b"d"):
        for middle in (b"x", b"y", b"xy"):
            for name in (b"f", b"g.log", b"keep"):
                tree.file(top + b"/" + middle + b"/" + name)
                tree.file(top + b"/" + middle + b"/deep/er/" + name)
        tree.file(top + b"/f")


def container_ignored(text, *more):
    """A project with a .containerignore that says `text`."""
    def make(tree):
        project(tree)
        tree.file(b".containerignore", data=text)
        for path, data in more:
            tree.file(path, data=data)
    return make


def containerfile(tree):
    """Taken before the Dockerfile, which here is none."""
    project(tree)
    tree.file(b"Dockerfile", data=b"no Dockerfile\n")


def ignore_file_link(target, *more):
    def make(tree):
        project(tree)
        for path in (b"conf/rules", b"../outside"):
            tree.file(path, data=lines(b"docs", b"*.md", b"**/*.o", *more))
        tree.symlink(b".dockerignore", target)
    return make


def ignore_file_directory(tree):
    project(tree)
    tree.file(b".dockerignore/x")


def specials(tree):
    tree.files(b"a", b"d/b", b"hide/c")
    tree.device(b"null", stat.S_IFCHR, 1, 3)
    tree.device(b"disk", stat.S_IFBLK, 259, 70_000)
    tree.device(b"hide/null", stat.S_IFCHR, 1, 3)
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
    and the last bring something back, or at least open a directory to the walk,
    so that not all is ignored."""
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
    for _ in range(4):
        rules.append(b"!" + rng.choice(names) + b"/" + rng.choice(names) + b"/none")
    return lines(*rules)


def fixed():
    return [
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
        Context("classes", lines(b"[ab]", b"src/[a-b]*", b"**/[!a].b", b"[^a-z.]*",
                                 b"c/[[:alpha:]]", b"!b", b"?.log", b"a/?"), wide(PLAIN, 80)),
        Context("live-operators", lines(b"a+b", b"a|b", b"x{2}", b"(a)", b"^a", b"$a", b"a\\*"),
                wide(ODD + (b"aab", b"xx", b"bb"), 80, 3)),
        Context("odd-names", lines(b"[[]a]", b"\\!a", b"-*", "é".encode(), b"**/'", b"{2}",
                                   b"a?b"), wide(ODD, 90, 3)),
        Context("control-names", lines(b"a?b", b"**/a\tb", b"src", b"?"), wide(BYTES, 80, 3)),
        Context("raw-names", lines(b"a?", b"src/\xff", b"**/a\xffb"), wide(RAW, 60, 3)),
        # In a sorted list of texts these bytes come behind "/", not before it.
        Context("high-bytes-beside", lines(b"*", b"!a/b", "!aé".encode(), b"!c/d", b"!c\xff"),
                lambda tree: tree.files(b"a/b", "aé".encode(), b"c/d", b"c\xff", b"c/e")),
        Context("raw-negated", lines(b"*", b"!\xff/\xfe", b"!\xe9\xff/\xff", b"!a/\xfe"),
                lambda tree: tree.files(b"\xff/\xfe", b"\xe9\xff/\xff", b"a/\xfe", b"a/\xff/b",
                                        b"b", b"\xff\xff/\xff")),
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
        Context("comments-only", b"# nothing\n\n   \n#*\n", project),
        Context("no-newline-at-end", b"*\n!src", project),
        Context("carriage-returns", b"src\r\n*.md\r\r\n\rdocs\r", project),
        Context("blanks", lines(b" a", b"d/ x", b"d /x ", b"! a b", b"\\ a", b"\\#a", b"#", b"\\!",
                                b"[!]*", b"/ d"), spaces),
        Context("case", lines(b"readme.md", b"SRC", b"License", b"DOCS/*"), project),
        # The last rules open directories that only their parents' parents ignore.
        Context("one-parent", lines(b"**/b", b"a1/**/z", b"c/*/e", b"!a/x/b", b"!q/x/b/none",
                                    b"!a1/q/r/z/none", b"!c/d/e/f/none"), one_parent),
        Context("deep-reinclusion", lines(b"*", b"!a/x/deep", b"!b/*/deep", b"!ab/**",
                                          b"!d/xy/deep/er/keep", b"ab/x/deep", b"**/*.log"),
                reincluded),
        Context("reinclude-in-reignored", lines(b"a", b"!a/x", b"a/x/deep", b"!a/x/deep/er/keep",
                                                b"b/**", b"!b/x/**", b"d/*", b"!d/x/*"),
                reincluded),
        Context("prefix-of-a-name", lines(b"*", b"!a", b"!d/x", b"d/xy"), reincluded),
        Context("escapes", lines(b"\\a", b"\\b*", b"sr\\x63", b"\\.a", b"a\\ b", b"x\\.m?",
                                 b"a\\b"), wide(ODD, 90, 3)),
        Context("regexp-classes", lines(b"\\d*", b"[\\d-z]?", b"*[^a]", b"?[\\]a]",
                                        b"**/[[:punct:]]a", b"!\\Wa"), wide(ODD, 90, 3)),
        Context("braces", lines(b"a{1,2}", b"?{3}", b"x{0}*", b"{2}", b"a|b|c", b"!a|.a"),
                wide(ODD + (b"aab", b"xx", b"abc"), 90, 3)),
        # The Dockerfile and the ignore file, left out or not.
        Context("neither-ignored", lines(b"src/a", b"README.md"), names_again),
        Context("only-dockerfile", lines(b"Dockerfile", b"src/a"), names_again),
        Context("only-ignore-file", lines(b".dockerignore", b"src/a"), names_again),
        Context("both-by-name", lines(b"Dockerfile", b".dockerignore"), names_again),
        Context("both-at-any-depth", lines(b"**/Dockerfile", b"**/.dockerignore"), names_again),
        Context("both-by-glob", lines(b"*ocker*", b"!sub"), names_again),
        Context("both-kept", lines(b"*", b"!Dockerfile", b"!.dockerignore"), names_again),
        Context("dockerfile-kept", lines(b"*", b"!Dockerfile", b"!sub"), names_again),
        Context("ignore-file-kept", lines(b"*", b"!.dockerignore", b"!sub"), names_again),
        Context("subdirectory", lines(b"*.md"), names_again, dockerfile="sub/D"),
        Context("subdirectory-by-name", lines(b"sub/D", b".dockerignore"), names_again,
                dockerfile="sub/D"),
        Context("subdirectory-ignored", lines(b"sub", b".dockerignore"), names_again,
                dockerfile="sub/D"),
        Context("subdirectory-all", lines(b"*", b"!src"), names_again, dockerfile="sub/er/D"),
        Context("dockerfile-spaces", lines(b"*", b"!src"), names_again, dockerfile="D 1 x"),
        # An ignored Dockerfile is sent only if its name, as a pattern, matches itself;
        # BuildKit does not even find one that does not.
        Context("dockerfile-pattern", lines(b"*", b"!src"), names_again,
                dockerfile="D (1)+[x]^{2}", builders=("classic", "buildah"),
                refused=("classic",)),
        Context("dockerfile-class", lines(b"*", b"!src"), names_again, dockerfile="[D]",
                builders=("classic", "buildah"), refused=("classic",)),
        Context("dockerfile-dots", lines(b"*", b"!src"), names_again, dockerfile="a.b!#{"),
        Context("other-dockerfile", lines(b"Dockerfile", b"D.*"), names_again, dockerfile="D.x"),
        Context("lower-case", lines(b"dockerfile", b"src/a"), names_again, dockerfile="dockerfile",
                builders=DOCKER),
        Context("containerfile", lines(b"src"), containerfile, dockerfile="Containerfile",
                builders=BUILDAH),
        Context("containerfile-ignored", lines(b"*", b"!src"), containerfile,
                dockerfile="Containerfile", builders=BUILDAH),
        # Other ignore files.
        Context("beside", lines(b"src"), project, ignore_beside=lines(b"docs", b"*.md")),
        Context("beside-alone", None, project, ignore_beside=lines(b"docs", b"*.md")),
        Context("beside-empty", lines(b"*"), project, ignore_beside=b""),
        Context("beside-ignored", lines(b"src"), project,
                ignore_beside=lines(b"docs", b"Dockerfile*")),
        Context("beside-hides-all", lines(b"src"), project, ignore_beside=lines(b"*", b"!docs")),
        Context("beside-hides-itself", lines(b"src"), project,
                ignore_beside=lines(b"Dockerfile.dockerignore", b"docs")),
        Context("beside-hides-dockerfile", lines(b"src"), project,
                ignore_beside=lines(b"Dockerfile", b"docs")),
        Context("beside-alone-hides", None, project, ignore_beside=lines(b"Dockerfile", b"docs")),
        Context("beside-subdirectory", lines(b"src"), names_again, dockerfile="sub/D",
                ignore_beside=lines(b"docs", b"sub")),
        Context("containerignore", None, container_ignored(lines(b"docs", b"*.md"))),
        Context("containerignore-both", lines(b"src"), container_ignored(lines(b"docs", b"*.md"))),
        Context("containerignore-empty", lines(b"*"), container_ignored(b"")),
        Context("containerignore-itself", lines(b"src"),
                container_ignored(lines(b".containerignore", b"docs"))),
        Context("containerignore-hides", lines(b"src"),
                container_ignored(lines(b"Dockerfile", b"docs"))),
        Context("containerignore-alone", None, container_ignored(lines(b"Dockerfile", b"docs"))),
        Context("containerignore-all", None, container_ignored(lines(b"*", b"!docs"))),
        Context("containerignore-beside", lines(b"src"), container_ignored(
            lines(b"tmp"), (b"Dockerfile.containerignore", lines(b"docs")))),
        Context("ignore-file-link", None, ignore_file_link(b"conf/rules")),
        # What the link leads to does not ship, so in their copy the classic daemon
        # and buildah (from a tar) have no rules and show the Dockerfile: jettison
        # does not know that.
        Context("ignore-file-link-broken", None,
                ignore_file_link(b"conf/rules", b"conf", b"Dockerfile"), builders=("embedded",)),
        Context("ignore-file-dangling", None, ignore_file_link(b"conf/nothing")),
        # BuildKit of any age takes these for absent, which the dialect does not.
        # buildah follows a link out of the context up to 1.28, later no more, as
        # the dialect has it.
        Context("ignore-file-directory", None, ignore_file_directory,
                builders=("classic", "buildah"), refused=("classic", "buildah")),
        Context("ignore-file-outside", None, ignore_file_link(b"../outside"),
                builders=("classic",)),
        # What else a tar has to carry.
        Context("linked-specials", lines(b"hide"), linked_specials),
        Context("owners", lines(b"hide", b"!hide/in/f"), owners),
        Context("times", None, times),
        Context("long-first", lines(b"z"), long_first),
        Context("long-first-directory", None, long_first_dir),
        Context("long-first-hidden", lines(b"Dockerfile", b".dockerignore"), long_first),
        Context("long-names", lines(b"d/101*", b"m/1*", b"**/yy", b"!p*/**/yy"), long_names),
        Context("long-rules", lines(b"d/" + b"255" + b"n" * 252, b"l/[1]" + b"?" * 99,
                                    b"*/*/" * 60 + b"**"), long_names),
        # What builders refuse.
        Context("bad-class", lines(b"src", b"[a"), project, refused=EVERYBODY),
        Context("empty-class", lines(b"src", b"[]a]"), project, refused=EVERYBODY),
        Context("lone-bang", lines(b"src", b"!"), project, refused=EVERYBODY),
        Context("lone-bang-slash", lines(b"src", b"!/"), project, refused=EVERYBODY),
        Context("lone-bang-hidden", lines(b"src", b"/!"), project, refused=EVERYBODY),
        Context("trailing-backslash", lines(b"src", b"a\\"), project, refused=EVERYBODY),
        Context("late-backslash", lines(b"src", b"x*\\"), project, refused=BUILDAH),
        Context("late-class", lines(b"src", b"x*[a"), project, refused=EVERYBODY),
        Context("lazy-error", lines(b"zz", b"![b-a]"), project, refused=EVERYBODY),
        Context("lazy-repeat", lines(b"zz", b"x{1001}*"), project, refused=EVERYBODY),
        Context("lazy-escape", lines(b"src", b"!zz\\Kz"), project, refused=EVERYBODY),
        Context("lazy-posix", lines(b"src", b"[[:nope:]]"), project, refused=EVERYBODY),
        Context("long-line", b"#" + b"x" * 70_000 + b"\nsrc\n", project, refused=DOCKER),
    ]


def contexts(seed, count):
    """The fixed contexts and `count` random ones of this seed."""
    result = fixed()
    for index in range(count):
        rng = random.Random(f"{seed} rules {index}")
        names, words = ((PLAIN, PLAIN), (ODD, ODD), (BYTES, TYPED), (RAW, RAW))[index % 4]
        result.append(Context(f"random-{index}", random_rules(rng, words, 4 + 2 * (index % 12)),
                              wide(names, 90), refused=None))
    return result


def materialise(context, root, seed):
    """Puts the context on disk."""
    os.mkdir(root)
    tree = Tree(root, random.Random(f"{seed} tree {context.name}"))
    context.make(tree)
    dockerfile = os.fsencode(context.dockerfile)
    tree.file(dockerfile, data=DOCKERFILE)
    if context.ignore_beside is not None:
        tree.file(dockerfile + b".dockerignore", data=context.ignore_beside)
    if context.ignore is not None:
        tree.file(b".dockerignore", data=context.ignore)
    tree.finish()
