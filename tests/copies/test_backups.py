"""Backups are sound before they have a name, and hold up nobody."""

from __future__ import annotations

import shutil
import threading
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from statistics import median
from time import perf_counter

import pytest

from pos_app.copies.backups import Backup, Keep, Made, backups_in, make_backup, prune, surplus
from pos_app.copies.facts import BackupFaulty, CopyStopped, VolumeGone, VolumeRefused
from pos_app.copies.source import source_at
from pos_app.ledger.proof import prove
from pos_app.ledger.store.backup import STEP_PAGES, contents_of
from pos_app.ledger.store.driver import connect
from pos_app.ledger.store.event import Draft, Kind
from tests.copies.sticks import Stick, head, source_in
from tests.fakes import FakeClock
from tests.shop import TEST_KEYS, Shop, open_ledger

NOON = datetime(2026, 6, 15, 4, 0, tzinfo=UTC)
SLOWEST_COMMIT_S = 0.05


def no_pause() -> None:
    """Go on at once."""


def wait_a_little(breath: threading.Event) -> None:
    breath.wait(0.004)


def fill(shop: Shop, events: int) -> None:
    with shop.ledger.write() as book:
        for number in range(events):
            book.append(Draft(Kind.NOTE, {"note": f"{number} " + "x" * 2_000}))


def test_a_backup_opens_as_a_ledger_and_balances(
    shop: Shop, stick: Stick, tmp_path: Path, clock: FakeClock
) -> None:
    shop.top_up(shop.member(), 20_000)

    made = make_backup(source_in(shop.ledger), stick.volume, NOON, no_pause)

    folder = tmp_path / "opened"
    folder.mkdir()
    shutil.copy2(made.path, folder / "ledger.db")
    with open_ledger(folder, clock) as opened:
        assert [checked.fault for checked in prove(opened) if checked.fault] == []
        assert head(opened) == made.contents.seq == head(shop.ledger)
    assert made.path.name.endswith(f"-1-20260615T040000Z-{made.contents.seq}.backup")
    assert [path.name for path in stick.volume.iterdir()] == [made.path.name]


def test_a_backup_cannot_be_read_without_the_key(shop: Shop, stick: Stick) -> None:
    shop.member(name="王晓明")

    made = make_backup(source_in(shop.ledger), stick.volume, NOON, no_pause)

    written = made.path.read_bytes()
    assert not written.startswith(b"SQLite format 3")
    assert "王晓明".encode() not in written


def test_a_backup_taken_while_members_pay_is_one_moment_and_no_commit_waits(
    shop: Shop, stick: Stick
) -> None:
    fill(shop, 6_000)
    waits, before = list[float](), head(shop.ledger)
    source, made, breath = source_in(shop.ledger), list[Made](), threading.Event()

    def back_up() -> None:
        made.append(make_backup(source, stick.volume, NOON, lambda: wait_a_little(breath)))

    thread = threading.Thread(target=back_up)
    thread.start()
    while thread.is_alive():
        begun = perf_counter()
        fill(shop, 1)
        waits.append(perf_counter() - begun)
        breath.wait(0.002)
    thread.join()

    assert before <= made[0].contents.seq <= head(shop.ledger)
    assert len(waits) > 10
    assert median(waits) < SLOWEST_COMMIT_S


def test_a_backup_that_is_stopped_leaves_nothing(shop: Shop, stick: Stick) -> None:
    fill(shop, 1_000)
    steps = []

    def stop() -> None:
        steps.append(STEP_PAGES)
        raise CopyStopped

    with pytest.raises(CopyStopped):
        make_backup(source_in(shop.ledger), stick.volume, NOON, stop)

    assert steps == [STEP_PAGES]
    assert list(stick.volume.iterdir()) == []


def test_without_its_folder_no_backup_is_made(shop: Shop, stick: Stick) -> None:
    stick.pull()

    with pytest.raises(VolumeGone):
        make_backup(source_in(shop.ledger), stick.volume, NOON, no_pause)


def test_a_folder_in_the_way_is_told(shop: Shop, stick: Stick) -> None:
    source = source_in(shop.ledger)
    (stick.volume / f"{source.node.hex}.backup.part").mkdir()

    with pytest.raises(VolumeRefused):
        make_backup(source, stick.volume, NOON, no_pause)


@pytest.mark.parametrize(
    ("wrong", "check"),
    [
        ("UPDATE balance SET floor = NULL, amount = -1 WHERE floor = 0", "floors"),
        ("UPDATE journal SET payload = x'7b7d' WHERE seq = 3", "chain"),
        (
            "UPDATE journal SET sig = zeroblob(64) WHERE seq = (SELECT max(seq) FROM journal)",
            "chain",
        ),
    ],
)
def test_a_copy_that_is_not_sound_gets_no_name(
    shop: Shop, stick: Stick, wrong: str, check: str
) -> None:
    shop.top_up(shop.member(), 20_000)
    with closing(connect(shop.ledger.path, TEST_KEYS.database)) as hand:
        for (name,) in hand.execute(
            "SELECT name FROM sqlite_master WHERE type = 'trigger'"
        ).fetchall():
            hand.execute(f"DROP TRIGGER {name}")
        hand.execute(wrong)

    with pytest.raises(BackupFaulty) as faulty:
        make_backup(source_in(shop.ledger), stick.volume, NOON, no_pause)

    assert faulty.value.check == check
    assert list(stick.volume.iterdir()) == []


def test_a_long_chain_is_checked_at_its_end(shop: Shop, stick: Stick) -> None:
    fill(shop, 1_200)

    made = make_backup(source_in(shop.ledger), stick.volume, NOON, no_pause)

    assert contents_of(made.path, TEST_KEYS.database).fault is None


def test_a_ledger_that_another_program_has_open_is_backed_up_all_the_same(
    shop: Shop, stick: Stick
) -> None:
    source = source_at(shop.ledger.path, TEST_KEYS.database)

    made = make_backup(source, stick.volume, NOON, no_pause)

    assert source == source_in(shop.ledger)
    assert made.contents.node == shop.ledger.node.id


def at(*hours: int) -> list[Backup]:
    begin = datetime(2026, 6, 1, tzinfo=UTC)
    return [
        Backup(Path(str(hour)), begin + timedelta(hours=hour), 1, hour) for hour in sorted(hours)
    ]


def test_the_latest_stay_and_of_every_day_the_last() -> None:
    made = at(*range(240))

    gone = surplus(made, Keep(latest=24, days=7))

    stay = {one.seq for one in made} - {one.seq for one in gone}
    assert stay == set(range(216, 240)) | {95, 119, 143, 167, 191, 215}


def test_pruning_deletes_only_what_is_this_terminals(shop: Shop, stick: Stick) -> None:
    source = source_in(shop.ledger)
    for hour in range(3):
        make_backup(source, stick.volume, NOON + timedelta(hours=hour), no_pause)
    other = stick.volume / "ledger-000000000000-1-20260101T000000Z-5.backup"
    other.touch()

    gone = prune(stick.volume, source, Keep(latest=1, days=0))

    assert gone == 2
    assert [one.at.hour for one in backups_in(stick.volume, source)] == [6]
    assert other.exists()
