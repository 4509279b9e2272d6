"""Where a line of a slip may end."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pos_app.documents.wrap import cleaned, wrap


def dots(text: str) -> int:
    """Measure as a monospaced printer does: a Chinese character is two columns wide."""
    return sum(2 if character >= "\u2e80" else 1 for character in text)


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("拿铁", ("拿铁",)),
        ("手冲咖啡豆耶加雪菲", ("手冲咖啡豆", "耶加雪菲")),
        ("Organic oat milk", ("Organic", "oat milk")),
        ("满200减30元券", ("满200减30", "元券")),
        ("一二三四五，六", ("一二三四", "五，六")),
        ("一二三四（五）", ("一二三四", "（五）")),
        ("S20261121-0142", ("S20261121-", "0142")),
        ("第一行\n第二行", ("第一行", "第二行")),
        ("", ("",)),
    ],
)
def test_a_line_ends_where_a_reader_expects_it(text: str, lines: tuple[str, ...]) -> None:
    assert wrap(text, 10, dots) == lines


@given(st.text(max_size=60), st.integers(min_value=2, max_value=40))
def test_no_line_is_too_wide_and_no_character_is_lost(text: str, width: int) -> None:
    lines = wrap(text, width, dots)

    assert all(dots(line) <= width for line in lines)
    kept = "".join("".join(cleaned(each).split()) for each in text.splitlines())
    assert "".join("".join(lines).split()) == kept


@pytest.mark.parametrize("text", ["张\u200b䶮", "张\x07䶮", "张\ufe0f䶮", " 张䶮 "])
def test_what_has_no_shape_is_not_drawn(text: str) -> None:
    assert cleaned(text) == "张䶮"
