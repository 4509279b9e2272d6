"""The picture of a slip: the dots, the wrapping, the characters of every name."""

import io

import pytest
from PIL import Image, ImageChops

from pos_app.documents.paper import PAPER_58, PAPER_80, PAPERS, Paper
from pos_app.documents.rows import Banner, Code, Item, Pair, Row, Rule, Style, Text, Weight
from pos_app.documents.slip_raster import render, to_png
from pos_app.raster import Raster
from tests.documents.pictured_slips import NAMES, picture, rows_of

PAPER_NAMES = [f"{paper.roll_mm} mm" for paper in PAPERS.values()]
both_papers = pytest.mark.parametrize("paper", PAPERS.values(), ids=PAPER_NAMES)


def image_of(raster: Raster) -> Image.Image:
    return Image.open(io.BytesIO(to_png(raster)))


def drawn(row: Row, paper: Paper = PAPER_80) -> Raster:
    return render((row,), paper)


def ink_box(raster: Raster) -> tuple[int, int, int, int]:
    box = ImageChops.invert(image_of(raster).convert("L")).getbbox()
    assert box is not None, "nothing was drawn"
    return box


@both_papers
@pytest.mark.parametrize("name", NAMES)
def test_a_slip_looks_exactly_like_its_kept_picture(name: str, paper: Paper) -> None:
    kept = Image.open(picture(name, paper.roll_mm))

    slip = image_of(render(rows_of(name), paper))

    assert slip.size == kept.size
    assert ImageChops.logical_xor(slip, kept.convert("1")).getbbox() is None


@both_papers
def test_the_same_slip_gives_the_same_dots_twice(paper: Paper) -> None:
    assert render(rows_of("sale"), paper) == render(rows_of("sale"), paper)


@both_papers
@pytest.mark.parametrize("name", NAMES)
def test_nothing_is_drawn_beyond_the_margins(name: str, paper: Paper) -> None:
    left, _top, right, _bottom = ink_box(render(rows_of(name), paper))

    assert left >= paper.margin - 1
    assert right <= paper.width - paper.margin + 1


@pytest.mark.parametrize("character", "䶮祎𬭎𫖯𠅤㛃喆𬱖㙓")
@pytest.mark.parametrize("style", [Style.NOTE, Style.HEADING])
def test_a_rare_character_of_a_name_is_drawn_from_the_font(character: str, style: Style) -> None:
    nothing = drawn(Text("\U000f1234", style))
    other_nothing = drawn(Text("\U000f4321", style))

    glyph = drawn(Text(character, style))

    assert glyph not in {nothing, other_nothing}
    assert ink_box(glyph) != ink_box(nothing)


def test_a_character_that_no_font_has_shows_its_number_instead_of_vanishing() -> None:
    smile, laugh = drawn(Text("😀")), drawn(Text("😁"))

    assert ink_box(smile) == ink_box(laugh)
    assert smile != laugh


@both_papers
def test_a_long_discount_wraps_beside_its_amount(paper: Paper) -> None:
    short = drawn(Pair("满减券", "− ¥30.00"), paper)

    long = drawn(
        Pair("满减券，全场通用，生日月尊享，不与其他优惠同享，限本店使用", "− ¥30.00"), paper
    )

    assert long.height > short.height
    assert ink_box(long)[2] == ink_box(short)[2]


@both_papers
def test_a_value_too_long_for_its_line_moves_below_its_label(paper: Paper) -> None:
    name = "阿依古丽·买买提江·吾斯曼·阿不都热合曼·艾尔肯 138****0217"

    raster = drawn(Pair("会员", name), paper)

    assert raster.height >= drawn(Pair("会员", "张三"), paper).height + PAPER_58.body
    assert ink_box(raster)[2] <= paper.width - paper.margin


def test_a_total_is_larger_than_a_plain_sum() -> None:
    plain, strong, total = (drawn(Pair("实付", "¥269.60", weight)) for weight in Weight)

    assert plain != strong
    assert total.height > plain.height


@both_papers
def test_a_very_large_amount_pushes_the_quantity_and_touches_nothing(paper: Paper) -> None:
    raster = drawn(Item("拿铁", "12", "− ¥999,999.00"), paper)

    left, _top, right, _bottom = ink_box(raster)

    assert left >= paper.margin
    assert right <= paper.width - paper.margin


def test_the_reprint_mark_is_a_black_bar() -> None:
    raster = drawn(Banner("REPRINT 2026-11-22 09:01:12"))

    black = sum(byte.bit_count() for byte in raster.rows)

    assert black > raster.width * raster.height // 3


def test_a_code_that_cannot_hold_its_bytes_is_left_out_and_the_slip_is_printed() -> None:
    raster = render((Rule(), Code(b"\x00" * 5_000, "Scan")), PAPER_58)

    assert raster == render((Rule(),), PAPER_58)


@both_papers
def test_the_largest_code_still_fits_the_paper(paper: Paper) -> None:
    left, _top, right, _bottom = ink_box(drawn(Code(b"\x00" * 2_331, ""), paper))

    assert left >= 4
    assert right <= paper.width - 4


@both_papers
def test_a_code_stands_in_the_middle_with_white_around_it(paper: Paper) -> None:
    with_code = drawn(Code("RCP:S20261121-0142", ""), paper)

    left, _top, right, _bottom = ink_box(with_code)

    assert abs(left - (paper.width - right)) <= 1
    assert left >= 4 * 2 + paper.margin


def test_a_preview_is_a_png_of_the_same_dots() -> None:
    raster = drawn(Text("徐家汇旗舰店", Style.HEADING))

    image = image_of(raster)

    assert (image.width, image.height) == (raster.width, raster.height)
    assert image.tobytes("raw", "1;I") == raster.rows
