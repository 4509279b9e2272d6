"""Changing what is kept about a member; money and history stay untouched."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from pos_app.errors import PosError
from pos_app.ids import IntentId, MemberId, OperatorId
from pos_app.ledger.ledger import Ledger
from pos_app.ledger.member_fields import Gender, birthday_fields, clean_card
from pos_app.ledger.member_profile import Profile, profile
from pos_app.ledger.members import ensure_card_free
from pos_app.ledger.names import clean_name, clean_remark, required_remark
from pos_app.ledger.offline import ensure_in_reach
from pos_app.ledger.rights import Deed, ensure_may, ensure_permitted
from pos_app.ledger.rules.access import Act
from pos_app.ledger.rules.holder import Birthday, Status
from pos_app.ledger.store.book import Book
from pos_app.ledger.store.event import Draft, Json, Kind
from pos_app.ledger.store.member_rows import MemberRow, known_member
from pos_app.security.evidence import Approval

BIRTHDAY_REST = timedelta(days=365)
_BIRTHDAY = {"birthday", "lunar"}
_ACTS = {
    Status.NORMAL: Act.UNFREEZE,
    Status.FROZEN: Act.FREEZE,
    Status.BLACKLISTED: Act.BLACKLIST,
}


@dataclass(eq=False)
class BirthdayChangedLately(PosError):
    """The birthday was corrected within the last year; gifts hang on it."""

    again_on: date | None


@dataclass(frozen=True, slots=True)
class MemberChanges:
    """What is to change; None leaves a field as it is.

    An empty card unbinds it. `marketing` is the version of the text agreed to, empty to withdraw.
    """

    name: str | None = None
    gender: Gender | None = None
    birthday: Birthday | None = None
    card: str | None = None
    note: str | None = None
    marketing: str | None = None


@dataclass(frozen=True, slots=True)
class StatusChange:
    """A new standing, why, and the intent that an approval is bound to."""

    member: MemberId
    status: Status
    reason: str
    intent: IntentId


def edit(
    ledger: Ledger,
    member: MemberId,
    changes: MemberChanges,
    *,
    operator: OperatorId,
    intent: IntentId,
) -> Profile:
    """Write the changes down. Repeating the call, or changing nothing, changes nothing.

    Advertising is stopped as easily as it was allowed: whatever the member's status.
    Raises MemberUnknown, StatusForbids, NameRefused, RemarkRefused, CardRefused, CardTaken,
    BirthdayRefused, BirthdayChangedLately, OperatorUnknown.
    """
    with ledger.write() as book:
        if book.event_of_intent(intent) is None:
            ensure_may(book, Deed(Act.EDIT_MEMBER, operator, intent), key=ledger.capability_key)
            _write(book, known_member(book, member), changes, operator, intent)
    return profile(ledger, member)


def set_status(
    ledger: Ledger,
    change: StatusChange,
    *,
    operator: OperatorId,
    approval: Approval | None = None,
) -> Profile:
    """Freeze (anyone), or unfreeze or blacklist (two managers). Repeating the call changes nothing.

    Raises MemberUnknown, RemarkRefused (a reason is needed), OnlineOnly, NeedsApproval, NotAllowed,
    NotProved.
    """
    reason = required_remark(change.reason)
    act = _ACTS[change.status]
    with ledger.write() as book:
        row = known_member(book, change.member)
        if book.event_of_intent(change.intent) is None and row.status is not change.status:
            ensure_in_reach(ledger, book, act)
            deed = Deed(act, operator, change.intent)
            consent = ensure_may(book, deed, key=ledger.capability_key, approval=approval)
            book.append(
                Draft(
                    Kind.MEMBER_STATUS,
                    {"status": change.status.value, **consent},
                    member=change.member,
                    operator=operator,
                    intent=change.intent,
                    private={"reason": reason},
                )
            )
    return profile(ledger, change.member)


def _write(
    book: Book, row: MemberRow, changes: MemberChanges, operator: OperatorId, intent: IntentId
) -> None:
    private = _changed(row, changes, book.today)
    body: dict[str, Json] = {"fields": sorted(private)}
    if private:
        ensure_permitted(row.status, Act.EDIT_MEMBER)
    if "card" in private:
        ensure_card_free(book, str(private["card"] or ""), owner=row.id)
    if private.keys() & _BIRTHDAY and row.birthday is not None:
        _ensure_rested(book, row)
        body["birthday_changed"] = 1
    if changes.marketing is not None and (changes.marketing or None) != row.consent_marketing:
        body["marketing"] = changes.marketing or None
    if private or "marketing" in body:
        kept = private or None
        book.append(
            Draft(
                Kind.MEMBER_EDIT,
                body,
                member=row.id,
                operator=operator,
                intent=intent,
                private=kept,
            )
        )


def _changed(row: MemberRow, changes: MemberChanges, today: date) -> Mapping[str, Json]:
    """Return the fields whose new value differs from what is kept."""
    wanted: dict[str, Json] = {}
    if changes.name is not None:
        wanted["name"] = clean_name(changes.name)
    if changes.gender is not None:
        wanted["gender"] = changes.gender.value
    if changes.birthday is not None:
        wanted.update(birthday_fields(changes.birthday, today))
    if changes.card is not None:
        wanted["card"] = clean_card(changes.card) or None
    if changes.note is not None:
        wanted["note"] = clean_remark(changes.note)
    kept = {field: getattr(row, field) for field in wanted}
    return {field: value for field, value in wanted.items() if value != kept[field]}


def _ensure_rested(book: Book, row: MemberRow) -> None:
    if book.programme.birthday.change_limit_per_year == 0:
        raise BirthdayChangedLately(again_on=None)
    if row.birthday_changed_on is not None:
        again_on = row.birthday_changed_on + BIRTHDAY_REST
        if book.today < again_on:
            raise BirthdayChangedLately(again_on=again_on)
