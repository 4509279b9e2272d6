"""The colours, sizes and contrasts of the house; the only file that writes a colour down."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

COMFORTABLE_FROM_HEIGHT = 1000

FONT_STACK = ("Inter", "Noto Sans SC", "Noto Sans TC", "Microsoft YaHei UI", "PingFang SC")

# Colours with an alpha are written #AARRGGBB, which QColor and style sheets both read.
LIGHT: Mapping[str, str] = MappingProxyType(
    {
        "canvas": "#F3F6F5",
        "surface": "#FFFFFF",
        "sunken": "#EEF2F1",
        "line": "#DCE3E1",
        "line2": "#7F8F8A",
        "text": "#0F1F1C",
        "text2": "#42544F",
        "text3": "#5E706B",
        "disabled": "#94A29E",
        "brand": "#0A6B5E",
        "brand_hover": "#085A4F",
        "brand_pressed": "#06483F",
        "on_brand": "#FFFFFF",
        "brand_soft": "#DFF1EC",
        "on_brand_soft": "#07574C",
        "brand_line": "#8CC9BC",
        "gold": "#8A5A00",
        "gold_soft": "#FFF3D9",
        "gold_line": "#E9C676",
        "ok": "#137A3A",
        "ok_soft": "#E4F5EA",
        "ok_line": "#A9D8BA",
        "warn": "#8F5400",
        "warn_soft": "#FFF2D6",
        "warn_line": "#EBC37A",
        "danger": "#B3261E",
        "danger_hover": "#9B1F18",
        "danger_pressed": "#821812",
        "on_danger": "#FFFFFF",
        "danger_soft": "#FDECEA",
        "danger_line": "#F0B4AE",
        "info": "#1B5DBA",
        "info_soft": "#E6EFFC",
        "info_line": "#AFC9F0",
        "focus": "#1D6FE8",
        "card_a": "#0B2F2A",
        "card_b": "#0F5147",
        "card_c": "#17705F",
        "card_line": "#2F7A6C",
        "on_card": "#FFFFFF",
        "on_card2": "#DCEFE9",
        "card_gold": "#F4D58D",
        "card_warn": "#FBE3A6",
        "on_gold": "#2B1D00",
        "card_chip": "#22FFFFFF",
        "card_track": "#2EFFFFFF",
        "rail": "#0C1B18",
        "rail_text": "#A9BDB7",
        "rail_on": "#FFFFFF",
        "rail_selected": "#1A3A33",
        "key": "#FFFFFF",
        "key_hover": "#F3F7F6",
        "key_pressed": "#E3EBE8",
        "key_function": "#EEF2F1",
        "scrim": "#9606120F",
        "shadow": "#000000",
    }
)

DARK: Mapping[str, str] = MappingProxyType(
    {
        **LIGHT,
        "canvas": "#0C1412",
        "surface": "#141E1B",
        "sunken": "#1B2724",
        "line": "#293733",
        "line2": "#728680",
        "text": "#EDF4F2",
        "text2": "#BCCAC6",
        "text3": "#93A5A0",
        "disabled": "#5F706B",
        "brand": "#35C4A8",
        "brand_hover": "#4FD3B9",
        "brand_pressed": "#2AA990",
        "on_brand": "#03211B",
        "brand_soft": "#12352E",
        "on_brand_soft": "#8BE3D0",
        "brand_line": "#236B5C",
        "gold": "#F0C868",
        "gold_soft": "#33290F",
        "gold_line": "#6A5520",
        "ok": "#63D48C",
        "ok_soft": "#12301D",
        "ok_line": "#255C39",
        "warn": "#F2BE5C",
        "warn_soft": "#33260B",
        "warn_line": "#6B521A",
        "danger": "#FF8A80",
        "danger_hover": "#FFA098",
        "danger_pressed": "#E9746A",
        "on_danger": "#2E0806",
        "danger_soft": "#3A1A18",
        "danger_line": "#7A332E",
        "info": "#82B4FF",
        "info_soft": "#14263F",
        "info_line": "#2C4E80",
        "focus": "#7FB3FF",
        "card_b": "#0E463D",
        "card_c": "#125A4D",
        "card_line": "#2A6A5E",
        "rail": "#080F0D",
        "rail_selected": "#17332C",
        "key": "#1B2724",
        "key_hover": "#22302C",
        "key_pressed": "#2B3B36",
        "key_function": "#17211E",
        "scrim": "#AA000000",
    }
)


@dataclass(frozen=True, slots=True)
class Density:
    """Sizes in logical pixels; heights and widths are outer measures."""

    name: str
    caption: int
    small: int
    body: int
    h2: int
    h1: int
    name_size: int
    stat: int
    due: int
    amount: int
    key_digit: int
    cta_text: int
    key: int
    cta: int
    tender: int
    nav: int
    action: int
    button: int
    lookup: int
    amount_box: int
    rail: int
    panel: int
    pad: int
    gap: int
    coupon: int
    coupon_width: int
    card: int
    avatar: int
    row: int
    status: int
    display_total: int


COMPACT = Density(
    name="compact",
    caption=12,
    small=13,
    body=14,
    h2=16,
    h1=21,
    name_size=24,
    stat=25,
    due=30,
    amount=42,
    key_digit=21,
    cta_text=20,
    key=55,
    cta=66,
    tender=62,
    nav=62,
    action=52,
    button=44,
    lookup=50,
    amount_box=70,
    rail=88,
    panel=418,
    pad=16,
    gap=12,
    coupon=108,
    coupon_width=232,
    card=172,
    avatar=58,
    row=44,
    status=38,
    display_total=92,
)

COMFORTABLE = Density(
    name="comfortable",
    caption=13,
    small=14,
    body=16,
    h2=18,
    h1=24,
    name_size=31,
    stat=32,
    due=38,
    amount=56,
    key_digit=28,
    cta_text=24,
    key=72,
    cta=80,
    tender=78,
    nav=74,
    action=69,
    button=48,
    lookup=60,
    amount_box=88,
    rail=104,
    panel=500,
    pad=24,
    gap=16,
    coupon=132,
    coupon_width=264,
    card=208,
    avatar=72,
    row=54,
    status=38,
    display_total=92,
)


def density(height: int) -> Density:
    """Return the sizes for a window with this many logical pixels of height."""
    return COMFORTABLE if height >= COMFORTABLE_FROM_HEIGHT else COMPACT
