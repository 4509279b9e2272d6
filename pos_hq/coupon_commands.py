"""The command that makes coupon codes for the printer."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from pos_hq import printed_codes
from pos_hq.arguments import By, Folder, day
from pos_hq.opening import opened
from pos_hq.settings import load_settings

commands = typer.Typer(add_completion=False)


@commands.command("print-codes")
def print_codes(
    template: Annotated[str, typer.Argument(help="A coupon template of the programme.")],
    count: Annotated[int, typer.Argument(min=1, max=printed_codes.MOST)],
    out: Annotated[Path, typer.Option("--out", help="The CSV to be made; it must be new.")],
    by: By,
    until: Annotated[
        date | None, typer.Option("--until", parser=day, help="The last day; else the template's.")
    ] = None,
    data: Folder = None,
) -> None:
    """Make codes for the printer, each good once; HQ cannot tell them a second time."""
    with opened(load_settings(data)) as hq:
        printed_codes.ensure_new(out)
        printed = printed_codes.print_codes(hq, template, count, until, by=by)
        printed_codes.write_codes(out, printed)
    ends = printed.valid_until.isoformat()
    typer.echo(f"{len(printed.codes)} codes of {printed.template}, good until {ends}: {out}")
