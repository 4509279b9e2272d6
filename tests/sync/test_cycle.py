"""A cycle with a real HQ: everything is told once, asked once, and heard in order."""

from dataclasses import dataclass, replace

from pos_app.ids import IntentId, MemberId, new_id
from pos_app.ledger import allowances, grants, inbox, link, outbox
from pos_app.ledger.counter import open_member, price
from pos_app.ledger.inbox import Page
from pos_app.ledger.member_edit import StatusChange, set_status
from pos_app.ledger.proof import make_anew, prove
from pos_app.ledger.rules.holder import Status
from pos_app.ledger.store import link_rows, right_rows
from pos_app.ledger.store.event import Draft, Kind
from pos_app.ledger.store.right_rows import Want
from pos_app.money import Money
from pos_app.sync import translate
from pos_app.sync.cycle import read_on, run_cycle, settle
from pos_app.sync.transport import Reply, Request
from pos_hq import restoration
from simulation.network import answer
from simulation.till import Till, order_of
from simulation.world import World


@dataclass
class Endless:
    """A way to HQ whose feed always has more to tell."""

    world: World
    pages: int = 0

    def send(self, request: Request) -> Reply:
        reply = answer(self.world.hq, request)
        if not request.path.startswith("/v1/feed"):
            return reply
        self.pages += 1
        return replace(reply, body=reply.body.replace(b'"more":false', b'"more":true'))


def member_of(world: World) -> MemberId:
    return world.members[0]


def shown(till: Till, member: MemberId) -> Money:
    return open_member(till.ledger, member).total.principal


def is_sound(till: Till) -> bool:
    faults = [one.fault for one in prove(till.ledger) if one.fault is not None]
    wrong = [table for table in make_anew(till.ledger) if table.wrong]
    assert (faults, wrong) == ([], [])
    return True


def page_for(till: Till) -> Page:
    """Return everything that HQ tells this till, as of now."""
    till.hq.open_session()
    return translate.page_of(till.hq.feed(0), till.ledger.now())


def test_what_is_topped_up_here_is_seen_and_spent_there(
    world: World, here: Till, there: Till
) -> None:
    member = member_of(world)
    here.top_up(member, 20_000, world.managers[here.name])

    here.sync()
    there.sync()
    seen = shown(there, member)
    there.sell(member, order_of(5_000, None), world.managers[there.name])
    there.sync()
    here.sync()

    assert seen == Money(20_000)
    assert shown(here, member) < Money(20_000)
    assert is_sound(here)
    assert is_sound(there)


def test_a_cycle_with_nothing_to_do_changes_nothing(here: Till) -> None:
    here.sync()
    before = link_rows.head_seq(here.ledger.read())

    report = here.sync()

    assert (report.pushed, report.pulled, report.granted) == (0, 0, 0)
    assert link_rows.head_seq(here.ledger.read()) == before


def test_a_block_reaches_every_till(world: World, here: Till, there: Till) -> None:
    member = member_of(world)
    change = StatusChange(member, Status.FROZEN, "本人挂失", IntentId(new_id()))
    set_status(here.ledger, change, operator=world.managers[here.name])

    here.sync()
    there.sync()

    assert open_member(there.ledger, member).status is Status.FROZEN
    assert is_sound(there)


def test_what_a_till_did_since_hq_heard_of_it_stays(world: World, here: Till) -> None:
    member = member_of(world)
    state = link.link_state(here.ledger)
    page = page_for(here)
    here.sell(member, order_of(600_000, 0), world.managers[here.name])
    upgraded = open_member(here.ledger, member).tier

    inbox.take_page(here.ledger, page)

    assert open_member(here.ledger, member).tier == upgraded != "normal"
    assert page.known_seq == state.acked_seq
    assert is_sound(here)


def test_a_frequent_member_has_an_allowance_waiting(world: World, here: Till, there: Till) -> None:
    member = member_of(world)
    here.top_up(member, 100_000, world.managers[here.name])
    here.sell(member, order_of(1_000, 0), world.managers[here.name])
    here.sync()

    asked = allowances.ask_allowances(here.ledger)
    report = here.sync()
    here.sync()
    there.sync()

    held = right_rows.held(here.ledger.read(), member)
    value = sum(one.amount for one in held if one.pocket in {"P", "B"})
    assert (asked, report.granted) == (1, 1)
    assert value == 20_000
    assert allowances.ask_allowances(here.ledger) == 0


def test_a_recall_brings_rights_back(world: World, here: Till, there: Till) -> None:
    member, want = member_of(world), (Want("CNY", 20_000, 20_000),)
    here.top_up(member, 20_000, world.managers[here.name])
    here.sync(frozenset({member}))
    settle(there.at, there.hq, grants.ask(there.ledger, member, want, "jit"))
    refused = right_rows.held(there.ledger.read(), member)

    here.sync(frozenset({member}))
    settle(there.at, there.hq, grants.ask(there.ledger, member, want, "jit"))

    assert (refused, right_rows.held(here.ledger.read(), member)) == ((), ())
    assert sum(one.amount for one in right_rows.held(there.ledger.read(), member)) == 20_000


def test_hq_that_forgot_is_told_everything_anew(world: World, here: Till) -> None:
    here.top_up(member_of(world), 20_000, world.managers[here.name])
    here.sync()
    restoration.after_restore(world.hq)

    report = here.sync()

    assert report.pushed == link_rows.head_seq(here.ledger.read())


def test_a_refused_grant_stops_no_other(world: World, here: Till, there: Till) -> None:
    member = member_of(world)
    here.top_up(member, 20_000, world.managers[here.name])
    here.sync()
    there.sync()
    stranger = MemberId(new_id())
    grants.ask(there.ledger, stranger, (Want("CNY", 1, 1),), "jit")
    grants.ask(there.ledger, member, (Want("CNY", 5_000, 5_000),), "jit")

    report = there.sync(frozenset({member}))

    assert report.granted == 1
    assert right_rows.open_asks(there.ledger.read()) == ()


def test_while_hq_grants_nothing_asks_stay_open(world: World, here: Till, there: Till) -> None:
    member = member_of(world)
    here.top_up(member, 20_000, world.managers[here.name])
    here.sync()
    there.sync()
    restoration.after_restore(world.hq)
    grants.ask(there.ledger, member, (Want("CNY", 5_000, 5_000),), "jit")

    waiting = there.sync(frozenset({member})).granted
    here.sync()
    world.tills[2].sync()
    granted = there.sync(frozenset({member})).granted

    assert (waiting, granted) == (0, 1)


def test_an_online_payment_asks_for_what_is_missing_and_no_more(
    world: World, here: Till, there: Till
) -> None:
    member = member_of(world)
    here.top_up(member, 20_000, world.managers[here.name])
    here.sync()
    there.sync()
    quote = price(there.ledger, order_of(3_000, None), member)

    wants = grants.shortage(there.ledger, quote, member)
    settle(there.at, there.hq, grants.ask(there.ledger, member, wants, "jit"))

    held = right_rows.held(there.ledger.read(), member)
    assert sum(one.amount for one in held) == 3_000
    assert grants.shortage(there.ledger, quote, member) == ()


def test_a_long_tale_is_told_in_more_than_one_batch(here: Till) -> None:
    with here.ledger.write() as book:
        for _ in range(outbox.BATCH_EVENTS + 20):
            book.append(Draft(Kind.NOTE, {"note": "x"}))

    report = here.sync()

    assert report.pushed == outbox.BATCH_EVENTS + 20
    assert outbox.unsent(here.ledger).count == 0


def test_a_feed_without_an_end_does_not_hold_a_cycle_for_ever(world: World, here: Till) -> None:
    here.sync()
    endless = Endless(world)
    here.hq._transport = endless  # noqa: SLF001 -- the way to HQ is what goes wrong

    reports = [run_cycle(here.at, here.hq), read_on(here.at, here.hq)]

    assert endless.pages == len(reports)
    assert all(one.more for one in reports)
