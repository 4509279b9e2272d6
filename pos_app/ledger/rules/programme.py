"""The programme: the signed rule document as frozen values that no document can loosen."""

import hashlib
import tomllib
from dataclasses import dataclass
from datetime import date, time
from functools import cached_property
from typing import NoReturn, Self
from zoneinfo import ZoneInfo

from pydantic import PrivateAttr, ValidationError

from pos_app.errors import PosError
from pos_app.ledger.rules.programme_benefits import (
    BirthdayRules,
    Churn,
    CouponRules,
    CouponTemplate,
    GrowthRules,
    MemberDay,
    PointsRules,
    Rfm,
    Rounding,
    Tags,
    Tier,
    TierRules,
)
from pos_app.ledger.rules.programme_bounds import breaches
from pos_app.ledger.rules.programme_limits import (
    Autonomy,
    Backup,
    KpiAlarms,
    Offline,
    SecondFactor,
    SessionRules,
    ShiftRules,
    StoredValue,
)
from pos_app.ledger.rules.programme_values import Code, Moment, OnlyOne, Section, TimeOfDay

LARGEST_DOCUMENT_BYTES = 262_144
LONGEST_LINE_BYTES = 1_000  # a key of many dots on one line costs tomllib minutes
_RULE_OF_TYPE_ERROR = {
    "extra_forbidden": "unknown_key",
    "missing": "missing_key",
    "greater_than_equal": "too_small",
    "less_than_equal": "too_large",
    "literal_error": "not_a_choice",
    "string_pattern_mismatch": "malformed",
}


@dataclass(eq=False)
class ProgrammeRefused(PosError):
    """A rule document that this terminal does not obey. The first fault found is named."""

    key: str
    rule: str
    value: str


class Programme(Section):
    """One version of the rules. Attribute names are the keys of the document."""

    schema_version: OnlyOne
    programme_id: Code
    effective_from: Moment
    timezone: str
    business_day_cutover: TimeOfDay
    rounding: Rounding
    points: PointsRules
    growth: GrowthRules
    tier: tuple[Tier, ...]
    tier_rules: TierRules
    member_day: MemberDay
    birthday: BirthdayRules
    stored_value: StoredValue
    second_factor: SecondFactor
    offline: Offline
    coupon: CouponRules
    tags: Tags
    rfm: Rfm
    churn: Churn
    autonomy: Autonomy
    kpi_alarms: KpiAlarms
    backup: Backup
    session: SessionRules
    shift: ShiftRules
    _digest: str = PrivateAttr("")
    _added: str = PrivateAttr("")

    def model_post_init(self, context: object) -> None:
        """Remember the digest of the document, which the parser hands over."""
        self._digest = str(context)

    @cached_property
    def version(self) -> str:
        """Name this version: "<programme_id>/<effective date>/<first 8 hex digits of sha256>".

        What a store adds by itself stands behind it: "+<store>/<8 hex digits>".
        """
        effective = self.effective_from.astimezone(self.zone).date()
        return f"{self.programme_id}/{effective.isoformat()}/{self._digest[:8]}{self._added}"

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.timezone)

    @property
    def cutover(self) -> time:
        return self.business_day_cutover

    def plus(self, mark: str, *, coupon: CouponRules, tier: tuple[Tier, ...]) -> Self:
        """Return these rules with more coupons and gifts, under a version of their own."""
        made = self.model_copy(update={"coupon": coupon, "tier": tier})
        made.__dict__.pop("version", None)
        made._added = mark  # noqa: SLF001 -- its own kind
        return made

    def template(self, code: str) -> CouponTemplate | None:
        """Return the coupon template, or None when this version does not know it."""
        return next((one for one in self.coupon.template if one.code == code), None)

    def tier_named(self, code: str) -> Tier:
        """Return the tier; a code that this version no longer has is the lowest tier."""
        return next((one for one in self.tier if one.code == code), self.tier[0])


def parse_programme(document: bytes) -> Programme:
    """Read a TOML document. Raises ProgrammeRefused for every document that may not be obeyed."""
    tables = read_tables(document)
    digest = hashlib.sha256(document).hexdigest()
    try:
        programme = Programme.model_validate(tables, context=digest)
    except ValidationError as invalid:
        refuse(invalid)
    for breach in breaches(programme):
        raise ProgrammeRefused(breach.key, breach.rule, _shown(breach.value))
    return programme


def read_tables(document: bytes) -> object:
    """Return what a document holds, frozen. Raises ProgrammeRefused where it is no sound TOML."""
    if len(document) > LARGEST_DOCUMENT_BYTES:
        raise ProgrammeRefused("", "too_large", str(len(document)))
    if any(len(line) > LONGEST_LINE_BYTES for line in document.split(b"\n")):
        raise ProgrammeRefused("", "line_too_long", "")
    try:
        return _frozen(tomllib.loads(document.decode()))
    except ValueError as malformed:
        raise ProgrammeRefused("", "not_toml", "") from malformed
    except RecursionError as deep:
        raise ProgrammeRefused("", "too_deep", "") from deep


def _frozen(value: object) -> object:
    if isinstance(value, dict):
        return {key: _frozen(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return tuple(_frozen(inner) for inner in value)
    return value


def refuse(invalid: ValidationError) -> NoReturn:
    """Name the first fault of a document. Raises ProgrammeRefused."""
    first = invalid.errors(include_url=False, include_context=False)[0]
    key = ".".join(str(part) for part in first["loc"])
    rule = _RULE_OF_TYPE_ERROR.get(first["type"], "type")
    value = "" if rule == "missing_key" else _shown(first["input"])
    raise ProgrammeRefused(key[:200], rule, value) from None


def _shown(value: object) -> str:
    """Show a value in a few characters, whatever it is; a deep or a giant one by its type."""
    if isinstance(value, str):
        return value[:80]
    if isinstance(value, bool | float | date | time):
        return str(value)
    if isinstance(value, int) and abs(value) < 10**30:
        return str(value)
    return type(value).__name__
