"""Many tills talk to HQ at the same moment."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

from pos_app.ids import new_id
from pos_app.sync.wire import Grant, GrantAsk, Want
from pos_hq import feed, grants
from pos_hq.hq import Hq
from pos_hq.verification import verify
from tests.hq.desk import Author, author, balance

TILLS = 6


def _tills(hq: Hq) -> list[Author]:
    return [author(hq, f"till {number}") for number in range(TILLS)]


def test_the_same_money_is_granted_to_one_till_only(desk: Hq) -> None:
    tills = _tills(desk)
    member = tills[0].member()
    lot = tills[0].top_up(member, 10_000)
    tills[0].give_back(member, ("P", lot, 10_000))
    tills[0].push()

    def ask(till: Author) -> Grant:
        want = Want(unit="CNY", want=6_000, least=6_000)
        wish = GrantAsk(grant=new_id().hex, member=member, purpose="jit", wants=(want,))
        return grants.ask(desk, till.caller, wish)

    with ThreadPoolExecutor(TILLS) as pool:
        answers = list(pool.map(ask, tills))

    assert sorted(answer.state for answer in answers) == ["granted", *["refused"] * (TILLS - 1)]
    assert balance(desk, f"avail:P:{member}:{lot}") == 4_000


def test_a_listener_misses_nothing_while_all_push(desk: Hq) -> None:
    tills, listener = _tills(desk), author(desk, "listener")

    def trade(number: int) -> set[str]:
        made = set()
        for turn in range(4):
            made.add(tills[number].member(phone=f"+8613{number}{turn}0000000"))
            tills[number].push()
        return made

    with ThreadPoolExecutor(TILLS) as pool:
        trading = [pool.submit(trade, number) for number in range(TILLS)]
        heard = _heard_until(desk, listener, lambda: all(one.done() for one in trading))

    assert heard == set().union(*(one.result() for one in trading))
    assert verify(desk).fault is None


def _heard_until(hq: Hq, listener: Author, over: Callable[[], bool]) -> set[str]:
    """Page through the feed until nothing more can come."""
    heard: set[str] = set()
    cursor = 0
    while True:
        last = over()
        page = feed.page(hq, listener.caller, cursor, 3)
        heard |= {item.id for item in page.items if item.entity == "member"}
        cursor = page.cursor
        if last and not page.items:
            return heard
