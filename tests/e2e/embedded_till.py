"""The demo program as a process of its own: it says when its badge is green, and may then close."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QLabel

from pos_app import running
from pos_app.application import make_application
from pos_app.language import speak
from pos_app.settings import Settings
from pos_app.ui.stage.view import Stage

LOOK_MS = 50
GREEN = "green"


def main() -> int:
    """Run the demo of a folder; with --close, close its window as soon as HQ has answered."""
    words = argparse.ArgumentParser()
    words.add_argument("folder", type=Path)
    words.add_argument("--close", action="store_true")
    words.add_argument("--terminals", type=int, default=1)
    told = words.parse_args()
    speak("en")
    application = make_application(["embedded-till"])
    timer = QTimer(application, interval=LOOK_MS)
    timer.timeout.connect(lambda: look(timer, close=told.close))
    timer.start()
    guards = told.folder.with_name("guards")
    settings = Settings(data_dir=told.folder, guard_dir=guards, language="en")
    return running.run(settings, demo=True, terminals=told.terminals)


def look(timer: QTimer, *, close: bool) -> None:
    """Look whether the window says that it is online."""
    stages = [one for one in QApplication.topLevelWidgets() if isinstance(one, Stage)]
    said = [label.text() for stage in stages for label in stage.findChildren(QLabel)]
    if any(text.startswith("Online") for text in said):
        timer.stop()
        sys.stdout.write(f"{GREEN}\n")
        sys.stdout.flush()
        if close:
            stages[0].close()


if __name__ == "__main__":
    sys.exit(main())
