"""A till joins a chain with a one-time code: once, and with the right HQ only."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import keyring
import keyring.backends.fail
import pytest
from typer.testing import CliRunner

from pos_app.cli import commands
from pos_app.clock import system_clock
from pos_app.joining import (
    AddressOpen,
    CodeUnfit,
    ensure_protected,
    join_chain,
    keep_address,
)
from pos_app.ledger.ledger import Ledger
from pos_app.ledger.link import OtherHq, OtherStore, link_state
from pos_app.opening import found_ledger, key_store_of, open_ledger
from pos_app.security.keystore import CHAIN_PEPPER, FileKeyStore, KeyMissing
from pos_app.security.signing import Signer
from pos_app.settings import CONFIG_NAME, Settings, SettingsRefused, load_settings
from pos_app.sync.facts import HqRefused, HqUnreachable, TerminalOlder
from pos_app.sync.wire import Problem
from tests.fakes import FakeClock
from tests.loopback import speaking_for
from tests.tiny_hq import TinyHq

CODE = "ABCD-EFGH-JKLM-NPQR"


def say(code: str) -> Callable[[], str]:
    return lambda: code


def nobody() -> str:
    pytest.fail("no code is asked for")


@pytest.fixture
def keys(tmp_path: Path) -> FileKeyStore:
    return FileKeyStore(tmp_path / "keys")


@pytest.fixture
def hq(clock: FakeClock) -> TinyHq:
    return TinyHq(clock)


def test_a_till_joins_and_keeps_the_chains_pepper(
    ledger: Ledger, keys: FileKeyStore, hq: TinyHq
) -> None:
    joined = join_chain(ledger, keys, hq, say(f" {CODE} "))

    assert (joined.store, joined.store_name, joined.anew) == ("S001", "徐家汇店", True)
    assert link_state(ledger).key == hq.signer.public_key
    assert keys.get(CHAIN_PEPPER) == bytes.fromhex("e" * 64)
    assert hq.node == ledger.node.id.hex


def test_joining_the_same_hq_again_needs_no_code(
    ledger: Ledger, keys: FileKeyStore, hq: TinyHq
) -> None:
    join_chain(ledger, keys, hq, say(CODE))

    again = join_chain(ledger, keys, hq, nobody)

    assert not again.anew


def test_a_till_never_changes_its_hq(
    ledger: Ledger, keys: FileKeyStore, hq: TinyHq, clock: FakeClock
) -> None:
    join_chain(ledger, keys, hq, say(CODE))
    other = TinyHq(clock, signer=Signer(b"z" * 32))

    with pytest.raises(OtherHq):
        join_chain(ledger, keys, other, nobody)

    assert link_state(ledger).key == hq.signer.public_key


def test_a_code_of_another_store_is_refused_and_the_till_stays_alone(
    ledger: Ledger, keys: FileKeyStore, hq: TinyHq
) -> None:
    hq.store = "S002"

    with pytest.raises(OtherStore) as other:
        join_chain(ledger, keys, hq, say(CODE))

    assert (other.value.here, other.value.there) == ("S001", "S002")
    assert link_state(ledger).key is None


def test_a_wrong_code_changes_nothing(ledger: Ledger, keys: FileKeyStore, hq: TinyHq) -> None:
    hq.refuses["enrol"] = Problem(code="code_refused")

    with pytest.raises(HqRefused):
        join_chain(ledger, keys, hq, say(CODE))

    assert link_state(ledger).key is None
    with pytest.raises(KeyMissing):
        keys.get(CHAIN_PEPPER)


@pytest.mark.parametrize("code", ["", "1234567", "A" * 65])
def test_what_is_no_code_is_not_sent(
    ledger: Ledger, keys: FileKeyStore, hq: TinyHq, code: str
) -> None:
    with pytest.raises(CodeUnfit):
        join_chain(ledger, keys, hq, say(code))

    assert hq.requests == ["hello"]


def test_an_hq_that_is_away_is_told_before_a_code_is_asked_for(
    ledger: Ledger, keys: FileKeyStore, hq: TinyHq
) -> None:
    hq.down = 1

    with pytest.raises(HqUnreachable):
        join_chain(ledger, keys, hq, nobody)


def test_a_till_that_is_too_old_is_told(ledger: Ledger, keys: FileKeyStore, hq: TinyHq) -> None:
    hq.proto = (9, 9)

    with pytest.raises(TerminalOlder):
        join_chain(ledger, keys, hq, nobody)


@pytest.mark.parametrize(
    "url", ["https://hq.example", "http://127.0.0.1:8000", "http://localhost", "http://[::1]:1"]
)
def test_a_code_goes_over_tls_or_not_off_this_machine(url: str) -> None:
    ensure_protected(url)


@pytest.mark.parametrize("url", ["http://hq.example", "http://192.168.1.9:8000"])
def test_an_open_address_is_refused(url: str) -> None:
    with pytest.raises(AddressOpen):
        ensure_protected(url)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("", 'hq_url = "https://hq"\n'),
        ('# ours\ntheme = "dark"', '# ours\ntheme = "dark"\nhq_url = "https://hq"\n'),
        ('hq_url = "https://old" # was\npaper_mm = 58\n', 'hq_url = "https://hq"\npaper_mm = 58\n'),
        (
            "paper_mm = 58\n\n[later]\nx = 1\n",
            'paper_mm = 58\nhq_url = "https://hq"\n\n[later]\nx = 1\n',
        ),
    ],
)
def test_the_address_is_written_and_the_rest_of_the_file_stays(
    tmp_path: Path, before: str, after: str
) -> None:
    config = tmp_path / CONFIG_NAME
    if before:
        config.write_text(before, "utf-8")

    keep_address(config, "https://hq")

    assert config.read_text("utf-8") == after


@pytest.mark.parametrize("text", ["theme = ", 'note = """\nhq_url = 1\n"""\n'])
def test_a_config_file_that_cannot_be_changed_safely_is_left_alone(
    tmp_path: Path, text: str
) -> None:
    config = tmp_path / CONFIG_NAME
    config.write_text(text, "utf-8")

    with pytest.raises(SettingsRefused):
        keep_address(config, "https://hq")

    assert config.read_text("utf-8") == text


def test_a_config_file_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    with pytest.raises(SettingsRefused) as refused:
        keep_address(tmp_path / "no such folder" / CONFIG_NAME, "https://hq")

    assert refused.value.reason == "not_writable"


@pytest.fixture
def settings(tmp_path: Path) -> Iterator[Settings]:
    """Set up a machine without a key store, whose ledger is founded."""
    before = keyring.get_keyring()
    keyring.set_keyring(keyring.backends.fail.Keyring())  # type: ignore[no-untyped-call]
    made = Settings(data_dir=tmp_path / "till", language="en")
    found_ledger(made, key_store_of(made, demo=False), system_clock, ("店", "机")).close()
    (made.data_dir / CONFIG_NAME).write_text('language = "en"\n', "utf-8")
    yield made
    keyring.set_keyring(before)


def test_the_command_founds_the_book_of_a_machine_that_has_none(
    settings: Settings, tmp_path: Path
) -> None:
    fresh = settings.model_copy(update={"data_dir": tmp_path / "fresh"})
    hq = TinyHq(system_clock, store="S007")

    with speaking_for(hq) as url:
        code, output = enrol(fresh, url, CODE)

    kept = load_settings(fresh.data_dir)
    with open_ledger(kept, key_store_of(kept, demo=False), system_clock) as book:
        assert (book.node.id.hex, book.node.store) == (hq.node, "S007")
    assert (code, kept.hq_url) == (0, url)
    assert "3 号机." in output


def enrol(settings: Settings, url: str, typed: str) -> tuple[int, str]:
    asked = ["enrol", "--hq", url, "--data", str(settings.data_dir)]
    done = CliRunner().invoke(commands, asked, input=f"{typed}\n")
    return done.exit_code, done.output


def test_the_command_asks_for_the_code_and_keeps_the_address(settings: Settings) -> None:
    with speaking_for(TinyHq(system_clock)) as url:
        code, output = enrol(settings, f"{url}/", CODE)
        again, told = enrol(settings, url, "")

    kept = load_settings(settings.data_dir)
    with open_ledger(kept, key_store_of(kept, demo=False), system_clock) as book:
        assert link_state(book).key is not None
    assert (code, again, kept.hq_url) == (0, 0, url)
    assert "One-time code" in output
    assert "belongs to HQ: 徐家汇店, 3 号机." in output
    assert "already" in told


def test_the_command_refuses_an_address_that_is_none(settings: Settings) -> None:
    code, _output = enrol(settings, "hq.example", CODE)

    assert code != 0
    assert load_settings(settings.data_dir).hq_url == ""
