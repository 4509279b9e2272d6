"""The second copy: whatever the stick goes through, it holds the chain again in the end."""

from __future__ import annotations

import errno
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from pos_app.copies.facts import (
    CopyStopped,
    SecondCopyFaulty,
    VolumeFull,
    VolumeGone,
    VolumeRefused,
    volume_fact,
)
from pos_app.copies.reading import read_copy
from pos_app.copies.records import Records
from pos_app.copies.second_copy import SecondCopy, folder_of
from pos_app.copies.source import Source
from pos_app.security.signing import Signer
from tests.copies.sticks import Stick, copy_of, head, journal_of, source_in
from tests.fakes import FakeClock
from tests.shop import Shop, open_ledger


@pytest.fixture
def copy(shop: Shop, stick: Stick) -> Iterator[SecondCopy]:
    made = copy_of(shop, stick)
    yield made
    made.close()


def trade(shop: Shop, phones: int, first: int = 0) -> None:
    for number in range(first, first + phones):
        shop.top_up(shop.member(f"139{number:08}", name="王晓明"), 20_000)


def test_every_event_lies_on_the_stick_as_it_was_written(
    shop: Shop, stick: Stick, copy: SecondCopy
) -> None:
    trade(shop, 3)

    count = copy.catch_up()
    again = copy.catch_up()

    copied = list(read_copy(stick.volume, source_in(shop.ledger)))
    journal = journal_of(shop.ledger)
    assert (count, again) == (len(journal), 0)
    assert [(one.seq, one.payload, one.hash, one.signature) for one in copied] == [
        (one.seq, one.payload, one.hash, one.signature) for one in journal
    ]


def test_nothing_on_the_stick_can_be_read_without_the_key(
    shop: Shop, stick: Stick, copy: SecondCopy
) -> None:
    trade(shop, 2)
    copy.catch_up()
    source = source_in(shop.ledger)
    other = Source(source.path, b"x" * 32, source.node, source.epoch)

    written = b"".join(path.read_bytes() for path in stick.files(source))

    for told in (b"TOPUP", b"20000", "王晓明".encode(), b"139000", b"S001"):
        assert told not in written
    assert list(read_copy(stick.volume, other)) == []


def test_no_personal_data_is_on_the_stick_even_for_who_has_the_key(
    shop: Shop, stick: Stick, copy: SecondCopy
) -> None:
    trade(shop, 2)
    copy.catch_up()

    told = b"".join(one.payload for one in read_copy(stick.volume, source_in(shop.ledger)))

    assert "王晓明".encode() not in told
    assert b"13900000001" not in told


def test_the_stick_is_pulled_at_noon_and_catches_up_at_one(
    shop: Shop, stick: Stick, copy: SecondCopy, clock: FakeClock
) -> None:
    trade(shop, 2)
    copy.catch_up()
    stick.pull()
    trade(shop, 2, first=2)
    with pytest.raises(VolumeGone):
        copy.catch_up()
    clock.go(hours=1)
    trade(shop, 1, first=4)

    stick.put_in()
    count = copy.catch_up()

    assert count > 4
    assert stick.events(source_in(shop.ledger))[-1] == head(shop.ledger)


def test_another_stick_gets_the_whole_chain(shop: Shop, stick: Stick, copy: SecondCopy) -> None:
    trade(shop, 2)
    copy.catch_up()
    stick.pull()
    stick.volume.mkdir()
    trade(shop, 1, first=2)

    copy.catch_up()

    assert stick.events(source_in(shop.ledger)) == list(range(1, head(shop.ledger) + 1))


@pytest.mark.parametrize("by", [1, 20, 100, 2_000])
def test_what_a_pulled_stick_has_torn_off_is_written_again(
    shop: Shop, stick: Stick, copy: SecondCopy, by: int
) -> None:
    trade(shop, 3)
    copy.catch_up()
    source = source_in(shop.ledger)
    stick.tear(source, by)
    torn = stick.events(source)

    count = copy.catch_up()

    assert 0 < count == head(shop.ledger) - len(torn)
    assert stick.events(source) == list(range(1, head(shop.ledger) + 1))


def test_a_program_that_starts_goes_on_where_the_file_ends(
    shop: Shop, stick: Stick, copy: SecondCopy
) -> None:
    trade(shop, 2)
    before = copy.catch_up()
    trade(shop, 1, first=2)

    later = copy_of(shop, stick)
    count = later.catch_up()
    later.close()

    assert before + count == head(shop.ledger)
    assert stick.events(source_in(shop.ledger))[-1] == head(shop.ledger)


def test_every_month_has_a_file_of_its_own(
    shop: Shop, stick: Stick, copy: SecondCopy, clock: FakeClock
) -> None:
    trade(shop, 1)
    clock.at += timedelta(days=31)
    trade(shop, 1, first=1)

    copy.catch_up()

    source = source_in(shop.ledger)
    names = [path.name for path in stick.files(source)]
    assert names == ["journal-202606.log", "journal-202607.log"]
    assert stick.events(source)[-1] == head(shop.ledger)


def test_a_ledger_that_went_back_to_a_backup_begins_a_new_copy_and_keeps_the_old_one(
    shop: Shop, stick: Stick, copy: SecondCopy, tmp_path: Path, clock: FakeClock
) -> None:
    shop.ledger.tidy()
    backup = shop.ledger.path.read_bytes()
    trade(shop, 3)
    copy.catch_up()
    copy.close()
    shop.ledger.close()
    for part in ("-wal", "-shm"):
        shop.ledger.path.with_name(f"ledger.db{part}").unlink(missing_ok=True)
    shop.ledger.path.write_bytes(backup)

    with open_ledger(tmp_path, clock) as restored:
        again = Shop(restored, clock, shop.manager)
        trade(again, 1)
        anew = copy_of(again, stick)
        anew.catch_up()
        anew.close()
        events, now = stick.events(source_in(restored)), head(restored)

    assert events == list(range(1, now + 1))
    assert len([path for path in stick.volume.iterdir() if ".until-" in path.name]) == 1


def test_a_copy_under_another_key_is_put_aside_and_never_overwritten(
    shop: Shop, stick: Stick, copy: SecondCopy
) -> None:
    trade(shop, 1)
    source = source_in(shop.ledger)
    theirs = Records(Source(source.path, b"x" * 32, source.node, source.epoch))
    folder = folder_of(stick.volume, source)
    folder.mkdir()
    written = b"".join(map(theirs.record, journal_of(shop.ledger)))
    (folder / "journal-202606.log").write_bytes(written)

    copy.catch_up()

    aside = next(path for path in stick.volume.iterdir() if ".until-0-" in path.name)
    assert (aside / "journal-202606.log").read_bytes() == written
    assert stick.events(source)[-1] == head(shop.ledger)


def test_a_copy_that_is_stopped_goes_on_the_next_time(shop: Shop, stick: Stick) -> None:
    trade(shop, 1)
    stopped = SecondCopy(source_in(shop.ledger), stick.volume, stopping=lambda: True)

    with pytest.raises(CopyStopped):
        stopped.catch_up()
    stopped.close()

    assert stick.events(source_in(shop.ledger)) == []


@pytest.mark.parametrize("place", [20, 300, 5_000])
def test_a_byte_that_was_changed_is_found(
    shop: Shop, stick: Stick, copy: SecondCopy, clock: FakeClock, place: int
) -> None:
    trade(shop, 3)
    clock.at += timedelta(days=31)
    trade(shop, 1, first=3)
    copy.catch_up()
    source = source_in(shop.ledger)

    stick.spoil(stick.files(source)[0], place)

    with pytest.raises(SecondCopyFaulty) as found:
        stick.events(source)
    assert found.value.reason == "torn"


def test_what_was_left_out_exchanged_or_signed_by_another_is_found(
    shop: Shop, stick: Stick, copy: SecondCopy
) -> None:
    trade(shop, 1)
    copy.catch_up()
    source, journal = source_in(shop.ledger), journal_of(shop.ledger)
    records, file = copy._records, stick.files(source)[0]  # noqa: SLF001 -- a forger with the key
    first, second, third = journal[:3]
    another = Signer(b"f" * 32).sign(second.hash)
    forged = {
        "missing": [first, third],
        "chain": [first, type(second)(2, third.payload, second.hash, second.signature)],
        "signature": [first, type(second)(2, second.payload, second.hash, another)],
    }

    reasons = {}
    for reason, rows in forged.items():
        file.write_bytes(b"".join(map(records.record, rows)))
        with pytest.raises(SecondCopyFaulty) as found:
            stick.events(source)
        reasons[reason] = found.value.reason

    assert reasons == {name: name for name in forged}


def test_a_copy_without_a_volume_cannot_be_read(shop: Shop, tmp_path: Path) -> None:
    with pytest.raises(VolumeGone):
        list(read_copy(tmp_path / "nowhere", source_in(shop.ledger)))


def test_a_volume_that_does_not_take_the_copy_is_told(
    shop: Shop, stick: Stick, copy: SecondCopy
) -> None:
    folder_of(stick.volume, source_in(shop.ledger)).touch()

    with pytest.raises(VolumeRefused):
        copy.catch_up()


def test_a_file_that_was_torn_in_its_first_record_is_begun_again(
    shop: Shop, stick: Stick, copy: SecondCopy, clock: FakeClock
) -> None:
    trade(shop, 1)
    copy.catch_up()
    clock.at += timedelta(days=31)
    trade(shop, 1, first=1)
    copy.catch_up()
    source = source_in(shop.ledger)
    july = stick.files(source)[1]
    stick.tear(source, july.stat().st_size - 10)

    copy.catch_up()

    assert july.stat().st_size > 10
    assert stick.events(source)[-1] == head(shop.ledger)


def test_a_full_volume_is_told_from_a_refusing_one(tmp_path: Path) -> None:
    full = volume_fact(OSError(errno.ENOSPC, "No space left"), tmp_path)
    refused = volume_fact(OSError(errno.EIO, "Input/output error"), tmp_path)
    gone = volume_fact(OSError(errno.EIO, "Input/output error"), tmp_path / "gone")

    assert isinstance(full, VolumeFull)
    assert isinstance(refused, VolumeRefused)
    assert isinstance(gone, VolumeGone)
