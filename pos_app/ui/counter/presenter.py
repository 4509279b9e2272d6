"""The counter's presenter: what is typed or scanned in, the member at the counter out."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial
from typing import Any
from uuid import UUID

from pos_app.errors import PosError
from pos_app.ids import MemberId, OperatorId
from pos_app.language import _
from pos_app.ledger.alerts import look_at
from pos_app.ledger.counter import MemberAtCounter
from pos_app.ledger.ledger import Ledger
from pos_app.ledger.member_profile import reveal_phone
from pos_app.ledger.members import MemberHit, find_exact, search
from pos_app.ledger.rules.quote import Quote
from pos_app.ui.counter.finding import hit_of, home_of, nobody, whole_phone, worth_searching
from pos_app.ui.counter.loaded import loaded_of
from pos_app.ui.counter.reading import (
    HomeRead,
    MemberRead,
    Moment,
    moment_of,
    read_home,
    read_member,
)
from pos_app.ui.counter.state import NOTHING_TYPED, CounterState, Lookup, Mix
from pos_app.ui.counter.tickets import coupon_at, mix_of
from pos_app.ui.shown import Shown
from pos_app.ui.text import sentence
from pos_app.ui.work import Work

Found = tuple[tuple[MemberHit, ...], Moment]


@dataclass(frozen=True, slots=True)
class CounterDoors:
    """Callables that the window supplies. `dropped` offers the way back for a few seconds."""

    operator: Callable[[], OperatorId]
    opened: Callable[[MemberAtCounter | None], None]
    dropped: Callable[[str], None]
    say: Callable[[str, str], None]
    sound: Callable[[str], None]
    toggle_coupon: Callable[[UUID], None]


class CounterPresenter:
    """Finds members, loads one, and keeps late answers off the screen."""

    def __init__(self, ledger: Ledger, work: Work, doors: CounterDoors) -> None:
        self._ledger = ledger
        self._work = work
        self._doors = doors
        self._asked = 0
        self._found: tuple[MemberHit, ...] = ()
        self._read: MemberRead | None = None
        self._left: MemberRead | None = None
        self._quote: Quote | None = None
        self._mix = Mix()
        self._told = True
        self.shown = Shown(CounterState())

    @property
    def member(self) -> MemberAtCounter | None:
        return self._read.member if self._read else None

    def refresh(self) -> None:
        """Read the home page, and the loaded member, as they are now."""
        self.refresh_home()
        if self._read is not None:
            self._open(self._read.member.id)

    def refresh_home(self) -> None:
        """Read what waits, who was here, and how the day goes."""
        operator = self._doors.operator()
        self._work.run(
            lambda: read_home(self._ledger, operator), done=self._at_home, failed=self._failed
        )

    def after_sale(self) -> None:
        """Show what the sale left behind, without beginning another order."""
        self._told = False
        self.refresh()

    def typed(self, text: str) -> None:
        """Search while it is typed; a whole phone number opens its member at once."""
        self._asked += 1
        lookup = Lookup(text=text, turn=self.shown.state.lookup.turn)
        if whole_phone(text):
            self._change(lookup=replace(lookup, searching=True))
            self._find_exactly(text)
        elif worth_searching(text):
            hits = self.shown.state.lookup.hits
            self._change(lookup=replace(lookup, searching=True, hits=hits))
            self._work.run(
                lambda: (search(self._ledger, text), moment_of(self._ledger)),
                done=partial(self._listed, self._asked, text),
                failed=self._failed,
            )
        else:
            self._change(lookup=lookup)

    def move(self, step: int) -> None:
        """Mark another row of the list."""
        lookup = self.shown.state.lookup
        if lookup.hits:
            marked = (lookup.marked + step) % len(lookup.hits)
            self._change(lookup=replace(lookup, marked=marked))

    def enter(self) -> None:
        """Open the marked row, or whom the text names exactly."""
        lookup = self.shown.state.lookup
        if lookup.hits and not lookup.searching:
            self.choose(lookup.hits[lookup.marked].key)
        elif lookup.text.strip():
            self._asked += 1
            self._find_exactly(lookup.text)

    def choose(self, key: str) -> None:
        self.open(MemberId(UUID(key)))

    def scanned(self, code: str) -> None:
        """Open the member of a scanned code or phone number."""
        self._asked += 1
        self._find_exactly(code)

    def clear_lookup(self) -> bool:
        """Empty the look-up; return whether there was anything in it."""
        lookup = self.shown.state.lookup
        if not lookup.text and not lookup.open:
            return False
        self._asked += 1
        self._change(lookup=replace(NOTHING_TYPED, turn=lookup.turn + 1))
        return True

    def open(self, member: MemberId) -> None:
        """Load a member; the answer for one asked for before never covers this one."""
        self._asked += 1
        self._told = True
        self._open(member)

    def drop(self) -> None:
        """Let the member go, with a way back."""
        if self._read is not None:
            self._left = self._read
            self._doors.dropped(self._read.member.masked_name)
            self.leave()

    def leave(self) -> None:
        """Let the member go because the order is done."""
        self._asked += 1
        had_one = self._read is not None
        self._read, self._quote, self._mix = None, None, Mix()
        self._change(loaded=None)
        if had_one:
            self._doors.opened(None)

    def undo_drop(self) -> None:
        if self._left is not None:
            self.open(self._left.member.id)

    def show_quote(self, quote: Quote | None, beside: str, *, by_hand: bool) -> None:
        """Let every coupon say how it stands with the order as it is priced now."""
        self._quote, self._mix = quote, mix_of(quote, beside, by_hand=by_hand)
        if self._read is not None:
            self._paint_member(self._read)

    def toggle_coupon(self, key: str) -> None:
        self._doors.toggle_coupon(UUID(key))

    def toggle_coupon_at(self, place: int) -> None:
        """Take or leave the coupon of Alt+`place`; one that cannot be used says why."""
        coupon = coupon_at(self._read.member, place) if self._read else None
        if coupon is None:
            return
        reason = (
            self.shown.state.loaded.tickets[place - 1].reason if self.shown.state.loaded else ""
        )
        if reason:
            self._doors.say(reason, "warn")
        else:
            self._doors.toggle_coupon(coupon)

    def reveal(self) -> None:
        """Show the whole phone number; who looked is written into the journal."""
        if self._read is None:
            return
        member, operator = self._read.member.id, self._doors.operator()
        reason = _("Shown at the counter")
        self._work.run(
            lambda: reveal_phone(self._ledger, member, operator=operator, reason=reason),
            done=partial(self._revealed, member),
            failed=self._failed,
        )

    def look_again(self, then: Callable[[MemberAtCounter], None]) -> None:
        """Read the loaded member in the background; `then` hears of any difference."""
        if self._read is not None:
            member, asked = self._read.member.id, self._asked
            self._work.run(
                lambda: read_member(self._ledger, member),
                done=partial(self._looked_again, asked, then),
                failed=lambda _fact: None,  # the next act in front of it meets what is wrong
            )

    def conceal(self) -> None:
        if self._read is not None:
            self._paint_member(self._read)

    def _open(self, member: MemberId) -> None:
        self._work.run(
            lambda: read_member(self._ledger, member),
            done=partial(self._opened, self._asked),
            failed=self._failed,
        )

    def _find_exactly(self, code: str) -> None:
        self._work.run(
            lambda: find_exact(self._ledger, code),
            done=partial(self._found_exactly, self._asked, code),
            failed=self._failed,
        )

    def _found_exactly(self, asked: int, code: str, found: MemberHit | None) -> None:
        if asked != self._asked:
            return
        if found is not None:
            self.open(found.id)
            return
        self._doors.sound("not_found")
        turn = self.shown.state.lookup.turn + 1
        lookup = Lookup(text=code, turn=turn, message=nobody(code), offers_new=True)
        self._change(lookup=lookup)

    def _listed(self, asked: int, text: str, found: Found) -> None:
        if asked != self._asked:
            return
        hits = tuple(hit_of(hit, found[1].today) for hit in found[0])
        lookup = Lookup(text=text, turn=self.shown.state.lookup.turn, hits=hits)
        if not hits:
            lookup = replace(lookup, message=nobody(text), offers_new=True)
        self._change(lookup=lookup)

    def _opened(self, asked: int, read: MemberRead) -> None:
        if asked != self._asked:
            return
        if self._read is None or self._read.member.id != read.member.id:
            self._quote, self._mix = None, Mix()
            self._doors.sound("found")
        self._read = read
        turn = self.shown.state.lookup.turn + 1
        self._change(lookup=replace(NOTHING_TYPED, turn=turn))
        self._paint_member(read)
        if self._told:
            self._doors.opened(read.member)
        self._told = True
        self._look(asked, read.member.id)

    def _look(self, asked: int, member: MemberId) -> None:
        """Let the radar look behind everything that waits; whatever fails stops nobody."""
        done = partial(self._looked, asked)
        self._work.run(lambda: look_at(self._ledger, member), done=done, failed=lambda _fact: None)

    def _looked(self, asked: int, alerts: int) -> None:
        if asked == self._asked and self._read is not None and self._read.alerts != alerts:
            self._read = replace(self._read, alerts=alerts)
            self._paint_member(self._read)

    def _looked_again(
        self, asked: int, then: Callable[[MemberAtCounter], None], read: MemberRead
    ) -> None:
        if asked == self._asked and self._read is not None and self._read.member != read.member:
            self._read = read
            self._paint_member(read)
            then(read.member)

    def _at_home(self, read: HomeRead) -> None:
        self._change(home=home_of(read))

    def _revealed(self, member: MemberId, phone: str) -> None:
        if self._read is not None and self._read.member.id == member:
            self._paint_member(self._read, phone)

    def _paint_member(self, read: MemberRead, phone: str = "") -> None:
        loaded = loaded_of(read, self._quote, self._mix, phone)
        self._change(loaded=loaded)

    def _failed(self, fact: PosError) -> None:
        lookup = self.shown.state.lookup
        self._change(lookup=replace(lookup, searching=False))
        self._doors.sound("attention")
        self._doors.say(sentence(fact), "danger")

    def _change(self, **changes: Any) -> None:  # noqa: ANN401 -- the fields of the state
        self.shown.show(replace(self.shown.state, **changes))
