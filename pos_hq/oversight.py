"""The commands of who answers for HQ: exceptions, lost terminals, proofs."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Annotated

import typer

from pos_app.ids import NodeId
from pos_app.ledger.rules.tier_standing import ManualTier
from pos_app.security.salvage_keys import write_salvage_keys
from pos_hq import (
    bundles,
    escrow,
    exceptions,
    heads,
    orphans,
    persons,
    real_names,
    reconciliation,
    restoration,
    tagging,
    tiers,
    verification,
    watching,
)
from pos_hq.arguments import (
    BundleFile,
    By,
    Case,
    Counts,
    Day,
    Epoch,
    Folder,
    KeyFile,
    KnownEpoch,
    LastDay,
    Node,
    OfDay,
    Reason,
    Who,
)
from pos_hq.keys import escrow_key, read_keys
from pos_hq.opening import opened
from pos_hq.progress import bars
from pos_hq.settings import load_settings
from pos_hq.tenders import TenderLine, read_counts

commands = typer.Typer(add_completion=False)


@commands.command("orphans")
def show_orphans(data: Folder = None) -> None:
    """List what the epochs that ended still hold, for a release."""
    with opened(load_settings(data)) as hq:
        for lost in orphans.waiting(hq):
            typer.echo(f"{lost.node} {lost.epoch} {lost.state} {_figures(lost.totals)}")


@commands.command()
def release(node: Node, epoch: Epoch, by: By, reason: Reason, data: Folder = None) -> None:
    """Give members again what a lost terminal holds; the house bears what was spent unseen."""
    with opened(load_settings(data)) as hq:
        loss = orphans.release(hq, NodeId(node), epoch, by=by, reason=reason)
    typer.echo(f"released {_figures(loss) or 'nothing'}")


@commands.command()
def seal(node: Node, epoch: Epoch, by: By, data: Folder = None) -> None:
    """Close a released epoch: its journal is complete, or will never come."""
    with opened(load_settings(data)) as hq:
        orphans.seal(hq, NodeId(node), epoch, by=by)
    typer.echo(f"sealed {node.hex} {epoch}")


@commands.command("escrow")
def open_escrow(
    node: Node, by: By, out: KeyFile, epoch: KnownEpoch = None, data: Folder = None
) -> None:
    """Write what reads a dead terminal's disk into a new file that only this account can read.

    For `pos-app salvage`; it tells HQ of that one chain, for a day, and is given nothing.
    """
    settings = load_settings(data)
    with opened(settings) as hq:
        found = escrow.open_envelope(hq, NodeId(node), epoch, escrow_key(settings), by)
    write_salvage_keys(out, found)
    typer.echo(f"{found.node.hex} {found.epoch}: the keys lie in {out}, for a day. Delete it then.")


@commands.command("exceptions")
def show_exceptions(data: Folder = None) -> None:
    """List what waits for a person, oldest first.

    Identity, type, node.epoch.seq, amount, unit, decisions; what HQ proposes; who must act.
    """
    with opened(load_settings(data)) as hq:
        for case in exceptions.open_ones(hq):
            where = f"{case.node or '-'}.{case.epoch or '-'}.{case.seq or '-'}"
            how = "|".join(exceptions.decisions(case.type))
            what = f"{case.id} {case.type} {where} {case.amount} {case.unit or '-'} {how}"
            typer.echo(f"{what}; {case.proposal}; {case.who}")


@commands.command("exception")
def show_exception(case: Case, data: Folder = None) -> None:
    """Show one exception, open or resolved: both sides of it, as its terminal sees them."""
    with opened(load_settings(data)) as hq:
        typer.echo(exceptions.find(hq, case.hex).model_dump_json(indent=2))


@commands.command()
def watch(data: Folder = None) -> None:
    """Ask about terminals that nobody has heard for a day; exit 1 while there are any."""
    with opened(load_settings(data)) as hq:
        silent = watching.watch(hq)
    for one in silent:
        typer.echo(f"{one.node} {one.epoch} {moment(one.seen_at)} {one.store} {one.terminal_name}")
    raise typer.Exit(1 if silent else 0)


@commands.command("heads")
def tell_heads(day: Day, data: Folder = None) -> None:
    """Tell every terminal the hash over all chains, for a day: it is never told otherwise."""
    with opened(load_settings(data)) as hq:
        told = heads.tell(hq, day)
    typer.echo(f"{told.day} {told.digest} {told.chains} chains")


@commands.command("import")
def take_bundle(file: BundleFile, data: Folder = None) -> None:
    """Take in what a terminal exported because it could not push it; again is harmless."""
    settings = load_settings(data)
    with opened(settings) as hq:
        taken = bundles.take(hq, read_keys(settings).seed, file.read_bytes())
    typer.echo(f"{taken.node} {taken.epoch}: {taken.new} new events, held up to {taken.acked_seq}")


@commands.command()
def resolve(
    case: Case,
    by: By,
    decision: Annotated[str, typer.Option(help="One of those that `exceptions` shows.")],
    note: Annotated[str, typer.Option(help="What was found; it is written down.")] = "",
    data: Folder = None,
) -> None:
    """Resolve an exception."""
    with opened(load_settings(data)) as hq:
        exceptions.resolve(hq, case.hex, by=by, decision=decision, note=note)
    typer.echo(f"resolved {case.hex}")


@commands.command()
def merge(keep: Who, other: Who, by: By, data: Folder = None) -> None:
    """Let two members be one: the first stays, and gets what the other has."""
    with opened(load_settings(data)) as hq:
        kept, gone = persons.find(hq, keep), persons.find(hq, other)
        persons.merge(hq, kept, gone, by=by)
    typer.echo(f"{gone} is {kept} now")


@commands.command("set-tier")
def set_tier(
    who: Who,
    by: By,
    reason: Reason,
    tier: Annotated[
        str, typer.Option("--tier", help="The tier's code; else what was given ends.")
    ] = "",
    until: LastDay = None,
    data: Folder = None,
) -> None:
    """Give a member a tier up to and with a day, or end one; every till hears of it."""
    if bool(tier) != (until is not None):
        raise typer.BadParameter("--tier and --until belong together; without both it ends")
    given = None if until is None else ManualTier(tier, until)
    with opened(load_settings(data)) as hq:
        member = persons.find(hq, who)
        tiers.give(hq, member, given, by=by, reason=reason)
    typer.echo(f"{member}: {'ended' if given is None else f'{tier} until {until}'}")


@commands.command()
def erase(who: Who, by: By, reason: Reason, data: Folder = None) -> None:
    """Forget who a member is, here and at every till; it cannot be undone."""
    with opened(load_settings(data)) as hq:
        member = persons.find(hq, who)
        left = persons.erase(hq, member, by=by, reason=reason)
    typer.echo(f"erased {member}; left and spent by nobody: {_figures(left) or 'nothing'}")


@commands.command()
def restored(data: Folder = None) -> None:
    """Say that this database was restored from a backup: every terminal pushes again."""
    with opened(load_settings(data)) as hq:
        incarnation = restoration.after_restore(hq)
        waiting = restoration.waiting_for(hq)
    typer.echo(f"incarnation {incarnation}; no rights are granted until these have pushed:")
    for node in waiting:
        typer.echo(f"  {node}")


@commands.command()
def waive(node: Node, by: By, data: Folder = None) -> None:
    """No longer wait for a terminal after a restore: what only it knows may be spent twice."""
    with opened(load_settings(data)) as hq:
        restoration.waive(hq, NodeId(node), by=by)
    typer.echo(f"waived {node.hex}")


@commands.command()
def verify(data: Folder = None) -> None:
    """Prove the whole book; say what was checked, and exit 1 with the first fault."""
    with opened(load_settings(data)) as hq:
        report = verification.verify(hq)
    for line in report.lines:
        typer.echo(f"{line.check:.<32}{line.count:.>14,}")
    if report.fault is not None:
        fault = report.fault
        typer.echo(f"first fault: {fault.check}: {fault.where}: {fault.detail}")
        raise typer.Exit(1)
    typer.echo("sound")


@commands.command()
def reconcile(day: Day, tenders: Counts = None, data: Folder = None) -> None:
    """Compare a business day of every terminal with HQ's book; exit 1 where they differ.

    With --tenders also with what was counted: CSV with the header store,tender,amount, in yuan.
    """
    counted = None if tenders is None else read_counts(tenders.read_bytes())
    with opened(load_settings(data)) as hq:
        report = reconciliation.reconcile(hq, day, counted)
    for node in report.nodes:
        typer.echo(f"{node.node}.{node.epoch} {node.store} {node.terminal_name}: {node.state}")
        for line in node.lines:
            typer.echo(f"  {_cell(line)}")
    for outer in report.tenders:
        typer.echo(_outer(outer))
    for checked in report.balances:
        wrong = "" if checked.fault is None else f"  {checked.fault.where}: {checked.fault.detail}"
        typer.echo(f"{checked.check:.<32}{checked.count:.>14,}{wrong}")
    typer.echo(f"{'heads':.<32}{report.heads.chains:.>14,}  {report.heads.digest}")
    typer.echo("even" if report.even else "not even")
    raise typer.Exit(0 if report.even else 1)


@commands.command("refresh-tags")
def refresh_tags(day: OfDay = None, data: Folder = None) -> None:
    """Work out every member's tags, stage and band, and tell terminals what changed."""
    with opened(load_settings(data)) as hq, bars() as watch:
        report = tagging.refresh(hq, tagging.today(hq) if day is None else day, watch)
    typer.echo(f"{report.day}: {report.members:,} members, {report.told:,} told ({report.rules})")
    for counted in (report.tags, report.stages, report.bands):
        for name, count in counted.items():
            typer.echo(f"  {name:.<24}{count:.>10,}")


def moment(stamp: int | None) -> str:
    """Say when something was, in UTC."""
    if stamp is None:
        return "never"
    return f"{datetime.fromtimestamp(stamp / 1000, UTC):%Y-%m-%dT%H:%MZ}"


def _cell(line: reconciliation.Line) -> str:
    cell = line.cell
    what = f"{cell.account} {cell.unit} {cell.figure}"
    sides = f"terminal {cell.terminal}, HQ {cell.hq}"
    return f"{what}: {sides}" + ("" if line.exception is None else f", see {line.exception}")


def _outer(line: TenderLine) -> str:
    sides = f"counted {line.counted}, booked {line.booked}"
    see = "" if line.exception is None else f", see {line.exception}"
    return f"{line.store} {line.tender}: {sides}{see}"


def _figures(totals: dict[str, int]) -> str:
    return ", ".join(f"{unit} {amount}" for unit, amount in sorted(totals.items()))


@commands.command("real-name")
def show_real_name(who: Who, by: By, reason: Reason, data: Folder = None) -> None:
    """Show the identity document of a member; who read it and why is written down."""
    settings = load_settings(data)
    with opened(settings) as hq:
        seed, member = read_keys(settings).seed, persons.find(hq, who)
        shown = real_names.read(hq, seed, member, by=by, reason=reason)
    typer.echo(f"{shown.kind} {shown.number} {shown.name}")
    typer.echo(f"shown {moment(shown.taken_at)}, kept until {shown.kept_until}")
