"""An event's bytes: one encoding, linked to all that went before, and readable for ever."""

from datetime import UTC, date, datetime, timedelta
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pos_app.ids import EventId, IntentId, MemberId, NodeId, OperatorId
from pos_app.ledger.rules.forms import SALE
from pos_app.ledger.store.event import (
    Draft,
    Kind,
    Transfer,
    canonical,
    milliseconds,
    moment,
    payload_of,
    read_event,
)
from pos_app.security.chain import NO_HASH, chain_hash, private_digest

NODE = NodeId(UUID(int=1))
DRAFT = Draft(
    Kind.SALE,
    {"title": "拿铁", "payable": 1_990, "none": None},
    (Transfer("tender:S001:cash", "sales:S001", "CNY", 1_990),),
    MemberId(UUID(int=2)),
    OperatorId(UUID(int=3)),
    IntentId(UUID(int=4)),
    EventId(UUID(int=5)),
)
AT = datetime(2026, 6, 15, 4, 0, tzinfo=UTC)


def payload(draft: Draft = DRAFT) -> bytes:
    return payload_of(
        draft,
        EventId(UUID(int=6)),
        at=milliseconds(AT),
        day=date(2026, 6, 15),
        programme="shop/2026-01-01/0",
        digest=None,
    )


def test_an_event_is_read_back_as_it_was_written() -> None:
    event = read_event(7, payload(), b"h" * 32)

    assert (event.seq, event.id, event.kind) == (7, EventId(UUID(int=6)), Kind.SALE)
    assert (event.at, event.business_date) == (AT, date(2026, 6, 15))
    assert (event.member, event.operator) == (DRAFT.member, DRAFT.operator)
    assert (event.intent, event.of) == (DRAFT.intent, DRAFT.of)
    assert (event.body, event.transfers) == ({**SALE.usual, **DRAFT.body}, DRAFT.transfers)
    assert event.private_digest is None


def test_the_encoding_is_sorted_without_blanks_and_in_one_unicode_form() -> None:
    assert canonical({"b": 1, "a": ["x", None]}) == b'{"a":["x",null],"b":1}'
    assert canonical({"name": "e\u0301"}) == canonical({"name": "\u00e9"})
    assert canonical({"name": "王"}) == '{"name":"王"}'.encode()


def test_a_format_of_the_future_is_not_guessed_at() -> None:
    future = payload().replace(b'"v":1', b'"v":2')

    with pytest.raises(ValueError, match="format 2"):
        read_event(1, future, b"")


@pytest.mark.parametrize(
    "other",
    [
        chain_hash(NodeId(UUID(int=9)), 1, 1, NO_HASH, b"payload"),
        chain_hash(NODE, 2, 1, NO_HASH, b"payload"),
        chain_hash(NODE, 1, 2, NO_HASH, b"payload"),
        chain_hash(NODE, 1, 1, b"x" * 32, b"payload"),
        chain_hash(NODE, 1, 1, NO_HASH, b"Payload"),
    ],
    ids=["node", "epoch", "seq", "previous", "payload"],
)
def test_the_hash_depends_on_every_part(other: bytes) -> None:
    assert chain_hash(NODE, 1, 1, NO_HASH, b"payload") != other


def test_without_the_salt_a_digest_says_nothing() -> None:
    assert private_digest(b"a", b"13812340217") != private_digest(b"b", b"13812340217")


@given(st.datetimes(datetime(1971, 1, 1), datetime(2200, 1, 1), timezones=st.just(UTC)))  # noqa: DTZ001 -- Hypothesis wants bounds without a zone
def test_moments_are_kept_to_the_millisecond(at: datetime) -> None:
    assert timedelta(0) <= at - moment(milliseconds(at)) < timedelta(milliseconds=1)


@pytest.mark.parametrize("amount", [0, -1])
def test_a_transfer_moves_something(amount: int) -> None:
    with pytest.raises(AssertionError):
        Transfer("a", "b", "CNY", amount)


def test_a_transfer_moves_it_somewhere_else() -> None:
    with pytest.raises(AssertionError):
        Transfer("a", "a", "CNY", 1)
