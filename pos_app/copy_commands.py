"""The commands about copies: backup, restore, verify-copy, salvage."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from pos_app.clock import system_clock
from pos_app.command_line import Folder, settings_of
from pos_app.copies.facts import VolumeGone
from pos_app.copies.reading import read_copy
from pos_app.copies.rota import Place, Rota
from pos_app.copies.source import Source, source_at
from pos_app.joining import ensure_protected
from pos_app.keeping import place_of
from pos_app.language import _
from pos_app.linked import transport_to
from pos_app.opening import NoLedger, key_store_of
from pos_app.restoring import Plan, restore
from pos_app.salvage import salvage
from pos_app.security.chain import NO_HASH
from pos_app.security.keystore import DATABASE
from pos_app.security.salvage_keys import read_salvage_keys
from pos_app.settings import Settings, settings_with_hq
from pos_app.ui.text import sentence

commands = typer.Typer(add_completion=False)


@commands.command("backup")
def back_up(
    to: Annotated[Path | None, typer.Option("--to", help="Another folder than usual.")] = None,
    data: Folder = None,
) -> None:
    """Make a backup of the ledger now, also while the terminal runs, and say what was checked."""
    settings = settings_of(data)
    place = place_of(settings)
    if to is not None:
        place = Place(to, place.keep, ours=False)
    made = Rota(_source(settings), place, system_clock, lambda: None).make()
    typer.echo(str(made.path))
    told = _("Opened and checked: every page, events up to {seq}, head {head}, no balance too low.")
    typer.echo(told.format(seq=made.contents.seq, head=made.contents.hash.hex()[:16]))
    if place.ours:
        typer.echo(_("Backups lie on the same disk as the book: name a folder elsewhere."))


@commands.command("restore")
def go_back(
    file: Annotated[Path, typer.Argument(exists=True, dir_okay=False, help="The backup.")],
    data: Folder = None,
) -> None:
    """Go back to a backup, on a terminal without an HQ. The present ledger is kept aside."""
    settings = settings_of(data)
    settings.data_dir.mkdir(parents=True, exist_ok=True)
    aside = restore(
        settings, key_store_of(settings, demo=False), system_clock, file, _asked_to_agree
    )
    if aside is None:
        typer.echo(_("Nothing was changed."))
        raise typer.Exit(1)
    typer.echo(_("The backup is in place. The former ledger is kept: {path}").format(path=aside))


@commands.command("verify-copy")
def verify_copy(data: Folder = None) -> None:
    """Prove the second copy from its first event to its last."""
    settings = settings_of(data)
    if settings.second_copy is None:
        raise VolumeGone("second_copy")
    count, head = 0, NO_HASH
    for stored in read_copy(settings.second_copy, _source(settings)):
        count, head = stored.seq, stored.hash
    typer.echo(_("The second copy is sound: {count} events.").format(count=count))
    typer.echo(head.hex())


@commands.command("salvage")
def tell_hq(
    place: Annotated[Path, typer.Argument(exists=True, help="The dead till's folder or copy.")],
    hq: Annotated[str, typer.Option("--hq", help="HQ's address, https://…")],
    key: Annotated[Path, typer.Option("--key", help="The file that `pos-hq escrow` made.")],
    data: Folder = None,
) -> None:
    """Tell HQ what a dead terminal never sent, from its disk or from its second copy."""
    settings = settings_with_hq(settings_of(data), hq)
    ensure_protected(settings.hq_url)
    found = read_salvage_keys(key)
    done = salvage(found, transport_to(settings, settings.hq_url), system_clock, place)
    told = _("HQ has heard {told} events that it did not know; it holds this chain up to {upto}.")
    typer.echo(told.format(told=done.told, upto=done.upto))
    if done.trouble is not None:
        typer.echo(sentence(done.trouble))
        raise typer.Exit(1)


def _source(settings: Settings) -> Source:
    """Look into the ledger beside the program that has it open: it is only read."""
    if not settings.ledger_path.exists():
        raise NoLedger(str(settings.ledger_path))
    return source_at(settings.ledger_path, key_store_of(settings, demo=False).get(DATABASE))


def _asked_to_agree(plan: Plan) -> bool:
    typer.echo(_("The ledger would end with event {seq}.").format(seq=plan.upto))
    if plan.brought:
        told = _(
            "{count} of its events come from the second copy, {nameless} of them without names, "
            "phones or PINs, which that does not keep."
        )
        typer.echo(told.format(count=plan.brought, nameless=plan.nameless))
    if plan.trouble is not None:
        typer.echo(sentence(plan.trouble))
    typer.echo(_loss(plan))
    return typer.confirm(_("Go back to this backup?"))


def _loss(plan: Plan) -> str:
    if plan.unreadable:
        return _("The present ledger cannot be read: whatever came after that is lost.")
    if not plan.lost_to:
        return _("Nothing is lost.")
    told = _("Lost are the present ledger's events {first} to {last}.")
    return told.format(first=plan.lost_from, last=plan.lost_to)
