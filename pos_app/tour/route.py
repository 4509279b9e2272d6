"""The whole tour: in order, on the real ledger, with its figures checked at the end."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from pos_app.app import Program
from pos_app.application import make_application
from pos_app.demo.credentials import Login
from pos_app.demo.store import HQ_FOLDER, Size
from pos_app.documents.slip_raster import to_png
from pos_app.embedded import EmbeddedHq, embedded_hq
from pos_app.language import speak
from pos_app.ledger.ledger import Ledger
from pos_app.ledger.proof import prove
from pos_app.raster import Raster
from pos_app.settings import Settings, has_display
from pos_app.tour import apart, pages, scenes
from pos_app.tour.guide import Guide
from pos_app.tour.visit import Visit
from pos_app.ui.paper.slips import Receipt

SIZE = (1366, 768)
LARGE = (1920, 1080)
_MAKING_MS = 600_000


def run(settings: Settings, out: Path, members: int) -> int:
    """Walk the tour; leave pictures, slips and `tour.json` in a folder. Return the exit code."""
    out.mkdir(parents=True, exist_ok=True)
    unseen = [] if has_display() else ["-platform", "offscreen"]
    application = make_application(["member-terminal", *unseen])
    slips = _Slips(out)
    settings = settings.model_copy(update={"theme": "light", "density": "compact"})
    hq = embedded_hq(settings.data_dir / HQ_FOLDER)
    program = Program(application, settings, demo=_size(members), hq=hq, proof=slips.keep)
    visit = Visit(program, Guide(program.stage, out), hq=hq)
    try:
        _morning(visit)
        _other_looks(visit, settings)
    finally:
        if hq is not None:
            hq.stop()
    _write(out, visit, slips)
    return 0


def _morning(visit: Visit) -> None:
    program = visit.program
    program.show_credentials = False
    program.start()
    program.stage.resize(*SIZE)
    visit.guide.until(lambda: program.desk is not None, "the demo store", _MAKING_MS)
    _walk(visit)
    visit.figures["checks"] = visit.at_ledger(_counts)
    _end(program)


def _walk(visit: Visit) -> None:
    scenes.sign_in(visit)
    login = visit.payer()
    scenes.find(visit, login)
    slip = scenes.pay_with_everything(visit, login)
    scenes.pay_in_two_ways(visit, login)
    scenes.sell_for_cash(visit)
    scenes.put_aside(visit)
    pages.register(visit)
    pages.top_up(visit)
    pages.give_back(visit, slip)
    pages.look_closer(visit, login)
    pages.read_the_journal(visit)
    if visit.hq is not None:
        _walk_apart(visit, visit.hq, login)
    pages.lock(visit)


def _walk_apart(visit: Visit, hq: EmbeddedHq, served: Login) -> None:
    login = apart.lose_hq(visit, hq, served)
    apart.pay_from_the_holding(visit, login)
    apart.ask_for_more(visit, login)
    apart.look_what_waits(visit)
    left = apart.spend_elsewhere(visit, hq, login)
    apart.come_back(visit, login, left)
    apart.close_the_day(visit, hq)


def _other_looks(visit: Visit, settings: Settings) -> None:
    """Show the loaded counter large and dark, and in English: the same ledger, other looks."""
    for theme, language, size, name in (
        ("dark", "zh_CN", LARGE, "counter-dark"),
        ("light", "zh_CN", LARGE, "counter-large"),
        ("light", "en", SIZE, "counter-english"),
        ("light", "zh_TW", SIZE, "counter-traditional"),
    ):
        speak(language)
        density = "comfortable" if size == LARGE else "compact"
        looks = settings.model_copy(
            update={"theme": theme, "language": language, "density": density}
        )
        _one_look(visit, looks, size, name)
    speak(settings.language)


def _one_look(visit: Visit, settings: Settings, size: tuple[int, int], name: str) -> None:
    program = Program(visit.program.application, settings, demo=visit.program.demo, hq=visit.hq)
    program.show_credentials = False
    other = Visit(program, visit.guide.moved_to(program.stage))
    program.start()
    program.stage.resize(*size)
    other.guide.until(lambda: program.desk is not None, "the ledger")
    cashier = other.credentials.cashier
    program.sign_in_view.number.setText(cashier.number)
    other.guide.fill(program.sign_in_view.pin, cashier.pin)
    other.guide.until(lambda: other.on_counter, "the counter")
    other.guide.until(lambda: other.is_online, "the link to HQ", _MAKING_MS)
    other.guide.scan(other.payer().number)
    other.guide.until(lambda: other.counter_state.loaded is not None, "the member")
    other.guide.press(scenes.Key.Key_F2)
    other.guide.type("328")
    other.guide.until(lambda: other.quote is not None, "a price")
    other.guide.wait(300)
    other.guide.shoot(name)
    _end(program)


def _end(program: Program) -> None:
    """Close a program, and destroy its window: a hidden one is dressed again by every other."""
    program.close()
    program.stage.hide()
    program.stage.deleteLater()


def _counts(ledger: Ledger) -> dict[str, int]:
    counts = {}
    for checked in prove(ledger):
        assert checked.fault is None, checked.fault
        counts[checked.check] = checked.count
    return counts


class _Slips:
    """Keeps a picture of every slip that went to the printer."""

    def __init__(self, out: Path) -> None:
        self._out = out
        self.names: list[str] = []

    def keep(self, receipt: Receipt, raster: Raster) -> None:
        name = f"slip-{len(self.names) + 1:02}-{receipt.stamp.slip}.png"
        (self._out / name).write_bytes(to_png(raster))
        self.names.append(name)


def _size(members: int) -> Size:
    whole = Size()
    wallets = min(whole.wallets, members)
    return Size(members, whole.visits * members // whole.members, wallets, whole.seed)


def _write(out: Path, visit: Visit, slips: _Slips) -> None:
    told: dict[str, Any] = {
        "pictures": visit.guide.pictures,
        "slips": slips.names,
        "figures": visit.figures,
    }
    text = json.dumps(told, ensure_ascii=False, indent=2)
    (out / "tour.json").write_text(text + "\n", encoding="utf-8")
