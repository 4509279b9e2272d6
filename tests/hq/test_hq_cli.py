"""The commands of HQ: what they answer to the shell, and a plain sentence where they cannot."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import insert, update

from pos_app.security.keystore import FileKeyStore
from pos_app.security.signing import Signer
from pos_app.sync import wire
from pos_hq.enrolment import enrol
from pos_hq.opening import opened
from pos_hq.settings import load_settings
from pos_hq.store import tables
from pos_hq.store.bulk import run
from pos_hq.store.engine import open_engine, writing
from pos_hq.store.tables import balance
from tests.hq.command_line import answered, command, enrolled
from tests.hq.desk import author


def test_founding_tells_where_the_secrets_lie(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HQ_DATA_DIR", str(tmp_path / "hq"))

    told = command("init").output

    for name in ("hq-seed", "hq-pepper", "hq-database"):
        assert str(tmp_path / "hq" / "keys" / f"{name}.key") in told.replace("\n", "")


def test_stores_and_terminals_are_listed(folder: Path) -> None:
    node = enrolled(folder)

    stores, nodes = command("stores"), command("nodes")

    assert stores.output == "S01 Riverside\n"
    assert nodes.output == f"{node} 1 active never S01 Counter 1\n"


def test_a_terminal_is_shut_out_by_a_command(folder: Path) -> None:
    node = enrolled(folder)

    command("revoke", node)

    assert " revoked " in command("nodes").output


def test_a_code_for_a_terminal_that_comes_back_names_it(folder: Path) -> None:
    node = enrolled(folder)

    code = command("enrol-code", "S01", "Counter 1", "--node", node).output.strip()

    ask = wire.EnrolAsk(code=code, public_key=Signer(b"u" * 32).public_key.hex())
    with opened(load_settings(folder)) as hq:
        back = enrol(hq, ask)
    assert (back.node, back.epoch) == (node, 2)


def test_after_a_restore_hq_waits_for_every_terminal_or_a_waiver(folder: Path) -> None:
    node = enrolled(folder)

    told = command("restored").output
    frozen = command("nodes").output
    waived = command("waive", node, "--by", "Lin")

    assert told.startswith("incarnation ")
    assert told.endswith(f"; no rights are granted until these have pushed:\n  {node}\n")
    assert "active,frozen" in frozen
    assert waived.exit_code == 0
    assert "frozen" not in command("nodes").output


def test_a_quiet_hq_has_no_exceptions_and_no_orphans(folder: Path) -> None:
    assert command("exceptions").output == command("orphans").output == ""
    assert load_settings(folder).data_dir == folder


def test_an_epoch_without_holdings_is_released_and_sealed(folder: Path) -> None:
    node = enrolled(folder)
    code = command("enrol-code", "S01", "Counter 1", "--node", node).output.strip()
    with opened(load_settings(folder)) as hq:
        enrol(hq, wire.EnrolAsk(code=code, public_key=Signer(b"u" * 32).public_key.hex()))

    released = command("release", node, "1", "--by", "Lin", "--reason", "disk failed")
    sealed = command("seal", node, "1", "--by", "Lin")

    assert released.output == "released nothing\n"
    assert sealed.output == f"sealed {node} 1\n"


def test_a_sound_book_verifies_with_zero_and_a_changed_one_with_one(folder: Path) -> None:
    sound = command("verify")
    with opened(load_settings(folder)) as hq, hq.write() as book:
        row = {"account": "sales:S01", "unit": "CNY", "amount": 1, "holder": ""}
        book.execute(insert(balance).values(**row))
    faulty = command("verify")

    assert (sound.exit_code, sound.output.splitlines()[-1]) == (0, "sound")
    assert faulty.exit_code == 1
    assert faulty.output.splitlines()[-1].startswith("first fault: ")


def test_a_day_that_is_not_closed_is_not_even(folder: Path) -> None:
    nobody = command("reconcile", "2099-06-15")
    node = enrolled(folder)
    one = command("reconcile", "2099-06-15")

    assert (nobody.exit_code, nobody.output.splitlines()[-1]) == (0, "even")
    assert one.exit_code == 1
    assert one.output.splitlines()[0] == f"{node}.1 S01 Counter 1: not_closed"


def test_the_heads_of_a_day_are_the_same_however_often_they_are_told(folder: Path) -> None:
    first, again = command("heads", "2026-06-15"), command("heads", "2026-06-15")

    day, digest, *chains = first.output.split()
    assert (day, len(digest), chains) == ("2026-06-15", 64, ["0", "chains"])
    assert again.output == first.output
    assert folder.exists()


def test_a_silent_terminal_is_watched_for_and_its_exception_shown(folder: Path) -> None:
    node = enrolled(folder)
    quiet = command("watch")
    with opened(load_settings(folder)) as hq, hq.write() as book:
        book.execute(update(tables.node).values(enrolled_at=0))

    silent, listed = command("watch"), command("exceptions").output
    shown = json.loads(command("exception", listed[:32]).output)

    assert (quiet.exit_code, quiet.output) == (0, "")
    assert (silent.exit_code, silent.output) == (1, f"{node} 1 never S01 Counter 1\n")
    assert listed[33:] == f"STALE_NODE {node}.1.- 0 - accept; connect; store manager\n"
    assert (shown["type"], shown["here"]) == ("STALE_NODE", {"last_seen": None, "held": {}})


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("init",), "There is an HQ here already"),
        (("create-store", "S01", "Again"), "There is a store “S01” already."),
        (("create-store", "S02", "two\nlines"), "A name is one line"),
        (("enrol-code", "S09", "Counter 1"), "There is no store “S09”."),
        (("revoke", "0" * 32), "There is no such terminal"),
        (("waive", "0" * 32, "--by", "Lin"), "There is no such terminal"),
        (("exception", "0" * 32), "There is no such exception"),
        (("resolve", "0" * 32, "--by", "Lin", "--decision", "loss"), "no such open one"),
    ],
)
def test_what_cannot_be_done_is_one_sentence_and_two(
    folder: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    words: tuple[str, ...],
    sentence: str,
) -> None:
    code = answered(monkeypatch, *words)

    told = capsys.readouterr()
    assert (code, told.out) == (2, "")
    assert sentence in told.err
    assert len(told.err.splitlines()) == 1
    assert folder.exists()


def test_a_database_that_is_not_there_is_one_sentence(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    nowhere = folder / "gone" / "hq.db"
    monkeypatch.setenv("HQ_DATABASE", f"sqlite:///{nowhere}")

    code = answered(monkeypatch, "stores")

    assert code == 2
    assert "The database is not there" in capsys.readouterr().err


@pytest.mark.parametrize("wrong", ["the key", "the file"])
def test_a_database_of_another_key_or_of_somebody_else_is_one_sentence(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], wrong: str
) -> None:
    if wrong == "the key":
        FileKeyStore(folder / "keys").put("hq-database", b"x" * 32)
    else:
        (folder / "other.db").write_bytes(b"a letter to nobody" * 300)
        monkeypatch.setenv("HQ_DATABASE", f"sqlite:///{folder / 'other.db'}")

    code = answered(monkeypatch, "stores")

    told = capsys.readouterr()
    assert (code, told.out) == (2, "")
    assert told.err == "The database cannot be read: it has another key, or is not an HQ's.\n"


def test_a_database_with_other_tables_is_one_sentence(
    folder: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    postgres: Callable[[], str],
) -> None:
    url = postgres()
    engine = open_engine(url)
    with writing(engine) as book:
        run(book, "CREATE TABLE event (id int)")
    engine.dispose()
    monkeypatch.setenv("HQ_DATABASE", url)

    code = answered(monkeypatch, "stores", "--data", str(folder))

    assert code == 2
    assert "is not an HQ's" in capsys.readouterr().err


def test_members_are_merged_and_erased_by_commands(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    command("create-store", "S001", "Riverside")
    with opened(load_settings(folder)) as hq:
        till = author(hq)
        kept, gone = till.member("+8613812340217"), till.member("+8613900000001")
        lot = till.top_up(gone, 500)
        till.give_back(gone, ("P", lot, 500))
        till.push()

    merged = command("merge", "13812340217", gone, "--by", "Lin")
    erased = command("erase", "+8613812340217", "--by", "Lin", "--reason", "asked")
    nobody = answered(monkeypatch, "erase", "13812340217", "--by", "Lin", "--reason", "asked")

    assert merged.output == f"{gone} is {kept} now\n"
    assert erased.output == f"erased {kept}; left and spent by nobody: CNY 500\n"
    assert nobody == 2
    assert "There is no such member." in capsys.readouterr().err
