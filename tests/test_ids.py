"""Identities: never the same twice, and in the order in which they were minted."""

from uuid import UUID

from pos_app.ids import new_id


def test_ten_thousand_identities_are_ten_thousand_different_ones() -> None:
    assert len({new_id() for _ in range(10_000)}) == 10_000


def test_identities_sort_in_the_order_in_which_they_were_minted() -> None:
    minted = [new_id() for _ in range(10_000)]

    assert minted == sorted(minted)


def test_an_identity_is_a_plain_uuid_of_version_7() -> None:
    minted = new_id()

    assert type(minted) is UUID
    assert minted.version == 7
    assert UUID(minted.hex) == minted
