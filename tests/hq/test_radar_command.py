"""The commands of the fraud radar, as the shell sees them, and what a real till hears of it."""

from pathlib import Path

import pytest

from pos_app.ledger import alerts as at_the_till
from pos_app.ledger.inbox import take_page
from pos_app.ledger.link import Membership, join
from pos_app.sync import translate
from pos_hq import alerts, feed, radar, tagging
from pos_hq.founding import create_store
from pos_hq.hq import Hq
from pos_hq.opening import opened
from pos_hq.settings import load_settings
from tests.fakes import FakeClock
from tests.hq.command_line import answered, command
from tests.hq.desk import DAY, STORE, author, till
from tests.ledger.till_hand import amount, give_back, sell


@pytest.fixture
def alert(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """Return the alert that the first look of an HQ raised."""
    monkeypatch.setenv("HQ_DATA_DIR", str(tmp_path / "hq"))
    assert command("init").exit_code == 0
    with opened(load_settings(None)) as hq:
        create_store(hq, STORE, "Riverside")
        clerk = author(hq)
        for n in range(3):
            clerk.member(f"+861390000000{n}")
        clerk.push()
    looked = command("radar", "--day", DAY).output
    assert looked == "2026-06-15: 0 members and 1 tills looked at, 1 raised, 0 grown\n"
    return command("alerts").output.split()[0]


def test_an_alert_is_listed_shown_and_closed(alert: str) -> None:
    (listed,) = command("alerts").output.splitlines()
    shown = command("alert", alert).output.splitlines()
    closed = command("close-alert", alert, "--by", "Mei", "--reason", "a school class")
    after, every = command("alerts").output, command("alerts", "--all").output

    assert "bulk_registration" in listed
    assert listed.endswith("3 events open")
    assert shown[2].startswith("rule: hours 24, least 3 (")
    assert shown[3] == "proposal: look"
    assert [line.split()[1] for line in shown[4:]] == ["register"] * 3
    assert closed.output == f"closed {alert}\n"
    assert (after, every.rstrip().endswith("closed")) == ("", True)
    told = command("alert", alert).output.splitlines()[-1]
    assert told.startswith("closed by Mei, ")
    assert told.endswith(": a school class")


@pytest.mark.usefixtures("alert")
def test_an_alert_that_is_not_there_is_one_sentence(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    code = answered(monkeypatch, "close-alert", "0" * 32, "--by", "Mei", "--reason", "none")

    assert code == 2
    assert capsys.readouterr().err == "There is no such alert, or no such open one.\n"


@pytest.mark.usefixtures("alert")
def test_a_look_without_a_day_is_at_today() -> None:
    assert "0 raised, 0 grown" in command("radar").output


def test_a_till_hears_what_hq_found_and_what_came_of_it(
    desk: Hq, tmp_path: Path, clock: FakeClock
) -> None:
    with till(desk, tmp_path / "till", clock) as one:
        shop, node = one.shop, one.shop.ledger.node
        join(shop.ledger, Membership(node.id, node.epoch, node.store, desk.key, 1))
        member = shop.member()
        for _ in range(3):
            give_back(shop, sell(shop, amount(10_000), member), frozenset({0}))

        def hear() -> int:
            one.push()
            told = feed.page(desk, one.caller, 0, 1_000)
            assert take_page(shop.ledger, translate.page_of(told, shop.ledger.now())) is None
            return at_the_till.count_open_of(shop.ledger, member)

        hear()
        radar.look(desk, tagging.today(desk))
        heard = hear()
        at_the_till.look_at(shop.ledger, member)
        for found in alerts.listed(desk):
            alerts.close(desk, found.id, by="Mei", reason="the scale was broken")
        after = hear()
        listed = at_the_till.listed(shop.ledger, 50)

    assert (heard, after) == (1, 0)
    assert [(row.source, row.signal, row.open) for row in listed] == [
        ("hq", "earn_refund_loop", False)
    ]
