"""The commands of the terminal: run, tour, verify."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from pos_app import app, verify_command
from pos_app.clock import system_clock
from pos_app.errors import PosError
from pos_app.language import speak
from pos_app.opening import key_store_of, open_ledger
from pos_app.settings import Settings, language_for, load_settings
from pos_app.tour import route
from pos_app.ui.text import sentence

commands = typer.Typer(
    help="Member terminal (会员收银终端).", no_args_is_help=True, add_completion=False
)

Folder = Annotated[Path | None, typer.Option("--data", help="The folder of the ledger.")]


@commands.command()
def run(
    demo: Annotated[bool, typer.Option("--demo", help="Open a demo store.")] = False,  # noqa: FBT002 -- a switch of the command line
    gallery: Annotated[bool, typer.Option("--gallery", help="Show every component.")] = False,  # noqa: FBT002 -- a switch of the command line
    data: Folder = None,
) -> None:
    """Open the terminal."""
    settings = _settings(data, demo=demo)
    raise typer.Exit(app.run_gallery(settings) if gallery else app.run(settings, demo=demo))


@commands.command()
def tour(
    out: Annotated[Path, typer.Option("--out", help="Where pictures and figures go.")],
    data: Folder = None,
    members: Annotated[int, typer.Option(help="How many members the demo store has.")] = 2_000,
) -> None:
    """Drive the real window through a morning at the counter, and keep what it shows."""
    settings = _settings(data, demo=True)
    raise typer.Exit(route.run(settings, out, members))


@commands.command()
def verify(
    data: Folder = None,
    demo: Annotated[bool, typer.Option("--demo", help="Check the demo store.")] = False,  # noqa: FBT002 -- a switch of the command line
    rebuild: Annotated[bool, typer.Option("--rebuild", help="Replay all, too.")] = False,  # noqa: FBT002 -- a switch of the command line
) -> None:
    """Derive the whole book again and say what was checked; exit 1 with the first fault named."""
    settings = _settings(data, demo=demo)
    with open_ledger(settings, key_store_of(settings, demo=demo), system_clock) as ledger:
        code = verify_command.run_verify(ledger, rebuild=rebuild, out=sys.stdout)
    raise typer.Exit(code)


def main() -> None:
    """Run a command; an expected failure is one plain sentence and exit code 2."""
    try:
        commands()
    except PosError as fact:
        sys.stderr.write(f"{sentence(fact)}\n")
        sys.exit(2)


def _settings(data: Path | None, *, demo: bool) -> Settings:
    settings = load_settings(data)
    if demo:
        folder = data or settings.data_dir / "demo"
        language = settings.language or "zh_CN"
        settings = settings.model_copy(update={"data_dir": folder, "language": language})
    speak(language_for(settings, app.system_languages()))
    return settings
