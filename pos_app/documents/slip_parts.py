"""The parts that slips share: head, member, goods, tenders, points, balance, foot."""

from collections.abc import Iterable, Iterator

from pos_app.documents.figures import money_text, points_change_text, points_text
from pos_app.documents.rows import Banner, Code, Item, Pair, Row, Rule, Style, Text, Weight
from pos_app.documents.slip import (
    CashGiven,
    Foot,
    Head,
    JournalPosition,
    Payment,
    Pockets,
    PointsMoved,
    SlipLine,
    SlipMember,
)
from pos_app.language import _
from pos_app.money import Money


def head_rows(head: Head, title: str) -> Iterator[Row]:
    """Yield the shop, what kind of slip this is, and who made it when."""
    yield Text(head.shop, Style.HEADING)
    yield Text(title, Style.TITLE)
    if head.reprinted:
        yield Banner(_("REPRINT {time}").format(time=head.reprinted))
    yield Rule()
    yield from pair(_("Slip no."), head.number)
    yield from pair(_("Time"), head.time)
    yield from pair(_("Terminal"), head.terminal)
    yield from pair(_("Cashier no."), head.cashier)


def member_rows(member: SlipMember | None) -> Iterator[Row]:
    """Yield who it was for, as far as a passer-by may read it."""
    if member is not None:
        yield Pair(_("Member"), f"{member.name} {member.phone}".strip())
        yield from pair(_("Tier"), member.tier)


def line_rows(lines: tuple[SlipLine, ...]) -> Iterator[Row]:
    """Yield the goods in columns."""
    if lines:
        yield Rule()
        yield Item(_("Item"), _("Qty"), _("Amount"), is_heading=True)
        for line in lines:
            yield Item(line.title, f"{line.quantity:,}", money_text(line.amount))


def total_rows(label: str, total: Money, payments: tuple[Payment, ...]) -> Iterator[Row]:
    """Yield the sum in large type; one tender is named beside it, several follow below."""
    yield Rule()
    if len(payments) == 1:
        tender = tender_name(payments[0].tender)
        label = _("{what}: {tender}").format(what=label, tender=tender)
    yield Pair(label, money_text(total), Weight.TOTAL)
    for payment in payments:
        if len(payments) > 1:
            yield Pair(tender_name(payment.tender), money_text(payment.amount))
        if payment.pockets is not None:
            yield _pockets_row(payment.pockets)


def tender_name(code: str) -> str:
    """Return the word for a tender; a code that is new here stands for itself."""
    names = {
        "stored_value": _("Stored value"),
        "wechat": _("WeChat Pay"),
        "alipay": _("Alipay"),
        "cash": _("Cash"),
        "card": _("Bank card"),
        "credit": _("On credit, from stored value"),
    }
    return names.get(code, code)


def cash_rows(cash: CashGiven | None) -> Iterator[Row]:
    """Yield the notes taken and the change given."""
    if cash is not None:
        yield Pair(_("Cash received"), money_text(cash.received))
        yield Pair(_("Change given"), money_text(cash.change), Weight.STRONG)


def asset_rows(balance: Pockets | None, points: PointsMoved | None) -> Iterator[Row]:
    """Yield what the member has now, of the assets that were touched."""
    rows = [*_balance_rows(balance), *_points_rows(points)]
    if rows:
        yield Rule()
        yield from rows


def foot_rows(foot: Foot) -> Iterator[Row]:
    """Yield the return rule, the small print, the code and the place in the book."""
    if foot != Foot():
        yield Rule()
    yield from _notes(note for note in (foot.return_rule, *foot.notes) if note)
    if foot.code:
        yield Code(foot.code, _("Scan for returns and invoices"))
    if foot.contact:
        yield Text(foot.contact, Style.CENTRED)
    if foot.position is not None:
        yield Text(position_text(foot.position), Style.CENTRED)


def position_text(position: JournalPosition) -> str:
    """Return the place in the book: node, epoch, number, and the start of its digest."""
    return f"{position.node}-{position.epoch}-{position.seq} #{position.digest}"


def pair(label: str, value: str) -> Iterator[Row]:
    """Yield a pair where there is a value to show."""
    if value:
        yield Pair(label, value)


def _notes(notes: Iterable[str]) -> Iterator[Row]:
    return (Text(note) for note in notes)


def _balance_rows(balance: Pockets | None) -> Iterator[Row]:
    if balance is not None:
        yield Pair(_("Stored value balance"), money_text(balance.total))
        yield _pockets_row(balance)


def _pockets_row(pockets: Pockets) -> Row:
    amounts = f"{money_text(pockets.principal)} / {money_text(pockets.bonus)}"
    return Pair(_("Principal / bonus"), amounts)


def _points_rows(points: PointsMoved | None) -> Iterator[Row]:
    if points is None:
        return
    moves = (
        (_("Points earned"), points.earned),
        (_("Points returned"), points.returned),
        (_("Points taken back"), -points.taken_back),
    )
    yield from (Pair(label, points_change_text(moved)) for label, moved in moves if moved)
    if points.grown:
        yield Pair(_("Growth"), points_change_text(points.grown))
    if points.balance is not None:
        yield Pair(_("Points balance"), points_text(points.balance))
    for lapse in points.expiring:
        label = _("{points} points valid until").format(points=points_text(lapse.points))
        yield Pair(label, lapse.on)
