"""Documents at HQ: sealed, told of to every till, read by a person, deleted in time."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from typer.testing import CliRunner

from pos_app.ids import MemberId
from pos_app.ledger.counter import open_member
from pos_app.ledger.inbox import take_page
from pos_app.ledger.link import Membership, join
from pos_app.ledger.real_names import document_needed
from pos_app.money import Money
from pos_app.sync import translate
from pos_hq import cli, feed, persons, real_names
from pos_hq.founding import create_store
from pos_hq.hq import Hq
from pos_hq.opening import opened
from pos_hq.settings import load_settings
from pos_hq.store.bulk import fetch
from tests.fakes import FakeClock
from tests.hq.desk import SEED, STORE, Author, Till, author, till
from tests.shop import DOCUMENT


def joined(desk: Hq, folder: Path, clock: FakeClock) -> Iterator[Till]:
    with till(desk, folder, clock, folder.name) as one:
        node = one.shop.ledger.node
        join(one.shop.ledger, Membership(node.id, node.epoch, node.store, desk.key, 1))
        yield one


@pytest.fixture
def counter(desk: Hq, tmp_path: Path, clock: FakeClock) -> Iterator[Till]:
    yield from joined(desk, tmp_path / "till", clock)


@pytest.fixture
def other(desk: Hq, tmp_path: Path, clock: FakeClock) -> Iterator[Till]:
    yield from joined(desk, tmp_path / "other", clock)


def hear(one: Till) -> None:
    told = feed.page(one.hq, one.caller, 0, 1_000)
    assert take_page(one.shop.ledger, translate.page_of(told, one.shop.ledger.now())) is None


def records(hq: Hq) -> list[tuple[str, bytes]]:
    with hq.read() as book:
        rows = fetch(book, "SELECT kept_until, sealed FROM real_name ORDER BY taken_at")
    return [(until, bytes(sealed)) for until, sealed in rows]


def test_a_record_taken_at_one_till_is_enough_for_every_till(
    desk: Hq, counter: Till, other: Till, clock: FakeClock
) -> None:
    member = counter.shop.member()
    counter.shop.top_up(member, 10_000)
    counter.push()
    hear(other)
    asked = document_needed(other.shop.ledger, member, Money(10_000))
    clock.go(days=400)
    other.shop.top_up(member, 10_000)
    other.push()

    (record,) = records(desk)

    assert (asked, record[0]) == (False, "2032-07-20")  # the second till's top-up kept it longer


def test_what_hq_holds_is_read_with_its_secret_and_written_down(desk: Hq, counter: Till) -> None:
    member = counter.shop.member()
    counter.shop.top_up(member, 10_000)
    counter.push()

    shown = real_names.read(desk, SEED, member.hex, by="auditor", reason="asked by the police")

    assert (shown.number, shown.name) == (DOCUMENT.number, DOCUMENT.name)
    assert all(DOCUMENT.number.encode() not in sealed for _, sealed in records(desk))
    with desk.read() as book:
        (act,) = fetch(book, "SELECT who, reason FROM act WHERE kind = 'REAL_NAME'")
    assert tuple(act) == ("auditor", "asked by the police")


def test_a_record_outlives_its_erased_member_and_is_told_to_nobody(
    desk: Hq, counter: Till, other: Till
) -> None:
    member = counter.shop.member()
    counter.shop.top_up(member, 10_000)
    counter.push()
    persons.erase(desk, member.hex, by="dpo", reason="asked")
    hear(other)

    assert len(records(desk)) == 1
    with desk.read() as book:
        assert fetch(book, "SELECT 1 FROM sidecar WHERE data LIKE '%sealed%'") == []
    assert document_needed(other.shop.ledger, member, Money(10_000))


def test_what_comes_after_an_erasure_is_kept_sealed_all_the_same(desk: Hq, counter: Till) -> None:
    member = counter.shop.member()
    counter.push()
    persons.erase(desk, member.hex, by="dpo", reason="asked")
    counter.shop.top_up(member, 10_000)
    counter.push()

    assert len(records(desk)) == 1


def test_a_record_is_deleted_when_its_time_is_over(
    desk: Hq, counter: Till, clock: FakeClock
) -> None:
    counter.shop.top_up(counter.shop.member(), 10_000)
    counter.push()
    clock.go(days=5 * 365 + 1)
    early = real_names.forget_due(desk)
    clock.go(days=1)

    assert (early, real_names.forget_due(desk), records(desk)) == (0, 1, [])


def test_one_without_a_sidecar_or_sealed_elsewhere_is_none_for_hq(desk: Hq, home: Author) -> None:
    member = home.member()
    body = {"kept_until": "2031-06-15", "sealed_for": "till"}
    home.write("REAL_NAME", body, member=member)
    home.write("REAL_NAME", body, member=member, private={"sealed": "00"})
    home.push()

    with pytest.raises(real_names.NoRealName):
        real_names.read(desk, SEED, member, by="auditor", reason="")
    (told,) = [one for one in feed.page(desk, home.caller, 0, 99).items if one.id == member]
    assert told.body is not None
    assert "real_name" not in told.body


def test_a_record_of_nobody_is_put_before_a_person(desk: Hq, home: Author) -> None:
    home.write("REAL_NAME", {"kept_until": "2031-06-15", "sealed_for": "hq"})
    ack = home.push()

    assert [one.status for one in ack.results][-1] == "applied_with_exception"
    assert records(desk) == []


def test_the_command_shows_one_document_and_jobs_delete_what_is_due(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HQ_DATA_DIR", str(tmp_path / "hq"))

    def command(*words: str) -> tuple[int, str]:
        result = CliRunner().invoke(cli.commands, words)
        return result.exit_code, result.output

    command("init")
    with opened(load_settings(None)) as hq:
        create_store(hq, STORE, "Riverside")
        one = author(hq)
        member = one.member()
        one.push()

    code, _ = command("real-name", member, "--by", "auditor", "--reason", "audit")
    ran = command("nightly")[1]

    assert code == 1  # a fact, said in a sentence by `main`
    assert "real-names: 0 deleted" in ran


def test_who_is_registered_without_a_top_up_has_no_record(counter: Till) -> None:
    member: MemberId = counter.shop.member()

    assert open_member(counter.shop.ledger, member).balance == Money()
    assert document_needed(counter.shop.ledger, member, Money(10_000))
