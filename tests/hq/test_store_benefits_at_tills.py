"""What a store gives by itself reaches its own tills, prices there, and is recomputed at HQ."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from pos_app.ledger.inbox import take_page
from pos_app.ledger.link import Membership, join
from pos_app.ledger.rules.programme import ProgrammeRefused
from pos_app.ledger.store.rebuild import rebuild
from pos_app.ledger.store_benefits import BenefitsElsewhere, adopt_benefits
from pos_app.security.signing import Signer
from pos_app.sync import translate
from pos_hq import facts, feed
from pos_hq.hq import Hq
from pos_hq.programme import benefits, publishing
from pos_hq.store import programme_rows
from tests.fakes import FakeClock
from tests.hq.command_line import answered, command
from tests.hq.desk import SEED, STORE, Till, opened, till
from tests.ledger.rules.test_programme_store import COUPON, GIFT, HEAD
from tests.ledger.till_hand import amount, noon, sell
from tests.shop import DEFAULT_PROGRAMME

OWN = HEAD + COUPON + GIFT
LATER = OWN.replace(b"2026-06-01T00", b"2026-06-20T00").replace(b"S001-20", b"S001-21")


@pytest.fixture
def counter(desk: Hq, tmp_path: Path, clock: FakeClock) -> Iterator[Till]:
    """Return a till that hears HQ."""
    with till(desk, tmp_path / "till", clock) as one:
        node = one.shop.ledger.node
        join(one.shop.ledger, Membership(node.id, node.epoch, node.store, desk.key, 1))
        one.shop.ledger.online = True
        yield one


def hear(one: Till) -> None:
    page = feed.page(one.hq, one.caller, 0, 1_000)
    assert take_page(one.shop.ledger, translate.page_of(page, one.shop.ledger.now())) is None


def test_the_till_prices_by_the_merged_rules_and_hq_recomputes_with_them(counter: Till) -> None:
    base = counter.shop.ledger.programme.version
    made, _share = benefits.publish(counter.hq, STORE, OWN)
    hear(counter)
    hear(counter)
    rules = counter.shop.ledger.programme
    member = counter.shop.member()
    sell(counter.shop, amount(10_000), member)
    counter.push()

    assert rules.version == f"{base}+{made.version}"
    assert rules.template("S001-20") is not None
    assert counter.shop.ledger.programme_of(rules.version) == rules
    assert counter.shop.ledger.programme_of(base).version == base
    with counter.hq.read() as book:
        assert programme_rows.named(book, [rules.version, base])[rules.version] == rules
        assert programme_rows.named(book, [f"{base}+S001/00000000"]) == {}
    assert opened(counter.hq) == []
    with counter.shop.ledger.write() as book:
        rebuild(book)
    assert counter.shop.ledger.programme.version == rules.version


def test_later_benefits_wait_for_their_moment_and_a_withdrawal_ends_them(
    counter: Till, clock: FakeClock
) -> None:
    benefits.publish(counter.hq, STORE, OWN)
    benefits.publish(counter.hq, STORE, LATER)
    hear(counter)
    before = counter.shop.ledger.programme
    clock.at = noon("2026-06-21")
    after = counter.shop.ledger.programme
    benefits.withdraw(counter.hq, STORE)
    hear(counter)

    assert before.template("S001-21") is None
    assert (after.template("S001-20"), after.template("S001-21") is None) == (None, False)
    assert "+" not in counter.shop.ledger.programme.version
    assert [one.state for one in benefits.listed(counter.hq, STORE)] == ["past", "past", "in_force"]


def test_another_store_hears_nothing_of_it(counter: Till) -> None:
    benefits.publish(counter.hq, STORE, OWN)
    elsewhere = replace(counter.caller, store="S002")

    told = [item.entity for item in feed.page(counter.hq, elsewhere, 0, 1_000).items]

    assert "benefits" not in told


def test_the_till_takes_only_what_hq_signed_for_its_store(counter: Till) -> None:
    signer, ledger = Signer(SEED), counter.shop.ledger
    other = OWN.replace(b'"S001"', b'"S002"')
    with ledger.write() as book, pytest.raises(BenefitsElsewhere):
        adopt_benefits(book, other, signer.sign(other), publisher=signer.public_key)
    benefits.publish(counter.hq, STORE, OWN)
    page = feed.page(counter.hq, counter.caller, 0, 1_000)
    forged = tuple(
        item.model_copy(update={"body": {**(item.body or {}), "signature": "00" * 64}})
        if item.entity == "benefits"
        else item
        for item in page.items
    )
    changed = page.model_copy(update={"items": forged})
    take_page(ledger, translate.page_of(changed, ledger.now()))

    assert "+" not in ledger.programme.version


def test_what_hq_withdraws_leaves_the_store_flagged_and_nothing_new_is_taken(
    counter: Till,
) -> None:
    benefits.publish(counter.hq, STORE, OWN)
    text = DEFAULT_PROGRAMME.read_text("utf-8")
    less = text.replace("face_fen = 10000 ", "face_fen = 100 ").replace(
        "face_fen = 5000 ", "face_fen = 100 "
    )
    moved = less.replace('effective_from = "2026-01-01', 'effective_from = "2026-06-10')
    assert moved != less != text
    publishing.publish(counter.hq, moved.encode())
    hear(counter)

    (one,) = benefits.listed(counter.hq, STORE)

    assert one.share.standing.over
    assert counter.shop.ledger.programme.template("S001-20") is not None
    with pytest.raises(facts.ShareExceeded):
        benefits.check(counter.hq, STORE, LATER)


def test_hq_refuses_what_is_not_of_the_store_or_too_much_or_too_late(counter: Till) -> None:
    hq = counter.hq
    with pytest.raises(facts.StoreUnknown):
        benefits.check(hq, "S999", OWN)
    with pytest.raises(facts.BenefitsOfAnother):
        benefits.check(hq, STORE, OWN.replace(b'"S001"', b'"S002"'))
    with pytest.raises(ProgrammeRefused):
        benefits.check(hq, STORE, OWN.replace(b"S001-20", b"NEW5"))
    with pytest.raises(facts.ShareExceeded):
        benefits.check(hq, STORE, OWN.replace(b"face_fen = 2000", b"face_fen = 200000"))
    benefits.publish(hq, STORE, LATER)
    with pytest.raises(facts.BenefitsBehind):
        benefits.publish(hq, STORE, OWN)


def test_the_commands_show_the_arithmetic(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    file = folder.parent / "own.toml"
    file.write_bytes(OWN.replace(b'"S001"', b'"S01"'))
    of = ("--store", "S01")

    checked = command("benefits", "check", *of, str(file)).output
    published = command("benefits", "publish", *of, str(file)).output
    listed = command("benefits", "list", *of).output
    withdrawn = command("benefits", "withdraw", *of).output
    file.write_bytes(file.read_bytes().replace(b"2000", b"900000").replace(b"2026-06", b"2036-06"))

    assert checked.startswith("would be accepted: own 35.00 of ")
    assert checked.endswith(" %, at most 20.00 %\n")
    assert published.startswith("published S01/")
    assert " in_force " in listed
    assert "gives nothing" in withdrawn
    assert answered(monkeypatch, "benefits", "check", *of, str(file)) == 2
    assert "Too much: own " in capsys.readouterr().err
