"""Short ways to ask HQ for rights in tests."""

from pos_app.ids import new_id
from pos_app.sync.wire import Grant, GrantAsk, Want
from pos_hq import grants
from tests.hq.desk import Author


def at_hq(till: Author, *lots: tuple[int, int]) -> tuple[str, list[str]]:
    """Let a member top up, and the till give it all back to HQ."""
    member, made = till.member(phone=f"+8613800{new_id().int % 10**6:06d}"), []
    for paid, bonus in lots:
        made.append(till.top_up(member, paid, bonus))
        till.at += 1
        lines = [("P", made[-1], paid), ("B", made[-1], bonus)]
        till.give_back(member, *[line for line in lines if line[2]])
    till.push()
    return member, made


def wanted(till: Author, member: str, *wants: Want, purpose: str = "jit", grant: str = "") -> Grant:
    """Ask HQ for rights."""
    ask = GrantAsk.model_validate(
        {"grant": grant or new_id().hex, "member": member, "purpose": purpose, "wants": wants}
    )
    return grants.ask(till.hq, till.caller, ask)


def fen(want: int, least: int | None = None) -> Want:
    return Want(unit="CNY", want=want, least=want if least is None else least)


def lines(grant: Grant) -> list[tuple[str, str, int]]:
    return [(line.pocket, line.ref, line.amount) for line in grant.lines]
