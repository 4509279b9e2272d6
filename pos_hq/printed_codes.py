"""Coupon codes on paper: anonymous, each good once; HQ keeps what they stand for, not the codes."""

from __future__ import annotations

import csv
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from pos_app.clock import business_date
from pos_app.errors import PosError
from pos_app.ledger.rules.coupon_codes import LARGEST_NUMBER, code_of
from pos_app.ledger.rules.triggers import last_day
from pos_app.security.paper_codes import coupon_of
from pos_hq.fold import accounts
from pos_hq.fold.belongings import Coupon
from pos_hq.fold.sheet import Sheet, Whence
from pos_hq.fold.values import Act
from pos_hq.hq import Hq
from pos_hq.store import programme_rows
from pos_hq.store.saving import save

MOST = 10_000


@dataclass(eq=False)
class TemplateUnknown(PosError):
    """The programme in force has no coupon of this code."""

    code: str


@dataclass(eq=False)
class FileThere(PosError):
    """A file of codes is never overwritten: they exist nowhere else."""

    path: str


@dataclass(frozen=True, slots=True)
class Printed:
    """Codes for the printer, and until when they are good."""

    template: str
    valid_until: date
    codes: tuple[str, ...]


def print_codes(hq: Hq, template: str, count: int, until: date | None, *, by: str) -> Printed:
    """Make codes, valid from today. Each owns its coupon until a till gives it to a member.

    The numbers are random, 50 bits each. Raises TemplateUnknown.
    """
    with hq.write() as book:
        rules = programme_rows.in_force(book, hq.now_ms())
        known = rules.template(template)
        if known is None:
            raise TemplateUnknown(template)
        today = business_date(hq.now(), zone=rules.zone, cutover=rules.cutover)
        ends = last_day(known, today) if until is None else until
        numbers = {secrets.randbelow(LARGEST_NUMBER + 1) for _ in range(count)}
        sheet = Sheet(Whence("", 0, "", hq.now_ms(), {}))
        for number in numbers:
            coupon = coupon_of(number, hq.pepper).hex
            _issue(sheet, Coupon(coupon, coupon, template, today.isoformat(), ends.isoformat()), by)
        save(book, sheet)
    return Printed(template, ends, tuple(code_of(number) for number in numbers))


def ensure_new(path: Path) -> None:
    """Refuse a file before any code is made. Raises FileThere."""
    if path.exists():
        raise FileThere(str(path))


def write_codes(path: Path, printed: Printed) -> None:
    """Write codes for the printer; whoever reads the file can use them."""
    rows: Sequence[Sequence[str]] = [
        (code, f"CPN:{code}", printed.template, printed.valid_until.isoformat())
        for code in printed.codes
    ]
    path.touch(0o600, exist_ok=False)
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([("code", "qr", "template", "valid_until"), *rows])


def _issue(sheet: Sheet, coupon: Coupon, by: str) -> None:
    free = accounts.avail("CPN", coupon.member, coupon.id)
    moves = (("cpn_issued", free, f"CPN:{coupon.id}", 1),)
    sheet.act(Act("ISSUE", coupon.member, "printed", moves, by))
    sheet.coupons[coupon.id] = sheet.new_coupons[coupon.id] = coupon
