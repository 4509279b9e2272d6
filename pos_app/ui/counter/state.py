"""Exactly what the counter shows, already text."""

from __future__ import annotations

from dataclasses import dataclass

from pos_app.ui.parts.state import Explained


@dataclass(frozen=True, slots=True)
class Hit:
    """A member that was found; `key` comes back when it is chosen."""

    key: str
    initial: str
    name: str
    phone: str
    tier: str
    visit: str
    warning: str = ""


@dataclass(frozen=True, slots=True)
class Lookup:
    """The look-up and the list under it; `turn` changes when the text is to be replaced."""

    text: str = ""
    turn: int = 0
    hits: tuple[Hit, ...] = ()
    marked: int = 0
    message: str = ""
    offers_new: bool = False
    searching: bool = False

    @property
    def open(self) -> bool:
        return bool(self.hits or self.message or self.searching)


@dataclass(frozen=True, slots=True)
class Waiting:
    """An order that was put aside."""

    key: str
    amount: str
    who: str
    time: str


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure with its name; `warns` where its note is older than the figure."""

    label: str
    value: str
    note: str = ""
    warns: bool = False


@dataclass(frozen=True, slots=True)
class Home:
    """What stands there while no member is loaded."""

    waiting: tuple[Waiting, ...] = ()
    lately: tuple[Hit, ...] = ()
    today: tuple[Figure, ...] = ()
    first_day: bool = False


@dataclass(frozen=True, slots=True)
class Chip:
    text: str
    tone: str = "chip"


@dataclass(frozen=True, slots=True)
class Card:
    """The member at a glance."""

    initial: str
    name: str
    tier: str
    phone: str
    number: str
    balance: Figure
    points: Figure
    coupons: Figure
    progress: str
    progress_bp: int
    chips: tuple[Chip, ...]
    tags: tuple[Chip, ...] = ()
    explained: tuple[Explained, ...] = ()
    warning: str = ""
    revealed: bool = False


@dataclass(frozen=True, slots=True)
class Ticket:
    """A coupon as it stands with the present order."""

    key: str
    figure: str
    unit: str
    title: str
    condition: str
    expiry: str
    hot: bool
    hotkey: str
    reason: str
    chosen: bool


@dataclass(frozen=True, slots=True)
class Mix:
    """How the coupons were chosen: by the rules or by hand."""

    text: str = ""
    beside: str = ""
    by_hand: bool = False


@dataclass(frozen=True, slots=True)
class Recent:
    icon: str
    title: str
    subtitle: str
    badge: str
    amount: str


@dataclass(frozen=True, slots=True)
class Month:
    label: str
    value: int
    text: str


@dataclass(frozen=True, slots=True)
class Insights:
    average: str = ""
    visits: str = ""
    months: tuple[Month, ...] = ()


@dataclass(frozen=True, slots=True)
class Loaded:
    """Everything of the member at the counter."""

    card: Card
    tickets: tuple[Ticket, ...]
    mix: Mix
    recent: tuple[Recent, ...]
    insights: Insights
    top_up_reason: str = ""
    points_reason: str = ""


EMPTY_HOME = Home()
NOTHING_TYPED = Lookup()


@dataclass(frozen=True, slots=True)
class CounterState:
    lookup: Lookup = NOTHING_TYPED
    home: Home = EMPTY_HOME
    loaded: Loaded | None = None
