"""The commands that say where a figure comes from."""

from __future__ import annotations

from typing import Annotated

import typer

from pos_app.ledger.rules.liability import Pockets
from pos_app.sync.wire_figures import What
from pos_hq import explaining, liability, persons
from pos_hq.arguments import FirstDay, Folder, OneStore, ToDay, Who
from pos_hq.opening import opened
from pos_hq.oversight import moment
from pos_hq.settings import load_settings

commands = typer.Typer(add_completion=False)
_COLUMNS = ("opening", "top_ups", "spent", "refunds", "closures", "adjustments", "closing")
OfWhat = Annotated[What, typer.Argument(help="The figure.")]


@commands.command("explain")
def explain(who: Who, what: OfWhat, data: Folder = None) -> None:
    """Lead a member's figure back to its events; exit 1 where they do not add up to it.

    Each part and where it lies; each event: when (UTC), node.epoch.seq, kind, amount, the figure
    after it. Money in fen.
    """
    with opened(load_settings(data)) as hq:
        member = persons.find(hq, who)
        page = explaining.explain(hq, member, what)
        typer.echo(f"{page.member} {what} {page.figure}")
        for part in page.parts:
            places = [f"free {part.free}", *(f"{at} {held}" for at, held in part.held.items())]
            again = f", given again {part.given_again}" if part.given_again else ""
            typer.echo(f"  {part.ref or '-'} {part.amount}: {', '.join(places)}{again}")
        while True:
            for step in page.steps:
                place = f"{step.node}.{step.epoch}.{step.seq}"
                typer.echo(f"{moment(step.at)} {place} {step.kind} {step.amount:+} {step.after}")
            if page.next is None:
                break
            page = explaining.explain(hq, member, what, page.next)
    difference = page.figure - page.explained
    typer.echo("✔ even" if page.even else f"✘ {difference} is explained by no event")
    raise typer.Exit(0 if page.even else 1)


@commands.command("liability")
def show_liability(
    first: FirstDay = None, last: ToDay = None, store: OneStore = None, data: Folder = None
) -> None:
    """Roll the stored-value liability forward; exit 1 where it is not what the lots hold.

    Principal and bonus in yuan: by the store of the top-up, then who spent what where, less
    refunds, and what a bank must hold in custody.
    """
    with opened(load_settings(data)) as hq:
        found = liability.roll_forward(hq, first, last, store)
    for roll in found.rolls:
        _tell_roll(roll.store or "(unknown)", roll)
    _tell_roll("all stores" if store is None else store, found.total)
    typer.echo("topped up at / spent at")
    for one in found.settled:
        _tell_line(f"{one.sold_at or '(unknown)'} / {one.spent_at}", one.spent)
    _tell_line("given again for lost tills", found.given_again)
    for issuer, share in found.custody.items():
        typer.echo(f"  {f'custody, {issuer.value}':<30}{_yuan(share.minor):>18}")
    typer.echo("✔ even" if found.even else "✘ not even")
    raise typer.Exit(0 if found.even else 1)


def _tell_roll(name: str, roll: liability.Roll) -> None:
    typer.echo(name)
    for column in _COLUMNS:
        _tell_line(column.replace("_", "-"), getattr(roll.moved, column))
    _tell_line("lots", roll.lots)
    if roll.difference != Pockets():
        _tell_line("✘ difference", roll.difference)


def _tell_line(name: str, pockets: Pockets) -> None:
    sums = f"{_yuan(pockets.principal.minor):>18}{_yuan(pockets.bonus.minor):>18}"
    typer.echo(f"  {name:<30}{sums}")


def _yuan(fen: int) -> str:
    sign = "-" if fen < 0 else ""
    return f"{sign}{abs(fen) // 100:,}.{abs(fen) % 100:02}"
