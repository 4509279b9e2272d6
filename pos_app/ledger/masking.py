"""What a cashier may see of personal data: enough to recognise, too little to carry away."""

from __future__ import annotations

import re

_STARS_MAX = 4
_CARD_HEAD = 6
_TAIL = 4


def mask_name(name: str) -> str:
    """Keep the first character: 张三丰 becomes 张**, with one star at least and four at most."""
    return name[:1] + "*" * min(max(len(name) - 1, 1), _STARS_MAX) if name else ""


def initial_of(name: str) -> str:
    """Return the one character that an avatar shows."""
    return name[:1].upper()


def mask_phone(phone: str) -> str:
    """Mask an E.164 number: +8613812345678 becomes 138****5678, abroad +14155550123 +1****0123."""
    if phone.startswith("+86"):
        digits = phone[3:]
        return f"{digits[:3]}****{digits[-_TAIL:]}"
    return f"{phone[:2]}****{phone[-_TAIL:]}" if phone else ""


def phone_tail(phone: str) -> str:
    """Return the last four digits."""
    return phone[-_TAIL:]


def mask_card(card: str) -> str:
    """Keep six and four digits: 622202*********0123; a short card keeps the last four."""
    head = _CARD_HEAD if len(card) >= 2 * _CARD_HEAD else 0
    hidden = len(card) - head - _TAIL
    return card[:head] + "*" * hidden + card[-_TAIL:] if hidden > 0 else "*" * len(card)


def mask_identity(document: str) -> str:
    """Keep four and four of an identity number: 110101199003078515 becomes 1101**********8515."""
    hidden = len(document) - 2 * _TAIL
    return (
        document[:_TAIL] + "*" * hidden + document[-_TAIL:] if hidden > 0 else "*" * len(document)
    )


def mask_birthday(birthday: str) -> str:
    """Drop the year: 1990-03-07 and --03-07 become 03-07."""
    found = re.search(r"(\d{2}-\d{2})$", birthday)
    return "" if found is None else found[1]
