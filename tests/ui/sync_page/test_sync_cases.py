"""The exceptions of HQ on the sync page: whose they are, and what to do."""

from __future__ import annotations

from zoneinfo import ZoneInfo

import pytest

from pos_app.ledger.store.event import milliseconds
from pos_app.ledger.sync_list import sync_list
from pos_app.sync.wire_cases import ExceptionView
from pos_app.ui.sync_page import presenter as page_of
from pos_app.ui.sync_page import side_words
from pos_app.ui.sync_page.case_words import case_words, decision_words
from pos_hq.fold.case_kinds import FACTS
from tests.fakes import FakeClock
from tests.shop import Shop
from tests.ui.parts.at_the_till import sell
from tests.ui.sync_page.conftest import Desk

TYPES = (
    *("FORK", "REWIND", "BAD_SIG", "HOLD_SHORT", "HOLD_TOTAL_MISMATCH", "DUP_EVENT_ID"),
    *("COUPON_DOUBLE", "REFUND_EXCESS", "POINTS_RULE_DIFF", "DUP_MEMBER", "PROFILE_CONFLICT"),
    *("CLOCK_SUSPECT", "ORPHAN", "STALE_NODE", "TENDER_DIFF", "UNREADABLE", "CLOSING_DIFF"),
    *("REFUND_DIFF", "GIFT_WAIVED"),
)


def test_an_exception_names_owner_next_step_and_both_sides(desk: Desk, shop: Shop) -> None:
    member = shop.member()
    sale = sell(shop, member)
    node = shop.ledger.node
    desk.pair.hq.open_case(
        "COUPON_DOUBLE",
        node=node.id.hex,
        epoch=node.epoch,
        seq=sale.stamp.seq,
        member=member.hex,
        unit="CNY",
        amount=3_000,
        here={"CNY": 3_000, "status": "used", "held": {"CNY": 500, "PTS": 12}},
        there={"CNY": 0, "status": "used", "strange": 1_234},
    )
    desk.sync.beat()
    desk.page.open()

    desk.page.pick(desk.state.rows[0].key)

    told = desk.detail
    assert desk.state.rows[0].cells[1:7] == (
        *("Sale", "王**", "¥30.00", "Needs attention", "–", "Coupon used twice"),
    )
    assert told.owner == "Store manager"
    assert told.step == "Ask the customer for the difference, or let a manager write it off."
    sides = {side.label: (side.here, side.at_hq, side.differs) for side in told.sides}
    assert sides["Stored value"] == ("¥0.00", "¥30.00", True)
    assert sides["Status"] == ("used", "used", False)
    assert sides["strange"] == ("1,234", "–", True)
    assert sides["Held"] == ("–", "¥5.00 · 12 pts", True)
    assert [fact.label for fact in told.facts] == ["Member", "Slip", "Place", "Code"]


def test_an_exception_of_another_epoch_points_at_no_entry_here(desk: Desk) -> None:
    desk.pair.hq.open_case("REWIND", node="0" * 32, epoch=7, seq=2)
    desk.pair.hq.open_case("UNREADABLE", seq=999_999)
    desk.sync.beat()

    desk.page.open()

    assert desk.column(1) == ["Exception", "Exception"]


def test_an_exception_about_an_entry_shows_its_member_and_sum(desk: Desk, shop: Shop) -> None:
    sale = sell(shop, shop.member())
    desk.pair.hq.open_case("HOLD_SHORT", seq=sale.stamp.seq)
    desk.sync.beat()

    desk.page.open()

    assert desk.state.rows[0].cells[2] == "王**"
    assert desk.state.rows[0].cells[3].startswith("+")


def test_points_and_coupons_in_question_are_counted(desk: Desk) -> None:
    desk.pair.hq.open_case("POINTS_RULE_DIFF", unit="PTS", amount=12)
    desk.pair.hq.open_case("COUPON_DOUBLE", unit="CPN:" + "a" * 32, amount=1)
    desk.pair.hq.open_case("TENDER_DIFF", unit="", amount=5)
    desk.sync.beat()

    desk.page.open()

    assert sorted(desk.column(3)) == ["1 coupon", "12 pts", "5"]


def test_a_resolved_exception_says_how(desk: Desk) -> None:
    told = {"decision": "accept", "note": "已核对"}
    desk.pair.hq.open_case("CLOCK_SUSPECT", state="resolved", resolution=told, opened_at=0)
    desk.pair.hq.open_case("STALE_NODE", state="resolved")
    desk.sync.beat()
    desk.page.open()
    hidden = desk.state.rows

    desk.page.show_group("resolved")
    desk.page.pick(desk.state.rows[1].key)
    how = desk.detail
    desk.page.pick(desk.state.rows[0].key)

    assert hidden == ()
    assert how.step == "Accepted as it was booked. 已核对"
    assert how.owner == "Nobody: HQ has resolved it"
    assert how.subtitle == ""
    assert desk.detail.step == "There is nothing to do."


def test_the_filters_show_one_side_each(desk: Desk, shop: Shop) -> None:
    desk.pair.hq.open_case("DUP_MEMBER")
    desk.sync.beat()
    shop.member()
    desk.page.open()

    shown = {}
    for group in ("all", "waiting", "attention", "resolved"):
        desk.page.show_group(group)
        shown[group] = (len(desk.state.rows), desk.state.empty)

    assert shown["all"][0] == 2
    assert (shown["waiting"][0], shown["attention"][0]) == (1, 1)
    assert shown["resolved"] == (0, "No exception was ever resolved here.")


def test_a_filter_drops_an_explanation_that_is_not_in_it(desk: Desk) -> None:
    desk.page.open()
    desk.page.pick(desk.state.rows[0].key)

    desk.page.show_group("attention")

    assert desk.state.detail is None
    assert desk.state.empty == "Nothing needs anybody."


def test_more_than_fits_is_told_in_words(
    desk: Desk, shop: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    for _case in range(4):
        desk.pair.hq.open_case("DUP_MEMBER")
    desk.sync.beat()
    for place in range(3):
        shop.member(f"1390000000{place}")
    monkeypatch.setattr(page_of, "MOST", 2)

    desk.page.open()
    both = desk.state.more
    desk.page.show_group("attention")
    cases = desk.state.more
    desk.page.show_group("waiting")

    assert both == (
        "1 more wait behind these; they are sent in this order. 2 older exceptions are at HQ only."
    )
    assert cases == "2 older exceptions are at HQ only."
    assert desk.state.more == "1 more wait behind these; they are sent in this order."


@pytest.mark.parametrize("kind", TYPES)
def test_every_type_of_exception_has_words_of_its_own(kind: str) -> None:
    told, other = case_words(kind), case_words("of a newer HQ")

    assert told != other
    assert all((told.title, told.meaning, told.owner, told.step))


def test_a_decision_that_is_new_keeps_its_code() -> None:
    assert decision_words("accept") == "Accepted as it was booked."
    assert decision_words("brand_new") == "brand_new"


def test_an_exception_told_in_few_words_is_listed_all_the_same(desk: Desk, shop: Shop) -> None:
    case = ExceptionView(id="c" * 32, type="FORK")
    desk.pair.hq.tell("exception", case.id, {"type": "FORK", "seq": 3, "state": "open"})
    desk.sync.beat()

    listed = sync_list(shop.ledger, 10)

    assert [one.type for one in listed.cases] == ["FORK"]
    assert listed.cases[0].opened_at is None


def test_every_fact_that_hq_states_has_a_name_here() -> None:
    assert set(FACTS) - set(side_words.labels()) == set()


def test_facts_are_told_as_what_they_are() -> None:
    at = milliseconds(FakeClock()())
    stated = {
        "last_seen": at,
        "held": -2_500,
        "hash": "ab" * 32,
        "field": "phone",
        "seq": 1_234,
        "counted": 1_500,
        "fault": "ValueError: moves",
        "strange": ["x"],
    }

    told = side_words.sides({}, stated, unit="CNY", zone=ZoneInfo("Asia/Shanghai"))

    assert [side.at_hq for side in told] == [
        "06-15 12:00",
        "−\u2009¥25.00",
        "abababab …",
        "Phone",
        "1,234",
        "¥15.00",
        "ValueError: moves",
        '["x"]',
    ]
    assert {side.here for side in told} == {"–"}
