"""What a store's manager decided comes with the terminal's journal, and HQ carries it out."""

import pytest

from pos_app.ids import new_id
from pos_app.sync.wire_cases import ExceptionView
from pos_hq import exceptions
from pos_hq.hq import Hq
from pos_hq.verification import verify
from tests.hq.desk import Author, author, balance, opened
from tests.hq.test_told_exceptions import told


@pytest.fixture
def till(desk: Hq) -> Author:
    return author(desk)


@pytest.fixture
def coupon_case(desk: Hq, till: Author) -> ExceptionView:
    """Use a coupon twice."""
    member, coupon = till.member(), new_id().hex
    body = {"coupon": coupon, "template": "NEW5", "valid_from": "2026-06-01"}
    issue = [["cpn_issued", f"hold:CPN:{member}:{coupon}", f"CPN:{coupon}", 1]]
    till.write("COUPON_ISSUE", {**body, "valid_until": "2026-07-01"}, issue, member=member)
    for _ in range(2):
        use = [[f"hold:CPN:{member}:{coupon}", "cpn_redeemed", f"CPN:{coupon}", 1]]
        till.write("NOTE", {}, use, member=member)
    till.push()
    (case,) = exceptions.open_ones(desk)
    return case


def decide(till: Author, case: str, decision: str, *, erased: bool = False) -> None:
    body = {"note": "decision", "case": case, "type": "COUPON_DOUBLE", "decision": decision}
    private = {"by": "林晓雯 · 1001", "why": "the customer paid"}
    till.write("NOTE", body, private=None if erased else private)
    till.push()


@pytest.mark.usefixtures("coupon_case")
def test_a_terminal_hears_what_its_store_may_decide(till: Author) -> None:
    (heard,) = told(till)

    assert heard.type == "COUPON_DOUBLE"
    assert heard.decisions == ("accept", "loss", "correct")


def test_what_is_hqs_to_decide_is_not_offered_to_a_store(desk: Hq, till: Author) -> None:
    member = till.member()
    lot = till.top_up(member, 10_000)
    till.spend(member, lot, 12_500)
    till.push()
    (case,) = exceptions.open_ones(desk)

    decide(till, case.id, "loss")

    assert (case.type, case.decisions, case.who) == ("HOLD_SHORT", (), "HQ finance")
    assert opened(desk) == ["HOLD_SHORT"]


def test_a_decision_is_carried_out_with_who_and_why(
    desk: Hq, till: Author, coupon_case: ExceptionView
) -> None:
    decide(till, coupon_case.id, "loss")

    (heard,) = told(till)
    assert heard.state == "resolved"
    assert heard.decisions == ()
    assert heard.resolution == {
        "by": "林晓雯 · 1001",
        "decision": "loss",
        "note": "the customer paid",
        "at": desk.now_ms(),
        "entry": f"{till.place}.{till.seq}",
    }
    assert balance(desk, f"suspense:{till.caller.node.hex}", coupon_case.unit) == 0
    assert balance(desk, "loss:orphan", coupon_case.unit) == -1
    assert verify(desk).fault is None


def test_a_correction_passes_the_exception_to_hq(
    desk: Hq, till: Author, coupon_case: ExceptionView
) -> None:
    decide(till, coupon_case.id, "correct")
    decide(till, coupon_case.id, "loss")
    (handed,) = told(till)

    exceptions.resolve(desk, handed.id, by="Lin", decision="accept")

    (heard,) = told(till)
    assert (handed.state, handed.who, handed.decisions) == ("open", "HQ operations", ())
    assert handed.resolution is not None
    assert handed.resolution["decision"] == "correct"
    assert heard.resolution is not None
    assert heard.resolution["store"] == handed.resolution
    assert verify(desk).fault is None


def test_a_decision_counts_when_its_persons_are_erased(
    till: Author, coupon_case: ExceptionView
) -> None:
    decide(till, coupon_case.id, "accept", erased=True)

    (heard,) = told(till)
    assert (heard.state, heard.resolution and heard.resolution["by"]) == ("resolved", "")


def test_only_the_terminal_that_it_concerns_decides(desk: Hq, coupon_case: ExceptionView) -> None:
    decide(author(desk, "other"), coupon_case.id, "loss")

    assert opened(desk) == ["COUPON_DOUBLE"]


@pytest.mark.parametrize("decision", ["lift", "unblock", "nonsense"])
def test_what_is_not_offered_stays_an_entry(
    desk: Hq, till: Author, coupon_case: ExceptionView, decision: str
) -> None:
    decide(till, coupon_case.id, decision)

    assert opened(desk) == ["COUPON_DOUBLE"]


def test_a_second_decision_and_one_about_nothing_change_nothing(
    till: Author, coupon_case: ExceptionView
) -> None:
    decide(till, coupon_case.id, "accept")
    decide(till, coupon_case.id, "loss")
    decide(till, new_id().hex, "loss")

    (heard,) = told(till)
    assert heard.resolution is not None
    assert heard.resolution["decision"] == "accept"


def test_a_decision_that_names_nothing_is_told(desk: Hq, till: Author) -> None:
    decide(till, "no identity", "loss")

    assert opened(desk) == ["UNREADABLE"]
