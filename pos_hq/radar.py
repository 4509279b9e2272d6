"""The fraud radar of the chain: what the events of the last days tell, kept for a person to see."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import chain
from uuid import UUID

from pos_app.ids import MemberId, OperatorId, new_id
from pos_app.ledger.rules import radar
from pos_app.ledger.rules.fraud_reading import Written, doings_of
from pos_app.ledger.rules.fraud_rows import Doing
from pos_app.ledger.rules.programme import Programme
from pos_app.ledger.rules.radar import Finding
from pos_app.sync.wire_alerts import AlertRow, AlertView
from pos_hq.hq import Hq, milliseconds
from pos_hq.progress import Watch, unwatched
from pos_hq.store import alert_rows, job_rows, programme_rows, radar_rows
from pos_hq.store.alone import alone
from pos_hq.store.database import Connection

AT_ONCE = 1_000
NAME = "radar"


@dataclass(frozen=True, slots=True)
class Report:
    """What a pass looked at, the alerts that it raised, and those that it added events to."""

    day: date
    members: int
    tills: int
    raised: int
    grown: int


@dataclass(frozen=True, slots=True)
class _Pass:
    """A pass over the days up to `day`, by the rules in force."""

    hq: Hq
    day: date
    rules: Programme
    operators: Mapping[str, Sequence[OperatorId]]
    stores: Mapping[str, str]
    watch: Watch

    def span(self, days: int) -> tuple[str, str]:
        """Return the first and the last of so many business days."""
        return (self.day - timedelta(days=days - 1)).isoformat(), self.day.isoformat()


def look(hq: Hq, day: date, watch: Watch = unwatched) -> Report:
    """Look at the days up to a business day, and raise what nobody has been told yet.

    A thousand members at a time, then till by till. What an alert finds blocks nothing. The same
    events are raised once, also where a pass was cut off, or what they made was closed meanwhile.
    Raises UnderWay while another process looks.
    """
    with alone(hq.engine, NAME):
        with hq.write() as book:
            rules = programme_rows.in_force(book, hq.now_ms())
            begun = job_rows.begin(book, NAME, day, hq.now_ms(), dry=False)
            seen = (radar_rows.operators(book), radar_rows.stores(book))
        report = _look(_Pass(hq, day, rules, *seen, watch))
        with hq.write() as book:
            job_rows.advance(book, begun, report.members, report.raised)
            job_rows.end(book, begun, hq.now_ms())
    return report


def _look(at: _Pass) -> Report:
    raised = grown = members = 0
    for looked_at, found in chain(_among_members(at), _among_tills(at)):
        members += looked_at
        new, more = _keep(at, found)
        raised, grown = raised + new, grown + more
    return Report(at.day, members, len(at.stores), raised, grown)


def _among_members(at: _Pass) -> Iterator[tuple[int, list[Finding]]]:
    span, done = at.span(radar.LOOK_BACK_DAYS), 0
    orders = radar.sales_worth_a_look(at.rules)
    with at.hq.read() as book:
        for part in radar_rows.suspects(book, span, orders, AT_ONCE):
            done += len(part)
            at.watch("radar", done, done)
            yield len(part), _of_part(at, book, part, span)


def _of_part(
    at: _Pass, book: Connection, part: Sequence[bytes], span: tuple[str, str]
) -> list[Finding]:
    found: list[Finding] = []
    names = radar_rows.names(book, part)
    for member, written in radar_rows.of_members(book, part, span).items():
        own = dict.fromkeys(at.operators.get(names.get(member, ""), ()), MemberId(UUID(member)))
        found += radar.of_members(_doings(written), at.rules, own)
    return found


def _among_tills(at: _Pass) -> Iterator[tuple[int, list[Finding]]]:
    span = at.span(radar.TILL_LOOK_BACK_DAYS)
    first = date.fromisoformat(at.span(radar.LOOK_BACK_DAYS)[0])
    since = datetime.combine(first, time(), at.rules.zone)
    for number, node in enumerate(at.stores, start=1):
        at.watch("tills", number, len(at.stores))
        with at.hq.read() as book:
            written = radar_rows.of_node(book, bytes.fromhex(node), span, AT_ONCE)
            yield 0, list(radar.of_till(_doings(written), at.rules, since))


def _doings(written: Iterable[Written]) -> Iterator[Doing]:
    return chain.from_iterable(map(doings_of, written))


def _keep(at: _Pass, found: Sequence[Finding]) -> tuple[int, int]:
    """Raise what is new of some findings; return how many alerts were raised, and how many grew."""
    if not found:
        return 0, 0
    with at.hq.write() as book:
        known = alert_rows.known(book, {one.subject for one in found})
        news = radar.unraised(found, known)
        alert_rows.keep(book, [_alert(at, book, *one) for one in news])
    grown = sum(alert is not None for _finding, alert in news)
    return len(news) - grown, grown


def _alert(
    at: _Pass, book: Connection, finding: Finding, grows: str | None
) -> tuple[AlertView, set[str]]:
    """Return an alert with the stores concerned; one that grows keeps what it had."""
    kept = None if grows is None else alert_rows.peek(book, grows)
    told = {row.event: row for row in ((*kept.rows,) if kept else ())}
    told.update((row.event, row) for row in map(_row, finding.rows))
    rows = tuple(sorted(told.values(), key=lambda row: row.at))[-radar.ROWS_MOST :]
    view = AlertView(
        id=new_id().hex if kept is None else kept.id,
        signal=finding.kind.value,
        subject=finding.subject,
        members=alert_rows.members_of(rows),
        day=at.day.isoformat(),
        rules=at.rules.version,
        rule=radar.rule_of(finding.kind, at.rules),
        rows=rows,
        proposal=radar.proposal(finding.kind),
        raised_at=at.hq.now_ms() if kept is None else kept.raised_at,
    )
    return view, {
        at.stores[row.node] for row in rows if row.node is not None and row.node in at.stores
    }


def _row(row: Doing) -> AlertRow:
    return AlertRow(
        event=row.id.hex,
        node=None if row.till is None else row.till.hex,
        at=milliseconds(row.at),
        deed=row.deed.value,
        member=None if row.member is None else row.member.hex,
        amount=row.amount.minor,
    )
