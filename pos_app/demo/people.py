"""People who do not exist: names as common as their bearers would be, some of them rare."""

from __future__ import annotations

from dataclasses import dataclass
from random import Random

_SURNAMES = (
    "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋"
    "蔡贾丁魏薛叶阎余潘杜戴夏钟汪田任姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万"
)
_SPECIAL = ("欧阳", "司马", "诸葛", "上官", "尉迟", "单", "仇", "曾", "解", "翟")
_SECOND = "伟芳娜秀敏静丽强磊军洋勇艳杰娟涛明超霞平刚桂晓雨子梓思欣嘉佳一若诗浩宇俊志文建海雪梦春"
_THIRD = "华英玲红梅辉琳斌莉萍鹏雯洁琪瑶怡彤萱妍菲然阳晨豪凯翔轩泽霖楠瑾瑜琛淇颖璐媛蕾薇航哲恒毅"
_RARE = ("张䶮", "李祎", "王珺", "陈𬭎", "赵喆", "周堃", "刘犇", "杨㛃")
_PREFIXES = ("134", "135", "136", "137", "138", "139", "150", "151", "158", "159", "186", "188")
_RARE_SHARE = 0.005
_SPECIAL_SHARE = 0.03
_SHORT_SHARE = 0.3


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who might come in."""

    name: str
    phone: str
    born: tuple[int, int, int]


def some_people(count: int, dice: Random) -> tuple[Person, ...]:
    """Return so many people, each with a phone number of their own."""
    taken: set[str] = set()
    return tuple(Person(_name(dice), _phone(dice, taken), _born(dice)) for _ in range(count))


def _name(dice: Random) -> str:
    roll = dice.random()
    if roll < _RARE_SHARE:
        return dice.choice(_RARE)
    surname = dice.choice(_SPECIAL if roll < _SPECIAL_SHARE else _SURNAMES)
    given = dice.choice(_SECOND)
    return (
        surname + given if dice.random() < _SHORT_SHARE else surname + given + dice.choice(_THIRD)
    )


def _phone(dice: Random, taken: set[str]) -> str:
    while True:
        phone = dice.choice(_PREFIXES) + f"{dice.randrange(10**8):08d}"
        if phone not in taken:
            taken.add(phone)
            return phone


def _born(dice: Random) -> tuple[int, int, int]:
    return dice.randint(1958, 2006), dice.randint(1, 12), dice.randint(1, 28)
