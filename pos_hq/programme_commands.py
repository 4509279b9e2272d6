"""The commands of who writes the rules: check, compare, try out, publish."""

from __future__ import annotations

import sys

import typer

from pos_app.ledger.rules.programme import parse_programme
from pos_hq.arguments import AcceptedLoss, Days, Folder, KnownVersion, NewProgramme, Version
from pos_hq.hq import Hq
from pos_hq.opening import opened
from pos_hq.programme import publishing
from pos_hq.programme.changes import changes, line
from pos_hq.sandbox.replay import try_out
from pos_hq.sandbox.report import report
from pos_hq.sentences import sentence
from pos_hq.settings import load_settings

commands = typer.Typer(help="The programme of the chain (会员方案).", no_args_is_help=True)


@commands.command()
def check(file: NewProgramme, data: Folder = None) -> None:
    """Say whether a programme would be accepted, and what is probably not meant."""
    document = file.read_bytes()
    rules = parse_programme(document)
    with opened(load_settings(data)) as hq:
        _warn(hq, document)
        loss = publishing.credit_loss(hq, rules)
    if loss is not None:
        typer.echo(sentence(loss))
    typer.echo(f"{rules.version} would be accepted")


@commands.command()
def diff(file: NewProgramme, version: KnownVersion = None, data: Folder = None) -> None:
    """Show each key that differs from a published programme, and what it means in money."""
    new = parse_programme(file.read_bytes())
    with opened(load_settings(data)) as hq:
        old = parse_programme(publishing.document_of(hq, version))
    typer.echo(f"{old.version} -> {new.version}")
    for change in changes(old, new):
        typer.echo(line(change))


@commands.command()
def publish(
    file: NewProgramme, accept_credit_loss: AcceptedLoss = None, data: Folder = None
) -> None:
    """Sign a programme and tell it to every terminal; it rules from its moment."""
    document = file.read_bytes()
    with opened(load_settings(data)) as hq:
        rules = publishing.publish(hq, document, accepted_loss=accept_credit_loss)
        _warn(hq, document)
    typer.echo(f"published {rules.version}; it rules from {rules.effective_from.isoformat()}")


@commands.command("list")
def show_all(data: Folder = None) -> None:
    """List what was published: version, state, from when it rules, when it was signed (UTC)."""
    with opened(load_settings(data)) as hq:
        for one in publishing.published(hq):
            begins, added = (f"{at:%Y-%m-%dT%H:%MZ}" for at in (one.effective_from, one.added_at))
            typer.echo(f"{one.version} {one.state} {begins} {added}")


@commands.command()
def show(version: Version, data: Folder = None) -> None:
    """Print a published programme, byte for byte as it was signed."""
    with opened(load_settings(data)) as hq:
        document = publishing.document_of(hq, version)
    sys.stdout.write(document.decode())


@commands.command()
def sandbox(file: NewProgramme, days: Days, data: Folder = None) -> None:
    """Replay the last days under a draft and print what would have changed; nothing is written."""
    with opened(load_settings(data)) as hq:
        for told in report(try_out(hq, file.read_bytes(), days)):
            typer.echo(told)


def _warn(hq: Hq, document: bytes) -> None:
    for doubt in publishing.doubts(hq, document):
        typer.echo(f"warning: {doubt}")
