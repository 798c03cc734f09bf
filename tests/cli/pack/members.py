# SPDX-License-Identifier: Apache-2.0
"""Prints what Python's tarfile finds in an archive: one line per member."""
import sys
import tarfile

KINDS = {b"0": "file", b"1": "hard", b"2": "link", b"3": "char", b"4": "block", b"5": "dir", b"6": "fifo"}


def shown(name):
    return ascii(name.encode("utf-8", "surrogateescape"))[2:-1]


with tarfile.open(sys.argv[1], encoding="utf-8", errors="surrogateescape") as tar:
    for m in tar:
        name = shown(m.name)
        if len(name) > 100:
            name = "%s...(%d)" % (name[:20], len(m.name))
        line = "%s %04o %d/%d%s%s %d %d %s" % (KINDS[m.type], m.mode, m.uid, m.gid, m.uname, m.gname,
                                              m.size, m.mtime, name)
        if m.linkname:
            target = shown(m.linkname)
            line += " -> " + (target if len(target) < 100 else "%s...(%d)" % (target[:20], len(target)))
        if m.isreg() and m.size:
            data = tar.extractfile(m).read()
            line += " " + (ascii(data)[2:-1] if len(data) < 40 else "(%d bytes)" % len(data))
        print(line)
