"""What a till and HQ do on a bad day: disks, versions, members, programmes, and open questions."""

from __future__ import annotations

import pytest

from pos_app.errors import PosError
from pos_app.ids import MemberId
from pos_app.ledger import member_edit, members
from pos_app.ledger.counter import price
from pos_app.ledger.member_edit import MemberChanges
from pos_app.sync.facts import HqOlder, HqRefused, Rewound, TerminalOlder
from pos_app.sync.health import Link
from pos_app.sync.hq import enrol
from pos_app.sync.wire import EnrolAsk
from pos_hq import enrolment, exceptions, persons, watching
from pos_hq.api.routes import hello
from pos_hq.fold.fact import KINDS
from pos_hq.programme import publishing
from simulation.till import order_of
from tests.e2e.stores import Chain, Counter, try_to_pay
from tests.fakes import FakeClock
from tests.ledger.till_hand import programme_with
from tests.shop import intent


def test_a_code_is_good_once_and_a_terminal_is_enrolled_once(up: Chain, counter: Counter) -> None:
    code = enrolment.make_code(up.hq, "S001", "2 号机")
    fresh = [enrolment.make_code(up.hq, "S001", "3 号机") for _ in range(2)]
    stranger = {"node": "", "epoch": 0, "public_key": "ab" * 32}
    other = up.ask(counter, code).model_copy(update=stranger)
    enrol(counter.transport, other)

    again = other.model_copy(update={"public_key": "cd" * 32})
    thief = up.ask(counter, fresh[0]).model_copy(update={"public_key": "ef" * 32})

    assert refusal(counter, again.model_copy(update={"code": code})) == "code_used"
    assert refusal(counter, thief) == "node_enrolled"
    assert (
        enrol(counter.transport, up.ask(counter, fresh[1])).epoch == 1
    )  # whose answer had been lost
    assert len(enrolment.nodes(up.hq)) == 2


def test_a_till_that_was_replaced_gets_nothing_more_and_is_heard_out(
    up: Chain, counter: Counter
) -> None:
    member = counter.member()
    counter.top_up(member, 10_000, counter.manager)
    counter.beat()
    had = up.left(member)
    code = enrolment.make_code(up.hq, "S001", "1 号机", counter.place.node)
    anew = up.ask(counter, code).model_copy(update={"epoch": 0, "public_key": "ab" * 32})
    enrol(counter.transport, anew)

    counter.sell_for_cash()
    refused = try_to_pay(counter, member)
    counter.beat()

    assert isinstance(refused, PosError)
    assert counter.unsent == 0
    assert up.left(member) == had


def test_of_two_copies_of_a_disk_the_second_to_speak_spends_nothing_of_hq(
    up: Chain, counter: Counter
) -> None:
    member = counter.member()
    counter.top_up(member, 10_000, counter.manager)
    counter.beat()
    had = up.left(member)
    copy = up.copy_of(counter)
    counter.sell_for_cash()
    copy.sell_for_cash()
    counter.beat()

    news = copy.beat()
    refused = try_to_pay(copy, member)

    assert isinstance(news.trouble, Rewound)
    assert isinstance(refused, HqRefused)
    assert refused.code == "fork"
    (case,) = up.cases()
    assert (case.type, up.left(member)) == ("FORK", had)

    counter.sell_for_cash()
    counter.beat()
    exceptions.resolve(up.hq, case.id, by="IT", decision="lift")
    counter.beat()

    assert try_to_pay(counter, member) is None
    assert counter.is_sound()
    assert up.is_sound()


def test_a_copy_that_finds_itself_behind_tells_hq_where_it_ends(
    up: Chain, counter: Counter
) -> None:
    counter.beat()
    copy = up.copy_of(counter)
    counter.sell_for_cash()
    counter.beat()

    found, told = copy.beat(), copy.beat()

    assert isinstance(found.trouble, Rewound)
    assert isinstance(told.trouble, Rewound)
    assert [case.type for case in up.cases()] == ["REWIND"]


def test_an_older_hq_is_waited_for_and_nothing_is_given_up(
    up: Chain, counter: Counter, monkeypatch: pytest.MonkeyPatch
) -> None:
    counter.sell_for_cash()
    with monkeypatch.context() as older:
        older.delitem(KINDS, "RETURN")
        news = counter.beat()
    upgraded = counter.beat()

    assert isinstance(news.trouble, HqOlder)
    assert (news.link, news.waiting) == (Link.ACTION, 1)
    assert (upgraded.link, upgraded.waiting) == (Link.ONLINE, 0)
    assert up.is_sound()


def test_a_newer_hq_is_worked_with_until_it_no_longer_speaks_the_tills_protocol(
    counter: Counter, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(KINDS, "GIFT", 1)
    monkeypatch.setattr(hello, "PROTO_MAX", 7)
    counter.sell_for_cash()
    newer = counter.beat()

    monkeypatch.setattr(hello, "PROTO_MIN", 2)
    counter.sell_for_cash()
    news = counter.beat()

    assert (newer.link, newer.waiting) == (Link.ONLINE, 0)
    assert isinstance(news.trouble, TerminalOlder)
    assert (news.link, news.waiting) == (Link.ACTION, 1)


def test_a_member_erased_at_hq_is_forgotten_at_a_till_that_holds_their_rights(
    chain: Chain, clock: FakeClock
) -> None:
    with chain.serving():
        till = chain.counter(clock)
        member = served(till)
    had = chain.left(member)
    persons.erase(chain.hq, member.hex, by="Lin", reason="asked")
    till.sell(member, order_of(2_000, None), till.manager)
    changes = MemberChanges(name="王小明")
    member_edit.edit(till.ledger, member, changes, operator=till.manager, intent=intent())

    with chain.serving():
        till.beat()
        till.beat()

    assert members.search(till.ledger, "13812340217") == members.search(till.ledger, "王小明") == ()
    assert (till.holds(member), personal(till, member)) == (0, 0)
    assert chain.left(member) == had - 2_000
    assert chain.cases() == []
    assert till.is_sound()
    assert chain.is_sound()


def test_a_member_merged_at_hq_spends_at_a_till_that_holds_their_rights_and_loses_nothing(
    chain: Chain, clock: FakeClock
) -> None:
    with chain.serving():
        till = chain.counter(clock)
        kept = till.member("13900000001")
        gone = served(till)
    had = chain.left(gone)
    persons.merge(chain.hq, kept.hex, gone.hex, by="Lin")
    till.sell(gone, order_of(2_000, None), till.manager)

    with chain.serving():
        till.beat()
        till.beat()
        paid = try_to_pay(till, kept)
        till.beat()

    assert (till.holds(gone), chain.left(gone)) == (0, 0)
    assert chain.left(kept) == had - 2_000 - 6_000
    assert paid is None
    assert members.search(till.ledger, "13812340217") == ()
    assert chain.cases() == []
    assert till.is_sound()
    assert chain.is_sound()


def test_a_programme_that_a_till_has_not_seen_rules_when_it_hears_of_it(
    chain: Chain, clock: FakeClock
) -> None:
    newer = programme_with(
        effective_from='"2026-06-16T00:00:00+08:00"', cash_rounding_unit_fen="100"
    )
    with chain.serving():
        till = chain.counter(clock)
        member = till.member()
        till.beat()
    rules = publishing.publish(chain.hq, newer)
    clock.go(days=2)
    chain.clock.go(days=2)
    till.sell(member, order_of(1_999, 0), till.manager)
    before = price(till.ledger, order_of(1_999, 0), None).rounding.minor

    with chain.serving():
        till.beat()
        till.beat()
    after = price(till.ledger, order_of(1_999, 0), None).rounding.minor

    assert (before, after) == (9, 99)
    assert till.ledger.programme.version == rules.version
    assert chain.cases() == []
    assert till.is_sound()
    assert chain.is_sound()


def test_an_exception_that_nobody_resolves_stays_before_everybody_and_stops_nothing(
    up: Chain, counter: Counter, clock: FakeClock
) -> None:
    clock.go(minutes=10)
    counter.sell_for_cash()
    counter.beat()
    clock.go(days=30, minutes=-10)
    up.clock.go(days=30)
    counter.sell_for_cash()
    watching.watch(up.hq)

    news = counter.beat()

    (case,) = up.cases()
    assert (case.type, case.state) == ("CLOCK_SUSPECT", "open")
    assert (news.link, news.open_cases, news.waiting) == (Link.ACTION, 1, 0)
    assert up.is_sound()

    exceptions.resolve(up.hq, case.id, by="Lin", decision="accept")

    assert counter.beat().link is Link.ONLINE


def served(till: Counter) -> MemberId:
    """Let a member be at the counter, with rights that stay there while HQ knows of them."""
    member = till.member()
    till.top_up(member, 20_000, till.manager)
    till.courier.beat({member})
    assert till.holds(member) >= 20_000
    return member


def personal(till: Counter, member: MemberId) -> int:
    """Return how many events of a member have personal data beside them.

    The sealed record of their document is not counted: the law wants it kept for five years.
    """
    asked = (
        "SELECT count(*) FROM sidecar s JOIN journal j ON j.event_id = s.event_id"
        " WHERE j.member = ? AND j.kind <> 'REAL_NAME'"
    )
    return int(till.ledger.read().execute(asked, (member.bytes,)).fetchone()[0])


def refusal(till: Counter, ask: EnrolAsk) -> str:
    """Return the code with which HQ refuses to enrol somebody."""
    with pytest.raises(HqRefused) as refused:
        enrol(till.transport, ask)
    return refused.value.code
