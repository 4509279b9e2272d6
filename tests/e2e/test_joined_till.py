"""A real till and a real HQ over real HTTP: the code, the first beat, a sale."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from pos_app.joining import join_chain, keep_address
from pos_app.opening import key_store_of
from pos_app.security.signing import Signer
from pos_app.settings import load_settings
from pos_app.sync.transport import HttpTransport
from pos_hq import founding
from pos_hq.enrolment import make_code
from pos_hq.hq import Hq
from pos_hq.store.engine import open_engine
from pos_hq.store.tables import metadata
from tests.hq.api.live import Live, live
from tests.terminal import Home, Till, at_home, words_in
from tests.tree import ROOT

PHONE = "13812340217"
RULES = (ROOT / "resources" / "programme.default.toml").read_bytes()


@pytest.fixture
def home(tmp_path: Path, qapp: QApplication) -> Iterator[Home]:
    with at_home(tmp_path, qapp) as made:
        yield made


@pytest.fixture
def hq(tmp_path: Path, home: Home) -> Iterator[Live]:
    """Found an HQ on an SQLite file and let it answer on loopback."""
    made = Hq(
        open_engine(f"sqlite:///{tmp_path / 'hq.db'}"), Signer(b"h" * 32), home.clock, b"p" * 32
    )
    metadata.create_all(made.engine)
    founding.found(made, RULES)
    founding.create_store(made, "S001", "徐家汇店")
    with live(made) as opened:
        yield opened
        home.close_all()
    made.engine.dispose()


def joined(home: Home, hq: Live) -> Till:
    """Found a till with a member, let it join, and start it."""
    home.found()
    home.add_regular(PHONE)
    way = HttpTransport(hq.url)
    with home.book() as book:
        code = make_code(hq.hq, "S001", "3 号机")
        join_chain(book, key_store_of(home.settings, demo=False), way, lambda: code)
    way.close()
    keep_address(home.settings.config_path, hq.url)
    kept = load_settings(home.settings.data_dir)
    home.settings = home.settings.model_copy(update={"hq_url": kept.hq_url})
    return home.opened()


def badge(till: Till) -> str:
    assert till.program.link is not None
    return till.program.link.sync.shown.state.badge.text


def test_a_till_joins_sells_and_hq_holds_every_entry(home: Home, hq: Live) -> None:
    till = joined(home, hq)
    till.until(lambda: "Online" in badge(till), "the badge online")
    before = hq.rows("event")["event"]

    till.sell("12")
    till.until(lambda: hq.rows("event")["event"] > before, "the sale at HQ")
    till.until(lambda: "Online" in badge(till), "the badge online")
    home.close(till)

    with home.book() as book:
        journal = book.read().execute("SELECT count(*) FROM journal").fetchone()[0]
    assert journal - hq.rows("event")["event"] <= 1  # the lock of the closing, at most


def test_a_new_machine_becomes_a_till_of_the_second_store_from_its_first_picture(
    home: Home, hq: Live
) -> None:
    founding.create_store(hq.hq, "S002", "静安店")
    till = home.till()
    till.program.start()
    wizard = till.wizard
    assert wizard is not None

    till.guide.click(wizard.first.ways.button_of("chain"))
    wizard.first.address.setText(hq.url)
    wizard.first.code.setText("WRNG-CODE-WRNG-CODE")
    till.guide.click(wizard.forward)
    till.until(lambda: "does not know this code" in words_in(wizard), "the refusal")
    wizard.first.code.setText(make_code(hq.hq, "S002", "1 号机"))
    till.guide.click(wizard.forward)
    till.until(lambda: "S002 · 静安店" in words_in(wizard), "what HQ says")
    founded = home.settings.ledger_path.exists()
    till.guide.click(wizard.forward)
    for edit, text in (
        (wizard.number, "1001"),
        (wizard.name, "陈静宜"),
        (wizard.pin, "480913"),
        (wizard.pin_again, "480913"),
    ):
        edit.setText(text)
    till.guide.click(wizard.forward)
    till.until(lambda: "1001" in words_in(wizard), "the greeting")
    till.guide.click(wizard.forward)
    till.until(lambda: till.on_counter, "the counter")
    till.until(lambda: "Online" in badge(till), "the badge online")

    assert not founded
    assert till.desk.shell.shown.state.where == "静安店 · 1 号机"
    home.close(till)
    assert load_settings(home.settings.data_dir).hq_url == hq.url
