"""QR codes that a phone reads from thermal paper."""

import segno
from PIL import Image

_QUIET_ZONE = 4
_LARGEST_SCALE = 6


def code_mask(payload: str | bytes, width: int) -> Image.Image | None:
    """Return the code with its quiet zone as a mask (255 is black), or None where it cannot fit."""
    try:
        code = segno.make(payload, error="m", micro=False, boost_error=False)
    except segno.DataOverflowError:
        return None
    rows = [
        bytes(255 if dark else 0 for dark in row) for row in code.matrix_iter(border=_QUIET_ZONE)
    ]
    scale = min(_LARGEST_SCALE, width // len(rows))
    mask = Image.frombytes("L", (len(rows), len(rows)), b"".join(rows))
    return mask.resize((len(rows) * scale, len(rows) * scale), Image.Resampling.NEAREST)
