# SPDX-License-Identifier: Apache-2.0
"""What is in an image, a tar or a directory: path -> Entry."""

import dataclasses
import hashlib
import io
import json
import os
import stat
import tarfile


@dataclasses.dataclass
class Entry:
    """One file.  `link` is a symbolic link's target or a device's numbers,
    `group` the path of the first name of the same file (its own path when it has
    no other), `mtime` whole seconds and `nanos` the rest, `owner` uid and gid."""

    type: str
    mode: int
    size: int = 0
    link: bytes = b""
    content: str = ""
    group: bytes = b""
    mtime: int = 0
    nanos: int = 0
    owner: tuple = (0, 0)


TYPES = {
    tarfile.REGTYPE: "file",
    tarfile.AREGTYPE: "file",
    tarfile.DIRTYPE: "dir",
    tarfile.SYMTYPE: "symlink",
    tarfile.FIFOTYPE: "fifo",
    tarfile.CHRTYPE: "char",
    tarfile.BLKTYPE: "block",
}


def digest(data):
    return hashlib.sha256(data).hexdigest()


def clean(name):
    """A member's name as a path below the root; tarfile kept odd bytes as
    surrogates."""
    path = os.fsencode(name)
    while path.startswith((b"./", b"/")):
        path = path[path.index(b"/") + 1 :]
    path = path.rstrip(b"/")
    return b"" if path == b"." else path


def read_tar(data):
    """The entries of a tar archive, in its order.  A hard link takes over what
    its target says; a name that comes twice counts as it was last."""
    entries = {}
    with tarfile.open(
        fileobj=io.BytesIO(data), encoding="utf-8", errors="surrogateescape"
    ) as tar:
        for member in tar:
            path = clean(member.name)
            if not path:
                continue
            if member.islnk():
                target = entries[clean(member.linkname)]
                entries[path] = dataclasses.replace(target)
                continue
            # docker 20.10 repeats the type's bits in the mode field.
            mode = stat.S_IMODE(member.mode)
            entry = Entry(TYPES[member.type], mode, mtime=int(member.mtime // 1))
            entry.group = path
            entry.owner = (member.uid, member.gid)
            if member.issym():
                entry.link = os.fsencode(member.linkname)
            elif member.ischr() or member.isblk():
                entry.link = b"%d:%d" % (member.devmajor, member.devminor)
            elif member.isreg():
                content = tar.extractfile(member).read()
                entry.size = len(content)
                entry.content = digest(content)
            entries[path] = entry
    return regroup(entries)


def read_image(archive):
    """The entries of a `docker save` archive: its layers from bottom to top."""
    entries = {}
    with tarfile.open(fileobj=io.BytesIO(archive)) as tar:
        manifest = json.load(tar.extractfile("manifest.json"))
        for name in manifest[0]["Layers"]:
            entries.update(read_tar(tar.extractfile(name).read()))
    return regroup(entries)


def read_disk(root):
    """The entries of a directory; links are not followed."""
    entries = {}
    names = {}
    pending = [b""]
    while pending:
        parent = pending.pop()
        for name in os.listdir(os.path.join(root, parent)):
            path = os.path.join(parent, name)
            full = os.path.join(root, path)
            status = os.lstat(full)
            kind = disk_type(status.st_mode)
            entry = Entry(kind, stat.S_IMODE(status.st_mode))
            entry.mtime, entry.nanos = divmod(status.st_mtime_ns, 10**9)
            entry.group = path
            entry.owner = (status.st_uid, status.st_gid)
            if kind == "symlink":
                entry.link = os.readlink(full)
            elif kind == "file":
                entry.size = status.st_size
                with open(full, "rb") as file:
                    entry.content = digest(file.read())
                entry.group = names.setdefault((status.st_dev, status.st_ino), path)
            elif kind in ("char", "block"):
                entry.link = b"%d:%d" % (os.major(status.st_rdev), os.minor(status.st_rdev))
            elif kind == "dir":
                pending.append(path)
            entries[path] = entry
    return regroup(entries)


def disk_type(mode):
    for test, name in (
        (stat.S_ISREG, "file"),
        (stat.S_ISDIR, "dir"),
        (stat.S_ISLNK, "symlink"),
        (stat.S_ISFIFO, "fifo"),
        (stat.S_ISSOCK, "socket"),
        (stat.S_ISCHR, "char"),
        (stat.S_ISBLK, "block"),
    ):
        if test(mode):
            return name
    raise ValueError(mode)


def regroup(entries):
    """Names of one file get the smallest of their paths as `group`."""
    first = {}
    for path in sorted(entries):
        first.setdefault(entries[path].group, path)
    for entry in entries.values():
        entry.group = first[entry.group]
    return entries


def differences(expected, found, fields):
    """One text per difference; empty when both are the same."""
    texts = []
    for path in sorted(set(expected) | set(found)):
        if path not in found:
            texts.append(f"missing {path!r} ({expected[path].type})")
        elif path not in expected:
            texts.append(f"unexpected {path!r} ({found[path].type})")
        else:
            for field in fields:
                want = getattr(expected[path], field)
                have = getattr(found[path], field)
                if want != have:
                    if field == "mode":
                        want, have = oct(want), oct(have)
                    texts.append(f"{path!r}: {field} {have!r}, expected {want!r}")
    return texts
