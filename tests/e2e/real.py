# SPDX-License-Identifier: Apache-2.0
"""Do Dockerfiles that people wrote build the same from what is needed?

  real.py DIRECTORY       fetches the packages below and unpacks them there
  real.py DIRECTORY few   those that are small
  run()                   builds each of their Dockerfiles from the full directory and
                          from what `jettison pack` makes, with every builder

A Dockerfile is made to build without a base image and without running anything:
an external FROM becomes `FROM scratch`, of the rest only COPY, ADD, ARG, ENV and
WORKDIR stay.  What COPY --from takes of another stage was made by a RUN as a rule:
it becomes a copy of that whole stage.  The tree and its ignore files stay.
"""

import collections
import glob
import os
import re
import shutil
import subprocess
import sys

import builders
import image
import needs

# Small packages of Debian 12 that ship Dockerfiles with what these copy, and where.
FEW = {
    "charliecloud-doc": "usr/share/doc/charliecloud/examples",
    "dirsearch": "usr/lib/python3/dist-packages/dirsearch",
    "golang-github-anacrolix-dms-dev": "usr/share/gocode/src/github.com/anacrolix/dms",
    "golang-github-crowdsecurity-crowdsec-dev":
        "usr/share/gocode/src/github.com/crowdsecurity/crowdsec",
    "golang-github-smallstep-certificates-dev": "usr/share/doc/*/examples/docker",
    "libdancer2-perl": "usr/share/perl5/auto/share/dist/Dancer2",
    "librust-gpgme-dev": "usr/share/cargo/registry/gpgme-*",
    "librust-sniffglue-dev": "usr/share/cargo/registry/sniffglue-*",
    "python-tornado-doc": "usr/share/doc/python-tornado-doc/examples/blog",
    "python3-flask-talisman": "usr/share/doc/python3-flask-talisman/examples/example_app",
    "python3-hug-doc": "usr/share/doc/python3-hug/examples",
    "ruby-bunny": "usr/share/rubygems-integration/all/gems/bunny-*",
}
# Source packages of Debian 12.
DEBIAN = """
    coturn crowdsec docker-compose docker-registry docker.io etcd fish fzf gobuster
    golang-github-containers-buildah golang-github-xenolf-lego golang-mvdan-sh influxdb
    knot-resolver nats-server nghttp2 pgbackrest prometheus prometheus-mqtt-exporter
    prometheus-sql-exporter prometheus-tplink-plug-exporter prometheus-xmpp-alerts pylint
    rspamd skopeo syncthing tmate trojan
""".split()
NPM = """
    graphql-faker mongo-express statsd redis-commander gtfs-to-html sitespeed.io webpagetest
    azurite apib2swagger aglio code-push-server peerflix-server aedes-cli mosca
""".split()
# Dockerfiles that some builder has to build and that read files.
AT_LEAST = 20
AT_LEAST_OF_FEW = 12
# Of one package: buildah's own tests are hundreds.
MOST = 4
MOST_OF_FEW = 2

IS_DOCKERFILE = re.compile(r"(.+\.)?(Dockerfile|Containerfile)(\.[\w-]+)?", re.IGNORECASE)
URL = re.compile(r"(https?|ftp)://|git@|\S+\.git(#|$)")
# What a builder says of a source that is not there.
MISSING = ("not found", "no such file", "no source files were specified", "no items matching")


# Fetching


def fetch(directory, few):
    """Unpacks every package to DIRECTORY/trees/PACKAGE; one that cannot be had is
    left out."""
    trees = os.path.join(directory, "trees")
    os.makedirs(trees, exist_ok=True)
    ways = [(FEW, binary)] if few else [(DEBIAN, source), (NPM, npm)]
    missing = [(package, way) for packages, way in ways for package in packages
               if not os.path.isdir(os.path.join(trees, package))]
    apt = apt_options(os.path.join(directory, "apt"), "deb" if few else "deb-src")
    if missing:
        call(["apt-get", *apt, "-q", "update"], directory)
    for package, way in missing:
        way(package, fresh(os.path.join(directory, "download")), os.path.join(trees, package), apt)
    shutil.rmtree(os.path.join(directory, "download"), ignore_errors=True)
    print(f"{len(os.listdir(trees))} of {sum(len(packages) for packages, _ in ways)} packages "
          f"in {trees}")


def binary(package, download, tree, apt):
    """What a package installs, or the part of it that a Dockerfile is for."""
    call(["apt-get", *apt, "-q", "download", package], download)
    unpacked = os.path.join(download, "unpacked")
    for archive in glob.glob(os.path.join(download, "*.deb")):
        call(["dpkg-deb", "-x", archive, unpacked], download)
        for part in glob.glob(os.path.join(unpacked, FEW[package])):
            os.rename(part, tree)


def source(package, download, tree, apt):
    """A source package."""
    call(["apt-get", *apt, "-q", "source", "--download-only", package], download)
    for description in glob.glob(os.path.join(download, "*.dsc")):
        # It puts the tarballs beside what it unpacks.  Where a mirror lacks the
        # part that Debian adds it fails, and what it leaves is upstream's tree.
        unpacked = os.path.join(download, "unpacked")
        call(["dpkg-source", "--no-check", "-x", description, unpacked], download)
        if os.path.isdir(unpacked):
            os.rename(unpacked, tree)


def npm(package, download, tree, _apt):
    """What the package registry of npm has."""
    call(["npm", "pack", "--silent", "--ignore-scripts", package], download)
    for archive in glob.glob(os.path.join(download, "*.tgz")):
        os.mkdir(tree)
        call(["tar", "-x", "-f", archive, "-C", tree, "--strip-components=1",
              "--no-same-owner"], download)


def fresh(directory):
    shutil.rmtree(directory, ignore_errors=True)
    os.makedirs(directory)
    return directory


def call(words, directory):
    done = subprocess.run(words, cwd=directory, stdin=subprocess.DEVNULL, capture_output=True,
                          check=False)
    if done.returncode != 0:
        print(f"{' '.join(words[-2:])}: exit {done.returncode}", file=sys.stderr)


def apt_options(directory, kind):
    """A configuration of its own, with the machine's sources as what has "deb" or
    "deb-src" packages."""
    parts = os.path.join(directory, "parts")
    for path in ("lists/partial", "cache/archives/partial", "parts"):
        os.makedirs(os.path.join(directory, path), exist_ok=True)
    for path in ["/etc/apt/sources.list", *glob.glob("/etc/apt/sources.list.d/*")]:
        if os.path.isfile(path) and path.endswith((".list", ".sources")):
            with open(path, encoding="utf-8") as file:
                text = re.sub(r"^(Types:.*)?\bdeb\b(?!-)", rf"\1{kind}", file.read(), flags=re.M)
            with open(os.path.join(parts, os.path.basename(path)), "w", encoding="utf-8") as file:
                file.write(text)
    settings = {"Dir::Etc::sourcelist": "/dev/null", "Dir::Etc::sourceparts": parts,
                "Dir::State::lists": os.path.join(directory, "lists"),
                "Dir::Cache": os.path.join(directory, "cache"), "APT::Sandbox::User": "root",
                "Acquire::Retries": "3"}
    return [word for name, value in settings.items() for word in ("-o", f"{name}={value}")]


# Rewriting


def logical_lines(lines, escape):
    """Without comments and empty lines, which may also be inside of one."""
    whole = ""
    for line in lines:
        line = line.strip()
        if not line or line.startswith("#"):
            continue
        whole += line.removesuffix(escape) + " "
        if not line.endswith(escape):
            yield whole
            whole = ""


def instructions(text):
    """(keyword, arguments) of each; one with here-documents has no keyword."""
    escape = "`" if re.match(r"(#.*\n)*#\s*escape\s*=\s*`", text, re.IGNORECASE) else "\\"
    lines = iter(text.splitlines())
    for line in logical_lines(lines, escape):
        keyword, rest = (line.split(None, 1) + [""])[:2]
        ends = []
        if keyword.upper() in ("RUN", "COPY", "ADD"):
            ends = re.findall(r"<<-?[\"']?([A-Za-z]\w*)", rest)
        for end in ends:
            while next(lines, end).strip() != end:
                pass
        yield "" if ends else keyword.upper(), rest.strip()


def expand(text, values):
    def one(match):
        name, default = match.group(1) or match.group(3), match.group(2)
        return values.get(name) or (default if default is not None else match.group(0))

    return re.sub(r"\$(?:\{(\w+)(?::-([^}]*))?\}|(\w+))", one, text)


class Rewriter:
    """One Dockerfile; `lines` is what is left of it, `dropped` counts the rest,
    `sources` are the local sources, `local` the stages that something is copied to."""

    def __init__(self, text):
        self.lines = []
        self.dropped = collections.Counter()
        self.sources = []
        self.stages = []
        self.local = set()
        self.taken = set()  # (stage, stage it copies) of every whole copy
        self.values = {}
        rewrite = {"FROM": self.base, "COPY": self.copy, "ADD": self.copy, "ARG": self.keep,
                   "ENV": self.keep, "WORKDIR": self.keep}
        for keyword, rest in instructions(text):
            kept = keyword in rewrite and rewrite[keyword](keyword, rest)
            if kept:
                self.lines.append(f"{keyword} {kept}")
            elif "--from=" not in rest:
                self.dropped[keyword or "here-document"] += 1
        self.text = "\n".join(self.lines) + "\n"

    def keep(self, _keyword, rest):
        for name, value in re.findall(r"(\w+)[= ](\S+)", rest):
            self.values[name] = expand(value.strip("\"'"), self.values)
        return rest

    def stage(self, name):
        """The number of a stage, None where it is none."""
        name = expand(name, self.values).lower()
        names = [stage.lower() for stage in self.stages]
        if name in names:
            return len(names) - 1 - names[::-1].index(name)
        return int(name) if name.isdigit() and int(name) < len(names) - 1 else None

    def base(self, _keyword, rest):
        words = [word for word in rest.split() if not word.startswith("--platform")]
        name = words[2] if len(words) == 3 else ""
        number = self.stage(words[0])
        if number is None:
            self.dropped["base image"] += words[0] != "scratch"
            words[0] = "scratch"
        elif number in self.local:
            self.local.add(len(self.stages))
        self.stages.append(name)
        return " ".join(words)

    def copy(self, keyword, rest):
        flags, words = [], rest
        while match := re.match(r"--(\w+)(?:=(\S*))?\s+", words):
            words = words[match.end():]
            owner = match.group(1) == "chown" and not re.fullmatch(r"[\d:]+", match.group(2) or "")
            # Old builders know no --link and --chmod; scratch has no names of users.
            if match.group(1) in ("link", "chmod") or owner:
                self.dropped["--" + match.group(1)] += 1
            else:
                flags.append(match.group(0).strip())
        current = len(self.stages) - 1
        start = next((flag[7:] for flag in flags if flag.startswith("--from=")), None)
        if start is not None:
            number = self.stage(start)
            self.dropped["sources of --from"] += 1
            if number not in self.local or (current, number) in self.taken:
                return None
            self.taken.add((current, number))
            self.local.add(current)
            return f"--from={start} / /from-{number}/"
        if words.startswith("["):
            parts = re.findall(r'"((?:[^"\\]|\\.)*)"', words)
        else:
            parts = words.split()
        *sources, target = parts
        urls = [source for source in sources
                if keyword == "ADD" and URL.match(expand(source, self.values))]
        sources = [source for source in sources if source not in urls]
        self.dropped["URL"] += len(urls)
        if not sources:
            return None
        self.sources += [expand(source, self.values) for source in sources]
        self.local.add(current)
        if urls:
            words = " ".join([*sources, target])
        return " ".join([*flags, words])

    def says(self):
        return ", ".join(f"{count} {name}" for name, count in self.dropped.items() if count)


# Building


def dockerfiles(tree):
    """Paths below `tree`, the nearest to its root first."""
    found = []
    for directory, names, files in os.walk(tree):
        names.sort()
        for name in sorted(files):
            path = os.path.join(directory, name)
            if IS_DOCKERFILE.fullmatch(name) and not os.path.islink(path):
                found.append(os.path.relpath(path, tree))
    return sorted(found, key=lambda path: (path.count("/"), path))


def context_of(tree, dockerfile, sources):
    """The directory below `tree` that has the sources: its root, else where the
    Dockerfile is or what is in between; the root when none has."""
    place = os.path.dirname(dockerfile)
    for candidate in dict.fromkeys(("", place, os.path.dirname(place))):
        if all(glob.glob(os.path.join(glob.escape(os.path.join(tree, candidate)),
                                      source.strip("\"'").lstrip("/")))
               for source in sources):
            return candidate
    return ""


class Real(needs.Needs):
    """All packages with all builders."""

    def __init__(self, program, scratch, builder_list, few):
        super().__init__(program, scratch, builder_list)
        self.few = few
        self.number = 0
        self.built = 0
        self.nothing = 0
        self.refused = 0

    def package(self, package, tree):
        """Builds the Dockerfiles that copy something of the tree."""
        done = 0
        for dockerfile in dockerfiles(tree):
            with open(os.path.join(tree, dockerfile), encoding="utf-8", errors="replace") as file:
                text = file.read()
            try:
                rewriter = Rewriter(text)
            except (ValueError, IndexError) as error:
                print(f"{package} {dockerfile}: not understood: {error!r}")
                continue
            most = MOST_OF_FEW if self.few else MOST
            if not rewriter.sources or len(rewriter.stages) == 0 or done == most:
                continue
            done += 1
            self.dockerfile(package, tree, dockerfile, rewriter)

    def dockerfile(self, package, tree, dockerfile, rewriter):
        """Builds one, and prints a line."""
        below = context_of(tree, dockerfile, rewriter.sources)
        root = os.path.join(self.scratch, "real", "context")
        copy_tree(os.path.join(tree, below), root)
        at = os.path.relpath(dockerfile, below or ".")
        needs.write(os.path.join(root, at), rewriter.text.encode())
        whole_seconds(root)
        case = {"id": f"{package}/{dockerfile}", "dockerfile_at": at, "target": None, "args": {}}
        tag = re.sub(r"[^a-z0-9]+", "-", case["id"].lower()).strip("-")
        # Of a few, compressed and as a directory a sample, as of the vectors.
        number = self.number if self.few else None
        self.number += 1
        cells = [lane.submit(self.outcome, builder, case, root, tag, number)
                 for lane, builder in zip(self.lanes, self.builders)]
        results = [future.result() for future in cells]
        marks = [mark for mark, _ in results]
        self.refused += "refused" in marks
        self.passed += marks.count("same") + marks.count("refused")
        self.failed += marks.count("DIFFERS") + marks.count("ACCEPTED")
        everything = len(image.read_disk(os.fsencode(root)))
        data, _ = self.pack(self.builders[0], case, root)
        needed = "-" if data is None else len(image.read_tar(data)) - 1  # the Dockerfile
        if "same" in marks or "DIFFERS" in marks:
            self.built += needed not in ("-", 0)
            self.nothing += needed == 0
        print(f"{case['id']:64} {everything:6} {needed:>6}  " + " ".join(f"{m:8}" for m in marks)
              + f"  dropped: {rewriter.says()}", flush=True)
        for builder, (_, texts) in zip(self.builders, results):
            for text in texts[:6]:
                print(f"    {builder.name}: {text}")
        shutil.rmtree(root)

    def outcome(self, builder, case, root, tag, number):
        """(mark, texts) of one builder."""
        try:
            found = self.cell(builder, case, root, tag, number)
            if found is not None:
                self.compared[builder.name] += 1
                return ("DIFFERS" if found else "same"), found
            return self.failing(builder, case, root, tag)
        except subprocess.TimeoutExpired as error:
            self.left[builder.name] += 1
            return "slow", [str(error)]

    def failing(self, builder, case, root, tag):
        """The builder refuses; where it misses a source, so must jettison."""
        said = ""
        try:
            builder.build_directory(tag, root, case["dockerfile_at"])
        except builders.BuildFailed as error:
            said = str(error)
        last = said.rpartition("\n")[2]
        words = ["pack", "-q", "--builder", needs.DIALECTS[builder.name],
                 "-f", os.path.join(root, case["dockerfile_at"]), root]
        done = subprocess.run([self.program, *words], stdin=subprocess.DEVNULL, capture_output=True,
                              timeout=60, check=False)
        if not any(text in said.lower() for text in MISSING):
            self.left[builder.name] += 1
            return "-", [f"cannot build this (jettison: exit {done.returncode}): " + last]
        if done.returncode == 2 and done.stderr:
            return "refused", []
        return "ACCEPTED", [f"jettison: exit {done.returncode}, but a source is missing: " + last]


def copy_tree(tree, root):
    os.makedirs(os.path.dirname(root), exist_ok=True)
    subprocess.run(["cp", "-a", "--", tree, root], check=True)


def whole_seconds(root):
    """A tar has no others, and builders round them in different ways."""
    for directory, names, files in os.walk(root):
        for name in names + files:
            path = os.path.join(directory, name)
            stamp = int(os.lstat(path).st_mtime)
            os.utime(path, (stamp, stamp), follow_symlinks=False)


def run(program, scratch, builder_list, directory, only=None):
    """(passed, failed) of every Dockerfile fetched to `directory`.  The classic builder
    makes an image of each instruction, which takes too long for large packages."""
    packages = [package for package in [*FEW, *DEBIAN, *NPM]
                if os.path.isdir(os.path.join(directory, "trees", package))]
    few = set(packages) <= set(FEW)
    if not few:
        builder_list = [builder for builder in builder_list if builder.name != "classic"]
    real = Real(program, scratch, builder_list, few)
    print(f"{'Dockerfile':64} {'files':>6} {'needed':>6}  "
          + " ".join(f"{builder.name:8}" for builder in builder_list))
    for package in packages:
        if only in (None, package):
            real.package(package, os.path.join(directory, "trees", package))
    print(f"{real.built} Dockerfiles build, {real.nothing} more need no file, "
          f"{real.refused} miss a source; compared: "
          + ", ".join(f"{name} {n}" for name, n in real.compared.items())
          + "; cannot be built by: " + ", ".join(f"{name} {n}" for name, n in real.left.items()))
    at_least = AT_LEAST_OF_FEW if few else AT_LEAST
    if only is None and real.built < at_least:
        print(f"less than {at_least} of them build")
        real.failed += 1
    return real.passed, real.failed


if __name__ == "__main__":
    fetch(os.path.abspath(sys.argv[1]), sys.argv[2:] == ["few"])
