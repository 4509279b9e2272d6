"""Peppers: a verifier says whose it is, and what is not here is not guessed."""

from pos_app.security.peppers import Peppers, is_made_with, tag_of
from pos_app.security.pin import PinRules

OWN, CHAIN, OTHER = b"o" * 32, b"c" * 32, b"x" * 32
CHEAP = PinRules(6, 8, 1, 1, 16, 32, ())


def test_alone_a_terminal_uses_its_own_pepper_and_goes_on_checking_it_in_a_chain() -> None:
    alone, joined = Peppers(OWN), Peppers(OWN, CHAIN)

    old = alone.verifier("271828", CHEAP)

    assert old.startswith("$argon2id$")
    assert alone.is_latest(old)
    assert joined.matches(old, "271828")
    assert not joined.is_latest(old)


def test_in_a_chain_every_terminal_checks_every_new_pin() -> None:
    new = Peppers(OWN, CHAIN).verifier("271828", CHEAP)

    there = Peppers(OTHER, CHAIN)

    assert there.can_check(new)
    assert there.matches(new, "271828")
    assert not there.matches(new, "271829")
    assert is_made_with(new, CHAIN)
    assert not is_made_with(new, OTHER)


def test_a_verifier_of_another_chain_is_not_checked_with_a_pepper_that_is_not_its() -> None:
    new = Peppers(OWN, CHAIN).verifier("271828", CHEAP)

    assert not Peppers(OWN, OTHER).can_check(new)
    assert not Peppers(OWN).can_check(new)


def test_peppers_are_never_shown() -> None:
    assert "oooo" not in repr(Peppers(OWN, CHAIN))


def test_a_tag_tells_verifiers_apart_and_nobody_has_none() -> None:
    assert tag_of("") == ""
    assert tag_of("a") != tag_of("b")
    assert len(tag_of("a")) == 16
