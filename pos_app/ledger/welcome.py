"""The welcome gift: promised at the counter, given by HQ."""

from __future__ import annotations

from pos_app.ledger.ledger import Ledger
from pos_app.ledger.offline import has_hq
from pos_app.ledger.rules.points import PointsBatch, welcome_points
from pos_app.ledger.rules.sale_record import batch_body
from pos_app.ledger.store.book import Book
from pos_app.ledger.store.event import Json


def promised(book: Book) -> dict[str, Json]:
    """Return what an enrolment says of the gift that HQ gives once it has accepted the number.

    It waits for HQ online and offline alike: only HQ knows that the number is nobody's (D13).
    """
    gift = welcome_points(book.today, book.programme)
    return {"welcome": batch_body(gift)} if gift.points and has_hq(book) else {}


def gift_of(ledger: Ledger) -> PointsBatch | None:
    """Return the gift that a new member would be promised now; None where there is none."""
    gift = welcome_points(ledger.today(), ledger.programme)
    return gift if gift.points and has_hq(ledger.read()) else None
