"""The commands of HQ: founding it, serving it, and its stores and terminals."""

from __future__ import annotations

import os
import sys
from contextlib import nullcontext
from pathlib import Path
from typing import Annotated

import typer

from pos_app.errors import PosError
from pos_app.ids import NodeId
from pos_hq import (
    benefit_commands,
    coupon_commands,
    enrolment,
    figure_commands,
    founding,
    integration_commands,
    job_commands,
    keys,
    nights,
    opening,
    oversight,
    programme_commands,
    radar_commands,
)
from pos_hq.api.application import create_app
from pos_hq.api.limits import Limits, Rate
from pos_hq.api.server import Listening
from pos_hq.api.server import serve as serve_app
from pos_hq.arguments import Folder, KnownNode, Name, Node, Programme, StoreCode
from pos_hq.facts import FoundedAlready
from pos_hq.logbook import start_log
from pos_hq.sentences import sentence
from pos_hq.settings import Settings, load_settings
from pos_hq.store.trouble import BUSY

commands = typer.Typer(
    help="HQ of the member terminals (会员总部).", no_args_is_help=True, add_completion=False
)

commands.add_typer(oversight.commands)
commands.add_typer(job_commands.commands)
commands.add_typer(coupon_commands.commands)
commands.add_typer(integration_commands.commands)
commands.add_typer(figure_commands.commands)
commands.add_typer(radar_commands.commands)
commands.add_typer(programme_commands.commands, name="programme")
commands.add_typer(benefit_commands.commands, name="benefits")

_BURST = 4
DEFAULT_PROGRAMME = Path(__file__).parents[1] / "resources" / "programme.default.toml"


@commands.command()
def init(programme: Programme = DEFAULT_PROGRAMME, data: Folder = None) -> None:
    """Found HQ: make its secrets and an empty ledger. Only once.

    An HQ that was founded before there was an escrow gets its own, and nothing else is changed.
    """
    settings = load_settings(data)
    try:
        opening.found(settings, programme.read_bytes())
        told = "HQ is founded."
    except FoundedAlready:
        if not opening.add_escrow(settings):
            raise
        told = (
            "HQ has an escrow now: terminals that are enrolled from now on seal their keys to it."
        )
    typer.echo(f"{told} Its secrets lie here, readable by this account only:")
    for path in keys.places(settings):
        typer.echo(f"  {path}")
    typer.echo("Copy them to a safe place now. They are in no backup of the database, and")
    typer.echo("without them no terminal trusts this HQ, no PIN can be checked, and no dead")
    typer.echo("terminal's disk can be read.")


@commands.command()
def serve(
    data: Folder = None,
    until_eof: Annotated[bool, typer.Option("--until-eof", help="End with its parent.")] = False,  # noqa: FBT002 -- a switch of the command line
    nightly: Annotated[bool, typer.Option("--nightly", help="Needs no timer.")] = False,  # noqa: FBT002 -- a switch of the command line
) -> None:
    """Serve the terminals until the process is asked to end.

    With --until-eof also when standard input ends: whoever started it has closed it, or died.
    With --nightly it does each day by itself what `nightly` does.
    """
    settings = load_settings(data)
    start_log(settings.log_path)
    at = Listening(
        settings.host,
        settings.port,
        settings.tls_cert,
        settings.tls_key,
        settings.connections_most,
    )
    with opening.opened(settings) as hq, nights.kept(hq) if nightly else nullcontext():
        last = _input_ends if until_eof else None
        serve_app(create_app(hq, limits_of(settings)), at, _ready, last)


@commands.command("create-store")
def create_store(code: StoreCode, name: Name, data: Folder = None) -> None:
    """Open a store."""
    enrolment.ensure_name(name)
    with opening.opened(load_settings(data)) as hq:
        made = founding.create_store(hq, code, name)
    typer.echo(f"{made.code} {made.name}")


@commands.command()
def stores(data: Folder = None) -> None:
    """List the stores."""
    with opening.opened(load_settings(data)) as hq:
        for store in founding.stores(hq):
            typer.echo(f"{store.code} {store.name}")


@commands.command("enrol-code")
def enrol_code(
    store: StoreCode, terminal: Name, node: KnownNode = None, data: Folder = None
) -> None:
    """Make a code that enrols one terminal within 15 minutes; it is shown once."""
    with opening.opened(load_settings(data)) as hq:
        typer.echo(enrolment.make_code(hq, store, terminal, None if node is None else NodeId(node)))


@commands.command()
def nodes(data: Folder = None) -> None:
    """List the terminals: identity, epoch, status, last session (UTC), store and name."""
    with opening.opened(load_settings(data)) as hq:
        for row in enrolment.nodes(hq):
            status = f"{row.status},frozen" if row.frozen else row.status
            what = f"{row.id.hex} {row.epoch} {status} {oversight.moment(row.seen_at)}"
            typer.echo(f"{what} {row.store} {row.terminal_name}")


@commands.command()
def revoke(node: Node, data: Folder = None) -> None:
    """Shut a terminal out, at once and for ever."""
    with opening.opened(load_settings(data)) as hq:
        enrolment.revoke(hq, NodeId(node))
    typer.echo(f"{node.hex} revoked")


def limits_of(settings: Settings) -> Limits:
    """Return the limits that the settings ask for."""

    def rate(per_second: int) -> Rate:
        return Rate(per_second, per_second * _BURST)

    return Limits(
        body_seconds=settings.body_seconds,
        address=rate(settings.address_per_second),
        stranger=rate(settings.stranger_per_second),
        node=rate(settings.node_per_second),
    )


def main() -> None:
    """Run a command; an expected failure is one plain sentence and exit code 2."""
    try:
        commands()
    except PosError as fact:
        _give_up(sentence(fact))
    except BUSY:
        _give_up("The database is not there, or has no time. Nothing was changed.")


def _give_up(told: str) -> None:
    sys.stderr.write(f"{told}\n")
    sys.exit(2)


def _input_ends() -> None:
    """Wait for the end of standard input, below its buffer: no lock is held when all ends."""
    while os.read(sys.stdin.fileno(), 1024):
        pass


def _ready(address: str) -> None:
    typer.echo(f"HQ is ready at {address}")
    sys.stdout.flush()
