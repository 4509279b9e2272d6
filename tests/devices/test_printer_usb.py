"""A printer on USB, driven through the real library over a bus made of memory."""

from functools import partial
from types import SimpleNamespace

import pytest
import usb.backend
import usb.core
import usb.util

from pos_app.devices.printer import ReceiptPrinter, open_printer
from pos_app.devices.printer_bytes import ASK_ONLINE, ASK_PAPER, PrinterStatus
from pos_app.devices.printer_facts import PrinterRefused, PrinterUnreachable
from pos_app.devices.wire_usb import UsbWire
from pos_app.raster import Raster
from tests.escpos_decoder import decode

VENDOR, PRODUCT = 0x04B8, 0x0202
SLIP = Raster(576, 840, bytes(72 * 840))
IN, OUT = 0x82, 0x01


class Descriptor(SimpleNamespace):
    """A table that devices fill in; what they leave out is zero."""

    def __getattr__(self, name: str) -> int:
        return 0


class UsbBus(usb.backend.IBackend):  # type: ignore[misc]  # the library has no types
    """One printer on a bus, held by the system's own driver until asked."""

    def __init__(self, answers: dict[bytes, bytes], endpoints: tuple[int, ...] = (OUT, IN)) -> None:
        self.job = bytearray()
        self.answers = answers
        self.endpoints = endpoints
        self.is_configured = True
        self.kind = 7
        self.system_driver = True

    def enumerate_devices(self) -> list[str]:
        return ["printer"]

    def get_device_descriptor(self, _device: str) -> Descriptor:
        return Descriptor(idVendor=VENDOR, idProduct=PRODUCT, bNumConfigurations=1)

    def get_configuration_descriptor(self, _device: str, _number: int) -> Descriptor:
        return Descriptor(bConfigurationValue=1, bNumInterfaces=1)

    def get_interface_descriptor(
        self, _device: str, _interface: int, alternative: int, _configuration: int
    ) -> Descriptor:
        if alternative:
            raise IndexError
        return Descriptor(bInterfaceClass=self.kind, bNumEndpoints=len(self.endpoints))

    def get_endpoint_descriptor(self, _device: str, number: int, *_interface: int) -> Descriptor:
        address = self.endpoints[number]
        bulk = usb.util.ENDPOINT_TYPE_BULK
        return Descriptor(bEndpointAddress=address, bmAttributes=bulk, wMaxPacketSize=64)

    def open_device(self, device: str) -> str:
        return device

    def close_device(self, _handle: str) -> None:
        """Nothing to close."""

    def get_configuration(self, _handle: str) -> int:
        return int(self.is_configured)

    def set_configuration(self, _handle: str, value: int) -> None:
        self.is_configured = value == 1

    def claim_interface(self, _handle: str, _number: int) -> None:
        assert not self.system_driver

    def release_interface(self, _handle: str, _number: int) -> None:
        """Nothing to release."""

    def is_kernel_driver_active(self, _handle: str, _number: int) -> bool:
        return self.system_driver

    def detach_kernel_driver(self, _handle: str, _number: int) -> None:
        self.system_driver = False

    def attach_kernel_driver(self, _handle: str, _number: int) -> None:
        self.system_driver = True

    def bulk_write(self, _handle: str, *rest: object) -> int:
        data = bytes(rest[2])  # type: ignore[call-overload]  # endpoint, interface, data, timeout
        self.job += data
        return len(data)

    def bulk_read(self, _handle: str, *rest: object) -> int:
        for query, answer in self.answers.items():
            if self.job.endswith(query):
                rest[2][0] = answer[0]  # type: ignore[index]
                return 1
        raise usb.core.USBTimeoutError("silent")


class WindowsBus(UsbBus):
    """A bus whose library knows nothing of system drivers."""

    def is_kernel_driver_active(self, _handle: str, _number: int) -> bool:
        self.system_driver = False
        raise NotImplementedError


def printer_on(bus: UsbBus) -> ReceiptPrinter:
    return ReceiptPrinter("usb://04b8:0202", partial(UsbWire, VENDOR, PRODUCT, bus))


def test_a_usb_printer_gets_the_slip_and_goes_back_to_the_system() -> None:
    bus = UsbBus({ASK_PAPER: b"\x12", ASK_ONLINE: b"\x12"})

    printer_on(bus).print_raster(SLIP)

    assert decode(bytes(bus.job)).picture == SLIP
    assert bus.system_driver


def test_a_silent_usb_printer_prints_too() -> None:
    bus = UsbBus({})

    printer_on(bus).print_raster(SLIP)

    assert decode(bytes(bus.job)).picture == SLIP


def test_a_usb_printer_that_only_listens_is_not_asked() -> None:
    bus = UsbBus({}, endpoints=(OUT,))

    status = printer_on(bus).status()

    assert status is PrinterStatus.UNKNOWN
    assert bus.job == b""


def test_a_usb_printer_fresh_from_the_plug_is_configured_first() -> None:
    bus = WindowsBus({})
    bus.is_configured = False

    printer_on(bus).print_raster(SLIP)

    assert bus.is_configured
    assert decode(bytes(bus.job)).picture == SLIP


def test_a_usb_device_that_takes_no_data_is_no_printer() -> None:
    with pytest.raises(PrinterUnreachable):
        printer_on(UsbBus({}, endpoints=(IN,))).print_raster(SLIP)


def test_a_usb_disk_is_no_printer() -> None:
    bus = UsbBus({})
    bus.kind = 8

    with pytest.raises(PrinterUnreachable):
        printer_on(bus).print_raster(SLIP)


def test_a_usb_printer_that_no_system_driver_holds_stays_free() -> None:
    bus = UsbBus({})
    bus.system_driver = False

    printer_on(bus).print_raster(SLIP)

    assert decode(bytes(bus.job)).picture == SLIP
    assert not bus.system_driver


def test_another_usb_device_is_not_taken_for_the_printer() -> None:
    other = ReceiptPrinter("usb://1234:5678", partial(UsbWire, 0x1234, 0x5678, UsbBus({})))

    with pytest.raises(PrinterUnreachable):
        other.print_raster(SLIP)


def test_a_usb_printer_that_is_not_plugged_in_gives_a_fact() -> None:
    with pytest.raises((PrinterUnreachable, PrinterRefused)):
        open_printer("usb://fffe:fffe").print_raster(SLIP)
