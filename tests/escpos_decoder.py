"""Reads a print job as a printer would: what was burnt, and what else happened, in order."""

from dataclasses import dataclass

from pos_app.raster import Raster


@dataclass(frozen=True)
class Printed:
    """The paper that came out, and the events around it."""

    picture: Raster
    events: tuple[str, ...]


def decode(job: bytes) -> Printed:
    """Return what a job does. A byte that no command explains fails the test."""
    strips: list[Raster] = []
    events: list[str] = []
    at = 0
    while at < len(job):
        event, length = _command(job[at:])
        if event == "raster":
            strip = _strip(job[at : at + length])
            strips.append(strip)
        events.append(event)
        at += length
    return Printed(_joined(strips), tuple(_without_repeats(events)))


def _command(rest: bytes) -> tuple[str, int]:
    fixed = {b"\x1b@": ("init", 2), b"\x1dV\x00": ("cut", 3), b"\x1bp\x0022": ("drawer", 5)}
    for start, (event, length) in fixed.items():
        if rest.startswith(start):
            return event, length
    if rest.startswith(b"\x1dv0\x00"):
        return "raster", 8 + _number(rest[4:6]) * _number(rest[6:8])
    if rest.startswith(b"\x1bd"):
        return f"feed {rest[2]}", 3
    if rest.startswith(b"\x10\x04"):
        return f"ask {rest[2]}", 3
    raise AssertionError(f"no printer understands {rest[:8].hex(' ')}")


def _strip(command: bytes) -> Raster:
    return Raster(_number(command[4:6]) * 8, _number(command[6:8]), command[8:])


def _number(two_bytes: bytes) -> int:
    return int.from_bytes(two_bytes, "little")


def _joined(strips: list[Raster]) -> Raster:
    width = strips[0].width if strips else 0
    assert all(strip.width == width for strip in strips)
    rows = b"".join(strip.rows for strip in strips)
    return Raster(width, sum(strip.height for strip in strips), rows)


def _without_repeats(events: list[str]) -> list[str]:
    before = ["", *events]
    return [event for last, event in zip(before, events, strict=False) if event != last]
