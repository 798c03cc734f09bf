#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Who includes whom, against the table below; and does every source
file stand in the map at the top of src/cli/main.c?"""

import pathlib
import re
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]
SRC = ROOT / "src"

# module: what it may include besides itself and jettison.h
TABLE = {
    "base": set(),
    "match": {"base"},
    "dockerfile": {"base"},
    "context": {"base", "match", "dockerfile"},
    "sink": {"base", "context"},
    "inventory": {"base", "context"},
    "report": {"base", "match", "context", "sink", "inventory"},
    "cli": {"base", "report", "sink", "inventory"},
}
# libraries that only one file may know
BEHIND = {
    "xxhash.h": "context/hash.c",
    "openssl/evp.h": "context/sha256_crypto.c",
    "lmdb.h": "context/cache_lmdb.c",
    "archive.h": "base/untar_libarchive.c",
    "zlib.h": "sink/codec_gzip.c",
    "zstd.h": "sink/codec_zstd.c",
    "lzma.h": "sink/codec_xz.c",
}


def includes(path):
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        found = re.match(r'\s*#\s*include\s+([<"])([^>"]+)[>"]', line)
        if found:
            yield number, found[1], found[2]


def check_file(path):
    module = path.relative_to(SRC).parts[0]
    for number, kind, name in includes(path):
        where = f"{path.relative_to(ROOT)}:{number}"
        if name in BEHIND and str(path.relative_to(SRC)) != BEHIND[name]:
            yield f"{where}: only {BEHIND[name]} may include {name}"
        if kind != '"' or name == "jettison.h":
            continue
        if not (SRC / name).is_file():
            yield f"{where}: no such header {name}"
        other = name.split("/")[0]
        if other != module and other not in TABLE[module]:
            yield f"{where}: {module} may not include {other}"


def check_map(sources):
    text = (SRC / "cli/main.c").read_text(encoding="utf-8")
    outline = text[: text.index("#include")]
    for path in sources:
        name = path.relative_to(SRC)
        stem = name.with_suffix("")
        # "dir/" heads a paragraph, its files follow by name without ending
        paragraph = re.search(rf"^ \* {name.parts[0]}/ -(.*?)(?=^ \* \w+/ -|\*/)", outline, re.M | re.S)
        if not paragraph or not re.search(rf"(?<![\w.]){re.escape(stem.name)}(?![\w])", paragraph[1]):
            yield f"src/cli/main.c: the map at the top does not name {name}"


def main():
    sources = sorted(p for p in SRC.rglob("*") if p.suffix in (".c", ".h"))
    problems = []
    for path in sources:
        problems += check_file(path)
    problems += check_map([p for p in sources if p.suffix == ".c"])
    for problem in problems:
        print(problem)
    good = sum(not any(str(p.relative_to(ROOT)) in text for text in problems) for p in sources)
    print(f"{good} passed, {len(problems)} failed")
    return 1 if problems or not good else 0


if __name__ == "__main__":
    sys.exit(main())
