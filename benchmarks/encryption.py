"""Target 4: a payment on an encrypted file, beside the same code on one without a key."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import sqlcipher3.dbapi2 as driver

from benchmarks.files import ledger_folder
from benchmarks.measure import interleaved
from benchmarks.report import Line, compared
from benchmarks.scale import Bench
from benchmarks.shop import KEYS, copied, ledger_in, settled
from benchmarks.till import Till
from pos_app.ledger.store.driver import connect, tune


def encryption(bench: Bench) -> Iterator[Line]:
    """Measure what the cipher costs a payment."""
    kept = ledger_folder(bench.work, bench.scale.shop)
    with TemporaryDirectory(dir=bench.work) as folder:
        sealed = Till(copied(kept, Path(folder) / "sealed"))
        plain = Till(_decrypted(kept, Path(folder) / "plain"), _unencrypted)
        for till in (sealed, plain):
            till.warm_up()
        scale = bench.scale
        pair = interleaved(sealed.trial, plain.trial, rounds=scale.rounds, times=scale.times)
        for till in (sealed, plain):
            till.close()
    yield compared("4", "payment on an encrypted / an unencrypted ledger, p50", pair, most=2)


def _decrypted(kept: Path, to: Path) -> Path:
    """Write the ledger again without a key."""
    to.mkdir()
    connection = connect(ledger_in(kept), KEYS.database)
    connection.execute("ATTACH DATABASE ? AS plain KEY ''", (str(ledger_in(to)),))
    connection.execute("SELECT sqlcipher_export('plain')").fetchone()
    connection.close()
    settled(ledger_in(to))
    return to


def _unencrypted(path: Path, _key: bytes, *, query_only: bool = False) -> Any:  # noqa: ANN401 -- untyped driver
    """Open as the ledger does, but without a key."""
    connection = driver.connect(str(path), isolation_level=None, cached_statements=256, timeout=5)
    tune(connection)
    if query_only:
        connection.execute("PRAGMA query_only = ON")
    return connection
