"""Dropping everything derived and making it anew from the journal."""

from __future__ import annotations

import itertools

from pos_app.ledger.store.driver import Statements
from pos_app.ledger.store.inbox_rows import replay_member, schedule
from pos_app.ledger.store.journal import all_events
from pos_app.ledger.store.posting import Posting
from pos_app.ledger.store.projection import project
from pos_app.ledger.store.tables import DERIVED


def replay(to: Statements) -> int:
    """Rebuild every derived table inside the caller's transaction.

    Return how many events were read.
    """
    _make_anew(to)
    posting = Posting(to)
    count = 0
    told = schedule(to)
    word = next(told, None)
    for event, private in all_events(to):
        while word is not None and word.after_seq < event.seq:
            replay_member(to, word)
            word = next(told, None)
        posting.post(event)
        project(to, event, private)
        count += 1
    while word is not None:
        replay_member(to, word)
        word = next(told, None)
    return count


def _make_anew(to: Statements) -> None:
    """Drop each derived table and create it again as the migrations left it, triggers included."""
    for table in DERIVED:
        found = to.execute(
            "SELECT sql FROM sqlite_master WHERE tbl_name = ? AND sql IS NOT NULL"
            " ORDER BY type = 'table' DESC, name",
            (table.name,),
        ).fetchall()
        to.execute(f"DROP TABLE {table.name}")
        for statement in itertools.chain.from_iterable(found):
            to.execute(statement)
