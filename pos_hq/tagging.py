"""Tags, stages and bands of all members, worked out anew from what HQ's events tell."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from pos_app.clock import business_date
from pos_app.ledger.rules.programme import Programme
from pos_app.ledger.rules.rfm import band_at, band_ends, cut_places, quintile
from pos_hq.fold.sheet import Sheet, Whence
from pos_hq.fold.standing import History, staged_on, tags_on
from pos_hq.fold.values import Staged
from pos_hq.hq import Hq
from pos_hq.progress import Watch, unwatched
from pos_hq.store import job_rows, programme_rows, standing_rows
from pos_hq.store.alone import alone
from pos_hq.store.database import Connection
from pos_hq.store.loading import load_members
from pos_hq.store.saving import save
from pos_hq.window import window_start

AT_ONCE = 1_000
NAME = "tags"
Rank = tuple[int, str]
Joined = Mapping[bytes, str]


@dataclass(frozen=True, slots=True)
class Report:
    """What a refresh found: members looked at, told anew to terminals, and how they stand."""

    day: date
    rules: str
    members: int
    told: int
    tags: Mapping[str, int]
    stages: Mapping[str, int]
    bands: Mapping[str, int]


@dataclass(slots=True)
class _Ranking:
    """The four cuts of each figure, the next place of each rank, and where the bands end.

    Equal ranks are placed by identity: whoever comes in that order takes the next place.
    """

    cuts: tuple[Sequence[int], Sequence[int], Sequence[int]]
    ends: tuple[tuple[str, int], ...]
    next_place: dict[Rank, int]

    def scores(self, one: Staged) -> tuple[int, int, int]:
        """Return the quintiles of a buyer."""
        assert one.last_purchase is not None, "a buyer bought"
        last, often, much = self.cuts
        recency = quintile(date.fromisoformat(one.last_purchase).toordinal(), last)
        return recency, quintile(one.purchases, often), quintile(one.paid, much)

    def place(self, one: Staged) -> Staged:
        """Return the next member with their band."""
        if not one.purchases:
            return replace(one, band="", scores=(0, 0, 0))
        scores = self.scores(one)
        rank = _rank(one, scores)
        place = self.next_place.get(rank, 1)
        self.next_place[rank] = place + 1
        return replace(one, band=band_at(place, self.ends), scores=scores)


def refresh(hq: Hq, day: date, watch: Watch = unwatched) -> Report:
    """Work out everybody's tags, stage and band of a business day; repeating changes nothing more.

    A thousand members at a time, each part a transaction: first what each did, then, as nobody's
    band is known before everybody's figures are, the ranking. Terminals are told of whom
    something changed. What was cut off is completed by the next refresh. Raises UnderWay while
    another process refreshes.
    """
    with alone(hq.engine, NAME):
        return _refresh(hq, day, watch)


def _refresh(hq: Hq, day: date, watch: Watch) -> Report:
    with hq.write() as book:
        rules = programme_rows.in_force(book, hq.now_ms())
        begun = job_rows.begin(book, NAME, day, hq.now_ms(), dry=False)
    seen = _Seen(hq, "tags", watch)
    members = _in_parts(seen, lambda book, part: _look_at(hq, book, part, day, rules))
    ranking = _ranking(hq, rules)
    placed = _Seen(hq, "bands", watch)
    told = _in_parts(placed, lambda book, part: _place(hq, book, part, day, ranking))
    with hq.write() as book:
        job_rows.advance(book, begun, members, told)
        job_rows.end(book, begun, hq.now_ms())
        found = [standing_rows.counts(book, name) for name in ("tag", "stage", "band")]
    return Report(day, rules.version, members, told, *found)


def today(hq: Hq) -> date:
    """Return the business day that it is."""
    with hq.read() as book:
        rules = programme_rows.in_force(book, hq.now_ms())
    return business_date(hq.now(), zone=rules.zone, cutover=rules.cutover)


@dataclass(frozen=True, slots=True)
class _Seen:
    hq: Hq
    what: str
    watch: Watch


def _in_parts(seen: _Seen, work: Callable[[Connection, Joined], int]) -> int:
    """Do a work with all members, locked part by part in the order of their identities."""
    after, done, came = b"", 0, 0
    with seen.hq.read() as book:
        of = standing_rows.member_count(book)
    while True:
        seen.watch(seen.what, came, of)
        with seen.hq.write() as book:
            part = standing_rows.members(book, after, AT_ONCE)
            if not part:
                return done
            done += work(book, {member: joined_on for member, joined_on, counts in part if counts})
        after, came = part[-1][0], came + len(part)


def _look_at(hq: Hq, book: Connection, joined: Joined, day: date, rules: Programme) -> int:
    ids = list(joined)
    tags, stages = standing_rows.tags(book, ids), standing_rows.stages(book, ids)
    new_tags, new_stages = {}, {}
    for who, history in _histories(hq, book, joined, day, rules).items():
        known, due = stages.get(who, (None, True))
        found = tags_on(tags.get(who, {}), history.purchases, day, rules)
        staged = staged_on(known, history, day, rules)
        retagged = found != tags.get(who, {})
        if retagged:
            new_tags[who] = found
        if retagged or staged != known:
            anew = known is None or staged.stage != known.stage
            new_stages[who] = (staged, due or retagged or anew)
    standing_rows.save_tags(book, new_tags)
    standing_rows.save_stages(book, new_stages)
    return len(joined)


def _histories(
    hq: Hq, book: Connection, joined: Joined, day: date, rules: Programme
) -> dict[str, History]:
    ids = list(joined)
    purchases, top_ups = standing_rows.purchases(book, ids), standing_rows.top_ups(book, ids)

    def on(at: int) -> date:
        return business_date(hq.moment(at), zone=rules.zone, cutover=rules.cutover)

    return {
        one.hex(): History(
            date.fromisoformat(joined_on) if joined_on else day,
            purchases.get(one, []),
            [on(at) for at in top_ups.get(one, [])],
        )
        for one, joined_on in joined.items()
    }


def _ranking(hq: Hq, rules: Programme) -> _Ranking:
    with hq.read() as book:
        buyers = standing_rows.buyers(book)
        places = cut_places(buyers) if buyers else ()
        last, often, much = (
            standing_rows.figures_at(book, name, places)
            for name in ("last_purchase", "purchases", "paid")
        )
        days = [date.fromisoformat(one).toordinal() for one in last]
        ranking = _Ranking((days, often, much), band_ends(buyers, rules), {})
        ranks: Counter[Rank] = Counter()
        after = b""
        while rows := standing_rows.ranked(book, after, AT_ONCE):
            buying = (one for one, _due in rows.values() if one.purchases)
            ranks.update(_rank(one, ranking.scores(one)) for one in buying)
            after = bytes.fromhex(list(rows)[-1])
    place = 1
    for rank in sorted(ranks, reverse=True):
        ranking.next_place[rank] = place
        place += ranks[rank]
    return ranking


def _rank(one: Staged, scores: tuple[int, int, int]) -> Rank:
    return sum(scores), str(one.last_purchase)


def _place(hq: Hq, book: Connection, part: Joined, day: date, ranking: _Ranking) -> int:
    """Write down the bands of a part and tell of whom something changed; return of how many."""
    rows = sorted(standing_rows.stages(book, list(part)).items())
    told, written = [], {}
    for who, (known, due) in rows:
        placed = ranking.place(known)
        if due or placed.band != known.band:
            told.append(who)
        if due or placed != known:
            same = placed == known
            written[who] = (placed if same else replace(placed, as_of=day.isoformat()), False)
    standing_rows.save_stages(book, written)
    _tell(hq, book, told)
    return len(told)


def _tell(hq: Hq, book: Connection, members: Sequence[str]) -> None:
    if members:
        sheet = Sheet(Whence("", 0, "", hq.now_ms(), {}))
        load_members(book, sheet, members, window_start(hq, book))
        sheet.touched.update(members)
        save(book, sheet)
