"""What a transport to a printer can do, whatever it is made of."""

from collections.abc import Callable, Iterator
from typing import Protocol

# The longest wait for one step: to connect, or for one piece of a job to be taken.
PATIENCE_S = 3.0
# A printer that answers at all answers within milliseconds.
ANSWER_S = 0.5


class Wire(Protocol):
    """An open way to the printer, for one job."""

    def send(self, data: bytes) -> None:
        """Hand over bytes; each piece of them is taken within PATIENCE_S."""
        ...

    def ask(self, query: bytes) -> bytes:
        """Return the answer; empty where the printer is silent or the way leads one way only."""
        ...

    def finish(self) -> None:
        """Hand over what is still held back, and hear of a printer that went away meanwhile."""
        ...

    def close(self) -> None:
        """Let go, whatever happened."""
        ...


Connect = Callable[[], Wire]


def pieces(data: bytes, size: int) -> Iterator[bytes]:
    """Cut a job, so that a slow printer gets PATIENCE_S for every piece and not for the whole."""
    return (data[start : start + size] for start in range(0, len(data), size))
