"""The key map: one table for shortcuts, hints and the sheet that lists them all; no Qt in here."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

from pos_app.language import _


class Action(StrEnum):
    FIND = "find"
    AMOUNT = "amount"
    REGISTER = "register"
    COUPONS = "coupons"
    REFRESH = "refresh"
    TOP_UP = "top_up"
    POINTS = "points"
    HOLD = "hold"
    REFUND = "refund"
    MEMBER = "member"
    DRAWER = "drawer"
    PAY = "pay"
    TENDER_1 = "tender_1"
    TENDER_2 = "tender_2"
    TENDER_3 = "tender_3"
    TENDER_4 = "tender_4"
    TENDER_5 = "tender_5"
    COUPON_1 = "coupon_1"
    COUPON_2 = "coupon_2"
    COUPON_3 = "coupon_3"
    COUPON_4 = "coupon_4"
    COUPON_5 = "coupon_5"
    COUPON_6 = "coupon_6"
    COUPON_7 = "coupon_7"
    COUPON_8 = "coupon_8"
    COUPON_9 = "coupon_9"
    PRINT = "print"
    LOCK = "lock"
    WHY = "why"
    ALL_KEYS = "all_keys"


class Preset(StrEnum):
    """`FAMILIAR` puts the member search where tills of another make have it."""

    HOUSE = "house"
    FAMILIAR = "familiar"


TENDERS = (Action.TENDER_1, Action.TENDER_2, Action.TENDER_3, Action.TENDER_4, Action.TENDER_5)
COUPONS = tuple(action for action in Action if action.value.startswith("coupon_"))

_HOUSE: Mapping[Action, str] = MappingProxyType(
    {
        Action.FIND: "F1",
        Action.AMOUNT: "F2",
        Action.REGISTER: "F3",
        Action.COUPONS: "F4",
        Action.REFRESH: "F5",
        Action.TOP_UP: "F6",
        Action.POINTS: "F7",
        Action.HOLD: "F8",
        Action.REFUND: "F9",
        Action.MEMBER: "F10",
        Action.DRAWER: "F11",
        Action.PAY: "F12",
        **{action: f"Ctrl+{place}" for place, action in enumerate(TENDERS, start=1)},
        **{action: f"Alt+{place}" for place, action in enumerate(COUPONS, start=1)},
        Action.PRINT: "Ctrl+P",
        Action.LOCK: "Ctrl+L",
        Action.WHY: "Ctrl+E",
        Action.ALL_KEYS: "Ctrl+K",
    }
)
_PRESETS: Mapping[Preset, Mapping[Action, str]] = MappingProxyType(
    {
        Preset.HOUSE: _HOUSE,
        Preset.FAMILIAR: {**_HOUSE, Action.FIND: "F9", Action.REFUND: "F1"},
    }
)


@dataclass(frozen=True, slots=True)
class Binding:
    action: Action
    key: str
    label: str


def key_of(action: Action, preset: Preset = Preset.HOUSE) -> str:
    """Return the key that starts an action, as it is written on a button."""
    return _PRESETS[preset][action]


def bindings(preset: Preset = Preset.HOUSE) -> tuple[Binding, ...]:
    """Return every key with its words, in the order of the sheet."""
    words = _labels()
    return tuple(Binding(action, key_of(action, preset), words[action]) for action in Action)


def listed(preset: Preset = Preset.HOUSE) -> tuple[tuple[str, str], ...]:
    """Return every key and its words for the sheet; tenders and coupons share a line each."""
    numbered = {*TENDERS, *COUPONS}
    single = [(key.key, key.label) for key in bindings(preset) if key.action not in numbered]
    shared = [
        ("Ctrl+1 \u2026 5", _("Choose a tender")),
        ("Alt+1 \u2026 9", _("Use a coupon or not")),
    ]
    return (*single, *shared, *fixed_keys())


def hints(preset: Preset = Preset.HOUSE) -> tuple[tuple[str, str], ...]:
    """Return the keys that the status bar shows."""
    shown = {
        Action.FIND: _("Find"),
        Action.AMOUNT: _("Amount"),
        Action.COUPONS: _("Coupons"),
        Action.TOP_UP: _("Top up"),
        Action.PAY: _("Pay"),
    }
    listed = tuple((key_of(action, preset), text) for action, text in shown.items())
    return (*listed, ("?", _("All keys")))


def fixed_keys() -> tuple[tuple[str, str], ...]:
    """Return the keys that mean the same everywhere and cannot be moved."""
    return (
        ("0\u20139  .  00", _("Amount")),
        ("+", _("Add another amount")),
        ("Backspace", _("One figure back")),
        ("Del", _("Clear the amount")),
        ("Enter", _("Next step, then pay")),
        ("Esc", _("Close one layer, clear the field, drop the member")),
        ("Tab", _("Next group")),
        ("\u2190 \u2191 \u2192 \u2193", _("Inside tenders, coupons, tables")),
    )


def _labels() -> dict[Action, str]:
    tender, coupon = _("Tender {number}"), _("Coupon {number}")
    return {
        Action.FIND: _("Find a member"),
        Action.AMOUNT: _("Amount"),
        Action.REGISTER: _("New member"),
        Action.COUPONS: _("Coupons"),
        Action.REFRESH: _("Refresh the member, sync now"),
        Action.TOP_UP: _("Top up"),
        Action.POINTS: _("Redeem points"),
        Action.HOLD: _("Hold or fetch an order"),
        Action.REFUND: _("Refund"),
        Action.MEMBER: _("Member details"),
        Action.DRAWER: _("Open the drawer"),
        Action.PAY: _("Take the payment"),
        **{action: tender.format(number=n) for n, action in enumerate(TENDERS, start=1)},
        **{action: coupon.format(number=n) for n, action in enumerate(COUPONS, start=1)},
        Action.PRINT: _("Print the last slip again"),
        Action.LOCK: _("Lock the terminal"),
        Action.WHY: _("How the price was made"),
        Action.ALL_KEYS: _("All keys"),
    }
