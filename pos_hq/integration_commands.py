"""The commands about the shop's other systems, and the keys with which they come to HQ."""

from __future__ import annotations

from datetime import date
from typing import Annotated

import typer

from pos_hq import integrations, points_report
from pos_hq.arguments import Folder, month_of
from pos_hq.integrations import Scope
from pos_hq.opening import opened
from pos_hq.oversight import moment
from pos_hq.settings import load_settings

commands = typer.Typer(add_completion=False)
OfMonth = Annotated[
    date | None, typer.Option("--month", parser=month_of, help="Like 2026-06; else this month.")
]
System = Annotated[str, typer.Argument(help="The system's name.")]
Scopes = Annotated[
    list[Scope] | None, typer.Option("--scope", help="What the key opens; else behaviours.")
]


@commands.command("create-integration")
def create_integration(name: System, scope: Scopes = None, data: Folder = None) -> None:
    """Make a key for another system of the shop; it is shown once.

    Where the system was shut out, it goes on with the new key.
    """
    with opened(load_settings(data)) as hq:
        typer.echo(integrations.create(hq, name, scope or [Scope.BEHAVIOURS]))


@commands.command("revoke-integration")
def revoke_integration(name: System, data: Folder = None) -> None:
    """Shut a system out, at once; a new key lets it in again."""
    with opened(load_settings(data)) as hq:
        integrations.revoke(hq, name)
    typer.echo(f"{name} revoked")


@commands.command("integrations")
def show_integrations(data: Folder = None) -> None:
    """List the systems: when the key was made (UTC), when it was revoked, scopes, name."""
    with opened(load_settings(data)) as hq:
        for one in integrations.listed(hq):
            ended = "works" if one.revoked_at is None else moment(one.revoked_at)
            typer.echo(f"{moment(one.made_at)} {ended} {','.join(sorted(one.scopes))} {one.name}")


@commands.command("points-report")
def show_points(month: OfMonth = None, data: Folder = None) -> None:
    """Show a month's points: redemption rate, what moved them, and what is owed for them.

    Each line is a figure, its unit (bp: hundredths of a percent; CNY: fen), how many transfers or
    orders were counted, and the figures it was worked out from.
    """
    with opened(load_settings(data)) as hq:
        told = points_report.report(hq, month)
    typer.echo(f"{told.month} until {told.until} alarm {told.alarm or 'none'}")
    for one in told.figures:
        base = " ".join(f"{name}={amount}" for name, amount in one.base.items())
        amount = "-" if one.amount is None else str(one.amount)
        typer.echo(f"{one.name:<30} {amount:>14} {one.unit:<3} {one.count:>8} {base}".rstrip())
