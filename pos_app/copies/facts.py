"""What can be wrong with a copy: facts for the window and the commands to put into words."""

from __future__ import annotations

import errno
from dataclasses import dataclass
from pathlib import Path

from pos_app.errors import PosError


@dataclass(eq=False)
class VolumeGone(PosError):
    """The folder that the settings name is not there: the volume was pulled, or never put in."""

    path: str


@dataclass(eq=False)
class VolumeFull(PosError):
    """There is no room left for the copy."""

    path: str


@dataclass(eq=False)
class VolumeRefused(PosError):
    """The copy could not be written or read; `reason` is the operating system's word."""

    path: str
    reason: str


@dataclass(eq=False)
class CopyStopped(PosError):
    """The program is closing: the copy that was under way is made another time."""


@dataclass(eq=False)
class BackupFaulty(PosError):
    """A backup was made or found that is no sound ledger; it is not kept, or not used."""

    check: str
    detail: str


@dataclass(eq=False)
class SecondCopyFaulty(PosError):
    """The second copy does not hold together from this place on."""

    seq: int
    reason: str


def volume_fact(failed: OSError, folder: Path) -> PosError:
    """Return what an error of the operating system means for a copy."""
    if failed.errno in {errno.ENOSPC, errno.EDQUOT}:
        return VolumeFull(str(folder))
    if not folder.is_dir():
        return VolumeGone(str(folder))
    return VolumeRefused(str(folder), failed.strerror or type(failed).__name__)
