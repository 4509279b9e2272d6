"""Does what can be done about a member: one deed at a time, one intent each."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Protocol

from pos_app.errors import PosError
from pos_app.ids import IntentId, MemberId, OperatorId, new_id
from pos_app.language import _
from pos_app.ledger import factors, member_edit, member_profile, member_tier
from pos_app.ledger.ledger import Ledger
from pos_app.ledger.member_edit import MemberChanges, StatusChange
from pos_app.ledger.member_fields import Gender
from pos_app.ledger.member_profile import Profile
from pos_app.ledger.member_tier import TierWish
from pos_app.ledger.operators import SignedIn
from pos_app.ledger.phone_change import PhoneWish, change_phone
from pos_app.ledger.rights import NeedsApproval
from pos_app.ledger.rules.holder import Birthday, Status
from pos_app.ledger.rules.tier_standing import ManualTier
from pos_app.security.evidence import Approval
from pos_app.ui.approval.presenter import ApprovalAsk, ApprovalPresenter
from pos_app.ui.far import Far
from pos_app.ui.member_page import deed_words
from pos_app.ui.member_page.state import Answers, Deed, DeedSheet, EditForm
from pos_app.ui.text import sentence
from pos_app.ui.work import Work

NO_TIER = "none"
_PIN_DIGITS = 6
_STATUSES = {
    Deed.FREEZE: Status.FROZEN,
    Deed.UNFREEZE: Status.NORMAL,
    Deed.BLACKLIST: Status.BLACKLISTED,
}


class Page(Protocol):
    """What the deeds need of the page that offers them."""

    approval: ApprovalPresenter

    def show_sheet(self, sheet: DeedSheet | None) -> None: ...

    def done(self, notice: str) -> None: ...

    def revealed(self, phone: str) -> None: ...


class Deeds:
    """Opens the sheet of a deed and carries it out; a retry of the same wish is harmless."""

    def __init__(
        self,
        ledger: Ledger,
        work: Work,
        operator: Callable[[], SignedIn],
        page: Page,
        terms_version: str,
    ) -> None:
        self._ledger = ledger
        self._work = work
        self._operator = operator
        self._page = page
        self._terms_version = terms_version
        self._kept: Profile | None = None
        self._sheet: DeedSheet | None = None
        self._intent = IntentId(new_id())
        self._answers = Answers()
        self._round = 0
        # The way to HQ, where there is one: a phone number is one person's in the whole chain.
        self.far: Far | None = None

    def about(self, kept: Profile) -> None:
        """Speak of this member from now on."""
        self._kept = kept

    def start(self, deed: Deed) -> None:
        """Open the sheet of a deed."""
        if self._kept is None:
            return
        self._intent = IntentId(new_id())
        self._round += 1
        sheet = deed_words.sheet(deed, self._kept, self._round)
        if deed is Deed.TIER:
            sheet = replace(sheet, tiers=self._tiers(self._kept))
        self._show(sheet)

    def cancel(self) -> None:
        """Close the sheet; nothing happened."""
        self._page.approval.close()
        self._show(None)

    def scanned(self, code: str) -> bool:
        """Take a scanned card while the member is edited; say whether it was wanted."""
        sheet = self._sheet
        card = code.strip()
        if sheet is None or sheet.deed is not Deed.EDIT or not card.isalnum():
            return False
        self._show(replace(sheet, card=card, card_hint=_("Scanned just now.")))
        return True

    def submit(self, answers: Answers) -> None:
        """Carry the deed out; a second press while it works does nothing."""
        sheet = self._sheet
        if sheet is None or sheet.busy:
            return
        problem = _problem(sheet.deed, answers)
        if problem:
            self._show(replace(sheet, problem=problem))
            return
        self._answers = answers
        self._carry_out(None)

    def _carry_out(self, approval: Approval | None) -> None:
        sheet, kept = self._sheet, self._kept
        assert sheet is not None, "an approval of a closed sheet is void"
        assert kept is not None, "a sheet is about somebody"
        self._show(replace(sheet, busy=True, problem=""))
        task = self._task(sheet.deed, kept, approval)
        far = self.far if sheet.deed is Deed.PHONE else None
        work = self._work if far is None else far.work
        work.run(
            task,
            done=lambda phone: self._done(sheet, phone),
            failed=lambda fact: self._failed(sheet, fact),
        )

    def _task(self, deed: Deed, kept: Profile, approval: Approval | None) -> Callable[[], str]:
        """Return the task of a deed; what it returns is the phone number, where it reveals one."""
        ledger, answers, intent = self._ledger, self._answers, self._intent
        by, member = self._operator().id, kept.id
        if deed is Deed.REVEAL:
            return lambda: member_profile.reveal_phone(
                ledger, member, operator=by, reason=answers.reason
            )
        if deed is Deed.PIN:
            return lambda: _set_pin(ledger, member, _Choice(answers.pin, by, intent, approval))
        change = self._change(deed, kept, approval)
        return lambda: _nothing(change())

    def _change(self, deed: Deed, kept: Profile, approval: Approval | None) -> Callable[[], object]:
        """Return what changes the member, with the answers as they are now."""
        ledger, answers, intent = self._ledger, self._answers, self._intent
        by, member = self._operator().id, kept.id
        if deed is Deed.TIER:
            tier = TierWish(member, tier_of(answers), answers.reason, intent)
            return lambda: member_tier.give_tier(ledger, tier, operator=by)
        if deed in _STATUSES:
            status = StatusChange(member, _STATUSES[deed], answers.reason, intent)
            return lambda: member_edit.set_status(ledger, status, operator=by, approval=approval)
        if deed is Deed.PHONE:
            phone = PhoneWish(member, answers.phone, by, intent, approval)
            return lambda: self._change_phone(phone)
        changes = self._changes(deed, kept)
        return lambda: member_edit.edit(ledger, member, changes, operator=by, intent=intent)

    def _change_phone(self, wish: PhoneWish) -> Profile:
        if self.far is None:
            return change_phone(self._ledger, wish)
        return self.far.errands.change_phone(wish)

    def _tiers(self, kept: Profile) -> tuple[tuple[str, str], ...]:
        """Return what may be given; what was given can be ended."""
        ends = ((NO_TIER, _("End it")),) if kept.given_until is not None else ()
        return (*ends, *((tier.code, tier.name) for tier in self._ledger.programme.tier[1:]))

    def _changes(self, deed: Deed, kept: Profile) -> MemberChanges:
        if deed is Deed.MARKETING:
            return MemberChanges(marketing="" if kept.marketing_version else self._terms_version)
        return changes_of(self._answers.edit, kept)

    def _done(self, sheet: DeedSheet, phone: str) -> None:
        if self._sheet is None or self._sheet.round != sheet.round:
            return
        self._show(None)
        if sheet.deed is Deed.REVEAL:
            self._page.revealed(phone)
        else:
            self._page.done(_("Done: {what}").format(what=sheet.title))

    def _failed(self, sheet: DeedSheet, fact: PosError) -> None:
        if self._sheet is None or self._sheet.round != sheet.round:
            return
        if isinstance(fact, NeedsApproval):
            self._show(replace(sheet, busy=False, problem=""))
            self._ask_manager(sheet, fact)
        else:
            self._show(replace(sheet, busy=False, problem=sentence(fact)))

    def _ask_manager(self, sheet: DeedSheet, needed: NeedsApproval) -> None:
        what = f"{sheet.title}: {sheet.who}"
        rule = _("This needs a manager who is another person.")
        ask = ApprovalAsk(needed.act, needed.amount, self._intent, self._operator(), what, rule)
        self._page.approval.ask(ask, self._carry_out)

    def _show(self, sheet: DeedSheet | None) -> None:
        self._sheet = sheet
        self._page.show_sheet(sheet)


def changes_of(form: EditForm, kept: Profile) -> MemberChanges:
    """Return what the form changes; an empty field leaves what is kept."""
    birthday = None
    if form.month and form.day:
        year = int(form.year) if form.year else None
        leap = form.lunar and form.leap
        birthday = Birthday(int(form.month), int(form.day), year, lunar=form.lunar, leap=leap)
    card = "" if form.unbind_card else form.card
    return MemberChanges(
        name=form.name.strip() or None,
        gender=Gender(form.gender) if form.gender != kept.gender.value else None,
        birthday=birthday,
        card=card if form.unbind_card or form.card else None,
        note=form.note if form.note != kept.note else None,
    )


def tier_of(answers: Answers) -> ManualTier | None:
    """Return what is given; the day has been read before."""
    if answers.tier == NO_TIER:
        return None
    return ManualTier(answers.tier, date.fromisoformat(answers.until))


def _is_day(text: str) -> bool:
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True


def _problem(deed: Deed, answers: Answers) -> str:
    if deed is Deed.PIN:
        return _pin_problem(answers)
    if deed is Deed.PHONE and not answers.phone.strip():
        return _("Enter the phone number.")
    wants_reason = deed in (Deed.REVEAL, Deed.TIER) or deed in _STATUSES
    if wants_reason and not answers.reason.strip():
        return _("Please write down why.")
    return _day_problem(deed, answers)


def _day_problem(deed: Deed, answers: Answers) -> str:
    edit = answers.edit
    if deed is Deed.TIER and answers.tier != NO_TIER and not _is_day(answers.until):
        return _("Which day is the last one? Year, month and day, please.")
    if deed is Deed.EDIT and bool(edit.month) != bool(edit.day):
        return _("Month and day, please; the year may stay empty.")
    return ""


def _pin_problem(answers: Answers) -> str:
    if len(answers.pin) != _PIN_DIGITS:
        return _("The PIN has six digits.")
    return "" if answers.pin == answers.pin_again else _("The two PINs are not the same.")


@dataclass(frozen=True, slots=True)
class _Choice:
    pin: str = field(repr=False)
    by: OperatorId
    intent: IntentId
    approval: Approval | None


def _set_pin(ledger: Ledger, member: MemberId, chosen: _Choice) -> str:
    factors.set_pin(
        ledger,
        member,
        chosen.pin,
        operator=chosen.by,
        intent=chosen.intent,
        approval=chosen.approval,
    )
    return ""


def _nothing(_result: object) -> str:
    return ""
