"""The commands about copies, as somebody types them at a till."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import keyring
import keyring.backends.fail
import pytest
from typer.testing import CliRunner, Result

from pos_app.cli import commands
from pos_app.clock import system_clock
from pos_app.copies.facts import VolumeGone
from pos_app.copies.second_copy import SecondCopy
from pos_app.copies.source import source_of
from pos_app.ledger.store.event import Draft, Kind
from pos_app.opening import NoLedger, found_ledger, key_store_of, open_ledger
from pos_app.security.salvage_keys import write_salvage_keys
from pos_app.settings import CONFIG_NAME, Settings
from pos_hq import enrolment, escrow
from pos_hq.store.engine import open_engine
from tests.copies.sticks import Stick, head, new_stick
from tests.hq.api.live import live
from tests.hq.desk import STORE, open_hq


@pytest.fixture
def settings(tmp_path: Path) -> Iterator[Settings]:
    """Set up a machine without a key store, whose ledger is founded, with a stick in it."""
    before = keyring.get_keyring()
    keyring.set_keyring(keyring.backends.fail.Keyring())  # type: ignore[no-untyped-call]
    stick = new_stick(tmp_path)
    made = Settings(data_dir=tmp_path / "till", language="en", second_copy=stick.volume)
    found_ledger(made, key_store_of(made, demo=False), system_clock, ("店", "机")).close()
    words = f'language = "en"\nsecond_copy = {str(stick.volume)!r}\n'
    (made.data_dir / CONFIG_NAME).write_text(words, "utf-8")
    yield made
    keyring.set_keyring(before)


def command(settings: Settings, *words: str, typed: str = "") -> Result:
    asked = [*words, "--data", str(settings.data_dir)]
    return CliRunner().invoke(commands, asked, input=typed)


def note(settings: Settings, *, copied: bool = True) -> int:
    """Write an event, copy it to the stick, and return where the chain ends."""
    keys = key_store_of(settings, demo=False)
    with open_ledger(settings, keys, system_clock) as ledger:
        with ledger.write() as book:
            book.append(Draft(Kind.NOTE, {"note": "x"}))
        assert settings.second_copy is not None
        source = source_of(ledger, keys)
        copy = SecondCopy(source, settings.second_copy, stopping=lambda: False)
        with closing(copy):
            if copied:
                copy.catch_up()
        return head(ledger)


def backup_of(settings: Settings) -> Path:
    return Path(command(settings, "backup").output.splitlines()[0])


def test_a_backup_by_hand_says_what_was_made_and_checked(settings: Settings) -> None:
    end = note(settings)

    done = command(settings, "backup")

    path, checked, same_disk = done.output.splitlines()
    assert (done.exit_code, Path(path).parent) == (0, settings.data_dir / "backups")
    assert f"events up to {end}" in checked
    assert "same disk" in same_disk


def test_a_backup_goes_where_it_is_sent_while_the_till_runs(
    settings: Settings, tmp_path: Path
) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()

    with open_ledger(settings, key_store_of(settings, demo=False), system_clock):
        done = command(settings, "backup", "--to", str(elsewhere))

    assert (done.exit_code, len(list(elsewhere.iterdir()))) == (0, 1)
    assert "same disk" not in done.output


def test_where_there_is_no_ledger_nothing_is_backed_up(tmp_path: Path, settings: Settings) -> None:
    nowhere = settings.model_copy(update={"data_dir": tmp_path / "nowhere"})

    done = command(nowhere, "backup")

    assert isinstance(done.exception, NoLedger)


def test_going_back_says_first_what_is_lost_and_asks(settings: Settings) -> None:
    backup = backup_of(settings)
    note(settings)
    lost = note(settings, copied=False)

    refused = command(settings, "restore", str(backup), typed="n\n")
    done = command(settings, "restore", str(backup), typed="y\n")

    assert (refused.exit_code, "Nothing was changed." in refused.output) == (1, True)
    assert f"Lost are the present ledger's events {lost} to {lost}." in done.output
    assert "1 of its events come from the second copy, 0 of them without names" in done.output
    assert (done.exit_code, "kept:" in done.output) == (0, True)
    with open_ledger(settings, key_store_of(settings, demo=False), system_clock) as ledger:
        assert head(ledger) == lost - 1


def test_going_back_without_the_stick_or_the_ledger_is_said(
    settings: Settings, tmp_path: Path
) -> None:
    backup = backup_of(settings)
    Stick(tmp_path / "stick", tmp_path / "drawer").pull()
    nothing = command(settings, "restore", str(backup), typed="y\n")
    settings.ledger_path.write_bytes(b"gone" * 2_000)

    unreadable = command(settings, "restore", str(backup), typed="y\n")

    assert "Nothing is lost." in nothing.output
    assert "Put the stick or disk back" in nothing.output
    assert "cannot be read" in unreadable.output


def test_the_second_copy_is_proved_by_a_command(settings: Settings) -> None:
    end = note(settings)

    done = command(settings, "verify-copy")
    (settings.data_dir / CONFIG_NAME).write_text('language = "en"\n', "utf-8")
    without = command(settings, "verify-copy")

    assert (done.exit_code, f"sound: {end} events" in done.output) == (0, True)
    assert isinstance(without.exception, VolumeGone)


def test_a_dead_till_is_told_by_a_command(settings: Settings, tmp_path: Path) -> None:
    engine = open_engine(f"sqlite:///{tmp_path / 'hq.db'}")
    hq = open_hq(engine, system_clock)
    escrow.begin(hq, b"e" * 32)
    with live(hq) as at:
        code = enrolment.make_code(hq, STORE, "机")
        joined = command(settings, "enrol", "--hq", at.url, typed=f"{code}\n")
        end = note(settings)
        (node,) = enrolment.nodes(hq)
        keys = escrow.open_envelope(hq, node.id, None, b"e" * 32, "Lin")
        write_salvage_keys(tmp_path / "keys", keys)
        asked = ("--hq", at.url, "--key", str(tmp_path / "keys"))
        done = command(settings, "salvage", str(settings.data_dir), *asked)
        torn = _torn(settings, tmp_path)
        write_salvage_keys(tmp_path / "more keys", replace(keys))
        again = command(settings, "salvage", str(torn), *asked)
    engine.dispose()

    assert joined.exit_code == done.exit_code == 0
    assert f"HQ has heard {end} events that it did not know" in done.output
    assert again.exit_code == 1
    assert "damaged from event" in again.output
    assert keys.database.hex() not in done.output + again.output


def _torn(settings: Settings, tmp_path: Path) -> Path:
    """Spoil a record in the middle of the stick, as if a second month had followed."""
    stick = Stick(tmp_path / "stick", tmp_path / "drawer")
    with open_ledger(settings, key_store_of(settings, demo=False), system_clock) as ledger:
        first = stick.files(source_of(ledger, key_store_of(settings, demo=False)))[0]
    first.with_name("journal-999912.log").touch()
    stick.spoil(first, first.stat().st_size - 5)
    return stick.volume
