"""Everything that the counter shows of the member who is loaded."""

from __future__ import annotations

from pos_app.ledger.rules.access import Act
from pos_app.ledger.rules.quote import Quote
from pos_app.ui.counter.card import act_reason, card_of, insights_of, recent_of
from pos_app.ui.counter.reading import MemberRead
from pos_app.ui.counter.state import Loaded, Mix
from pos_app.ui.counter.tickets import tickets_of


def loaded_of(read: MemberRead, quote: Quote | None, mix: Mix, phone: str = "") -> Loaded:
    """Return the member beside the order as it is priced; `phone` while it is revealed."""
    member = read.member
    return Loaded(
        card=card_of(read, phone),
        tickets=tickets_of(read, quote),
        mix=mix,
        recent=tuple(recent_of(line, read.moment) for line in member.recent),
        insights=insights_of(read),
        top_up_reason=act_reason(member, Act.TOP_UP),
        points_reason=act_reason(member, Act.REDEEM_POINTS),
    )
