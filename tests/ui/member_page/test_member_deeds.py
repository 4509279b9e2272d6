"""What is done about a member is written down, and done once."""

import pytest

from pos_app.ids import MemberId
from pos_app.ledger import counter, member_profile
from pos_app.ledger.member_fields import Gender
from pos_app.ledger.rules.holder import Status
from pos_app.money import Money
from pos_app.ui.member_page.presenter import MemberPagePresenter
from pos_app.ui.member_page.state import Answers, Deed, EditForm
from tests.people import SECOND_MANAGER, second_manager
from tests.shop import Shop, intent
from tests.ui.member_page.conftest import Desk, Ways
from tests.ui.parts.at_the_till import Late, cashier_at, freeze, manager_at

NEW_PIN = "582046"


def test_the_whole_number_is_shown_for_a_reason_and_hidden_again(
    desk: Desk, member: MemberId
) -> None:
    desk.page.open(member)

    desk.do(Deed.REVEAL, Answers(reason="call back"))
    revealed = desk.state.identity
    desk.page.hide_phone()

    assert revealed is not None
    assert (revealed.phone, revealed.revealed) == ("13812340217", True)
    assert desk.state.identity is not None
    assert desk.state.identity.phone == "138****0217"


def test_a_cashier_may_not_see_the_whole_number(desk: Desk, member: MemberId) -> None:
    desk.who = cashier_at(desk.shop)

    desk.page.open(member)

    assert desk.reason_of(Deed.REVEAL) == "Only a manager may see the whole number."


@pytest.mark.parametrize("deed", [Deed.REVEAL, Deed.FREEZE, Deed.UNFREEZE, Deed.BLACKLIST])
def test_without_a_reason_nothing_happens(desk: Desk, member: MemberId, deed: Deed) -> None:
    desk.page.open(member)

    desk.do(deed, Answers(reason="  "))

    assert desk.sheet.problem == "Please write down why."


def test_a_frozen_account_offers_to_be_lifted_and_nothing_else_that_changes_it(
    desk: Desk, member: MemberId
) -> None:
    desk.page.open(member)

    desk.do(Deed.FREEZE, Answers(reason="lost card"))

    assert desk.state.identity is not None
    assert desk.state.identity.standing == "Frozen"
    assert desk.state.identity.standing_note == "lost card"
    assert desk.reason_of(Deed.EDIT) == "The account is frozen."
    assert desk.reason_of(Deed.UNFREEZE) == ""
    assert desk.ways.changed == [member]
    assert desk.state.notice == "Done: Freeze the account"


def test_lifting_a_block_needs_a_second_manager(desk: Desk, member: MemberId) -> None:
    second_manager(desk.shop)
    freeze(desk.shop, member)
    desk.page.open(member)

    desk.do(Deed.UNFREEZE, Answers(reason="identity checked"))
    asked = desk.page.approval.shown.state.open
    desk.page.approval.submit(*SECOND_MANAGER)

    assert asked
    kept = member_profile.profile(desk.shop.ledger, member)
    assert kept.status is Status.NORMAL


def test_a_blacklisted_member_cannot_be_blacklisted_twice(desk: Desk, member: MemberId) -> None:
    second_manager(desk.shop)
    desk.page.open(member)

    desk.do(Deed.BLACKLIST, Answers(reason="fraud"))
    desk.page.approval.submit(*SECOND_MANAGER)

    assert desk.reason_of(Deed.BLACKLIST) == "Already blacklisted."


def test_giving_up_the_question_changes_nothing(desk: Desk, member: MemberId) -> None:
    freeze(desk.shop, member)
    desk.page.open(member)
    desk.do(Deed.UNFREEZE, Answers(reason="identity checked"))

    desk.page.deeds.cancel()

    assert desk.state.sheet is None
    assert not desk.page.approval.shown.state.open


def test_a_manager_resets_the_pin(desk: Desk, member: MemberId) -> None:
    desk.page.open(member)

    desk.do(Deed.PIN, Answers(pin=NEW_PIN, pin_again=NEW_PIN))

    wish = intent()
    assert desk.shop.evidence(member, Money(100), wish, pin=NEW_PIN).intent == wish


@pytest.mark.parametrize(
    ("pin", "again", "problem"),
    [
        ("5820", "5820", "The PIN has six digits."),
        (NEW_PIN, "582047", "The two PINs are not the same."),
    ],
)
def test_a_pin_is_typed_twice_alike(
    desk: Desk, member: MemberId, pin: str, again: str, problem: str
) -> None:
    desk.page.open(member)

    desk.do(Deed.PIN, Answers(pin=pin, pin_again=again))

    assert desk.sheet.problem == problem


def test_a_guessable_pin_is_refused_in_words(desk: Desk, member: MemberId) -> None:
    desk.page.open(member)

    desk.do(Deed.PIN, Answers(pin="888888", pin_again="888888"))

    assert desk.sheet.problem
    assert not desk.sheet.busy


def test_new_values_replace_old_ones_and_empty_fields_leave_them(
    desk: Desk, member: MemberId
) -> None:
    desk.page.open(member)
    form = EditForm(name="王小明", gender="female", note="less sugar", unbind_card=True)

    desk.do(Deed.EDIT, Answers(edit=form))

    kept = member_profile.profile(desk.shop.ledger, member)
    assert kept.masked_card == ""
    assert kept.gender is Gender.FEMALE
    assert counter.open_member(desk.shop.ledger, member).name == "王小明"


def test_a_birthday_is_corrected_once_a_year(desk: Desk, member: MemberId) -> None:
    desk.page.open(member)
    form = EditForm(year="1991", month="7", day="1", lunar=True, leap=False, note="less sugar")

    desk.do(Deed.EDIT, Answers(edit=form))
    first = member_profile.profile(desk.shop.ledger, member).birthday
    desk.do(Deed.EDIT, Answers(edit=EditForm(month="8", day="1", note="less sugar")))

    assert first == "07-01"
    assert desk.sheet.problem


def test_half_a_birthday_is_not_taken(desk: Desk, member: MemberId) -> None:
    desk.page.open(member)

    desk.do(Deed.EDIT, Answers(edit=EditForm(month="7")))

    assert desk.sheet.problem == "Month and day, please; the year may stay empty."


def test_a_scanned_card_is_bound_while_the_member_is_edited(desk: Desk, member: MemberId) -> None:
    desk.page.open(member)
    before = desk.page.scanned("622299990000")
    desk.page.deeds.start(Deed.EDIT)

    taken = desk.page.scanned("622299990000")
    shown = desk.sheet.card
    desk.page.deeds.submit(Answers(edit=EditForm(card=shown)))

    assert not before
    assert taken
    kept = member_profile.profile(desk.shop.ledger, member)
    assert kept.masked_card == "622299**0000"


def test_offers_are_allowed_and_stopped_as_easily(desk: Desk, member: MemberId) -> None:
    desk.page.open(member)

    desk.do(Deed.MARKETING)
    allowed = member_profile.profile(desk.shop.ledger, member).marketing_version
    desk.do(Deed.MARKETING)

    assert allowed == "2026-11"
    assert member_profile.profile(desk.shop.ledger, member).marketing_version is None


def test_without_a_member_there_is_nothing_to_do(desk: Desk) -> None:
    desk.page.deeds.start(Deed.EDIT)
    desk.page.deeds.submit(Answers())
    desk.page.hide_phone()
    desk.page.done("")
    desk.page.revealed("13812340217")

    assert desk.state.sheet is None


def test_a_second_press_while_the_first_works_does_nothing(shop: Shop, member: MemberId) -> None:
    late = Late()
    who = manager_at(shop)
    ways = Ways()
    page = MemberPagePresenter(shop.ledger, late, lambda: who, ways.exits())
    page.open(member)
    late.let_through()
    page.deeds.start(Deed.FREEZE)

    page.deeds.submit(Answers(reason="lost"))
    page.deeds.submit(Answers(reason="lost"))
    late.let_through()

    assert ways.changed == [member]


@pytest.mark.parametrize("deed", [Deed.FREEZE, Deed.UNFREEZE])
def test_an_answer_to_a_closed_sheet_is_dropped(shop: Shop, member: MemberId, deed: Deed) -> None:
    freeze(shop, member)
    late = Late()
    who = manager_at(shop)
    page = MemberPagePresenter(shop.ledger, late, lambda: who, Ways().exits())
    page.open(member)
    late.let_through()
    page.deeds.start(deed)
    page.deeds.submit(Answers(reason="lost"))

    page.deeds.cancel()
    late.let_through()

    assert page.shown.state.sheet is None
    assert not page.approval.shown.state.open


def test_a_scanned_card_waits_on_the_tab_of_cards(desk: Desk, member: MemberId) -> None:
    desk.page.open(member)
    desk.page.choose_tab("cards")

    assert desk.page.scanned("622299990000")
    assert desk.page.cards.shown.state.number == "622299990000"
