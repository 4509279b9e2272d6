"""What a till could not push comes in a file, as if it had pushed it."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from pos_app.ids import OperatorId
from pos_app.ledger import outbox
from pos_app.ledger.link import Membership, join
from pos_app.ledger.rights import NotAllowed
from pos_app.ledger.store.event import Kind
from pos_app.security.signing import Signer
from pos_app.sync.bundle import NotWritable, export_unsent
from pos_app.sync.hq import Hq as HqClient
from pos_app.sync.hq import Identity
from pos_app.sync.transport import Reply, Request
from pos_hq import bundles, enrolment
from pos_hq.bundles import BundleUnreadable, Taken
from pos_hq.facts import Gap, NodeUnknown, SignatureWrong
from pos_hq.hq import Hq
from pos_hq.store.bulk import fetch
from pos_hq.verification import verify
from tests.fakes import FakeClock
from tests.hq.desk import SEED, Till, opened, till
from tests.shop import intent
from tests.ui.parts.at_the_till import cashier_at


class Nowhere:
    """A terminal without a network."""

    def send(self, request: Request) -> Reply:
        raise AssertionError(request.path)


@pytest.fixture
def shop_till(desk: Hq, tmp_path: Path, clock: FakeClock) -> Iterator[Till]:
    with till(desk, tmp_path / "till", clock, "n") as made:
        node = made.shop.ledger.node
        join(made.shop.ledger, Membership(node.id, node.epoch, node.store, desk.key, 1))
        yield made


def client(made: Till, seed: bytes = b"n".ljust(32, b".")) -> HqClient:
    node = made.shop.ledger.node
    return HqClient(Nowhere(), Identity(node.id.hex, node.epoch, Signer(seed), made.hq.key))


def exported(made: Till, folder: Path, operator: OperatorId | None = None) -> Path:
    who = operator or made.shop.manager
    ledger = made.shop.ledger
    return export_unsent(ledger, client(made), folder, operator=who, intent=intent())


def events(hq: Hq) -> int:
    with hq.read() as book:
        return int(fetch(book, "SELECT count(*) FROM event")[0][0])


def test_a_bundle_brings_everything_once(
    desk: Hq, shop_till: Till, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(outbox, "BATCH_BYTES", 1_500)
    member = shop_till.shop.member()
    shop_till.shop.top_up(member, 50_000)
    path = exported(shop_till, tmp_path / "stick")
    head = events(desk)

    first = bundles.take(desk, SEED, path.read_bytes())
    again = bundles.take(desk, SEED, path.read_bytes())
    ack = shop_till.push(after=0)

    node = shop_till.caller.node.hex
    assert head == 0
    assert first == Taken(node, 1, ack.acked_seq, ack.acked_seq)
    assert again == Taken(node, 1, ack.acked_seq, 0)
    assert {result.status for result in ack.results} == {"duplicate"}
    assert opened(desk) == []
    assert verify(desk).fault is None


def test_an_export_is_an_entry_and_part_of_itself(
    desk: Hq, shop_till: Till, tmp_path: Path
) -> None:
    path = exported(shop_till, tmp_path)

    bundles.take(desk, SEED, path.read_bytes())

    with desk.read() as book:
        last = fetch(book, "SELECT kind FROM event ORDER BY seq DESC LIMIT 1")[0][0]
    assert last == Kind.NOTE.value
    assert "+86" not in path.read_bytes().decode("latin-1")


def test_a_cashier_exports_nothing(shop_till: Till, tmp_path: Path) -> None:
    cashier = cashier_at(shop_till.shop).id

    with pytest.raises(NotAllowed):
        exported(shop_till, tmp_path, cashier)

    assert list(tmp_path.glob("*.mtx")) == []


def test_a_folder_that_cannot_be_written_is_told(shop_till: Till, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")

    with pytest.raises(NotWritable):
        exported(shop_till, tmp_path / "file")


def test_a_till_that_was_shut_out_is_kept_and_not_applied(
    desk: Hq, shop_till: Till, tmp_path: Path
) -> None:
    shop_till.shop.member()
    path = exported(shop_till, tmp_path)
    enrolment.revoke(desk, shop_till.caller.node)

    taken = bundles.take(desk, SEED, path.read_bytes())

    with desk.read() as book:
        members = fetch(book, "SELECT count(*) FROM member")[0][0]
    assert (taken.new == events(desk) > 0, members) == (True, 0)


def test_a_bundle_that_begins_too_late_is_told(desk: Hq, shop_till: Till, tmp_path: Path) -> None:
    shop_till.push()
    ledger = shop_till.shop.ledger
    ack = shop_till.push()
    with ledger.write() as book:
        book.execute(
            "UPDATE node_state SET acked_seq = ?, acked_hash = ?",
            (ack.acked_seq, bytes.fromhex(ack.acked_hash)),
        )
    path = exported(shop_till, tmp_path)
    with desk.write() as other:
        other.exec_driver_sql("UPDATE node_epoch SET acked_seq = 1")

    with pytest.raises(Gap):
        bundles.take(desk, SEED, path.read_bytes())


@pytest.mark.parametrize("data", [b"", b"MTX1", b"MTX1" + bytes(100)])
def test_what_is_no_bundle_is_refused(desk: Hq, data: bytes) -> None:
    with pytest.raises(BundleUnreadable):
        bundles.take(desk, SEED, data)


def test_only_the_terminal_itself_makes_its_bundle(
    desk: Hq, shop_till: Till, tmp_path: Path
) -> None:
    forger = client(shop_till, b"f" * 32)
    ledger, who = shop_till.shop.ledger, shop_till.shop.manager
    path = export_unsent(ledger, forger, tmp_path, operator=who, intent=intent())

    with pytest.raises(SignatureWrong):
        bundles.take(desk, SEED, path.read_bytes())


def test_a_bundle_of_nobody_and_one_of_no_shape_are_refused(
    desk: Hq, shop_till: Till, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = exported(shop_till, tmp_path)
    with desk.write() as book:
        book.exec_driver_sql("UPDATE node_epoch SET epoch = 7")
    with pytest.raises(NodeUnknown):
        bundles.take(desk, SEED, path.read_bytes())

    strange = shop_till.shop.ledger.node
    monkeypatch.setattr("pos_app.sync.wire.Bundle.model_dump_json", lambda _self: f"{strange}")
    with pytest.raises(BundleUnreadable):
        bundles.take(desk, SEED, exported(shop_till, tmp_path).read_bytes())
