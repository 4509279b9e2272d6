"""The protocol with one thing wrong: a proof that finds none of these proves nothing (C.3)."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import text

from pos_app.ids import IntentId, new_id
from pos_app.ledger import grants as node_grants
from pos_app.ledger import link
from pos_app.ledger.store.event import Draft
from pos_app.sync import cycle
from pos_hq import feed, push
from pos_hq.fold import accounts, rights
from pos_hq.fold.sheet import Sheet, Whence
from pos_hq.fold.values import Act
from pos_hq.hq import Hq
from pos_hq.store import chain_rows, grant_rows, meta
from pos_hq.store.database import Connection
from pos_hq.store.loading import load_members
from pos_hq.store.saving import save
from simulation.schedule import Trouble
from simulation.till import Till


@dataclass(frozen=True, slots=True)
class Mutation:
    """One thing wrong, and how many seeds may pass before somebody notices."""

    name: str
    seeds: int
    wrong: Callable[[], AbstractContextManager[None]]
    trouble: Trouble = Trouble.NETWORK


@contextmanager
def swapped(*parts: tuple[Any, str, Any]) -> Iterator[None]:
    """Put something else in the place of functions while it lasts."""
    kept = [(where, name, getattr(where, name)) for where, name, _ in parts]
    for where, name, other in parts:
        setattr(where, name, other)
    try:
        yield
    finally:
        for where, name, own in kept:
            setattr(where, name, own)


def reclaiming() -> AbstractContextManager[None]:
    """Let HQ take rights back when their time is over, without the node's word."""
    page = feed.page

    def taking(hq: Hq, *asked: Any, members: bool) -> Any:  # noqa: ANN401 -- passed through
        _reclaim(hq)
        return page(hq, *asked, members=members)

    return swapped((feed, "page", taking))


def twice_applied() -> AbstractContextManager[None]:
    """Let HQ apply what it has applied before."""
    real = push.Batch.facts_after
    return swapped((push.Batch, "facts_after", lambda batch, _seq: real(batch, 0)))


def granted_anew() -> AbstractContextManager[None]:
    """Let HQ grant again when it is asked again."""
    return swapped((grant_rows, "load", _nothing))


def received_twice() -> AbstractContextManager[None]:
    """Let a terminal book a grant each time that it hears of it."""
    receipt = node_grants._receipt  # noqa: SLF001 -- what is put wrong lies inside

    def anew(*told: Any) -> Draft:  # noqa: ANN401 -- passed through
        return replace(receipt(*told), intent=IntentId(new_id()))

    return swapped((node_grants, "_receipt", anew))


def unguarded() -> AbstractContextManager[None]:
    """Let a restored disk go on as if nothing had happened."""
    return swapped(
        (Till, "guarded", False), (cycle, "_ensure_same_chain", lambda _at, _known, _acked: None)
    )


def late_return_to_member() -> AbstractContextManager[None]:
    """Give members what comes back from a dead epoch, though they had it again before."""
    return swapped((rights, "_owed_to_the_house", lambda _sheet, _key, _amount: 0))


def silent_about_grants() -> AbstractContextManager[None]:
    """Let no pull list the grants whose receipt HQ has not seen."""
    page = feed.page

    def silent(*asked: Any, **more: Any) -> Any:  # noqa: ANN401 -- passed through
        return page(*asked, **more).model_copy(update={"outstanding": ()})

    return swapped((feed, "page", silent))


def granting_after_restore() -> AbstractContextManager[None]:
    """Let a restored HQ grant before it has heard what it forgot."""
    return swapped((chain_rows, "freeze_active", lambda _book, _at: None))


def same_incarnation() -> AbstractContextManager[None]:
    """Let a restored HQ not say that it begins anew, and nobody look how far it is."""
    return swapped(
        (meta, "begin_anew", lambda book, _at: meta.incarnation_of(book)),
        (link, "tell_anew", lambda _ledger: None),
    )


def pockets_mixed() -> AbstractContextManager[None]:
    """Let HQ put a returned bonus with the principal."""
    avail = accounts.avail

    def mixed(pocket: str, member: str, ref: str) -> str:
        return avail("P" if pocket == "B" else pocket, member, ref)

    return swapped((accounts, "avail", mixed))


MUTATIONS = (
    Mutation("HQ reclaims at expiry", 10, reclaiming),
    Mutation("events applied twice", 5, twice_applied),
    Mutation("grant not idempotent", 5, granted_anew),
    Mutation("grant received twice", 20, received_twice),
    Mutation("no boot guard", 60, unguarded, Trouble.DISKS),
    Mutation("late return to the member", 60, late_return_to_member, Trouble.DISKS),
    Mutation("no outstanding grants", 60, silent_about_grants, Trouble.REPLIES),
    Mutation("no freeze after a restore", 60, granting_after_restore, Trouble.HQ),
    Mutation("no incarnation", 20, same_incarnation, Trouble.HQ),
    Mutation("pockets mixed", 10, pockets_mixed),
)


def _nothing(_book: Connection, _grants: Any) -> list[Any]:  # noqa: ANN401 -- passed through
    return []


def _reclaim(hq: Hq) -> None:
    with hq.write() as book:
        for node, epoch in ((one.node, one.epoch) for one in _due(book, hq.now_ms())):
            sheet = Sheet(Whence(node, epoch, "", hq.now_ms(), {}))
            load_members(book, sheet, chain_rows.holders(book, node, epoch), "")
            at = f"hold:{sheet.whence.at}:"
            moves = tuple(
                (account, account.replace(at, "avail:"), unit, amount)
                for (account, unit), amount in sorted(sheet.balances.items())
                if account.startswith(at) and amount > 0
            )
            if moves:
                sheet.act(Act("RECLAIM", None, "", moves))
                save(book, sheet)


def _due(book: Connection, now: int) -> list[Any]:
    asked = text("SELECT id FROM rights_grant WHERE valid_until < :now")
    ids = [bytes(row[0]).hex() for row in book.execute(asked, {"now": now})]
    return [grant for grant in grant_rows.load(book, ids) if grant.state == "granted"]
