"""PINs: what may be chosen, and what is kept of it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pos_app.security.common_pins import COMMON_PINS
from pos_app.security.pin import (
    NOBODY,
    KnownOfOwner,
    PinRules,
    WeakPin,
    decoy_verifier,
    hash_pin,
    pin_matches,
    weak_pin,
)

BLOCKLIST = ("repeated", "ascending", "descending", "birthday", "phone_tail", "top_list")
CHEAP = PinRules(6, m_kib=64, t=1, p=1, salt_bytes=16, tag_bytes=32, blocklist=BLOCKLIST)
FREE = PinRules(6, m_kib=64, t=1, p=1, salt_bytes=16, tag_bytes=32, blocklist=())
PEPPER = b"p" * 32
BORN = KnownOfOwner(1990, 3, 7, "+8613812345682")
PINS = st.text("0123456789", min_size=6, max_size=6)


@given(PINS, PINS)
def test_a_verifier_knows_its_own_pin_only(pin: str, other: str) -> None:
    verifier = hash_pin(pin, PEPPER, CHEAP)

    assert pin_matches(verifier, pin, PEPPER)
    assert pin_matches(verifier, other, PEPPER) == (other == pin)


def test_without_the_pepper_a_stolen_verifier_checks_nothing() -> None:
    verifier = hash_pin("482719", PEPPER, CHEAP)

    assert not pin_matches(verifier, "482719", b"q" * 32)


def test_equal_pins_leave_different_verifiers() -> None:
    assert hash_pin("482719", PEPPER, CHEAP) != hash_pin("482719", PEPPER, CHEAP)


def test_the_verifier_names_the_programmes_cost() -> None:
    rules = PinRules(6, m_kib=128, t=2, p=1, salt_bytes=16, tag_bytes=32, blocklist=())

    assert hash_pin("482719", PEPPER, rules).startswith("$argon2id$v=19$m=128,t=2,p=1$")


@pytest.mark.parametrize("pin", ["482719", "", "000000", "\ud800", "密码"])
def test_the_decoy_matches_nothing_and_costs_as_much(pin: str) -> None:
    decoy, real = decoy_verifier(CHEAP), hash_pin("482719", PEPPER, CHEAP)

    matches = pin_matches(decoy, pin, PEPPER)

    assert not matches
    assert [len(part) for part in decoy.split("$")] == [len(part) for part in real.split("$")]
    assert decoy.startswith("$argon2id$v=19$m=64,t=1,p=1$")


@pytest.mark.parametrize(
    "pin", ["", "12345", "1234567", "12345a", "\uff1123456", "12 456", "-12345"]
)
def test_a_pin_is_six_digits(pin: str) -> None:
    assert weak_pin(pin, CHEAP) is WeakPin.NOT_DIGITS


@pytest.mark.parametrize(
    ("pin", "reason"),
    [
        ("888888", WeakPin.REPEATED),
        ("272727", WeakPin.REPEATED),
        ("520520", WeakPin.REPEATED),
        ("123456", WeakPin.ASCENDING),
        ("567890", WeakPin.ASCENDING),
        ("890123", WeakPin.ASCENDING),
        ("654321", WeakPin.DESCENDING),
        ("210987", WeakPin.DESCENDING),
        ("147258", WeakPin.TOP_LIST),
        ("112233", WeakPin.TOP_LIST),
        ("201314", WeakPin.TOP_LIST),
    ],
)
def test_what_everybody_chooses_is_refused(pin: str, reason: WeakPin) -> None:
    assert weak_pin(pin, CHEAP) is reason


@pytest.mark.parametrize(
    "pin",
    [
        "900307", "030790", "070390", "199003", "031990", "199007", "071990", "199037",
        "030742", "420307", "070342", "420703",
    ],
)  # fmt: skip
def test_birthday_parts_in_any_order_are_refused(pin: str) -> None:
    assert weak_pin(pin, CHEAP, BORN) is WeakPin.BIRTHDAY


def test_day_and_month_are_refused_without_a_year_too() -> None:
    owner = KnownOfOwner(month=3, day=7)

    assert weak_pin("900307", CHEAP, owner) is WeakPin.BIRTHDAY
    assert weak_pin("199018", CHEAP, owner) is None


@pytest.mark.parametrize("pin", ["345682", "138123", "861381"])
def test_six_digits_of_the_phone_are_refused(pin: str) -> None:
    assert weak_pin(pin, CHEAP, BORN) is WeakPin.PHONE_TAIL


def test_a_good_pin_is_taken() -> None:
    assert weak_pin("482719", CHEAP, BORN) is None
    assert weak_pin("271828", CHEAP, NOBODY) is None


@pytest.mark.parametrize("pin", ["888888", "123456", "654321", "900307", "345682", "147258"])
def test_the_programme_says_which_weaknesses_count(pin: str) -> None:
    assert weak_pin(pin, FREE, BORN) is None


def test_the_list_of_favourites_is_long_and_well_formed() -> None:
    assert len(COMMON_PINS) >= 100
    assert all(len(pin) == 6 and pin.isdigit() for pin in COMMON_PINS)


@given(PINS)
def test_few_random_pins_are_refused_and_none_without_a_reason(pin: str) -> None:
    reason = weak_pin(pin, CHEAP)

    assert reason is None or reason.value in BLOCKLIST
