"""An hour after the last backup the next is made, and a failed one is tried again soon."""

from __future__ import annotations

from pathlib import Path

import pytest

from pos_app.copies.backups import Keep, backups_in
from pos_app.copies.facts import VolumeGone, VolumeRefused
from pos_app.copies.rota import Place, Rota
from tests.copies.sticks import Stick, source_in
from tests.fakes import FakeClock
from tests.shop import Shop

KEEP = Keep(latest=24, days=7)


def rota(shop: Shop, folder: Path, *, ours: bool = False) -> Rota:
    return Rota(source_in(shop.ledger), Place(folder, KEEP, ours=ours), shop.clock, lambda: None)


def made(shop: Shop, folder: Path) -> int:
    return len(backups_in(folder, source_in(shop.ledger)))


def test_the_first_is_made_a_minute_after_the_start_and_then_one_an_hour(
    shop: Shop, stick: Stick, clock: FakeClock
) -> None:
    at_work = rota(shop, stick.volume)
    counts: list[tuple[bool, int]] = []

    for minutes in (0, 1, 30, 30):
        clock.go(minutes=minutes)
        shop.member(f"139{len(counts):08}")
        counts.append((at_work.beat(), made(shop, stick.volume)))

    assert counts == [(False, 0), (True, 1), (False, 1), (True, 2)]


def test_where_nothing_was_written_no_backup_is_needed(
    shop: Shop, stick: Stick, clock: FakeClock
) -> None:
    at_work = rota(shop, stick.volume)
    clock.go(minutes=1)
    at_work.beat()

    clock.go(hours=2)

    assert at_work.beat()
    assert made(shop, stick.volume) == 1


def test_a_program_that_starts_again_keeps_to_the_hour(
    shop: Shop, stick: Stick, clock: FakeClock
) -> None:
    rota(shop, stick.volume).make()
    shop.member()
    clock.go(minutes=20)

    later = rota(shop, stick.volume)
    clock.go(minutes=1)
    first = later.beat()
    clock.go(minutes=40)
    second = later.beat()

    assert (first, second, made(shop, stick.volume)) == (True, True, 2)


def test_a_failed_backup_is_tried_again_after_five_minutes(
    shop: Shop, stick: Stick, clock: FakeClock
) -> None:
    at_work = rota(shop, stick.volume)
    stick.pull()
    clock.go(minutes=1)
    with pytest.raises(VolumeGone):
        at_work.beat()
    stick.put_in()

    clock.go(minutes=4)
    early = at_work.beat()
    clock.go(minutes=1)
    then = at_work.beat()

    assert (early, then, made(shop, stick.volume)) == (False, True, 1)


def test_a_clock_that_was_far_ahead_puts_no_backup_off(
    shop: Shop, stick: Stick, clock: FakeClock
) -> None:
    clock.go(days=400)
    at_work = rota(shop, stick.volume)
    clock.go(minutes=1)
    at_work.beat()
    shop.member()

    clock.go(days=-400)

    assert at_work.beat()
    assert made(shop, stick.volume) == 2


def test_the_folder_beside_the_ledger_is_made_and_no_other(shop: Shop, tmp_path: Path) -> None:
    beside = rota(shop, tmp_path / "backups", ours=True)

    beside.make()

    assert made(shop, tmp_path / "backups") == 1
    with pytest.raises(VolumeGone):
        rota(shop, tmp_path / "elsewhere").make()


def test_a_folder_that_cannot_be_made_is_told(shop: Shop, tmp_path: Path) -> None:
    (tmp_path / "backups").touch()

    with pytest.raises((VolumeRefused, VolumeGone)):
        rota(shop, tmp_path / "backups", ours=True).make()
