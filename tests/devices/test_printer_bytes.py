"""A job in ESC/POS is what the well-known library would send, and decodes to the same dots."""

import pytest
from escpos.printer import Dummy
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from pos_app.devices.printer_bytes import PrinterStatus, opening, picture, status_from
from pos_app.raster import Raster
from tests.escpos_decoder import decode

HEALTHY = b"\x12"


@st.composite
def rasters(draw: st.DrawFn) -> Raster:
    row_bytes = draw(st.integers(min_value=1, max_value=9))
    height = draw(st.integers(min_value=1, max_value=600))
    seed = draw(st.binary(min_size=1, max_size=64))
    rows = (seed * (row_bytes * height))[: row_bytes * height]
    return Raster(row_bytes * 8, height, rows)


@given(rasters())
def test_the_dots_that_went_in_come_out(raster: Raster) -> None:
    printed = decode(opening(drawer=False) + picture(raster, cut=True))

    assert printed.picture == raster
    assert printed.events == ("init", "raster", "feed 6", "cut")


def test_the_drawer_opens_before_the_slip_is_burnt() -> None:
    raster = Raster(8, 1, b"\xff")

    printed = decode(opening(drawer=True) + picture(raster, cut=False))

    assert printed.events == ("init", "drawer", "raster", "feed 6")


@given(rasters())
def test_the_job_is_byte_for_byte_that_of_the_escpos_library(raster: Raster) -> None:
    theirs = Dummy()
    theirs.hw("INIT")
    theirs.cashdraw(2)
    size = (raster.width, raster.height)
    dots = Image.frombytes("1", size, raster.rows, "raw", "1;I")
    theirs.image(dots, impl="bitImageRaster", fragment_height=256)
    theirs.cut()

    assert opening(drawer=True) + picture(raster, cut=True) == theirs.output


@pytest.mark.parametrize(
    ("paper", "online", "status"),
    [
        (HEALTHY, HEALTHY, PrinterStatus.READY),
        (b"\x1e", HEALTHY, PrinterStatus.PAPER_LOW),
        (b"\x72", b"\x1a", PrinterStatus.PAPER_OUT),
        (HEALTHY, b"\x1a", PrinterStatus.OFFLINE),
        (HEALTHY, b"", PrinterStatus.READY),
        (b"", b"", PrinterStatus.UNKNOWN),
        (b"\xff", b"\xff", PrinterStatus.UNKNOWN),
    ],
)
def test_status_bytes_are_read_and_noise_is_not(
    paper: bytes, online: bytes, status: PrinterStatus
) -> None:
    assert status_from(paper, online) is status


def test_rows_that_do_not_fill_the_picture_are_a_bug() -> None:
    with pytest.raises(AssertionError):
        Raster(9, 2, b"\x00\x00\x00")
