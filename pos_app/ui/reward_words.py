"""What members do beside buying, in words, and what HQ gave for it."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from pos_app.language import _
from pos_app.ledger.rules.behaviours import Behaviour
from pos_app.ledger.standing import Rewarded
from pos_app.ui.formats import points

_NAMES: Mapping[str, Callable[[], str]] = {
    Behaviour.REVIEW: lambda: _("Wrote a review"),
    Behaviour.SHARE: lambda: _("Shared"),
    Behaviour.SIGN_IN: lambda: _("Daily check-in"),
    Behaviour.COMPLETE_PROFILE: lambda: _("Profile completed"),
    Behaviour.FIRST_APP_LOGIN: lambda: _("First app login"),
    Behaviour.REFER_FRIEND: lambda: _("Friend referred"),
}


def reward_name(reward: Rewarded) -> str:
    """Return what was done; what still waits, and what is no points, is said with it."""
    known = _NAMES.get(reward.behaviour)
    name = known() if known else _("Reward from HQ")
    if reward.pending:
        return _("{what}, {points} await review").format(what=name, points=points(reward.pending))
    if not reward.points:
        return _("{what}, growth +{growth}").format(what=name, growth=points(reward.growth))
    return name
