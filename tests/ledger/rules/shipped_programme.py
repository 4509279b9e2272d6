"""The shipped programme document, and variants of it that a test needs."""

import re
from pathlib import Path

import pytest

from pos_app.ledger.rules.programme import ProgrammeRefused, parse_programme

SHIPPED = Path(__file__).parents[3] / "resources" / "programme.default.toml"
DOCUMENT = SHIPPED.read_bytes()
LAST_TEMPLATE = 'code = "G200"'


def changed(key: str, value: str, nth: int = 0) -> bytes:
    """Return the shipped document with another value at a key, in the nth table of that name."""
    section, _, name = key.rpartition(".")
    lines = DOCUMENT.decode().splitlines()
    here, seen = "", dict[str, int]()
    for row, line in enumerate(lines):
        if heading := re.match(r"\[+([a-z_0-9.]+)\]+", line):
            here = heading[1]
            seen[here] = seen.get(here, -1) + 1
        if here == section and seen.get(here, 0) == nth and re.match(rf"{name}\s*=", line):
            lines[row] = f"{name} = {value}"
            return "\n".join(lines).encode()
    raise AssertionError(key)


def with_template(body: str) -> bytes:
    """Return the shipped document with another coupon template in the last one's place."""
    before, _, after = DOCUMENT.decode().partition(LAST_TEMPLATE)
    rest = after[after.index("[tags]") :]
    return f"{before}{body}\n\n{rest}".encode()


def refusal(document: bytes) -> ProgrammeRefused:
    with pytest.raises(ProgrammeRefused) as refused:
        parse_programme(document)
    return refused.value
