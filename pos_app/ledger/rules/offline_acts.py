"""Which acts wait for HQ while it cannot be reached (D13)."""

from pos_app.ledger.rules.access import Act
from pos_app.ledger.rules.programme_limits import Offline

# Only HQ knows enough to settle these; no programme can allow them.
# What came back of another terminal's sale, and whose a phone number is, only HQ can say.
ALWAYS = frozenset(
    {
        Act.CHANGE_PHONE,
        Act.CLOSE_ACCOUNT,
        Act.REFUND_ELSEWHERE,
        Act.RESET_PIN,
        Act.SET_TIER,
        Act.UNBLOCK_CARD,
        Act.UNFREEZE,
    }
)


def waits_for_hq(act: Act, rules: Offline) -> bool:
    """Say whether the act is refused offline: by its nature, or because the programme denies it.

    What is spent needs no word of HQ: a holding is the member's own, and its floor keeps it.
    """
    denied = {
        Act.TOP_UP: rules.top_up,
        Act.REGISTER: rules.registration,
        Act.REFUND: rules.refund,
        Act.VOID: rules.refund,
    }
    return act in ALWAYS or denied.get(act) == "denied"
