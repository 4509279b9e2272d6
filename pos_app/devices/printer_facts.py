"""What can go wrong between the terminal and its receipt printer."""

from dataclasses import dataclass
from enum import StrEnum

from pos_app.errors import PosError


class Refusal(StrEnum):
    """Why a printer that is there does not take a job."""

    OFFLINE = "offline"
    BUSY = "busy"
    NO_RIGHT = "no_right"
    DISK_FULL = "disk_full"
    NO_USB_LIBRARY = "no_usb_library"
    NO_PRINT_SYSTEM = "no_print_system"
    QUEUE = "queue"


@dataclass(eq=False)
class PrinterUnreachable(PosError):
    """Off, unplugged, or gone in the middle of a job: print again when it is back."""

    where: str


@dataclass(eq=False)
class PrinterRefused(PosError):
    """The printer is there and does not take the job: someone has to see to it."""

    reason: Refusal


@dataclass(eq=False)
class PrinterMisconfigured(PosError):
    """The setting does not name a printer."""

    setting: str


@dataclass(eq=False)
class PaperOut(PosError):
    """The printer says that its paper has run out; nothing of the job was printed."""

    where: str
