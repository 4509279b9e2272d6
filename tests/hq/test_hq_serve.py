"""HQ served by its command: the address, TLS, a taken port, and a clean end."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from pathlib import Path

import pytest
import requests
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from typer.testing import CliRunner

from pos_app.ids import new_id
from pos_hq import cli
from pos_hq.api.server import Listening, listener_of
from tests.tree import ROOT


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return where a fresh HQ lies."""
    for name in os.environ:
        if name.startswith("HQ_"):
            monkeypatch.delenv(name)
    monkeypatch.setenv("HQ_DATA_DIR", str(tmp_path / "hq"))
    assert CliRunner().invoke(cli.commands, ["init"]).exit_code == 0
    return tmp_path / "hq"


def test_hq_tells_its_address_serves_and_ends_when_asked(folder: Path) -> None:
    with serving(folder) as (process, address):
        answer = requests.get(f"{address}/v1/hello", timeout=10)
        process.send_signal(signal.SIGTERM)
        code = process.wait(30)

    assert answer.json()["proto_max"] == 1
    assert code == 0
    log = (folder / "hq.log").read_text("utf-8")
    assert "GET /v1/hello 200" in log


def test_with_a_certificate_hq_speaks_tls(folder: Path) -> None:
    cert, key = certificate(folder)

    with serving(folder, HQ_TLS_CERT=str(cert), HQ_TLS_KEY=str(key)) as (_process, address):
        last = {"Connection": "close"}  # an idle till would be waited for
        answer = requests.get(f"{address}/v1/hello", headers=last, timeout=10, verify=str(cert))
        in_the_clear = asked_in_the_clear(int(address.rpartition(":")[2]))

    assert address.startswith("https://")
    assert answer.status_code == 200
    assert in_the_clear == b""


def test_the_second_half_of_an_answer_does_not_wait_for_the_first() -> None:
    with (
        listener_of(Listening("127.0.0.1", 0)) as listener,
        socket.create_connection(listener.getsockname()),
        listener.accept()[0] as taken,
    ):
        at_once = taken.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY)

    assert at_once


def test_a_port_that_is_taken_is_one_sentence(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        monkeypatch.setenv("HQ_PORT", str(port))
        monkeypatch.setattr("pos_hq.cli.start_log", lambda _path: None)
        monkeypatch.setattr(sys, "argv", ["pos-hq", "serve"])
        with pytest.raises(SystemExit) as ended:
            cli.main()

    assert ended.value.code == 2
    assert capsys.readouterr().err == f"HQ cannot listen on 127.0.0.1, port {port}.\n"
    assert folder.exists()


@contextmanager
def serving(folder: Path, **more: str) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """Run the command itself, as the machine would."""
    process = subprocess.Popen(  # noqa: S603 -- a list, and ours
        [sys.executable, "-m", "pos_hq", "serve", "--data", str(folder)],
        cwd=ROOT,
        env={**os.environ, "HQ_PORT": "0", **more},
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        assert process.stdout is not None
        yield process, process.stdout.readline().split()[-1]
    finally:
        process.terminate()
        process.communicate(timeout=30)


def asked_in_the_clear(port: int) -> bytes:
    with socket.create_connection(("127.0.0.1", port), timeout=10) as line:
        line.sendall(b"GET /v1/hello HTTP/1.1\r\nHost: hq\r\n\r\n")
        return line.recv(4096)


def certificate(folder: Path) -> tuple[Path, Path]:
    """Make a certificate for loopback that signs itself."""
    private = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, new_id().hex)])
    begins = datetime(2020, 1, 1, tzinfo=UTC)
    address = x509.SubjectAlternativeName([x509.IPAddress(ip_address("127.0.0.1"))])
    made = (
        x509.CertificateBuilder(name, name, private.public_key(), x509.random_serial_number())
        .not_valid_before(begins)
        .not_valid_after(begins + timedelta(days=36_500))
        .add_extension(address, critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .sign(private, hashes.SHA256())
    )
    cert, key = folder / "cert.pem", folder / "key.pem"
    cert.write_bytes(made.public_bytes(serialization.Encoding.PEM))
    plain = serialization.NoEncryption()
    form = serialization.PrivateFormat.PKCS8
    key.write_bytes(private.private_bytes(serialization.Encoding.PEM, form, plain))
    return cert, key
