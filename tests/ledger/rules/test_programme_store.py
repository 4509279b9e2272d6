"""A store adds a fifth by itself, and nothing that HQ has is loosened by it."""

import hashlib

import pytest

from pos_app.ledger.rules.programme import ProgrammeRefused, parse_programme
from pos_app.ledger.rules.programme_store import (
    ensure_fits,
    merged,
    parse_benefits,
    share_of,
    worth_of,
)
from pos_app.money import BasisPoints, Money
from tests.ledger.rules.shipped_programme import DOCUMENT
from tests.ledger.rules.till import PROGRAMME

HEAD = b'schema_version = 1\nstore = "S001"\neffective_from = "2026-06-01T00:00:00+08:00"\n'
COUPON = b'[[template]]\ncode = "S001-20"\ntype = "voucher"\nface_fen = 2000\n'
GIFT = b'[[member_day_gift]]\ntier = "GOLD"\ngift = "cup"\nvalue_fen = 1500\n'
OWN = parse_benefits(HEAD + COUPON + GIFT)


def refused(document: bytes) -> tuple[str, str]:
    with pytest.raises(ProgrammeRefused) as fact:
        ensure_fits(PROGRAMME, parse_benefits(document))
    return fact.value.key, fact.value.rule


def test_the_merged_rules_have_both_and_a_version_of_their_own() -> None:
    rules = merged(PROGRAMME, OWN)
    digest = hashlib.sha256(HEAD + COUPON + GIFT).hexdigest()

    assert rules.version == f"{PROGRAMME.version}+S001/{digest[:8]}"
    assert rules.template("S001-20") == OWN.template[0]
    assert rules.template("NEW5") == PROGRAMME.template("NEW5")
    gold, before = rules.tier_named("GOLD"), PROGRAMME.tier_named("GOLD")
    assert gold.member_day.gifts == (*before.member_day.gifts, "cup")
    assert gold.member_day.pct == before.member_day.pct
    assert PROGRAMME.template("S001-20") is None
    assert rules.stored_value == PROGRAMME.stored_value


def test_without_own_benefits_the_rules_are_hqs() -> None:
    assert merged(PROGRAMME, None) is PROGRAMME
    assert parse_benefits(HEAD).empty
    assert merged(PROGRAMME, parse_benefits(HEAD)) is PROGRAMME
    assert not parse_benefits(HEAD + GIFT).empty


def test_hqs_word_wins_over_a_store_that_says_otherwise() -> None:
    clash = parse_benefits(HEAD + COUPON.replace(b"S001-20", b"NEW5"))
    gone = parse_benefits(HEAD + GIFT.replace(b"GOLD", b"MOON"))

    assert merged(PROGRAMME, clash).template("NEW5") == PROGRAMME.template("NEW5")
    assert merged(PROGRAMME, gone).tier == PROGRAMME.tier


def test_the_share_is_counted_by_declared_worth() -> None:
    share = share_of(PROGRAMME, OWN)

    assert (share.hq, share.store) == (Money(20_500 + LAST_WORTH), Money(3_500))
    assert share.standing.most == BasisPoints(2_000)
    assert not share.standing.over


@pytest.mark.parametrize(
    ("document", "why"),
    [
        (HEAD + COUPON.replace(b"S001-20", b"NEW5"), ("template.0.code", "repeated_code")),
        (HEAD + COUPON + COUPON, ("template.1.code", "repeated_code")),
        (HEAD + GIFT.replace(b"GOLD", b"MOON"), ("member_day_gift.0.tier", "unknown_tier")),
        (HEAD + COUPON.replace(b"face_fen = 2000", b""), ("template.0", "worth_unsaid")),
        (
            HEAD + b'[[template]]\ncode = "P"\ntype = "discount"\npct = 90\n',
            ("template.0", "worth_unsaid"),
        ),
        (
            HEAD + COUPON + b'scope = { stores = ["S002"] }\n',
            ("template.0.scope.stores", "own_store_only"),
        ),
        (HEAD + b"[stored_value]\nnamed_limit_fen = 900000\n", ("stored_value", "unknown_key")),
        (HEAD[:-1] + b"\nx = [", ("", "not_toml")),
    ],
)
def test_what_loosens_or_says_too_little_is_refused(document: bytes, why: tuple[str, str]) -> None:
    assert refused(document) == why


def test_what_adds_only_is_taken() -> None:
    ensure_fits(PROGRAMME, OWN)


def test_the_bounds_of_the_programme_hold_for_the_whole() -> None:
    tiers = b'scope = { tiers = ["MOON"] }\n'

    assert refused(HEAD + COUPON + tiers) == ("", "coupon_for_unknown_tier")


def test_a_programme_that_is_read_anew_merges_to_the_same() -> None:
    assert merged(parse_programme(DOCUMENT), OWN) == merged(PROGRAMME, OWN)


LAST_WORTH = sum(map(worth_of, PROGRAMME.coupon.template)) - 20_500
