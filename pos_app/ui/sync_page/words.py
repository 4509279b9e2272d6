"""The lines of the sync page, and both sides of one of them, in words."""

from __future__ import annotations

from zoneinfo import ZoneInfo

from pos_app.language import _
from pos_app.ledger.journal_page import JournalLine
from pos_app.ledger.sync_list import CaseLine
from pos_app.money import Money
from pos_app.ui.formats import exact, signed
from pos_app.ui.parts.state import Fact, TableRow
from pos_app.ui.sync_page.case_words import case_words, choice, decision_words
from pos_app.ui.sync_page.side_words import NONE, quantity, sides
from pos_app.ui.sync_page.state import Detail, Side
from pos_app.ui.words import kind_name

WAITING, CASE = "event:", "case:"


def waiting_row(line: JournalLine, zone: ZoneInfo, *, failures: int, cause: str) -> TableRow:
    """Return the line of an event that HQ has not acknowledged."""
    cells = (
        f"{line.at.astimezone(zone):%m-%d %H:%M}",
        kind_name(line.kind),
        line.member_masked,
        signed(line.amount) if line.amount else "",
        _("Waiting"),
        str(failures) if failures else NONE,
        cause,
    )
    return TableRow(f"{WAITING}{line.seq}", cells)


def case_row(case: CaseLine, zone: ZoneInfo) -> TableRow:
    """Return the line of an exception."""
    cells = (
        f"{case.opened_at.astimezone(zone):%m-%d %H:%M}" if case.opened_at else "",
        _("Exception") if case.event is None else kind_name(case.event.kind),
        _member(case),
        _amount(case),
        _standing(case),
        NONE,
        case_words(case.type).title,
    )
    return TableRow(f"{CASE}{case.id}", cells, "danger" if case.is_ours else "")


def _standing(case: CaseLine) -> str:
    if not case.open:
        return _("Resolved")
    if case.decided_here:
        return _("Decided here")
    return _("Handed to HQ") if case.decision else _("Needs attention")


def waiting_detail(line: JournalLine, zone: ZoneInfo) -> Detail:
    """Explain an event that waits."""
    amount = signed(line.amount) if line.amount else ""
    not_yet = _("not yet")
    return Detail(
        title=kind_name(line.kind),
        subtitle=exact(line.at, zone=zone),
        amount=amount,
        tone="info",
        icon="cloud-upload",
        meaning=_("It is in this till's book, signed and safe. HQ has not confirmed it yet."),
        owner=_("Nobody: the till does it by itself"),
        step=_("It is sent as soon as HQ answers. “Try now” sends it at once."),
        facts=_facts((_("Slip"), line.slip), (_("Member"), line.member_masked)),
        sides=(
            Side(_("Place"), f"#{line.seq}", not_yet, differs=True),
            Side(_("Amount"), amount or NONE, not_yet, differs=True),
            Side(_("Hash"), line.hash_short, not_yet, differs=True),
        ),
    )


def case_detail(case: CaseLine, zone: ZoneInfo) -> Detail:
    """Explain an exception: who acts next, how, and what each side says."""
    told = case_words(case.type)
    owner, step = _next(case)
    return Detail(
        title=told.title,
        subtitle="" if case.opened_at is None else exact(case.opened_at, zone=zone),
        amount=_amount(case),
        tone="danger" if case.open else "ok",
        icon="triangle-alert" if case.open else "circle-check",
        meaning=told.meaning,
        owner=owner,
        step=step,
        facts=_facts((_("Member"), _member(case)), *_about_event(case), (_("Code"), case.type)),
        sides=sides(case.here, case.at_hq, unit=case.unit, zone=zone),
        choices=tuple(choice(how) for how in case.decisions) if case.is_ours else (),
    )


def _next(case: CaseLine) -> tuple[str, str]:
    """Return who acts next, and how."""
    if not case.open:
        return _("Nobody: HQ has resolved it"), _resolution(case)
    if case.decided_here:
        said = _("{decision} It goes to HQ with the next sync.")
        return _("Nobody: the till does it by itself"), said.format(
            decision=decision_words(case.decided_here)
        )
    if case.decision:
        return _("HQ"), _resolution(case)
    told = case_words(case.type)
    return told.owner, told.step


def _resolution(case: CaseLine) -> str:
    said = (decision_words(case.decision), case.note)
    return " ".join(part for part in said if part) or _("There is nothing to do.")


def _facts(*pairs: tuple[str, str]) -> tuple[Fact, ...]:
    return tuple(Fact(label, value) for label, value in pairs if value)


def _about_event(case: CaseLine) -> tuple[tuple[str, str], ...]:
    if case.event is None:
        return ()
    return ((_("Slip"), case.event.slip), (_("Place"), f"#{case.event.seq}"))


def _member(case: CaseLine) -> str:
    return case.member_masked or ("" if case.event is None else case.event.member_masked)


def _amount(case: CaseLine) -> str:
    """Return what is in question, or else the sum of the event that it is about."""
    if case.amount:
        return quantity(case.unit, case.amount)
    about = Money() if case.event is None else case.event.amount
    return signed(about) if about else ""
