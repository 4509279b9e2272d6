"""Everything kept about one member, masked; and the one door to what is masked."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from pos_app.ids import IntentId, MemberId, OperatorId, new_id
from pos_app.ledger.factors import PinLocked, pin_locked
from pos_app.ledger.ledger import Ledger
from pos_app.ledger.masking import initial_of, mask_birthday, mask_card, mask_name, mask_phone
from pos_app.ledger.member_fields import Gender
from pos_app.ledger.names import required_remark
from pos_app.ledger.phones import Phone, national_digits
from pos_app.ledger.rights import Deed, ensure_may
from pos_app.ledger.rules.access import Act
from pos_app.ledger.rules.holder import Status
from pos_app.ledger.rules.tier_standing import given_or_held
from pos_app.ledger.rules.tiers import tier_name
from pos_app.ledger.store.event import Draft, Kind
from pos_app.ledger.store.member_rows import by_id, known_member
from pos_app.ledger.store.pins import has_pin


@dataclass(frozen=True, slots=True)
class Profile:
    """A member as a cashier may see them; `reveal_phone` is for those who may see more."""

    id: MemberId
    number: str
    masked_name: str
    initial: str
    masked_phone: str
    masked_card: str
    gender: Gender
    birthday: str
    lunar: bool
    tier: str
    tier_name: str
    given_until: date | None
    status: Status
    status_reason: str
    joined_on: date
    last_visit: date | None
    visits: int
    referrer: MemberId | None
    referrer_masked: str
    note: str
    terms_version: str
    marketing_version: str | None
    birthday_changed_on: date | None
    has_pin: bool
    pin_lock: PinLocked | None


def profile(ledger: Ledger, member: MemberId) -> Profile:
    """Return what is kept about a member; the birthday without its year. Raises MemberUnknown."""
    reader = ledger.read()
    row = known_member(reader, member)
    referrer = None if row.referrer is None else by_id(reader, row.referrer)
    today, given = ledger.today(), row.manual
    given = None if given is None or given.until < today else given
    tier = given_or_held(row.tier, given, today, ledger.programme)
    return Profile(
        id=row.id,
        number=row.number,
        masked_name=mask_name(row.name),
        initial=initial_of(row.name),
        masked_phone=mask_phone(row.phone or ""),
        masked_card=mask_card(row.card or ""),
        gender=Gender(row.gender),
        birthday=mask_birthday(row.birthday or ""),
        lunar=row.lunar > 0,
        tier=tier,
        tier_name=tier_name(tier, ledger.programme),
        given_until=None if given is None else given.until,
        status=row.status,
        status_reason=row.status_reason,
        joined_on=row.joined_on,
        last_visit=row.last_visit,
        visits=row.visits,
        referrer=row.referrer,
        referrer_masked="" if referrer is None else mask_name(referrer.name),
        note=row.note,
        terms_version=row.consent_terms,
        marketing_version=row.consent_marketing,
        birthday_changed_on=row.birthday_changed_on,
        has_pin=has_pin(reader, member),
        pin_lock=pin_locked(ledger, member),
    )


def reveal_phone(ledger: Ledger, member: MemberId, *, operator: OperatorId, reason: str) -> str:
    """Return the whole phone number as it is dialled at home, once the look is written down.

    Managers only, with a reason. Each call is journalled; the screen hides it again after a while.
    Raises MemberUnknown, NotAllowed, OperatorUnknown, RemarkRefused.
    """
    why = required_remark(reason)
    with ledger.write() as book:
        phone = known_member(book, member).phone or ""
        deed = Deed(Act.UNMASK_PHONE, operator, IntentId(new_id()))
        ensure_may(book, deed, key=ledger.capability_key)
        looked = Draft(
            Kind.NOTE,
            {"note": "phone_revealed"},
            member=member,
            operator=operator,
            private={"reason": why},
        )
        book.append(looked)
    return national_digits(Phone(phone))
