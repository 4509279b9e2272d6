"""The one line of the settings that names a printer."""

import pytest

from pos_app.devices.printer import open_printer
from pos_app.devices.printer_facts import PrinterMisconfigured


@pytest.mark.parametrize(
    "setting",
    [
        "none",
        "tcp://192.168.1.50",
        "tcp://till-printer:9101",
        "usb://04b8:0202",
        "serial:///dev/ttyUSB0?baud=19200",
        "serial://COM3?flow=xon",
        "cups://Receipt",
        "file:///dev/usb/lp0",
        "file://till/Receipt",
    ],
)
def test_a_setting_is_understood_before_anything_is_plugged_in(setting: str) -> None:
    assert open_printer(setting).where == setting


@pytest.mark.parametrize(
    "setting",
    [
        "",
        "lpt1",
        "tcp://",
        "tcp://host:port",
        "tcp://host:99999",
        "usb://04b8",
        "usb://epson:tm",
        "serial://",
        "serial:///dev/ttyUSB0?baud=fast",
        "serial:///dev/ttyUSB0?speed=9600",
        "serial:///dev/ttyUSB0?flow=maybe",
        "cups://",
        "file://",
        "file:///",
        "http://host/printer",
    ],
)
def test_a_setting_that_names_no_printer_is_refused_as_it_stands(setting: str) -> None:
    with pytest.raises(PrinterMisconfigured) as fact:
        open_printer(setting)

    assert fact.value.setting == setting
