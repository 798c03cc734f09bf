# SPDX-License-Identifier: Apache-2.0
"""private.py PROGRAM [WORD...] - in a new mount namespace: lets no mount made
here be seen outside, then becomes PROGRAM.

unshare(1) does that to "/", which in a chroot is no mount point: there the
mounts of the chroot's directory would appear outside, and stay when this is
killed.  So this one leaves the chroot for a moment."""

import ctypes
import os
import sys

MS_REC = 0x4000
MS_PRIVATE = 1 << 18


def is_root():
    """".." of the topmost directory is itself."""
    return os.path.samestat(os.stat("."), os.stat(".."))


def main():
    libc = ctypes.CDLL(None, use_errno=True)
    root = os.open("/", os.O_RDONLY | os.O_DIRECTORY)
    os.chroot("/proc")  # ".." ends at a root that it meets: this one it does not
    os.fchdir(root)
    while not is_root():
        os.chdir("..")
    if libc.mount(None, b".", None, MS_REC | MS_PRIVATE, None) != 0:
        sys.exit(f"e2e: cannot make mounts private: {os.strerror(ctypes.get_errno())}")
    os.fchdir(root)
    os.chroot(".")
    os.execv(sys.argv[1], sys.argv[1:])


main()
