"""The whole tour: in order, on the real ledger, with its figures checked at the end."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from pos_app import app as root
from pos_app.app import Program
from pos_app.demo.store import Size
from pos_app.documents.slip_raster import to_png
from pos_app.language import speak
from pos_app.ledger.ledger import Ledger
from pos_app.ledger.proof import prove
from pos_app.raster import Raster
from pos_app.settings import Settings, has_display
from pos_app.tour import pages, scenes
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
    application = root.make_application(["member-terminal", *unseen])
    slips = _Slips(out)
    settings = settings.model_copy(update={"theme": "light", "density": "compact"})
    program = Program(application, settings, demo=_size(members), proof=slips.keep)
    visit = Visit(program, Guide(program.stage, out))
    program.show_credentials = False
    program.start()
    program.stage.resize(*SIZE)
    visit.guide.until(lambda: program.desk is not None, "the demo store", _MAKING_MS)
    _walk(visit)
    visit.figures["checks"] = _checked(visit)
    _end(program)
    _other_looks(visit, settings)
    _write(out, visit, slips)
    return 0


def _walk(visit: Visit) -> None:
    login = visit.payer()
    scenes.sign_in(visit)
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
    pages.lock(visit)


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
    program = Program(visit.program.application, settings, demo=visit.program.demo)
    program.show_credentials = False
    other = Visit(program, visit.guide.moved_to(program.stage))
    program.start()
    program.stage.resize(*size)
    other.guide.until(lambda: program.desk is not None, "the ledger")
    cashier = other.credentials.cashier
    program.sign_in_view.number.setText(cashier.number)
    other.guide.fill(program.sign_in_view.pin, cashier.pin)
    other.guide.until(lambda: other.on_counter, "the counter")
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


def _checked(visit: Visit) -> dict[str, int]:
    """Derive the whole book again on its own lane; return how many things each check looked at."""
    found: list[dict[str, int]] = []
    ledger = visit.program.ledger
    visit.program.lane.run(lambda: _counts(ledger), done=found.append, failed=_lost)
    visit.guide.until(lambda: bool(found), "the checks", _MAKING_MS)
    return found[0]


def _counts(ledger: Ledger) -> dict[str, int]:
    counts = {}
    for checked in prove(ledger):
        assert checked.fault is None, checked.fault
        counts[checked.check] = checked.count
    return counts


def _lost(fact: Exception) -> None:
    raise fact


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
