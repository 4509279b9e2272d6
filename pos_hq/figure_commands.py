"""The commands that say where a figure comes from."""

from __future__ import annotations

from typing import Annotated

import typer

from pos_app.sync.wire_figures import What
from pos_hq import explaining, persons
from pos_hq.arguments import Folder, Who
from pos_hq.opening import opened
from pos_hq.oversight import moment
from pos_hq.settings import load_settings

commands = typer.Typer(add_completion=False)
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
