"""HQ comes back from a backup: what it has forgotten, the terminals bring again."""

from dataclasses import dataclass

import pytest

from pos_app.ids import new_id
from pos_app.sync.wire import Ack, Grant, GrantAsk, Want
from pos_hq import exceptions, feed, grants, inflow, restoration
from pos_hq.facts import Gap, GrantsFrozen, IncarnationStale
from pos_hq.hq import Hq
from pos_hq.store.bulk import run
from pos_hq.store.database import Connection
from pos_hq.verification import verify
from tests.hq.desk import Author, Pushed, author, balance, opened

FORGOTTEN = ("member", "lot", "balance", "rights_grant", "released", "feed", "sidecar", "growth")


def restore_to_nothing(hq: Hq) -> int:
    """Put HQ back to a backup that was made when nothing had been pushed yet."""
    forget_everything(hq)
    return restoration.after_restore(hq)


def forget_everything(hq: Hq) -> None:
    with hq.write() as book:
        for table in ("event", "transfer", "act"):
            _forget_all(book, table)
        for table in FORGOTTEN:
            run(book, f"DELETE FROM {table}")  # noqa: S608 -- a table of ours
        run(
            book,
            "UPDATE node_epoch SET acked_seq = 0, applied_seq = 0, head_seq = 0, acked_hash = ?",
            bytes(32),
        )


def _forget_all(book: Connection, table: str) -> None:
    if book.dialect.name == "postgresql":
        run(book, f"ALTER TABLE {table} DISABLE TRIGGER ALL")
        run(book, f"DELETE FROM {table}")  # noqa: S608 -- a table of ours
        run(book, f"ALTER TABLE {table} ENABLE TRIGGER ALL")
    else:
        run(book, f"DROP TRIGGER {table}_no_delete")
        run(book, f"DELETE FROM {table}")  # noqa: S608 -- a table of ours


class Retold:
    """An author who remembers everything and pushes it again."""

    def __init__(self, till: Author) -> None:
        self.till = till
        self.rows = list(till.unsent)
        self.sidecars = list(till.sidecars)

    def push(self, incarnation: int, head_seq: int | None = None) -> Ack:
        """Push it all, from the first event on."""
        caller = self.till.caller
        sent = Pushed(1, bytes(32), self.rows, self.sidecars)
        told = sent.as_push(caller, incarnation, head_seq)
        return inflow.receive(self.till.hq, caller, told)


def ask(till: Author, member: str, fen: int) -> Grant:
    want = Want(unit="CNY", want=fen, least=fen)
    wish = GrantAsk(grant=new_id().hex, member=member, purpose="jit", wants=(want,))
    return grants.ask(till.hq, till.caller, wish)


@dataclass
class Story:
    """Two tills, and a member's lot of which one granted the other a part."""

    home: Retold
    away: Retold
    member: str
    lot: str


@pytest.fixture
def story(desk: Hq) -> Story:
    """Tell HQ of money topped up at one till, granted to another and partly spent there."""
    home, away = author(desk, "home"), author(desk, "away")
    member = home.member()
    lot = home.top_up(member, 10_000)
    home.give_back(member, ("P", lot, 10_000))
    told = Retold(home)
    home.push()
    grant = ask(away, member, 4_000)
    away.got(grant.grant, member, ("P", lot, 4_000))
    away.spend(member, lot, 1_000)
    told_away = Retold(away)
    away.push()
    return Story(told, told_away, member, lot)


def test_nothing_is_granted_until_every_till_has_spoken(desk: Hq, story: Story) -> None:
    home, away = story.home.till, story.away.till
    anew = restore_to_nothing(desk)
    story.home.push(anew)

    with pytest.raises(GrantsFrozen) as told:
        ask(home, story.member, 9_000)
    story.away.push(anew)

    assert told.value.waiting_for == (away.caller.node.hex,)
    assert ask(home, story.member, 6_000).state == "granted"
    assert ask(home, story.member, 1).state == "refused"


def test_a_forgotten_grant_is_made_again_from_its_receipt(desk: Hq, story: Story) -> None:
    free = f"avail:P:{story.member}:{story.lot}"
    anew = restore_to_nothing(desk)

    story.away.push(anew)
    short, told = balance(desk, free), opened(desk)
    story.home.push(anew)

    held = f"hold:{story.away.till.place}:P:{story.member}:{story.lot}"
    assert (short, balance(desk, free), balance(desk, held)) == (-4_000, 6_000, 3_000)
    assert (told, opened(desk)) == (["AVAIL_SHORT"], [])
    assert feed.page(desk, story.away.till.caller, 0, 100).outstanding == ()
    assert verify(desk).fault is None


def test_a_restore_that_nobody_said_is_found_out_by_the_first_gap(desk: Hq, story: Story) -> None:
    home, away = story.home.till, story.away.till
    forget_everything(desk)
    for till in (home, away, home):
        till.write("NOTE")
        with pytest.raises(Gap):
            till.push()
    (case,) = exceptions.open_ones(desk)

    restoration.after_restore(desk)

    assert (case.type, case.node) == ("RESTORED_UNSAID", home.caller.node.hex)
    assert (case.here, case.there) == ({"acked": 0}, {"acked": 3})
    assert opened(desk) == []


def test_a_till_that_missed_the_restore_is_sent_back_first(desk: Hq, story: Story) -> None:
    anew = restore_to_nothing(desk)

    with pytest.raises(IncarnationStale) as told:
        story.home.push(1)

    assert told.value.current == anew


def test_a_till_that_will_never_speak_can_be_waived(desk: Hq, story: Story) -> None:
    anew = restore_to_nothing(desk)
    story.home.push(anew)

    restoration.waive(desk, story.away.till.caller.node, by="HQ")

    assert restoration.waiting_for(desk) == ()
    assert ask(story.home.till, story.member, 10_000).state == "granted"


def test_half_a_journal_is_not_all_that_a_till_has(desk: Hq, story: Story) -> None:
    anew = restore_to_nothing(desk)
    story.home.rows = story.home.rows[:1]

    story.home.push(anew, head_seq=3)

    assert story.home.till.caller.node.hex in restoration.waiting_for(desk)
