"""Small honest stand-ins: a clock that tests set."""

from datetime import UTC, datetime, timedelta


class FakeClock:
    """A clock that stands until it is moved."""

    def __init__(self, at: datetime = datetime(2026, 6, 15, 4, 0, tzinfo=UTC)) -> None:
        self.at = at

    def __call__(self) -> datetime:
        return self.at

    def go(self, **step: float) -> None:
        """Move the clock, forwards or backwards."""
        self.at += timedelta(**step)
