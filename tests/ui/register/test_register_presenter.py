"""Registration: a phone number and one consent are enough, and nobody becomes a member twice."""

from dataclasses import replace

import pytest

from pos_app.ids import MemberId
from pos_app.ledger import factors, member_profile, members
from pos_app.ledger.member_fields import Gender
from pos_app.ui.kit.work import Inline
from pos_app.ui.register.checks import phone_note
from pos_app.ui.register.presenter import RegisterExits, RegisterPresenter
from pos_app.ui.register.state import EMPTY_FORM, Form, PhoneCheck, RegisterState
from tests.shop import MEMBER_PIN, Shop
from tests.ui.parts.at_the_till import Late, cashier_at

NEW = Form(phone="139 0000 1111", terms=True)


class Desk:
    """The sheet with a cashier at it, and whom it opened."""

    def __init__(self, shop: Shop) -> None:
        self.shop = shop
        self.opened: list[MemberId] = []
        self.closed: list[bool] = []
        who = cashier_at(shop)
        exits = RegisterExits(self.opened.append, lambda: self.closed.append(True))
        self.sheet = RegisterPresenter(shop.ledger, Inline(), lambda: who, exits)
        self.sheet.open()

    @property
    def state(self) -> RegisterState:
        return self.sheet.shown.state

    def save(self, form: Form) -> MemberId:
        self.sheet.change(form)
        self.sheet.save()
        return self.opened[-1]


@pytest.fixture
def desk(shop: Shop) -> Desk:
    return Desk(shop)


def test_nothing_is_ticked_and_the_version_of_the_text_is_shown(desk: Desk) -> None:
    assert EMPTY_FORM.terms is False
    assert EMPTY_FORM.marketing is False
    assert desk.state.terms_version == "2026-11"
    assert "2. Stored value." in desk.state.terms_text


def test_phone_and_consent_are_enough(desk: Desk) -> None:
    member = desk.save(NEW)

    kept = member_profile.profile(desk.shop.ledger, member)
    assert kept.masked_phone == "139****1111"
    assert kept.terms_version == "2026-11"
    assert kept.marketing_version is None


def test_a_number_already_a_members_opens_that_member(desk: Desk) -> None:
    known = desk.shop.member()

    desk.sheet.change(Form(phone="13812340217", terms=True))
    desk.sheet.open_duplicate()

    assert desk.state.phone_check is PhoneCheck.TAKEN
    assert desk.state.duplicate == "Open 王**"
    assert desk.state.blocked == "Already a member"
    assert desk.opened == [known]
    assert not desk.state.open


def test_without_a_duplicate_there_is_nobody_to_open(desk: Desk) -> None:
    desk.sheet.open_duplicate()

    assert desk.opened == []


@pytest.mark.parametrize(
    ("phone", "note"),
    [
        ("1381234", ""),
        ("138x", "Only digits, please."),
        ("138123402171", "This number has too many digits."),
        ("12345678901", "This is not a mobile number."),
    ],
)
def test_a_number_is_judged_while_it_is_typed(desk: Desk, phone: str, note: str) -> None:
    desk.sheet.change(Form(phone=phone))

    assert desk.state.phone_note == note
    assert desk.state.blocked == "Type a phone number"


def test_the_terms_must_be_agreed_to(desk: Desk) -> None:
    desk.sheet.change(replace(NEW, terms=False))
    desk.sheet.save()

    assert desk.state.blocked == "The terms are not agreed to"
    assert desk.opened == []


def test_everything_told_is_kept(desk: Desk) -> None:
    told = replace(
        NEW,
        name="𠮷田花子",
        gender="female",
        year="1990",
        month="8",
        day="15",
        lunar=True,
        pin=MEMBER_PIN,
        pin_again=MEMBER_PIN,
        marketing=True,
    )
    desk.sheet.scanned("6222 0212 3456")
    desk.sheet.scanned("622202123456")

    member = desk.save(told)

    kept = member_profile.profile(desk.shop.ledger, member)
    assert (kept.masked_name, kept.gender, kept.birthday, kept.lunar) == (
        "𠮷***",
        Gender.FEMALE,
        "08-15",
        True,
    )
    assert kept.masked_card == "622202**3456"
    assert kept.has_pin
    assert kept.marketing_version == "2026-11"


@pytest.mark.parametrize(
    ("form", "problem"),
    [
        (replace(NEW, month="2"), "Month and day, please; the year may stay empty."),
        (replace(NEW, month="2", day="30"), "There is no such day."),
        (replace(NEW, month="13", day="1"), "There is no such day."),
        (replace(NEW, month="x", day="1"), "Only digits, please."),
        (
            replace(NEW, year="1800", month="1", day="1"),
            "The year must lie between 1900 and 2026.",
        ),
        (replace(NEW, month="2", day="29"), ""),
        (replace(NEW, year="2023", month="2", day="29"), "There is no such day."),
        (replace(NEW, month="2", day="30", lunar=True), ""),
    ],
)
def test_a_birthday_must_be_a_day_of_its_calendar(desk: Desk, form: Form, problem: str) -> None:
    desk.sheet.change(form)

    assert desk.state.birthday_problem == problem
    assert desk.state.blocked == ("Please correct what is marked" if problem else "")


@pytest.mark.parametrize(
    ("pin", "again", "problem"),
    [
        ("27182", "", "Six digits."),
        ("271828", "", "Please let the member type the PIN twice."),
        ("271828", "271829", "The two PINs are not the same."),
        ("271828", "271828", ""),
    ],
)
def test_a_pin_is_typed_twice(desk: Desk, pin: str, again: str, problem: str) -> None:
    desk.sheet.change(replace(NEW, pin=pin, pin_again=again))

    assert desk.state.pin_problem == problem


@pytest.mark.parametrize(
    ("name", "problem"),
    [
        ("阿依古丽·买买提", ""),
        ("王" * 41, "At most 40 characters."),
        (
            "王\u202e明",
            "This name holds a character that cannot be shown. Please type it again.",
        ),
    ],
)
def test_any_character_may_stand_in_a_name_but_none_that_hides(
    desk: Desk, name: str, problem: str
) -> None:
    desk.sheet.change(replace(NEW, name=name))

    assert desk.state.name_problem == problem


def test_a_weak_pin_is_refused_and_nobody_is_registered(desk: Desk) -> None:
    desk.sheet.change(replace(NEW, pin="888888", pin_again="888888"))

    desk.sheet.save()

    assert desk.opened == []
    assert desk.state.problem
    assert members.duplicate_of(desk.shop.ledger, NEW.phone) is None


def test_a_double_press_registers_once(shop: Shop) -> None:
    late = Late()
    opened: list[MemberId] = []
    who = cashier_at(shop)
    exits = RegisterExits(opened.append, lambda: None)
    sheet = RegisterPresenter(shop.ledger, late, lambda: who, exits)
    sheet.open()
    sheet.change(NEW)
    late.let_through()

    sheet.save()
    sheet.save()
    sheet.change(replace(NEW, name="late"))
    late.let_through()

    assert len(opened) == 1


def test_an_answer_about_an_older_number_is_dropped(shop: Shop) -> None:
    shop.member()
    late = Late()
    who = cashier_at(shop)
    exits = RegisterExits(lambda _member: None, lambda: None)
    sheet = RegisterPresenter(shop.ledger, late, lambda: who, exits)
    sheet.open("13812340217")

    sheet.change(Form(phone="13900001111"))
    late.let_through()

    assert sheet.shown.state.phone_check is PhoneCheck.FREE


def test_a_card_can_be_waited_for_and_left_out_again(desk: Desk) -> None:
    desk.sheet.wait_for_card()
    waiting = desk.state.card_waiting
    desk.sheet.scanned("134567890123456789")
    bound = desk.state.card
    desk.sheet.drop_card()

    assert waiting
    assert bound == "134567********6789"
    assert desk.state.card == ""


@pytest.mark.parametrize("code", ["134567890123456789", "EMP:0001", "13812340217", "卡"])
def test_only_cards_are_taken_unasked(desk: Desk, code: str) -> None:
    assert not desk.sheet.scanned(code)


def test_a_closed_sheet_takes_no_scan(desk: Desk) -> None:
    desk.sheet.close()

    assert desk.closed == [True]
    assert not desk.sheet.scanned("622202123456")


def test_the_whole_text_can_be_read(desk: Desk) -> None:
    desk.sheet.toggle_terms()

    assert desk.state.terms_open


def test_the_member_pays_with_the_pin_chosen_at_registration(desk: Desk) -> None:
    member = desk.save(replace(NEW, pin=MEMBER_PIN, pin_again=MEMBER_PIN))

    assert factors.pin_locked(desk.shop.ledger, member) is None
    assert member_profile.profile(desk.shop.ledger, member).has_pin


def test_a_country_without_such_numbers_is_said_so(desk: Desk) -> None:
    desk.sheet.change(Form(phone="+999 12345678"))

    assert desk.state.phone_note == "No country has such a number."


def test_a_whole_number_has_nothing_wrong_with_it() -> None:
    assert phone_note("13812340217") == ""
