"""What is sealed opens for whom it was meant, and for nobody else."""

import pytest

from pos_app.security.sealing import RecordSeal, SealBroken, public_half, seal_for, unseal

MINE, OTHER = b"m" * 32, b"o" * 32
SECRET = b"s" * 32


def test_an_envelope_opens_for_its_reader() -> None:
    sealed = seal_for(public_half(MINE), SECRET, about=b"till 3")

    assert unseal(MINE, sealed, about=b"till 3") == SECRET
    assert SECRET not in sealed


def test_two_envelopes_of_one_secret_differ() -> None:
    sealed = [seal_for(public_half(MINE), SECRET, about=b"") for _each in range(2)]

    assert sealed[0] != sealed[1]


@pytest.mark.parametrize(
    ("reader", "about", "cut"),
    [(OTHER, b"till 3", 0), (MINE, b"till 4", 0), (MINE, b"till 3", 1), (MINE, b"till 3", 70)],
)
def test_an_envelope_opens_for_nobody_else_and_nothing_else(
    reader: bytes, about: bytes, cut: int
) -> None:
    sealed = seal_for(public_half(MINE), SECRET, about=b"till 3")

    with pytest.raises(SealBroken):
        unseal(reader, sealed[: len(sealed) - cut], about=about)


def test_a_record_opens_with_its_key_for_its_purpose_at_its_place() -> None:
    seal = RecordSeal(MINE, b"copy")
    record = seal.close(b"event", b"7")

    assert seal.open(record, b"7") == b"event"
    for wrong, place in (
        (RecordSeal(OTHER, b"copy"), b"7"),
        (RecordSeal(MINE, b"else"), b"7"),
        (seal, b"8"),
    ):
        with pytest.raises(SealBroken):
            wrong.open(record, place)
    with pytest.raises(SealBroken):
        seal.open(b"", b"7")
