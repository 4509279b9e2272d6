"""The outer side of a day: counts and statements against HQ's book."""

from datetime import date
from pathlib import Path

import pytest
from typer.testing import CliRunner

from pos_app.sync.wire_cases import ExceptionView
from pos_hq import exceptions, feed
from pos_hq.cli import commands
from pos_hq.facts import StoreUnknown
from pos_hq.hq import Hq
from pos_hq.reconciliation import Report, reconcile
from pos_hq.tenders import CountsUnreadable, read_counts
from tests.hq.desk import DAY, Author, author, opened

TODAY = date.fromisoformat(DAY)
HEAD = "store,tender,amount\n"


@pytest.fixture
def till(desk: Hq) -> Author:
    """Take 100 yuan for stored value, sell for 30 of it and 20 in cash, and give 5 back in cash."""
    made = author(desk)
    member = made.member()
    lot = made.top_up(member, 10_000)
    made.spend(member, lot, 3_000)
    made.write("NOTE", {}, [["tender:S001:cash", "sales:S001", "CNY", 2_000]])
    made.write("NOTE", {}, [["sales:S001", "tender:S001:cash", "CNY", 500]])
    made.push()
    return made


def compared(desk: Hq, lines: str) -> Report:
    return reconcile(desk, TODAY, read_counts((HEAD + lines).encode()))


def told(till: Author) -> list[ExceptionView]:
    page = feed.page(till.hq, till.caller, 0, 1_000)
    bodies = [item.body for item in page.items if item.entity == "exception"]
    return [ExceptionView.model_validate(body) for body in bodies]


@pytest.mark.usefixtures("till")
def test_what_was_counted_is_what_is_booked(desk: Hq) -> None:
    counts = "S001,cash,10\nS001,cash,5.00\nS001,wechat,100.00\nS001,stored_value,30\n"

    report = compared(desk, counts)

    figures = {line.tender: (line.counted, line.booked) for line in report.tenders}
    assert figures == {
        "cash": (1_500, 1_500),
        "stored_value": (3_000, 3_000),
        "wechat": (10_000, 10_000),
    }
    assert opened(desk) == []


@pytest.mark.usefixtures("till")
def test_a_tender_that_nobody_counted_is_not_a_zero(desk: Hq) -> None:
    report = compared(desk, "S001,cash,15\n")

    assert [line.tender for line in report.tenders] == ["cash"]


def test_a_difference_is_put_to_every_till_of_the_store_once(desk: Hq, till: Author) -> None:
    beside = author(desk, "beside")

    reports = [compared(desk, "S001,cash,-3.50\nS001,card,0\n") for _ in range(2)]

    (case,) = exceptions.open_ones(desk)
    assert [report.tenders[1].exception for report in reports] == [case.id] * 2
    assert (case.type, case.node, case.unit, case.amount) == ("TENDER_DIFF", None, "CNY", 1_850)
    assert (case.here, case.there) == ({"booked": 1_500}, {"counted": -350})
    assert (case.who, case.proposal) == ("store manager", "count")
    assert told(till) == told(beside) == [case]
    assert exceptions.of_node(desk, beside.caller).items == (case,)
    assert not reports[0].even


def test_counting_again_closes_what_was_asked(desk: Hq, till: Author) -> None:
    compared(desk, "S001,cash,14\n")
    compared(desk, "S001,cash,14.50\n")
    asked = exceptions.open_ones(desk)

    compared(desk, "S001,cash,15\n")

    assert [case.amount for case in asked] == [50]
    assert opened(desk) == []
    assert {view.state for view in told(till)} == {"resolved"}


@pytest.mark.usefixtures("till")
def test_a_difference_that_was_answered_is_not_asked_again(desk: Hq) -> None:
    compared(desk, "S001,cash,14\n")
    (case,) = exceptions.open_ones(desk)
    exceptions.resolve(
        desk, case.id, by="Lin", decision="accept", note="a note of 1 yuan was false"
    )

    report = compared(desk, "S001,cash,14\n")

    assert report.tenders[0].exception == case.id
    assert opened(desk) == []


def test_any_till_of_the_store_decides_a_difference(desk: Hq, till: Author) -> None:
    compared(desk, "S001,cash,14\n")
    (case,) = exceptions.open_ones(desk)
    beside = author(desk, "beside")

    body = {"note": "decision", "case": case.id, "decision": "accept"}
    beside.write("NOTE", body, private={"by": "林晓雯", "why": "a note of 1 yuan was false"})
    beside.push()

    (heard,) = told(till)
    assert (heard.state, heard.resolution and heard.resolution["by"]) == ("resolved", "林晓雯")


def test_a_store_that_hq_does_not_have_is_a_wrong_file(desk: Hq) -> None:
    with pytest.raises(StoreUnknown):
        compared(desk, "S999,cash,1\n")


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("", 1),
        ("shop,kind,sum\n", 1),
        (HEAD + "S001,cash,1\nS001,cash\n", 3),
        (HEAD + "S001,beads,1\n", 2),
        (HEAD + "S001,cash,1.234\n", 2),
        (HEAD + "S001,cash,--1\n", 2),
    ],
)
def test_a_file_that_is_no_count_says_where(text: str, line: int) -> None:
    with pytest.raises(CountsUnreadable) as wrong:
        read_counts(text.encode())

    assert wrong.value.line == line


def test_a_file_from_a_spreadsheet_is_read() -> None:
    text = HEAD + 'S001, cash ,"1,234.50"\n'

    assert read_counts(text.encode("utf-8-sig")) == {("S001", "cash"): 123_450}


def test_a_file_in_another_encoding_is_no_count() -> None:
    with pytest.raises(CountsUnreadable):
        read_counts("店铺".encode("gbk"))


def test_the_command_shows_both_sides(tmp_path: Path) -> None:
    runner, data, counts = CliRunner(), tmp_path / "hq", tmp_path / "counts.csv"
    counts.write_text(f"{HEAD}S001,cash,1\n", "utf-8")
    runner.invoke(commands, ["init", "--data", str(data)])
    runner.invoke(commands, ["create-store", "S001", "徐家汇店", "--data", str(data)])

    asked = ["reconcile", DAY, "--tenders", str(counts), "--data", str(data)]
    result = runner.invoke(commands, asked)

    assert result.exit_code == 1
    assert "S001 cash: counted 100, booked 0, see " in result.output
