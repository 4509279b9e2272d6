"""Members that could walk in: their names, phone numbers, cards and visits."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from random import Random

from pos_app.ids import MemberId, new_id
from pos_app.ledger.member_numbers import LENGTH, PREFIX, check_digit
from pos_app.ledger.store.bulk import Delivered

_FAMILIES = (
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈"
    "姚卢姜崔钟谭陆汪范金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤"
)
_GIVEN = (
    "伟芳娜秀英敏静丽强磊军洋勇艳杰娟涛明超兰霞平刚桂文辉玲玉红霖晓建华志国春梅海燕婷宇浩欣雨佳怡梓涵"
    "诗子轩俊博思嘉一诺可馨雅琪梦瑶天睿泽晨阳旭东鹏飞翔龙凤云雪莲菲菁颖慧莹洁琳珊珍贞莉瑞凡毅恒启铭"
)
_MOBILE = ("138", "139", "136", "137", "150", "151", "158", "159", "186", "188", "189", "177")
_LINES = 10**8
_STRIDE = 61_803_399  # odd and no multiple of five: every line is met once before one comes back
_NEWEST_VISIT = date(2026, 6, 14)


def members(count: int) -> Iterator[Delivered]:
    """Yield members, the same people in every run; only their identities are fresh."""
    chance = Random(20260615)  # noqa: S311 -- people to look for, no secrets
    for place in range(count):
        visit = _NEWEST_VISIT - timedelta(days=chance.randrange(720))
        yield Delivered(
            id=MemberId(new_id()),
            number=_number(place),
            phone=_phone(place),
            name=_name(chance),
            tier="SILVER" if chance.random() < 0.1 else "BASE",
            joined_on=visit - timedelta(days=chance.randrange(1_000)),
            terms="2026-01",
            card=f"C{place:09}" if place % 2 else None,
            last_visit=visit if chance.random() < 0.6 else None,
            visits=chance.randrange(1, 40),
        )


def _name(chance: Random) -> str:
    # The commonest third of the family names makes up two thirds of the people.
    family = _FAMILIES[int(len(_FAMILIES) * chance.random() ** 2)]
    given = chance.choices(_GIVEN, k=1 if chance.random() < 0.25 else 2)
    return family + "".join(given)


def _phone(place: int) -> str:
    line = place // len(_MOBILE) * _STRIDE % _LINES
    return f"+86{_MOBILE[place % len(_MOBILE)]}{line:08}"


def _number(place: int) -> str:
    digits = LENGTH - len(PREFIX) - 1
    stem = f"{PREFIX}{place * 48_271 % 10**digits:0{digits}}"
    return stem + check_digit(stem)
