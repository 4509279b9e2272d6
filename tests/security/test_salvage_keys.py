"""The key file of a salvage is its owner's alone, and is never written over."""

import os
from pathlib import Path

import pytest

from pos_app.ids import NodeId, new_id
from pos_app.security.salvage_keys import (
    SalvageFileRefused,
    SalvageKeys,
    read_salvage_keys,
    write_salvage_keys,
)

KEYS = SalvageKeys(NodeId(new_id()), 2, b"h" * 32, b"d" * 32, b"s" * 32)


def test_what_was_written_is_read(tmp_path: Path) -> None:
    write_salvage_keys(tmp_path / "keys", KEYS)

    assert read_salvage_keys(tmp_path / "keys") == KEYS
    assert (b"d" * 32).hex() not in repr(KEYS)


@pytest.mark.skipif(os.name != "posix", reason="the mode is POSIX")
def test_only_its_owner_reads_it(tmp_path: Path) -> None:
    write_salvage_keys(tmp_path / "keys", KEYS)

    assert (tmp_path / "keys").stat().st_mode & 0o777 == 0o600


def test_a_file_that_is_there_is_not_written_over(tmp_path: Path) -> None:
    (tmp_path / "keys").write_text("mine")

    with pytest.raises(SalvageFileRefused) as refused:
        write_salvage_keys(tmp_path / "keys", KEYS)

    assert refused.value.reason == "exists"
    assert (tmp_path / "keys").read_text() == "mine"


def test_where_it_cannot_be_written_nothing_is_lost(tmp_path: Path) -> None:
    with pytest.raises(SalvageFileRefused) as refused:
        write_salvage_keys(tmp_path / "nowhere" / "keys", KEYS)

    assert refused.value.reason == "not_writable"


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"v": 1, "node": "x"}'])
def test_what_is_no_key_file_is_told(tmp_path: Path, text: str) -> None:
    (tmp_path / "keys").write_text(text)

    with pytest.raises(SalvageFileRefused) as refused:
        read_salvage_keys(tmp_path / "keys")

    assert refused.value.reason == "damaged"


def test_a_key_file_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(SalvageFileRefused) as refused:
        read_salvage_keys(tmp_path / "keys")

    assert refused.value.reason == "missing"


def test_a_form_that_a_later_hq_writes_is_told(tmp_path: Path) -> None:
    (tmp_path / "keys").write_text('{"v": 9}')

    with pytest.raises(SalvageFileRefused) as refused:
        read_salvage_keys(tmp_path / "keys")

    assert refused.value.reason == "newer"
