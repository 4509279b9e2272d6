"""The commands of the terminal: run, tour, verify, add-operator."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from pos_app import app, verify_command
from pos_app.clock import system_clock
from pos_app.errors import PosError
from pos_app.ids import IntentId, new_id
from pos_app.language import _, speak
from pos_app.ledger import appointments, operators
from pos_app.ledger.appointments import NewOperator
from pos_app.ledger.rules.access import Role
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


@commands.command("add-operator")
def add_operator(
    number: Annotated[str, typer.Option(help="The new staff number.")],
    name: Annotated[str, typer.Option(help="The name on slips.")],
    role: Annotated[Role, typer.Option(help="What the operator is at this store.")] = Role.CASHIER,
    data: Folder = None,
) -> None:
    """Appoint an operator. A manager signs in first; nobody's PIN is ever an argument."""
    settings = _settings(data, demo=False)
    with open_ledger(settings, key_store_of(settings, demo=False), system_clock) as ledger:
        manager = operators.sign_in(
            ledger, typer.prompt(_("Manager's staff number")), _hidden(_("Manager's PIN"))
        )
        pin = typer.prompt(_("PIN of the new operator"), hide_input=True, confirmation_prompt=True)
        new = NewOperator(number, name, role, pin)
        card = appointments.add_operator(ledger, new, by=manager.id, intent=IntentId(new_id()))
    typer.echo(f"{card.number} {card.name}")


def main() -> None:
    """Run a command; an expected failure is one plain sentence and exit code 2."""
    try:
        commands()
    except PosError as fact:
        sys.stderr.write(f"{sentence(fact)}\n")
        sys.exit(2)


def _hidden(asked: str) -> str:
    return str(typer.prompt(asked, hide_input=True))


def _settings(data: Path | None, *, demo: bool) -> Settings:
    settings = load_settings(data)
    if demo:
        folder = data or settings.data_dir / "demo"
        language = settings.language or "zh_CN"
        settings = settings.model_copy(update={"data_dir": folder, "language": language})
    speak(language_for(settings, app.system_languages()))
    return settings
