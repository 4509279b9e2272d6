"""How far HQ was read: the place in its feed, and in a snapshot that is under way."""

from __future__ import annotations

from dataclasses import dataclass

from pos_app.ledger.store.driver import Statements

_READING = (
    "SELECT n.feed_cursor, coalesce(l.turn, 0), l.snapshot_after, l.snapshot_since"
    " FROM node_state n LEFT JOIN hq_link l ON l.id = 1"
)
_SNAPSHOT = "UPDATE hq_link SET snapshot_after = ?, snapshot_since = ?"


@dataclass(frozen=True, slots=True)
class Reading:
    """How far HQ was read; `turn` counts the words that were heard.

    While a snapshot is under way, `after` is the last member of it that was taken, `since` is
    where the feed goes on behind it, and `cursor` counts only for what is no member.
    """

    cursor: int
    turn: int
    after: str | None
    since: int | None

    @property
    def needs_snapshot(self) -> bool:
        """Say whether members are to be read in bulk: nothing was ever read, or not all of it."""
        return self.cursor == 0 or self.since is not None


def reading(book: Statements) -> Reading:
    """Return how far HQ was read."""
    return Reading(*book.execute(_READING).fetchone())


def take_cursor(book: Statements, cursor: int) -> None:
    """Move the place in the feed; it never moves back."""
    asked = "UPDATE node_state SET feed_cursor = ?1 WHERE feed_cursor < ?1"
    book.execute(asked, (cursor,))


def take_turn(book: Statements, turn: int) -> None:
    """Keep how many words were heard."""
    book.execute("UPDATE hq_link SET turn = ?", (turn,))


def go_on_after(book: Statements, member: str | None, since: int) -> None:
    """Keep the place in the snapshot, and where the feed stood when it began."""
    book.execute(_SNAPSHOT, (member, since))


def end_snapshot(book: Statements, since: int) -> None:
    """Go on with the feed of where the snapshot began: what changed meanwhile comes again."""
    book.execute(_SNAPSHOT, (None, None))
    book.execute("UPDATE node_state SET feed_cursor = ?", (since,))
