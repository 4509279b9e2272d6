"""The terminal's seal, against the vectors of RFC 8032."""

from pos_app.security.signing import Signer, verify

SEED = bytes.fromhex("9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60")
PUBLIC = bytes.fromhex("d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a")
SIGNED_NOTHING = bytes.fromhex(
    "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e06522490155"
    "5fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b"
)


def test_the_seal_is_ed25519_as_published() -> None:
    signer = Signer(SEED)

    signature = signer.sign(b"")

    assert signer.public_key == PUBLIC
    assert signature == SIGNED_NOTHING
    assert verify(PUBLIC, b"", signature)


def test_a_changed_digest_breaks_the_seal() -> None:
    signature = Signer(SEED).sign(b"digest")

    assert not verify(PUBLIC, b"digesT", signature)


def test_another_terminal_did_not_sign() -> None:
    signature = Signer(SEED).sign(b"digest")

    assert not verify(Signer(bytes(32)).public_key, b"digest", signature)


def test_malformed_keys_and_signatures_sign_nothing() -> None:
    signature = Signer(SEED).sign(b"digest")

    assert not verify(b"short", b"digest", signature)
    assert not verify(PUBLIC, b"digest", b"short")


def test_a_signer_never_shows_its_seed() -> None:
    assert SEED.hex() not in repr(Signer(SEED))
    assert repr(SEED) not in repr(Signer(SEED))
