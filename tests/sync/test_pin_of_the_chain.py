"""A PIN that a member chose at one till of a chain is checked at every other."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from pos_app.ids import MemberId
from pos_app.ledger import grants
from pos_app.ledger.counter import open_member
from pos_app.ledger.factors import (
    PinLocked,
    PinNotHere,
    PinNotSet,
    PinWrong,
    lack_of_pin,
    set_pin,
)
from pos_app.ledger.offline import OnlineOnly
from pos_app.ledger.proof import make_anew
from pos_app.ledger.rights import NeedsApproval
from pos_app.ledger.store.driver import connect
from pos_app.ledger.store.event import Kind
from pos_app.ledger.store.pins import pin_of
from pos_app.ledger.store.right_rows import Want
from pos_app.money import Money
from pos_app.opening import kept_keys
from pos_app.security.keystore import CHAIN_PEPPER, PEPPER
from pos_app.security.peppers import Peppers, is_made_with
from pos_hq.hq import Hq
from pos_hq.store import member_rows
from pos_hq.store.engine import open_engine
from tests.fakes import FakeClock
from tests.hq.desk import open_hq
from tests.people import cashier
from tests.shop import MEMBER_PIN, intent
from tests.sync.chain_counter import Counter, counter

OTHER_PIN = "604193"


@pytest.fixture
def chain(tmp_path: Path, clock: FakeClock) -> Iterator[Hq]:
    engine = open_engine(f"sqlite:///{tmp_path / 'hq.db'}")
    yield replace(open_hq(engine, clock), pepper=b"c" * 32)
    engine.dispose()


@pytest.fixture
def home(tmp_path: Path, chain: Hq, clock: FakeClock) -> Iterator[Counter]:
    made = counter(tmp_path, "home", chain, clock)
    yield made
    made.ledger.close()


@pytest.fixture
def away(tmp_path: Path, chain: Hq, clock: FakeClock) -> Iterator[Counter]:
    made = counter(tmp_path, "away", chain, clock)
    made.join()
    made.sync()
    yield made
    made.ledger.close()


def at_hq(hq: Hq, member: MemberId) -> str:
    with hq.read() as book:
        return member_rows.pin_of(book, member.hex)


def known_away(home: Counter, away: Counter) -> MemberId:
    """Return a member with a PIN of the chain and money at HQ, who is known at the other till."""
    home.join()
    member = home.shop.member(pin=MEMBER_PIN)
    home.shop.top_up(member, 20_000)
    home.sync()
    away.sync()
    return member


def test_a_pin_set_at_one_till_is_proved_at_another(home: Counter, away: Counter) -> None:
    member = known_away(home, away)

    away.fetch(member, Want("CNY", 5_000, 5_000))
    away.prove(member)

    with pytest.raises(PinWrong):
        away.prove(member, OTHER_PIN)


def test_a_pin_comes_alone_where_everything_else_is_held_here(home: Counter, away: Counter) -> None:
    member = known_away(home, away)
    away.shop.top_up(member, 10_000)
    away.sync(member)
    before = lack_of_pin(away.ledger, member)

    away.fetch(member, grants.PIN)
    away.sync(member)
    away.prove(member)

    assert isinstance(before, PinNotHere)
    assert open_member(away.ledger, member).wallet.principal == Money(10_000)
    assert [table for table in make_anew(away.ledger) if table.wrong] == []


def test_the_counter_knows_of_a_pin_that_only_hq_has(home: Counter, away: Counter) -> None:
    member = known_away(home, away)
    nobody = home.shop.member("13900000001")
    home.sync()
    away.sync()
    away.ledger.online = False

    seen, without = open_member(away.ledger, member), open_member(away.ledger, nobody)

    assert (seen.has_pin, seen.pin_here) == (True, False)
    assert (without.has_pin, without.pin_here) == (False, False)
    with pytest.raises(PinNotHere) as lacking:
        away.prove(member)
    assert not lacking.value.online
    with pytest.raises(PinNotSet):
        away.prove(nobody)


def test_whoever_has_a_pin_elsewhere_is_given_no_first_one_here(
    home: Counter, away: Counter
) -> None:
    member = known_away(home, away)
    away.ledger.online = False

    with pytest.raises(OnlineOnly):
        away.choose(member, OTHER_PIN)


def test_a_pin_of_before_the_chain_is_not_shipped_until_its_own_till_has_seen_it_again(
    home: Counter, away: Counter, chain: Hq
) -> None:
    member = home.shop.member(pin=MEMBER_PIN)
    home.shop.top_up(member, 20_000)
    home.join()
    home.sync()
    away.sync()

    away.fetch(member, Want("CNY", 1_000, 1_000))
    refused = away.fetch(member, grants.PIN)
    with pytest.raises(PinNotHere) as lacking:
        away.prove(member)
    home.prove(member)
    home.sync()
    away.sync(member)
    away.fetch(member, Want("CNY", 1_000, 1_000))
    away.prove(member)

    assert (lacking.value.online, refused) == (True, False)
    assert is_made_with(at_hq(chain, member), chain.pepper)
    assert at_hq(chain, member) == pin_of(home.ledger.read(), member)
    assert [table for table in make_anew(home.ledger) if table.wrong] == []


def test_a_wrong_pin_and_a_second_right_one_hash_nothing_anew(home: Counter) -> None:
    member = home.shop.member(pin=MEMBER_PIN)
    home.join()
    before = pin_of(home.ledger.read(), member)
    with pytest.raises(PinWrong):
        home.prove(member, OTHER_PIN)
    wrong = pin_of(home.ledger.read(), member)

    home.prove(member)
    once = pin_of(home.ledger.read(), member)
    home.prove(member)

    asked = "SELECT count(*) FROM journal WHERE kind = ?"
    passed = home.ledger.read().execute(asked, (Kind.PIN_PASS.value,)).fetchone()[0]
    assert before == wrong != once == pin_of(home.ledger.read(), member)
    assert passed == 2


def test_hashing_anew_does_not_forget_how_often_a_pin_was_missed(
    home: Counter, clock: FakeClock
) -> None:
    member = home.shop.member(pin=MEMBER_PIN)
    home.join()
    for _ in range(4):
        with pytest.raises(PinWrong):
            home.prove(member, OTHER_PIN)
    home.prove(member)

    for _ in range(5):
        clock.go(seconds=1)
        with pytest.raises((PinWrong, PinLocked)):
            home.prove(member, OTHER_PIN)
    clock.go(hours=1)

    with pytest.raises((PinWrong, PinLocked)) as last:
        home.prove(member, OTHER_PIN)
    assert isinstance(last.value, PinLocked)
    assert last.value.until is None  # ten in a day, the four before counted


def test_an_old_pin_hashed_anew_does_not_undo_one_chosen_elsewhere(
    home: Counter, away: Counter, chain: Hq, clock: FakeClock
) -> None:
    member = home.shop.member(pin=MEMBER_PIN)
    home.shop.top_up(member, 20_000)
    home.join()
    home.sync()
    away.sync()
    away.ledger.online = True
    clock.go(minutes=1)
    away.choose(member, OTHER_PIN)
    away.sync()

    home.prove(member)
    home.sync()

    assert Peppers(b"", chain.pepper).matches(at_hq(chain, member), OTHER_PIN)


def test_a_pin_changed_elsewhere_is_no_longer_proved_with_the_old_one(
    home: Counter, away: Counter, clock: FakeClock
) -> None:
    member = known_away(home, away)
    away.ledger.online = True
    clock.go(minutes=1)
    away.choose(member, OTHER_PIN)
    away.sync()
    home.sync()
    lacking = lack_of_pin(home.ledger, member)

    home.fetch(member, grants.PIN)
    home.prove(member, OTHER_PIN)

    assert isinstance(lacking, PinNotHere)


def test_a_cashier_needs_a_manager_to_replace_a_pin_of_elsewhere(
    home: Counter, away: Counter
) -> None:
    member = known_away(home, away)
    away.ledger.online = True
    who = cashier(away.shop)

    with pytest.raises(NeedsApproval):
        set_pin(away.ledger, member, OTHER_PIN, operator=who, intent=intent())


def test_a_stolen_ledger_file_without_the_key_store_proves_no_pin(
    home: Counter, away: Counter
) -> None:
    member = known_away(home, away)
    old = home.shop.member("13900000001", pin=MEMBER_PIN)
    keys = kept_keys(home.keys)
    verifiers = [pin_of(home.ledger.read(), one) for one in (member, old)]
    secrets = [home.keys.get(name) for name in (PEPPER, CHAIN_PEPPER)]
    home.ledger.tidy()

    thief = Peppers(b"\0" * 32, b"\1" * 32)
    plain = _everything_in(home.ledger.path, keys.database)

    assert not any(
        thief.can_check(one) and thief.matches(one, MEMBER_PIN) for one in verifiers if one
    )
    assert all(secret not in plain and secret.hex().encode() not in plain for secret in secrets)
    assert keys.chain_pepper is not None
    assert Peppers(keys.pepper, keys.chain_pepper).matches(verifiers[0] or "", MEMBER_PIN)


def _everything_in(path: Path, key: bytes) -> bytes:
    """Return every value of the opened file, as a thief with its key would read it."""
    reader = connect(path, key, query_only=True)
    names = [
        name for (name,) in reader.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
    ]
    rows = [row for name in names for row in reader.execute(f"SELECT * FROM {name}")]  # noqa: S608 -- our tables
    reader.close()
    values = (value for row in rows for value in row)
    return b"\n".join(one if isinstance(one, bytes) else str(one).encode() for one in values)
