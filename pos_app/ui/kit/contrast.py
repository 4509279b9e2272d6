"""Which colours may meet, and how strongly they must differ."""

from __future__ import annotations

from dataclasses import dataclass

TEXT = 4.5
GRAPHIC = 3.0


@dataclass(frozen=True, slots=True)
class Pair:
    """A colour on a ground: the ratios that were designed, and the least one (WCAG 2.2)."""

    fore: str
    back: str
    light: float
    dark: float
    least: float = TEXT


PAIRS = (
    Pair("text", "surface", 17.0, 15.3),
    Pair("text", "canvas", 15.7, 16.7),
    Pair("text", "sunken", 15.1, 13.8),
    Pair("text2", "surface", 8.0, 10.1),
    Pair("text2", "sunken", 7.1, 9.1),
    Pair("text3", "surface", 5.2, 6.6),
    Pair("text3", "canvas", 4.8, 7.2),
    Pair("brand", "surface", 6.4, 7.8),
    Pair("brand", "sunken", 5.7, 7.0),
    Pair("on_brand", "brand", 6.4, 7.8),
    Pair("on_brand", "brand_hover", 8.1, 9.2),
    Pair("on_brand", "brand_pressed", 10.5, 5.8),
    Pair("on_brand_soft", "brand_soft", 7.2, 8.9),
    Pair("text2", "brand_soft", 6.9, 7.9),
    Pair("gold", "gold_soft", 5.4, 9.0),
    Pair("ok", "ok_soft", 4.8, 7.7),
    Pair("ok", "surface", 5.4, 9.2),
    Pair("warn", "warn_soft", 5.5, 8.6),
    Pair("warn", "surface", 6.1, 10.0),
    Pair("danger", "danger_soft", 5.7, 6.9),
    Pair("danger", "brand_soft", 5.6, 5.8),
    Pair("danger", "surface", 6.5, 7.5),
    Pair("on_danger", "danger", 6.5, 8.0),
    Pair("on_danger", "danger_hover", 8.1, 9.3),
    Pair("on_danger", "danger_pressed", 10.1, 6.2),
    Pair("info", "info_soft", 5.5, 7.2),
    Pair("info", "surface", 6.3, 8.1),
    Pair("on_card", "card_c", 6.0, 8.1),
    Pair("on_card2", "card_c", 5.0, 6.8),
    Pair("card_gold", "card_c", 4.2, 5.7, GRAPHIC),
    Pair("on_gold", "card_gold", 11.5, 11.5),
    Pair("on_gold", "card_warn", 13.0, 13.0),
    Pair("rail_text", "rail", 9.0, 9.8),
    Pair("rail_on", "rail_selected", 12.4, 13.6),
    Pair("card_gold", "rail_selected", 8.7, 9.5),
    Pair("line2", "surface", 3.4, 4.4, GRAPHIC),
    Pair("focus", "surface", 4.7, 8.0, GRAPHIC),
    Pair("focus", "canvas", 4.3, 8.7, GRAPHIC),
)
