"""HQ's secrets lie in files of their own, and nowhere else."""

import base64
import os
from pathlib import Path

import pytest

from pos_app.security.keystore import KeyMissing, KeyStoreUnusable
from pos_hq.keys import HqKeys, founding_keys, make_escrow_key, places, read_keys
from pos_hq.settings import Settings


def make_keys(settings: Settings) -> HqKeys:
    with founding_keys(settings) as keys:
        return keys


def test_the_secrets_are_made_once_and_differ(tmp_path: Path) -> None:
    settings = Settings(data_dir=tmp_path)

    first, again = make_keys(settings), make_keys(settings)

    assert first == again == read_keys(settings)
    assert len({first.seed, first.pepper, first.database}) == 3


def test_a_secret_is_never_shown(tmp_path: Path) -> None:
    keys = make_keys(Settings(data_dir=tmp_path))

    assert repr(keys) == "HqKeys()"


@pytest.mark.skipif(os.name != "posix", reason="the mode is POSIX")
def test_only_hqs_account_reads_them(tmp_path: Path) -> None:
    settings = Settings(data_dir=tmp_path)
    make_keys(settings)
    make_escrow_key(settings)

    assert {path.stat().st_mode & 0o777 for path in places(settings)} == {0o600}

    places(settings)[0].chmod(0o644)
    with pytest.raises(KeyStoreUnusable):
        read_keys(settings)


def test_without_its_secrets_hq_does_not_open(tmp_path: Path) -> None:
    with pytest.raises(KeyMissing):
        read_keys(Settings(data_dir=tmp_path))


def test_the_machine_may_hand_a_secret_in(tmp_path: Path) -> None:
    mounted = tmp_path / "seed"
    mounted.write_bytes(base64.b64encode(b"m" * 32) + b"\n")
    settings = Settings(data_dir=tmp_path / "data", seed_file=mounted)

    keys = make_keys(settings)

    assert keys.seed == b"m" * 32
    assert places(settings)[0] == mounted


@pytest.mark.parametrize(
    ("held", "fact"),
    [
        (None, KeyMissing),
        (b"short", KeyStoreUnusable),
        (base64.b64encode(b"short"), KeyStoreUnusable),
        (b"\xff", KeyStoreUnusable),
    ],
)
def test_a_secret_that_is_none_is_refused(
    tmp_path: Path, held: bytes | None, fact: type[Exception]
) -> None:
    mounted = tmp_path / "seed"
    if held is not None:
        mounted.write_bytes(held)

    with pytest.raises(fact):
        make_keys(Settings(data_dir=tmp_path / "data", seed_file=mounted))
