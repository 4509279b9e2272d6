"""What a till does not believe: other HQs, chains and sums, and news that it cannot read."""

from dataclasses import dataclass, field, replace
from datetime import timedelta

import pytest

from pos_app.ids import MemberId, new_id
from pos_app.ledger import inbox, link, outbox
from pos_app.ledger.counter import open_member
from pos_app.ledger.inbox import FeedItem, FeedUnreadable, Page
from pos_app.ledger.link import OtherHq, OtherStore
from pos_app.ledger.outbox import ChainDiffers, HoldingsDiffer
from pos_app.ledger.store import inbox_rows, link_rows, remote_rows, right_rows
from pos_app.ledger.store.link_rows import Acknowledged
from pos_app.sync.cycle import run_cycle
from pos_app.sync.facts import HqMisbehaved, HqOlder, HqRefused, Rewound, TerminalOlder
from pos_app.sync.transport import Reply, Request
from simulation.network import answer
from simulation.till import Till
from simulation.world import World


@dataclass
class Twisted:
    """A way to HQ on which answers can be changed."""

    world: World
    twist: dict[str, bytes] = field(default_factory=dict)

    def send(self, request: Request) -> Reply:
        reply = answer(self.world.hq, request)
        path = request.path.partition("?")[0]
        return Reply(200, "application/json", self.twist[path]) if path in self.twist else reply


def member_of(world: World) -> MemberId:
    return world.members[0]


def frozen(till: Till) -> str:
    return link.link_state(till.ledger).frozen


def test_another_hq_is_not_believed(world: World, here: Till) -> None:
    twisted = Twisted(world)
    here.hq._transport = twisted  # noqa: SLF001 -- the way to HQ is what goes wrong
    hello = answer(world.hq, Request("GET", "/v1/hello")).body
    twisted.twist["/v1/hello"] = hello.replace(world.hq.key.hex().encode(), b"0" * 64)

    with pytest.raises(HqMisbehaved):
        here.sync()


@pytest.mark.parametrize(
    ("old", "new", "fact"),
    [
        (b'"proto_min":1', b'"proto_min":2', TerminalOlder),
        (b'"proto_max":1', b'"proto_max":0', HqOlder),
        (b'"RETURN":', b'"RETURNED":', HqOlder),
    ],
)
def test_an_hq_of_another_age_is_told_apart(
    world: World, here: Till, old: bytes, new: bytes, fact: type[Exception]
) -> None:
    twisted = Twisted(world)
    here.hq._transport = twisted  # noqa: SLF001 -- the way to HQ is what goes wrong
    hello = answer(world.hq, Request("GET", "/v1/hello")).body
    twisted.twist["/v1/hello"] = hello.replace(old, new)

    with pytest.raises(fact):
        run_cycle(here.at, here.hq)


def test_an_hq_that_met_another_copy_of_the_disk_says_so(world: World, here: Till) -> None:
    twisted = Twisted(world)
    here.hq._transport = twisted  # noqa: SLF001 -- the way to HQ is what goes wrong
    here.top_up(member_of(world), 20_000, world.managers[here.name])
    place = f'{{"seq":999,"hash":"{"0" * 64}"}}'
    told = f'{{"token":"x","expires_in_s":9,"known":{place},"incarnation":1,"time":1}}'
    twisted.twist["/v1/session"] = told.encode()

    with pytest.raises(Rewound) as rewound:
        run_cycle(here.at, here.hq)

    assert rewound.value.at_hq == 999


def test_it_says_so_in_a_session_that_lasts_too(world: World, here: Till) -> None:
    here.sync()
    twisted = Twisted(world)
    here.hq._transport = twisted  # noqa: SLF001 -- the way to HQ is what goes wrong
    place = f'"known":{{"seq":999,"hash":"{"0" * 64}"}}'
    hello = answer(world.hq, Request("GET", "/v1/hello")).body
    twisted.twist["/v1/hello"] = hello.replace(b'"known":null', place.encode())
    anew = f'{{"token":"x","expires_in_s":9,{place},"incarnation":1,"time":1}}'
    twisted.twist["/v1/session"] = anew.encode()

    with pytest.raises(Rewound) as rewound:
        run_cycle(here.at, here.hq)

    assert rewound.value.at_hq == 999


def test_a_sum_that_differs_freezes_the_spending(world: World, here: Till) -> None:
    here.top_up(member_of(world), 20_000, world.managers[here.name])
    head = link_rows.head_seq(here.ledger.read())
    digest = link_rows.hash_at(here.ledger.read(), head)
    assert digest is not None

    with pytest.raises(HoldingsDiffer) as differs:
        outbox.acknowledge(here.ledger, Acknowledged(head, digest, b""), {"CNY": 1})

    assert (differs.value.unit, differs.value.at_hq) == ("CNY", 1)
    assert frozen(here) == "holdings_differ"


def test_an_acknowledgement_of_another_chain_is_not_taken(here: Till) -> None:
    before = link.link_state(here.ledger).acked_seq

    with pytest.raises(ChainDiffers):
        outbox.acknowledge(here.ledger, Acknowledged(before, b"x" * 32, b""), {})


def test_an_old_acknowledgement_moves_nothing_back(here: Till) -> None:
    before = link.link_state(here.ledger).acked_seq
    first = link_rows.hash_at(here.ledger.read(), 1)
    assert first is not None

    outbox.acknowledge(here.ledger, Acknowledged(1, first, b""), {})

    assert link.link_state(here.ledger).acked_seq == before


def test_news_that_cannot_be_read_leave_the_page_aside(here: Till) -> None:
    before = link.link_state(here.ledger).cursor
    item = FeedItem(before + 1, "member", "not-an-identity", {"number": "1"})

    with pytest.raises(FeedUnreadable) as unreadable:
        inbox.take_page(here.ledger, Page((item,), before + 1, (), 0, here.ledger.now()))

    assert (unreadable.value.entity, link.link_state(here.ledger).cursor) == ("member", before)


def test_entities_of_a_newer_hq_are_passed_over(here: Till) -> None:
    before = link.link_state(here.ledger).cursor
    items = (
        FeedItem(before + 1, "weather", "x", {"rain": 1}),
        FeedItem(before + 2, "member", new_id().hex, None),
        FeedItem(before + 3, "exception", new_id().hex, {"state": "open", "type": "FORK"}),
        FeedItem(before + 4, "node", "x", {"status": "revoked"}),
    )

    inbox.take_page(here.ledger, Page(items, before + 4, (), 0, here.ledger.now()))

    assert link.link_state(here.ledger).cursor == before + 4
    assert remote_rows.open_exceptions(here.ledger.read()) == 1
    assert [one["type"] for one in remote_rows.exceptions(here.ledger.read(), 5)] == ["FORK"]
    assert frozen(here) == "revoked"


def test_a_programme_that_is_not_hqs_is_left_aside(here: Till) -> None:
    before = here.ledger.known_programmes()
    told = {"document": b"x = 1".hex(), "signature": "00" * 64}

    item = FeedItem(link.link_state(here.ledger).cursor + 1, "programme", "p", told)
    inbox.take_page(here.ledger, Page((item,), item.seq, (), 0, here.ledger.now()))

    assert here.ledger.known_programmes() == before


def test_a_ledger_joins_its_own_store_and_one_hq(here: Till) -> None:
    node = here.ledger.node
    mine = link.Membership(node.id, node.epoch, node.store, here.hq_key, 1)

    link.join(here.ledger, mine)
    with pytest.raises(OtherHq):
        link.join(here.ledger, link.Membership(node.id, node.epoch, node.store, b"x" * 32, 1))
    with pytest.raises(OtherStore):
        link.join(here.ledger, link.Membership(node.id, node.epoch, "S999", here.hq_key, 1))
    with pytest.raises(OtherHq):
        link.greet(here.ledger, link.Greeting(b"x" * 32, 1, here.ledger.now()))


def test_a_proof_that_a_gateway_sent_twice_is_made_once_more(world: World, here: Till) -> None:
    class Doubling(Twisted):
        left = 1

        def send(self, request: Request) -> Reply:
            if request.path == "/v1/session" and self.left:
                self.left = 0
                answer(self.world.hq, request)
            return super().send(request)

    here.hq._transport = Doubling(world)  # noqa: SLF001 -- the way to HQ is what goes wrong

    assert here.hq.open_session().token


@dataclass
class Heard(Twisted):
    """A way to HQ that remembers which doors were knocked at."""

    doors: list[str] = field(default_factory=list)

    def send(self, request: Request) -> Reply:
        self.doors.append(request.path.partition("?")[0].removeprefix("/v1/"))
        return super().send(request)


def heard(world: World, till: Till) -> Heard:
    till.hq._transport = told = Heard(world)  # noqa: SLF001 -- the way to HQ is listened to
    return told


def test_a_cycle_with_nothing_to_do_asks_three_times(world: World, here: Till) -> None:
    here.sync()
    told = heard(world, here)

    run_cycle(here.at, here.hq)

    assert told.doors == ["hello", "events", "feed"]


def test_a_session_that_has_ended_is_begun_anew(world: World, here: Till) -> None:
    here.sync()
    world.clock.at += timedelta(minutes=16)
    told = heard(world, here)

    run_cycle(here.at, here.hq)

    assert told.doors[:4] == ["hello", "hello", "challenge", "session"]


def test_an_hq_that_has_forgotten_is_told_by_a_new_session(world: World, here: Till) -> None:
    here.sync()
    told = heard(world, here)
    place = f'"known":{{"seq":0,"hash":"{"0" * 64}"}}'
    hello = answer(world.hq, Request("GET", "/v1/hello")).body
    told.twist["/v1/hello"] = hello.replace(b'"known":null', place.encode())

    run_cycle(here.at, here.hq)

    assert told.doors[:3] == ["hello", "challenge", "session"]


def test_a_terminal_that_is_not_known_is_refused_after_all(world: World, here: Till) -> None:
    here.hq._who = replace(here.hq._who, epoch=7)  # noqa: SLF001 -- a stranger's claim

    with pytest.raises(HqRefused) as refused:
        here.hq.open_session()

    assert (refused.value.status, world.tills[0]) == (401, here)


def test_what_nothing_is_known_of_is_neither_counted_nor_shown(world: World, here: Till) -> None:
    member, unknown = member_of(world), new_id().hex
    avail = [["P", unknown, 100], ["CPN", unknown, 1], ["PTS", "2099-12-31", -5]]
    kept = inbox_rows.member_as_kept(here.ledger.read(), member)
    assert kept is not None
    told = {**kept.told(), "avail": avail}
    item = FeedItem(link.link_state(here.ledger).cursor + 1, "member", member.hex, told)

    inbox.take_page(here.ledger, Page((item,), item.seq, (), 0, here.ledger.now()))

    assert right_rows.elsewhere(here.ledger.read(), member) == ()
    assert open_member(here.ledger, member).total.lots == ()
