"""The commands of the terminal: run, tour, verify, add-operator, enrol; and those about copies."""

from __future__ import annotations

import sys
from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from pos_app import copy_commands, recovery, running, verify_command
from pos_app import simulate as simulation
from pos_app.admission import belong
from pos_app.clock import system_clock
from pos_app.command_line import Folder, settings_of
from pos_app.demo.beside import Beside
from pos_app.demo.store import SECOND_FOLDER
from pos_app.errors import PosError
from pos_app.ids import IntentId, new_id
from pos_app.joining import ensure_protected
from pos_app.language import _, _n
from pos_app.ledger import alerts, appointments, day_close, operators
from pos_app.ledger.appointments import NewOperator
from pos_app.ledger.rules.access import Role
from pos_app.linked import transport_to
from pos_app.opening import key_store_of, open_ledger
from pos_app.settings import settings_with_hq
from pos_app.tour import route
from pos_app.ui.text import sentence

commands = typer.Typer(
    help="Member terminal (会员收银终端).", no_args_is_help=True, add_completion=False
)

commands.add_typer(copy_commands.commands)


@commands.command()
def run(
    demo: Annotated[bool, typer.Option("--demo", help="Open a demo store.")] = False,  # noqa: FBT002 -- a switch of the command line
    gallery: Annotated[bool, typer.Option("--gallery", help="Show every component.")] = False,  # noqa: FBT002 -- a switch of the command line
    terminals: Annotated[int, typer.Option(min=1, max=2, help="Windows of the demo store.")] = 1,
    beside: Annotated[Path | None, typer.Option("--beside", hidden=True)] = None,
    data: Folder = None,
) -> None:
    """Open the terminal; with --terminals 2 the demo store opens a second one beside it."""
    if terminals > 1 and not demo:
        raise typer.BadParameter("only a demo store opens two terminals: add --demo")
    if beside is not None:
        settings = settings_of(data or beside / SECOND_FOLDER, demo=True)
        raise typer.Exit(running.run_beside(settings, Beside(beside)))
    settings = settings_of(data, demo=demo)
    if gallery:
        raise typer.Exit(running.run_gallery(settings))
    raise typer.Exit(running.run(settings, demo=demo, terminals=terminals))


@commands.command()
def tour(
    out: Annotated[Path, typer.Option("--out", help="Where pictures and figures go.")],
    data: Folder = None,
    members: Annotated[int, typer.Option(help="How many members the demo store has.")] = 2_000,
) -> None:
    """Drive the real window through a morning at the counter, and keep what it shows."""
    settings = settings_of(data, demo=True)
    raise typer.Exit(route.run(settings, out, members))


@commands.command()
def verify(
    data: Folder = None,
    demo: Annotated[bool, typer.Option("--demo", help="Check the demo store.")] = False,  # noqa: FBT002 -- a switch of the command line
    rebuild: Annotated[bool, typer.Option("--rebuild", help="Replay all, too.")] = False,  # noqa: FBT002 -- a switch of the command line
) -> None:
    """Derive the whole book again and say what was checked; exit 1 with the first fault named."""
    settings = settings_of(data, demo=demo)
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
    settings = settings_of(data, demo=False)
    with open_ledger(settings, key_store_of(settings, demo=False), system_clock) as ledger:
        manager = operators.sign_in(
            ledger, typer.prompt(_("Manager's staff number")), _hidden(_("Manager's PIN"))
        )
        pin = typer.prompt(_("PIN of the new operator"), hide_input=True, confirmation_prompt=True)
        new = NewOperator(number, name, role, pin)
        card = appointments.add_operator(ledger, new, by=manager.id, intent=IntentId(new_id()))
    typer.echo(f"{card.number} {card.name}")


@commands.command("close-day")
def close_day(
    day: Annotated[datetime | None, typer.Option(formats=["%Y-%m-%d"], help="Else today.")] = None,
    data: Folder = None,
) -> None:
    """Close a business day: its figures go to HQ. A manager signs in; no PIN is an argument."""
    settings = settings_of(data, demo=False)
    with open_ledger(settings, key_store_of(settings, demo=False), system_clock) as ledger:
        manager = operators.sign_in(
            ledger, typer.prompt(_("Manager's staff number")), _hidden(_("Manager's PIN"))
        )
        which = ledger.today() if day is None else day.date()
        day_close.close_day(ledger, which, operator=manager.id, intent=IntentId(new_id()))
        odd = alerts.look_around(ledger)
    told = _("Business day {day} is closed. HQ gets its figures when the till is next online.")
    typer.echo(told.format(day=which.isoformat()))
    if odd:
        waiting = _n("{count} alert to be looked at", "{count} alerts to be looked at", odd)
        typer.echo(waiting.format(count=odd))


@commands.command()
def enrol(
    hq: Annotated[str, typer.Option("--hq", help="HQ's address, https://…")],
    data: Folder = None,
) -> None:
    """Let this till belong to an HQ, founding its book where it has none. The code is asked for."""
    settings = settings_with_hq(settings_of(data, demo=False), hq)
    keys, way = key_store_of(settings, demo=False), transport_to(settings, settings.hq_url)
    joined = belong(settings, keys, system_clock, way, _code_of_hq)
    told = (
        _("This till now belongs to HQ: {store}, {till}.")
        if joined.anew
        else _("This till belonged to this HQ already: {store}, {till}. The address is kept.")
    )
    typer.echo(told.format(store=joined.store_name, till=joined.terminal_name))


@commands.command()
def recover(
    hq: Annotated[str, typer.Option("--hq", help="HQ's address, https://…")],
    data: Folder = None,
) -> None:
    """Bring this till back after a lost disk or an old copy of it, with a code that HQ made."""
    settings = settings_with_hq(settings_of(data, demo=False), hq)
    ensure_protected(settings.hq_url)
    keys, way = key_store_of(settings, demo=False), transport_to(settings, settings.hq_url)
    back = recovery.recover(settings, keys, system_clock, way, _code_of_hq)
    told = _("This till is back: {store}, {till}, epoch {epoch}. Members come from HQ.")
    facts = {"store": back.store_name, "till": back.terminal_name, "epoch": back.epoch}
    typer.echo(told.format(**facts))


@commands.command()
def simulate(
    seeds: Annotated[int, typer.Option(min=1, help="How many schedules of faults to play.")] = 200,
    first: Annotated[int, typer.Option(min=0, help="The number of the first one.")] = 0,
    data: Folder = None,
) -> None:
    """Play stores, tills and HQ through seeded faults; exit 1 where a promise was broken."""
    settings_of(data, demo=False)
    raise typer.Exit(simulation.simulate(seeds, first))


def main() -> None:
    """Run a command; an expected failure is one plain sentence and exit code 2."""
    try:
        commands()
    except PosError as fact:
        sys.stderr.write(f"{sentence(fact)}\n")
        sys.exit(2)


def _code_of_hq() -> str:
    return str(typer.prompt(_("One-time code of HQ")))


def _hidden(asked: str) -> str:
    return str(typer.prompt(asked, hide_input=True))
