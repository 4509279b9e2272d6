"""The radar reads events as deeds, asks every signal, and raises what nobody has been told yet."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest

from pos_app.ids import EventId, MemberId, NodeId, OperatorId, new_id
from pos_app.ledger.rules import radar
from pos_app.ledger.rules.fraud_reading import Written, doings_of
from pos_app.ledger.rules.fraud_rows import Deed, Doing, SignalKind
from pos_app.ledger.rules.fraud_signals import one_hand, registrations_in_a_row, upgrades_undone
from pos_app.ledger.rules.programme import parse_programme
from pos_app.ledger.rules.radar import Finding, Known, unraised
from pos_app.money import Money, Points
from tests.shop import DEFAULT_PROGRAMME

RULES = parse_programme(DEFAULT_PROGRAMME.read_bytes())
NOON = datetime(2026, 6, 15, 4, tzinfo=UTC)
WHO, HAND, TILL = MemberId(UUID(int=1)), OperatorId(UUID(int=2)), NodeId(UUID(int=3))


def done(deed: Deed, minutes: int = 0, **more: object) -> Doing:
    place = {"member": WHO, "operator": HAND, "till": TILL, **more}
    return Doing(EventId(new_id()), NOON + timedelta(minutes=minutes), deed, **place)  # type: ignore[arg-type]


def written(kind: str, body: object, operator: OperatorId | None = HAND) -> Written:
    event = EventId(new_id())
    return Written(event, NOON, kind, TILL, WHO, operator, None, body)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("kind", "body", "deeds"),
    [
        ("MEMBER_NEW", {}, [(Deed.REGISTER, 0)]),
        ("COUPON_ISSUE", {}, [(Deed.ADJUST, 0)]),
        ("TOPUP", {"amount": 500}, [(Deed.TOP_UP, 500)]),
        ("SALE", {"payable": 700}, [(Deed.SALE, 700)]),
        ("SALE", {"payable": 700, "stored_value": 300}, [(Deed.SALE, 700), (Deed.PAY, 300)]),
        ("REFUND", {"money": 200}, [(Deed.REFUND, 200)]),
        ("VOID", {}, [(Deed.REFUND, 0)]),
        ("ACCOUNT_CLOSE", {"money": 900}, [(Deed.CASH_OUT, 900)]),
        ("NOTE", {}, []),
        ("TOPUP", {"amount": "much"}, []),
        ("SALE", 7, []),
    ],
)
def test_an_event_says_what_was_done(
    kind: str, body: object, deeds: list[tuple[Deed, int]]
) -> None:
    found = doings_of(written(kind, body))

    assert [(row.deed, row.amount.minor) for row in found] == deeds


def test_a_coupon_that_the_rules_gave_is_no_adjustment() -> None:
    assert doings_of(written("COUPON_ISSUE", {}, None)) == ()


def test_the_member_stands_for_the_payer_of_a_top_up() -> None:
    (row,) = doings_of(written("TOPUP", {"amount": 1}))
    nobody = Written(row.id, NOON, "TOPUP", TILL, None, None, None, {"amount": 1})

    assert row.payer == WHO.hex
    assert doings_of(nobody)[0].payer == ""


def test_three_registrations_with_nothing_sold_between_them_are_a_run() -> None:
    new, sold = Deed.REGISTER, Deed.SALE
    rows = [done(one) for one in (new, new, sold, new, Deed.ADJUST, new, new, sold, new)]

    run = list(registrations_in_a_row(rows))

    assert [row.id for row in run] == [rows[place].id for place in (3, 5, 6)]
    assert {row.device for row in run} == {f"{TILL.hex}.{rows[3].id.hex}"}


def test_a_run_at_no_till_has_a_name_all_the_same() -> None:
    rows = [done(Deed.REGISTER, till=None) for _ in range(3)]

    assert {row.device for row in registrations_in_a_row(rows)} == {f".{rows[0].id.hex}"}


def test_five_orders_of_one_hand_within_a_day_are_a_signal_about_the_member() -> None:
    rows = [done(Deed.SALE, n, points=Points(1)) for n in range(5)]
    other = [done(Deed.SALE, n, points=Points(1), operator=None) for n in range(5)]
    unearned = [done(Deed.SALE, n, member=MemberId(UUID(int=9))) for n in range(5)]
    (signal,) = one_hand([*rows, *other, *unearned])

    assert (signal.kind, signal.subject) == (SignalKind.ONE_HAND, WHO)
    assert signal.rows == tuple(rows)
    assert one_hand(rows[:4]) == ()


def test_a_return_that_undid_an_upgrade_is_logged_with_its_order() -> None:
    order, other = done(Deed.SALE), done(Deed.SALE, 1)
    plain = done(Deed.REFUND, 2, of=other.id)
    undoing = done(Deed.REFUND, 3, of=order.id, undoes_upgrade=True)

    (signal,) = upgrades_undone([order, other, plain, undoing])

    assert signal.rows == (order, undoing)
    assert upgrades_undone([other, plain]) == ()


def test_a_finding_has_one_row_of_each_event_and_names_whom_it_concerns() -> None:
    rows = [row for n in range(4) for row in _paid(n)]

    found = {one.kind: one for one in radar.of_members(rows, RULES, {})}

    finding = found[SignalKind.VELOCITY]
    assert (finding.subject, finding.members, len(finding.rows)) == (WHO.hex, (WHO.hex,), 4)


def _paid(minutes: int) -> tuple[Doing, Doing]:
    order = done(Deed.SALE, minutes)
    return order, Doing(order.id, order.at, Deed.PAY, WHO, HAND, TILL, Money(100))


def test_a_finding_about_a_till_says_only_what_is_new_enough() -> None:
    rows = [done(Deed.REGISTER, n) for n in range(3)]

    (finding,) = radar.of_till(rows, RULES, NOON)
    before = radar.of_till(rows, RULES, NOON + timedelta(days=1))

    assert (finding.kind, finding.subject) == (SignalKind.BULK_REGISTRATION, TILL.hex)
    assert before == ()


def test_a_finding_keeps_its_latest_rows() -> None:
    rows = [done(Deed.PAY, 0) for _ in range(radar.ROWS_MOST + 5)]

    found = {one.kind: one for one in radar.of_members(rows, RULES, {})}

    assert len(found[SignalKind.VELOCITY].rows) == radar.ROWS_MOST


def test_only_what_nobody_was_told_is_raised() -> None:
    kind, first, second = SignalKind.VELOCITY, done(Deed.PAY), done(Deed.PAY, 1)
    finding = Finding(kind, WHO.hex, (first, second))
    both = finding.marks

    def known(marks: frozenset[str], *, is_open: bool) -> Known:
        return Known("a1", kind.value, WHO.hex, marks, is_open)

    of_another = Known("a2", kind.value, HAND.hex, both, open=True)
    one = frozenset({first.id.hex})

    assert unraised([finding], [of_another]) == ((finding, None),)
    assert unraised([finding], [known(one, is_open=True)]) == ((finding, "a1"),)
    assert unraised([finding], [known(one, is_open=False)]) == ((finding, None),)
    assert unraised([finding], [known(both, is_open=False)]) == ()


def test_every_signal_that_is_asked_names_its_rule_and_its_proposal() -> None:
    asked = set(SignalKind) - {SignalKind.MANY_CARDS_ONE_PAYER}

    rules = {kind: radar.rule_of(kind, RULES) for kind in asked}

    assert all(rules.values())
    assert rules[SignalKind.VELOCITY] == {"least": 4, "minutes": 10}
    assert radar.proposal(SignalKind.EARN_REFUND_LOOP) == radar.FREEZE
    assert radar.proposal(SignalKind.LARGE_AMOUNT) == radar.LOOK
    assert radar.sales_worth_a_look(RULES) == 4


def test_that_an_operator_may_be_a_member_rests_on_the_member() -> None:
    rows = (done(Deed.SALE), done(Deed.SALE, 1), done(Deed.SALE, 2, member=None))
    finding = Finding(SignalKind.OWN_MEMBER, HAND.hex, rows)

    assert finding.marks == {WHO.hex, rows[2].id.hex}
    assert finding.members == (WHO.hex,)
