"""The truth, kept outside both ledgers: what every committed event gave and took."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from dataclasses import dataclass, field

from pos_app.ledger.ledger import Ledger

HQ_SIDE = "hq"
# By member, and by what it is: pocket and lot, points and expiry, or coupon.
Rights = Counter[tuple[str, str]]


class Broken(AssertionError):
    """A promise was broken; the seed replays it."""


@dataclass(frozen=True, slots=True)
class Fact:
    """One event as its terminal committed it."""

    node: str
    epoch: int
    seq: int
    id: str
    payload: bytes
    moves: tuple[tuple[str, str, str, int], ...]
    gift: tuple[str, str, int] | None = None

    @property
    def change(self) -> Rights:
        """Return what members got and spent, and were promised by HQ; grants are neither."""
        rights: Rights = Counter()
        for source, target, _unit, amount in self.moves:
            for code, other, sign in ((source, target, -1), (target, source, 1)):
                if code.startswith("hold:") and other != HQ_SIDE:
                    rights[right_named(code)] += sign * amount
        if self.gift is not None:
            member, ref, amount = self.gift
            rights[member, ref] += amount
        return rights

    @property
    def lent(self) -> Counter[str]:
        """Return what members spent early, less what came back, by member."""
        lent: Counter[str] = Counter()
        for source, target, _unit, amount in self.moves:
            for code, sign in ((source, 1), (target, -1)):
                if code.startswith("receivable:"):
                    lent[code.split(":")[1]] += sign * amount
        return lent


@dataclass
class Oracle:
    """Everything that was ever committed, and what members truly have."""

    facts: dict[str, Fact] = field(default_factory=dict)
    lost: set[str] = field(default_factory=set)
    balances: Rights = field(default_factory=Counter)
    seen: defaultdict[tuple[str, int], int] = field(default_factory=lambda: defaultdict(int))

    def watch(self, ledger: Ledger, released: Rights) -> None:
        """Take in what a terminal committed since; nobody may have spent what is not theirs."""
        node = ledger.node
        place = (node.id.hex, node.epoch)
        rows = ledger.read().execute(
            "SELECT seq, payload FROM journal WHERE seq > ? ORDER BY seq", (self.seen[place],)
        )
        for seq, payload in rows.fetchall():
            self._add(_fact(place, seq, payload), released)
            self.seen[place] = seq

    def lose(self, node: str, epoch: int, after: int) -> None:
        """Note that the disk with the events after a place is gone."""
        for fact in self.facts.values():
            if (fact.node, fact.epoch) == (node, epoch) and fact.seq > after:
                self.lost.add(fact.id)
        self.seen[node, epoch] = min(self.seen[node, epoch], after)

    def lose_disk(self, places: list[tuple[str, int]]) -> None:
        """Note that a disk is gone, with every chain on it."""
        for node, epoch in places:
            self.lose(node, epoch, 0)

    def _add(self, fact: Fact, released: Rights) -> None:
        if fact.id in self.facts:
            raise Broken(f"event {fact.id} was committed twice")
        self.facts[fact.id] = fact
        for key, change in fact.change.items():
            self.balances[key] += change
            if change < 0 and self.balances[key] + released[key] < 0:
                raise Broken(f"{key} was spent twice: {self.balances[key]}, {released[key]}")


def right_named(code: str) -> tuple[str, str]:
    """Return whose right an account's last three words name, and what it is."""
    pocket, member, ref = code.split(":")[-3:]
    return member, f"{pocket}:{ref}"


def _fact(place: tuple[str, int], seq: int, payload: bytes) -> Fact:
    told = json.loads(payload)
    moves = tuple((a, b, c, d) for a, b, c, d in told["moves"])
    gift = told["body"].get("welcome")
    promised = gift and (told["member"], f"PTS:{gift['expires_on']}", gift["points"])
    return Fact(*place, seq, told["id"], payload, moves, promised)
