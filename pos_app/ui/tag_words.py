"""Tags, stages of life and bands in words, and why a member has them."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from pos_app.language import _, _n
from pos_app.ledger.rules.life_cycle import Stage
from pos_app.ledger.rules.programme import Programme
from pos_app.ledger.rules.tag_expressions import (
    DAYS_SINCE,
    PURCHASES,
    SINGLE_PAID,
    TagExpression,
    read_rule,
)
from pos_app.ledger.standing import MemberTag, Standing
from pos_app.money import Money
from pos_app.ui.formats import money, short_money
from pos_app.ui.parts.state import Explained, Fact

_CATEGORY_SHOWN = 12
_NAMES: Mapping[str, Callable[[], str]] = {
    "high_ticket": lambda: _("High ticket"),
    "dormant": lambda: _("Dormant"),
    "high_frequency": lambda: _("Frequent buyer"),
    "category_fan": lambda: _("Prefers {category}"),
}
_STAGES: Mapping[str, Callable[[], str]] = {
    Stage.ACQUIRED: lambda: _("Acquired"),
    Stage.ACTIVATED: lambda: _("Activated"),
    Stage.GROWING: lambda: _("Growing"),
    Stage.MATURE: lambda: _("Mature"),
    Stage.DECLINING: lambda: _("Declining"),
    Stage.LOST: lambda: _("Lost"),
    Stage.RECALLED: lambda: _("Recalled"),
}


def known_tags(standing: Standing) -> tuple[MemberTag, ...]:
    """Return the tags that this program has words for, preferences last, the strongest first.

    A newer HQ may know others.
    """
    known = [tag for tag in standing.tags if tag.name in _NAMES]
    places = list(_NAMES)
    return tuple(sorted(known, key=lambda tag: (places.index(tag.name), -tag.count, tag.category)))


def tag_name(tag: MemberTag) -> str:
    """Return the words of a chip."""
    category = tag.category
    short = category if len(category) <= _CATEGORY_SHOWN else f"{category[: _CATEGORY_SHOWN - 1]}…"
    return _NAMES[tag.name]().format(category=short)


def tags_explained(standing: Standing) -> tuple[Explained, ...]:
    """Return of each tag its rule in words, what was found, and since when."""
    return tuple(map(_explained, known_tags(standing)))


def stage_name(standing: Standing) -> str:
    """Return the stage in words, nothing where it is not known."""
    known = _STAGES.get(standing.stage)
    return "" if known is None else known()


def stage_explained(standing: Standing, rules: Programme) -> tuple[Explained, ...]:
    """Return why the member is in this stage and band; nothing where nobody looked."""
    name, day = stage_name(standing), standing.staged_on
    if not name or day is None:
        return ()
    found = _("Found on {day}").format(day=day.isoformat())
    stage = Explained(name, _stage_rule(Stage(standing.stage), rules), (), found)
    share = dict(rules.rfm.bands).get(standing.band)
    if share is None:
        return (stage,)
    words = _("Active members are ranked by recency, frequency and amount, each from 1 to 5.")
    names = (_("Recency"), _("Frequency"), _("Amount"))
    facts = (Fact(name, str(score)) for name, score in zip(names, standing.scores, strict=False))
    return (stage, Explained(band_name(standing, rules), words, tuple(facts), found))


def band_name(standing: Standing, rules: Programme) -> str:
    """Return the band as a stretch of the ranking: "Value: top 5 %", "Value: 5–20 %"."""
    before = 0
    for name, share in rules.rfm.bands:
        if name == standing.band:
            end = before + share
            words = _("Value: {first}\u2013{last} %") if before else _("Value: top {last} %")
            return words.format(first=before, last=end)
        before += share
    return ""


def _explained(tag: MemberTag) -> Explained:
    since = _("Since {day}").format(day=tag.since.isoformat())
    found = _("worked out on {day} by programme {programme}")
    found = found.format(day=tag.as_of.isoformat(), programme=tag.programme)
    facts = tuple(Fact(day.isoformat(), money(paid)) for day, paid in tag.orders)
    more = tag.count - len(tag.orders)
    if more > 0:
        facts += (Fact(_("Before that"), _n("{n} purchase", "{n} purchases", more).format(n=more)),)
    return Explained(tag_name(tag), _rule(tag), facts, f"{since} \u00b7 {found}")


def _rule(tag: MemberTag) -> str:
    """Return a rule in words; one that this program cannot read is shown as it stands."""
    expression = read_rule(tag.rule)
    return tag.rule if expression is None else _in_words(expression, tag.rule, tag.category)


def _in_words(rule: TagExpression, text: str, category: str) -> str:
    if rule.figure == SINGLE_PAID:
        if ">=" in text:
            return _("A single payment of at least {amount}.").format(
                amount=short_money(Money(rule.least))
            )
        amount = short_money(Money(rule.least - 1))
        return _("A single payment of more than {amount}.").format(amount=amount)
    if rule.figure == DAYS_SINCE:
        return _("No purchase for {days} days or longer.").format(days=rule.least)
    facts = {"count": rule.least, "days": rule.days, "category": category}
    if rule.figure == PURCHASES:
        return _("At least {count} purchases within {days} days, today counted.").format(**facts)
    return _("At least {count} purchases of {category} within {days} days.").format(**facts)


def _stage_rule(stage: Stage, rules: Programme) -> str:
    trigger = rules.churn.trigger_days_no_activity
    over = trigger + rules.churn.l3.to_day
    words = {
        Stage.ACQUIRED: _("No purchase yet."),
        Stage.ACTIVATED: _("One purchase so far."),
        Stage.GROWING: _("Two purchases or more."),
        Stage.MATURE: _mature(rules),
        Stage.DECLINING: _("No sign of life for {days} days or longer."),
        Stage.LOST: _("No sign of life for more than {over} days."),
        Stage.RECALLED: _("Came back after {days} days or longer without a sign of life."),
    }
    return words[stage].format(days=trigger, over=over)


def _mature(rules: Programme) -> str:
    text = rules.tags.high_frequency.rule
    expression = read_rule(text)
    return text if expression is None else _in_words(expression, text, "")
