"""`pos-app verify`: prove the book, print what was checked, and name the first fault."""

from __future__ import annotations

from typing import TextIO

from pos_app.ledger.ledger import Ledger
from pos_app.ledger.proof import JournalFaulty, head_hash, make_anew, prove
from pos_app.ledger.store.checks import Fault

SOUND, FAULTY = 0, 1


def run_verify(ledger: Ledger, *, rebuild: bool, out: TextIO) -> int:
    """Print every check with its count, and the first fault; return the exit code, 1 for a fault.

    With `rebuild` every derived table is made anew from the journal first, and compared with what
    was there: a table that differed is a fault too, although it has been cured.
    """
    wrong = _made_anew(ledger, out) if rebuild else SOUND
    return wrong or _proved(ledger, out)


def _proved(ledger: Ledger, out: TextIO) -> int:
    for checked in prove(ledger):
        out.write(_line(checked.check, checked.count))
        if checked.fault is not None:
            return _faulty(checked.fault, out)
    out.write(f"sound, head {head_hash(ledger).hex()}\n")
    return SOUND


def _made_anew(ledger: Ledger, out: TextIO) -> int:
    try:
        tables = make_anew(ledger)
    except JournalFaulty as faulty:
        return _faulty(faulty.fault, out)
    out.writelines(_line(f"made anew: {table.name}", table.rows) for table in tables)
    wrong = [table for table in tables if table.wrong]
    out.writelines(
        f"cured: {table.name}: {table.wrong} rows were not what the journal says\n"
        for table in wrong
    )
    return FAULTY if wrong else SOUND


def _faulty(fault: Fault, out: TextIO) -> int:
    out.write(f"first fault: {fault.check}: {fault.where}: {fault.detail}\n")
    return FAULTY


def _line(name: str, count: int) -> str:
    return f"{name:.<32}{count:.>14,}\n"
