"""The amount as it is typed: digits, one point, and sums added up with plus."""

from __future__ import annotations

from dataclasses import dataclass, replace

from pos_app.language import _
from pos_app.money import LARGEST_ENTRY_FEN, Money, NotAnAmount, parse_money, total_of
from pos_app.ui.formats import entry as entry_text
from pos_app.ui.formats import figures, money

LARGEST = Money(LARGEST_ENTRY_FEN)


@dataclass(frozen=True, slots=True)
class Entry:
    """What stands in the amount box, and the sums that were added up before it."""

    text: str = ""
    terms: tuple[Money, ...] = ()

    @property
    def total(self) -> Money:
        return total_of([*self.terms, typed(self.text)])


def of_amount(amount: Money) -> Entry:
    """Return the entry of an order whose amount is known already."""
    return Entry(entry_text(amount)) if amount else Entry()


def typed(text: str) -> Money:
    """Return the sum of an unfinished text: nothing, `12.` and `.5` count too."""
    bare = text.rstrip(".")
    if not bare:
        return Money()
    return parse_money(f"0{bare}" if bare.startswith(".") else bare)


def fits(entry: Entry) -> bool:
    return entry.total <= LARGEST


def accumulate(entry: Entry) -> Entry:
    """Add the typed sum to the ones before and await the next; nothing typed adds nothing."""
    amount = typed(entry.text)
    return Entry("", (*entry.terms, amount)) if amount else replace(entry, text="")


def pasted(text: str) -> Entry:
    """Return the entry of a pasted sum. Raises NotAnAmount."""
    amount = parse_money(text)
    if not amount:
        raise NotAnAmount(text)
    return of_amount(amount)


def tally(entry: Entry) -> str:
    """Return the sum that what is being typed is added to: "35.00 +"."""
    return f"{figures(total_of(entry.terms))} +" if entry.terms else ""


def why_refused(entry: Entry, key: str) -> str:
    """Say why a key does not go into the amount; an empty answer means it is ignored in silence."""
    if key == ".":
        return _("There is a decimal point already.")
    if key in ("-", "\u2212"):
        return _("An amount is never negative. To give money back, use Refund (F9).")
    if not key.isdecimal():
        return _("Only digits and one decimal point.")
    if "." in entry.text and len(entry.text.rpartition(".")[2]) >= 2:
        return _("Two decimals at most.")
    return too_large()


def too_large() -> str:
    return _("One order is at most {amount}.").format(amount=money(LARGEST))
