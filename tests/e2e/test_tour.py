"""The tour walks the whole morning twice on one book, and tells nothing about anybody."""

import json
import logging
import struct
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QApplication

from pos_app.demo.credentials import kept
from pos_app.ledger.journal_page import JournalFilter, page
from pos_app.ledger.proof import prove
from pos_app.ledger.store.event import Kind
from pos_app.opening import key_store_of, open_ledger
from pos_app.tour import route
from pos_app.tour.guide import Guide, TourLost
from tests.terminal import Home, at_home

MEMBERS = 40
SALES = {
    "stored value, coupon and points",
    "split payment",
    "cash",
    "stored value without HQ",
}
APART = ("not covered without HQ", "second terminal", "reconciliation")
LARGE_ONES = ("counter-dark", "counter-large")


@dataclass
class Toured:
    """What a tour left behind."""

    code: int
    folder: Path
    told: dict[str, Any]
    log: str

    @property
    def pictures(self) -> list[str]:
        return list(self.told["pictures"])

    @property
    def slips(self) -> list[str]:
        return list(self.told["slips"])


@pytest.fixture
def home(tmp_path: Path, qapp: QApplication) -> Iterator[Home]:
    with at_home(tmp_path, qapp) as made:
        yield made
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)  # the last window


def tour(home: Home, name: str) -> Toured:
    """Walk the tour, with everything logged that the program logs."""
    log, folder = home.shots / f"{name}.log", home.shots / name
    listener = logging.FileHandler(log, encoding="utf-8")
    logging.getLogger().addHandler(listener)
    settings = home.settings.model_copy(update={"language": "zh_CN"})
    try:
        code = route.run(settings, folder, MEMBERS)
    finally:
        logging.getLogger().removeHandler(listener)
        listener.close()
    told = json.loads((folder / "tour.json").read_text("utf-8"))
    return Toured(code, folder, told, log.read_text("utf-8"))


def size_of(picture: Path) -> tuple[int, int]:
    """Read width and height from the head of a PNG file."""
    head = picture.read_bytes()[:24]
    assert head.startswith(b"\x89PNG\r\n\x1a\n")
    width, height = struct.unpack(">II", head[16:24])
    return width, height


def secrets_of(home: Home) -> list[str]:
    """Return every PIN of the demo and every phone number in its book."""
    known = kept(home.settings.data_dir)
    assert known is not None
    logins = (known.manager, known.cashier, *known.members)
    phones = [login.number for login in known.members]
    return [*(login.pin for login in logins), *phones]


def secrets_told(toured: Toured, kept_back: list[str]) -> list[str]:
    text = (toured.folder / "tour.json").read_text("utf-8") + toured.log
    names = "\n".join(path.name for path in toured.folder.iterdir())
    return [one for one in kept_back if one in text + names]


@pytest.mark.timeout(600)
def test_the_tour_walks_the_whole_morning_and_a_second_one_the_next(
    home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = tour(home, "first")
    monkeypatch.setattr(route, "_other_looks", no_other_looks)  # they were seen already
    second = tour(home, "second")

    for toured in (first, second):
        assert toured.code == 0
        assert_pictures(toured)
        assert_slips(toured)
        assert_figures(toured)
        assert secrets_told(toured, secrets_of(home)) == []
    assert_book(home, first, second)


def no_other_looks(*_looks: object) -> None:
    """Leave the second tour at the till."""


def assert_pictures(toured: Toured) -> None:
    assert len(toured.pictures) == len(set(toured.pictures)) > 25
    for number, name in enumerate(toured.pictures, 1):
        assert name.startswith(f"{number:02}-")
        large = name.removesuffix(".png").endswith(LARGE_ONES)
        assert size_of(toured.folder / name) == (route.LARGE if large else route.SIZE), name


def assert_slips(toured: Toured) -> None:
    assert len(toured.slips) == 6  # four sales, a top-up and a refund
    assert {size_of(toured.folder / name)[0] for name in toured.slips} == {576}
    on_disk = {path.name for path in toured.folder.iterdir()}
    assert on_disk == {*toured.pictures, *toured.slips, "tour.json"}


def assert_figures(toured: Toured) -> None:
    figures = toured.told["figures"]
    sales = {name: figures[name] for name in SALES}
    assert set(figures) == SALES | {*APART, "checks"}
    assert sales["cash"]["amount"] == "¥128.60"
    assert all(any(sale["slip"] in slip for slip in toured.slips) for sale in sales.values())
    assert figures["checks"]["chain"] > 100
    assert figures["not covered without HQ"]["offers"]
    assert (figures["second terminal"]["granted"], figures["second terminal"]["reason"]) == (
        0,
        "not_covered",
    )
    assert figures["reconciliation"]["cells"] > 20
    assert (figures["reconciliation"]["terminals"], figures["reconciliation"]["differences"]) == (
        2,
        0,
    )
    assert figures["reconciliation"]["result"] == "even"


def assert_book(home: Home, first: Toured, second: Toured) -> None:
    """Expect a sound book that holds the sales of both tours."""
    before, after = (one.told["figures"]["checks"]["chain"] for one in (first, second))
    assert after > before
    store = key_store_of(home.settings, demo=True)
    with open_ledger(home.settings, store, home.clock) as ledger:
        assert [checked.fault for checked in prove(ledger) if checked.fault] == []
        slips = {line.slip for line in page(ledger, JournalFilter(kinds=(Kind.SALE,)))}
    taken = {
        told["slip"]
        for one in (first, second)
        for name, told in one.told["figures"].items()
        if name in SALES
    }
    assert len(taken) == 8
    assert taken <= slips


def test_what_does_not_come_is_named(home: Home) -> None:
    till = home.till()
    guide = Guide(till.program.stage, home.shots)

    with pytest.raises(TourLost, match="the moon"):
        guide.until(lambda: False, "the moon", patience_ms=60)
