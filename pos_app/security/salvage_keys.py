"""The file with which a dead terminal's disk is read: for its owner's eyes, and for a day."""

from __future__ import annotations

import json
import os
from dataclasses import dataclass, field
from pathlib import Path
from uuid import UUID

from pos_app.errors import PosError
from pos_app.ids import NodeId

_FORMAT = 1


@dataclass(eq=False)
class SalvageFileRefused(PosError):
    """The key file cannot be used; `reason`: missing, damaged, newer, exists, not_writable."""

    path: str
    reason: str


@dataclass(frozen=True, slots=True)
class SalvageKeys:
    """Whose chain is salvaged, what opens its files, and the seed that may tell HQ of it.

    The seed is not the terminal's: HQ made it for this purpose, and gives it nothing but its ear.
    """

    node: NodeId
    epoch: int
    hq_key: bytes
    database: bytes = field(repr=False)
    seed: bytes = field(repr=False)


def write_salvage_keys(path: Path, keys: SalvageKeys) -> None:
    """Write the file anew, readable by this account only. Raises SalvageFileRefused."""
    told = {
        "v": _FORMAT,
        "node": keys.node.hex,
        "epoch": keys.epoch,
        "hq_key": keys.hq_key.hex(),
        "database": keys.database.hex(),
        "seed": keys.seed.hex(),
    }
    try:
        opened = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(opened, "w", encoding="ascii") as file:
            file.write(json.dumps(told) + "\n")
    except FileExistsError:
        raise SalvageFileRefused(str(path), "exists") from None
    except OSError as closed:
        raise SalvageFileRefused(str(path), "not_writable") from closed


def read_salvage_keys(path: Path) -> SalvageKeys:
    """Read the file. Raises SalvageFileRefused."""
    try:
        told = json.loads(path.read_text("ascii"))
        if told["v"] != _FORMAT:
            raise SalvageFileRefused(str(path), "newer")
        secrets = (bytes.fromhex(told[name]) for name in ("hq_key", "database", "seed"))
        return SalvageKeys(NodeId(UUID(told["node"])), int(told["epoch"]), *secrets)
    except FileNotFoundError:
        raise SalvageFileRefused(str(path), "missing") from None
    except (OSError, ValueError, KeyError, TypeError) as damaged:
        raise SalvageFileRefused(str(path), "damaged") from damaged
