"""Documents shown at top-ups: taken once, sealed, referred to, kept as long as the law wants."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from pos_app.ids import MemberId
from pos_app.ledger import link
from pos_app.ledger.counter import open_member
from pos_app.ledger.day_close import close_day
from pos_app.ledger.real_names import DocumentNeeded, document_needed
from pos_app.ledger.rules.basket import Tender
from pos_app.ledger.rules.identity_documents import Document, DocumentKind, DocumentRefused
from pos_app.ledger.rules.prepaid_law import Payer
from pos_app.ledger.store import person_rows
from pos_app.ledger.store.rebuild import rebuild
from pos_app.ledger.store.verify import verify
from pos_app.ledger.topups import CashNotTaken, TopUp, top_up
from pos_app.money import Money
from pos_app.security.hq_envelope import opened_by_hq
from pos_app.security.real_names import about, seal_of_till
from pos_app.security.signing import Signer
from tests.fakes import FakeClock
from tests.shop import DEFAULT_PROGRAMME, DOCUMENT, TEST_KEYS, Shop, intent, open_shop

SEED = b"h" * 32


def paid(shop: Shop, member: MemberId, fen: int = 10_000) -> TopUp:
    return TopUp(member, Money(fen), Tender.WECHAT, shop.manager, intent())


def sealed(shop: Shop) -> list[bytes]:
    rows = shop.ledger.read().execute(
        "SELECT s.data FROM sidecar s JOIN journal j ON j.event_id = s.event_id"
        " WHERE j.kind = 'REAL_NAME' ORDER BY j.seq"
    )
    return [bytes.fromhex(json.loads(data)["sealed"]) for (data,) in rows]


def bodies(shop: Shop, kind: str) -> list[dict[str, object]]:
    asked = "SELECT payload FROM journal WHERE kind = ? ORDER BY seq"
    rows = shop.ledger.read().execute(asked, (kind,)).fetchall()
    return [json.loads(payload)["body"] for (payload,) in rows]


def kept(shop: Shop) -> list[str]:
    asked = "SELECT kept_until FROM real_name ORDER BY seq"
    return [until for (until,) in shop.ledger.read().execute(asked)]


def join(shop: Shop) -> None:
    node = shop.ledger.node
    hq_key = Signer(SEED).public_key
    link.join(shop.ledger, link.Membership(node.id, node.epoch, node.store, hq_key, 1))
    shop.ledger.online = True


def test_without_a_document_no_money_is_taken(shop: Shop) -> None:
    member = shop.member()

    assert document_needed(shop.ledger, member, Money(10_000))
    with pytest.raises(DocumentNeeded):
        top_up(shop.ledger, paid(shop, member))

    assert open_member(shop.ledger, member).balance == Money()
    assert bodies(shop, "REAL_NAME") == []


def test_a_document_is_asked_for_once_and_every_top_up_refers_to_it(shop: Shop) -> None:
    member = shop.member()
    top_up(shop.ledger, replace(paid(shop, member), document=DOCUMENT))

    assert not document_needed(shop.ledger, member, Money(10_000))
    top_up(shop.ledger, paid(shop, member))

    (taken,) = bodies(shop, "REAL_NAME")
    first, second = bodies(shop, "TOPUP")
    assert first["real_name"] == second["real_name"]
    assert taken == {"kept_until": "2031-06-15", "sealed_for": "till"}


def test_nothing_of_it_is_in_the_chain_or_readable_in_the_file(shop: Shop) -> None:
    member = shop.member(name="")
    shop.top_up(member, 10_000)

    read = shop.ledger.read()
    payloads = b"".join(row[0] for row in read.execute("SELECT payload FROM journal"))
    beside = b"".join(row[0] for row in read.execute("SELECT data FROM sidecar"))
    for secret in (DOCUMENT.number, DOCUMENT.number[-6:], DOCUMENT.name):
        assert secret.encode() not in payloads + beside
    plain = seal_of_till(TEST_KEYS.pepper).open(sealed(shop)[0], about(member))
    assert json.loads(plain)["number"] == DOCUMENT.number


def test_a_till_of_a_chain_seals_it_for_hq_alone(shop: Shop) -> None:
    join(shop)
    member = shop.member()
    shop.top_up(member, 10_000)

    plain = opened_by_hq(sealed(shop)[0], SEED, about=about(member))

    told = {"kind": "resident_id", "name": "王晓明", "number": "110101199003078515"}
    assert json.loads(plain) == told
    assert bodies(shop, "REAL_NAME")[0]["sealed_for"] == "hq"


def test_what_hq_cannot_read_is_asked_for_again(shop: Shop) -> None:
    member = shop.member()
    shop.top_up(member, 10_000)
    join(shop)

    assert document_needed(shop.ledger, member, Money(10_000))
    shop.top_up(member, 10_000)

    assert [one["sealed_for"] for one in bodies(shop, "REAL_NAME")] == ["till", "hq"]


def test_a_mistyped_number_takes_neither_record_nor_money(shop: Shop) -> None:
    member = shop.member()
    wrong = Document(DocumentKind.RESIDENT_ID, "110101199003078516", "王晓明")

    for document in (wrong, replace(DOCUMENT, name=" ")):
        with pytest.raises(DocumentRefused):
            top_up(shop.ledger, replace(paid(shop, member), document=document))

    assert (bodies(shop, "REAL_NAME"), bodies(shop, "TOPUP")) == ([], [])


def test_a_retry_takes_neither_twice(shop: Shop) -> None:
    wish = replace(paid(shop, shop.member()), document=DOCUMENT)

    assert top_up(shop.ledger, wish) == top_up(shop.ledger, wish)

    assert (len(bodies(shop, "REAL_NAME")), len(bodies(shop, "TOPUP"))) == (1, 1)


def test_a_record_is_kept_five_years_beyond_the_last_top_up(shop: Shop, clock: FakeClock) -> None:
    member = shop.member()
    shop.top_up(member, 10_000)
    clock.go(days=365)
    shop.top_up(member, 10_000)
    assert kept(shop) == ["2032-06-15"]

    clock.go(days=5 * 365 + 2)
    close(shop)
    still = kept(shop)
    clock.go(days=1)
    close(shop)

    assert (still, kept(shop), sealed(shop)) == (["2032-06-15"], [], [])
    assert document_needed(shop.ledger, member, Money(10_000))
    with shop.ledger.write() as book:
        assert sum(one.wrong for one in rebuild(book)) == 0
    assert all(check.fault is None for check in verify(shop.ledger.read()))


def close(shop: Shop) -> None:
    close_day(shop.ledger, shop.ledger.today(), operator=shop.manager, intent=intent())


def test_forgetting_a_person_leaves_the_sealed_record_as_the_law_wants(shop: Shop) -> None:
    member = shop.member()
    shop.top_up(member, 10_000)

    with shop.ledger.write() as book:
        person_rows.forget(book, member)

    assert len(sealed(shop)) == 1
    read = shop.ledger.read()
    beside = (
        "SELECT count(*) FROM sidecar s JOIN journal j ON j.event_id = s.event_id WHERE member = ?"
    )
    assert read.execute(beside, (member.bytes,)).fetchone() == (1,)


@pytest.mark.parametrize(("payer", "fen"), [(Payer.COMPANY, 500_000), (Payer.PERSON, 5_000_000)])
def test_from_the_laws_threshold_no_cash_is_taken(shop: Shop, payer: Payer, fen: int) -> None:
    member = shop.member()
    wish = TopUp(member, Money(fen), Tender.CASH, shop.manager, intent(), None, DOCUMENT, payer)

    with pytest.raises(CashNotTaken) as refused:
        top_up(shop.ledger, wish)

    assert (refused.value.payer, refused.value.amount) == (payer, Money(fen))


def test_who_paid_and_what_threshold_was_reached_is_written_down(shop: Shop) -> None:
    member = shop.member()
    shop.top_up(member, 10_000)
    top_up(shop.ledger, replace(paid(shop, member), payer=Payer.COMPANY))

    first, second = bodies(shop, "TOPUP")
    assert ("payer" in first, second["payer"]) == (False, "company")
    assert "thresholds" not in second


def test_a_sum_that_reaches_a_threshold_says_so_in_its_event(
    tmp_path: Path, clock: FakeClock
) -> None:
    usual, stricter = (
        f"bank_transfer_corporate_from_fen = {fen}".encode() for fen in (500000, 200000)
    )
    rules = DEFAULT_PROGRAMME.read_bytes()
    assert usual in rules
    shop = open_shop(tmp_path / "strict", clock, rules.replace(usual, stricter))
    member = shop.member()
    for fen in (199_900, 200_000):
        shop.top_up(member, fen)

    told = [one.get("thresholds") for one in bodies(shop, "TOPUP")]
    shop.ledger.close()
    assert told == [None, [200_000]]
