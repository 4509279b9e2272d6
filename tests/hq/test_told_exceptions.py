"""Exceptions as people and terminals see them: whole, with a proposal and with who must act."""

from typing import get_args

import pytest

from pos_app.sync.wire_cases import ExceptionView
from pos_hq import exceptions, feed, orphans
from pos_hq.enrolment import revoke
from pos_hq.fold.case_kinds import ABOUT, Who
from pos_hq.fold.values import CaseType
from pos_hq.hq import Hq
from tests.hq.desk import Author, author, opened


@pytest.fixture
def till(desk: Hq) -> Author:
    return author(desk)


def told(till: Author) -> list[ExceptionView]:
    """Return what the feed tells a till of its exceptions."""
    page = feed.page(till.hq, till.caller, 0, 1_000)
    bodies = [item.body for item in page.items if item.entity == "exception"]
    return [ExceptionView.model_validate(body) for body in bodies]


def spent_too_much(till: Author) -> str:
    member = till.member()
    lot = till.top_up(member, 10_000)
    till.spend(member, lot, 12_500)
    till.push()
    return member


def test_every_type_that_hq_opens_has_a_proposal_and_somebody_who_acts() -> None:
    assert set(ABOUT) == set(get_args(CaseType))
    assert all(about.proposal and about.decisions for about in ABOUT.values())
    assert {about.who for about in ABOUT.values()} <= set(get_args(Who))


def test_a_terminal_hears_all_of_its_exception(desk: Hq, till: Author) -> None:
    member = spent_too_much(till)

    (heard,) = told(till)

    assert exceptions.of_node(desk, till.caller).items == (heard,)
    assert (heard.type, heard.seq, heard.member) == ("HOLD_SHORT", 3, member)
    assert (heard.unit, heard.amount, heard.here) == ("CNY", 2_500, {"held": -2_500})
    assert (heard.proposal, heard.who, heard.state) == ("loss", "HQ finance", "open")


def test_a_terminal_hears_how_its_exception_was_resolved(desk: Hq, till: Author) -> None:
    spent_too_much(till)
    (case,) = told(till)

    exceptions.resolve(desk, case.id, by="Lin", decision="loss", note="a copied disk")

    (heard,) = told(till)
    at = desk.now_ms()
    assert (heard.state, heard.amount) == ("resolved", 2_500)
    assert heard.resolution == {"by": "Lin", "decision": "loss", "note": "a copied disk", "at": at}
    assert exceptions.find(desk, case.id) == heard


def test_other_terminals_do_not_hear_of_it(desk: Hq, till: Author) -> None:
    spent_too_much(till)

    assert told(author(desk, "other")) == []


def test_a_terminal_shut_out_leaves_its_rights_to_a_release(desk: Hq, till: Author) -> None:
    till.top_up(till.member(), 10_000)
    till.push()
    for _ in range(2):
        revoke(desk, till.caller.node)
    (case,) = exceptions.open_ones(desk)

    orphans.release(desk, till.caller.node, 1, by="Lin", reason="stolen")

    assert (case.type, case.unit, case.amount) == ("ORPHAN", "CNY", 10_000)
    assert (case.proposal, case.who) == ("release", "HQ operations")
    assert opened(desk) == []
