"""Orders of members as HQ hears of them, and what it then tells of the members."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from pos_app.ledger.rules.programme import parse_programme
from pos_hq.hq import Hq
from pos_hq.store import feed_rows
from tests.hq.desk import Author
from tests.shop import DEFAULT_PROGRAMME

RULES = parse_programme(DEFAULT_PROGRAMME.read_bytes())


def day(text: str) -> date:
    return date.fromisoformat(text)


def buy(till: Author, member: str, on: str, fen: int = 10_000, *kinds: str) -> bytes:
    """Write an order of a business day; each kind of goods is one unit."""
    body = {
        "externals": [{"tender": "wechat", "amount": fen}],
        "eligible": 0,
        "earned": {"expires_on": "2028-06-30"},
        "lines": [{"title": kind, "category": kind} for kind in kinds],
        "units": [{"line": n, "listed": 1} for n, _kind in enumerate(kinds)],
    }
    moves = [["tender:S001:wechat", "sales:S001", "CNY", fen]]
    return till.write("SALE", body, moves, member=member, day=on, rules=RULES.version)


def give_back(till: Author, member: str, of: bytes, fen: int, *units: int) -> None:
    legs = {"external": [{"tender": "wechat", "amount": fen}]}
    body = {"legs": legs, "sold_on": "2026-06-15", "taken_back": {}, "units": list(units)}
    moves = [["sales:S001", "tender:S001:wechat", "CNY", fen]]
    till.write("REFUND", body, moves, member=member, of=of)


def told(hq: Hq, member: str) -> Mapping[str, Any]:
    """Return what terminals are told of a member."""
    with hq.read() as book:
        return feed_rows.bodies(book, "member")[member]


def tags(hq: Hq, member: str) -> set[tuple[str, str]]:
    return {(tag, category) for tag, category, *_ in told(hq, member).get("tags", ())}
