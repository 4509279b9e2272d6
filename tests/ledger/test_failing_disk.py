"""Disks that fail and fill: what was paid is there, what was not is not, and nothing is half."""

import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from pos_app.ledger.held_orders import held, hold
from pos_app.ledger.ledger import Ledger
from pos_app.ledger.rules.quote import Quote
from pos_app.ledger.sales import Payment, pay
from pos_app.ledger.slip_state import mark_printed, pending_slips
from pos_app.ledger.store.driver import DiskFailed, DiskFull, LedgerBusy
from pos_app.money import Money
from tests.fakes import FakeClock
from tests.ledger.bad_disk import BadDisk, Outcome
from tests.ledger.book_rows import first_fault, thief
from tests.ledger.till_hand import CASH, amount, goods, head, ready, sell
from tests.shop import TEST_KEYS, Shop, founding, open_ledger

PAGE = 4_096


@pytest.fixture
def disk() -> BadDisk:
    """Return a disk that is good until it is told to be bad."""
    return BadDisk()


@pytest.fixture
def till(shop: Shop, disk: BadDisk, clock: FakeClock) -> Iterator[Shop]:
    """Return the shop, its ledger opened again on the bad disk."""
    path = shop.ledger.path
    shop.ledger.close()
    shop.ledger = Ledger(path, TEST_KEYS, clock, founding(), opener=disk)
    yield shop
    disk.breaks_in = None


def is_sound(ledger: Ledger) -> bool:
    return first_fault(ledger) == ""


def test_another_programs_lock_is_told(till: Shop, disk: BadDisk) -> None:
    disk.writers[-1].execute("PRAGMA busy_timeout = 0")
    shown, payment = ready(till, amount(1_000))

    with thief(till.ledger.path) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(LedgerBusy):
            pay(till.ledger, shown, payment)
        other.execute("ROLLBACK")

    assert pay(till.ledger, shown, payment).payable == Money(1_000)


def test_a_disk_that_fails_at_any_statement_leaves_nothing_half(till: Shop, disk: BadDisk) -> None:
    shown, payment = ready(till, goods(1_990, (1_200, 2)))
    before, failures = head(till), 0

    while _fails_at(till, disk, failures, shown, payment):
        assert head(till) == before
        assert is_sound(till.ledger)
        failures += 1

    assert failures > 10
    assert head(till) == before + 1
    assert is_sound(till.ledger)


def _fails_at(till: Shop, disk: BadDisk, statement: int, shown: Quote, payment: Payment) -> bool:
    disk.breaks_in = statement
    try:
        pay(till.ledger, shown, payment)
    except DiskFailed:
        return True
    return False


def test_a_commit_that_failed_and_is_not_there_is_told_and_may_be_tried_again(
    till: Shop, disk: BadDisk
) -> None:
    shown, payment = ready(till, amount(1_000))
    before = head(till)
    disk.next_commit = Outcome.LOST

    with pytest.raises(DiskFailed):
        pay(till.ledger, shown, payment)

    assert head(till) == before
    assert pay(till.ledger, shown, payment).stamp.seq == before + 1
    assert is_sound(till.ledger)


def test_a_commit_that_failed_but_is_there_is_a_payment(till: Shop, disk: BadDisk) -> None:
    shown, payment = ready(till, amount(1_000))
    before = head(till)
    disk.next_commit = Outcome.KEPT

    receipt = pay(till.ledger, shown, payment)

    assert receipt.stamp.seq == before + 1
    assert head(till) == before + 1
    assert pay(till.ledger, shown, payment) == receipt
    assert is_sound(till.ledger)


def test_what_writes_no_event_is_never_taken_for_done_when_its_commit_failed(
    till: Shop, disk: BadDisk
) -> None:
    sale = sell(till, amount(1_000))
    disk.next_commit = Outcome.LOST
    with pytest.raises(DiskFailed):
        hold(till.ledger, amount(500), None)
    disk.next_commit = Outcome.LOST
    with pytest.raises(DiskFailed):
        mark_printed(till.ledger, sale.stamp.seq)

    assert held(till.ledger) == ()
    assert pending_slips(till.ledger) == (sale.stamp.seq,)


def test_after_a_failed_commit_new_accounts_are_numbered_afresh(till: Shop, disk: BadDisk) -> None:
    member = till.member()
    disk.next_commit = Outcome.LOST
    with pytest.raises(DiskFailed):
        till.top_up(member, 10_000)

    sell(till, amount(700, CASH))
    till.top_up(member, 20_000)

    assert is_sound(till.ledger)


def test_a_full_disk_keeps_nothing_half_and_the_sale_waits(till: Shop, disk: BadDisk) -> None:
    disk.fill(pages_left=2)

    done = _sell_until_it_fails(till)

    assert is_sound(till.ledger)
    (sales,) = till.ledger.read().execute("SELECT count(*) FROM sale").fetchone()
    assert sales == done
    disk.fill(pages_left=100)
    assert sell(till, amount(1_000)).payable == Money(1_000)


@pytest.mark.logs_a_warning
def test_a_payment_stands_although_the_log_cannot_be_moved(
    till: Shop, disk: BadDisk, caplog: pytest.LogCaptureFixture
) -> None:
    with till.ledger.write() as book:
        book.execute(
            "INSERT INTO held_order (id, at, amount, body) VALUES (x'00', 0, 0, hex(zeroblob(?)))",
            (18_000_000,),
        )
    with till.ledger.write() as book:
        book.execute("DELETE FROM held_order")
    disk.no_checkpoint = True
    with till.ledger.write() as book:
        book.execute(
            "INSERT INTO held_order (id, at, amount, body) VALUES (x'00', 0, 0, hex(zeroblob(?)))",
            (18_000_000,),
        )

    receipt = sell(till, amount(1_000))

    assert receipt.stamp.seq == head(till)
    assert "put off" in caplog.text


@pytest.fixture
def tiny_disk(tmp_path: Path, shop: Shop) -> Iterator[Path]:
    """Mount a disk of one megabyte, where the machine lets us."""
    place = tmp_path / "tiny"
    place.mkdir()
    mount = shutil.which("mount")
    umount = shutil.which("umount")
    if mount is None or umount is None or os.geteuid() != 0:
        pytest.skip("needs the right to mount")
    asked = [mount, "-t", "tmpfs", "-o", "size=1m", "tmpfs", str(place)]
    mounted = subprocess.run(asked, check=False, capture_output=True)  # noqa: S603 -- our own words
    if mounted.returncode != 0:
        pytest.skip("this machine mounts nothing")
    yield place
    shop.ledger.close()
    subprocess.run([umount, str(place)], check=True)  # noqa: S603 -- our own words


def test_a_really_full_disk_loses_nothing_that_was_paid(
    shop: Shop, tiny_disk: Path, clock: FakeClock
) -> None:
    shop.ledger.close()
    shutil.copy2(shop.ledger.path, tiny_disk)
    shop.ledger = open_ledger(tiny_disk, clock)
    before, ballast = head(shop), tiny_disk / "ballast"
    ballast.write_bytes(bytes(shutil.disk_usage(tiny_disk).free - 40 * PAGE))

    done = _sell_until_it_fails(shop)

    assert done > 0
    assert head(shop) == before + done
    ballast.unlink()
    assert sell(shop, amount(1_000)).stamp.seq == before + done + 1
    assert is_sound(shop.ledger)


def _sell_until_it_fails(shop: Shop) -> int:
    for done in range(200):
        try:
            sell(shop, goods(1_990, (1_200, 9)))
        except (DiskFull, DiskFailed):
            return done
    pytest.fail("the disk never filled")
