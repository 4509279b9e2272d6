"""Credit that a till gave offline: settled from what lies at HQ, or told to a person."""

from pathlib import Path
from typing import Any

import pytest

from pos_app.money import Money
from pos_hq import enrolment
from pos_hq.facts import CreditLossNotAccepted
from pos_hq.fold.case_kinds import ABOUT
from pos_hq.hq import Hq
from pos_hq.programme import publishing
from pos_hq.sentences import sentence
from pos_hq.store.bulk import fetch
from pos_hq.verification import verify
from tests.hq.asking import at_hq
from tests.hq.buying import RULES, told
from tests.hq.command_line import command
from tests.hq.desk import Author, author, balance, opened
from tests.ledger.rules.shipped_programme import changed


def on_credit(till: Author, member: str, fen: int, eligible: int = 0) -> bytes:
    """Write an order that was paid on credit alone."""
    body = {
        "externals": [{"tender": "credit", "amount": fen}],
        "eligible": eligible,
        "earned": {"expires_on": "2028-06-30"},
    }
    moves = [[f"receivable:{member}", "sales:S001", "CNY", fen]]
    return till.write("SALE", body, moves, member=member, rules=RULES.version)


def give_back(till: Author, member: str, of: bytes, fen: int) -> None:
    legs = {"external": [{"tender": "credit", "amount": fen}]}
    body: dict[str, Any] = {"legs": legs, "sold_on": "2026-06-15", "taken_back": {}}
    moves = [["sales:S001", f"receivable:{member}", "CNY", fen]]
    till.write("REFUND", body, moves, member=member, of=of)


def credit_cases(desk: Hq) -> list[str]:
    return [kind for kind in opened(desk) if kind == "CREDIT_OWED"]


def faultless(desk: Hq) -> bool:
    return verify(desk).fault is None


def test_credit_is_settled_at_once_from_the_oldest_lot(desk: Hq, home: Author) -> None:
    member, (old, new) = at_hq(home, (3_000, 1_000), (9_000, 0))

    on_credit(home, member, 5_000)
    home.push()

    assert balance(desk, f"avail:P:{member}:{old}") == 0
    assert balance(desk, f"avail:B:{member}:{old}") == 0
    assert balance(desk, f"avail:P:{member}:{new}") == 8_000
    assert balance(desk, f"receivable:{member}") == -5_000
    assert balance(desk, f"settled:P:{member}:{old}") == 3_000
    assert (told(desk, member)["owes"], credit_cases(desk)) == (0, [])
    assert faultless(desk)


def test_what_is_not_covered_is_told_once_and_a_top_up_settles_it(desk: Hq, home: Author) -> None:
    member, _lots = at_hq(home, (1_000, 0))
    on_credit(home, member, 2_500)
    on_credit(home, member, 500)
    home.push()
    assert credit_cases(desk) == ["CREDIT_OWED"]
    assert told(desk, member)["owes"] == 2_000
    assert faultless(desk)
    assert ABOUT["CREDIT_OWED"].proposal == "wait"

    lot = home.top_up(member, 6_000)
    home.push()
    assert credit_cases(desk) == ["CREDIT_OWED"]
    home.give_back(member, ("P", lot, 6_000))
    home.push()

    assert credit_cases(desk) == []
    assert balance(desk, f"avail:P:{member}:{lot}") == 4_000
    assert told(desk, member)["owes"] == 0
    assert faultless(desk)


def test_what_the_same_push_covers_is_never_told(desk: Hq, home: Author) -> None:
    member, _lots = at_hq(home, (1_000, 0))
    on_credit(home, member, 2_500)
    lot = home.top_up(member, 6_000)
    home.give_back(member, ("P", lot, 6_000))

    home.push()

    assert opened(desk) == []
    assert told(desk, member)["owes"] == 0


def test_a_return_of_what_was_settled_gives_the_lots_back(desk: Hq, home: Author) -> None:
    member, (old, new) = at_hq(home, (3_000, 1_000), (9_000, 0))
    sale = on_credit(home, member, 5_000)
    home.push()

    give_back(home, member, sale, 2_000)
    home.push()
    assert balance(desk, f"avail:P:{member}:{new}") == 9_000
    assert balance(desk, f"avail:P:{member}:{old}") == 750
    assert balance(desk, f"avail:B:{member}:{old}") == 250
    give_back(home, member, sale, 3_000)
    home.push()

    assert balance(desk, f"avail:P:{member}:{old}") == 3_000
    assert balance(desk, f"avail:B:{member}:{old}") == 1_000
    assert balance(desk, f"receivable:{member}") == 0
    assert opened(desk) == []
    assert faultless(desk)


def test_what_a_duplicate_owes_is_owed_by_who_they_are(
    desk: Hq, home: Author, away: Author
) -> None:
    phone = "+8613812349999"
    first = home.member(phone)
    home.push()
    second = away.member(phone)
    on_credit(away, second, 2_000)
    away.push()
    assert told(desk, first)["owes"] == 2_000

    lot = home.top_up(first, 5_000)
    home.give_back(first, ("P", lot, 5_000))
    home.push()

    assert told(desk, first)["owes"] == 0
    assert balance(desk, f"avail:P:{first}:{lot}") == 3_000
    assert credit_cases(desk) == []
    assert faultless(desk)


def test_credit_earns_nothing_whatever_a_till_says(desk: Hq, home: Author) -> None:
    member, _lots = at_hq(home, (9_000, 0))
    on_credit(home, member, 5_000, eligible=5_000)

    home.push()

    assert opened(desk) == ["POINTS_RULE_DIFF"]
    with desk.read() as book:
        assert fetch(book, "SELECT coalesce(sum(spend), 0) FROM growth")[0][0] == 0


@pytest.mark.parametrize("account", ["receivable:nobody", f"receivable:x:{'ab' * 16}"])
def test_a_receivable_of_nobody_waits_for_a_person(desk: Hq, home: Author, account: str) -> None:
    home.write("NOTE", {}, [[account, "sales:S001", "CNY", 5]])

    home.push()

    assert opened(desk) == ["ACCOUNT_UNKNOWN"]


def test_credit_is_published_only_by_who_names_its_price(desk: Hq, home: Author) -> None:
    lends = changed("offline.credit.enabled", "true")
    author(desk, "third")
    gone = author(desk, "gone")
    enrolment.revoke(desk, gone.caller.node)
    for n in range(3):
        home.member(f"+861381234000{n}")
    home.push()

    with pytest.raises(CreditLossNotAccepted) as unsaid:
        publishing.publish(desk, lends)
    with pytest.raises(CreditLossNotAccepted):
        publishing.publish(desk, lends, accepted_loss=29_999)
    rules = publishing.publish(desk, lends, accepted_loss=30_000)

    assert (unsaid.value.loss, unsaid.value.terminals) == (Money(30_000), 2)
    assert "300.00 yuan" in sentence(unsaid.value)
    assert "--accept-credit-loss 30000" in sentence(unsaid.value)
    assert publishing.publish(desk, lends).version == rules.version
    assert publishing.credit_loss(desk, rules) is not None


def test_the_command_shows_the_loss_and_takes_it_back(folder: Path) -> None:
    file = folder / "lends.toml"
    file.write_bytes(changed("offline.credit.enabled", "true"))

    checked = command("programme", "check", str(file))
    published = command("programme", "publish", str(file), "--accept-credit-loss", "0")

    assert "With 0 active terminals at most 0.00 yuan" in checked.output
    assert published.exit_code == 0
