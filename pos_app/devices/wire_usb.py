"""A printer on USB, found by vendor and product, driven through libusb."""

import usb.backend
import usb.core
import usb.util

from pos_app.devices.printer_facts import PrinterRefused, Refusal
from pos_app.devices.wire import ANSWER_S, PATIENCE_S, pieces

_PRINTER_CLASS = 7
_PIECE = 4096
_ANSWER_MS = int(ANSWER_S * 1000)
_PATIENCE_MS = int(PATIENCE_S * 1000)


class UsbWire:
    """Takes the printer's interface from the system for one job and gives it back."""

    def __init__(
        self, vendor: int, product: int, backend: usb.backend.IBackend | None = None
    ) -> None:
        self._device = _found(vendor, product, backend)
        interface = usb.util.find_descriptor(
            _configuration(self._device), bInterfaceClass=_PRINTER_CLASS
        )
        out = _bulk(interface, usb.util.ENDPOINT_OUT)
        if out is None:
            raise FileNotFoundError
        self._out = out
        self._in = _bulk(interface, usb.util.ENDPOINT_IN)
        self._number: int = interface.bInterfaceNumber
        self._detached = _detach(self._device, self._number)
        usb.util.claim_interface(self._device, self._number)

    def send(self, data: bytes) -> None:
        for piece in pieces(data, _PIECE):
            self._out.write(piece, _PATIENCE_MS)

    def ask(self, query: bytes) -> bytes:
        if self._in is None:
            return b""
        self.send(query)
        try:
            return bytes(self._in.read(self._in.wMaxPacketSize, _ANSWER_MS))
        except usb.core.USBTimeoutError:
            return b""

    def finish(self) -> None:
        """Nothing is held back: a piece is taken when `write` returns."""

    def close(self) -> None:
        usb.util.release_interface(self._device, self._number)
        if self._detached:
            self._device.attach_kernel_driver(self._number)
        usb.util.dispose_resources(self._device)


def _found(vendor: int, product: int, backend: usb.backend.IBackend | None) -> usb.core.Device:
    try:
        device = usb.core.find(idVendor=vendor, idProduct=product, backend=backend)
    except usb.core.NoBackendError as absent:
        raise PrinterRefused(Refusal.NO_USB_LIBRARY) from absent
    if device is None:
        raise FileNotFoundError
    return device


def _configuration(device: usb.core.Device) -> usb.core.Configuration:
    """Return the configuration in use; where the system has chosen none, the first one."""
    try:
        return device.get_active_configuration()
    except usb.core.USBError:
        device.set_configuration()
        return device.get_active_configuration()


def _detach(device: usb.core.Device, number: int) -> bool:
    """Ask the system's own printer driver to let go; where there is none, nothing is to be done."""
    try:
        if not device.is_kernel_driver_active(number):
            return False
        device.detach_kernel_driver(number)
    except NotImplementedError:
        return False
    return True


def _bulk(interface: usb.core.Interface | None, direction: int) -> usb.core.Endpoint | None:
    if interface is None:
        return None
    return usb.util.find_descriptor(
        interface,
        custom_match=lambda endpoint: (
            usb.util.endpoint_direction(endpoint.bEndpointAddress) == direction
            and usb.util.endpoint_type(endpoint.bmAttributes) == usb.util.ENDPOINT_TYPE_BULK
        ),
    )
