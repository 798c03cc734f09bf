#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Deterministic benchmark inputs for a .dockerignore engine.

  gen_trees.py t1 OUT [--files 60000]        node-like application: node_modules, .git, src, dist, logs
  gen_trees.py t2 OUT [--files 1000000 --dirs 50000]   many tiny files, deep and wide directories mixed
  gen_trees.py t3 OUT [--gib 4 --big 40 --small 2000]  few big files
  (t4, a real source tree, is a plain git clone: no generator)
  gen_trees.py ignores OUTDIR                every ignore file (size x style)
  gen_trees.py dockerfiles OUTDIR TREE       Dockerfiles that need parts of TREE (COPY lines . style)
  gen_trees.py paths TREE                    entries of TREE in sorted pre-order, one per line ("d path" / "f path" / "l path")

Same arguments => same names, sizes and contents (seeded generator, no clock, no environment); t1 and t3 also fix
the mtimes of files and directories, t2 does not (1M utimes calls).
Only the standard library is used.
"""
import argparse
import os
import random
import sys

MTIME_NS = 1_700_000_000 * 10**9
# (cumulative share, upper size in bytes): measured on a real 110k-file node_modules tree
NODE_SIZES = [(0.10, 48), (0.25, 93), (0.50, 522), (0.75, 1208), (0.90, 4863), (0.99, 58097), (0.9995, 600_000), (1.0, 4_000_000)]
NODE_EXTS = [(46, ".js"), (21, ".ts"), (8, ".mjs"), (8, ".d.ts"), (8, ".js.map"), (4, ".md"), (3, ".json"), (2, ".cjs")]
WORDS = ("core util index helpers parser lexer token stream buffer array map set locale format parse async promise "
         "event emitter queue cache config loader plugin runtime compiler printer visitor scope types node tree graph "
         "client server router render hydrate style theme color button dialog table form input select menu icon").split()


class Tree:
    """Writes below ROOT with directory-relative opens; content is cut from one pseudo-random pool."""

    def __init__(self, root, seed):
        self.root = root
        self.rng = random.Random(seed)
        text = " ".join(self.rng.choice(WORDS) for _ in range(400_000))
        self.pool = text.encode()          # compressible, like source text
        self.noise = self.rng.randbytes(8 << 20)  # incompressible, like images and packs
        self.nfiles = self.ndirs = 0
        self.made = set()
        os.makedirs(root, exist_ok=True)
        if os.listdir(root):
            sys.exit(f"{root}: not empty")

    def mkdir(self, rel):
        if rel in self.made or rel == "":
            return
        parent = rel.rpartition("/")[0]
        self.mkdir(parent)
        os.mkdir(os.path.join(self.root, rel))
        self.made.add(rel)
        self.ndirs += 1

    def write(self, rel, size, binary=False, mode=0o644):
        self.mkdir(rel.rpartition("/")[0])
        pool = self.noise if binary else self.pool
        fd = os.open(os.path.join(self.root, rel), os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode)
        left = size
        while left:
            n = min(left, len(pool))
            off = self.rng.randrange(len(pool) - n + 1)
            left -= os.write(fd, memoryview(pool)[off:off + n])
        os.utime(fd, ns=(MTIME_NS, MTIME_NS))
        os.close(fd)
        self.nfiles += 1

    def link(self, rel, target):
        self.mkdir(rel.rpartition("/")[0])
        os.symlink(target, os.path.join(self.root, rel))

    def finish(self):
        for rel in sorted(self.made, key=len, reverse=True):
            os.utime(os.path.join(self.root, rel), ns=(MTIME_NS, MTIME_NS))
        os.utime(self.root, ns=(MTIME_NS, MTIME_NS))
        print(f"{self.root}: {self.nfiles} files, {self.ndirs} directories")

    def node_size(self):
        u = self.rng.random()
        low = 0
        prev = 0.0
        for share, high in NODE_SIZES:
            if u <= share:
                return low + int((high - low) * (u - prev) / (share - prev))
            low, prev = high, share
        return low

    def name(self):
        r = self.rng
        return r.choice(WORDS) + ("" if r.random() < .4 else "-" + r.choice(WORDS)) + ("" if r.random() < .5 else str(r.randrange(100)))

    def ext(self):
        return self.rng.choices([e for _, e in NODE_EXTS], [w for w, _ in NODE_EXTS])[0]


def t1(out, files):
    t = Tree(out, 1)
    r = t.rng
    n_src, n_git, n_dist = files // 25, files // 20, files // 60
    n_nm = files - n_src - n_git - n_dist - 12
    used = set()

    def fresh(base, suffix):
        while True:
            rel = f"{base}/{t.name()}{suffix}"
            if rel not in used:
                used.add(rel)
                return rel

    def package(base, count):
        """One package: metadata, then lib/ esm/ dist/ folders, nested a few levels."""
        t.write(f"{base}/package.json", 600 + r.randrange(1500))
        t.write(f"{base}/LICENSE", 1070)
        t.write(f"{base}/README.md", t.node_size() + 400)
        done = 3
        dirs = [base]
        for top in r.sample(["lib", "esm", "dist", "src", "cjs", "types"], r.randrange(1, 4)):
            dirs.append(f"{base}/{top}")
        while done < count:
            if r.random() < 0.09 and len(dirs) < 400:
                dirs.append(fresh(r.choice(dirs), ""))
            t.write(fresh(r.choice(dirs), t.ext()), t.node_size())
            done += 1
        return done

    made = pkg = 0
    while made < n_nm:
        scope = f"@{r.choice(WORDS)}/" if r.random() < .25 else ""
        base = f"node_modules/{scope}{t.name()}-{pkg}"
        pkg += 1
        count = min(n_nm - made, max(4, int(r.paretovariate(0.75) * 5)), 9000)
        if n_nm - made - count < 4:
            count = n_nm - made
        made += package(base, max(count, 3))
        if r.random() < .08 and n_nm - made > 40:
            made += package(f"{base}/node_modules/{t.name()}-{pkg}", r.randrange(4, 20))
    for i in range(90):
        t.link(f"node_modules/.bin/tool-{i}", f"../{WORDS[i % len(WORDS)]}/bin/run.js")
    for i in range(n_src):
        t.write(fresh(f"src/{WORDS[i % 12]}/{WORDS[(i // 12) % 20]}", r.choice([".ts", ".tsx", ".test.ts", ".css"])), t.node_size())
    for i in range(n_git - 40):
        h = "%040x" % r.getrandbits(160)
        t.write(f".git/objects/{h[:2]}/{h[2:]}", 60 + r.randrange(900), True, 0o444)
    for i in range(10):
        t.write(f".git/objects/pack/pack-{i:040x}.pack", 3 << 20, True, 0o444)
        t.write(f".git/objects/pack/pack-{i:040x}.idx", 90_000, True, 0o444)
    for i in range(20):
        t.write(f".git/refs/heads/topic-{i}", 41)
    for n, s in (("HEAD", 23), ("config", 250), ("index", 400_000)):
        t.write(f".git/{n}", s)
    for i in range(n_dist):
        t.write(f"dist/assets/chunk-{i:05d}.js", 20_000 + r.randrange(60_000))
    for n, s in (("package.json", 2400), ("package-lock.json", 900_000), ("Dockerfile", 400), (".env", 120), ("README.md", 6000),
                 ("tsconfig.json", 500), ("npm-debug.log", 80_000), ("coverage/lcov.info", 700_000), (".vscode/settings.json", 300)):
        t.write(n, s)
    t.finish()


def t2(out, files, dirs):
    t = Tree(out, 2)
    r = t.rng
    paths, depth = [], []
    roots = 40
    for i in range(roots):
        paths.append(f"area{i:02d}")
        depth.append(1)
    spine = None
    while len(paths) < dirs:
        i = len(paths)
        if i % 10 == 0:                     # a deep spine: up to 24 levels
            p = spine if spine is not None and depth[spine] < 24 else r.randrange(roots)
        elif i % 10 < 7:                    # attach to a recent directory: moderately deep
            p = max(0, i - 1 - r.randrange(400))
            if depth[p] > 14:
                p = r.randrange(roots)
        else:                               # wide: attach near the top
            p = r.randrange(min(i, 2000))
        paths.append(f"{paths[p]}/{r.choice(WORDS)}{i}")
        depth.append(depth[p] + 1)
        if i % 10 == 0:
            spine = i
    for p in paths:
        t.mkdir(p)
    # 0.2 % of the directories hold a fifth of the files (wide), the rest shares the remainder
    wide = r.sample(range(dirs), max(1, dirs // 500))
    per_wide = files // 5 // len(wide)
    left = files
    n = 0
    exts = [".c", ".h", ".py", ".md", ".txt", ".json", ".log", ".o", ""]

    def fill(d, count):
        nonlocal n
        base = os.path.join(t.root, paths[d])
        dfd = os.open(base, os.O_RDONLY | os.O_DIRECTORY)
        for _ in range(count):
            name = f"{r.choice(WORDS)}_{n:07d}{exts[n % 9]}"
            fd = os.open(name, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o644, dir_fd=dfd)
            size = 0 if n % 10 == 0 else 1 + (n * 2654435761 >> 7) % 300
            if size:
                off = n % 1_000_000
                os.write(fd, t.pool[off:off + size])
            os.close(fd)
            n += 1
        os.close(dfd)

    for d in wide:
        fill(d, per_wide)
        left -= per_wide
    base, extra = divmod(left, dirs)
    for d in range(dirs):
        jitter = (base // 2) if d % 2 else -(base // 2)
        if dirs % 2 and d == dirs - 1:
            jitter = 0
        fill(d, base + jitter + (1 if d < extra else 0))
    t.nfiles = n
    print(f"{out}: {n} files, {t.ndirs} directories, max depth {max(depth)}")


def t3(out, gib, big, small):
    t = Tree(out, 3)
    total = gib << 30
    weights = [1 + (i * 7919 % 23) for i in range(big)]
    sizes = [total * w // sum(weights) for w in weights]
    sizes[0] += total - sum(sizes)
    for i, s in enumerate(sizes):
        t.write(f"data/part{i % 4}/blob-{i:03d}.bin", s, True)
    for i in range(small):
        t.write(f"conf/{WORDS[i % 20]}/f{i:05d}.yml", 100 + t.rng.randrange(3000))
    t.finish()


SMALL = ["node_modules", ".git", "*.log", ".env", "dist", "coverage", "**/*.tmp", ".vscode", "Dockerfile*", "tmp/*"]
TYPICAL = SMALL + ["**/.DS_Store", "**/Thumbs.db", "**/__pycache__", "**/*.py[cod]", "build/**", ".github", ".gitignore", ".editorconfig",
                   "**/*.test.ts", "**/*.spec.js", "docs/*.md", "LICENSE*", "README.md", "compose*.y*ml", ".idea", "**/*.swp", "**/*~",
                   "npm-debug.log*", "yarn-error.log", ".nyc_output", "**/.cache", "**/*.o", "**/*.pem", "secrets/", "e2e/**/screenshots",
                   ".next", "out", "target", "vendor/bundle", "**/.terraform"]
assert len(SMALL) == 10 and len(TYPICAL) == 40


def rules(count, style):
    """style: plain = no ** and no !; star = half the rules use **; exc = star plus one ! exception in ten."""
    if count <= 40:
        base = list(SMALL if count == 10 else TYPICAL)
        if style == "plain":
            base = [p.replace("**/", "").replace("/**", "") for p in base]
        if style == "exc":
            exc = ["!dist/assets", "!**/README.md", "!src/core/important.log", "!docs/api.md"]
            k = 1 if count == 10 else 4
            base = base[:count - k] + exc[:k]
        return base
    r = random.Random(count)
    out = list(TYPICAL if style != "plain" else rules(40, "plain"))
    i = 0
    while len(out) < count:
        w = WORDS[i % len(WORDS)]
        v = WORDS[(i * 7 + 3) % len(WORDS)]
        kind = i % 10
        i += 1
        plain = (f"packages/{w}-{i}/dist", f"services/{w}{i}", f"services/*/tmp{i}", f"{w}/{v}/gen-{i}.go", f"area{i % 40:02d}/{w}{i}", f"*.ext{i}",
                 f"{w}{i}*", f"third_party/{w}-{i}.?.tar.gz", f"docs/{v}/[a-m]{i}*.md", f"apps/{w}/{i}/node_modules")[kind]
        if style != "plain" and kind % 2:
            plain = (f"**/{w}-{i}", f"**/{w}-{i}.bak", f"**/*.ext{i}", f"{w}/**/out-{i}", f"**/{v}/{w}{i}/**")[kind // 2]
        if style == "exc" and i % 10 == 9:
            plain = "!" + plain
        out.append(plain)
    r.shuffle(out)
    return out


def ignores(outdir):
    os.makedirs(outdir, exist_ok=True)
    for name, count in (("small", 10), ("typical", 40), ("big", 1000), ("huge", 10000)):
        for style in ("plain", "star", "exc"):
            p = rules(count, style)
            assert len(p) == count
            with open(f"{outdir}/{name}.{style}", "w", encoding="utf-8") as f:
                f.write("\n".join(p) + "\n")


def dockerfiles(outdir, tree):
    """N.STYLE, one source a line.  literal: files; dir: directories; glob: a star in the directory and in the name;
    all: literals and, last, "COPY . .".  The picks go down at random and never walk the tree."""
    os.makedirs(outdir, exist_ok=True)
    r = random.Random(5)
    seen = {}

    def look(rel):
        if rel not in seen:
            with os.scandir(os.path.join(tree, rel)) as it:
                ents = sorted((e.name, e.is_dir(follow_symlinks=False)) for e in it)
            seen[rel] = [n for n, d in ents if not d], [n for n, d in ents if d]
        return seen[rel]

    def pick():
        """(directory, file in it), three or more levels down"""
        while True:
            rel = ""
            while True:
                files, dirs = look(rel)
                if files and rel.count("/") > 2 and r.random() < .4:
                    return rel[:-1], r.choice(files)
                if not dirs:
                    break
                rel += r.choice(dirs) + "/"

    def glob(rel, name):
        parent, _, last = rel.rpartition("/")
        return f"{parent}/{last[:2]}*/*{os.path.splitext(name)[1]}"

    styles = {"literal": "/".join, "dir": lambda p: p[0], "glob": lambda p: glob(*p), "all": "/".join}
    for count, style in ((12, "literal"), (200, "literal"), (200, "dir"), (200, "glob"), (200, "all")):
        sources = set()
        while len(sources) < count:
            sources.add(styles[style](pick()))
        sources = sorted(sources)
        r.shuffle(sources)
        if style == "all":
            sources[-1] = "."
        with open(f"{outdir}/{count}.{style}", "w", encoding="utf-8") as f:
            f.write("FROM scratch\n" + "".join(f"COPY {s} /{i}/\n" for i, s in enumerate(sources)))


def paths(tree):
    w = sys.stdout.buffer.write

    def walk(real, rel):
        with os.scandir(real) as it:
            ents = sorted(it, key=lambda e: e.name)
        for e in ents:
            p = rel + e.name.encode("utf-8", "surrogateescape")
            d = e.is_dir(follow_symlinks=False)
            w((b"d " if d else b"l " if e.is_symlink() else b"f ") + p + b"\n")
            if d:
                walk(e.path, p + b"/")
    walk(tree, b"")


def main():
    a = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    s = a.add_subparsers(dest="cmd", required=True)
    for n, opts in (("t1", {"files": 60000}), ("t2", {"files": 1000000, "dirs": 50000}), ("t3", {"gib": 4, "big": 40, "small": 2000}), ("ignores", {}), ("dockerfiles", {}),
                    ("paths", {})):
        p = s.add_parser(n)
        p.add_argument("out")
        if n == "dockerfiles":
            p.add_argument("tree")
        for k, v in opts.items():
            p.add_argument(f"--{k}", type=int, default=v)
    o = vars(a.parse_args())
    cmd, out = o.pop("cmd"), o.pop("out")
    globals()[cmd](out, **o)


main()
