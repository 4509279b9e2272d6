"""The commands of the fraud radar: look, list what was found, and say what came of it."""

from __future__ import annotations

from typing import Annotated

import typer

from pos_app.sync.wire_alerts import AlertRow, AlertView
from pos_hq import alerts, radar, tagging
from pos_hq.arguments import Alert, By, Folder, OfDay, Reason
from pos_hq.opening import opened
from pos_hq.oversight import moment
from pos_hq.progress import bars
from pos_hq.settings import load_settings

commands = typer.Typer(add_completion=False)


@commands.command("radar")
def look(day: OfDay = None, data: Folder = None) -> None:
    """Look for patterns of abuse in the days up to today; the same events are raised once."""
    with opened(load_settings(data)) as hq, bars() as watch:
        report = radar.look(hq, tagging.today(hq) if day is None else day, watch)
    looked_at = f"{report.members:,} members and {report.tills:,} tills looked at"
    typer.echo(f"{report.day}: {looked_at}, {report.raised} raised, {report.grown} grown")


@commands.command("alerts")
def show_alerts(
    every: Annotated[bool, typer.Option("--all", help="Closed ones, too.")] = False,  # noqa: FBT002 -- a switch of the command line
    data: Folder = None,
) -> None:
    """List the alerts: identity, when (UTC), signal, whom it is about, events, state."""
    with opened(load_settings(data)) as hq:
        for one in alerts.listed(hq, closed=every):
            what = f"{one.signal} {one.subject} {len(one.rows)} events"
            typer.echo(f"{one.id} {moment(one.raised_at)} {what} {one.state}")


@commands.command("alert")
def show_alert(alert: Alert, data: Folder = None) -> None:
    """Show an alert: the rule that raised it, and every event that made it."""
    with opened(load_settings(data)) as hq:
        found = alerts.find(hq, alert.hex)
    for line in _lines(found):
        typer.echo(line)


@commands.command("close-alert")
def close_alert(alert: Alert, by: By, reason: Reason, data: Folder = None) -> None:
    """Close an alert that somebody has looked at; its stores hear who and why."""
    with opened(load_settings(data)) as hq:
        closed = alerts.close(hq, alert.hex, by=by, reason=reason)
    typer.echo(f"closed {closed.id}")


def _lines(one: AlertView) -> list[str]:
    figures = ", ".join(f"{name} {figure}" for name, figure in sorted(one.rule.items()))
    lines = [
        f"{one.signal} {one.subject}",
        f"raised {moment(one.raised_at)} for {one.day}, {one.state}",
        f"rule: {figures} ({one.rules})",
        f"proposal: {one.proposal}",
        *map(_row, one.rows),
    ]
    if one.closing is not None:
        why = f"{one.closing.by}, {moment(one.closing.at)}: {one.closing.why}"
        lines.append(f"closed by {why}")
    return lines


def _row(row: AlertRow) -> str:
    where = f"node {row.node or '-'} member {row.member or '-'}"
    return f"  {moment(row.at)} {row.deed} {row.amount} {row.event} {where}"
