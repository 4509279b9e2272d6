"""Every reason of every fact has words, and no fact is left in braces."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta

import pytest

from pos_app.copies.facts import (
    BackupFaulty,
    CopyStopped,
    SecondCopyFaulty,
    VolumeFull,
    VolumeGone,
    VolumeRefused,
)
from pos_app.devices.printer_facts import (
    PaperOut,
    PrinterMisconfigured,
    PrinterRefused,
    PrinterUnreachable,
    Refusal,
)
from pos_app.errors import PosError
from pos_app.ids import EventId, MemberId, OperatorId, new_id
from pos_app.joining import AddressOpen, CodeUnfit
from pos_app.ledger.appointments import LastManager, NotOneself, NumberMalformed, NumberTaken
from pos_app.ledger.counter import price
from pos_app.ledger.coupon_issue import TemplateUnknown
from pos_app.ledger.decisions import NotForTheStore
from pos_app.ledger.factors import OwnPinWrong, PinLocked, PinNotHere, PinNotSet, PinWrong
from pos_app.ledger.held_orders import HeldOrderGone, TooManyHeld
from pos_app.ledger.journal_page import EventUnknown
from pos_app.ledger.ledger import ClockSetBack, LedgerRewound, SecondInstance
from pos_app.ledger.link import OtherHq, OtherStore
from pos_app.ledger.member_edit import BirthdayChangedLately
from pos_app.ledger.member_fields import BirthdayRefused, CardRefused
from pos_app.ledger.members import CardTaken, ConsentMissing, PhoneTaken
from pos_app.ledger.names import NameRefused, RemarkRefused, TextFault
from pos_app.ledger.operators import ManagerExists, OperatorLocked, SignInRefused
from pos_app.ledger.outbox import ChainDiffers, HoldingsDiffer
from pos_app.ledger.phones import PhoneFault, PhoneMalformed
from pos_app.ledger.pin_choice import PinWeak
from pos_app.ledger.programmes import ProgrammeOlder, ProgrammeUnsigned
from pos_app.ledger.refunds import NoVoid, ReasonWanted, SaleUnknown
from pos_app.ledger.rights import NeedsApproval, NotAllowed, OperatorUnknown, StatusForbids
from pos_app.ledger.rules.access import Act, DailyLimitReached, Role
from pos_app.ledger.rules.basket import BasketRefused, Order, Tender, Unfit, amount_only
from pos_app.ledger.rules.holder import Status
from pos_app.ledger.rules.points import PointsNotCovered
from pos_app.ledger.rules.points_use import PointsRefused, PointsRule
from pos_app.ledger.rules.programme import ProgrammeRefused
from pos_app.ledger.rules.record_values import RecordUnreadable
from pos_app.ledger.rules.refund_selection import (
    KeptCostsAll,
    NothingToRefund,
    RefundExceedsRest,
    UnitAlreadyReturned,
    UnitNotSold,
    UnitsWanted,
)
from pos_app.ledger.rules.topup import TopUpRefused, TopUpRule
from pos_app.ledger.rules.wallet import NotCovered
from pos_app.ledger.sales import CashShort, QuoteChanged
from pos_app.ledger.store.book import NotNext
from pos_app.ledger.store.driver import (
    DiskFailed,
    DiskFull,
    LedgerBusy,
    LedgerDamaged,
    LedgerReadOnly,
    LedgerUnreadable,
    SqliteTooOld,
)
from pos_app.ledger.store.member_rows import MemberUnknown
from pos_app.ledger.store.migrate import LedgerNewer
from pos_app.ledger.topups import TenderNotTaken
from pos_app.money import Money, NotAnAmount, Points
from pos_app.opening import NoDemo, NoLedger, OneTerminalOnly
from pos_app.recovery import NothingToRecover
from pos_app.restoring import BackupOfAnother, HqDecides
from pos_app.salvage import NothingToSalvage
from pos_app.security.evidence import NotProved
from pos_app.security.keystore import KeyMissing, KeyStoreUnusable
from pos_app.security.pin import WeakPin
from pos_app.security.salvage_keys import SalvageFileRefused
from pos_app.security.sealing import SealBroken
from pos_app.settings import SettingsRefused
from pos_app.sync.bundle import NotWritable
from pos_app.sync.facts import (
    Doubt,
    HqMisbehaved,
    HqOlder,
    HqRefused,
    HqUnreachable,
    Outage,
    Rewound,
    TerminalOlder,
)
from pos_app.ui.sentences.acts import act_name
from pos_app.ui.text import sentence
from pos_app.ui.work import LaneShut
from tests.shop import Shop

NOON = datetime(2026, 6, 15, 4, 0, tzinfo=UTC)
MEMBER = MemberId(new_id())
YUAN, MORE = Money(100), Money(300)


def payments() -> Iterator[PosError]:
    yield NotAnAmount("12a")
    yield from (BasketRefused(reason) for reason in Unfit)
    yield NotCovered(MORE, YUAN)
    yield PointsNotCovered(Points(3), Points(1))
    yield from (PointsRefused(rule, Points(3), Points(1)) for rule in PointsRule)
    yield CashShort(MORE, YUAN)
    yield from (PinNotHere(MEMBER, online) for online in (True, False))
    yield from (PinNotSet(MEMBER), PinWrong(1), PinLocked(NOON), PinLocked(None))
    proofs = ("missing", "missing_approval", "own_approval", "stale", "other_payment", "other_act")
    yield from (NotProved(reason) for reason in (*proofs, "forged"))
    yield DailyLimitReached(MORE, YUAN, MORE)
    yield from (TemplateUnknown("NEW5"), TooManyHeld(6), HeldOrderGone(new_id()))


def members() -> Iterator[PosError]:
    yield MemberUnknown(MEMBER)
    yield from (StatusForbids(Act.TOP_UP, status) for status in Status)
    yield from (PhoneMalformed("1", fault) for fault in PhoneFault)
    yield from (NameRefused(fault) for fault in TextFault)
    yield from (RemarkRefused(fault) for fault in TextFault)
    days = ("no_such_day", "too_early", "in_future", "else")
    yield from (BirthdayRefused(reason) for reason in days)
    yield from (BirthdayChangedLately(None), BirthdayChangedLately(date(2027, 1, 2)))
    yield from (
        CardRefused(),
        ConsentMissing(),
        PhoneTaken(MEMBER, "王*"),
        CardTaken(MEMBER, "王*"),
    )


def operators() -> Iterator[PosError]:
    yield from (SignInRefused(2), OperatorLocked(NOON), ManagerExists(), NumberMalformed())
    yield from (NumberTaken("0001"), LastManager(OperatorId(new_id())))
    yield from (NotOneself(OperatorId(new_id())), OwnPinWrong(1), OwnPinWrong(2))
    yield OperatorUnknown(OperatorId(new_id()))
    yield from (NotAllowed(Act.EXPORT, Role.CASHIER), NeedsApproval(Act.REFUND, MORE))
    yield from (PinWeak(reason) for reason in WeakPin)


def store() -> Iterator[PosError]:
    yield from (SecondInstance("x"), ClockSetBack(timedelta(minutes=6)), LedgerUnreadable("x"))
    yield from (LedgerDamaged("x"), LedgerReadOnly("x"), DiskFull(), DiskFailed("x"), LedgerBusy())
    yield from (SqliteTooOld("3.40"), LedgerNewer("9"), KeyMissing("node"), EventUnknown(4))
    kept = ("no_backend", "backend_refused", "not_kept", "damaged", "open_to_others")
    yield from (KeyStoreUnusable(reason) for reason in (*kept, "not_writable", "else"))
    yield from (RecordUnreadable("lines"), NoLedger("x"), SettingsRefused("idle", "int_type"))
    yield from (LedgerRewound(2, 3), NothingToRecover(), NoDemo("x"), OneTerminalOnly())


def shop() -> Iterator[PosError]:
    yield from (PrinterUnreachable("usb"), PaperOut("usb"), PrinterMisconfigured("x"))
    yield from (PrinterRefused(reason) for reason in Refusal)
    yield from (ProgrammeRefused("a", "b", "c"), ProgrammeUnsigned(), ProgrammeOlder("1", "2"))
    yield from (
        SaleUnknown(EventId(new_id())),
        ReasonWanted(""),
        NothingToRefund(),
        KeptCostsAll(Money(28_000), Money(25_500)),
    )
    yield from (NoVoid(reason) for reason in ("day", "part", "operator", "else"))
    yield from (RefundExceedsRest(MORE, YUAN), UnitAlreadyReturned(1), UnitNotSold(1))
    yield from (UnitsWanted(), TenderNotTaken(Tender.STORED_VALUE))
    yield from (TopUpRefused(rule, MORE, most) for rule in TopUpRule for most in (YUAN, Money()))


REFUSALS = (
    *("code_refused", "code_used", "code_expired", "code_for_another", "node_enrolled"),
    *("key_enrolled", "epoch_taken", "revoked", "epoch_over", "fork", "chain", "too_often"),
    *("grants_frozen", "a_code_of_tomorrow"),
)


def hq() -> Iterator[PosError]:
    yield from (HqUnreachable(outage) for outage in Outage)
    yield from (HqMisbehaved(doubt) for doubt in Doubt)
    yield from (HqRefused(403, code) for code in REFUSALS)
    yield from (HqOlder(("GOT",)), TerminalOlder(3), Rewound(5, 9), ChainDiffers(4))
    yield from (HoldingsDiffer(unit, 100, 300) for unit in ("CNY", "PTS", "CPN"))
    yield from (NotForTheStore("store manager"), NotForTheStore("IT"), NotWritable("/media/usb"))
    yield from (OtherHq(), OtherStore("S001", "S002"), AddressOpen("http://hq"), CodeUnfit())
    yield LaneShut("ledger")


def copies() -> Iterator[PosError]:
    yield from (VolumeGone("/stick"), VolumeFull("/stick"), VolumeRefused("/stick", "I/O error"))
    yield from (CopyStopped(), BackupFaulty("floors", "x"), SecondCopyFaulty(3, "chain"))
    yield from (BackupOfAnother("x"), HqDecides(), NotNext(4), NothingToSalvage("x"))
    yield from (SalvageFileRefused("x", "damaged"), SealBroken())


@pytest.mark.parametrize(
    "fact",
    [*copies(), *hq(), *payments(), *members(), *operators(), *store(), *shop()],
    ids=lambda fact: type(fact).__name__,
)
def test_every_fact_is_said_in_whole_words(fact: PosError) -> None:
    said = sentence(fact)

    assert said[0].isalnum() or said[0] in "“¥"
    assert "{" not in said
    assert said != "This did not work. Nothing was changed."


def test_a_changed_price_names_both_sums(shop: Shop) -> None:
    before = price(shop.ledger, Order(amount_only(MORE)), None)
    now = price(shop.ledger, Order(amount_only(YUAN)), None)

    said = sentence(QuoteChanged(before, now))

    assert said == "The price has changed: ¥1.00 instead of ¥3.00. Nothing was taken."


def test_every_act_has_a_name() -> None:
    assert all(act_name(act) for act in Act)
