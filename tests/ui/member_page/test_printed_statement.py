"""A statement of stored value is asked for on the member's page."""

from pos_app.ids import MemberId
from pos_app.ledger.statements import Period
from tests.shop import Shop
from tests.ui.member_page.conftest import Desk


def test_all_days_since_the_member_joined_are_proposed(desk: Desk, member: MemberId) -> None:
    desk.page.ask_statement()
    before = desk.state.statement
    desk.page.open(member)

    desk.page.ask_statement()

    assert before is None
    assert desk.state.statement is not None
    assert (desk.state.statement.first, desk.state.statement.last) == ("2026-06-15", "2026-06-15")


def test_the_statement_of_the_days_goes_to_the_printer(
    desk: Desk, shop: Shop, member: MemberId
) -> None:
    desk.page.print_statement("2026-06-01", "2026-06-15")
    nobody = list(desk.ways.statement)
    desk.page.open(member)
    desk.page.ask_statement()

    desk.page.print_statement("2026-06-01", "2026-06-15")

    (made,) = desk.ways.statement
    assert nobody == []
    assert made.period == Period(made.period.first, shop.ledger.today())
    assert len(made.lines) == 1
    assert desk.state.statement is None


def test_days_the_wrong_way_round_are_refused(desk: Desk, member: MemberId) -> None:
    desk.page.open(member)

    desk.page.print_statement("2026-06-15", "2026-06-01")

    assert desk.state.statement is not None
    assert desk.state.statement.problem == "The last day is before the first."
    assert desk.ways.statement == []
    desk.page.close_statement()
    assert desk.state.statement is None
