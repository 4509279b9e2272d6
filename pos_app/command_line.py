"""What the commands have in common: their folder, their settings, and the language they speak."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from pos_app import application
from pos_app.language import speak
from pos_app.settings import Settings, language_for, load_settings

Folder = Annotated[Path | None, typer.Option("--data", help="The folder of the ledger.")]


def settings_of(data: Path | None, *, demo: bool = False) -> Settings:
    """Read the settings, and speak their language from now on. Raises SettingsRefused."""
    settings = load_settings(data)
    if demo:
        folder = data or settings.data_dir / "demo"
        language = settings.language or "zh_CN"
        settings = settings.model_copy(update={"data_dir": folder, "language": language})
    speak(language_for(settings, application.system_languages()))
    return settings
