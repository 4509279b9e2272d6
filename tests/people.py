"""People beside the first manager, as tests need them."""

from pos_app.ids import OperatorId
from pos_app.ledger.appointments import NewOperator, add_operator
from pos_app.ledger.rules.access import Role
from tests.shop import Shop, intent

CASHIER = ("1001", "482719")
SECOND_MANAGER = ("0002", "582046")


def cashier(shop: Shop) -> OperatorId:
    """Appoint a cashier."""
    return _appointed(shop, *CASHIER, Role.CASHIER)


def second_manager(shop: Shop) -> OperatorId:
    """Appoint another manager."""
    return _appointed(shop, *SECOND_MANAGER, Role.MANAGER)


def _appointed(shop: Shop, number: str, pin: str, role: Role) -> OperatorId:
    new = NewOperator(number, "周敏", role, pin)
    return add_operator(shop.ledger, new, by=shop.manager, intent=intent()).id
