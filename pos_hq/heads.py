"""Daily heads: one hash over all chains, told to every terminal, so that they are witnesses."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import date

from pos_hq.fold.sheet import Sheet, Whence
from pos_hq.fold.values import Act
from pos_hq.hq import Hq
from pos_hq.store import head_rows
from pos_hq.store.database import Connection
from pos_hq.store.feed_rows import Told
from pos_hq.store.saving import save

ENTITY = "heads"


@dataclass(frozen=True, slots=True)
class Heads:
    """What HQ held of all chains when it told of a day: SHA-256 over `lines`, and how many."""

    day: date
    digest: str
    chains: int


def tell(hq: Hq, day: date) -> Heads:
    """Tell every terminal the heads of a day; what was told of a day is never told otherwise.

    Every chain that HQ holds anything of is a line, sorted: node, epoch, seq, hash of the last
    event, in lower-case hexadecimal, parted by one space. The lines, joined by line feeds, stay
    in HQ's own book; whoever keeps the digest can have them shown.
    """
    with hq.write() as book:
        return tell_within(hq, book, day)


def tell_within(hq: Hq, book: Connection, day: date) -> Heads:
    """Do the same as a part of something else."""
    head_rows.one_at_a_time(book)
    known = head_rows.told_of(book, day.isoformat())
    lines = head_rows.lines(book) if known is None else known
    text = "\n".join(lines)
    heads = Heads(day, hashlib.sha256(text.encode()).hexdigest(), len(lines))
    if known is None:
        sheet = Sheet(Whence("", 0, "", hq.now_ms(), {}))
        sheet.act(Act(head_rows.KIND, None, text, (), day.isoformat()))
        save(book, sheet, [Told(ENTITY, day.isoformat(), _body(heads, hq.now_ms()))])
    return heads


def _body(heads: Heads, now: int) -> dict[str, object]:
    told = {"day": heads.day.isoformat(), "sha256": heads.digest}
    return {**told, "chains": heads.chains, "at": now}
