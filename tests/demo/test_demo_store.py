"""The demo store is made once, by the counter's own use cases, and no PIN of it is known before."""

import json
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from random import Random

import pytest
from PySide6.QtWidgets import QApplication

from pos_app.demo.credentials import FILE_NAME, Credentials, kept, new_pin
from pos_app.demo.history import DAYS, comings
from pos_app.demo.people import some_people
from pos_app.demo.store import ZONE, Size, make_demo
from pos_app.ledger import counter, members
from pos_app.ledger.factors import prove_with_pin
from pos_app.ledger.journal_page import JournalFilter, page
from pos_app.ledger.ledger import Ledger, SecondInstance
from pos_app.ledger.operators import sign_in
from pos_app.ledger.pin_choice import pin_rules
from pos_app.ledger.proof import prove
from pos_app.ledger.rules.access import Role
from pos_app.ledger.rules.holder import Status
from pos_app.ledger.slip_state import pending_slips
from pos_app.ledger.store.event import Kind
from pos_app.money import Money
from pos_app.security.pin import KnownOfOwner, weak_pin
from tests.fakes import FakeClock
from tests.shop import DEFAULT_PROGRAMME, TEST_KEYS, founding, intent
from tests.terminal import at_home, words_in

SMALL = Size(40, 60, 3)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Credentials, list[int]]:
    """Make one small demo for the tests that only look at it."""
    folder, told = tmp_path_factory.mktemp("demo"), list[int]()
    return folder, demo_in(folder, told), told


def demo_in(folder: Path, told: list[int] | None = None, size: Size = SMALL) -> Credentials:
    heard = [] if told is None else told
    rules = DEFAULT_PROGRAMME.read_bytes()
    return make_demo(
        folder,
        TEST_KEYS,
        rules,
        FakeClock(),
        size,
        lambda done, whole: heard.append(done * 100 // whole),
    )


@contextmanager
def book_of(folder: Path) -> Iterator[Ledger]:
    with Ledger(folder / "ledger.db", TEST_KEYS, FakeClock(), founding()) as ledger:
        yield ledger


Made = tuple[Path, Credentials, list[int]]


def test_the_whole_book_of_the_demo_is_sound(made: Made) -> None:
    with book_of(made[0]) as ledger:
        checks = list(prove(ledger))

    assert [checked.fault for checked in checks if checked.fault] == []
    assert len(checks) > 5


def test_a_year_of_trading_lies_behind_it_and_nothing_ahead(made: Made) -> None:
    with book_of(made[0]) as ledger:
        sales = page(ledger, JournalFilter(kinds=(Kind.SALE,)), limit=1_000)
        joined = page(ledger, JournalFilter(kinds=(Kind.MEMBER_NEW,)), limit=1_000)
        behind = ledger.clock_behind()

    assert len(joined) == SMALL.members
    assert len(sales) >= SMALL.visits
    assert max(sale.at for sale in sales) <= FakeClock()()
    assert max(sale.at for sale in sales) - min(sale.at for sale in sales) > timedelta(days=300)
    assert behind == timedelta(0)


def test_nothing_of_the_past_waits_for_paper(made: Made) -> None:
    with book_of(made[0]) as ledger:
        assert pending_slips(ledger) == ()


def test_the_best_customer_can_pay_and_has_a_birthday_soon(made: Made) -> None:
    folder, known, _told = made
    with book_of(folder) as ledger:
        hit = members.find_exact(ledger, known.members[0].number)
        assert hit is not None
        best = counter.open_member(ledger, hit.id)
        prove_with_pin(
            ledger,
            member=hit.id,
            pin=known.members[0].pin,
            amount=Money(1_000),
            intent=intent(),
            operator=sign_in(ledger, number=known.cashier.number, pin=known.cashier.pin).id,
        )

    assert best.name == "王晓明"
    assert best.balance >= Money(100_000)
    assert best.birthday_in_days == 3
    assert {card.template for card in best.coupons} >= {"M300-50", "NEW5", "M500-100"}


def test_one_member_has_lost_a_card(made: Made) -> None:
    folder, known, _told = made
    with book_of(folder) as ledger:
        hit = members.find_exact(ledger, known.members[1].number)
        assert hit is not None
        assert counter.open_member(ledger, hit.id).status is Status.FROZEN


def test_those_who_can_sign_in_are_a_manager_and_a_cashier_with_pins_of_this_store(
    made: Made,
) -> None:
    folder, known, _told = made
    with book_of(folder) as ledger:
        roles = [
            sign_in(ledger, number=login.number, pin=login.pin).role
            for login in (known.manager, known.cashier)
        ]

    assert roles == [Role.MANAGER, Role.CASHIER]


def test_no_pin_is_the_same_in_another_demo(made: Made, tmp_path: Path) -> None:
    first, second = made[1], demo_in(tmp_path, size=Size(4, 4, 3))

    pins = [login.pin for one in (first, second) for login in (one.manager, one.cashier)]
    assert len(set(pins)) == 4


def test_only_this_user_can_read_the_credentials(made: Made) -> None:
    folder, known, _told = made

    assert stat.S_IMODE((folder / FILE_NAME).stat().st_mode) == 0o600
    assert kept(folder) == known
    assert not (folder / f"{FILE_NAME}.new").exists()


def test_what_is_done_of_it_is_told_while_it_is_made(made: Made) -> None:
    told = made[2]

    assert told == sorted(told)
    assert told[-1] == 100


def test_a_demo_is_made_once(made: Made) -> None:
    folder, known, told = made
    before, heard = (folder / "ledger.db").read_bytes(), len(told)

    again = demo_in(folder, told)

    assert again == known
    assert len(told) == heard
    assert (folder / "ledger.db").read_bytes() == before


def test_a_demo_whose_making_was_cut_off_is_made_anew(tmp_path: Path) -> None:
    small = Size(4, 4, 2)
    first = demo_in(tmp_path, size=small)
    (tmp_path / FILE_NAME).unlink()
    (tmp_path / f"{FILE_NAME}.new").write_text("{", "utf-8")

    second = demo_in(tmp_path, size=small)

    assert second.manager.pin != first.manager.pin or second.cashier.pin != first.cashier.pin
    assert json.loads((tmp_path / FILE_NAME).read_text("utf-8"))["manager"]["pin"]
    with book_of(tmp_path) as ledger:
        joined = page(ledger, JournalFilter(kinds=(Kind.MEMBER_NEW,)))
        assert len(joined) == small.members


def test_two_programs_do_not_make_the_same_demo_at_once(tmp_path: Path) -> None:
    small, heard = Size(4, 4, 2), list[str]()

    def start_another(_done: int, _whole: int) -> None:
        if not heard:
            with pytest.raises(SecondInstance):
                demo_in(tmp_path, size=small)
            heard.append("refused")

    rules = DEFAULT_PROGRAMME.read_bytes()
    known = make_demo(tmp_path, TEST_KEYS, rules, FakeClock(), small, start_another)

    assert heard == ["refused"]
    assert kept(tmp_path) == known


def test_a_pin_of_the_demo_is_never_one_that_the_terminal_refuses(made: Made) -> None:
    with book_of(made[0]) as ledger:
        rules = pin_rules(ledger.programme)
    most = "".join(f"{number:06}" for number in range(0, 1_000_000, 2))
    owner = KnownOfOwner(1990, 3, 7, most)

    pins = [new_pin(rules, owner) for _ in range(8)]

    assert [weak_pin(pin, rules, owner) for pin in pins] == [None] * 8


def test_before_it_is_made_there_are_no_credentials(tmp_path: Path) -> None:
    assert kept(tmp_path) is None


def test_everybody_in_the_demo_has_a_number_of_their_own() -> None:
    dice = seeded()

    people = some_people(500, dice)

    assert len({person.phone for person in people}) == 500
    assert all(person.name and len(person.phone) == 11 for person in people)


def test_everybody_joins_once_within_the_year() -> None:
    opening = FakeClock()().astimezone(ZONE)

    past = comings(50, 200, seeded(), opening)

    assert sorted(one.who for one in past if one.joins) == list(range(50))
    assert len(past) > 250
    assert [one.at for one in past] == sorted(one.at for one in past)
    assert past[-1].at < opening + timedelta(days=DAYS)


def test_the_demos_own_folder_may_be_named_from_where_one_stands(
    tmp_path: Path, qapp: QApplication, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    with at_home(Path(), qapp) as home:
        till = home.till(demo=Size(4, 4, 2))

        till.start()
        told = words_in(till.program.stage)
        known = till.program.credentials
        assert known is not None
        till.sign_in(known.cashier.number, known.cashier.pin)
        till.sell("8")
        till.until(lambda: bool(till.proofs), "the slip")

    assert f"PIN {known.cashier.pin}" in told
    assert len(list((tmp_path / "data" / "slips").iterdir())) == 1


def seeded() -> Random:
    return Random(7)  # noqa: S311 -- invented people, not secrets
