"""What the commands of HQ are told, and how it is read."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path
from typing import Annotated
from uuid import UUID

import typer

_CODE = re.compile(r"[A-Za-z0-9._-]{1,32}")


def _identity(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        raise typer.BadParameter("not an identity of 32 hexadecimal digits") from None


def store_code(text: str) -> str:
    """Return a store's code as it was typed."""
    if not _CODE.fullmatch(text):
        raise typer.BadParameter("letters, digits, dot, dash and underscore; 32 at most")
    return text


def day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise typer.BadParameter("not a day like 2026-06-15") from None


def month_of(text: str) -> date:
    """Return the first day of a month. Raises BadParameter."""
    try:
        return date.fromisoformat(f"{text}-01")
    except ValueError:
        raise typer.BadParameter("not a month like 2026-06") from None


Folder = Annotated[Path | None, typer.Option("--data", help="The folder of HQ's data.")]
StoreCode = Annotated[str, typer.Argument(parser=store_code, help="The store's code.")]
Name = Annotated[str, typer.Argument(help="The name, as on slips.")]
Node = Annotated[UUID, typer.Argument(parser=_identity, help="The terminal's identity.")]
KnownNode = Annotated[
    UUID | None, typer.Option("--node", parser=_identity, help="The terminal that comes back.")
]
Epoch = Annotated[int, typer.Argument(min=1, help="The epoch of its ledger.")]
KnownEpoch = Annotated[
    int | None, typer.Option("--epoch", min=1, help="Else the epoch that is alive.")
]
KeyFile = Annotated[Path, typer.Option("--out", help="The file to be made; it must be new.")]
By = Annotated[str, typer.Option("--by", help="Who decides; it is written down.")]
Reason = Annotated[str, typer.Option("--reason", help="Why; it is written down.")]
Who = Annotated[str, typer.Argument(help="A member's phone, or identity of 32 digits.")]
Case = Annotated[UUID, typer.Argument(parser=_identity, help="The exception's identity.")]
Day = Annotated[date, typer.Argument(parser=day, help="The business day, like 2026-06-15.")]
Alert = Annotated[UUID, typer.Argument(parser=_identity, help="The alert's identity.")]
OfDay = Annotated[
    date | None, typer.Option("--day", parser=day, help="A day like 2026-06-15; else today.")
]
LastDay = Annotated[
    date | None, typer.Option("--until", parser=day, help="The last day, like 2026-12-31.")
]
FirstDay = Annotated[
    date | None, typer.Option("--from", parser=day, help="A day like 2026-06-01; else all.")
]
ToDay = Annotated[
    date | None, typer.Option("--to", parser=day, help="A day like 2026-06-30; else until now.")
]
OneStore = Annotated[str | None, typer.Option("--store", help="Only lots topped up there.")]
Counts = Annotated[
    Path | None,
    typer.Option("--tenders", exists=True, dir_okay=False, help="What was counted: CSV."),
]
BundleFile = Annotated[
    Path, typer.Argument(exists=True, dir_okay=False, help="The file that the till exported.")
]
Programme = Annotated[
    Path, typer.Option("--programme", exists=True, dir_okay=False, help="The first programme.")
]
NewProgramme = Annotated[
    Path, typer.Argument(exists=True, dir_okay=False, help="The programme's file: TOML.")
]
Version = Annotated[str, typer.Argument(help="A version, as `programme list` shows it.")]
AcceptedLoss = Annotated[
    int | None,
    typer.Option(
        min=0,
        metavar="FEN",
        help="The most that offline credit can lose, said back as `programme check` shows it.",
    ),
]
KnownVersion = Annotated[
    str | None, typer.Argument(help="A version to compare with; else the one in force.")
]
Days = Annotated[int, typer.Option("--days", min=1, max=366, help="How many days to replay.")]
