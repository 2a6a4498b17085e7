"""What kind of file system a place lies on: what comes over a network keeps some promises less."""

import os
from pathlib import Path

MOUNTS = Path("/proc/self/mountinfo")
_REMOTE = frozenset({"nfs", "nfs4", "cifs", "smb3", "smbfs", "9p", "afs", "ceph", "glusterfs", "lustre"})


def remote_kind(folder: str) -> str | None:
    """The kind of file system ("nfs4", "fuse.sshfs") that `folder` lies on where other machines, or a
    program, may be behind it; None for one of this machine, or where the system does not say."""
    kind = kind_of(os.path.realpath(folder))
    return kind if kind in _REMOTE or kind.startswith("fuse.") else None


def kind_of(folder: str) -> str:
    """The kind of file system that `folder` lies on, "" where the system does not say."""
    try:
        lines = MOUNTS.read_text("utf-8", "surrogateescape").splitlines()
    except OSError:
        return ""
    best, kind = "", ""
    for line in lines:
        # proc_pid_mountinfo(5): the mount point is the fifth field, the kind stands after a lone dash.
        left, _, right = line.partition(" - ")
        fields = left.split()
        point = fields[4].replace("\\040", " ") if len(fields) > 4 else ""
        if len(point) >= len(best) and (folder == point or folder.startswith(point.rstrip("/") + "/")):
            best, kind = point, right.split(" ")[0]
    return kind
