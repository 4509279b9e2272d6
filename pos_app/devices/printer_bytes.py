"""A print job in ESC/POS, and what the printer's status bytes mean."""

from enum import StrEnum

from escpos import constants

from pos_app.raster import Raster

ASK_ONLINE: bytes = constants.RT_STATUS_ONLINE
ASK_PAPER: bytes = constants.RT_STATUS_PAPER
_INIT: bytes = constants.HW_INIT
_KICK: bytes = constants.CD_KICK_2
_RASTER: bytes = constants.S_RASTER_N
_FEED: bytes = constants.ESC + b"d"
_CUT: bytes = constants.PAPER_FULL_CUT

# A strip fits the buffer of small printers, which then print while the rest arrives.
_STRIP_ROWS = 256
# From the print head to the knife.
_LINES_TO_KNIFE = 6

_FIXED_BITS, _FIXED_VALUE = 0b1001_0011, 0b0001_0010
_OFFLINE_BIT = 0b0000_1000
_PAPER_END_BITS = 0b0110_0000
_PAPER_LOW_BITS = 0b0000_1100


class PrinterStatus(StrEnum):
    """What a printer says of itself; UNKNOWN for one that does not answer."""

    READY = "ready"
    PAPER_LOW = "paper_low"
    PAPER_OUT = "paper_out"
    OFFLINE = "offline"
    UNKNOWN = "unknown"


def opening(*, drawer: bool) -> bytes:
    """Return what comes first: the drawer before the slip, because the cashier waits for it."""
    return _INIT + (_KICK if drawer else b"")


def picture(raster: Raster, *, cut: bool) -> bytes:
    """Return the picture in strips, fed out so that it can be torn or cut off."""
    closing = _FEED + bytes([_LINES_TO_KNIFE]) + (_CUT if cut else b"")
    return b"".join(_strip(strip) for strip in raster.strips(_STRIP_ROWS)) + closing


def _strip(strip: Raster) -> bytes:
    size = strip.row_bytes.to_bytes(2, "little") + strip.height.to_bytes(2, "little")
    return _RASTER + size + strip.rows


def status_from(paper: bytes, online: bytes) -> PrinterStatus:
    """Read the answers to ASK_PAPER and ASK_ONLINE; an empty one was not given."""
    if _says(paper, _PAPER_END_BITS):
        return PrinterStatus.PAPER_OUT
    if _says(online, _OFFLINE_BIT):
        return PrinterStatus.OFFLINE
    if _says(paper, _PAPER_LOW_BITS):
        return PrinterStatus.PAPER_LOW
    return PrinterStatus.READY if is_answer(paper) else PrinterStatus.UNKNOWN


def is_answer(answer: bytes) -> bool:
    """Tell a status byte from noise by the bits that are the same in each of them."""
    return answer != b"" and answer[-1] & _FIXED_BITS == _FIXED_VALUE


def _says(answer: bytes, bits: int) -> bool:
    return is_answer(answer) and answer[-1] & bits != 0
