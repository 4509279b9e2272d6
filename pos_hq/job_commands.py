"""The commands of what HQ does by the calendar: jobs, messages, points that wait for a review."""

from __future__ import annotations

from datetime import date
from typing import Annotated

import typer

from pos_hq import messages, nights, persons, points_review
from pos_hq.arguments import By, Folder, OfDay, Who
from pos_hq.channels import file_channel
from pos_hq.jobs import running
from pos_hq.jobs.part import Due
from pos_hq.opening import opened
from pos_hq.oversight import moment
from pos_hq.progress import bars
from pos_hq.settings import load_settings

commands = typer.Typer(add_completion=False)
jobs = typer.Typer(help="What falls due by the calendar.", no_args_is_help=True)
outbox = typer.Typer(help="Messages to members.", invoke_without_command=True)
commands.add_typer(jobs, name="jobs")
commands.add_typer(outbox, name="messages")

OUTBOX_FILE = "messages.jsonl"


@jobs.command("run")
def run_jobs(
    day: OfDay = None,
    only: Annotated[str | None, typer.Option("--only", help="The name of one job.")] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Book nothing.")] = False,  # noqa: FBT002 -- a switch of the command line
    each: Annotated[bool, typer.Option("--each", help="List all that is done.")] = False,  # noqa: FBT002 -- a switch of the command line
    data: Folder = None,
) -> None:
    """Do what is due today; once more, or after it was cut off, it does what is left.

    With --each, and in a dry run, everything that is due is listed.
    """
    tell = _tell if dry_run or each else running.untold
    with opened(load_settings(data)) as hq, bars() as watch:
        reports = running.run(hq, day, only, dry=dry_run, tell=tell, watch=watch)
    for report in reports:
        typer.echo(f"{report.job}: {report.counted} looked at, {report.done} due")


@commands.command()
def nightly(data: Folder = None) -> None:
    """Do all of a night: what is due, what is to be forgotten, tags and bands, the fraud radar."""
    with opened(load_settings(data)) as hq, bars() as watch:
        night = nights.spend(hq, watch)
    for report in night.jobs:
        typer.echo(f"{report.job}: {report.counted} looked at, {report.done} due")
    typer.echo(f"real-names: {night.forgotten} deleted")
    typer.echo(f"tags: {night.standing.members} looked at, {night.standing.told} told")
    typer.echo(f"radar: {night.radar.raised} raised, {night.radar.grown} grown")


@jobs.command("log")
def show_log(data: Folder = None) -> None:
    """List the latest runs: start (UTC), job, day, members looked at, what was due, its end."""
    with opened(load_settings(data)) as hq:
        for run in running.log(hq):
            ended = "cut off" if run.ended_at is None else moment(run.ended_at)
            what = f"{run.job} {run.day} {run.counted} {run.done}"
            typer.echo(f"{moment(run.started_at)} {what} {ended}{' dry' if run.dry else ''}")


@outbox.callback()
def show_messages(context: typer.Context, data: Folder = None) -> None:
    """List the latest messages: when (UTC), for whom, what, by which way, and what became of it."""
    if context.invoked_subcommand is not None:
        return
    with opened(load_settings(data)) as hq:
        for kept in messages.latest(hq):
            one = kept.message
            what = f"{one.member} {one.kind} {one.channel} {kept.state} {kept.reason}".rstrip()
            typer.echo(f"{moment(one.made_at)} {what}")


@outbox.command("send")
def send_messages(data: Folder = None) -> None:
    """Send what waits: as JSON lines with phone and name into a file of HQ's folder."""
    settings = load_settings(data)
    path = settings.data_dir / OUTBOX_FILE
    with opened(settings) as hq:
        counts = messages.send(hq, file_channel(path))
    told = ", ".join(f"{what} {count}" for what, count in sorted(counts.items()))
    typer.echo(f"{told or 'nothing waits'}: {path}")


@commands.command("pending-points")
def show_pending(data: Folder = None) -> None:
    """List points above the daily cap that wait for a review: member, day, points."""
    with opened(load_settings(data)) as hq:
        for one in points_review.waiting(hq):
            typer.echo(f"{one.member} {one.on_day} {one.points}")


@commands.command("release-points")
def release_points(who: Who, by: By, data: Folder = None) -> None:
    """Credit the points of a member that wait for a review."""
    with opened(load_settings(data)) as hq:
        member = persons.find(hq, who)
        typer.echo(f"{member}: {points_review.release(hq, member, by=by)} points credited")


def _tell(job: str, member: str, due: Due) -> None:
    """Say what is done, or would be, without a name or a phone."""
    parts = [
        due.gift and f"coupon {due.gift.template} until {_day(due.gift.valid_until)}",
        *(f"{one.points.minor} points of {_day(one.expires_on)} expire" for one in due.expired),
        due.tier and f"tier {due.tier.code}",
        due.anew and "told anew",
        due.ended and f"given tier {due.ended} is over",
        due.notice and f"{due.notice.channel} {due.notice.kind}",
    ]
    typer.echo(f"{job} {member} {', '.join(part for part in parts if part)}")


def _day(day: date) -> str:
    return day.isoformat()
