"""The commands of what stores give by themselves: check, publish, list, withdraw."""

from __future__ import annotations

from typing import Annotated

import typer

from pos_hq.arguments import Folder, NewProgramme, store_code
from pos_hq.opening import opened
from pos_hq.programme import benefits
from pos_hq.programme.amounts import share_in_words
from pos_hq.settings import load_settings

commands = typer.Typer(help="What stores give by themselves (门店自主权益).", no_args_is_help=True)
Store = Annotated[str, typer.Option("--store", parser=store_code, help="The store's code.")]


@commands.command()
def check(store: Store, file: NewProgramme, data: Folder = None) -> None:
    """Say whether a store's benefits would be accepted, and what share they would have."""
    with opened(load_settings(data)) as hq:
        share = benefits.check(hq, store, file.read_bytes())
    typer.echo(f"would be accepted: {share_in_words(share)}")


@commands.command()
def publish(store: Store, file: NewProgramme, data: Folder = None) -> None:
    """Sign a store's benefits and tell them to its terminals; they count from their moment."""
    with opened(load_settings(data)) as hq:
        made, share = benefits.publish(hq, store, file.read_bytes())
    typer.echo(
        f"published {made.version} from {made.effective_from.isoformat()}: {share_in_words(share)}"
    )


@commands.command("list")
def show_all(store: Store, data: Folder = None) -> None:
    """List a store's versions: version, state, from when they count (UTC), and their share."""
    with opened(load_settings(data)) as hq:
        for one in benefits.listed(hq, store):
            flag = " TOO MUCH: nothing new until it fits" if one.share.standing.over else ""
            begins = f"{one.effective_from:%Y-%m-%dT%H:%MZ}"
            typer.echo(f"{one.version} {one.state} {begins} {share_in_words(one.share)}{flag}")


@commands.command()
def withdraw(store: Store, data: Folder = None) -> None:
    """End what a store gives by itself, from now on."""
    with opened(load_settings(data)) as hq:
        made = benefits.withdraw(hq, store)
    typer.echo(f"withdrawn: {made.version} gives nothing, from {made.effective_from.isoformat()}")
