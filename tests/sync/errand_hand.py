"""Short ways to send a till to HQ in tests."""

from pos_app.ids import IntentId, MemberId, new_id
from pos_app.ledger import refund_lookup, refunds
from pos_app.ledger.elsewhere import OrderElsewhere
from pos_app.ledger.refunds import Refund
from pos_app.ledger.rules.basket import Basket, Line, Order, Tender, TenderAsk
from pos_app.ledger.rules.refund_selection import Selection
from pos_app.money import Money
from pos_app.sync.errands import Errands
from pos_app.sync.facts import HqUnreachable, Outage
from pos_app.sync.transport import Reply, Request
from pos_hq import exceptions
from simulation.network import answer
from simulation.till import Till
from simulation.world import World

TWO_TEAS = Basket((Line("茉莉花茶", Money(2_000), 2),))


def errands(till: Till) -> Errands:
    return Errands(till.at, till.hq)


def member_of(world: World) -> MemberId:
    return world.members[0]


def sold(world: World, till: Till, order: Order | None = None) -> refund_lookup.SaleSummary:
    """Sell to a member and let HQ hear of it."""
    cash = Order(TWO_TEAS, coupons=(), tenders=(TenderAsk(Tender.CASH, None),))
    till.sell(member_of(world), order or cash, world.managers[till.name])
    till.sync()
    return refund_lookup.sales_of(till.ledger, None)[0]


def found(till: Till, sale: refund_lookup.SaleSummary) -> OrderElsewhere:
    orders = errands(till).of_slip(sale.slip)
    told = next(one for one in orders if one.sale.id == sale.event_id)
    errands(till).fetch_points(told)
    return told


def wish(world: World, till: Till, told: OrderElsewhere, selection: Selection = None) -> Refund:
    shown = refunds.plan(till.ledger, told.sale.id, selection, told=told)
    by, intent = world.managers[till.name], IntentId(new_id())
    return Refund(told.sale.id, selection, shown, "other", by, intent)


def own_wish(
    world: World, till: Till, sale: refund_lookup.SaleSummary, selection: Selection = None
) -> Refund:
    shown = refunds.plan(till.ledger, sale.event_id, selection)
    by, intent = world.managers[till.name], IntentId(new_id())
    return Refund(sale.event_id, selection, shown, "other", by, intent)


def deaf(till: Till, world: World, path: str) -> None:
    """Let HQ do what is asked at a door, and its answer be lost."""

    class Lossy:
        def send(self, request: Request) -> Reply:
            reply = answer(world.hq, request)
            if request.path.startswith(path):
                raise HqUnreachable(Outage.TIMEOUT)
            return reply

    till.hq._transport = Lossy()  # noqa: SLF001 -- the way to HQ is what goes wrong


def cases(world: World) -> list[str]:
    return [case.type for case in exceptions.open_ones(world.hq)]
