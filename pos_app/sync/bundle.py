"""A bundle: what HQ has not acknowledged, in one file that only HQ can read."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from pos_app.errors import PosError
from pos_app.ids import IntentId, OperatorId
from pos_app.ledger import outbox
from pos_app.ledger.ledger import Ledger
from pos_app.ledger.store.event import milliseconds
from pos_app.sync import translate
from pos_app.sync.hq import Hq
from pos_app.sync.wire import Bundle


@dataclass(eq=False)
class NotWritable(PosError):
    """The file of the bundle could not be written there."""

    folder: str


def export_unsent(
    ledger: Ledger, hq: Hq, folder: Path, *, operator: OperatorId, intent: IntentId
) -> Path:
    """Write everything that HQ has not acknowledged into a file for it, and return its path.

    The ledger is as it was, but for a note that it was exported; HQ may import the file as often as
    it likes, before or after the terminal itself has told it all.
    Raises NotAllowed, NotWritable.
    """
    outbox.note_export(ledger, operator=operator, intent=intent)
    node, batches = ledger.node, outbox.unsent_batches(ledger)
    bundle = Bundle(
        node=node.id.hex,
        epoch=node.epoch,
        made_at=milliseconds(ledger.now()),
        pushes=tuple(map(translate.push_of, batches)),
    )
    reach = f"{batches[0].first_seq}-{batches[-1].last_seq}"
    path = folder / f"unsent-{node.id.hex[-8:]}.{node.epoch}-{reach}.mtx"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        aside = path.with_suffix(".new")
        aside.write_bytes(hq.sealed(bundle))
        aside.replace(path)
    except OSError as closed:
        raise NotWritable(str(folder)) from closed
    return path
