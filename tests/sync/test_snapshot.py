"""A terminal that knows nobody yet reads all members in bulk, and goes on with the feed."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TypeVar

import pytest

from pos_app.ids import IntentId, MemberId, new_id
from pos_app.ledger import grants, inbox, link
from pos_app.ledger.counter import open_member
from pos_app.ledger.inbox import FeedItem, Page, SnapshotPage
from pos_app.ledger.ledger import Ledger
from pos_app.ledger.member_edit import StatusChange, set_status
from pos_app.ledger.proof import make_anew, prove
from pos_app.ledger.rules.holder import Status
from pos_app.ledger.store import inbox_rows, link_rows, reading_rows, right_rows
from pos_app.ledger.store.reading_rows import reading
from pos_app.ledger.store.right_rows import Want
from pos_app.sync import cycle
from pos_app.sync.cycle import read_on, run_cycle, settle
from pos_app.sync.facts import HqUnreachable, Outage
from pos_app.sync.transport import Reply, Request
from simulation import network
from simulation.network import answer
from simulation.till import Till
from simulation.world import World, member_ids

T = TypeVar("T")


@dataclass
class Breaking:
    """A way to HQ that breaks off after so many pages of members."""

    world: World
    pages: int
    asked: list[str] = field(default_factory=list)

    def send(self, request: Request) -> Reply:
        if request.path.startswith("/v1/snapshot"):
            self.asked.append(request.path)
            if not self.pages:
                raise HqUnreachable(Outage.NETWORK)
            self.pages -= 1
        return answer(self.world.hq, request)


@pytest.fixture(autouse=True)
def _one_at_a_time(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let HQ tell of one member a page."""
    monkeypatch.setattr(network, "PAGE_ITEMS", 1)


@pytest.fixture
def new(world: World) -> Till:
    """Return the third till after it lost its disk: it knows nobody."""
    till = world.tills[2]
    till.begin_epoch(world.next_place(till), archive=False)
    till.join(till.founding.store, 1)
    world.employ(till)
    return till


def is_sound(till: Till) -> bool:
    faults = [one.fault for one in prove(till.ledger) if one.fault is not None]
    wrong = [table for table in make_anew(till.ledger) if table.wrong]
    assert (faults, wrong) == ([], [])
    return True


def breaking(till: Till, world: World, pages: int) -> Breaking:
    way = Breaking(world, pages)
    till.hq._transport = way  # noqa: SLF001 -- the way to HQ is what goes wrong
    return way


def freeze(world: World, till: Till, member: MemberId) -> None:
    change = StatusChange(member, Status.FROZEN, "本人挂失", IntentId(new_id()))
    set_status(till.ledger, change, operator=world.managers[till.name])
    till.sync()


def test_a_new_till_knows_everybody_and_can_replay_it(world: World, new: Till) -> None:
    new.sync()

    assert sorted(member_ids(new)) == sorted(world.members)
    assert reading(new.ledger.read()).since is None
    assert is_sound(new)


def test_what_is_no_member_arrives_before_all_members_have(world: World, new: Till) -> None:
    way = breaking(new, world, 1)

    with pytest.raises(HqUnreachable):
        new.sync()

    told = new.ledger.read().execute("SELECT DISTINCT entity FROM inbox ORDER BY 1").fetchall()
    assert len(way.asked) == 2
    assert len(member_ids(new)) == 1
    assert reading(new.ledger.read()).cursor > 0
    assert ("member",) in told


def test_a_terminal_killed_in_the_middle_of_its_snapshot_goes_on_where_it_was(
    world: World, new: Till
) -> None:
    breaking(new, world, 2)
    with pytest.raises(HqUnreachable):
        new.sync()
    taken = reading(new.ledger.read()).after

    new.restart()
    way = breaking(new, world, 99)
    new.sync()

    known = sorted(one.hex for one in world.members)
    assert taken == known[1]
    assert [path.partition("after=")[2] for path in way.asked] == known[1:3]
    assert sorted(member_ids(new)) == sorted(world.members)
    assert is_sound(new)


def test_a_member_changed_while_the_snapshot_runs_is_not_missed(
    world: World, here: Till, new: Till
) -> None:
    first, last = min(world.members), max(world.members)
    breaking(new, world, 1)
    with pytest.raises(HqUnreachable):
        new.sync()

    freeze(world, here, first)
    freeze(world, here, last)
    breaking(new, world, 99)
    new.sync()

    seen = [open_member(new.ledger, one).status for one in (first, last)]
    assert seen == [Status.FROZEN, Status.FROZEN]
    assert is_sound(new)


def test_what_the_till_did_meanwhile_is_pushed_between_two_pages(world: World, new: Till) -> None:
    run_cycle(new.at, new.hq)
    member = next(one for one in world.members if one in member_ids(new))
    new.top_up(member, 10_000, world.managers[new.name])

    report = read_on(new.at, new.hq)

    assert (report.pushed, report.more) == (2, True)  # with the document that was shown
    assert link.link_state(new.ledger).acked_seq == link_rows.head_seq(new.ledger.read())


def test_an_hq_that_was_restored_is_read_from_the_beginning(world: World, new: Till) -> None:
    breaking(new, world, 1)
    with pytest.raises(HqUnreachable):
        new.sync()

    link.tell_anew(new.ledger)

    assert reading(new.ledger.read()).after is None
    assert reading(new.ledger.read()).needs_snapshot


def test_a_page_is_taken_a_moment_at_a_time_and_loses_nothing(here: Till) -> None:
    cursor = reading(here.ledger.read()).cursor
    told = inbox_rows.member_as_kept(here.ledger.read(), member_ids(here)[0])
    assert told is not None
    row = {**told.told(), "phone": None}
    items = [
        FeedItem(cursor + 3, "member", new_id().hex, {**row, "number": "A1"}),
        FeedItem(cursor + 1, "recall", member_ids(here)[0].hex, {}),
        FeedItem(cursor + 2, "member", new_id().hex, {**row, "number": "A2"}),
    ]
    page: Page | None = Page(tuple(items), cursor + 9, (), 0, here.ledger.now())
    cursors = []

    while page is not None:
        page = inbox.take_page(here.ledger, page, lambda: True)
        cursors.append(reading(here.ledger.read()).cursor - cursor)

    assert cursors == [0, 0, 9]  # the recall is taken last, and never passed over
    assert is_sound(here)


def test_a_page_of_members_is_taken_a_moment_at_a_time(new: Till) -> None:
    row = {"number": "", "name": "王晓明", "gender": "", "status": "normal", "status_reason": ""}
    dates = {"tier": "normal", "tier_since": "2026-01-01", "joined_on": "2026-01-01"}
    known = sorted(new_id().hex for _ in range(3))
    items = tuple(
        FeedItem(9, "member", one, {**row, **dates, "number": one, "note": "", "consent_terms": ""})
        for one in known
    )
    page: SnapshotPage | None = SnapshotPage(
        items, last=True, since=7, known_seq=0, as_of=new.ledger.now()
    )
    after = []

    while page is not None:
        page = inbox.take_snapshot(new.ledger, page, lambda: True)
        after.append(reading(new.ledger.read()).after)

    assert after == [known[0], known[1], None]
    assert reading(new.ledger.read()).cursor == 7
    assert is_sound(new)


def test_between_two_moments_the_log_is_tidied_by_itself(
    new: Till, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cycle, "MOMENT_S", 0.0)
    monkeypatch.setattr(cycle, "CHECKPOINT_EVERY", 2)
    monkeypatch.setattr(network, "PAGE_ITEMS", 10)
    jobs: list[object] = []

    def at(task: Callable[[Ledger], T], /) -> T:
        jobs.append(task)
        return task(new.ledger)

    run_cycle(at, new.hq)

    assert Ledger.tidy in jobs
    assert is_sound(new)


def test_a_word_that_changes_nothing_here_is_not_kept(world: World, here: Till) -> None:
    member = world.members[0]
    kept = inbox_rows.member_as_kept(here.ledger.read(), member)
    assert kept is not None
    cursor = reading(here.ledger.read()).cursor
    place = "SELECT turn FROM inbox WHERE entity = 'member' AND id = ?"
    before = here.ledger.read().execute(place, (member.hex,)).fetchone()
    item = FeedItem(cursor + 1, "member", member.hex, kept.told())
    at = link_rows.head_seq(here.ledger.read())

    inbox.take_page(here.ledger, Page((item,), cursor + 1, (), at, here.ledger.now()))

    assert here.ledger.read().execute(place, (member.hex,)).fetchone() == before


def test_hq_leaves_the_members_out_where_it_is_asked_to(here: Till) -> None:
    here.hq.open_session()

    page = here.hq.feed(0, members=False)

    assert {one.entity for one in page.items} == {"programme"}


def test_a_cursor_never_moves_back(here: Till) -> None:
    before = reading(here.ledger.read()).cursor

    with here.ledger.write() as book:
        reading_rows.take_cursor(book, 0)

    assert reading(here.ledger.read()).cursor == before


def test_a_recall_heard_while_the_snapshot_runs_is_obeyed_once(
    world: World, here: Till, new: Till
) -> None:
    member, manager = min(world.members), world.managers[new.name]
    breaking(new, world, 1)
    with pytest.raises(HqUnreachable):
        new.sync()
    breaking(new, world, 0)
    new.top_up(member, 20_000, manager)
    with pytest.raises(HqUnreachable):
        new.sync(frozenset({member}))
    want = (Want("CNY", 20_000, 20_000),)
    settle(here.at, here.hq, grants.ask(here.ledger, member, want, "jit"))
    with pytest.raises(HqUnreachable):
        new.sync(frozenset({member}))
    recalled = right_rows.held(new.ledger.read(), member)
    new.top_up(member, 30_000, manager)

    breaking(new, world, 99)
    new.sync(frozenset({member}))
    new.sync(frozenset({member}))

    kept = sum(one.amount for one in right_rows.held(new.ledger.read(), member))
    assert (recalled, kept >= 30_000) == ((), True)
    assert is_sound(new)
