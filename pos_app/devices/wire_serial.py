"""A printer on a serial line, or on a USB plug that pretends to be one."""

from enum import StrEnum

import serial

from pos_app.devices.wire import ANSWER_S, PATIENCE_S, pieces

# At 1,200 baud a piece takes two seconds.
_PIECE = 256


class Flow(StrEnum):
    """How the printer says that its buffer is full."""

    DSR = "dsr"
    RTS = "rts"
    XON = "xon"
    NONE = "none"


class SerialWire:
    """The line is opened for a job and given back, so that a plug may be pulled in between."""

    def __init__(self, port: str, baud: int, flow: Flow) -> None:
        self._line = serial.Serial(
            port,
            baud,
            timeout=ANSWER_S,
            write_timeout=PATIENCE_S,
            dsrdtr=flow is Flow.DSR,
            rtscts=flow is Flow.RTS,
            xonxoff=flow is Flow.XON,
        )

    def send(self, data: bytes) -> None:
        for piece in pieces(data, _PIECE):
            self._line.write(piece)

    def ask(self, query: bytes) -> bytes:
        self._line.reset_input_buffer()
        self.send(query)
        return self._line.read(1)

    def finish(self) -> None:
        """Nothing is held back: the driver sends what it took, also after closing."""

    def close(self) -> None:
        self._line.close()
