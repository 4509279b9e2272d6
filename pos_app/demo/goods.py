"""What the demo store sells: coffee, bread, and shelves of gifts and kitchen things."""

from __future__ import annotations

from random import Random

from pos_app.ledger.rules.basket import Basket, Line
from pos_app.money import Money

_BAR = (
    ("燕麦拿铁", 3200, "drink"),
    ("气泡美式", 2600, "drink"),
    ("手冲耶加雪菲", 4200, "drink"),
    ("抹茶拿铁", 3400, "drink"),
    ("桂花乌龙", 2800, "drink"),
    ("可颂", 1800, "bakery"),
    ("肉桂卷", 2200, "bakery"),
    ("巴斯克蛋糕", 3600, "bakery"),
    ("全麦吐司", 2400, "bakery"),
)
_SHELF = (
    ("挂耳咖啡 10 包", 8900, "beans"),
    ("拼配咖啡豆 500 克", 15800, "beans"),
    ("马克杯", 12900, "gift"),
    ("手冲壶", 26800, "gift"),
    ("保温杯", 19900, "gift"),
    ("中秋月饼礼盒", 38800, "gift"),
    ("摩卡壶", 45900, "kitchen"),
    ("磨豆机", 89900, "kitchen"),
    ("半自动咖啡机", 329900, "kitchen"),
)


def some_basket(dice: Random) -> Basket:
    """Return what somebody buys: mostly the bar, one time in eight something from the shelves."""
    lines = [_line(dice, _BAR) for _ in range(dice.choice((1, 1, 1, 2, 2, 3)))]
    if dice.random() < 0.125:
        lines.append(_shelf_line(dice))
    return Basket(tuple(lines))


def for_the_kitchen() -> Basket:
    """Return the dearest thing in the store."""
    return Basket((_of(_SHELF[-1], 1),))


def _line(dice: Random, goods: tuple[tuple[str, int, str], ...]) -> Line:
    return _of(dice.choice(goods), dice.choice((1, 1, 1, 2)))


def _shelf_line(dice: Random) -> Line:
    """Choose from the shelves: the dearer, the rarer."""
    place = min(int(dice.expovariate(0.5)), len(_SHELF) - 1)
    return _of(_SHELF[place], 1)


def _of(good: tuple[str, int, str], quantity: int) -> Line:
    title, price, category = good
    return Line(title, Money(price), quantity, category=category, designated=category == "bakery")
