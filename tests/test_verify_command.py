"""`pos-app verify` on the command line: counts, the first fault, and a cure for what is derived."""

import io
from collections.abc import Iterator
from pathlib import Path

import pytest

from pos_app.verify_command import run_verify
from tests.fakes import FakeClock
from tests.ledger.book_rows import derived_tables, thief
from tests.ledger.store.busy_day import busy_day
from tests.shop import Shop, open_shop


@pytest.fixture
def busy_shop(tmp_path: Path, clock: FakeClock) -> Iterator[Shop]:
    """Open a shop in which everything has happened."""
    opened = open_shop(tmp_path, clock)
    busy_day(opened)
    yield opened
    opened.ledger.close()


def verified(shop: Shop, *, rebuild: bool = False) -> tuple[int, list[str]]:
    out = io.StringIO()
    code = run_verify(shop.ledger, rebuild=rebuild, out=out)
    return code, out.getvalue().splitlines()


def test_a_sound_book_is_counted_through(busy_shop: Shop) -> None:
    code, lines = verified(busy_shop)

    assert code == 0
    assert lines[0] == f"{'chain':.<32}{'18':.>14}"
    assert len(lines) == 18
    assert lines[-1].startswith("sound, head ")


def test_the_first_fault_is_named_and_ends_it(busy_shop: Shop) -> None:
    with thief(busy_shop.ledger.path) as book:
        book.execute("UPDATE balance SET amount = amount + 1 WHERE account = 1")

    code, lines = verified(busy_shop)

    assert code == 1
    assert lines[-1].startswith("first fault: balances: account ")
    assert sum("fault" in line for line in lines) == 1


def test_a_rebuild_of_a_sound_book_changes_nothing(busy_shop: Shop) -> None:
    before = derived_tables(busy_shop.ledger)

    code, lines = verified(busy_shop, rebuild=True)

    assert code == 0
    assert any(line.startswith("made anew: balance") for line in lines)
    assert lines[-1].startswith("sound, head ")
    assert derived_tables(busy_shop.ledger) == before


def test_a_rebuild_cures_what_is_derived_and_says_so(busy_shop: Shop) -> None:
    before = derived_tables(busy_shop.ledger)
    with thief(busy_shop.ledger.path) as book:
        book.execute("UPDATE member SET tier = 'DIAMOND'")
        book.execute("DELETE FROM lot")

    code, lines = verified(busy_shop, rebuild=True)

    assert code == 1
    assert "cured: member: 2 rows were not what the journal says" in lines
    assert "cured: lot: 2 rows were not what the journal says" in lines
    assert derived_tables(busy_shop.ledger) == before
    assert verified(busy_shop, rebuild=True)[0] == 0


def test_nothing_is_derived_from_a_faulty_journal(busy_shop: Shop) -> None:
    before = derived_tables(busy_shop.ledger)
    with thief(busy_shop.ledger.path) as book:
        book.execute("UPDATE journal SET hash = zeroblob(32) WHERE seq = 5")

    code, lines = verified(busy_shop, rebuild=True)

    assert code == 1
    assert lines == [
        "first fault: chain: event 5: the stored bytes do not give the stored hash",
    ]
    assert derived_tables(busy_shop.ledger) == before
