"""A store's own benefits: a document beside HQ's programme that adds, never loosens (STR-01)."""

import hashlib
from dataclasses import dataclass
from functools import cached_property

from pydantic import PrivateAttr, ValidationError

from pos_app.ledger.rules.autonomy import Autonomy, autonomy_of
from pos_app.ledger.rules.programme import Programme, ProgrammeRefused, read_tables, refuse
from pos_app.ledger.rules.programme_benefits import CouponTemplate, MemberDayBenefit
from pos_app.ledger.rules.programme_bounds import breaches
from pos_app.ledger.rules.programme_values import AtLeastOne, Code, Moment, Name, OnlyOne, Section
from pos_app.money import Money

# What a coupon is worth to the member, at most; an own one must say it.
_WORTH = {
    "full_reduction": "face_fen",
    "voucher": "face_fen",
    "discount": "cap_fen",
    "exchange": "gift_value_fen",
    "gift": "gift_value_fen",
}


class MemberDayGift(Section):
    """A gift on the member day, of a declared worth, to the members of a tier."""

    tier: Code
    gift: Name
    value_fen: AtLeastOne


class StoreBenefits(Section):
    """One version of what a store gives by itself; nothing is a benefit too."""

    schema_version: OnlyOne
    store: Code
    effective_from: Moment
    template: tuple[CouponTemplate, ...] = ()
    member_day_gift: tuple[MemberDayGift, ...] = ()
    _digest: str = PrivateAttr("")

    def model_post_init(self, context: object) -> None:
        """Remember the digest of the document, which the parser hands over."""
        self._digest = str(context)

    @cached_property
    def version(self) -> str:
        """Name this version: "<store>/<first 8 hex digits of sha256>"."""
        return f"{self.store}/{self._digest[:8]}"

    @property
    def empty(self) -> bool:
        """Say whether the store gives nothing by itself."""
        return not self.template and not self.member_day_gift


@dataclass(frozen=True, slots=True)
class Share:
    """What HQ and the store give, by declared worth, and where that stands (STR-01)."""

    hq: Money
    store: Money
    standing: Autonomy


def parse_benefits(document: bytes) -> StoreBenefits:
    """Read a TOML document. Raises ProgrammeRefused for one that no rules could take."""
    digest = hashlib.sha256(document).hexdigest()
    try:
        benefits = StoreBenefits.model_validate(read_tables(document), context=digest)
    except ValidationError as invalid:
        refuse(invalid)
    for row, template in enumerate(benefits.template):
        if not worth_of(template):
            raise ProgrammeRefused(f"template.{row}", "worth_unsaid", template.code)
        if template.scope.stores:
            raise ProgrammeRefused(f"template.{row}.scope.stores", "own_store_only", template.code)
    return benefits


def ensure_fits(programme: Programme, benefits: StoreBenefits) -> None:
    """Refuse what would take the place of something of HQ, or break a bound of the programme.

    Raises ProgrammeRefused.
    """
    known = {template.code for template in programme.coupon.template}
    for row, template in enumerate(benefits.template):
        if template.code in known:
            raise ProgrammeRefused(f"template.{row}.code", "repeated_code", template.code)
        known.add(template.code)
    tiers = {tier.code for tier in programme.tier}
    for row, gift in enumerate(benefits.member_day_gift):
        if gift.tier not in tiers:
            raise ProgrammeRefused(f"member_day_gift.{row}.tier", "unknown_tier", gift.tier)
    for breach in breaches(merged(programme, benefits)):
        raise ProgrammeRefused(breach.key, breach.rule, str(breach.value)[:80])


def merged(programme: Programme, benefits: StoreBenefits | None) -> Programme:
    """Return the rules of a store: HQ's, and what the store adds. HQ's word wins, whatever it is.

    What HQ has a code for already, and gifts to tiers that HQ no longer has, add nothing.
    """
    if benefits is None or benefits.empty:
        return programme
    known = {template.code for template in programme.coupon.template}
    own = tuple(one for one in benefits.template if one.code not in known)
    coupon = programme.coupon.model_copy(update={"template": (*programme.coupon.template, *own)})
    tiers = tuple(
        tier.model_copy(update={"member_day": _with_gifts(tier.member_day, tier.code, benefits)})
        for tier in programme.tier
    )
    return programme.plus(f"+{benefits.version}", coupon=coupon, tier=tiers)


def share_of(programme: Programme, benefits: StoreBenefits) -> Share:
    """Return how the declared worth of a store's benefits stands to all of its benefits."""
    hq = Money(sum(map(worth_of, programme.coupon.template)))
    gifts = sum(one.value_fen for one in benefits.member_day_gift)
    store = Money(sum(map(worth_of, benefits.template)) + gifts)
    return Share(hq, store, autonomy_of(hq, store, programme))


def worth_of(template: CouponTemplate) -> int:
    """Return what a coupon takes off or gives at most, in fen; 0 where it does not say so."""
    return int(getattr(template, _WORTH[template.type]) or 0)


def _with_gifts(benefit: MemberDayBenefit, tier: str, benefits: StoreBenefits) -> MemberDayBenefit:
    own = tuple(one.gift for one in benefits.member_day_gift if one.tier == tier)
    return benefit.model_copy(update={"gifts": (*benefit.gifts, *own)})
