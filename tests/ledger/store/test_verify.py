"""Verify: a sound book is green, and whatever is changed behind its back is named."""

from uuid import UUID

import pytest

from pos_app.ids import NodeId
from pos_app.ledger.ledger import Ledger
from pos_app.ledger.store.driver import Statements
from pos_app.ledger.store.verify import verify, verify_head
from pos_app.security.chain import NO_HASH, chain_hash
from pos_app.security.signing import Signer
from tests.ledger.book_rows import first_fault, found_by, thief
from tests.ledger.store.busy_day import busy_day
from tests.shop import TEST_KEYS, Shop


def test_a_busy_day_is_green(book: Ledger) -> None:
    results = list(verify(book.read(), public_key=book.public_key))

    assert [result.fault for result in results if result.fault] == []
    assert all(result.count > 0 for result in results), results
    assert len(results) == 17


def test_the_quick_half_is_green(book: Ledger) -> None:
    assert [result.check for result in verify_head(book.read())] == ["chain", "head signature"]
    assert not any(result.fault for result in verify_head(book.read()))


def test_a_transfer_and_its_balances_changed_together_are_found(behind: Statements) -> None:
    seq, n, source, target = behind.execute(
        "SELECT seq, n, source, target FROM transfer WHERE amount > 1 LIMIT 1"
    ).fetchone()
    behind.execute("UPDATE transfer SET amount = amount - 1 WHERE seq = ? AND n = ?", (seq, n))
    behind.execute("UPDATE balance SET amount = amount + 1 WHERE account = ?", (source,))
    behind.execute("UPDATE balance SET amount = amount - 1 WHERE account = ?", (target,))

    found = list(verify(behind))[-1]

    assert found.fault is not None
    assert (found.check, found.fault.where) == ("transfers", f"event {seq}")


def test_a_chain_written_anew_is_found_by_its_signatures(behind: Statements) -> None:
    behind.execute(
        "UPDATE journal SET payload = CAST(replace(payload, '500000', '500001') AS BLOB)"
    )
    _chain_anew(behind)

    found = list(verify(behind))[-1]

    assert found.check == "signatures"


def test_a_chain_signed_by_another_terminal_is_found_by_its_key(behind: Statements) -> None:
    impostor, ours = Signer(b"i" * 32), Signer(TEST_KEYS.node)
    behind.execute(
        "UPDATE journal SET payload = CAST(replace(CAST(payload AS TEXT), ?, ?) AS BLOB)",
        (ours.public_key.hex(), impostor.public_key.hex()),
    )
    _chain_anew(behind, impostor)

    alone = list(verify(behind))[-1]
    with_key = list(verify(behind, public_key=ours.public_key))[-1]

    assert alone.fault is None
    assert with_key.check == "signatures"


def _chain_anew(behind: Statements, signer: Signer | None = None) -> None:
    node, epoch = behind.execute("SELECT node, epoch FROM node_state").fetchone()
    previous = NO_HASH
    for seq, payload in behind.execute("SELECT seq, payload FROM journal ORDER BY seq").fetchall():
        data = payload if isinstance(payload, bytes) else payload.encode()
        previous = chain_hash(NodeId(UUID(bytes=node)), epoch, seq, previous, data)
        behind.execute(
            "UPDATE journal SET payload = ?, hash = ? WHERE seq = ?", (data, previous, seq)
        )
        if signer is not None:
            signed = (signer.sign(previous), seq)
            behind.execute("UPDATE journal SET sig = ? WHERE seq = ?", signed)


def test_the_end_of_a_chain_that_hq_knows_cannot_be_cut(behind: Statements) -> None:
    seq, digest = behind.execute("SELECT seq, hash FROM journal ORDER BY seq DESC").fetchone()
    behind.execute("UPDATE node_state SET acked_seq = ?, acked_hash = ?", (seq, digest))
    green = found_by(behind)
    behind.execute("UPDATE node_state SET acked_hash = zeroblob(32)")
    other = found_by(behind)
    behind.execute("UPDATE node_state SET acked_hash = ?, acked_seq = ?", (digest, seq + 1))
    cut = found_by(behind)

    assert (green, other, cut) == ("", "chain", "chain")


def test_the_fault_says_where(behind: Statements) -> None:
    behind.execute("UPDATE journal SET payload = CAST(payload || 'x' AS BLOB) WHERE seq = 5")

    fault = list(verify(behind))[-1].fault

    assert fault is not None
    assert (fault.check, fault.where) == ("chain", "event 5")


@pytest.mark.parametrize("lie", ["amount", "member", "intent", "at"])
def test_a_sale_whose_proof_is_of_something_else_is_found(shop: Shop, lie: str) -> None:
    busy_day(shop)
    with thief(shop.ledger.path) as book:
        book.execute(
            "UPDATE journal SET payload = CAST(json_set(CAST(payload AS TEXT),"
            " '$.body.evidence.' || ?, 0) AS BLOB) WHERE kind = 'SALE'"
            " AND CAST(payload AS TEXT) ->> '$.body.stored_value' > 0",
            (lie,),
        )
        _chain_anew(book, Signer(TEST_KEYS.node))

    assert first_fault(shop.ledger) == "evidence"
