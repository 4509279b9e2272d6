"""What is sealed for HQ opens with HQ's seed, and with nothing else."""

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given
from hypothesis import strategies as st

from pos_app.security.hq_envelope import opened_by_hq, sealed_for_hq
from pos_app.security.sealing import SealBroken
from pos_app.security.signing import Signer

SEEDS = st.binary(min_size=32, max_size=32)
ABOUT = b"a test"


@given(seed=SEEDS, plain=st.binary(max_size=200))
def test_hq_opens_what_was_sealed_to_its_signing_key(seed: bytes, plain: bytes) -> None:
    public = Ed25519PrivateKey.from_private_bytes(seed).public_key().public_bytes_raw()

    assert opened_by_hq(sealed_for_hq(plain, public, about=ABOUT), seed, about=ABOUT) == plain


@pytest.mark.parametrize("place", [0, 31, 32, -1])
def test_a_changed_byte_opens_nothing(place: int) -> None:
    seed = b"h" * 32
    sealed = bytearray(sealed_for_hq(b"secret", Signer(seed).public_key, about=ABOUT))
    sealed[place] ^= 1

    with pytest.raises(SealBroken):
        opened_by_hq(bytes(sealed), seed, about=ABOUT)


def test_another_hq_and_another_purpose_open_nothing() -> None:
    sealed = sealed_for_hq(b"secret", Signer(b"h" * 32).public_key, about=ABOUT)

    with pytest.raises(SealBroken):
        opened_by_hq(sealed, b"i" * 32, about=ABOUT)
    with pytest.raises(SealBroken):
        opened_by_hq(sealed, b"h" * 32, about=b"another")
    with pytest.raises(SealBroken):
        opened_by_hq(b"short", b"h" * 32, about=ABOUT)
    assert b"secret" not in sealed
