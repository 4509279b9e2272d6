"""Slips as pictures in printer dots."""

import io
from collections.abc import Sequence
from typing import assert_never

from PIL import Image

from pos_app.documents.paper import Paper
from pos_app.documents.rows import (
    Banner,
    Code,
    Item,
    Pair,
    Row,
    Rule,
    Signature,
    Style,
    Text,
    Weight,
)
from pos_app.documents.sheet import WHITE, Sheet, baseline_in, line_height
from pos_app.documents.slip_code import code_mask
from pos_app.documents.typeface import Face
from pos_app.documents.wrap import cleaned, wrap
from pos_app.raster import Raster

_GAP = 16
_EDGE = 12
_DASH, _DASH_GAP = 6, 4
_WIDEST_QUANTITY = "9,999"
_USUAL_AMOUNT = "¥9,999.00"


def render(rows: Sequence[Row], paper: Paper) -> Raster:
    """Draw a slip. The same rows give the same dots, on every machine."""
    sheet = Sheet(paper)
    sheet.skip(_EDGE)
    for row in rows:
        _draw(sheet, row)
    sheet.skip(_EDGE)
    return sheet.raster()


def to_png(raster: Raster) -> bytes:
    """Return the picture as a PNG file, for a preview or a screenshot."""
    image = Image.frombytes("1", (raster.width, raster.height), raster.rows, "raw", "1;I")
    file = io.BytesIO()
    image.save(file, "PNG")
    return file.getvalue()


def _draw(sheet: Sheet, row: Row) -> None:
    match row:
        case Text():
            _draw_text(sheet, row)
        case Banner():
            _draw_banner(sheet, row)
        case Pair():
            _draw_pair(sheet, row)
        case Item():
            _draw_item(sheet, row)
        case Rule():
            _draw_rule(sheet)
        case Code():
            _draw_code(sheet, row)
        case Signature():
            _draw_signature(sheet, row)
        case _:
            assert_never(row)


def _draw_text(sheet: Sheet, row: Text) -> None:
    face = _text_face(sheet.paper, row.style)
    for line in wrap(row.text, sheet.inner_width, face.width_of):
        if row.style is Style.NOTE:
            _put(sheet, line, face, sheet.left)
        else:
            _put(sheet, line, face, (sheet.paper.width - face.width_of(line)) // 2)


def _text_face(paper: Paper, style: Style) -> Face:
    match style:
        case Style.HEADING:
            return Face(paper.heading, bold=True)
        case Style.TITLE:
            return Face(paper.body, bold=True)
        case Style.CENTRED | Style.NOTE:
            return Face(paper.small)
    assert_never(style)


def _put(sheet: Sheet, line: str, face: Face, x: int) -> None:
    height = line_height(face.size)
    sheet.text(x, baseline_in(sheet.y, height, face.size), line, face)
    sheet.skip(height)


def _draw_banner(sheet: Sheet, row: Banner) -> None:
    face = Face(sheet.paper.strong, bold=True)
    lines = wrap(row.text, sheet.inner_width - 2 * _GAP, face.width_of)
    height = line_height(face.size)
    sheet.skip(_EDGE // 2)
    sheet.box(sheet.left, sheet.y, sheet.right - 1, sheet.y + height * len(lines) - 1)
    for line in lines:
        x = (sheet.paper.width - face.width_of(line)) // 2
        sheet.text(x, baseline_in(sheet.y, height, face.size), line, face, WHITE)
        sheet.skip(height)
    sheet.skip(_EDGE // 2)


def _draw_pair(sheet: Sheet, row: Pair) -> None:
    """Draw the right text in the first line of the left one, or below it where they do not fit."""
    left_face, right_face = _pair_faces(sheet.paper, row.weight)
    right = cleaned(row.right)
    beside = sheet.inner_width - right_face.width_of(right) - _GAP
    fits_beside = beside * 3 >= sheet.inner_width or left_face.width_of(row.left) <= beside
    lines = wrap(row.left, beside if fits_beside else sheet.inner_width, left_face.width_of)
    height = line_height(max(left_face.size, right_face.size) if fits_beside else left_face.size)
    baseline = baseline_in(sheet.y, height, max(left_face.size, right_face.size))
    if fits_beside:
        sheet.text_to(sheet.right, baseline, right, right_face)
    for number, line in enumerate(lines):
        sheet.text(sheet.left, baseline + number * line_height(left_face.size), line, left_face)
    sheet.skip(height + (len(lines) - 1) * line_height(left_face.size))
    if not fits_beside:
        _draw_below(sheet, right, right_face)


def _draw_below(sheet: Sheet, text: str, face: Face) -> None:
    for line in wrap(text, sheet.inner_width, face.width_of):
        _put(sheet, line, face, sheet.right - face.width_of(line))


def _pair_faces(paper: Paper, weight: Weight) -> tuple[Face, Face]:
    match weight:
        case Weight.PLAIN:
            return Face(paper.body), Face(paper.body)
        case Weight.STRONG:
            return Face(paper.body, bold=True), Face(paper.body, bold=True)
        case Weight.TOTAL:
            return Face(paper.strong, bold=True), Face(paper.total, bold=True)
    assert_never(weight)


def _draw_item(sheet: Sheet, row: Item) -> None:
    """Draw three columns; the title wraps, its figures stand in its first line."""
    face = Face(sheet.paper.small if row.is_heading else sheet.paper.body)
    body = Face(sheet.paper.body)
    amount_room = max(face.width_of(row.amount), body.width_of(_USUAL_AMOUNT))
    quantity_end = sheet.right - amount_room - _GAP
    quantity_room = max(face.width_of(row.quantity), body.width_of(_WIDEST_QUANTITY))
    title_room = quantity_end - quantity_room - sheet.left
    baseline = baseline_in(sheet.y, line_height(face.size), face.size)
    sheet.text_to(sheet.right, baseline, row.amount, face)
    sheet.text_to(quantity_end, baseline, row.quantity, face)
    for line in wrap(row.title, title_room, face.width_of):
        _put(sheet, line, face, sheet.left)


def _draw_rule(sheet: Sheet) -> None:
    dashes = (sheet.inner_width + _DASH_GAP) // (_DASH + _DASH_GAP)
    spare = sheet.inner_width - dashes * (_DASH + _DASH_GAP) + _DASH_GAP
    for number in range(dashes):
        x = sheet.left + spare // 2 + number * (_DASH + _DASH_GAP)
        sheet.box(x, sheet.y + 8, x + _DASH - 1, sheet.y + 9)
    sheet.skip(18)


def _draw_code(sheet: Sheet, row: Code) -> None:
    mask = code_mask(row.payload, sheet.paper.width)
    if mask is None:
        return
    sheet.skip(_EDGE)
    sheet.stamp((sheet.paper.width - mask.width) // 2, sheet.y, mask)
    sheet.skip(mask.height)
    _draw_text(sheet, Text(row.caption, Style.CENTRED))


def _draw_signature(sheet: Sheet, row: Signature) -> None:
    face = Face(sheet.paper.body)
    sheet.skip(line_height(face.size))
    baseline = baseline_in(sheet.y, line_height(face.size), face.size)
    start = sheet.left + face.width_of(row.label) + _GAP
    sheet.text(sheet.left, baseline, row.label, face)
    sheet.box(start, baseline + 2, sheet.right - 1, baseline + 3)
    sheet.skip(line_height(face.size))
