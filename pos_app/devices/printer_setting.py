"""Which printer a line of the settings names.

- `none`: no printer
- `tcp://192.168.1.50:9100`: network, port 9100 unless said
- `usb://04b8:0202`: vendor and product in hexadecimal
- `serial:///dev/ttyUSB0?baud=19200`, `serial://COM3`: 9600 baud unless said;
  `flow=dsr` (unless said), `rts`, `xon` or `none`
- `cups://Receipt`: a raw queue of CUPS
- `file:///dev/usb/lp0`, `file:///C:/slip.bin`, `file://till/Receipt`: a device, a file, a
  printer that Windows shares
- `file:///var/slips/`: a folder, one numbered file a job
"""

from functools import partial
from pathlib import Path
from urllib.parse import SplitResult, parse_qsl, unquote, urlsplit
from urllib.request import url2pathname

from pos_app.devices.printer_facts import PrinterMisconfigured
from pos_app.devices.wire import Connect
from pos_app.devices.wire_cups import CupsWire
from pos_app.devices.wire_files import FileWire, FolderWire
from pos_app.devices.wire_network import NetworkWire
from pos_app.devices.wire_serial import Flow, SerialWire
from pos_app.devices.wire_usb import UsbWire

NO_PRINTER = "none"
_PORT = 9100
_BAUD = 9600


def connect_of(setting: str) -> Connect:
    """Return how to reach the printer; nothing is opened yet. Raises PrinterMisconfigured."""
    readers = {
        "tcp": _network,
        "usb": _usb,
        "serial": _serial,
        "cups": _cups,
        "file": _file,
    }
    try:
        parts = urlsplit(setting)
        return readers[parts.scheme](parts)
    except (KeyError, ValueError) as wrong:
        raise PrinterMisconfigured(setting) from wrong


def _network(parts: SplitResult) -> Connect:
    if not parts.hostname:
        raise ValueError(parts)
    return partial(NetworkWire, parts.hostname, parts.port or _PORT)


def _usb(parts: SplitResult) -> Connect:
    vendor, product = parts.netloc.split(":")
    return partial(UsbWire, int(vendor, 16), int(product, 16))


def _serial(parts: SplitResult) -> Connect:
    options = dict(parse_qsl(parts.query, strict_parsing=bool(parts.query)))
    baud, flow = int(options.pop("baud", _BAUD)), Flow(options.pop("flow", Flow.DSR))
    port = parts.netloc or unquote(parts.path)
    if options or not port:
        raise ValueError(parts)
    return partial(SerialWire, port, baud, flow)


def _cups(parts: SplitResult) -> Connect:
    if not parts.netloc:
        raise ValueError(parts)
    return partial(CupsWire, unquote(parts.netloc))


def _file(parts: SplitResult) -> Connect:
    share = f"//{parts.netloc}" if parts.netloc else ""
    path = Path(url2pathname(share + parts.path))
    if not parts.path.strip("/"):
        raise ValueError(parts)
    is_folder = parts.path.endswith("/") or path.is_dir()
    return partial(FolderWire, path) if is_folder else partial(FileWire, path)
