"""Each kind of slip as rows, in the language now spoken."""

from collections.abc import Iterator

from pos_app.documents.figures import money_text, points_text
from pos_app.documents.rows import Banner, Code, Pair, Row, Rule, Signature, Style, Text, Weight
from pos_app.documents.slip import (
    Deduction,
    Fact,
    NoticeSlip,
    PointsSpent,
    RefundSlip,
    Return,
    SaleSlip,
    TopUpSlip,
    TrialSlip,
)
from pos_app.documents.slip_parts import (
    asset_rows,
    cash_rows,
    foot_rows,
    head_rows,
    line_rows,
    member_rows,
    pair,
    total_rows,
)
from pos_app.language import _
from pos_app.money import Money

# Rare characters of real names, three beyond the basic plane: a missing font shows at once.
_RARE_NAMES = "䶮 祎 喆 堃 犇 珺 𬭎 𫖯 𠅤"


def sale_rows(slip: SaleSlip) -> tuple[Row, ...]:
    """Return a sale; what was not touched has no row."""
    return (
        *head_rows(slip.head, _("Sale slip")),
        *member_rows(slip.member),
        *line_rows(slip.lines),
        Rule(),
        Pair(_("Order amount"), money_text(slip.listed)),
        *_deduction_rows(slip.discounts),
        *_points_spent_rows(slip.points_spent),
        *_rounding_rows(slip.rounding),
        *total_rows(_("Paid"), slip.paid, slip.payments),
        *cash_rows(slip.cash),
        *asset_rows(slip.balance, slip.points),
        *foot_rows(slip.foot),
    )


def top_up_rows(slip: TopUpSlip) -> tuple[Row, ...]:
    """Return a top-up: what was paid, what was added, what is there now."""
    return (
        *head_rows(slip.head, _("Top-up slip")),
        *member_rows(slip.member),
        Rule(),
        Pair(_("Topped up"), money_text(slip.amount)),
        *(Pair(bonus.name, f"+{money_text(bonus.amount)}") for bonus in slip.bonuses),
        *total_rows(_("Paid"), slip.amount, slip.payments),
        *cash_rows(slip.cash),
        *asset_rows(slip.balance, None),
        *foot_rows(slip.foot),
    )


def refund_rows(slip: RefundSlip) -> tuple[Row, ...]:
    """Return a refund or a void, with the number of the sale that it answers."""
    title = _("Refund slip") if slip.kind is Return.REFUND else _("Void slip")
    return (
        *head_rows(slip.head, title),
        Pair(_("Original slip"), slip.original, Weight.STRONG),
        *pair(_("Reason"), slip.reason),
        *pair(_("Approved by"), slip.approved_by),
        *member_rows(slip.member),
        *line_rows(slip.lines),
        *total_rows(_("Given back"), slip.refunded, slip.payments),
        *(Pair(one.name, money_text(-one.amount)) for one in slip.kept),
        *(Pair(_("Coupon returned"), name) for name in slip.coupons_back),
        *asset_rows(slip.balance, slip.points),
        Signature(_("Signed by the buyer")),
        *foot_rows(slip.foot),
    )


def notice_rows(slip: NoticeSlip) -> tuple[Row, ...]:
    """Return a slip of labelled facts, with lines to sign on."""
    return (
        *head_rows(slip.head, slip.title),
        *member_rows(slip.member),
        *(row for section in slip.sections for row in (Rule(), *_facts(section))),
        *(Signature(label) for label in slip.signatures),
        *foot_rows(slip.foot),
    )


def trial_rows(slip: TrialSlip) -> tuple[Row, ...]:
    """Return the test page: every kind of row, rare names, a code to scan."""
    return (
        *head_rows(slip.head, _("Test page")),
        *pair(_("Paper width"), slip.paper),
        *pair(_("Printer"), slip.printer),
        Rule(),
        Text(_("Both ends of the dashed lines and every character below must be readable.")),
        Text(_RARE_NAMES, Style.TITLE),
        Text(f"{_RARE_NAMES} ¥ − × · … （ ）"),
        Pair(_("Amount"), money_text(Money(1_234_567)), Weight.STRONG),
        Pair(_("Amount"), money_text(Money(-3_000)), Weight.TOTAL),
        Banner(_("White on black")),
        Code(slip.head.number, slip.head.number),
    )


def _deduction_rows(discounts: tuple[Deduction, ...]) -> Iterator[Row]:
    return (Pair(one.name, money_text(-one.amount)) for one in discounts)


def _points_spent_rows(spent: PointsSpent | None) -> Iterator[Row]:
    if spent is not None:
        label = _("{points} points used").format(points=points_text(spent.points))
        yield Pair(label, money_text(-spent.value))


def _rounding_rows(rounding: Money) -> Iterator[Row]:
    if rounding:
        yield Pair(_("Rounding"), money_text(-rounding))


def _facts(section: tuple[Fact, ...]) -> Iterator[Row]:
    return (Pair(fact.label, fact.value) for fact in section)
