"""A check of the book: what it looked at, and the first thing that it found wrong."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from pos_app.ledger.store.driver import Statements


@dataclass(frozen=True, slots=True)
class Fault:
    """The first thing found wrong: which check, where, and how the two sides differ."""

    check: str
    where: str
    detail: str


@dataclass(frozen=True, slots=True)
class Checked:
    """One check and how many things it looked at; `fault` is the first that failed."""

    check: str
    count: int
    fault: Fault | None = None


Check = Callable[[Statements], Checked]


def failed(check: str, count: int, where: str, detail: str) -> Checked:
    """Return a check that found something wrong."""
    return Checked(check, count, Fault(check, where, detail))


def none_of(check: str, counted: str, *wrong: str) -> Check:
    """Make a check of SQL questions whose rows `(where, detail)` are what is wrong."""

    def run(book: Statements) -> Checked:
        (count,) = book.execute(counted).fetchone()
        for question in wrong:
            row = book.execute(question).fetchone()
            if row is not None:
                return failed(check, count, str(row[0]), str(row[1]))
        return Checked(check, count)

    return run
