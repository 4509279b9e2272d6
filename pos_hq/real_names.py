"""Identity documents that were shown: read one at a time by a person, deleted when it is time."""

from __future__ import annotations

import json
from dataclasses import dataclass
from uuid import UUID

from pos_app.errors import PosError
from pos_app.ids import MemberId
from pos_app.security.hq_envelope import opened_by_hq
from pos_app.security.real_names import about
from pos_hq.fold.sheet import Sheet, Whence
from pos_hq.fold.values import Act
from pos_hq.hq import Hq
from pos_hq.store import programme_rows, real_name_rows
from pos_hq.store.saving import save

_KIND = "REAL_NAME"


@dataclass(eq=False)
class NoRealName(PosError):
    """There is no record of this member, or none that HQ can read."""


@dataclass(frozen=True, slots=True)
class Shown:
    """What a document said, when it was shown, and through which day it is kept."""

    kind: str
    number: str
    name: str
    taken_at: int
    kept_until: str


def read(hq: Hq, seed: bytes, member: str, *, by: str, reason: str) -> Shown:
    """Return the latest document of a member; who read it and why is written down.

    `seed` is HQ's secret, which only its key file holds. Raises NoRealName.
    """
    with hq.write() as book:
        known = real_name_rows.of(book, [bytes.fromhex(member)]).values()
        latest = max(
            (one for one in known if one.readable), key=lambda one: one.taken_at, default=None
        )
        if latest is None:
            raise NoRealName
        plain = opened_by_hq(latest.sealed, seed, about=about(MemberId(UUID(member))))
        sheet = Sheet(Whence("", 0, "", hq.now_ms(), {}))
        sheet.act(Act(_KIND, member, reason, (), by))
        save(book, sheet)
    told = json.loads(plain)
    when = (latest.taken_at, latest.kept_until)
    return Shown(told["kind"], told["number"], told["name"], *when)


def forget_due(hq: Hq) -> int:
    """Delete what need no longer be kept; return how many records that were."""
    with hq.write() as book:
        zone = programme_rows.in_force(book, hq.now_ms()).zone
        return real_name_rows.forget_due(book, hq.now().astimezone(zone).date().isoformat())
