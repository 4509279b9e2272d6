"""HQ keeps envelopes that it cannot read without a secret of its own, and says who opened one."""

from __future__ import annotations

import json
from base64 import b64encode
from pathlib import Path
from uuid import UUID

import pytest
from sqlalchemy import select
from typer.testing import CliRunner, Result

from pos_app.ids import NodeId
from pos_app.security.sealing import public_half, seal_for
from pos_app.security.signing import Signer
from pos_app.sync.wire import EnrolAsk
from pos_hq import cli, enrolment, escrow
from pos_hq.facts import NodeUnknown
from pos_hq.hq import Hq
from pos_hq.opening import opened
from pos_hq.settings import Settings, load_settings
from pos_hq.store import meta, tables
from pos_hq.store.database import Connection
from pos_hq.verification import verify
from tests.hq.desk import STORE

PRIVATE, DATABASE = b"e" * 32, b"d" * 32
TILL = Signer(b"t" * 32)


def enrolled(hq: Hq, envelope: bytes) -> NodeId:
    code = enrolment.make_code(hq, STORE, "3 号机")
    sealed, key = b64encode(envelope).decode(), TILL.public_key.hex()
    told = enrolment.enrol(hq, EnrolAsk(code=code, public_key=key, escrow=sealed))
    return NodeId(UUID(told.node))


def envelope(reader: bytes = PRIVATE, about: bytes = TILL.public_key) -> bytes:
    return seal_for(public_half(reader), DATABASE, about=about)


def acts(book: Connection) -> list[tuple[str, str]]:
    escrows = tables.act.c.kind == "ESCROW"
    rows = book.execute(select(tables.act.c.reason, tables.act.c.who).where(escrows))
    return [(row.reason, row.who) for row in rows]


def test_who_opened_an_envelope_is_written_down(desk: Hq) -> None:
    escrow.begin(desk, PRIVATE)
    node = enrolled(desk, envelope())

    found = escrow.open_envelope(desk, node, None, PRIVATE, "Lin")

    assert (found.node, found.epoch, found.database) == (node, 1, DATABASE)
    with desk.read() as book:
        assert acts(book) == [(f"{node.hex}.1", "Lin")]
    assert verify(desk).fault is None


def test_an_hq_begins_its_escrow_once(desk: Hq) -> None:
    before = escrow.has_begun(desk)
    escrow.begin(desk, PRIVATE)

    escrow.begin(desk, b"f" * 32)

    assert (before, escrow.has_begun(desk)) == (False, True)
    with desk.read() as book:
        assert meta.escrow_key_of(book) == public_half(PRIVATE)


def test_neither_another_secret_nor_a_moved_envelope_opens(desk: Hq) -> None:
    escrow.begin(desk, PRIVATE)
    node = enrolled(desk, envelope(about=b"another till"))

    for secret in (b"f" * 32, PRIVATE):
        with pytest.raises(escrow.EscrowKeyWrong):
            escrow.open_envelope(desk, node, None, secret, "Lin")

    with desk.read() as book:
        assert acts(book) == []


def test_what_is_not_there_is_not_opened(desk: Hq) -> None:
    escrow.begin(desk, PRIVATE)
    node = enrolled(desk, b"")

    with pytest.raises(escrow.NoEnvelope):
        escrow.open_envelope(desk, node, 1, PRIVATE, "Lin")
    with pytest.raises(NodeUnknown):
        escrow.open_envelope(desk, node, 2, PRIVATE, "Lin")


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("HQ_DATA_DIR", str(tmp_path / "hq"))
    assert command("init").exit_code == 0
    assert command("create-store", STORE, "Riverside").exit_code == 0
    return tmp_path / "hq"


def command(*words: str) -> Result:
    return CliRunner().invoke(cli.commands, words)


def in_folder(folder: Path) -> str:
    """Enrol a till that seals its key to the HQ of a folder; return its identity."""
    with opened(load_settings(folder)) as hq:
        with hq.read() as book:
            reader = bytes.fromhex(hq.escrow_key(book))
        return enrolled(hq, seal_for(reader, DATABASE, about=TILL.public_key)).hex


def test_the_command_writes_a_file_for_its_owner_alone_and_says_no_secret(folder: Path) -> None:
    node, out = in_folder(folder), folder / "till3.keys"

    done = command("escrow", node, "--by", "Lin", "--out", str(out))

    told = json.loads(out.read_text("ascii"))
    assert done.exit_code == 0
    assert (told["database"], out.stat().st_mode & 0o777) == (DATABASE.hex(), 0o600)
    assert told["database"] not in done.output
    assert told["seed"] not in done.output
    assert command("verify").exit_code == 0


def test_a_file_that_is_there_is_not_written_over(folder: Path) -> None:
    node, out = in_folder(folder), folder / "till3.keys"
    out.write_text("mine")

    done = command("escrow", node, "--by", "Lin", "--out", str(out))

    assert done.exit_code != 0
    assert out.read_text() == "mine"


def test_an_hq_without_an_escrow_gets_one_by_init_and_keeps_all_else(folder: Path) -> None:
    with opened(load_settings(folder)) as hq, hq.write() as book:
        book.execute(tables.hq_meta.update().values(escrow_key=None))
    (folder / "keys" / "hq-escrow.key").unlink()
    before = {path.name: path.read_bytes() for path in (folder / "keys").iterdir()}

    first = command("init")
    again = command("init")

    after = {path.name: path.read_bytes() for path in (folder / "keys").iterdir()}
    assert (first.exit_code, again.exit_code != 0) == (0, True)
    assert "escrow" in first.output
    assert {name: after[name] for name in before} == before
    assert in_folder(folder)


def test_the_machine_may_hand_the_escrows_secret_in(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    mounted = tmp_path / "mounted"
    mounted.write_bytes(b64encode(PRIVATE))
    monkeypatch.setenv("HQ_DATA_DIR", str(tmp_path / "hq"))
    monkeypatch.setenv("HQ_ESCROW_FILE", str(mounted))

    assert command("init").exit_code == 0

    with opened(Settings()) as hq, hq.read() as book:
        assert hq.escrow_key(book) == public_half(PRIVATE).hex()
    assert not (tmp_path / "hq" / "keys" / "hq-escrow.key").exists()
