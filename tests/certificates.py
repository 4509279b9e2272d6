"""Certificates for a server on loopback, signed by themselves: each is a CA of its own."""

from __future__ import annotations

import ipaddress
import ssl
from datetime import timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from pos_app.clock import system_clock

LOOPBACK = x509.IPAddress(ipaddress.IPv4Address("127.0.0.1"))


def certificate_for(name: x509.GeneralName, file: Path) -> Path:
    """Write a certificate with its key for a server of this name; return the file."""
    key, now = ec.generate_private_key(ec.SECP256R1()), system_clock()
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "HQ")])
    made = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([name]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    file.write_bytes(
        made.public_bytes(serialization.Encoding.PEM)
        + key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
    )
    return file


def serving_with(file: Path) -> ssl.SSLContext:
    """Return what serves with this certificate."""
    tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    tls.load_cert_chain(file)
    return tls
