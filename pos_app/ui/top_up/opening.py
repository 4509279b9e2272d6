"""What the top-up page is opened with: the member, the tickets, and what forbids it all."""

from __future__ import annotations

from dataclasses import dataclass

from pos_app.ids import MemberId
from pos_app.ledger import counter, topups
from pos_app.ledger.counter import MemberAtCounter
from pos_app.ledger.ledger import Ledger
from pos_app.ledger.offline import refused_now
from pos_app.ledger.real_names import document_needed
from pos_app.ledger.rules.access import Act
from pos_app.ledger.rules.programme import Programme
from pos_app.ledger.rules.topup import TopUpOffer, TopUpRefused
from pos_app.money import Money
from pos_app.ui.text import sentence
from pos_app.ui.top_up import words
from pos_app.ui.top_up.state import Preset

_MULTIPLES = (2, 3)


@dataclass(frozen=True, slots=True)
class Opened:
    """Everything that is read at once; `asks`: the law wants a document first."""

    member: MemberAtCounter
    presets: tuple[Preset, ...]
    rule: str
    basis: str
    closed: str
    asks: bool


def open_page(ledger: Ledger, member: MemberId) -> Opened:
    """Read what the page shows of a member."""
    programme = ledger.programme
    presets = tuple(
        words.preset(amount, _answer(ledger, member, amount)) for amount in _ladder(programme)
    )
    shown = counter.open_member(ledger, member)
    basis = words.basis(shown, now=ledger.now(), zone=programme.zone)
    refused = refused_now(ledger, Act.TOP_UP)
    closed = "" if refused is None else sentence(refused)
    asks = document_needed(ledger, member, Money())
    return Opened(shown, presets, words.rule_words(programme), basis, closed, asks)


def _answer(ledger: Ledger, member: MemberId, amount: Money) -> TopUpOffer | TopUpRefused:
    try:
        return topups.offer(ledger, member, amount)
    except TopUpRefused as refused:
        return refused


def _ladder(programme: Programme) -> tuple[Money, ...]:
    """Return the rungs and the first multiples of the largest."""
    rungs = [Money(rung.topup_fen) for rung in programme.stored_value.ladder]
    more = [rungs[-1].times(count) for count in _MULTIPLES] if rungs else []
    return tuple(rungs + more)
