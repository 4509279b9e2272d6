"""HQ's own book is proved, and every way of editing it is found."""

import pytest

from pos_app.ids import new_id
from pos_app.sync.wire import GrantAsk, Want
from pos_hq import exceptions, grants, orphans
from pos_hq.hq import Hq
from pos_hq.store.bulk import run
from pos_hq.store.database import Connection
from pos_hq.verification import verify
from tests.hq.desk import Author, author

EDITS = {
    "a payload": ("chain", "UPDATE event SET payload = ? WHERE seq = 2", (b"{}",)),
    "a signature": ("signatures", "UPDATE event SET sig = ? WHERE seq = 2", (bytes(64),)),
    "a missing event": ("chain", "DELETE FROM event WHERE seq = 2", ()),
    "a cut chain": ("chain", "DELETE FROM event WHERE seq = 5", ()),
    "a column": ("columns", "UPDATE event SET kind = 'NOTE' WHERE seq = 2", ()),
    "a sidecar": ("personal data", "UPDATE sidecar SET data = ?", (b"{}",)),
    "a transfer": ("postings", "UPDATE transfer SET amount = 1 WHERE seq = 2 AND epoch = 1", ()),
    "a transfer of HQ": ("balances", "UPDATE transfer SET amount = 1 WHERE epoch = 0", ()),
    "a transfer from nowhere": (
        "transfers belong",
        "INSERT INTO transfer VALUES (?, 0, 999, 0, 'a', 'b', 'CNY', 1)",
        (bytes(16),),
    ),
    "a balance": (
        "balances",
        "UPDATE balance SET amount = amount + 1 WHERE account = 'sales:S001'",
        (),
    ),
    "an owner": ("owners", "UPDATE balance SET member = NULL WHERE account LIKE 'avail:%'", ()),
    "an exception": ("suspense", "UPDATE exception SET suspense = -1 WHERE suspense <> 0", ()),
    "a lot": ("lots", "UPDATE lot SET paid = paid + 1", ()),
    "a grant": ("grants", "UPDATE rights_grant SET lines = '[]'", ()),
    "a release": ("releases", "UPDATE released SET amount = amount + 1", ()),
}


@pytest.fixture(autouse=True)
def story(desk: Hq) -> Author:
    """Top up, spend beyond it, return, grant; and let a till die."""
    till, lost = author(desk), author(desk, "lost")
    member = till.member()
    lot = till.top_up(member, 10_000, 1_000)
    till.spend(member, lot, 2_000)
    till.spend(member, lot, 1_500, "B")
    till.give_back(member, ("P", lot, 8_000))
    till.push()
    want = Want(unit="CNY", want=3_000, least=3_000)
    ask = GrantAsk(grant=new_id().hex, member=member, purpose="jit", wants=(want,))
    grants.ask(desk, lost.caller, ask)
    orphans.release(desk, lost.caller.node, 1, by="HQ", reason="burnt")
    return till


def unguarded(book: Connection, sql: str, values: tuple[object, ...]) -> None:
    """Edit what triggers protect."""
    for table in ("event", "transfer", "act"):
        if book.dialect.name == "postgresql":
            run(book, f"ALTER TABLE {table} DISABLE TRIGGER ALL")
        else:
            run(book, f"DROP TRIGGER {table}_no_update")
            run(book, f"DROP TRIGGER {table}_no_delete")
    assert run(book, sql, *values) > 0


def _unguarded(hq: Hq, sql: str, values: tuple[object, ...]) -> None:
    with hq.write() as book:
        unguarded(book, sql, values)


def test_a_sound_book_is_proved(desk: Hq) -> None:
    report = verify(desk)

    assert report.fault is None
    assert {line.check: line.count for line in report.lines}["chain and signatures"] == 5


@pytest.mark.parametrize("edit", EDITS)
def test_whatever_is_edited_is_found(desk: Hq, edit: str) -> None:
    check, sql, values = EDITS[edit]

    _unguarded(desk, sql, values)

    fault = verify(desk).fault
    assert fault is not None
    assert fault.check == check


@pytest.mark.parametrize("table", ["event", "transfer", "act"])
@pytest.mark.parametrize("verb", ["DELETE FROM {}", "UPDATE {} SET seq = seq + 1"])
def test_the_database_itself_refuses_to_forget(desk: Hq, table: str, verb: str) -> None:
    with pytest.raises(Exception, match="only added to"), desk.write() as book:
        run(book, verb.format(table))


def test_a_resolved_exception_leaves_nothing_in_suspense(desk: Hq) -> None:
    (case,) = exceptions.open_ones(desk)

    exceptions.resolve(desk, case.id, by="HQ", decision="accept")

    assert verify(desk).fault is None
