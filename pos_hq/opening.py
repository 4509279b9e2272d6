"""Opening HQ as it is set up on this machine."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from pos_app.clock import Clock, system_clock
from pos_app.security.signing import Signer
from pos_hq import escrow, founding
from pos_hq.hq import Hq
from pos_hq.keys import HqKeys, founding_keys, make_escrow_key, read_keys
from pos_hq.settings import Settings
from pos_hq.store.engine import open_engine
from pos_hq.store.migrate import migrate


@contextmanager
def opened(settings: Settings, clock: Clock = system_clock) -> Iterator[Hq]:
    """Open the HQ of these settings, at this program's schema.

    Raises NotFounded, KeyWrong, KeyMissing, KeyStoreUnusable, DatabaseNewer, DatabaseForeign.
    """
    with _open(settings, read_keys(settings), clock) as hq:
        founding.ensure_ours(hq)
        yield hq


def found(settings: Settings, programme: bytes, clock: Clock = system_clock) -> None:
    """Make secrets and an empty ledger, once.

    Raises FoundedAlready, ProgrammeRefused, DatabaseForeign, KeyStoreUnusable.
    """
    settings.data_dir.mkdir(mode=0o700, parents=True, exist_ok=True)
    with founding_keys(settings) as keys, _open(settings, keys, clock) as hq:
        founding.found(hq, programme)
        escrow.begin(hq, make_escrow_key(settings))


def add_escrow(settings: Settings) -> bool:
    """Give an HQ that was founded without an escrow its own; say whether it had none.

    Raises like `opened`.
    """
    with opened(settings) as hq:
        if escrow.has_begun(hq):
            return False
        escrow.begin(hq, make_escrow_key(settings))
        return True


@contextmanager
def _open(settings: Settings, keys: HqKeys, clock: Clock) -> Iterator[Hq]:
    engine = open_engine(settings.database_url, keys.database)
    try:
        migrate(engine)
        yield Hq(engine, Signer(keys.seed), clock, keys.pepper)
    finally:
        engine.dispose()
