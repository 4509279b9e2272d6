"""Codes on paper: made at HQ, used once, at whichever till asks first."""

import csv
from pathlib import Path

import pytest

from pos_app.ids import new_id
from pos_app.ledger.rules.coupon_codes import number_of
from pos_app.security.paper_codes import coupon_of
from pos_app.sync.wire import Grant, Want
from pos_hq import printed_codes
from pos_hq.hq import Hq
from pos_hq.store.bulk import fetch
from pos_hq.verification import verify
from tests.hq.asking import lines, wanted
from tests.hq.command_line import answered, command
from tests.hq.desk import Author, balance, opened


def paper_of(hq: Hq, code: str) -> str:
    number = number_of(code)
    assert number is not None
    return coupon_of(number, hq.pepper).hex


def scanned(till: Author, paper: str) -> Grant:
    return wanted(till, paper, Want(unit=f"CPN:{paper}", want=1, least=1))


def test_a_printed_code_is_reserved_for_one_till_only(desk: Hq, home: Author, away: Author) -> None:
    (code,) = printed_codes.print_codes(desk, "NEW5", 1, None, by="lin").codes
    paper = paper_of(desk, code)

    first, second = scanned(home, paper), scanned(away, paper)

    assert lines(first) == [("CPN", paper, 1)]
    assert (second.state, second.reason) == ("refused", "not_covered")
    assert verify(desk).fault is None


def test_a_code_that_was_never_printed_is_refused_for_good(home: Author) -> None:
    answer = scanned(home, new_id().hex)

    assert (answer.state, answer.reason) == ("refused", "not_covered")


def test_hq_keeps_no_code(desk: Hq) -> None:
    printed = printed_codes.print_codes(desk, "NEW5", 20, None, by="lin")

    with desk.read() as book:
        kept = {bytes(row[0]).hex() for row in fetch(book, "SELECT id FROM coupon")}
    assert len(set(printed.codes)) == 20
    assert kept == {paper_of(desk, code) for code in printed.codes}


def test_a_code_given_to_a_member_is_theirs_at_hq(desk: Hq, home: Author) -> None:
    (code,) = printed_codes.print_codes(desk, "NEW5", 1, None, by="lin").codes
    paper, member = paper_of(desk, code), home.member()
    home.push()
    grant = scanned(home, paper)
    home.got(grant.grant, paper, ("CPN", paper, 1))
    about = grant.lines[0].about
    moves = [[f"hold:CPN:{paper}:{paper}", f"hold:CPN:{member}:{paper}", f"CPN:{paper}", 1]]
    home.write("COUPON_ISSUE", {"coupon": paper, **about, "paper": 1}, moves, member=member)

    home.push()

    assert opened(desk) == []
    assert balance(desk, f"hold:{home.place}:CPN:{member}:{paper}", f"CPN:{paper}") == 1
    with desk.read() as book:
        (owner,) = fetch(book, "SELECT member FROM coupon")
    assert bytes(owner[0]).hex() == member
    assert verify(desk).fault is None


@pytest.mark.usefixtures("folder")
def test_codes_for_the_printer_are_written_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = tmp_path / "codes.csv"
    told = command(
        "print-codes", "NEW5", "3", "--until", "2099-12-31", "--by", "lin", "--out", str(out)
    )
    again = answered(monkeypatch, "print-codes", "NEW5", "3", "--by", "lin", "--out", str(out))

    rows = list(csv.DictReader(out.read_text("utf-8").splitlines()))
    assert told.output.startswith("3 codes of NEW5, good until 2099-12-31")
    assert again == 2
    assert [row["qr"] for row in rows] == [f"CPN:{row['code']}" for row in rows]
    assert all(number_of(row["code"]) is not None for row in rows)


@pytest.mark.usefixtures("folder")
def test_an_unknown_template_is_not_printed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = tmp_path / "codes.csv"

    assert answered(monkeypatch, "print-codes", "X", "3", "--by", "lin", "--out", str(out)) == 2
    assert not out.exists()
