"""Registers a member: only a phone number and one consent are needed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date

from pos_app.errors import PosError
from pos_app.ids import IntentId, MemberId, new_id
from pos_app.language import _
from pos_app.ledger import members
from pos_app.ledger.ledger import Ledger
from pos_app.ledger.masking import mask_card
from pos_app.ledger.member_fields import Gender
from pos_app.ledger.members import Consents, MemberCard, MemberHit, NewMember
from pos_app.ledger.offline import refused_now
from pos_app.ledger.operators import SignedIn
from pos_app.ledger.phones import Phone
from pos_app.ledger.rules.access import Act
from pos_app.ledger.welcome import gift_of
from pos_app.ui.formats import points
from pos_app.ui.register import checks, terms
from pos_app.ui.register.state import EMPTY_FORM, Form, PhoneCheck, RegisterState
from pos_app.ui.scan_routes import ScanKind, route
from pos_app.ui.shown import Shown
from pos_app.ui.text import sentence
from pos_app.ui.work import Work


@dataclass(frozen=True, slots=True)
class RegisterExits:
    """Where the sheet leads: a member to open (new, or already known), or back."""

    opened: Callable[[MemberId], None]
    closed: Callable[[], None]


@dataclass(frozen=True, slots=True)
class _Begun:
    today: date
    gift: str
    closed: str


class RegisterPresenter:
    """Checks the number while it is typed; saves once, however often the button is pressed."""

    def __init__(
        self, ledger: Ledger, work: Work, operator: Callable[[], SignedIn], exits: RegisterExits
    ) -> None:
        self._ledger = ledger
        self._work = work
        self._operator = operator
        self._exits = exits
        self._form = EMPTY_FORM
        self._card = ""
        self._duplicate: MemberId | None = None
        self._checked: Phone | None = None
        self._intent = IntentId(new_id())
        self._year = 9999  # until the ledger has said which one it is
        self.shown = Shown(RegisterState())

    def open(self, phone: str = "") -> None:
        """Begin with an empty sheet, or with the number that was looked for."""
        self._form, self._card = replace(EMPTY_FORM, phone=phone), ""
        self._duplicate, self._checked = None, None
        self._intent = IntentId(new_id())
        self.shown.show(
            RegisterState(
                open=True,
                round=self.shown.state.round + 1,
                phone=phone,
                terms_version=terms.VERSION,
                terms_text=terms.terms_text(),
            )
        )
        self._work.run(lambda: _begun(self._ledger), done=self._begun, failed=self._failed)
        self._follow_phone()
        self._show_problems()

    def change(self, form: Form) -> None:
        """Follow the fields."""
        if self.shown.state.busy:
            return
        phone_changed = form.phone != self._form.phone
        self._form = form
        if phone_changed:
            self._follow_phone()
        self._show_problems()

    def wait_for_card(self) -> None:
        """Take the next scan as the member's card, or stop waiting for one."""
        state = self.shown.state
        self.shown.show(replace(state, card_waiting=not state.card_waiting))

    def drop_card(self) -> None:
        """Register without a card after all."""
        self._card = ""
        self.shown.show(replace(self.shown.state, card="", card_waiting=False))

    def scanned(self, code: str) -> bool:
        """Bind a scanned card; say whether this sheet wants such a scan."""
        state, card = self.shown.state, code.strip()
        wanted = state.card_waiting or route(card).kind is ScanKind.UNKNOWN
        if not (state.open and wanted and card.isascii() and card.isalnum()):
            return False
        self._card = card
        self.shown.show(replace(state, card=mask_card(card), card_waiting=False))
        return True

    def toggle_terms(self) -> None:
        """Show the whole text, or hide it."""
        state = self.shown.state
        self.shown.show(replace(state, terms_open=not state.terms_open))

    def open_duplicate(self) -> None:
        """Open the member who already has this number."""
        if self._duplicate is not None:
            self._leave_for(self._duplicate)

    def close(self) -> None:
        """Leave without a new member; once left, nothing more happens."""
        if self.shown.state.open:
            self.shown.show(replace(self.shown.state, open=False))
            self._exits.closed()

    def save(self) -> None:
        """Register; a second press while it works does nothing."""
        if self.shown.state.busy or self._blocked():
            return
        self.shown.show(replace(self.shown.state, busy=True, problem=""))
        new, intent, by = self._new_member(), self._intent, self._operator().id
        self._show_problems()
        self._work.run(
            lambda: members.register(self._ledger, new, operator=by, intent=intent),
            done=self._registered,
            failed=self._failed,
        )

    def _new_member(self) -> NewMember:
        form = self._form
        return NewMember(
            phone=form.phone,
            consents=Consents(terms.VERSION, terms.VERSION if form.marketing else None),
            name=form.name,
            gender=Gender(form.gender),
            birthday=checks.birthday_of(form),
            card=self._card,
            pin=form.pin or None,
        )

    def _registered(self, member: MemberCard) -> None:
        self._intent = IntentId(new_id())
        self._leave_for(member.id)

    def _leave_for(self, member: MemberId) -> None:
        self.shown.show(replace(self.shown.state, busy=False, open=False))
        self._exits.opened(member)

    def _begun(self, begun: _Begun) -> None:
        self._year = begun.today.year
        self.shown.show(replace(self.shown.state, gift=begun.gift, closed=begun.closed))
        self._show_problems()

    def _failed(self, fact: PosError) -> None:
        self.shown.show(replace(self.shown.state, busy=False, problem=sentence(fact)))
        self._show_problems()

    def _follow_phone(self) -> None:
        self._duplicate, self._checked = None, None
        text = self._form.phone
        phone = checks.phone_of(text)
        if phone is None:
            check = PhoneCheck.TYPING if text.strip() else PhoneCheck.EMPTY
            self._show_phone(check, checks.phone_note(text))
            return
        self._show_phone(PhoneCheck.CHECKING, _("Checking …"))
        self._work.run(
            lambda: members.duplicate_of(self._ledger, phone),
            done=lambda hit: self._phone_checked(phone, hit),
            failed=self._failed,
        )

    def _phone_checked(self, phone: Phone, hit: MemberHit | None) -> None:
        if checks.phone_of(self._form.phone) != phone:
            return
        self._checked = phone
        if hit is None:
            self._show_phone(PhoneCheck.FREE, _("This number is new."))
        else:
            self._duplicate = hit.id
            who = _("{name} ({tier}) already has this number.")
            note = who.format(name=hit.masked_name, tier=hit.tier_name)
            self._show_phone(PhoneCheck.TAKEN, note, hit.masked_name)
        self._show_problems()

    def _show_phone(self, check: PhoneCheck, note: str, duplicate: str = "") -> None:
        state = self.shown.state
        opened = _("Open {name}").format(name=duplicate) if duplicate else ""
        self.shown.show(replace(state, phone_check=check, phone_note=note, duplicate=opened))

    def _show_problems(self) -> None:
        form = self._form
        self.shown.show(
            replace(
                self.shown.state,
                name_problem=checks.name_problem(form.name),
                birthday_problem=checks.birthday_problem(form, self._year),
                pin_problem=checks.pin_problem(form),
                cta=_("Register"),
                blocked=self._blocked(),
            )
        )

    def _blocked(self) -> str:
        state, form = self.shown.state, self._form
        if state.closed or state.busy:
            return _("Only while HQ can be reached") if state.closed else _("Working …")
        if state.phone_check is PhoneCheck.TAKEN:
            return _("Already a member")
        if self._checked is None:
            return _("Type a phone number")
        if not form.terms:
            return _("The terms are not agreed to")
        problems = (
            checks.name_problem(form.name),
            checks.birthday_problem(form, self._year),
            checks.pin_problem(form),
        )
        return _("Please correct what is marked") if any(problems) else ""


def _begun(ledger: Ledger) -> _Begun:
    refused, gift = refused_now(ledger, Act.REGISTER), gift_of(ledger)
    if refused is not None or gift is None:
        return _Begun(ledger.today(), "", "" if refused is None else sentence(refused))
    words = _("Welcome gift: {points} points, once HQ has taken the new member in.")
    if not ledger.online:
        words = _(
            "Offline: the welcome gift of {points} points comes once HQ finds the number new."
        )
    return _Begun(ledger.today(), words.format(points=points(gift.points)), "")
