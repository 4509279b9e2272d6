"""What a person starts: the till, a second one beside it, the gallery of its parts."""

from __future__ import annotations

import sys

from pos_app.app import Program
from pos_app.application import (
    fill_screen,
    make_application,
    stand_left,
    stand_right,
    theme_for,
)
from pos_app.demo.beside import Beside
from pos_app.demo.store import HQ_FOLDER, Size
from pos_app.embedded import EmbeddedHq, embedded_hq
from pos_app.second_terminal import SecondTerminal
from pos_app.settings import Settings
from pos_app.ui.kit.gallery import GalleryWindow


def run(settings: Settings, *, demo: bool, terminals: int = 1) -> int:
    """Open the terminal and stay until it is closed; return the exit code.

    A demo has an HQ of its own, and a second terminal on request: HQ stops behind the last one.
    """
    app = make_application(sys.argv)
    hq = embedded_hq(settings.data_dir / HQ_FOLDER) if demo else None
    second = SecondTerminal(settings.data_dir, hq) if terminals > 1 else None
    program = Program(app, settings, demo=Size() if demo else None, hq=hq)
    if second is not None:
        program.opened = second.begin
    program.start()
    if second is not None:
        stand_left(program.stage)
    code = app.exec()
    if second is not None:
        second.wait()
    if hq is not None:
        hq.stop()
    return code


def run_beside(settings: Settings, demo: Beside) -> int:
    """Open the second terminal of a demo store, whose first one has started HQ."""
    app = make_application(sys.argv)
    hq = EmbeddedHq(demo.first / HQ_FOLDER, settings.hq_url)
    program = Program(app, settings, demo=demo, hq=hq)
    program.start()
    stand_right(program.stage)
    return app.exec()


def run_gallery(settings: Settings) -> int:
    """Show every component in every state."""
    app = make_application(sys.argv)
    window = GalleryWindow(theme_for(app, settings))
    fill_screen(window)
    window.show()
    return app.exec()
